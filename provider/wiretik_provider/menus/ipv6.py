"""/ipv6: addresses, routes, filter, nat, mangle, raw and address lists; what IPv4 has alike is taken from there.

Sources: the router's own arguments of 7.23.2 (sindrip/provider-routeros db1d587, config/arg-types.json), MikroTik's
manual (cli-reference/ipv6/address), versions and defaults of community.routeros 86fe25a (plugins/module_utils/
_api_data.py); what none of them tells is `computed`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.codecs.addresses import InterfaceAddress, ListAddress, Prefix
from wiretik_provider.codecs.base import Bool, Enum, Int, Name, Text, Value
from wiretik_provider.codecs.matchers import Span
from wiretik_provider.menus import _rules
from wiretik_provider.menus._fields import COMMENT, DISABLED, Declared, by_name, told
from wiretik_provider.menus.descriptor import Field, Menu, Problem
from wiretik_provider.menus.firewall import address_list
from wiretik_provider.menus.ip import route

_HALF: Final = (1 << 64) - 1


def _made_of(printed: Value, declared: Value, wanted: Mapping[str, Value]) -> bool:
    """Whether an address is what the router makes of a declared one: `from-pool` gives the front, `eui-64` the end."""
    try:
        there, asked = ipaddress.IPv6Interface(str(printed)), ipaddress.IPv6Interface(str(declared))
    except ValueError:
        return False
    if there.network.prefixlen != asked.network.prefixlen:
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
        length = ipaddress.IPv6Interface(address).network.prefixlen
        if length > 64:
            yield Problem("eui_64", f"it makes the last 64 bits of the address, and {address} leaves {128 - length}")
    if "from_pool_policy" in declared and not declared.get("from_pool", True):
        yield Problem("from_pool_policy", "does nothing without from_pool")


ADDRESS: Final = Menu(
    path="/ipv6/address",
    noun="IPv6 address",
    key=("address", "interface", "from-pool"),
    rules=(_address,),
    fields=by_name(
        Field(name="actual-interface", codec=Name(), read_only=True),
        # Made by the router where only a pool is given.
        Field(name="address", codec=InterfaceAddress(6), computed=True, alike=_made_of),
        # On for prefixes of 64 bits unless said otherwise.
        Field(name="advertise", codec=Bool(), computed=True, along=True),
        Field(name="auto-link-local", codec=Bool(), computed=True, since="7.18"),
        COMMENT,
        told("deprecated"),
        DISABLED,
        told("dynamic"),
        Field(name="eui-64", codec=Bool(), default=False),
        Field(name="from-pool", codec=Text(), default="", clear_by_empty=True),
        Field(
            name="from-pool-policy",
            codec=Enum(("recommended", "strict", "without-acquire")),
            default="recommended",
            since="7.23",
        ),
        told("global"),
        Field(name="interface", codec=Name(), required=True, references="/interface"),
        told("invalid"),
        told("link-local"),
        Field(name="no-dad", codec=Bool(), default=False),
        told("preferred", Text()),
        told("slave"),
        told("valid", Text()),
        Field(name="vrf", codec=Name(), read_only=True),
    ),
)

ROUTE: Final = route(6)

_COMMON: Final = _rules.common(_rules.IPV6)


def _filter(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.rejecting(declared)


_NAT_STATE: Final = Field(name="connection-nat-state", codec=Enum(("dstnat", "srcnat"), negatable=True, several=True))

FILTER: Final = Menu(
    path="/ipv6/firewall/filter",
    noun="IPv6 filter rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_filter,),
    fields=by_name(
        *_COMMON,
        *_rules.OF_HEADERS,
        _rules.STATE,
        _NAT_STATE,
        _rules.action("drop", "fasttrack-connection", "reject"),
        Field(
            name="reject-with",
            codec=Enum(
                (
                    *("icmp-address-unreachable", "icmp-admin-prohibited", "icmp-err-src-routing-header"),
                    *("icmp-headers-too-long", "icmp-no-route", "icmp-not-neighbour", "icmp-port-unreachable"),
                    "tcp-reset",
                )
            ),
            computed=True,
        ),
    ),
)


def _nat(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.translating(declared, "to_address")


NAT: Final = Menu(
    path="/ipv6/firewall/nat",
    noun="IPv6 NAT rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_nat,),
    fields=by_name(
        *_COMMON,
        _rules.STATE,
        _rules.FLAGS,
        _rules.action("dst-nat", "masquerade", "netmap", "redirect", "src-nat"),
        Field(name="tls-host", codec=Text(), until="7.16"),
        Field(name="to-address", codec=Prefix(6)),
        Field(name="to-ports", codec=Span(0, 65535, negatable=False)),
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


MANGLE: Final = Menu(
    path="/ipv6/firewall/mangle",
    noun="IPv6 mangle rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_mangle,),
    fields=by_name(
        *_COMMON,
        *_rules.OF_HEADERS,
        *_rules.MARKING,
        _rules.STATE,
        _NAT_STATE,
        _rules.action(
            *("change-dscp", "change-hop-limit", "change-mss", "dnpt", "drop", "mark-connection", "mark-packet"),
            *("mark-routing", "set-priority", "sniff-pc", "sniff-tzsp", "snpt"),
        ),
        Field(name="dst-prefix", codec=Prefix(6)),
        Field(name="new-dscp", codec=Int(0, 63)),
        Field(name="new-hop-limit", codec=_rules.CHANGED),
        Field(name="src-prefix", codec=Prefix(6)),
    ),
)

RAW: Final = Menu(
    path="/ipv6/firewall/raw",
    noun="IPv6 raw rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_rules.contradictions,),
    fields=by_name(*_rules.plain(_rules.IPV6), *_rules.OF_HEADERS, _rules.action("drop", "notrack")),
)

ADDRESS_LIST: Final = address_list(
    "/ipv6/firewall/address-list", "IPv6 address list entry", ListAddress(named=True, family=6)
)
