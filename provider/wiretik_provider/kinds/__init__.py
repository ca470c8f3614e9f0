"""What a resource can be: a row, a singleton, a whole list, an element that is held, the gate.

Each kind is check, create, read, update, delete. It is made from a descriptor and holds no state, and knows links and
rows and nothing of Pulumi: `dynamic` puts it behind Pulumi's provider protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

import attrs

from wiretik_provider.rows.compare import UNKNOWN

if TYPE_CHECKING:
    from wiretik_provider.api.link import Link
    from wiretik_provider.menus.descriptor import Problem

__all__ = ["Checked", "Created", "Kind", "Links", "Props", "Seen", "other_router"]

Props = Mapping[str, Any]
"""Inputs or outputs by Python's names."""


@attrs.frozen
class Links:
    """The links to a stack's routers.

    Attributes:
        config: the stack's config with its namespaces.
    """

    config: Mapping[str, str]

    def __call__(self, name: str) -> Link:
        """The link to a router by its name in the program; `ConfigError` where config doesn't say how to reach it."""
        from wiretik_provider.api.link import link  # noqa: PLC0415, a program knows kinds and connects to nothing

        return link(self.config, name)


class Checked(NamedTuple):
    """What `check` found."""

    inputs: dict[str, Any]
    problems: list[Problem]


class Created(NamedTuple):
    """What `create` made."""

    id: str
    outputs: dict[str, Any]


class Seen(NamedTuple):
    """What `read` saw."""

    id: str
    outputs: dict[str, Any]
    inputs: dict[str, Any] | None
    """None leaves the state's."""


def other_router(olds: Props, news: Props) -> list[str]:
    """The property that makes a resource another one: its router, where it is known to be another."""
    same = news.get("router") is UNKNOWN or olds.get("router", "") == news.get("router", "")
    return [] if same else ["router"]


class Kind(Protocol):
    """What Pulumi asks of a resource, without Pulumi."""

    deleted_first: ClassVar[bool]
    """Whether what is replaced goes before the new one is made."""

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises inputs and tells all that is wrong; connects to nothing, but for the gate."""
        ...

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """The properties whose change can't be an update in place; raises where a replacement would do harm."""
        ...

    def create(self, links: Links, props: Props) -> Created:
        """Makes it so, or takes over what a killed run had made."""
        ...

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """What is there now; None if it is gone."""
        ...

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        """Makes it so; gives the new outputs."""
        ...

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Takes it away, or gives back what was there before."""
        ...
