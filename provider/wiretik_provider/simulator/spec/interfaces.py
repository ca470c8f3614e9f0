"""/interface and what lies under it (docs/facts/menus.md, docs/facts/arguments.md)."""

from __future__ import annotations

from typing import Final

from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import ALWAYS, COMMENT, DISABLED, Arg, Menu, Unique

_NAME = Unique(("name",), "failure: already have interface with name {name}")
_KEEPALIVE = g.time("0s", "18h12m15s")
_ALLOWED = g.list_of(g.PREFIX)

_INTERFACE = Menu(
    "/interface",
    (
        Arg("name", required=True),
        COMMENT,
        DISABLED,
        Arg("mtu", g.integer(0, 65535, words=("auto",)), "1500"),
        Arg("l2mtu", g.integer(0, 65536)),
    ),
    addable=False,
    commands=("remove", "reset-counters", "monitor-traffic"),
    named=True,
    unique=(_NAME,),
    refers=("interface", "gateway"),
)

_WIREGUARD = Menu(
    "/interface/wireguard",
    (
        Arg("name", required=False),
        COMMENT,
        DISABLED,
        Arg("listen-port", g.integer(0, 65535)),
        Arg("mtu", g.integer(0, 65535, words=("auto",)), "1420"),
        Arg("private-key", g.KEY, secret=True),
        Arg("vrf", g.reference("vrf"), "main", since=(7, 21)),
    ),
    commands=("wg-export", "wg-import"),
    named=True,
    unique=(_NAME,),
    table="/interface",
    type="wg",
)

_PEERS = Menu(
    "/interface/wireguard/peers",
    (
        Arg("name", since=(7, 15)),
        COMMENT,
        DISABLED,
        Arg("interface", g.reference("wireguard"), required=True),
        Arg("public-key", g.KEY, ""),
        Arg("private-key", g.enum_or(g.KEY, "auto", "none"), secret=True, since=(7, 12)),
        Arg("preshared-key", g.enum_or(g.KEY, "auto", "none"), secret=True),
        Arg("allowed-address", _ALLOWED, required=True),
        Arg("endpoint-address", default=""),
        Arg("endpoint-port", g.integer(0, 65535), "0"),
        Arg("persistent-keepalive", _KEEPALIVE),
        Arg("responder", g.BOOL, "false", since=(7, 17)),
        Arg("is-responder", g.BOOL, "false", since=(7, 15), until=(7, 17)),
        # Its host bits are kept (docs/facts/exports.md#wireguard).
        Arg("client-address", g.list_of(g.RULE_ADDRESS), since=(7, 12)),
        # Exports of 7.21 and later show it on peers that nobody touched (docs/facts/menus.md#interfacewireguardpeers).
        Arg("client-allowed-address", _ALLOWED, "::/0", since=(7, 21)),
        Arg("client-dns", g.list_of(g.ADDRESS), since=(7, 12)),
        Arg("client-endpoint", since=(7, 12)),
        Arg("client-keepalive", _KEEPALIVE, since=(7, 12)),
        Arg("client-listen-port", g.integer(0, 65535), since=(7, 12)),
    ),
    ordered=True,
    commands=("show-client-config",),
    named=True,
    unique=(
        Unique(("public-key",), "failure: entry already exists"),
        Unique(("name",), "failure: entry with this name already exists"),
    ),
)

_ETHERNET = Menu(
    "/interface/ethernet",
    (
        Arg("name", required=True),
        COMMENT,
        DISABLED,
        Arg("mtu", g.integer(0, 65535), "1500"),
        Arg("l2mtu", g.integer(0, 65536)),
        Arg("mac-address", g.MAC),
        Arg("orig-mac-address", g.MAC),
        Arg("arp", g.enum("disabled", "enabled", "local-proxy-arp", "proxy-arp", "reply-only"), "enabled"),
        Arg("arp-timeout", g.time(words=("auto",)), "auto"),
        Arg("auto-negotiation", g.BOOL, "true"),
        Arg("advertise"),
        Arg("speed"),
        Arg("disable-running-check", g.BOOL),
        Arg("full-duplex", g.BOOL, until=(7, 12)),
        Arg("passthrough-interface"),
        Arg("loop-protect", g.enum("default", "off", "on"), "default"),
        Arg("loop-protect-disable-time", g.time(), "5m"),
        Arg("loop-protect-send-interval", g.time("1s"), "5s"),
        Arg("rx-flow-control", g.enum("auto", "off", "on"), "off"),
        Arg("tx-flow-control", g.enum("auto", "off", "on"), "off"),
        Arg("mdix-enable", g.BOOL),
        Arg("cable-settings", g.enum("default", "short", "standard")),
        Arg("combo-mode", g.enum("auto", "copper", "sfp")),
        Arg("fec-mode", g.enum("auto", "fec74", "fec91", "off")),
        Arg("sfp-ignore-rx-los", g.BOOL),
        Arg("sfp-rate-select", g.enum("high", "low")),
        Arg("sfp-shutdown-temperature", g.integer()),
        # Only hardware has these (MikroTik's manual, cli-reference; exports of such).
        Arg("bandwidth"),
        Arg("poe-out"),
        Arg("poe-priority", g.integer()),
        Arg("poe-voltage"),
        Arg("poe-lldp-enabled", g.BOOL),
        Arg("power-cycle-interval"),
        Arg("power-cycle-ping-address"),
        Arg("power-cycle-ping-enabled", g.BOOL),
        Arg("power-cycle-ping-timeout", g.time()),
    ),
    addable=False,
    commands=("reset-counters", "monitor"),
    named=True,
    unique=(_NAME,),
    unset=ALWAYS,
    table="/interface",
    type="ether",
)

_QUERY = g.time("1s", "71w2h27m52s950ms")

_BRIDGE = Menu(
    "/interface/bridge",
    (
        Arg("name"),
        COMMENT,
        DISABLED,
        Arg("mtu", g.integer(0, 65535, words=("auto",)), "auto"),
        Arg("arp", g.enum("disabled", "enabled", "local-proxy-arp", "proxy-arp", "reply-only"), "enabled"),
        Arg("arp-timeout", g.time(words=("auto",)), "auto"),
        Arg("admin-mac", g.MAC),
        Arg("auto-mac", g.BOOL, "true"),
        Arg("ageing-time", g.time("10s", "1w4d13h46m40s"), "5m"),
        Arg("protocol-mode", g.enum("mstp", "none", "rstp", "stp"), "rstp"),
        Arg("priority", g.integer(0, 0xFFFF, form="0x{:04X}"), "0x8000"),
        Arg("fast-forward", g.BOOL, "true"),
        Arg("vlan-filtering", g.BOOL, "false"),
        Arg("pvid", g.integer(1, 4094)),
        Arg("forward-delay", g.time("4s", "30s"), "15s"),
        Arg("max-message-age", g.time("6s", "40s"), "20s"),
        Arg("ether-type", g.enum("0x8100", "0x88a8", "0x9100")),
        Arg(
            "frame-types",
            g.enum("admit-all", "admit-only-untagged-and-priority-tagged", "admit-only-vlan-tagged"),
        ),
        Arg("ingress-filtering", g.BOOL),
        Arg("transmit-hold-count", g.integer(1, 10), "6"),
        Arg("igmp-snooping", g.BOOL, "false"),
        Arg("igmp-version", g.enum("2", "3")),
        Arg("mld-version", g.enum("1", "2")),
        Arg("multicast-querier", g.BOOL),
        Arg("multicast-router", g.enum("disabled", "permanent", "temporary-query")),
        Arg("last-member-interval", _QUERY),
        Arg("last-member-query-count", g.integer()),
        Arg("membership-interval", _QUERY),
        Arg("querier-interval", _QUERY),
        Arg("query-interval", _QUERY),
        Arg("query-response-interval", _QUERY),
        Arg("startup-query-count", g.integer()),
        Arg("startup-query-interval", _QUERY),
        Arg("dhcp-snooping", g.BOOL, "false"),
        Arg("add-dhcp-option82", g.BOOL, until=(7, 23)),
        Arg("dhcpv6-snooping", g.BOOL, since=(7, 23)),
        Arg("dhcp-agent-circuit-id", since=(7, 23)),
        Arg("dhcp-agent-remote-id", since=(7, 23)),
        Arg("dhcpv6-agent-circuit-id", since=(7, 23)),
        Arg("dhcpv6-agent-remote-id", since=(7, 23)),
        Arg("port-cost-mode", g.enum("long", "short"), "long", since=(7, 13)),
        Arg("mvrp", g.BOOL, "false", since=(7, 15)),
        Arg("max-learned-entries", g.integer(words=("auto", "unlimited")), "auto", since=(7, 16)),
        Arg("forward-reserved-addresses", g.BOOL, "false", since=(7, 16)),
        Arg("max-hops", g.integer(6, 40)),
        Arg("mlag-heartbeat", g.time("1s", "10s", words=("none",)), since=(7, 22)),
        Arg("mlag-peer-port", g.reference("interface", "none"), since=(7, 22)),
        Arg("mlag-priority", g.integer(0, 128), since=(7, 22)),
        Arg("ra-guard", g.BOOL, since=(7, 22)),
        Arg("region-name"),
        Arg("region-revision", g.integer(0, 65535)),
        Arg("querier-uses-bridge-address", g.BOOL, since=(7, 24)),
    ),
    commands=("monitor",),
    named=True,
    unique=(_NAME,),
    unset=(7, 23),
    table="/interface",
    type="bridge",
)

_BRIDGE_PORT = Menu(
    "/interface/bridge/port",
    (
        Arg("interface", g.reference("port"), required=True),
        Arg("bridge", g.reference("bridge"), required=True),
        COMMENT,
        DISABLED,
        Arg("auto-isolate", g.BOOL, "false"),
        Arg("bpdu-guard", g.BOOL, "false"),
        Arg("broadcast-flood", g.BOOL, "true"),
        Arg("edge", g.enum("auto", "no", "no-discover", "yes", "yes-discover"), "auto"),
        Arg("fast-leave", g.BOOL, "false"),
        Arg(
            "frame-types",
            g.enum("admit-all", "admit-only-untagged-and-priority-tagged", "admit-only-vlan-tagged"),
            "admit-all",
        ),
        Arg("horizon", g.integer(words=("none",)), "none"),
        Arg("hw", g.BOOL, "true"),
        Arg("ingress-filtering", g.BOOL, "true"),
        Arg("internal-path-cost", g.integer(1, 200_000_000)),
        Arg("learn", g.enum("auto", "no", "yes"), "auto"),
        Arg("multicast-router", g.enum("disabled", "permanent", "temporary-query"), "temporary-query"),
        Arg("mvrp-applicant-state", g.enum("non-participant", "normal-participant"), since=(7, 15)),
        Arg("mvrp-registrar-state", g.enum("fixed", "normal"), since=(7, 15)),
        Arg("path-cost", g.integer(1, 200_000_000)),
        Arg("point-to-point", g.enum("auto", "no", "yes"), "auto"),
        Arg("priority", g.integer(0, 0xFF, form="0x{:02X}"), "0x80"),
        Arg("pvid", g.integer(1, 4094), "1"),
        Arg("restricted-role", g.BOOL, "false"),
        Arg("restricted-tcn", g.BOOL, "false"),
        Arg("tag-stacking", g.BOOL, "false"),
        Arg("trusted", g.BOOL, "false"),
        Arg("trusted-dhcpv6", g.BOOL, since=(7, 23)),
        Arg("trusted-ra", g.BOOL, since=(7, 22)),
        Arg("unknown-multicast-flood", g.BOOL, "true"),
        Arg("unknown-unicast-flood", g.BOOL, "true"),
    ),
    ordered=True,
    commands=("monitor",),
    unset=ALWAYS,
    # The exact text isn't known; this is the usual form (docs/facts/api.md#unrecorded-texts).
    unique=(Unique(("interface",), "failure: device already added as bridge port"),),
)

_BUILTIN = ("all", "none", "dynamic", "static")

_LIST = Menu(
    "/interface/list",
    (
        Arg("name", required=True),
        COMMENT,
        Arg("include", g.references("interface-list"), ""),
        Arg("exclude", g.references("interface-list"), ""),
    ),
    named=True,
    unique=(Unique(("name",), "failure: already have interface list with such name"),),
    refers=("interface-list",),
)

_MEMBER = Menu(
    "/interface/list/member",
    (
        Arg("list", g.reference("interface-list"), required=True),
        Arg("interface", g.reference("interface"), required=True),
        COMMENT,
        DISABLED,
    ),
    # The exact text isn't known; this is the usual form (docs/facts/api.md#unrecorded-texts).
    unique=(Unique(("list", "interface"), "failure: already have such entry"),),
)

BUILTIN_LISTS: Final = _BUILTIN
MENUS: Final = (_INTERFACE, _WIREGUARD, _PEERS, _ETHERNET, _BRIDGE, _BRIDGE_PORT, _LIST, _MEMBER)
