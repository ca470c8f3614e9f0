"""How a guard gets onto a router, and how it is found there.

Rule: it is seen to run before anything depends on it. A scheduler runs it, or a netwatch where device-mode allows none;
if neither is seen to, whatever was added is taken away again, and nothing else is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from wiretik_provider.calls import Answer, Command, Row
from wiretik_provider.errors import GuardError, Trap
from wiretik_provider.guard import leaving, scripts
from wiretik_provider.guard.scripts import GUARD, State

__all__ = ["Armed", "Look", "arm", "look", "remove", "stand", "take_away", "unmark"]

Send = Callable[[Sequence[Command]], Sequence[Answer]]

_SCRIPT: Final = "/system/script"
_SCHEDULER: Final = "/system/scheduler"
_NETWATCH: Final = "/tool/netwatch"
_SPACE: Final = 1 << 20
"""Bytes that must be free on the flash: the journal of some hundred rows takes a tenth of that."""
_PATIENCE: Final = 12
"""Seconds in which a guard must have run."""
_EVERY: Final = "5s"
_AT_ONCE: Final = 100
"""So many rows are removed by one command."""

# A start of its own, since 7.24 to 7.24.4 may forget those without; in the past of every clock, also of one that begins
# in 1970 (docs/facts/undo.md#schedulers).
_SCHEDULED: Final = (
    f"=name={GUARD}",
    "=interval=1s",
    "=start-date=1970-01-01",
    "=start-time=00:00:00",
    "=policy=read,write",
    f"=on-event={GUARD}",
)
# Without a delay after boot it would be five minutes (docs/facts/undo.md#netwatch).
_WATCHED: Final = (
    f"=comment={GUARD}",
    "=type=simple",
    "=host=127.0.0.1",
    "=interval=1s",
    "=start-delay=0s",
    "=startup-delay=0s",
    f"=test-script={GUARD}",
)


class Look(NamedTuple):
    """All that is to be known of a guard on a router, from one round trip."""

    state: State | None
    """What it says; None where there is none."""
    up: int
    """The router's uptime in seconds."""
    gone: Sequence[tuple[str, str]]
    """Menu and id of the rows whose removal waits, or waited, for a confirm."""
    triggers: tuple[tuple[str, str], ...] = ()
    """Menu and id of what runs it."""
    parts: tuple[str, ...] = ()
    """The ids of its scripts but the first, which has its state."""
    guard: str = ""
    """The id of that one."""
    free: str = ""
    """The bytes that are free on the flash, as far as the router says."""
    held: str = ""
    """Who holds safe mode; empty where nobody does."""
    marked: tuple[tuple[str, str, str], ...] = ()
    """Menu, id and plain comment of entries that carry a run's mark."""


class Armed(NamedTuple):
    """A guard that was seen to run."""

    state: State
    later: tuple[Command, ...]
    """What may be sent along with whatever is sent next: that it runs less often from now on."""
    left: tuple[tuple[str, str], ...] = ()
    """Menu and id of rows that an earlier change was to remove, and that came back when it was taken back."""


_GONE: Final = tuple(scripts.name_of("gone", number) for number in range(1, 6))
"""The parts of the journal of removals that are asked for at once; there are hardly ever more."""
_UP: Final = Command("/system/resource", "print", ("=.proplist=uptime,free-hdd-space",))
_STATE: Final = Command(_SCRIPT, "print", (f"?name={GUARD}",))
_LOOK: Final = (
    _UP,
    Command(_SCRIPT, "print", (f"?name={GUARD}", *(f"?name={name}" for name in _GONE), f"?#{'|' * len(_GONE)}")),
    Command(_SCRIPT, "print", ("=.proplist=.id,name",)),
    Command(_SCHEDULER, "print", (f"?name={GUARD}", "=.proplist=.id")),
    Command(_NETWATCH, "print", (f"?comment={GUARD}", "=.proplist=.id")),
)
_SAFE_MODE: Final = Command("/safe-mode", "print", ())


def look(label: str, send: Send, *, safe_mode: bool = False) -> Look:
    """Looks at a guard, and whether anything is in the way of one.

    Args:
        label: the router in an error's text.
        send: gives commands to the router.
        safe_mode: whether safe mode is asked for, too.
    """
    resource, written, names, *rest = send([*_LOOK, *((_SAFE_MODE,) if safe_mode else ())])
    for answer in (resource, written, names):
        if answer.trap:
            raise answer.trap
    held = rest[2] if safe_mode else Answer((), "", None)
    if held.trap and not held.trap.lacks_menu:
        raise held.trap
    by_name = {row.get("name", ""): row for row in written.rows}
    ids = {row.get("name", ""): row.get(".id", "") for row in names.rows}
    holds = held.rows and held.rows[0].get("enabled") in ("true", "yes")
    state = _state(label, by_name.get(GUARD))
    gone, marked = _going(state, [row for row in written.rows if row.get("name") != GUARD], ids, send)
    return Look(
        state,
        _uptime(label, resource),
        gone,
        tuple((path, row[".id"]) for path, one in zip((_SCHEDULER, _NETWATCH), rest, strict=False) for row in one.rows),
        tuple(row_id for name, row_id in ids.items() if scripts.ours(name) and name != GUARD),
        ids.get(GUARD, ""),
        resource.rows[0].get("free-hdd-space", ""),
        held.rows[0].get("user", "somebody") if holds else "",
        marked,
    )


def _going(
    state: State | None, parts: Sequence[Row], ids: Mapping[str, str], send: Send
) -> tuple[Sequence[tuple[str, str]], tuple[tuple[str, str, str], ...]]:
    """The rows whose removal waits, or waited, and the entries that carry the run's mark."""
    more = [name for name in ids if name.startswith("wiretik-gone-") and scripts.ours(name) and name not in _GONE]
    rest = send([Command(_SCRIPT, "print", (f"?name={name}",)) for name in more]) if more else ()
    sources = {row["name"]: row.get("source", "") for row in (*parts, *(row for one in rest for row in one.rows))}
    newest = sorted(sources, key=lambda name: int(name.removeprefix(scripts.name_of("gone", ""))), reverse=True)
    told = leaving.read(sources[name] for name in newest)
    menus = list(dict.fromkeys(one.path for one in (*told.lists, *told.marks)))
    words = ("=.proplist=.id,list,address,comment,disabled",)
    found = send([Command(path, "print", words) for path in menus]) if menus else ()
    for answer in (*rest, *found):
        if answer.trap:
            raise answer.trap
    there = {path: answer.rows for path, answer in zip(menus, found, strict=True)}
    back = state is not None and state.kind in (scripts.ROLLED_BACK, scripts.SEEN)
    return leaving.resolved(told, there, taken_back=back), leaving.unmarked(told, there)


def stand(label: str, send: Send) -> tuple[State | None, int]:
    """What the guard on the router says, and the router's uptime."""
    resource, found = send([_UP, _STATE])
    for answer in (resource, found):
        if answer.trap:
            raise answer.trap
    up = _uptime(label, resource)
    return _state(label, found.rows[0] if found.rows else None), up


def _uptime(label: str, resource: Answer) -> int:
    if not resource.rows or "uptime" not in resource.rows[0]:
        raise GuardError(label, "the router doesn't say its uptime, by which a guard judges")
    return scripts.seconds(resource.rows[0]["uptime"])


def _state(label: str, script: Row | None) -> State | None:
    state = scripts.state_of(script) if script is not None else None
    if script is not None and state is None:
        raise GuardError(label, f"a script {GUARD} is on the router that isn't one of ours: rename it")
    return state


def arm(
    label: str, state: State, within: int, send: Send, pause: Callable[[float], None], *, seen: bool = False
) -> Armed:
    """Puts a guard onto the router and sees it run.

    Args:
        label: the router in an error's text.
        state: whose it is.
        within: so many seconds it waits.
        send: gives commands to the router.
        pause: waits so many seconds.
        seen: whether this deployment has looked at what came of a change that was taken back.

    Raises:
        GuardError: there is another one, somebody holds safe mode, or it doesn't run.
    """
    there = look(label, send, safe_mode=True)
    _refuse(label, there, state, seen=seen)
    if there.guard or there.parts or there.triggers:
        if there.state is not None and there.state.kind == scripts.CONFIRMED:
            remove(there.gone, send)
            unmark(there.marked, send)
        take_away(label, send, there)
    new = state._replace(armed=there.up, till=there.up + within)
    # What is to run it may come before it: then it finds nothing to run.
    made, trigger = send([Command(_SCRIPT, "add", _guard_words(new)), Command(_SCHEDULER, "add", _SCHEDULED)])
    if made.trap:
        # Perhaps another one came at the same moment: then the rest there is his.
        mine = () if trigger.trap else ((_SCHEDULER, trigger.ret),)
        take_away(label, send, Look(None, there.up, (), mine))
        raise GuardError(label, f"the guard's script is refused, so nothing is written: {made.trap.text}")
    why = []
    for path in (_SCHEDULER, _NETWATCH):
        if path == _NETWATCH:
            trigger = send([Command(path, "add", _WATCHED)])[0]
        if trigger.trap:
            why.append(trigger.trap.text)
        elif _ticks(send, pause):
            slower = Command(path, "set", (f"=.id={trigger.ret}", f"=interval={_EVERY}"))
            back = there.state is not None and there.state.kind == scripts.ROLLED_BACK
            return Armed(new, (slower,), tuple(there.gone) if back else ())
        else:
            send([Command(path, "remove", (f"=.id={trigger.ret}",))])
            why.append(f"{path} doesn't run it")
    take_away(label, send)
    raise GuardError(label, f"nothing on the router runs the guard, so nothing is written: {'; '.join(why)}")


def _refuse(label: str, there: Look, state: State, *, seen: bool) -> None:
    """Refuses where another change waits or nobody has looked at it, or safe mode would take this one's guard along."""
    other = there.state
    # One of this very run has nothing behind it yet: the connection broke while it was armed.
    if other is not None and other.kind == scripts.ARMED and other.run != state.run:
        whose = "an earlier change of this stack" if other.stack == state.stack else f"a change (run {other.run})"
        cure = "`wiretik confirm` keeps it, `wiretik rollback` takes it back"
        raise GuardError(
            label, f"{whose} isn't confirmed yet: {cure}; it goes by itself in {other.till - there.up} s at most"
        )
    if other is not None and other.kind == scripts.ROLLED_BACK and not seen:
        # A deployment that the gate doesn't stand before, as with `--target`, would wipe out that it was taken back.
        alike = other.stack == state.stack or "-" in (other.stack, state.stack)
        whose = "the last change" if alike else f"a change of another stack ({other.stack})"
        cure = "`up --refresh` of that stack, without --target, looks at what there is"
        raise GuardError(label, f"the router has taken {whose} back, and the state doesn't know: {cure}")
    if there.held:
        raise GuardError(
            label, f"{there.held} holds safe mode, whose loss would take the guard along: release it first"
        )
    if there.free.isdecimal() and int(there.free) < _SPACE:
        raise GuardError(label, f"{there.free} bytes are free on the router's flash, too few for a journal")


def _guard_words(state: State) -> tuple[str, ...]:
    source = scripts.tick(state, scripts.Parts())
    return (f"=name={GUARD}", "=policy=read,write", f"=comment={state.comment}", f"=source={source}")


def _ticks(send: Send, pause: Callable[[float], None]) -> bool:
    for _ in range(_PATIENCE * 2):
        found = send([Command(_SCRIPT, "print", (f"?name={GUARD}", "=.proplist=run-count"))])[0]
        if any(row.get("run-count", "0") not in ("", "0") for row in found.rows):
            return True
        pause(0.5)
    return False


def remove(rows: Sequence[tuple[str, str]], send: Send) -> None:
    """Removes rows in their order, since later ones may be what earlier ones lean on."""
    for path, group in groupby(rows, key=lambda row: row[0]):
        ids = [row_id for _, row_id in group]
        commands = [
            Command(path, "remove", (f"=.id={','.join(ids[at : at + _AT_ONCE])}",))
            for at in range(0, len(ids), _AT_ONCE)
        ]
        # Entries lean on nothing, so that thousands needn't wait for each other.
        trips = [commands] if path.endswith("/address-list") else [[command] for command in commands]
        for command, answer in [one for trip in trips for one in zip(trip, send(trip), strict=True)]:
            # One of them is gone already, or is leant on by one behind it.
            if answer.trap and (refused := _one_by_one(command, send)):
                raise refused


def unmark(marked: Sequence[tuple[str, str, str]], send: Send) -> None:
    """Takes the marks of a run that is confirmed out of the comments of entries."""
    alike: dict[tuple[str, str], list[str]] = {}
    for path, row_id, comment in marked:
        alike.setdefault((path, comment), []).append(row_id)
    commands = [
        Command(path, "set", (f"=.id={','.join(ids[at : at + _AT_ONCE])}", f"=comment={comment}"))
        for (path, comment), ids in alike.items()
        for at in range(0, len(ids), _AT_ONCE)
    ]
    for command, answer in zip(commands, send(commands) if commands else (), strict=True):
        if answer.trap and (refused := _one_by_one(command, send)):
            raise refused


def take_away(label: str, send: Send, there: Look | None = None) -> None:
    """Takes a guard away that is over, its state last.

    Args:
        label: the router in an error's text.
        send: gives commands to the router.
        there: what there is, where that is known.
    """
    there = there or look(label, send)
    by_menu: dict[str, list[str]] = {}
    for path, row_id in (*there.triggers, *((_SCRIPT, part) for part in there.parts)):
        by_menu.setdefault(path, []).append(row_id)
    first = [Command(path, "remove", (f"=.id={','.join(ids)}",)) for path, ids in by_menu.items()]
    last = [Command(_SCRIPT, "remove", (f"=.id={there.guard}",))] if there.guard else []
    for commands in filter(None, (first, last)):
        for command, answer in zip(commands, send(commands), strict=True):
            if answer.trap and (refused := _one_by_one(command, send)):
                raise GuardError(label, f"the guard isn't taken away whole: {refused.text}")


def _one_by_one(command: Command, send: Send) -> Trap | None:
    """Gives a command to each of its rows alone, of which one is gone already; what the router refuses then."""
    ids, *rest = command.words
    for row_id in ids.removeprefix("=.id=").split(","):
        (answer,) = send([command._replace(words=(f"=.id={row_id}", *rest))])
        if answer.trap and answer.trap.message != "no such item":
            return answer.trap
    return None
