"""IPv6 in a program: a row of every menu, made, seen, changed by hand, mended and taken away."""

from deploying import Site, asked, writes
from wiretik_provider.api.session import Session

PROGRAM = """
far = wt.RoutingTable("far", fib=True)
wt.Ipv6Address("address", address="fd00:77::2", interface="bridge", advertise=False, comment="own address")
wt.Ipv6Route("route", dst_address="fd00:78::/64", gateway="fd00:77::1", routing_table=far, comment="far route")
lan = wt.Ipv6AddressList("lan", entries=["fd00:88::/64", wt.Entry("2001:DB8::5", comment="a host")])
drop = wt.Ipv6FilterRule("drop", chain="forward", hop_limit="less-than:5", action="drop", position=wt.FIRST)
wt.Ipv6FilterRule("icmp", chain="forward", protocol="icmpv6", src_address_list=lan, position=wt.Before(drop))
wt.Ipv6FilterChain("block", chain="input", rules={
    "a": {"protocol": 58, "src_address": "fd00:77::/64"}, "b": {"action": "drop"}})
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
    assert writes(defconf) == sum(map(len, made.values())) - 1  # the list's two entries are set in one sentence
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


# --- what is expected of IPv6's packets ------------------------------------------------------------------------------

LAN6 = """
address = wt.Ipv6Address("lan6", address="fd88::1/64", interface="bridge")
wt.Ipv6Route("default6", dst_address="::/0", gateway="fe80::1%ether1")
"""
EXPECTED = """
lan = wt.Expect("fd88::/64", in_interface="bridge", router="")
lan.reaches("router", port=8729)
lan.never_leaves_by("WAN")
"""
CLOSED = """
wt.Ipv6FilterRule("closed", chain="forward", out_interface_list="WAN", action="drop", position=wt.FIRST)
"""


def test_ipv6_that_would_leave_by_the_wan_is_refused_before_anything_is_written(defconf, site):
    defconf.reset_stats()
    run = site(defconf, LAN6 + EXPECTED).up()

    assert not run.ok
    assert "to 2606:4700:4700::1111 (tcp port 0) is forwarded out of ether1, and must never leave by WAN" in run.text
    assert writes(defconf) == 0


def test_ipv6_that_stays_inside_passes_the_gate_and_is_as_it_said(defconf, site):
    ours = site(defconf, LAN6 + CLOSED + EXPECTED)
    run = ours.up()

    assert run.errors == ()
    assert "warning" not in run.text
    assert ours.up().touched == []


def test_a_question_of_both_families_is_refused_with_the_cure(defconf, site):
    run = site(defconf, 'wt.Expect("192.168.88.0/24").leaves_by("ether1", to=["1.1.1.1", "2001:db8::/32"])').preview()

    assert "192.168.88.0/24 is IPv4 and 2001:db8::/32 is IPv6, and no packet has both" in run.text


def test_a_pools_address_that_is_not_there_yet_leaves_it_open(defconf, site):
    pooled = LAN6.replace('address="fd88::1/64"', 'address="::1", from_pool="isp"')
    run = site(defconf, pooled + EXPECTED).preview()

    assert run.ok, run.errors
    assert "the address of lan6 is made by the router and isn't there yet" in run.text


def test_a_program_without_ipv6_reads_nothing_of_it(defconf, site):
    defconf.reset_stats()
    wt4 = 'wt.FilterRule("one", chain="forward", action="accept", src_address="10.0.0.0/8", position=wt.FIRST)\n'
    run = site(
        defconf, wt4 + 'wt.Expect("192.168.88.0/24", in_interface="bridge").leaves_by("ether1", to="1.1.1.1")\n'
    ).preview()

    assert run.ok, run.errors
    assert not [path for path in asked(defconf) if path.startswith("/ipv6/")]


def test_a_change_that_closes_our_own_way_by_ipv6_is_refused(defconf, site, monkeypatch):
    monkeypatch.setattr(Session, "ends", ("fd88::10", "fd88::1", 8729))
    defconf.run("/ipv6/address/add", address="fd88::1/64", interface="bridge")
    run = site(defconf, 'wt.Ipv6FilterRule("close", chain="input", action="drop", position=wt.FIRST)').preview()

    assert not run.ok
    assert "Wiretik would lock itself out: after this change fd88::10 to the router's port 8729 is dropped" in run.text
