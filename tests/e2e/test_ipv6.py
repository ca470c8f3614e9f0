"""IPv6 in a program: a row of every menu, made, seen, changed by hand, mended and taken away."""

from deploying import Site, writes

PROGRAM = """
far = wt.RoutingTable("far", fib=True)
wt.Ipv6Address("address", address="fd00:77::2", interface="bridge", advertise=False, comment="own address")
wt.Ipv6Route("route", dst_address="fd00:78::/64", gateway="fd00:77::1", routing_table=far, comment="far route")
lan = wt.Ipv6AddressList("lan", entries=["fd00:88::/64", wt.Entry("2001:DB8::5", comment="a host")])
drop = wt.Ipv6FilterRule("drop", chain="forward", hop_limit="less-than:5", action="drop", position=wt.FIRST)
wt.Ipv6FilterRule("icmp", chain="forward", protocol="icmpv6", src_address_list=lan, position=wt.Before(drop))
wt.Ipv6FilterChain("block", chain="input", rules={"a": {"protocol": 58}, "b": {"action": "drop"}})
wt.Ipv6NatRule("nat", chain="srcnat", action="masquerade", out_interface="ether1", position=wt.FIRST)
wt.Ipv6MangleRule("mangle", chain="prerouting", action="mark-routing", new_routing_mark=far, in_interface="bridge")
wt.Ipv6RawRule("raw", chain="prerouting", action="drop", headers="route")
"""
MENUS = (
    *(f"/ipv6/firewall/{name}" for name in ("filter", "nat", "mangle", "raw", "address-list")),
    *("/ipv6/address", "/ipv6/route"),
)


def ours_on(lab):
    """The stack's rows by menu, in their order."""
    return {path: [row for row in lab.router.rows(path) if "[wt" in row.get("comment", "")] for path in MENUS}


def test_rows_of_every_menu_live_their_whole_life(defconf, site):
    before = defconf.router.snapshot()
    ours: Site = site(defconf, PROGRAM)
    assert ours.up().errors == ()
    made = ours_on(defconf)
    assert [len(rows) for rows in made.values()] == [4, 1, 1, 1, 2, 1, 1]
    assert ours.up(refresh=True).touched == []

    for path, rows in made.items():
        for row in rows:
            defconf.router.run(f"{path}/set", numbers=row[".id"], disabled="yes")
    defconf.reset_stats()
    assert ours.up(refresh=True).errors == ()
    assert writes(defconf) == sum(map(len, made.values()))
    assert ours_on(defconf) == made

    assert ours.destroy().errors == ()
    assert defconf.router.snapshot() == before


def test_addresses_of_the_other_family_are_refused_with_the_cure_before_anything_is_written(defconf, site):
    program = (
        'wt.AddressList("four", entries=["fd00::/8"])\n'
        'wt.Ipv6AddressList("six", entries=["10.0.0.0/8"])\n'
        'wt.FilterRule("rule", chain="forward", src_address="fd00::/8")\n'
    )
    text = site(defconf, program).preview().text

    assert "a list of IPv6 addresses is an Ipv6AddressList" in text
    assert "a list of IPv4 addresses is an AddressList" in text
    assert "IPv6's rules are Ipv6FilterRule" in text
