"""Random routers and random packets, each from its own seed: rules meet in ways that nobody thought of."""

from packets.network import host

MEMBERS = {"WAN": ["ether1"], "LAN": ["bridge"], "VPN": ["wg0", "wg1"]}
HOST = "192.168.88.10"
WORLD = "203.0.113.1"
POOL = (
    *("198.18.0.10", "198.18.0.20", "198.18.0.30", "198.18.0.40"),
    *("172.16.50.9", "172.16.60.9", "10.20.0.7", "10.30.0.7"),
)
"""Servers' addresses: each far end has all but two of them, so that there is something to be asked by each."""
FAR = ("inet", "c", "d", "a")
ENTERS = ("bridge", "ether1", "wg0", "wg1")
SERVED = (53, 8080, 8729, 9999)
CLOSED = 7777
"""A port at which nobody answers, but for the kernel with an error."""
PREFIXES = (
    *("0.0.0.0/0", "198.18.0.0/16", "198.18.0.20", "198.18.0.0/27", "172.16.50.0/24", "172.16.0.0/12"),
    *("10.20.0.0/24", "10.0.0.0/8", "192.168.88.0/24", "192.168.88.1", "203.0.113.2", "198.18.0.16-198.18.0.35"),
)
BASE = {
    "/interface": [{"name": "ether1", "type": "ether"}, {"name": "bridge", "type": "bridge"}],
    "/interface/wireguard": [{"name": "wg0", "listen-port": "51820"}, {"name": "wg1", "listen-port": "51821"}],
    "/interface/list": [{"name": name} for name in MEMBERS],
    "/interface/list/member": [{"list": name, "interface": one} for name, some in MEMBERS.items() for one in some],
    "/ip/address": [
        {"address": "192.168.88.1/24", "interface": "bridge"},
        {"address": "203.0.113.2/24", "interface": "ether1"},
        {"address": "10.8.0.2/32", "network": "10.8.1.1", "interface": "wg0"},
        {"address": "10.20.0.2/24", "interface": "wg1"},
    ],
    "/routing/table": [{"name": "vpn", "fib": ""}, {"name": "alt", "fib": ""}],
}
PEERS = {"c 0": "wg0", "d 0": "wg1", "a 0": "wg1"}


def owned(space):
    """The servers' addresses that a far end has."""
    at = FAR.index(space)
    return [address for number, address in enumerate(POOL) if number % len(FAR) != at]


def internet(gateway="203.0.113.2", addresses=()):
    """The rows of what lies between, with a default route to the router, so that whatever it leaks is answered."""
    links = {"rt": "203.0.113.1/24", "nat": "198.51.100.1/24", "c": "198.19.1.1/24", "d": "198.19.2.1/24"}
    return {
        "/interface": [{"name": name, "type": "ether"} for name in links] + [{"name": "lo", "type": "loopback"}],
        "/ip/address": [{"address": address, "interface": name} for name, address in links.items()]
        + [{"address": f"{address}/32", "interface": "lo"} for address in addresses],
        "/ip/route": [{"dst-address": "192.0.2.0/24", "gateway": "198.51.100.2"}]
        + ([{"dst-address": "0.0.0.0/0", "gateway": gateway}] if gateway else []),
    }


def carrier():
    """The rows of the CGNAT that a and b are behind, each with an address of its own outside."""
    outside = {"a": ("100.64.1", "198.51.100.2"), "b": ("100.64.2", "192.0.2.2")}
    return {
        "/interface": [{"name": name, "type": "ether"} for name in ("ether1", *outside)],
        "/ip/address": [
            {"address": "198.51.100.2/24", "interface": "ether1"},
            {"address": "192.0.2.2/32", "interface": "ether1"},
            *({"address": f"{inside}.1/24", "interface": name} for name, (inside, _) in outside.items()),
        ],
        "/ip/route": [{"dst-address": "0.0.0.0/0", "gateway": "198.51.100.1"}],
        "/ip/firewall/nat": [
            {
                "chain": "srcnat",
                "out-interface": "ether1",
                "src-address": f"{inside}.0/24",
                "action": "src-nat",
                "to-addresses": address,
            }
            for inside, address in outside.values()
        ],
    }


UPLINKS = {
    "a": ("100.64.1.2/24", "100.64.1.1"),
    "b": ("100.64.2.2/24", "100.64.2.1"),
    "c": ("198.19.1.2/24", "198.19.1.1"),
    "d": ("198.19.2.2/24", "198.19.2.1"),
}


def far_end(space, address, tunnel=0, *, addresses=()):
    """The rows of a far end that sends everything into its tunnel to the router."""
    uplink, gateway = UPLINKS[space]
    return {
        "/interface": [{"name": "ether1", "type": "ether"}, {"name": "lo", "type": "loopback"}],
        "/interface/wireguard": [{"name": "wg", "listen-port": "51820"}],
        "/interface/wireguard/peers": [
            {
                "interface": "wg",
                "public-key": f"rt {tunnel}",
                "allowed-address": "0.0.0.0/0",
                "endpoint-address": "203.0.113.2",
                "endpoint-port": str(51820 + tunnel),
                "persistent-keepalive": "25s",
            }
        ],
        "/ip/address": [
            {"address": uplink, "interface": "ether1"},
            {"address": address, "interface": "wg"},
            *({"address": f"{one}/32", "interface": "lo"} for one in addresses),
        ],
        "/ip/route": [
            {"dst-address": "0.0.0.0/0", "gateway": "wg"},
            {"dst-address": "203.0.113.2/32", "gateway": gateway},
        ],
        "/ip/settings": [{"ip-forward": "false"}],
    }


AROUND = {
    "lan": host(f"{HOST}/24", "192.168.88.1"),
    "inet": internet(addresses=owned("inet")),
    "nat": carrier(),
    "c": far_end("c", "10.8.1.1/32", addresses=owned("c")),
    "d": far_end("d", "10.20.0.1/24", 1, addresses=owned("d")),
    "a": far_end("a", "10.20.0.3/24", 1, addresses=owned("a")),
}
"""What is around each random router."""


def maybe(chance, row, name, *values, often=0.4, negated=0.3):
    if chance.random() < often:
        row[name] = "!" * (chance.random() < negated) + chance.choice(values)


def rule(chance, menu, chain, action):
    row = {"chain": chain, "action": action}
    narrow = chance.choice((0.1, 0.4, 1))  # a rule with many matchers hardly ever matches
    maybe(chance, row, "src-address", *PREFIXES[1:], often=0.2 * narrow)
    maybe(chance, row, "dst-address", *PREFIXES[1:], often=0.3 * narrow)
    maybe(chance, row, "src-address-list", "one", "two", often=0.1 * narrow, negated=0.5)
    maybe(chance, row, "dst-address-list", "one", "two", often=0.2 * narrow, negated=0.5)
    maybe(chance, row, "dst-address-type", "local", often=0.2 * narrow, negated=0.6)
    maybe(chance, row, "src-address-type", "local", often=0.08 * narrow, negated=0.5)
    if menu != "raw":
        maybe(
            chance, row, "connection-nat-state", "dstnat", "srcnat", "dstnat,srcnat", often=0.15 * narrow, negated=0.6
        )
    if chain in ("prerouting", "input", "forward", "dstnat", "own"):
        maybe(chance, row, "in-interface", *ENTERS, often=0.25 * narrow, negated=0.3)
        maybe(chance, row, "in-interface-list", *MEMBERS, often=0.15 * narrow)
    if chain in ("forward", "srcnat", "postrouting", "output"):
        maybe(chance, row, "out-interface", *ENTERS, often=0.25 * narrow)
        maybe(chance, row, "out-interface-list", *MEMBERS, often=0.15 * narrow)
    if menu not in ("nat", "raw"):
        maybe(chance, row, "connection-state", "new", "established,related", "untracked", often=0.2 * narrow, negated=0)
        maybe(chance, row, "connection-mark", "seen", "no-mark", often=0.1 * narrow)
        maybe(chance, row, "packet-mark", "red", "no-mark", often=0.1 * narrow)
        if chain != "prerouting":
            maybe(chance, row, "routing-mark", "vpn", "alt", often=0.1 * narrow)
    if chance.random() < 0.4 * narrow:
        row["protocol"] = chance.choice(("udp", "tcp", "icmp"))
        if row["protocol"] == "icmp":
            maybe(chance, row, "icmp-options", "8:0", "0:0-255", often=0.4 * narrow, negated=0)
        else:
            maybe(chance, row, "dst-port", "53", "8080,9999", "8000-9000", often=0.5 * narrow)
            maybe(chance, row, "src-port", "53", "8080,9999", "8000-9000", often=0.1 * narrow)
        if row["protocol"] == "tcp":
            maybe(chance, row, "tcp-flags", "syn", "syn,!ack", "syn,ack", "!syn", often=0.3 * narrow, negated=0)
    return row


def some(chance, most):
    return range(chance.randrange(most))


IDIOMS = {
    "/ip/firewall/mangle": (
        (
            {"chain": "prerouting", "in-interface": "@", "connection-state": "new", "action": "mark-connection"},
            {"chain": "prerouting", "in-interface": "!@", "connection-mark": "seen", "action": "mark-routing"},
        ),
        (
            {"chain": "prerouting", "in-interface": "@", "connection-mark": "no-mark", "action": "mark-connection"},
            {"chain": "output", "connection-mark": "seen", "action": "mark-routing"},
        ),
        (
            {"chain": "prerouting", "in-interface": "@", "connection-nat-state": "!dstnat", "action": "mark-routing"},
            {"chain": "prerouting", "connection-nat-state": "srcnat", "action": "mark-routing"},
        ),
        (
            {"chain": "prerouting", "in-interface": "@", "action": "mark-routing", "passthrough": "false"},
            {"chain": "prerouting", "action": "mark-routing", "dst-address-type": "!local"},
        ),
    ),
    "/ip/firewall/filter": (
        (
            {"chain": "forward", "connection-state": "established,related,untracked", "action": "accept"},
            {"chain": "forward", "connection-state": "invalid", "action": "drop"},
            {"chain": "forward", "connection-nat-state": "!dstnat", "in-interface": "@", "action": "drop"},
        ),
        ({"chain": "forward", "connection-state": "established", "in-interface": "@", "action": "reject"},),
        ({"chain": "input", "connection-state": "new", "in-interface": "@", "action": "drop"},),
    ),
    "/routing/rule": (
        (
            {"src-address": "192.168.88.0/24", "action": "lookup", "table": "main", "min-prefix": "0"},
            {"src-address": "192.168.88.0/24", "action": "lookup-only-in-table", "table": "vpn"},
        ),
    ),
}
"""What people do write, with `@` for an interface."""


def idiom(chance, menu):
    """Some of it, or nothing."""
    interface = chance.choice(ENTERS)
    for row in chance.choice((*IDIOMS[menu], ())):
        made = {name: text.replace("@", interface) for name, text in row.items()}
        if row["action"] == "mark-routing":
            made["new-routing-mark"] = chance.choice(("vpn", "alt"))
        elif row["action"] == "mark-connection":
            made["new-connection-mark"] = "seen"
        yield made


def configuration(chance):
    """The rows of a small router."""
    lists = [{"list": "one", "address": "192.168.88.0/24"}, {"list": "two", "address": "198.18.0.20"}]
    lists += [{"list": chance.choice(("one", "two")), "address": chance.choice(PREFIXES[1:])} for _ in range(3)]
    return {
        **BASE,
        "/interface/wireguard/peers": list(peers(chance)),
        "/ip/firewall/address-list": lists,
        "/ip/firewall/raw": [raw(chance) for _ in some(chance, 3)],
        "/ip/firewall/mangle": [*idiom(chance, "/ip/firewall/mangle"), *(mark(chance) for _ in some(chance, 6))],
        "/ip/firewall/nat": list(translations(chance)),
        "/ip/firewall/filter": [*idiom(chance, "/ip/firewall/filter"), *(judge(chance) for _ in some(chance, 6))],
        "/ip/route": list(routes(chance)),
        "/routing/rule": [*idiom(chance, "/routing/rule"), *(choice(chance) for _ in some(chance, 3))],
    }


def raw(chance):
    row = rule(chance, "raw", chance.choice(("prerouting", "output")), chance.choice(("notrack", "drop", "accept")))
    # One that drops or untracks everything leaves nothing to be seen.
    return row if len(row) > 3 else {**row, "protocol": "udp", "dst-port": "53"}


def mark(chance):
    chain = chance.choice((*("prerouting",) * 5, "output", "output", "forward", "marks"))
    actions = (*("mark-routing",) * 5, "mark-connection", "mark-packet", "accept", "return", "jump")
    row = rule(chance, "mangle", chain, chance.choice(actions))
    if row["action"] == "mark-routing" and chain == "forward":
        row["action"] = "mark-packet"  # too late there to route by
    if row["action"] == "mark-routing":
        row["new-routing-mark"] = chance.choice(("vpn", "alt"))
    elif row["action"] == "mark-connection":
        row["new-connection-mark"] = "seen"
    elif row["action"] == "mark-packet":
        row["new-packet-mark"] = chance.choice(("red", "blue"))
    elif row["action"] == "jump":
        row |= {"jump-target": "marks"} if chain != "marks" else {"action": "return"}
    if row["action"].startswith("mark-"):
        maybe(chance, row, "passthrough", "false", "true", negated=0)
    return row


def translations(chance):
    for _ in some(chance, 3):
        row = rule(chance, "nat", "srcnat", chance.choice(("masquerade", "masquerade", "src-nat", "accept")))
        if row["action"] == "src-nat":
            row["to-addresses"] = chance.choice(("203.0.113.2", "10.20.0.2"))
        yield row
    for _ in some(chance, 3):
        chain = chance.choice(("dstnat", "dstnat", "output"))
        row = rule(chance, "nat", chain, chance.choice(("dst-nat", "dst-nat", "redirect", "accept")))
        if row["action"] == "redirect" and chain == "output":
            row["action"] = "dst-nat"
        if row["action"] == "dst-nat":
            row["to-addresses"] = chance.choice((*POOL, HOST) if chain == "dstnat" else POOL)
        if row["action"] != "accept" and row.get("protocol") in ("tcp", "udp"):
            maybe(chance, row, "to-ports", "9999", "8080", negated=0)
        yield row


def judge(chance):
    chain = chance.choice(("forward", "forward", "forward", "input", "output", "own"))
    actions = ("accept", "drop", "reject", "return", *(("jump",) if chain == "forward" else ()))
    row = rule(chance, "filter", chain, chance.choice(actions))
    if len(row) < 4 and row["action"] in ("drop", "reject"):
        row["dst-address"] = chance.choice(PREFIXES[1:])
    return row | {"jump-target": "own"} if row["action"] == "jump" else row


def routes(chance):
    if chance.random() < 0.8:
        yield {"dst-address": "0.0.0.0/0", "gateway": WORLD}
    if chance.random() < 0.7:
        yield {"dst-address": "172.16.50.0/24", "gateway": "wg1"}
    for table in ("vpn", "alt"):
        for distance in range(1, chance.choice((1, 2, 2, 3, 4))):
            way = chance.choice(({"gateway": "10.8.1.1"}, {"gateway": "wg1"}, {"gateway": "wg0"}, {"blackhole": ""}))
            to = chance.choice(("0.0.0.0/0", "0.0.0.0/0", "198.18.0.0/16", "172.16.0.0/12"))
            yield {"dst-address": to, "routing-table": table, "distance": str(distance), **way}


def choice(chance):
    """A routing rule."""
    row = {"action": chance.choice(("lookup", "lookup-only-in-table", "drop", "unreachable"))}
    if row["action"].startswith("lookup"):
        row["table"] = chance.choice(("vpn", "alt", "main"))
        maybe(chance, row, "min-prefix", "0", "16", negated=0, often=0.3)
    kinds = ("src-address", "192.168.88.0/24"), ("interface", chance.choice(ENTERS)), ("routing-mark", "vpn"), None
    if kind := chance.choice(kinds):
        row[kind[0]] = kind[1]
    to = [one for one in PREFIXES[1:] if "/" in one]
    maybe(chance, row, "dst-address", *to, negated=0, often=0.3 if kind else 1)
    return row


def peers(chance):
    """What each peer may use; never the same on one interface, since only one peer would get it."""
    held = {}
    for key, name in PEERS.items():
        taken = held.setdefault(name, set())
        wanted = [chance.choice(("0.0.0.0/0", *PREFIXES[:8])) for _ in range(3)]
        own = sorted({one for one in wanted if one not in taken}) or ["10.99.99.0/24"]
        taken.update(own)
        yield {"interface": name, "comment": key, "public-key": key, "allowed-address": ",".join(own)}


OPEN = {
    **BASE,
    "/interface/wireguard/peers": [
        {"interface": name, "comment": key, "public-key": key, "allowed-address": allowed}
        for (key, name), allowed in zip(PEERS.items(), ("0.0.0.0/0", "0.0.0.0/0", "10.20.0.3/32"), strict=True)
    ],
}
"""A router that lets everything pass, for the tunnels' handshakes."""

SOURCES = {"lan": (HOST,), "c": ("10.8.1.1", *owned("c")), "d": ("10.20.0.1", *owned("d")), "a": owned("a")}
SOURCES |= {"inet": (WORLD, *owned("inet")), "rt": ("", "", "203.0.113.2", "192.168.88.1", "10.20.0.2")}
INSIDE = (HOST, "192.168.88.1", "203.0.113.2", "10.20.0.2", "10.8.0.2")


def probes(chance, number, count=16):
    """Random packets from everywhere."""
    found = []
    for at in range(count):
        space = chance.choice(("lan", "lan", "lan", "inet", "c", "d", "a", "rt"))
        here = SOURCES[space]
        # The far ends have a route to 203.0.113.2 beside the tunnel, and inet doesn't take its own addresses from them.
        beside = [one for one in INSIDE if one != "203.0.113.2"]
        near = {"lan": INSIDE[1:], "rt": (HOST,), "inet": INSIDE}.get(space, beside)
        there = [one for one in (*POOL, WORLD, *near, *near) if one not in here]
        found.append(
            {
                "id": 20000 + (number * count + at) % 15000,
                "space": space,
                "src": chance.choice(here),
                "dst": chance.choice(there),
                "protocol": chance.choice(("udp", "udp", "tcp", "tcp", "icmp")),
                "port": chance.choice(SERVED),
            }
        )
    for at, probe in enumerate(found):
        if probe["protocol"] == "udp" and (number + at) % 4 == 0:
            probe["port"] = CLOSED
    return found
