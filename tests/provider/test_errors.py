"""One tree of errors: what a process hands to another is whole there, and what an error says is known by its kind."""

import pickle

import pytest

from wiretik_provider import errors
from wiretik_provider.errors import (
    ConnectionLost,
    GateError,
    InvalidValue,
    OverLimit,
    RouterError,
    RowError,
    Trap,
    WiretikError,
)
from wiretik_provider.simulator.refusal import Refusal, failure


def kinds():
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]


def test_all_errors_are_of_one_tree():
    assert [kind for kind in kinds() if not issubclass(kind, WiretikError)] == []


@pytest.mark.parametrize("category", [None, 0, 7])
def test_a_trap_crosses_processes_whole(category):
    trap = Trap("home", "/ip/route", "add", "failure: no", category)

    copy = pickle.loads(pickle.dumps(trap))

    assert (type(copy), copy.args, vars(copy)) == (type(trap), trap.args, vars(trap))


@pytest.mark.parametrize(
    "error",
    [
        WiretikError("x"),
        InvalidValue("not a port"),
        RouterError("home", "gone"),
        RowError("home", "/ip/route", "*1", "is gone"),
        ConnectionLost("home", "it stalled", outcome_unknown=True),
        OverLimit("home", "192 MiB", outcome_unknown=True),
        GateError("home", "no"),
        Refusal("no such item", 0),
        failure("not today"),
    ],
)
def test_an_error_crosses_processes_whole(error):
    copy = pickle.loads(pickle.dumps(error))

    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize(
    ("message", "lacks"),
    [("no such command prefix", True), ("no such command", True), ("no such item", False), ("failure: x", False)],
)
def test_a_router_that_lacks_a_menu_says_so_in_its_own_words_alone(message, lacks):
    assert Trap("home", "/ipv6/route", "print", message).lacks_menu is lacks
