"""The types of a property, as an argument and as an output, from its descriptor alone."""

from __future__ import annotations

import re
from typing import Final

from wiretik_provider.codecs.base import Bool, Codec, Csv, Enum, Int, Text
from wiretik_provider.codecs.matchers import IcmpOptions, Ports, Protocol, Span
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus.descriptor import Field

__all__ = ["argument", "output"]

_REFERENCES: Final = {
    "/interface": "InterfaceRef",
    "/interface/list": "ListRef",
    "/interface/wireguard": "InterfaceRef",
    "/ip/firewall/address-list": "AddressListRef",
    "/ipv6/firewall/address-list": "Ipv6AddressListRef",
    "/routing/table": "TableRef",
}
"""By menu the type of what may be given for a name in it: the resource itself, or text."""

_REQUIRED: Final = {"Texts": "Required[Texts]"}


def argument(field: Field, *, optional: bool = False) -> str:
    """The type in which a program may give a property; `optional` where a logical name stands in for it."""
    reference = _REFERENCES.get(field.references or field.may_name)
    if reference and not isinstance(field.codec, Csv):
        if field.required:
            return f"Required[{reference}]"
        return f"{reference} | Not | None" if getattr(field.codec, "negatable", False) else f"{reference} | None"
    written = _written(field.codec)
    if reference:
        return f"{written} | {reference} | Sequence[{reference}]"
    if field.required and not optional:
        return _REQUIRED.get(written, "Required[pulumi.Input[str]]")
    return written


def _written(codec: Codec) -> str:
    """Which of the types in `arguments` a codec takes."""
    match codec:
        case Bool():
            found = "Flag"
        case Csv() | Enum(several=True):
            found = "Texts"
        case Ports():
            found = "Ports"
        case Int(words=(), negatable=False, unit=""):
            found = "Number"
        case Duration() | IcmpOptions() | Int() | Protocol() | Span():
            found = "Span"
        case Text(pattern=pattern) if pattern and re.fullmatch(pattern, "1"):
            found = "Span"
        case _:
            found = "Text"
    return found


def output(field: Field) -> str:
    """The type in an output."""
    left_out = field.default is None and not field.required and not field.filled
    kept_back = field.secret and not field.required
    return f"pulumi.Output[{_read(field.codec)}{' | None' if left_out or kept_back else ''}]"


def _read(codec: Codec) -> str:
    match codec:
        case Bool():
            return "bool"
        case Csv():
            return "Sequence[str]"
        case Int(words=(), negatable=False):
            return "int"
        case _:
            return "str"
