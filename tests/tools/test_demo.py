"""The demo is the first thing that anybody sees, so it is played whole."""

import os
import subprocess
import sys

import pytest

from at_length import LONG
from tools import demo


@pytest.mark.e2e
@pytest.mark.skipif(not LONG, reason="at length")
def test_the_demo_ends_with_a_router_as_it_was_and_leaves_the_repository_alone():
    example = demo._EXAMPLE
    before = {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()}
    # A variable that was meant for a real router must not reach it.
    environment = {**os.environ, "WIRETIK_HOST": "192.0.2.1", "PULUMI_BACKEND_URL": "s3://nowhere", "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.demo"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "The router is exactly as it was before the demo" in done.stdout
    assert "nothing was written" in done.stdout
    assert {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()} == before


def test_without_the_repository_it_says_what_is_missing(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(demo, "_EXAMPLE", tmp_path)
    assert demo.main() == 2
    assert "clone the repository" in capsys.readouterr().out
