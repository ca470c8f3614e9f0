"""Debug messages are sent where somebody may want them."""

import types

import pulumi.runtime.settings
import pytest

from wiretik import _debugging
from wiretik._debugging import asked, say_only_what_is_asked_for

HOST = ["/usr/bin/pulumi-language-python", "127.0.0.1:1"]


@pytest.mark.parametrize(
    ("commands", "wanted"),
    [
        ([HOST, ["pulumi", "up", "--yes", "--stack", "dev"]], False),
        ([["sh", "-c", "x"], HOST, ["/opt/bin/pulumi", "preview"]], False),
        ([HOST, ["pulumi", "up", "--debug"]], True),
        ([HOST, ["pulumi", "up", "--debug=true"]], True),
        ([HOST, ["pulumi", "up", "-yd"]], True),
        ([HOST, ["pulumi", "-v=9", "--logtostderr", "up"]], True),
        ([HOST, ["pulumi", "up", "--event-log", "file"]], True),
        ([HOST, ["another"]], True),
        ([], True),
    ],
)
def test_the_command_line_above_says_whether_they_are_wanted(commands, wanted):
    assert asked(commands) is wanted


@pytest.mark.parametrize(("words", "sent"), [(["pulumi", "up"], [1, 4]), (["pulumi", "up", "-d"], [0, 1, 4])])
def test_where_nobody_asks_for_them_all_others_are_sent(monkeypatch, words, sent):
    said = []
    engine = types.SimpleNamespace(Log=lambda request: said.append(request.severity), other="the engine's own")
    settings = types.SimpleNamespace(engine=engine)
    monkeypatch.setattr(pulumi.runtime.settings, "SETTINGS", settings)
    monkeypatch.setattr(_debugging, "_above", lambda: iter([words]))
    for name in ("PULUMI_OPTION_DEBUG", "PULUMI_OPTION_YES"):
        monkeypatch.delenv(name, raising=False)
    say_only_what_is_asked_for()
    say_only_what_is_asked_for()
    for severity in (0, 1, 4):
        settings.engine.Log(types.SimpleNamespace(severity=severity))
    assert said == sent
    assert settings.engine.other == "the engine's own"


def test_the_processes_above_are_found_where_the_system_tells_them():
    assert all(isinstance(word, str) for words in _debugging._above() for word in words)
