"""An earlier change that still waits to be confirmed, or that the router has taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from wiretik_provider.api.link import Link, say
from wiretik_provider.declared import Declared
from wiretik_provider.errors import RouterError
from wiretik_provider.gate.notes import GUARDED
from wiretik_provider.guard import waiting
from wiretik_provider.guard.closing import brought_back, looked_at, standing, tidy
from wiretik_provider.kinds import Props
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.rows import ownership
from wiretik_provider.rows.compare import Row

__all__ = ["waits"]


class _Waiting(NamedTuple):
    """What is said of a change that waits, or waited, to be confirmed."""

    problems: list[Problem]
    noted: dict[str, str]


def waits(link: Link, declared: Sequence[Declared], olds: Props, *, preview: bool) -> _Waiting:
    """Looks whether an earlier change is in the way, where one may be."""
    if link.watch is None and GUARDED not in olds:
        return _Waiting([], {})
    stack, noted = next((row.tag[:4] for row in declared), ""), {GUARDED: "yes"}
    try:
        there = standing(link.label, link.past_the_guard)
        link.keeping.again = waiting.taken_back(there, stack)
        if why := waiting.refused(there, stack, refreshed=link.refreshed):
            return _Waiting([Problem("", f"{link.label}: {why}")], noted)
        if text := waiting.warning(there, stack):
            link.warn(text)
        elif link.refreshed and waiting.is_open(there, stack):
            _carry_on(link, declared, stack, preview=preview)
            return _Waiting([], noted if preview or link.watch else {})
    except RouterError as error:
        return _Waiting([Problem("", str(error))], noted)
    return _Waiting([], noted if link.watch or waiting.is_open(there, stack) else {})


def _declares(link: Link, declared: Sequence[Declared], path: str, row: Row) -> bool:
    """Whether the program declares a row that a rollback brought back: by its tag, or by its key where it has none."""
    if tag := ownership.tag_of(row):
        return link.declares(tag.owner)
    return any(_may_be(one, row) for one in declared if one.menu and one.menu.path == path)


def _may_be(one: Declared, row: Row) -> bool:
    """Whether nothing of a row's key is known to differ from what is declared."""
    key = one.menu.key if one.menu else ()
    return all(one.printed.get(name, row.get(name, "")) == row.get(name, "") for name in key)


def _carry_on(link: Link, declared: Sequence[Declared], stack: str, *, preview: bool) -> None:
    """After a rollback: what came back and nobody declares goes, at the next confirm where there will be one."""
    send = link.past_the_guard
    if rows := brought_back(link.label, send, stack, partial(_declares, link, declared)):
        one = len(rows) == 1
        told = f"{len(rows)} row{'s' * (not one)} that the rollback brought back {'is' if one else 'are'} nobody's"
        say(f"note: {link.label}: {told}: up removes {'it' if one else 'them'}")
    if preview:
        return
    if rows and link.watch:
        link.watch.take_along(rows, stack, send)
        return
    for path, row_id in rows:
        link.ask(path, "remove", f"=.id={row_id}")
        link.forget(path)
    looked_at(link.label, send)
    if link.watch is None:  # no guard of this deployment will take away what the last one left
        tidy(link.label, send)
