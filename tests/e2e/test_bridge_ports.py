"""An interface that is a port of a bridge is the bridge's: who names it is told, and the sound pass in silence."""

TOLD = "is a port of the bridge bridge"
PROGRAM = """
wt.IpAddress("a", address="198.51.100.130/25", interface="{0}")
wt.Ipv6Address("a6", address="2001:db8::1/64", interface="{0}")
wt.InterfaceListMember("m", list="WAN", interface="{0}")
wt.FilterRule("r", chain="input", in_interface="{0}", protocol="tcp", action="accept")
wt.NatChain("c", chain="srcnat", rules={{"r": {{"out_interface": "{0}", "action": "accept"}}}})
"""


def test_who_names_a_port_of_a_bridge_is_told(defconf, site):
    preview = site(defconf, PROGRAM.format("ether5")).preview()

    assert preview.errors == ()
    for name in ("a: ", "a6: ", "m: ", "r: ", "c.r: "):
        assert f"{name}in" in preview.text or f"{name}out" in preview.text, preview.text
    assert preview.text.count(TOLD) == 5


def test_who_names_an_interface_that_is_none_is_told_nothing(defconf, site):
    (port,) = [row for row in defconf.run("/interface/bridge/port/print") if row["interface"] == "ether5"]
    defconf.run("/interface/bridge/port/remove", numbers=port[".id"])

    preview = site(defconf, PROGRAM.format("ether5")).preview()

    assert preview.errors == ()
    assert TOLD not in preview.text
