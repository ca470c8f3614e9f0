"""Whose row is this: the tag at the end of a row's comment.

` [wt:3f9a2c71e0b4]` holds four hex digits of the stack and eight of the resource in it, so that a row tells by itself
whether it is this resource's, this stack's, another stack's or nobody's, even after a `kill -9` before the state was
written. Where a rule's place was asked for, one digit says which place and four more whose neighbour it is: so any
reader of the chain can judge its order without the program. A row of a whole block has a 7 and four digits of the
rule's name behind the block's, so that a block knows its rows even by names that the program has forgotten. `wta`
marks a row that was there before and was adopted.

An 8 and four digits are the row's generation, which the state of its resource knows, too. Type and name don't tell two
resources apart that are one before and one after it moved in the program, and engines make the new one first: it takes
the row over with another generation, and the old one's deletion, whenever and in whichever process it comes, leaves a
row of which the generation isn't its own. A tag without one is a generation like any other.

Rule: pure. The tag is all that Wiretik ever writes into a comment besides the user's text.
"""

from __future__ import annotations

import functools
import hashlib
import re
import secrets
from typing import Final, NamedTuple

__all__ = [
    "AFTER",
    "BEFORE",
    "BEFORE_DROP",
    "BEFORE_FASTTRACK",
    "FIRST",
    "LAST",
    "Tag",
    "generation",
    "make",
    "resigned",
    "rule_part",
    "signed",
    "split",
    "stack_part",
]

FIRST: Final = "1"
LAST: Final = "2"
BEFORE: Final = "3"
AFTER: Final = "4"
BEFORE_DROP: Final = "5"
BEFORE_FASTTRACK: Final = "6"

_TAG: Final = re.compile(
    r"\[wt(a?):([0-9a-f]{4})([0-9a-f]{8})(?:7([0-9a-f]{4}))?(?:8([0-9a-f]{4}))?(?:([1256])|([34])([0-9a-f]{4}))?\]"
)


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

    @property
    def owner(self) -> str:
        """Stack and resource: the twelve digits that `make` gave."""
        return self.stack + self.resource

    def __str__(self) -> str:
        more = f"7{self.rule}" * bool(self.rule) + f"8{self.generation}" * bool(self.generation)
        return f"[wt{'a' * self.adopted}:{self.owner}{more}{self.place}{self.target}]"


def stack_part(project: str, stack: str) -> str:
    """The digits that all rows of one stack share."""
    return hashlib.sha256(f"{project}\0{stack}".encode()).hexdigest()[:4]


def make(project: str, stack: str, kind: str, name: str) -> str:
    """The twelve digits of one resource: of its project, stack, type and logical name."""
    return stack_part(project, stack) + hashlib.sha256(f"{kind}\0{name}".encode()).hexdigest()[:8]


def generation() -> str:
    """A generation that no row has but by chance, one in 65,536."""
    return secrets.token_hex(2)


def rule_part(name: str) -> str:
    """The four digits of a rule's name in its block."""
    return hashlib.sha256(name.encode()).hexdigest()[:4]


def split(comment: str) -> tuple[str, Tag | None]:
    """A comment as the router has it, into the user's text and the tag."""
    at = comment.rfind("[wt")
    if at < 0 or (at and comment[at - 1] != " ") or (tag := _parse(comment[at:])) is None:
        return comment, None
    return comment[: max(at - 1, 0)], tag


@functools.lru_cache(4096)
def _parse(text: str) -> Tag | None:
    """A tag's text; the entries of a list have one and the same, ten thousand times."""
    if (found := _TAG.fullmatch(text)) is None:
        return None
    adopted, stack, resource, rule, taken, edge, side, target = found.groups()
    return Tag(stack, resource, edge or side or "", target or "", bool(adopted), rule or "", taken or "")


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
