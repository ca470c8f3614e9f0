"""An element of a row's list, held until what leans on it is gone: a prefix of a WireGuard peer's allowed-address.

The row itself declares its list whole, brings it onto the router and finds drift in it; this resource is there for the
order. What leans on the element depends on it, so a deployment that takes both out deletes the leaning row first, and
then, here, takes the element out of the list (`wiretik_provider.rows.held`).

Rule: nothing is taken out that the program declares. Where this process doesn't know what it declares, since neither
the gate nor the row was looked at, the element stays and a warning says so: the next refresh finds it as drift.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

import attrs

from wiretik_provider.api.link import Link
from wiretik_provider.errors import InvalidValue, Trap
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.refusals import refusal
from wiretik_provider.menus.descriptor import Menu, Problem
from wiretik_provider.rows import compare, held

__all__ = ["HeldKind"]

_TAKES: Final = ("element", "of")


@attrs.frozen
class HeldKind:
    """One element of the list that `menu.holds` names.

    Inputs are `element`, and `of`: the tag of the row that has it.
    """

    menu: Menu

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:  # noqa: ARG002
        """Normalises the element as the list itself does."""
        inputs = dict(news)
        problems = [
            Problem(name, f"it has {' and '.join(_TAKES)}") for name in sorted(set(news) - {*compare.META, *_TAKES})
        ]
        problems += [Problem(name, "missing") for name in _TAKES if name not in news]
        if news.get("element", compare.UNKNOWN) is not compare.UNKNOWN:
            try:
                inputs["element"] = held.element(self.menu, news["element"])
            except InvalidValue as wrong:
                problems.append(Problem("element", wrong.problem))
        return Checked(inputs, problems)

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Another element, of another row, on another router."""
        told = [name for name in _TAKES if news.get(name) is not compare.UNKNOWN and olds.get(name) != news.get(name)]
        return [*other_router(olds, news), *told]

    def create(self, links: Links, props: Props) -> Created:  # noqa: ARG002
        """The row has put it onto the router."""
        return Created(f"{props['element']} of {props['of']}", dict(props))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:  # noqa: ARG002
        """The row looks after its list."""
        return Seen(resource_id, dict(props), None)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:  # noqa: ARG002
        """Nothing that can be updated is on the router."""
        return dict(news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Takes it out of the row's list."""
        del resource_id
        link = links(str(props.get("router", "")))
        owner, element = str(props["of"]), str(props["element"])
        with link.lock(f"{self.menu.path} {owner}"):  # others of the same list come after
            link.settled(self.menu.path, lambda: self._take(link, owner, element))

    def _take(self, link: Link, owner: str, element: str) -> None:
        mine = compare.owned_by(link.rows(self.menu.path, self.menu.query), owner)
        row = link.fresh(self.menu.path, mine[0][".id"], self.menu.query) if mine else None
        if row is None or element not in held.elements(self.menu, row):
            return
        name = compare.label(self.menu, row)
        if (declared := link.declared.get(owner)) is None:
            link.warn(
                f"{name} keeps {element} in {self.menu.holds}: this run didn't see how the program declares that row"
            )
            return
        if element in declared:
            return
        words = (f"=.id={row['.id']}", f"={self.menu.holds}={held.without(self.menu, row, [element])[self.menu.holds]}")
        try:
            link.ask(self.menu.path, "set", *words)
        except Trap as trap:
            raise refusal(link, self.menu, trap, name, words) from None
        link.fresh(self.menu.path, row[".id"], self.menu.query)
