"""Adoption whole, in one process: a router made by hand becomes a program, is signed, and given back."""

import contextlib
from pathlib import Path

import attrs
import pytest

from adopting_routers import HAND_MADE
from wiretik.cli.adopting import project
from wiretik.cli.adopting.reading import of_router
from wiretik.cli.adopting.rehearsing import Runs
from wiretik.cli.commands.adopt import Made, sign, written
from wiretik.engine import DeploymentFailed, Stack
from wiretik.engine.processes import program
from wiretik.testing import _host
from wiretik_provider.adopt.choosing import Options
from wiretik_provider.api.session import Access
from wiretik_provider.rows.ownership import stack_part
from wiretik_provider.simulator import Lab, Router, serve

SALT = "v1:N6XSzwkLgR8=:v1:zJOGqt8CtqiVp3Ym:CEX0XC74dnGu4yx/3MTl0m+dM/w+CQ=="


@attrs.frozen
class Home:
    lab: Lab
    folder: Path

    @property
    def router(self) -> Router:
        return self.lab.router

    @property
    def reach(self) -> project.Reach:
        return project.Reach(self.lab.host, self.lab.api_port, plain=True)

    def stack(self) -> Stack:
        return Stack(
            self.folder, "dev", backend=self.folder / "state", passphrase="testing",
            host=_host, runner=program.inline(), config={"wiretik:password": ""},
        )  # fmt: skip

    def written(self, **more: object) -> Made:
        access = Access(host=self.lab.host, port=self.lab.api_port, tls=False, username="admin", password="")
        runs = Runs({"host": _host, "runner": program.inline()})
        options = Options(stack_part(self.folder.name, "dev"), **more)
        return written(of_router(access), self.folder, "dev", options, runs)

    def keep(self, made: Made) -> Stack:
        project.write(self.folder, made.files, "")
        (self.folder / "Pulumi.dev.yaml").write_text(f"encryptionsalt: {SALT}\n")
        stack = self.stack()
        project.configure(stack, self.reach, made.program.secrets)
        return stack

    def rows(self) -> dict[str, list[dict[str, str]]]:
        return self.router.snapshot()


@pytest.fixture
def home(tmp_path):
    with contextlib.ExitStack() as closing:
        router = Router("defconf")
        router.load(HAND_MADE)
        lab = closing.enter_context(serve(router, tls=False))
        folder = tmp_path / "home"
        folder.mkdir()
        yield Home(lab, folder)


def _text(folder: Path) -> str:
    return "".join(file.read_text(errors="replace") for file in folder.rglob("*") if file.is_file())


def test_a_router_made_by_hand_is_signed_and_nothing_else_and_is_given_back_on_destroy(home, capfd):
    before = home.rows()
    made = home.written()
    assert not made.chosen.left
    stack = home.keep(made)
    home.lab.reset_stats()
    sign(stack)
    verbs = {(path, verb): n for path, verbs in home.lab.stats().commands.items() for verb, n in verbs.items()}
    writes = {key: n for key, n in verbs.items() if key[1] not in {"print", "login"}}
    assert {verb for _, verb in writes} == {"set"}
    assert home.rows() != before
    signed = sum("[wta:" in row.get("comment", "") for rows in home.rows().values() for row in rows)
    assert signed == made.chosen.count == sum(writes.values())
    told = "".join(capfd.readouterr())
    for secret in ("/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=", "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="):
        assert secret not in _text(home.folder)
        assert secret not in told
    stack.destroy().check()
    assert home.rows() == before


def test_a_program_that_would_change_a_row_is_stopped_by_the_rehearsal_which_names_it(home):
    made = home.written()
    stack = home.keep(made)
    main = home.folder / "__main__.py"
    main.write_text(main.read_text().replace("listen_port=13231", "listen_port=13999"))
    before = home.router.rows("/interface/wireguard")
    with pytest.raises(DeploymentFailed, match=r"WireGuard interface wg-office.*an adoption only signs rows"):
        sign(stack)
    now = home.router.rows("/interface/wireguard")
    assert [row["listen-port"] for row in now] == [row["listen-port"] for row in before]
