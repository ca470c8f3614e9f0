"""A menu with one row and no id (`/ip/dns`, `/system/identity`): only the declared properties are owned.

What a property had before it was first declared is kept in the state, and comes back when it is no longer declared or
the resource is destroyed. There is no comment to carry a tag, so after a run that was killed between the write and the
state only the gate's note tells them (`gate.formers`); without it a resource finds its own values as the former ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from wiretik_provider.api.link import Link
from wiretik_provider.errors import Trap
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.refusals import refusal, refuse_late
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, stored

__all__ = ["SingletonKind"]


@attrs.frozen
class SingletonKind:
    """The row of one singleton menu."""

    menu: Menu

    deleted_first: ClassVar[bool] = True

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises what was declared; see `rows.check`."""
        del links
        checked, problems = compare.check(self.menu, news)
        return Checked(stored.met(olds, checked), problems)

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Only another router makes it another row."""
        return other_router(olds, news)

    def create(self, links: Links, props: Props) -> Created:
        """Sets the declared properties and keeps what they had."""
        link = links(str(props.get("router", "")))
        noted, wanted = link.before.get(self.menu.path, {}), compare.declared(self.menu, props)
        former = {name: text for name, text in noted.items() if name in wanted}
        return Created(self.menu.path, self._apply(links, props, {**former, **link.former.pop(self.menu.path, {})}))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """What the declared properties have now."""
        row = _row(links(str(props.get("router", ""))), self.menu)
        if compare.DECLARED not in props:
            return Seen(resource_id, stored.outputs(self.menu, row, {**props, compare.DECLARED: []}), dict(props))
        return Seen(resource_id, stored.outputs(self.menu, row, props), stored.inputs(self.menu, row, props))

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        """Sets what is declared now, and gives back what no longer is."""
        del resource_id
        return self._apply(links, news, olds.get(compare.FORMER) or {})

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Gives every declared property its former value back, but for those that another resource declares now.

        Of these the one that replaces this one, by the same name, learns here what they had before.
        """
        del resource_id
        link, former = links(str(props.get("router", ""))), props.get(compare.FORMER) or {}
        if link.declares(str(props.get("tag", ""))):
            link.former[self.menu.path] = former
        self._give_back(link, former)

    def _apply(self, links: Links, props: Props, former: Mapping[str, str]) -> dict[str, Any]:
        link = links(str(props.get("router", "")))
        wanted = compare.declared(self.menu, props)
        refuse_late(link, self.menu, wanted, self.menu.noun)

        # Outside, so that a second run after a lost answer still knows what the first one saw.
        kept: dict[str, str] = {}

        def make() -> dict[str, Any]:
            with link.lock(self.menu.path):
                row = _row(link, self.menu)
                for name in wanted:
                    kept.setdefault(name, former.get(name, row.get(name, "")))
                found = compare.changes(self.menu, row, wanted, whole=False)
                self._give_back(link, {name: text for name, text in former.items() if name not in wanted})
                if found:
                    self._set(link, compare.set_words(found))
                    row = _row(link, self.menu)
                return stored.outputs(self.menu, row, {**props, compare.DECLARED: list(props), compare.FORMER: kept})

        return link.settled(self.menu.path, make)

    def _give_back(self, link: Link, former: Mapping[str, str]) -> None:
        declared = link.deployment.properties.get(self.menu.path, frozenset()) if link.deployment else frozenset()
        if words := tuple(f"={name}={text}" for name, text in former.items() if name not in declared):
            self._set(link, words)

    def _set(self, link: Link, words: tuple[str, ...]) -> None:
        try:
            link.ask(self.menu.path, "set", *words)
        except Trap as trap:
            raise refusal(link, self.menu, trap, self.menu.noun, words) from None
        link.forget(self.menu.path)


def _row(link: Link, menu: Menu) -> Mapping[str, str]:
    return link.rows(menu.path)[0]
