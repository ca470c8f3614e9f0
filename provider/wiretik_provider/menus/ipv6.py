"""/ipv6: addresses, routes, filter, nat, mangle, raw and address lists; what IPv4 has alike is taken from there.

Sources: the router's own arguments of 7.23.2 (sindrip/provider-routeros db1d587, config/arg-types.json), MikroTik's
manual (cli-reference/ipv6/address), versions and defaults of community.routeros 86fe25a (plugins/module_utils/
_api_data.py); what none of them tells is `computed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.codecs.addresses import InterfaceAddress, ListAddress, Prefix, on_interface
from wiretik_provider.codecs.base import Bool, Enum, Text, Value
from wiretik_provider.menus import _matchers, _rules
from wiretik_provider.menus._fields import COMMENT, DISABLED, Declared, reported
from wiretik_provider.menus.descriptor import Field, Menu, Problem
from wiretik_provider.menus.firewall import address_list
from wiretik_provider.menus.ip import OF_INTERFACE, REALLY_OF, VRF_OF_INTERFACE, route

_HALF: Final = (1 << 64) - 1


def _made_of(printed: Value, declared: Value, wanted: Mapping[str, Value]) -> bool:
    """Whether an address is what the router makes of a declared one: `from-pool` gives the front, `eui-64` the end."""
    try:
        there, asked = on_interface(str(printed)), on_interface(str(declared))
    except ValueError:
        return False
    if (there.version, there.network.prefixlen) != (6, asked.network.prefixlen):
        return False
    asks = (1 << 128) - 1
    if wanted.get("from-pool"):
        asks &= (1 << 128 - asked.network.prefixlen) - 1
    if wanted.get("eui-64"):
        asks &= ~_HALF
    return int(there) & asks == int(asked) & asks


def _address(declared: Declared) -> Iterator[Problem]:
    if not declared.keys() & {"address", "from_pool"} or ("address" not in declared and declared["from_pool"] == ""):
        yield Problem("address", "missing: an address with its mask, or from_pool")
    if declared.get("eui_64") is True and isinstance(address := declared.get("address"), str):
        length = on_interface(address).network.prefixlen
        if length > 64:
            yield Problem("eui_64", f"it makes the last 64 bits of the address, and {address} leaves {128 - length}")
    if "from_pool_policy" in declared and not declared.get("from_pool", True):
        yield Problem("from_pool_policy", "does nothing without from_pool")


ADDRESS: Final = Menu(
    path="/ipv6/address",
    noun="IPv6 address",
    resource="Ipv6Address",
    about="An IPv6 address of an interface, and with it the connected route to its network in `main`.",
    key=("address", "interface", "from-pool"),
    rules=(_address,),
    fields=(
        # Made by the router where only a pool is given.
        Field(
            name="address",
            codec=InterfaceAddress(6),
            computed=True,
            filled=True,
            alike=_made_of,
            meaning="The address with its mask, such as `2001:db8::1/64`. Without a mask it is one of a /64. With "
            "`from_pool` only the end of it counts, `::1/64`, with `eui_64` only the first half. It may be left out "
            "with `from_pool`.",
            tells="The address with its mask, as it was declared; with a pool alone, as the router made it.",
        ),
        OF_INTERFACE,
        REALLY_OF,
        Field(
            name="from-pool",
            codec=Text(),
            default="",
            clear_by_empty=True,
            meaning="Name of the pool, such as a DHCPv6 client's, from which the front of the address comes; empty for "
            "none. Which prefix that is may change every day and is no drift.",
        ),
        Field(
            name="from-pool-policy",
            codec=Enum(("recommended", "strict", "without-acquire")),
            default="recommended",
            since="7.23",
            meaning="How the pool is asked. With `strict` the end is exactly as in `address`; with `without-acquire` "
            "the prefix stays free for others.",
        ),
        Field(
            name="eui-64",
            codec=Bool(),
            default=False,
            meaning="Whether the second half of the address is made from the interface's MAC address.",
        ),
        # On for prefixes of 64 bits unless said otherwise.
        Field(
            name="advertise",
            codec=Bool(),
            computed=True,
            filled=True,
            along=True,
            meaning="Whether hosts are told the prefix, to make themselves addresses. RouterOS does so for a /64 "
            "unless it is told otherwise.",
        ),
        Field(
            name="no-dad",
            codec=Bool(),
            default=False,
            meaning="Whether nobody is asked if he has the address already.",
        ),
        Field(
            name="auto-link-local",
            codec=Bool(),
            computed=True,
            since="7.18",
            meaning="Whether the interface has the link-local address that RouterOS makes for it beside one that is "
            "added by hand.",
        ),
        VRF_OF_INTERFACE,
        DISABLED,
        COMMENT,
        *(reported(name) for name in ("deprecated", "dynamic", "global", "invalid", "link-local", "slave")),
        *(reported(name, Text()) for name in ("preferred", "valid")),
    ),
)

ROUTE: Final = route(6)

_COMMON: Final = _matchers.common(_matchers.IPV6)


def _filter(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.rejecting(declared)


FILTER: Final = _rules.chained(
    "/ipv6/firewall/filter",
    "Ipv6FilterRule",
    """A rule of IPv6's filter; what `FilterRule` says of chains and places holds here too.

IPv6 needs ICMPv6 to work at all: accept it above the drop.""",
    _filter,
    (
        *_COMMON,
        _matchers.STATE,
        _matchers.translated(),
        *_matchers.OF_HEADERS,
        _matchers.action("drop", "fasttrack-connection", "reject"),
        _matchers.reject_with(
            *("icmp-no-route", "icmp-address-unreachable", "icmp-admin-prohibited", "icmp-err-src-routing-header"),
            *("icmp-headers-too-long", "icmp-not-neighbour", "icmp-port-unreachable"),
        ),
    ),
)


def _nat(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.translating(declared, "to_address")


NAT: Final = _rules.chained(
    "/ipv6/firewall/nat",
    "Ipv6NatRule",
    """A rule that translates addresses or ports of an IPv6 connection's first packet; the rest follows by itself.

A VPN provider that gives a single IPv6 address needs `masquerade` here as it does for IPv4. Two prefixes of one
size are better translated without state, by `snpt` and `dnpt` of `Ipv6MangleRule`.""",
    _nat,
    (
        *_COMMON,
        _matchers.STATE,
        _matchers.FLAGS,
        _matchers.action(
            *("dst-nat", "masquerade", "netmap", "redirect", "src-nat"), also="`accept` leaves it as it is."
        ),
        Field(
            name="to-address",
            codec=Prefix(6),
            meaning="The new address or prefix. IPv4's rules call it `to_addresses`.",
        ),
        _matchers.TO_PORTS,
        _matchers.EARLY_TLS_HOST,
    ),
)

_TRANSLATING: Final = ("dnpt", "snpt")
_NEEDS: Final[_rules.Needs] = {
    **_rules.MANGLE_NEEDS,
    "dst_prefix": _TRANSLATING,
    "new_hop_limit": ("change-hop-limit",),
    "src_prefix": _TRANSLATING,
}


def _mangle(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared, _NEEDS)
    yield from _rules.marking(declared)


MANGLE: Final = _rules.chained(
    "/ipv6/firewall/mangle",
    "Ipv6MangleRule",
    "A rule that marks IPv6 packets and connections, or changes them; `MangleRule` says which chains do what.",
    _mangle,
    (
        *_COMMON,
        _matchers.STATE,
        _matchers.translated(),
        *_matchers.OF_HEADERS,
        _matchers.action(
            *("change-dscp", "change-hop-limit", "change-mss", "dnpt", "drop", "mark-connection", "mark-packet"),
            *("mark-routing", "set-priority", "sniff-pc", "sniff-tzsp", "snpt"),
        ),
        *_matchers.MARKING,
        _matchers.new_dscp(),
        Field(
            name="new-hop-limit",
            codec=_matchers.CHANGED,
            meaning="With action `change-hop-limit`: the new hop limit.",
        ),
        Field(
            name="src-prefix",
            codec=Prefix(6),
            meaning="With actions `snpt` and `dnpt`: the prefix that is translated.",
        ),
        Field(
            name="dst-prefix",
            codec=Prefix(6),
            meaning="With actions `snpt` and `dnpt`: the prefix that takes its place.",
        ),
    ),
)

RAW: Final = _rules.chained(
    "/ipv6/firewall/raw",
    "Ipv6RawRule",
    "A rule that sees IPv6 packets before connections are tracked, in `prerouting` or `output`.",
    _rules.contradictions,
    (
        *_matchers.plain(_matchers.IPV6),
        _matchers.action("drop", "notrack", also="With `notrack` its connection isn't tracked."),
        *_matchers.OF_HEADERS,
    ),
)

ADDRESS_LIST: Final = address_list(
    "/ipv6/firewall/address-list", "IPv6 address list entry", ListAddress(named=True, family=6)
)
