"""Three sites that tell each other of their LANs by OSPF or BGP: the third site carries a dead link's traffic."""

import pulumi

import wiretik as wt

config = pulumi.Config()


def site(number: int, name: str, endpoint: str | None) -> wt.SiteEnd:
    """A site, called where its endpoint says."""
    lan = wt.Lan("bridge", f"192.168.{87 + number}.0/24")
    return wt.SiteEnd(
        name, lan=lan, address=f"10.255.0.{number}/24", endpoint=config.get(f"{name}-endpoint") or endpoint
    )


sites = [
    site(1, "berlin", "berlin.example.com:51820"),
    site(2, "lisbon", "lisbon.example.com:51820"),
    site(3, "porto", None),
]
routing = "bgp" if config.get_bool("bgp") else "ospf"
mesh = wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=sites, routing=routing, links="10.254.0.0/24"))

pulumi.export("others-must", mesh.others_must)
