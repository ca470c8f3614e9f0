"""Split tunnelling by longest prefix: what the mesh has goes by wg1, the LAN keeps itself, the rest goes by wg0."""

import pulumi

import wiretik as wt

config = pulumi.Config()
lan_interface = config.get("lan-interface") or "bridge"

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
everything = wt.Tunnel(
    "everything",
    wt.TunnelArgs(
        "wg0",
        address="10.7.1.2/24",
        peers=[
            wt.TunnelPeer(
                "server1",
                config.get("server1-key") or "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                ["0.0.0.0/0"],
                endpoint="server1.example.com:51820",
            )
        ],
        table="everything",  # in main, a default route would also catch the tunnel's own packets
        default_for=[lan_interface],
        inbound=False,
    ),
    pulumi.ResourceOptions(depends_on=[mesh]),  # what the mesh has must not go by wg0 before the mesh is there
)

pulumi.export("mesh-public-key", mesh.public_key)
pulumi.export("everything-public-key", everything.public_key)
