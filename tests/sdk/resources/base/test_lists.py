"""Where a list belongs, text or a single thing is one error with the right form, whoever takes it."""

import inspect

import attrs
import pulumi
import pytest

import wiretik as wt
from mocked import inputs as registered
from wiretik.resources.base.lists import NoList

CLASSES = [
    found
    for name in wt.__all__
    if inspect.isclass(found := getattr(wt, name)) and attrs.has(found) and not issubclass(found, pulumi.Resource)
]
TAKES = [
    pytest.param(cls, field, id=f"{cls.__name__}.{field.name}")
    for cls in CLASSES
    for field in attrs.fields(cls)
    if str(field.type).startswith("Sequence[")
]


def made(cls, **more):
    """One with something for all that it needs; nothing of it is looked at before its lists are."""
    needs = {f.name: "x" for f in attrs.fields(cls) if f.default is attrs.NOTHING and f.init}
    lists = {f.name: [] for f in attrs.fields(cls) if f.name in needs and str(f.type).startswith("Sequence[")}
    return cls(**{**needs, **lists, **more})


def test_all_that_take_lists_are_looked_at():
    assert {"RelayMeshArgs.dns", "SiteArgs.tunnels", "TunnelPeer.allowed_address", "AlwaysOnVpnArgs.keep"} <= {
        param.id for param in TAKES
    }


@pytest.mark.parametrize(("cls", "field"), TAKES)
def test_text_where_a_list_belongs_is_one_error_with_the_right_form(cls, field):
    with pytest.raises(NoList) as told:
        made(cls, **{field.name: "10.9.0.1"})

    assert str(told.value) == f"{cls.__name__}: {field.name} takes a list, also of one: {field.name}=['10.9.0.1']"


@pytest.mark.parametrize(("cls", "field"), TAKES)
def test_one_thing_or_an_output_where_a_list_belongs_is_one_error_too(cls, field):
    for given in (7, object(), {"a": "b"}):
        with pytest.raises(NoList, match=f"{field.name} takes a list, also of one"):
            made(cls, **{field.name: given})


@pytest.mark.parametrize("kind", [list, tuple])
def test_lists_pass(kind):
    peer = wt.TunnelPeer("a", "key", kind(["10.0.0.0/24"]))

    assert wt.TunnelArgs("wg1", address="10.20.0.1/24", peers=kind([peer])).peers == kind([peer])


@pytest.mark.parametrize("cls", [wt.AddressList, wt.Ipv6AddressList])
@pytest.mark.parametrize("entries", ["10.0.0.0/8", wt.Entry("10.0.0.0/8")])
def test_a_lists_entries_are_a_list(cls, entries):
    with pytest.raises(NoList, match="entries takes a list, also of one"):
        registered(lambda: cls("l", entries=entries))


def test_a_blocks_rules_have_names():
    with pytest.raises(pulumi.RunError, match="rules have names and an order"):
        registered(lambda: wt.FilterChain("c", chain="forward", rules=[{"action": "accept"}]))


def test_properties_that_take_text_with_commas_go_on_to_take_it():
    seen = registered(lambda: wt.Dns("dns", servers="9.9.9.9,1.1.1.1"))

    assert seen["dns"]["servers"] == "9.9.9.9,1.1.1.1"
