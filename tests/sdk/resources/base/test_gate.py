"""The gate sees every row wherever it is declared, and never waits for what it gates: no program hangs."""

import asyncio

import pulumi
import pytest

import mocked
import wiretik as wt
from deploying import PASSWORD, Site, reach, writes
from wiretik.engine import Secret
from wiretik.resources.base import gate
from wiretik.testing import deployed
from wiretik_provider.simulator import serve

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

BAD = 'wt.IpAddress("bad", address="10.0.0.1/24", interface="ether9"{more})'
"""A row that only the gate finds wrong: nobody has that interface."""


@pytest.fixture(scope="module")
def lab():
    with serve(password=PASSWORD) as served:
        yield served


@pytest.fixture
def deploy(lab, tmp_path):
    def make(program):
        lab.reset_stats()
        return Site(tmp_path, program, {f"wiretik:{key}": value for key, value in reach(lab).items()})

    return make


PLACES = {
    "at the end": f'wt.Script("first")\n{BAD.format(more="")}\n',
    "in a component": f"""
class Part(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Part", name)
        {BAD.format(more=", opts=pulumi.ResourceOptions(parent=self)")}
        self.register_outputs({{}})

wt.Script("first")
Part("part")
""",
    "in a function": f"def late():\n    {BAD.format(more='')}\n\nwt.Script('first')\nlate()\n",
    "with values of config": """
config = pulumi.Config()
wt.Script("first")
name = pulumi.Output.from_input("ether9").apply(lambda text: text)
wt.IpAddress("bad", address=pulumi.Output.concat("10.0.0", ".1/24"), interface=name)
""",
    "in a main that is a coroutine": f"""
async def main():
    import asyncio

    wt.Script("first")
    await asyncio.sleep(0.05)
    {BAD.format(more="")}

pulumi.run(main)
""",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_row_that_the_gate_refuses_stops_every_other_wherever_it_stands(lab, deploy, place):
    up = deploy(PLACES[place]).up()

    assert not up.ok
    assert any("ether9" in error for error in up.errors), up.errors
    assert writes(lab) == 0


PROGRAMS = {
    "outputs of rows in other rows": """
wg = wt.WireGuardInterface("a")
wt.Script("b", source=pulumi.Output.concat(":log info ", wg.public_key))
wt.Scheduler("c", interval="1d", on_event=wg.listen_port.apply(lambda port: f":log info {port}"))
wt.IpAddress("d", address="10.0.0.1/24", interface=wg.name)
""",
    "a row made of another's output inside a component": """
class Part(pulumi.ComponentResource):
    def __init__(self, name, wg):
        super().__init__("test:index:Part", name)
        here = pulumi.ResourceOptions(parent=self)
        self.script = wt.Script("b", source=wg.public_key, opts=here)
        self.port = self.script.source
        self.register_outputs({"port": self.port})

part = Part("part", wt.WireGuardInterface("a"))
wt.Script("c", source=part.port)
""",
    "a row made in apply": """
wg = wt.WireGuardInterface("a")
wg.public_key.apply(lambda key: wt.Script("b", source=key))
""",
    "an asynchronous main that waits for a row": """
async def main():
    wg = wt.WireGuardInterface("a")
    key = await wg.public_key.future()
    wt.Script("b", source=f":log info {key}")
    pulumi.export("key", key)

pulumi.run(main)
""",
    "an output that raises": """
wg = wt.WireGuardInterface("a")
name = pulumi.Output.from_input("x").apply(lambda text: text + "y")
wt.Script("b", source=name)
""",
    "only reads": 'wan = wt.InterfaceList.get("every", "all")\npulumi.export("name", wan.name)\n',
    "nothing": 'pulumi.export("nothing", 1)\n',
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_program_waits_for_ever(lab, deploy, program):
    site = deploy(PROGRAMS[program])

    preview, up = site.preview(), site.up()

    assert (preview.errors, up.errors) == ((), ())
    assert site.up(refresh=True).touched == []
    assert site.destroy().errors == ()
    assert lab.run("/interface/wireguard/print") + lab.run("/system/script/print") == []


def test_every_row_depends_on_the_gate_of_its_router(deploy):
    site = deploy(PROGRAMS["outputs of rows in other rows"])
    assert site.up().errors == ()

    for one in site.state:
        if "wiretik:" in one["type"] and not one["type"].endswith(":Preflight"):
            assert any(other.endswith("::preflight") for other in one["dependencies"]), one["urn"]
    assert site.destroy().errors == ()


def test_offline_says_nothing_of_the_router_and_connects_to_nothing(lab, tmp_path):
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    site = Site(tmp_path, BAD.format(more=""), {**config, "wiretik:offline": "true", "wiretik:port": 1})

    preview = site.preview()

    assert preview.errors == ()
    assert preview.names("create") == ["bad", "preflight", "site-lab"]


def test_config_that_nothing_reads_stops_the_program_with_the_nearest_key(lab, tmp_path):
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()} | {"wiretik:gaurd": "false"}
    site = Site(tmp_path, 'wt.Script("a", source="")', config)

    result = site.preview()

    assert len(result.errors) == 1
    assert "wiretik:gaurd, which nothing reads: did you mean wiretik:guard?" in result.errors[0]
    assert "Traceback" not in result.errors[0]


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"wiretik:password": "plain"}, ["wiretik:password stands in the stack's config in plain text"]),
        ({"wiretik:password": Secret("hidden")}, []),
        ({"wiretik:routers": '{"home": {"password": "plain"}}'}, ["--path wiretik:routers.home.password stands"]),
    ],
    ids=["plain", "secret", "one of several"],
)
def test_a_password_in_plain_text_is_told_once(config, told):
    with deployed(lambda: [wt.InterfaceList(name, router="home") for name in "ab"], config=config) as site:
        said = [one.message for one in site.preview().diagnostics if "in plain text" in one.message]

    assert [part in text for part, text in zip(told, said, strict=True)] == [True] * len(told)
    assert not any("plain," in text for text in said)


OUTPUTS = {
    "plain": lambda: 1,
    "an output": lambda: pulumi.Output.from_input(1),
    "a secret": lambda: pulumi.Output.secret(1),
    "unknown": lambda: pulumi.Output(set(), asyncio.sleep(0), asyncio.sleep(0, False)),
    "to come": lambda: asyncio.sleep(0, 1),
}


@pytest.mark.parametrize("kind", OUTPUTS)
def test_what_the_gate_is_told_is_what_pulumi_itself_makes_of_it(kind):
    found = []

    async def rows():
        return [{"name": "block", "props": {"rules": {"one": {"port": OUTPUTS[kind]()}}, "list": ["a", None, 1.5]}}]

    async def look(output):
        return await output.future(with_unknowns=True), await output.is_known(), await output.is_secret()

    async def compare():
        for ours, theirs in (
            (gate._output(rows()), pulumi.Output.from_input(await rows())),
            (gate._output(rows(), secret=True), pulumi.Output.secret(await rows())),
        ):
            found.append((await look(ours), await look(theirs)))

    mocked.run(lambda: pulumi.Output.from_input(compare()), mocked.Registered())

    assert len(found) == 2
    assert all(ours == theirs for ours, theirs in found)
    assert found[0][0][1:] == (kind != "unknown", kind == "a secret")


def test_what_fails_before_the_gate_is_told_of_it_ends_the_program_and_leaves_nothing_that_nobody_awaited():
    async def rows():
        raise ValueError("no rows")

    with pytest.raises(Exception, match="no rows"):
        mocked.run(lambda: gate._output(rows()), mocked.Registered())
