"""One LAN at two sites with real frames: hosts behind the bridges of two routers, joined by VXLAN in WireGuard.

The rows are those that the example's deployment leaves; VXLAN and the bridges' filter are read from them here. Of a
full packet that says "don't fragment" Linux tells the sender from 5.9 on how much fits (its commit fc68c99577cc),
whatever the interface says; RouterOS's manual knows of no such answer, so hosts here don't say that.
"""

import functools
import os
import subprocess
import sys

import pytest

from packets import sites
from packets.lab import run

ROUTERS = {"rt": "berlin", "a": "lisbon"}
HOSTS = {"rt": "192.168.30.10", "a": "192.168.30.11"}
FULL = 1472
"""The data of a datagram that fills a packet of 1500."""
PLUG = """
import select, socket, sys
IP_MTU_DISCOVER, DONT = 10, 0

def plug(port=0):
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    made.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, DONT)
    made.bind(("", port))
    return made

def echo():
    plugs = [plug(67), plug(6767)]
    print("ready", flush=True)
    while True:
        for one in select.select(plugs, [], [])[0]:
            data, sender = one.recvfrom(2000)
            one.sendto(data, sender)

def ask(address, port, size):
    one = plug()
    for _ in range(4):
        one.sendto(bytes(int(size)), (address, int(port)))
        if select.select([one], [], [], 0.5)[0] and len(one.recv(2000)) == int(size):
            return "answered"
    return "silent"

print({"echo": echo, "ask": ask}[sys.argv[1]](*sys.argv[2:]))
"""
"""A host: `echo` sends back what comes to its ports, `ask` says whether that is done."""

deployment = functools.cache(sites.rows_of)


class Joined:
    """The bridges of both routers in the lab, each with a host, as the rows say."""

    def __init__(self, lab, rows):
        self.lab = lab
        self.rows = rows
        self.spaces = {space: f"wj{os.getpid() % 10000}{space}" for space in HOSTS}
        self.hosts = []

    def __enter__(self):
        try:
            for space, address in HOSTS.items():
                self._bridge(space, address)
            for space in HOSTS:
                self._plug(space)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *problem):
        for process in self.hosts:
            process.kill()
            process.stdout.close()
            process.wait(10)
        for space, name in self.spaces.items():
            run("ip", "netns", "del", name, check=False)
            for device in ("host", "vx", "br"):
                self.lab.ip(space, "link", "del", "dev", device, check=False)
            self.lab.inside(space, "nft", "delete", "table", "bridge", "joined", check=False)

    def _bridge(self, space, address):
        router = self.rows[ROUTERS[space]]
        (link,) = router["/interface/vxlan"]
        (port,) = [row for row in router["/interface/bridge/port"] if row["interface"] == link["name"]]
        assert port["pvid"] == "30"
        (there,) = router["/interface/vxlan/vteps"]
        words = ["id", link["vni"], "local", link["local-address"], "remote", there["remote-ip"]]
        df = {"disabled": "unset"}[link["dont-fragment"]]
        ip, host = functools.partial(self.lab.ip, space), self.spaces[space]
        run("ip", "netns", "add", host)
        ip("link", "add", "name", "br", "type", "bridge")
        ip("link", "add", "name", "vx", "type", "vxlan", *words, "dstport", link["port"], "df", df)
        ip("link", "add", "name", "host", "type", "veth", "peer", "name", "eth0", "netns", host)
        for name in ("vx", "host"):
            ip("link", "set", "dev", name, "mtu", link.get("mtu", "1500"), "master", "br")
        for name in ("br", "vx", "host"):
            ip("link", "set", "dev", name, "up")
        run("ip", "-n", host, "link", "set", "dev", "eth0", "up")
        run("ip", "-n", host, "addr", "add", f"{address}/24", "brd", "+", "dev", "eth0")
        self.lab.inside(space, "nft", "-f", "-", text=_filter(router["/interface/bridge/filter"], link["name"]))

    def _plug(self, space):
        words = ["ip", "netns", "exec", self.spaces[space], sys.executable, "-c", PLUG, "echo"]
        self.hosts.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
        assert self.hosts[-1].stdout.readline() == "ready\n"

    def inside(self, space, *words, **options):
        return run("ip", "netns", "exec", self.spaces[space], *words, **options)

    def answered(self, source, address, *, port=6767, size=10):
        said = self.inside(source, sys.executable, "-c", PLUG, "ask", address, port, size)
        return {"answered\n": True, "silent\n": False}[said]


def _filter(rows, link):
    """The bridge's filter in nft's words; what isn't known here is an error."""
    sides = {"in-interface": "iifname", "out-interface": "oifname"}
    lines = []
    for chain in ("forward", "input", "output"):
        lines.append(f"chain {chain} {{ type filter hook {chain} priority 0; policy accept;")
        for row in (row for row in rows if row["chain"] == chain):
            assert (row["mac-protocol"], row["ip-protocol"], row["action"]) == ("ip", "udp", "drop")
            (side,) = [name for name in sides if name in row]
            assert row[side] == link
            lines.append(f'{sides[side]} "vx" ether type ip udp dport {row["dst-port"]} counter drop')
        lines.append("}")
    return "table bridge joined {\n" + "\n".join(lines) + "\n}\n"


@pytest.fixture
def joined(lab):
    rows, outputs = deployment("bridged-lan")
    made = sites.network(rows, outputs)
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []
    with Joined(lab, rows) as found:
        yield found


def test_hosts_of_both_sites_see_each_other_as_at_one_switch_with_full_packets_too(joined):
    for source, there in (("rt", "a"), ("a", "rt")):
        assert joined.answered(source, HOSTS[there])
        assert joined.answered(source, HOSTS[there], size=FULL)


def test_broadcasts_cross_and_requests_for_leases_do_not(joined):
    everybody = "192.168.30.255"

    assert joined.answered("rt", everybody)
    assert joined.answered("a", everybody)
    assert not joined.answered("rt", everybody, port=67)
    for space in HOSTS:  # else nothing would be shown: without our rules they do cross
        joined.lab.inside(space, "nft", "delete", "table", "bridge", "joined")
    assert joined.answered("rt", everybody, port=67)


COUNTED = "table ip seen { chain in { type filter hook prerouting priority -400; udp dport 8472 counter; }; }"


def test_no_frame_leaves_in_the_clear_while_the_tunnel_is_off(lab, joined):
    def astray():
        lab.inside("inet", "nft", "-f", "-", text=COUNTED)
        try:
            assert not joined.answered("rt", HOSTS["a"])
            return "packets 0 " not in lab.inside("inet", "nft", "list", "table", "ip", "seen")
        finally:
            lab.inside("inet", "nft", "delete", "table", "ip", "seen")

    device = lab.devices["rt"]["wg-site"]
    lab.ip("rt", "link", "set", "dev", device, "down")
    try:
        assert not astray()
        lab.inside("rt", "nft", "flush", "ruleset")  # else nothing would be shown: without our rule they do leave
        assert astray()
    finally:
        lab.rows.clear()  # the next test makes all anew


@pytest.mark.usefixtures("joined")
def test_frames_of_nobody_else_are_taken(lab):
    asked = [
        {"id": 41000 + at, "space": space, "src": "", "dst": "10.255.0.1", "protocol": "udp", "port": 8472}
        for at, space in enumerate(("lan", "inet", "a"))
    ]
    seen = lab.probe(asked, patience=0.5)
    at_router = [{one[1] for one in seen[probe["id"]]["probe"] if one[0] == "rt"} for probe in asked]

    assert "input" not in at_router[0]
    assert "input" not in at_router[1]
    assert "input" in at_router[2]
