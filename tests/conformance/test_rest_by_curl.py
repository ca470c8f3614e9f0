"""curl, which knows nothing of RouterOS, goes through every menu over REST: what an outside script does with it.

It sends the bytes that MikroTik's own examples send, and its exit code and the JSON say what came of it.
"""

import json
import shutil
import subprocess

import pytest

from wiretik_provider.simulator import serve

CURL = shutil.which("curl")
pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(CURL is None, reason="curl isn't on PATH"),
]

KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
MENUS = {
    "interface/wireguard": ({"name": "wg9"}, {"mtu": "1380"}),
    "interface/wireguard/peers": (
        {"interface": "wg0", "public-key": KEY, "allowed-address": "10.0.0.0/24"},
        {"endpoint-port": "51820"},
    ),
    "interface/bridge": ({"name": "bridge9"}, {"ageing-time": "10m"}),
    "interface/bridge/port": ({"interface": "ether5", "bridge": "bridge"}, {"pvid": "10"}),
    "interface/vlan": ({"interface": "bridge", "name": "vlan10", "vlan-id": "10"}, {"mtu": "1492"}),
    "interface/list": ({"name": "VPN"}, {"comment": "tunnels & such"}),
    "interface/list/member": ({"list": "L", "interface": "wg0"}, {"comment": "a member"}),
    "ip/address": ({"address": "10.7.0.1/24", "interface": "wg0"}, {"comment": "an address"}),
    "ip/route": ({"dst-address": "10.9.0.0/16", "gateway": "wg0"}, {"distance": "5"}),
    "ip/pool": ({"name": "p", "ranges": "10.0.0.2-10.0.0.9"}, {"comment": "a pool"}),
    "ip/dns/static": ({"name": "a.example", "address": "10.0.0.1"}, {"ttl": "5m"}),
    "ip/dhcp-client": ({"interface": "ether1"}, {"default-route-distance": "2"}),
    "ip/firewall/filter": ({"chain": "forward", "protocol": "tcp", "dst-port": "80"}, {"action": "drop"}),
    "ip/firewall/nat": ({"chain": "srcnat", "out-interface": "wg0"}, {"action": "masquerade"}),
    "ip/firewall/mangle": ({"chain": "prerouting", "src-address": "10.0.0.0/8"}, {"log": "true"}),
    "ip/firewall/raw": ({"chain": "prerouting", "src-address": "10.0.0.0/8"}, {"action": "drop"}),
    "ip/firewall/address-list": ({"list": "noVPN", "address": "10.0.0.0/8"}, {"comment": "a+b=50%"}),
    "ipv6/address": ({"address": "fd00::1/64", "interface": "wg0"}, {"comment": "an address"}),
    "ipv6/route": ({"dst-address": "fd01::/48", "gateway": "wg0"}, {"distance": "5"}),
    "ipv6/firewall/filter": ({"chain": "forward", "src-address": "fd00::/8"}, {"action": "drop"}),
    "ipv6/firewall/nat": ({"chain": "srcnat", "out-interface": "wg0"}, {"action": "masquerade"}),
    "ipv6/firewall/mangle": ({"chain": "prerouting", "hop-limit": "equal:1"}, {"action": "drop"}),
    "ipv6/firewall/raw": ({"chain": "prerouting", "protocol": "icmpv6"}, {"action": "notrack"}),
    "ipv6/firewall/address-list": ({"list": "noVPN", "address": "fd00::/8"}, {"comment": "private"}),
    "routing/table": ({"name": "vpn", "fib": ""}, {"comment": "a table"}),
    "routing/rule": ({"src-address": "10.0.0.0/24", "table": "main"}, {"action": "lookup-only-in-table"}),
    "system/scheduler": ({"name": "job", "interval": "10m"}, {"on-event": ":log info hello"}),
    "system/script": ({"name": "script", "source": ":log info hello"}, {"comment": "a script"}),
    "user/group": ({"name": "few", "policy": "api,read"}, {"comment": "a group"}),
    "user": ({"name": "someone", "group": "read", "password": "x"}, {"comment": "a user"}),
}
ORDERED = ["ip/firewall/filter", "ip/firewall/nat", "ip/firewall/mangle", "ip/firewall/raw", "ipv6/firewall/filter"]
UNREAD = {"password", "policy"}


@pytest.fixture(scope="module")
def lab():
    with serve(password="secret", rest=True) as running:
        running.run("/interface/wireguard/add", name="wg0")
        running.run("/interface/list/add", name="L")
        yield running


@pytest.fixture
def curl(lab):
    def ask(*requests):
        """All requests over one connection; gives status and JSON of each."""
        command = [CURL, "--silent", "--show-error"]
        for number, (method, path, body) in enumerate(requests):
            command += ["--next"] if number else []
            command += ["--cacert", lab.ca_file, "--user", "admin:secret", "--request", method]
            command += ["--write-out", "\n%{http_code}\n"]
            if body is not None:
                command += ["--header", "content-type: application/json", "--data", json.dumps(body)]
            command.append(f"https://{lab.host}:{lab.rests_port}/rest/{path}")
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        lines = done.stdout.splitlines()
        return [(int(lines[at + 1]), json.loads(lines[at] or "null")) for at in range(0, len(lines), 2)]

    return ask


@pytest.mark.parametrize("path", MENUS)
def test_every_menu_takes_a_whole_round(lab, curl, path):
    new, change = MENUS[path]
    before = lab.router.snapshot()
    ((status, row),) = curl(("PUT", path, new))
    assert status == 201
    for name, value in new.items():
        assert name in UNREAD or row[name] == value
    one = f"{path}/{row['.id']}"
    (name, value), *_ = change.items()
    found, changed, listed, refused, unknown, gone, again, missing = curl(
        ("GET", one, None),
        ("PATCH", one, change),
        ("GET", f"{path}?.id={row['.id']}&.proplist={name}", None),
        ("PATCH", one, {"colour": "red"}),
        ("PUT", path, {"colour": "red"}),
        ("DELETE", one, None),
        ("DELETE", one, None),
        ("GET", one, None),
    )
    assert found == (200, row)
    assert changed[0] == 200
    assert changed[1][name] == value
    assert listed == (200, [{".id": row[".id"], name: value}])
    assert (refused[0], refused[1]["detail"]) == (400, "unknown parameter colour")
    assert unknown[0] == 400
    assert gone == (204, None)
    assert (again[0], missing[0]) == (404, 404)
    assert lab.router.snapshot() == before


@pytest.mark.parametrize("path", ORDERED)
def test_rules_are_placed_and_moved(lab, curl, path):
    chain = "srcnat" if path.endswith("nat") else "prerouting"
    (_, first), (_, second) = curl(*[("PUT", path, {"chain": chain, "comment": each}) for each in "12"])
    _, moved, (_, rows) = curl(
        ("PUT", path, {"chain": chain, "comment": "0", "place-before": first[".id"]}),
        ("POST", f"{path}/move", {"numbers": second[".id"], "destination": first[".id"]}),
        ("GET", f"{path}?.proplist=comment", None),
    )
    assert moved == (200, [])
    assert [row["comment"] for row in rows] == ["0", "2", "1"]
    for row in lab.router.rows(f"/{path}"):
        lab.run(f"/{path}/remove", id=row[".id"])


def test_singletons_are_read_and_set_and_commands_answer(curl):
    assert curl(
        ("POST", "ip/dns/set", {"servers": "9.9.9.9"}),
        ("POST", "ip/dns/print", {".proplist": ["servers"]}),
        ("POST", "interface/print", {"count-only": "", ".query": ["type=ether"]}),
        ("POST", "ip/route/check", {"dst-ip": "10.7.0.9"}),
        ("POST", "ip/nowhere/print", {}),
        ("GET", "ip/nowhere", None),
    ) == [
        (200, []),
        (200, [{"servers": "9.9.9.9"}]),
        (200, {"ret": "5"}),
        (200, [{"status": "unreachable"}]),
        (400, {"error": 400, "message": "Bad Request", "detail": "no such command or directory (nowhere)"}),
        (400, {"error": 400, "message": "Bad Request", "detail": "no such command or directory (nowhere)"}),
    ]


def test_who_has_no_password_is_turned_away(lab):
    url = f"https://{lab.host}:{lab.rests_port}/rest/system/identity"
    command = [CURL, "--silent", "--cacert", lab.ca_file, "--write-out", "%{http_code}", "--output", "-", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("401")
