"""What rules of the firewall look at, in IPv4 and in IPv6, and what goes with their actions.

A matcher that isn't declared isn't there: it has no default, so one that was added by hand is found, and one that was
declared no longer is unset. Source: docs/facts/menus.md, docs/facts/arguments.md; for IPv6 the router's own list of
7.23.2
(sindrip/provider-routeros db1d587, config/arg-types.json).
"""

from __future__ import annotations

from typing import Final

import attrs

from wiretik_provider.codecs.addresses import Host
from wiretik_provider.codecs.base import Bool, Codec, Enum, Int, Name, Text
from wiretik_provider.codecs.matchers import AddressMatch, IcmpOptions, Limit, Mac, Ports, Protocol, Span
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, reported
from wiretik_provider.menus.descriptor import Field

LONGEST_TIME: Final = 35 * 604_800 + 3 * 86_400 + 13 * 3_600 + 13 * 60 + 56

ADDING: Final = ("add-dst-to-address-list", "add-src-to-address-list")
_EVERYWHERE: Final = ("accept", *ADDING, "jump", "log", "passthrough", "return")

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


def _match(name: str, codec: Codec, meaning: str, *, references: str = "", may_name: str = "") -> Field:
    """A matcher: absent unless it is declared."""
    return Field(name=name, codec=codec, meaning=meaning, references=references, may_name=may_name)


def _of_addresses(family: int, types: tuple[str, ...]) -> tuple[Field, ...]:
    """The matchers of both families that aren't the same for them."""
    length = "[0-9]|[12][0-9]|3[0-2]" if family == 4 else "[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]"
    kinds = Enum(types, negatable=True, several=True)
    lists = "/ip/firewall/address-list" if family == 4 else "/ipv6/firewall/address-list"
    of_addresses = shaped(rf"!?[0-9]+,({length})", 'a limit such as "100,32"')
    return (
        _match("src-address", AddressMatch(family), "The source address."),
        _match("dst-address", AddressMatch(family), "The destination address."),
        _match("src-address-list", _ANY_LIST, "An address list that has the source.", may_name=lists),
        _match("dst-address-list", _ANY_LIST, "An address list that has the destination.", may_name=lists),
        _match("src-address-type", kinds, "Kind of the source address; `local` is the router's own."),
        _match(
            "dst-address-type",
            kinds,
            "Kind of the destination address; `local` is the router's own. A rule that marks for routing needs "
            '`"!local"`: a mark is looked up before the router\'s own addresses are.',
        ),
        _match(
            "connection-limit",
            of_addresses,
            "More connections than this for each address or network; the second number is the prefix length.",
        ),
        Field(
            name="address-list",
            codec=Name(matched=True),
            may_name=lists,
            meaning="With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list to add to.",
        ),
    )


_BOTH: Final = (
    _match("src-mac-address", Mac(), "Source MAC address."),
    _match(
        "protocol",
        Protocol(),
        "Protocol by name or number, such as `tcp`. Ports need `tcp`, `udp`, `udp-lite`, `dccp` or `sctp` here.",
    ),
    _match("src-port", Ports(), "Source port; at most 15 ports and ranges."),
    _match("dst-port", Ports(), "Destination port; at most 15 ports and ranges."),
    _match("port", Ports(), "Source or destination port; at most 15 ports and ranges."),
    _match(
        "in-interface",
        _INTERFACE,
        "Interface by which the packet came in, or `all-ethernet` and the like.",
        references="/interface",
    ),
    _match(
        "in-interface-list",
        _INTERFACE_LIST,
        "Interface list by a member of which the packet came in.",
        references="/interface/list",
    ),
    _match(
        "out-interface",
        _INTERFACE,
        "Interface by which the packet leaves. It isn't known yet in `input` and `prerouting`.",
        references="/interface",
    ),
    _match(
        "out-interface-list",
        _INTERFACE_LIST,
        "Interface list by a member of which the packet leaves.",
        references="/interface/list",
    ),
    _match("in-bridge-port", _INTERFACE, "Bridge port by which the packet came in.", references="/interface"),
    _match(
        "in-bridge-port-list",
        _INTERFACE_LIST,
        "Interface list of the bridge port by which the packet came in.",
        references="/interface/list",
    ),
    _match("out-bridge-port", _INTERFACE, "Bridge port by which the packet leaves.", references="/interface"),
    _match(
        "out-bridge-port-list",
        _INTERFACE_LIST,
        "Interface list of the bridge port by which the packet leaves.",
        references="/interface/list",
    ),
    _match("packet-mark", _MARK, "Mark of the packet, or `no-mark`."),
    _match("content", Text(), "Text that the packet holds; `!` in front for all others."),
    _match("dscp", Int(0, 63, negatable=True), "DSCP of the packet."),
    _match("icmp-options", IcmpOptions(), "ICMP type and codes, `8:0`; a type alone means all its codes."),
    _match("ingress-priority", Int(0, 63, negatable=True), "Priority from a VLAN or WMM header."),
    _match("priority", Int(0, 63, negatable=True), "Priority that the packet has now."),
    _match(
        "ipsec-policy",
        Enum(("in,ipsec", "in,none", "out,ipsec", "out,none")),
        "Whether IPsec handled the packet or will handle it.",
    ),
    _match(
        "limit",
        Limit(),
        "Only so many packets: `COUNT[/TIME],BURST[:packet|bit]`. `10,5` is ten each second after the first five.",
    ),
    _match(
        "dst-limit",
        shaped(r"[^,]+,[^,]+,[^,]+", 'a limit such as "10,5,dst-address/1m"'),
        "Only so many packets for each destination: `COUNT[/TIME],BURST,MODE[/EXPIRE]`.",
    ),
    _match(
        "nth",
        shaped(r"!?[1-9][0-9]*(,[1-9][0-9]*)?", 'a count such as "2,1"'),
        "Every nth packet: `2,1` is the first of each two.",
    ),
    _match("random", Int(1, 99), "A packet with this likelihood in percent."),
    _match("packet-size", Span(0, 65535), "Size of the packet in bytes."),
    _match(
        "per-connection-classifier",
        shaped(rf"!?({'|'.join(_CLASSES)}):[0-9]+/[0-9]+", 'a class such as "both-addresses:2/0"'),
        "One share of connections: `both-addresses:2/0` is the first half by both addresses.",
    ),
    _match("tcp-mss", Span(0, 65535), "Maximum segment size of a TCP SYN."),
    _match(
        "time",
        shaped(r"!?[0-9a-z:]+-[0-9a-z:]+(,[a-z]+)*", 'a time such as "8h-17h,mon,tue"'),
        "Time of day and days of the week.",
    ),
)

_BOTH_TRACKED: Final = (
    _match("connection-mark", _MARK, "Mark of the packet's connection, or `no-mark`."),
    _match("routing-mark", _MARK, "Mark for routing, which is the name of a table.", references="/routing/table"),
    _match("connection-type", _CONNECTION_TYPE, "A connection of a known helper."),
    _match(
        "connection-bytes",
        Span(negatable=False, endless=True),
        "Bytes of the connection so far. 0 at the end of a range is no end: `1000000-0`.",
    ),
    _match(
        "connection-rate",
        Span(scaled=True),
        "Rate of the connection in bits each second: `0-100k`. k, M and G are taken.",
    ),
)

IPV4: Final = (
    *_of_addresses(4, ("blackhole", "broadcast", "local", "multicast", "unicast")),
    *_BOTH,
    _match("fragment", Bool(), "Whether the packet is a second or later fragment."),
    _match("hotspot", _HOTSPOT, "State of a hotspot's client."),
    _match("ipv4-options", Enum(_IPV4_OPTIONS), "Options in the packet's header."),
    _match(
        "psd",
        shaped(r"[0-9]+,[0-9a-z:]+,[0-9]+,[0-9]+", 'weights such as "21,3s,3,1"'),
        "A port scan: `WEIGHT,DELAY,LOWPORTWEIGHT,HIGHPORTWEIGHT`.",
    ),
    _match("ttl", COMPARED, "Time to live."),
    *_BOTH_TRACKED,
    _match("layer7-protocol", Name(negatable=True), "A pattern's name from `/ip/firewall/layer7-protocol`."),
    _match("realm", Int(negatable=True), "Realm of the route."),
)
"""The matchers of IPv4's rules."""

IPV6: Final = (
    *_of_addresses(6, ("anycast", "local", "multicast", "unicast", "unreachable")),
    *_BOTH,
    _match("headers", _HEADERS, "Extension headers of the packet."),
    _match("hop-limit", COMPARED, "Hop limit of the packet."),
    *_BOTH_TRACKED,
)
"""The matchers of IPv6's rules."""

_TRACKED: Final = (
    *("connection-bytes", "connection-limit", "connection-mark", "connection-rate", "connection-type"),
    *("layer7-protocol", "realm", "routing-mark"),
)
"""Matchers that raw doesn't have: it comes before tracking and routing."""


def plain(matchers: tuple[Field, ...]) -> tuple[Field, ...]:
    """What all kinds of rules share: matchers of packets, what goes with an action, counters."""
    return (
        Field(
            name="chain",
            codec=Name(),
            required=True,
            meaning="The chain. Any other name than RouterOS's own makes a chain to jump to.",
        ),
        *(field for field in matchers if field.name not in _TRACKED),
        Field(
            name="tos",
            codec=shaped(r"!?[0-9a-fA-Fx]+(/[0-9a-fA-Fx]+)?", 'a type of service such as "0x10"'),
            since="7.21",
            meaning="Type of service, `TOS[/MASK]`.",
        ),
        Field(name="jump-target", codec=Name(), meaning="With action `jump`: the chain to go on in."),
        # Shown by rules that add to a list; absent from others means the same.
        Field(
            name="address-list-timeout",
            codec=Duration(0, LONGEST_TIME, ("none-dynamic", "none-static"), zero="none-dynamic"),
            default="none-dynamic",
            meaning="With those actions: for how long. `none-dynamic` is until the next boot.",
            tells="For how long an address is added to the list.",
        ),
        Field(name="log", codec=Bool(), default=False, meaning="Whether packets that match are logged."),
        Field(
            name="log-prefix",
            codec=Text(31),
            default="",
            clear_by_empty=True,
            meaning="Text in front of the log's lines.",
        ),
        DISABLED,
        COMMENT,
        reported("bytes", COUNTER),
        reported("dynamic"),
        reported("invalid"),
        reported("packets", COUNTER),
    )


def common(matchers: tuple[Field, ...]) -> tuple[Field, ...]:
    """What filter, nat and mangle share."""
    return (*plain(matchers), *(field for field in matchers if field.name in _TRACKED))


STATE: Final = _match("connection-state", _STATES, "State of the packet's connection.")
FLAGS: Final = _match(
    "tcp-flags",
    _TCP_FLAGS,
    "Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`.",
)
P2P: Final = _match("p2p", Enum(_P2P, negatable=True), "A peer-to-peer protocol of old.")
TLS_HOST: Final = _match(
    "tls-host",
    Text(),
    "Name of the server in a TLS hello, with `*` for any text; `!` in front for all others.",
)
EARLY_TLS_HOST: Final = attrs.evolve(TLS_HOST, until="7.16")
OF_HEADERS: Final = (FLAGS, TLS_HOST)


def translated(*more: str) -> Field:
    """Whether a packet's connection is translated; IPv4's filter has more words."""
    words = Enum(("dstnat", *more, "srcnat"), negatable=True, several=True)
    meaning = 'Whether the packet\'s connection is translated. `"!dstnat"` leaves forwarded ports out.'
    return _match("connection-nat-state", words, meaning)


def action(*words: str, also: str = "") -> Field:
    """What happens to a packet that matches."""
    return Field(
        name="action",
        codec=Enum(tuple(sorted((*words, *_EVERYWHERE)))),
        default="accept",
        meaning=f"What happens to a packet that the rule matches.{f' {also}' if also else ''}",
    )


def reject_with(*words: str) -> Field:
    """What a rejected packet is answered with."""
    meaning = f"With action `reject`: the answer, such as `{words[0]}` or `tcp-reset`."
    return Field(name="reject-with", codec=Enum(tuple(sorted((*words, "tcp-reset")))), computed=True, meaning=meaning)


TO_PORTS: Final = Field(name="to-ports", codec=Span(0, 65535, negatable=False), meaning="The new port.")


def _mark(name: str, of: str) -> Field:
    meaning = f"With action `mark-{of}`: the mark, any text, or `no-mark` to take it off."
    return Field(name=name, codec=Name(matched=True), meaning=meaning, tells=f"The {of}'s new mark.")


# What mangle rules of both families change, but for what only one has.
MARKING: Final = (
    Field(
        name="new-routing-mark",
        codec=Name(matched=True),
        references="/routing/table",
        meaning="With action `mark-routing`: the table that is asked first. It must exist.",
    ),
    _mark("new-connection-mark", "connection"),
    _mark("new-packet-mark", "packet"),
    # Printed from 7.19 on; before that its absence means the same.
    Field(
        name="passthrough",
        codec=Bool(),
        default=True,
        meaning="Whether later rules see the packet too, and may mark it anew.",
    ),
    Field(
        name="new-mss",
        codec=Int(40, 65534, ("clamp-to-pmtu",)),
        meaning="With action `change-mss`: the new size. `clamp-to-pmtu` fits it to the outgoing interface.",
    ),
    Field(
        name="new-priority",
        codec=Int(0, 63, ("from-dscp", "from-dscp-high-3-bits", "from-ingress")),
        meaning="With action `set-priority`: the new priority.",
    ),
    Field(
        name="sniff-id",
        codec=Int(),
        computed=True,
        meaning="With action `sniff-pc`: the number that marks the copies.",
    ),
    Field(
        name="sniff-target",
        codec=Host(4),
        computed=True,
        meaning="With actions `sniff-tzsp` and `sniff-pc`: where the copies go.",
    ),
    Field(
        name="sniff-target-port",
        codec=Int(0, 65535),
        computed=True,
        meaning="With action `sniff-tzsp`: the port to which the copies go.",
    ),
)


def new_dscp(*words: str) -> Field:
    """The DSCP that a mangle rule sets."""
    return Field(name="new-dscp", codec=Int(0, 63, words), meaning="With action `change-dscp`: the new DSCP.")
