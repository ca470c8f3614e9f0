"""Marks and the lists that keep traffic from being marked: is each rule met, and does nothing lose its way by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from wiretik_provider.codecs.spans import lowest
from wiretik_provider.doctor.finding import Finding, Where
from wiretik_provider.doctor.journeys import journeys
from wiretik_provider.doctor.patient import Net, Patient, is_public, named, net_of
from wiretik_provider.doctor.ways import leads_to
from wiretik_provider.rules.model import Row, asks
from wiretik_provider.trace import Snapshot, entrance
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.snapshot import is_true

__all__ = ["marks"]

MANGLE: Final = "/ip/firewall/mangle"
LISTS: Final = "/ip/firewall/address-list"
RULES: Final = "/routing/rule"
_MAIN: Final = ("", "main", "local")
_LOST: Final = (Disposition.NO_ROUTE, Disposition.BLACKHOLED, Disposition.NO_PEER, Disposition.LOOP)
_TOO_LATE: Final = frozenset({"forward", "input", "postrouting"})
_TRIES: Final = 60
"""Destinations that one rule is tried with."""


def marks(patient: Patient) -> Iterator[Finding]:
    """What is wrong with the rules that mark for routing."""
    for at, row in enumerate(patient.snapshot[MANGLE]):
        if row.get("action") == "mark-routing" and not is_true(row, "disabled") and not is_true(row, "dynamic"):
            yield from _rule(patient, at, row)
    if not patient.snapshot.rules and not any(map(_marks, patient.snapshot.enabled(MANGLE))):
        return  # nothing is led past main
    for lan, net in patient.lans:
        led = _led(patient, lan, net)
        yield from _own_addresses(patient, lan, net, led)
        yield from _elsewhere(patient, lan, led)


def _marks(row: Row) -> bool:
    return row.get("action") == "mark-routing"


# --- is the rule met -------------------------------------------------------------------------------------------------


def _rule(patient: Patient, at: int, row: Row) -> Iterator[Finding]:
    name, mark = named(MANGLE, row, at), row.get("new-routing-mark", "")
    about = Where(
        router=patient.name,
        tunnel=leads_to(patient, mark),
        menu=MANGLE,
        row=row.get(".id", ""),
    )
    if row.get("chain") in _TOO_LATE:
        yield Finding(
            kind="mark-too-late",
            where=about,
            fact=f"{name} marks for {mark} in chain {row['chain']}",
            cure='wt.MangleRule(..., chain="prerouting")',
            value=row["chain"],
        )
    elif row.get("chain") == "prerouting" and about.tunnel:
        met = _met(patient, at, row)
        if met is False:
            yield _never(patient, at, row, about)
        elif patient.live and row.get("packets") == "0" and patient.is_up(about.tunnel):
            yield Finding(
                kind="mark-not-hit",
                where=about,
                fact=f"{name} has counted no packet, though {about.tunnel} is up",
                cure="send something from the LAN and look again; wiretik trace shows which rule takes it",
                value="0",
            )
        yield from _list_of_lans(patient, at, row, about)


def _met(patient: Patient, at: int, row: Row, *, snapshot: Snapshot | None = None) -> bool | None:
    """Whether some packet from a LAN or a tunnel meets a rule; None where none was tried or it isn't known."""
    doubt: bool | None = None
    if any(name not in _JUDGED for name, _ in _asks(patient, at, row)) or not _known(patient, row):
        return None
    if _is_elsewhere(patient, row):
        return False
    for found in _tries(patient, row, snapshot):
        if any(step.menu == MANGLE and step.number == at for step in found.steps):
            return True
        if found.disposition is not Disposition.UNKNOWN:
            doubt = False if doubt is None else doubt
        else:
            return None
    return doubt


def _known(patient: Patient, row: Row) -> bool:
    """Whether all that may come in where the rule looks is known here, unlike what dials in."""
    known = {name for name, _ in patient.lans} | patient.exits | patient.devices.keys()
    listed = row.get("in-interface-list", "")
    members = (
        patient.snapshot.members.get(listed, frozenset()) if listed and not listed.startswith("!") else frozenset()
    )
    asked = row.get("in-interface", "")
    return {*members, *([asked] if asked and not asked.startswith("!") else [])} <= known


def _is_elsewhere(patient: Patient, row: Row) -> bool:
    """Whether a rule is for a private network that nothing here has, leads to or gives addresses of."""
    text = row.get("src-address", "!")
    net = None if text.startswith("!") else net_of(text)
    if net is None or is_public(net.first) or not patient.settled:
        return False
    there = [one for _, one in patient.nets]
    there += [one for device in patient.devices for one in patient.behind(device)]
    routes = [net_of(way.get("dst-address", "0.0.0.0/0")) for way in patient.snapshot.enabled("/ip/route")]
    there += [one for one in routes if one and one.length]
    return not any(net.overlaps(one) for one in there) and not any(
        first <= net.last and net.first <= last for first, last in patient.given
    )


def _asks(patient: Patient, at: int, row: Row) -> tuple[tuple[str, str], ...]:
    """A rule's matchers."""
    return next((one.asks for one in patient.snapshot.chain(MANGLE, row["chain"]) if one.number == at), ())


_JUDGED: Final = frozenset(
    {"in-interface", "in-interface-list", "src-address", "dst-address", "src-address-list", "dst-address-list"}
    | {"src-address-type", "dst-address-type", "connection-nat-state", "protocol", "dst-port"}
)
"""Matchers by which a first packet says whether a rule is ever met; others are for later ones, or nobody knows."""


def _tries(patient: Patient, row: Row, snapshot: Snapshot | None) -> Iterator[Trace]:
    """Walks of packets such as a rule asks for."""
    other = patient if snapshot is None else attrs.evolve(patient, snapshot=snapshot)
    protocol = row.get("protocol", "tcp")
    port = lowest(row.get("dst-port", "443"))
    wanted = net_of(row.get("dst-address", "0.0.0.0/0")) or Net(0, 0)
    hosts = sorted(patient.kinds(wanted), key=lambda one: (one not in patient.snapshot.local, not is_public(one)))[
        :_TRIES
    ]
    for enters, src in _sources(patient, row):
        for dst in hosts if row.get("dst-address-type") != "local" else sorted(patient.snapshot.local):
            if protocol.startswith("!"):
                protocol = "icmp"
            yield other.first(src, dst, enters, protocol, 443 if port is None else port)


def _sources(patient: Patient, row: Row) -> Iterator[tuple[str, int]]:
    asked = net_of(row.get("src-address", ""))
    places = [*patient.lans, *((device, net) for device in patient.running for net in patient.behind(device))]
    if asked and not any(net.holds(asked) for _, net in places):
        # A network behind another router of the LAN.
        places = [(name, asked) for name in [entrance(patient.snapshot, asked.first + (asked.length < 32))] if name]
    for name, net in places:
        inside = asked if asked and net.holds(asked) else net
        yield from ((name, host) for host in patient.kinds(inside)[:_TRIES] if host not in patient.snapshot.local)


def _never(patient: Patient, at: int, row: Row, about: Where) -> Finding:
    """Why no packet meets the rule: another takes them all, or its matchers fit none."""
    snapshot = patient.snapshot
    name = named(MANGLE, row, at)
    for other in range(at):
        above = snapshot[MANGLE][other]
        if is_true(above, "disabled") or above.get("chain") not in ("prerouting", row.get("chain")):
            continue
        rows = [*snapshot[MANGLE]]
        rows[other] = {**above, "disabled": "true"}
        without = Snapshot({**snapshot.rows, MANGLE: rows}, snapshot.unread, snapshot.name)
        if _met(patient, at, row, snapshot=without):
            return Finding(
                kind="mark-shadowed",
                where=about,
                fact=f"{name} is never met: {named(MANGLE, above, other)} ends the chain for the same packets",
                cure="position=wt.Before(...) that rule, or passthrough=True there",
                value=above.get("action", ""),
            )
    enters = row.get("in-interface", "")
    told = ", ".join(f"{key}={text}" for key, text in asks(row))
    hint = f": nothing comes in by {enters}" if enters and enters not in {lan for lan, _ in patient.lans} else ""
    lans = " or ".join(lan for lan, _ in patient.lans)
    nets = " or ".join(str(net) for _, net in patient.lans)
    if row.get("connection-nat-state") == "dstnat":
        hint, fix = ": dstnat are only connections to forwarded ports", 'connection_nat_state="!dstnat"'
    elif _is_elsewhere(patient, row):
        hint, fix = f": the LAN is {nets}", f"src_address={nets!r}"
    else:
        fix = f"in_interface={lans!r}" if hint else "matchers that fit the traffic to mark"
    counted = ", and it has counted no packet" if row.get("packets") == "0" and patient.live else ""
    return Finding(
        kind="mark-never",
        where=about,
        fact=f"no packet of the LAN meets {name} ({told}){hint}{counted}",
        cure=f"wt.MangleRule(..., {fix})",
        value=told,
    )


# --- does the list hold what it should -------------------------------------------------------------------------------


def _list_of_lans(patient: Patient, at: int, row: Row, about: Where) -> Iterator[Finding]:
    """The LAN itself in the list of what isn't marked."""
    text = row.get("dst-address-list", "")
    enters = row.get("in-interface")
    if not text.startswith("!") or row.get("dst-address-type") != "!local":
        return
    name = text.removeprefix("!")
    entries = [
        net
        for one in patient.snapshot.enabled(LISTS)
        if one.get("list") == name
        if (net := net_of(one.get("address", "")))
    ]
    for lan, net in patient.lans:
        if (enters is None or lan == enters) and not any(entry.holds(net) for entry in entries):
            yield Finding(
                kind="list-lacks-lan",
                where=Where(router=about.router, tunnel=about.tunnel, menu=LISTS),
                fact=f"the list {name} of {named(MANGLE, row, at)} doesn't hold {net}, the network of {lan}",
                cure=f'put {net} into it: wt.AddressList(..., list="{name}", entries=[..., "{net}"])',
                value=str(net),
            )


def _led(patient: Patient, lan: str, net: Net) -> list[int]:
    """A host of a LAN as most are, and one for each mark or table that leads some to the internet past main."""
    found = dict(zip([("", "")], patient.hosts(net), strict=False))
    for enters, _, one in journeys(patient):
        if enters == lan and net.first <= one.packet.src <= net.last and (one.mark or one.table not in _MAIN):
            found.setdefault((one.mark, one.table), one.packet.src)
    return list(dict.fromkeys(found.values()))


def _own_addresses(patient: Patient, lan: str, net: Net, sources: list[int]) -> Iterator[Finding]:
    """The router itself, from the LAN."""
    for own in sorted(patient.snapshot.own, key=lambda own: own.interface != lan):
        near = own.interface == lan
        for src in sources:
            found = patient.first(src, own.address, lan, "tcp", 8291)
            told = f"{dotted(src)} to the router's own {dotted(own.address)} is"
            astray = _marked_away(found)
            if near and not astray and net.first <= own.address <= net.last:
                found = patient.walk(src, own.address, lan, "tcp", 8291)
                astray = found.reply if found.reply and _lost(patient, found.reply, lan) else None
                told = f"{dotted(src)} reaches the router's own {dotted(own.address)}, and the answer is"
            if astray is None:
                continue
            marked = f"marked {astray.mark} and " if astray.mark else ""
            tunnel = astray.leaves if astray.leaves in patient.devices else leads_to(patient, astray.mark)
            yield Finding(
                kind="lan-locked-out" if near else "own-address-marked",
                where=Where(router=patient.name, tunnel=tunnel, menu=LISTS if astray is found else RULES),
                fact=f"{told} {marked}{astray.verdict}",
                cure=_let_in(patient, found, astray, net),
                value=dotted(own.address),
            )
            return


def _marked_away(found: Trace) -> Trace | None:
    """A packet for the router itself that a mark leads elsewhere."""
    translated = found.connection is not None and found.connection.dstnat
    here = found.disposition in (Disposition.DELIVERED, Disposition.UNKNOWN)
    return found if found.mark and not here and not translated else None


def _lost(patient: Patient, reply: Trace, lan: str) -> bool:
    """Whether the router's answer to a LAN doesn't get there, and no rule of the firewall drops it."""
    if any(
        row.get("routing-mark") == "main" and row.get("table") == reply.table for _, row, _ in patient.snapshot.rules
    ):
        return False  # whether a rule for mark main is for what the router itself sends, no source says
    if reply.disposition.arrives:
        return bool(reply.leaves) and reply.leaves != lan
    return reply.disposition in _LOST


def _let_in(patient: Patient, found: Trace, astray: Trace, net: Net) -> str:
    """The cure for what doesn't get to the router, or not back from it."""
    if astray is found:
        local = 'dst_address_type="!local" in the rule that marks it'
        return cure(patient.snapshot, found, kind="reaches") or local
    if astray.mark:
        return f"leave {net} out of the rule of chain output that marks it"
    return _main_first(net)


def _main_first(net: Net) -> str:
    return (
        f'wt.RoutingRule(..., dst_address="{net}", action="lookup-only-in-table", table="main", position=wt.FIRST), '
        "above the rule that sends it away"
    )


def _elsewhere(patient: Patient, lan: str, sources: list[int]) -> Iterator[Finding]:
    """What main has a route for and a mark or a routing rule leads away from it."""
    seen: set[Net] = set()
    for row in patient.snapshot.enabled("/ip/route"):
        net = net_of(row.get("dst-address", "0.0.0.0/0"))
        there = patient.ways(row)
        if row.get("routing-table", "main") != "main" or not is_true(row, "active") or not net or not net.length:
            continue
        if not there or there & (patient.exits | {lan}) or net in seen or not _is_somebodys(patient, net, there):
            continue
        seen.add(net)
        walks = (patient.first(src, dst, lan, "tcp", 443) for src in sources for dst in patient.hosts(net))
        found = next((one for one in walks if _is_away(patient, one, there, usual=sources[:1])), None)
        if found is not None:
            yield _lacks(patient, found, net, there)


def _is_somebodys(patient: Patient, net: Net, there: set[str]) -> bool:
    """Whether somebody is there: in a LAN, or behind a peer that allows it; in a provider's own network nobody is."""
    devices = there & patient.devices.keys()
    return not devices or any(net.overlaps(one) for device in devices for one in patient.behind(device))


def _is_away(patient: Patient, found: Trace, there: set[str], usual: Sequence[int]) -> bool:
    """Whether a packet is led away from where main would bring it, and isn't meant to be.

    A device that is sent into the VPN by itself may be meant to see nothing else, and a table without a tunnel to be a
    hole.
    """
    led = found.mark or (found.table not in _MAIN and leads_to(patient, found.table))
    if not led or found.leaves in there or found.disposition is Disposition.UNKNOWN:
        return False
    if found.disposition in (Disposition.DROPPED, Disposition.REJECTED) and found.table in _MAIN:
        return False
    if _excepts(patient, found):
        return True
    return found.packet.src in usual and not _meant(patient, found.packet.enters, found.packet.dst, there)


def _meant(patient: Patient, lan: str, dst: int, there: set[str]) -> bool:
    """Whether a LAN may be meant to go by the VPN whole: guests are kept from other LANs, and from others' tunnels."""
    if not there & patient.devices.keys():
        return True
    others = [(name, host) for name, net in patient.lans if name != lan for host in patient.hosts(net)[:1]]
    return any(patient.first(host, dst, name, "tcp", 443).leaves in there for name, host in others)


def _excepts(patient: Patient, found: Trace) -> bool:
    """Whether what led a packet excepts some destinations: a mark rule by a list, a routing rule by one for main."""
    rows = [patient.snapshot[MANGLE][step.number] for step in found.steps if step.menu == MANGLE and step.number >= 0]
    if found.mark:
        return any(
            row.get("dst-address-list", "").startswith("!") for row in rows if row.get("action") == "mark-routing"
        )
    return any("dst-address" in row and row.get("table", "main") == "main" for _, row, _ in patient.snapshot.rules)


def _lacks(patient: Patient, found: Trace, net: Net, there: set[str]) -> Finding:
    way = min(there)
    leave = f"exclude {net} from the mark: put it into the list that the mark rule excepts"
    help_ = cure(patient.snapshot, found, leaves=way, kind="leaves_by") if found.mark else _main_first(net)
    marked = f"marked {found.mark} and " if found.mark else f"led to table {found.table} by a routing rule and "
    return Finding(
        kind="list-lacks",
        where=Where(
            router=patient.name,
            tunnel=way if way in patient.devices else leads_to(patient, found.mark or found.table),
            menu=LISTS if found.mark else RULES,
        ),
        fact=f"{net} is reached by {way}, but {dotted(found.packet.src)} to {dotted(found.packet.dst)} is {marked}"
        f"{found.verdict}",
        cure=help_ or leave,
        value=str(net),
    )
