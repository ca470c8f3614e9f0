"""/ip: addresses, routes, and the DNS client and cache. Source: docs/facts/menus.md."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Gateway, Host, InterfaceAddress, Prefix
from wiretik_provider.codecs.base import Bool, Csv, Enum, Flag, Int, Name, Text
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus._fields import COMMENT, DISABLED, DNS_VRF, VRF, Declared, by_name, told
from wiretik_provider.menus.descriptor import Field, Menu, Problem

NOT_DYNAMIC: Final = ("?dynamic=true", "?#!")
"""A query that leaves out what the router made itself: a full BGP table, the addresses behind a name."""


def _address(declared: Declared) -> Iterator[Problem]:
    address, netmask = declared.get("address"), declared.get("netmask")
    if not isinstance(address, str) or not isinstance(netmask, str):
        return
    if netmask != str(ipaddress.IPv4Interface(address).netmask):
        host = address.partition("/")[0]
        yield Problem("netmask", f"{netmask} contradicts {address}; write the mask into address: {host}/{netmask}")


ADDRESS: Final = Menu(
    path="/ip/address",
    noun="address",
    key=("address", "interface"),
    rules=(_address,),
    fields=by_name(
        Field(name="actual-interface", codec=Name(), read_only=True),
        Field(name="address", codec=InterfaceAddress(), required=True),
        Field(name="broadcast", codec=Host(4), write_only=True),
        COMMENT,
        DISABLED,
        told("dynamic"),
        Field(name="interface", codec=Name(), required=True, references="/interface"),
        told("invalid"),
        Field(name="netmask", codec=Host(4), write_only=True),
        # From the mask, unless it is the far end of a point-to-point link.
        Field(name="network", codec=Host(4), computed=True, along=True),
        told("slave"),
        Field(name="vrf", codec=Name(), read_only=True),
    ),
)


def _route(declared: Declared) -> Iterator[Problem]:
    blackhole = declared.get("blackhole", False)
    if "gateway" in declared and blackhole is True:
        yield Problem("blackhole", "a route has a gateway or is a blackhole, not both")
    if "gateway" not in declared and blackhole is False:
        yield Problem("gateway", "missing: an address or an interface, or blackhole=True")


def route(family: int) -> Menu:
    """The menu of one family's routes."""
    # The router's own arguments of 7.23.2 (sindrip/provider-routeros db1d587, config/arg-types.json); since when IPv6
    # has a preferred source is from community.routeros 86fe25a (plugins/module_utils/_api_data.py).
    only_here = ("local-address",) if family == 4 else ("slaac",)
    return Menu(
        path="/ip/route" if family == 4 else "/ipv6/route",
        noun="route" if family == 4 else "IPv6 route",
        # Read whole, dynamic routes too: the gate traces by them, and one read serves both.
        kin=("dst-address", "routing-table"),
        rules=(_route,),
        fields=by_name(
            *(told(name) for name in ("active", "bgp", "bgp-mpls-vpn", "connect", "dhcp", "dynamic", "ecmp")),
            *(told(name) for name in ("hw-offloaded", "inactive", "is-is", "modem", "ospf", "rip", "static", "vpn")),
            *(told(name, Text()) for name in ("immediate-gw", *only_here)),
            Field(name="blackhole", codec=Flag()),
            # CHR's completion has three of them, the manual bfd as well.
            Field(name="check-gateway", codec=Enum(("arp", "bfd", "none", "ping")), default="none"),
            COMMENT,
            DISABLED,
            Field(name="distance", codec=Int(1, 255), default=1),
            Field(name="dst-address", codec=Prefix(family), required=True),
            Field(name="gateway", codec=Gateway(), references="/interface"),
            Field(name="pref-src", codec=Host(family), since="" if family == 4 else "7.20"),
            Field(name="routing-table", codec=Name(), default="main", references="/routing/table"),
            Field(name="scope", codec=Int(0, 255), default=30),
            # Only on hardware that can offload; elsewhere absent.
            Field(name="suppress-hw-offload", codec=Bool(), default=False),
            Field(name="target-scope", codec=Int(0, 255), default=10),
            Field(name="vrf-interface", codec=Name(), computed=True, references="/interface"),
        ),
    )


ROUTE: Final = route(4)

DNS: Final = Menu(
    path="/ip/dns",
    noun="DNS settings",
    singleton=True,
    fields=by_name(
        Field(name="address-list-extra-time", codec=Duration(), default="0s", since="7.10"),
        Field(name="allow-remote-requests", codec=Bool(), default=False),
        Field(name="cache-max-ttl", codec=Duration(), default="1w"),
        Field(name="cache-size", codec=Int(64, unit="KiB"), default=2048),
        told("cache-used", Int(unit="KiB")),
        Field(name="doh-max-concurrent-queries", codec=Int(), default=50),
        Field(name="doh-max-server-connections", codec=Int(), default=5),
        Field(name="doh-timeout", codec=Duration(), default="5s"),
        told("dynamic-servers", Csv(Host())),
        Field(name="max-concurrent-queries", codec=Int(), default=100),
        Field(name="max-concurrent-tcp-sessions", codec=Int(), default=20),
        Field(name="max-udp-packet-size", codec=Int(50, 65507), default=4096),
        Field(
            name="mdns-repeat-ifaces",
            codec=Csv(Name(), as_set=True),
            default=[],
            clear_by_empty=True,
            references="/interface",
            since="7.16",
        ),
        Field(name="query-server-timeout", codec=Duration(), default="2s"),
        Field(name="query-total-timeout", codec=Duration(), default="10s"),
        Field(name="servers", codec=Csv(Host()), default=[], clear_by_empty=True),
        Field(name="use-doh-server", codec=Text(), default="", clear_by_empty=True),
        Field(name="verify-doh-cert", codec=Bool(), default=False),
        Field(name="vrf", codec=VRF, default="main", references="/ip/vrf", since=DNS_VRF),
    ),
)
