"""What holds before a change and after it holds in between, after each of its writes.

Asked are packets from each place to each other, of each all that can be said of its fate, and what programs and
components expect. Whatever doesn't hold both before and after is the gate's.
"""

import ipaddress
from collections.abc import Iterator, Sequence

import attrs

from at_length import LONG
from replaying import Expected, Program, Routers, moments
from wiretik_provider.trace import Disposition, Packet, Snapshot, Trace, packet, trace
from wiretik_provider.trace.family import FOUR, SIX, family_of
from wiretik_provider.trace.questions.question import Answer, Question, ask
from wiretik_provider.trace.router.snapshot import Own
from wiretik_provider.trace.steps.path import PEERS

Steps = Sequence[tuple[str, Snapshot]]
"""A router after each write, with what was written."""


TURNS = 1 if LONG else 7
"""Of how many states one is asked about each packet and each expectation in `make test`, in turn: what breaks
something breaks it for many packets, and until another write. At length all are asked of all."""


@attrs.frozen
class Broken:
    """What held before and after, and didn't in between.

    Attributes:
        what: what held.
        after: the writes until then.
        found: what is the case instead.
    """

    what: str
    after: Sequence[str]
    found: str

    def __str__(self) -> str:
        return f"after {', '.join(self.after)}: {self.what} no more: {self.found}"


def change(before: Routers, old: Program, new: Program, order: Sequence[str]) -> tuple[list[Broken], Routers]:
    """What a change breaks on its way, in one order of its writes, and the routers behind it.

    Args:
        before: the routers with the old program on them.
        old: what was declared before.
        new: what is declared.
        order: see `moments`.
    """
    writes = list(moments(before, old, new, order))
    found: list[Broken] = []
    for router, first in before.items():
        steps = [(name, now[router]) for name, now in writes]
        expected = {**old.expected.get(router, {}), **new.expected.get(router, {})}
        found += [*broken(first, steps), *disappointed(first, steps, expected)]
    return found, writes[-1][1]


def _states(first: Snapshot, steps: Steps) -> Iterator[tuple[tuple[str, ...], Snapshot]]:
    """Every other state of the router, with the writes until then: most of a change's writes change nothing."""
    seen = first
    for at, (_, now) in enumerate(steps, 1):
        if now.rows != seen.rows:
            seen = now
            yield tuple(name for name, _ in steps[:at]), now


def disappointed(first: Snapshot, steps: Steps, expected: Expected, turns: int = TURNS) -> Iterator[Broken]:
    """Expectations that are met before the first of some writes and after the last one, but not at every moment.

    Each state is asked about one in `turns` of them.
    """
    then = steps[-1][1]
    # What isn't known doesn't hold: nobody could rely on it. A network that the writes themselves add isn't lost while
    # the VPN doesn't leave it alone yet: nobody was there before.
    asked = [question for question in expected if question.kind != "keeps_off"]
    kept = [question for question in asked if ask(first, question).holds and ask(then, question).holds]
    for at, (writes, now) in enumerate(_states(first, steps)):
        for question in kept[at % turns :: turns]:
            answer = ask(now, question)
            if not answer.holds and not (_somebody_elses(question, answer, first, then) or _nobodys(question, now)):
                yield Broken(expected[question], writes, answer.text)


def _somebody_elses(question: Question, answer: Answer, first: Snapshot, then: Snapshot) -> bool:
    """Whether an answer is about packets of another peer than the one it is asked of; one address has one sender."""
    if answer.shown is None or "/" in question.source:
        return False
    asked_of = {_sender(trace(one, answer.shown.packet)) for one in (first, then)}
    return _sender(answer.shown) not in asked_of


def _nobodys(question: Question, now: Snapshot) -> bool:
    """Whether the router has no such address where they come in: an interface that is new, or about to go."""
    own = now.of(family_of(question.source)).own
    return question.enters in now.interfaces and all(one.interface != question.enters for one in own)


def broken(first: Snapshot, steps: Steps) -> Iterator[Broken]:
    """What holds of packets before the first of some writes and after the last one, but not at every moment."""
    then = steps[-1][1]
    interfaces = sorted(first.interfaces.keys() | then.interfaces.keys())
    kept = [(probe, *_kept(first, then, probe, interfaces)) for probe in packets(first, then)]
    for at, (writes, now) in enumerate(_states(first, steps)):
        for probe, facts, senders in kept[at % TURNS :: TURNS]:
            found = trace(now, probe)
            if _sender(found) not in senders:
                continue  # whoever sends it then isn't whom it was asked of
            for what in sorted(facts - _facts(found, interfaces)):
                yield Broken(f"{probe}: {what}", writes, str(found))


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
    ways = [found, *found.later]
    arrives = all(way.disposition.arrives for way in ways)
    leaves = {way.leaves for way in ways if way.disposition is not Disposition.DELIVERED}
    facts = {f"it doesn't leave by {name}" for name in interfaces if name not in leaves}
    if not any(way.disposition.arrives for way in ways):
        facts.add("it is kept out")
    # Nobody out there has a private address.
    if arrives and found.answered and len(leaves) < 2 and not (leaves == {"ether1"} and _private(found.packet)):
        facts.add("it arrives and is answered")
        if found.source not in (0, found.packet.src):
            facts.add("its source is translated")
    if found.disposition is Disposition.DELIVERED:
        facts.add("it gets to the router")
    return frozenset(facts)


def _private(asked: Packet) -> bool:
    return ipaddress.ip_address(asked.family.text(asked.dst)).is_private


def packets(*snapshots: Snapshot) -> Iterator[Packet]:
    """From each place to each other, one of each kind that somebody may care for."""
    places = _places(snapshots)
    ports = {int(row.get("listen-port", "0")) for one in snapshots for row in one["/interface/wireguard"]} - {0}
    hosts = {host for some in places.values() for host in some} - OUTSIDE | set(INTERNET.values())
    views = [snapshot.of(family) for snapshot in snapshots for family in (FOUR, SIX)]
    own = {
        view.family.text(one.address): one.interface
        for view in views
        for one in view.own
        # What comes or goes is kept out before or after by not being there, where IPv6's rules would reject it, and a
        # VPN takes it to somebody else.
        if (view.family is FOUR and one.interface not in _vlans(views)) or all(_has(each, one) for each in snapshots)
    }
    for enters, sources in sorted(places.items()):
        for src in sorted(sources):
            # What is between two tunnels is nobody's promise.
            near = places["bridge"] | places[enters] | set(INTERNET.values())
            others = hosts if enters in ("bridge", "ether1") else near
            for dst in sorted(one for one in others - {src} if _alike(src, one)):
                yield packet(src, dst, port=443, enters=enters)
            here = [name for name, interface in own.items() if enters in (interface, "bridge")]
            for dst in sorted(one for one in here if _alike(src, one)):
                yield packet(src, dst, port=8728, enters=enters)
                if enters == "bridge":
                    yield packet(src, dst, protocol="udp", port=53, enters=enters)
                if enters == "ether1":
                    yield from (packet(src, dst, protocol="udp", port=port, enters=enters) for port in sorted(ports))


INTERNET = {4: "1.1.1.1", 6: "2606:4700:4700::1111"}


OUTSIDE = {"198.51.100.77", "2a00::77"}


def _places(snapshots: Sequence[Snapshot]) -> dict[str, set[str]]:
    """Who may come in by each interface."""
    places: dict[str, set[str]] = {"bridge": {"192.168.88.10", "fd88::10"}, "ether1": set(OUTSIDE)}
    # Who is in a VLAN that comes or goes isn't there before its ports are, which come last and go first.
    staying = set.intersection(*(_vlans([one]) for one in snapshots))
    for snapshot in snapshots:
        for name, peers in snapshot.peers.items():
            for peer in peers:
                texts = [text for text in peer.get("allowed-address", "").split(",") if text]
                places.setdefault(name, set()).update(_host(text) for text in texts)
        for view in (snapshot.of(FOUR), snapshot.of(SIX)):
            for one in (one for one in view.own if one.interface in staying and not _link_local(view, one)):
                places.setdefault(one.interface, set()).add(view.family.text(one.network + 10))
    return places


def _vlans(snapshots: Sequence[Snapshot]) -> set[str]:
    return {row["name"] for one in snapshots for row in one["/interface/vlan"]}


def _link_local(view: Snapshot, own: Own) -> bool:
    return view.family is SIX and SIX.is_link_local(own.address)


def _has(snapshot: Snapshot, own: Own) -> bool:
    """Whether a router has an address in all of a family that isn't each link's own."""
    there = snapshot.of(FOUR if own.address < 1 << FOUR.bits else SIX)
    return own.address in there.local and not _link_local(there, own)


def _alike(one: str, other: str) -> bool:
    return (":" in one) is (":" in other)


def _host(prefix: str) -> str:
    """An address in a prefix."""
    network = ipaddress.ip_network(prefix)
    if not network.prefixlen:
        return INTERNET[network.version]
    return str(network[min(9, network.num_addresses - 1)])
