"""One walk in each world: what isn't known and stays as it is while a connection lasts is supposed, in turn, to be so.

Rule: a world is followed whole, every packet in the same one. What ends alike in all is known; where it doesn't, what
becomes of it in each is told. Doubts that don't matter to a packet make no worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.trace.result import Connection, Disposition, Doubt, Trace, World
from wiretik_provider.trace.router.doubts import supposing
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

__all__ = ["in_all_worlds", "kept_in_both", "outcome"]

_MOST: Final = 32
"""How many worlds one question is followed in; what is beyond that stays unknown."""


class _Open(NamedTuple):
    snapshot: Snapshot
    told: tuple[str, ...]
    found: Trace
    comes: bool


def in_all_worlds(snapshot: Snapshot, walk: Callable[[Snapshot], Trace]) -> Trace:
    """What a walk comes to whatever isn't known, and if that isn't one thing, what in each world.

    Args:
        snapshot: the router.
        walk: follows something on a router, and tells in its trace which doubt it met.
    """
    first = walk(snapshot)
    left, done = [_Open(snapshot, (), first, comes=True)], list[World]()
    while left:
        one = left.pop(0)
        doubt = _doubt(one.found)
        if doubt is None or doubt.key in one.snapshot.world or len(left) + len(done) + len(doubt.options) > _MOST:
            done.append(World(" and ".join(one.told), one.found, one.comes))
            continue
        worlds = [(supposing(one.snapshot, doubt.key, value), words) for value, words in doubt.options]
        comes = one.comes and doubt.comes
        left[:0] = [_Open(world, (*one.told, words), walk(world), comes) for world, words in worlds]
    return first if len(done) == 1 else _together(first, done)


def _doubt(found: Trace) -> Doubt | None:
    """The first doubt that a connection's packets met."""
    return next((one.doubt for one in _parts(found) if one.doubt), None)


def _parts(found: Trace) -> Iterator[Trace]:
    yield found
    for other in (found.outer, found.reply, *found.later):
        if other is not None:
            yield from _parts(other)


def outcome(found: Trace) -> tuple[object, ...]:
    """How one packet ends."""
    return found.disposition, found.leaves, found.peer, found.fasttracked is None


def _whole(found: Trace) -> tuple[object, ...]:
    """How a connection ends."""
    reply = _whole(found.reply) if found.reply else None
    return outcome(found), found.answered, reply, tuple((one.about, outcome(one)) for one in found.later)


def _together(first: Trace, worlds: Sequence[World]) -> Trace:
    """What is the same in all worlds; `first` has met the first doubt."""
    found = [world.found for world in worlds]
    by = next(one for one in _parts(first) if one.doubt)
    why = f"{by.by.rule if by.by else ''}: {by.because}".removeprefix(": ")
    sure = all(one.disposition is not Disposition.UNKNOWN for one in found)
    if not sure or len({outcome(one) for one in found}) > 1:
        told = "; ".join(f"{told} it is {one.verdict}" for told, one, _ in worlds)
        return attrs.evolve(
            first,
            disposition=Disposition.UNKNOWN,
            by=by.by,
            leaves="",
            because=f"{by.because}; {told}",
            connection=_kept(found),
            answered=None,
            outer=None,
            reply=None,
            later=(),
            doubt=None,
            worlds=tuple(worlds),
        )
    alike = len({_whole(one) for one in found}) == 1
    note = f"{why}; it ends alike either way"
    one = found[0]
    return attrs.evolve(
        one,
        connection=_kept(found),
        table=one.table if all(other.table == one.table for other in found) else "",
        source=one.source if all(other.source == one.source for other in found) else 0,
        notes=(*one.notes, note) if alike else one.notes,
        answered=one.answered if all(other.answered == one.answered for other in found) else None,
        outer=_part(first, worlds, [other.outer for other in found]),
        reply=_part(first, worlds, [other.reply for other in found]),
        later=one.later if all(_whole(other)[3] == _whole(one)[3] for other in found) else (_unsure(first, worlds),),
        worlds=() if alike else tuple(worlds),
    )


def _part(first: Trace, worlds: Sequence[World], found: Sequence[Trace | None]) -> Trace | None:
    """Another packet of the connection, in all worlds."""
    there = [one for one in found if one is not None]
    if len(there) < len(found) or len({_whole(one) for one in there}) == 1:
        return there[0] if there else None
    unsure = _unsure(first, [world._replace(found=one) for world, one in zip(worlds, there, strict=True)])
    return attrs.evolve(unsure, packet=there[0].packet, about=there[0].about)


def _unsure(first: Trace, worlds: Sequence[World]) -> Trace:
    by = next(one for one in _parts(first) if one.doubt)
    told = "; ".join(f"{told} it is {one.verdict}" for told, one, _ in worlds)
    return Trace(first.packet, Disposition.UNKNOWN, by=by.by, because=f"{by.because}; {told}", about="a later packet")


def _kept(found: Sequence[Trace]) -> Connection | None:
    kept = found[0].connection
    for one in found[1:]:
        kept = kept_in_both(kept, one.connection)
    return kept


def kept_in_both(one: Connection | None, other: Connection | None) -> Connection | None:
    """What two worlds keep of a connection, if that differs in nothing but its mark and lists; None where it does."""
    if one is None or other is None or one == other:
        return one if one == other else None
    mark = one.mark if one.mark == other.mark else UNKNOWN
    sure = one.listed & other.listed
    perhaps = (one.listed | other.listed | one.perhaps | other.perhaps) - sure
    both = [attrs.evolve(kept, mark=mark, listed=sure, perhaps=perhaps) for kept in (one, other)]
    return both[0] if both[0] == both[1] else None
