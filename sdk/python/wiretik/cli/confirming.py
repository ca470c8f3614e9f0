"""A deployment that waits to be confirmed: kept from a new connection, or taken back.

The command's own process opens the connection: that it can is what the confirm is worth.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Sequence

from wiretik.cli.output import complain, say
from wiretik.cli.reach import routers_of
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import WiretikError
from wiretik_provider.guard import closing, scripts
from wiretik_provider.guard.closing import Standing
from wiretik_provider.guard.settings import CONFIRM, RUN, WITHIN, new_run, within_of

__all__ = ["asked_to_wait", "confirm_run", "keep", "reaches", "sentence", "standing", "take_back"]


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


def confirm_run(found: Sequence[Access], run: str) -> bool:
    """Confirms what a run has left waiting, on each router that it wrote to; whether all of it is kept."""
    well = True
    for reach in found:
        try:
            with contextlib.closing(Session(reach)) as session:
                state = closing.standing(reach.label, session.batch).state
                if state is None or not state.run.startswith(run):
                    continue  # nothing was written there
                closing.confirm(reach.label, session.batch, run=run)
        except WiretikError as error:
            complain(f"error: not confirmed: {error}")
            well = False
        else:
            say(f"{reach.label}: confirmed by a new connection, the change stays")
    return well
