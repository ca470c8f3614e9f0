"""Where a list belongs, text isn't one: Python would take it for a list of its letters.

Rule: whoever takes a list of a user asks here, so that each such slip is one line that shows the right form. Properties
of RouterOS that it prints as text with commas take such text, too; they don't come here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import pulumi

__all__ = ["NoList", "listed", "lists"]


class NoList(pulumi.RunError, TypeError):
    """A single thing where a list of things belongs; a `RunError`, so Pulumi shows it without a traceback."""


def listed(who: str, name: str, value: object) -> None:
    """Refuses what isn't a list.

    Args:
        who: the class of arguments, or the resource and its name.
        name: the argument.
        value: what was given for it.

    Raises:
        NoList: it is text, an output, or a single thing.
    """
    if isinstance(value, pulumi.Output):
        raise NoList(f"{who}: {name} takes a list of which only the parts may be outputs: {name}=[…]")
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        right = f"{name}=[{value!r}]" if isinstance(value, str) else f"{name}=[{type(value).__name__}(…)]"
        raise NoList(f"{who}: {name} takes a list, also of one: {right}")


def lists(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """A `field_transformer` for classes of arguments: each field that is declared as a sequence takes lists only."""
    return [_of_lists(field) if str(field.type).startswith("Sequence[") else field for field in fields]


def _of_lists(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    then = field.validator

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        listed(type(instance).__name__, attribute.name, value)
        if then is not None:
            then(instance, attribute, value)

    return field.evolve(validator=check)
