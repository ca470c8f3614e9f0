"""Two sites with a router each: berlin can be called, lisbon is behind NAT and calls; their LANs reach each other."""

import pulumi

import wiretik as wt

config = pulumi.Config()

link = wt.SiteToSite(
    "link",
    wt.SiteToSiteArgs(
        a=wt.SiteEnd(
            "berlin",
            lan=wt.Lan("bridge", [config.get("berlin-lan") or "192.168.88.0/24", "fd88::/64"]),
            address="10.255.0.1/30",
            address6="fd00:255::1/64",
            endpoint=config.get("berlin-endpoint") or "berlin.example.com:51820",
        ),
        b=wt.SiteEnd(
            "lisbon",
            lan=wt.Lan("bridge", [config.get("lisbon-lan") or "192.168.89.0/24", "fd89::/64"]),
            address="10.255.0.2/30",
            address6="fd00:255::2/64",
        ),
        follow_names=True,
    ),
)

pulumi.export("berlin-public-key", link.a.public_key)
pulumi.export("lisbon-public-key", link.b.public_key if link.b else None)
