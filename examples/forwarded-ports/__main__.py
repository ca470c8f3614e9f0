"""A port that a VPN provider forwards, and one of a rented server with a public address, for hosts at home."""

import pulumi

import wiretik as wt

config = pulumi.Config()
lan = wt.Lan(config.get("lan-interface") or "bridge", config.require("lan"))

server = wt.Tunnel(
    "server",
    wt.TunnelArgs(
        "wg1",
        address="10.60.0.2/24",
        masquerade=False,  # the server knows the way back
        inbound=False,  # but for what is forwarded
        peers=[
            wt.TunnelPeer(
                "server",
                config.get("server-key") or "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                ["0.0.0.0/0"],
                endpoint="198.51.100.20:51820",
            )
        ],
        forwards=[wt.Forward(8080, "192.168.88.10", hairpin="198.51.100.20", lan=lan)],
    ),
)
vpn = wt.AlwaysOnVpn(
    "vpn",
    wt.AlwaysOnVpnArgs(
        "wg0",
        lan=lan,
        address="10.8.0.2/32",
        gateway="10.8.1.1",
        public_key=config.get("provider-key") or "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
        endpoint="server1.example.com:51820",
        others=[server],
        forwards=[wt.Forward(9999, "192.168.88.10", protocol="both")],
    ),
)

pulumi.export("server-public-key", server.public_key)
pulumi.export("vpn-public-key", vpn.public_key)
