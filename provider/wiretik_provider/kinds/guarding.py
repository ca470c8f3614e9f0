"""The guard and the seal of a router: between them stand all rows, so that a whole change is confirmed, or none of it.

Pulumi deletes the old instance of what it replaces after everything that depends on it, and all rows depend on the
guard. So a guard is replaced when the program has changed, and whoever deletes its old instance confirms: all is done
by then, deletions too. The first deployment has no old instance: there the seal confirms, which waits for all rows.
Where neither comes last, as with `--target` or where drift alone is mended, the change waits for `wiretik confirm`.

A confirm comes from a new connection that finds this run's guard, an uptime that has gained as much as our own clock,
probes that are no worse than before the first write, and the program's expectations kept by the rows as they are.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing as closed
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, Final

import attrs

from wiretik_provider.api.link import Link, fail, failed, say
from wiretik_provider.api.watch import Watch
from wiretik_provider.errors import ConfigError, ConnectError, GuardError, LoginError, WiretikError
from wiretik_provider.guard import closing, keeping, probes
from wiretik_provider.guard.probes import Baseline
from wiretik_provider.guard.scripts import State
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen, asking, other_router

__all__ = ["GuardKind", "SealKind"]

_PROGRAM: Final = "__program"
"""The input that notes what the program declares (`guard.keeping`)."""
_PROBES: Final = "__probes"
"""The input by which the SDK tells the program's probes."""
_MADE: Final = "__made"
"""The input by which the SDK tells whether all rows are made."""
_LEAST: Final = 300
"""Seconds that a change waits at least where a handshake is awaited."""
_MARGIN: Final = 15
"""With so many seconds left it isn't asked again."""
_PATIENCE: Final = 20.0
"""So many seconds is asked again, where no handshake is awaited."""
_PAUSE: Final = 1.0
_EACH: Final = 30.0
"""So often it says that it still waits."""
_SLACK: Final = 3.0
"""Uptime comes in whole seconds, and our clock is read before and after it."""


@attrs.frozen
class GuardKind:
    """The guard of one router: its old instance confirms."""

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        """Another change where the gate was told of another program than the last time."""
        name = str(news.get("router", ""))
        inputs: dict[str, Any] = {"router": name} if name else {}
        if _PROBES in news:
            inputs[_PROBES] = news[_PROBES]
        known = links(name).keeping
        before, change = keeping.parsed(str(olds.get(_PROGRAM, ""))), str(olds.get("change", ""))
        program = before if known.program is None else keeping.merged(before, known.program)
        other = bool(change) and (known.again or keeping.changed(before, program))
        known.replaced |= other  # what is replaced is checked once more, as if there were nothing old
        if not change or other:
            change = keeping.renamed(change, program)
        return Checked({**inputs, "change": change, _PROGRAM: keeping.written(program)}, [])

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """The change, and the router."""
        return [*other_router(olds, news), *(["change"] if olds.get("change") != news.get("change") else ())]

    def create(self, links: Links, props: Props) -> Created:
        """Looks how all is before the first write; the guard itself is armed by that."""
        link = links(str(props.get("router", "")))
        link.keeping.sealed = True
        if link.auto and link.watch:
            link.keeping.probes = probes.read(props.get(_PROBES) or ())
            link.keeping.baseline = asking.baseline(link, link.keeping.probes)
            if link.keeping.baseline.awaits:
                link.watch.at_least(_LEAST)
        return Created(str(props["change"]), _visible(props))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:  # noqa: ARG002
        """Nothing on the router is it."""
        return Seen(resource_id, _visible(props), None)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:  # noqa: ARG002
        """Only notes have changed."""
        return _visible(news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:  # noqa: ARG002
        """Confirms what this deployment has written, if it has written anything."""
        with suppress(ConfigError):  # a router that config doesn't know any more, to which nothing was written now
            confirm(links(str(props.get("router", ""))))


@attrs.frozen
class SealKind:
    """What comes after all rows of a router: where it is made, there was no guard before."""

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:  # noqa: ARG002
        """Learns whether all rows are made before it, as those aren't that `--exclude` leaves out."""
        if news.get(_MADE) is False:
            links(str(news.get("router", ""))).keeping.lacks = True
        return Checked({"router": news["router"]} if news.get("router") else {}, [])

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """The router."""
        return other_router(olds, news)

    def create(self, links: Links, props: Props) -> Created:
        """Confirms what this deployment has written, unless more is to come."""
        name = str(props.get("router", ""))
        link = links(name)
        if link.auto and link.keeping.leaves and not link.keeping.replaced:
            link.warn("rows are still to be deleted, so this first deployment isn't confirmed: run `wiretik confirm`")
        elif link.auto and link.keeping.lacks and not link.keeping.replaced:
            link.warn("not all rows are made, so this first deployment isn't confirmed: run `wiretik confirm`")
        elif not link.keeping.replaced:
            confirm(link)
        return Created(name or "router", _visible(props))

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:  # noqa: ARG002
        """Nothing on the router is it."""
        return Seen(resource_id, _visible(props), None)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:  # noqa: ARG002
        """Never needed."""
        return _visible(news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Nothing stands on the router for it."""


def _visible(props: Props) -> dict[str, Any]:
    return {name: value for name, value in props.items() if not name.startswith("__")}


# --- the confirm -----------------------------------------------------------------------------------------------------


def confirm(link: Link) -> None:
    """Keeps what this deployment has written to a router.

    Raises:
        GuardError: something is worse than before, or it isn't the router that was written to; it takes the change
            back by itself.
    """
    watch = link.watch
    if watch is None or not link.auto:
        return
    # After a deployment that failed, two old guards are deleted side by side: one confirms, the other comes after it.
    with watch.ending:
        if watch.state is None:
            closing.tidy(link.label, link.past_the_guard)
        elif failed():
            link.warn("a step has failed, so the change isn't confirmed: the router takes it back")
        else:
            try:
                _confirm(link, watch)
            except WiretikError as error:
                fail(type(error).__name__)
                raise


def _confirm(link: Link, watch: Watch) -> None:
    with closed(Link(link.access)) as anew:
        _as_well(anew, link, watch)
        for text in link.keeping.unmet(anew) if link.keeping.unmet else ():
            raise GuardError(link.label, _not_confirmed(watch, text))
        removed = closing.confirm(link.label, anew.past_the_guard, run=watch.run, accept=partial(_same, link, watch))
    watch.ended()
    rows = f"; {removed} row{'s' * (removed != 1)} that waited for it removed" if removed else ""
    say(f"note: {link.label}: confirmed by a new connection, the change stays{rows}")


def _same(link: Link, watch: Watch, state: State, up: int) -> None:
    """Refuses a router whose uptime hasn't gained what our clock has: it was started anew, and knows another past."""
    if (gained := up - state.armed) < watch.passed - _SLACK:
        text = f"the router was started anew: {watch.passed:.0f} s have passed here and {max(gained, 0)} s there"
        raise GuardError(link.label, _not_confirmed(watch, text))


def _as_well(anew: Link, link: Link, watch: Watch) -> None:
    """Asks until nothing is worse than before.

    Raises:
        GuardError: something stays worse.
    """
    before = link.keeping.baseline or Baseline()
    began, said = time.monotonic(), 0.0
    while True:
        waits: list[str] = []
        try:
            _ = anew.session
            waits += _awaited(anew, link, watch, before)
            wrong = [*probes.worse(before, asking.outcomes(anew, link.keeping.probes)), *waits]
        except (ConnectError, LoginError) as error:
            wrong = [error.text]
        if not wrong:
            return
        spent = time.monotonic() - began
        if watch.left < _MARGIN or (not waits and spent > min(_PATIENCE, watch.left / 2)):
            raise GuardError(link.label, _not_confirmed(watch, "; ".join(wrong)))
        if spent >= said:
            say(f"note: {link.label}: not confirmed yet, {watch.left:.0f} s left: {'; '.join(wrong)}")
            said = spent + _EACH
        time.sleep(_PAUSE)


def _awaited(anew: Link, link: Link, watch: Watch, before: Baseline) -> Iterator[str]:
    if before.awaits:
        yield from probes.awaited(link.keeping.probes, before, asking.peers(anew), watch.since_write)


def _not_confirmed(watch: Watch, why: str) -> str:
    return (
        f"not confirmed: {why}; the router takes the change back in {max(watch.left, 0):.0f} s, `wiretik rollback` at "
        "once, `wiretik confirm` keeps it all the same"
    )
