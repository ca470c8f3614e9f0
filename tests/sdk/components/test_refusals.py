"""Wrong combinations end a preview with the reason and the cure, before anything is written."""

import pathlib
import tomllib

import pytest

from deploying import PASSWORD, Site, reach, writes
from wiretik_provider.simulator import serve

from .test_site import CONF

START = """
KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
LAN = wt.Lan("bridge", "192.168.88.0/24")
CONF = pulumi.Config().require_secret("conf")
def tunnel(name, net, *allowed, **args):
    peer = wt.TunnelPeer("far", KEY, [f"{net}.0/24", *allowed], endpoint="a.example.com:51820")
    return wt.TunnelArgs(name, address=f"{net}.2/24", peers=[peer], **args)
"""
REFUSED = tomllib.loads((pathlib.Path(__file__).parents[2] / "cases" / "components" / "refusals.toml").read_text())


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


@pytest.mark.e2e
@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_combination_ends_the_preview_with_reason_and_cure(name, lab, tmp_path):
    case = REFUSED[name]
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    lab.reset_stats()

    run = Site(tmp_path, START + case["program"], {**config, "conf": {"secret": CONF}}).preview()

    assert not run.ok
    for part in case["told"]:
        assert part in "\n".join(run.errors)
    assert writes(lab) == 0
