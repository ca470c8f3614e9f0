"""The examples as networks: the rows that a deployment leaves on embedded routers, and far ends for their peers.

A peer that the router calls is a server on the internet, one that calls is a client behind CGNAT; a client is what the
example's own profile makes of it, read as wg-quick reads it. Endpoints' names are resolved and keys are the lab's; else
the rows are as the router prints them.
"""

import ipaddress
import json
import pathlib
import re

import yaml

from packets.network import Network, host
from packets.routers import CLOSED, UPLINKS, carrier, internet
from wiretik.engine.values import unwrap
from wiretik.testing import deployed
from wiretik_provider.trace import MENUS, MENUS6
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.router.derive import without
from wiretik_provider.trace.router.snapshot import NAMES

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
INTERNET = ("1.1.1.1", "9.9.9.9")
INTERNET6 = ("2606:4700:4700::1111", "2620:fe::9")
ROUTER = "203.0.113.2"
LAN6, WAN6, FAR6 = "fd88::", "fd03::", "fd89::"
"""Beginnings of the first router's IPv6 networks at home and outside, and of the second's at home; each router is 1 at
home, and 2 outside."""
SERVERS, CLIENTS = ("c", "d"), ("a", "b")
SECOND = "203.0.112.1/24"
"""The far end of a second line, by ether2; the router is 2 there."""
FACTORY = ("203.0.113.", "100.64.1.")
"""What its internet provider gives the second router instead, which is behind CGNAT."""


LINKED = ("/interface/vxlan", "/interface/vxlan/vteps", "/interface/bridge/filter")
"""What the tracer doesn't ask, and makes one LAN of two sites."""
OWN6 = (
    ("/ipv6/address", {"address": f"{LAN6}1/64", "interface": "bridge"}),
    ("/ipv6/address", {"address": f"{WAN6}2/64", "interface": "ether1"}),
    ("/ipv6/route", {"dst_address": "::/0", "gateway": f"{WAN6}1"}),
)
"""IPv6 as a provider gives it: whatever the example makes of it."""


def rows_of(example, silent=(), more_menus=(), **more):
    """By router the rows after `up`, and the stack's outputs as plain values.

    Args:
        example: its folder.
        silent: addresses that the first router, which checks them, finds silent.
        more_menus: what is read besides the tracer's menus.
        more: configuration of the stack besides what the lab's says.
    """
    settings = yaml.safe_load((EXAMPLES / example / "Pulumi.lab.yaml").read_text())["config"]
    names = settings.get("wiretik:routers")
    config = {key: text for key, text in settings.items() if not key.startswith("wiretik:")}
    config |= {f"{example}:{key}": text for key, text in more.items()}
    return rows_after(EXAMPLES / example, names, config, silent, more_menus)


def rows_after(what, names, config, silent=(), more_menus=()):
    """The same of any program: a project's directory, or a function.

    Args:
        what: the program.
        names: those of its routers, or nothing where it has one without a name.
        config: all of the stack's configuration.
        silent: addresses that the first router, which checks them, finds silent.
        more_menus: what is read besides the tracer's menus.
    """
    routers = dict.fromkeys(names, "defconf") if names else None
    with deployed(what, config=config, routers=routers) as site:
        for at, name in enumerate(list(site.routers)[1:], 89):  # each other site's LAN is another one
            bridge = next(row for row in site.routers[name].run("/ip/address/print") if row["interface"] == "bridge")
            site.routers[name].run("/ip/address/set", numbers=bridge[".id"], address=f"192.168.{at}.1/24")
            site.routers[name].run("/ipv6/address/add", address=f"fd{at}::1/64", interface="bridge")
        first = next(iter(site.routers.values()))
        for path, row in OWN6:
            first.run(f"{path}/add", **row)
        result = site.up()
        assert result.ok, result.errors
        first.router.silence(*silent)
        rows = {
            name: {
                path: lab.run(f"{path}/print")
                for path in (*MENUS, *MENUS6, *LINKED, *more_menus)
                if path in lab.router.menus
            }
            for name, lab in site.routers.items()
        }
    for menus in rows.values():  # nobody knows a name in the lab, so lists stay as they are
        menus.pop(NAMES, None)
        for family in (FOUR, SIX):
            kept = menus.get(family.lists, ())
            menus[family.lists] = [row for row in kept if family.span(row["address"]) is not None]
    return rows, {name: plain(value) for name, value in result.outputs.items()}


def plain(value):
    value = unwrap(value)
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def network(routers, outputs):
    """The network around an example's routers."""
    first, *others = routers.values()
    if others:
        return two_routers(on_the_wire(first), on_the_wire(json.loads(json.dumps(others[0]).replace(*FACTORY))))
    first = on_the_wire(first)
    rows = {"lan": lan(), "inet": outside(), "nat": carrier()}
    if any(row["interface"] == "ether2" for row in first["/ip/address"]):
        rows["inet"]["/interface"].append({"name": "rt2", "type": "ether"})
        rows["inet"]["/ip/address"].append({"address": SECOND, "interface": "rt2"})
        rows["inet"]["/ip/address"].append({"address": "9.9.9.10/32", "interface": "lo"})  # whom that line asks
    if any(row["name"] == VLAN for row in first["/interface"]):
        rows["lanb"] = guest()
    servers, clients, peers = iter(SERVERS), iter(CLIENTS), []
    tunnels = {row["name"]: at for at, row in enumerate(first["/interface/wireguard"])}
    # In an order that doesn't hang on which peer was made first: server1 is c, server2 d, the laptop a and the phone b.
    for row in sorted(first["/interface/wireguard/peers"], key=lambda row: (row["endpoint-address"], row["comment"])):
        at = tunnels[row["interface"]]
        own = next(one for one in first["/ip/address"] if one["interface"] == row["interface"])
        profiles = outputs.get(row["comment"].partition(" ")[0])
        space = next(servers if row["endpoint-address"] else clients)
        resolved = known(row, UPLINKS[space][0].partition("/")[0]) if row["endpoint-address"] else {}
        if profiles:
            widest = next(profiles[mode] for mode in ("exit", "full", "normal") if mode in profiles)
            rows |= client(space, widest, at, behind(row), everything6="::/0" in row["allowed-address"])
        elif resolved:
            rows[space] = server(space, row, own, at)
        else:
            rows[space] = caller(space, row, own, at, first["/interface/wireguard"][at]["listen-port"])
        peers.append({**row, **resolved, "public-key": f"{space} 0"})
    rows["rt"] = {**first, "/interface/wireguard/peers": peers}
    return Network(rows, ready=("rt",))


def lan():
    """A host of the first router's LAN."""
    found = host("192.168.88.10/24", "192.168.88.1")
    found["/ipv6/address"] = [{"address": f"{LAN6}10/64", "interface": "ether1"}]
    found["/ipv6/route"] = [{"dst-address": "::/0", "gateway": f"{LAN6}1"}]
    return found


VLAN, VLANS = "vlan20", ("guests",)
"""The lab's other LAN, and the interfaces of examples that it stands for; others of VLANs have no wire there."""
GUEST6 = "fd20::"


def on_the_wire(rows):
    """A router's rows whose VLANs are the lab's."""
    links = {row["name"] for row in rows["/interface"] if row["type"] == "vlan"}
    kept = {
        path: [row for row in some if not links - {*VLANS} & {row.get("interface"), row.get("name")}]
        for path, some in rows.items()
    }

    def named(text):
        return next((re.sub(f"^{one}$|(?<=%){one}\\b", VLAN, text) for one in VLANS if one in links), text)

    return {
        path: [{name: text if name == "comment" else named(text) for name, text in row.items()} for row in some]
        for path, some in kept.items()
    }


def guest():
    """A host of that LAN."""
    found = host("192.168.20.10/24", "192.168.20.1")
    found["/ipv6/address"] = [{"address": f"{GUEST6}10/64", "interface": "ether1"}]
    found["/ipv6/route"] = [{"dst-address": "::/0", "gateway": f"{GUEST6}1"}]
    return found


def outside():
    """The internet, with a way back to the LAN's IPv6, so that whatever leaks is answered."""
    found = internet("", INTERNET)
    found["/ipv6/address"] = [{"address": f"{WAN6}1/64", "interface": "rt"}]
    found["/ipv6/address"] += [{"address": f"{one}/128", "interface": "lo"} for one in INTERNET6]
    found["/ipv6/route"] = [{"dst-address": f"{one}/64", "gateway": f"{WAN6}2"} for one in (LAN6, GUEST6)]
    return found


def known(row, address):
    """What a router prints of an endpoint that it has resolved."""
    return {"current-endpoint-address": address, "current-endpoint-port": row["endpoint-port"]}


def prefixes(row, version=4):
    """What a peer is allowed of a family."""
    found = (ipaddress.ip_network(text) for text in row["allowed-address"].split(","))
    return [one for one in found if one.version == version]


def behind(row):
    """The LAN behind a peer that is a client."""
    return next((str(one) for one in prefixes(row) if 0 < one.prefixlen < 32), "")


def two_routers(berlin, lisbon):
    def joined(rows, far, address):
        peers = [
            {**row, **(known(row, address) if address else {}), "public-key": far}
            for row in rows["/interface/wireguard/peers"]
        ]
        return {**rows, "/interface/wireguard/peers": peers}

    there = host("192.168.89.10/24", "192.168.89.1")
    there["/ipv6/address"] = [{"address": f"{FAR6}10/64", "interface": "ether1"}]
    there["/ipv6/route"] = [{"dst-address": "::/0", "gateway": f"{FAR6}1"}]
    rows = {
        "lan": lan(),
        "lana": there,
        "inet": outside(),
        "nat": carrier(),
        "rt": joined(berlin, "a 0", ""),
        "a": joined(lisbon, "rt 0", ROUTER),
    }
    return Network(rows, ready=("rt", "a"))


def far_addresses(row, own):
    """Addresses that a peer has of what it is allowed; the first is its own in the tunnel."""
    network = ipaddress.ip_network(own["address"], strict=False)
    inside, others = [own["network"]] if network.prefixlen == 32 else [], []
    for prefix in prefixes(row):
        if prefix.prefixlen == 0:
            others += INTERNET
        elif prefix.subnet_of(network):
            inside.append(str(prefix[1] if prefix.num_addresses > 1 else prefix[0]))
        else:
            others.append(str(prefix[9]))
    return [*inside, *others] if inside else [str(network[9]), *others]


def uplink(space):
    address, gateway = UPLINKS[space]
    return {
        "/interface": [{"name": "ether1", "type": "ether"}, {"name": "lo", "type": "loopback"}],
        "/interface/wireguard": [{"name": "wg", "listen-port": "51820"}],
        "/ip/address": [{"address": address, "interface": "ether1"}],
        "/ip/route": [{"dst-address": f"{ROUTER}/32", "gateway": gateway}],
        "/ip/settings": [{"ip-forward": "false"}],
    }


EVERYTHING = "0.0.0.0/0,::/0"


def peer(at, allowed, **more):
    return {"interface": "wg", "public-key": f"rt {at}", "allowed-address": allowed, **more}


def server(space, row, own, at):
    """A server that has an address of everything its peer may ask it for, and takes and sends whatever it can."""
    first, *others = far_addresses(row, own)
    rows = uplink(space)
    rows["/interface/wireguard"][0]["listen-port"] = row["endpoint-port"]
    rows["/interface/wireguard/peers"] = [peer(at, EVERYTHING)]
    # Of IPv6 too: the internet, or the tenth address of a network, with everything sent back into the tunnel.
    there = [INTERNET6 if not one.prefixlen else (str(one[9]),) for one in prefixes(row, 6)]
    rows["/ipv6/address"] = [{"address": f"{one}/128", "interface": "lo"} for some in there for one in some]
    rows["/ipv6/route"] = [{"dst-address": "::/0", "gateway": "wg"}] if there else []
    rows["/ipv6/settings"] = [{"forward": "false"}]
    rows["/ip/address"] += [{"address": f"{first}/32", "interface": "wg"}]
    rows["/ip/address"] += [{"address": f"{one}/32", "interface": "lo"} for one in others]
    rows["/ip/route"].append({"dst-address": "0.0.0.0/0", "gateway": "wg"})
    return rows


def caller(space, row, own, at, port):
    """The same, of one that calls the router from behind CGNAT."""
    rows = server(space, {**row, "endpoint-port": "51820"}, own, at)
    calls = {"endpoint-address": ROUTER, "endpoint-port": port, "persistent-keepalive": "25s"}
    rows["/interface/wireguard/peers"] = [peer(at, EVERYTHING, **calls)]
    return rows


def client(space, profile, at, lan, *, everything6=False):
    """A Linux client with a profile, read as wg-quick reads it: a route for whatever is allowed, and its commands.

    Nobody has IPv6 behind CGNAT here, so whoever takes all of it has the internet's addresses himself.
    """
    around = {}
    told = {}
    for line in profile.splitlines():
        name, equals, text = line.partition(" = ")
        if equals:
            told.setdefault(name, []).append(text)
    told["AllowedIPs"] = told["AllowedIPs"][0].split(", ")
    own = told["Address"][0].split(", ")
    six = [one for one in told["AllowedIPs"] if ":" in one and any(":" in mine for mine in own)]
    allowed = [one for one in told["AllowedIPs"] if ":" not in one]
    rows = uplink(space)
    calls = {
        "endpoint-address": ROUTER,
        "endpoint-port": told["Endpoint"][0].rpartition(":")[2],
        "persistent-keepalive": told["PersistentKeepalive"][0] + "s",
    }
    rows["/interface/wireguard/peers"] = [peer(at, ",".join([*allowed, *six]), **calls)]
    rows["/ip/address"].append({"address": own[0], "interface": "wg"})
    if six:
        rows["/ipv6/address"] = [{"address": one, "interface": "wg"} for one in own[1:]]
        rows["/ipv6/address"] += [{"address": f"{one}/128", "interface": "lo"} for one in INTERNET6 if everything6]
        rows["/ipv6/route"] = [{"dst-address": one, "gateway": "wg"} for one in six]
        rows["/ipv6/settings"] = [{"forward": "false"}]
    rows["/ip/route"] += [{"dst-address": one, "gateway": "wg"} for one in allowed]
    if "0.0.0.0/0" not in allowed:
        rows["/ip/route"].append({"dst-address": "0.0.0.0/0", "gateway": UPLINKS[space][1]})
    if lan:
        gateway, there = ipaddress.ip_network(lan)[1], ipaddress.ip_network(lan)[9]
        rows["/interface"].append({"name": "bridge", "type": "bridge"})
        rows["/ip/address"].append({"address": f"{gateway}/24", "interface": "bridge"})
        around["lana"] = host(f"{there}/24", str(gateway))
    for command in told.get("PostUp", ()):
        obey(command, rows)
    return {space: rows, **around}


def obey(command, rows):
    """A profile's command as rows; one that isn't known is an error."""
    told = command.rpartition(" || ")[2]
    six = "ip6tables" in told
    if told == "sysctl -w net.ipv4.ip_forward=1":
        rows["/ip/settings"] = [{"ip-forward": "true"}]
    elif told == "sysctl -w net.ipv6.conf.all.forwarding=1":
        rows["/ipv6/settings"] = [{"forward": "true"}]
    elif not re.fullmatch(r"sysctl -n net\.\S+ > /run/\S+", told):
        told = told.replace("ip6tables", "iptables")
        asked, menu, row = next(known for known in COMMANDS if re.fullmatch(known[0], told))
        menu = menu.replace("/ip/", "/ipv6/") if six else menu
        rows.setdefault(menu, []).append({name: re.sub(asked, text, told) for name, text in row.items()})


COMMANDS = (
    (
        r"iptables -t nat -A POSTROUTING -s (\S+) ! -o %i -j MASQUERADE",
        "/ip/firewall/nat",
        {"chain": "srcnat", "src-address": r"\1", "out-interface": "!wg", "action": "masquerade"},
    ),
    (
        r"iptables -I FORWARD -i %i -j ACCEPT",
        "/ip/firewall/filter",
        {"chain": "forward", "in-interface": "wg", "action": "accept"},
    ),
    (
        r"iptables -I FORWARD -o %i -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        "/ip/firewall/filter",
        {
            "chain": "forward",
            "out-interface": "wg",
            "action": "accept",
            "connection-state": "established,related",
        },
    ),
)


def down(made, *interfaces):
    """The same network while some tunnels of the router are down."""
    return Network({**made.rows, "rt": without(made.rows["rt"], *interfaces)}, made.ready)


KINDS = (("ping", 0), ("udp", 53), ("udp", CLOSED), ("tcp", 53), ("tcp", 80), ("tcp", 8728))
OUTSIDE = ("203.0.113.1", "1.1.1.1")


PINGS = {False: "icmp", True: "icmpv6"}


def own(rows):
    """Addresses of a host or a router, but for those of one link."""
    for path in ("/ip/address", "/ipv6/address"):
        found = (row["address"].partition("/")[0] for row in rows.get(path, ()))
        yield from (one for one in found if not one.startswith("fe80:"))


def probes(made, routers=("rt",)):
    """Packets of some kinds from everywhere to everywhere."""
    have = {space: list(own(rows)) for space, rows in made.rows.items() if space != "nat"}
    outer = {address.partition("/")[0] for address, _ in UPLINKS.values()}
    there = list(dict.fromkeys(one for some in have.values() for one in some))
    sources = {space: [one for one in some if one not in outer] for space, some in have.items()}
    outside6 = (f"{WAN6}1", INTERNET6[0]) if made.rows["inet"].get("/ipv6/address") else ()
    sources |= {"inet": (*OUTSIDE, *outside6), **dict.fromkeys(routers, ("",))}
    ways = [
        (space, src, dst)
        for space, some in sources.items()
        for src in some
        for dst in there
        if (":" in dst) in ({":" in src} if src else {":" in one for one in have[space]})
        # To the router's own address at its WAN a far end has a way beside the tunnel.
        if dst not in have[space] and (dst != ROUTER or space not in UPLINKS)
    ]
    asked = [(*way, PINGS[":" in way[2]] if kind == "ping" else kind, port) for way in ways for kind, port in KINDS]
    return [
        dict(zip(("id", "space", "src", "dst", "protocol", "port"), (at, *one), strict=True))
        for at, one in enumerate(asked, 20000)
    ]
