"""Three network namespaces: a LAN host, a router with two userspace WireGuard tunnels, and the world behind it.

They are made once; each configuration only changes the router's rules, routes and peers. Every address lives inside the
namespaces.
"""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from packets import kernel

LAN, WAN, WORLD = "192.168.88.1/24", "203.0.113.2/24", "203.0.113.1"
HOST = "192.168.88.10"
SERVERS = ("198.18.0.10", "198.18.0.20", "172.16.50.9", "10.20.0.7")
SERVED = (53, 8080, 8729, 9999)
TUNNELS = {"wg0": ("10.8.0.2/32", "10.8.1.1", 51820), "wg1": ("10.20.0.2/24", "10.20.0.1", 51821)}
TOOLS = ("ip", "nft", "ping", "wg", "wireguard-go")
AGENT = pathlib.Path(__file__).with_name("agent.py")


def lacking():
    """What this machine hasn't got that the lab needs."""
    found = [f"{tool} isn't installed" for tool in TOOLS if shutil.which(tool) is None]
    if os.geteuid() != 0:
        found.append("it takes root")
    if not pathlib.Path("/dev/net/tun").exists():
        found.append("there is no /dev/net/tun")
    return ", ".join(found)


def run(*words, text=None, check=True):
    done = subprocess.run([str(word) for word in words], input=text, text=True, capture_output=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip()}\n{text or ''}")
    return done.stdout


class Lab:
    """The namespaces, with a process in each that sends and listens."""

    def __init__(self):
        number = os.getpid() % 10000
        self.spaces = {name: f"wt{number}{name}" for name in ("lan", "rt", "world")}
        # The directory of WireGuard's sockets is one for all namespaces, so names must be unique on the machine.
        self.devices = {"bridge": "bridge", "ether1": "ether1"} | {name: f"wt{number}r{name[-1]}" for name in TUNNELS}
        self.far = {name: f"wt{number}f{name[-1]}" for name in TUNNELS}
        self.processes = []
        self.agents = {}
        self.keys = {}

    def __enter__(self):
        try:
            self._up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *problem):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(5)
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
        for space in self.spaces.values():
            run("ip", "netns", "del", space, check=False)

    def ip(self, space, *words, **options):
        return run("ip", "-n", self.spaces[space], *words, **options)

    def inside(self, space, *words, **options):
        return run("ip", "netns", "exec", self.spaces[space], *words, **options)

    def _start(self, space, *words, **options):
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.spaces[space], *words], text=True, stderr=subprocess.DEVNULL, **options
        )
        self.processes.append(process)
        return process

    def _up(self):
        for name, space in self.spaces.items():
            run("ip", "netns", "add", space)
            self.ip(name, "link", "set", "lo", "up")
            settings = ["rp_filter=0", "send_redirects=0", "accept_redirects=0"]
            words = [f"net.ipv4.conf.{which}.{one}" for which in ("all", "default") for one in settings]
            self.inside(name, "sysctl", "-qw", f"net.ipv4.ip_forward={int(name == 'rt')}", *words)
        self._wire(("rt", "bridge", LAN), ("lan", "eth0", f"{HOST}/24"))
        self._wire(("rt", "ether1", WAN), ("world", "torouter", f"{WORLD}/24"))
        self.ip("lan", "route", "add", "default", "via", LAN.partition("/")[0])
        self.ip("world", "route", "add", "192.168.88.0/24", "via", WAN.partition("/")[0])
        for server in SERVERS:
            self.ip("world", "addr", "add", f"{server}/32", "dev", "lo")
        for name, (own, far, port) in TUNNELS.items():
            self._tunnel(name, own, far, port)
        self.ip("rt", "rule", "del", "pref", "0", check=False)
        self.ip("rt", "rule", "add", "pref", "20", "lookup", "local", check=False)
        listens = {"lan": ["sniff"], "world": ["sniff"], "rt": [str(port) for port in SERVED]}
        for name, what in listens.items():
            agent = self._start(name, sys.executable, str(AGENT), *what, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert agent.stdout.readline() == "ready\n"
            self.agents[name] = agent

    def _wire(self, one, other):
        far = ("peer", "name", other[1], "netns", self.spaces[other[0]])
        self.ip(one[0], "link", "add", one[1], "type", "veth", *far)
        for space, device, address in (one, other):
            self.ip(space, "addr", "add", address, "dev", device)
            self.ip(space, "link", "set", device, "up")

    def _tunnel(self, name, own, far, port):
        devices = {"rt": self.devices[name], "world": self.far[name]}
        for space, device in devices.items():
            secret = run("wg", "genkey").strip()
            self.keys[space, name] = run("wg", "pubkey", text=secret).strip()
            self._start(space, "wireguard-go", "-f", device, stdout=subprocess.DEVNULL)
            end = time.monotonic() + 10
            while not pathlib.Path(f"/var/run/wireguard/{device}.sock").exists():
                assert time.monotonic() < end, f"wireguard-go did not open {device}"
                time.sleep(0.02)
            run("wg", "set", device, "private-key", "/dev/stdin", "listen-port", port, text=secret)
        run(
            *("wg", "set", devices["world"], "peer", self.keys["rt", name], "allowed-ips", "0.0.0.0/0"),
            *("endpoint", f"{WAN.partition('/')[0]}:{port}"),
        )
        if own.endswith("/32"):
            self.ip("rt", "addr", "add", own, "peer", far, "dev", devices["rt"])
        else:
            self.ip("rt", "addr", "add", own, "dev", devices["rt"])
        self.ip("world", "addr", "add", f"{far}/32", "dev", devices["world"])
        for space, device in devices.items():
            self.ip(space, "link", "set", device, "up")

    def greet(self):
        """Both tunnels' handshakes, before any rule is in their way."""
        end = time.monotonic() + 20
        for name, (_, far, _) in TUNNELS.items():
            self.inside("rt", "ping", "-c1", "-W1", far, check=False)
            while run("wg", "show", self.devices[name], "latest-handshakes").split()[-1] == "0":
                assert time.monotonic() < end, f"no handshake on {name}"
                time.sleep(0.05)

    def configure(self, rows, members):
        """Makes the router what its rows say."""
        self.inside("rt", "nft", "-f", "-", text=kernel.ruleset(rows, self.devices, members))
        lines = [f"rule del pref {line.partition(':')[0]}" for line in self._numbers()]
        lines += [f"route flush table {kernel.MARKS[table]}" for table in kernel.TABLES]
        run("ip", "-n", self.spaces["rt"], "-force", "-batch", "-", text="\n".join(lines) + "\n", check=False)
        for line in self.ip("rt", "route", "show", "table", "main").splitlines():
            if "proto kernel" not in line:
                words = line.replace(" linkdown", "").split()
                self.ip("rt", "route", "del", *words, check=False)
        new = [f"rule add {words}" for words in kernel.rules(rows, self.devices)]
        new += [f"route add {words}" for words in kernel.routes(rows, self.devices)]
        run("ip", "-n", self.spaces["rt"], "-batch", "-", text="\n".join(new) + "\n")
        for name, (_, _, port) in TUNNELS.items():
            held = [row["allowed-address"] for row in rows["/interface/wireguard/peers"] if row["interface"] == name]
            run(
                *("wg", "set", self.devices[name], "peer", self.keys["world", name]),
                *("allowed-ips", ",".join(held), "endpoint", f"{WORLD}:{port}"),
            )

    def _numbers(self):
        return [line for line in self.ip("rt", "rule", "show").splitlines() if int(line.partition(":")[0]) < 32766]

    def ask(self, space, **asked):
        agent = self.agents[space]
        agent.stdin.write(json.dumps(asked) + "\n")
        agent.stdin.flush()
        return json.loads(agent.stdout.readline())

    def probe(self, probes, patience=0.15):
        """Sends probes from where each comes, and tells of each where it was seen, and from whom."""
        names = {"eth0": "bridge", "torouter": "ether1", "here": "router"}
        names |= {device: name for name, device in self.far.items()}
        for space in self.agents:
            self.ask(space)
        told = [
            *self.ask("lan", send=[one for one in probes if one["space"] == "lan"]),
            *self.ask("world", send=[one for one in probes if one["space"] == "world"]),
        ]
        time.sleep(patience)
        told += [one for space in self.agents for one in self.ask(space)]
        return {name: (names[where], source) for where, source, name in told}
