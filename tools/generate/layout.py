"""What no descriptor says: which module a class stands in, its example, and the names of what rules share."""

from __future__ import annotations

from typing import Final

import attrs

__all__ = ["CHAINS", "MODULES", "RULES", "Alias", "Chain", "Module", "One", "Rules", "Tower"]


@attrs.frozen
class One:
    """A class for one row of a menu, with its arguments.

    Attributes:
        path: the menu.
        example: Python that uses it.
        rule: of rows that stand in an order, the name of the arguments of one rule of a block; empty for others.
    """

    path: str
    example: str
    rule: str = ""


@attrs.frozen
class Alias:
    """A type of a reference: a name, or the resource whose name it is."""

    name: str
    resource: str
    about: str


@attrs.frozen
class Tower:
    """What rules of the firewall share, on three floors: all of them, all but raw, those that know states.

    Attributes:
        menus: the paths of filter, mangle, NAT and raw.
        family: as it is said in a sentence.
        args: the names of the classes of arguments, from the ground.
        outputs: those of the classes of outputs.
    """

    menus: tuple[str, str, str, str]
    family: str
    args: tuple[str, str, str]
    outputs: tuple[str, str, str]


@attrs.frozen
class Module:
    """A module of `wiretik.resources` with what stands in it, in that order."""

    name: str
    about: str
    parts: tuple[One | Alias, ...]


@attrs.frozen
class Rules:
    """The modules of what rules share: `matchers` for arguments, `rule_outputs` for outputs."""

    args: Module
    outputs: Module
    towers: tuple[Tower, ...]


@attrs.frozen
class Chain:
    """A class for a whole block of rules."""

    name: str
    path: str
    rule: str
    example: str = ""


_INTERFACES: Final = Module(
    "interfaces",
    "WireGuard interfaces and peers, interface lists and their members.",
    (
        One(
            "/interface/wireguard",
            """wg0 = wt.WireGuardInterface("wg0", listen_port=13231)
pulumi.export("public-key", wg0.public_key)""",
        ),
        One(
            "/interface/list",
            """vpn = wt.InterfaceList("VPN")
wt.InterfaceListMember("vpn-wg0", list=vpn, interface=wg0)""",
        ),
        Alias(
            "InterfaceRef",
            "WireGuardInterface | MenuResource",
            "An interface: the resource itself, or the name of any interface of the router.",
        ),
        Alias("ListRef", "InterfaceList", "An interface list: the resource itself, or a name."),
        One(
            "/interface/wireguard/peers",
            """wt.Peer(
    "office",
    name="office",
    interface=wg1,
    public_key="dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA=",
    endpoint_address="server2.example.com",
    endpoint_port=51820,
    allowed_address=["10.20.0.0/24", "172.16.50.0/24"],
    persistent_keepalive="25s",
)""",
        ),
        One(
            "/interface/list/member",
            'wt.InterfaceListMember("lan-wg1", list="LAN", interface=wg1)',
        ),
    ),
)

_IP: Final = Module(
    "ip",
    "Addresses, routes, and the router's DNS settings.",
    (
        One(
            "/ip/address",
            """wt.IpAddress("wg1-address", address="10.20.0.2/24", interface=wg1)
wt.IpAddress("wg0-address", address="10.8.0.2/32", network="10.8.1.1", interface=wg0)""",
        ),
        One(
            "/ip/route",
            """wt.Route("remote-lan", dst_address="172.16.50.0/24", gateway=wg1)
wt.Route("kill-switch", dst_address="0.0.0.0/0", blackhole=True, distance=250, routing_table=vpn)""",
        ),
        One("/ip/dns", 'wt.Dns("dns", servers=["10.8.1.1"], allow_remote_requests=True)'),
    ),
)

_IPV6: Final = Module(
    "ipv6",
    """IPv6: addresses and routes, and its own firewall, which IPv4's rules don't reach.

A VPN that steers or blocks IPv4 alone leaks whatever goes over IPv6: its addresses, routes and rules are rows of their
own, with the same properties wherever RouterOS has them.""",
    (
        One(
            "/ipv6/address",
            """wt.Ipv6Address("wg1-address", address="fd00:20::2/64", interface=wg1, advertise=False)
wt.Ipv6Address("lan-address", address="::1/64", from_pool="isp", interface="bridge")""",
        ),
        One(
            "/ipv6/route",
            """wt.Ipv6Route("remote-lan", dst_address="fd00:50::/64", gateway=wg1)
wt.Ipv6Route("kill-switch", dst_address="::/0", blackhole=True, distance=250, routing_table=vpn)""",
        ),
    ),
)

_ROUTING: Final = Module(
    "routing",
    "Routing tables and the rules that choose between them.",
    (
        One(
            "/routing/table",
            """vpn = wt.RoutingTable("vpn", fib=True)
wt.Route("vpn-default", dst_address="0.0.0.0/0", gateway=wg0, routing_table=vpn)""",
        ),
        Alias("TableRef", "RoutingTable", "A routing table: the resource itself, or a name such as `main`."),
        One(
            "/routing/rule",
            'wt.RoutingRule("vpn-only", action="lookup-only-in-table", routing_mark=vpn, table=vpn)',
            rule="RoutingChainRule",
        ),
    ),
)

_SYSTEM: Final = Module(
    "system",
    "The router's name, its scheduler and its scripts.",
    (
        One("/system/identity", 'wt.Identity("identity", name="home")'),
        One(
            "/system/scheduler",
            'wt.Scheduler("refresh-endpoint", interval="5m", on_event="refresh-endpoint", '
            'policy=["read", "write", "test"])',
        ),
        One("/system/script", """wt.Script("hello", source=':log info "hello"', policy=["read"])"""),
    ),
)


def _allow(resource: str) -> str:
    return f"""wt.{resource}(
    "wireguard",
    chain="input",
    protocol="udp",
    dst_port=wg1.listen_port,
    in_interface_list="WAN",
    position=wt.BEFORE_DROP,
)"""


def _translate(resource: str) -> str:
    return f'wt.{resource}("masquerade-wg0", chain="srcnat", action="masquerade", out_interface=wg0)'


def _mark(resource: str, but: str = "") -> str:
    return f"""wt.{resource}(
    "mark-vpn",
    chain="prerouting",
    in_interface="bridge",{but}
    dst_address_type="!local",
    action="mark-routing",
    new_routing_mark=vpn,
    passthrough=False,
)"""


def _early(resource: str) -> str:
    return f"""wt.{resource}(
    "bogons", chain="prerouting", in_interface_list="WAN", src_address_list=bogons, action="drop"
)"""


_FIREWALL: Final = Module(
    "firewall",
    """Single firewall rules: filter, NAT, mangle and raw, which share their matchers.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`.""",
    (
        One("/ip/firewall/filter", _allow("FilterRule"), rule="FilterChainRule"),
        One("/ip/firewall/nat", _translate("NatRule"), rule="NatChainRule"),
        One(
            "/ip/firewall/mangle",
            _mark("MangleRule", '\n    dst_address_list="!noVPN",'),
            rule="MangleChainRule",
        ),
        One("/ip/firewall/raw", _early("RawRule"), rule="RawChainRule"),
    ),
)

_IPV6_FIREWALL: Final = Module(
    "ipv6_firewall",
    "Single rules of IPv6's firewall, which is another one than IPv4's: filter, NAT, mangle and raw.",
    (
        One("/ipv6/firewall/filter", _allow("Ipv6FilterRule"), rule="Ipv6FilterChainRule"),
        One("/ipv6/firewall/nat", _translate("Ipv6NatRule"), rule="Ipv6NatChainRule"),
        One("/ipv6/firewall/mangle", _mark("Ipv6MangleRule"), rule="Ipv6MangleChainRule"),
        One("/ipv6/firewall/raw", _early("Ipv6RawRule"), rule="Ipv6RawChainRule"),
    ),
)

MODULES: Final = (_FIREWALL, _INTERFACES, _IP, _IPV6, _IPV6_FIREWALL, _ROUTING, _SYSTEM)
"""The modules of classes for rows."""

RULES: Final = Rules(
    Module(
        "matchers",
        """What firewall rules look at: the matchers of IPv4 and IPv6, each said once.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`; `Not(wan)` says so of a resource.""",
        (
            Alias(
                "AddressListRef",
                "AddressList",
                "An address list: the resource itself, or a name; `!` in front of a name is all others.",
            ),
            Alias(
                "Ipv6AddressListRef",
                "Ipv6AddressList",
                "A list of IPv6 addresses: the resource itself, or a name; `!` in front of a name is all others.",
            ),
        ),
    ),
    Module(
        "rule_outputs",
        "The outputs of firewall rules that several kinds of them share; their types are those of the menus' codecs.",
        (),
    ),
    (
        Tower(
            ("/ip/firewall/filter", "/ip/firewall/mangle", "/ip/firewall/nat", "/ip/firewall/raw"),
            "IPv4",
            ("PacketMatchers", "Matchers", "StatefulMatchers"),
            ("PacketOutputs", "RuleOutputs", "StatefulOutputs"),
        ),
        Tower(
            ("/ipv6/firewall/filter", "/ipv6/firewall/mangle", "/ipv6/firewall/nat", "/ipv6/firewall/raw"),
            "IPv6",
            ("Ipv6PacketMatchers", "Ipv6Matchers", "Ipv6StatefulMatchers"),
            ("Ipv6PacketOutputs", "Ipv6RuleOutputs", "Ipv6StatefulOutputs"),
        ),
    ),
)
"""What rules of the firewall share."""

CHAINS: Final = (
    Chain(
        "FilterChain",
        "/ip/firewall/filter",
        "FilterChainRule",
        """wt.FilterChain(
    "guests",
    chain="forward",
    rules={
        "dns": {"in_interface": "guests", "protocol": "udp", "dst_port": 53, "action": "accept"},
        "lan": {"in_interface": "guests", "out_interface_list": "LAN", "action": "drop"},
    },
    position=wt.BEFORE_DROP,
)""",
    ),
    Chain("NatChain", "/ip/firewall/nat", "NatChainRule"),
    Chain("MangleChain", "/ip/firewall/mangle", "MangleChainRule"),
    Chain("RawChain", "/ip/firewall/raw", "RawChainRule"),
    Chain("Ipv6FilterChain", "/ipv6/firewall/filter", "Ipv6FilterChainRule"),
    Chain("Ipv6NatChain", "/ipv6/firewall/nat", "Ipv6NatChainRule"),
    Chain("Ipv6MangleChain", "/ipv6/firewall/mangle", "Ipv6MangleChainRule"),
    Chain("Ipv6RawChain", "/ipv6/firewall/raw", "Ipv6RawChainRule"),
    Chain("RoutingRuleChain", "/routing/rule", "RoutingChainRule"),
)
"""The classes for whole blocks of rules, in the module `chains`."""
