"""Real daemons and real packets decide: a mesh whose routes are exchanged, from the rows that its deployment leaves.

hosta -- bridge berlin ether1 -- net -- ether1 lisbon bridge -- hostb
                                  |
                                porto bridge -- hostc
"""

import json

import pytest

import wiretik as wt
from packets import sites
from packets.judging import differences, tell
from packets.lab import TOOLS, Lab, lacking
from packets.network import Network, host
from packets.speaking import MENUS, Speaking

LACKING = lacking({**TOOLS, "bird": "bird2"})
pytestmark = pytest.mark.skipif(bool(LACKING), reason=LACKING)
ROUTERS = ("berlin", "lisbon", "porto")
HOSTS = {"berlin": "hosta", "lisbon": "hostb", "porto": "hostc"}
LINKS = tuple(
    link for name in ROUTERS for link in ((name, "ether1", "net", name), (name, "bridge", HOSTS[name], "ether1"))
)
WAN = {name: f"203.0.{113 - at}.2" for at, name in enumerate(ROUTERS)}
LAN = {name: f"192.168.{88 + at}" for at, name in enumerate(ROUTERS)}
LAN6 = {name: f"fd{88 + at}::" for at, name in enumerate(ROUTERS)}
INTERNET = "1.1.1.1"


def made_of(example, **config):
    """The rows of the example's routers, as they are in the lab."""
    config = {f"{name}-endpoint": f"{WAN[name]}:51820" for name in ROUTERS[:2]} | config
    return in_the_lab(sites.rows_of(example, more_menus=MENUS, **config)[0])


def in_the_lab(deployed):
    """The rows of all namespaces: each router with its own line to the internet."""
    keys = {
        row["public-key"]: f"{name} {at}"
        for name in ROUTERS
        for at, row in enumerate(deployed[name]["/interface/wireguard"])
    }
    rows = {name: _router(name, deployed[name], keys) for name in ROUTERS}
    rows |= {HOSTS[name]: _host(name) for name in ROUTERS}
    return rows | {"net": _net()}


def _host(name):
    found = host(f"{LAN[name]}.10/24", f"{LAN[name]}.1")
    found["/ipv6/address"] = [{"address": f"{LAN6[name]}10/64", "interface": "ether1"}]
    found["/ipv6/route"] = [{"dst-address": "::/0", "gateway": f"{LAN6[name]}1"}]
    return found


def _router(name, rows, keys):
    found = json.loads(json.dumps(rows).replace("203.0.113.", WAN[name][:-1])) if name != "berlin" else rows
    peers = [
        {**row, **_known(row), "public-key": keys[row["public-key"]]} for row in rows["/interface/wireguard/peers"]
    ]
    return {**found, "/interface/wireguard/peers": peers}


def _known(row):
    return sites.known(row, row["endpoint-address"]) if row.get("endpoint-address") else {}


def _net(*dead):
    """The internet; between the routers of a pair nothing gets through."""
    return {
        "/interface": [{"name": "lo", "type": "loopback"}, *({"name": name, "type": "ether"} for name in ROUTERS)],
        "/ip/address": [
            *({"address": f"{WAN[name][:-1]}1/24", "interface": name} for name in ROUTERS),
            {"address": f"{INTERNET}/32", "interface": "lo"},
        ],
        "/ipv6/address": [{"address": f"{sites.WAN6}1/64", "interface": "berlin"}],
        "/ip/firewall/filter": [
            {"chain": "forward", "action": "drop", "src-address": WAN[one], "dst-address": WAN[other]}
            for pair in dead
            for one, other in (pair, pair[::-1])
        ],
    }


@pytest.fixture(scope="module")
def mesh():
    """The lab of three sites."""
    with Lab(LINKS, dict.fromkeys(ROUTERS, 2)) as made:
        yield made


def as_learned(rows, learned):
    """The rows with what has been learned, as the routers print them."""
    known = {
        name: {**rows[name], "/ip/route": [*rows[name]["/ip/route"], *_numbered(learned[name])]} for name in ROUTERS
    }
    return Network({**rows, **known}, ready=ROUTERS, links=LINKS)


def _numbered(routes):
    return [{".id": f"*8{at:07X}", **row} for at, row in enumerate(routes)]


def probes(rows, dead=""):
    """From every host and router to every address of others, but for those of a link that is dead."""
    have = {space: list(sites.own(some)) for space, some in rows.items()}
    ways = [
        (space, dst, *kind)
        for space in (*HOSTS.values(), *ROUTERS)
        for other, some in have.items()
        for dst in some
        if other != space and dst not in have[space] and not (dead and dst.startswith(dead))
        for kind in ((sites.PINGS[":" in dst], 0), ("tcp", 80))
    ]
    return [
        {"id": at, "space": space, "src": "", "dst": dst, "protocol": protocol, "port": port}
        for at, (space, dst, protocol, port) in enumerate(ways, 20000)
    ]


def either_way(found):
    """Two ways to a link of others are as good, and which one a hash chooses the tracer doesn't know."""
    return "a hash chooses" in str(found)


def agreed(mesh, rows, learned, what, dead=""):
    """Compares everything with the tracer's word."""
    network = as_learned(rows, learned)
    wrong, counts = differences(mesh, network, probes(rows, dead), either_way, judged=ROUTERS)
    tell(what, *counts)
    assert not wrong, f"{len(wrong)} probes:\n" + "\n\n".join(wrong[:3])


def reached(mesh, *pairs):
    """By pair of sites the routers that a packet from one's host to the other's passes, if its answer comes back."""
    asked = [
        {"id": 48000 + at, "space": HOSTS[a], "src": "", "dst": f"{LAN[b]}.10", "protocol": "tcp", "port": 80}
        for at, (a, b) in enumerate(pairs)
    ]
    seen = mesh.probe(asked, patience=0.7, judged=())
    passed = {}
    for pair, probe in zip(pairs, asked, strict=True):
        sights = seen[probe["id"]]
        back = HOSTS[pair[0]] in {one[0] for one in sights["answer"]}
        passed[pair] = {one[0] for one in sights["probe"]} if back else set()
    return passed


PAIRS = [(a, b) for a in ROUTERS for b in ROUTERS if a != b]


def by(learned, name, other):
    """The gateway that a router has learned for another's LAN."""
    return next((row["gateway"] for row in learned[name] if row["dst-address"] == f"{LAN[other]}.0/24"), "")


def leads(learned, name, other, through):
    return by(learned, name, other).endswith(f"-{through}")


def all_direct(learned):
    return all(leads(learned, a, b, b) for a, b in PAIRS)


@pytest.mark.parametrize("routing", ["OSPF", "BGP"])
def test_routes_are_exchanged_and_go_round_a_dead_link(mesh, routing):
    rows = made_of("routed-mesh", bgp=str(routing == "BGP").lower())
    mesh.configure(rows)
    with Speaking(mesh, ROUTERS) as daemons:
        learned = daemons.wait(all_direct)
        assert reached(mesh, *PAIRS) == {(a, b): {a, b, HOSTS[b]} for a, b in PAIRS}
        agreed(mesh, rows, learned, f"a mesh by {routing}")

        rows = {**rows, "net": _net(("berlin", "lisbon"))}
        mesh.configure(rows)
        learned = daemons.wait(
            lambda now: leads(now, "berlin", "lisbon", "porto") and leads(now, "lisbon", "berlin", "porto")
        )
        assert reached(mesh, ("berlin", "lisbon"), ("lisbon", "berlin"), ("berlin", "porto")) == {
            ("berlin", "lisbon"): {"berlin", "porto", "lisbon", "hostb"},
            ("lisbon", "berlin"): {"lisbon", "porto", "berlin", "hosta"},
            ("berlin", "porto"): {"berlin", "porto", "hostc"},
        }
        agreed(mesh, rows, learned, f"a mesh by {routing} without one link", dead="10.254.0.")

        rows = {**rows, "net": _net()}
        mesh.configure(rows)
        daemons.wait(all_direct)


def test_nothing_for_another_site_leaves_by_the_wan_while_nobody_has_told_of_it(mesh):
    rows = made_of("routed-mesh")
    mesh.configure(rows)
    assert mesh.greet(rows) == []  # no daemon speaks, and a packet that waits for a handshake comes too late
    asked = [
        {"id": 48500 + at, "space": HOSTS[a], "src": "", "dst": f"{LAN[b]}.10", "protocol": "tcp", "port": 80}
        for at, (a, b) in enumerate(PAIRS)
    ]
    for (a, _), sights in zip(PAIRS, mesh.probe(asked, patience=0.5, judged=()).values(), strict=True):
        assert {one[0] for one in sights["probe"]} == {a}
    agreed(mesh, rows, dict.fromkeys(ROUTERS, ()), "a mesh by OSPF before anybody has told of anything")


def static():
    """The same sites by static routes, with IPv6 in their LANs and in the tunnel."""
    wt.SiteMesh(
        "mesh",
        wt.SiteMeshArgs(
            sites=[
                wt.SiteEnd(
                    name,
                    lan=wt.Lan("bridge", [f"{LAN[name]}.0/24", f"{LAN6[name]}/64"]),
                    address=f"10.255.0.{at}/24",
                    address6=f"fd00:255::{at}/64",
                    endpoint=f"{WAN[name]}:51820" if name != "porto" else None,
                )
                for at, name in enumerate(ROUTERS, 1)
            ]
        ),
    )


def test_a_mesh_of_static_routes_carries_both_families_between_all_sites(mesh):
    rows = in_the_lab(sites.rows_after(static, ROUTERS, {})[0])
    mesh.configure(rows)
    assert mesh.greet(rows) == []

    agreed(mesh, rows, dict.fromkeys(ROUTERS, ()), "a mesh by static routes with IPv6")

    asked = [
        {"id": 48700 + at, "space": HOSTS[a], "src": "", "dst": f"{LAN6[b]}10", "protocol": "tcp", "port": 80}
        for at, (a, b) in enumerate(PAIRS)
    ]
    for (a, b), sights in zip(PAIRS, mesh.probe(asked, patience=0.7, judged=()).values(), strict=True):
        assert {(HOSTS[b], f"{LAN6[a]}10")} <= {(one[0], one[2]) for one in sights["probe"]}
        assert {one[0] for one in sights["probe"]} == {a, b, HOSTS[b]}
        assert HOSTS[a] in {one[0] for one in sights["answer"]}
