"""Which way a packet goes: the routing decision in RouterOS's order (docs/facts/packet-path.md#which-table).

The table of its mark first, then the router's own addresses, then routing rules from top to bottom, then main. In a
table the longest prefix wins, then the smallest distance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, NoReturn

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import Hop
from wiretik_provider.codecs.unknown import written
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import SIX
from wiretik_provider.trace.result import Fork, Step, Stuck
from wiretik_provider.trace.router.doubts import about_choice, about_route, supposing
from wiretik_provider.trace.router.snapshot import UNKNOWN, Numbered, Route, Snapshot, hops_of
from wiretik_provider.trace.steps.match import Answer, Subject, Unknown

__all__ = ["Way", "decide", "entrance", "exits", "lookup"]

RULES: Final = "/routing/rule"
_LEFT_OUT: Final = "left out"

Choose = Callable[[Step, str], bool]
"""Asked where the answer isn't known: goes on with one of the two, and with the other another time."""


Say = Callable[[Step], object]
"""Told each step."""


class Way(NamedTuple):
    """What was decided.

    `kind` is `local`, `out`, `blackhole` or `none`, or of a routing rule `drop` or `unreachable`.
    """

    kind: str
    step: Step
    leaves: str = ""
    gateway: str = ""
    table: str = ""
    route: Row | None = None


def decide(snapshot: Snapshot, subject: Subject, choose: Choose, say: Say) -> Way:
    """Where a packet goes, with every step on the way to that told."""
    if way := _unrouted(snapshot, subject):
        return way
    if mark := subject.routing_mark:
        _not_steered(snapshot, subject, mark)
        way = lookup(snapshot, mark, subject.dst, choose)
        if way.kind != "none":
            return way._replace(step=_preceded(way, f"marked {mark}, so table {mark} comes first"))
        say(way.step)
    if vrf := subject.vrf:
        return _in_vrf(snapshot, subject, vrf, choose)
    if way := _local(snapshot, subject.dst, choose):
        return way
    for rule in snapshot.rules:
        if found := _by_rule(snapshot, subject, rule, choose, say):
            return found
    return lookup(snapshot, "main", subject.dst, choose)


def _not_steered(snapshot: Snapshot, subject: Subject, mark: str) -> None:
    """Whether a mark's table is a VRF's, whose own addresses no route is for.

    Raises:
        Stuck: it is for one of these.
    """
    own = snapshot.local.get(subject.dst)
    if own is not None and snapshot.vrfs.get(own.interface) == mark:
        raise Stuck(
            Step("", f"{own.interface} is in the VRF {mark}"), "whether a mark leads to its address isn't known"
        )


def _in_vrf(snapshot: Snapshot, subject: Subject, vrf: str, choose: Choose) -> Way:
    """By a VRF's own table, or nowhere (docs/facts/packet-path.md#which-table, docs/facts/packet-path.md#vrf)."""
    family, own = snapshot.family, snapshot.local.get(subject.dst)
    told = f"in the VRF {vrf}, so its table comes first"
    if own is not None and snapshot.vrfs.get(own.interface) == vrf:
        return Way(
            "local", Step("", f"{family.text(subject.dst)} is the router's own address"), own.interface, table=vrf
        )
    way = lookup(snapshot, vrf, subject.dst, choose)
    if way.kind == "none":
        return Way("unreachable", Step("", f"{told}: {way.step.text}"), table=vrf)
    if own is not None and way.kind == "out":
        raise Stuck(way.step, f"whether the VRF {vrf} gets to the router's address on {own.interface} isn't known")
    return way._replace(step=_preceded(way, told))


def _local(snapshot: Snapshot, address: int, choose: Choose) -> Way | None:
    """To the router itself."""
    family, own = snapshot.family, snapshot.local.get(address)
    if own is not None:
        step = Step("", f"{family.text(address)} is the router's own address")
        if vrf := snapshot.vrfs.get(own.interface):
            raise Stuck(step, f"{own.interface} is in the VRF {vrf}, and whether others get there isn't followed")
        if own.known or choose(step, "whether the router has that address isn't known"):
            return Way("local", step, own.interface, table="local")
    if family.loopback[0] <= address <= family.loopback[1] or address in snapshot.broadcasts:
        return Way("local", Step("", f"{family.text(address)} is for the router itself"), table="local")
    if family is SIX and address in snapshot.network_addresses:
        step = Step("", f"{family.text(address)} is the anycast address of its network")
        if choose(step, "whether the router takes that (RFC 4291 2.6.1), no source says"):
            return Way("local", step, table="local")
    return None


def _unrouted(snapshot: Snapshot, subject: Subject) -> Way | None:
    """Where it goes if its destination is none that tables decide about."""
    family = snapshot.family
    if family.is_multicast(subject.dst):
        told = family.text(subject.dst)
        raise Stuck(Step("", ""), f"{told} has several receivers, and multicast isn't followed")
    return _on_link(snapshot, subject) if family.is_link_local(subject.dst) else None


def _on_link(snapshot: Snapshot, subject: Subject) -> Way:
    """A link-local destination is on the link that the packet is on (RFC 4007 6)."""
    link, told = subject.enters or subject.link, snapshot.family.text(subject.dst)
    step = Step("", f"{told} is on the link of {link or 'some interface'}")
    if subject.routing_mark:
        raise Stuck(step, "no source says whether a mark leads packets to a link-local address elsewhere")
    if not link:
        raise Stuck(step, "which link that is isn't known")
    if any(own.address == subject.dst and own.interface == link and own.known for own in snapshot.own):
        return Way("local", Step("", f"{told} is the router's own address on {link}"), link, table="local")
    if subject.enters:
        raise Stuck(step, "no source says how the router treats another one's link-local address")
    return Way("out", step, link, table="main")


def _preceded(way: Way, text: str) -> Step:
    return Step(way.step.menu, f"{text}: {way.step.text}", way.step.row_id, way.step.comment, way.step.number)


def _by_rule(snapshot: Snapshot, subject: Subject, rule: Numbered, choose: Choose, say: Say) -> Way | None:
    number, row, _ = rule
    step = Step.of(RULES, row, "", number)
    answer = _rule_matches(row, subject, snapshot)
    if answer is False or (isinstance(answer, Unknown) and not choose(step, answer.reason)):
        return None
    action, table = row.get("action", "lookup"), row.get("table", "main")
    if action in ("drop", "unreachable"):
        return Way(action, Step.of(RULES, row, action, number))
    if action not in ("lookup", "lookup-only-in-table") or table in ("local", UNKNOWN):
        raise Stuck(step, f"action={written(action)} table={written(table)} isn't followed")
    way = lookup(snapshot, table, subject.dst, choose, _least(row))
    if way.kind not in ("none", _LEFT_OUT):
        return way._replace(step=_preceded(way, f"{step.rule} looks into table {table}"))
    # What min-prefix leaves out goes on with either action (docs/facts/packet-path.md#which-table).
    goes_on = action == "lookup" or way.kind == _LEFT_OUT
    if goes_on or (_least(row) >= 0 and choose(step, f"whether it goes on where {way.step.text}, no source says")):
        say(Step.of(RULES, row, f"{way.step.text}; on to the next rule", number))
        return None
    return Way("none", Step.of(RULES, row, f"only table {table} counts, and {way.step.text}", number), table=table)


def _least(row: Row) -> int:
    """The longest prefix that the rule doesn't take from its table; -1 where it takes all."""
    text = row.get("min-prefix", "")
    return int(text) if is_number(text) else -1


def _rule_matches(row: Row, subject: Subject, snapshot: Snapshot) -> Answer:
    family, unknown = snapshot.family, _for_both(row, snapshot)
    for name, text in row.items():
        if text is UNKNOWN:
            unknown = unknown or Unknown(f"its {name} isn't known yet")
        elif name in ("realm", "vrf") and text not in ("", "0", "main"):
            unknown = unknown or Unknown(f"{name}={text} can't be judged")
        elif name in ("src-address", "dst-address"):
            if (":" in text) != (family is SIX):
                return False  # the menu is of both families, and a prefix of one holds no address of the other
            span = family.known_span(text)
            if span is None:
                unknown = unknown or Unknown(f"{name}={text} can't be judged")
            elif not span[0] <= (subject.src if name == "src-address" else subject.dst) <= span[1]:
                return False
        elif (name == "interface" and text != subject.enters) or (
            name == "routing-mark" and text != (subject.routing_mark or "main")
        ):
            return False
    return unknown or True


def _for_both(row: Row, snapshot: Snapshot) -> Unknown | None:
    """A rule that names no address, met by an IPv6 packet."""
    if snapshot.family is not SIX or "src-address" in row or "dst-address" in row:
        return None
    return Unknown("whether a routing rule without an address is for IPv6, too, no source says")


def lookup(snapshot: Snapshot, table: str, address: int, choose: Choose, least: int = -1) -> Way:
    """The route of one table to an address.

    Args:
        snapshot: the router.
        table: its name.
        address: where to.
        choose: asked where it isn't known.
        least: a route with a prefix of at most that length doesn't count.
    """
    if table not in snapshot.tables:
        return Way("none", Step("", f"there is no table {table}"), table=table)
    if "fib" not in snapshot.tables[table]:
        return Way("none", Step("", f"table {table} has no fib, so its routes do nothing"), table=table)
    for routes in snapshot.covering(table, address):
        if way := _by_prefix(snapshot, routes, (table, address), choose, least):
            return way
    return Way("none", Step("", f"table {table} has no active route to {snapshot.family.text(address)}"), table=table)


def _by_prefix(
    snapshot: Snapshot, routes: Sequence[Route], asked: tuple[str, int], choose: Choose, least: int
) -> Way | None:
    """The way by the routes of one prefix; none if they only may have been learned, and weren't."""
    table, address = asked
    known = [route for route in routes if "learned" not in route.row]
    if not known:
        return _learned(snapshot, table, address, Step.of(snapshot.family.routes, routes[0].row, ""))
    route = _best(known, f"{table} {address}", snapshot)
    hole = "blackhole" in route.row
    told = Step.of(snapshot.family.routes, route.row, _name(route.row, snapshot))
    if not _surely_nearest(route, snapshot) and (way := _learned(snapshot, table, address, told)):
        return way
    # Linux leaves out none, and no source says what RouterOS does.
    if route.length <= least and not (hole and choose(told, "whether min-prefix spares a blackhole")):
        text = f"table {table} has only a /{route.length}, which min-prefix={least} leaves out"
        return Way(_LEFT_OUT, Step("", text), table=table)
    return _way(snapshot, route, table, f"{table} {address}")


def _surely_nearest(route: Route, snapshot: Snapshot) -> bool:
    """Whether no route of a longer prefix is to be thought of: what is connected is on the link."""
    row = route.row
    return route.length == snapshot.family.bits or row.get("connect") == "true"


def _learned(snapshot: Snapshot, table: str, address: int, step: Step) -> Way | None:
    """A nearer way that a protocol may have learned from a neighbour; None where there is none.

    Its gateway is on the link of the interface where the protocol runs (docs/facts/packet-path.md#learned-routes).

    Raises:
        Fork: whether there is one isn't known.
        Stuck: by which interface it leads isn't known.
    """
    rows = snapshot.learned.get(table, ())
    if not rows:
        return None
    kinds = " or ".join(dict.fromkeys(row["learned"] for row in rows))
    options = [("no", f"without a nearer way that {kinds} learned")]
    for row in rows:
        names = row.get("learned-by", UNKNOWN).split(",")
        options += [
            (name, f"with one that {row['learned']} learned" + (f" on {name}" if name is not UNKNOWN else ""))
            for name in names
        ]
    doubt = about_choice(f"{table} {address} of learned", options, comes=False)
    chosen = snapshot.world.get(doubt.key)
    why = f"{kinds} may have learned a nearer way to {snapshot.family.text(address)}"
    if chosen is None:
        raise Fork(step, why, doubt)
    if chosen is UNKNOWN:
        raise Stuck(step, why)
    told = Step.of(step.menu, {}, f"a nearer way to {snapshot.family.text(address)} that {kinds} learned")
    return None if chosen == "no" else Way("out", told, chosen, table=table)


def _best(routes: Sequence[Route], asked: str, snapshot: Snapshot) -> Route:
    """Of the routes of one prefix the one with the smallest distance; of equal ones the one that a hash chooses.

    Raises:
        Fork: which one that is isn't known.
    """
    left = sorted(routes, key=_distance)
    equal = [one for one in left if _distance(one) == _distance(left[0])]
    for one in equal:
        if not one.certain:
            step = Step.of(snapshot.family.routes, one.row, _name(one.row, snapshot))
            raise Fork(step, "whether it is active isn't known", about_route(one.row, snapshot))
    if len(equal) == 1:
        return equal[0]
    names = [_name(one.row, snapshot) for one in equal]
    step = Step.of(snapshot.family.routes, equal[0].row, names[0])
    why = "there is another one that is as good, and a hash chooses"
    return equal[names.index(_hashed(snapshot, f"{asked} of routes", names, step, why))]


def _hashed(snapshot: Snapshot, asked: str, names: Sequence[str], step: Step, why: str) -> str:
    """What a hash chooses for whom is asked about.

    Raises:
        Fork: that isn't known.
    """
    doubt = about_choice(asked, [(name, f"where the hash chooses {name}") for name in names], comes=True)
    chosen = snapshot.world.get(doubt.key) or (names[0] if len(doubt.options) == 1 else "")
    if chosen not in names:
        raise Fork(step, why, doubt)
    return chosen


def _distance(route: Route) -> int:
    text = route.row.get("distance", "1")
    return int(text) if is_number(text) else 1


def _name(row: Row, snapshot: Snapshot) -> str:
    far = written(row.get("gateway", "blackhole"), "(not known)")
    return f"{row.get('dst-address', snapshot.family.everywhere)} by {far}"


def _way(snapshot: Snapshot, route: Route, table: str, asked: str) -> Way:
    row = route.row
    step = Step.of(snapshot.family.routes, row, f"{_name(row, snapshot)} in table {table}")
    if "blackhole" in row:
        return Way("blackhole", step, table=table, route=row)
    told = written(row.get("immediate-gw") or row.get("gateway", ""), "it") or "it"
    way, *others = hops_of(row) or (Hop(""),)
    if others:
        names = {f"{hop.head}%{hop.interface}" if hop.interface else hop.head: hop for hop in (way, *others)}
        why = f"it has several gateways ({told}), and a hash chooses"
        way = names[_hashed(snapshot, f"{asked} of gateways", list(names), step, why)]
    leaves, gateway = way.leaves, way.head if way.interface else ""
    if leaves in snapshot.vrfs.values() and leaves != table:
        return _leaked(snapshot, leaves, int(asked.partition(" ")[2]), step)
    if leaves not in snapshot.interfaces:
        raise Stuck(step, f"by which interface {told} is reached isn't known")
    return Way("out", step, leaves, gateway, table, row)


def _leaked(snapshot: Snapshot, vrf: str, address: int, step: Step) -> Way:
    """By a route to a VRF's interface: on by that VRF's table, to its own addresses too."""
    own = snapshot.local.get(address)
    if own is not None and snapshot.vrfs.get(own.interface) == vrf:
        return Way("local", step, own.interface, table=vrf)
    way = lookup(snapshot, vrf, address, _sure)
    return way._replace(step=_preceded(way, step.text)) if way.kind == "out" else way


def entrance(snapshot: Snapshot, source: int) -> str | None:
    """The interface by which a packet from an address may be taken to come in: where the router would send the answer.

    Empty for the router's own address; None where there is no such way, or more than one.
    """
    if source in snapshot.local:
        return ""
    if vrf := _of_vrf(snapshot, source):
        return vrf
    found = _all_ways(snapshot, source, _MOST_DOUBTS)
    return found.pop() if len(found) == 1 else None


def _of_vrf(snapshot: Snapshot, source: int) -> str:
    """The interface of a VRF in whose network an address is; empty where main knows of a nearer one."""
    bits = snapshot.family.bits
    holding = [own for own in snapshot.own if own.known and (own.network ^ source) >> (bits - own.length) == 0]
    nearest = max(holding, key=lambda own: own.length, default=None)
    return nearest.interface if nearest and nearest.interface in snapshot.vrfs else ""


_MOST_DOUBTS: Final = 6
"""How many doubts a way may hang on."""


def _all_ways(snapshot: Snapshot, source: int, left: int) -> set[str | None]:
    """The interfaces by which main may lead to an address, whatever isn't known; None for that it may lead nowhere."""
    try:
        way = lookup(snapshot, "main", source, _sure)
    except Stuck:
        return {None}
    except Fork as fork:
        if fork.doubt is None or not left:
            return {None}
        worlds = [supposing(snapshot, fork.doubt.key, value) for value, _ in fork.doubt.options]
        return {name for world in worlds for name in _all_ways(world, source, left - 1)}
    return {way.leaves if way.kind == "out" else None}


def exits(snapshot: Snapshot) -> set[str]:
    """Interfaces that a default route leads to, but for tunnels."""
    found, family = set(), snapshot.family
    for row in snapshot.enabled(family.routes):
        if family.span(row.get("dst-address", family.everywhere)) == family.anywhere:
            found |= {hop.leaves for hop in hops_of(row)}
    return found - snapshot.tunnels


def _sure(step: Step, reason: str) -> NoReturn:
    raise Fork(step, reason)
