"""A menu with one row and no id (`/ip/dns`, `/system/identity`), or one of the rows that only the router makes.

Only the declared properties are owned. Of rows that only the router makes (`/interface/ethernet`) one is found by what
it prints, `find`.

What a property had before it was first declared is kept in the state, and comes back when it is no longer declared or
the resource is destroyed. There is no comment to carry a tag, so after a run that was killed between the write and the
state only the gate's note tells them (`gate.noted.formers`); without it a resource finds its
own values as the former ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from wiretik_provider.api.link import Link
from wiretik_provider.errors import RowError, Trap
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.refusals import refusal, refuse_late
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import baseline, compare, fixed, stored
from wiretik_provider.rows.compare import UNKNOWN, Row

__all__ = ["SingletonKind"]


@attrs.frozen
class SingletonKind:
    """The row of one singleton menu, or one of the rows of a menu that only the router adds to."""

    menu: Menu

    deleted_first: ClassVar[bool] = True

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises what was declared; see `rows.check`."""
        del links
        checked, problems = compare.check(self.menu, news)
        problems += list(fixed.find_problems(self.menu, news))
        return Checked(stored.met(olds, checked), problems)

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Only another router, or what finds another row there, makes it another one."""
        moved = UNKNOWN not in (olds.get("find"), news.get("find")) and olds.get("find") != news.get("find")
        return [*other_router(olds, news), *(["find"] if moved else [])]

    def create(self, links: Links, props: Props) -> Created:
        """Sets the declared properties and keeps what they had."""
        link = links(str(props.get("router", "")))
        place = fixed.place(self.menu, props)
        noted, wanted = link.before.get(place, {}), compare.declared(self.menu, props)
        former = {name: text for name, text in noted.items() if name in wanted}
        return Created(place, self._apply(links, props, {**former, **link.former.pop(place, {})}, {}))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """What the declared properties have now."""
        link = links(str(props.get("router", "")))
        if self.menu.fixed and not fixed.found(self.menu, link.rows(self.menu.path), props):
            return None
        row = baseline.settled(self.menu, self._row(link, props), props)
        if compare.DECLARED not in props:
            return Seen(resource_id, stored.outputs(self.menu, row, {**props, compare.DECLARED: []}), dict(props))
        heard = {baseline.ECHO: props[baseline.ECHO]} if baseline.ECHO in props else {}
        outs = {**stored.outputs(self.menu, row, props), **heard}
        return Seen(resource_id, outs, stored.inputs(self.menu, row, props))

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        """Sets what is declared now, and gives back what no longer is."""
        del resource_id
        return self._apply(links, news, olds.get(compare.FORMER) or {}, olds)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Gives every declared property its former value back, but for those that another resource declares now.

        Of these the one that replaces this one, by the same name, learns here what they had before.
        """
        del resource_id
        link, former = links(str(props.get("router", ""))), props.get(compare.FORMER) or {}
        if link.declares(str(props.get("tag", ""))):
            link.former[fixed.place(self.menu, props)] = former
        if self.menu.fixed and not fixed.found(self.menu, link.rows(self.menu.path), props):
            return  # the router took it away with its hardware
        self._give_back(link, former, props)

    def _apply(self, links: Links, props: Props, former: Mapping[str, str], olds: Props) -> dict[str, Any]:
        link = links(str(props.get("router", "")))
        wanted = compare.declared(self.menu, props)
        refuse_late(link, self.menu, wanted, self.menu.noun)

        unseen = [
            field.name
            for field in self.menu.writable
            if field.secret and field.name in wanted and olds.get(field.attribute) != props.get(field.attribute)
        ]
        # Outside, so that a second run after a lost answer still knows what the first one saw.
        kept: dict[str, str] = {}

        def make() -> dict[str, Any]:
            with link.lock(self.menu.path):
                was = row = self._row(link, props)
                for name in wanted:
                    shown = "" if self.menu.loose and self.menu.by_name[name].secret else row.get(name, "")
                    kept.setdefault(name, former.get(name, shown))
                there = baseline.settled(self.menu, row, olds)
                found = compare.changes(self.menu, there, wanted, whole=False, unseen=unseen)
                self._give_back(link, {name: text for name, text in former.items() if name not in wanted}, props)
                if found:
                    self._set(link, compare.set_words(found), props)
                    row = self._row(link, props)
                told = {**props, compare.DECLARED: list(props), compare.FORMER: kept}
                hidden = {}
                if self.menu.loose:
                    hidden = baseline.written(self.menu, row, told, link.version_text, was=was, olds=olds)
                hidden.pop(baseline.BASE, None)
                row = baseline.settled(self.menu, row, {**told, **hidden})
                for one in baseline.odd(self.menu, row, told) if self.menu.loose else ():
                    link.warn(f"{self.menu.noun}: {one}: it may not have done what was asked")
                return {**stored.outputs(self.menu, row, told), **hidden}

        return link.settled(self.menu.path, make)

    def _row(self, link: Link, props: Props) -> Row:
        """The row.

        Raises:
            RowError: of rows that only the router makes, not just one is as `find` says.
        """
        rows = link.rows(self.menu.path)
        if not self.menu.fixed:
            if not rows:
                raise RowError(link.label, self.menu.path, self.menu.noun, "the router shows no row of this menu")
            return rows[0]
        found = fixed.found(self.menu, rows, props)
        if len(found) != 1:
            raise RowError(link.label, self.menu.path, fixed.shown(props), fixed.why(self.menu, rows, found))
        return found[0]

    def _give_back(self, link: Link, former: Mapping[str, str], props: Props) -> None:
        place = fixed.place(self.menu, props)
        declared = link.deployment.properties.get(place, frozenset()) if link.deployment else frozenset()
        # What wasn't printed before is unset: some properties don't take an empty text.
        words = tuple(
            f"=!{name}=" if self.menu.loose and not text else f"={name}={text}"
            for name, text in former.items()
            if name not in declared
        )
        if words:
            self._set(link, words, props)

    def _set(self, link: Link, words: tuple[str, ...], props: Props) -> None:
        chosen = (f"=.id={self._row(link, props)['.id']}",) if self.menu.fixed else ()
        try:
            link.ask(self.menu.path, "set", *chosen, *words)
        except Trap as trap:
            raise refusal(link, self.menu, trap, self.menu.noun, words) from None
        link.forget(self.menu.path)
