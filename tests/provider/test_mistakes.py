"""Others' mistakes, by number: each is a test here, and this one says which."""

import re
import tomllib
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SOURCES = tomllib.loads((TESTS / "cases" / "mistakes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", SOURCES)
def test_each_mistake_has_a_test_that_would_tell_of_it(source):
    for mistake, tests in SOURCES[source].items():
        assert tests, mistake
        for test in tests:
            file, _, name = test.partition("::")
            assert re.search(rf"^def {name}\(", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE), mistake
