"""A row of a menu without comments: nothing on the router says whose it is.

It is known by its natural key, or by its id and what was declared of it where it has none or somebody changed that.
Whether a row that is there
already is this resource's own, made by a run that was killed before it wrote its state, only the gate knows: it notes
whom it let through (`Link.before_now`).

The rule: a row that is there and was never this stack's is refused, or taken over where that is asked for. What a row
that was taken over had before comes back on destroy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs

from wiretik_provider.api.link import Link, say
from wiretik_provider.errors import InvalidValue, RowError
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.placing import checked_row
from wiretik_provider.kinds.refusals import refuse_late, write
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import baseline, compare, stored
from wiretik_provider.rows.compare import Row

__all__ = ["UntaggedKind"]


@attrs.frozen
class UntaggedKind:
    """A row of one menu without comments."""

    menu: Menu

    deleted_first: ClassVar[bool] = True

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises what was declared; see `rows.check`."""
        del links
        return checked_row(self.menu, olds, news)

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Another router, and what can't be changed once a row is there."""
        fixed = [field.attribute for field in self.menu.writable if field.add_only]
        return [*other_router(olds, news), *(name for name in fixed if olds.get(name) != news.get(name))]

    def create(self, links: Links, props: Props) -> Created:
        """Adds the row, or takes one over that is there."""
        link = links(str(props.get("router", "")))
        wanted = self._wanted(link, props)

        def make() -> Created:
            with link.lock(self.menu.path):
                kept = link.rows(self.menu.path)
                there = compare.twin(self.menu, self._free(link, kept), wanted, "")
                former: dict[str, Any] = {}
                if there is None:
                    row = self._add(link, wanted)
                    was: Row = {}
                else:
                    if props.get("adopt") or link.adopting:
                        former = {compare.FORMER: stored.former(self.menu, there)}
                    elif str(props.get("tag", "")) not in link.let_through:
                        self._refuse(link, there, wanted)
                    was, row = there, self._correct(link, there, wanted, props, {})
                link.mine.add((self.menu.path, row[".id"]))
                told = {**props, compare.DECLARED: list(props), **former}
                outs = self._written(link, row, told, was, {})
                return Created(compare.key(self.menu, row) or row[".id"], outs)

        return link.settled(self.menu.path, make)

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """The row as it is."""
        link = links(str(props.get("router", "")))
        kept = link.rows(self.menu.path)
        if compare.DECLARED not in props:
            row = next((one for one in kept if resource_id in (one[".id"], compare.key(self.menu, one))), None)
            if row is None:
                return None
            return Seen(resource_id, self._outputs(link, row, {**props, compare.DECLARED: []}), dict(props))
        row = self._found(link, kept, props)
        if row is None:
            return None
        link.mine.add((self.menu.path, row[".id"]))
        base = baseline.target(self.menu, props, props[compare.DECLARED], link.version_text)
        ins = stored.inputs(self.menu, baseline.settled(self.menu, row, props), props, base)
        outs = {**self._outputs(link, row, props), **baseline.kept(self.menu, row, props, link.version_text)}
        return Seen(resource_id, outs, ins)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        """Changes the row in place, or adds it again if it is gone."""
        del resource_id
        link = links(str(news.get("router", "")))
        wanted = self._wanted(link, news)
        former = {compare.FORMER: olds[compare.FORMER]} if compare.FORMER in olds else {}

        def make() -> dict[str, Any]:
            with link.lock(self.menu.path):
                kept = link.rows(self.menu.path)
                row = self._found(link, kept, olds) or compare.find(self.menu, kept, {**news, "row_id": ""})
                was = (link.fresh(self.menu.path, row[".id"]) if row else None) or {}
                there = self._correct(link, was, wanted, news, olds) if was else self._add(link, wanted)
                return self._written(
                    link, there, {**news, compare.DECLARED: list(news), **former}, was, olds if was else {}
                )

        return link.settled(self.menu.path, make)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Removes the row, or gives it back if it was there before."""
        del resource_id
        link = links(str(props.get("router", "")))

        def make() -> None:
            with link.lock(self.menu.path):
                row = self._found(link, link.rows(self.menu.path), props)
                row = link.fresh(self.menu.path, row[".id"]) if row else None
                if row is None:
                    return
                if compare.FORMER in props:
                    self._give_back(link, row, props[compare.FORMER])
                    return
                write(link, self.menu, "remove", (f"=.id={row['.id']}",), row)
                link.dropped(self.menu.path, row[".id"])

        link.settled(self.menu.path, make)

    def _wanted(self, link: Link, props: Props) -> dict[str, Any]:
        wanted: dict[str, Any] = compare.declared(self.menu, props)
        refuse_late(link, self.menu, wanted, compare.label(self.menu, wanted))
        if "disabled" in self.menu.by_name:
            wanted.setdefault("disabled", False)
        return wanted

    def _found(self, link: Link, kept: Sequence[Row], props: Props) -> Row | None:
        """The row of a resource, by its key or, where somebody changed that, by its id and all else that it had."""
        if (row := compare.find(self.menu, kept, props)) is not None or not self.menu.key:
            return row
        row = next((row for row in self._free(link, kept) if row.get(".id") == props.get("row_id")), None)
        told = {name: value for name, value in compare.declared(self.menu, props).items() if name not in self.menu.key}
        base = baseline.target(self.menu, props, props.get(compare.DECLARED, ()), link.version_text)
        telling = told.keys() - {"disabled"} or any(base.values())
        if row is None or not telling:  # an id alone says nothing: rows of a restored export have other ones
            return None
        fields = (self.menu.by_name[name] for name in self.menu.key)
        now = {field.name: value for field in fields if (value := compare.value_of(field, row.get(field.name)))}
        there = baseline.settled(self.menu, row, props)
        return None if compare.changes(self.menu, there, {**told, **now}, base=base) else row

    def _free(self, link: Link, kept: Sequence[Row]) -> list[Row]:
        """The rows that no resource of this process has."""
        return [row for row in kept if (self.menu.path, row.get(".id")) not in link.mine]

    def _add(self, link: Link, wanted: Mapping[str, Any]) -> Row:
        row_id = write(link, self.menu, "add", compare.add_words(self.menu, wanted), wanted)
        row = link.fresh(self.menu.path, row_id)
        if row is None:
            name = compare.label(self.menu, wanted)
            raise RowError(link.label, self.menu.path, name, f"it was added as {row_id} and is gone again")
        return row

    def _correct(self, link: Link, row: Row, wanted: Mapping[str, Any], props: Props, olds: Props) -> Row:
        base = baseline.target(self.menu, olds, props.keys(), link.version_text)
        base = {name: text for name, text in base.items() if name not in wanted}
        fields = [field for field in self.menu.writable if field.secret]
        unseen = [field.name for field in fields if olds.get(field.attribute) != props.get(field.attribute)]
        there = baseline.settled(self.menu, row, olds)
        found = compare.changes(self.menu, there, wanted, unseen=unseen, base=base)
        if not found:
            return row
        write(link, self.menu, "set", (f"=.id={row['.id']}", *compare.set_words(found)), wanted)
        return link.fresh(self.menu.path, row[".id"]) or row

    def _give_back(self, link: Link, row: Row, former: Mapping[str, str]) -> None:
        name = compare.label(self.menu, row)
        say(f"note: {link.label}: {name} was there before: it is given back and stays on the router")
        words = stored.words_back(row, former)
        if words:
            write(link, self.menu, "set", (f"=.id={row['.id']}", *words), row)
            link.fresh(self.menu.path, row[".id"])

    def _refuse(self, link: Link, there: Row, wanted: Mapping[str, Any]) -> None:
        name = compare.label(self.menu, there)
        raise RowError(
            link.label,
            self.menu.path,
            compare.label(self.menu, wanted),
            f"the router has it already ({name}, {there.get('.id', '')}), and without a comment nothing says that it "
            "is this program's; adopt=True takes it over",
        )

    def _written(self, link: Link, row: Row, props: Props, was: Row, olds: Props) -> dict[str, Any]:
        known = {baseline.BASE: olds[baseline.BASE]} if was and baseline.BASE in olds else {}
        hidden = baseline.written(self.menu, row, {**props, **known}, link.version_text, was=was, olds=olds)
        for told in baseline.odd(self.menu, baseline.settled(self.menu, row, {**props, **hidden}), props):
            link.warn(f"{compare.label(self.menu, row)}: {told}: it may not have done what was asked")
        return {**self._outputs(link, row, {**props, **hidden}), **hidden}

    def _outputs(self, link: Link, row: Row, props: Props) -> dict[str, Any]:
        try:
            return stored.outputs(self.menu, baseline.settled(self.menu, row, props), props)
        except InvalidValue as error:
            raise RowError(link.label, self.menu.path, compare.label(self.menu, row), error.problem) from None
