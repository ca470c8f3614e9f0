"""Blocks of rules in a program: what they register, and what is refused before anything is."""

import pytest

import wiretik as wt
from mocked import inputs as registered

ACCEPT, DROP = {"action": "accept"}, {"action": "drop"}


def test_rules_are_a_map_by_name_with_their_order_beside():
    def program():
        wg0 = wt.WireGuardInterface("wg0")
        wt.FilterChain(
            "guests",
            chain="forward",
            rules={"dns": {"action": "accept", "in_interface": wg0}, "all": {**DROP, "comment": None}},
        )

    seen = registered(program)["guests"]
    assert seen["order"] == ["dns", "all"]
    assert seen["rules"] == {"dns": {"action": "accept", "in_interface": "wg0"}, "all": DROP}
    assert seen["chain"] == "forward"


@pytest.mark.parametrize(
    ("make", "token"),
    [
        (lambda: wt.FilterChain("x", chain="input", rules={"a": ACCEPT}), "/ip/firewall/filter"),
        (lambda: wt.NatChain("x", chain="srcnat", rules={"a": ACCEPT}), "/ip/firewall/nat"),
        (lambda: wt.MangleChain("x", chain="prerouting", rules={"a": ACCEPT}), "/ip/firewall/mangle"),
        (lambda: wt.RawChain("x", chain="prerouting", rules={"a": {"action": "notrack"}}), "/ip/firewall/raw"),
        (lambda: wt.RoutingRuleChain("x", rules={"a": {"action": "lookup", "table": "main"}}), "/routing/rule"),
    ],
)
def test_there_is_a_block_for_every_menu_of_rules(make, token):
    made = []
    seen = registered(lambda: made.append(make()))
    assert made[0]._menu.path == token
    assert seen["x"]["order"] == ["a"]


def refused(program, kind=ValueError):
    with pytest.raises(kind) as told:
        registered(program)
    return str(told.value)


def test_an_unknown_property_is_named_with_its_rule_and_what_was_probably_meant():
    def program():
        rules = {"one": {"src_adress": "10.0.0.1"}, "two": {**DROP, "outinterface": "wan"}, "three": {"zzz": 1}}
        wt.FilterChain("guests", chain="forward", rules=rules)

    told = refused(program, TypeError)
    assert told.startswith("FilterChain 'guests' has no property ")
    assert "one.src_adress (did you mean src_address?)" in told
    assert "two.outinterface (did you mean out_interface?)" in told
    assert "three.zzz" in told


def block(name, chain="forward", **more):
    return wt.FilterChain(name, chain=chain, rules={"a": ACCEPT}, **more)


def single(name, chain="forward", **more):
    return wt.FilterRule(name, chain=chain, action="accept", **more)


@pytest.mark.parametrize("other", [block, single])
@pytest.mark.parametrize("first", ["pruning", "other"])
def test_a_pruning_block_beside_another_resource_of_its_chain_is_refused(other, first):
    def program():
        if first == "pruning":
            block("mine", foreign="prune")
            other("yours")
        else:
            other("yours")
            block("mine", foreign="prune")

    told = refused(program)
    assert "'mine' prunes chain 'forward' of /ip/firewall/filter, where 'yours' stands too" in told
    assert "foreign='keep'" in told


def test_a_pruning_block_may_stand_beside_other_chains_and_menus():
    def program():
        block("mine", foreign="prune")
        block("yours", chain="input")
        wt.NatRule("nat", chain="forward", action="accept")

    assert {"mine", "yours", "nat"} <= set(registered(program))


@pytest.mark.parametrize("position", [wt.FIRST, wt.LAST, wt.BEFORE_DROP])
def test_two_blocks_at_one_place_are_refused(position):
    def program():
        block("one", position=position)
        block("two", position=position)

    told = refused(program)
    assert "'one' and 'two' ask for one place in chain 'forward'" in told
    assert "Before(...) or After(...)" in told


def test_two_blocks_with_a_mutual_order_are_not():
    def program():
        one = block("one", position=wt.FIRST)
        block("two", position=wt.After(one))
        block("three", chain="input", position=wt.FIRST)

    assert {"one", "two", "three"} <= set(registered(program))
