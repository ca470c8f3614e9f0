"""Two VLANs beside the LAN: staff, who reach the router, and guests, who reach the internet and nothing else."""

import pulumi

import wiretik as wt

staff = wt.Vlan(
    "staff",
    wt.VlanArgs(10, "192.168.10.1/24", address6="fd10::1/64", access=["ether3"], trunks=["ether2"]),
)
guests = wt.Vlan(
    "guests",
    wt.VlanArgs(20, "192.168.20.1/24", address6="fd20::1/64", access=["ether5"], trunks=["ether2"], guest=True),
)

pulumi.export("guests", guests.interface.name)
