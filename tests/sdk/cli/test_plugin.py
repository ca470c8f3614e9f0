"""`wiretik plugin install`: what Pulumi starts is this interpreter with this Wiretik."""

import importlib.metadata
import shlex
import subprocess
import sys

from typer.testing import CliRunner

from wiretik.cli.commands.plugin import plugin

VERSION = importlib.metadata.version("wiretik")


def install(monkeypatch, home):
    monkeypatch.setenv("PULUMI_HOME", str(home))
    return CliRunner().invoke(plugin, ["install"])


def test_it_writes_a_script_that_starts_this_interpreter(tmp_path, monkeypatch):
    done = install(monkeypatch, tmp_path / "with a space")
    script = tmp_path / "with a space" / "plugins" / f"resource-wiretik-v{VERSION}" / "pulumi-resource-wiretik"

    assert done.exit_code == 0
    assert script.stat().st_mode & 0o111
    assert shlex.quote(sys.executable) in script.read_text()
    with subprocess.Popen([script], stdout=subprocess.PIPE, text=True) as started:
        assert int(started.stdout.readline()) > 0
        started.terminate()
    assert install(monkeypatch, tmp_path / "with a space").exit_code == 0


def test_where_it_may_not_write_it_says_so_in_one_line(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    done = install(monkeypatch, tmp_path / "file")

    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "PULUMI_HOME" in done.stderr
