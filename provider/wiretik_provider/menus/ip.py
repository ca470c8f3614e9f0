"""/ip: addresses, routes, and the DNS client and cache. Source: docs/facts/menus.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Gateway, Host, InterfaceAddress, Prefix, on_interface
from wiretik_provider.codecs.base import Bool, Csv, Enum, Flag, Int, Name, Text
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus._fields import COMMENT, DISABLED, DNS_VRF, VRF, Declared, reported
from wiretik_provider.menus.descriptor import Field, Menu, Problem

NOT_DYNAMIC: Final = ("?dynamic=true", "?#!")
"""A query that leaves out what the router made itself: a full BGP table, the addresses behind a name."""


OF_INTERFACE: Final = Field(
    name="interface",
    codec=Name(),
    required=True,
    references="/interface",
    meaning="The interface that has the address.",
)
REALLY_OF: Final = Field(
    name="actual-interface",
    codec=Name(),
    read_only=True,
    meaning="The interface that really has the address: a bridge, where `interface` is one of its ports.",
)
VRF_OF_INTERFACE: Final = Field(name="vrf", codec=Name(), read_only=True, meaning="The VRF of the interface.")


def _address(declared: Declared) -> Iterator[Problem]:
    address, netmask = declared.get("address"), declared.get("netmask")
    if not isinstance(address, str) or not isinstance(netmask, str):
        return
    if netmask != str(on_interface(address).netmask):
        host = address.partition("/")[0]
        yield Problem("netmask", f"{netmask} contradicts {address}; write the mask into address: {host}/{netmask}")


ADDRESS: Final = Menu(
    path="/ip/address",
    noun="address",
    resource="IpAddress",
    about="""An IPv4 address of an interface, and with it the connected route to its network in `main`.

A VPN provider's account is usually a /32: `network` then names the far end, so that it can be a gateway.""",
    key=("address", "interface"),
    rules=(_address,),
    fields=(
        Field(
            name="address",
            codec=InterfaceAddress(),
            required=True,
            meaning="The address with its mask, such as `10.20.0.2/24`. Without a mask it is a single address, /32.",
        ),
        OF_INTERFACE,
        REALLY_OF,
        # From the mask, unless it is the far end of a point-to-point link.
        Field(
            name="network",
            codec=Host(4),
            computed=True,
            filled=True,
            along=True,
            meaning="The network's address. The router computes it from the mask; with a /32 it may be the far end of "
            "a tunnel, to which there is then a connected route.",
            tells="The network's address, also where the router computed it.",
        ),
        Field(name="broadcast", codec=Host(4), write_only=True, meaning="The broadcast address."),
        Field(
            name="netmask",
            codec=Host(4),
            write_only=True,
            meaning="The mask in the old spelling, `255.255.255.0`. It must agree with `address`, where it is better "
            "written.",
            tells="The mask, where it was declared.",
        ),
        VRF_OF_INTERFACE,
        DISABLED,
        COMMENT,
        reported("dynamic"),
        reported("invalid"),
        reported("slave"),
    ),
)


def _route(declared: Declared) -> Iterator[Problem]:
    blackhole = declared.get("blackhole", False)
    if "gateway" in declared and blackhole is True:
        yield Problem("blackhole", "a route has a gateway or is a blackhole, not both")
    if "gateway" not in declared and blackhole is False:
        yield Problem("gateway", "missing: an address or an interface, or blackhole=True")


_ABOUT_ROUTES: Final = """A static IPv4 route.

RouterOS makes none for what a WireGuard peer allows: whoever wants a remote LAN behind a tunnel needs the route as
well as the peer's `allowed_address`. A route by a WireGuard interface is active whenever the interface is on,
whether the far end answers or not.

A default route through a tunnel belongs in a table of its own: in `main` it would send the tunnel's own packets
into the tunnel."""

_ABOUT_IPV6_ROUTES: Final = """A static IPv6 route; what `Route` says of tunnels and tables holds here too."""


def route(family: int) -> Menu:
    """The menu of one family's routes."""
    # The router's own arguments of 7.23.2 (sindrip/provider-routeros db1d587, config/arg-types.json); since when IPv6
    # has a preferred source is from community.routeros 86fe25a (plugins/module_utils/_api_data.py).
    only_here = ("local-address",) if family == 4 else ("slaac",)
    everything, beside = ("0.0.0.0/0", "10.0.0.1%ether1") if family == 4 else ("::/0", "fe80::1%ether1")
    return Menu(
        path="/ip/route" if family == 4 else "/ipv6/route",
        noun="route" if family == 4 else "IPv6 route",
        resource="Route" if family == 4 else "Ipv6Route",
        about=_ABOUT_ROUTES if family == 4 else _ABOUT_IPV6_ROUTES,
        # Read whole, dynamic routes too: the gate traces by them, and one read serves both.
        kin=("dst-address", "routing-table"),
        rules=(_route,),
        fields=(
            Field(
                name="dst-address",
                codec=Prefix(family),
                required=True,
                meaning=f"The IPv{family} prefix that the route is for. `{everything}` is the default route; an "
                "address alone is a single host.",
            ),
            Field(
                name="gateway",
                codec=Gateway(),
                references="/interface",
                meaning="Where the route leads: an interface (right for tunnels, which have one far end), an address "
                f"that a connected route covers, `{beside}`, `ADDRESS@TABLE`, or several by commas, which share the "
                "load. A route has either this or `blackhole`.",
                tells="Interface or address; None for a blackhole.",
            ),
            Field(
                name="blackhole",
                codec=Flag(),
                meaning="Whether the route drops whatever takes it. With a higher `distance` than the real route it is "
                "a kill switch. It is a presence flag on the router: False and not given are the same.",
            ),
            Field(
                name="routing-table",
                codec=Name(),
                default="main",
                references="/routing/table",
                meaning="The table that the route is in.",
            ),
            Field(
                name="distance",
                codec=Int(1, 255),
                default=1,
                meaning="Of routes to the same prefix the one with the lowest distance is used.",
                tells="The distance.",
            ),
            # CHR's completion has three of them, the manual bfd as well.
            Field(
                name="check-gateway",
                codec=Enum(("arp", "bfd", "none", "ping")),
                default="none",
                meaning="How the gateway is watched: `ping` and `arp` ask it every ten seconds, and the route is left "
                "out while it is silent. With an interface as gateway there is nothing to ask.",
            ),
            Field(
                name="pref-src",
                codec=Host(family),
                since="" if family == 4 else "7.20",
                meaning="The source address of packets that the router itself sends by this route.",
            ),
            Field(
                name="scope",
                codec=Int(0, 255),
                default=30,
                meaning="How far away the route's gateway counts for other routes.",
            ),
            Field(
                name="target-scope",
                codec=Int(0, 255),
                default=10,
                meaning="The highest scope of a route by which the gateway may be reached.",
            ),
            Field(
                name="vrf-interface",
                codec=Name(),
                computed=True,
                references="/interface",
                meaning="An interface of the VRF.",
            ),
            # Only on hardware that can offload; elsewhere absent.
            Field(
                name="suppress-hw-offload",
                codec=Bool(),
                default=False,
                meaning="Whether the route is kept out of the switch chip; only on hardware that can offload.",
            ),
            DISABLED,
            COMMENT,
            *(reported(name) for name in ("active", "bgp", "bgp-mpls-vpn", "connect", "dhcp", "dynamic", "ecmp")),
            *(
                reported(name)
                for name in ("hw-offloaded", "inactive", "is-is", "modem", "ospf", "rip", "static", "vpn")
            ),
            *(reported(name, Text()) for name in ("immediate-gw", *only_here)),
        ),
    )


ROUTE: Final = route(4)

DNS: Final = Menu(
    path="/ip/dns",
    noun="DNS settings",
    singleton=True,
    resource="Dns",
    about="""The router's DNS settings, of which only the declared properties are managed.

There is one such row on every router. Destroy gives the declared properties the values back that they had.

A tunnel doesn't change who answers names: clients go on asking the router, which asks `servers` over the WAN unless
the route to them leads through the tunnel.""",
    fields=(
        Field(
            name="servers",
            codec=Csv(Host()),
            default=[],
            clear_by_empty=True,
            meaning="Resolvers to ask, in order. Those that a DHCP lease brought are used besides.",
        ),
        Field(
            name="allow-remote-requests",
            codec=Bool(),
            default=False,
            meaning="Whether the router answers other hosts' questions. The firewall must keep the WAN out.",
        ),
        Field(
            name="use-doh-server",
            codec=Text(),
            default="",
            clear_by_empty=True,
            meaning="URL of a resolver over HTTPS, which is then asked instead of `servers`; empty for none.",
        ),
        Field(
            name="verify-doh-cert",
            codec=Bool(),
            default=False,
            meaning="Whether that resolver's certificate is checked.",
        ),
        Field(
            name="doh-max-concurrent-queries",
            codec=Int(),
            default=50,
            meaning="Most questions over HTTPS at once.",
        ),
        Field(
            name="doh-max-server-connections",
            codec=Int(),
            default=5,
            meaning="Most connections to the resolver over HTTPS.",
        ),
        Field(
            name="doh-timeout",
            codec=Duration(),
            default="5s",
            meaning="How long to wait for the resolver over HTTPS.",
        ),
        Field(name="cache-size", codec=Int(64, unit="KiB"), default=2048, meaning="Size of the cache in KiB."),
        Field(
            name="cache-max-ttl",
            codec=Duration(),
            default="1w",
            meaning="Longest time in the cache, whatever an answer says.",
        ),
        Field(name="max-concurrent-queries", codec=Int(), default=100, meaning="Most questions at once."),
        Field(name="max-concurrent-tcp-sessions", codec=Int(), default=20, meaning="Most TCP connections at once."),
        Field(
            name="max-udp-packet-size",
            codec=Int(50, 65507),
            default=4096,
            meaning="Largest answer over UDP in bytes.",
        ),
        Field(
            name="query-server-timeout",
            codec=Duration(),
            default="2s",
            meaning="How long to wait for one server.",
        ),
        Field(
            name="query-total-timeout",
            codec=Duration(),
            default="10s",
            meaning="How long to wait for all servers together.",
        ),
        Field(
            name="address-list-extra-time",
            codec=Duration(),
            default="0s",
            since="7.10",
            meaning="How much longer than its TTL a name's address stays in an address list.",
        ),
        Field(
            name="mdns-repeat-ifaces",
            codec=Csv(Name(), as_set=True),
            default=[],
            clear_by_empty=True,
            references="/interface",
            since="7.16",
            meaning="Interfaces between which mDNS is repeated.",
        ),
        Field(
            name="vrf",
            codec=VRF,
            default="main",
            references="/ip/vrf",
            since=DNS_VRF,
            meaning="The VRF whose routes the questions take.",
        ),
        reported("cache-used", Int(unit="KiB")),
        reported("dynamic-servers", Csv(Host())),
    ),
)
