"""Whose row is this: the tag at the end of a row's comment.

` [wt:3f9a2c71e0b4]` holds four hex digits of the stack and eight of the resource in it, so that a row tells by itself
whether it is this resource's, this stack's, another stack's or nobody's, even after a `kill -9` before the state was
written. Where a rule's place was asked for, one digit says which place and four more whose neighbour it is: so any
reader of the chain can judge its order without the program. A row of a whole block has a 7 and four digits of the
rule's name behind the block's, so that a block knows its rows even by names that the program has forgotten. `wta`
marks a row that was there before and was adopted.

An 8 and four digits are the row's generation, which the state of its resource knows, too: type and name don't tell two
resources apart that are one before and one after it moved in the program. A tag without one is a generation like any
other. Engines make the new one first, and a run may be killed before the old one is deleted, or the program go back. So
a tag names all that have the row, the newest in front: a 9 and four digits are an older holder of the same type and
name, a 0 and twelve digits one of another name.

An `r` and six digits mark entries of a list that a guarded run has added or changed and that nobody has confirmed yet
(`guard.crowds`); whose the entry is they don't say.

Rule: who takes a row over puts itself in front, who is deleted takes its own name out, and who finds nobody else then
removes the row: whenever they come, in whichever process and order. What a deployment is known to declare is never
removed, and who is known to be gone doesn't count.

Pure. The tag is all that Wiretik ever writes into a comment besides the user's text.
"""

from __future__ import annotations

import functools
import hashlib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

__all__ = [
    "AFTER",
    "ANY",
    "BEFORE",
    "BEFORE_DROP",
    "BEFORE_FASTTRACK",
    "FIRST",
    "LAST",
    "Holder",
    "Tag",
    "Tagged",
    "generation",
    "has",
    "in_front",
    "make",
    "marked",
    "owner_of",
    "parts_of",
    "planned",
    "resigned",
    "rule_part",
    "signed",
    "split",
    "stack_part",
    "tag_of",
    "tagged",
    "text_of",
    "unmarked",
    "without",
]

FIRST: Final = "1"
LAST: Final = "2"
BEFORE: Final = "3"
AFTER: Final = "4"
BEFORE_DROP: Final = "5"
BEFORE_FASTTRACK: Final = "6"

ANY: Final = "*"
"""Instead of a generation, of a resource that is known to be the last that may have its rows."""

_TAG: Final = re.compile(
    r"\[wt(a?):([0-9a-f]{4})([0-9a-f]{8})(?:7([0-9a-f]{4}))?(?:8([0-9a-f]{4}))?((?:9[0-9a-f]{4}|0[0-9a-f]{12})*)"
    r"(?:([1256])|([34])([0-9a-f]{4}))?(?:r[0-9a-f]{6})?\]"
)
_MARKED: Final = re.compile(r"r[0-9a-f]{6}\]$")
_OLDER: Final = re.compile(r"9([0-9a-f]{4})|0([0-9a-f]{8})([0-9a-f]{4})")
_NONE: Final = "0000"
"""How the generation of an older holder is written that has none."""
_MOST: Final = 8
"""So many older holders are kept: each is a run that was killed and not carried on."""


class Holder(NamedTuple):
    """A resource that has a row, or had it when it was taken over and hasn't been deleted yet."""

    owner: str
    """The twelve digits that `make` gave."""
    generation: str


class Tag(NamedTuple):
    """What a row's comment says of its owner."""

    stack: str
    """Four hex digits of project and stack."""
    resource: str
    """Eight hex digits of the resource's type and logical name."""
    place: str = ""
    """FIRST, LAST, BEFORE, AFTER, BEFORE_DROP or BEFORE_FASTTRACK, or empty."""
    target: str = ""
    """With BEFORE and AFTER, four hex digits of the neighbour."""
    adopted: bool = False
    """The row was there before."""
    rule: str = ""
    """Of a row of a block, four digits of its name there; a hint, for two names may share them."""

    generation: str = ""
    """Four digits that are others whenever a resource takes the row over; empty in most rows, which none ever did."""
    older: tuple[Holder, ...] = ()
    """Who had the row before and may have it again: the newest first."""

    @property
    def holders(self) -> tuple[Holder, ...]:
        """All that have the row, the newest first."""
        return (Holder(self.owner, self.generation), *self.older)

    @property
    def owner(self) -> str:
        """Stack and resource: the twelve digits that `make` gave."""
        return self.stack + self.resource

    def __str__(self) -> str:
        more = f"7{self.rule}" * bool(self.rule) + f"8{self.generation}" * bool(self.generation)
        for one in self.older:
            name = "9" if one.owner == self.owner else f"0{one.owner[4:]}"
            more += f"{name}{one.generation or _NONE}"
        return f"[wt{'a' * self.adopted}:{self.owner}{more}{self.place}{self.target}]"


def stack_part(project: str, stack: str) -> str:
    """The digits that all rows of one stack share."""
    return hashlib.sha256(f"{project}\0{stack}".encode()).hexdigest()[:4]


def make(project: str, stack: str, kind: str, name: str) -> str:
    """The twelve digits of one resource: of its project, stack, type and logical name."""
    return stack_part(project, stack) + hashlib.sha256(f"{kind}\0{name}".encode()).hexdigest()[:8]


def generation() -> str:
    """A generation that no row has but by chance, one in 65,536."""
    return f"{secrets.randbelow(0xFFFF) + 1:04x}"


def planned(router: str) -> str:
    """The generation of rows that a plan's lines make (`wiretik plan --rsc`), by their router's name in the program.

    Who creates a resource and finds its rows with this generation has them as they are. Under another name the same
    rows are another router's, whose resources are still to be deleted.
    """
    return hashlib.sha256(f"planned\0{router}".encode()).hexdigest()[:4].replace(_NONE, "0001")


def rule_part(name: str) -> str:
    """The four digits of a rule's name in its block."""
    return hashlib.sha256(name.encode()).hexdigest()[:4]


def split(comment: str) -> tuple[str, Tag | None]:
    """A comment as the router has it, into the user's text and the tag."""
    at = comment.rfind("[wt")
    if at < 0 or (at and comment[at - 1] != " ") or (tag := _parse(comment[at:])) is None:
        return comment, None
    return comment[: max(at - 1, 0)], tag


class Tagged(dict[str, str]):
    """A row as the router printed it, which carries its tag: its comment is parsed once, when it is first asked.

    Nobody changes one in place. A row that differs in something is a new mapping, whose comment is read anew.
    """

    __slots__ = ("_parts",)

    _parts: tuple[str, Tag | None]

    @property
    def parts(self) -> tuple[str, Tag | None]:
        """The user's text and the tag."""
        try:
            return self._parts
        except AttributeError:
            self._parts = split(self.get("comment", ""))
            return self._parts


def tagged(rows: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, str]]:
    """Rows that carry their tags; the very same where all of them do."""
    if all(isinstance(row, Tagged) for row in rows):
        return rows
    return [row if isinstance(row, Tagged) else Tagged(row) for row in rows]


def parts_of(row: Mapping[str, str]) -> tuple[str, Tag | None]:
    """The user's text in a row's comment, and the row's tag."""
    return row.parts if isinstance(row, Tagged) else split(str(row.get("comment") or ""))


def tag_of(row: Mapping[str, str]) -> Tag | None:
    """The tag of a row; None where it carries none."""
    return parts_of(row)[1]


def owner_of(row: Mapping[str, str]) -> str:
    """The twelve digits of the resource that has a row; empty where it carries no tag."""
    tag = tag_of(row)
    return tag.owner if tag else ""


def text_of(row: Mapping[str, str]) -> str:
    """A row's comment without its tag."""
    return parts_of(row)[0]


@functools.lru_cache(4096)
def _parse(text: str) -> Tag | None:
    """A tag's text; the entries of a list have one and the same, ten thousand times."""
    if (found := _TAG.fullmatch(text)) is None:
        return None
    adopted, stack, resource, rule, taken, more, edge, side, target = found.groups()
    older = tuple(
        Holder(stack + (name or resource), (alike or number).replace(_NONE, ""))
        for alike, name, number in _OLDER.findall(more)
    )
    return Tag(stack, resource, edge or side or "", target or "", bool(adopted), rule or "", taken or "", older)


def in_front(mine: Tag, there: Tag | None, gone: Collection[Holder] = ()) -> Tag:
    """The tag of a row that a resource has from now on: behind it stands who else has it.

    Args:
        mine: what the resource signs with.
        there: the tag that the row has now, if any.
        gone: who is known to be no holder any more.
    """
    if there is None or there.stack != mine.stack:
        return mine
    others = (one for one in there.holders if one != mine.holders[0] and not _in(one, gone))
    return mine._replace(older=tuple(dict.fromkeys(others))[:_MOST])


def has(tag: Tag | None, holders: Collection[Holder]) -> bool:
    """Whether one of these has the row."""
    return tag is not None and any(_in(one, holders) for one in tag.holders)


def without(tag: Tag, gone: Collection[Holder]) -> Tag | None:
    """The tag of a row once some have been deleted; None where nobody has it then."""
    left = [one for one in tag.holders if not _in(one, gone)]
    if not left:
        return None
    return tag._replace(resource=left[0].owner[4:], generation=left[0].generation, older=tuple(left[1:]))


def _in(one: Holder, some: Collection[Holder]) -> bool:
    return one in some or Holder(one.owner, ANY) in some


def resigned(comment: str, text: str | None, tag: Tag) -> str:
    """The comment of a row that is there: what the program says, else what an adopted row has said, and the tag.

    Args:
        comment: as the router has it.
        text: what the program declares; None for nothing.
        tag: whose the row is.
    """
    kept = split(comment)[0] if text is None and tag.adopted else text
    return signed(kept or "", tag)


def signed(text: str, tag: Tag) -> str:
    """The user's text with the tag behind it, as it is written to the router."""
    return f"{text} {tag}" if text else str(tag)


def marked(comment: str, digits: str) -> str:
    """A comment with a tag, marked as a run's that nobody has confirmed yet.

    Args:
        comment: it, without a mark.
        digits: six hex digits of the run and of what it does.
    """
    return f"{comment.removesuffix(']')}r{digits}]"


def unmarked(comment: str) -> str:
    """A comment as it is once the run is confirmed."""
    return _MARKED.sub("]", comment) if _MARKED.search(comment) and split(comment)[1] else comment
