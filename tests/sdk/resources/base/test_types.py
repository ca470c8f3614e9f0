"""The public surface under a type checker: what users write passes, and what is wrong is refused."""

from pathlib import Path

from mypy import api


def test_what_users_write_is_typed_and_what_is_misspelt_is_refused(pytestconfig):
    """mypy warns of an ignore that isn't needed: of every mistake in the file that it would let pass."""
    files = [str(pytestconfig.rootpath / Path("tests", "typing", name)) for name in ("api.py", "every_menu.py")]
    config = pytestconfig.rootpath / "pyproject.toml"
    out, complaints, status = api.run([f"--config-file={config}", *files])
    assert (status, complaints) == (0, ""), out


def test_an_ignore_that_hides_nothing_is_told(tmp_path, pytestconfig):
    """So that the test above can fail."""
    file = tmp_path / "right.py"
    file.write_text('import wiretik as wt\n\nwt.Identity("i", name="home")  # type: ignore[call-arg]\n')
    out, _, status = api.run([f"--config-file={pytestconfig.rootpath / 'pyproject.toml'}", str(file)])
    assert status == 1
    assert "Unused" in out
