"""After an adoption the Pulumi CLI's first preview is clean, and its destroy gives the router back."""

import contextlib
import os
import shutil
import subprocess
import sys

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

KEY = "/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak="


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
    assert list(owning.protected(home.stack().texts())) == ["InterfaceBridge::bridge", "FilterChain::input"]
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
    take_elsewhere(made, home.stack(), home.reach.config, home.runs)
    assert (home.folder / file).stat().st_mode & 0o777 == 0o600
    (home.folder / "state").mkdir()
    pulumi(home, "stack", "init")
    if file == states.STATE:
        pulumi(home, "stack", "import", "--file", file)
    else:
        pulumi(home, "import", "--file", file, "--generate-code=false", "--yes", "--skip-preview", "--protect=false")
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    state = "".join(one.read_text() for one in (home.folder / "state").rglob("*.json"))
    assert KEY not in state


def test_a_stack_that_only_the_cli_reaches_is_adopted_and_owned_by_files_that_it_imports(home, tmp_path, monkeypatch):
    """The CLI is the real one; a wrapper hides from `wiretik` that its backend is a folder."""
    before = home.rows()
    (home.folder / "state").mkdir()
    (tmp_path / "pulumi").write_text(f'#!/bin/sh\nPULUMI_BACKEND_URL=$THERE exec {shutil.which("pulumi")} "$@"\n')
    (tmp_path / "pulumi").chmod(0o755)
    monkeypatch.setenv("THERE", (home.folder / "state").as_uri())
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    adopt = ["adopt", home.lab.host, "--plain", "--port", str(home.lab.api_port), "--yes"]
    assert "`pulumi stack init dev` makes it" in wiretik(home, *adopt, code=1)
    assert home.rows() == before
    pulumi(home, "stack", "init")
    assert "pulumi stack import --file adopted-state.json" in wiretik(home, *adopt)
    pulumi(home, "stack", "import", "--file", "adopted-state.json")
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    assert "0 lines" in wiretik(home, "plan", "--rsc", "plan.rsc")
    main = home.folder / "__main__.py"
    text = main.read_text()
    main.write_text(text.replace("listen_port=13231", "listen_port=13999"))
    planned = wiretik(home, "plan", "--rsc")
    assert "listen-port=13999" in planned
    assert KEY not in planned
    main.write_text(text)
    assert "9 rows are on trial" in wiretik(home, "own", "--yes")
    pulumi(home, "stack", "import", "--file", "owned-state.json")
    pulumi(home, "preview", "--refresh", "--expect-no-changes")
    pulumi(home, "destroy", "--yes", "--skip-preview", code=1)
    assert "input" in [row["chain"] for row in home.router.rows("/ip/firewall/filter")]
    wiretik(home, "own", "--unprotect")
    pulumi(home, "stack", "import", "--file", "owned-state.json")
    pulumi(home, "destroy", "--yes", "--skip-preview")
    assert not home.router.rows("/ip/firewall/filter")


def wiretik(home: Home, *words: str, code: int = 0) -> str:
    environment = {
        **os.environ,
        "PULUMI_BACKEND_URL": "s3://elsewhere",
        "PULUMI_CONFIG_PASSPHRASE": "testing",
        "WIRETIK_PASSWORD": "",
    }
    done = subprocess.run(
        [sys.executable, "-m", "wiretik", *words, "--stack", "dev"],
        cwd=home.folder, env=environment, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr
