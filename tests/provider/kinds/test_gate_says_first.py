"""What `up` would refuse half-way the gate refuses first, and nothing else: each program is asked of both.

A law over a table: the gate complains of a program exactly where one of its resources can't be made, and names it.
"""

import attrs
import pytest

import wiretik as wt
from mocked import resources
from wiretik_provider.api.link import close_all
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate.kind import GateKind
from wiretik_provider.registry import kind_named

THEIRS = "x [wt:aaaaaaaaaaaa]"
FIRST = "x [wt:aaaaaaaaaaaa1]"
LAST = "x [wt:aaaaaaaaaaaa2]"
K1, K2 = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI="
FILTER, WG, PEERS = "/ip/firewall/filter", "/interface/wireguard", "/interface/wireguard/peers"
LISTS, ROUTE, ADDRESS = "/ip/firewall/address-list", "/ip/route", "/ip/address"
RULE = {"chain": "forward", "action": "accept", "src-address": "10.9.9.9"}
WG9 = {"name": "wg9", "listen-port": "999"}


def rule(name="r", **more):
    wt.FilterRule(name, **{"chain": "forward", "action": "accept", "src_address": "10.9.9.9", **more})


def block(*rules, **more):
    allow = {name: {"action": "accept", "src_address": f"10.9.9.{number}"} for number, name in enumerate(rules, 1)}
    wt.FilterChain("b", chain="forward", rules=allow, **more)


def peer(**more):
    wt.Peer("p", **{"interface": "wg9", "public_key": K1, "allowed_address": ["10.0.0.2"], **more})


def contradiction():
    fast = {"chain": "forward", "action": "fasttrack-connection"}
    wt.FilterRule("first", **fast, position=wt.FIRST)
    wt.FilterRule("before", chain="forward", action="accept", src_address="10.9.9.9", position=wt.BEFORE_FASTTRACK)


def within_itself():
    one = wt.FilterRule("one", chain="forward", action="accept", src_address="10.1.0.0/16")
    wt.FilterRule("two", chain="forward", action="accept", src_address="10.2.0.0/16", position=wt.Before(one))
    wt.FilterChain("c", chain="forward", rules={"a": {"action": "accept"}}, position=wt.After(one))


@attrs.frozen
class Case:
    """A program on a router."""

    program: object
    told: str = ""
    """What the gate says; empty for a sound program."""
    there: tuple = ()
    """Rows that others have on the router."""
    before: object = None
    """What was deployed before those rows came."""


CASES = {
    # names that nobody has
    "an interface": Case(lambda: wt.IpAddress("a", address="10.1.1.1/24", interface="wg9"), "interface='wg9'"),
    "an interface that is there": Case(lambda: wt.IpAddress("a", address="10.1.1.1/24", interface="ether2")),
    "a VRF": Case(lambda: wt.WireGuardInterface("w", vrf="blue"), "vrf='blue' is a name that neither"),
    "a VRF that is there": Case(lambda: wt.WireGuardInterface("w", vrf="blue"), there=(("/ip/vrf", {"name": "blue"}),)),
    "the main VRF": Case(lambda: wt.WireGuardInterface("w", vrf="main")),
    "a table": Case(
        lambda: wt.Route("r", dst_address="10.1.0.0/16", gateway="ether1", routing_table="no"), "routing_table='no'"
    ),
    "a table of the program": Case(
        lambda: wt.Route("r", dst_address="10.1.0.0/16", gateway="ether1", routing_table=wt.RoutingTable("t", fib=True))
    ),
    "a peer's interface": Case(peer, "interface='wg9'"),
    "a list of interfaces": Case(lambda: rule(in_interface_list="GUESTS"), "in_interface_list='GUESTS'"),
    "a member's list": Case(lambda: wt.InterfaceListMember("m", list="GUESTS", interface="ether2"), "list='GUESTS'"),
    # what others have
    "a listen port": Case(
        lambda: wt.WireGuardInterface("w", listen_port=999), "listen-port=999 is taken", ((WG, WG9),)
    ),
    "a listen port of an interface that is off": Case(
        lambda: wt.WireGuardInterface("w", listen_port=999), there=((WG, {**WG9, "disabled": "yes"}),)
    ),
    "a bridge's name": Case(
        lambda: wt.WireGuardInterface("lan"), "the name 'lan' is taken", (("/interface/bridge", {"name": "lan"}),)
    ),
    "a peer's key": Case(
        lambda: peer(allowed_address=["10.0.0.3"]),
        "has it already",
        ((WG, WG9), (PEERS, {"interface": "wg9", "public-key": K1, "allowed-address": "10.0.0.2/32"})),
    ),
    "a peer's name": Case(
        lambda: peer(public_key=K2, name="phone"),
        "name=phone is taken by",
        (
            (WG, WG9),
            (PEERS, {"interface": "wg9", "public-key": K1, "allowed-address": "10.0.0.9/32", "name": "phone"}),
        ),
    ),
    "an address": Case(
        lambda: wt.IpAddress("a", address="10.1.1.1/24", interface="ether2"),
        "has it already",
        ((ADDRESS, {"address": "10.1.1.1/24", "interface": "ether2"}),),
    ),
    "an address on another interface": Case(
        lambda: wt.IpAddress("a", address="10.1.1.1/24", interface="ether3"),
        there=((ADDRESS, {"address": "10.1.1.1/24", "interface": "ether2"}),),
    ),
    "a script's name": Case(
        lambda: wt.Script("s"), "has it already", (("/system/script", {"name": "s", "source": ""}),)
    ),
    "an equal rule": Case(rule, "has it already", ((FILTER, RULE),)),
    "an equal rule in another chain": Case(rule, there=((FILTER, {**RULE, "chain": "input"}),)),
    "an equal rule that is off": Case(rule, there=((FILTER, {**RULE, "disabled": "yes"}),)),
    "an equal rule, adopted": Case(lambda: rule(adopt=True), there=((FILTER, RULE),)),
    # another stack's
    "another stack's rule": Case(rule, "another stack manages it", ((FILTER, {**RULE, "comment": THEIRS}),)),
    "another stack's rule, adopted": Case(
        lambda: rule(adopt=True), "another stack manages it", ((FILTER, {**RULE, "comment": THEIRS}),)
    ),
    "another stack's interface, adopted": Case(
        lambda: wt.WireGuardInterface("wg9", adopt=True),
        "another stack manages it",
        ((WG, {**WG9, "comment": THEIRS}),),
    ),
    "another stack's route, adopted": Case(
        lambda: wt.Route("r", dst_address="10.1.0.0/16", gateway="ether1", adopt=True),
        "another stack manages it",
        ((ROUTE, {"dst-address": "10.1.0.0/16", "gateway": "ether1", "comment": THEIRS}),),
    ),
    # places
    "first, where another stack is": Case(
        lambda: rule(position=wt.FIRST, src_address="10.9.9.8"),
        "asks for the same place",
        ((FILTER, {**RULE, "comment": FIRST}),),
    ),
    "first, beside another stack's rule without a place": Case(
        lambda: rule(position=wt.FIRST, src_address="10.9.9.8"), there=((FILTER, {**RULE, "comment": THEIRS}),)
    ),
    "last, where another stack is": Case(
        lambda: rule(position=wt.LAST, src_address="10.9.9.8"),
        "asks for the same place",
        ((FILTER, {**RULE, "comment": LAST}),),
    ),
    "last, where another stack is in another chain": Case(
        lambda: rule(position=wt.LAST), there=((FILTER, {**RULE, "chain": "input", "comment": LAST}),)
    ),
    "a block first, where another stack is": Case(
        lambda: block("a", position=wt.FIRST), "b: position: first", ((FILTER, {**RULE, "comment": FIRST}),)
    ),
    "before what isn't there": Case(
        lambda: rule(position=wt.Before(wt.Match(comment="theirs"))), "no row here that is another's matches this"
    ),
    "before what is there": Case(
        lambda: rule(position=wt.Before(wt.Match(comment="theirs")), src_address="10.9.9.8"),
        there=((FILTER, {**RULE, "comment": "theirs"}),),
    ),
    "before what is in another chain": Case(
        lambda: rule(position=wt.Before(wt.Match(comment="theirs"))),
        "that row is in chain input",
        ((FILTER, {**RULE, "chain": "input", "comment": "theirs"}),),
    ),
    "places of one program that can't be": Case(contradiction, "fasttrack rule that must be first"),
    "places of one program that can be": Case(within_itself),
    # whole blocks and lists
    "a block's rule that is nobody's": Case(
        lambda: block("a", "b"), "b.a: the router has it already", ((FILTER, {**RULE, "src-address": "10.9.9.1"}),)
    ),
    "a block's rule that is nobody's, adopted": Case(
        lambda: block("a", "b", adopt=True), there=((FILTER, {**RULE, "src-address": "10.9.9.1"}),)
    ),
    "a block's rule that is nobody's, pruned": Case(
        lambda: block("a", "b", foreign="prune"), there=((FILTER, {**RULE, "src-address": "10.9.9.1"}),)
    ),
    "a block that would prune another stack's rule": Case(
        lambda: block("a", foreign="prune"), "foreign=prune would remove it", ((FILTER, {**RULE, "comment": THEIRS}),)
    ),
    "a list that would prune another stack's entry": Case(
        lambda: wt.AddressList("l", entries=["10.0.0.1"], foreign="prune"),
        "foreign=prune would remove it",
        ((LISTS, {"list": "l", "address": "10.0.0.2", "comment": THEIRS}),),
    ),
    "a list that prunes": Case(
        lambda: wt.AddressList("l", entries=["10.0.0.1"], foreign="prune"),
        there=((LISTS, {"list": "l", "address": "10.0.0.2"}),),
    ),
    "an entry that is switched off": Case(
        lambda: wt.AddressList("l", entries=["10.0.0.1"]),
        "is disabled; adopt it",
        ((LISTS, {"list": "l", "address": "10.0.0.1", "disabled": "yes"}),),
    ),
    "an entry that is switched on": Case(
        lambda: wt.AddressList("l", entries=[wt.Entry("10.0.0.1", disabled=True)]),
        "is enabled; adopt it",
        ((LISTS, {"list": "l", "address": "10.0.0.1"}),),
    ),
    "an entry that is there": Case(
        lambda: wt.AddressList("l", entries=["10.0.0.1"]), there=((LISTS, {"list": "l", "address": "10.0.0.1"}),)
    ),
    # of what is deployed already
    "another port, which is taken": Case(
        lambda: wt.WireGuardInterface("w", listen_port=999),
        "listen-port=999 is taken",
        ((WG, WG9),),
        lambda: wt.WireGuardInterface("w", listen_port=1000),
    ),
    "another port, which is free": Case(
        lambda: wt.WireGuardInterface("w", listen_port=998),
        there=((WG, WG9),),
        before=lambda: wt.WireGuardInterface("w", listen_port=1000),
    ),
    "another name, which is taken": Case(
        lambda: wt.WireGuardInterface("w", name="wg9"),
        "name=wg9 is taken by WireGuard interface wg9",
        ((WG, WG9),),
        lambda: wt.WireGuardInterface("w"),
    ),
    "another name, which a bridge has": Case(
        lambda: wt.WireGuardInterface("w", name="lan"),
        "the name 'lan' is taken",
        (("/interface/bridge", {"name": "lan"}),),
        lambda: wt.WireGuardInterface("w"),
    ),
    "another place, which another stack has": Case(
        lambda: rule(position=wt.FIRST),
        "asks for the same place",
        ((FILTER, {**RULE, "comment": FIRST, "place-before": "*1"}),),
        rule,
    ),
    "the same place, above which another stack has come": Case(
        lambda: rule(position=wt.FIRST),
        there=((FILTER, {**RULE, "comment": FIRST, "place-before": "*1"}),),
        before=lambda: rule(position=wt.FIRST),
    ),
    "a rule more, which is nobody's": Case(
        lambda: block("a", "b"),
        "b.b: the router has it already",
        ((FILTER, {**RULE, "src-address": "10.9.9.2"}),),
        lambda: block("a"),
    ),
    "a rule more beside an equal one of one's own": Case(
        lambda: block("a", "b"),
        there=((FILTER, {**RULE, "src-address": "10.9.9.1"}),),
        before=lambda: block("a"),
    ),
    "an entry more, which is switched off": Case(
        lambda: wt.AddressList("l", entries=["10.0.0.1", "10.0.0.2"]),
        "is disabled; adopt it",
        ((LISTS, {"list": "l", "address": "10.0.0.2", "disabled": "yes"}),),
        lambda: wt.AddressList("l", entries=["10.0.0.1"]),
    ),
}


def _plain(value):
    """A value without Pulumi's mark of a secret."""
    return value["value"] if isinstance(value, dict) and "4dabf18193072939515e22adb298388d" in value else value


class Stack:
    """A stack without an engine: the gate, then each resource in the program's order."""

    def __init__(self, links):
        self.links = links
        self.states = {}

    def gate(self, program):
        """What the gate says."""
        close_all()
        seen = resources(program)
        told = next(dict(one.inputs) for one in seen if one.typ.endswith(":Preflight"))
        olds = self.states.get("preflight", ({}, {}))[0]
        news = {"rows": _plain(told["rows"]), "expectations": told["expectations"]}
        inputs, problems = GateKind().check(self.links, olds, news)
        self.noted = inputs
        return [problem.reason for problem in problems]

    def up(self, program):
        """Makes them, and gives what was refused."""
        close_all()
        refused = []
        for one in resources(program):
            name = one.typ.rpartition(":")[2]
            if name == "Preflight":
                self.states["preflight"] = (self.noted, {})
                continue
            kind = kind_named(getattr(wt, name)._kind)
            olds, outs = self.states.get(one.name, ({}, {}))
            given = {key: _plain(value) for key, value in one.inputs.items() if value is not None and key[0] != "_"}
            inputs, problems = kind.check(self.links, olds, given)
            assert problems == []
            if olds == inputs:
                continue
            try:
                made = kind.update(self.links, "id", outs, inputs) if olds else kind.create(self.links, inputs).outputs
            except WiretikError as error:
                refused.append(str(error))
            else:
                self.states[one.name] = (inputs, made)
        return refused


@pytest.mark.parametrize("name", CASES)
def test_the_gate_refuses_what_up_would_and_nothing_else(bench, name):
    case = CASES[name]
    stack = Stack(bench.resource(GateKind(), guard="false").links)
    if case.before:
        assert (stack.gate(case.before), stack.up(case.before)) == ([], [])
    for path, row in case.there:
        bench.lab.run(f"{path}/add", **{key.replace("-", "_"): value for key, value in row.items()})

    told = stack.gate(case.program)
    refused = stack.up(case.program)

    assert bool(told) == bool(case.told), told
    assert case.told in " | ".join(told)
    assert bool(refused) == bool(case.told), refused
