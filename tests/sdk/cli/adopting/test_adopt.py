"""Adoption whole, in one process: a router made by hand becomes a program, is signed, and given back."""

import shutil
from pathlib import Path

import pytest

from adopting_home import home_of
from adopting_routers import HAND_MADE, SMALL
from at_length import rounds
from wiretik.cli.commands.adopt import take
from wiretik.engine import DeploymentFailed
from wiretik_provider.errors import Trap
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


def test_an_adoption_that_was_cut_after_any_signature_comes_to_the_same_end(small):
    before = small.rows()
    made = small.written()
    small.sign(made)
    ended, count = small.comments(), made.chosen.count
    small.stack().destroy().check()
    shutil.rmtree(small.folder / "state")
    assert small.rows() == before
    for nth in range(count // 2, count, count) if rounds(1, count) == 1 else range(1, count):
        small.lab.fault("refuse", verb="set", nth=nth + 1, times=0)
        with pytest.raises(Trap):
            small.sign(small.written())
        small.lab.clear_faults()
        again = small.written()
        assert again.files == made.files
        small.sign(again)
        assert small.comments() == ended
        small.stack().destroy().check()
        assert small.rows() == before
        shutil.rmtree(small.folder / "state")
