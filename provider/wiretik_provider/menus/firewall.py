"""/ip/firewall: filter, nat, mangle, raw and address lists. Source: docs/facts/menus.md, docs/facts/arguments.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Host, ListAddress
from wiretik_provider.codecs.base import Bool, Codec, Enum, Int, Name, Text
from wiretik_provider.codecs.matchers import Span
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus import _rules
from wiretik_provider.menus._fields import COMMENT, DISABLED, Declared, by_name, told
from wiretik_provider.menus.descriptor import Field, Menu, Problem
from wiretik_provider.menus.ip import NOT_DYNAMIC

_COMMON: Final = _rules.common(_rules.IPV4)


def _filter(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.rejecting(declared)
    action, protocol = declared.get("action", "accept"), declared.get("protocol", "")
    if action == "tarpit" and protocol not in {None, "", "tcp"}:
        yield Problem("action", f"tarpit holds TCP connections only, but protocol is {protocol}")


FILTER: Final = Menu(
    path="/ip/firewall/filter",
    noun="filter rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_filter,),
    fields=by_name(
        *_COMMON,
        *_rules.OF_HEADERS,
        _rules.STATE,
        _rules.P2P,
        _rules.action("drop", "fasttrack-connection", "reject", "tarpit"),
        Field(
            name="connection-nat-state",
            codec=Enum(("dstnat", "ein-dnat", "ein-snat", "srcnat"), negatable=True, several=True),
        ),
        # Only on hardware that can offload, and what it is there unasked isn't known.
        Field(name="hw-offload", codec=Bool(), computed=True),
        Field(
            name="reject-with",
            codec=Enum(
                (
                    *("icmp-admin-prohibited", "icmp-host-prohibited", "icmp-host-unreachable", "icmp-net-prohibited"),
                    *("icmp-network-unreachable", "icmp-port-unreachable", "icmp-protocol-unreachable", "tcp-reset"),
                )
            ),
            computed=True,
        ),
    ),
)


def _nat(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.translating(declared, "to_addresses")


NAT: Final = Menu(
    path="/ip/firewall/nat",
    noun="NAT rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_nat,),
    fields=by_name(
        *_COMMON,
        _rules.action(
            *("dst-nat", "endpoint-independent-nat", "masquerade", "netmap", "redirect", "same", "socksify", "src-nat")
        ),
        Field(name="randomise-ports", codec=Bool(), default=False, since="7.10"),
        Field(name="same-not-by-dst", codec=Bool(), computed=True),
        Field(name="socks5-port", codec=Int(1, 65535), computed=True, since="7.20"),
        Field(name="socks5-server", codec=Host(4), computed=True, since="7.20"),
        Field(name="socksify-service", codec=Int(), computed=True, since="7.20"),
        Field(name="tls-host", codec=Text(), until="7.16"),
        Field(name="to-addresses", codec=ListAddress(family=4)),
        Field(name="to-ports", codec=Span(0, 65535, negatable=False)),
    ),
)

_NEEDS: Final[_rules.Needs] = {
    **_rules.MANGLE_NEEDS,
    "new_ttl": ("change-ttl",),
    "route_dst": ("route",),
}


def _mangle(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared, _NEEDS)
    yield from _rules.marking(declared)


MANGLE: Final = Menu(
    path="/ip/firewall/mangle",
    noun="mangle rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_mangle,),
    fields=by_name(
        *_COMMON,
        *_rules.OF_HEADERS,
        *_rules.MARKING,
        _rules.STATE,
        _rules.P2P,
        _rules.action(
            *("change-dscp", "change-mss", "change-ttl", "clear-df", "drop", "fasttrack-connection"),
            *("mark-connection", "mark-packet", "mark-routing", "route", "set-priority", "sniff-pc", "sniff-tzsp"),
            "strip-ipv4-options",
        ),
        Field(name="connection-nat-state", codec=Enum(("dstnat", "srcnat"), negatable=True, several=True)),
        Field(name="new-dscp", codec=Int(0, 63, ("from-priority", "from-priority-to-high-3-bits"))),
        Field(name="new-ttl", codec=_rules.CHANGED),
        Field(name="route-dst", codec=Host(4)),
    ),
)

RAW: Final = Menu(
    path="/ip/firewall/raw",
    noun="raw rule",
    ordered=True,
    chain="chain",
    kin=("chain", "action"),
    rules=(_rules.contradictions,),
    fields=by_name(*_rules.plain(_rules.IPV4), *_rules.OF_HEADERS, _rules.action("drop", "notrack")),
)


def address_list(path: str, noun: str, address: Codec) -> Menu:
    """The menu of one family's address lists."""
    return Menu(
        path=path,
        noun=noun,
        key=("list", "address"),
        query=NOT_DYNAMIC,
        fields=by_name(
            Field(name="address", codec=address, required=True),
            COMMENT,
            told("creation-time", Text()),
            DISABLED,
            Field(name="dynamic", codec=Bool(), default=False),
            Field(name="list", codec=Name(matched=True), required=True),
            # It is printed counting down, so what is printed is never what was asked for.
            Field(name="timeout", codec=Duration(0, _rules.LONGEST_TIME), write_only=True),
        ),
    )


ADDRESS_LIST: Final = address_list("/ip/firewall/address-list", "address list entry", ListAddress(named=True, family=4))
