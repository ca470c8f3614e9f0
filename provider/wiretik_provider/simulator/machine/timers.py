"""What runs by itself: scripts, schedulers and netwatch's scripts, and what a reboot does to them.

Rule: each of them runs at its time with its own policies, and is planned anew by the run before it; one that was
changed meanwhile finds out that it isn't meant. Sources: docs/facts/undo.md#schedulers, #netwatch, #device-mode.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.machine.machine import Machine
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec.grammar import milliseconds

__all__ = ["PLACED", "PREPARE", "SHOW", "boot", "device_mode", "replan"]

Values = dict[str, str]

_SCHEDULER: Final = "/system/scheduler"
_NETWATCH: Final = "/tool/netwatch"
_SCRIPT: Final = "/system/script"
_AFTER_BOOT: Final = 3.0
"""So many seconds after boot `start-time=startup` runs."""
_WATCHED_BY: Final = "read,write,test,reboot"
"""All that netwatch may."""
_MODES_SINCE: Final = (7, 17)
_WITHOUT_SCHEDULER: Final = ("home",)


# -- scripts ----------------------------------------------------------------------------------------------------------


def _prepare_script(router: Machine, session: Session, values: Values, row: Row | None) -> None:
    if row is None:
        values.setdefault("owner", session.user)
    _may_give(session, values, row)
    if router.options.scripts_need_policy and "policy" not in session.policies:
        raise refusal.not_permitted()


def _may_give(session: Session, values: Values, row: Row | None) -> None:
    """Nobody makes anything that may more than he may himself."""
    given = values.get("policy", "")
    if (row is None or row.values.get("policy") != given) and not set(filter(None, given.split(","))) <= {
        *session.policies
    }:
        raise refusal.not_permitted()


def _show_script(_: Machine, row: Row, out: Values) -> None:
    out["run-count"] = row.facts.get("run-count", "0")
    out["invalid"] = "false"
    if "last-started" in row.facts:
        out["last-started"] = row.facts["last-started"]


# -- device-mode ------------------------------------------------------------------------------------------------------


def device_mode(router: Machine, _: Session) -> Iterator[Values]:
    """What /system/device-mode says."""
    allowed = _scheduler_allowed(router)
    yield {
        "mode": router.options.device_mode,
        "scheduler": "true" if allowed else "false",
        "fetch": "true" if allowed else "false",
        "flagged": "false",
    }


def _scheduler_allowed(router: Machine) -> bool:
    return router.version < _MODES_SINCE or router.options.device_mode not in _WITHOUT_SCHEDULER


# -- schedulers -------------------------------------------------------------------------------------------------------


def _prepare_scheduler(router: Machine, session: Session, values: Values, row: Row | None) -> None:
    if not _scheduler_allowed(router) and values.get("disabled") != "true":
        raise refusal.failure("not allowed by device-mode")
    if row is None:
        values.setdefault("owner", session.user)
    _may_give(session, values, row)
    # Without a start it starts now; a scheduler that runs at startup has no date (docs/facts/exports.md#forms).
    values.setdefault("start-time", router.now_text()[11:])
    if values["start-time"] != "startup":
        values.setdefault("start-date", router.now_text()[:10])


def _placed_scheduler(router: Machine, row: Row) -> None:
    """Plans the next run."""
    if "placed" not in row.facts:
        row.facts["placed"] = "true"
        if router.now_text() == f"{row.values.get('start-date')} {row.values['start-time']}":
            row.facts["defaulted"] = "true"
    row.expires = _next_run(router, row)
    if row.expires is not None:
        planned = row.expires
        router.agenda.at(planned, lambda: _run_planned(router, row, planned))


def _next_run(router: Machine, row: Row) -> float | None:
    if row.values.get("disabled") == "true" or not _scheduler_allowed(router) or _sleeps(router, row):
        return None
    interval = (milliseconds(row.values.get("interval", "0s")) or 0) / 1000
    now = router.clock()
    if row.values["start-time"] == "startup":
        # With an interval it doesn't run at boot: it counts from there, whenever it was added.
        if interval:
            return router.started + (int((now - router.started) / interval) + 1) * interval
        first = router.started + _AFTER_BOOT
        return first if row.facts.get("boots") and now < first else None
    start = router.moment(row.values.get("start-date", ""), row.values["start-time"])
    if start > now:
        return start
    return start + (int((now - start) / interval) + 1) * interval if interval else None


def _sleeps(router: Machine, row: Row) -> bool:
    """7.24 to 7.24.4: entries whose start date and time nobody gave may not run."""
    numbers = [int(part) for part in router.version_text.split(".") if part.isdigit()]
    return router.options.defaulted_schedulers_sleep and [7, 24] <= numbers < [7, 24, 5] and "defaulted" in row.facts


def _run_planned(router: Machine, row: Row, planned: float) -> None:
    if not row.there or row.expires != planned:
        return
    row.facts["run-count"] = str(int(row.facts.get("run-count", "0")) + 1)
    row.facts.pop("boots", None)
    _placed_scheduler(router, row)
    policy = row.values.get("policy", router.menus[_SCHEDULER].defaults["policy"])
    router.run_script(row.values.get("on-event", ""), row.values["owner"], policy)


def _show_scheduler(router: Machine, row: Row, out: Values) -> None:
    out["run-count"] = row.facts.get("run-count", "0")
    if (upcoming := _next_run(router, row)) is not None:
        out["next-run"] = router.now_text(upcoming)


# -- netwatch ---------------------------------------------------------------------------------------------------------


def _placed_netwatch(router: Machine, row: Row) -> None:
    _plan_probe(router, row, router.clock() + _seconds(row, "start-delay", "3s"))


def _plan_probe(router: Machine, row: Row, when: float) -> None:
    row.expires = None
    row.facts["status"] = "unknown"
    scripts = any(row.values.get(f"{name}-script") for name in ("test", "up", "down"))
    if row.values.get("disabled") != "true" and scripts and router.options.netwatch_tests:
        row.expires = when
        router.agenda.at(when, lambda: _probe(router, row, when))


def _probe(router: Machine, row: Row, planned: float) -> None:
    if not row.there or row.expires != planned:
        return
    interval = _seconds(row, "interval", "10s") or 1.0
    was = row.facts["status"]
    _plan_probe(router, row, planned + (int((router.clock() - planned) / interval) + 1) * interval)
    now = row.facts["status"] = "down" if row.values.get("host", "") in router.network.silent else "up"
    row.facts["done-tests"] = str(int(row.facts.get("done-tests", "0")) + 1)
    if now != was:
        row.facts["since"] = router.now_text()
    first = was == "unknown" and row.values.get(f"ignore-initial-{now}") == "true"
    for name in (*([f"{now}-script"] if now != was and not first else ()), "test-script"):
        if text := row.values.get(name):
            router.run_script(text, "*sys", _WATCHED_BY)


def _show_netwatch(_: Machine, row: Row, out: Values) -> None:
    for name in ("status", "since", "done-tests"):
        if name in row.facts:
            out[name] = row.facts[name]


def _seconds(row: Row, name: str, otherwise: str) -> float:
    return (milliseconds(row.values.get(name) or otherwise) or 0) / 1000


# -- what others do to them -------------------------------------------------------------------------------------------


def replan(router: Machine) -> None:
    """Plans what came back by `/undo` and the like."""
    for row in tuple(router.table(_SCHEDULER)):
        _placed_scheduler(router, row)
    if router.has_table(_NETWATCH):
        for row in tuple(router.table(_NETWATCH)):
            _placed_netwatch(router, row)


def boot(router: Machine) -> None:
    """Plans everything anew: counters begin at nothing, netwatch waits for its `startup-delay`."""
    if router.has_table(_SCRIPT):
        for row in router.table(_SCRIPT):
            row.facts.pop("run-count", None)
            row.facts.pop("last-started", None)
    for row in tuple(router.table(_SCHEDULER)):
        row.facts.pop("run-count", None)
        row.facts["boots"] = "true"
        _placed_scheduler(router, row)
    if router.has_table(_NETWATCH):
        for row in tuple(router.table(_NETWATCH)):
            _plan_probe(router, row, router.clock() + _seconds(row, "startup-delay", "5m"))


Prepare = Callable[[Machine, Session, Values, Row | None], None]

PREPARE: Final[dict[str, Prepare]] = {_SCHEDULER: _prepare_scheduler, _SCRIPT: _prepare_script}
PLACED: Final[dict[str, Callable[[Machine, Row], None]]] = {
    _SCHEDULER: _placed_scheduler,
    _NETWATCH: _placed_netwatch,
}
SHOW: Final[dict[str, Callable[[Machine, Row, Values], None]]] = {
    _SCHEDULER: _show_scheduler,
    _SCRIPT: _show_script,
    _NETWATCH: _show_netwatch,
}
