"""The real CLI with Wiretik as a package: rows are imported, and a YAML program comes, stays as it is and goes."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import textwrap

import pytest

from at_length import LONG
from deploying import PASSPHRASE, PASSWORD, reach
from programs import EVERY_MENU
from wiretik.cli.commands.plugin import install
from wiretik_provider.keys import generate
from wiretik_provider.simulator import serve

STATE = pathlib.Path(__file__).parents[1] / "state"
HOME = pathlib.Path(__file__).parents[2] / "examples" / "home"
NEEDED = ("pulumi", "pulumi-language-yaml")
PYTHON = f"{{name: python, options: {{virtualenv: {sys.prefix}}}}}"
"""The runtime of a Python program: the test's own environment, which needn't be on the PATH."""
pytestmark = pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {' and '.join(NEEDED)} on the PATH")

PROGRAM = """
resources:
  tunnel:
    type: wiretik:WireGuardInterface
    properties: {name: wg1, listenPort: 13255}
  office:
    type: wiretik:Peer
    properties:
      interface: ${tunnel.name}
      publicKey: dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA=
      allowedAddress: [10.20.0.0/24]
  accept:
    type: wiretik:FilterRule
    properties: {chain: input, action: accept, protocol: udp, dstPort: "13255", position: {at: before-drop}}
  guests:
    type: wiretik:FilterChain
    properties:
      chain: forward
      order: [dns, lan]
      rules:
        dns: {inInterface: bridge, protocol: udp, dstPort: "53", action: accept}
        lan: {inInterface: bridge, outInterface: "${tunnel.name}", action: drop}
  direct:
    type: wiretik:AddressList
    properties: {list: direct, entries: {10.0.0.0/8: private, 192.168.0.0/16: {comment: lan}}}
outputs:
  key: ${tunnel.publicKey}
"""


@pytest.fixture
def lab():
    with serve(profile="defconf", password=PASSWORD) as served:
        yield served


@pytest.fixture
def pulumi(lab, tmp_path, monkeypatch):
    """The CLI in a project without resources, whose stack knows the lab."""
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    install()
    project = tmp_path / "site"
    project.mkdir()
    (tmp_path / "state").mkdir()
    (project / "Pulumi.yaml").write_text("name: site\nruntime: yaml\n")
    environment = {
        **os.environ,
        "PULUMI_BACKEND_URL": f"file://{tmp_path / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        "WIRETIK_PASSWORD": PASSWORD,
    }

    def run(*words):
        done = subprocess.run(
            ["pulumi", *words, "--non-interactive"],
            check=False,
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("stack", "init", "lab")
    for key, value in reach(lab).items():
        if key != "password":
            run("config", "set", f"wiretik:{key}", str(value))
    run.project = project
    return run


def test_a_yaml_program_comes_stays_and_goes(pulumi, lab):
    before = lab.router.snapshot()
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: yaml\n{PROGRAM}")

    pulumi("preview")
    assert lab.router.snapshot() == before
    pulumi("up", "--yes", "--skip-preview")
    assert any(row["name"] == "wg1" for row in lab.router.rows("/interface/wireguard"))
    pulumi("preview", "--refresh", "--expect-no-changes")
    pulumi("destroy", "--yes", "--skip-preview")
    assert lab.router.snapshot() == before


def test_what_somebody_changed_by_hand_is_drift_that_the_next_up_mends(pulumi, lab):
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: yaml\n{PROGRAM}")
    pulumi("up", "--yes", "--skip-preview")
    rule = next(row for row in lab.router.rows("/ip/firewall/filter") if row.get("dst-port") == "53")
    lab.run("/ip/firewall/filter/set", **{".id": rule[".id"], "dst-port": "54"})
    assert "1 to update" in pulumi("preview", "--refresh")
    pulumi("up", "--yes", "--refresh", "--skip-preview")
    pulumi("preview", "--expect-no-changes")
    assert next(row for row in lab.router.rows("/ip/firewall/filter") if row[".id"] == rule[".id"])["dst-port"] == "53"


def test_imported_rows_have_a_program_that_previews_clean(pulumi, lab):
    before = lab.router.snapshot()
    asked = {
        "wan": ("InterfaceList", "WAN"),
        "identity": ("Identity", "/system/identity"),
        "dns": ("Dns", "/ip/dns"),
        "lan": ("IpAddress", "192.168.88.1/24,bridge"),
        "first": ("FilterRule", lab.router.rows("/ip/firewall/filter")[0][".id"]),
        "masquerade": ("NatRule", lab.router.rows("/ip/firewall/nat")[0][".id"]),
    }
    resources = [{"type": f"wiretik:index:{type_}", "name": name, "id": id_} for name, (type_, id_) in asked.items()]
    (pulumi.project / "rows.json").write_text(json.dumps({"resources": resources}))
    pulumi("import", "--yes", "--protect=false", "-f", "rows.json", "-o", "made.yaml")
    made = (pulumi.project / "made.yaml").read_text()
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: yaml\n{textwrap.dedent(made)}")

    pulumi("preview", "--expect-no-changes")
    pulumi("preview", "--refresh", "--expect-no-changes")
    assert lab.router.snapshot() == before


COMPONENTS = """
resources:
  mesh:
    type: wiretik:Tunnel
    properties:
      interface: wg1
      address: 10.20.0.2/24
      listenPort: 13255
      peers:
        - name: office
          publicKey: dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA=
          allowedAddress: [10.20.0.0/24, 172.16.50.0/24]
  relay:
    type: wiretik:RelayMesh
    properties:
      endpoint: router.example.com:51820
      address: 10.99.0.1/24
      lan: {interface: bridge, prefix: 192.168.88.0/24}
      clients: [{name: phone, address: 10.99.0.3, publicKey: c0FtZUtleUZvckFQaG9uZVRoYXRDYWxscy4uLi4uLi4=}]
  note:
    type: wiretik:AddressList
    properties: {list: beside, entries: {10.0.0.0/8: private}}
outputs:
  key: ${mesh.publicKey}
  phone: ${relay.profiles["phone"]["normal"]}
"""


@pytest.mark.timeout(600)
def test_components_of_a_yaml_program_come_side_by_side_stay_and_go(pulumi, lab):
    before = lab.router.snapshot()
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: yaml\n{COMPONENTS}")

    pulumi("preview")
    assert lab.router.snapshot() == before
    pulumi("up", "--yes", "--skip-preview")
    there = {row["name"]: row for row in lab.router.rows("/interface/wireguard")}
    assert pulumi("stack", "output", "key").strip() == there["wg1"]["public-key"]
    assert there["wg-mesh"]["public-key"] in pulumi("stack", "output", "phone", "--show-secrets")
    assert "[secret]" in pulumi("stack", "output", "phone")
    pulumi("preview", "--refresh", "--expect-no-changes")

    without = COMPONENTS.replace(", 172.16.50.0/24", "")
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: yaml\n{without}")
    pulumi("up", "--yes", "--skip-preview")
    assert "172.16.50.0/24" not in [row["dst-address"] for row in lab.router.rows("/ip/route")]
    pulumi("destroy", "--yes", "--skip-preview")
    assert lab.router.snapshot() == before


@pytest.mark.timeout(900)
def test_the_home_site_in_yaml_comes_stays_and_goes(pulumi, lab):
    before = lab.router.snapshot()
    program = (HOME / "yaml" / "Pulumi.yaml").read_text()
    (pulumi.project / "Pulumi.yaml").write_text(program.replace("name: home\n", "name: site\n", 1))
    pulumi("config", "set", "lan", "192.168.88.0/24")
    pulumi("config", "set", "--secret", "phone-key", key := generate())

    pulumi("preview")
    assert lab.router.snapshot() == before
    pulumi("up", "--yes", "--skip-preview")
    assert {"wg0", "wg1", "wg-mesh"} <= {row["name"] for row in lab.router.rows("/interface/wireguard")}
    state = pulumi("stack", "export")
    assert "[Interface]" not in state
    assert key not in state
    pulumi("preview", "--refresh", "--expect-no-changes")
    pulumi("destroy", "--yes", "--skip-preview")
    assert lab.router.snapshot() == before


@pytest.mark.timeout(600)
def test_a_python_stack_moves_over_without_a_write_and_not_back(pulumi, lab):
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: {PYTHON}\n")
    (pulumi.project / "__main__.py").write_text(f"import wiretik as wt\n\n{EVERY_MENU}")
    pulumi("up", "--yes", "--skip-preview")
    written = []
    execute = lab.router.execute

    def watched(words, *rest):
        if words[0].rpartition("/")[2] in {"add", "move", "remove", "set", "unset"}:
            written.append(words)
        return execute(words, *rest)

    lab.router.execute = watched
    pulumi("config", "set", "wiretik:front", "plugin")
    pulumi("up", "--yes", "--skip-preview")
    assert written == []
    pulumi("preview", "--refresh", "--expect-no-changes")
    assert "__provider" not in pulumi("stack", "export")
    pulumi("config", "set", "wiretik:front", "dynamic")
    with pytest.raises(AssertionError, match="There is no way back to dynamic resources"):
        pulumi("up", "--yes", "--skip-preview")
    assert written == []


@pytest.mark.timeout(900)
@pytest.mark.skipif(not LONG, reason="at length")
def test_a_state_of_0_1_goes_on_by_the_cli_and_moves_over_to_the_package_without_a_write(pulumi, lab):
    (pulumi.project / "Pulumi.yaml").write_text(f"name: site\nruntime: {PYTHON}\n")
    (pulumi.project / "__main__.py").write_text(f"import wiretik as wt\n\n{EVERY_MENU}")
    before = lab.router.snapshot()
    pulumi("up", "--yes", "--skip-preview")  # the same rows on a router of its own
    kept = json.loads((STATE / "checkpoint-0.1.0.json").read_text())
    old = pulumi.project / "old.json"
    old.write_text(json.dumps({"version": kept["version"], "deployment": kept["checkpoint"]["latest"]}))
    pulumi("stack", "import", "--force", "--file", str(old))

    pulumi("up", "--yes", "--skip-preview")  # before a refresh, which would go to the router that the state knows
    pulumi("refresh", "--yes", "--skip-preview")
    pulumi("up", "--yes", "--skip-preview")
    pulumi("preview", "--refresh", "--expect-no-changes")
    rows = lab.router.snapshot()
    pulumi("config", "set", "wiretik:front", "plugin")
    pulumi("up", "--yes", "--skip-preview")
    assert lab.router.snapshot() == rows
    pulumi("preview", "--refresh", "--expect-no-changes")
    pulumi("destroy", "--yes", "--skip-preview")
    assert lab.router.snapshot() == before
