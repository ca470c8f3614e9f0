"""A phone uses a laptop, both behind CGNAT, as its exit to the internet, by way of the router."""

import pulumi

import wiretik as wt

config = pulumi.Config()

phone_key = wt.WireGuardKey("phone-key")  # kept in the state as a secret: the profile is whole, for the camera

mesh = wt.RelayMesh(
    "mesh",
    wt.RelayMeshArgs(
        "wg-mesh",
        endpoint=config.get("endpoint") or "router.example.com:51820",
        address="10.99.0.1/24",
        address6="fd00:99::1/64",
        lan=wt.Lan(config.get("lan-interface") or "bridge", [config.get("lan") or "192.168.88.0/24", "fd88::/64"]),
        dns=["9.9.9.9"],
        clients=[
            wt.MeshClient(
                "laptop",
                "10.99.0.2",
                config.get("laptop-key") or "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4=",
                address6="fd00:99::2",
                exit_node=True,
                lan=["192.168.10.0/24"],
            ),
            wt.MeshClient(
                "phone",
                "10.99.0.3",
                address6="fd00:99::3",
                private_key=phone_key.private_key,
            ),
        ],
    ),
)

pulumi.export("router-public-key", mesh.public_key)
pulumi.export("laptop", mesh.profiles["laptop"])
pulumi.export("phone", mesh.profiles["phone"])
