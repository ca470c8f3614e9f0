"""Every example moves from dynamic resources to the package by the real CLI, and the routers hear no write of it."""

import contextlib
import json
import pathlib
import shutil
import sys

import pytest
import yaml

from at_length import LONG
from deploying import PASSWORD, Site, reach, writes
from wiretik.cli.commands.plugin import install
from wiretik_provider.simulator import serve

pytestmark = [
    pytest.mark.skipif(not LONG, reason="at length: each starts the CLI eight times"),
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="needs pulumi on the PATH"),
    pytest.mark.timeout(1800),
]
ROOT = pathlib.Path(__file__).parents[2] / "examples"
ROUTERS = {"site-to-site": ("berlin", "lisbon")}
EXAMPLES = sorted(path.parent.name for path in ROOT.glob("*/Pulumi.lab.yaml"))


@pytest.fixture
def labs(request):
    names = ROUTERS.get(request.node.callspec.params["example"], ("",))
    with contextlib.ExitStack() as serving:
        served = {name: serving.enter_context(serve(profile="defconf", password=PASSWORD)) for name in names}
        if "lisbon" in served:  # the second site's LAN is the one that the example says
            lisbon = served["lisbon"]
            (lan,) = (row for row in lisbon.router.rows("/ip/address") if row["interface"] == "bridge")
            lisbon.run("/ip/address/set", **{".id": lan[".id"], "address": "192.168.89.1/24"})
        yield served


def _config(example, labs):
    told = yaml.safe_load((ROOT / example / "Pulumi.lab.yaml").read_text())["config"]
    told = {key: value for key, value in told.items() if not key.startswith("wiretik:")}
    reached = {name: {**reach(lab), "password": PASSWORD} for name, lab in labs.items()}
    if len(labs) > 1:
        return {**told, "wiretik:routers": json.dumps(reached)}
    (only,) = reached.values()
    return {**told, **{f"wiretik:{key}": str(value).lower() for key, value in only.items() if key != "password"}}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_moves_over_is_clean_and_goes(example, labs, tmp_path, monkeypatch):
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "state" / "home"))
    monkeypatch.setenv("WIRETIK_PASSWORD", PASSWORD)
    install()
    before = {name: lab.router.snapshot() for name, lab in labs.items()}
    config = _config(example, labs)
    site = Site(tmp_path, ROOT / example, config, engine="pulumi")
    project = yaml.safe_load((site.directory / "Pulumi.yaml").read_text())
    runtime = {"name": "python", "options": {"virtualenv": sys.prefix}}
    (site.directory / "Pulumi.yaml").write_text(yaml.safe_dump({**project, "runtime": runtime}))
    made = site.up()
    assert made.ok, made.errors

    site.configure({**config, "wiretik:front": "plugin"})
    for lab in labs.values():
        lab.reset_stats()
    planned, moved = site.preview(), site.up()
    assert (planned.ok, moved.ok) == (True, True), (planned.errors, moved.errors)
    assert {op for op, _ in planned.touched} == {op for op, _ in moved.touched} == {"update"}
    assert "__provider" not in json.dumps(site.state)
    clean = site.preview(refresh=True, expect_no_changes=True)
    assert clean.ok, clean.errors
    assert {name: writes(lab) for name, lab in labs.items()} == dict.fromkeys(labs, 0)

    gone = site.destroy()
    assert gone.ok, gone.errors
    assert {name: lab.router.snapshot() for name, lab in labs.items()} == before
