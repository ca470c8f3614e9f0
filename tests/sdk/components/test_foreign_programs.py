"""Components in programs that have their own ways: parents, protection, transforms, aliases, providers, two routers.

And two programs in one process, which don't meet: inline ones of Pulumi's Automation API, and of the embedded engine.
"""

import concurrent.futures
import os
import pathlib
import shutil
import sys

import pulumi
import pytest

import wiretik as wt
from deploying import PASSWORD, Site, reach
from mocked import resources
from wiretik.testing import deployed
from wiretik_provider.simulator import serve

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
MESH = f"""
def mesh(name, opts=None, router=""):
    peer = wt.TunnelPeer("office", "{KEY}", ["10.20.0.0/24", "172.16.50.0/24"], endpoint="a.example.com:51820")
    return wt.Tunnel(name, wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[peer], router=router), opts)

class Branch(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("acme:index:Branch", name, None, opts)
        self.mesh = mesh(f"{{name}}-mesh", pulumi.ResourceOptions(parent=self))
        self.register_outputs({{}})
"""
ROWS = 10


@pytest.fixture
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


def site(directory, lab, text):
    return Site(directory, MESH + text, {f"wiretik:{key}": value for key, value in reach(lab).items()})


def rows(site):
    return [one for one in site.state if one["type"].startswith("pulumi-python:") and "Preflight" not in one["type"]]


@pytest.mark.e2e
def test_a_foreign_parents_protection_and_transforms_reach_every_row(lab, tmp_path):
    program = """
def remark(args):
    if args.type_.endswith("wiretik:FilterRule"):
        return pulumi.ResourceTransformationResult({**args.props, "log": True}, args.opts)
branch = Branch("x", pulumi.ResourceOptions(protect=True, transformations=[remark]))
"""
    made = site(tmp_path, lab, program)

    assert made.up().errors == ()
    assert len(rows(made)) == ROWS
    assert all(one.get("protect") for one in rows(made))
    assert all("acme:index:Branch$wiretik:index:Tunnel$" in one["urn"] for one in rows(made))
    ours = [row for row in lab.run("/ip/firewall/filter/print") if "x-mesh" in row.get("comment", "")]
    assert [row["log"] for row in ours] == ["true", "true"]
    assert "protect" in "\n".join(made.destroy().errors)


@pytest.mark.e2e
def test_moving_a_tunnel_below_a_component_with_an_alias_changes_nothing_on_the_router(lab, tmp_path):
    made = site(tmp_path, lab, 'mesh("x-mesh")')
    assert made.up().errors == ()
    before = lab.router.snapshot()

    made.write(
        MESH.replace(
            "pulumi.ResourceOptions(parent=self))",
            "pulumi.ResourceOptions(parent=self, aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]))",
        )
        + 'Branch("x")'
    )
    moved = made.up()

    assert moved.errors == ()
    assert moved.names("delete", "update", "replace") == []
    assert moved.names("create") == ["x"]
    assert lab.router.snapshot() == before


@pytest.mark.e2e
def test_the_same_component_on_two_routers_of_one_stack_is_two(lab, tmp_path):
    with serve(profile="defconf", password=PASSWORD) as other:
        config = {"wiretik:routers": {"berlin": reach(lab), "lisbon": reach(other)}}
        text = MESH + 'for name in ("berlin", "lisbon"): mesh(f"{name}-mesh", router=wt.Router(name))'
        made = Site(tmp_path, text, config)
        before = [one.router.snapshot() for one in (lab, other)]

        assert made.up().errors == ()
        names = [[row["name"] for row in one.run("/interface/wireguard/peers/print")] for one in (lab, other)]
        assert names == [["berlin-mesh-office"], ["lisbon-mesh-office"]]
        assert made.destroy().errors == ()
        assert [one.router.snapshot() for one in (lab, other)] == before


def tunnel(number, opts=None):
    peer = wt.TunnelPeer("office", KEY, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="a.example.com:51820")
    return wt.Tunnel("mesh", wt.TunnelArgs(f"wg{number}", address=f"10.20.0.{number}/24", peers=[peer]), opts)


def test_providers_that_a_parent_has_reach_every_row():
    def program():
        own = pulumi.ProviderResource("pulumi-python", "acmes-own", {})
        parent = pulumi.ComponentResource("acme:index:Branch", "x", None, pulumi.ResourceOptions(providers=[own]))
        tunnel(1, pulumi.ResourceOptions(parent=parent))

    rows = [one for one in resources(program) if one.typ.startswith("pulumi-python") and one.name.startswith("mesh-")]

    assert len(rows) == ROWS
    assert {one.provider.rpartition("::")[0].rpartition("::")[2] for one in rows} == {"acmes-own"}


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pulumi") is None, reason="pulumi is not on PATH")
def test_two_inline_programs_of_the_automation_api_in_one_process_do_not_meet(tmp_path):
    from pulumi import automation

    # The CLI starts an inline program's provider with the python on PATH, since there is no Pulumi.yaml to say which.
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def deploy(number, lab):
        def program():
            pulumi.export("key", tunnel(number).public_key)

        settings = automation.ProjectSettings(
            "site", "python", backend=automation.ProjectBackend(f"file://{tmp_path}/state-{number}")
        )
        (tmp_path / f"state-{number}").mkdir()
        stack = automation.create_or_select_stack(
            f"s{number}",
            "site",
            program,
            opts=automation.LocalWorkspaceOptions(
                project_settings=settings,
                env_vars={"PATH": path, "PULUMI_CONFIG_PASSPHRASE": "p", "WIRETIK_PASSWORD": PASSWORD},
                work_dir=str(_made(tmp_path / f"work-{number}")),
            ),
        )
        for key, value in reach(lab).items():
            if key != "password":
                stack.set_config(f"wiretik:{key}", automation.ConfigValue(str(value).lower()))
        return stack.up(), stack.up()

    with serve(profile="defconf", password=PASSWORD) as one, serve(profile="defconf", password=PASSWORD) as other:
        labs = {1: one, 2: other}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            runs = dict(zip(labs, pool.map(deploy, labs, labs.values()), strict=True))
        for number, lab in labs.items():
            (interface,) = lab.run("/interface/wireguard/print")
            up, again = runs[number]
            assert (interface["name"], up.outputs["key"].value) == (f"wg{number}", interface["public-key"])
            assert up.summary.resource_changes == {"create": ROWS + 3}
            assert again.summary.resource_changes == {"same": ROWS + 3}


def _made(folder):
    folder.mkdir()
    return folder


@pytest.mark.e2e
def test_two_programs_of_the_embedded_engine_in_one_process_do_not_meet():
    with deployed(lambda: tunnel(1)) as one, deployed(lambda: tunnel(2)) as other:
        assert (one.up().errors, other.up().errors) == ((), ())
        names = [[row["name"] for row in site.rows("/interface/wireguard")] for site in (one, other)]
        assert names == [["wg1"], ["wg2"]]
        assert one.up().changes.keys() == other.up().changes.keys() == {"same"}
        assert one.destroy().ok
        assert [row["name"] for row in other.rows("/interface/wireguard")] == ["wg2"]
        assert other.up().changes.keys() == {"same"}
