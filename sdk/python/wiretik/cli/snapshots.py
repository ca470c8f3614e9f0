"""Where a trace takes its router from: the router itself, or what a program will make of it; see `exports`, too."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wiretik.cli.tables import harmless
from wiretik.engine import Stack
from wiretik.engine.processes import provider
from wiretik_provider.api.link import close_all
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate import expectations
from wiretik_provider.trace import MENUS, MENUS6, Snapshot

__all__ = ["Unreadable", "planned", "read"]


class Unreadable(WiretikError):
    """There is nothing to trace on."""


def read(reach: Access, besides: Sequence[str] = ()) -> Snapshot:
    """Reads of a router all that a trace looks at, and other menus, in one round trip; secrets are never read."""
    menus = tuple(dict.fromkeys((*MENUS, *MENUS6, *besides)))
    session = Session(reach)
    try:
        commands = [Command(path, "print", harmless(path)) for path in menus]
        identity, *answers = session.batch([Command("/system/identity", "print"), *commands])
    finally:
        session.close()
    rows, unread = {}, {}
    for path, answer in zip(menus, answers, strict=True):
        rows[path] = answer.rows
        # A router that hasn't got a menu hasn't got what would stand in it.
        if answer.trap and not answer.trap.lacks_menu:
            unread[path] = answer.trap.message
    name = next((row.get("name", "") for row in identity.rows), "")
    return Snapshot(rows, unread, name or reach.host)


def planned(directory: Path, name: str | None) -> dict[str, Snapshot]:
    """The stack's routers by name, as an `up` would leave them: a preview is run, and nothing is written.

    Raises:
        Unreadable: the preview fails.
    """
    found: dict[str, Snapshot] = {}
    try:
        with expectations.shown(found.__setitem__):
            result = Stack(directory, name, host=provider.in_process).preview()
    finally:
        close_all()
    if not result.ok:
        raise Unreadable("the preview fails: " + "; ".join(result.errors))
    if not found:
        raise Unreadable("the program declares nothing on a router")
    return found
