"""A confirm is tried for as long as the guard waits, and says so: in lines, on a terminal, as events."""

import io
import json
import time

import pytest

from wiretik.cli import confirming
from wiretik.cli.screen import console
from wiretik_provider.api.session import Access

NOBODY = Access(host="127.0.0.1", port=1, username="admin", password="none", tls=False, name="home")


@pytest.fixture
def hurried(monkeypatch):
    """Each look at the clock takes ten seconds."""
    now = iter(range(0, 10_000, 10))
    monkeypatch.setattr(confirming, "_now", lambda: next(now))
    monkeypatch.setattr(confirming, "_pause", lambda _: None)


@pytest.mark.usefixtures("hurried")
def test_whom_nobody_reaches_is_tried_until_the_guard_has_run_and_a_line_comes_now_and_then(capsys):
    assert not confirming.confirm_run([NOBODY], "c0ffee", 120, confirming._Plain())
    *waits, last = capsys.readouterr().err.splitlines()
    assert 1 < len(waits) < 6
    assert all("not confirmed yet, " in line and " s left: " in line for line in waits)
    assert last.startswith("error: not confirmed: ")
    assert last.endswith("by now the router has taken the change back")


@pytest.mark.usefixtures("hurried")
def test_for_programs_each_try_is_an_event(capsys):
    assert not confirming.confirm_run([NOBODY], "c0ffee", 120, confirming._Machine())
    events = [json.loads(line)["confirmEvent"] for line in capsys.readouterr().out.splitlines()]
    assert [event["state"] for event in events] == ["waiting"] * (len(events) - 1) + ["lost"]
    left = [event["left"] for event in events[:-1]]
    assert left == sorted(left, reverse=True)
    assert {event["router"] for event in events} == {"home"}


@pytest.mark.usefixtures("hurried")
def test_a_terminal_counts_down_in_one_line(capsys, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    shown = io.StringIO()
    drawn = console()
    drawn.file, drawn._force_terminal, drawn.is_interactive = shown, True, True
    monkeypatch.setattr(confirming, "console", lambda **_: drawn)
    monkeypatch.setattr(confirming, "_pause", lambda _: time.sleep(0.1))  # it draws ten times a second
    assert not confirming.confirm_run([NOBODY], "c0ffee", 30, confirming._Terminal())
    assert "not confirmed yet; the router takes the change back" in shown.getvalue()
    assert capsys.readouterr().err.count("\n") == 1
