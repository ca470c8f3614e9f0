"""People who call from anywhere: admins reach all of the LAN and the router, sales one host of it and the internet."""

import pulumi

import wiretik as wt

config = pulumi.Config()
key = wt.WireGuardKey("bert")

staff = wt.RoadWarriors(
    "staff",
    wt.RoadWarriorsArgs(
        endpoint=config.get("endpoint") or "router.example.com:13231",
        address="10.9.0.1/24",
        address6="fd09::1/64",
        dns=["10.9.0.1"],
        groups=[
            wt.Group(
                "admins",
                [wt.User("anna", "10.9.0.2", "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4=", address6="fd09::2")],
                reaches=["192.168.88.0/24"],
                router=True,
            ),
            wt.Group(
                "sales",
                [wt.User("bert", "10.9.0.3", private_key=key.private_key, address6="fd09::3")],
                reaches=["192.168.88.20"],
                internet=True,
            ),
        ],
    ),
)

pulumi.export("router-public-key", staff.public_key)
pulumi.export("anna", staff.profiles["anna"])
pulumi.export("bert", staff.profiles["bert"])
