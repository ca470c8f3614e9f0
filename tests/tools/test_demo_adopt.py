"""The demo of an adoption is played whole."""

import pytest

from at_length import LONG
from tools import demo_adopt


@pytest.mark.e2e
@pytest.mark.skipif(not LONG, reason="at length")
def test_the_demo_adopts_changes_and_gives_back(capfd):
    assert demo_adopt.main() == 0, capfd.readouterr().out[-3000:]
    assert "exactly as it was before the demo" in capfd.readouterr().out
