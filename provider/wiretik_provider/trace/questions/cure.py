"""The cure for a packet that doesn't go where it should: said only where the trace itself shows it."""

from __future__ import annotations

import re

from wiretik_provider.rows import ownership
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.connection import BY_FASTTRACK, trace
from wiretik_provider.trace.family import SIX
from wiretik_provider.trace.result import Disposition, Step, Trace
from wiretik_provider.trace.router.snapshot import Snapshot, is_true

__all__ = ["cure"]


def cure(snapshot: Snapshot, found: Trace, *, leaves: str = "", kind: str = "") -> str:
    """The cure as a change of the program; empty where there is none to tell.

    Args:
        snapshot: the router.
        found: what became of the packet.
        leaves: where it should leave by, or must not.
        kind: of the question.
    """
    if kind == "is_dropped":
        return "a rule that drops it, above those that accept it"
    snapshot = snapshot.of(found.packet.family)
    return (
        _table(found)
        or (_begins_well(snapshot, found, leaves, kind) and _later(snapshot, found))
        or _mark(snapshot, found, leaves, kind)
        or _taken(snapshot, found, leaves)
        or _rule(snapshot, found)
        or _peer(found)
        or _loop(found)
        or _translation(found, leaves, kind)
        or _route(found)
    )


def _begins_well(snapshot: Snapshot, found: Trace, leaves: str, kind: str) -> bool:
    """Whether the first packet and its answer are as they should be, so that something behind them isn't."""
    if not found.disposition.arrives or found.answered is False:
        return False
    inside = found.leaves == leaves or bool(
        leaves not in snapshot.interfaces and snapshot.in_list(found.leaves, leaves)
    )
    return kind not in ("leaves_by", "never_leaves_by") or inside is (kind == "leaves_by")


def _table(found: Trace) -> str:
    for step in found.steps:
        if lacking := re.search(r"table (\S+) has no fib", step.text):
            return f"wt.RoutingTable({lacking[1]!r}, fib=True), since without fib its routes do nothing"
    return ""


def _marking(found: Trace) -> Step | None:
    if not found.mark:
        return None
    return next(
        (
            step
            for step in found.steps
            if step.menu == found.packet.family.mangle and step.text.startswith("mark-routing")
        ),
        None,
    )


def _mark(snapshot: Snapshot, found: Trace, leaves: str, kind: str) -> str:
    """A mark that shouldn't be there: without it the packet would go where it should."""
    step = _marking(found)
    if step is None:
        return ""
    mangle = snapshot.family.mangle
    rows = [row for at, row in enumerate(snapshot[mangle]) if at != step.number]
    other = trace(snapshot.having({mangle: rows}), found.packet)
    own = found.packet.dst in snapshot.local
    fine = other.disposition is Disposition.DELIVERED if own else other.disposition.arrives
    better = fine and (kind == "reaches" or other.leaves == leaves)
    if not better:
        return ""
    row = snapshot[mangle][step.number]
    left_out = row.get("dst-address-list", "")
    into = f"put {_prefix(snapshot, found.packet.dst)} into the address list {left_out[1:]}"
    said = f"{step.rule} marks it, and a mark is looked up before everything else"
    if leaves and found.leaves in snapshot.tunnels - {leaves} and _is_anywhere(snapshot, found.packet.dst):
        # No exception of a destination helps where both tunnels are for all of them.
        theirs = "clients= of wt.AlwaysOnVpn, or a src_address_list in that rule"
        return f"{said}: both are for the same sources, so give each its own ({theirs})"
    if found.packet.dst in snapshot.local:
        local = 'dst_address_type="!local" in that rule'
        return f"{said}: {f'{into}, or ' if left_out.startswith('!') else ''}{local}"
    return f"{said}: {into if left_out.startswith('!') else 'leave its destination out of that rule'}"


def _taken(snapshot: Snapshot, found: Trace, leaves: str) -> str:
    """A rule that lets it go on before the program's own marks or translates it."""
    for step in found.steps:
        if step.menu not in (snapshot.family.mangle, snapshot.family.nat) or step.text != "accept" or not leaves:
            continue
        rows = [row for at, row in enumerate(snapshot[step.menu]) if at != step.number]
        other = trace(snapshot.having({step.menu: rows}), found.packet)
        helped = other.source != found.packet.src if found.leaves == leaves else other.leaves == leaves
        if other.disposition.arrives and helped:
            return f"{step.rule} takes it before a rule behind it does the expected: give that position=wt.FIRST"
    return ""


def _is_anywhere(snapshot: Snapshot, address: int) -> bool:
    """Whether main leads to an address by nothing but a default route."""
    return not any(routes[0].length for routes in snapshot.covering("main", address))


def _prefix(snapshot: Snapshot, address: int) -> str:
    """The network that an address is in, as the router's own addresses and routes say."""
    for routes in snapshot.covering("main", address):
        if routes[0].length:
            return str(routes[0].row.get("dst-address"))
    return snapshot.family.text(address)


def _later(snapshot: Snapshot, found: Trace) -> str:
    """What later packets lack that the first one has."""
    for first in (found, *((found.reply,) if found.reply else ())):
        for way in first.later:
            if told := _fasttrack(found, way) or _unmarked(snapshot, first, way) or _cut(snapshot, way):
                return told
    return ""


def _fasttrack(found: Trace, way: Trace) -> str:
    if way.about != BY_FASTTRACK or found.fasttracked is None:
        return ""
    out = found.leaves
    return (
        f"accept established,related with out_interface={out!r} and with in_interface={out!r} "
        f"at position=wt.BEFORE_FASTTRACK, above {found.fasttracked.rule}"
    )


def _unmarked(snapshot: Snapshot, first: Trace, way: Trace) -> str:
    """A rule that marks the packet that begins a connection, and no other."""
    step = _marking(first)
    if step is None or way.mark == first.mark:
        return ""
    row = snapshot[step.menu][step.number]
    asks = [name.replace("-", "_") for name in ("connection-state", "tcp-flags", "connection-mark") if name in row]
    out = f"leave {' and '.join(asks)} out of that rule, or " if asks else ""
    return (
        f"{step.rule} marks the packet that begins the connection and not those behind it: {out}mark the connection "
        f"(mark-connection) and by its connection_mark each packet"
    )


def _cut(snapshot: Snapshot, way: Trace) -> str:
    """A rule that drops what belongs to a connection that another rule let in."""
    if way.disposition not in (Disposition.DROPPED, Disposition.REJECTED) or not way.by or way.by.menu == "":
        return ""
    if way.by.menu != snapshot.family.filter or way.by.number >= len(snapshot[way.by.menu]):
        return f"leave {way.about} out of {way.by.rule}"
    chain = snapshot[way.by.menu][way.by.number].get("chain", "")
    return f'accept connection_state="established,related" in chain {chain} above {way.by.rule}'


def _rule(snapshot: Snapshot, found: Trace) -> str:
    step, menu = found.by, snapshot.family.filter
    if found.disposition not in (Disposition.DROPPED, Disposition.REJECTED) or step is None or step.menu != menu:
        return ""
    rows = list(snapshot[menu])
    chain = rows[step.number].get("chain", "")
    rows[step.number] = {**rows[step.number], "disabled": "true"}
    other = trace(snapshot.having({menu: rows}), found.packet)
    behind = [one for one in other.steps if one.menu == menu and one.number > step.number and one.text == "accept"]
    if other.disposition.arrives and behind and not is_true(snapshot[menu][behind[0].number], "dynamic"):
        return f"{behind[0].rule} would accept it and stands behind that: give it {_above(snapshot[menu][step.number])}"
    return f"accept it in chain {chain} above that rule, with {_above(snapshot[menu][step.number])}"


def _above(drop: Row) -> str:
    """The place above a rule that drops; BEFORE_DROP looks past a rule that its author has given a place."""
    tag = ownership.tag_of(drop)
    if tag is None or tag.place in ("", ownership.LAST):
        return "position=wt.BEFORE_DROP"
    return "position=wt.Before(...) with the resource of that rule (a component's are in its .rules)"


def _peer(found: Trace) -> str:
    if found.disposition is not Disposition.NO_PEER or not found.leaves:
        return ""
    return f"the peer of {found.leaves} that it is for needs it in allowed_address"


def _loop(found: Trace) -> str:
    if found.disposition is not Disposition.LOOP:
        return ""
    return "the tunnel's endpoint needs a route that doesn't lead into the tunnel"


def _translation(found: Trace, leaves: str, kind: str) -> str:
    if kind != "leaves_by" or found.leaves != leaves or found.source != found.packet.src:
        return ""
    return f'wt.{_six(found)}NatRule(..., chain="srcnat", out_interface={leaves!r}, action="masquerade")'


def _route(found: Trace) -> str:
    if found.disposition is not Disposition.NO_ROUTE:
        return ""
    return f"a wt.{_six(found)}Route to it in table {found.table or 'main'}"


def _six(found: Trace) -> str:
    """What the names of IPv6's classes begin with."""
    return "Ipv6" if found.packet.family is SIX else ""
