"""Wrong combinations end a preview with the reason and the cure, before anything is written."""

import pathlib
import tomllib

import pulumi
import pytest

import wiretik as wt
from deploying import writes
from wiretik.engine import Secret
from wiretik.testing import deployed

from .test_site import CONF, KEY

REFUSED = tomllib.loads((pathlib.Path(__file__).parents[2] / "cases" / "components" / "refusals.toml").read_text())


def tunnel(name, net, *allowed, **args):
    peer = wt.TunnelPeer("far", KEY, [f"{net}.0/24", *allowed], endpoint="a.example.com:51820")
    return wt.TunnelArgs(name, address=f"{net}.2/24", peers=[peer], **args)


@pytest.mark.e2e
@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_combination_ends_the_preview_with_reason_and_cure(name):
    case = REFUSED[name]

    def program():
        lan = wt.Lan("bridge", "192.168.88.0/24")
        conf = pulumi.Config().require_secret("conf")
        exec(case["program"], {"wt": wt, "KEY": KEY, "LAN": lan, "CONF": conf, "tunnel": tunnel})

    with deployed(program, config={"conf": Secret(CONF)}) as site:
        site.router.reset_stats()
        preview = site.preview()

        assert not preview.ok
        for part in case["told"]:
            assert part in "\n".join(preview.errors)
        assert writes(site.router) == 0
