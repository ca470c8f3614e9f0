"""`wiretik trace` on a router over TLS: the walk, the deciding rule, exit codes, JSON."""

import json

import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik_provider.simulator import serve


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password="a-secret") as running:
        yield running


@pytest.fixture
def site(lab, tmp_path, monkeypatch):
    for name in ("PULUMI_BACKEND_URL", "PULUMI_STACK", "WIRETIK_HOST", "WIRETIK_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret")
    (tmp_path / "Pulumi.yaml").write_text("name: home\nruntime: python\n")
    keys = {"host": lab.host, "port": lab.apis_port, "username": "admin", "fingerprint": lab.fingerprint}
    lines = [f"  wiretik:{key}: '{value}'" for key, value in keys.items()]
    (tmp_path / "Pulumi.lab.yaml").write_text("\n".join(["config:", *lines, ""]))
    return tmp_path


def trace(site, *words):
    return CliRunner().invoke(app, ["trace", "-C", str(site), "-s", "lab", *words])


def test_what_arrives_is_shown_step_by_step_and_exits_with_0(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--port", "443")

    assert done.exit_code == 0, done.output
    assert "192.168.88.10 to 1.1.1.1, tcp port 443, in by bridge" in done.output
    assert "NAT rule 0 'defconf: masquerade'  masquerade: source becomes 203.0.113.2" in done.output
    assert "forwarded out of ether1 with source 203.0.113.2" in done.output
    assert "answer:" in done.output


def test_what_is_dropped_names_the_rule_and_exits_with_1(site):
    done = trace(site, "--src", "198.51.100.7", "--dst", "203.0.113.2", "--port", "8729")

    assert done.exit_code == 1
    assert "dropped by filter rule 4 'defconf: drop all not coming from LAN'" in done.output


def test_what_cannot_be_known_says_because_of_what_and_exits_with_3(site, lab):
    rule = lab.run("/ip/firewall/filter/add", chain="input", action="drop", random="50", **{"place-before": "*1"})
    try:
        done = trace(site, "--src", "192.168.88.10", "--dst", "192.168.88.1")
    finally:
        lab.run("/ip/firewall/filter/remove", **{".id": rule[0]["ret"] if isinstance(rule, list) else rule})

    assert done.exit_code == 3
    assert "random=50: chance decides" in done.output


def test_json_has_every_step_and_the_verdict(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "192.168.88.1", "--proto", "udp", "--port", "53", "--json")
    told = json.loads(done.output)

    assert told["disposition"] == "delivered"
    assert told["answered"] is True
    assert told["reply"]["leaves"] == "bridge"


def test_an_interface_that_is_not_there_is_a_mistake(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--in", "ether9")

    assert done.exit_code == 2
