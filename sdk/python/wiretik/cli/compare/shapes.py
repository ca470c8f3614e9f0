"""What of a router may be told to others: words that RouterOS has, numbers, durations; of all else its shape.

Rule: a value is told as it stands only where its property takes nothing of its owner's choice, and the value is one of
RouterOS's own words, a short number or a duration. Letters of all others become `a`, digits `9`; signs stay, since the
form of a value lies in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from wiretik_provider.masks import is_secret
from wiretik_provider.menus import MENUS as MENUS_OF_OURS
from wiretik_provider.rules.model import PROTOCOLS
from wiretik_provider.simulator.spec import MENUS

__all__ = ["masked", "shape", "shaped", "vocabulary"]

_NUMBER: Final = re.compile(r"\d{1,5}")
_DURATION: Final = re.compile(r"(?:\d{1,4}(?:w|d|h|ms|m|s))+|(?:\d{1,3}d)?\d{1,2}:\d{2}:\d{2}")
_BY_WORDS: Final = re.compile(r"[A-Za-z0-9_.-]+")
_ALWAYS: Final = frozenset({"true", "false", "yes", "no", "none", "auto", "default", "any", "all", "main", "static"})

# Properties whose values people choose.
_CHOSEN: Final = re.compile(
    r"name|user|ssid|comment|identity|serial|id$|address|network|gateway|server|domain|host|interface|list|chain|bridge"
    r"|ports|label|location|contact|caller|service|dns|mark|table|vrf|pool|profile|source|script|on-event|prefix|regexp"
    r"|content|mac|note|string|community|target|key|pass|secret|file|path|url|apn|pin|area|instance|template|group|owner"
    r"|peer|endpoint|certificate|vlan|ranges|nexthop|router|from|to$|email|zone|include|exclude|local|remote|gw$"
)


@lru_cache
def vocabulary() -> frozenset[str]:
    """RouterOS's own words, as the embedded router's menus have them: names of properties, defaults, menus."""
    words = {word for menu in MENUS for word in menu.path.split("/")} | {
        arg.name for menu in MENUS for arg in menu.args
    }
    for menu in MENUS:
        for arg in menu.args:
            if arg.default and not _CHOSEN.search(arg.name):
                words |= {part for part in arg.default.split(",") if part.isascii()}
    for typed in MENUS_OF_OURS.values():
        for field in typed.fields:
            words |= set(getattr(field.codec, "choices", ()) or ()) | set(getattr(field.codec, "words", ()) or ())
    return frozenset(words | _ALWAYS | set(PROTOCOLS.values())) - {""}


def shape(text: str) -> str:
    """A text's letters as `a`, its digits as `9`, and what can't be shown as `?`."""
    return "".join(map(_sign, text))


def _sign(sign: str) -> str:
    if sign.isdigit():
        return "9"
    if sign.isalnum() or not sign.isascii():
        return "a"
    return sign if sign.isprintable() else "?"


def masked(name: str, text: str) -> str:
    """A property's value as it may be told."""
    if is_secret(name):
        return "(secret)"
    chosen = _CHOSEN.search(name) is not None
    return ",".join(part if not chosen and _is_common(part) else _masked(part) for part in text.split(","))


def _is_common(text: str) -> bool:
    bare = text.removeprefix("!")
    return bool(_NUMBER.fullmatch(bare) or _DURATION.fullmatch(bare)) or bare in vocabulary() or not bare


def _masked(text: str) -> str:
    return text if text.removeprefix("!") in _ALWAYS else shape(text)


def shaped(text: str, known: Collection[str] = ()) -> str:
    """A sentence of a router in which only RouterOS's own words and those that are known are told."""
    words = vocabulary() | _SENTENCE | frozenset(known)
    return _BY_WORDS.sub(lambda found: found[0] if found[0] in words else shape(found[0]), text)


_SENTENCE: Final = frozenset(
    {
        "a",
        "already",
        "ambiguous",
        "an",
        "and",
        "any",
        "argument",
        "bad",
        "be",
        "can",
        "cannot",
        "command",
        "does",
        "end",
    }
    | {"duplicate", "empty", "error", "exists", "expected", "failure", "for", "found", "have", "in", "input", "invalid"}
    | {
        "is",
        "isn",
        "it",
        "item",
        "its",
        "line",
        "match",
        "matches",
        "missing",
        "more",
        "must",
        "no",
        "not",
        "of",
        "only",
    }
    | {"or", "out", "parameter", "part", "range", "required", "such", "supported", "t", "that", "the", "this", "too"}
    | {"unexpected", "unknown", "value", "values", "what", "which", "with", "wrong"}
)
