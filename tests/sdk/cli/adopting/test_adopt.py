"""Adoption whole, in one process: a router made by hand becomes a program, is signed, and given back."""

import contextlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pytest

from adopting_home import home_of
from adopting_routers import HAND_MADE, SMALL
from at_length import LONG, rounds
from deploying import family
from wiretik.cli.commands.adopt import take
from wiretik.engine import DeploymentFailed
from wiretik_provider.rows.ownership import tag_of
from wiretik_provider.simulator import Router


def _home(tmp_path, profile, text):
    router = Router(profile)
    router.load(text)
    return home_of(router, tmp_path)


@pytest.fixture
def home(tmp_path):
    with _home(tmp_path, "defconf", HAND_MADE) as home:
        yield home


@pytest.fixture
def small(tmp_path):
    with _home(tmp_path, "bare", SMALL) as home:
        yield home


def _exported(home):
    return [line for line in home.router.export().splitlines() if not line.startswith("#")]


def _text(folder: Path) -> str:
    return "".join(file.read_text(errors="replace") for file in folder.rglob("*") if file.is_file())


def test_a_router_made_by_hand_is_signed_and_nothing_else_and_is_given_back_on_destroy(home, capfd):
    before, exported = home.rows(), _exported(home)
    made = home.written()
    assert not made.chosen.left
    home.lab.reset_stats()
    stack = home.sign(made)
    commands = home.lab.stats().commands
    writes = {(path, verb): n for path, verbs in commands.items() for verb, n in verbs.items()}
    writes = {key: n for key, n in writes.items() if key[1] not in {"print", "login"}}
    assert {verb for _, verb in writes} == {"set"}
    signed = sum("[wta:" in comment for comment in home.comments())
    assert signed == made.chosen.count == sum(writes.values())
    told = "".join(capfd.readouterr())
    for secret in ("/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=", "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="):
        assert secret not in _text(home.folder)
        assert secret not in told
    stack.destroy().check()
    assert home.rows() == before
    assert _exported(home) == exported


def test_a_program_that_would_change_a_row_is_stopped_and_names_it(small):
    stack = small.keep(small.written())
    main = small.folder / "__main__.py"
    main.write_text(main.read_text().replace("listen_port=13231", "listen_port=13999"))
    with pytest.raises(DeploymentFailed, match=r"WireGuard interface wg0.*an adoption only signs rows"):
        take(stack)
    assert [row["listen-port"] for row in small.router.rows("/interface/wireguard")] == ["13231"]


SIGN = "import pickle, sys; from wiretik.cli.adopting.signing import sign_rows as s; s(*pickle.load(sys.stdin.buffer))"


def _killed(home, words, told, nth):
    """Lets a process of its own sign rows, and kills it in the middle of the n-th signature."""
    fault = home.lab.fault("stall", verb="set", nth=nth, times=0)
    with subprocess.Popen(words, cwd=home.folder, env=_ENVIRONMENT, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL) as run:
        run.stdin.write(told)
        run.stdin.close()
        while fault.seen < nth and run.poll() is None:  # however slow the machine is: pytest has a limit of its own
            time.sleep(0.005)
        assert run.poll() is None, "it ended before that signature"
        for process in family(run.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    home.lab.clear_faults()


_ENVIRONMENT = {**os.environ, "WIRETIK_PASSWORD": "", "PULUMI_CONFIG_PASSPHRASE": "testing", "PULUMI_BACKEND_URL": ""}


def test_an_adoption_that_was_killed_after_any_signature_comes_to_the_same_end(small):
    before, made = small.rows(), small.written()
    small.sign(made)
    ended, count = small.comments(), made.chosen.count - 1  # both entries of the list are signed by one command
    small.stack().destroy().check()
    shutil.rmtree(small.folder / "state")
    assert small.rows() == before
    for nth in [count // 2] if rounds(1, count) == 1 else range(1, count + 1):
        signatures = (small.access, made.rehearsed.signatures, made.source.inventory.tables)
        _killed(small, [sys.executable, "-c", SIGN], pickle.dumps(signatures), nth)
        again = small.written()
        assert again.files == made.files
        small.sign(again)
        assert small.comments() == ended
        small.stack().destroy().check()
        assert small.rows() == before
        shutil.rmtree(small.folder / "state")


@pytest.mark.skipif(not LONG, reason="whole commands, for each signature one that is killed")
@pytest.mark.parametrize("nth", range(1, 1 + rounds(1, 6)))
def test_a_command_that_was_killed_at_any_signature_is_called_again(small, nth):
    reach = [small.lab.host, "--plain", "--port", str(small.lab.api_port), "--yes"]
    command = [sys.executable, "-c", "from wiretik.cli import main; main()", "adopt", *reach, "-C", "."]
    _killed(small, command, b"", nth)
    done = subprocess.run(command, cwd=small.folder, env=_ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, "the first preview says" in done.stdout) == (0, True), done.stdout + done.stderr
    tags = [tag for rows in small.rows().values() for row in rows if (tag := tag_of(row))]
    assert (len(tags), {tag.adopted for tag in tags}) == (7, {True})
