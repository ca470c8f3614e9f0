"""Menus that have no class of their own, in whole programs: made, left alone, mended, given back."""

import pytest

from deploying import writes

PROGRAM = """
vlan = wt.MenuRow("/interface/vlan", "vlan10", vlan_id=10, interface="bridge")
wt.IpAddress("guests", address="192.168.10.1/24", interface=vlan)
pool = wt.MenuRow("/ip/pool", "guests-pool", name="guests", ranges="192.168.10.10-192.168.10.99")
wt.MenuRow("/ip/dhcp-server", "guests-dhcp", name="guests", interface=vlan, address_pool=pool, lease_time="1h")
wt.MenuRow("/ip/dhcp-server/network", "guests-net", address="192.168.10.0/24", gateway="192.168.10.1")
wt.MenuRow("/ip/dns/static", "nas", name="nas.lan", address="192.168.10.5")
wt.MenuRow("/tool/netwatch", "watch", host="192.0.2.1", interval="30s")
wt.MenuRow("/container/envs", "tz", list="web", key="TZ", value="UTC")
wt.MenuSettings("/ip/settings", "ip", rp_filter="loose")
wt.MenuSettings("/interface/ethernet", "uplink", find="ether1", mtu=1508)
wt.MenuSettings("/ip/service", "telnet", find="telnet", disabled=True)
pulumi.export("vlan", vlan.name)
"""


@pytest.mark.timeout(400)
def test_a_program_of_many_menus_is_deployed_left_alone_mended_and_destroyed(bare, site, engine):
    made = site(bare, PROGRAM, engine=engine)
    before = bare.router.snapshot()

    up = made.up()

    assert up.errors == ()
    assert up.outputs == {"vlan": "vlan10"}
    assert made.up(refresh=True).touched == []
    bare.run("/interface/vlan/set", numbers="vlan10", mtu="1400")
    bare.run("/ip/settings/set", rp_filter="no")
    bare.run("/ip/dns/static/set", numbers="*1", ttl="5m")
    mended = made.up(refresh=True)
    assert (mended.errors, mended.names("update")) == ((), ["ip", "nas", "vlan10"])
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()
    assert bare.router.snapshot() == before


WRONG = """
wt.MenuRow("/interface/vlan", "one", vlan_id=1, interface="nobody")
wt.MenuRow("/interface/vlan", "two", vlan_id=2, interface="bridge", arp="of")
wt.MenuRow("/tool/netinstall", "three", mac_address="02:00:00:00:00:01")
wt.MenuRow("/container/envs", "four", list="web", key="TZ", value="UTC")
"""


def test_what_is_wrong_is_told_before_the_first_write(bare, site):
    bare.run("/container/envs/add", list="web", key="TZ", value="Europe/Riga")
    bare.reset_stats()

    told = " | ".join(site(bare, WRONG).up().errors)
    assert "two.arp: 'of' is not one of disabled, enabled, local-proxy-arp, proxy-arp, reply-only" in told
    assert "three: RouterOS 7.23.2 (stable) doesn't have /tool/netinstall (since 7.24)" in told
    only = "".join(line for line in WRONG.splitlines(keepends=True) if '"one"' in line or '"four"' in line)
    told = " | ".join(site(bare, only).up().errors)
    assert "one: interface='nobody' is a name that neither the router nor the program has" in told
    assert "four: the router has it already (container envs row web,TZ, *1)" in told
    assert writes(bare) == 0


def test_a_row_by_its_menu_and_one_by_its_class_are_one_resource(bare, site):
    vlan = """
wt.MenuRow("/interface/vlan", "v", vlan_id=10, interface="bridge")
wt.MenuSettings("/ip/settings", "ip", rp_filter="loose")
"""
    made = site(bare, f'wt.IpAddress("lan", address="10.1.0.1/24", interface="bridge")\n{vlan}')
    assert made.up().errors == ()
    made.write(f'wt.MenuRow("/ip/address", "lan", address="10.1.0.1/24", interface="bridge")\n{vlan}')
    assert made.up().touched == []

    vlan = 'menus.InterfaceVlan("v", vlan_id=10, interface="bridge")\nmenus.IpSettings("ip", rp_filter="loose")'
    made.write(f'from wiretik import menus\nmenus.IpAddress("lan", address="10.1.0.1/24", interface="bridge")\n{vlan}')
    assert made.up(refresh=True).touched == []
