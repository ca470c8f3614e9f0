"""After an adoption the Pulumi CLI's first preview is clean, and its destroy gives the router back."""

import contextlib
import os
import shutil
import subprocess

import pytest

from adopting_home import Home, home_of
from adopting_routers import SMALL
from wiretik.cli.adopting import owning, states
from wiretik.cli.adopting.ending import end_trials, release
from wiretik.cli.commands.adopt import take_elsewhere
from wiretik_provider.simulator import Router

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="pulumi is not on PATH"),
]


@pytest.fixture
def home(tmp_path):
    router = Router()
    router.load(SMALL + "/ip firewall filter\nadd action=accept chain=input dst-port=8728 protocol=tcp\n")
    with contextlib.ExitStack() as closing:
        yield closing.enter_context(home_of(router, tmp_path))


def pulumi(home: Home, *words: str, code: int = 0) -> str:
    environment = {
        **os.environ,
        "PULUMI_BACKEND_URL": (home.folder / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "testing",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "WIRETIK_PASSWORD": "",
    }
    done = subprocess.run(
        ["pulumi", *words, "--non-interactive", "--stack", "dev"],
        cwd=home.folder, env=environment, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert bool(done.returncode) == bool(code), done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_stack_that_was_adopted_is_the_clis_at_once(home):
    before = home.rows()
    home.sign(home.written())
    (home.folder / "state" / ".pulumi" / "meta.yaml").write_text("version: 1\n")
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    pulumi(home, "destroy", "--yes", "--skip-preview")
    assert home.rows() == before


def test_a_stack_that_is_owned_is_clean_for_the_cli_and_protected_until_it_is_released(home):
    home.sign(home.written())
    (home.folder / "state" / ".pulumi" / "meta.yaml").write_text("version: 1\n")
    end_trials(home.stack(), [], protect=True, yes=True)
    assert list(owning.protected(home.stack().texts())) == ["FilterChain::input"]
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    pulumi(home, "up", "--yes", "--skip-preview")
    assert "protect" in pulumi(home, "destroy", "--yes", code=1)
    assert "input" in [row["chain"] for row in home.router.rows("/ip/firewall/filter")]
    release(home.stack())
    pulumi(home, "destroy", "--yes", "--skip-preview")
    assert not home.router.rows("/interface/wireguard")


@pytest.mark.parametrize("file", states.FILES)
def test_a_state_that_is_kept_elsewhere_is_taken_from_a_file_that_only_its_owner_reads(home, file):
    made = home.written()
    home.keep(made)
    take_elsewhere(made, home.folder, "dev", home.reach.config, home.runs)
    assert (home.folder / file).stat().st_mode & 0o777 == 0o600
    (home.folder / "state").mkdir()
    pulumi(home, "stack", "init")
    if file == states.STATE:
        pulumi(home, "stack", "import", "--file", file)
    else:
        pulumi(home, "import", "--file", file, "--generate-code=false", "--yes", "--skip-preview", "--protect=false")
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    state = "".join(one.read_text() for one in (home.folder / "state").rglob("*.json"))
    assert "/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak=" not in state
