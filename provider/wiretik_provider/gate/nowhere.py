"""Expectations of packets from a network that isn't where they are said to come in: one mistake, told once.

A wrong prefix of a LAN breaks every promise about it, and each breaks in its own words. What they have in common: the
router would send the answers elsewhere, by its default route.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from wiretik_provider.trace import Snapshot, entrance
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.questions.question import Question
from wiretik_provider.trace.steps.routing import exits

__all__ = ["Failed", "gathered"]

_SHOWN: Final = 3


class Failed(NamedTuple):
    """An expectation that won't hold."""

    name: str
    question: Question
    text: str


def gathered(then: Snapshot, failed: Iterable[Failed]) -> list[str]:
    """What to tell: of all that fail by a network that is nowhere one line, and every other as it is."""
    found: list[str] = []
    astray: dict[tuple[str, str], list[str]] = {}
    for one in failed:
        if _is_nowhere(then, one.question):
            astray.setdefault((one.question.source, one.question.enters), []).append(one.name)
        else:
            found.append(one.text)
    return [*(_told(then, *where, names) for where, names in astray.items()), *found]


def _is_nowhere(then: Snapshot, question: Question) -> bool:
    family = family_of(question.source)
    here = then.of(family)
    span = family.span(question.source)
    if span is None or not question.enters or not _addresses(here, question.enters):
        return False
    out = exits(here)
    return question.enters not in out and entrance(here, span[0]) in out


def _addresses(here: Snapshot, interface: str) -> list[str]:
    at = here.bridges.get(interface, interface)
    return [row["address"] for row in here.enabled(here.family.addresses) if row.get("interface") == at]


def _told(then: Snapshot, source: str, enters: str, names: Sequence[str]) -> str:
    here = then.of(family_of(source))
    there = ", ".join(_addresses(here, enters))
    named = list(dict.fromkeys(filter(None, names)))
    more = ", …" if len(named) > _SHOWN else ""
    what = f"{len(names)} expectations" if len(names) > 1 else "an expectation"
    of = f" ({'; '.join(named[:_SHOWN])}{more})" if named else ""
    return f"no interface of the router is in {source}; {enters} has {there}: {what} of packets from it can't hold{of}"
