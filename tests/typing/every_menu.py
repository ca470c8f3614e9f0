# pyright: strict, reportUnnecessaryTypeIgnoreComment=error
"""What users may write of any menu, and what a type checker must refuse, as in `api.py`."""

from __future__ import annotations

from typing import assert_type

import pulumi

import wiretik as wt
from wiretik import menus


def rows() -> None:
    """A VLAN with DHCP and names, in the spellings that users come with."""
    vlan = menus.InterfaceVlan("vlan10", vlan_id=10, interface="bridge")
    assert_type(vlan.name, pulumi.Output[str])
    assert_type(vlan.vlan_id, pulumi.Output[str | None])
    assert_type(vlan.disabled, pulumi.Output[bool | None])
    wt.IpAddress("guests", address="192.168.10.1/24", interface=vlan)
    menus.IpAddress("more", address="192.168.11.1/24", interface=vlan)
    pool = menus.IpPool("guests", pulumi.ResourceOptions(protect=True), ranges=["192.168.10.10-192.168.10.99"])
    menus.IpDhcpServer("guests", interface=vlan, address_pool=pool, lease_time="1h", disabled=False, adopt=True)
    menus.IpDnsStatic("nas", name="nas.lan", address="192.168.10.5", ttl=300, position=wt.FIRST)
    menus.IpSettings("ip", rp_filter="loose", router="home")
    menus.InterfaceEthernet("uplink", find={"default_name": "ether1"}, mtu=1508)
    menus.InterfaceBridgePort("port", interface=wt.MenuRow("/interface/veth", "veth1"), bridge="bridge", pvid=10)


def wrong() -> None:
    """Misspelt menus, properties and outputs."""
    vlan = menus.InterfaceVlan("a", vlan_idd=10)  # type: ignore[call-arg]
    print(vlan.vlan_idd)  # type: ignore[attr-defined]
    menus.InterfaceVlam("b")  # type: ignore[attr-defined]
    menus.InterfaceVlan("c", use_service_tag="maybe")  # type: ignore[arg-type]
    menus.IpSettings("d", ip_foward=False)  # type: ignore[call-arg]
    menus.InterfaceEthernet("e", mtu=1)  # type: ignore[call-arg]
    menus.InterfaceVlan("f", find="ether1")  # type: ignore[call-arg]
