"""`wiretik doctor` on a router over TLS and on exports: the cause first, exit codes, JSON, and no secret."""

import json

import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik_provider.simulator import Router, serve

from .projects import project

PROVIDER = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
SECRETS = (
    "MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk=",
    "cHJlc2hhcmVkLXByZXNoYXJlZC1wcmVzaGFyZWQtcHI=",
    "a-secret",
)


def tunnel(router):
    """A tunnel of a hurried admin: no keepalive, no route for what the peer allows."""
    router.run("/interface/wireguard/add", name="wg1", private_key=SECRETS[0])
    router.run("/ip/address/add", address="10.20.0.2/24", interface="wg1")
    router.run(
        "/interface/wireguard/peers/add",
        interface="wg1",
        name="office",
        public_key=PROVIDER,
        preshared_key=SECRETS[1],
        endpoint_address="198.51.100.7",
        endpoint_port="51820",
        allowed_address="10.20.0.0/24,172.16.50.0/24",
        persistent_keepalive="25s",
    )
    [peer] = router.table("/interface/wireguard/peers")
    peer.facts |= {"last-handshake": "12s", "current-endpoint-address": "198.51.100.7"}
    return peer


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password=SECRETS[2]) as running:
        vars(running)["peer"] = tunnel(running.router)
        running.run("/ip/route/add", **{"dst-address": "172.16.50.0/24", "gateway": "wg1"})
        for out in ({"out-interface": "wg1", "new-mss": "clamp-to-pmtu"}, {"in-interface": "wg1", "new-mss": "1380"}):
            more = {"chain": "forward", "action": "change-mss", "protocol": "tcp", "tcp-flags": "syn"}
            running.run("/ip/firewall/mangle/add", **more, **out)
        yield running


@pytest.fixture
def site(lab, tmp_path, monkeypatch):
    before = dict(lab.peer.facts)
    yield project(tmp_path, lab, monkeypatch, SECRETS[2])
    lab.peer.facts.clear()
    lab.peer.facts.update(before)


def first_finding(done):
    """What isn't known, which stands at the top, and the first finding behind it."""
    lines = done.output.splitlines()
    count = next(at for at, line in enumerate(lines) if not line.startswith(("note: ", "  ")))
    return lines[:count], lines[count]


def doctor(*words):
    done = CliRunner().invoke(app, ["doctor", *map(str, words)])
    for secret in SECRETS:
        assert secret not in done.output
    return done


def test_a_healthy_router_exits_with_0_and_says_what_was_looked_at(site):
    done = doctor("lab", "-C", site)

    assert done.exit_code == 0, done.output
    assert done.output == "healthy: 1 router, 1 tunnel, 1 peer looked at\n"


def test_a_dead_tunnel_exits_with_1_and_names_fact_reason_and_cure_in_plain_lines(site, lab):
    lab.peer.facts["last-handshake"] = "9m"

    done = doctor("-C", site, "-s", "lab")

    assert done.exit_code == 1
    first, *rest = done.output.splitlines()
    assert first == "error: wg1: the last handshake with peer 'office' of wg1 was 9m ago [handshake-old]"
    assert rest[0].startswith("  why: A session's keys last three minutes")
    assert rest[1].startswith("  cure: nothing here explains it: does 198.51.100.7:51820 get the UDP packets")
    assert rest[-1] == "1 error: 1 router, 1 tunnel, 1 peer looked at"


def test_a_kind_that_is_to_be_ignored_is_left_out_and_one_that_is_not_there_is_a_mistake(site, lab):
    lab.peer.facts["last-handshake"] = "9m"

    assert doctor("lab", "-C", site, "--ignore", "handshake-old").exit_code == 0
    assert doctor("lab", "-C", site, "--ignore", "hiccups").exit_code == 2


def test_json_has_the_row_and_its_value(site, lab):
    lab.peer.facts["last-handshake"] = "9m"

    told = json.loads(doctor("lab", "-C", site, "--json").output)

    [finding] = told["findings"]
    assert told["healthy"] is False
    assert finding["kind"] == "handshake-old"
    assert (finding["menu"], finding["id"], finding["value"]) == ("/interface/wireguard/peers", "*1", "9m")
    assert told["routers"][0]["tunnels"] == ["wg1"]


def test_a_router_that_cannot_be_reached_exits_with_2(site):
    settings = (site / "Pulumi.lab.yaml").read_text()
    (site / "Pulumi.lab.yaml").write_text(settings.replace("fingerprint: '", "fingerprint: '00"))

    done = doctor("lab", "-C", site)

    assert done.exit_code == 2
    assert done.output.startswith("error: ")


def test_of_several_routers_those_that_answer_are_looked_at(site, lab):
    reach = {"host": lab.host, "port": lab.apis_port, "username": "admin", "fingerprint": lab.fingerprint}
    routers = json.dumps({"berlin": reach, "lisbon": {**reach, "fingerprint": "00" * 32}})
    (site / "Pulumi.lab.yaml").write_text(f"config:\n  wiretik:routers: '{routers}'\n")

    done = doctor("lab", "-C", site)
    told = json.loads(doctor("lab", "-C", site, "--json", "--router", "berlin").output)

    assert done.exit_code == 2
    assert "error: router lisbon" in done.output
    assert "no finding: 1 of 2 routers, 1 tunnel, 1 peer looked at" in done.output
    assert [router["name"] for router in told["routers"]] == ["berlin"]
    assert told["healthy"] is True


def test_what_the_user_may_not_read_is_no_health(site, lab, monkeypatch):
    lab.router.add_user("half", "half-secret", ["api", "write"])
    monkeypatch.setenv("WIRETIK_PASSWORD", "half-secret")
    settings = (site / "Pulumi.lab.yaml").read_text()
    (site / "Pulumi.lab.yaml").write_text(settings.replace("username: 'admin'", "username: 'half'"))

    done = doctor("lab", "-C", site)

    assert done.exit_code == 2
    assert "/interface/wireguard couldn't be read: not enough permissions" in done.output


def test_an_export_is_looked_at_without_a_router(tmp_path):
    router = Router("defconf", identity="cabin")
    tunnel(router)
    for sensitive in (False, True):
        (tmp_path / "cabin.rsc").write_text(router.export(show_sensitive=sensitive))

        done = doctor("--export", tmp_path / "cabin.rsc")

        assert done.exit_code == 1
        notes, first = first_finding(done)
        assert any("--lease ether1=ADDRESS/MASK" in note for note in notes)
        assert first.startswith(
            "error: wg1: peer 'office' of wg1 allows 172.16.50.0/24, and no route leads there by wg1: it goes by "
        )
        assert "handshake" not in done.output


def test_what_takes_an_address_of_dhcp_is_found_in_an_export_when_that_is_told(tmp_path):
    router = Router("defconf")
    router.run("/interface/wireguard/add", name="wg1", listen_port="13231")
    router.run("/ip/address/add", address="10.20.0.1/24", interface="wg1")
    peer = {"public_key": PROVIDER, "allowed_address": "10.20.0.2/32"}
    router.run("/interface/wireguard/peers/add", interface="wg1", name="laptop", **peer)
    (tmp_path / "hub.rsc").write_text(router.export())

    alone, told = (
        doctor("--export", tmp_path / "hub.rsc"),
        doctor("--export", tmp_path / "hub.rsc", "--lease", "ether1=203.0.113.77/24"),
    )

    assert "input-blocked" not in alone.output
    assert "isn't judged:\n  --lease ether1=ADDRESS/MASK  the address that DHCP gives ether1\n" in alone.output
    assert "peer 'laptop' has to call, and UDP to port 13231 by ether1 is dropped by filter rule 4" in told.output
    assert "the address that DHCP gives" not in told.output


def test_a_lease_is_for_exports_alone(site):
    done = doctor("lab", "-C", site, "--lease", "ether1=203.0.113.77/24")

    assert done.exit_code == 2
    assert "only with --export" in done.output


def test_what_the_lab_does_not_know_of_an_export_is_said_and_left_out(tmp_path):
    router = Router("defconf")
    tunnel(router)
    text = router.export() + "/ip firewall filter\nadd chain=forward no-such-thing=5\n/system identity\nset name=old\n"
    (tmp_path / "old.rsc").write_text(text)

    done = doctor("--export", tmp_path / "old.rsc")

    assert "1 line left out, the first: line " in done.output
    assert done.exit_code == 1


def test_both_ends_are_two_exports(tmp_path):
    for name, address, other, port in (("a", "10.9.0.1", "10.9.0.2", "51820"), ("b", "10.9.0.2", "10.9.0.1", "0")):
        router = Router("defconf", identity=name)
        router.run("/interface/wireguard/add", name="wg", listen_port="51820")
        router.run("/ip/address/add", address=f"{address}/30", interface="wg")
        router.run("/ip/firewall/filter/remove", id="*5")
        end = {"endpoint_address": "vpn.example.com", "endpoint_port": port} if port != "0" else {}
        peer = {"public_key": PROVIDER, "allowed_address": f"{other}/32", "persistent_keepalive": "25s", **end}
        router.run("/interface/wireguard/peers/add", interface="wg", name=f"peer-of-{name}", **peer)
        (tmp_path / f"{name}.rsc").write_text(router.export(show_sensitive=True))

    done = doctor("--export", tmp_path / "a.rsc", "--export", tmp_path / "b.rsc")

    assert done.exit_code == 1
    _, first = first_finding(done)
    assert first.startswith(f"error: a wg: peer 'peer-of-a' of wg has the public key {PROVIDER}, but wg of b has ")
    assert first.endswith("[key-mismatch]")
