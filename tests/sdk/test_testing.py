"""`wiretik.testing`: users test their own sites on an embedded router, quickly and without touching anything real."""

import importlib.util
import pathlib
import time

import pytest

import wiretik as wt
from wiretik.engine import Secret
from wiretik.testing import deployed, site

__all__ = ["site"]

HOME = pathlib.Path(__file__).parents[2] / "examples" / "home"


def _example():
    spec = importlib.util.spec_from_file_location("test_home", HOME / "test_home.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.e2e
@pytest.mark.parametrize("name", [name for name in dir(_example()) if name.startswith("test_")])
def test_the_example_beside_the_home_site(name, site):
    getattr(_example(), name)(site)


def test_a_function_is_a_program_and_is_deployed_well_under_a_second(site):
    one = site(lambda: wt.WireGuardInterface("wg9", listen_port=1234), profile="bare")
    one.preview()
    began = time.monotonic()

    result = one.up()

    assert result.ok, result.errors
    assert [row["listen-port"] for row in one.rows("/interface/wireguard")] == ["1234"]
    assert time.monotonic() - began < 5  # 0.1 s; a machine that runs other tests meanwhile gets more


def test_secret_config_and_outputs_reach_the_test_but_no_representation(site):
    import pulumi

    def program():
        pulumi.export("key", pulumi.Config().require_secret("key"))

    one = site(program, config={"key": Secret("geheim")})

    result = one.up()

    assert one.outputs() == {"key": "geheim"}
    assert "geheim" not in repr(result)
    assert "geheim" not in one.stack.backend.file("site", "test").read_text()


def test_a_developers_own_router_is_never_reached(monkeypatch):
    import os

    monkeypatch.setenv("WIRETIK_HOST", "router.example.com")
    with deployed(lambda: wt.Identity("identity", name="lab"), profile="bare") as one:
        assert "WIRETIK_HOST" not in os.environ
        assert one.up().ok
        assert one.rows("/system/identity")[0]["name"] == "lab"
    assert os.environ["WIRETIK_HOST"] == "router.example.com"


def test_several_routers_are_configured_by_one_program(site):
    def program():
        for name in ("left", "right"):
            wt.WireGuardInterface(f"wg-{name}", router=wt.Router(name), name="wg5")

    both = site(program, routers={"left": "bare", "right": "defconf"})

    result = both.up()

    assert result.ok, result.errors
    assert all(both.rows("/interface/wireguard", name)[0]["name"] == "wg5" for name in ("left", "right"))
