"""Which rules may tell a connection's later packets from its first one: where none does, one walk is enough.

Rule: what is left out here is known to make no difference; whatever may make one is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from wiretik_provider.rules.model import GROUPS, Row, names_one
from wiretik_provider.trace.part import FIRST, LATER
from wiretik_provider.trace.result import Connection, Trace
from wiretik_provider.trace.router.snapshot import Snapshot
from wiretik_provider.trace.steps.chains import idle

__all__ = ["asks_for_push", "marks_later", "may_differ"]

_TELLING: Final = ("connection-mark", "connection-nat-state", "connection-state", "tcp-flags")
_LISTS: Final = ("src-address-list", "dst-address-list")


def may_differ(snapshot: Snapshot, first: Trace, *, drops: bool) -> bool:
    """Whether a later packet, the same way as the first one, may end otherwise.

    Args:
        snapshot: the router.
        first: what became of the first packet.
        drops: whether it matters, too, if it is dropped.
    """
    connection = first.connection
    if connection is None or not first.disposition.arrives:
        return False
    came = snapshot.met(first.packet.enters)
    ways = {first.packet.enters, came, snapshot.vrfs.get(came, came)}
    marked = bool(connection.mark) or marks_later(snapshot)
    return any(
        _may_come(snapshot, row, ways)
        and (
            bool(_filled(snapshot) & set(_listed(row)))
            or any(_tells(row, name, connection, marked=marked) for name in row)
        )
        for row in _rules(snapshot, drops=drops)
    )


def _tells(row: Row, name: str, connection: Connection, *, marked: bool) -> bool:
    text = row[name]
    if name == "connection-state":
        plain = text.replace("!", "").split(",")
        return ("new" in plain) != ("established" in plain) or "!" in text[1:]
    if name == "connection-mark":
        return marked
    if name == "connection-nat-state":
        return ("dstnat" in text and connection.dstnat) or ("srcnat" in text and connection.srcnat)
    if name == "tcp-flags":
        told = {flag.removeprefix("!") for flag in text.split(",")}
        return connection.first.protocol == "tcp" and (told & FIRST.flags) != (told & LATER.flags)
    return False


@lru_cache(maxsize=64)
def _rules(snapshot: Snapshot, *, drops: bool) -> Sequence[Row]:
    """The rules that a later packet may meet otherwise than the first one did."""
    family = snapshot.family
    menus = (family.raw, family.mangle, *((family.filter,) if drops else ()))
    filled = _filled(snapshot)
    return [
        row
        for path in menus
        for row in snapshot.enabled(path)
        if not idle(row) and (not row.keys().isdisjoint(_TELLING) or filled & set(_listed(row)))
    ]


@lru_cache(maxsize=64)
def _filled(snapshot: Snapshot) -> frozenset[str]:
    """Address lists that rules put something on."""
    rows = (row for path in snapshot.family.firewall for row in snapshot.enabled(path))
    return frozenset(row.get("address-list", "") for row in rows if row.get("action", "").startswith("add-"))


def _listed(row: Row) -> Iterator[str]:
    return (row[name].removeprefix("!") for name in _LISTS if name in row)


@lru_cache(maxsize=64)
def marks_later(snapshot: Snapshot) -> bool:
    """Whether a rule marks connections by other packets than new ones."""
    rows = (row for path in snapshot.family.firewall for row in snapshot.enabled(path))
    return any(row.get("action") == "mark-connection" and row.get("connection-state") != "new" for row in rows)


def _may_come(snapshot: Snapshot, row: Row, ways: Collection[str]) -> bool:
    """Whether packets that come in so may meet a rule."""
    name, told = row.get("in-interface", "!"), row.get("in-interface-list", "!")
    if names_one(name) and name not in GROUPS and name not in ways:
        return False
    return not names_one(told) or any(snapshot.in_list(way, told) is not False for way in ways)


@lru_cache(maxsize=64)
def asks_for_push(snapshot: Snapshot) -> bool:
    """Whether a rule tells packets with data from those without, which TCP's push flag does."""
    rows = (row for path in snapshot.family.firewall for row in snapshot.enabled(path))
    return any("psh" in row.get("tcp-flags", "") for row in rows)
