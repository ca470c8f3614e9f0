"""The demo of the guard plays to its end with each engine that is there."""

import pytest

from at_length import LONG
from tools import demo_guard


@pytest.mark.e2e
@pytest.mark.skipif(not LONG, reason="at length")
def test_a_program_that_closes_our_own_way_in_is_back_by_itself(capfd):
    assert demo_guard.main(["--hurry"]) == 0
    said = capfd.readouterr().out
    assert "It is back, and exactly as it was, ids and order included." in said
    assert "The corrected program is deployed, and confirmed itself." in said
