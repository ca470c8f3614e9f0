"""A text that is written into a script comes back letter by letter, and is never a command."""

import pytest

from wiretik_provider.codecs.script import quoted
from wiretik_provider.simulator import Router

HOSTILE = ['"; /system/reset-configuration; "', "$x [find]", "a\\b\\", "über\n\ttab\r", "}]){", "why? 100%", "\udcff"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_comes_back_letter_by_letter(value):
    router = Router()
    router.run("/system/script/add", name="x", source=f"/system/identity/set name={quoted(value)}")
    router.run("/system/script/run", numbers="x")
    assert router.rows("/system/identity") == [{"name": value}]
