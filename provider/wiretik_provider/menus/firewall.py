"""/ip/firewall: filter, nat, mangle, raw and address lists. Source: docs/facts/menus.md, docs/facts/arguments.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Host, ListAddress
from wiretik_provider.codecs.base import Bool, Codec, Int, Name, Text
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus import _matchers, _rules
from wiretik_provider.menus._fields import COMMENT, DISABLED, Declared, reported
from wiretik_provider.menus.descriptor import Field, Menu, Problem
from wiretik_provider.menus.ip import NOT_DYNAMIC

_COMMON: Final = _matchers.common(_matchers.IPV4)


def _filter(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.rejecting(declared)
    action, protocol = declared.get("action", "accept"), declared.get("protocol", "")
    if action == "tarpit" and protocol not in {None, "", "tcp"}:
        yield Problem("action", f"tarpit holds TCP connections only, but protocol is {protocol}")


FILTER: Final = _rules.chained(
    "/ip/firewall/filter",
    "FilterRule",
    """A rule of the filter, which lets packets to, from and through the router pass or not.

RouterOS's chains are `input` (to the router), `forward` (through it) and `output` (from it). The first rule that
decides ends it, so a rule's place is part of its meaning: an accept below the drop is dead. Say `position`.

A fasttracked connection skips every later rule and every mark; what a VPN's mark is to steer must be accepted
above the fasttrack rule, in both directions.""",
    _filter,
    (
        *_COMMON,
        _matchers.STATE,
        _matchers.translated("ein-dnat", "ein-snat"),
        *_matchers.OF_HEADERS,
        _matchers.P2P,
        _matchers.action("drop", "fasttrack-connection", "reject", "tarpit"),
        _matchers.reject_with(
            *("icmp-network-unreachable", "icmp-admin-prohibited", "icmp-host-prohibited", "icmp-host-unreachable"),
            *("icmp-net-prohibited", "icmp-port-unreachable", "icmp-protocol-unreachable"),
        ),
        # Only on hardware that can offload, and what it is there unasked isn't known.
        Field(
            name="hw-offload",
            codec=Bool(),
            computed=True,
            meaning="With action `fasttrack-connection`: whether the switch chip may do it. Only on hardware that can.",
        ),
    ),
)


def _nat(declared: Declared) -> Iterator[Problem]:
    yield from _rules.contradictions(declared)
    yield from _rules.translating(declared, "to_addresses")


NAT: Final = _rules.chained(
    "/ip/firewall/nat",
    "NatRule",
    """A rule that translates addresses or ports of a connection's first packet; the rest follows by itself.

RouterOS's chains are `srcnat` (on leaving), `dstnat` (on arrival), `input` and `output`. `masquerade` takes the
address of the interface by which the packet leaves. Routing comes after `dstnat` and sees the new destination.""",
    _nat,
    (
        *_COMMON,
        _matchers.action(
            *("dst-nat", "endpoint-independent-nat", "masquerade", "netmap", "redirect", "same", "socksify", "src-nat"),
            also="`accept` leaves it as it is.",
        ),
        Field(name="to-addresses", codec=ListAddress(family=4), meaning="The new address, or several."),
        _matchers.TO_PORTS,
        Field(
            name="randomise-ports",
            codec=Bool(),
            default=False,
            since="7.10",
            meaning="Whether new source ports are chosen at random.",
        ),
        Field(
            name="same-not-by-dst",
            codec=Bool(),
            computed=True,
            meaning="With action `same`: whether the new source is chosen without regard to the destination.",
        ),
        Field(
            name="socks5-server",
            codec=Host(4),
            computed=True,
            since="7.20",
            meaning="With action `socksify`: the SOCKS server.",
        ),
        Field(
            name="socks5-port",
            codec=Int(1, 65535),
            computed=True,
            since="7.20",
            meaning="With action `socksify`: the SOCKS server's port.",
        ),
        Field(
            name="socksify-service",
            codec=Int(),
            computed=True,
            since="7.20",
            meaning="With action `socksify`: the service.",
        ),
        _matchers.EARLY_TLS_HOST,
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


MANGLE: Final = _rules.chained(
    "/ip/firewall/mangle",
    "MangleRule",
    """A rule that marks packets and connections, or changes them.

RouterOS's chains are `prerouting`, `input`, `forward`, `output` and `postrouting`. `mark-routing` works in
`prerouting` (what comes in) and `output` (what the router sends): elsewhere the packet is routed already. A marked
packet is looked up in the table of that name before anything else, also before the router's own addresses.""",
    _mangle,
    (
        *_COMMON,
        _matchers.STATE,
        _matchers.translated(),
        *_matchers.OF_HEADERS,
        _matchers.P2P,
        _matchers.action(
            *("change-dscp", "change-mss", "change-ttl", "clear-df", "drop", "fasttrack-connection"),
            *("mark-connection", "mark-packet", "mark-routing", "route", "set-priority", "sniff-pc", "sniff-tzsp"),
            "strip-ipv4-options",
        ),
        *_matchers.MARKING,
        _matchers.new_dscp("from-priority", "from-priority-to-high-3-bits"),
        Field(name="new-ttl", codec=_matchers.CHANGED, meaning="With action `change-ttl`: the new time to live."),
        Field(name="route-dst", codec=Host(4), meaning="With action `route`: the gateway's address."),
    ),
)

RAW: Final = _rules.chained(
    "/ip/firewall/raw",
    "RawRule",
    """A rule that sees packets before connections are tracked: cheap drops, and packets that aren't to be tracked.

RouterOS's chains are `prerouting` (what comes in) and `output` (what the router sends). A packet has no state and
no connection here yet, so there are no matchers of these.""",
    _rules.contradictions,
    (
        *_matchers.plain(_matchers.IPV4),
        _matchers.action("drop", "notrack", also="With `notrack` its connection isn't tracked."),
        *_matchers.OF_HEADERS,
    ),
)


def address_list(path: str, noun: str, address: Codec) -> Menu:
    """The menu of one family's address lists."""
    return Menu(
        path=path,
        noun=noun,
        key=("list", "address"),
        query=NOT_DYNAMIC,
        fields=(
            Field(name="address", codec=address, required=True, meaning="The address."),
            Field(name="list", codec=Name(matched=True), required=True, meaning="The list that it is in."),
            # It is printed counting down, so what is printed is never what was asked for.
            Field(
                name="timeout",
                codec=Duration(0, _matchers.LONGEST_TIME),
                write_only=True,
                meaning="After this the router drops the entry.",
            ),
            Field(name="dynamic", codec=Bool(), default=False, meaning="Whether the entry is gone after a reboot."),
            DISABLED,
            COMMENT,
            reported("creation-time", Text()),
        ),
    )


ADDRESS_LIST: Final = address_list("/ip/firewall/address-list", "address list entry", ListAddress(named=True, family=4))
