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
    whole: bool = True
    """Whether that is all: one gate was told of the program, and not several of a part each (`gate.several`)."""
    leaving: frozenset[str] = frozenset()
    """The tags of what earlier deployments declared and nobody does any more."""

    def dropped(self, owner: str) -> bool:
        """Whether a resource is known not to be declared any more."""
        return owner not in self.owners and (self.whole or owner in self.leaving)

    def knows(self, owner: str) -> bool:
        """Whether it is known of a resource if it is declared."""
        return self.whole or owner in self.owners or owner in self.leaving


class Gone(NamedTuple):
    """What earlier deployments made on a router and isn't there any more, as the gate has seen."""

    owners: frozenset[str] = frozenset()
    """The tags of its resources."""
    text: str = ""
    """What a user is told of it."""
