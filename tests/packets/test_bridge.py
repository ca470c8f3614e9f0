"""A bridge in namespaces, with hosts that manage the router: reached after each single write of VLANs coming and going.

The writes are those of deployments on an embedded router; after each one the bridge is what its rows say, with real
frames.
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys

import pytest

import wiretik as wt
from packets.lab import run
from packets.switch import ALL, CPU, TAGGED_ONLY, Bridge
from wiretik.testing import site
from wiretik_provider.simulator.services.faults import WRITES
from wiretik_provider.trace import MENUS, Snapshot

__all__ = ["site"]

SWITCH = pathlib.Path(__file__).with_name("switch.py")
LINKS = {"guests": "192.168.20.1", "staff": "192.168.10.1"}
HOSTS = {"ether4": "192.168.88.10", "ether2": "192.168.88.11", "ether5": "192.168.20.10", "ether3": "192.168.10.10"}
"""At ether4 sits who manages the router, at the trunk ether2 another one, both without a number."""


def state(router):
    """What the bridge is by a router's rows; what has its default isn't printed by all of them."""

    def rows(path):
        return [row for row in router.rows(path) if row.get("disabled") != "true"]

    (bridge,) = [row for row in router.rows("/interface/bridge") if row["name"] == "bridge"]
    ports = [row for row in rows("/interface/bridge/port") if row["bridge"] == "bridge"]
    entries = [row for row in rows("/interface/bridge/vlan") if row["bridge"] == "bridge"]
    return {
        "filtering": bridge["vlan-filtering"] == "true",
        "ports": {CPU: _port(bridge), **{row["interface"]: _port(row) for row in ports}},
        "tagged": {row["vlan-ids"]: row["tagged"].split(",") for row in entries},
        "links": {row["name"]: int(row["vlan-id"]) for row in rows("/interface/vlan") if row["interface"] == "bridge"},
    }


def _port(row):
    return {"pvid": int(row.get("pvid", "1")), "frame-types": row.get("frame-types", ALL)}


@contextlib.contextmanager
def recorded(router):
    """The bridge after each write that reaches the router meanwhile, with the command's words."""
    found = []
    execute = router.execute

    def record(words, *rest):
        answer = execute(words, *rest)
        if words[0].rpartition("/")[2] in WRITES:
            found.append((" ".join(words), state(router)))
        return answer

    router.execute = record
    try:
        yield found
    finally:
        del router.execute


class Wires:
    """The bridge's namespace, the router's own interfaces on it, and a namespace for each host."""

    def __init__(self):
        number = os.getpid() % 10000
        self.spaces = {name: f"wb{number}{name}" for name in ("rt", "sw", *HOSTS)}
        self.process = None

    def __enter__(self):
        try:
            self._up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _up(self):
        for space in self.spaces.values():
            run("ip", "netns", "add", space)
        rt = self.spaces["rt"]  # it answers for an address on that interface alone, as a router does of two networks
        run("ip", "netns", "exec", rt, "sysctl", "-qw", "net.ipv4.conf.all.arp_ignore=1")
        for port, address in HOSTS.items():
            self._wire(f"sw-{port}", self.spaces[port], "eth0", address)
        for name, address in {CPU: "192.168.88.1", **LINKS}.items():
            self._wire(f"sw-{name}", rt, name, address)
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.spaces["sw"], sys.executable, str(SWITCH)],
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def _wire(self, port, space, device, address):
        there = self.spaces["sw"]
        run("ip", "-n", there, "link", "add", "name", port, "type", "veth", "peer", "name", device, "netns", space)
        run("ip", "-n", there, "link", "set", "dev", port, "up")
        run("ip", "-n", space, "link", "set", "dev", device, "up")
        run("ip", "-n", space, "addr", "add", f"{address}/24", "dev", device)

    def __exit__(self, *problem):
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait(10)
        for space in self.spaces.values():
            run("ip", "netns", "del", space, check=False)

    def become(self, what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ready\n"

    def reaches(self, port, address, *, patience=2):
        """Whether a host's ping is answered; asked anew, since nobody forgets a neighbour at once."""
        space = self.spaces[port]
        run("ip", "-n", space, "neigh", "flush", "dev", "eth0")
        return run("ip", "netns", "exec", space, sys.executable, str(SWITCH), "ping", address, patience) == "yes\n"

    def answers(self, port, number, address):
        """Whether a host behind a trunk is answered with its number."""
        words = ["ip", "netns", "exec", self.spaces[port], sys.executable, str(SWITCH), "ask", "eth0", str(number)]
        return run(*words, address) == "yes\n"


@pytest.fixture
def wires():
    with Wires() as made:
        yield made


def test_whoever_manages_the_router_reaches_it_after_each_single_write_of_vlans_coming_and_going(site, wires):
    vlans = {
        "staff": wt.VlanArgs(10, "192.168.10.1/24", access=["ether3"], trunks=["ether2"]),
        "guests": wt.VlanArgs(20, "192.168.20.1/24", access=["ether5"], trunks=["ether2"], guest=True),
    }
    there = ["staff"]
    one = site(lambda: [wt.Vlan(name, vlans[name]) for name in there])

    def changed(work, *names):
        there[:] = names
        with recorded(one.router.router) as steps:
            work()
        assert len(steps) > 5
        seen = []
        for words, now in steps:
            if now not in seen:
                seen.append(now)
                wires.become(now)
                lost = [port for port in ("ether4", "ether2") if not wires.reaches(port, "192.168.88.1")]
                assert not lost, (lost, words, now)
        return steps

    steps = changed(lambda: one.up().check(), "staff")
    assert [now["filtering"] for _, now in steps].index(True) == len(steps) - 1, "it filters last"
    assert wires.reaches("ether3", "192.168.10.1")

    changed(lambda: one.up().check(), "staff", "guests")  # while it filters
    assert wires.reaches("ether5", "192.168.20.1")
    assert wires.answers("ether2", 20, "192.168.20.1")
    assert wires.answers("ether2", 10, "192.168.10.1")
    assert not wires.answers("ether2", 30, "192.168.20.1")
    assert not wires.answers("ether5", 10, "192.168.10.1")
    assert wires.answers("ether4", 0, "192.168.88.1")
    assert not wires.answers("ether5", 0, "192.168.88.1")
    assert not wires.answers("ether4", 0, "192.168.20.1")
    router = one.router.router
    told = Snapshot({path: router.rows(path) for path in MENUS if path in router.menus})
    for port in ("ether3", "ether4", "ether5"):  # where the tracer says that frames get to, and nowhere else
        for name, address in {"bridge": "192.168.88.1", **LINKS}.items():
            assert wires.answers(port, 0, address) == (told.met(port) == name), (port, name)

    changed(lambda: one.up().check(), "staff")
    steps = changed(one.destroy)
    assert not steps[0][1]["filtering"], "it stops first"


def test_a_bridge_whose_table_is_wrong_is_found_out(wires):
    """Else the test above would prove nothing: filtering before the ports and the table are right locks people out."""
    port = {"pvid": 1, "frame-types": ALL}
    ports = {CPU: {"pvid": 1, "frame-types": TAGGED_ONLY}, **dict.fromkeys(HOSTS, port)}
    wires.become({"filtering": True, "ports": ports, "tagged": {}, "links": {}})
    assert not wires.reaches("ether4", "192.168.88.1", patience=1)

    wires.become({"filtering": False, "ports": ports, "tagged": {}, "links": {}})
    assert wires.reaches("ether4", "192.168.88.1")

    forgotten = {
        "filtering": True,
        "ports": {**ports, CPU: port},
        "tagged": {"20": ["ether2"]},
        "links": {"guests": 20},
    }
    assert Bridge(forgotten).ways("ether2", 20) == [], "the bridge itself isn't tagged"
    wires.become(forgotten)
    assert not wires.answers("ether2", 20, "192.168.20.1")
