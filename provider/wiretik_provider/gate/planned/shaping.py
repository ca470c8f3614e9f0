"""Queues of the program that FastTrack goes past: they would shape next to nothing, and nobody would see why.

Pure. FastTrack takes the connections that it matches past simple queues and past trees below `global`; trees below an
interface shape them all the same (docs/facts/packet-path.md#fasttrack).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.result import Step
from wiretik_provider.trace.router.snapshot import Snapshot

__all__ = ["warnings"]

_SIMPLE: Final = "/queue/simple"
_TREE: Final = "/queue/tree"


def warnings(then: Snapshot, declared: Sequence[Declared]) -> Iterator[str]:
    """A line for each queue that most packets won't pass.

    Args:
        then: the router as it will be.
        declared: the program's resources.
    """
    found = [rule for filters in (FOUR.filter, SIX.filter) for rule in _fasttrack(then, filters)]
    parents = {str(row.values.get("name")): row.values.get("parent") for row in declared if _path(row) == _TREE}
    for row in declared if found else ():
        if row.values.get("disabled") is not True and _passed_by(row, parents):
            yield (
                f"{row.name}: {' and '.join(found)} takes established connections past this queue, so they aren't "
                "shaped: switch FastTrack off, disabled=True, or accept what is to be shaped before it, "
                "wt.FilterRule(…, connection_state='established,related', action='accept', "
                "position=wt.BEFORE_FASTTRACK)"
            )


def _fasttrack(then: Snapshot, menu: str) -> Iterator[str]:
    for number, row in enumerate(then[menu] if menu not in then.unread else ()):
        if row.get("action") == "fasttrack-connection" and row.get("disabled") != "true":
            yield Step.of(menu, row, "", number).rule


def _path(row: Declared) -> str:
    return row.menu.path if row.menu else ""


def _passed_by(row: Declared, parents: Mapping[str, object]) -> bool:
    """Whether it is a simple queue, or one of a tree that begins at `global`."""
    if _path(row) != _TREE:
        return _path(row) == _SIMPLE
    above, seen = row.values.get("parent"), set[object]()
    while above in parents and above not in seen:
        seen.add(above)
        above = parents[str(above)]
    return above == "global"
