"""/ip and /routing without the firewall (docs/facts/menus.md, docs/facts/arguments.md)."""

from __future__ import annotations

from typing import Final

from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import ALWAYS, COMMENT, DISABLED, Arg, Menu, Unique

_ADDRESS = Menu(
    "/ip/address",
    (
        Arg("address", g.INTERFACE_ADDRESS, required=True),
        Arg("interface", g.reference("interface"), required=True),
        Arg("network", g.ADDRESS),
        COMMENT,
        DISABLED,
        Arg("netmask", g.ADDRESS, shown=False),
        Arg("broadcast", g.ADDRESS, shown=False),
    ),
    # The same address on another interface is accepted (SIN key-uniqueness).
    unique=(Unique(("address", "interface"), "failure: already have such address"),),
)

ROUTE = Menu(
    "/ip/route",
    (
        Arg("dst-address", g.PREFIX, "0.0.0.0/0"),
        Arg("gateway", g.GATEWAY),
        COMMENT,
        DISABLED,
        Arg("blackhole", g.FLAG),
        Arg("check-gateway", g.enum("arp", "bfd", "none", "ping")),
        Arg("distance", g.integer(1, 255), "1"),
        Arg("pref-src", g.enum_or(g.ADDRESS, ""), ""),
        Arg("routing-table", g.reference("table"), "main"),
        Arg("scope", g.integer(0, 255), "30"),
        Arg("target-scope", g.integer(0, 255), "10"),
        Arg("suppress-hw-offload", g.BOOL, "false", until=(7, 21)),
        Arg("vrf-interface", g.reference("interface")),
    ),
    commands=("check",),
    unset=ALWAYS,
)

_DNS = Menu(
    "/ip/dns",
    (
        Arg("servers", g.list_of(g.ADDRESS), ""),
        Arg("use-doh-server", default=""),
        Arg("verify-doh-cert", g.BOOL, "false"),
        Arg("doh-max-server-connections", g.integer(), "5"),
        Arg("doh-max-concurrent-queries", g.integer(), "50"),
        Arg("doh-timeout", g.time(), "5s"),
        Arg("allow-remote-requests", g.BOOL, "false"),
        Arg("max-udp-packet-size", g.integer(50, 65507), "4096"),
        Arg("query-server-timeout", g.time(), "2s"),
        Arg("query-total-timeout", g.time(), "10s"),
        Arg("max-concurrent-queries", g.integer(), "100"),
        Arg("max-concurrent-tcp-sessions", g.integer(), "20"),
        Arg("cache-size", g.integer(64, unit="KiB"), "2048"),
        Arg("cache-max-ttl", g.time(), "1w"),
        Arg("address-list-extra-time", g.time(), "0s", since=(7, 10)),
        Arg("vrf", g.reference("vrf"), "main", since=(7, 15)),
        Arg("mdns-repeat-ifaces", g.references("interface"), "", since=(7, 16)),
    ),
    singleton=True,
)

_DHCP_CLIENT = Menu(
    "/ip/dhcp-client",
    (
        Arg("interface", g.reference("interface"), required=True),
        Arg("name", since=(7, 22)),
        COMMENT,
        DISABLED,
        Arg("add-default-route", g.enum("no", "special-classless", "yes"), "yes"),
        Arg("allow-reconfigure", g.BOOL, since=(7, 19)),
        Arg("check-gateway", g.enum("arp", "bfd", "none", "ping"), since=(7, 19)),
        Arg("default-route-distance", g.integer(1, 255), "1"),
        Arg("default-route-tables", default="default", since=(7, 18)),
        Arg("dhcp-options", default="hostname,clientid"),
        Arg("dscp", g.integer(0, 63), since=(7, 20)),
        Arg("script"),
        Arg("use-broadcast", g.enum("always", "both", "never"), "both", since=(7, 20)),
        Arg("use-peer-dns", g.BOOL, "true"),
        Arg("use-peer-ntp", g.BOOL, "true"),
        Arg("vlan-priority", g.integer(0, 7), since=(7, 20)),
    ),
    commands=("release", "renew"),
    unset=ALWAYS,
    # 7.23.2 takes several on one interface (SIN key-uniqueness), and gave them names for that; how a version without
    # names refuses the second isn't known, this is the usual form (docs/facts/api.md#unrecorded-texts).
    unique=(
        Unique(("name",), "failure: client with such name already exists"),
        Unique(("interface",), "failure: dhcp-client on that interface already exists", until=(7, 22)),
    ),
)

_SERVICE = Menu(
    "/ip/service",
    (
        Arg("disabled", g.BOOL, "false"),
        Arg("port", g.integer(1, 65535)),
        Arg("address", g.list_of(g.PREFIX), ""),
        Arg("available-from", g.list_of(g.PREFIX), since=(7, 24)),
        Arg("certificate"),
        Arg("tls-version", g.enum("any", "only-1.2")),
        Arg("vrf", g.reference("vrf"), "main"),
        Arg("max-sessions", g.integer(1, 1000), "20", since=(7, 16)),
    ),
    addable=False,
    named=True,
)

_SETTINGS = Menu(
    "/ip/settings",
    (
        Arg("accept-redirects", g.BOOL, "false"),
        Arg("accept-source-route", g.BOOL, "false"),
        Arg("allow-fast-path", g.BOOL, "true"),
        Arg("arp-timeout", g.time(), "30s"),
        Arg("icmp-errors-use-inbound-interface-address", g.BOOL, "false", since=(7, 17)),
        Arg("icmp-rate-limit", g.integer(), "10"),
        Arg("icmp-rate-mask", g.integer(form="0x{:04X}"), "0x1818"),
        Arg("ip-forward", g.BOOL, "true"),
        Arg("ipv4-fragment-time", g.integer(), "30", since=(7, 23)),
        Arg("ipv4-high-fragment-thresh", g.integer(), "4194304", since=(7, 23)),
        Arg("ipv4-multipath-hash-policy", g.enum("l3", "l3-inner", "l4"), "l3", since=(7, 16)),
        Arg("max-neighbor-entries", g.integer(0, 2147483647), "8192"),
        Arg("route-cache", g.BOOL, until=(7, 13)),
        Arg("rp-filter", g.enum("loose", "no", "strict"), "no"),
        Arg("secure-redirects", g.BOOL, "true"),
        Arg("send-redirects", g.BOOL, "true"),
        Arg("tcp-syncookies", g.BOOL, "false"),
        Arg("tcp-timestamps", g.enum("disabled", "enabled", "random-offset"), "random-offset", since=(7, 17)),
    ),
    without=("reset",),
    singleton=True,
)

_TABLE = Menu(
    "/routing/table",
    (Arg("name", required=True), COMMENT, DISABLED, Arg("fib", g.FLAG)),
    named=True,
    # Two probes disagree (docs/facts/api.md#error-texts); the refusing one is imitated.
    unique=(Unique(("name",), "failure: root table already exists with name: {name}"),),
    unset=ALWAYS,
    refers=("table", "gateway"),
)

_ACTIONS = ("drop", "lookup", "lookup-only-in-table")

_RULE = Menu(
    "/routing/rule",
    (
        COMMENT,
        DISABLED,
        Arg("action", g.enum(*_ACTIONS, "mangle", "unreachable"), "lookup", since=(7, 22)),
        Arg("action", g.enum(*_ACTIONS, "unreachable"), "lookup", until=(7, 22)),
        Arg("chain", default="user", since=(7, 22)),
        Arg("dst-address", g.RULE_ADDRESS),
        Arg("src-address", g.RULE_ADDRESS),
        Arg("interface", g.reference("interface")),
        Arg("min-prefix", g.integer()),
        Arg("realm", g.integer(), since=(7, 22)),
        Arg("routing-mark", g.reference("table")),
        Arg("table", g.reference("table", "local")),
        Arg("vrf", g.reference("vrf"), since=(7, 22)),
    ),
    ordered=True,
    unset=ALWAYS,
)

_ROUTING_SETTINGS = Menu(
    "/routing/settings",
    (
        Arg("check-gateway-ping-count", g.integer(0, 65535), "2", since=(7, 21)),
        Arg("check-gateway-ping-interval", g.time("100ms", "10m"), "10s", since=(7, 21)),
        Arg("check-gateway-ping-timeout", g.time("1ms", "1s"), "1s", since=(7, 21)),
        Arg("connected-in-chain", default="", since=(7, 19)),
        Arg("dynamic-in-chain", default="", since=(7, 19)),
        Arg("policy-rules", default="mangle,vrf-lookup,vrf-unreach,local,user,main", since=(7, 22)),
        Arg("single-process", g.BOOL, "false"),
    ),
    singleton=True,
)

_STATIC = Menu(
    "/ip/dns/static",
    (
        Arg("name"),
        Arg("regexp"),
        COMMENT,
        DISABLED,
        Arg("address", g.ADDRESS),
        Arg("address-list"),
        Arg("cname"),
        Arg("forward-to"),
        Arg("match-subdomain", g.BOOL),
        Arg("mx-exchange"),
        Arg("mx-preference", g.integer(0, 65535)),
        Arg("ns"),
        Arg("srv-port", g.integer(0, 65535)),
        Arg("srv-priority", g.integer(0, 65535)),
        Arg("srv-target"),
        Arg("srv-weight", g.integer(0, 65535)),
        Arg("text"),
        Arg("ttl", g.time(), "1d"),
        Arg("type", g.enum("A", "AAAA", "CNAME", "FWD", "MX", "NS", "NXDOMAIN", "SRV", "TXT")),
    ),
    ordered=True,
    # The same record again (go-routeros, TestTrapHandling); another address of a name is accepted (SIN).
    unique=(Unique(("name", "type", "address"), "failure: entry already exists"),),
)

MENUS: Final = (
    _ADDRESS,
    ROUTE,
    _STATIC,
    _DNS,
    _DHCP_CLIENT,
    _SERVICE,
    _SETTINGS,
    _TABLE,
    _RULE,
    _ROUTING_SETTINGS,
)
