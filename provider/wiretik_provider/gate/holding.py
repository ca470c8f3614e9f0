"""Elements of a row's list that other resources hold: the program says so on both sides, or the gate refuses it.

Pure. What only one of the two says would stay on the router for ever, or go at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wiretik_provider.declared import Declared
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.rows.compare import HELD

__all__ = ["one_sided"]


def one_sided(declared: Sequence[Declared]) -> Iterator[Problem]:
    """What only the row, or only the resource that holds says is held.

    Args:
        declared: every resource of the program on one router.
    """
    for row in declared:
        holders = [(one.name, one.holding) for one in declared if one.holding and one.holding.of == row.tag]
        if row.menu is None or row.held is None or any(holding.element is None for _, holding in holders):
            continue
        there = {holding.element for _, holding in holders}
        if alone := [one for one in row.held if one not in there]:
            yield Problem(f"{row.name}.{HELD}", f"nothing holds {', '.join(alone)}, so nothing takes it out")
        for name, holding in holders:
            if holding.element not in row.held:
                reason = f"doesn't say that {holding.element} is {HELD}, so an update takes it out at once"
                yield Problem(name, f"{row.name} {reason}")
