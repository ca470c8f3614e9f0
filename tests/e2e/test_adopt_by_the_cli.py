"""After an adoption the Pulumi CLI's first preview is clean, and its destroy gives the router back."""

import contextlib
import os
import shutil
import subprocess

import pytest

from adopting_home import Home, home_of
from adopting_routers import SMALL
from wiretik.cli.adopting import states
from wiretik.cli.commands.adopt import take_elsewhere
from wiretik_provider.simulator import Router

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="pulumi is not on PATH"),
]


@pytest.fixture
def home(tmp_path):
    router = Router()
    router.load(SMALL)
    with contextlib.ExitStack() as closing:
        yield closing.enter_context(home_of(router, tmp_path))


def pulumi(home: Home, *words: str) -> str:
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
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_stack_that_was_adopted_is_the_clis_at_once(home):
    before = home.rows()
    home.sign(home.written())
    (home.folder / "state" / ".pulumi" / "meta.yaml").write_text("version: 1\n")
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    pulumi(home, "destroy", "--yes", "--skip-preview")
    assert home.rows() == before


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
