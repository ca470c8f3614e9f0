"""Plans of the examples: a router imports what they say, and the `up` that follows writes nothing."""

import json

import pulumi
import pytest
from pulumi.dynamic import Resource, ResourceProvider

import example_stacks
import wiretik as wt
from at_length import rounds
from deploying import PASSWORD, cipher, writes
from wiretik.cli.planning.elsewhere import brought
from wiretik.cli.planning.plans import plan
from wiretik.cli.planning.texts import texts
from wiretik.cli.planning.twins import of_router
from wiretik.engine import Secret, Stack
from wiretik.engine.errors import ProjectError
from wiretik.engine.processes import program, provider
from wiretik.engine.pulumi_cli import CliStack
from wiretik_provider.api.access import access
from wiretik_provider.api.link import close_all
from wiretik_provider.rows.ownership import stack_part
from wiretik_provider.simulator import Refused, serve

KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
EVERY = sorted(
    {"relay", "two-tunnels"} | {path.parent.name for path in example_stacks.EXAMPLES.glob("*/Pulumi.lab.yaml")}
)
EXAMPLES = sorted(EVERY, key=["two-tunnels", "relay"].count, reverse=True)[: rounds(1, len(EVERY))]
A_LIST = rounds(40, 1_000)


class Planned:
    """An example's stack, and its routers."""

    def __init__(self, stack, labs):
        self.stack, self.labs = stack, labs

    def up(self):
        for lab in self.labs.values():
            lab.reset_stats()
        try:
            return self.stack.up().check()
        finally:
            close_all()

    @property
    def writes(self):
        return sum(map(writes, self.labs.values()))

    def plan(self, **options):
        digits = stack_part(self.stack.project.name, self.stack.name)
        config = example_stacks.config(self.labs)
        found = plan(self.stack, {name: of_router(access(config, {}, name), digits) for name in self.labs}, **options)
        return found, texts(found, self.stack)

    def import_(self, files):
        for name, text in files.items():
            router = self.labs[name].router
            router.run("/file/add", name="plan.rsc", contents=text)
            router.run("/import", file_name="plan.rsc")
            router.run("/file/remove", numbers="plan.rsc")


@pytest.fixture
def small(tmp_path):
    """A stack of one function, on a bare router."""
    with serve(tls=False, password=PASSWORD) as lab:
        (tmp_path / "Pulumi.yaml").write_text("name: small\nruntime: python\n")

        def make(function, **config):
            options = {"host": provider.in_process, "runner": program.inline(function), "passphrase": "unused"}
            config = {**example_stacks.config({"": lab}), **config}
            stack = Stack(tmp_path, "lab", backend=tmp_path / "state", config=config, **options)
            stack._crypter = cipher()
            return Planned(stack, {"": lab})

        yield make


def test_what_is_secret_in_config_or_on_the_router_isnt_in_a_plan_and_without_it_nothing_is_imported(small):
    def body():
        key = pulumi.Config().require_secret("key")
        wt.WireGuardInterface("wg0", private_key=key)
        wt.Script("greet", source=pulumi.Output.format(":log info {}", pulumi.Config().require_secret("word")))

    planned = small(body, **{"small:key": Secret(KEY), "small:word": Secret("open sesame")})
    before = planned.labs[""].router.snapshot()
    _, files = planned.plan()
    assert KEY not in files[""]
    assert "sesame" not in files[""]
    with pytest.raises(Refused, match="2 secrets are left out of this file: nothing was written"):
        planned.import_(files)
    planned.labs[""].router.run("/file/remove", numbers="plan.rsc")
    assert planned.labs[""].router.snapshot() == before
    _, files = planned.plan(show_secrets=True)
    assert KEY in files[""]
    planned.import_(files)
    planned.up()
    assert planned.writes == 0


def test_a_plan_of_a_stack_of_the_package_makes_its_keys_first_as_well(small):
    def body():
        key = wt.WireGuardKey("edge")
        wt.WireGuardInterface("wg0", private_key=key.private_key)
        wt.FilterRule("in", chain="input", src_address="10.9.8.0/24", action="accept", position=wt.FIRST)

    planned = small(body, **{"wiretik:front": "plugin"})
    _, files = planned.plan()
    assert "10.9.8.0/24" in files[""]
    _, files = planned.plan(show_secrets=True)
    planned.import_(files)
    planned.up()
    assert planned.writes == 0


def test_a_rule_that_needs_the_routers_own_port_asks_for_it_there(small):
    def body():
        wg0 = wt.WireGuardInterface("wg0")
        wt.FilterRule("in", chain="input", protocol="udp", dst_port=wg0.listen_port, action="accept", position=wt.FIRST)

    planned = small(body)
    _, files = planned.plan()
    assert 'dst-port=[/interface/wireguard/get [find name="wg0"] listen-port]' in files[""]
    planned.import_(files)
    planned.up()
    assert planned.writes == 0


def test_a_plan_would_really_make_what_isnt_wiretiks_so_it_is_refused(small):
    class Foreign(Resource):
        pass

    def body():
        wt.Identity("identity", name="edge")
        Foreign(ResourceProvider(), "other", {})  # whose create fails in words of its own

    with pytest.raises(ProjectError, match="other isn't Wiretik's"):
        small(body).plan()


def test_long_lists_are_planned_entry_by_entry(small):
    entries = [f"10.{number >> 8}.{number & 255}.1" for number in range(A_LIST)]
    wanted = [*entries]
    planned = small(lambda: wt.AddressList("many", entries=wanted))
    found, files = planned.plan()
    assert len(found[""].lines) == A_LIST
    planned.import_(files)
    planned.up()
    assert planned.writes == 0
    del wanted[::2]
    found, files = planned.plan()
    assert len(found[""].lines) == A_LIST // 2
    planned.import_(files)
    planned.up()
    assert planned.writes == 0


@pytest.fixture
def planned(request, tmp_path):
    example = request.node.callspec.params["example"]
    with example_stacks.routers(example) as labs:
        yield Planned(example_stacks.stack(example, tmp_path, labs), labs)


CHANGES = {
    "forwarded-ports": ("8080", "8081"),
    "relay": ("192.168.10.0/24", "192.168.11.0/24"),
    "relay-exit-node": ("192.168.10.0/24", "192.168.11.0/24"),
    "road-warriors": ("192.168.88.20", "192.168.88.21"),
    "selective-vpn": ("192.168.88.50", "192.168.88.51"),
    "site-to-site": ("berlin.example.com:51820", "berlin.example.com:51821"),
    "two-tunnels": ("10.20.0.77", "10.20.0.78"),
    "two-wans": ("8080", "8081"),
    "vlans": ("VlanArgs(20,", "VlanArgs(21,"),
}
"""A small change of each example; of all others their remote LAN."""
A_FEW = 8


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_router_imports_the_plan_of_an_example_and_of_its_change_and_the_up_that_follows_writes_nothing(
    example, planned
):
    rounds_ = 0
    while True:
        before = [lab.router.snapshot() for lab in planned.labs.values()]
        found, files = planned.plan(show_secrets=True)
        assert [lab.router.snapshot() for lab in planned.labs.values()] == before
        planned.import_(files)
        rounds_ += 1
        if not any(line.waits for one in found.values() for line in one.lines):
            break
    assert rounds_ == len(planned.labs)
    made = planned.up()
    assert (set(made.changes) - {"same"}, planned.writes) == ({"create"}, 0)

    main = planned.stack.project.root / "__main__.py"
    old, new = CHANGES.get(example, ("172.16.50.0/24", "172.16.51.0/24"))
    main.write_text(main.read_text().replace(old, new))
    found, files = planned.plan()
    for text in files.values():
        print(text)
    assert 0 < sum(len(one.lines) for one in found.values()) <= A_FEW
    planned.import_(files)
    changed = planned.up()
    assert changed.changed
    assert planned.writes == 0


def test_a_state_that_only_the_cli_reaches_is_brought_for_a_plan_and_nothing_of_it_is_kept(small, tmp_path):
    def body():
        wt.Script("greet", source=pulumi.Config().require_secret("word"))

    planned = small(body, **{"small:word": Secret("open sesame")})
    planned.up()
    told = planned.stack.export(show_secrets=True)
    assert "open sesame" in json.dumps(told)
    files = sorted(tmp_path.rglob("*"))

    class Clis(CliStack):
        def export(self, *, show_secrets=False):
            assert show_secrets
            return told

    chosen = Clis(planned.stack.project, "lab", "s3://elsewhere")
    with brought(chosen, {"small:word": "open sesame"}) as stack:
        assert "sesame" not in stack.backend.file("small", "lab").read_text()
        assert stack.export(show_secrets=True)["deployment"]["resources"] == told["deployment"]["resources"]
        config = {**example_stacks.config(planned.labs), "small:word": Secret("open sesame")}
        stack._extra = config
        twins = {"": of_router(access(example_stacks.config(planned.labs), {}, ""), stack_part("small", "lab"))}
        stack._runner = planned.stack._runner
        assert plan(stack, twins, keeps=False)[""].lines == ()
    assert sorted(tmp_path.rglob("*")) == files
    assert not stack.backend.root.exists()
