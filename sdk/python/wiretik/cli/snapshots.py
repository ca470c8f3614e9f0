"""Where a trace takes its router from: the router itself, an export of it, or what a program will make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from wiretik.cli.show import _harmless
from wiretik.engine import Stack, provider
from wiretik_provider.errors import WiretikError
from wiretik_provider.kinds import expectations
from wiretik_provider.link import close_all
from wiretik_provider.menus import MENUS as KNOWN
from wiretik_provider.session import Access, Command, Session
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.loading import LoadError, version_of
from wiretik_provider.trace import MENUS, MENUS6, Snapshot
from wiretik_provider.trace.derive import derived

__all__ = ["Unreadable", "exported", "planned", "read"]

ROUTES: Final = "/ip/route"


class Unreadable(WiretikError):
    """There is nothing to trace on."""


def read(reach: Access, besides: Sequence[str] = ()) -> Snapshot:
    """Reads of a router all that a trace looks at, and other menus, in one round trip; secrets are never read."""
    menus = tuple(dict.fromkeys((*MENUS, *MENUS6, *besides)))
    session = Session(reach)
    try:
        commands = [Command(path, "print", _harmless(path) if path in KNOWN else ()) for path in menus]
        identity, *answers = session.batch([Command("/system/identity", "print"), *commands])
    finally:
        session.close()
    rows, unread = {}, {}
    for path, answer in zip(menus, answers, strict=True):
        rows[path] = answer.rows
        # A router that hasn't got a menu hasn't got what would stand in it.
        if answer.trap and not answer.trap.message.startswith("no such command"):
            unread[path] = answer.trap.message
    name = next((row.get("name", "") for row in identity.rows), "")
    return Snapshot(rows, unread, name or reach.host)


def exported(file: Path) -> tuple[Snapshot, list[str]]:
    """The router of an `/export` file, as the embedded router loads it, and what it left out.

    What DHCP gave isn't in an export: its default route is taken to be there, its address isn't known.

    Raises:
        Unreadable: it can't be read, or isn't an export.
    """
    try:
        text = file.read_text("utf-8", "surrogateescape")
        router = Router("none", version_of(text) or "7.23.2", leases={})
        skipped = [f"{file}:{one.line}: left out: {one.problem}" for one in router.load(text, skip_unknown=True)]
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror}") from None
    except (LoadError, ValueError) as error:
        raise Unreadable(f"{file}: {error}") from None
    rows: dict[str, Sequence[Mapping[str, str]]] = {
        path: router.rows(path) for path in (*MENUS, *MENUS6) if path in router.menus
    }
    clients = router.rows("/ip/dhcp-client") if "/ip/dhcp-client" in router.menus else []
    given = [row for row in clients if row.get("disabled") != "true" and row.get("add-default-route", "yes") != "no"]
    defaults = [
        {"dst-address": "0.0.0.0/0", "gateway": row["interface"], "distance": row.get("default-route-distance", "1")}
        for row in given
    ]
    if defaults:
        rows = dict(derived({**rows, ROUTES: [*rows[ROUTES], *({".id": "", **row} for row in defaults)]}))
    notes = [f"{file}: what DHCP gives {row['interface']} isn't in it" for row in given]
    name = next((row.get("name", "") for row in router.rows("/system/identity")), "")
    return Snapshot(rows, {}, name or file.stem), [*skipped, *notes]


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
