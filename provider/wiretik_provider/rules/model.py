"""One model of a rule: its matchers, how each of them is read, and the opposite of each.

Positions, blocks, the tracer, the survey and `wiretik show` look here, so that they can't disagree. What a row is
besides is listed, and whatever isn't listed is a matcher, of which nothing may be known: a property that a newer
RouterOS has makes a rule narrower in ways that we can't judge, never wider. Sources: docs/facts/menus.md.

Rule: pure, and rounded to the safe side: "not known" is said rather than "no".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final

from wiretik_provider.codecs.unknown import UNKNOWN

__all__ = [
    "BESIDE",
    "CHANGES",
    "DOES",
    "DROPS",
    "GROUPS",
    "MATCHERS",
    "PROTOCOLS",
    "TOLD",
    "Reads",
    "Row",
    "asks",
    "left_alone",
    "names_one",
    "protocol_name",
    "reads",
    "rewritten",
    "split",
    "told_apart",
]

Row = Mapping[str, str]
"""A row as the router prints it: unset properties are absent, booleans are `true` and `false`."""


class Reads(Enum):
    """How a matcher's text is read, and so what two of them say of each other."""

    ADDRESSES = auto()
    """An address, a prefix or a range."""
    NUMBERS = auto()
    """Numbers and spans of them; a packet has one."""
    PROTOCOL = auto()
    """A name or its number; a packet has one."""
    NAME = auto()
    """A name, of which a packet has one."""
    INTERFACE = auto()
    """An interface, or a word for a group of them."""
    INTERFACES = auto()
    """An interface list."""
    STATES = auto()
    """The states of a connection, which has one."""
    FLAGS = auto()
    """TCP's flags, each with its own `!`."""
    IPSEC = auto()
    """A direction, and whether IPsec has to do with it."""
    CHANCE = auto()
    """Counters and chance: two rules that ask the same still decide each for itself."""
    OTHER = auto()
    """A packet may be in several, or the members aren't known: only X against `!X` says something."""


_BY_READING: Final[Mapping[Reads, tuple[str, ...]]] = {
    Reads.ADDRESSES: ("dst-address", "src-address"),
    Reads.NUMBERS: (
        *("dscp", "dst-port", "ingress-priority", "packet-size", "priority", "realm", "src-port", "tcp-mss"),
    ),
    Reads.PROTOCOL: ("protocol",),
    # `interface` is a routing rule's: the one by which the packet came in (docs/facts/menus.md#routingrule).
    Reads.NAME: ("connection-mark", "interface", "packet-mark", "routing-mark", "src-mac-address"),
    Reads.INTERFACE: ("in-interface", "out-interface"),
    Reads.INTERFACES: ("in-interface-list", "out-interface-list"),
    Reads.STATES: ("connection-state",),
    Reads.FLAGS: ("tcp-flags",),
    Reads.IPSEC: ("ipsec-policy",),
    Reads.CHANCE: (
        *("connection-bytes", "connection-limit", "connection-rate", "dst-limit", "limit", "nth", "psd", "random"),
    ),
}
MATCHERS: Final[Mapping[str, Reads]] = {name: how for how, names in _BY_READING.items() for name in names}
"""The matchers of which more is known than their name."""

TOLD: Final = frozenset(
    {".about", ".id", ".nextid", "bytes", "default", "dynamic", "inactive", "invalid", "packets"}  # `.about`: why
)
"""What the router says of a rule by itself; it changes without a change."""
DOES: Final = frozenset(
    {"address-list", "address-list-timeout", "dst-prefix", "jump-target", "min-prefix", "new-connection-mark"}
    | {"new-dscp", "new-hop-limit", "new-mss", "new-packet-mark", "new-priority", "new-routing-mark", "new-ttl"}
    | {"passthrough", "randomise-ports", "reject-with", "route-dst", "same-not-by-dst", "sniff-id", "sniff-target"}
    | {"sniff-target-port", "socks5-port", "socks5-server", "socksify-service", "src-prefix", "table", "to-address"}
    | {"to-addresses", "to-ports"}
)
"""What goes with a rule's action."""
BESIDE: Final = TOLD | DOES | {"action", "chain", "comment", "disabled", "hw-offload", "log", "log-prefix"}
"""All that a rule is beside its matchers."""

GROUPS: Final = ("all-ethernet", "all-ppp", "all-vlan", "all-wireless")
"""Words that stand for several interfaces."""

# The router prints a name where it knows one (docs/facts/arguments.md: 38 names); a program may hold the number.
PROTOCOLS: Final = {
    "1": "icmp",
    "2": "igmp",
    "4": "ipencap",
    "6": "tcp",
    "17": "udp",
    "33": "dccp",
    "41": "ipv6-encap",
    "47": "gre",
    "50": "ipsec-esp",
    "51": "ipsec-ah",
    "58": "icmpv6",
    "89": "ospf",
    "132": "sctp",
}

DROPS: Final = frozenset({"drop", "reject", "tarpit", "unreachable"})
"""Actions that end a packet."""
CHANGES: Final[Mapping[str, tuple[str, ...]]] = {
    "change-dscp": ("dscp",),
    "change-hop-limit": ("hop-limit",),
    "change-mss": ("tcp-mss",),
    "change-ttl": ("ttl",),
    "clear-df": (),
    "dnpt": ("dst-address", "dst-address-list", "dst-address-type"),
    "mark-connection": ("connection-mark",),
    "mark-packet": ("packet-mark",),
    "mark-routing": ("routing-mark",),
    "route": (),
    "set-priority": ("priority",),
    "snpt": ("src-address", "src-address-list", "src-address-type"),
    "strip-ipv4-options": (),
}
"""What a rule of a menu changes of a packet for the rules behind it: there two values that differ prove nothing."""
_LISTS: Final = ("src-address-list", "dst-address-list")
_FILLS: Final = {"add-dst-to-address-list": _LISTS, "add-src-to-address-list": _LISTS}


def asks(row: Row) -> Iterator[tuple[str, str]]:
    """A rule's matchers, as they stand."""
    return ((name, text) for name, text in row.items() if name not in BESIDE)


def reads(name: str) -> Reads:
    """How a matcher is read."""
    return MATCHERS.get(name, Reads.OTHER)


def split(text: str) -> tuple[bool, str]:
    """Whether a matcher means all others, and of what."""
    return text.startswith("!"), text.removeprefix("!")


def names_one(text: str) -> bool:
    """Whether a matcher names whom it is for: neither all others, nor somebody who isn't known."""
    return text is not UNKNOWN and not text.startswith("!")


def protocol_name(text: str) -> str:
    """A protocol by the name that RouterOS prints, where it has one."""
    return PROTOCOLS.get(text, text)


def told_apart(text: str) -> bool:
    """Whether `!` in front of a text means all that the text doesn't.

    Of several words by commas no source says whether one `!` is for all of them.
    """
    return "," not in text


def rewritten(rows: Iterable[Row]) -> frozenset[str]:
    """The matchers whose subject some rule of these changes: as a mangle rule changes marks for those behind it."""
    changed = (CHANGES.get(action, _FILLS.get(action, ())) for action in (row.get("action", "") for row in rows))
    return frozenset(name for names in changed for name in names)


def left_alone(
    rules: Mapping[str, object], order: Sequence[str], olds: Mapping[str, Any]
) -> tuple[set[str], Sequence[str]]:
    """Rules that a program doesn't declare and leaves as they were seen (`ignore_changes`), and the order with them."""
    seen, before = olds.get("rules") or {}, olds.get("order") or ()
    left = {name for name in rules if name not in order and name in before and seen.get(name) == rules[name]}
    if not left:
        return left, order
    told = [name for name in order if name in rules]
    turn = iter([name for name in told if name in before])
    kept = [name if name in left else next(turn) for name in before if name in left or name in told]
    return left, [*kept, *(name for name in told if name not in before)]
