"""Ten network namespaces with a process in each, joined by wires and by userspace WireGuard: what packets really do.

They are made once, and each network of rows only changes their rules, routes, addresses and peers:

    lan -- bridge rt ether1 -- rt inet c -- c, d -- d              rt: the router in question, with up to three tunnels
                                   nat -- nat (CGNAT) -- a, b       c, d: far ends that can be called
                                               lana -- bridge a     a, b: far ends behind CGNAT; a has a LAN

Every address lives inside the namespaces. A wire carries whatever is sent into it: no ARP, both ends have one MAC.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from packets import kernel

LINKS = (
    ("rt", "bridge", "lan", "ether1"),
    ("rt", "vlan20", "lanb", "ether1"),
    ("rt", "ether2", "inet", "rt2"),
    ("rt", "pppoe-out1", "inet", "ppp"),
    ("rt", "ether1", "inet", "rt"),
    ("inet", "nat", "nat", "ether1"),
    ("inet", "c", "c", "ether1"),
    ("inet", "d", "d", "ether1"),
    ("nat", "a", "a", "ether1"),
    ("nat", "b", "b", "ether1"),
    ("a", "bridge", "lana", "ether1"),
)
TUNNELS = {"rt": 3, "a": 1, "b": 1, "c": 1, "d": 1}
"""How many WireGuard interfaces each may have."""
TOOLS = {"ip": "iproute2", "nft": "nftables", "wg": "wireguard-tools", "wireguard-go": "wireguard-go"}
BEHIND = ("a", "b")
"""Who can't be called."""
NEW = ("/interface", "/interface/wireguard", "/ip/address", "/ip/settings", "/ipv6/address", "/ipv6/settings")
"""What makes interfaces new when it changes."""
AGENT = pathlib.Path(__file__).with_name("agent.py")
APART = 250
"""The table of the tunnels' own packets where random rules must not end the tunnels."""
KINDS = ("probe", "answer", "later probe", "later answer", "error")
"""What may be seen of a probe."""
SIDE_BY_SIDE = 100
"""How many probes are on their way at once; the kernel's queues are not endless."""
INACTIVE = ("Network is down", "Device for nexthop is not up", "Nexthop device is not up")
"""What Linux says of a route that would be inactive in RouterOS (docs/facts/menus.md#iproute)."""


UNLIMITED = (
    "net.ipv4.icmp_ratelimit=0",
    "net.ipv6.icmp.ratelimit=0",
    "net.ipv4.icmp_msgs_per_sec=100000",
    "net.ipv4.icmp_msgs_burst=10000",
)
"""Every error is sent."""
SETTINGS6 = ("accept_ra=0", "accept_redirects=0", "accept_dad=0", "addr_gen_mode=1", "router_solicitations=0")


def lacking(tools=TOOLS):
    """What this machine hasn't got that the lab needs; tools by the package that has them."""
    found = [f"{tool} isn't installed (package {name})" for tool, name in tools.items() if shutil.which(tool) is None]
    if os.geteuid() != 0:
        found.append("it takes root")
    elif subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        found.append("root may not make network namespaces here")
    if not pathlib.Path("/proc/net/if_inet6").exists():
        found.append("the kernel has no IPv6")
    if not pathlib.Path("/dev/net/tun").exists():
        found.append("there is no /dev/net/tun")
    return ", ".join(found)


def run(*words, text=None, check=True):
    done = subprocess.run([str(word) for word in words], input=text, text=True, capture_output=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip()}\n{text or ''}")
    return done.stdout


def calls(rows):
    """Whether a namespace calls another by itself."""
    return any(row.get("endpoint-address") for row in rows.get("/interface/wireguard/peers", ()))


def down(rows):
    """Interfaces that are off or have no link."""
    return {
        row["name"]
        for path in ("/interface", "/interface/wireguard")
        for row in rows.get(path, ())
        if row.get("disabled") == "true" or row.get("running") == "false"
    }


def _removed(keys):
    return [word for key in keys for word in ("peer", key, "remove")]


class Lab:
    """The namespaces.

    Args:
        links: the wires; who stands at one has a namespace.
        tunnels: how many WireGuard interfaces each may have.
    """

    def __init__(self, links=LINKS, tunnels=None):
        number = os.getpid() % 10000
        self.links, self.tunnels = links, TUNNELS if tunnels is None else tunnels
        names = dict.fromkeys(space for link in links for space in link[::2])
        self.spaces = {name: f"wt{number}{name}" for name in names}
        # The directory of WireGuard's sockets is one for all namespaces, so names must be unique on the machine.
        self.pool = {space: [f"wt{number}{space}{at}" for at in range(count)] for space, count in self.tunnels.items()}
        self.rows = {}
        self.devices = {}
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
        versions = [word for word in words if word in ("-4", "-6")]
        return run("ip", *versions, "-n", self.spaces[space], *(one for one in words if one not in versions), **options)

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
            settings = ("rp_filter=0", "send_redirects=0", "accept_redirects=0")
            words = [f"net.ipv4.conf.{which}.{one}" for which in ("all", "default") for one in settings]
            # No router of the lab announces itself, and no interface gives itself an address.
            words += [f"net.ipv6.conf.{which}.{one}" for which in ("all", "default") for one in SETTINGS6]
            self.inside(name, "sysctl", "-eqw", "net.ipv4.tcp_synack_retries=0", *UNLIMITED, *words)
        for at, (one, name, other, far) in enumerate(self.links):
            self.ip(one, "link", "add", "name", name, "type", "veth", "peer", "name", far, "netns", self.spaces[other])
            for space, device in ((one, name), (other, far)):
                self.ip(space, "link", "set", "dev", device, "address", f"02:57:54:00:00:{at:02x}", "arp", "off", "up")
        for space, names in self.pool.items():
            for device in names:
                self._start(space, "wireguard-go", "-f", device, stdout=subprocess.DEVNULL)
        for name in self.spaces:
            self.agents[name] = self._start(
                name, sys.executable, str(AGENT), stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        for space, names in self.pool.items():
            for at, device in enumerate(names):
                self._tunnel(space, at, device)
        for agent in self.agents.values():
            assert agent.stdout.readline() == "ready\n"

    def _tunnel(self, space, at, device):
        end = time.monotonic() + 10
        while not pathlib.Path(f"/var/run/wireguard/{device}.sock").exists():
            assert time.monotonic() < end, f"wireguard-go did not open {device}"
            time.sleep(0.02)
        secret = run("wg", "genkey").strip()
        self.keys[f"{space} {at}"] = run("wg", "pubkey", text=secret).strip()
        run("wg", "set", device, "private-key", "/dev/stdin", text=secret)

    # --- what the namespaces are -------------------------------------------------------------------------------------

    def configure(self, network, *, spare=False):
        """Makes every namespace what its rows say.

        Args:
            network: rows by namespace; a peer's `public-key` is the far end, `a 0` the first WireGuard interface of a.
            spare: whether the router's rules leave the tunnels' own packets alone, as random ones must.
        """
        changed = {space for space in self.spaces if self.rows.get(space) != network.get(space, {})}
        fresh = {space for space in changed if self._differs(space, network.get(space, {}), NEW)}
        if fresh & self.tunnels.keys():
            # A session that only one end remembers would be called again after a while, and not at once.
            fresh |= self.tunnels.keys() & network.keys()
            changed |= fresh
        for space in changed:
            self._configure(space, network.get(space, {}), spare=spare and space == "rt", fresh=space in fresh)
        # As long as no tunnel calls anew, a CGNAT that stays keeps the way to who is behind it.
        for space in self.spaces if fresh else changed:
            self.ask(space, forget=True)
        # Who is called is ready before others call, or they would wait five seconds before they call again.
        for space in sorted(changed, key=lambda space: (calls(network.get(space, {})), space in BEHIND)):
            rows = network.get(space, {})
            if space in fresh or self._differs(space, rows, ("/interface/wireguard/peers",)):
                for row in rows.get("/interface/wireguard", ()):
                    self._peers(space, row, rows)
            self.rows[space] = rows

    def _differs(self, space, rows, paths):
        return space not in self.rows or any(self.rows[space].get(path) != rows.get(path) for path in paths)

    def _configure(self, space, rows, *, spare, fresh):
        devices = {name: name for link in self.links for at, name in (link[:2], link[2:]) if at == space}
        tunnels = [row["name"] for row in rows.get("/interface/wireguard", ())]
        devices |= {"lo": "lo"} | dict(zip(tunnels, self.pool.get(space, ()), strict=False))
        assert devices.keys() >= set(tunnels), f"{space} has fewer WireGuard interfaces than {tunnels}"
        self.devices[space] = devices
        self.inside(space, "nft", "-f", "-", text=kernel.ruleset(rows, devices, spare=spare))
        if fresh:
            self._address(space, rows, devices)
        self._route(space, rows, devices, spare=spare)

    def _address(self, space, rows, devices):
        forward = next((row.get("ip-forward") for row in rows.get("/ip/settings", ())), "true")
        forward6 = next((row.get("forward") for row in rows.get("/ipv6/settings", ())), "true")
        switches = (
            f"net.ipv4.ip_forward={int(forward != 'false')}",
            f"net.ipv6.conf.all.forwarding={int(forward6 != 'false')}",
        )
        self.inside(space, "sysctl", "-qw", *switches)
        off = down(rows)
        named = {device: name for name, device in devices.items()}
        # One that is down holds no port that another one may want, and one without peers no old session.
        self._batch(space, [f"link set dev {device} down" for device in self.pool.get(space, ())])
        for device in self.pool.get(space, ()):
            run("wg", "set", device, "listen-port", "0", *_removed(run("wg", "show", device, "peers").split()))
        lines = []
        for device in (*devices.values(), *self.pool.get(space, ())):
            on = device in named and named[device] not in off
            if device != "lo":
                lines += [f"addr flush dev {device}", f"link set dev {device} {'up' if on else 'down'}"]
            else:
                lines += ["addr flush dev lo", "addr add 127.0.0.1/8 dev lo"]
        lines += [f"addr add {words}" for words in kernel.addresses(rows, devices)]
        self._batch(space, lines)

    def _batch(self, space, lines, version=""):
        run("ip", *version.split(), "-n", self.spaces[space], "-batch", "-", text="\n".join(lines) + "\n")

    def _route(self, space, rows, devices, *, spare):
        for family in (kernel.FOUR, kernel.SIX):
            if family in kernel.families(rows) or family in kernel.families(self.rows.get(space, {})):
                self._route_of(family, space, rows, devices, spare=spare and family is kernel.FOUR)

    def _route_of(self, family, space, rows, devices, *, spare):
        version = f"-{family.version}"
        lines = [f"rule del pref {number}" for number in self._numbers(space, version)]
        lines += [f"rule add {words}" for words in kernel.rules(rows, devices, family)]
        if spare:
            lines.append(f"rule add pref 1 iif lo ipproto udp sport 51820-51829 lookup {APART}")
        used = re.findall(r"table (\d+)", self.ip(space, version, "route", "show", "table", "all"))
        lines += [f"route flush table {number}" for number in sorted(set(used))]
        lines += [f"route flush table main {kind}" for kind in ("proto boot", "proto static")]
        self._batch(space, lines, version)
        new = [f"route add {words}" for words in kernel.routes(rows, devices, family)]
        if spare:
            new.append(f"route add default via 203.0.113.1 table {APART}")
        done = subprocess.run(
            ["ip", version, "-n", self.spaces[space], "-force", "-batch", "-"],
            input="\n".join(new) + "\n",
            text=True,
            capture_output=True,
            check=False,
        )
        wrong = [line for line in done.stderr.splitlines() if not line.startswith("Command failed")]
        assert all(any(text in line for text in INACTIVE) for line in wrong), f"{wrong}\n{new}"

    def _numbers(self, space, version):
        return [line.partition(":")[0] for line in self.ip(space, version, "rule", "show").splitlines()]

    def _peers(self, space, interface, rows):
        device = self.devices[space][interface["name"]]
        told = [row for row in kernel.on(rows, "/interface/wireguard/peers") if row["interface"] == interface["name"]]
        words = ["listen-port", interface.get("listen-port", "0")]
        kept = [self.keys[row["public-key"]] for row in told]
        words += _removed(key for key in run("wg", "show", device, "peers").split() if key not in kept)
        for row in told:
            words += ["peer", self.keys[row["public-key"]], "allowed-ips", row["allowed-address"]]
            if host := row.get("current-endpoint-address") or row.get("endpoint-address"):
                words += ["endpoint", f"{host}:{row.get('endpoint-port', '51820')}"]
            if alive := row.get("persistent-keepalive"):
                words += ["persistent-keepalive", alive.removesuffix("s")]
        run("wg", "set", device, *words)

    def greet(self, network, *, patience=10.0):
        """Waits for every tunnel's handshake; tells those that didn't get one."""
        end = time.monotonic() + patience
        again = time.monotonic() + 0.5
        while True:
            missing = [one for one in self._peers_of(network) if not self._shaken(*one[:2])]
            if not missing or time.monotonic() > end:
                return [f"{space} to {row['public-key']}" for _, _, space, row, _ in missing]
            if time.monotonic() > again:
                again += 0.5
                for device, key, space, row, rows in missing:
                    # A call that comes before the other end is up would be repeated after five seconds.
                    if calls({"/interface/wireguard/peers": [row]}):
                        run("wg", "set", device, *_removed([key]))
                        tunnels = rows["/interface/wireguard"]
                        self._peers(space, next(one for one in tunnels if one["name"] == row["interface"]), rows)
            time.sleep(0.05)

    def _peers_of(self, network):
        for space, rows in network.items():
            for row in kernel.on(rows, "/interface/wireguard/peers"):
                there, _, at = row["public-key"].partition(" ")
                far = network[there]["/interface/wireguard"][int(at)]["name"]
                if row["interface"] not in down(rows) and far not in down(network[there]):
                    yield self.devices[space][row["interface"]], self.keys[row["public-key"]], space, row, rows

    def _shaken(self, device, key):
        told = dict(line.split() for line in run("wg", "show", device, "latest-handshakes").splitlines())
        return told.get(key, "0") != "0"

    def sent(self, space):
        """Bytes that a router has sent to each of its peers."""
        return {far: int(line[1]) for far, line in self._told(space, "transfer").items()}

    def held(self, space):
        """The allowed addresses that each peer of a router has."""
        return {far: " ".join(sorted(line)) for far, line in self._told(space, "allowed-ips").items()}

    def _told(self, space, what):
        names = {key: far for far, key in self.keys.items()}
        lines = [line.split() for line in run("wg", "show", self.devices[space]["wg1"], what).splitlines()]
        return {names[key]: told for key, *told in lines}

    # --- probes ------------------------------------------------------------------------------------------------------

    def ask(self, space, **asked):
        agent = self.agents[space]
        agent.stdin.write(json.dumps(asked) + "\n")
        agent.stdin.flush()
        return json.loads(agent.stdout.readline())

    def probe(self, probes, *, patience=0.06, judged=("rt",)):
        """Sends probes side by side, and a later packet of each; tells of each where it was seen, and its answer.

        Args:
            probes: each with `id`, `space` and what it is.
            patience: how long nothing more must come.
            judged: namespaces of which it counts, too, what gets through their input chains.
        """
        for space in self.agents:
            self.ask(space)
        for space in judged:
            self._forget_let_in(space)
        found = self._sent("send", probes, patience)
        for space in judged:
            found |= set(self._let_in(space, "probe"))
            self._forget_let_in(space)
        found |= self._sent("go on", probes, patience)
        for space in judged:
            found |= set(self._let_in(space, "later probe"))
        for space in self.agents:
            self.ask(space, stop=True)
        told = {one["id"]: {kind: set() for kind in KINDS} for one in probes}
        for kind, number, *sight in found:
            if number in told:
                told[number][kind].add(tuple(sight))
        return told

    def _sent(self, how, probes, patience):
        names = {space: {device: name for name, device in some.items()} for space, some in self.devices.items()}
        found = set()
        left = list(probes)
        last = time.monotonic()
        while left or time.monotonic() < last + patience:
            now, left = left[:SIDE_BY_SIDE], left[SIDE_BY_SIDE:]
            for space in self.agents:
                asked = {how: [one for one in now if one["space"] == space]}
                for device, kind, number, *rest in self.ask(space, **asked):
                    found.add((kind, number, space, names[space].get(device, device), *rest))
                    last = time.monotonic()
            time.sleep(0.015)
        return found

    def _forget_let_in(self, space):
        for family in kernel.families(self.rows[space]):
            for name in ("probes", "pings"):
                self.inside(space, "nft", "flush", "set", family.ip, "lab", name)

    def _let_in(self, space, kind):
        """Packets of probes that got to the router itself, behind all its rules."""
        text = "".join(
            self.inside(space, "nft", "-n", "list", "table", family.ip, "lab")
            for family in kernel.families(self.rows[space])
        )
        for _, source, destination, number, port in re.findall(
            r"(\d+|tcp|udp) \. ([\da-f.:]+) \. ([\da-f.:]+) \. (\d+) \. (\d+)", text
        ):
            yield kind, int(number), space, "input", source, destination, int(port)
        for source, destination, number in re.findall(
            r"(?:8|128|echo-request) \. ([\da-f.:]+) \. ([\da-f.:]+) \. (\d+)", text
        ):
            yield kind, int(number), space, "input", source, destination, 0
