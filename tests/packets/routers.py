"""Random routers and random packets, each from its own seed."""

from packets.lab import HOST, LAN, SERVED, TUNNELS, WAN, WORLD

MEMBERS = {"WAN": ["ether1"], "LAN": ["bridge"], "VPN": ["wg0", "wg1"]}
BASE = {
    "/interface": [{"name": "ether1", "type": "ether"}, {"name": "bridge", "type": "bridge"}],
    "/interface/wireguard": [{"name": name, "listen-port": str(port)} for name, (_, _, port) in TUNNELS.items()],
    "/interface/list": [{"name": name} for name in MEMBERS],
    "/interface/list/member": [{"list": name, "interface": one} for name, some in MEMBERS.items() for one in some],
    "/ip/address": [
        {"address": LAN, "interface": "bridge"},
        {"address": WAN, "interface": "ether1"},
        {"address": "10.8.0.2/32", "network": "10.8.1.1", "interface": "wg0"},
        {"address": "10.20.0.2/24", "interface": "wg1"},
    ],
    "/routing/table": [{"name": "vpn", "fib": ""}, {"name": "alt", "fib": ""}],
}
OUTER = {"in-interface": "ether1", "protocol": "udp", "src-port": "51820,51821", "action": "accept"}
"""The first rule everywhere, since the tunnels' own packets are nobody's probes."""

OPEN = {
    **BASE,
    "/interface/wireguard/peers": [{"interface": name, "allowed-address": "0.0.0.0/0"} for name in TUNNELS],
}
PLACES = ("198.18.0.10", "198.18.0.20", "172.16.50.9", "10.20.0.7")
PREFIXES = (
    *("0.0.0.0/0", "198.18.0.0/16", "198.18.0.20", "198.18.0.0/28", "172.16.50.0/24", "172.16.0.0/12"),
    *("10.20.0.0/24", "10.0.0.0/8", "192.168.88.0/24", "192.168.88.1", "203.0.113.2"),
)
ENTERS = ("bridge", "ether1", "wg0", "wg1")


def maybe(chance, row, name, *values, often=0.4, negated=0.3):
    if chance.random() < often:
        row[name] = "!" * (chance.random() < negated) + chance.choice(values)


def rule(chance, menu, chain, action):
    row = {"chain": chain, "action": action}
    maybe(chance, row, "src-address", *PREFIXES[1:], often=0.2)
    maybe(chance, row, "dst-address", *PREFIXES[1:], often=0.3)
    maybe(chance, row, "dst-address-list", "one", "two", often=0.25, negated=0.5)
    maybe(chance, row, "dst-address-type", "local", often=0.2, negated=0.6)
    maybe(chance, row, "connection-nat-state", "dstnat", often=0.2, negated=0.6)
    if chain != "srcnat":
        maybe(chance, row, "in-interface", *ENTERS, often=0.3)
        maybe(chance, row, "in-interface-list", *MEMBERS, often=0.2)
    if chain in ("forward", "srcnat"):
        maybe(chance, row, "out-interface", *ENTERS, often=0.3)
        maybe(chance, row, "out-interface-list", *MEMBERS, often=0.2)
    if menu != "nat":
        maybe(chance, row, "connection-state", "new", "established,related", often=0.2, negated=0)
    if chance.random() < 0.3:
        row["protocol"] = "udp"
        maybe(chance, row, "dst-port", "53", "8080,9999", "8000-9000", often=0.7)
    return row


def configuration(chance):
    """A small router that nobody would build, so that rules meet in ways that nobody thought of."""
    lists = [{"list": "one", "address": "192.168.88.0/24"}, {"list": "two", "address": "198.18.0.20"}]
    lists += [{"list": chance.choice(("one", "two")), "address": chance.choice(PREFIXES[1:])} for _ in range(3)]
    return {
        **BASE,
        "/interface/wireguard/peers": list(peers(chance)),
        "/ip/firewall/address-list": lists,
        "/ip/firewall/mangle": [{"chain": "prerouting", **OUTER}, *(mark(chance) for _ in range(chance.randrange(4)))],
        "/ip/firewall/nat": [{"chain": "dstnat", **OUTER}, *translations(chance)],
        "/ip/firewall/filter": [{"chain": "input", **OUTER}, *(judge(chance) for _ in range(chance.randrange(6)))],
        "/ip/route": list(routes(chance)),
        "/routing/rule": [choice(chance) for _ in range(chance.randrange(3))],
    }


def mark(chance):
    row = rule(chance, "mangle", "prerouting", chance.choice(("mark-routing", "mark-routing", "mark-connection")))
    if row["action"] == "mark-routing":
        row["new-routing-mark"] = chance.choice(("vpn", "alt"))
        maybe(chance, row, "connection-mark", "seen", "no-mark")
    else:
        row["new-connection-mark"] = "seen"
    maybe(chance, row, "passthrough", "false", "true", negated=0)
    return row


def translations(chance):
    for _ in range(chance.randrange(3)):
        yield rule(chance, "nat", "srcnat", "masquerade")
    if chance.random() < 0.5:
        to = {"to-addresses": chance.choice((*PLACES, HOST)), "protocol": "udp"}
        row = rule(chance, "nat", "dstnat", "dst-nat") | to
        maybe(chance, row, "to-ports", "9999", "8080", negated=0)
        yield row


def judge(chance):
    chain = chance.choice(("forward", "forward", "input", "own"))
    actions = ("accept", "drop", "return", *(("jump",) if chain == "forward" else ()))
    row = rule(chance, "filter", chain, chance.choice(actions))
    return row | {"jump-target": "own"} if row["action"] == "jump" else row


def routes(chance):
    if chance.random() < 0.8:
        yield {"dst-address": "0.0.0.0/0", "gateway": WORLD}
    if chance.random() < 0.7:
        yield {"dst-address": "172.16.50.0/24", "gateway": "wg1"}
    for table in ("vpn", "alt"):
        for distance in range(1, chance.randrange(1, 4)):
            way = chance.choice(({"gateway": "10.8.1.1"}, {"gateway": "wg1"}, {"gateway": "wg0"}, {"blackhole": ""}))
            to = chance.choice(("0.0.0.0/0", "198.18.0.0/16", "172.16.0.0/12"))
            yield {"dst-address": to, "routing-table": table, "distance": str(distance), **way}


def choice(chance):
    """A routing rule, always with a matcher that the tunnels' own packets don't have."""
    row = {"action": chance.choice(("lookup", "lookup-only-in-table", "drop"))}
    if row["action"] != "drop":
        row["table"] = chance.choice(("vpn", "alt", "main"))
        maybe(chance, row, "min-prefix", "0", "16", negated=0, often=0.3)
    kinds = ("src-address", "192.168.88.0/24"), ("interface", chance.choice(ENTERS)), ("routing-mark", "vpn")
    name, text = chance.choice(kinds)
    row[name] = text
    maybe(chance, row, "dst-address", *(one for one in PREFIXES[1:] if "/" in one), negated=0, often=0.3)
    return row


def peers(chance):
    for name, (_, _, port) in TUNNELS.items():
        held = sorted({chance.choice(("0.0.0.0/0", *PREFIXES[:8])) for _ in range(3)})
        far = {"endpoint-address": WORLD, "endpoint-port": str(port)}
        yield {"interface": name, "comment": name, "allowed-address": ",".join(held), **far}


def probes(chance, number):
    found = []
    for at in range(14):
        enters = chance.choice(("bridge", "bridge", "bridge", "ether1", "wg0", "wg1"))
        src = HOST if enters == "bridge" else chance.choice(PLACES)
        there = (*PLACES, "203.0.113.1", "192.168.88.1", "203.0.113.2", "10.20.0.2", "10.8.0.2")
        dst = chance.choice(
            there if enters == "bridge" else ("192.168.88.10", "203.0.113.2", "192.168.88.1", "10.20.0.2")
        )
        found.append(
            {
                "id": f"{number}.{at}",
                "space": "lan" if enters == "bridge" else "world",
                "enters": enters,
                "src": src,
                "dst": dst,
                "src_port": 20000 + (number * 14 + at) % 40000,
                "port": chance.choice(SERVED),
            }
        )
    return found
