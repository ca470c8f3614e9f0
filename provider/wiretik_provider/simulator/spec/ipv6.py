"""/ipv6: addresses, routes, firewall, settings; arguments by SIN's arg-types of 7.23.2.

The facts describe no default of these menus; what is printed unset follows the IPv4 menu of the same name, and an
address without a mask is taken as /64 ([??] both).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wiretik_provider.simulator.spec import firewall, ip
from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import COMMENT, DISABLED, Arg, Menu, Unique


def _like(menu: Menu, path: str, *, without: str, more: tuple[Arg, ...]) -> Menu:
    """An IPv4 menu under another path, without some arguments and with others, which replace those of their name."""
    lost = set(without.split()) | {arg.name for arg in more}
    return replace(
        menu,
        path=path,
        commands=tuple(c for c in menu.commands if c != "check"),
        args=(*(arg for arg in menu.args if arg.name not in lost), *more),
    )


_HEADERS = firewall.negated(g.several("ah", "dst", "esp", "frag", "hop", "none", "proto", "route"))
_PREFIX = firewall.negated(g.PREFIX6)
_TYPES = firewall.negated(g.several("anycast", "local", "multicast", "unicast", "unreachable"))
_MATCHERS = (
    Arg("src-address", _PREFIX),
    Arg("dst-address", _PREFIX),
    Arg("src-address-type", _TYPES),
    Arg("dst-address-type", _TYPES),
    Arg("headers", _HEADERS),
    Arg("hop-limit"),
)
_NO_RULE = "fragment hotspot ipv4-options layer7-protocol p2p psd realm ttl"
_LOGGING = ("accept", "add-dst-to-address-list", "add-src-to-address-list", "jump", "log", "passthrough", "return")

_FILTER = _like(
    firewall.FILTER,
    "/ipv6/firewall/filter",
    without=_NO_RULE,
    more=(
        *_MATCHERS,
        Arg("action", g.enum(*_LOGGING, "drop", "fasttrack-connection", "reject"), "accept"),
        Arg("connection-nat-state", firewall.negated(g.several("dstnat", "srcnat"))),
        Arg(
            "reject-with",
            g.enum(
                "icmp-address-unreachable",
                "icmp-admin-prohibited",
                "icmp-err-src-routing-header",
                "icmp-headers-too-long",
                "icmp-no-route",
                "icmp-not-neighbour",
                "icmp-port-unreachable",
                "tcp-reset",
            ),
        ),
    ),
)

_NAT = _like(
    firewall.NAT,
    "/ipv6/firewall/nat",
    without=f"{_NO_RULE} randomise-ports same-not-by-dst socks5-port socks5-server socksify-service to-addresses",
    more=(
        *_MATCHERS,
        Arg("action", g.enum(*_LOGGING, "dst-nat", "masquerade", "netmap", "redirect", "src-nat"), "accept"),
        Arg("connection-state", firewall.STATES),
        Arg("tcp-flags", firewall.TCP_FLAGS),
        Arg("to-address", g.PREFIX6),
    ),
)

_MANGLE = _like(
    firewall.MANGLE,
    "/ipv6/firewall/mangle",
    without=f"{_NO_RULE} new-ttl route-dst",
    more=(
        *_MATCHERS,
        Arg(
            "action",
            g.enum(
                *_LOGGING,
                "change-dscp",
                "change-hop-limit",
                "change-mss",
                "dnpt",
                "drop",
                "mark-connection",
                "mark-packet",
                "mark-routing",
                "set-priority",
                "sniff-pc",
                "sniff-tzsp",
                "snpt",
            ),
            "accept",
        ),
        Arg("new-hop-limit"),
        Arg("dst-prefix", g.PREFIX6),
        Arg("src-prefix", g.PREFIX6),
    ),
)

_RAW = _like(firewall.RAW, "/ipv6/firewall/raw", without=_NO_RULE, more=_MATCHERS)

_LIST = _like(
    firewall.ADDRESS_LIST,
    "/ipv6/firewall/address-list",
    without="",
    more=(Arg("address", g.LIST_ADDRESS6, required=True),),
)

_ROUTE = _like(
    ip.ROUTE,
    "/ipv6/route",
    without="",
    more=(
        Arg("dst-address", g.PREFIX6, "::/0"),
        Arg("pref-src", g.enum_or(g.ADDRESS, ""), "", since=(7, 20)),
    ),
)

_ADDRESS = Menu(
    "/ipv6/address",
    (
        Arg("address", g.INTERFACE_ADDRESS6, required=True),
        Arg("interface", g.reference("interface"), required=True),
        COMMENT,
        DISABLED,
        Arg("advertise", g.BOOL, "true"),
        Arg("auto-link-local", g.BOOL, "true", since=(7, 18)),
        Arg("eui-64", g.BOOL, "false"),
        Arg("from-pool", default=""),
        Arg("from-pool-policy", g.enum("recommended", "strict", "without-acquire"), since=(7, 23)),
        Arg("no-dad", g.BOOL, "false"),
    ),
    unique=(Unique(("address", "interface"), "failure: already have such address"),),
)

_SETTINGS = Menu(
    "/ipv6/settings",
    (
        Arg("accept-redirects", g.enum("no", "yes-if-forwarding-disabled"), "yes-if-forwarding-disabled"),
        Arg(
            "accept-router-advertisements",
            g.enum("no", "yes", "yes-if-forwarding-disabled"),
            "yes-if-forwarding-disabled",
        ),
        Arg("accept-router-advertisements-on", g.reference("interface-list"), "all", since=(7, 21)),
        Arg("allow-fast-path", g.BOOL, "true", since=(7, 18)),
        Arg("disable-ipv6", g.BOOL, "false"),
        Arg("disable-link-local-address", g.BOOL, "false", since=(7, 18)),
        Arg("forward", g.BOOL, "true"),
        Arg("max-neighbor-entries", g.integer(0, 2147483647), "8192"),
        Arg("min-neighbor-entries", g.integer(), since=(7, 17)),
        Arg("multipath-hash-policy", g.enum("l3", "l3-inner", "l4"), "l3", since=(7, 16)),
        Arg("soft-max-neighbor-entries", g.integer(), since=(7, 17)),
        Arg("stale-neighbor-detect-interval", g.integer(), since=(7, 17)),
        Arg("stale-neighbor-timeout", g.integer(), since=(7, 17)),
    ),
    without=("reset",),
    singleton=True,
)

RULES: Final = (_FILTER.path, _NAT.path, _MANGLE.path, _RAW.path)
_CONNECTION: Final = replace(firewall.CONNECTION, path="/ipv6/firewall/connection")
MENUS: Final = (_ADDRESS, _ROUTE, _FILTER, _NAT, _MANGLE, _RAW, _LIST, _CONNECTION, _SETTINGS)
