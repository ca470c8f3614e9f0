"""A whole address list: the fewest edits that make it so, and what its resource sees of it.

Rule: pure, linear, and never a moment without an entry that is still wanted: the adds come before the sets, these
before the removes, and no entry is ever replaced.

Whose entry is it: every entry that a list adds carries the list's tag in its comment. RouterOS lets an address stand
once in a list (docs/facts/menus.md#ipfirewalladdress-list), so an address that is wanted and already there by other
hands can't be added:

- with foreign="keep" it is left alone and counts as present; it is told as foreign, is not ours, and destroy leaves it.
  Only where it is disabled and the wish isn't, or the other way round, is it a conflict: then it doesn't do what the
  program says. `adopt` takes such entries over instead, and gives back their comment and state when they go.
- with foreign="prune" the list is the program's alone: such an entry becomes ours, all others of nobody's are removed.
  Entries that carry another owner's tag are a conflict: two programs that prune each other's entries never rest.
- dynamic entries that aren't ours (a rule's, a resolved name's) are left alone, and while they are there they do.

A timeout counts down on the router and its entry is gone one day: that is not drift. It is set again only when the
program changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.addresses import ListAddress
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.lists.entries import BadEntries, Entry, Finding, Read, entries, is_canonical, parse_file, report
from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Holder, Tag

__all__ = [
    "BadEntries",
    "Edits",
    "Entry",
    "Finding",
    "Read",
    "entries",
    "going",
    "parse_file",
    "plan",
    "report",
    "seen",
]

Row = Mapping[str, str]
Words = dict[str, str | None]


@attrs.frozen
class Edits:
    """What to do with a list, in this order: add, set, remove. Each is independent of the others of its kind.

    Attributes:
        adds: the words of new entries, without the list's name.
        sets: by `.id`, the words that change; None clears a property.
        removes: `.id`s.
        foreign: wanted addresses that are there by other hands, with the entry's name for people.
        conflicts: why wishes can't be fulfilled; with any, nothing else may be done.
        adopted: of entries that are taken over now, by address, what they were before; the state keeps it.
        left: entries that were adopted, and whose former values are lost, so that they stay as they are.
        expired: wanted addresses whose timeout has run out.
    """

    adds: tuple[dict[str, str], ...] = ()
    sets: tuple[tuple[str, dict[str, str | None]], ...] = ()
    removes: tuple[str, ...] = ()
    foreign: Mapping[str, str] = attrs.field(factory=dict)
    conflicts: tuple[str, ...] = ()
    adopted: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    left: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.adds) + len(self.sets) + len(self.removes)


class _Ours(NamedTuple):
    row: Row
    text: str
    """The user's part of the comment."""
    tag: Tag


class _Other(NamedTuple):
    row: Row
    tag: Tag | None


@attrs.frozen
class Kin:
    """What a list knows of the other resources of its stack, so that an entry passes from one to another.

    Attributes:
        generation: of which generation its entries are from now on; those of another one are taken over.
        named: the digits that its owner had by another name.
        claims: as whom it has its entries, by its state; others may have taken them over, and been killed on the way.
        left: whether a tag is that of a resource that the program no longer has: wanted entries of it are taken over.
        unclear: nobody can say so, therefore no entry of another resource of the stack may be relied on.
        heirs: by address, the tags and entries of other resources that want it in this list: they get what is dropped.
        declared: a resource of its own type and name is declared: that has what nobody else has.
        stays: of a list that is deleted, whether another holder may still have entries: they are left to it then.
    """

    generation: str = ""
    named: str = ""
    claims: frozenset[Holder] = frozenset()
    left: Callable[[Tag], bool] = lambda _: False
    unclear: bool = False
    heirs: Mapping[str, tuple[Tag, Entry]] = attrs.field(factory=dict)
    declared: bool = False
    stays: Callable[[Holder], bool] | None = None

    def has(self, address: str, tag: Tag, owner: str) -> bool:
        """Whether an entry is its own, as whoever it has it, unless another one has it now that wants it."""
        heir = self.heirs.get(address)
        passed_on = heir and heir[0].owner == tag.owner and self.stays is None
        behind = ownership.has(tag, self.claims) and not passed_on
        return tag.owner in {owner, self.named} or behind


_ALONE: Final = Kin()


class _List(NamedTuple):
    """The rows of a list by address and by whose they are, and how the program deals with them."""

    mine: Tag
    """What the program's entries carry, but for the mark of adopted ones."""

    ours: dict[str, _Ours]
    others: dict[str, _Other]
    doubles: list[str]
    """`.id`s of ours a second time: spellings of one address that the router took for two."""
    prune: bool
    adopt: bool
    kin: Kin
    former: Mapping[str, Entry]
    before: Mapping[str, Mapping[str, str]]

    def expired(self, address: str, entry: Entry) -> bool:
        """Whether an entry that isn't there was made, with this timeout."""
        return bool(entry.timeout) and self.former.get(address, _PLAIN).timeout == entry.timeout

    def lost(self, address: str) -> bool:
        """Whether an entry was adopted and nobody knows what it was before."""
        return self.ours[address].tag.adopted and address not in self.before

    def strangers(self, wanted: Mapping[str, Entry]) -> Iterator[tuple[str, _Other]]:
        """What pruning is about: entries of others that stay by themselves and aren't wanted."""
        for address, other in self.others.items():
            going = other.tag is not None and self.kin.left(other.tag)  # its own resource's deletion removes it
            if self.prune and address not in wanted and not _dynamic(other.row) and not going:
                yield address, other


_PLAIN: Final = Entry()


def _sort(
    rows: Iterable[Row],
    wanted: Mapping[str, Entry],
    mine: Tag,
    foreign: str,
    *,
    kin: Kin = _ALONE,
    adopt: bool = False,
    former: Mapping[str, Entry] | None,
    before: Mapping[str, Mapping[str, str]] | None,
) -> _List:
    found = _List(mine, {}, {}, [], foreign == "prune", adopt, kin, former or {}, before or {})
    codec = ListAddress(named=True)
    for row in rows:
        printed = row.get("address", "")
        address = printed if printed in wanted or is_canonical(printed) else str(codec.read(printed))
        text, tag = ownership.parts_of(row)
        if tag is None or not kin.has(address, tag, mine.owner):
            found.others.setdefault(address, _Other(row, tag))
        elif address in found.ours:
            found.doubles.append(row[".id"])
        else:
            found.ours[address] = _Ours(row, text, tag)
    return found


@attrs.define
class _Draft:
    """Edits that are being collected."""

    adds: list[dict[str, str]] = attrs.field(factory=list)
    sets: list[tuple[str, Words]] = attrs.field(factory=list)
    removes: list[str] = attrs.field(factory=list)
    foreign: dict[str, str] = attrs.field(factory=dict)
    conflicts: list[str] = attrs.field(factory=list)
    adopted: dict[str, Mapping[str, str]] = attrs.field(factory=dict)
    left: list[str] = attrs.field(factory=list)
    expired: list[str] = attrs.field(factory=list)

    def edits(self) -> Edits:
        """What was collected, for good."""
        return Edits(
            tuple(self.adds),
            tuple(self.sets),
            tuple(self.removes),
            self.foreign,
            tuple(self.conflicts),
            self.adopted,
            tuple(self.left),
            tuple(self.expired),
        )


def plan(
    rows: Iterable[Row],
    wanted: Mapping[str, Entry],
    owner: str,
    *,
    foreign: str = "keep",
    adopt: bool = False,
    former: Mapping[str, Entry] | None = None,
    before: Mapping[str, Mapping[str, str]] | None = None,
    kin: Kin = _ALONE,
) -> Edits:
    """The fewest edits that make a list so.

    Args:
        rows: the rows of this one list.
        wanted: entries by address, as `entries` gives them; none at all empties the list of what is ours.
        owner: the twelve digits of the list's owner.
        foreign: `keep` or `prune`, what happens to entries of others.
        adopt: take over entries of others that are wanted.
        former: what the state says was wanted last time: so a timeout that ran out is told from an entry never made.
        before: by address, what adopted entries were before, as `Edits.adopted` once gave it.
        kin: what is known of the other resources of the stack.
    """
    tag = Tag(owner[:4], owner[4:], generation=kin.generation)
    found = _sort(rows, wanted, tag, foreign, kin=kin, adopt=adopt, former=former, before=before)
    draft = _Draft()
    for address, entry in wanted.items():
        if mine := found.ours.get(address):
            if change := _change(mine, entry, found.former.get(address), tag, kin.claims):
                draft.sets.append((mine.row[".id"], change))
        elif other := found.others.get(address):
            _meet(draft, found, address, entry, other)
        elif found.expired(address, entry):
            draft.expired.append(address)
        else:
            draft.adds.append(_words(address, entry, tag))
    draft.removes += found.doubles
    for address, mine in found.ours.items():
        if address not in wanted:
            _part(draft, found, address, mine)
    for address, other in found.strangers(wanted):
        if other.tag is None:
            draft.removes.append(other.row[".id"])
        else:
            draft.conflicts.append(
                f"{address}: {_name(other.row)} is another program's, and foreign=prune would remove it"
            )
    return draft.edits()


def _meet(draft: _Draft, found: _List, address: str, entry: Entry, other: _Other) -> None:
    """A wanted address that another's entry holds."""
    row, theirs = other
    if _dynamic(row):
        draft.foreign[address] = _name(row)
    elif theirs and theirs.stack == found.mine.stack and found.kin.unclear:
        draft.conflicts.append(
            f"{address}: {_name(row)} is another resource's of this stack; if this resource was renamed, it needs "
            "aliases=[pulumi.Alias(name=...)] with its former name, or an up without --target"
        )
    elif theirs and found.kin.left(theirs):
        ours = _Ours(row, ownership.text_of(row), theirs)
        draft.sets.append((row[".id"], _change(ours, entry, None, found.mine)))
    elif theirs is None and (found.prune or found.adopt):
        # What pruning owns it owns for good; what is adopted is given back one day.
        mark = found.mine._replace(adopted=not found.prune)
        comment = ownership.resigned(row.get("comment", ""), entry.comment or None, mark)
        timeout: Words = {"timeout": entry.timeout} if entry.timeout else {}
        draft.sets.append((row[".id"], {"comment": comment, **_state(row, entry), **timeout}))
        if mark.adopted:
            draft.adopted[address] = {name: row[name] for name in ("comment", "disabled") if name in row}
    elif found.prune:
        draft.conflicts.append(f"{address}: {_name(row)} is another program's, and foreign=prune would take it over")
    elif _off(row) != entry.disabled:
        cure = "change it there" if theirs else "adopt it, or change it on the router"
        draft.conflicts.append(f"{address}: {_name(row)} is {'disabled' if _off(row) else 'enabled'}; {cure}")
    else:
        draft.foreign[address] = _name(row)
        if theirs and ownership.has(theirs, found.kin.claims) and (left := ownership.without(theirs, found.kin.claims)):
            draft.sets.append((row[".id"], {"comment": ownership.signed(ownership.text_of(row), left)}))


def going(rows: Iterable[Row], owner: str, kin: Kin) -> list[Row]:
    """The entries that the deletion of a list is about: its own, also those that it has still behind others.

    Args:
        rows: the rows of this one list.
        owner: the twelve digits of the list's owner.
        kin: what is known of the other resources of the stack.
    """
    found = []
    for row in rows:
        tag = ownership.tag_of(row)
        if tag is None:
            continue
        mine, alone = ownership.has(tag, kin.claims), tag.holders == (Holder(owner, ""),)
        if (mine and (not kin.declared or ownership.without(tag, kin.claims))) or (alone and not kin.declared):
            found.append(row)
    return found


def _part(draft: _Draft, found: _List, address: str, mine: _Ours) -> None:
    """An entry of ours that is wanted no more: it goes, or an adopted one gets back what it was."""
    row, text, tag = mine
    others = ownership.without(tag, found.kin.claims)
    if found.kin.stays and others and others != tag and any(map(found.kin.stays, others.holders)):
        draft.sets.append((row[".id"], {"comment": ownership.signed(text, others)}))
    elif heir := found.kin.heirs.get(address):
        draft.sets.append((row[".id"], _change(mine, heir[1], None, heir[0], {Holder(tag.owner, ownership.ANY)})))
    elif not tag.adopted:
        draft.removes.append(row[".id"])
    elif found.lost(address):
        draft.left.append(_name(row))
    else:
        was = found.before[address]
        state: Words = {"disabled": _yes(_off(was))} if _off(row) != _off(was) else {}
        timeout: Words = {"timeout": None} if "timeout" in row else {}
        draft.sets.append((row[".id"], {"comment": was.get("comment", ""), **state, **timeout}))


def _words(address: str, entry: Entry, tag: Tag) -> dict[str, str]:
    words = {"address": address, "comment": ownership.signed(entry.comment, tag)}
    if entry.timeout:
        words["timeout"] = entry.timeout
    if entry.disabled:
        words["disabled"] = "yes"
    return words


def _change(
    mine: _Ours, entry: Entry, former: Entry | None, wanted: Tag | None = None, gone: Collection[Holder] = ()
) -> Words:
    """What makes an entry of ours as wanted; without a tag that it should have it has the right one."""
    row, text, tag = mine
    words: Words = {}
    right = tag if wanted is None else ownership.in_front(wanted._replace(adopted=tag.adopted), tag, gone)
    said = entry.comment if entry.comment or not tag.adopted else text
    if (text, tag) != (said, right):
        words["comment"] = ownership.signed(said, right)
    words.update(_state(row, entry))
    if not _times(row, entry, former):
        words["timeout"] = entry.timeout or None
    return words


def _times(row: Row, entry: Entry, former: Entry | None) -> bool:
    """Whether an entry of ours has the timeout that is wanted, as far as a clock that runs can tell."""
    left = row.get("timeout", "")
    if not entry.timeout or not left:
        return not entry.timeout and not left
    if former is not None:
        return former.timeout == entry.timeout
    # A kill before the state was written: what is left can't be more than what was asked for.
    return milliseconds(left) <= milliseconds(entry.timeout)


def _state(row: Row, entry: Entry) -> Words:
    return {"disabled": _yes(entry.disabled)} if _off(row) != entry.disabled else {}


def _off(row: Row) -> bool:
    return row.get("disabled") == "true"


def _dynamic(row: Row) -> bool:
    return row.get("dynamic") == "true"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _name(row: Row) -> str:
    text, tag = ownership.parts_of(row)
    kind = "dynamic entry" if _dynamic(row) else "entry"
    return f"{kind} {row['.id']}{f' {text!r}' * bool(text)}{f' of owner {tag.owner}' if tag else ''}"


def seen(
    rows: Iterable[Row],
    wanted: Mapping[str, Entry],
    owner: str,
    *,
    foreign: str = "keep",
    former: Mapping[str, Entry] | None = None,
    before: Mapping[str, Mapping[str, str]] | None = None,
    kin: Kin = _ALONE,
) -> dict[str, Entry]:
    """The list as its resource sees it, for `read`: equal to `wanted` exactly where `plan` has nothing to do or to say.

    Entries of ours are as they are; a wanted address that another's entry holds counts as wanted; a running or expired
    timeout counts as the wanted one. With foreign="prune" entries of others are in it too: they are drift.
    """
    found = _sort(rows, wanted, Tag(owner[:4], owner[4:]), foreign, kin=kin, former=former, before=before)
    out: dict[str, Entry] = {}
    for address, entry in wanted.items():
        if mine := found.ours.get(address):
            out[address] = entry if not _change(mine, entry, found.former.get(address)) else _as_is(mine.row)
        elif other := found.others.get(address):
            if _dynamic(other.row):
                out[address] = entry
            elif not found.prune:
                out[address] = attrs.evolve(entry, disabled=_off(other.row))
        elif found.expired(address, entry):
            out[address] = entry
    for address, mine in found.ours.items():
        if address not in wanted and not found.lost(address):
            out[address] = _as_is(mine.row)
    return out | {address: _as_is(other.row) for address, other in found.strangers(wanted)}


def _as_is(row: Row) -> Entry:
    return Entry(ownership.text_of(row), row.get("timeout", ""), _off(row))
