"""How a list of names became another: which came, which went, which moved. Pure.

Compared by index, one rule put in front looks like a change of all; here the longest run that stayed stays.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeGuard

__all__ = ["Shift", "names", "shifts"]


class Shift(NamedTuple):
    """One name that came, went or moved."""

    kind: str
    """`add`, `delete` or `update`, which is a move."""
    name: str
    beside: str
    """`after NAME`, or `before NAME` for the first one; empty for what went."""


def names(value: object) -> TypeGuard[Sequence[str]]:
    """Whether a value is a list of different names."""
    return (
        isinstance(value, list | tuple)
        and all(isinstance(name, str) for name in value)
        and len(set(value)) == len(value)
    )


def shifts(old: Sequence[str], new: Sequence[str]) -> Iterator[Shift]:
    """The fewest shifts that make one order of the other, each told by its neighbour in the new order."""
    there, wanted = set(old), set(new)
    stays = _stays([name for name in old if name in wanted], {name: at for at, name in enumerate(new)})
    for name in old:
        if name not in wanted:
            yield Shift("delete", name, "")
    for at, name in enumerate(new):
        if name not in stays:
            beside = f'after "{new[at - 1]}"' if at else f'before "{new[1]}"' if len(new) > 1 else ""
            yield Shift("update" if name in there else "add", name, beside)


def _stays(kept: Sequence[str], rank: dict[str, int]) -> set[str]:
    """The longest run of names whose order is the same."""
    ends: list[int] = []
    lasts: list[str] = []
    before: dict[str, str] = {}
    for name in kept:
        at = bisect_left(ends, rank[name])
        ends[at : at + 1] = [rank[name]]
        lasts[at : at + 1] = [name]
        if at:
            before[name] = lasts[at - 1]
    run = set()
    name = lasts[-1] if lasts else ""
    while lasts and name not in run:
        run.add(name)
        name = before.get(name, name)
    return run
