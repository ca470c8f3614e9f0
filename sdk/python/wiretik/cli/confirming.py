"""A deployment that waits to be confirmed: kept from a new connection, or taken back.

The command's own process opens the connection: that it can is what the confirm is worth.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from wiretik.cli.output import as_json as as_json_text
from wiretik.cli.output import complain, say
from wiretik.cli.reach import routers_of
from wiretik.cli.screen import Text, console
from wiretik.engine import Stack
from wiretik.engine.errors import ProjectError
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import ConfigError, ConnectError, LoginError, WiretikError
from wiretik_provider.guard import closing, scripts
from wiretik_provider.guard.closing import Standing
from wiretik_provider.guard.settings import CONFIRM, RUN, WITHIN, new_run, within_of

if TYPE_CHECKING:
    from rich.status import Status

__all__ = ["asked_to_wait", "confirm_run", "keep", "reaches", "sentence", "standing", "take_back", "waiting"]

_EACH: Final = 30.0
"""So often a line says that it still waits."""
_AGAIN: Final = 1.0
"""Seconds until a router is tried again."""
_now, _pause = time.monotonic, time.sleep


def reaches(config: dict[str, str], router: str = "") -> list[Access]:
    """How the stack's routers are reached."""
    return [access(config, os.environ, name) for name in routers_of(config, router)]


def standing(reach: Access) -> Standing:
    """How the guard of a router stands."""
    with contextlib.closing(Session(reach)) as session:
        return closing.standing(reach.label, session.batch)


def sentence(there: Standing, mine: str) -> str:
    """A guard in words."""
    state, left = there
    if state is None:
        return "nothing waits to be confirmed"
    whose = "this stack" if state.stack in (mine, "-") else f"another stack ({state.stack})"
    return {
        scripts.ARMED: f"a change of {whose} waits to be confirmed; the router takes it back in {left} s",
        scripts.ROLLED_BACK: f"the router has taken the last change of {whose} back: `up --refresh`",
        scripts.SEEN: f"the router has taken a change of {whose} back, and a refresh has seen it since",
        scripts.CONFIRMED: f"a change of {whose} is confirmed, and its removals aren't done yet: `wiretik confirm`",
    }[state.kind]


def keep(reach: Access, mine: str) -> str:
    """Confirms the change that waits on a router; what came of it, in words."""
    with contextlib.closing(Session(reach)) as session:
        removed = closing.confirm(reach.label, session.batch, stack=mine)
    rows = f"; {removed} row{'s' * (removed != 1)} that waited for it removed" if removed else ""
    return f"{reach.label}: confirmed, the change stays{rows}"


def take_back(reach: Access, mine: str) -> str:
    """Lets a router take the change back that waits there; what came of it, in words."""
    with contextlib.closing(Session(reach)) as session:
        closing.roll_back(reach.label, session.batch, time.sleep, stack=mine)
    return f"{reach.label}: the change is taken back; `up --refresh` lets the stack see it"


@contextlib.contextmanager
def asked_to_wait(within: str) -> Iterator[str]:
    """Lets the deployments in this block wait to be confirmed; gives the run's name.

    Raises:
        ConfigError: it is no time.
    """
    within_of(within)
    told = {CONFIRM: "manual", WITHIN: within, RUN: new_run()}
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield told[RUN]
    finally:
        for name, text in before.items():
            if text is None:
                del os.environ[name]
            else:
                os.environ[name] = text


@contextlib.contextmanager
def waiting(chosen: Stack, within: str, *, as_json: bool) -> Iterator[Callable[[bool], bool]]:
    """Lets the deployment in this block wait to be confirmed.

    Yields:
        What ends it, given whether it succeeded; it says whether all is kept.

    Raises:
        ProjectError: it is no time.
    """
    try:
        with asked_to_wait(within) as run:
            yield lambda well: _end(chosen, run, within, well=well, as_json=as_json)
    except ConfigError as error:
        raise ProjectError(f"--confirm: {error}") from None


def _end(chosen: Stack, run: str, within: str, *, well: bool, as_json: bool) -> bool:
    """Confirms what succeeded; of what failed it says what becomes of it."""
    if not well:
        complain(f"note: not confirmed; the router takes the change back in {within} at most")
        return True  # the deployment's own result says it
    tell = _Machine() if as_json else _Terminal() if sys.stderr.isatty() else _Plain()
    with contextlib.closing(tell):
        return confirm_run(reaches(chosen.texts()), run, within_of(within), tell)


class Told(Protocol):
    """Who is told how a confirm goes."""

    def waits(self, reach: Access, left: int, why: str) -> None:
        """It isn't confirmed yet."""

    def ended(self, reach: Access, why: str) -> None:
        """It is confirmed, or else why it isn't."""

    def close(self) -> None:
        """All is said."""


class _Plain:
    """Lines, of which not too many."""

    def __init__(self) -> None:
        self._said = 0.0

    def waits(self, reach: Access, left: int, why: str) -> None:
        if _now() >= self._said:
            complain(f"note: {reach.label}: not confirmed yet, {left} s left: {why}")
            self._said = _now() + _EACH

    def ended(self, reach: Access, why: str) -> None:
        if why:
            complain(f"error: not confirmed: {why}")
        else:
            say(f"{reach.label}: confirmed by a new connection, the change stays")

    def close(self) -> None:
        pass


class _Terminal(_Plain):
    """One line that counts down."""

    def __init__(self) -> None:
        super().__init__()
        self._line: Status | None = None

    def waits(self, reach: Access, left: int, why: str) -> None:
        if self._line is None:
            self._line = console(errors=True).status("")
            self._line.start()
        self._line.update(
            Text(f"{reach.label}: not confirmed yet; the router takes the change back in {left} s: {why}")
        )

    def ended(self, reach: Access, why: str) -> None:
        self.close()
        super().ended(reach, why)

    def close(self) -> None:
        if self._line is not None:
            self._line.stop()
            self._line = None


class _Machine:
    """An event a line, as `--json` writes those of the deployment."""

    def waits(self, reach: Access, left: int, why: str) -> None:
        self._event(reach, {"state": "waiting", "left": left, "reason": why})

    def ended(self, reach: Access, why: str) -> None:
        self._event(reach, {"state": "lost", "reason": why} if why else {"state": "confirmed"})

    def close(self) -> None:
        pass

    def _event(self, reach: Access, told: dict[str, object]) -> None:
        where = {"router": reach.name, "host": reach.host}
        say(as_json_text({"timestamp": int(time.time()), "confirmEvent": {**where, **told}}, separators=(",", ":")))


def confirm_run(found: Sequence[Access], run: str, within: int, tell: Told) -> bool:
    """Confirms what a run has left waiting, on each router that it wrote to; whether all of it is kept.

    A router that can't be reached is tried again for as long as its guard may wait.
    """
    until = _now() + within
    kept = [_confirmed(reach, run, until, tell) for reach in found]  # one that isn't keeps no other from it
    return all(kept)


def _confirmed(reach: Access, run: str, until: float, tell: Told) -> bool:
    while True:
        try:
            with contextlib.closing(Session(reach)) as session:
                state = closing.standing(reach.label, session.batch).state
                if state is None or not state.run.startswith(run):
                    return True  # nothing was written there
                closing.confirm(reach.label, session.batch, run=run)
        except (ConnectError, LoginError) as error:
            if (left := int(until - _now())) <= 0:
                tell.ended(reach, f"{error}; by now the router has taken the change back")
                return False
            tell.waits(reach, left, error.text)
            _pause(_AGAIN)
        except WiretikError as error:
            tell.ended(reach, str(error))
            return False
        else:
            tell.ended(reach, "")
            return True
