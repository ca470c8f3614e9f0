"""/ip/firewall (docs/facts/menus.md, docs/facts/arguments.md; raw by SIN's arg-types of 7.23.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import ALWAYS, COMMENT, DISABLED, Arg, Menu, Unique


def negated(kind: g.Kind) -> g.Kind:
    """The same kind, perhaps behind an exclamation mark."""

    def parse(name: str, text: str, world: g.World) -> str:
        bare = text.removeprefix("!")
        return text[: len(text) - len(bare)] + kind.parse(name, bare, world)

    return g.Kind(parse, kind.refers)


_PROTOCOLS: Final = [
    "dccp",
    "ddp",
    "egp",
    "encap",
    "etherip",
    "ggp",
    "gre",
    "hmp",
    "icmp",
    "icmpv6",
    "idpr-cmtp",
    "igmp",
    "ipencap",
    "ipip",
    "ipsec-ah",
    "ipsec-esp",
    "ipv6-encap",
    "ipv6-frag",
    "ipv6-nonxt",
    "ipv6-opts",
    "ipv6-route",
    "iso-tp4",
    "l2tp",
    "ospf",
    "pim",
    "pup",
    "rdp",
    "rspf",
    "rsvp",
    "sctp",
    "st",
    "tcp",
    "udp",
    "udp-lite",
    "vmtp",
    "vrrp",
    "xns-idp",
    "xtp",
]
_PROTOCOL = negated(g.integer(0, 255, words=_PROTOCOLS))
_INTERFACE = g.reference("interface", "all-ethernet", "all-ppp", "all-vlan", "all-wireless", negated=True)
_INTERFACES = g.reference("interface-list", negated=True)
_ADDRESS_TYPE = negated(g.several("blackhole", "broadcast", "local", "multicast", "unicast"))
_LIST_TIME = g.time("0s", "35w3d13h13m56s", words=("none-dynamic", "none-static"))
STATES = negated(g.several("established", "invalid", "new", "related", "untracked"))
TCP_FLAGS = g.several("ack", "cwr", "ece", "fin", "psh", "rst", "syn", "urg")
_P2P = negated(
    g.enum(
        "all-p2p",
        "bit-torrent",
        "blubster",
        "direct-connect",
        "edonkey",
        "fasttrack",
        "gnutella",
        "soulseek",
        "warez",
        "winmx",
    )
)

_EVERY: Final = (
    Arg("chain", required=True),
    COMMENT,
    DISABLED,
    Arg("log", g.BOOL, "false"),
    Arg("log-prefix", g.string(31), ""),
    Arg("address-list"),
    Arg("address-list-timeout", _LIST_TIME),
    Arg("content", g.string(255)),
    Arg("dscp", negated(g.integer(0, 63))),
    Arg("dst-address", g.RANGE),
    Arg("dst-address-list"),
    Arg("dst-address-type", _ADDRESS_TYPE),
    Arg("dst-limit"),
    Arg("dst-port", g.ports()),
    Arg("fragment", g.BOOL),
    Arg("hotspot"),
    Arg("icmp-options"),
    Arg("in-bridge-port", _INTERFACE),
    Arg("in-bridge-port-list", _INTERFACES),
    Arg("in-interface", _INTERFACE),
    Arg("in-interface-list", _INTERFACES),
    Arg("ingress-priority", negated(g.integer(0, 63))),
    Arg("ipsec-policy"),
    Arg("ipv4-options"),
    Arg("jump-target"),
    Arg("limit"),
    Arg("nth"),
    Arg("out-bridge-port", _INTERFACE),
    Arg("out-bridge-port-list", _INTERFACES),
    Arg("out-interface", _INTERFACE),
    Arg("out-interface-list", _INTERFACES),
    Arg("packet-mark"),
    Arg("packet-size"),
    Arg("per-connection-classifier"),
    Arg("port", g.ports()),
    Arg("priority", negated(g.integer(0, 63))),
    Arg("protocol", _PROTOCOL),
    Arg("psd"),
    Arg("random", g.integer(1, 99)),
    Arg("src-address", g.RANGE),
    Arg("src-address-list"),
    Arg("src-address-type", _ADDRESS_TYPE),
    Arg("src-mac-address", g.MAC),
    Arg("src-port", g.ports()),
    Arg("tcp-mss"),
    Arg("time"),
    Arg("tos", since=(7, 21)),
    Arg("ttl"),
)

_TRACKED: Final = (
    Arg("connection-bytes"),
    Arg("connection-limit"),
    Arg("connection-mark"),
    Arg("connection-rate"),
    Arg("connection-type", negated(g.several("ftp", "h323", "irc", "pptp", "quake3", "sip", "tftp"))),
    Arg("layer7-protocol"),
    Arg("realm", negated(g.integer())),
    Arg("routing-mark", g.reference("table", "no-mark", negated=True)),
)

_TLS_HOST = Arg("tls-host")
_COMMANDS: Final = ("reset-counters", "reset-counters-all")

FILTER = Menu(
    "/ip/firewall/filter",
    (
        *_EVERY,
        *_TRACKED,
        Arg(
            "action",
            g.enum(
                "accept",
                "add-dst-to-address-list",
                "add-src-to-address-list",
                "drop",
                "fasttrack-connection",
                "jump",
                "log",
                "passthrough",
                "reject",
                "return",
                "tarpit",
            ),
            "accept",
        ),
        Arg("connection-nat-state", negated(g.several("dstnat", "ein-dnat", "ein-snat", "srcnat"))),
        Arg("connection-state", STATES),
        # For fasttrack, on hardware that has it (docs/facts/menus.md#firewall-rules).
        Arg("hw-offload", g.BOOL),
        Arg("p2p", _P2P),
        Arg(
            "reject-with",
            g.enum(
                "icmp-admin-prohibited",
                "icmp-host-prohibited",
                "icmp-host-unreachable",
                "icmp-net-prohibited",
                "icmp-network-unreachable",
                "icmp-port-unreachable",
                "icmp-protocol-unreachable",
                "tcp-reset",
            ),
        ),
        Arg("tcp-flags", TCP_FLAGS),
        _TLS_HOST,
    ),
    ordered=True,
    commands=_COMMANDS,
    unset=ALWAYS,
)

NAT = Menu(
    "/ip/firewall/nat",
    (
        *_EVERY,
        *_TRACKED,
        Arg(
            "action",
            g.enum(
                "accept",
                "add-dst-to-address-list",
                "add-src-to-address-list",
                "dst-nat",
                "endpoint-independent-nat",
                "jump",
                "log",
                "masquerade",
                "netmap",
                "passthrough",
                "redirect",
                "return",
                "same",
                "socksify",
                "src-nat",
            ),
            "accept",
        ),
        Arg("randomise-ports", g.BOOL, since=(7, 10)),
        Arg("same-not-by-dst", g.BOOL),
        Arg("socks5-port", g.integer(1, 65535), since=(7, 20)),
        Arg("socks5-server", g.ADDRESS, since=(7, 20)),
        Arg("socksify-service", g.integer(), since=(7, 20)),
        Arg("to-addresses", g.RANGE),
        Arg("to-ports", g.ports(1)),
        replace(_TLS_HOST, until=(7, 16)),
    ),
    ordered=True,
    commands=_COMMANDS,
    unset=ALWAYS,
)

MANGLE = Menu(
    "/ip/firewall/mangle",
    (
        *_EVERY,
        *_TRACKED,
        Arg(
            "action",
            g.enum(
                "accept",
                "add-dst-to-address-list",
                "add-src-to-address-list",
                "change-dscp",
                "change-mss",
                "change-ttl",
                "clear-df",
                "drop",
                "fasttrack-connection",
                "jump",
                "log",
                "mark-connection",
                "mark-packet",
                "mark-routing",
                "passthrough",
                "return",
                "route",
                "set-priority",
                "sniff-pc",
                "sniff-tzsp",
                "strip-ipv4-options",
            ),
            "accept",
        ),
        Arg("connection-nat-state", negated(g.several("dstnat", "srcnat"))),
        Arg("connection-state", STATES),
        Arg("new-connection-mark"),
        Arg("new-dscp", g.integer(0, 63, words=("from-priority", "from-priority-to-high-3-bits"))),
        Arg("new-mss", g.integer(40, 65534, words=("clamp-to-pmtu",))),
        Arg("new-packet-mark"),
        Arg("new-priority", g.integer(0, 63, words=("from-dscp", "from-dscp-high-3-bits", "from-ingress"))),
        Arg("new-routing-mark", g.reference("table")),
        Arg("new-ttl"),
        Arg("p2p", _P2P),
        # Printed by default from 7.19 on (docs/facts/menus.md#firewall-rules); before that, only when set.
        Arg("passthrough", g.BOOL, "true", since=(7, 19)),
        Arg("passthrough", g.BOOL, until=(7, 19)),
        Arg("route-dst", g.ADDRESS),
        Arg("sniff-id", g.integer()),
        Arg("sniff-target", g.ADDRESS),
        Arg("sniff-target-port", g.integer(0, 65535)),
        Arg("tcp-flags", TCP_FLAGS),
        _TLS_HOST,
    ),
    ordered=True,
    commands=_COMMANDS,
    unset=ALWAYS,
)

RAW = Menu(
    "/ip/firewall/raw",
    (
        *_EVERY,
        Arg(
            "action",
            g.enum(
                "accept",
                "add-dst-to-address-list",
                "add-src-to-address-list",
                "drop",
                "jump",
                "log",
                "notrack",
                "passthrough",
                "return",
            ),
            "accept",
        ),
        Arg("tcp-flags", TCP_FLAGS),
        _TLS_HOST,
    ),
    ordered=True,
    commands=_COMMANDS,
    unset=ALWAYS,
)

ADDRESS_LIST = Menu(
    "/ip/firewall/address-list",
    (
        Arg("list", required=True),
        Arg("address", g.LIST_ADDRESS, required=True),
        COMMENT,
        DISABLED,
        Arg("dynamic", g.BOOL, "false"),
        Arg("timeout", g.time("0s", "35w3d13h13m56s")),
    ),
    unique=(Unique(("list", "address"), "failure: already have such entry"),),
)

CONNECTION = Menu(
    "/ip/firewall/connection",
    tuple(
        map(
            Arg, ("protocol", "src-address", "dst-address", "reply-src-address", "reply-dst-address", "connection-mark")
        )
    ),
    without=("add", "set", "reset"),
)
"""What is tracked: the lab has none but those that a test puts there."""

RULES: Final = (FILTER.path, NAT.path, MANGLE.path, RAW.path)
MENUS: Final = (FILTER, NAT, MANGLE, RAW, ADDRESS_LIST, CONNECTION)
