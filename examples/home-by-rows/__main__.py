"""A home site with two tunnels: everything leaves by a VPN provider, but the LAN and a mesh stay reachable.

wg0 goes to the provider and is used by what a mangle rule marks; wg1 goes to a mesh with a remote LAN behind it. What
differs from site to site is stack config, and only the LAN's prefix has no default.
"""

import pulumi

import wiretik as wt

config = pulumi.Config()
lan = config.require("lan")
bridge = config.get("lan-interface") or "bridge"
wan = config.get("wan-list") or "WAN"

# The provider's account: a /32 with its gateway as the far end.
vpn_address = config.get("vpn-address") or "10.8.0.2/32"
vpn_gateway = config.get("vpn-gateway") or "10.8.1.1"
vpn_dns = config.get("vpn-dns") or vpn_gateway
vpn_host, vpn_port = (config.get("vpn-endpoint") or "server1.example.com:51820").rsplit(":", 1)
vpn_key = config.get("vpn-public-key") or "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="

# The mesh, and the LAN behind its far end.
mesh_address = config.get("mesh-address") or "10.20.0.2/24"
mesh_port = config.get_int("mesh-listen-port") or 13232
mesh_host, mesh_far_port = (config.get("mesh-endpoint") or "server2.example.com:51820").rsplit(":", 1)
mesh_key = config.get("mesh-public-key") or "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
mesh = config.get("mesh") or "10.20.0.0/24"
remote_lan = config.get("remote-lan") or "172.16.50.0/24"


def after(*rows: pulumi.Resource) -> pulumi.ResourceOptions:
    """What must be there first, and goes last."""
    return pulumi.ResourceOptions(depends_on=list(rows))


# Multiple interfaces. A provider's account usually comes with its own key; without one the router makes it.
wg0 = wt.WireGuardInterface("wg0", private_key=config.get_secret("vpn-private-key"), comment="VPN provider")
wg1 = wt.WireGuardInterface("wg1", listen_port=mesh_port, comment="mesh")
tunnels = {"wg0": wg0, "wg1": wg1}
addresses = {
    "wg0": wt.IpAddress("wg0-address", address=vpn_address, network=vpn_gateway, interface=wg0),
    "wg1": wt.IpAddress("wg1-address", address=mesh_address, interface=wg1),
}

# Forwarding. The rules stand before the drop, wherever that is; what nobody here asked for stays out.
block = wt.FilterRule(
    "block-vpn-inbound",
    chain="forward",
    in_interface=wg0,
    connection_state="new",
    action="drop",
    position=wt.BEFORE_DROP,
    comment="nothing unsolicited from the VPN",
)
vpn_in = wt.FilterRule(
    "accept-wg0-in",
    chain="forward",
    in_interface=wg0,
    action="accept",
    position=wt.After(block),
    comment="allow wg0 inbound",
)
rules: list[pulumi.Resource] = [block, vpn_in]
# Behind the block, since a connection from the VPN to the mesh would match the mesh's rule as well.
rules.append(
    wt.FilterRule(
        "accept-wg1-in",
        chain="forward",
        in_interface=wg1,
        action="accept",
        position=wt.After(vpn_in),
        comment="allow wg1 inbound",
    )
)
for name, interface in tunnels.items():
    rules.append(
        wt.FilterRule(
            f"accept-{name}-out",
            chain="forward",
            in_interface_list=f"!{wan}",  # a stranger's packet goes on to the drop below
            out_interface=interface,
            action="accept",
            position=wt.After(vpn_in),
            comment=f"allow {name} outbound",
        )
    )
rules.append(
    wt.FilterRule(
        "block-vpn-to-router",
        chain="input",
        in_interface=wg0,
        connection_state="new",
        action="drop",
        position=wt.FIRST,
        comment="nothing unsolicited from the VPN to the router",
    )
)
wt.FilterRule(
    "accept-mesh-port",
    chain="input",
    in_interface_list=wan,
    protocol="udp",
    dst_port=mesh_port,
    action="accept",
    position=wt.BEFORE_DROP,
    comment="WireGuard wg1",
)
# FastTrack would take a connection to main, in both directions as soon as one of them gets there.
for part, way in {"in": {"in_interface": wg0}, "out": {"out_interface": wg0}}.items():
    rules.append(
        wt.FilterRule(
            f"no-fasttrack-wg0-{part}",
            chain="forward",
            connection_state="established,related",
            action="accept",
            position=wt.BEFORE_FASTTRACK,
            comment="VPN traffic stays off FastTrack",
            **way,
        )
    )

# NAT. Without an address of the tunnel's own, masquerade would take another one.
wt.NatRule("masquerade-wan", chain="srcnat", out_interface_list=wan, action="masquerade", comment="WAN")
for name, interface in tunnels.items():
    rules.append(
        wt.NatRule(
            f"masquerade-{name}",
            after(addresses[name]),
            chain="srcnat",
            out_interface=interface,
            action="masquerade",
            comment=name,
        )
    )

# Split tunnelling. The allowed addresses say what may pass a tunnel; the routes say what is sent into it. Nobody comes
# in before it is said who may.
remote = wt.Route("remote-lan", dst_address=remote_lan, gateway=wg1, comment="LAN behind the mesh")
peers = [
    wt.Peer(
        "vpn-provider",
        after(*rules),
        name="provider",
        interface=wg0,
        public_key=vpn_key,
        endpoint_address=vpn_host,
        endpoint_port=int(vpn_port),
        allowed_address=["0.0.0.0/0"],
        persistent_keepalive="25s",
    ),
    wt.Peer(
        "mesh-hub",
        after(*rules, remote),
        name="hub",
        interface=wg1,
        public_key=mesh_key,
        endpoint_address=mesh_host,
        endpoint_port=int(mesh_far_port),
        allowed_address=[mesh, remote_lan],
        persistent_keepalive="25s",
    ),
]

# Always-on VPN: a table of its own, so that main never sends the tunnel's own packets into the tunnel. Nothing is
# marked before it has where to go, and nothing listed before the mesh can take it.
vpn = wt.RoutingTable("vpn", fib=True)
default = wt.Route("vpn-default", dst_address="0.0.0.0/0", gateway=vpn_gateway, routing_table=vpn)
only = wt.RoutingRule("vpn-only", action="lookup-only-in-table", table=vpn, routing_mark=vpn)
no_vpn = wt.AddressList(
    "no-vpn",
    after(*peers),
    list="noVPN",
    entries=[
        wt.Entry(lan, comment="local LAN"),
        wt.Entry(mesh, comment="wg1 destination"),
        wt.Entry(remote_lan, comment="wg1 remote LAN"),
    ],
)
ready = [*addresses.values(), *peers, default, only, no_vpn]
wt.MangleRule(
    "mark-vpn",
    after(*ready),
    chain="prerouting",
    in_interface=bridge,
    dst_address_list="!noVPN",
    dst_address_type="!local",  # a mark is looked up before the router's own addresses are
    connection_nat_state="!dstnat",
    action="mark-routing",
    new_routing_mark=vpn,
    passthrough=False,
    comment="LAN to the VPN",
)
# The clients' DNS: what they ask the router goes to the provider's resolver, through the VPN.
for protocol in ("udp", "tcp"):
    turned = wt.NatRule(
        f"dns-{protocol}",
        after(*ready),
        chain="dstnat",
        in_interface=bridge,
        dst_address_type="local",
        protocol=protocol,
        dst_port=53,
        routing_mark=vpn,  # so both begin with the mark, and neither goes without the other
        action="dst-nat",
        to_addresses=vpn_dns,
        comment="DNS by the VPN",
    )
    wt.MangleRule(
        f"mark-dns-{protocol}",
        after(*ready, turned),
        chain="prerouting",
        in_interface=bridge,
        dst_address_type="local",
        protocol=protocol,
        dst_port=53,
        action="mark-routing",
        new_routing_mark=vpn,
        passthrough=False,
        comment="DNS by the VPN",
    )

# What must hold of packets, whatever else is on the router: a change that breaks it is refused before the first write.
reach = pulumi.Config("wiretik")
api = reach.get_int("port") or (8728 if reach.get_bool("tls") is False else 8729)
home = wt.Expect(lan, in_interface=bridge)
home.reaches("router", port=api, name="the LAN reaches the router")
home.leaves_by(wg0, to="1.1.1.1", translated=True, name="the internet goes by the VPN")
home.leaves_by(wg1, to=[mesh, remote_lan], translated=True, name="the mesh goes by the mesh")
home.never_leaves_by(wan, name="nothing goes past the VPN")
home.never_leaves_by(wan, down=wg0, name="not even while it is down")

pulumi.export("wg0-public-key", wg0.public_key)
pulumi.export("wg1-public-key", wg1.public_key)
pulumi.export("wg1-listen-port", wg1.listen_port)
