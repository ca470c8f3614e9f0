"""The real CLI with Wiretik as a package: providers that a program makes itself, and programs in TypeScript and Go."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from at_length import LONG
from deploying import PASSPHRASE, PASSWORD, reach
from wiretik.cli.commands.plugin import install
from wiretik_provider.simulator import serve

pytestmark = [
    pytest.mark.skipif(not LONG, reason="at length: each starts the CLI several times"),
    pytest.mark.timeout(1800),
]
HOME = Path(__file__).parents[2] / "examples" / "home"
NODE = ("pulumi", "pulumi-language-nodejs", "node", "npm")
PYTHON = ("pulumi", "pulumi-language-python")
GO = ("pulumi", "pulumi-language-go", "go")
YAML = ("pulumi", "pulumi-language-yaml")

TWO_ROUTERS = """
name: site
runtime: yaml
config:
  password: {{type: string, secret: true}}
resources:
  berlin: {{type: "pulumi:providers:wiretik", properties: {{host: 127.0.0.1, port: {berlin}, tls: false,
    username: admin, password: "${{password}}"}}}}
  lisbon: {{type: "pulumi:providers:wiretik", properties: {{host: 127.0.0.1, port: {lisbon}, tls: false,
    username: admin, password: "${{password}}"}}}}
  one: {{type: "wiretik:InterfaceList", properties: {{name: berlins}}, options: {{provider: "${{berlin}}"}}}}
  two: {{type: "wiretik:InterfaceList", properties: {{name: lisbons}}, options: {{provider: "${{lisbon}}"}}}}
"""

TYPESCRIPT = """
import * as wt from "@wiretik/pulumi";

const tunnel = new wt.WireGuardInterface("tunnel", { name: "wg1", listenPort: 13255 });
new wt.Peer("office", {
    interface: tunnel.name,
    publicKey: "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA=",
    allowedAddress: ["10.20.0.0/24"],
});
new wt.FilterRule("accept", {
    chain: "input", action: "accept", protocol: "udp", dstPort: "13255", position: { at: "before-drop" },
});
new wt.FilterChain("guests", {
    chain: "forward",
    order: ["dns", "lan"],
    rules: {
        dns: { inInterface: "bridge", protocol: "udp", dstPort: "53", action: "accept" },
        lan: { inInterface: "bridge", outInterface: tunnel.name, action: "drop" },
    },
});
new wt.AddressList("direct", {
    list: "direct",
    entries: { "10.0.0.0/8": "private", "192.168.0.0/16": { comment: "lan" } },
});
export const key = tunnel.publicKey;
"""


def needs(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    return pytest.mark.skipif(bool(missing), reason=f"{' and '.join(missing)} not on the PATH")


class Site:
    """A project that the CLI deploys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.folder.mkdir()
        (folder / "state").mkdir()
        self.environment = {
            **os.environ,
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "1",
        }

    def run(self, *words: str) -> str:
        done = subprocess.run(words, check=False, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def pulumi(self, *words: str) -> str:
        return self.run("pulumi", *words, "--non-interactive")

    def typescript(self, program: str) -> None:
        """Makes it a project in TypeScript, whose types `npx tsc` judges."""
        package = {"name": "site", "private": True, "main": "index.ts", "dependencies": {"@pulumi/pulumi": "^3.260.0"}}
        package["devDependencies"] = {"typescript": "^5.6.0", "@types/node": "^20"}
        (self.folder / "package.json").write_text(json.dumps(package))
        options = {"strict": True, "target": "es2020", "module": "commonjs", "moduleResolution": "node"}
        options |= {"skipLibCheck": True, "noEmit": True}
        (self.folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["index.ts"]}))
        (self.folder / "Pulumi.yaml").write_text("name: site\nruntime: nodejs\n")
        (self.folder / "index.ts").write_text(program)


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    install()
    return Site(tmp_path)


@needs(*YAML)
def test_a_program_makes_the_providers_of_two_routers_and_another_password_touches_them_alone(site):
    with serve(profile="defconf", password=PASSWORD) as berlin, serve(profile="defconf", password=PASSWORD) as lisbon:
        before = berlin.router.snapshot(), lisbon.router.snapshot()
        program = TWO_ROUTERS.format(berlin=reach(berlin)["port"], lisbon=reach(lisbon)["port"])
        (site.folder / "Pulumi.yaml").write_text(program)
        site.pulumi("stack", "init", "lab")
        site.pulumi("config", "set", "--secret", "password", PASSWORD)
        site.pulumi("up", "--yes", "--skip-preview")
        assert "berlins" in [row["name"] for row in berlin.router.rows("/interface/list")]
        assert "lisbons" in [row["name"] for row in lisbon.router.rows("/interface/list")]
        site.pulumi("preview", "--expect-no-changes")

        for lab in (berlin, lisbon):
            lab.run("/user/set", numbers="admin", password="another")
        site.pulumi("config", "set", "--secret", "password", "another")
        steps = json.loads(site.pulumi("preview", "--json"))["steps"]
        changed = {step["urn"].rpartition("::")[2]: step["op"] for step in steps if step["op"] != "same"}
        assert changed == {"berlin": "update", "lisbon": "update"}
        site.pulumi("up", "--yes", "--skip-preview")
        assert PASSWORD not in site.pulumi("stack", "export")
        site.pulumi("destroy", "--yes", "--skip-preview")
        for lab in (berlin, lisbon):
            lab.run("/user/set", numbers="admin", password=PASSWORD)
        assert (berlin.router.snapshot(), lisbon.router.snapshot()) == before


def ready(site, lab):
    """Makes the classes for a TypeScript program, compiles it, and tells its stack of the router."""
    site.run("npm", "install", "--no-audit", "--no-fund")
    site.pulumi("package", "add", "wiretik")
    site.run("npx", "tsc")
    site.environment["WIRETIK_PASSWORD"] = PASSWORD
    site.pulumi("stack", "init", "lab")
    for key, value in reach(lab).items():
        if key != "password":
            site.pulumi("config", "set", f"wiretik:{key}", str(value))


@needs(*NODE)
def test_a_typescript_program_comes_stays_and_goes(site):
    """It fetches Pulumi's and TypeScript's own packages from npm."""
    with serve(profile="defconf", password=PASSWORD) as lab:
        before = lab.router.snapshot()
        site.typescript(TYPESCRIPT)
        ready(site, lab)
        site.pulumi("preview")
        assert lab.router.snapshot() == before
        site.pulumi("up", "--yes", "--skip-preview")
        assert site.pulumi("stack", "output", "key").strip() in [
            row["public-key"] for row in lab.router.rows("/interface/wireguard")
        ]
        site.pulumi("preview", "--refresh", "--expect-no-changes")
        site.pulumi("destroy", "--yes", "--skip-preview")
        assert lab.router.snapshot() == before


@needs(*NODE)
def test_the_home_site_in_typescript_is_previewed_before_its_key_is_made_comes_stays_and_goes(site):
    with serve(profile="defconf", password=PASSWORD) as lab:
        before = lab.router.snapshot()
        for file in ("index.ts", "package.json", "tsconfig.json", "Pulumi.yaml"):
            shutil.copy(HOME / "typescript" / file, site.folder)
        ready(site, lab)
        site.pulumi("config", "set", "lan", "192.168.88.0/24")
        site.pulumi("preview")
        assert lab.router.snapshot() == before
        site.pulumi("up", "--yes", "--skip-preview")
        assert {"wg0", "wg1", "wg-mesh"} <= {row["name"] for row in lab.router.rows("/interface/wireguard")}
        assert "PrivateKey = " in site.pulumi("stack", "output", "phone", "--show-secrets")
        assert "PrivateKey = " not in site.pulumi("stack", "export")
        site.pulumi("preview", "--refresh", "--expect-no-changes")
        site.pulumi("destroy", "--yes", "--skip-preview")
        assert lab.router.snapshot() == before


@needs(*GO)
def test_the_classes_for_go_compile(site):
    """Go fetches Pulumi's own modules."""
    (site.folder / "Pulumi.yaml").write_text("name: site\nruntime: go\n")
    site.pulumi("package", "gen-sdk", "wiretik", "--language", "go", "--out", str(site.folder))
    site.folder /= "go/wiretik"
    site.run("go", "mod", "init", "example.com/pulumi-wiretik/sdk/go/wiretik")
    site.run("go", "mod", "tidy")
    site.run("go", "build", "./...")
