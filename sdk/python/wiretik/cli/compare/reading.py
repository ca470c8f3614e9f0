"""Reads a router for a comparison: its version, and the rows of every menu that the embedded router has, too.

Nothing is written. Secrets are left on the router where a menu has any that we know, and dropped here once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from wiretik.cli.tables import harmless
from wiretik_provider.api.session import Command, Session
from wiretik_provider.masks import is_secret
from wiretik_provider.rules.model import Row
from wiretik_provider.simulator.spec import MENUS

__all__ = ["Packet", "Seen", "checked", "look"]

# Rows of these come and go by themselves, or are asked for elsewhere.
_NOT_READ: Final = frozenset({"/file", "/log", "/user", "/user/group", "/user/ssh-keys", "/certificate"})


@attrs.frozen
class Seen:
    """A router as it printed itself.

    Attributes:
        version: such as `7.20.8`.
        board: its model, which says nothing of its owner.
        architecture: such as `arm64`.
        rows: by menu, in the order in which they came, each with its properties in their order.
        lacking: menus that it hasn't got.
        unread: menus that couldn't be read, and why.
    """

    version: str
    board: str = ""
    architecture: str = ""
    rows: Mapping[str, Sequence[Row]] = attrs.field(factory=dict)
    lacking: frozenset[str] = frozenset()
    unread: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class Packet:
    """A packet for `/ip/route/check`: from where, to where, and what the router said: status, interface."""

    src: str
    dst: str
    status: str = ""
    interface: str = ""


def look(session: Session) -> Seen:
    """Reads a router."""
    paths = [menu.path for menu in MENUS if menu.path not in _NOT_READ]
    commands = [Command(path, "print", harmless(path)) for path in paths]
    resource, *answers = session.batch([Command("/system/resource", "print"), *commands])
    facts = resource.rows[0] if resource.rows else {}
    rows: dict[str, Sequence[Row]] = {}
    lacking, unread = set(), {}
    for path, answer in zip(paths, answers, strict=True):
        if answer.trap is None:
            rows[path] = [{name: text for name, text in row.items() if not is_secret(name)} for row in answer.rows]
        elif answer.trap.lacks_menu:
            lacking.add(path)
        else:
            unread[path] = answer.trap.message
    version = facts.get("version", "").partition(" ")[0]
    return Seen(
        version, facts.get("board-name", ""), facts.get("architecture-name", ""), rows, frozenset(lacking), unread
    )


def checked(session: Session, packets: Sequence[Packet]) -> list[Packet] | None:
    """What `/ip/route/check` says of packets; None where the router hasn't got it (before 7.18)."""
    words = [(f"=dst-ip={one.dst}", *((f"=src-ip={one.src}",) if one.src else ()), "=once=") for one in packets]
    answers = session.batch([Command("/ip/route", "check", each) for each in words])
    if any(answer.trap for answer in answers):
        return None
    found = []
    for packet, answer in zip(packets, answers, strict=True):
        row = answer.rows[0] if answer.rows else {}
        found.append(attrs.evolve(packet, status=row.get("status", ""), interface=row.get("interface", "")))
    return found
