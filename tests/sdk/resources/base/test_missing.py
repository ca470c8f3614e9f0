"""Names that aren't there: the errors are Python's own kinds, so whoever asks carefully gets what he always got."""

import copy
import pickle

import attrs
import pulumi
import pytest

import wiretik as wt
from wiretik.resources.base.missing import Named, Numbered
from wiretik.resources.base.misuse import nearest

NAMED = Named({"phone": 1, "laptop": 2}, "Site 'home': profiles")


def test_a_mapping_by_names_is_a_mapping():
    assert (NAMED["phone"], NAMED.get("nobody"), "nobody" in NAMED, {**NAMED}) == (1, None, False, dict(NAMED))
    with pytest.raises(KeyError, match="nothing is called 'phones'; did you mean phone"):
        NAMED["phones"]


def test_a_name_that_is_near_no_other_is_answered_with_all_names():
    with pytest.raises(KeyError, match="it has phone, laptop"):
        NAMED["x"]
    with pytest.raises(KeyError, match="there is none"):
        Named({}, "profiles")["x"]


def test_a_tuple_is_a_tuple_and_tells_what_is_in_it():
    assert Numbered()[:1] == ()
    with pytest.raises(IndexError, match="there is nothing"):
        Numbered()[0]


def test_who_asks_whether_there_is_an_attribute_is_told_no():
    router = wt.Router("home")
    assert not hasattr(router, "host")
    assert getattr(router, "host", None) is None
    assert not hasattr(wt, "Tunel")
    with pytest.raises(AttributeError, match="Router has no host; it has name"):
        _ = router.host
    with pytest.raises(ImportError, match="wiretik has no Tunel; did you mean Tunnel"):
        exec("from wiretik import Tunel")


def test_values_are_copied_and_pickled_as_before():
    lan = wt.Lan("bridge", "192.168.88.0/24")
    assert copy.deepcopy(lan) == lan == pickle.loads(pickle.dumps(lan))
    assert attrs.evolve(lan, interface="br2").prefixes == lan.prefixes


def test_a_property_that_fails_inside_says_so_itself(monkeypatch):
    monkeypatch.setattr(wt.Lan, "prefixes", property(lambda self: self._nowhere))
    with pytest.raises(AttributeError, match="_nowhere"):
        _ = wt.Lan("bridge", "192.168.88.0/24").prefixes


@pytest.mark.parametrize(
    ("written", "meant"),
    [("adress", "address"), ("port", "listen_port"), ("nft", "nftables"), ("interfaces", "interface"), ("x", "")],
)
def test_the_nearest_name_is_by_letters_or_by_words(written, meant):
    assert nearest(written, ["address", "listen_port", "nftables", "interface"]) == meant


def test_a_misuse_is_shown_as_it_is_written():
    with pytest.raises(pulumi.RunError) as error:
        NAMED["it's"]
    assert str(error.value).startswith("Site 'home': profiles: nothing is called \"it's\"")
