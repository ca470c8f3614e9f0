"""One row of a menu that has many: it is found by its tag, changed in place, and put where it belongs.

Each operation looks at the router, decides by pure functions of `rows` and `position`, and writes; run again after a
lost answer or a `kill -9`, it finds its own work and does only the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from wiretik_provider.api.link import Link, say
from wiretik_provider.api.session import Command
from wiretik_provider.codecs.base import Value
from wiretik_provider.errors import InvalidValue, Overtaken, RouterError, RowError
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.exchanging import list_turn, room_for
from wiretik_provider.kinds.meeting import came_second, other_order
from wiretik_provider.kinds.placing import checked_row, lists_of, place_of
from wiretik_provider.kinds.refusals import refusal, refuse_late, write
from wiretik_provider.kinds.taking_over import (
    as_before,
    former_of,
    had_before,
    may_adopt,
    may_have,
    refuse_twin,
    was_renamed,
)
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import baseline, claims, compare, exchange, held, ownership, stored
from wiretik_provider.rows.ownership import Holder, Tag
from wiretik_provider.rules import places, position

__all__ = ["RowKind"]

Row = Mapping[str, str]


@attrs.frozen
class RowKind:
    """A row of one menu."""

    menu: Menu

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises what was declared; see `rows.check`."""
        del links
        return checked_row(self.menu, olds, news)

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Only another router makes a row another row."""
        moved = other_router(olds, news)
        if moved and self._key_made_by_router(olds):
            raise RowError(
                f"router {olds.get('router', '')}",
                self.menu.path,
                compare.label(self.menu, _by_name(self.menu, olds)),
                "it would be replaced, and its private key, which the router made, would be lost: every peer would "
                "need the new public key. Declare private_key=, or give the resource another name to have two",
            )
        return moved

    def _key_made_by_router(self, olds: Props) -> bool:
        names = olds.get(compare.DECLARED, [])
        return any(field.secret and field.computed and field.attribute not in names for field in self.menu.writable)

    def create(self, links: Links, props: Props) -> Created:
        """Adds the row, takes over its own one, or adopts a foreign one where that was asked for."""
        link = links(str(props.get("router", "")))
        wanted, plain = self._wanted(link, props)
        secrets = [field.name for field in self.menu.writable if field.secret and field.name in wanted]
        # Outside, so that a second run after a lost answer still knows what the first one found.
        extra: dict[str, Any] = {}

        def signed(there: Collection[Row]) -> Tag:
            return plain._replace(generation=extra.setdefault(compare.GENERATION, link.generation(plain.owner, there)))

        before: list[set[str]] = []

        def make() -> Created:
            with self._turn(link, alone=bool(props.get("adopt")) or link.adopting):
                kept = link.rows(self.menu.path, self.menu.query)
                before.append({row[".id"] for row in kept})
                behind = claims.had_by(kept, {Holder(plain.owner, ownership.ANY)})
                if mine := compare.owned_by(kept, plain.owner):
                    extra.update(had_before(link, mine[0]) or self._signed_before(link, mine[0]))
                    row = self._take(link, mine[0], wanted, signed(mine), props, unseen=secrets)
                else:
                    # What it takes over is its own row from then on, and not in its way.
                    met = compare.twin(self.menu, kept, wanted, plain.stack)
                    taken = met and (may_adopt(link, met, props) or was_renamed(link, met, plain))
                    own_id = met[".id"] if met and taken else ""
                    with room_for(link, self.menu, wanted, own_id, plain.owner):
                        kept = link.rows(self.menu.path, self.menu.query)
                        other = compare.twin(self.menu, kept, wanted, plain.stack)
                        if other and was_renamed(link, other, plain):
                            extra.update(had_before(link, other))
                            row = self._take(link, other, wanted, signed([other]), props, unseen=secrets)
                        elif other:
                            extra[compare.FORMER] = former_of(link, self.menu, other, wanted, props)
                            tag = signed(behind)._replace(adopted=True)
                            row = self._correct(link, other, wanted, tag, props, unseen=secrets)
                        else:
                            row = self._add(link, kept, wanted, signed(behind), props)
                link.note(plain.owner, wanted.get(self.menu.holds))
                outs = self._written(link, row, {**props, compare.DECLARED: list(props), **extra}, {}, {})
                return Created(compare.key(self.menu, row) or plain.owner, outs)

        try:
            return link.settled(self.menu.path, make)
        except RowError:
            self._leave_nothing(link, plain.owner, before[0])
            raise

    def _signed_before(self, link: Link, row: Row) -> dict[str, Any]:
        """What a row had that an adoption has signed, which was killed before the state was written."""
        tag = ownership.tag_of(row)
        if not (link.adopting and tag and tag.adopted):
            return {}
        return {compare.FORMER: stored.former(self.menu, stored.as_found(row))}

    def _leave_nothing(self, link: Link, owner: str, before: Collection[str]) -> None:
        """Removes what was added in vain: the state won't know of it."""
        for row in compare.owned_by(link.rows(self.menu.path, self.menu.query), owner):
            if row[".id"] not in before:
                with suppress(RouterError):  # what went wrong first is told
                    write(link, self.menu, "remove", (f"=.id={row['.id']}",), row)
                link.dropped(self.menu.path, row[".id"], self.menu.query)

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """The row as it is; a rule that no longer stands where it belongs has another `position` in its inputs."""
        link = links(str(props.get("router", "")))
        kept = link.rows(self.menu.path, self.menu.query)
        if compare.DECLARED not in props:  # `get`: only the id is known
            row = self._look_up(kept, resource_id)
            if row is None:
                return None
            outs = self._outputs(link, row, {**props, compare.DECLARED: []})
            return Seen(resource_id, outs, dict(props))
        row = compare.find(self.menu, kept, props)
        if row is None:
            return None
        base = baseline.target(self.menu, props, props[compare.DECLARED], link.version_text) if self.menu.loose else {}
        ins = stored.inputs(self.menu, baseline.settled(self.menu, row, props), props, base)
        if compare.doubles(self.menu, kept, row):
            ins["tag"] = f"{props['tag']} twice"
        place = place_of(props)
        lists = lists_of(link, place, kept)
        if place and (wrong := position.misplaced(kept, row[".id"], place, str(props["tag"]), lists)):
            ins["position"] = {"at": "elsewhere", "because": wrong}
        known = baseline.kept(self.menu, row, props, link.version_text) if self.menu.loose else {}
        return Seen(resource_id, {**self._outputs(link, row, props), **known}, ins)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        """Changes the row in place, adds it again if it is gone, and puts it where it belongs."""
        link = links(str(news.get("router", "")))
        wanted, plain = self._wanted(link, news)
        tag = plain._replace(generation=str(olds.get(compare.GENERATION, "")))
        former = {compare.FORMER: olds[compare.FORMER]} if compare.FORMER in olds else {}
        carried = {**former, **stored.generation_of(olds)}
        secrets = [
            field.name
            for field in self.menu.writable
            if field.secret and olds.get(field.attribute) != news.get(field.attribute)
        ]

        def make() -> dict[str, Any]:
            unsigned = not compare.owned_by(link.rows(self.menu.path, self.menu.query), tag.owner)
            with self._turn(link, alone=unsigned), list_turn(link, self.menu, wanted, tag.owner):
                kept = link.rows(self.menu.path, self.menu.query)
                mine = compare.owned_by(kept, tag.owner)
                row = mine[0] if mine else compare.find(self.menu, kept, olds)
                row = row if row and may_have(link, self.menu, row, tag.owner, wanted) else None
                row = link.fresh(self.menu.path, row[".id"], self.menu.query) if row else None
                was = row or {}
                left: list[str] = []
                if row is None:
                    with room_for(link, self.menu, wanted, "", tag.owner):
                        kept = link.rows(self.menu.path, self.menu.query)
                        refuse_twin(link, self.menu, kept, wanted, news)
                        row = self._add(link, kept, wanted, tag, news)
                else:
                    self._undouble(link, row)
                    left = held.left_for_now(self.menu, row, olds, wanted)
                    moved = exchange.had_elsewhere(self.menu, kept, row, left)
                    left = [one for one in left if one not in moved]
                    whole = held.holding(self.menu, wanted, left)
                    signed = as_before(tag, row, claims.of(olds))
                    signed = signed._replace(adopted=True) if former else signed
                    row = self._correct(link, row, whole, signed, news, unseen=secrets, olds=olds)
                    row = held.without(self.menu, row, left)  # in the state it is as it will be
                link.note(tag.owner, wanted.get(self.menu.holds))
                outs = self._written(link, row, {**news, compare.DECLARED: list(news), **carried}, was, olds)
                return {**outs, held.LEFT: left} if left else outs

        del resource_id
        return link.settled(self.menu.path, make)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Removes the row, unless another resource has it; an adopted one gets its former values back instead.

        Another one has it that took it over, or had it before this one and isn't deleted yet (`ownership`), or is
        declared by this type and name in this deployment.
        """
        link, owner = links(str(props.get("router", ""))), str(props.get("tag", ""))
        mine = claims.of(props, ended=link.ended(owner))

        def make() -> None:
            with self._turn(link):
                kept = link.rows(self.menu.path, self.menu.query)
                known = compare.find(self.menu, kept, props)
                found = claims.had_by(kept, mine) or ([known] if known else [])
                now = (link.fresh(self.menu.path, row[".id"], self.menu.query) for row in found)
                alone: list[Row] = []
                for row in filter(None, now):
                    if owners := self._leave(link, row, mine):
                        last = partial(self.delete, links, resource_id, {**props, claims.LAST: owners})
                        link.spare(compare.label(self.menu, row), owners, last)
                    else:
                        alone.append(row)
                if link.declares(owner):
                    return
                for row in alone if claims.LAST in props else alone[:1]:
                    self._remove(link, row, props)

        link.settled(self.menu.path, make)

    def _leave(self, link: Link, row: Row, mine: Collection[Holder]) -> list[str]:
        """Leaves a row to the others that have it: all that do, and nobody where it is this resource's alone."""
        tag = ownership.tag_of(row)
        if tag is None:
            return []
        left = ownership.without(tag, mine) if ownership.has(tag, mine) else tag
        if left is None or (left != tag and all(link.ended(one.owner) for one in left.holders)):
            return []
        if left != tag:
            signed = ownership.signed(ownership.text_of(row), left)
            write(link, self.menu, "set", (f"=.id={row['.id']}", f"=comment={signed}"), row)
            link.fresh(self.menu.path, row[".id"], self.menu.query)
        return [one.owner for one in tag.holders]

    def _remove(self, link: Link, row: Row, props: Props) -> None:
        """Removes a row that nobody else has, or gives it back if it was adopted."""
        tag = ownership.tag_of(row)
        if not (tag or self.menu.key or row[".id"] == props.get("row_id")):
            link.warn(f"{compare.label(self.menu, row)} ({row['.id']}) lost its tag, so it may be another's: it stays")
            return
        self._undouble(link, row)
        if compare.FORMER in props or (tag and tag.adopted):
            self._give_back(link, row, props.get(compare.FORMER))
            return
        write(link, self.menu, "remove", (f"=.id={row['.id']}",), row)
        link.dropped(self.menu.path, row[".id"], self.menu.query)

    def _written(self, link: Link, row: Row, props: Props, was: Row, olds: Props) -> dict[str, Any]:
        """The outputs after a write, and what is held against the router from then on."""
        if not self.menu.loose:
            return self._outputs(link, row, props)
        known = {baseline.BASE: olds[baseline.BASE]} if was and baseline.BASE in olds else {}
        hidden = baseline.written(self.menu, row, {**props, **known}, link.version_text, was=was, olds=olds)
        for told in baseline.odd(self.menu, baseline.settled(self.menu, row, {**props, **hidden}), props):
            link.warn(f"{compare.label(self.menu, row)}: {told}: it may not have done what was asked")
        return {**self._outputs(link, row, {**props, **hidden}), **hidden}

    def _outputs(self, link: Link, row: Row, props: Props) -> dict[str, Any]:
        """What the resource is told to be; a row that can't be trusted with what it prints is refused."""
        try:
            return stored.outputs(self.menu, baseline.settled(self.menu, row, props), props)
        except InvalidValue as error:
            raise RowError(link.label, self.menu.path, compare.label(self.menu, row), error.problem) from None

    def _turn(self, link: Link, *, alone: bool = False) -> AbstractContextManager[None]:
        """Where order matters, rows are looked at, judged and written one after the other; elsewhere side by side.

        Who may take over a row that is nobody's does so `alone`, so that no two take the same.
        """
        return link.lock(self.menu.path) if self.menu.ordered or alone else nullcontext()

    def _wanted(self, link: Link, props: Props) -> tuple[dict[str, Value], Tag]:
        """The declared values, and the tag that the row shall carry."""
        wanted = compare.declared(self.menu, props)
        refuse_late(link, self.menu, wanted, compare.label(self.menu, wanted))
        if self.menu.loose and "disabled" in self.menu.by_name:
            wanted.setdefault("disabled", False)  # clients and radios begin disabled (docs/facts/menus.md#every-menu)
        owner = str(props["tag"])
        place, target = places.digits(place_of(props))
        return wanted, Tag(owner[:4], owner[4:], place, target)

    def _take(
        self, link: Link, row: Row, wanted: dict[str, Value], tag: Tag, props: Props, *, unseen: Collection[str]
    ) -> Row:
        """Makes a row the resource's that was its own before, or another's of this stack."""
        self._undouble(link, row)
        return self._correct(link, row, wanted, as_before(tag, row), props, unseen=unseen)

    def _add(self, link: Link, kept: Sequence[Row], wanted: dict[str, Value], tag: Tag, props: Props) -> Row:
        signed = {**wanted, "comment": ownership.signed(str(wanted.get("comment", "")), tag)}
        before = self._destination(link, kept, compare.printed(self.menu, signed), props)
        words = compare.add_words(self.menu, signed) + ((f"=place-before={before}",) if before else ())
        row_id, seen = self._write_and_look(link, "add", words, f"?comment={signed['comment']}", wanted)
        row = next((row for row in seen if row.get(".id") == row_id), None)
        if row is None:
            row = next(iter(link.ask(self.menu.path, "print", f"?.id={row_id}").rows), None)
        if row is None:
            raise Overtaken(
                link.label,
                self.menu.path,
                compare.label(self.menu, wanted),
                f"it was added as {row_id} and is gone again",
            )
        link.put(self.menu.path, row, self.menu.query, before)
        if second := came_second(link, self.menu, wanted, row_id, tag.stack):
            write(link, self.menu, "remove", (f"=.id={row_id}",), row)
            link.forget(self.menu.path)
            raise Overtaken(link.label, self.menu.path, compare.label(self.menu, wanted), second)
        self._look_at_order(link, row, props)
        return row

    def _correct(
        self,
        link: Link,
        row: Row,
        wanted: dict[str, Value],
        tag: Tag,
        props: Props,
        *,
        unseen: Collection[str],
        olds: Props = MappingProxyType({}),
    ) -> Row:
        """Sets what differs and moves the row where it belongs."""
        base: Mapping[str, str | None] = {}
        left = stored.left_as_found(self.menu, props) if tag.adopted else ()
        wanted = {name: value for name, value in wanted.items() if name not in left}
        if self.menu.loose:
            base = baseline.target(self.menu, olds, props.keys(), link.version_text)
            base = {name: text for name, text in base.items() if name not in wanted}
        told = wanted.get("comment")
        text = None if told is None else str(told)
        signed = {**wanted, "comment": ownership.resigned(row.get("comment", ""), text, tag)}
        with room_for(link, self.menu, wanted, row[".id"], tag.owner) as now:
            there = baseline.settled(self.menu, now or row, olds)
            found = compare.changes(self.menu, there, signed, unseen=unseen, adopted=tag.adopted, base=base)
            if found:
                words = (f"=.id={row['.id']}", *compare.set_words(found))
                _, seen = self._write_and_look(link, "set", words, f"?.id={row['.id']}", wanted)
                if seen and not compare.changes(self.menu, seen[0], signed, adopted=tag.adopted):
                    row = seen[0]
                    link.put(self.menu.path, row, query=self.menu.query)
                else:
                    row = link.fresh(self.menu.path, row[".id"], self.menu.query) or row
                if second := came_second(link, self.menu, wanted, row[".id"], tag.stack):
                    write(
                        link, self.menu, "set", (f"=.id={row['.id']}", *compare.set_words(exchange.former(found))), row
                    )
                    raise Overtaken(link.label, self.menu.path, compare.label(self.menu, wanted), second)
        here = link.rows(self.menu.path, self.menu.query)
        place = None if link.adopting else place_of(props)  # what is adopted is signed where it stands
        if place and position.misplaced(here, row[".id"], place, str(props["tag"]), lists_of(link, place, here)):
            before = self._destination(link, here, row, props)
            words = (f"=numbers={row['.id']}", *((f"=destination={before}",) if before else ()))
            write(link, self.menu, "move", words, wanted)
            link.moved(self.menu.path, row[".id"], before, self.menu.query)
            self._look_at_order(link, row, props)
        return row

    def _look_at_order(self, link: Link, row: Row, props: Props) -> None:
        """Sees that the row stands where it was just put, and that no other stack asks for the same place."""
        if self.menu.ordered and (place := place_of(props)):
            lists = lists_of(link, place, link.rows(self.menu.path, self.menu.query))
            if other_order(link, self.menu, row, place, owner=str(props["tag"]), lists=lists):
                self._destination(link, link.rows(self.menu.path, self.menu.query), row, props)

    def _destination(self, link: Link, kept: Sequence[Row], row: Row, props: Props) -> str | None:
        if not self.menu.ordered:
            return None
        try:
            return position.destination(kept, row, place_of(props), str(props["tag"]))
        except places.NoPlace as error:
            raise RowError(
                link.label, self.menu.path, compare.label(self.menu, row), f"position: {error.problem}"
            ) from None

    def _undouble(self, link: Link, row: Row) -> None:
        """Removes what a command that was done late made a second time."""
        for other in compare.doubles(self.menu, link.rows(self.menu.path, self.menu.query), row):
            write(link, self.menu, "remove", (f"=.id={other['.id']}",), other)
            link.dropped(self.menu.path, other[".id"], self.menu.query)

    def _give_back(self, link: Link, row: Row, former: Mapping[str, str] | None) -> None:
        name = compare.label(self.menu, row)
        text = ownership.text_of(row)
        if former is None:
            words: tuple[str, ...] = (f"=comment={text}",)
            link.warn(f"{name} was adopted and its former values are lost (a run was killed): it is left as it is")
        else:
            say(f"note: {link.label}: {name} was there before: it is given back and stays on the router")
            words = stored.words_back(row, former)
        if words:
            write(link, self.menu, "set", (f"=.id={row['.id']}", *words), row)
        link.fresh(self.menu.path, row[".id"], self.menu.query)

    def _look_up(self, kept: Sequence[Row], resource_id: str) -> Row | None:
        return next(
            (row for row in kept if row.get(".id") == resource_id or compare.key(self.menu, row) == resource_id), None
        )

    def _write_and_look(
        self, link: Link, verb: str, words: tuple[str, ...], query: str, named: Mapping[str, Any]
    ) -> tuple[str, Sequence[Row]]:
        """Writes, and looks in the same round trip what came of it; the id of a new row, and what was seen.

        RouterOS promises no order between the two, so who doesn't see what he wrote looks again.
        """
        path = self.menu.path
        done, seen = link.batch([Command(path, verb, words), Command(path, "print", (query,))])
        if done.trap:
            raise refusal(link, self.menu, done.trap, compare.label(self.menu, named), words)
        return done.ret, seen.rows


def _by_name(menu: Menu, props: Props) -> dict[str, Any]:
    return {field.name: props[field.attribute] for field in menu.fields if props.get(field.attribute) is not None}
