"""Two clients behind CGNAT reach each other, and the LAN behind one of them, by way of the router."""

import pulumi

import wiretik as wt

config = pulumi.Config()

mesh = wt.RelayMesh(
    "mesh",
    wt.RelayMeshArgs(
        "wg-mesh",
        endpoint=config.get("endpoint") or "router.example.com:51820",
        address="10.99.0.1/24",
        clients=[
            wt.MeshClient(
                "laptop",
                "10.99.0.2",
                config.get("laptop-key") or "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4=",
                lan=["192.168.10.0/24"],
            ),
            wt.MeshClient(
                "phone",
                "10.99.0.3",
                config.get("phone-key") or "UEhPTkVfUFVCTElDX0tFWS4uLi4uLi4uLi4uLi4uLi4=",
            ),
        ],
    ),
)

pulumi.export("router-public-key", mesh.public_key)
pulumi.export("laptop", mesh.profiles["laptop"])
pulumi.export("phone", mesh.profiles["phone"])
