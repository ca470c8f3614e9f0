"""The public surface under a type checker: what users write passes, and what is wrong is refused."""

from pathlib import Path

import pytest
from mypy import api

from at_length import LONG

RIGHT = 'import wiretik as wt\n\nwt.Identity("i", name="home")  # type: ignore[call-arg]\n'
"""So that the test can fail: an ignore that hides nothing."""


@pytest.mark.skipif(not LONG, reason="at length")  # seven seconds; make lint has pyright look at the same files
def test_what_users_write_is_typed_what_is_misspelt_is_refused_and_an_ignore_that_hides_nothing_is_told(
    tmp_path, pytestconfig
):
    """mypy warns of an ignore that isn't needed: of every mistake in the files that it would let pass."""
    right = tmp_path / "right.py"
    right.write_text(RIGHT)
    files = [str(pytestconfig.rootpath / Path("tests", "typing", name)) for name in ("api.py", "every_menu.py")]
    config = pytestconfig.rootpath / "pyproject.toml"

    out, complaints, status = api.run([f"--config-file={config}", "--no-error-summary", *files, str(right)])

    assert (status, complaints) == (1, "")
    [told] = out.splitlines()
    assert "right.py:3" in told
    assert "Unused" in told
