"""The wheel that people install, in an environment of its own, inside a program that isn't ours; the sdist beside it.

The dependencies are this environment's, by a path file, which doesn't follow its other path files: of Wiretik there is
the wheel's alone.
"""

import json
import pathlib
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile

import pytest

from at_length import LONG
from deploying import PASSWORD, reach
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

ROOT = pathlib.Path(__file__).parents[2]
PROGRAM = '''
import pulumi
import wiretik as wt

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="


class Branch(pulumi.ComponentResource):
    """Acme's own idea of a branch office, in which Wiretik's components are children among others."""

    def __init__(self, name, router, number, opts=None):
        super().__init__("acme:index:Branch", name, None, opts)
        hub = wt.TunnelPeer("hub", KEY, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="hub.example.com:51820")
        args = wt.TunnelArgs("wg1", address=f"10.20.0.{number}/24", peers=[hub], router=router)
        below = pulumi.ResourceOptions(parent=self, aliases=[pulumi.Alias(name=f"{name}-old-tunnel")])
        self.tunnel = wt.Tunnel(f"{name}-tunnel", args, below)
        self.register_outputs({"key": self.tunnel.public_key})


def audited(args):
    """Acme logs what every firewall accepts."""
    if args.type_.endswith("wiretik:FilterRule"):
        return pulumi.ResourceTransformResult({**args.props, "log": True}, args.opts)


protected = pulumi.ResourceOptions(protect=True, transforms=[audited])
Branch("north", wt.Router("north"), 2, protected)
Branch("south", wt.Router("south"), 3)
pulumi.export("wiretik", wt.__file__)
'''


def ran(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The Python of an environment with the wheel and nothing else of ours."""
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("wiretik-*.whl")
    ran(sys.executable, "-m", "venv", "--without-pip", str(folder / "env"))
    python = folder / "env" / "bin" / "python"
    site = ran(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    ran(sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", str(wheel))
    (pathlib.Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return wheel, python, site


def test_the_wheel_has_both_packages_whole_and_nothing_else(installed):
    wheel, _, _ = installed
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    sources = {
        str(file.relative_to(folder))
        for folder in (ROOT / "sdk" / "python", ROOT / "provider")
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }

    assert names == sources
    assert {"wiretik/py.typed", "wiretik_provider/py.typed", "wiretik/pulumi-plugin.json"} <= names


def test_the_sdist_has_what_the_wheel_is_built_from_and_neither_tools_nor_tests(tmp_path):
    ran(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path), cwd=ROOT)
    (made,) = tmp_path.glob("wiretik-*.tar.gz")
    with tarfile.open(made) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    sources = {
        str(file.relative_to(ROOT))
        for folder in (ROOT / "sdk" / "python", ROOT / "provider")
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }

    assert names - sources == {"CHANGELOG.md", "LICENSE", "PKG-INFO", "README.md", "pyproject.toml", ".gitignore"}
    assert sources <= names


def test_the_version_is_one_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    shown = ".".join(version.split(".")[:2])

    assert re.findall(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[0] == version
    assert f"\n{shown}, alpha." in (ROOT / "README.md").read_text()
    assert tomllib.loads((ROOT / "zensical.toml").read_text())["project"]["site_name"] == f"Wiretik {shown}"


@pytest.fixture(scope="module")
def clean(installed, tmp_path_factory):
    """The `wiretik` of an environment that has the wheel and what it asks for, from the package index."""
    wheel, _, _ = installed
    folder = tmp_path_factory.mktemp("clean")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    probe = [*pip, "download", "-q", "--no-deps", "--retries", "0", "-d", str(folder), "segno"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no package index can be reached")
    ran(sys.executable, "-m", "venv", "--without-pip", str(folder / "env"))
    ran(*pip, "--python", str(folder / "env" / "bin" / "python"), "install", "-q", str(wheel))
    return folder / "env" / "bin" / "wiretik"


@pytest.mark.e2e
@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="at length")
def test_in_a_clean_environment_the_wheel_runs_readmes_program_and_the_demos_site(installed, clean, tmp_path):
    wheel, _, _ = installed
    assert ran(str(clean), "--version").strip() == f"wiretik {wheel.name.split('-')[1]}"
    page = (ROOT / "README.md").read_text()
    (readme,) = re.findall(r"^A program:\n\n```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    for name, program, config in (
        ("site", readme, {"site:office-key": "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="}),
        ("home", (ROOT / "examples" / "home" / "__main__.py").read_text(), {"home:lan": "192.168.88.0/24"}),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
        (folder / "__main__.py").write_text(program)
        environment = {
            "HOME": str(tmp_path),
            "PATH": f"{clean.parent}:/usr/bin:/bin",
            "PULUMI_BACKEND_URL": f"file://{folder}/state",
            "PULUMI_CONFIG_PASSPHRASE": "p",
            "WIRETIK_PASSWORD": PASSWORD,
        }
        with serve(profile="defconf", password=PASSWORD) as lab:
            before = lab.router.snapshot()
            way = {f"wiretik:{key}": value for key, value in reach(lab).items() if key != "password"}
            (folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": {**way, **config}}))
            for words in (["up"], ["up", "--expect-no-changes"], ["destroy"]):
                command = [str(clean), *words, "--yes", "--skip-preview", "-s", "dev"]
                ran(*command, env=environment, cwd=folder)
            assert lab.router.snapshot() == before


@pytest.mark.e2e
def test_a_foreign_program_has_components_below_its_own_with_its_own_ways(installed, tmp_path):
    _, python, site = installed
    (tmp_path / "Pulumi.yaml").write_text("name: acme\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    environment = {
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "PULUMI_BACKEND_URL": f"file://{tmp_path}/state",
        "PULUMI_CONFIG_PASSPHRASE": "p",
        "WIRETIK_NORTH_PASSWORD": PASSWORD,
        "WIRETIK_SOUTH_PASSWORD": PASSWORD,
    }

    def wiretik(*words, well=True):
        command = [python.parent / "wiretik", *words, "-s", "dev", "-C", str(tmp_path)]
        done = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
        assert (done.returncode == 0) == well, done.stdout + done.stderr
        return done.stdout + done.stderr

    with serve(profile="defconf", password=PASSWORD) as north, serve(profile="defconf", password=PASSWORD) as south:
        labs = {"north": north, "south": south}
        routers = {
            name: {key: value for key, value in reach(lab).items() if key != "password"} for name, lab in labs.items()
        }
        config = {"wiretik:routers": routers}
        (tmp_path / "Pulumi.dev.yaml").write_text(json.dumps({"config": config}))

        wiretik("up", "--yes", "--skip-preview")
        if LONG:
            wiretik("up", "--yes", "--skip-preview", "--expect-no-changes")
        state = json.loads((tmp_path / "state" / ".pulumi" / "stacks" / "acme" / "dev.json").read_text())
        resources = state["checkpoint"]["latest"]["resources"]

        assert resources[0]["outputs"]["wiretik"].startswith(site)
        rows = [one for one in resources if "acme:index:Branch$wiretik:index:Tunnel$" in one["urn"]]
        assert {bool(one.get("protect")) for one in rows if "::north-" in one["urn"]} == {True}
        assert {bool(one.get("protect")) for one in rows if "::south-" in one["urn"]} == {False}
        for name, lab in labs.items():
            ours = [row for row in lab.run("/ip/firewall/filter/print") if ownership.split(row.get("comment", ""))[1]]
            assert {row.get("log") for row in ours} == {"true" if name == "north" else "false"}
            (address,) = [row["address"] for row in lab.run("/ip/address/print") if row["interface"] == "wg1"]
            assert address == {"north": "10.20.0.2/24", "south": "10.20.0.3/24"}[name]
        assert "protect" in wiretik("destroy", "--yes", "--skip-preview", well=False)
