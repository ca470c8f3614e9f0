"""An interface that is a port of a bridge is the bridge's: who names it is told, and the sound pass in silence."""

import pytest

TOLD = "is a port of the bridge bridge"
CASES = {
    "an address": 'wt.IpAddress("a", address="198.51.100.130/25", interface="{}")',
    "an IPv6 address": 'wt.Ipv6Address("a", address="2001:db8::1/64", interface="{}")',
    "a list's member": 'wt.InterfaceListMember("m", list="WAN", interface="{}")',
    "a rule": 'wt.FilterRule("r", chain="input", in_interface="{}", protocol="tcp", action="accept")',
    "a block's rule": 'wt.NatChain("c", chain="srcnat", rules={{"r": {{"out_interface": "{}", "action": "accept"}}}})',
}


@pytest.mark.parametrize("case", CASES)
def test_who_names_a_port_of_a_bridge_is_told(defconf, site, case):
    preview = site(defconf, CASES[case].format("ether5")).preview()

    assert preview.errors == ()
    assert preview.text.count(TOLD) == 1, preview.text
    assert "ether5" in preview.text


def test_bridges_and_free_interfaces_pass_in_silence(defconf, site):
    defconf.run("/interface/bridge/port/remove", numbers=defconf.run("/interface/bridge/port/print")[-1][".id"])
    free = [row["name"] for row in defconf.run("/interface/print") if row["name"] == "ether5"]
    program = "\n".join(
        CASES[case].format(interface).replace('("', f'("{number}', 1)
        for number, case in enumerate(CASES)
        for interface in ("bridge", *free)[number % 2 :][:1]
    )

    preview = site(defconf, program).preview()

    assert preview.errors == ()
    assert TOLD not in preview.text
