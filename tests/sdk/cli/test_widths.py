"""What the commands print on a terminal of 80 and of 120 columns: no line is wider, so that no row is wrapped."""

import contextlib
import os
import pty
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len

from deploying import PASSWORD, Site, reach
from wiretik_provider.simulator import serve

PROGRAM = """
import wiretik as wt
home = wt.Site("headquarters", wt.SiteArgs(lan=wt.Lan("bridge", "192.168.88.0/24"), tunnels=[
    wt.TunnelArgs("wg1", address="10.20.0.2/24", listen_port=13232, peers=[
        wt.TunnelPeer("the-office-in-the-city", endpoint="a-long-name.of-a-server.example.com:51820",
                      public_key="YQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                      allowed_address=["10.20.0.0/24", "172.16.50.0/24", "172.16.60.0/24"])])]))
"""
COMMANDS = {
    "show": ["show"],
    "unmanaged": ["unmanaged"],
    "graph": ["graph"],
    "trace": ["trace", "--src", "192.168.88.10", "--dst", "172.16.50.9"],
    "doctor": ["doctor"],
    "preview": ["preview"],
    "help": ["--help"],
    "help of a command": ["trace", "--help"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        made = Site(tmp_path_factory.mktemp("widths"), PROGRAM, config)
        assert made.up().errors == ()
        yield made


def on_terminal(site, words, columns):
    """What a command shows on a terminal so wide, without colours."""
    theirs, ours = pty.openpty()
    environment = {**os.environ, **site.process_environment(), "COLUMNS": str(columns), "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "wiretik", *words],
        cwd=site.directory,
        stdin=subprocess.DEVNULL,
        stdout=ours,
        stderr=ours,
        env=environment,
    )
    os.close(ours)
    printed = b""
    with contextlib.suppress(OSError):  # how a terminal says that nobody has it any more
        while data := os.read(theirs, 65536):
            printed += data
    process.wait()
    os.close(theirs)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed.decode()).replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_is_wider_than_the_terminal(site, command, columns):
    text = on_terminal(site, COMMANDS[command], columns)
    assert "Traceback" not in text
    lines = [line.split("\r")[-1] for line in text.splitlines()]
    if "Diagnostics:" in lines:  # sentences, which people copy whole
        lines = lines[: lines.index("Diagnostics:")]
    assert len(lines) > 4
    assert not [line for line in lines if cell_len(line.rstrip()) > columns]


def test_names_are_whole_at_eighty_columns(site):
    text = on_terminal(site, ["show", "interfaces", "peers"], 80)
    assert "headquarters-wg1-interface" in text
    assert "the-office-in-the-city" in text
    assert "not at 80 columns" in text
