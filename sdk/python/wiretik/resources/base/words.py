"""The values of a property, in words, from its descriptor: for `help()`, for messages and for the reference pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Gateway, Host, HostName, InterfaceAddress, ListAddress, Prefix, RulePrefix
from wiretik_provider.codecs.base import Bool, Codec, Csv, Enum, Int, Key, Name, Text
from wiretik_provider.codecs.matchers import AddressMatch, IcmpOptions, Limit, Mac, Ports, Protocol, Span
from wiretik_provider.codecs.times import Clock, Date, Duration
from wiretik_provider.menus.descriptor import Field, Menu

__all__ = ["properties", "remarks", "takes"]

_PLAIN: Final[dict[type, str]] = {
    AddressMatch: "an address, a prefix or a range",
    Bool: "True or False",
    Clock: "a time of day, or startup",
    Date: "a date",
    Gateway: "an interface or an address, or several",
    Host: "an address",
    HostName: "an address or a DNS name",
    IcmpOptions: "an ICMP type and codes",
    InterfaceAddress: "an address with its mask",
    Key: "a WireGuard key",
    Limit: "a rate",
    ListAddress: "an address, a prefix or a range",
    Mac: "a MAC address",
    Ports: "a port, a range or a list of them",
    Prefix: "a prefix",
    Protocol: "a protocol's name or number",
    RulePrefix: "a prefix",
}

_RESOURCES: Final = (
    *("/interface", "/interface/list", "/interface/wireguard", "/routing/table"),
    *("/ip/firewall/address-list", "/ipv6/firewall/address-list"),
)
"""Menus of which there are resources, so that a reference may be one."""

_NEGATABLE: Final = (AddressMatch, IcmpOptions, Limit, Mac, Ports, Protocol)
_NOMINAL: Final = 4294967295


def takes(field: Field) -> str:
    """What a property takes, in a few words."""
    return _kind(field.codec) + (", or the resource" if {field.references, field.may_name} & {*_RESOURCES} else "")


def _kind(codec: Codec) -> str:
    return ", ".join(_parts(codec))


def _parts(codec: Codec) -> Iterator[str]:
    match codec:
        case Csv():
            yield f"a list, each {_kind(codec.item)}"
            return
        case Int():
            high = "" if codec.high == _NOMINAL else f" to {codec.high}"
            yield f"a number{f' of {codec.unit}' * bool(codec.unit)}{f', {codec.low}{high}' * bool(high or codec.low)}"
        case Span():
            high = "" if codec.high == _NOMINAL else f", {codec.low} to {codec.high}"
            yield f"a number or a range{high}"
        case Duration():
            yield f"a time{f', at most {Duration().parse(codec.high)}' * bool(codec.high)}"
        case Enum():
            yield ("some of " if codec.several else "one of ") + " ".join(f"`{word}`" for word in codec.words)
        case Text() | Name():
            wanted = codec.wanted if isinstance(codec, Text) else "a name"
            yield wanted + f", at most {codec.longest} bytes" * bool(codec.longest)
        case AddressMatch(family=6):
            yield "an address or a prefix"
        case _:
            yield next((words for kind, words in _PLAIN.items() if isinstance(codec, kind)), "text")
    if words := getattr(codec, "words", ()) if isinstance(codec, Int | Duration) else ():
        yield "or " + " or ".join(f"`{word}`" for word in words)
    if isinstance(codec, _NEGATABLE) or getattr(codec, "negatable", False):
        yield "`!` in front for all others"


def remarks(field: Field, menu: Menu | None = None, named: str = "") -> Iterator[str]:
    """What else is to be known of a property: that it is required, its default, its versions.

    A singleton's default is the factory's: what isn't declared there is left alone.
    """
    if field.attribute == named:
        yield "the logical name unless given"
    elif field.required:
        yield "required"
    if field.default not in (None, "", []):
        yield f"{'factory value' if menu and menu.singleton else 'default'} {_default(field)}"
    if field.computed:
        yield "the router's choice unless given"
    if field.secret:
        yield "secret"
    if field.since:
        yield f"RouterOS {field.since} and newer"
    if field.until:
        yield f"before RouterOS {field.until}"
    if field.formerly:
        yield f"`{field.formerly}` on the router before {field.renamed}"
    if field.write_only:
        yield "not read back"


def _default(field: Field) -> str:
    if isinstance(field.default, bool):
        return str(field.default)
    return field.codec.write(field.default) if field.default is not None else ""


def properties(menu: Menu, named: str) -> str:
    """The section of a class's docstring that lists what it takes."""
    lines = ["Properties:"]
    for field in menu.taken:
        text = "; ".join((takes(field), *remarks(field, menu, named))).replace("`", "")
        lines.append(f"    {field.attribute}: {text}")
    return "\n".join(lines)
