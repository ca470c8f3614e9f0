"""One office behind two tunnels: both carry its traffic, and either alone while the other is silent."""

import pulumi

import wiretik as wt

config = pulumi.Config()
OFFICE = config.get("office") or "172.16.50.0/24"


def tunnel(interface: str, network: str, key: str) -> wt.Tunnel:
    """A tunnel to one of the office's routers, which is the first host of the tunnel's network."""
    router = wt.TunnelPeer(
        "office",
        config.get(f"{interface}-key") or key,
        [f"{network}.0/24", OFFICE],
        endpoint=f"{interface}.example.com:51820",
    )
    args = wt.TunnelArgs(
        interface, address=f"{network}.2/24", peers=[router], share=True, gateway=f"{network}.1", check_gateway=True
    )
    return wt.Tunnel(interface, args)


wg0 = tunnel("wg0", "10.7.1", "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=")
wg1 = tunnel("wg1", "10.20.0", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=")

pulumi.export("wg0-public-key", wg0.public_key)
pulumi.export("wg1-public-key", wg1.public_key)
