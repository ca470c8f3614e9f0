"""Changes on which a packet's way may hang and that the tracer doesn't follow: told, never passed over in silence.

Pure. Rule: of a menu that a walk looks at, whatever isn't known to be followed, or to change no packet's way, is told;
so is a change of an interface, and any in the menus beside these that take packets or bring routes. A new interface
changes nobody's way. A look that isn't certain is told, too: it is a note, and nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, fixed
from wiretik_provider.trace.settings import INTERFACES, shows_interfaces

__all__ = ["UNDERSTOOD", "beside", "notes", "reads"]

Row = Mapping[str, str]

_PLAIN: Final = frozenset({"name", "disabled", "comment", "mtu"})
_OF_INTERFACES: Final = _PLAIN | {"l2mtu"}
UNDERSTOOD: Final[Mapping[str, frozenset[str] | None]] = {
    INTERFACES: _OF_INTERFACES,
    # By which interface a port's frames come in; whether one of another VLAN comes in at all is the sender's to choose.
    "/interface/bridge": _PLAIN | {"frame-types", "ingress-filtering", "pvid", "vlan-filtering"},
    "/interface/bridge/port": frozenset(
        {"bridge", "comment", "disabled", "frame-types", "ingress-filtering", "interface", "pvid"}
    ),
    "/interface/bridge/vlan": frozenset({"bridge", "comment", "disabled", "tagged", "untagged", "vlan-ids"}),
    "/interface/vlan": _PLAIN | {"interface", "vlan-id"},
    "/ip/dns/static": None,  # a record's answers may be on a list, which is told where a packet meets the list
    "/ip/firewall/connection/tracking": frozenset(
        {
            *("enabled", "loose-tcp-tracking"),
            # How long an idle connection is remembered: a connection's packets are asked about while it is.
            *("generic-timeout", "icmp-timeout", "tcp-close-timeout", "tcp-close-wait-timeout", "udp-timeout"),
            *("tcp-established-timeout", "tcp-fin-wait-timeout", "tcp-last-ack-timeout", "udp-stream-timeout"),
            *("tcp-max-retrans-timeout", "tcp-syn-received-timeout", "tcp-syn-sent-timeout"),
            *("tcp-time-wait-timeout", "tcp-unacked-timeout"),
        }
    ),
    "/ip/ipsec/policy": None,  # whatever a policy encrypts isn't followed, and said so where a packet meets it
    "/ip/service": frozenset({"address", "available-from", "disabled", "port", "vrf"}),
    "/ip/settings": frozenset(
        {
            *("ip-forward", "rp-filter"),
            # Which way of several: each is followed. The others are of the router's own ARP, ICMP, fragments and TCP.
            *("ipv4-multipath-hash-policy", "arp-timeout", "max-neighbor-entries", "tcp-syncookies", "tcp-timestamps"),
            *("icmp-errors-use-inbound-interface-address", "icmp-rate-limit", "icmp-rate-mask", "send-redirects"),
            *("ipv4-fragment-time", "ipv4-high-fragment-thresh"),
        }
    ),
    "/ip/vrf": None,
    "/ipv6/settings": frozenset(
        {
            *("disable-ipv6", "forward", "multipath-hash-policy", "max-neighbor-entries", "min-neighbor-entries"),
            *("soft-max-neighbor-entries", "stale-neighbor-detect-interval", "stale-neighbor-timeout"),
        }
    ),
    "/routing/settings": frozenset(
        {
            "policy-rules",
            "single-process",
            # Whether a gateway answers is a doubt, and both ways are followed.
            *("check-gateway-ping-count", "check-gateway-ping-interval", "check-gateway-ping-timeout"),
        }
    ),
}
"""Menus that a walk looks at and that are known from data: what is followed or changes no way; None for everything."""

_LEASES: Final = {"action": "drop", "ip-protocol": "udp", "dst-port": "67"}
"""A bridge's rule that only keeps requests for leases in: who asks for one has no address yet that one could ask of."""

_BESIDE: Final = (
    *("/interface/bridge/filter", "/interface/bridge/msti", "/interface/bridge/nat", "/interface/bridge/settings"),
    *("/interface/ethernet/switch", "/interface/mesh"),
    *("/ip/hotspot", "/ip/nat-pmp", "/ip/proxy", "/ip/socks", "/ip/upnp", "/ip/tftp", "/mpls"),
    *("/routing/bfd", "/routing/bgp", "/routing/filter", "/routing/igmp-proxy", "/routing/isis", "/routing/ospf"),
    *("/routing/pimsm", "/routing/rip", "/routing/rpki"),
)
"""Branches that switch, take or translate packets, or bring routes, and that no walk looks at."""


def beside(menu: Menu) -> bool:
    """Whether packets may hang on a menu that no walk looks at."""
    return any(menu.path == path or menu.path.startswith(f"{path}/") for path in _BESIDE)


def _interface(menu: Menu) -> bool:
    return menu.names == INTERFACES or shows_interfaces(menu)


def reads(declared: Sequence[Declared]) -> list[tuple[str, tuple[str, ...]]]:
    """The menus that are looked at for this."""
    return sorted({(menu.path, menu.query) for row in declared if (menu := _told(row))})


def notes(declared: Sequence[Declared], there: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """A line for each resource that changes what isn't followed.

    Args:
        declared: the program's resources on one router.
        there: the rows of the menus that `reads` names.
    """
    for row in declared:
        menu = _told(row)
        if menu is None:
            continue
        now = _now(menu, row, there.get(menu.path, ()))
        if now is None and not beside(menu):
            if not _interface(menu) or menu.fixed:
                yield from _said(row, menu, _unknown(row, menu, {}))
        else:
            yield from _said(row, menu, _unknown(row, menu, now or {}))


def _told(row: Declared) -> Menu | None:
    """The menu of a resource that may have to be told of."""
    menu = row.menu if row.menu and row.menu.loose and not row.part else None
    if menu and menu.path == "/interface/bridge/filter" and _keeps_leases(row):
        return None
    return menu if menu and (menu.path in UNDERSTOOD or beside(menu) or _interface(menu)) else None


def _keeps_leases(row: Declared) -> bool:
    return all(str(row.values.get(name)) == text for name, text in _LEASES.items())


def _now(menu: Menu, row: Declared, rows: Sequence[Row]) -> Row | None:
    """Its row as it is."""
    if menu.singleton:
        found = fixed.found(menu, rows, {"find": row.find}) if menu.fixed else rows
        return found[0] if found else None
    own = compare.owned_by(rows, row.tag)
    return own[0] if own else compare.twin(menu, rows, row.values, row.tag[:4])


def _unknown(row: Declared, menu: Menu, now: Row) -> list[str]:
    """The properties that change and aren't followed."""
    otherwise = _OF_INTERFACES if _interface(menu) else frozenset({"comment"})
    followed = UNDERSTOOD.get(menu.path, otherwise)
    if followed is None:
        return []
    changed = [
        name
        for name, value in row.values.items()
        if name not in followed and not compare.agrees(menu.by_name[name], now.get(name), value, row.values)
    ]
    waiting = [name for name in row.waiting | row.wrong if name in menu.by_name and name not in followed]
    return sorted({*changed, *waiting})


def _said(row: Declared, menu: Menu, names: Sequence[str]) -> Iterator[str]:
    if names:
        what = ", ".join(menu.by_name[name].attribute for name in names)
        yield f"{row.name}: which packets {menu.path} {what} lets through, and by which way, isn't traced"
