"""A whole address list as one resource: thousands of entries in a few round trips, and never one that is missed.

`address_list` decides, this module talks. Adds go out as many at once as the window takes, then sets, then removes
with many ids in one sentence; a run that breaks in the middle leaves entries with the list's tag, which the next up
finds. Where the router refuses some of them, the error says which, and the state what is there. In inputs and outputs
the entries are a map by address, so one entry more is one line of difference: an entry is its comment, or a map where
it has a timeout or is disabled.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import attrs

from wiretik_provider.api.link import LOOKS, Link, say
from wiretik_provider.api.session import Command
from wiretik_provider.codecs.addresses import ListAddress
from wiretik_provider.errors import InvalidValue, Overtaken, PartlyDone, RowError, Trap
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, other_router
from wiretik_provider.kinds.meeting import overtaken
from wiretik_provider.lists import entries
from wiretik_provider.lists.entries import BadEntries, Entry, report
from wiretik_provider.lists.plan import Edits, Kin, going, plan, seen
from wiretik_provider.menus.descriptor import Menu, Problem
from wiretik_provider.rows import claims, compare, ownership, stored
from wiretik_provider.rows.ownership import Holder, Tag
from wiretik_provider.wire import attribute

__all__ = ["AddressListKind", "query"]

_COLUMNS: Final = "=.proplist=.id,address,comment,disabled,dynamic,list,timeout"
_AT_ONCE: Final = 500
"""Ids in one `set` or `remove`, which take many (docs/facts/api.md#commands): a sentence of some five kilobytes."""
_TOLD: Final = 10
_NAMED: Final = 50
_NEWS_EVERY: Final = 2.0
_LONG_WORK: Final = 1000


@attrs.frozen
class AddressListKind:
    """The entries of one list that one program wants.

    Attributes:
        menu: the address lists of one family.
    """

    menu: Menu

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Normalises the entries; tells every bad one, and warns of those that do another's work."""
        del links
        problems: list[Problem] = []
        checked = {name: news[name] for name in compare.META if name in news}
        unknown = sorted(set(news) - set(compare.META) - {"entries", "foreign", "list"})
        problems += [Problem(name, "an address list has list, entries and foreign") for name in unknown]
        if not news.get("list"):
            problems.append(Problem("list", "missing; an address list needs its name"))
        checked["list"] = news.get("list")
        if news.get("list") and news["list"] is not compare.UNKNOWN:
            try:
                checked["list"] = self.menu.by_name["list"].codec.parse(news["list"])
            except InvalidValue as wrong:
                problems.append(Problem("list", wrong.problem))
        checked["foreign"] = news.get("foreign", "keep")
        if checked["foreign"] not in (compare.UNKNOWN, "keep", "prune"):
            problems.append(Problem("foreign", f"{checked['foreign']!r} is neither 'keep' nor 'prune'"))
        written = news.get("entries", {})
        if written is compare.UNKNOWN:
            checked["entries"] = written
        else:
            try:
                read = self._read(written)
            except BadEntries as bad:
                problems += [Problem("entries", problem) for problem in bad.problems]
            else:
                checked["entries"] = _written(read)
                self._remark(str(checked["list"]), read)
        return Checked(stored.met(olds, checked, late=True), problems)

    def _remark(self, name: str, read: Mapping[str, Entry]) -> None:
        found = report(read)
        for finding in found[:_TOLD]:
            say(f"note: address list {name}: {finding}")
        if len(found) > _TOLD:
            say(f"note: address list {name}: and {len(found) - _TOLD} more entries that overlap others")

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Only another router makes it another list."""
        return other_router(olds, news)

    def create(self, links: Links, props: Props) -> Created:
        """Adds what is missing; entries of a killed run are found by their tag."""
        link, name, owner = links(str(props.get("router", ""))), str(props["list"]), str(props["tag"])
        there = [row for row in self._rows(link, name) if self._mine(link, ownership.tag_of(row), owner)]
        generation = {compare.GENERATION: link.generation(owner, there)}
        return Created(name, self._apply(links, generation, props, new=True))

    def _mine(self, link: Link, tag: Tag | None, owner: str) -> bool:
        """Whether an entry is the resource's, or that of one which the program no longer has."""
        holders = tag.holders if tag and tag.stack == owner[:4] else ()
        return any(one.owner == owner or link.dropped_from_program(one.owner) for one in holders)

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        """The list as its resource sees it: its own entries, and those of others that do the wanted work."""
        link = links(str(props.get("router", "")))
        kept = self._rows(link, str(props.get("list") or resource_id))
        if "entries" not in props:  # `get`: only the name is known
            there = {row.get("address", ""): _entry(row) for row in kept if row.get("dynamic") != "true"}
            return Seen(resource_id, {**props, "list": resource_id, "entries": _written(there)}, dict(props))
        wanted = self._read(props["entries"])
        foreign = str(props.get("foreign", "keep"))
        adopted = props.get(compare.FORMER) or {}
        kin = Kin(claims=claims.of(props))
        found = seen(kept, wanted, str(props["tag"]), foreign=foreign, former=wanted, before=adopted, kin=kin)
        if wanted and not found:
            return None
        if props.get("adopt") == stored.AS_FOUND:
            left = {address: wanted[address].comment for address in found if address in wanted and address in adopted}
            found = {**found, **{name: attrs.evolve(found[name], comment=text) for name, text in left.items()}}
        now = {**props, "entries": _written(found)}
        ins = {name: value for name, value in now.items() if not name.startswith("__")}
        if claims.taken_over(kept, props, ""):
            ins["tag"] = stored.taken_over(str(props["tag"]))
        return Seen(resource_id, now, ins)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        """Makes the fewest edits; under a new name the new list is there before the old one goes."""
        if olds.get("list") in {None, news.get("list")}:
            return self._apply(links, olds, news)
        try:
            outs = self._apply(links, stored.generation_of(olds), news)
        except PartlyDone as refused:
            # The state goes on with the old name, or nobody would know of its entries.
            raise refused.why from None
        self._remove(links, resource_id, olds, claims.of(olds))
        return outs

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Removes its own entries, unless another resource has them (`RowKind.delete`), and gives adopted ones back."""
        link = links(str(props.get("router", "")))
        name, owner = str(props.get("list") or resource_id), str(props["tag"])
        mine = claims.of(props, ended=link.ended(owner))
        if owners := claims.beside(self._rows(link, name), owner, mine):
            last = {**props, claims.LAST: owners}
            link.spare(f"list {name}", owners, lambda: self.delete(links, resource_id, last))
        self._remove(links, resource_id, props, mine)

    def _remove(self, links: Links, resource_id: str, props: Props, mine: frozenset[Holder]) -> None:
        none = {**props, "list": props.get("list") or resource_id, "entries": {}, "foreign": "keep"}
        try:
            self._apply(links, props, none, leaving=mine)
        except PartlyDone as refused:
            raise refused.why from None

    def _apply(
        self,
        links: Links,
        olds: Props,
        news: Props,
        *,
        new: bool = False,
        leaving: frozenset[Holder] | None = None,
    ) -> dict[str, Any]:
        link = links(str(news.get("router", "")))
        name, owner = str(news["list"]), str(news["tag"])
        wanted = self._read(news["entries"])
        former = self._read(olds.get("entries") or {})
        adopted: dict[str, Mapping[str, str]] = dict(olds.get(compare.FORMER) or {})
        foreign = str(news.get("foreign", "keep"))
        kin = self._kin(link, name, owner, olds, new=new, leaving=leaving)

        def planned() -> Edits:
            there = self._rows(link, name)
            return plan(
                there if leaving is None else going(there, owner, kin),
                _with_comments(there, wanted) if news.get("adopt") == stored.AS_FOUND else wanted,
                owner,
                foreign=foreign,
                adopt=bool(news.get("adopt")) or link.adopting,
                former=former,
                before=adopted,
                kin=kin,
            )

        def outputs(found: Mapping[str, Entry]) -> dict[str, Any]:
            own = {key: value for key, value in news.items() if not key.startswith("__")}
            kept = {address: was for address, was in adopted.items() if address in found}
            more = {**stored.generation_of(olds), **({compare.FORMER: kept} if kept else {})}
            return {**own, "entries": _written(found), **more}

        _say_what_stays(link, name, adopted.keys() - wanted.keys())
        looks = itertools.count(1)

        def make() -> dict[str, Any]:
            last = next(looks) >= LOOKS
            with link.lock(self.menu.path):
                edits = planned()
                self._refuse(link, name, edits)
                signed = self._signed_before(link, name, owner) if link.adopting else {}
                adopted.update({**signed, **adopted, **edits.adopted})
                labels = {row[".id"]: row.get("address", "") for row in self._rows(link, name)}
                try:
                    refused = self._write(link, name, edits)
                finally:
                    link.forget(self.menu.path)
                timed = {row_id for row_id, words in edits.sets if words.get("timeout", "") is None}
                if refused and not last and all(overtaken(trap) for _, trap in refused):
                    message = f"somebody else changed the list at the same moment: {refused[0][1].message}"
                    raise Overtaken(link.label, self.menu.path, f"list {name}", message)
                if not refused and not timed and (foreign != "prune" or not len(edits)):
                    return outputs(wanted)
                left = planned()
                if refused:
                    why = self._refusal(link, name, refused, (edits, left), labels)
                elif stuck := [labels[row_id] for row_id, _ in left.sets if row_id in timed]:
                    why = self._stuck(link, name, stuck)
                elif foreign == "prune" and (left.conflicts or len(left)):
                    self._refuse(link, name, left)
                    message = "somebody else changed the list at the same moment"
                    raise Overtaken(link.label, self.menu.path, f"list {name}", message)
                else:
                    return outputs(wanted)
                if len(left) == len(edits):
                    raise why
                found = seen(self._rows(link, name), wanted, owner, foreign=foreign, former=former, before=adopted)
                raise PartlyDone(why, name, outputs(found))

        return link.settled(self.menu.path, make)

    def _signed_before(self, link: Link, name: str, owner: str) -> dict[str, Mapping[str, str]]:
        """By address, the entries that an adoption has signed, which was killed before the state was written."""
        rows = (row for row in compare.owned_by(self._rows(link, name), owner))
        return {
            row["address"]: {key: text for key, text in stored.as_found(row).items() if key in {"comment", "disabled"}}
            for row in rows
            if (tag := ownership.tag_of(row)) and tag.adopted
        }

    def _kin(
        self, link: Link, name: str, owner: str, olds: Props, *, new: bool, leaving: frozenset[Holder] | None
    ) -> Kin:
        """What this process knows of the stack's other resources that have entries in the list."""
        lists = link.deployment.lists.get((self.menu.path, name), {}) if link.deployment else {}
        others = {tag: wanted for tag, wanted in lists.items() if tag not in {owner, olds.get("tag")}}
        return Kin(
            generation=str(olds.get(compare.GENERATION, "")),
            named=str(olds.get("tag", owner)),
            claims=claims.of({"tag": owner, **olds}) if leaving is None else leaving,
            left=lambda tag: (
                tag.stack == owner[:4] and all(link.dropped_from_program(one.owner) for one in tag.holders)
            ),
            unclear=new and not (link.deployment and link.deployment.whole),
            heirs={
                address: (Tag(tag[:4], tag[4:]), entry)
                for tag, wanted in others.items()
                for address, entry in wanted.items()
            },
            declared=owner in lists,
            stays=None if leaving is None else claims.stays(olds, link.ended),
        )

    def _refuse(self, link: Link, name: str, edits: Edits) -> None:
        if edits.conflicts:
            more = f"; and {len(edits.conflicts) - _TOLD} more" if len(edits.conflicts) > _TOLD else ""
            raise RowError(link.label, self.menu.path, f"list {name}", "; ".join(edits.conflicts[:_TOLD]) + more)
        for told in edits.left:
            link.warn(f"list {name}: {told} was adopted and its former values are lost: it is left as it is")

    def _read(self, written: object) -> dict[str, Entry]:
        """Entries by normalised address, from any shape that a program or the state has."""
        return entries.read(written, self._family).entries

    @property
    def _family(self) -> int:
        codec = self.menu.by_name["address"].codec
        return codec.family if isinstance(codec, ListAddress) else 0

    def _rows(self, link: Link, name: str) -> list[Mapping[str, str]]:
        return link.rows(self.menu.path, query(name))

    def _write(self, link: Link, name: str, edits: Edits) -> list[tuple[Command, Trap]]:
        """Adds, then sets, then removes; what is of one kind is independent and shares the window.

        Gives what the router refused, after which nothing of another kind is begun.
        """
        path = self.menu.path
        add = [Command(path, "add", (f"=list={name}", *_words(words))) for words in edits.adds]
        change = [
            Command(path, "set", (f"=.id={','.join(ids)}", *words))
            for words, alike in _alike(edits.sets).items()
            for ids in _slices(alike)
        ]
        remove = [Command(path, "remove", (f"=.id={','.join(ids)}",)) for ids in _slices(edits.removes)]
        for commands in (add, change, remove):
            answers = link.session.batch(commands, _news(name, len(commands)))
            if refused := [
                (command, answer.trap) for command, answer in zip(commands, answers, strict=True) if answer.trap
            ]:
                return refused
        return []

    def _stuck(self, link: Link, name: str, entries: Sequence[str]) -> RowError:
        """Whether RouterOS takes a timeout off an entry isn't known, and removing it is a gap.

        Source: docs/facts/menus.md#ipfirewalladdress-list.
        """
        text = (
            f"the router keeps the timeout that {_few(entries)} got by hand; remove these entries on the router, or "
            "wait until they go, and the next up adds them for good"
        )
        return RowError(link.label, self.menu.path, f"list {name}", text)

    def _refusal(
        self,
        link: Link,
        name: str,
        refused: Sequence[tuple[Command, Trap]],
        plans: tuple[Edits, Edits],
        labels: Mapping[str, str],
    ) -> RowError:
        """Which entries are as they should be and which aren't, by what there is still to do."""
        whole, left = plans
        by_message: dict[str, list[str]] = {}
        for command, trap in refused:
            by_message.setdefault(trap.message, []).extend(_entries_of(command, labels))
        tried = {entry for entries in by_message.values() for entry in entries}
        rest = {
            "add": [words["address"] for words in left.adds],
            "change": [labels.get(row_id, row_id) for row_id, _ in left.sets],
            "remove": [labels.get(row_id, row_id) for row_id in left.removes],
        }
        open_ones = {verb: [entry for entry in entries if entry not in tried] for verb, entries in rest.items()}
        told = [f"{message}: {_few(entries)}" for message, entries in by_message.items()]
        told += [f"not begun: {verb} {_few(entries)}" for verb, entries in open_ones.items() if entries]
        count = f"{len(whole) - len(left)} of {len(whole)} entries done, {len(tried)} refused"
        text = f"{count}; the next up does the rest: {'; '.join(told)}"
        return RowError(link.label, self.menu.path, f"list {name}", text)


def _written(entries: Mapping[str, Entry]) -> dict[str, Any]:
    """Entries in the shape that the state keeps."""
    return {address: _shape(entry) for address, entry in entries.items()}


def _shape(entry: Entry) -> str | dict[str, Any]:
    if not entry.timeout and not entry.disabled:
        return entry.comment
    return {name: value for name, value in attrs.asdict(entry).items() if value}


def _entry(row: Mapping[str, str]) -> Entry:
    comment = ownership.text_of(row)
    return Entry(comment, row.get("timeout", ""), row.get("disabled") == "true")


def _with_comments(rows: Iterable[Mapping[str, str]], wanted: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Entries with the comments of those that were there before a component took them over."""
    codec = ListAddress(named=True)
    there: dict[str, str] = {}
    for row in rows:
        text, tag = ownership.parts_of(row)
        if tag is None or tag.adopted:
            there[str(codec.read(row.get("address", "")))] = text
    return {name: attrs.evolve(one, comment=there.get(name, one.comment)) for name, one in wanted.items()}


def query(name: str) -> tuple[str, ...]:
    """The query for one list's entries: a router may have others of a hundred thousand."""
    return (_COLUMNS, f"?list={name}")


def _say_what_stays(link: Link, name: str, given_back: Collection[str]) -> None:
    if given_back:
        stay = f"{len(given_back)} entries that were there before are given back and stay on the router"
        say(f"note: {link.label}: list {name}: {stay}")


def _words(words: Mapping[str, str | None]) -> Iterator[str]:
    for name, value in words.items():
        yield f"=!{name}=" if value is None else f"={name}={value}"


def _entries_of(command: Command, labels: Mapping[str, str]) -> Iterator[str]:
    """The addresses that a command was about."""
    said = dict(attribute(word) for word in command.words)
    if command.verb == "add":
        yield said["address"]
    else:
        yield from (labels.get(row_id, row_id) for row_id in said[".id"].split(","))


def _few(entries: Sequence[str]) -> str:
    """Entries in an error: as many as anybody reads; the state has them all."""
    more = f" and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    return ", ".join(entries[:_NAMED]) + more


def _slices(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _alike(sets: Sequence[tuple[str, Mapping[str, str | None]]]) -> dict[tuple[str, ...], list[str]]:
    """By the words of a `set`, whose it is: a list that is taken over has few comments for thousands of entries."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row_id, words in sets:
        found.setdefault(tuple(_words(words)), []).append(row_id)
    return found


def _news(name: str, whole: int) -> Callable[[int], None] | None:
    """Says now and then how far a long work is."""
    if whole < _LONG_WORK:
        return None
    last = time.monotonic()

    def progress(done: int) -> None:
        nonlocal last
        if time.monotonic() - last > _NEWS_EVERY:
            last = time.monotonic()
            say(f"address list {name}: {done} of {whole}")

    return progress
