"""`wiretik.testing`: users test their own sites on an embedded router, quickly and without touching anything real."""

import importlib.util
import pathlib
import time

import pytest

import wiretik as wt
from at_length import LONG
from wiretik.engine import DeploymentFailed, Result, Secret, Step
from wiretik.testing import deployed, site

__all__ = ["site"]

HOME = pathlib.Path(__file__).parents[2] / "examples" / "home"


def _example():
    spec = importlib.util.spec_from_file_location("test_home", HOME / "test_home.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OWN = [name for name in dir(_example()) if name.startswith("test_")]


@pytest.mark.e2e
@pytest.mark.parametrize("name", OWN if LONG else OWN[1:2])
def test_the_example_beside_the_home_site(name, site):
    getattr(_example(), name)(site)


def test_a_function_is_a_program_and_is_deployed_well_under_a_second(site):
    one = site(lambda: wt.WireGuardInterface("wg9", listen_port=1234), profile="bare")
    one.preview()
    began = time.process_time()

    result = one.up()

    assert result.ok, result.errors
    assert [row["listen-port"] for row in one.rows("/interface/wireguard")] == ["1234"]
    assert time.process_time() - began < 1  # 0.1 s of this process, which has program, engine, provider and router


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


def test_a_check_shows_every_error_whole_and_under_its_resource(site):
    def program():
        wt.WireGuardInterface("wg1", listen_port=13231)
        wt.FilterRule("bad", chain="input", src_address="10.0.0.1", protocol="tcp", dst_port="99999")
        wt.Route("worse", dst_address="10.77.0.0/16", gateway="wg1", distance=300)

    one = site(program, profile="bare")

    with pytest.raises(DeploymentFailed) as failed:
        one.preview().check()

    lines = str(failed.value).splitlines()
    assert lines[0] == "the deployment failed"
    assert lines[1] == "  wiretik:Preflight preflight"
    assert lines[2].startswith("    bad.dst_port: 99999 is out of range")
    assert lines[3].startswith("    worse.distance: 300 ")


def test_a_check_of_what_went_well_gives_the_result_back(site):
    one = site(lambda: wt.WireGuardInterface("wg9"), profile="bare")

    assert one.up().check().changes["create"] == 3


def test_a_failure_that_nobody_explains_names_its_steps():
    step = Step(op="create", urn="urn:pulumi:test::site::a$pulumi-python:dynamic/wiretik:Route::far", type="t")
    nothing = {"steps": (), "changes": {}, "diagnostics": (), "outputs": {}, "resources": ()}

    with pytest.raises(DeploymentFailed, match="wiretik:Route far: its create failed"):
        Result(ok=False, failed=(step,), **nothing).check()
    with pytest.raises(DeploymentFailed, match="nobody said why"):
        Result(ok=False, failed=(), **nothing).check()


def test_a_walk_tells_its_end_and_a_failing_test_sees_every_step(site):
    one = site(lambda: wt.FilterRule("no-web", chain="forward", protocol="tcp", dst_port=80, action="drop"))
    one.up().check()

    walk = one.trace("192.168.88.10", "1.1.1.1", port=80)

    assert (walk.ends, walk.arrives, walk.leaves, walk.peer, walk.source) == ("dropped", False, "", "", "")
    assert walk.verdict.startswith("dropped by filter rule")
    assert str(walk).splitlines()[0].startswith("192.168.88.10 to 1.1.1.1, tcp port 80")
    assert any("filter rule" in step for step in walk.steps)
    out = one.trace("192.168.88.10", "1.1.1.1")
    assert (out.ends, out.answered, out.leaves) == ("forwarded out of ether1", True, "ether1")
    assert out.source
    assert one.trace("192.168.88.10", "192.168.88.1", port=8728).ends == "delivered to the router"
    assert one.trace("9.9.9.9", "192.168.88.5", enters="ether1", port=1).ends == "dropped"


def test_a_packet_that_cant_be_is_refused_with_what_there_is(site):
    one = site(lambda: None, routers={"left": "bare", "right": "bare"})

    with pytest.raises(ValueError, match=r"router='': it is one of left, right"):
        one.trace("10.0.0.1", "10.0.0.2")
    with pytest.raises(ValueError, match=r"enters='wan': the router has .*ether1"):
        one.trace("10.0.0.1", "10.0.0.2", enters="wan", router="left")
    with pytest.raises(ValueError, match="say enters="):
        one.trace("10.0.0.1", "10.0.0.2", router="left")
