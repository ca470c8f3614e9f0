"""Two controllers at one run, by Postgres.

Where that isn't installed it is, as root and at more than a tenth of the length; elsewhere nothing is tested.
"""

import collections
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from at_length import LONG, SHARE
from fleets import fleet
from waiting import until

pytestmark = pytest.mark.skipif(not LONG, reason="at length: it starts a server and two commands")
SITES = tuple("abcdefgh")
INSTALL = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"]


def initdb():
    """Where the server's programs are; None where there are none."""
    return shutil.which("initdb") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)


@pytest.fixture
def database():
    if initdb() is None and SHARE > 0.1 and os.getuid() == 0 and shutil.which("apt-get"):
        subprocess.run(INSTALL, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    if (found := initdb()) is None:
        pytest.skip("no PostgreSQL here")
    place = Path(tempfile.mkdtemp(prefix="wiretik-pg-", dir="/tmp"))  # PostgreSQL isn't run by root
    place.chmod(0o777)
    bin_ = Path(found).resolve().parent
    become = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data = f"{place}/data"
    make = [*become, bin_ / "initdb", "-D", data, "-A", "trust", "-U", "fleet"]
    subprocess.run(make, check=True, capture_output=True, cwd="/tmp")
    words = ["-p", str(port), "-k", str(place), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    server = subprocess.Popen([*become, bin_ / "postgres", "-D", data, *words], stderr=subprocess.DEVNULL, cwd="/tmp")
    url = f"postgresql://fleet@127.0.0.1:{port}/runs"
    try:
        create = [bin_ / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "fleet", "runs"]
        until(lambda: subprocess.run(create, capture_output=True, check=False).returncode == 0, seconds=60)
        yield url
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def eight(tmp_path):
    with fleet(tmp_path, *SITES) as found:
        yield found


def test_two_controllers_share_one_run(eight, database):
    environment = {**os.environ, "WIRETIK_FLEET_DATABASE": database}

    def start(*words):
        command = [sys.executable, "-m", "wiretik", "fleet", *words, "-f", str(eight.place / "fleet.yaml"), "--json"]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    leader = start("up", "--yes", "--workers", "1", "--waves", "100%")
    runs = eight.place / ".wiretik" / "fleet" / "net" / "runs"
    until(lambda: list(runs.glob("*/events.jsonl")), seconds=60)
    (run,) = [file.parent.name for file in runs.glob("*/events.jsonl")]
    helper = start("join", run)
    out, err = leader.communicate(timeout=300)
    helped, why = helper.communicate(timeout=60)

    assert (leader.returncode, helper.returncode) == (0, 0), err + why
    done = [
        {event["site"] for event in map(json.loads, text.splitlines()) if event["event"] == "site-began"}
        for text in (out, helped)
    ]
    assert done[0] & done[1] == set()
    assert done[0] | done[1] == set(SITES)
    assert min(map(len, done)) >= 2, "both did their share"
    assert eight.rows() == dict.fromkeys(SITES, 1)
    lines = [json.loads(line) for line in (runs / run / "events.jsonl").read_text().splitlines()]
    begun = collections.Counter(line["site"] for line in lines if line["event"] == "site-began")
    assert begun == dict.fromkeys(SITES, 1)
