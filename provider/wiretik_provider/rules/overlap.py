"""Can one packet match two firewall rules: an answer in three values, rounded to the safe side.

Rule: "no" is said only where it is proven by a pair of matchers that no packet satisfies together; whatever isn't
known (an unknown list, a matcher without a set meaning, a spelling that isn't understood) counts as "perhaps", and
perhaps counts as yes. Pure: rows as the router prints them, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, NamedTuple

from wiretik_provider.codecs import spans
from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import Span
from wiretik_provider.rules.model import BESIDE, GROUPS, Reads, Row, asks, protocol_name, reads, split, told_apart

__all__ = ["Lists", "covers", "may_match_state", "may_overlap", "memberships"]

Lists = Mapping[str, Collection[str]]
"""The interfaces that are in an interface list, by the list's name; a list that isn't here is unknown."""


class _Set(NamedTuple):
    """What a matcher lets through: members or, negated, all others."""

    negated: bool
    members: frozenset[str]


def memberships(lists: Iterable[Row], members: Iterable[Row]) -> Lists:
    """The interfaces in each interface list, of those lists of which that is certain.

    Args:
        lists: the rows of `/interface/list`.
        members: the rows of `/interface/list/member`.
    """
    found: dict[str, set[str]] = {}
    parts: dict[str, list[str]] = {}
    for row in lists:
        # RouterOS's own lists have no rows for their members, and which of include and exclude wins isn't documented.
        if row.get("builtin") != "true" and not row.get("exclude"):
            found[row.get("name", "")] = set()
            parts[row.get("name", "")] = [name for name in row.get("include", "").split(",") if name]
    for row in members:
        if row.get("disabled") != "true" and row.get("list") in found:
            found[row["list"]].add(row.get("interface", ""))

    def whole(name: str, above: tuple[str, ...] = ()) -> set[str] | None:
        if name not in found or name in above:
            return None
        inside = [whole(part, (*above, name)) for part in parts[name]]
        known = [some for some in inside if some is not None]
        return found[name].union(*known) if len(known) == len(inside) else None

    return {name: frozenset(some) for name in found if (some := whole(name)) is not None}


def may_match_state(rule: Row, state: str) -> bool:
    """False if the rule provably never sees a packet of a connection in this state (`new`, `established`, …)."""
    items = [item for item in rule.get("connection-state", "").split(",") if item]
    if not items:
        return True
    if f"!{state}" in items:
        return False
    # Whether one `!` in front of a list means all its items isn't documented: both readings count.
    return state in items or any(item.startswith("!") for item in items)


def may_overlap(
    a: Row, b: Row, *, state: str = "new", lists: Lists | None = None, changing: Collection[str] = ()
) -> bool:
    """Whether one packet of a connection in this state may match both rules.

    Args:
        a: one rule; its chain, action and whether it is disabled don't matter here.
        b: the other.
        state: the connection's state.
        lists: members of interface lists, as far as they are known.
        changing: matchers that prove nothing, since rules between the two may change what they look at (`rewritten`).
    """
    if not (may_match_state(a, state) and may_match_state(b, state)):
        return False
    for name, text in a.items():
        if name in b and name not in changing and name not in BESIDE and _PROOFS[reads(name)](text, b[name]):
            return False
    known = lists or {}
    return not any(
        _apart(_interfaces(a, side, known), _interfaces(b, side, known))
        for side, asked in _SIDES.items()
        if not (asked.isdisjoint(a) and asked.isdisjoint(b))
    )


_SIDES: Final = {side: frozenset({f"{side}-interface", f"{side}-interface-list"}) for side in ("in", "out")}


def covers(wide: Row, narrow: Row) -> bool:
    """Whether `wide` provably matches all that `narrow` does, for it asks nothing that `narrow` doesn't ask alike."""
    return all(narrow.get(name) == text for name, text in asks(wide))


def _single(a: str, b: str) -> bool:
    (not_a, one), (not_b, other) = split(a), split(b)
    return one != other if not (not_a or not_b) else not_a != not_b and one == other


def _opposed(a: str, b: str) -> bool:
    return a != b and split(a)[1] == split(b)[1] and told_apart(a)


def _protocol(a: str, b: str) -> bool:
    (not_a, one), (not_b, other) = split(a), split(b)
    one, other = protocol_name(one), protocol_name(other)
    if is_number(one) != is_number(other):
        return False  # a number that isn't in the table may be any name
    return one != other if not (not_a or not_b) else not_a != not_b and one == other


def _flags(a: str, b: str) -> bool:
    """tcp-flags: every plain one must be set, every negated one must not."""
    one, other = set(a.split(",")), set(b.split(","))
    return any(f"!{flag}" in other for flag in one) or any(f"!{flag}" in one for flag in other)


def _policy(a: str, b: str) -> bool:
    """ipsec-policy: `in,none` against `in,ipsec`; the two directions say nothing of each other."""
    (way, _, one), (other_way, _, other) = a.partition(","), b.partition(",")
    return way == other_way and {one, other} == {"none", "ipsec"}


def _never(_a: str, _b: str) -> bool:
    return False


def _line(text: str) -> tuple[Span, ...] | None:
    found = spans.addresses(text)
    return found and (found,)


def _ranges(read: Callable[[str], tuple[Span, ...] | None]) -> Callable[[str, str], bool]:
    """The proof for matchers that are sets of numbers."""

    def apart(a: str, b: str) -> bool:
        (not_a, one), (not_b, other) = split(a), split(b)
        left, right = read(one), read(other)
        if left is None or right is None or (not_a and not_b):
            return False
        if not_a:
            return all(any(low <= x and y <= high for low, high in left) for x, y in right)
        if not_b:
            return all(any(low <= x and y <= high for low, high in right) for x, y in left)
        return not any(x <= high and low <= y for x, y in left for low, high in right)

    return apart


_PROOFS: Final[Mapping[Reads, Callable[[str, str], bool]]] = {
    Reads.ADDRESSES: _ranges(_line),
    Reads.CHANCE: _never,
    Reads.FLAGS: _flags,
    Reads.INTERFACE: _never,  # `_interfaces` has both of a side
    Reads.INTERFACES: _never,
    Reads.IPSEC: _policy,
    Reads.NAME: _single,
    Reads.NUMBERS: _ranges(spans.numbers),
    Reads.OTHER: _opposed,
    Reads.PROTOCOL: _protocol,
    Reads.STATES: _never,  # `may_match_state` has them
}


def _interfaces(rule: Row, side: str, lists: Lists) -> list[_Set]:
    """What a rule asks of one side's interface, as sets; an unknown list is a set of its own name."""
    out: list[_Set] = []
    if plain := rule.get(f"{side}-interface"):
        negated, name = split(plain)
        if name in GROUPS:
            out.append(_Set(negated, frozenset({f"group {name}"})))
        else:
            out.append(_Set(negated, frozenset({name})))
    if text := rule.get(f"{side}-interface-list"):
        negated, name = split(text)
        if name in {"all", "none"}:
            out.append(_Set(negated == (name == "none"), frozenset()))
        elif name in lists:
            out.append(_Set(negated, frozenset(lists[name])))
        else:
            out.append(_Set(negated, frozenset({f"list {name}"})))
    return out


def _apart(a: list[_Set], b: list[_Set]) -> bool:
    # A rule that contradicts itself matches nothing, so the pairs within one rule count too.
    asked = [*a, *b]
    return any(_disjoint(one, other) for i, one in enumerate(asked) for other in asked[i:])


_OPAQUE: Final = re.compile(r"(group|list) ")


def _disjoint(a: _Set, b: _Set) -> bool:
    opaque = any(_OPAQUE.match(name) for name in a.members | b.members)
    if a.negated and b.negated:
        return False
    if a.negated != b.negated:
        plain, negated = (b, a) if a.negated else (a, b)
        return plain.members <= negated.members
    # Of an opaque name it isn't known which interfaces it holds.
    return not (a.members & b.members) and (not opaque or not a.members or not b.members)
