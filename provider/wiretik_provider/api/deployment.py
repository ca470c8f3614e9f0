"""What a deployment declares on a router, and what it misses there, as the gate was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wiretik_provider.lists.entries import Entry

__all__ = ["Deployment", "Gone"]


class Deployment(NamedTuple):
    """What this deployment declares on a router, as the gate was told: the program as a whole."""

    owners: frozenset[str]
    """The tags of its resources."""
    lists: Mapping[tuple[str, str], Mapping[str, Mapping[str, Entry]]]
    """By menu and name, the address lists that it declares: by tags, what each resource wants of them."""
    properties: Mapping[str, frozenset[str]]
    """What it declares of menus with one row, by their paths."""


class Gone(NamedTuple):
    """What earlier deployments made on a router and isn't there any more, as the gate has seen."""

    owners: frozenset[str] = frozenset()
    """The tags of its resources."""
    text: str = ""
    """What a user is told of it."""
