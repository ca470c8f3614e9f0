"""A machine whose rows mean something: what completes them, what follows from them, and how `print` shows them.

`behaviour` and `computed` have the meaning of each menu; this is where rows meet it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.machine import behaviour, factory, timers
from wiretik_provider.simulator.machine.behaviour import PLACED, PREPARE, SHOW
from wiretik_provider.simulator.machine.machine import Machine
from wiretik_provider.simulator.machine.session import OWNER, Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec import VersionedMenu

__all__ = ["Device"]


class Device(Machine):
    """A machine with RouterOS's menus on it."""

    def rows(self, path: str) -> list[dict[str, str]]:
        """All rows of a menu as `print` gives them to a user who may see everything."""
        with self._lock:
            return list(self.printed(self.menus[path], OWNER))

    def printed(self, menu: VersionedMenu, session: Session, only: int | None = None) -> Iterator[dict[str, str]]:
        """The rows of a menu as a user sees them, or the only one that was asked for by its id."""
        self.refresh(menu.path)
        if (device := _DEVICE.get(menu.path)) is not None:
            yield from device(self, session)
            return
        show = SHOW.get(menu.path)
        hide = menu.secrets if "sensitive" not in session.policies else frozenset()
        kind, singleton = menu.menu.type, menu.menu.singleton
        table = self._tables[menu.path]
        rows: Iterable[Row] = table
        if only is not None and not singleton:
            found = table.get(only)
            rows = () if found is None else (found,)
        chained = self.options.nextid and menu.menu.ordered
        for row in rows:
            if not kind or row.facts["type"] == kind:
                out = self.shown(menu, row, show, hide, singleton=singleton)
                if chained:
                    following = table.after(row)
                    out[".nextid"] = _LAST if following is None else following.ref
                yield out

    def shown(
        self,
        menu: VersionedMenu,
        row: Row,
        show: Callable[[Machine, Row, dict[str, str]], None] | None,
        hide: frozenset[str],
        *,
        singleton: bool = False,
    ) -> dict[str, str]:
        """One row as `print` shows it."""
        out = {**menu.defaults, **row.values} if singleton else {".id": row.ref, **menu.defaults, **row.values}
        for name in menu.hidden:
            out.pop(name, None)
        if menu.path == "/interface":
            out = {name: value for name, value in out.items() if name == ".id" or name in menu.args}
        row.show_written(out, menu.hidden)
        if out.get("comment") == "":
            del out["comment"]
        if "default" in row.facts:
            out["default"] = "true"
        if show is not None:
            # A file that was loaded may leave out what something is computed from; then that isn't shown either.
            with contextlib.suppress(KeyError):
                show(self, row, out)
        for name in hide:
            if out.get(name):
                out[name] = "*****"
        return out

    def prepare(self, menu: VersionedMenu, session: Session, values: dict[str, str], row: Row | None) -> None:
        """Lets a menu's own rules complete or refuse the values of a row."""
        if (prepare := PREPARE.get(menu.path)) is not None:
            prepare(self, session, values, row)

    def placed(self, menu: VersionedMenu, row: Row) -> None:
        """A row has new values."""
        if (follow := PLACED.get(menu.path)) is not None:
            follow(self, row)

    def removable(self, menu: VersionedMenu, row: Row) -> None:
        """Refuses to lose a row that the router can't do without, and lets go what hangs on another."""
        kind = {"ether": "ethernet", "loopback": "loopback"}.get(row.facts.get("type", ""))
        if menu.path == "/interface" and kind is not None:
            raise refusal.failure(f"can not remove {kind} interface")
        if (lose := behaviour.REMOVED.get(menu.path)) is not None:
            lose(self, row)

    def one(self, path: str, row: Row, session: Session) -> dict[str, str] | None:
        """One row as a user sees it; None where it belongs to another menu on the same table."""
        menu = self.menus[path]
        if menu.menu.type and row.facts["type"] != menu.menu.type:
            return None
        hide = menu.secrets if "sensitive" not in session.policies else frozenset()
        return self.shown(menu, row, SHOW.get(path), hide)

    def reboot(self, *, power_cut: bool = False) -> None:
        """Loses what is only in memory and begins again: uptime from zero, safe mode free, nothing to undo.

        Args:
            power_cut: nobody asked the router: what wasn't on the flash yet is lost, too.
        """
        with self._lock:
            if self.history.holder is not None and self.options.reboot_unrolls:
                self.history.unroll()
            if power_cut and self.options.flash_seconds:
                self.history.lose(self.clock() - self.options.flash_seconds)
            self.history.release()
            self.history.forget()
            self.started = self.clock()
            self.power_off_after = None
            self.agenda.clear()
            behaviour.forget(self)
            timers.boot(self)

    def _undone(self) -> None:
        super()._undone()
        timers.replan(self)

    def factory_values(self, path: str, row: Row) -> dict[str, str]:
        """What a row that only the router makes had on the first day."""
        return factory.values(path, row)


_LAST: Final = "*FFFFFFFF"
_DEVICE: Final[dict[str, Callable[[Machine, Session], Iterator[dict[str, str]]]]] = {
    "/system/history": factory.history,
    "/safe-mode": factory.safe_mode,
    "/system/resource": factory.resource,
    "/system/routerboard": factory.board,
    "/system/license": factory.license_,
    "/system/device-mode": timers.device_mode,
}
