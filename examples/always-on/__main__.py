"""Everything from the LAN leaves by a VPN provider, but the LAN and a mesh stay reachable."""

import pulumi

import wiretik as wt

config = pulumi.Config()
lan = wt.Lan(config.get("lan-interface") or "bridge", config.require("lan"))

mesh = wt.Tunnel(
    "mesh",
    wt.TunnelArgs(
        "wg1",
        address="10.20.0.2/24",
        peers=[
            wt.TunnelPeer(
                "office",
                config.get("office-key") or "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                ["10.20.0.0/24", "172.16.50.0/24"],
                endpoint="server2.example.com:51820",
            )
        ],
    ),
)
vpn = wt.AlwaysOnVpn(
    "vpn",
    wt.AlwaysOnVpnArgs(
        "wg0",
        lan=lan,
        conf=config.require_secret("conf"),  # the file that the provider gives out
        gateway="10.8.1.1",
        others=[mesh],
        ipv6=True,  # the file has it, too
    ),
)

pulumi.export("mesh-public-key", mesh.public_key)
pulumi.export("vpn-public-key", vpn.public_key)
