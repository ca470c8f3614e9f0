"""What the menus have in common: the fields that every row has, and how a group of fields is put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.codecs.base import Bool, Codec, Int, Name, Text, Value
from wiretik_provider.menus.descriptor import Field, Problem

COMMENT: Final = Field(
    name="comment",
    codec=Text(),
    default="",
    clear_by_empty=True,
    meaning="Text beside the row on the router, without Wiretik's tag, which stands behind it.",
    tells="The comment without Wiretik's tag.",
)
DISABLED: Final = Field(
    name="disabled",
    codec=Bool(),
    default=False,
    meaning="Whether the row is off. A row that somebody disabled by hand is drift.",
)

COUNTER: Final = Int(0, 2**64 - 1)
"""Counters have 64 bits (docs/facts/traps.md#values 15)."""

DNS_VRF: Final = "7.15"
WG_VRF: Final = "7.21"
VRF: Final = Name(words=("main",))
"""A VRF; `main` is there without a row."""

Declared = Mapping[str, Value | None]
"""Declared properties by attribute, None where the value is not known yet."""


def reported(name: str, codec: Codec | None = None) -> Field:
    """A property that the router reports and that changes by itself, or that is always the same for rows of ours.

    `dynamic` is of the second kind: a dynamic row is never ours. Such a property is no output, since it would be
    either noise or, at each refresh, a change.
    """
    return Field(name=name, codec=codec or Bool(), read_only=True, volatile=True)


def given(declared: Declared, *names: str) -> Iterator[str]:
    """Those of the properties that are declared, also if their value isn't known yet."""
    return (name for name in names if name in declared)


def needs(declared: Declared, name: str, needed: str, why: str) -> Iterator[Problem]:
    """`name` is declared, so `needed` must be as well."""
    if name in declared and needed not in declared:
        yield Problem(name, f"needs {needed}: {why}")
