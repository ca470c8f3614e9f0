"""A whole block of rules in one chain as one resource: `chain` decides the fewest edits, this module makes them.

Rules are a map by stable names plus their order, so that a preview shows which rule comes, goes, moves or changes.
Edits whose order matters wait for the answers they depend on; a run that breaks in the middle leaves rows with the
block's tag, which the next up finds and goes on from. Where the router refuses an edit, nothing behind it is begun:
the error says which edits were made, and the state how the block stands.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, ClassVar, Final, NamedTuple

import attrs

from wiretik_provider.api.link import LOOKS, Link, say
from wiretik_provider.api.session import Command
from wiretik_provider.codecs.base import Value
from wiretik_provider.errors import Overtaken, PartlyDone, RowError, Trap
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.meeting import overtaken, whose
from wiretik_provider.kinds.placing import lists_of, place_of, position_problems
from wiretik_provider.kinds.refusals import refusal, refuse_late
from wiretik_provider.menus.descriptor import Menu, Problem
from wiretik_provider.rows import claims, compare, ownership, stored
from wiretik_provider.rows.ownership import Holder
from wiretik_provider.rules import block, holders, model, places
from wiretik_provider.rules.adoption import adopt
from wiretik_provider.rules.block import Add, Edit, Move, Remove, Rule, Set
from wiretik_provider.rules.overlap import Lists
from wiretik_provider.rules.telling import in_words, rows_of, together

__all__ = ["BlockKind"]

Row = Mapping[str, str]

_OWN: Final = ("chain", "foreign", "order", "rules")
_SHOWN: Final = 6
"""More names of rules than these are counted."""
_DEFAULT_CHAIN: Final = "user"
"""Where a menu has one list only (`/routing/rule`, docs/facts/menus.md#routingrule)."""


class _Refused(NamedTuple):
    """An edit that the router refused."""

    edit: Edit
    command: Command
    trap: Trap


class _Broken(NamedTuple):
    """Edits of which one was refused, in their order."""

    whole: Sequence[Edit]
    made: Sequence[Edit]
    refused: Sequence[_Refused]
    names: Mapping[str, str]
    """By `.id`, how rows are called."""


@attrs.frozen
class BlockKind:
    """A block of rules of one menu."""

    menu: Menu

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises every rule; tells the problems of all of them at once, each by its rule and property."""
        del links
        checked = {name: news[name] for name in compare.META if name in news}
        problems = [
            Problem(name, "a block of rules has chain, rules, order, position and foreign")
            for name in sorted(set(news) - set(compare.META) - set(_OWN))
        ]
        if self.menu.chain:
            checked["chain"] = news.get("chain")
            if not news.get("chain"):
                problems.append(Problem("chain", "missing; a block of rules needs its chain"))
        checked["foreign"] = news.get("foreign", "keep")
        if checked["foreign"] not in (compare.UNKNOWN, *block.FOREIGN):
            known = ", ".join(map(repr, block.FOREIGN))
            problems.append(Problem("foreign", f"{checked['foreign']!r} is none of {known}"))
        if "position" in news and news["position"] is not compare.UNKNOWN:
            problems += position_problems(self.menu, news["position"])
        checked |= {name: news[name] for name in ("order", "rules") if name in news}
        rules, order = news.get("rules", {}), news.get("order", [])
        if rules is not compare.UNKNOWN and order is not compare.UNKNOWN:
            left, checked["order"] = model.left_alone(rules, order, olds)
            checked["rules"], found = self._check_rules(rules, checked["order"], checked.get("chain"), left)
            problems += found
        return Checked(stored.met(olds, checked, late=True), problems)

    def _check_rules(
        self, rules: Mapping[str, Props], order: Sequence[str], in_chain: object, left: Collection[str]
    ) -> tuple[dict[str, Any], list[Problem]]:
        checked: dict[str, Any] = {}
        whole = sorted(order) == sorted(rules)
        problems = [] if whole else [Problem("order", "it must hold the name of every rule, each once")]
        ids = (name for name in rules if _is_id(name) and name not in left)
        problems += [Problem(f"rules.{name}", "an .id can't be a rule's name") for name in ids]
        for name, rule in rules.items():
            fixed = {"chain": in_chain} if self.menu.chain else {}
            normal, found = compare.check(self.menu, {**rule, **fixed})
            checked[name] = {key: value for key, value in normal.items() if key not in fixed}
            problems += [Problem(f"rules.{name}.{problem.property}", problem.reason) for problem in found]
        return checked, problems

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Only another router makes it another block."""
        return other_router(olds, news)

    def create(self, links: Links, props: Props) -> Created:
        """Makes the block, or goes on with what a killed run began."""
        link, owner = links(str(props.get("router", ""))), str(props["tag"])
        there = claims.had_by(link.rows(self.menu.path, self.menu.query), {Holder(owner, ownership.ANY)})
        generation = {compare.GENERATION: link.generation(owner, there)}
        return Created(owner, self._apply(links, generation, props))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """The block as it stands: its rules in the router's order, and whether it stands where it belongs."""
        link = links(str(props.get("router", "")))
        kept = link.rows(self.menu.path, self.menu.query)
        rules, owner = self._rules(props), str(props["tag"])
        there, unsigned = block.standing(kept, self._chain(props), owner, rules, self._differs)
        if rules and not there:
            return None
        mine = {row[".id"] for row in there.values()}
        going = self._nobodys([row for row in kept if row.get(".id") not in mine], props)
        there |= {row[".id"]: row for row in going}
        if going:
            rank = {row.get(".id"): at for at, row in enumerate(kept)}
            there = dict(sorted(there.items(), key=lambda one: rank[one[1][".id"]]))
            kept = [row for row in kept if row not in going]
        ins = {**_own(props), **self._standing(there, props), **({"tag": ""} if unsigned else {})}
        try:
            wrong = block.misplaced(kept, rules, place_of(props), owner, lists_of(link, place_of(props), kept))
        except places.NoPlace as error:
            wrong = error.problem
        if wrong:
            ins["position"] = {"at": "elsewhere", "because": wrong}
        if claims.taken_over(kept, props):
            ins["tag"] = stored.taken_over(owner)
        return Seen(resource_id, {**props, **self._standing(there, props)}, ins)

    def _nobodys(self, rows: Sequence[Row], props: Props) -> list[Row]:
        """The rows of its chain that it removes, since no tag is on them."""
        return block.nobodys(rows, self._chain(props), str(props.get("foreign", "keep")))

    def _standing(self, there: Mapping[str, Row], props: Props) -> dict[str, Any]:
        """Rules and order as they are on the router."""
        called = props.get("adopt") == stored.AS_FOUND
        # Of a rule that nobody declares, what it does is said even where that is the menu's default.
        does = {name: {"action": row["action"]} for name, row in there.items() if _is_id(name) and "action" in row}
        declared = {**does, **(props.get("rules") or {})}
        return {
            "order": list(there),
            "rules": {name: self._seen(row, declared.get(name, {}), called=called) for name, row in there.items()},
        }

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:  # noqa: ARG002
        """Makes the fewest edits."""
        return self._apply(links, olds, news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Removes the block's rules, from the last to the first, and gives back what it had taken over.

        Rows of others stay, whatever `foreign` says; so do its own where another resource has them (`RowKind.delete`).
        """
        link, owner = links(str(props.get("router", ""))), str(props["tag"])
        mine = claims.of(props, ended=link.ended(owner))
        kept = link.rows(self.menu.path, self.menu.query)
        if owners := claims.beside(kept, owner, mine):
            last = {**props, claims.LAST: owners}
            link.spare(self._label(props), owners, lambda: self.delete(links, resource_id, last))
        self._part(link, mine, claims.stays(props, link.ended))
        if link.declares(owner):
            return
        there, unsigned = block.standing(kept, self._chain(props), owner, self._rules(props), self._differs)
        for name in unsigned:
            link.warn(f"rule {name} ({there[name]['.id']}) lost its tag, so it may be another's: it stays")
        try:
            for one in props.get(claims.LAST, [owner]):
                none = {**_own(props), "rules": {}, "order": [], "foreign": "keep", "tag": one}
                self._apply(links, {**props, "tag": one}, none, leaving=mine)
        except PartlyDone as refused:
            raise refused.why from None

    def _part(self, link: Link, mine: Collection[Holder], stays: Callable[[Holder], bool]) -> None:
        """Leaves rows to others that have them, too."""

        def make() -> None:
            with link.lock(self.menu.path):
                edits = holders.parted(link.rows(self.menu.path, self.menu.query), mine, stays)
                commands = [Command(self.menu.path, *self._sentence(edit, {})) for edit in edits]
                answers = link.session.batch(commands)
                if edits:
                    link.forget(self.menu.path)
                for command, answer in zip(commands, answers, strict=True):
                    if answer.trap:
                        raise refusal(link, self.menu, answer.trap, f"block of {self.menu.noun}s", command.words)

        link.settled(self.menu.path, make)

    def _apply(
        self, links: Links, olds: Props, props: Props, leaving: Collection[Holder] | None = None
    ) -> dict[str, Any]:
        link = links(str(props.get("router", "")))
        rules, place, owner = self._rules(props), place_of(props), str(props["tag"])
        former = olds.get("order") or ()
        generation = str(olds.get(compare.GENERATION, ""))
        # Outside, so that a second run after a lost answer still knows what the first one took over.
        before: dict[str, Row] = dict(olds.get(compare.FORMER) or {})
        for rule in rules:
            refuse_late(link, self.menu, self._values(rule.row), f"rule {rule.name}")

        if back := [name for name in before if name not in {rule.name for rule in rules}]:
            more = f" and {len(back) - _SHOWN} more" if len(back) > _SHOWN else ""
            names = f"{', '.join(sorted(back)[:_SHOWN])}{more}"
            stay = f"rules that were there before are given back and stay on the router: {names}"
            say(f"note: {link.label}: {self._label(props)}: {stay}")
        looks = itertools.count(1)
        wrote: list[Sequence[Sequence[Edit]]] = []

        def make() -> dict[str, Any]:
            last = next(looks) >= LOOKS
            with link.lock(self.menu.path):
                kept = link.rows(self.menu.path, self.menu.query)
                if leaving is not None:
                    kept = claims.but_taken_over(kept, owner, leaving)
                before_now = Holder(str(olds.get("tag", owner)), generation)
                claimed = holders.claimed(kept, owner, generation, before_now) if leaving is None else ()
                ours, behind = holders.alone(reduce(block.apply, claimed, kept))
                taken = adopt(
                    ours,
                    rules,
                    place,
                    owner,
                    chain=self._chain(props),
                    wished=bool(props.get("adopt")) or link.adopting,
                    before=before,
                    differs=self._differs,
                    known=former,
                    generation=generation,
                )
                plan = self._plan(link, props, taken.rows, rules, generation)
                if plan.twins:
                    there = "; ".join(f"{twin} and isn't this program's" for twin in plan.twins)
                    raise RowError(link.label, self.menu.path, self._label(props), f"{there}; adopt=True takes it over")
                for name in taken.lost:
                    link.warn(
                        f"{name} was adopted and its former values are lost (a run was killed): it is left as it is"
                    )
                signed = self._signed_before(kept, owner, rules) if link.adopting else {}
                found = {**{name: row for name, row in signed.items() if name not in before}, **taken.before}
                before.update({name: self._before(row) for name, row in found.items()})
                waves = [holders.among(wave, behind) for wave in (claimed, taken.edits, *plan.waves) if wave]
                state = {**props, compare.FORMER: before, **stored.generation_of(olds)}
                self._make(link, state, rules, waves, former, last=last)
                if waves and rules:
                    wrote.append(waves)
                    self._look_again(link, props, rules)
                return _outputs({**props, **stored.generation_of(olds)}, before)

        try:
            return link.settled(self.menu.path, make)
        except RowError as why:
            if not wrote or isinstance(why, PartlyDone):
                raise
            raise self._standing_still(link, {**props, **stored.generation_of(olds)}, why, before) from None

    def _plan(
        self, link: Link, props: Props, kept: Sequence[Row], rules: Sequence[Rule], generation: str
    ) -> block.Plan:
        """The edits that make the block so, or why it can't be."""
        try:
            plan = block.plan(
                kept,
                rules,
                place_of(props),
                str(props["tag"]),
                chain=self._chain(props),
                foreign=str(props.get("foreign", "keep")),
                lists=self._lists(link, props, rules),
                differs=self._differs,
                generation=generation,
            )
        except places.NoPlace as error:
            raise RowError(link.label, self.menu.path, self._label(props), f"position: {error.problem}") from None
        if plan.conflicts:
            raise RowError(link.label, self.menu.path, self._label(props), "; ".join(plan.conflicts))
        return plan

    def _standing_still(self, link: Link, props: Props, why: RowError, before: Mapping[str, Row]) -> PartlyDone:
        """What was written stands, and the state knows how, though something came between."""
        kept, names = link.rows(self.menu.path, self.menu.query), [rule.name for rule in self._rules(props)]
        standing = block.ours(kept, self._chain(props), str(props["tag"]), names)
        return PartlyDone(why, str(props["tag"]), _outputs({**props, **self._standing(standing, props)}, before))

    def _signed_before(self, kept: Sequence[Row], owner: str, rules: Sequence[Rule]) -> dict[str, Row]:
        """The rules that an adoption has signed, which was killed before the state was written, as they were."""
        names = {ownership.rule_part(rule.name): rule.name for rule in rules}
        there = ((ownership.tag_of(row), row) for row in compare.owned_by(kept, owner))
        return {
            names[tag.rule]: stored.as_found(row) for tag, row in there if tag and tag.adopted and tag.rule in names
        }

    def _before(self, row: Row) -> Row:
        """What the state keeps of a row that is taken over."""
        return {field.name: row[field.name] for field in self.menu.writable if field.name in row}

    def _lists(self, link: Link, props: Props, rules: Sequence[Rule]) -> Lists | None:
        """What is known of interface lists where the block stands rightly by it, so that it is left there."""
        kept, owner = link.rows(self.menu.path, self.menu.query), str(props["tag"])
        lists = lists_of(link, place_of(props), kept)
        if lists is None or not block.ours(kept, self._chain(props), owner, ()):
            return None
        return None if block.misplaced(kept, rules, place_of(props), owner, lists) else lists

    def _make(
        self,
        link: Link,
        props: Props,
        rules: Sequence[Rule],
        waves: Sequence[Sequence[Edit]],
        former: Sequence[str],
        *,
        last: bool,
    ) -> None:
        """Makes the edits: those of a wave are under way at once, the next wave waits for their answers.

        Unless this is the `last` look, it is looked at anew where only what others did meanwhile is refused.
        """
        ids: dict[str, str] = {}
        names = self._names(link, props, [*(rule.name for rule in rules), *former])
        made: list[Edit] = []
        refused: list[_Refused] = []
        try:
            for wave in waves:
                edits = [*(edit for edit in wave if not isinstance(edit, Remove)), *together(wave)]
                commands = [Command(self.menu.path, *self._sentence(edit, ids)) for edit in edits]
                for edit, command, answer in zip(edits, commands, link.session.batch(commands), strict=True):
                    if answer.trap:
                        refused.append(_Refused(edit, command, answer.trap))
                        continue
                    made += [Remove(row_id) for row_id in edit.id.split(",")] if isinstance(edit, Remove) else [edit]
                    if isinstance(edit, Add):
                        ids[f"+{edit.name}"] = answer.ret
                if refused:
                    break
        finally:
            if waves:
                link.forget(self.menu.path)
        if refused:
            error = self._partly(
                link, props, rules, _Broken([edit for wave in waves for edit in wave], made, refused, names)
            )
            if not last and all(overtaken(one.trap) for one in refused):
                raise Overtaken(link.label, self.menu.path, error.row, refused[0].trap.message)
            raise error

    def _look_again(self, link: Link, props: Props, rules: Sequence[Rule]) -> None:
        """Sees that the block stands as it was just written, and that nobody came into its chain meanwhile.

        Raises:
            Overtaken: somebody did.
        """
        kept, owner, place = link.rows(self.menu.path, self.menu.query), str(props["tag"]), place_of(props)
        there = block.ours(kept, self._chain(props), owner, [rule.name for rule in rules])
        wrong = None
        if list(there) != [rule.name for rule in rules]:
            wrong = "its rules are others, or in another order, than were just written"
        else:
            try:
                wrong = block.misplaced(kept, rules, place, owner, lists_of(link, place, kept))
            except places.NoPlace as error:
                wrong = error.problem
        alone = props.get("foreign") == "prune"
        come = block.strangers(kept, self._chain(props), owner) if alone else self._nobodys(kept, props)
        wrong = wrong or next((f"{whose(self.menu, row)} was put into the chain" for row in come), None)
        if wrong:
            text = f"somebody else changed the chain at the same moment: {wrong}"
            raise Overtaken(link.label, self.menu.path, self._label(props), text)

    def _partly(self, link: Link, props: Props, rules: Sequence[Rule], broken: _Broken) -> RowError:
        """What was made and what wasn't, and for the state how the block stands."""
        kept = link.rows(self.menu.path, self.menu.query)
        there = {row.get(".id") for row in kept}
        # Of many removes in one command those before the refused one were made.
        made = [
            edit for edit in broken.whole if edit in broken.made or (isinstance(edit, Remove) and edit.id not in there)
        ]
        tried = {row_id for one in broken.refused for row_id in rows_of(one.edit)}
        rest = [edit for edit in broken.whole if edit not in made and not tried & set(rows_of(edit))]
        errors = [
            refusal(
                link,
                self.menu,
                one.trap,
                f"{self._label(props)}, {in_words(one.edit, broken.names)}",
                one.command.words,
            )
            for one in broken.refused
        ]
        parts = [errors[0].problem, *(f"{error.row}: {error.problem}" for error in errors[1:])]
        for what, edits in (("done", made), ("not begun", rest)):
            parts += [f"{what}: {', '.join(in_words(edit, broken.names) for edit in edits)}"] if edits else []
        parts.append(f"{len(made)} of {len(broken.whole)} edits done, the next up does the rest")
        why = RowError(link.label, self.menu.path, errors[0].row, "; ".join(parts))
        if not made:
            return why
        standing = block.ours(kept, self._chain(props), str(props["tag"]), [rule.name for rule in rules])
        outs = _outputs({**props, **self._standing(standing, props)}, props[compare.FORMER])
        return PartlyDone(why, str(props["tag"]), outs)

    def _names(self, link: Link, props: Props, known: Sequence[str]) -> dict[str, str]:
        """By `.id`, the block's rules by their names, and all others as people know them."""
        kept = link.rows(self.menu.path, self.menu.query)
        own = block.ours(kept, self._chain(props), str(props["tag"]), list(dict.fromkeys(known)))
        return {row[".id"]: compare.label(self.menu, row) for row in kept} | {
            row[".id"]: f"rule {name}" for name, row in own.items()
        }

    def _sentence(self, edit: Edit, ids: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
        """An edit in the API's words; `+name` in it is a row that was added before."""
        match edit:
            case Add(row=row, before=before):
                words = tuple(f"={name}={text}" for name, text in row.items())
                return "add", words + ((f"=place-before={ids.get(before, before)}",) if before else ())
            case Set(id=row_id, words=changed):
                return "set", (f"=.id={row_id}", *self._changed(changed))
            case Move(id=row_id, before=before):
                target = (f"=destination={ids.get(before, before)}",) if before else ()
                return "move", (f"=numbers={ids.get(row_id, row_id)}", *target)
            case Remove(id=row_id):
                return "remove", (f"=.id={row_id}",)

    def _changed(self, words: Mapping[str, str | None]) -> Iterator[str]:
        for name, text in words.items():
            yield compare.clear_word(self.menu.by_name[name]) if text is None else f"={name}={text}"

    def _rules(self, props: Props) -> list[Rule]:
        """The rules as the router would print them, in their order."""
        fixed = {"chain": str(props["chain"])} if self.menu.chain else {}
        called = props.get("adopt") == stored.AS_FOUND
        names = (name for name in props.get("order", ()) if not _is_id(name))  # a state knows rows of others, too
        rules = ((name, compare.declared(self.menu, props["rules"][name])) for name in names)
        return [Rule(name, {**fixed, **compare.printed(self.menu, said)}, called) for name, said in rules]

    def _chain(self, props: Props) -> str:
        return str(props.get("chain") or _DEFAULT_CHAIN)

    def _values(self, row: Row) -> dict[str, Value]:
        return {name: self.menu.by_name[name].codec.read(text) for name, text in row.items()}

    def _differs(self, row: Row, wanted: Row) -> dict[str, str | None]:
        """What to set for a row to be as wanted, by the menu's own codecs."""
        found = compare.changes(self.menu, row, self._values(wanted))
        return {change.field.name: None if change.new is None else wanted[change.field.name] for change in found}

    def _seen(self, row: Row, declared: Props, *, called: bool) -> dict[str, Any]:
        """A rule's properties as they are: what was declared, and what somebody else changed besides.

        A row that was there before keeps its comment where it may be `called` as it was found.
        """
        text, tag = ownership.parts_of(row)
        fixed = {"chain": row["chain"]} if self.menu.chain else {}
        kept = {"comment": text} if tag and tag.adopted else {}
        said = compare.declared(self.menu, declared)
        wanted = {**fixed, **said, **kept} if called else {**fixed, **kept, **said}
        found = dict(declared)
        for change in compare.changes(self.menu, {**row, "comment": text}, wanted):
            if change.old is None:
                found.pop(change.field.attribute, None)
            else:
                found[change.field.attribute] = change.field.codec.read(change.old)
        return found

    def _label(self, props: Props) -> str:
        return f"block of {self.menu.noun}s in {self._chain(props)}"


def _is_id(name: str) -> bool:
    return re.fullmatch(r"\*[0-9A-F]+", name) is not None


def _own(props: Props) -> dict[str, Any]:
    """A block's inputs without hidden notes."""
    return {name: value for name, value in props.items() if not name.startswith("__")}


def _outputs(props: Props, before: Mapping[str, Row]) -> dict[str, Any]:
    """A block's outputs, with what its rules were before that it has taken over and still has."""
    kept = {name: row for name, row in before.items() if name in props["rules"]}
    return {**_own(props), **stored.generation_of(props), **({compare.FORMER: kept} if kept else {})}
