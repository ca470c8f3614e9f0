"""Commands that go on: `listen`, `print follow`, and monitors without `once` (docs/facts/api.md#tags).

They answer with what is there, if at all, then with what changes, until they are cancelled. How `.dead` is spelled is
the manual's `yes`; some clients expect `true`, which is an option.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.console.query import matches
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec.grammar import milliseconds
from wiretik_provider.wire import Sentence

__all__ = ["MONITORS", "Emit", "Stop", "follow"]

Emit = Callable[[list[Sentence]], None]
Stop = Callable[[], None]

MONITORS: Final = frozenset({"monitor", "monitor-traffic"})
"""Commands that sample until they are cancelled."""


def follow(router: Device, sentence: Sentence, session: Session, emit: Emit) -> tuple[list[Sentence], Stop | None]:
    """Begins such a command.

    Args:
        router: the router.
        sentence: the command.
        session: who gives it.
        emit: takes what comes later.

    Returns:
        What is answered at once, and what ends it; None where it was refused.
    """
    path, _, verb = sentence[0].rpartition("/")
    if verb in MONITORS:
        return _sample(router, sentence, session, emit)
    words = [word for word in sentence if word not in ("=follow=", "=follow-only=")]
    only = verb == "listen" or "=follow-only=" in sentence
    words[0] = f"{path}/print"
    replies = router.execute(words, session)
    if any(reply[0] == "!trap" for reply in replies):
        return replies, None
    if router.menus[path].menu.singleton:
        refused = refusal.unknown_parameter("follow-only" if only else "follow")
        return [("!trap", f"=message={refused.message}"), ("!done",)], None
    first = [] if only else [reply for reply in replies if reply[0] == "!re"]
    return first, _watch(router, path, words, session, emit)


def _watch(router: Device, path: str, words: list[str], session: Session, emit: Emit) -> Stop:
    queries = [word for word in words if word.startswith("?")]
    wanted = next((word.partition(".proplist=")[2].split(",") for word in words if ".proplist=" in word), None)

    def watch(row: Row) -> None:
        if not row.there:
            emit([("!re", f"=.id={row.ref}", f"=.dead={router.options.dead}")])
            return
        shown = router.one(path, row, session)
        if shown is not None and matches(queries, shown):
            emit([("!re", *[f"={name}={text}" for name, text in shown.items() if wanted is None or name in wanted])])

    return router.watch(path, watch)


def _sample(router: Device, sentence: Sentence, session: Session, emit: Emit) -> tuple[list[Sentence], Stop | None]:
    span = next((milliseconds(word.partition("=interval=")[2]) for word in sentence if "=interval=" in word), None)
    once = [word for word in sentence if not word.startswith("=interval=")] + ["=once="]
    running = True

    def sample() -> None:
        if running:
            emit([reply for reply in router.execute(once, session) if reply[0] == "!re"])
            again()

    def again() -> None:
        router.agenda.at(router.clock() + (span or 1000) / 1000, sample)

    def stop() -> None:
        nonlocal running
        running = False

    replies = router.execute(once, session)
    if any(reply[0] == "!trap" for reply in replies):
        return replies, None
    again()
    return [reply for reply in replies if reply[0] == "!re"], stop
