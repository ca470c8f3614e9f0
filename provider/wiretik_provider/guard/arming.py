"""How a guard gets onto a router, and how it is found there.

Rule: it is seen to run before anything depends on it. A scheduler runs it, or a netwatch where device-mode allows none;
if neither is seen to, whatever was added is taken away again, and nothing else is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from wiretik_provider.calls import Answer, Command
from wiretik_provider.errors import GuardError
from wiretik_provider.guard import scripts
from wiretik_provider.guard.scripts import GUARD, State

__all__ = ["arm", "clear", "listed", "remove_gone", "stand", "take_away"]

Send = Callable[[Sequence[Command]], Sequence[Answer]]

_SCRIPT: Final = "/system/script"
_SCHEDULER: Final = "/system/scheduler"
_NETWATCH: Final = "/tool/netwatch"
_SPACE: Final = 1 << 20
"""Bytes that must be free on the flash: the journal of some hundred rows takes a tenth of that."""
_PATIENCE: Final = 12
"""Seconds in which a guard must have run."""
_EVERY: Final = "5s"

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


def stand(label: str, send: Send) -> tuple[State | None, int]:
    """What the guard on the router says, and the router's uptime."""
    resource, found = send(
        [
            Command("/system/resource", "print", ("=.proplist=uptime,free-hdd-space",)),
            Command(_SCRIPT, "print", (f"?name={GUARD}",)),
        ]
    )
    for answer in (resource, found):
        if answer.trap:
            raise answer.trap
    if not resource.rows or "uptime" not in resource.rows[0]:
        raise GuardError(label, "the router doesn't say its uptime, by which a guard judges")
    script = found.rows[0] if found.rows else None
    state = scripts.state_of(script) if script is not None else None
    if script is not None and state is None:
        raise GuardError(label, f"a script {GUARD} is on the router that isn't one of ours: rename it")
    return state, scripts.seconds(resource.rows[0]["uptime"])


def arm(label: str, state: State, within: int, send: Send, pause: Callable[[float], None]) -> State:
    """Puts a guard onto the router and sees it run.

    Args:
        label: the router in an error's text.
        state: whose it is.
        within: so many seconds it waits.
        send: gives commands to the router.
        pause: waits so many seconds.

    Raises:
        GuardError: there is another one, somebody holds safe mode, or it doesn't run.
    """
    there, up = stand(label, send)
    # One of this very run has nothing behind it yet: the connection broke while it was armed.
    if there is not None and there.kind == scripts.ARMED and there.run != state.run:
        whose = "an earlier change of this stack" if there.stack == state.stack else f"a change (run {there.run})"
        cure = "`wiretik confirm` keeps it, `wiretik rollback` takes it back"
        raise GuardError(
            label, f"{whose} isn't confirmed yet: {cure}; it goes by itself in {there.till - up} s at most"
        )
    _refuse_safe_mode(label, send)
    clear(label, send)
    new = state._replace(armed=up, till=up + within)
    added = send([Command(_SCRIPT, "add", _guard_words(new))])[0]
    if added.trap:
        raise GuardError(label, f"the guard's script is refused, so nothing is written: {added.trap.text}")
    why = []
    for path, words in ((_SCHEDULER, _SCHEDULED), (_NETWATCH, _WATCHED)):
        trigger = send([Command(path, "add", words)])[0]
        if trigger.trap:
            why.append(trigger.trap.text)
        elif _ticks(send, pause):
            slower = Command(path, "set", (f"=.id={trigger.ret}", f"=interval={_EVERY}"))
            send([slower])
            return new
        else:
            send([Command(path, "remove", (f"=.id={trigger.ret}",))])
            why.append(f"{path} doesn't run it")
    take_away(label, send)
    raise GuardError(label, f"nothing on the router runs the guard, so nothing is written: {'; '.join(why)}")


def _guard_words(state: State) -> tuple[str, ...]:
    source = scripts.tick(state, scripts.Parts())
    return (f"=name={GUARD}", "=policy=read,write", f"=comment={state.comment}", f"=source={source}")


def _refuse_safe_mode(label: str, send: Send) -> None:
    """Whoever holds safe mode takes all changes along when he is lost, and the guard with them."""
    resource, held = send(
        [
            Command("/system/resource", "print", ("=.proplist=free-hdd-space",)),
            Command("/safe-mode", "print", ()),
        ]
    )
    if held.trap and not held.trap.lacks_menu:
        raise held.trap
    if held.rows and held.rows[0].get("enabled") in ("true", "yes"):
        who = held.rows[0].get("user", "somebody")
        raise GuardError(label, f"{who} holds safe mode, whose loss would take the guard along: release it first")
    free = resource.rows[0].get("free-hdd-space", "") if resource.rows else ""
    if free.isdecimal() and int(free) < _SPACE:
        raise GuardError(label, f"{free} bytes are free on the router's flash, too few for a journal")


def _ticks(send: Send, pause: Callable[[float], None]) -> bool:
    for _ in range(_PATIENCE * 2):
        found = send([Command(_SCRIPT, "print", (f"?name={GUARD}", "=.proplist=run-count"))])[0]
        if any(row.get("run-count", "0") not in ("", "0") for row in found.rows):
            return True
        pause(0.5)
    return False


def clear(label: str, send: Send) -> None:
    """Takes away what a guard left that is over; what was confirmed to go and isn't gone yet goes first."""
    there, _ = stand(label, send)
    if there is not None and there.kind == scripts.CONFIRMED:
        remove_gone(send)
    take_away(label, send)


def remove_gone(send: Send) -> int:
    """Removes the rows whose removal waited for the confirm; how many there were."""
    rows = listed(send)
    for path, row_id in rows:  # one after the other: later ones may be what earlier ones lean on
        answer = send([Command(path, "remove", (f"=.id={row_id}",))])[0]
        if answer.trap and answer.trap.message != "no such item":
            raise answer.trap
    return len(rows)


def listed(send: Send) -> Sequence[tuple[str, str]]:
    """Menu and id of the rows whose removal waits, or waited, for a confirm."""
    found = send([Command(_SCRIPT, "print", (f"?name={scripts.GONE}", "=.proplist=source"))])[0]
    return scripts.gone(found.rows[0].get("source", "")) if found.rows else ()


def take_away(label: str, send: Send) -> None:
    """Takes a guard away that is over, its triggers first, its state last."""
    triggers = send(
        [
            Command(_SCHEDULER, "print", (f"?name={GUARD}", "=.proplist=.id")),
            Command(_NETWATCH, "print", (f"?comment={GUARD}", "=.proplist=.id")),
            Command(_SCRIPT, "print", ("=.proplist=.id,name",)),
        ]
    )
    scheduled, watched, all_scripts = [answer.rows for answer in triggers]
    mine = [row for row in all_scripts if scripts.ours(row.get("name", ""))]
    last = [row for row in mine if row["name"] == GUARD]
    for path, rows in (
        (_SCHEDULER, scheduled),
        (_NETWATCH, watched),
        (_SCRIPT, [row for row in mine if row not in last]),
        (_SCRIPT, last),
    ):
        for answer in send([Command(path, "remove", (f"=.id={row['.id']}",)) for row in rows]) if rows else ():
            if answer.trap and answer.trap.message != "no such item":
                raise GuardError(label, f"the guard isn't taken away whole: {answer.trap.text}")
