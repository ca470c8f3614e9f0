"""Two independent tunnels side by side: wg0 to a server, wg1 to a mesh that also calls in."""

import pulumi

import wiretik as wt

config = pulumi.Config()

wg0 = wt.Tunnel(
    "wg0",
    wt.TunnelArgs(
        "wg0",
        address="10.7.1.2/24",
        peers=[
            wt.TunnelPeer(
                "server1",
                config.get("server1-key") or "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                ["10.7.1.0/24", "10.8.0.0/16"],
                endpoint="server1.example.com:51820",
            )
        ],
    ),
)
wg1 = wt.Tunnel(
    "wg1",
    wt.TunnelArgs(
        "wg1",
        address="10.20.0.2/24",
        listen_port=13232,
        peers=[
            wt.TunnelPeer(
                "server2",
                config.get("server2-key") or "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
                ["10.20.0.0/24"],
                endpoint="server2.example.com:51820",
            ),
            wt.TunnelPeer(
                "laptop",  # it calls, from wherever it is
                config.get("laptop-key") or "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4=",
                ["10.20.0.77"],
            ),
        ],
    ),
)

pulumi.export("wg0-public-key", wg0.public_key)
pulumi.export("wg1-public-key", wg1.public_key)
pulumi.export("wg1-listen-port", wg1.listen_port)
