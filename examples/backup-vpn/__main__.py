"""A second VPN takes the first one's place while that is silent, and nothing leaves in the clear meanwhile."""

import pulumi

import wiretik as wt

config = pulumi.Config()
vpn = wt.AlwaysOnVpn(
    "vpn",
    wt.AlwaysOnVpnArgs(
        "wg0",
        lan=wt.Lan(config.get("lan-interface") or "bridge", config.require("lan")),
        conf=config.require_secret("conf"),  # the file that the provider gives out
        gateway="10.8.1.1",
        dns="9.9.9.9",  # a resolver that both VPNs reach
        backup=wt.Backup("wg1", conf=config.require_secret("backup-conf")),
    ),
)

pulumi.export("vpn-public-key", vpn.public_key)
