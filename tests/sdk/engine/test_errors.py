"""One tree of errors, each of which says the same in another process."""

import pickle

import pytest

from wiretik.engine import errors
from wiretik.engine.errors import EngineError, LockedError, NoStateError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]


def test_all_errors_are_of_the_tree_that_the_module_draws():
    drawn = [word for line in (errors.__doc__ or "").splitlines() for word in line.split() if word[0].isupper()]

    assert all(issubclass(kind, EngineError) for kind in KINDS)
    assert {kind.__name__ for kind in KINDS} <= set(drawn)


@pytest.mark.parametrize("kind", [EngineError, LockedError, NoStateError])
def test_an_error_of_two_lines_crosses_processes_whole(kind):
    error = kind("one thing", "and another\n")

    copy = pickle.loads(pickle.dumps(error))

    assert str(error).count("\n") == 1
    assert (type(copy), str(copy)) == (kind, str(error))
