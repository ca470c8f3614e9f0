"""A home site: everything leaves by a VPN provider, but the LAN, a mesh between sites and a relay stay reachable.

wg0 goes to the provider, wg1 to a mesh with a remote LAN behind it, and on wg-mesh a laptop and a phone meet, both
behind CGNAT; the laptop is the phone's exit. What differs from site to site is stack config, and only the LAN's prefix
has no default. `../home-by-rows` is the part without the relay, row by row.
"""

import pulumi

import wiretik as wt

config = pulumi.Config()
bridge = config.get("lan-interface") or "bridge"
lan = config.require("lan")
wan = config.get("wan-list") or "WAN"
vpn_gateway = config.get("vpn-gateway") or "10.8.1.1"
mesh = config.get("mesh") or "10.20.0.0/24"
remote_lan = config.get("remote-lan") or "172.16.50.0/24"

# Made once and kept in the state as a secret, so the phone's profile is whole and a camera can read it. The laptop
# makes its own key, which nobody else ever has: its profile has a placeholder.
phone_key = wt.WireGuardKey("phone-key", private_key=config.get_secret("phone-private-key"))

home = wt.Site(
    "home",
    wt.SiteArgs(
        lan=wt.Lan(bridge, lan),
        wan=wan,
        tunnels=[
            wt.TunnelArgs(
                "wg1",
                address=config.get("mesh-address") or "10.20.0.2/24",
                listen_port=config.get_int("mesh-listen-port") or 13232,
                peers=[
                    wt.TunnelPeer(
                        "hub",
                        config.get("mesh-public-key") or "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                        [mesh, remote_lan],
                        endpoint=config.get("mesh-endpoint") or "server2.example.com:51820",
                    )
                ],
            )
        ],
        always_on=wt.AlwaysOnVpnArgs(  # the provider's account; its .conf file would do as well, as conf=
            "wg0",
            address=config.get("vpn-address") or "10.8.0.2/32",
            gateway=vpn_gateway,
            dns=config.get("vpn-dns") or vpn_gateway,
            endpoint=config.get("vpn-endpoint") or "server1.example.com:51820",
            public_key=config.get("vpn-public-key") or "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
            private_key=config.get_secret("vpn-private-key"),
            ipv6=False,  # the provider has none, so what the LAN sends by IPv6 goes nowhere
        ),
        relay=wt.RelayMeshArgs(
            "wg-mesh",
            endpoint=config.get("endpoint") or "router.example.com:51820",
            address="10.99.0.1/24",
            clients=[
                wt.MeshClient(
                    "laptop",
                    "10.99.0.2",
                    config.get("laptop-key") or "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4=",
                    exit_node=True,
                    lan=["192.168.10.0/24"],
                ),
                wt.MeshClient(
                    "phone",
                    "10.99.0.3",
                    private_key=phone_key.private_key,
                ),
            ],
        ),
    ),
)
# A row that no component makes, since most routers have one of their own for it: components and rows go together.
wt.NatRule("masquerade-wan", chain="srcnat", out_interface_list=wan, action="masquerade", comment="WAN")

# What must hold of packets, whatever else is on the router: a change that breaks it is refused before the first write.
reach = pulumi.Config("wiretik")
api = reach.get_int("port") or (8728 if reach.get_bool("tls") is False else 8729)
inside = wt.Expect(lan, in_interface=bridge)
inside.reaches("router", port=api, name="the LAN reaches the router")
inside.leaves_by("wg0", to="1.1.1.1", translated=True, name="the internet goes by the VPN")
inside.leaves_by("wg1", to=[mesh, remote_lan], translated=True, name="the mesh goes by the mesh")
inside.leaves_by("wg-mesh", to="192.168.10.0/24", name="the laptop's LAN goes by the relay")
inside.never_leaves_by(wan, name="nothing goes past the VPN")
inside.never_leaves_by(wan, down="wg0", name="not even while it is down")
phone = wt.Expect("10.99.0.3", in_interface="wg-mesh")
phone.leaves_by("wg-mesh", to="1.1.1.1", name="the phone's exit is the laptop")
phone.never_leaves_by(wan, to="1.1.1.1", name="and nothing else")

pulumi.export("wg0-public-key", home.public_keys["wg0"])
pulumi.export("wg1-public-key", home.public_keys["wg1"])
pulumi.export("wg1-listen-port", home.tunnels["wg1"].listen_port)
pulumi.export("laptop", home.profiles["laptop"])
pulumi.export("phone", home.profiles["phone"])
