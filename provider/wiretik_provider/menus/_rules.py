"""What the rules of IPv4 and IPv6 share: matchers, what goes with an action, and what contradicts what.

A matcher that isn't declared isn't there: it has no default, so one that was added by hand is found, and one that was
declared no longer is unset. Source: docs/facts/menus.md, docs/facts/arguments.md; for IPv6 the router's own list of
7.23.2
(sindrip/provider-routeros db1d587, config/arg-types.json).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.codecs.addresses import Host
from wiretik_provider.codecs.base import Bool, Codec, Enum, Int, Name, Text
from wiretik_provider.codecs.matchers import AddressMatch, IcmpOptions, Limit, Mac, Ports, Protocol, Span
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, Declared, given, told
from wiretik_provider.menus.descriptor import Field, Problem

LONGEST_TIME: Final = 35 * 604_800 + 3 * 86_400 + 13 * 3_600 + 13 * 60 + 56

_CONNECTION_TYPE: Final = Enum(("ftp", "h323", "irc", "pptp", "quake3", "sip", "tftp"), negatable=True)
_HOTSPOT: Final = Enum(("auth", "from-client", "http", "local-dst", "to-client"), negatable=True, several=True)
_IPV4_OPTIONS: Final = (
    *("any", "loose-source-routing", "no-record-route", "no-router-alert", "no-source-routing", "no-timestamp"),
    *("none", "record-route", "router-alert", "strict-source-routing", "timestamp"),
)
_CLASSES: Final = (
    *("both-addresses", "both-addresses-and-ports", "both-ports", "dst-address", "dst-address-and-port"),
    *("dst-port", "src-address", "src-address-and-port", "src-port"),
)
_P2P: Final = (
    *("all-p2p", "bit-torrent", "blubster", "direct-connect", "edonkey", "fasttrack", "gnutella", "soulseek"),
    *("warez", "winmx"),
)
_STATES: Final = Enum(("established", "invalid", "new", "related", "untracked"), negatable=True, several=True)
_TCP_FLAGS: Final = Enum(("ack", "cwr", "ece", "fin", "psh", "rst", "syn", "urg"), several=True, each=True)
_HEADERS: Final = Enum(("ah", "dst", "esp", "frag", "hop", "none", "proto", "route"), negatable=True, several=True)

_MARK: Final = Name(negatable=True)
_ANY_LIST: Final = Name(negatable=True)
_INTERFACE: Final = Name(negatable=True, words=("all-ethernet", "all-ppp", "all-vlan", "all-wireless"))
_INTERFACE_LIST: Final = Name(negatable=True, words=("all", "dynamic", "none", "static"))

_OCTET: Final = "([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])"


def shaped(pattern: str, wanted: str) -> Text:
    """Text of a known shape, of which the router's own spelling isn't known in every detail."""
    return Text(pattern=pattern, wanted=wanted)


def hops(what: str, example: str) -> Text:
    """How a packet's time to live or hop limit is compared or changed."""
    return shaped(rf"({what}):{_OCTET}", example)


COMPARED: Final = hops("equal|greater-than|less-than|not-equal", 'a limit such as "less-than:5"')
CHANGED: Final = hops("decrement|increment|set", 'a change such as "set:64" or "decrement:1"')

Matchers = Mapping[str, tuple[Codec, str]]
"""Matchers by name, each with the menu whose rows it names; all of them are absent unless declared."""


def _of_addresses(family: int, types: tuple[str, ...]) -> Matchers:
    """The matchers of both families that aren't the same for them."""
    length = "[0-9]|[12][0-9]|3[0-2]" if family == 4 else "[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]"
    kinds = Enum(types, negatable=True, several=True)
    return {
        "connection-limit": (shaped(rf"!?[0-9]+,({length})", 'a limit such as "100,32"'), ""),
        "dst-address": (AddressMatch(family), ""),
        "dst-address-type": (kinds, ""),
        "src-address": (AddressMatch(family), ""),
        "src-address-type": (kinds, ""),
    }


_BOTH: Final[Matchers] = {
    "address-list": (Name(matched=True), ""),
    "connection-bytes": (Span(negatable=False, endless=True), ""),
    "connection-mark": (_MARK, ""),
    "connection-rate": (Span(scaled=True), ""),
    "connection-type": (_CONNECTION_TYPE, ""),
    "content": (Text(), ""),
    "dscp": (Int(0, 63, negatable=True), ""),
    "dst-address-list": (_ANY_LIST, ""),
    "dst-limit": (shaped(r"[^,]+,[^,]+,[^,]+", 'a limit such as "10,5,dst-address/1m"'), ""),
    "dst-port": (Ports(), ""),
    "icmp-options": (IcmpOptions(), ""),
    "in-bridge-port": (_INTERFACE, "/interface"),
    "in-bridge-port-list": (_INTERFACE_LIST, "/interface/list"),
    "in-interface": (_INTERFACE, "/interface"),
    "in-interface-list": (_INTERFACE_LIST, "/interface/list"),
    "ingress-priority": (Int(0, 63, negatable=True), ""),
    "ipsec-policy": (Enum(("in,ipsec", "in,none", "out,ipsec", "out,none")), ""),
    "limit": (Limit(), ""),
    "nth": (shaped(r"!?[1-9][0-9]*(,[1-9][0-9]*)?", 'a count such as "2,1"'), ""),
    "out-bridge-port": (_INTERFACE, "/interface"),
    "out-bridge-port-list": (_INTERFACE_LIST, "/interface/list"),
    "out-interface": (_INTERFACE, "/interface"),
    "out-interface-list": (_INTERFACE_LIST, "/interface/list"),
    "packet-mark": (_MARK, ""),
    "packet-size": (Span(0, 65535), ""),
    "per-connection-classifier": (
        shaped(rf"!?({'|'.join(_CLASSES)}):[0-9]+/[0-9]+", 'a class such as "both-addresses:2/0"'),
        "",
    ),
    "port": (Ports(), ""),
    "priority": (Int(0, 63, negatable=True), ""),
    "protocol": (Protocol(), ""),
    "random": (Int(1, 99), ""),
    "routing-mark": (_MARK, "/routing/table"),
    "src-address-list": (_ANY_LIST, ""),
    "src-mac-address": (Mac(), ""),
    "src-port": (Ports(), ""),
    "tcp-mss": (Span(0, 65535), ""),
    "time": (shaped(r"!?[0-9a-z:]+-[0-9a-z:]+(,[a-z]+)*", 'a time such as "8h-17h,mon,tue"'), ""),
}

IPV4: Final[Matchers] = {
    **_BOTH,
    **_of_addresses(4, ("blackhole", "broadcast", "local", "multicast", "unicast")),
    "fragment": (Bool(), ""),
    "hotspot": (_HOTSPOT, ""),
    "ipv4-options": (Enum(_IPV4_OPTIONS), ""),
    "layer7-protocol": (Name(negatable=True), ""),
    "psd": (shaped(r"[0-9]+,[0-9a-z:]+,[0-9]+,[0-9]+", 'weights such as "21,3s,3,1"'), ""),
    "realm": (Int(negatable=True), ""),
    "ttl": (COMPARED, ""),
}
"""The matchers of IPv4's rules."""

IPV6: Final[Matchers] = {
    **_BOTH,
    **_of_addresses(6, ("anycast", "local", "multicast", "unicast", "unreachable")),
    "headers": (_HEADERS, ""),
    "hop-limit": (COMPARED, ""),
}
"""The matchers of IPv6's rules."""

_TRACKED: Final = (
    *("connection-bytes", "connection-limit", "connection-mark", "connection-rate", "connection-type"),
    *("layer7-protocol", "realm", "routing-mark"),
)
"""Matchers that raw doesn't have: it comes before tracking and routing."""


def _matching(matchers: Matchers, *, tracked: bool) -> tuple[Field, ...]:
    """The fields of matchers: those of packets alone, or those of their connections and routes."""
    return tuple(
        Field(name=name, codec=codec, references=named)
        for name, (codec, named) in matchers.items()
        if (name in _TRACKED) == tracked
    )


def plain(matchers: Matchers) -> tuple[Field, ...]:
    """What all kinds of rules share: matchers of packets, what goes with an action, counters."""
    return (
        *_matching(matchers, tracked=False),
        # Shown by rules that add to a list; absent from others means the same.
        Field(
            name="address-list-timeout",
            codec=Duration(0, LONGEST_TIME, ("none-dynamic", "none-static"), zero="none-dynamic"),
            default="none-dynamic",
        ),
        COMMENT,
        DISABLED,
        Field(name="log", codec=Bool(), default=False),
        Field(name="log-prefix", codec=Text(31), default="", clear_by_empty=True),
        Field(
            name="tos",
            codec=shaped(r"!?[0-9a-fA-Fx]+(/[0-9a-fA-Fx]+)?", 'a type of service such as "0x10"'),
            since="7.21",
        ),
        Field(name="chain", codec=Name(), required=True),
        Field(name="jump-target", codec=Name()),
        told("bytes", COUNTER),
        told("dynamic"),
        told("invalid"),
        told("packets", COUNTER),
    )


def common(matchers: Matchers) -> tuple[Field, ...]:
    """What filter, nat and mangle share."""
    return (*plain(matchers), *_matching(matchers, tracked=True))


STATE: Final = Field(name="connection-state", codec=_STATES)
FLAGS: Final = Field(name="tcp-flags", codec=_TCP_FLAGS)
P2P: Final = Field(name="p2p", codec=Enum(_P2P, negatable=True))
OF_HEADERS: Final = (FLAGS, Field(name="tls-host", codec=Text()))


def action(*words: str) -> Field:
    """What happens to a packet that matches."""
    return Field(name="action", codec=Enum(tuple(sorted((*words, *_EVERYWHERE)))), default="accept")


_ADDING: Final = ("add-dst-to-address-list", "add-src-to-address-list")
_EVERYWHERE: Final = ("accept", *_ADDING, "jump", "log", "passthrough", "return")

# What mangle rules of both families change, but for marks that only one has.
MARKING: Final = (
    Field(name="new-connection-mark", codec=Name(matched=True)),
    Field(name="new-mss", codec=Int(40, 65534, ("clamp-to-pmtu",))),
    Field(name="new-packet-mark", codec=Name(matched=True)),
    Field(name="new-priority", codec=Int(0, 63, ("from-dscp", "from-dscp-high-3-bits", "from-ingress"))),
    Field(name="new-routing-mark", codec=Name(matched=True), references="/routing/table"),
    # Printed from 7.19 on; before that its absence means the same.
    Field(name="passthrough", codec=Bool(), default=True),
    Field(name="sniff-id", codec=Int(), computed=True),
    Field(name="sniff-target", codec=Host(4), computed=True),
    Field(name="sniff-target-port", codec=Int(0, 65535), computed=True),
)

Needs = Mapping[str, tuple[str, ...]]
"""Properties, each with the actions that need it and without which it does nothing."""

NEEDS: Final[Needs] = {"jump_target": ("jump",), "address_list": _ADDING}
MANGLE_NEEDS: Final[Needs] = {
    **NEEDS,
    "new_connection_mark": ("mark-connection",),
    "new_dscp": ("change-dscp",),
    "new_mss": ("change-mss",),
    "new_packet_mark": ("mark-packet",),
    "new_priority": ("set-priority",),
    "new_routing_mark": ("mark-routing",),
}

_WITH_PORTS: Final = ("tcp", "udp", "udp-lite", "dccp", "sctp")
_OF_TCP: Final = ("tcp_flags", "tcp_mss", "tls_host")
_ICMP: Final = ("icmp", "icmpv6")


def contradictions(declared: Declared, needs: Needs = NEEDS) -> Iterator[Problem]:
    """Contradictions that every kind of rule can have."""
    yield from _matchers(declared)
    yield from _jump(declared)
    yield from _belongs(declared, needs)


def _matchers(declared: Declared) -> Iterator[Problem]:
    """Contradictions that every kind of rule can have."""
    protocol = declared.get("protocol", "")
    if protocol is not None and protocol not in _WITH_PORTS:
        for name in given(declared, "port", "src_port", "dst_port"):
            reason = f"ports need a protocol that has them: protocol must be one of {', '.join(_WITH_PORTS)}"
            yield Problem(name, f"{reason}, not {protocol}" if protocol else reason)
    if protocol not in {None, "", "tcp"}:
        for name in given(declared, *_OF_TCP):
            yield Problem(name, f"matches TCP only, but protocol is {protocol}")
    if protocol not in {None, "", *_ICMP} and "icmp_options" in declared:
        yield Problem("icmp_options", f"matches ICMP only, but protocol is {protocol}")


def _belongs(declared: Declared, needs: Needs) -> Iterator[Problem]:
    """Each property of `needs` goes with some actions, which in turn need it."""
    action = declared.get("action", "accept")
    if action is None:
        return
    for name, actions in needs.items():
        if action in actions and name not in declared:
            yield Problem(name, f"missing: action {action} needs it")
        if action not in actions and name in declared:
            yield Problem(name, f"does nothing with action {action}; it goes with {' and '.join(actions)}")


def _jump(declared: Declared) -> Iterator[Problem]:
    target = declared.get("jump_target")
    if target is not None and target == declared.get("chain"):
        yield Problem("jump_target", f"the chain {target} would jump to itself for ever")


def rejecting(declared: Declared) -> Iterator[Problem]:
    """What goes with action reject."""
    action, protocol = declared.get("action", "accept"), declared.get("protocol", "")
    if "reject_with" in declared and action not in {None, "reject"}:
        yield Problem("reject_with", f"does nothing with action {action}; it goes with reject")
    if declared.get("reject_with") == "tcp-reset" and protocol not in {None, "", "tcp"}:
        yield Problem("reject_with", f"tcp-reset answers TCP only, but protocol is {protocol}")


_NEEDLESS: Final = {
    "masquerade": "takes the address of the outgoing interface",
    "redirect": "leads to the router itself",
}


def translating(declared: Declared, addresses: str) -> Iterator[Problem]:
    """Actions of nat that choose the address themselves."""
    action = declared.get("action", "accept")
    if addresses in declared and action in _NEEDLESS:
        yield Problem(addresses, f"does nothing: {action} {_NEEDLESS[str(action)]}")


_ROUTED_ALREADY: Final = ("forward", "input", "postrouting")


def marking(declared: Declared) -> Iterator[Problem]:
    """What mangle can't change."""
    action, chain, protocol = (declared.get(name, "") for name in ("action", "chain", "protocol"))
    if action == "mark-routing" and chain in _ROUTED_ALREADY:
        yield Problem("chain", f"in {chain} a packet is routed already; mark-routing works in prerouting and output")
    if action == "change-mss" and protocol not in {None, "", "tcp"}:
        yield Problem("action", f"change-mss changes TCP only, but protocol is {protocol}")
