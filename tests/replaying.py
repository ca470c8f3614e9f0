"""A change as the writes that it is made of: every moment between before and after, in an order that is possible.

A program is run under mocks, so its resources, their dependencies and what the gate is told of them are known without a
deployment. `moments` brings routers from one program to the next as an engine does: what is new or different in some
order that the dependencies allow, and then what is gone, dependents first.
"""

import contextlib
import ipaddress
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pulumi
from pulumi.runtime.mocks import MockMonitor, MockResourceArgs

import mocked
from wiretik_provider import ownership
from wiretik_provider.simulator.faults import WRITES
from wiretik_provider.simulator.router import Router
from wiretik_provider.trace import MENUS, Disposition, Packet, Snapshot, Trace, packet, trace
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.path import PEERS
from wiretik_provider.trace.plan import after

# --- what a program declares -----------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Resource:
    """A row, a list or a block that a program declares.

    Attributes:
        name: its logical name.
        router: the name of its router.
        entries: what the gate is told of it.
        needs: the names of the resources that must be there first.
    """

    name: str
    router: str
    entries: Sequence[Mapping[str, Any]]
    needs: frozenset[str]


class _Answers(pulumi.runtime.Mocks):
    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return f"{args.name}-id", {**args.inputs, "public_key": f"{args.name}'s key"}

    def call(self, _: Any) -> dict[str, Any]:
        return {}


class _Monitor(MockMonitor):
    """Notes who needs whom."""

    def __init__(self, config: Mapping[str, str]) -> None:
        super().__init__(_Answers())
        self.needs: dict[str, frozenset[str]] = {}
        self.gates: list[Mapping[str, Any]] = []
        self._config = config

    def GetDeploymentInfo(self, request: Any) -> Any:  # noqa: N802  (gRPC's name; the first that is asked)
        pulumi.runtime.set_all_config(dict(self._config))
        return super().GetDeploymentInfo(request)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802
        answer = super().RegisterResource(request)
        self.needs[request.name] = frozenset(
            urn.rpartition("::")[2] for urn in (*request.dependencies, request.parent) if urn
        )
        if request.type.endswith(":Preflight"):
            self.gates.append(self.resources[answer.urn].state)
        return answer


Program = dict[str, Resource]


def declared(body: Callable[[], object], config: Mapping[str, str] | None = None) -> Program:
    """What a program declares, by logical name."""
    monitor = _Monitor(config or {})
    mocked.run(body, monitor.mocks, monitor=monitor)
    return {one.name: one for gate in monitor.gates for one in _resources(gate, monitor.needs)}


def _resources(gate: Mapping[str, Any], needs: Mapping[str, frozenset[str]]) -> Iterator[Resource]:
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for entry in gate["rows"]["value"]:  # it is a secret
        by_name.setdefault(entry["name"].partition(".")[0] if entry["part"] else entry["name"], []).append(entry)
    for name, entries in by_name.items():
        yield Resource(name, gate.get("router", ""), entries, _reached(name, needs) - {name})


def _reached(name: str, needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """All that a resource needs, what its components need among it."""
    found: set[str] = set()
    left = [name]
    while left:
        new = needs.get(left.pop(), frozenset()) - found
        found |= new
        left += new
    return frozenset(found)


# --- every moment of a change ----------------------------------------------------------------------------------------

Routers = dict[str, Snapshot]
"""The routers of a stack by name."""


def routers(*names: str) -> Routers:
    """Factory routers."""
    return {name: read(Router("defconf")) for name in names}


def moments(now: Routers, old: Program, new: Program, dice: random.Random) -> Iterator[tuple[str, Routers]]:
    """The routers after each write, with the name of what was written.

    Args:
        now: the routers with the old program on them.
        old: what was declared before; empty for a first up.
        new: what is declared; empty for a destroy.
        dice: which of the possible orders.
    """
    there = dict(old)
    for name in _shuffled(new, {name: one.needs & new.keys() for name, one in new.items()}, dice):
        there[name] = new[name]
        if _matters(new[name]):
            now = _written(now, there, new[name].router)
        yield name, now
    gone = old.keys() - new.keys()
    users = {name: frozenset(user for user in gone if name in old[user].needs) for name in gone}
    for name in _shuffled(gone, users, dice):
        del there[name]
        if _matters(old[name]):
            now = _written(now, there, old[name].router)
        yield f"without {name}", now


def _matters(one: Resource) -> bool:
    """Whether a packet's way may depend on it."""
    return any(
        entry["menu"] in {*MENUS, "address-list"} and entry["props"].get("action") != "change-mss"
        for entry in one.entries
    )


def _written(now: Routers, there: Program, router: str) -> Routers:
    entries = [entry for one in there.values() if one.router == router for entry in one.entries]
    return {**now, router: after(now[router], [*entries, _NOBODY])}


_NOBODY = {"menu": "", "name": "", "tag": ownership.make("site", "lab", "", ""), "props": {}}
"""By whose tag the stack is known when it has nothing any more."""


def _shuffled(names: Any, needs: Mapping[str, frozenset[str]], dice: random.Random) -> Iterator[str]:
    left = sorted(names)
    done: set[str] = set()
    while left:
        name = dice.choice([name for name in left if needs[name] <= done])
        left.remove(name)
        done.add(name)
        yield name


# --- what must hold in between ---------------------------------------------------------------------------------------

Exempt = Callable[[Packet, str], bool]


@attrs.frozen
class Broken:
    """What held before and after, and didn't in between."""

    what: str
    packet: Packet
    after: Sequence[str]
    found: Trace

    def __str__(self) -> str:
        return f"after {', '.join(self.after)}: {self.packet}: {self.what} no more: {self.found}"


def _nothing(packet: Packet, what: str) -> bool:  # noqa: ARG001
    return False


def change(before: Routers, old: Program, new: Program, dice: random.Random, exempt: Exempt = _nothing) -> list[Broken]:
    """What a change breaks on its way, in one order of its writes."""
    steps = list(moments(before, old, new, dice))
    found: list[Broken] = []
    for router, first in before.items():
        found += broken(first, [(name, now[router]) for name, now in steps], exempt)
    return found


def broken(first: Snapshot, steps: Sequence[tuple[str, Snapshot]], exempt: Exempt = _nothing) -> Iterator[Broken]:
    """What holds on a router before the first of some writes and after the last one, but not at every moment."""
    then = steps[-1][1]
    interfaces = sorted(first.interfaces.keys() | then.interfaces.keys())
    kept = {probe: _kept(first, then, probe, interfaces) for probe in packets(first, then)}
    seen = first
    for at, (_, now) in enumerate(steps, 1):
        if now is seen:
            continue
        seen = now
        for probe, (facts, senders) in kept.items():
            found = trace(now, probe)
            if _sender(found) not in senders:
                continue  # whoever sends it then isn't whom it was asked of
            for what in sorted(facts - _facts(found, interfaces)):
                if not exempt(probe, what):
                    yield Broken(what, probe, tuple(name for name, _ in steps[:at]), found)


def read(router: Router) -> Snapshot:
    """A router as it is."""
    return Snapshot({path: router.rows(path) for path in MENUS if path in router.menus})


@contextlib.contextmanager
def recorded(router: Router) -> Iterator[list[tuple[str, Snapshot]]]:
    """The router after each write that reaches it meanwhile, with the command's words."""
    found: list[tuple[str, Snapshot]] = []
    execute = router.execute

    def record(words: Sequence[str], *rest: Any) -> Any:
        answer = execute(words, *rest)
        if words[0].rpartition("/")[2] in WRITES:
            found.append((" ".join(words), read(router)))
        return answer

    router.execute = record  # type: ignore[method-assign]
    try:
        yield found
    finally:
        del router.execute


def _kept(
    before: Snapshot, then: Snapshot, probe: Packet, interfaces: Sequence[str]
) -> tuple[frozenset[str], set[str]]:
    """What holds before and after, and whose packets those are."""
    first, last = trace(before, probe), trace(then, probe)
    return _facts(first, interfaces) & _facts(last, interfaces), {_sender(first), _sender(last)}


def _sender(found: Trace) -> str:
    """The peer that a packet comes from."""
    return next((step.rule for step in found.steps[:1] if step.menu == PEERS), "")


def _facts(found: Trace, interfaces: Sequence[str]) -> frozenset[str]:
    """What can be said of a packet's fate."""
    if found.disposition is Disposition.UNKNOWN:
        return frozenset()
    ways = [found, *([found.later] if found.later else [])]
    arrives = all(way.disposition.arrives for way in ways)
    leaves = {way.leaves for way in ways if way.disposition is not Disposition.DELIVERED}
    facts = {f"it doesn't leave by {name}" for name in interfaces if name not in leaves}
    if not any(way.disposition.arrives for way in ways):
        facts.add("it is kept out")
    # Nobody out there has a private address.
    if arrives and found.answered and len(leaves) < 2 and not (leaves == {"ether1"} and _private(found.packet.dst)):
        facts.add("it arrives and is answered")
        if found.source not in (0, found.packet.src):
            facts.add("its source is translated")
    if found.disposition is Disposition.DELIVERED:
        facts.add("it gets to the router")
    return frozenset(facts)


def _private(address: int) -> bool:
    return ipaddress.ip_address(address).is_private


def packets(*snapshots: Snapshot) -> Iterator[Packet]:
    """From each place to each other, one of each kind that somebody may care for."""
    places: dict[str, set[str]] = {"bridge": {"192.168.88.10"}, "ether1": {"198.51.100.77"}}
    ports = set()
    for snapshot in snapshots:
        for name, peers in snapshot.peers.items():
            for peer in peers:
                texts = [text for text in peer.get("allowed-address", "").split(",") if text]
                places.setdefault(name, set()).update(_host(text) for text in texts)
        ports |= {int(row.get("listen-port", "0")) for row in snapshot["/interface/wireguard"]} - {0}
    hosts = {host for some in places.values() for host in some} - {"198.51.100.77"}
    own = {dotted(one.address): one.interface for snapshot in snapshots for one in snapshot.own}
    for enters, sources in sorted(places.items()):
        for src in sorted(sources):
            # What is between two tunnels is nobody's promise.
            others = hosts if enters in ("bridge", "ether1") else places["bridge"] | places[enters] | {"1.1.1.1"}
            for dst in sorted(others - {src}):
                yield packet(src, dst, port=443, enters=enters)
            for dst in sorted(name for name, interface in own.items() if enters in (interface, "bridge")):
                yield packet(src, dst, port=8728, enters=enters)
                if enters == "bridge":
                    yield packet(src, dst, protocol="udp", port=53, enters=enters)
                if enters == "ether1":
                    yield from (packet(src, dst, protocol="udp", port=port, enters=enters) for port in sorted(ports))


def _host(prefix: str) -> str:
    """An address in a prefix."""
    network = ipaddress.ip_network(prefix)
    if not network.prefixlen:
        return "1.1.1.1"
    return str(network[min(9, network.num_addresses - 1)])
