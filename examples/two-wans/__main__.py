"""Two lines to the internet: the second while the first is silent, and each answers what comes in by it."""

import pulumi

import wiretik as wt

config = pulumi.Config()
wt.Site(
    "home",
    wt.SiteArgs(
        lan=wt.Lan(config.get("lan-interface") or "bridge", config.require("lan")),
        wans=[
            wt.Wan("ether1", dhcp=True, gateway="203.0.113.1", check=["1.0.0.1", "8.8.4.4"]),
            wt.Wan("ether2", bridge="bridge", address="203.0.112.2/24", gateway="203.0.112.1", check="9.9.9.10"),
        ],
        balance=config.get_bool("balance") or False,
        forwards=[wt.Forward(8080, "192.168.88.10")],
    ),
)
