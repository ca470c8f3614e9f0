"""A router's twin in memory, with its rows, their ids and its keys: what a plan is made on.

Rule: nothing is written to the router, and nothing that is read of it leaves this process but in a plan's lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from wiretik.cli.adopting.reading import of_export, serial_of
from wiretik.cli.compare.reading import Seen
from wiretik.cli.compare.rebuilding import own_rows, rebuilt
from wiretik.cli.tables import harmless
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import GateError
from wiretik_provider.menus import MENUS
from wiretik_provider.rows.compare import HIDDEN
from wiretik_provider.rows.ownership import tag_of
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.spec import MENUS as KNOWN

__all__ = ["Twin", "of_file", "of_router"]

Row = Mapping[str, str]
Ends = tuple[str, str, int]
"""Our address, the router's address and its port."""

_NOT_READ: Final = frozenset({"/file", "/log", "/user", "/user/group", "/user/ssh-keys", "/certificate"})
_INTERFACES: Final = "/interface"
_WIREGUARD: Final = "/interface/wireguard"
_SERIAL: Final = re.compile(r"^# serial number = (\S+)", re.MULTILINE)
_NOWHERE: Final[Ends] = ("127.0.0.1", "127.0.0.1", 8728)


@attrs.frozen
class Twin:
    """The twin of a router.

    Attributes:
        router: it.
        name: what the router calls itself.
        version: its RouterOS.
        ends: of the connection by which it was read.
        alike: its rows have the ids that they have on the router.
        keys: the user who read it may see keys.
        refused: rows that the twin doesn't take, a line each.
    """

    router: Router
    name: str
    version: str
    ends: Ends = _NOWHERE
    alike: bool = True
    keys: bool = True
    refused: Sequence[str] = ()


def of_file(file: Path) -> Twin:
    """The twin of the router that wrote an export.

    Raises:
        Unreadable: it can't be read, or isn't an export.
    """
    source = of_export(file)
    router, text = source.twin(), file.read_text("utf-8-sig", "surrogateescape")
    if found := _SERIAL.search(text):
        router.serial = found[1]
    shown = any("private-key" in row.said for row in router.table(_INTERFACES))
    there = source.inventory
    lost = tuple(f"{path}: {why}" for path, why in there.incomplete.items() if path in MENUS)
    return Twin(router, there.name, there.version, alike=False, keys=shown, refused=lost)


def of_router(reach: Access, stack: str) -> Twin:
    """The twin of a live router, which is read in one batch.

    Args:
        reach: how it is reached.
        stack: the digits of the stack that is planned: its rows must be on the twin.

    Raises:
        WiretikError: it can't be reached, or a row of the stack, or a menu of ours, can't be had.
    """
    paths = [menu.path for menu in KNOWN if menu.path not in _NOT_READ]
    session = Session(reach)
    try:
        resource, *answers = session.batch([Command("/system/resource", "print"), *map(_look, paths)])
        ends = session.ends
    finally:
        session.close()
    rows: dict[str, Sequence[Row]] = {}
    for path, answer in zip(paths, answers, strict=True):
        if answer.trap is None:
            rows[path] = answer.rows
        elif path in MENUS and not answer.trap.lacks_menu:
            raise GateError(reach.label, f"{path} can't be read: {answer.trap.message}")
    version = (resource.rows[0] if resource.rows else {}).get("version", "").partition(" ")[0]
    seen = Seen(version, rows={path: [_shown(row) for row in some] for path, some in rows.items()})
    router, refused = rebuilt(seen)
    told: list[str] = []
    for path, some in refused.items():
        for place, why in some.items():
            row = own_rows(rows[path])[place]
            told.append(f"{path} {row.get('name') or row.get('comment') or row['.id']}: {why}")
            tag = tag_of(row)
            if tag and tag.stack == stack:
                raise GateError(reach.label, f"{told[-1]}: the embedded router doesn't take this stack's own row")
    _resemble(router, rows, refused)
    name = next((row.get("name", "") for row in rows.get("/system/identity", ())), "")
    if name:
        router.run("/system/identity/set", name=name)
    keys = not any(HIDDEN in row.values() for some in rows.values() for row in some)
    return Twin(router, name, version, ends, keys=keys, refused=told)


def _look(path: str) -> Command:
    menu = MENUS.get(path)
    return Command(path, "print", menu.query if menu else harmless(path))


def _shown(row: Row) -> Row:
    """A row without what this user may not see."""
    return {name: text for name, text in row.items() if text != HIDDEN}


def _resemble(router: Router, rows: Mapping[str, Sequence[Row]], refused: Mapping[str, Mapping[int, str]]) -> None:
    """Gives the twin what tells the router and its rows apart: its serial number, its ids, its public keys."""
    router.serial = serial_of(rows) or router.serial
    by_name = {row["name"]: row for row in rows.get(_WIREGUARD, ()) if "name" in row}
    for name, row in router.table(_INTERFACES).names.items():
        if row.facts.get("type") == "wg" and (there := by_name.get(name)) and there.get("public-key"):
            row.facts |= {"private-key": row.values["private-key"], "public-key": there["public-key"]}
    for path, some in rows.items():
        menu = router.menus.get(path)
        if menu is None or menu.menu.singleton or menu.menu.table:
            continue
        pairs = dict(_pairs(router.rows(path), some, refused.get(path, {})))
        router.table(path).renumber({_number(here): _number(there) for here, there in pairs.items()})
    router.network.changed()
    router.network6.changed()


def _pairs(here: Sequence[Row], there: Sequence[Row], refused: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The ids of the same rows here and there: by their names, else by their order."""
    names = {row["name"]: row[".id"] for row in there if "name" in row}
    if names:
        yield from ((row[".id"], names[row["name"]]) for row in here if row.get("name") in names)
        return
    taken = [row for at, row in enumerate(own_rows(there)) if at not in refused]
    ours = own_rows(here)
    if len(ours) == len(taken):
        yield from ((one[".id"], other[".id"]) for one, other in zip(ours, taken, strict=True))


def _number(row_id: str) -> int:
    return int(row_id[1:], 16)
