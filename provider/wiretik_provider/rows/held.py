"""An element of a row's list that a resource of its own holds, such as a prefix of a peer's allowed-address.

Engines update first and delete at the end, dependents before what they lean on
(docs/facts/pulumi.md#the-engines-duties). So
what a list no longer has would go before the routes and rules that lean on it. An element that is held is left in the
row by the row's update, and taken out when the resource that holds it is deleted, which is after its dependents.

Pure: what a row has meanwhile, and what it is written down as.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from wiretik_provider.codecs.base import Value
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare
from wiretik_provider.rows.compare import Row

__all__ = ["KIND", "LEFT", "element", "elements", "holding", "left_for_now", "without"]

KIND: Final = "held:"
"""What the kind of a holding resource begins with; the menu's path follows."""

LEFT: Final = "__left"
"""The output that notes what an update left in the list: a run that ends before its deletes leaves it to a later one.

A refresh forgets it: from then on what nobody declares is drift.
"""


def left_for_now(menu: Menu, row: Row, olds: Mapping[str, Any], wanted: Mapping[str, Value]) -> list[str]:
    """The elements that an update leaves in a row to those who hold them, as an earlier update may have, too.

    Args:
        menu: the descriptor.
        row: as the router printed it.
        olds: the resource's former outputs.
        wanted: declared values by RouterOS's names.
    """
    before = {*olds.get(compare.HELD, ()), *olds.get(LEFT, ())}
    return [one for one in elements(menu, row) if one in before - {*_listed(wanted[menu.holds])}] if before else []


def holding(menu: Menu, wanted: Mapping[str, Value], left: Collection[str]) -> dict[str, Value]:
    """The declared values, and what is left for now."""
    if not left:
        return dict(wanted)
    return {**wanted, menu.holds: menu.by_name[menu.holds].codec.parse([*_listed(wanted[menu.holds]), *left])}


def without(menu: Menu, row: Row, gone: Collection[str]) -> Row:
    """The row as it is once some elements are taken out of its list."""
    if not gone:
        return row
    kept = [one for one in elements(menu, row) if one not in gone]
    return {**row, menu.holds: menu.by_name[menu.holds].codec.write(kept)}


def element(menu: Menu, value: object) -> str:
    """One element in the form that it has in the list.

    Raises:
        InvalidValue: it can't be one.
    """
    codec = menu.by_name[menu.holds].codec
    return codec.write(codec.parse([value]))


def elements(menu: Menu, row: Row) -> list[str]:
    """What a row's list has, as the router printed it."""
    return _listed(menu.by_name[menu.holds].codec.read(row.get(menu.holds, "")))


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else []
