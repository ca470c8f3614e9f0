"""Makes room for a row that wants another one's value: carries out the decisions of `exchange`, command by command.

Rule: whoever makes room holds the menu and has looked at it anew, and a row that had to give way comes back where the
other one can't be written. What is exchanged runs afterwards: an interface that doesn't is switched off and on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from wiretik_provider.api.link import Link
from wiretik_provider.codecs.base import Value
from wiretik_provider.errors import Overtaken, RouterError, RowError, Trap
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.rows.compare import Row
from wiretik_provider.rows.exchange import Asker, Step

__all__ = ["list_turn", "room_for"]


@contextmanager
def room_for(link: Link, menu: Menu, wanted: Mapping[str, Value], own_id: str, owner: str) -> Iterator[Row | None]:
    """Writes a row within this, which first makes room and then lets those who gave way have what they shall have.

    It gives the resource's own row as it is then, where there was something to look at again.

    Args:
        link: the router.
        menu: the row's menu.
        wanted: declared values by RouterOS's names.
        own_id: the `.id` of the resource's own row; empty where it has none yet.
        owner: the resource's tag.

    Raises:
        RowError: somebody has it who doesn't give it up.
    """
    if not exchange.in_the_way(menu, link.rows(menu.path, menu.query), wanted, own_id):
        yield None
        return
    with link.lock(menu.path):
        link.forget(menu.path)
        kept = link.rows(menu.path, menu.query)
        own = next((row for row in kept if row.get(".id") == own_id), None)
        room = exchange.room(menu, kept, wanted, Asker(owner, own), link.program)
        if room.problem:
            raise RowError(link.label, menu.path, compare.label(menu, wanted), room.problem)
        steps = (*room.before, *room.after)
        if not steps:
            yield own
            return
        try:
            _take(link, menu, room.before)
            link.forget(menu.path)
            yield own
        except RouterError:
            with suppress(RouterError):  # what went wrong first is told
                _take(link, menu, room.back)
            raise
        else:
            _take(link, menu, room.after)
        finally:
            link.forget(menu.path)
        _run(link, menu, {owner, *_owners(step.row for step in steps)})


@contextmanager
def list_turn(link: Link, menu: Menu, wanted: Mapping[str, Value], owner: str) -> Iterator[None]:
    """Holds the menu where elements of a row's list come from another row or may go to one: one after the other.

    What a row has left for now must not be written again once another row has got it (`exchange.had_elsewhere`).
    """
    kept = link.rows(menu.path, menu.query) if menu.holds else []
    own = next(iter(compare.owned_by(kept, owner)), None)
    if own is None or not exchange.moves_elements(menu, kept, own, wanted):
        yield
        return
    with link.lock(menu.path):
        yield


def _take(link: Link, menu: Menu, steps: Iterable[Step]) -> None:
    """Makes steps, each after the answer to the one before."""
    for step in steps:
        words = compare.set_words(change for change in step.changes if step.verb == "set" or change.new is not None)
        numbers = () if step.verb == "add" else (f"=.id={step.row['.id']}",)
        try:
            link.ask(menu.path, step.verb, *numbers, *words)
        except Trap as trap:
            name = compare.label(menu, step.row)
            text = f"it has to make room in an exchange, and the router says: {trap.message}"
            raise Overtaken(link.label, f"{menu.path} {trap.command}", name, text) from None


def _run(link: Link, menu: Menu, owners: Collection[str]) -> None:
    """Sees that rows run which RouterOS leaves dead where two have one value.

    Whether such an interface comes up by itself once it has a port of its own isn't known
    (docs/facts/traps.md#wireguard).
    """
    if not menu.unique or "running" not in menu.by_name:
        return
    for switched in (False, True):
        dead = [row for row in link.rows(menu.path, menu.query) if _is_dead(row) and _owners([row]) & set(owners)]
        for row in dead:
            name = compare.label(menu, row)
            if switched:
                link.warn(f"{name} doesn't run since its {menu.unique[0][0]} was exchanged, though it is enabled")
                continue
            for off in ("yes", "no"):
                link.ask(menu.path, "set", f"=.id={row['.id']}", f"=disabled={off}")
        if not dead:
            return
        link.forget(menu.path)


def _is_dead(row: Row) -> bool:
    return row.get("running") == "false" and row.get("disabled") != "true"


def _owners(some: Iterable[Row]) -> set[str]:
    return {ownership.owner_of(row) for row in some} - {""}
