"""Whether a connection gets through: its first packet arrives, the answer comes back, later packets go on.

Pure. Rule: an answer that leaves by another way than its question came is not known to get back; `turned` says so,
since whoever asks about one packet wants to hear it.
"""

from __future__ import annotations

from wiretik_provider.trace.connection import goes_on
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.snapshot import Snapshot

__all__ = ["fate", "marked", "turned"]


def fate(snapshot: Snapshot, found: Trace) -> tuple[bool | None, str]:
    """Whether it gets through, None where that isn't known; and in words what keeps it from that.

    Args:
        snapshot: the router that it begins on.
        found: the whole connection.
    """
    if found.worlds:
        return _in_worlds(snapshot, found)
    if not found.disposition.arrives:
        return None if found.disposition is Disposition.UNKNOWN else False, f"is {found.verdict}"
    translated = found.connection is not None and found.connection.dstnat
    local = snapshot.of(found.packet.family).local
    if found.packet.dst in local and found.disposition is not Disposition.DELIVERED and not translated:
        return False, f"is {marked(found)}{found.verdict} instead of getting to the router itself"
    if found.answered is False and found.reply is not None:
        return False, f"gets there, but its answer is {found.reply.verdict}"
    if found.answered is None:
        why = found.reply.verdict if found.reply else "the state of the connection isn't known"
        return None, f"gets there, but whether its answer gets back isn't known: {why}"
    return goes_on(found)


def _in_worlds(snapshot: Snapshot, found: Trace) -> tuple[bool | None, str]:
    """The same of a connection that doesn't end alike in all worlds."""
    each = [(world.told, *fate(snapshot, world.found)) for world in found.worlds]
    alike = len({holds for _, holds, _ in each}) == 1
    told, holds, why = each[0] if alike else next(one for one in each if one[1] is not True)
    return (True, "") if alike and holds else (holds if alike else None, f"{why}, {told}")


def turned(found: Trace) -> str:
    """By which other way than the question came the answer leaves, in words; empty where it doesn't."""
    reply = found.reply
    if found.answered is not None or reply is None or not reply.disposition.arrives:
        return ""
    return f"gets there, but its answer is {reply.verdict}, and the question came in by {found.packet.enters}"


def marked(way: Trace) -> str:
    """The mark that it has, as the beginning of a sentence's part."""
    return f"marked {way.mark} and " if way.mark else ""
