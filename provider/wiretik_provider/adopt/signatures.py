"""The order in which rows are signed, and whether a signature has disturbed the row that it was written on.

Nobody has recorded whether RouterOS starts a tunnel, a route or an address anew when its comment is set. So what may
carry a session is signed last, one row at a time, and looked at before and after: rows of these menus come behind all
others, tunnels and their peers behind addresses and routes.

Rule: pure. What stands beside a signature's row is never touched, and a comment that somebody changed meanwhile is his.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.calls import Command
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.errors import InvalidValue

__all__ = ["DELICATE", "TELLING", "Plan", "Signature", "changed", "disturbed", "plan"]

Row = Mapping[str, str]

DELICATE: Final = (
    "/ip/route",
    "/ipv6/route",
    "/ip/address",
    "/ipv6/address",
    "/interface/wireguard/peers",
    "/interface/wireguard",
)
"""The menus whose rows carry sessions, in the order in which they are signed."""
TELLING: Final = ("running", "active", "inactive", "invalid", "disabled", "slave")
_AT_ONCE: Final = 500
"""Ids in one `set` (docs/facts/api.md#commands)."""


class Signature(NamedTuple):
    """One comment, and the rows that get it."""

    path: str
    ids: tuple[str, ...]
    comment: str

    @property
    def command(self) -> Command:
        """What is sent."""
        return Command(self.path, "set", (f"=.id={','.join(self.ids)}", f"=comment={self.comment}"))


@attrs.frozen
class Plan:
    """What is to be signed.

    Attributes:
        at_once: in any order.
        one_by_one: behind these, in this order.
        met: by menu, rows whose comment is neither as it was read nor signed.
    """

    at_once: tuple[Signature, ...]
    one_by_one: tuple[Signature, ...]
    met: Mapping[str, Sequence[str]]


def plan(
    wanted: Mapping[str, Mapping[str, str]], read: Mapping[str, Sequence[Row]], now: Mapping[str, Sequence[Row]]
) -> Plan:
    """What is still to be signed.

    Args:
        wanted: by menu and `.id`, the comments with their tags.
        read: the rows when the program was written.
        now: the rows now.
    """
    left: dict[str, dict[str, str]] = {}
    met: dict[str, list[str]] = {}
    for path, comments in wanted.items():
        before = {row[".id"]: row.get("comment", "") for row in read.get(path, ()) if row.get(".id") in comments}
        there = {row[".id"]: row.get("comment", "") for row in now.get(path, ()) if row.get(".id") in comments}
        for key, comment in comments.items():
            if there.get(key) == comment:
                continue
            if key not in there or there[key] != before.get(key):
                met.setdefault(path, []).append(key)
            else:
                left.setdefault(path, {})[key] = comment
    easy = tuple(each for path, comments in left.items() if path not in DELICATE for each in _together(path, comments))
    last = tuple(Signature(path, (key,), comment) for path in DELICATE for key, comment in left.get(path, {}).items())
    return Plan(easy, last, met)


def _together(path: str, comments: Mapping[str, str]) -> Iterator[Signature]:
    """Rows that get one comment get it in one command, as the entries of a list."""
    alike: dict[str, list[str]] = {}
    for key, comment in comments.items():
        alike.setdefault(comment, []).append(key)
    for comment, ids in alike.items():
        for at in range(0, len(ids), _AT_ONCE):
            yield Signature(path, tuple(ids[at : at + _AT_ONCE]), comment)


def changed(before: Row, after: Row) -> str:
    """Whether more than its comment changed with a row; what, in words."""
    names = [name for name in TELLING if before.get(name) != after.get(name)]
    return ", ".join(f"{name} was {before.get(name, 'not there')}, is {after.get(name, 'not there')}" for name in names)


def disturbed(before: Sequence[Row], after: Sequence[Row]) -> str:
    """Whether peers have lost their sessions: a handshake that is gone, or counters that begin anew."""
    now = {row.get(".id"): row for row in after}
    for row in before:
        there = now.get(row.get(".id"))
        if there is None:
            continue
        name = row.get("name") or row.get("public-key", "")
        if _time(row) is not None and _time(there) is None:
            return f"peer {name}: its last handshake is gone"
        for counter in ("rx", "tx"):
            if _number(there, counter) < _number(row, counter):
                return f"peer {name}: {counter} begins anew"
    return ""


def _time(row: Row) -> int | None:
    text = row.get("last-handshake", "")
    if text in {"", "never"}:
        return None
    try:
        return milliseconds(text)
    except (InvalidValue, ValueError):
        return 0


def _number(row: Row, name: str) -> int:
    text = row.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() else 0
