"""Components inside programs that have their own ways: a parent, protection, transforms, aliases, two routers."""

import pytest

from deploying import PASSWORD, Site, reach
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
ROWS = 9


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
