"""What a fleet asks of a site's routers beside the deployment, in the site's own process (`site`).

- `--confirm`: the router takes the change back unless it is reached anew. That is asked from a new connection of this
  process, which ends with the command: where the command was killed nobody confirms, and the router goes back.
- `wiretik:confirm` is `manual`: it waits until somebody confirms (`wiretik confirm -s SITE`), or the time is over.
- A hub whose rows have changed is proved by its spokes: each that was alive before has a handshake that is younger than
  the change. Keys are renewed after two minutes (`wiretik_provider.guard.probes`), so it waits for three. Where its
  facts have changed, such as its key, its spokes are given them next, and prove nothing now.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from wiretik.cli import confirming
from wiretik.cli.commands.doctor import look_at
from wiretik.cli.left_over import look
from wiretik.fleet.runs import child
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.api.unsigned import of_config
from wiretik_provider.doctor import SEVERITIES, examine
from wiretik_provider.errors import WiretikError
from wiretik_provider.guard import probes, scripts
from wiretik_provider.guard.settings import said_of, within_of
from wiretik_provider.rows import ownership

__all__ = ["observed", "watched"]

_PATIENCE: Final = 180.0
"""Seconds until a tunnel that lives has shown it."""
_AGAIN: Final = 2.0
_now, _pause = time.monotonic, time.sleep


@attrs.frozen
class _Tell:
    """How a confirm goes."""

    note: Callable[[str], None]
    wrong: list[str] = attrs.field(factory=list)

    def waits(self, reach: Access, left: int, why: str) -> None:
        """It isn't confirmed yet."""
        self.note(f"{reach.label}: not confirmed yet, {left} s left: {why}")

    def ended(self, reach: Access, why: str) -> None:  # noqa: ARG002
        """It is confirmed, or else why it isn't."""
        if why:
            self.wrong.append(f"not confirmed: {why}")

    def close(self) -> None:
        """All is said."""


@attrs.define
class _Watch:
    """One deployment that is watched."""

    reaches: Sequence[Access]
    mine: str
    within: str
    run: str
    manual: bool
    keys: Sequence[str]
    note: Callable[[str], None]
    before: Mapping[str, Mapping[str, probes.Peer]]
    refresh: bool = False

    def judged(self, *, well: bool, changed: bool, moved: bool) -> tuple[str, ...]:
        """What is wrong after the deployment."""
        if not well:
            return (f"not confirmed; the router takes the change back in {self.within} at most",) * bool(self.within)
        if moved and changed and any(self.before.values()):
            self.note("its facts have changed, which its spokes are given next: they prove nothing now")
        wrong = self._silent() if changed and self.keys and not moved else []
        if wrong:
            return (*wrong, *[f"so it isn't confirmed; the router takes it back in {self.within}"] * bool(self.within))
        if self.within:
            tell = _Tell(self.note)
            confirming.confirm_run(self.reaches, self.run, within_of(self.within), tell)
            return tuple(tell.wrong)
        return tuple(self._awaited()) if self.manual and changed else ()

    def _silent(self) -> list[str]:
        """Spokes that lived before and haven't been heard since, in words, once nobody need wait any more."""
        done = _now()
        until = done + min(_PATIENCE, within_of(self.within) - 30 if self.within else _PATIENCE)
        named = tuple(probes.Probe(key, "handshake", {"peer": key}) for key in self.keys)
        said = False
        while True:
            wrong: list[str] = []
            for reach in self.reaches:
                baseline = probes.Baseline(peers=self.before.get(reach.name, {}))
                try:
                    wrong += probes.awaited(named, baseline, _peers(reach, self.keys), _now() - done)
                except WiretikError as error:
                    wrong.append(str(error))
            if not wrong or _now() >= until:
                return wrong
            if not said:
                self.note(f"waits for {len(wrong)} of its spokes: {wrong[0]}")
                said = True
            _pause(_AGAIN)

    def _awaited(self) -> Iterator[str]:
        """Waits until somebody has confirmed, or the time is over."""
        told = False
        for reach in self.reaches:
            while True:
                try:
                    there = confirming.standing(reach)
                except WiretikError as error:
                    yield str(error)
                    break
                if there.state is None or there.state.kind == scripts.CONFIRMED:
                    break
                if there.state.stack not in (self.mine, "-"):
                    break
                if there.state.kind in (scripts.ROLLED_BACK, scripts.SEEN):
                    yield f"{reach.label}: nobody confirmed, and the router has taken the change back"
                    break
                if there.state.kind == scripts.ARMED and there.left <= 0:
                    yield f"{reach.label}: nobody confirmed, and the router takes the change back"
                    break
                if not told:
                    self.note(f"{reach.label}: waits to be confirmed for {there.left} s: `wiretik confirm`")
                    told = True
                _pause(_AGAIN)


@contextlib.contextmanager
def watched(job: child.Job, config: Mapping[str, str], say: Callable[[str], None]) -> Iterator[child.Watched]:
    """Look at a site's routers before a deployment; gives what judges them after it."""
    within = str(job["options"].get("confirm") or "") if job["operation"] == "up" else ""
    reaches = confirming.reaches(dict(config))
    mine = ownership.stack_part(str(job["project"]), str(job["site"]))
    refresh = bool(job["again"]) and sum(_undone(reach, mine, say) for reach in reaches) > 0
    before = {reach.name: _peers(reach, job["spokes"]) for reach in reaches} if job["spokes"] else {}
    with contextlib.ExitStack() as closing:
        run = closing.enter_context(confirming.asked_to_wait(within)) if within else ""
        manual = not within and said_of(config, os.environ) == "manual"
        yield _Watch(reaches, mine, within, run, manual, job["spokes"], say, before, refresh)


def observed(job: child.Job, config: Mapping[str, str]) -> Mapping[str, Any]:
    """Rows that nobody owns, and the doctor's findings by severity."""
    mine = ownership.stack_part(str(job["project"]), str(job["site"]))
    unmanaged = 0
    count: Counter[str] = Counter()
    for reach in confirming.reaches(dict(config)):
        unmanaged += sum(len(one.unmanaged) for one in look(reach, mine, of_config(config)))
        looked = look_at(config, reach.name)
        if looked.patient is not None:
            count.update(one.severity for one in examine([looked.patient]))
    return {"unmanaged": unmanaged, "findings": {severity: count[severity] for severity in SEVERITIES}}


def _undone(reach: Access, mine: str, say: Callable[[str], None]) -> bool:
    """Whether an attempt that was cut off was, or now is, taken back on a router, which the state doesn't know."""
    state = confirming.standing(reach).state
    if state is None or state.stack not in (mine, "-"):
        return False
    if state.kind == scripts.ARMED:
        say(f"{reach.label}: takes back what nobody has confirmed")
        confirming.take_back(reach, mine)
        return True
    return state.kind == scripts.ROLLED_BACK


def _peers(reach: Access, keys: Sequence[str]) -> dict[str, probes.Peer]:
    """A router's peers with certain keys, by id."""
    paths = ("/interface/wireguard", "/interface/wireguard/peers")
    with contextlib.closing(Session(reach)) as session:
        interfaces, rows = (answer.rows for answer in session.batch(Command(path, "print") for path in paths))
    return {row_id: peer for row_id, peer in probes.peers(interfaces, rows).items() if peer.names & set(keys)}
