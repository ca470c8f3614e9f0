"""What a router writes in an export and takes from nobody else: empty values and references to what is gone.

Texts that people blacked out before they posted an export are taken with it (docs/facts/exports.md#forms). A misspelt
value isn't among them: it is refused as everywhere.
"""

from __future__ import annotations

import re
from typing import Final

from wiretik_provider.simulator.refusal import Refusal
from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import Arg

__all__ = ["MAY_LACK", "blacked_out", "written_value"]

MAY_LACK: Final = frozenset(
    {
        # The manual's DDoS protection makes an empty list so, and a router of 7.14.2 exported it.
        ("/ip/firewall/address-list", "address"),
        ("/ipv6/firewall/address-list", "address"),
        # `add from-pool=… interface=…` (docs/facts/exports.md#forms).
        ("/ipv6/address", "address"),
    }
)
"""Properties without which routers write a row that no client can add."""

_GONE: Final = re.compile(r"!?\*[0-9A-F]{1,8}")

# `#`, `*****`, `XX`, `…`, `<key>`, `(Redacted)`, `120.x.x.x`, `10.1.2.XXX/10`, `25XXX`; a letter x alone only where it
# stands for a whole part.
_MASK: Final = re.compile(
    r"#|\*{2,}|[xX]{2,}|…|\.{3,}|_{3,}|\?{2,}|^[<\[({].*[>\])}]$|(?<![^.:/-])[xX*?](?![^.:/-])"
    r"|(?i:redact|remov|hidden|hide|mask|censor|secret|private|omit|snip|anonym|conceal|obfuscat|sanit|delet|blur)"
)
_MASKED_MAC: Final = re.compile(r"!?(?:(?:[0-9A-Fa-f]{2}|(?P<mask>([G-Zg-z#*?.])\2|[hH]{2}))(?:[:-]|$)){6}")
_MASKED_ADDRESS: Final = re.compile(r"(?=.*[xX*#?])[0-9xX*#?]{1,3}(?:\.[0-9xX*#?]{1,3}){3}")
_MASKED_SIX: Final = re.compile(r"(?=[^:]*:)[0-9A-Fa-f:]*(?:(?P<mask>[G-Zg-z])(?P=mask)+[0-9A-Fa-f:]*)+(?:/\d+)?")
_WORDS: Final = re.compile(r"[A-Za-z_ -]+")
_ADDRESS_WORDS: Final = re.compile(r"(?i)(?:[a-z]+[-_ ])*(?:ip|ipv4|ipv6|addr|address)(?:[-_ ][a-z]+)*(?:/\d+)?")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{40,}=*")
_ADDRESSES: Final = frozenset(
    {
        g.ADDRESS,
        g.INTERFACE_ADDRESS,
        g.INTERFACE_ADDRESS6,
        g.PREFIX,
        g.PREFIX6,
        g.RANGE,
        g.RULE_ADDRESS,
    }
)


def written_value(arg: Arg, text: str, world: g.World) -> str | None:
    """A value as it is stored; None where the text says that there is none, or was blacked out.

    Raises:
        Refusal: it is misspelt.
    """
    if (_GONE.fullmatch(text) and arg.kind.refers) or text == arg.default == "":
        return text
    if text == "/0" and arg.kind is g.PREFIX6:
        text = "::/0"  # the default route of a public export of 7.1.1
    try:
        return arg.kind.parse(arg.name, text, world)
    except Refusal:
        if not text or blacked_out(arg, text):
            return None
        raise


def blacked_out(arg: Arg, text: str) -> bool:
    """Whether a text that isn't of an argument's form stands where somebody took the value away."""
    if arg.kind.refers:
        # Nobody masks names, but a gateway may be an address.
        return arg.kind is g.GATEWAY and bool(_MASKED_ADDRESS.fullmatch(text))
    if _MASK.search(text):
        return True
    if arg.kind is g.KEY or "key" in arg.name:
        # A key that was mistyped looks like one; all others are words.
        return not _BASE64.fullmatch(text)
    if "mac" in arg.name:
        found = _MASKED_MAC.fullmatch(text)
        return bool((found and found["mask"]) or _WORDS.fullmatch(text))
    if _MASKED_SIX.fullmatch(text):
        return True
    return (arg.kind in _ADDRESSES or "address" in arg.name) and _ADDRESS_WORDS.fullmatch(text) is not None
