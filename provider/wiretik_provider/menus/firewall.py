"""/ip/firewall: filter, nat, mangle, raw and address lists; what the kinds of rule share stands here once.

A matcher that isn't declared isn't there: it has no default, so one that was added by hand is found, and one that was
declared no longer is unset. Source: routeros.md B.7, B.8, Appendix 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.addresses import Host, ListAddress
from wiretik_provider.matchers import AddressMatch, IcmpOptions, Limit, Mac, Ports, Protocol, Span
from wiretik_provider.menu import Field, Menu, Problem
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, Declared, by_name, given, told
from wiretik_provider.menus.ip import NOT_DYNAMIC
from wiretik_provider.values import Bool, Codec, Duration, Enum, Int, Name, Text

_LONGEST_TIME: Final = 35 * 604_800 + 3 * 86_400 + 13 * 3_600 + 13 * 60 + 56

_ADDRESS_TYPE: Final = Enum(("blackhole", "broadcast", "local", "multicast", "unicast"), negatable=True, several=True)
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
_REJECTIONS: Final = (
    *("icmp-admin-prohibited", "icmp-host-prohibited", "icmp-host-unreachable", "icmp-net-prohibited"),
    *("icmp-network-unreachable", "icmp-port-unreachable", "icmp-protocol-unreachable", "tcp-reset"),
)

_MARK: Final = Name(negatable=True)
_ANY_LIST: Final = Name(negatable=True)
_INTERFACE: Final = Name(negatable=True, words=("all-ethernet", "all-ppp", "all-vlan", "all-wireless"))
_INTERFACE_LIST: Final = Name(negatable=True, words=("all", "dynamic", "none", "static"))


def _shaped(pattern: str, wanted: str) -> Text:
    """Text of a known shape, of which the router's own spelling isn't known in every detail."""
    return Text(pattern=pattern, wanted=wanted)


# By name, with the menu whose rows it names: absent unless declared.
_MATCHERS: Final[Mapping[str, tuple[Codec, str]]] = {
    "address-list": (Name(), ""),
    "connection-bytes": (Span(negatable=False, endless=True), ""),
    "connection-limit": (_shaped(r"!?[0-9]+,([0-9]|[12][0-9]|3[0-2])", 'a limit such as "100,32"'), ""),
    "connection-mark": (_MARK, ""),
    "connection-rate": (Span(scaled=True), ""),
    "connection-type": (_CONNECTION_TYPE, ""),
    "content": (Text(), ""),
    "dscp": (Int(0, 63, negatable=True), ""),
    "dst-address": (AddressMatch(4), ""),
    "dst-address-list": (_ANY_LIST, ""),
    "dst-address-type": (_ADDRESS_TYPE, ""),
    "dst-limit": (_shaped(r"[^,]+,[^,]+,[^,]+", 'a limit such as "10,5,dst-address/1m"'), ""),
    "dst-port": (Ports(), ""),
    "fragment": (Bool(), ""),
    "hotspot": (_HOTSPOT, ""),
    "icmp-options": (IcmpOptions(), ""),
    "in-bridge-port": (_INTERFACE, "/interface"),
    "in-bridge-port-list": (_INTERFACE_LIST, "/interface/list"),
    "in-interface": (_INTERFACE, "/interface"),
    "in-interface-list": (_INTERFACE_LIST, "/interface/list"),
    "ingress-priority": (Int(0, 63, negatable=True), ""),
    "ipsec-policy": (Enum(("in,ipsec", "in,none", "out,ipsec", "out,none")), ""),
    "ipv4-options": (Enum(_IPV4_OPTIONS), ""),
    "layer7-protocol": (Name(negatable=True), ""),
    "limit": (Limit(), ""),
    "nth": (_shaped(r"!?[1-9][0-9]*(,[1-9][0-9]*)?", 'a count such as "2,1"'), ""),
    "out-bridge-port": (_INTERFACE, "/interface"),
    "out-bridge-port-list": (_INTERFACE_LIST, "/interface/list"),
    "out-interface": (_INTERFACE, "/interface"),
    "out-interface-list": (_INTERFACE_LIST, "/interface/list"),
    "packet-mark": (_MARK, ""),
    "packet-size": (Span(0, 65535), ""),
    "per-connection-classifier": (
        _shaped(rf"!?({'|'.join(_CLASSES)}):[0-9]+/[0-9]+", 'a class such as "both-addresses:2/0"'),
        "",
    ),
    "port": (Ports(), ""),
    "priority": (Int(0, 63, negatable=True), ""),
    "protocol": (Protocol(), ""),
    "psd": (_shaped(r"[0-9]+,[0-9a-z:]+,[0-9]+,[0-9]+", 'weights such as "21,3s,3,1"'), ""),
    "random": (Int(1, 99), ""),
    "realm": (Int(negatable=True), ""),
    "routing-mark": (_MARK, "/routing/table"),
    "src-address": (AddressMatch(4), ""),
    "src-address-list": (_ANY_LIST, ""),
    "src-address-type": (_ADDRESS_TYPE, ""),
    "src-mac-address": (Mac(), ""),
    "src-port": (Ports(), ""),
    "tcp-mss": (Span(0, 65535), ""),
    "time": (_shaped(r"!?[0-9a-z:]+-[0-9a-z:]+(,[a-z]+)*", 'a time such as "8h-17h,mon,tue"'), ""),
    "ttl": (
        _shaped(
            r"(equal|greater-than|less-than|not-equal):([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])",
            'a limit such as "less-than:5"',
        ),
        "",
    ),
}

_TRACKED: Final = (
    *("connection-bytes", "connection-limit", "connection-mark", "connection-rate", "connection-type"),
    *("layer7-protocol", "realm", "routing-mark"),
)
"""Matchers that raw doesn't have: it comes before tracking and routing (sindrip/provider-routeros db1d587,
config/arg-types.json of 7.23.2)."""


def _matching(*names: str) -> tuple[Field, ...]:
    """The fields of matchers."""
    return tuple(Field(name=name, codec=_MATCHERS[name][0], references=_MATCHERS[name][1]) for name in names)


_PLAIN: Final = (
    *_matching(*(name for name in _MATCHERS if name not in _TRACKED)),
    # Shown by rules that add to a list; absent from others means the same.
    Field(
        name="address-list-timeout",
        codec=Duration(0, _LONGEST_TIME, ("none-dynamic", "none-static"), zero="none-dynamic"),
        default="none-dynamic",
    ),
    COMMENT,
    DISABLED,
    Field(name="log", codec=Bool(), default=False),
    Field(name="log-prefix", codec=Text(31), default="", clear_by_empty=True),
    Field(
        name="tos", codec=_shaped(r"!?[0-9a-fA-Fx]+(/[0-9a-fA-Fx]+)?", 'a type of service such as "0x10"'), since="7.21"
    ),
    Field(name="chain", codec=Name(), required=True),
    Field(name="jump-target", codec=Name()),
    told("bytes", COUNTER),
    told("dynamic"),
    told("invalid"),
    told("packets", COUNTER),
)
"""What all kinds of rules share: matchers, what goes with an action, counters."""

_COMMON: Final = (*_PLAIN, *_matching(*_TRACKED))
"""What filter, nat and mangle share."""

_OF_HEADERS: Final = (Field(name="tcp-flags", codec=_TCP_FLAGS), Field(name="tls-host", codec=Text()))

_STATEFUL: Final = (
    Field(name="connection-state", codec=_STATES),
    Field(name="p2p", codec=Enum(_P2P, negatable=True)),
    *_OF_HEADERS,
)
"""What filter and mangle share."""

_WITH_PORTS: Final = ("tcp", "udp", "udp-lite", "dccp", "sctp")
_OF_TCP: Final = ("tcp_flags", "tcp_mss", "tls_host")
_ADDING: Final = ("add-dst-to-address-list", "add-src-to-address-list")


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
    if protocol not in {None, "", "icmp"} and "icmp_options" in declared:
        yield Problem("icmp_options", f"matches ICMP only, but protocol is {protocol}")


def _belongs(declared: Declared, needs: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Each property of `needs` goes with some actions, which in turn need it."""
    action = declared.get("action", "accept")
    if action is None:
        return
    for name, actions in needs.items():
        if action in actions and name not in declared:
            yield Problem(name, f"missing: action {action} needs it")
        if action not in actions and name in declared:
            yield Problem(name, f"does nothing with action {action}; it goes with {' and '.join(actions)}")


_SHARED_NEEDS: Final = {"jump_target": ("jump",), "address_list": _ADDING}


def _jump(declared: Declared) -> Iterator[Problem]:
    target = declared.get("jump_target")
    if target is not None and target == declared.get("chain"):
        yield Problem("jump_target", f"the chain {target} would jump to itself for ever")


def _filter(declared: Declared) -> Iterator[Problem]:
    yield from _matchers(declared)
    yield from _jump(declared)
    yield from _belongs(declared, _SHARED_NEEDS)
    action, protocol = declared.get("action", "accept"), declared.get("protocol", "")
    if "reject_with" in declared and action not in {None, "reject"}:
        yield Problem("reject_with", f"does nothing with action {action}; it goes with reject")
    if declared.get("reject_with") == "tcp-reset" and protocol not in {None, "", "tcp"}:
        yield Problem("reject_with", f"tcp-reset answers TCP only, but protocol is {protocol}")
    if action == "tarpit" and protocol not in {None, "", "tcp"}:
        yield Problem("action", f"tarpit holds TCP connections only, but protocol is {protocol}")


FILTER: Final = Menu(
    path="/ip/firewall/filter",
    noun="filter rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_filter,),
    fields=by_name(
        *_COMMON,
        *_STATEFUL,
        Field(
            name="action",
            codec=Enum(
                (
                    *("accept", "add-dst-to-address-list", "add-src-to-address-list", "drop", "fasttrack-connection"),
                    *("jump", "log", "passthrough", "reject", "return", "tarpit"),
                )
            ),
            default="accept",
        ),
        Field(
            name="connection-nat-state",
            codec=Enum(("dstnat", "ein-dnat", "ein-snat", "srcnat"), negatable=True, several=True),
        ),
        # Only on hardware that can offload, and what it is there unasked isn't known.
        Field(name="hw-offload", codec=Bool(), computed=True),
        Field(name="reject-with", codec=Enum(_REJECTIONS), computed=True),
    ),
)

_NEEDLESS: Final = {
    "masquerade": "takes the address of the outgoing interface",
    "redirect": "leads to the router itself",
}


def _nat(declared: Declared) -> Iterator[Problem]:
    yield from _matchers(declared)
    yield from _jump(declared)
    yield from _belongs(declared, _SHARED_NEEDS)
    action = declared.get("action", "accept")
    if "to_addresses" in declared and action in _NEEDLESS:
        yield Problem("to_addresses", f"does nothing: {action} {_NEEDLESS[str(action)]}")


NAT: Final = Menu(
    path="/ip/firewall/nat",
    noun="NAT rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_nat,),
    fields=by_name(
        *_COMMON,
        Field(
            name="action",
            codec=Enum(
                (
                    *("accept", "add-dst-to-address-list", "add-src-to-address-list", "dst-nat"),
                    *("endpoint-independent-nat", "jump", "log", "masquerade", "netmap", "passthrough", "redirect"),
                    *("return", "same", "socksify", "src-nat"),
                )
            ),
            default="accept",
        ),
        Field(name="randomise-ports", codec=Bool(), default=False, since="7.10"),
        Field(name="same-not-by-dst", codec=Bool(), computed=True),
        Field(name="socks5-port", codec=Int(1, 65535), computed=True, since="7.20"),
        Field(name="socks5-server", codec=Host(4), computed=True, since="7.20"),
        Field(name="socksify-service", codec=Int(), computed=True, since="7.20"),
        Field(name="tls-host", codec=Text(), until="7.16"),
        Field(name="to-addresses", codec=ListAddress(family=4)),
        Field(name="to-ports", codec=Span(0, 65535, negatable=False)),
    ),
)

_MANGLE_NEEDS: Final = {
    **_SHARED_NEEDS,
    "new_connection_mark": ("mark-connection",),
    "new_dscp": ("change-dscp",),
    "new_mss": ("change-mss",),
    "new_packet_mark": ("mark-packet",),
    "new_priority": ("set-priority",),
    "new_routing_mark": ("mark-routing",),
    "new_ttl": ("change-ttl",),
    "route_dst": ("route",),
}

_ROUTED_ALREADY: Final = ("forward", "input", "postrouting")


def _mangle(declared: Declared) -> Iterator[Problem]:
    yield from _matchers(declared)
    yield from _jump(declared)
    yield from _belongs(declared, _MANGLE_NEEDS)
    action, chain, protocol = (declared.get(name, "") for name in ("action", "chain", "protocol"))
    if action == "mark-routing" and chain in _ROUTED_ALREADY:
        yield Problem("chain", f"in {chain} a packet is routed already; mark-routing works in prerouting and output")
    if action == "change-mss" and protocol not in {None, "", "tcp"}:
        yield Problem("action", f"change-mss changes TCP only, but protocol is {protocol}")


MANGLE: Final = Menu(
    path="/ip/firewall/mangle",
    noun="mangle rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_mangle,),
    fields=by_name(
        *_COMMON,
        *_STATEFUL,
        Field(
            name="action",
            codec=Enum(
                (
                    *("accept", "add-dst-to-address-list", "add-src-to-address-list", "change-dscp", "change-mss"),
                    *("change-ttl", "clear-df", "drop", "fasttrack-connection", "jump", "log", "mark-connection"),
                    *("mark-packet", "mark-routing", "passthrough", "return", "route", "set-priority", "sniff-pc"),
                    *("sniff-tzsp", "strip-ipv4-options"),
                )
            ),
            default="accept",
        ),
        Field(name="connection-nat-state", codec=Enum(("dstnat", "srcnat"), negatable=True, several=True)),
        Field(name="new-connection-mark", codec=Name()),
        Field(name="new-dscp", codec=Int(0, 63, ("from-priority", "from-priority-to-high-3-bits"))),
        Field(name="new-mss", codec=Int(40, 65534, ("clamp-to-pmtu",))),
        Field(name="new-packet-mark", codec=Name()),
        Field(name="new-priority", codec=Int(0, 63, ("from-dscp", "from-dscp-high-3-bits", "from-ingress"))),
        Field(name="new-routing-mark", codec=Name(), references="/routing/table"),
        Field(
            name="new-ttl",
            codec=_shaped(
                r"(decrement|increment|set):([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])",
                'a change such as "set:64" or "decrement:1"',
            ),
        ),
        # Printed from 7.19 on; before that its absence means the same.
        Field(name="passthrough", codec=Bool(), default=True),
        Field(name="route-dst", codec=Host(4)),
        Field(name="sniff-id", codec=Int(), computed=True),
        Field(name="sniff-target", codec=Host(4), computed=True),
        Field(name="sniff-target-port", codec=Int(0, 65535), computed=True),
    ),
)


def _raw(declared: Declared) -> Iterator[Problem]:
    yield from _matchers(declared)
    yield from _jump(declared)
    yield from _belongs(declared, _SHARED_NEEDS)


RAW: Final = Menu(
    path="/ip/firewall/raw",
    noun="raw rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_raw,),
    fields=by_name(
        *_PLAIN,
        *_OF_HEADERS,
        Field(
            name="action",
            codec=Enum(
                (
                    *("accept", "add-dst-to-address-list", "add-src-to-address-list", "drop", "jump", "log"),
                    *("notrack", "passthrough", "return"),
                )
            ),
            default="accept",
        ),
    ),
)

ADDRESS_LIST: Final = Menu(
    path="/ip/firewall/address-list",
    noun="address list entry",
    key=("list", "address"),
    query=NOT_DYNAMIC,
    fields=by_name(
        Field(name="address", codec=ListAddress(named=True, family=4), required=True),
        COMMENT,
        told("creation-time", Text()),
        DISABLED,
        Field(name="dynamic", codec=Bool(), default=False),
        Field(name="list", codec=Name(), required=True),
        # It is printed counting down, so what is printed is never what was asked for.
        Field(name="timeout", codec=Duration(0, _LONGEST_TIME), write_only=True),
    ),
)
