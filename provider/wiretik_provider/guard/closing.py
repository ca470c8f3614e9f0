"""How a guard ends: confirmed, or rolled back at once.

A confirm is worth something only from a new connection, which whoever calls this opens: an established one is kept by
connection tracking and proves nothing. It blanks the guard in one command, which is the moment from which the change
stays; then the rows go whose removal waited, then the parts of the guard. So nobody's `/undo` of its last command
brings a guard back to life.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from wiretik_provider.calls import Command, Row
from wiretik_provider.errors import GuardError
from wiretik_provider.guard import scripts
from wiretik_provider.guard.arming import Send, look, remove, stand, take_away, unmark
from wiretik_provider.guard.scripts import GUARD, State
from wiretik_provider.menus import at as menu_at
from wiretik_provider.rows import ownership

__all__ = ["Standing", "brought_back", "confirm", "looked_at", "roll_back", "standing", "tidy"]

_TAKEN_BACK: Final = (scripts.ROLLED_BACK, scripts.SEEN)
_PATIENCE: Final = 30
"""Seconds in which a guard that was told to has rolled back."""
_TRIES: Final = 3
"""So often rows are removed that come back by somebody's `/undo`."""
_MANY: Final = 50
"""Of so many rows each is asked for by its id."""
_MARGIN: Final = 5
"""So many seconds before the deadline a confirm is too late: the guard may be running."""


class Standing(NamedTuple):
    """A guard as it stands on a router."""

    state: State | None
    """None where there is none."""
    left: int
    """The seconds that it still waits; none left, or begun anew, means that it is about to roll back."""


def standing(label: str, send: Send) -> Standing:
    """How the guard stands."""
    state, up = stand(label, send)
    return Standing(state, _left(state, up))


def _left(state: State | None, up: int) -> int:
    return 0 if state is None or up < state.armed else max(0, state.till - up)


def confirm(
    label: str, send: Send, *, run: str = "", stack: str = "", accept: Callable[[State, int], None] | None = None
) -> int:
    """Keeps the change; how many rows were removed that waited for it.

    Args:
        label: the router in an error's text.
        send: gives commands to the router, by a new connection.
        run: what the run that is confirmed begins with; empty for any of the stack.
        stack: the stack's four digits; empty for any.
        accept: asked of the guard and the uptime before anything is confirmed; raises where it isn't to be.

    Raises:
        GuardError: there is nothing to confirm, it is another's, or it is too late.
    """
    there = look(label, send)
    state, left = there.state, _left(there.state, there.up)
    if state is None:
        raise GuardError(label, "nothing waits to be confirmed")
    if not state.run.startswith(run) or (stack and state.stack not in (stack, "-")):
        raise GuardError(label, f"the change that waits there is another's (stack {state.stack}, run {state.run})")
    if state.kind in _TAKEN_BACK:
        raise GuardError(label, "the router has taken the change back; `up --refresh` lets the stack see it")
    if accept:
        accept(state, there.up)
    if state.kind == scripts.ARMED:
        if left <= _MARGIN:
            raise GuardError(label, "the time to confirm is over: the router takes the change back")
        blank = (f"=numbers={GUARD}", f"=comment={state._replace(kind=scripts.CONFIRMED).comment}", "=source=")
        answer = send([Command("/system/script", "set", blank)])[0]
        if answer.trap:
            raise answer.trap
    still = _left_over(label, state, there.gone, send)
    for _ in range(_TRIES):
        if not still:
            break
        remove(still, send)
        still = _left_over(label, state, still, send)
    unmark(there.marked, send)
    take_away(label, send, there)
    return len(there.gone)


def _left_over(label: str, state: State, gone: Sequence[tuple[str, str]], send: Send) -> Sequence[tuple[str, str]]:
    """Which rows are still to be removed, while the router says that the change is confirmed.

    Whoever takes a command of the confirm back meanwhile, with `/undo`, is seen here.
    """
    menus = {path: [row_id for other, row_id in gone if other == path] for path, _ in gone}
    asked = [Command(path, "print", _ids(ids)) for path, ids in menus.items()]
    said, *found = send([Command("/system/script", "print", (f"?name={GUARD}", "=.proplist=name,comment")), *asked])
    for answer in (said, *found):
        if answer.trap:
            raise answer.trap
    now = scripts.state_of(said.rows[0]) if said.rows else None
    if now is not None and now.run == state.run and now.kind == scripts.ARMED:
        raise GuardError(label, "somebody has taken the confirmation back: confirm again")
    there = {(path, row.get(".id", "")) for path, answer in zip(menus, found, strict=True) for row in answer.rows}
    still = [one for one in gone if one in there]
    # Who else confirms the same change takes the guard away when all is done, and the next deployment may have its own.
    if still if now is None or now.run != state.run else now.kind != scripts.CONFIRMED:
        raise GuardError(label, "the router doesn't say that the change is confirmed")
    return still


def _ids(ids: Sequence[str]) -> tuple[str, ...]:
    """Words that ask for rows by their ids; of many all ids of the menu are asked for."""
    if len(ids) > _MANY:
        return ("=.proplist=.id",)
    return (*(f"?.id={row_id}" for row_id in ids), *(["?#" + "|" * (len(ids) - 1)] if len(ids) > 1 else ()))


def brought_back(label: str, send: Send, stack: str, declares: Callable[[str, Row], bool]) -> list[tuple[str, str]]:
    """Menu and id of rows that a run removed, a rollback brought back, and the program doesn't declare.

    Args:
        label: the router in an error's text.
        send: gives commands to the router.
        stack: whose rows; what has no comment was this stack's, since the run that was to remove it was.
        declares: whether the program declares a row of a menu.
    """
    rows = look(label, send).gone
    menus = {path: [row_id for other, row_id in rows if other == path] for path, _ in rows}
    asked = [Command(path, "print", _ids(ids) if len(ids) <= _MANY else ()) for path, ids in menus.items()]
    nobodys = set()
    for path, answer in zip(menus, send(asked) if asked else (), strict=True):
        known = menu_at(path)
        for row in answer.rows:
            tag = ownership.tag_of(row)
            own = tag.stack == stack if tag else known is not None and not known.tagged
            if own and not declares(path, row):
                nobodys.add((path, row.get(".id", "")))
    return [one for one in rows if one in nobodys]


def looked_at(label: str, send: Send) -> None:
    """Notes on the router that a refresh has seen what a rollback left, so that the gate lets deployments through."""
    state, _ = stand(label, send)
    if state is not None and state.kind == scripts.ROLLED_BACK:
        comment = state._replace(kind=scripts.SEEN).comment
        answer = send([Command("/system/script", "set", (f"=numbers={GUARD}", f"=comment={comment}"))])[0]
        if answer.trap:
            raise answer.trap


def tidy(label: str, send: Send) -> None:
    """Takes away what a rollback left, once a refresh has seen it and nothing was to be written."""
    state, _ = stand(label, send)
    if state is not None and state.kind == scripts.SEEN:
        take_away(label, send)


def roll_back(label: str, send: Send, pause: Callable[[float], None], *, stack: str = "") -> None:
    """Lets the router take the change back now, and waits until it says so.

    Raises:
        GuardError: there is nothing to take back, or it doesn't.
    """
    state, _ = stand(label, send)
    if state is None or state.kind in (scripts.CONFIRMED, scripts.SEEN):
        raise GuardError(label, "nothing waits to be taken back")
    if stack and state.stack not in (stack, "-"):
        raise GuardError(label, f"the change that waits there is another's (stack {state.stack}, run {state.run})")
    if state.kind == scripts.ARMED:
        source = send([Command("/system/script", "print", (f"?name={GUARD}",))])[0].rows[0].get("source", "")
        words = (f"=numbers={GUARD}", f"=source={scripts.at_once(source)}")
        answer = send([Command("/system/script", "set", words)])[0]
        if answer.trap:
            raise answer.trap
    for _ in range(_PATIENCE * 2):
        now, _ = stand(label, send)
        if now is None or now.kind in _TAKEN_BACK:
            return
        pause(0.5)
    raise GuardError(label, "the router hasn't taken the change back: its undo stops somewhere (/log has it)")
