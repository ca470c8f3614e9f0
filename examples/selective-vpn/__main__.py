"""Only listed networks and names take the VPN, and one device never does."""

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
        only=["9.9.9.0/24", "2620:fe::/48", "*.example.net", "chat.example.org"],
        except_clients=["192.168.88.50"],
        ipv6=True,  # the file has it, too
    ),
)

pulumi.export("vpn-public-key", vpn.public_key)
