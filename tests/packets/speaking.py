"""Daemons that exchange routes: rows of OSPF and BGP made into a BIRD for each router, in its namespace.

They weren't written here, so whether neighbours meet through the rows' tunnels and firewalls is theirs to say. Rule: it
reads the rows that a router prints its own way, and what it doesn't know is an error, never left out. Where BIRD and
RouterOS differ:

- RouterOS says hello every ten seconds and gives a silent neighbour up after forty (RFC 2328 C.3, MikroTik's manual,
  ospf: interface templates), one of BGP after the hold time; here all that is a tenth, so that a test doesn't take a
  minute.
- A route's distance is the kernel's metric: OSPF's 110, eBGP's 20 (MikroTik's manual, ip/route: distance).
"""

import json
import pathlib
import subprocess
import tempfile
import time

from packets.kernel import on

INSTANCE, AREA, TEMPLATE = (f"/routing/ospf/{one}" for one in ("instance", "area", "interface-template"))
SYSTEM, SESSION = (f"/routing/bgp/{one}" for one in ("instance", "connection"))
MENUS = (INSTANCE, AREA, TEMPLATE, SYSTEM, SESSION)
DISTANCES = {"ospf": 110, "bgp": 20}
HELLO, DEAD, HOLD = 1, 4, 3
KNOWN = {
    INSTANCE: {"name", "version", "router-id", "vrf"},
    AREA: {"name", "instance", "area-id", "type"},
    TEMPLATE: {"interfaces", "area", "type", "passive", "instance-id", "cost", "priority"},
    SYSTEM: {"name", "as", "router-id"},
    SESSION: {"name", "instance", "as", "router-id", "local.role", "remote.address", "remote.as", "output.network"},
}
TIMES = {"hold-time", "hello-interval", "dead-interval", "retransmit-interval", "transmit-delay"}
IGNORED = {".id", ".nextid", "comment", "disabled", "inactive", "dynamic", "invalid", *TIMES}


def configuration(rows, devices):
    """A BIRD's configuration.

    Args:
        rows: by menu.
        devices: the kernel's names of the interfaces.
    """
    for path, known in KNOWN.items():
        for row in on(rows, path):
            assert not row.keys() - known - IGNORED, f"{path}: what is {row.keys() - known - IGNORED} to BIRD?"
    yield "protocol device { scan time 1; }"
    yield "protocol direct { ipv4; }"  # what is connected goes before what is learned, as in RouterOS
    yield from _ospf(rows, devices)
    yield from _bgp(rows)


def _kernel(kind, router_id, source):
    yield f"router id {router_id};"
    channel = f"ipv4 {{ import none; export where {source}; }};"
    yield f"protocol kernel {{ scan time 1; metric {DISTANCES[kind]}; {channel} }}"


def _ospf(rows, devices):
    for instance in on(rows, INSTANCE):
        yield from _kernel("ospf", instance["router-id"], "source = RTS_OSPF || source = RTS_OSPF_IA")
        assert str(instance.get("version", "2")) == "2", "OSPF of IPv4 alone"
        yield f"protocol ospf v2 {instance['name']} {{"
        yield "ipv4 { import all; export none; };"
        for area in on(rows, AREA):
            if area["instance"] == instance["name"]:
                yield f"area {area.get('area-id', '0.0.0.0')} {{"
                yield from (_interface(row, devices) for row in on(rows, TEMPLATE) if row["area"] == area["name"])
                yield "};"
        yield "}"


def _bgp(rows):
    """A session for each connection; what one has heard the others tell, as of one instance (see `docs/facts`)."""
    systems = {row["name"]: row for row in on(rows, SYSTEM)}
    for at, row in enumerate(on(rows, SESSION)):
        own = systems[row["instance"]] if "instance" in row else row
        if not at:
            yield from _kernel("bgp", own["router-id"], "source = RTS_BGP")
        assert row["local.role"] == "ebgp"
        entries = on(rows, "/ip/firewall/address-list")
        told = ", ".join(one["address"] for one in entries if one["list"] == row["output.network"])
        yield f"protocol bgp b{at} {{ local as {own['as']}; neighbor {row['remote.address']} as {row['remote.as']};"
        yield f"hold time {HOLD}; connect delay time 1; connect retry time 1; error wait time 1, 1;"
        yield f"ipv4 {{ import all; export where source = RTS_BGP || (source = RTS_DEVICE && net ~ [ {told} ]); }}; }}"


def _interface(row, devices):
    """A template's interface; OSPF's passive one is a stub (RFC 2328 C.3, BIRD's manual: stub)."""
    device = devices[row["interfaces"]]
    if "passive" in row and row["passive"] not in ("false", "no"):
        return f'interface "{device}" {{ stub yes; }};'
    assert row["type"] == "ptp"
    return f'interface "{device}" {{ type ptp; hello {HELLO}; dead count {DEAD}; retransmit 2; }};'


class Speaking:
    """A BIRD for each router of a lab.

    Args:
        lab: it is what the rows say.
        routers: the namespaces.
    """

    def __init__(self, lab, routers):
        self.lab = lab
        self.routers = routers
        self.folder = tempfile.TemporaryDirectory()
        self.processes = {}

    def __enter__(self):
        for name in self.routers:
            self.start(name)
        return self

    def __exit__(self, *problem):
        for name in list(self.processes):
            self.stop(name)
        self.folder.cleanup()

    def _file(self, name, kind):
        return pathlib.Path(self.folder.name, f"{name}.{kind}")

    def start(self, name):
        """Its daemon, from the rows that its namespace has."""
        file = self._file(name, "conf")
        file.write_text("\n".join(configuration(self.lab.rows[name], self.lab.devices[name])) + "\n")
        with self._file(name, "log").open("w") as log:
            self.processes[name] = subprocess.Popen(
                [
                    *("ip", "netns", "exec", self.lab.spaces[name], "bird", "-f", "-c", file),
                    *("-s", self._file(name, "ctl"), "-P", self._file(name, "pid")),
                ],
                stderr=log,
            )

    def stop(self, name):
        """Ends its daemon, which takes its routes with it."""
        process = self.processes.pop(name)
        process.terminate()
        process.wait(10)

    def told(self, name, *words):
        """What a daemon says to a command."""
        done = subprocess.run(
            ["birdc", "-s", self._file(name, "ctl"), *words], text=True, capture_output=True, check=False
        )
        return done.stdout + done.stderr

    def learned(self, name):
        """The routes that the kernel got from a daemon, as a router prints them."""
        names = {device: one for one, device in self.lab.devices[name].items()}
        found = json.loads(self.lab.ip(name, "-json", "route", "show", "proto", "bird") or "[]")
        return [
            {
                "dst-address": row["dst"] if "/" in row["dst"] else f"{row['dst']}/32",
                "gateway": f"{hop['gateway']}%{names[hop['dev']]}",
                "immediate-gw": f"{hop['gateway']}%{names[hop['dev']]}",
                "routing-table": "main",
                "distance": str(row["metric"]),
                "scope": "20",
                "target-scope": "10",
                "dynamic": "true",
                "active": "true",
                next(kind for kind, metric in DISTANCES.items() if metric == row["metric"]): "true",
                **({"ecmp": "true"} if "nexthops" in row else {}),
            }
            for row in found
            for hop in row.get("nexthops", [row])
        ]

    def wait(self, holds, *, patience=40.0):
        """Waits until something holds of what is learned, by router; and then until nobody learns more."""
        end = time.monotonic() + patience
        before = None
        while True:
            now = {name: self.learned(name) for name in self.routers}
            if holds(now) and now == before:
                return now
            assert time.monotonic() < end, f"{now}\n{self._state()}"
            before = now
            time.sleep(0.5)

    def _state(self):
        return "\n".join(
            f"{name}: {self.told(name, 'show', 'protocols', 'all')}\n{self._file(name, 'log').read_text()}"
            for name in self.routers
        )
