"""The router that is adopted: a live one, or that of an export, and a twin of it in memory to rehearse on.

Rule: nothing is written here. The private keys of WireGuard interfaces stay on the router; keys of peers are read,
since they become the program's encrypted config.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from wiretik.cli.compare.reading import Seen
from wiretik.cli.compare.rebuilding import NEWEST, own_rows, rebuilt
from wiretik.cli.snapshots import Unreadable
from wiretik.cli.tables import harmless
from wiretik_provider.adopt.choosing import Inventory
from wiretik_provider.adopt.others import Factory, is_other, is_signed
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import GateError
from wiretik_provider.masks import is_secret
from wiretik_provider.menus import MENUS
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows.compare import HIDDEN
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import LoadError, blacked_out, version_of
from wiretik_provider.simulator.machine.network import MADE_UP
from wiretik_provider.simulator.spec import MENUS as KNOWN

__all__ = ["Source", "look_at", "of_export", "of_router", "serial_of"]

Row = Mapping[str, str]

_NOT_HERE: Final = "the embedded router, on which it would be rehearsed, doesn't take it"
_NOT_READ: Final = frozenset({"/file", "/log", "/user", "/user/ssh-keys", "/certificate"})


@attrs.frozen
class Source:
    """A router to adopt.

    Attributes:
        inventory: its rows.
        twin: makes an embedded router that has them.
        refused: by menu and `.id`, why the twin couldn't take a row.
    """

    inventory: Inventory
    twin: Callable[[], Router]
    refused: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)

    def ids(self, router: Router) -> dict[str, dict[str, str]]:
        """By menu and `.id` of a row of a twin, the `.id` of that row on the router itself."""
        found: dict[str, dict[str, str]] = {}
        for path, rows in self.inventory.tables.items():
            if path in router.menus and (path in MENUS or is_signed(path)) and not menu_at(path).singleton:
                there = [row[".id"] for row in own_rows(router.rows(path))]
                here = [row[".id"] for row in own_rows(rows) if row[".id"] not in self.refused.get(path, {})]
                if len(here) != len(there):
                    raise Unreadable(f"{path}: the twin has {len(there)} rows, the router {len(here)}")
                found[path] = dict(zip(there, here, strict=True))
                for row in router.rows(path):  # RouterOS's own, which have the ids that they have
                    if "true" in (row.get("builtin"), row.get("default")):
                        found[path].setdefault(row[".id"], row[".id"])
        return found


def of_export(file: Path) -> Source:
    """The router that wrote an export.

    Raises:
        Unreadable: it can't be read, or isn't an export.
    """
    try:
        text = file.read_text("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror}") from None
    version = version_of(text) or NEWEST

    def twin() -> Router:
        router = Router("none", version, leases={})
        try:
            router.load(text, skip_unknown=True)
        except ValueError as error:
            raise Unreadable(f"{file}: {error.errors[0] if isinstance(error, LoadError) else error}") from None
        return router

    router = twin()
    tables = {path: router.rows(path) for path in router.menus if path not in _NOT_READ}
    doubtful = {path: blacked_out(router, path) for path in router.menus if path in MENUS or is_other(path)}
    name = next((row["name"] for row in router.rows("/system/identity")), "")
    factory = _factory(router, version, stated=True)
    return Source(Inventory(version, name, tables, doubtful, dict(router.incomplete), factory, partial=True), twin)


def of_router(reach: Access) -> Source:
    """A live router, read in one batch.

    Raises:
        WiretikError: it can't be reached, or a menu of ours can't be read.
    """
    session = Session(reach)
    try:
        resource, *answers = session.batch(
            [Command("/system/resource", "print"), *(look_at(path) for path in _paths())]
        )
    finally:
        session.close()
    rows: dict[str, Sequence[Row]] = {}
    for path, answer in zip(_paths(), answers, strict=True):
        if answer.trap is None:
            rows[path] = [_without_others_secrets(path, row) for row in answer.rows]
        elif not answer.trap.lacks_menu and path in MENUS:
            raise GateError(reach.label, f"{path} can't be read: {answer.trap.message}")
    facts = resource.rows[0] if resource.rows else {}
    version = facts.get("version", "").partition(" ")[0]
    seen = Seen(version, rows={path: [_shown(row) for row in some] for path, some in rows.items()})
    name = next((row.get("name", "") for row in rows.get("/system/identity", ())), "")
    first = rebuilt(seen)
    spare = [first.router]
    refused = {
        path: {own_rows(rows[path])[at][".id"]: f"{_NOT_HERE}: {why}" for at, why in some.items()}
        for path, some in first.refused.items()
        if (path in MENUS or is_other(path)) and not menu_at(path).singleton
    }

    def twin() -> Router:
        router = spare.pop() if spare else rebuilt(seen).router
        if name:
            router.run("/system/identity/set", name=name)
        router.serial = serial_of(rows) or router.serial  # by which a stack that is there knows it again
        return router

    factory = _factory(first.router, version or NEWEST, stated=False)
    return Source(Inventory(version, name, rows, factory=factory), twin, refused)


def serial_of(rows: Mapping[str, Sequence[Row]]) -> str:
    """What tells a router from all others, empty where it doesn't say."""
    facts: dict[str, str] = {}
    for path in ("/system/license", "/system/routerboard"):
        for row in rows.get(path, ()):
            facts |= row
    return next((facts[name] for name in ("serial-number", "software-id", "system-id") if facts.get(name)), "")


def _factory(router: Router, version: str, *, stated: bool) -> Factory:
    """What a router of that version has by itself, as far as the embedded router knows it."""
    usual = {path: menu.defaults for path, menu in router.menus.items() if is_other(path)}
    fresh = Router("none", version, leases={})
    return Factory(usual, {path: fresh.rows(path) for path in usual}, stated, MADE_UP)


def _paths() -> list[str]:
    return [menu.path for menu in KNOWN if menu.path not in {*_NOT_READ, "/user/group"}]


def look_at(path: str) -> Command:
    """How a menu is read: of ours with keys, but for those that stay on the router."""
    menu = MENUS.get(path)
    return Command(path, "print", harmless(path) if menu is None else (*_columns(menu), *menu.query))


def _columns(menu: Menu) -> tuple[str, ...]:
    own = [field.name for field in menu.fields if field.secret and field.computed]
    if not own:
        return ()
    names = [".id", "dynamic", *(field.name for field in menu.fields if field.name not in {*own, "dynamic"})]
    return (f"=.proplist={','.join(names)}",)


def _without_others_secrets(path: str, row: Row) -> Row:
    """A row with the secrets that become config, and no others."""
    menu = MENUS.get(path)
    ours = {field.name for field in menu.fields} if menu else set[str]()
    return {name: text for name, text in row.items() if name in ours or not is_secret(name)}


def _shown(row: Row) -> Row:
    """A row without what this user may not see."""
    return {name: text for name, text in row.items() if text != HIDDEN}
