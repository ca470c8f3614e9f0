"""A site, and what is added to it and taken out of it: a tunnel, a subnet, an exit node, a LAN, the VPN.

Programs that are deployed may import it: `updates.site(updates.MORE["exit"])`.
"""

import textwrap

import attrs
import pulumi

import wiretik as wt

KEYS = [f"{digit}0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=" for digit in "ABCD"]
CONF = """
    [Interface]
    PrivateKey = MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk=
    Address = 10.8.0.2/32, fd08::2/128
    DNS = 10.8.1.1
    [Peer]
    PublicKey = U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=
    AllowedIPs = 0.0.0.0/0, ::/0
    Endpoint = server1.example.com:51820
"""
CONFIG = {
    "site:lan": "192.168.88.0/24",
    "site:conf": textwrap.dedent(CONF),
    "site:backup-conf": textwrap.dedent(CONF).replace("10.8.", "10.9.").replace("U0VSVkVSMV9", "U0VSVkVSMl9"),
    "wiretik:routers": '{"berlin": {}, "lisbon": {}}',
}


def tunnel(interface, network, behind, key=KEYS[0]):
    peer = wt.TunnelPeer("hub", key, [f"{network}.0/24", *behind], endpoint="server2.example.com:51820")
    return wt.TunnelArgs(interface, address=f"{network}.2/24", peers=[peer])


SITE = wt.SiteArgs(
    lan=wt.Lan("bridge", "192.168.88.0/24"),
    tunnels=[tunnel("wg1", "10.20.0", ["172.16.50.0/24"])],
    always_on=wt.AlwaysOnVpnArgs("wg0", conf=textwrap.dedent(CONF), gateway="10.8.1.1", ipv6=False),
    relay=wt.RelayMeshArgs(
        "wg-mesh",
        endpoint="router.example.com:51820",
        address="10.99.0.1/24",
        clients=[wt.MeshClient("laptop", "10.99.0.2", KEYS[1]), wt.MeshClient("phone", "10.99.0.3", KEYS[2])],
    ),
)


def exit_node(relay):
    laptop, phone = relay.clients
    return attrs.evolve(relay, clients=[attrs.evolve(laptop, exit_node=True), phone])


def client_lan(relay, *lan):
    laptop, phone = relay.clients
    return attrs.evolve(relay, clients=[laptop, attrs.evolve(phone, lan=lan)])


def with_client(relay):
    return attrs.evolve(relay, clients=[*relay.clients, wt.MeshClient("tablet", "10.99.0.4", KEYS[3])])


def moved_exit():
    """The site with one client as the exit node and with another, each with a third one that uses it."""
    relay = with_client(SITE.relay)
    laptop, phone, tablet = relay.clients
    by_laptop = [attrs.evolve(laptop, exit_node=True), phone, tablet]
    by_tablet = [laptop, phone, attrs.evolve(tablet, exit_node=True)]
    return [attrs.evolve(SITE, relay=attrs.evolve(relay, clients=some)) for some in (by_laptop, by_tablet)]


def backed(vpn):
    two = {"address": "10.9.0.2/32", "public_key": KEYS[3], "endpoint": "198.51.100.9:51820"}
    return attrs.evolve(vpn, dns="9.9.9.9", backup=wt.Backup("wg9", check_gateway="10.64.0.1", **two))


LINES = [
    wt.Wan("ether1", gateway="203.0.113.1", check="1.0.0.1", dhcp=True),
    wt.Wan("ether2", gateway="203.0.112.1", check="9.9.9.10", address="203.0.112.2/24", bridge="bridge"),
]


def selected(*only):
    """The site whose VPN takes these destinations alone."""
    return attrs.evolve(SITE, always_on=attrs.evolve(SITE.always_on, only=only))


def twice(second, **more):
    """The site with one or two tunnels to one prefix."""
    first, other = SITE.tunnels[0], tunnel("wg2", "10.30.0", ["172.16.50.0/24"], KEYS[3])
    return attrs.evolve(SITE, tunnels=[attrs.evolve(first, **more), attrs.evolve(other, **second)][: 1 + bool(second)])


GUESTS = {"guests": wt.VlanArgs(20, "192.168.20.1/24", access=["ether5"], guest=True)}
STAFF = {"staff": wt.VlanArgs(10, "192.168.10.1/24", access=["ether3"], trunks=["ether2"])}
PORTS = [wt.Forward(8080, to="192.168.88.10"), wt.Forward(5353, to="192.168.88.11", protocol="udp")]
MORE = {
    "VLAN": attrs.evolve(SITE, vlans=GUESTS),
    "VLAN beside another": attrs.evolve(SITE, vlans={**GUESTS, **STAFF}),
    "forwards": attrs.evolve(SITE, always_on=attrs.evolve(SITE.always_on, forwards=PORTS)),
    "names": selected("9.9.9.0/24", "news.example.com"),
    "destinations": selected("9.9.9.0/24", "9.9.8.0/24"),
    "followed names": attrs.evolve(SITE, tunnels=[attrs.evolve(SITE.tunnels[0], follow_names=True)]),
    "sharing tunnel": twice({"share": True}, share=True),
    "waiting tunnel": twice({"distance": 2}, check_gateway="10.20.0.1"),
    "backup": attrs.evolve(SITE, always_on=backed(SITE.always_on)),
    "lines": attrs.evolve(SITE, always_on=None, wans=LINES),
    "balance": attrs.evolve(SITE, always_on=None, wans=LINES, balance=True),
    "tunnel": attrs.evolve(SITE, tunnels=[*SITE.tunnels, tunnel("wg2", "10.30.0", ["172.16.60.0/24"], KEYS[3])]),
    "subnet": attrs.evolve(SITE, tunnels=[tunnel("wg1", "10.20.0", ["172.16.50.0/24", "172.16.60.0/24"])]),
    "public subnet": attrs.evolve(SITE, tunnels=[tunnel("wg1", "10.20.0", ["172.16.50.0/24", "9.9.9.0/24"])]),
    "exit": attrs.evolve(SITE, relay=exit_node(SITE.relay)),
    "client": attrs.evolve(SITE, relay=with_client(SITE.relay)),
    "client's LANs": attrs.evolve(SITE, relay=client_lan(SITE.relay, "172.17.5.0/24", "172.18.5.0/24")),
    "client's public LAN": attrs.evolve(SITE, relay=client_lan(SITE.relay, "9.9.8.0/24")),
    "exit's users' public LAN": attrs.evolve(SITE, relay=client_lan(exit_node(SITE.relay), "9.9.8.0/24")),
    "LAN": attrs.evolve(SITE, lan=wt.Lan("bridge", ["192.168.88.0/24", "192.168.89.0/24"])),
    "VPN": SITE,
}
LESS = {
    **dict.fromkeys(MORE, SITE),
    "exit's users' public LAN": MORE["exit"],
    **dict.fromkeys(("VPN", "lines"), attrs.evolve(SITE, always_on=None)),
    "balance": MORE["lines"],
    "backup": attrs.evolve(SITE, always_on=attrs.evolve(SITE.always_on, dns="9.9.9.9")),
    "VLAN beside another": MORE["VLAN"],
    **dict.fromkeys(("names", "destinations"), selected("9.9.9.0/24")),
    "sharing tunnel": twice({}, share=True),
    "waiting tunnel": twice({}, check_gateway="10.20.0.1"),
}


def site(args):
    """A site, and what its owner expects of it besides what its components promise."""
    networks = [
        wt.IpAddress("second-lan", address=f"{text.removesuffix('0/24')}1/24", interface="bridge")
        for text in args.lan.prefixes[1:]
    ]
    wt.Site("home", args, pulumi.ResourceOptions(depends_on=networks))
    lan = wt.Expect("192.168.88.0/24", in_interface="bridge")
    lan.reaches("router", port=8728, name="the LAN reaches the router")
    lan.leaves_by("wg0", to="1.1.1.1", translated=True, name="the internet goes by the VPN")
    lan.leaves_by("wg1", to=["10.20.0.0/24", "172.16.50.0/24"], translated=True, name="the mesh goes by the mesh")
    lan.leaves_by("wg-mesh", to=["10.99.0.2", "10.99.0.3"], name="the LAN reaches the clients")
    lan.never_leaves_by("WAN", name="nothing goes past the VPN")
    lan.never_leaves_by("WAN", down="wg0", name="not even while it is down")
    laptop = wt.Expect("10.99.0.2", in_interface="wg-mesh")
    laptop.reaches(["10.99.0.3", "192.168.88.10"], name="the laptop reaches the phone and the LAN")
    stranger = wt.Expect("198.51.100.77", in_interface="ether1")
    stranger.is_dropped(to=["192.168.88.10", "10.99.0.2"], name="nobody comes in")
