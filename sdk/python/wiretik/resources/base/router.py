"""Which router a resource is on: a name. Address and credentials come from the stack's config, never from here."""

from __future__ import annotations

import re

import attrs

from wiretik.resources.base.misuse import Misuse

__all__ = ["Router"]


def _named(_: object, __: attrs.Attribute[str], value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}", value):
        raise Misuse(f"{value!r} is not a router's name: letters, digits, '-', '_' and '.', at most 63")


@attrs.frozen
class Router:
    """A router of this stack, by its name.

    With one router its config is `wiretik:host`, `wiretik:username`, `wiretik:password` and so on, and the name is only
    what messages call it. With several, `wiretik:routers` has an object with the same keys for each name. See
    `docs/configuration.md` for all keys and the environment variables that stand beside them.

    Args:
        name: letters, digits, `-`, `_` and `.`.

    Raises:
        ValueError: the name isn't one.
    """

    name: str = attrs.field(validator=_named)
