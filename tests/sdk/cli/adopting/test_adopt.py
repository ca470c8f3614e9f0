"""Adoption whole, in one process: a router made by hand becomes a program, is signed, and given back."""

import contextlib
import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from subprocess import DEVNULL, PIPE

import attrs
import pytest
from rich.console import Console

from adopting_home import home_of
from adopting_routers import HAND_MADE, SMALL
from at_length import LONG, rounds
from deploying import family
from wiretik.cli.commands.adopt import take
from wiretik.cli.display.machine import Lines
from wiretik.cli.display.plain import Plain
from wiretik.engine import DeploymentFailed
from wiretik_provider.menus import MENUS
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


def _by_chain(rows):
    """Rows in their order, of which only that within a chain counts."""
    return {path: sorted(some, key=lambda row: row.get("chain", "")) for path, some in rows.items()}


def _exported(home):
    return [line for line in home.router.export().splitlines() if not line.startswith("#")]


def _text(folder: Path) -> str:
    return "".join(file.read_text(errors="replace") for file in folder.rglob("*") if file.is_file())


def test_a_router_made_by_hand_is_signed_and_nothing_else_and_is_given_back_on_destroy(home, capfd):
    before = _by_chain(home.rows())
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
    _move_and_insert_in_each_chain(home, stack)
    told = "".join(capfd.readouterr())
    for secret in ("/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=", "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="):
        assert secret not in _text(home.folder)
        assert secret not in told
    stack.destroy().check()
    assert _by_chain(home.rows()) == before


ORDERED = [path for path, menu in MENUS.items() if menu.ordered]


def _move_and_insert_in_each_chain(home, stack):
    """Whatever a hand does to the order of adopted chains is told, and mended by at most two writes for each."""
    chains = {}
    for path in ORDERED:
        for row in home.router.rows(path):
            if row.get("dynamic") != "true":
                chains.setdefault((path, row.get("chain", "")), []).append(row[".id"])
    several = {key: ids for key, ids in chains.items() if len(ids) > 1}
    assert len(several) >= 5
    assert {path for path, chain in chains if (path, chain) not in several} >= {"/ip/firewall/mangle", "/routing/rule"}
    order = {path: [row[".id"] for row in home.router.rows(path)] for path in ORDERED}
    for (path, _), ids in several.items():
        home.router.run(f"{path}/move", numbers=ids[-1], destination=ids[0])
    _mended(home, stack, len(several))
    for at, ((path, chain), ids) in enumerate(chains.items()):
        what = {"chain": chain, "action": "log"} if MENUS[path].chain else {"action": "lookup", "table": "main"}
        where = {"place-before": ids[at % len(ids)]} if at % 3 else {}  # above all, between, or below all
        home.router.run(f"{path}/add", **what, **where, comment="slipped in")
    seen = stack.preview(refresh=True)
    assert len([step for step in seen.steps if step.op == "update"]) == len(chains)
    home.lab.reset_stats()
    stack.up(refresh=True).check()
    written = [(verb, n) for each in home.lab.stats().commands.values() for verb, n in each.items() if verb in WRITES]
    assert {verb for verb, _ in written} == {"remove"}
    assert sum(n for _, n in written) == len(chains)
    assert not stack.preview(refresh=True).changed
    assert [sorted(order[path]) for path in ORDERED] == [
        sorted(row[".id"] for row in home.router.rows(path)) for path in ORDERED
    ]


def _mended(home, stack, count):
    home.lab.reset_stats()
    up = stack.up(refresh=True).check()
    assert len([step for step in up.steps if step.op == "update" and step.name != "preflight"]) == count
    writes = [n for verbs in home.lab.stats().commands.values() for verb, n in verbs.items() if verb in WRITES]
    assert sum(writes) <= 2 * count


WRITES = ("add", "set", "move", "remove")


@pytest.mark.parametrize("sensitive", [True, False])
def test_no_key_is_in_program_state_output_or_diff_whoever_adopts(small, capfd, sensitive):
    secret, own = (
        "/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=",
        small.router.rows("/interface/wireguard")[0]["private-key"],
    )
    small.router.add_user("me", "", ["api", "read", "write", *(["sensitive"] if sensitive else [])])
    small = attrs.evolve(small, username="me")
    made = small.written()
    assert bool(made.program.secrets) == sensitive
    assert [one for one in made.chosen.notes if "preshared-key is hidden" in one] == (
        [] if sensitive else made.chosen.notes
    )
    stack = small.sign(made)
    small.router.run("/interface/wireguard/peers/set", numbers="anna", **{"preshared-key": OTHER}, comment="by hand")
    with io.StringIO() as shown:
        stack.preview(Plain(Console(file=shown, width=200), whole=True), refresh=True)
        stack.up(Lines(lambda line: print(line, file=shown)), refresh=True).check()
        seen = shown.getvalue() + "".join(capfd.readouterr()) + _text(small.folder)
    assert "by hand" in seen
    assert not [key for key in (secret, own, OTHER) if key in seen]
    there = small.router.rows("/interface/wireguard/peers")[0]["preshared-key"]
    assert there == (secret if sensitive else OTHER)


OTHER = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="


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
    before, exported, made = small.rows(), _exported(small), small.written()
    small.sign(made)
    ended, count = small.comments(), made.chosen.count - 1  # both entries of the list are signed by one command
    small.stack().destroy().check()
    shutil.rmtree(small.folder / "state")
    assert (small.rows(), _exported(small)) == (before, exported)
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
    assert (len(tags), {tag.adopted for tag in tags}) == (8, {True}), "the bridge is among them"
