"""One program, two fronts: the dynamic provider's resources, or the package's, by the stack's config."""

import pulumi
import pytest

import wiretik as wt
from mocked import Registered, resources, run
from wiretik.resources.base.misuse import Misuse
from wiretik_provider.plugin.names import camel, token, type_named

KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="


def program():
    wg9 = wt.WireGuardInterface("wg9", listen_port=13300)
    wt.Peer("office", interface=wg9, public_key=KEY, allowed_address=["10.7.0.0/24"])
    rules = {"my_rule": {"in_interface": "bridge", "action": "accept"}}
    wt.FilterChain("guests", chain="forward", rules=rules)
    wt.AddressList("direct", entries={"myHost.example": "a note"})
    wt.MenuRow("/interface/vlan", "v20", vlan_id=20, interface="bridge", extra={"new-one": 1})
    wt.menus.IpSettings("ip", rp_filter="loose")
    wt.MenuSettings("/interface/ethernet", "uplink", find="ether2", mtu=1508)


@pytest.fixture
def registered():
    def run(front):
        def configured():
            pulumi.runtime.set_all_config({"wiretik:front": front} if front else {})
            program()

        return {made.name: made for made in resources(configured)}

    return run


@pytest.mark.parametrize("front", ["", "dynamic"])
def test_a_stack_has_dynamic_resources_unless_it_says_otherwise(registered, front):
    made = registered(front)

    assert made["wg9"].typ == "pulumi-python:dynamic/wiretik:WireGuardInterface"
    assert made["wg9"].inputs["listen_port"] == 13300
    assert "__provider" in made["wg9"].inputs


def test_the_packages_resources_have_the_wires_names_and_no_pickle(registered):
    made = registered("plugin")

    assert made["wg9"].typ == token("WireGuardInterface")
    assert made["office"].inputs["allowedAddress"] == ["10.7.0.0/24"]
    assert made["office"].inputs["publicKey"] == KEY
    assert made["guests"].inputs["rules"] == {"my_rule": {"inInterface": "bridge", "action": "accept"}}
    assert made["direct"].inputs["entries"] == {"myHost.example": "a note"}
    assert not any({"__provider", "tag"} & set(one.inputs) for one in made.values())


def test_both_fronts_say_the_same_of_a_program(registered):
    dynamic, package = registered("dynamic"), registered("plugin")

    assert dynamic.keys() == package.keys()
    for name, made in dynamic.items():
        type_ = made.typ.rpartition(":")[2]
        said = {camel(key) for key in made.inputs} - {"tag", camel("__provider")}
        assert package[name].typ == token(type_)
        assert type_named(type_)
        assert set(package[name].inputs) - {"front"} == said - {"front", "newOne"}


def test_a_row_of_any_menu_has_its_menus_type_and_what_extra_says_as_a_map(registered):
    made = registered("plugin")

    assert made["v20"].typ == "wiretik:menus:InterfaceVlan"
    assert made["v20"].inputs["extra"] == {"new-one": 1}
    assert (made["uplink"].typ, made["uplink"].inputs["find"]) == ("wiretik:menus:InterfaceEthernet", "ether2")


def test_an_output_of_what_extra_says_is_there_by_its_name():
    told = []

    def one():
        pulumi.runtime.set_all_config({"wiretik:front": "plugin"})
        row = wt.MenuRow("/interface/vlan", "v20", vlan_id=20, interface="bridge", extra={"new-one": 1})
        row.new_one.apply(told.append)

    class Answering(Registered):
        def new_resource(self, args):
            return "v20", {**args.inputs, "newOne": "1"}

    run(one, Answering())
    assert told == ["1"]


def test_a_menu_that_wiretik_doesnt_know_is_refused_by_the_package():
    def one():
        pulumi.runtime.set_all_config({"wiretik:front": "plugin"})
        wt.MenuRow("/new/menu", "n", extra={"name": "x"})

    with pytest.raises(pulumi.RunError, match="MenuRow 'n': the package has no such type; take it out, or set"):
        resources(one)


def test_another_front_is_refused_in_one_line(registered):
    with pytest.raises(pulumi.RunError, match="wiretik:front is 'native'; it is dynamic or plugin"):
        registered("native")


def owned(how):
    """A row whose provider the program makes, however the row gets it."""
    berlin = pulumi.ProviderResource("wiretik", "berlin", {"host": "192.0.2.1"})
    site = pulumi.ComponentResource("acme:index:Branch", "x", None, pulumi.ResourceOptions(providers=[berlin]))
    opts = {
        "its own": pulumi.ResourceOptions(provider=berlin),
        "among several": pulumi.ResourceOptions(providers={"wiretik": berlin}),
        "its parent's": pulumi.ResourceOptions(parent=site),
    }[how]
    wt.InterfaceList("lan", opts=opts)


@pytest.mark.parametrize("front", ["dynamic", "plugin"])
@pytest.mark.parametrize("how", ["its own", "among several", "its parent's"])
def test_a_row_of_a_provider_that_the_program_makes_is_refused_since_its_gate_asks_another_router(front, how):
    def configured():
        pulumi.runtime.set_all_config({"wiretik:front": front})
        owned(how)

    with pytest.raises(Misuse, match=r"^InterfaceList 'lan': provider: 'berlin' .* say which by router= \(test_front"):
        resources(configured)


def test_a_row_is_only_read_by_a_provider_that_the_program_makes():
    def configured():
        pulumi.runtime.set_all_config({"wiretik:front": "plugin"})
        berlin = pulumi.ProviderResource("wiretik", "berlin", {"host": "192.0.2.1"})
        wt.InterfaceList.get("lan", "LAN", pulumi.ResourceOptions(provider=berlin))

    assert "lan" in {made.name for made in resources(configured)}


@pytest.mark.parametrize("front", ["dynamic", "plugin"])
def test_a_block_that_is_to_be_imported_is_refused_where_it_is_declared(front):
    def configured():
        pulumi.runtime.set_all_config({"wiretik:front": front})
        rules = {"one": {"action": "accept"}}
        wt.FilterChain("guests", chain="forward", rules=rules, opts=pulumi.ResourceOptions(import_="guests"))

    with pytest.raises(Misuse, match=r"^FilterChain 'guests': import_: .* adopt=True"):
        resources(configured)
