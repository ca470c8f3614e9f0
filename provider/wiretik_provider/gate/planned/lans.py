"""A program's LANs, and its routes to networks that the router is in itself: held against the router's networks.

A LAN is an interface and prefixes, and RouterOS minds neither: rules for `bridge` never see what comes in by a VLAN of
its own, and a route to a network that the router is in is never used (docs/facts/packet-path.md#which-table). Whoever
is wrong there has a tunnel that looks well and carries nothing, or traffic that goes past it.

Pure. Rule: nothing is concluded from addresses that weren't read or aren't known yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from wiretik_provider.codecs.spans import gateways
from wiretik_provider.declared import COMPONENTS, Declared
from wiretik_provider.trace.family import FOUR, SIX, Family, family_of
from wiretik_provider.trace.router.snapshot import UNKNOWN, Own, Snapshot, hops_of

__all__ = ["KIND", "Entry", "Remark", "dead_routes", "misplaced", "without_exempted"]

Entry = Mapping[str, Any]

KIND: Final = "lan"
"""The kind of expectation by which the SDK tells of a LAN's prefix."""

_JUST_THIS: Final = frozenset({"chain", "action", "src-address", "comment", "disabled", "log", "log-prefix"})


class Remark(NamedTuple):
    """A sentence for the user, and whether it refuses."""

    text: str
    refused: bool
    """Whether it stops the deployment."""
    of: str = ""
    """Who said so of a LAN: all else that it promises of that LAN follows from the mistake."""


def misplaced(then: Snapshot, expected: Iterable[Entry]) -> dict[tuple[str, str], Remark]:
    """The LANs that aren't where the program says, each once, by prefix and interface.

    Args:
        then: the router as it will be.
        expected: what the SDK tells the gate; `also` and `lists` are the interfaces and lists by which a VPN takes
            packets instead of the LAN's, and neither is there where no VPN is.
    """
    found: dict[tuple[str, str], Remark] = {}
    for one in expected:
        props = one["props"]
        if props.get("kind") != KIND or one.get("unknown"):
            continue
        place = str(props["source"]), str(props.get("enters", ""))
        told = _misplaced(then.of(family_of(place[0])), str(one["name"]), props)
        if told and not (place in found and found[place].refused):
            found[place] = told._replace(of=str(one["name"]))
    return {place: told for place, told in found.items() if not _inside(place, found)}


def _inside(place: tuple[str, str], found: Mapping[tuple[str, str], Remark]) -> bool:
    """Whether a wrong prefix is part of another one that is as wrong: of clients= in a LAN that the router hasn't."""
    family = family_of(place[0])
    span = family.span(place[0])
    for (prefix, enters), told in found.items():
        whole = (
            family.span(prefix) if enters == place[1] and prefix != place[0] and family_of(prefix) is family else None
        )
        if whole and span and whole[0] <= span[0] and span[1] <= whole[1] and told.refused >= found[place].refused:
            return True
    return False


def _misplaced(then: Snapshot, name: str, props: Entry) -> Remark | None:
    family, prefix, enters = then.family, str(props["source"]), str(props.get("enters", ""))
    span = family.span(prefix)
    if span is None or enters not in then.interfaces or not _known(then):
        return None
    here = [own for own in then.own if _bridge(then, own) == enters]
    if any(_overlap(family, own, span) for own in here):
        return None
    other = next((own for own in then.own if own.known and _overlap(family, own, span)), None)
    if other is not None and props.get("nowhere"):
        return None  # whether it is taken from there is asked of the clients
    if other is not None:
        return _elsewhere(then, name, props, other)
    # Of IPv6 the prefixes are the provider's to give; a DHCP client may get such an address any time.
    asks = any(row.get("interface") == enters for row in then.enabled("/ip/dhcp-client"))
    if family is SIX or not here or asks or _routed(then, span):
        return None
    there = " and ".join(_text(family, own) for own in here)
    networks = ", ".join(repr(_network(family, own)) for own in here)
    say = f"lan=wt.Lan({enters!r}, {networks if len(here) == 1 else f'[{networks}]'})"
    cure = f"say {say}, or give {enters} an address in {prefix}"
    return Remark(f"{name}: no interface of the router is in {prefix}; {enters} has {there}: {cure}", refused=True)


def _elsewhere(then: Snapshot, name: str, props: Entry, other: Own) -> Remark | None:
    """A LAN's prefix that another interface has."""
    prefix, enters = str(props["source"]), str(props["enters"])
    interface = _bridge(then, other)
    there = f"the router has it on {interface} ({_text(then.family, other)})"
    told = f"{name}: {props['said']} has {prefix} on {enters}, and {there}"
    if "also" not in props:
        return Remark(f"{told}, which rules for {enters} never see: give it rules of its own", refused=False)
    also, lists = list(props["also"] or ()), list(props.get("lists") or ())
    if interface in also or any(then.in_list(interface, one) is not False for one in lists):
        return None
    ways = [*dict.fromkeys([*(also or ([] if lists else [enters])), interface])]
    cure = f"give the VPN interfaces={ways}, or take {prefix} out of {props['said']}"
    return Remark(f"{told}, whose traffic would go past the VPN: {cure}", refused=True)


def dead_routes(then: Snapshot, declared: Iterable[Declared]) -> Iterator[Remark]:
    """The program's routes to networks that the router itself is in: those are connected, and come before any route.

    Refused where a component made the route, since then a tunnel is meant to carry it; else it may be there for when
    the interface is down.

    Args:
        then: the router as it will be.
        declared: the program's resources.
    """
    for route in declared:
        family = next((one for one in (FOUR, SIX) if one.routes == route.kind), None)
        said = route.values
        if family is None or said.get("routing-table", "main") != "main" or "routing-table" in route.waiting:
            continue
        if said.get("disabled") or said.get("blackhole"):
            continue
        view = then.of(family)
        span = family.span(str(said.get("dst-address", "")))
        gateway = said.get("gateway")
        if span is None or not isinstance(gateway, str) or not _known(view):
            continue
        for own in view.own:
            interface = _bridge(view, own)
            equal = own.known and _span(family, own) == span and own.length < family.bits
            if equal and interface not in {hop.leaves for hop in gateways(gateway)} and interface not in view.vrfs:
                yield Remark(
                    f"{route.name}: dst_address={said['dst-address']!r} by {gateway} is a network that the router "
                    f"itself is in ({_text(family, own)} on {interface}), so the route is never used: renumber one of "
                    "the two, or have the far one seen as another prefix by netmap (seen_as=)",
                    refused=route.parent.startswith(COMPONENTS),
                )
                break


def without_exempted(declared: Sequence[Declared], promised: Entry) -> tuple[list[Entry], dict[str, str]]:
    """A component's promise without those whom a rule of the program's own leaves out, and these by the rule's name.

    A mangle rule that accepts all that one source sends, and asks for nothing else, says that it shall not be marked.

    Args:
        declared: the program's resources.
        promised: the promise.
    """
    props = promised["props"]
    family = family_of(str(props["source"]))
    whole = family.span(str(props["source"]))
    if whole is None or props["kind"] not in ("leaves_by", "never_leaves_by"):
        return [promised], {}
    out: dict[str, str] = {}
    left = [whole]
    for rule in declared:
        if rule.kind == family.mangle and (source := _exempted(rule, str(props.get("enters", "")))):
            span = family.span(source)
            if span and whole[0] <= span[0] and span[1] <= whole[1] and span != whole:
                out[rule.name] = source
                left = [part for low, high in left for part in _cut(low, high, *span)]
    if not out:
        return [promised], {}
    ranges = [f"{family.text(low)}-{family.text(high)}" for low, high in left]
    return [{**promised, "props": {**props, "source": one}} for one in ranges], out


def _exempted(rule: Declared, enters: str) -> str:
    """The source that a rule of the program's own leaves unmarked; empty where it isn't such a rule."""
    given = dict(rule.values)
    own = not rule.parent.startswith(COMPONENTS)
    if not own or rule.unknown or given.get("disabled") or given.pop("in-interface", enters) != enters:
        return ""
    plain = (given.get("chain"), given.get("action")) == ("prerouting", "accept") and given.keys() <= _JUST_THIS
    return str(given.get("src-address", "")) if plain else ""


def _cut(low: int, high: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What is left of a span without another one."""
    if end < low or high < start:
        yield low, high
        return
    if low < start:
        yield low, start - 1
    if end < high:
        yield end + 1, high


def _known(then: Snapshot) -> bool:
    """Whether all of the router's addresses are known."""
    path = then.family.addresses
    return path not in then.unread and not any(UNKNOWN in row.values() for row in then[path])


def _bridge(then: Snapshot, own: Own) -> str:
    return then.bridges.get(own.interface, own.interface)


def _span(family: Family, own: Own) -> tuple[int, int]:
    return own.network, own.network | (family.every >> own.length)


def _overlap(family: Family, own: Own, span: tuple[int, int]) -> bool:
    low, high = _span(family, own)
    return own.length < family.bits and low <= span[1] and span[0] <= high


def _routed(then: Snapshot, span: tuple[int, int]) -> bool:
    """Whether a route that isn't for everything leads into a prefix: then another router has it."""
    for row in then.enabled(then.family.routes):
        there = then.family.span(row.get("dst-address", ""))
        if there is None or (there != then.family.anywhere and there[0] <= span[1] and span[0] <= there[1]):
            if there is None and not hops_of(row):
                continue
            return True
    return False


def _text(family: Family, own: Own) -> str:
    return f"{family.text(own.address)}/{own.length}"


def _network(family: Family, own: Own) -> str:
    return f"{family.text(own.network)}/{own.length}"
