"""What the doctor makes of configurations as people publish them: nothing is found that their rows don't prove.

Each stands for a kind that was found falsely, or missed, on exports which nobody here wrote.
"""

import pytest

from wiretik.cli.exports import exported, supplied_by
from wiretik_provider.doctor import NOTE, Patient, examine
from wiretik_provider.doctor.patient import BESIDES

FACTORY = """# 2026-10-01 10:00:00 by RouterOS 7.20.2
/interface bridge
add name=bridge
/interface wireguard
add listen-port=13231 mtu=1420 name=wg1
/interface list
add name=WAN
add name=LAN
/interface bridge port
add bridge=bridge interface=ether5
/interface list member
add interface=bridge list=LAN
add interface=ether1 list=WAN
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
/ip dhcp-client
add interface=ether1
/ip firewall nat
add action=masquerade chain=srcnat out-interface-list=WAN
/ip firewall filter
add action=accept chain=input connection-state=established,related,untracked
add action=accept chain=input dst-port=13231 protocol=udp
add action=drop chain=input in-interface-list=!LAN
"""
ADDRESS = "/ip address\nadd address=10.9.0.1/24 interface=wg1 network=10.9.0.0\n"
CLAMP = (
    "/ip firewall mangle\nadd action=change-mss chain=forward new-mss=clamp-to-pmtu out-interface=wg1 protocol=tcp"
    " tcp-flags=syn\n"
)
PROVIDER = f"""{ADDRESS}{CLAMP}/interface wireguard peers
add allowed-address=0.0.0.0/0 endpoint-address=198.51.100.31 endpoint-port=51820 interface=wg1 name=far \
persistent-keepalive=25s public-key="bm90IGEgcmVhbCBrZXk6IGNlZGFyIC4uLi4uLi4uLi4="
/routing table
add fib name=vpn
/ip route
add dst-address=0.0.0.0/0 gateway=wg1 routing-table=vpn
/ip firewall nat
add action=masquerade chain=srcnat out-interface=wg1
"""


def found_in(folder, lines, *lease, notes=False):
    file = folder / "router.rsc"
    file.write_text(FACTORY + lines)
    found = exported(file, BESIDES, supplied_by(list(lease), None, None, on_export=True))
    assert found.left_out == ()
    return [one for one in examine([Patient(found.snapshot, live=False)]) if notes or one.severity != NOTE]


SOUND = {
    "keys that were blacked out aren't alike": f"""{ADDRESS}{CLAMP}/interface wireguard peers
add allowed-address=10.9.0.2/32 interface=wg1 name=phone public-key="(Redacted)"
add allowed-address=10.9.0.3/32 interface=wg1 name=laptop public-key="(Redacted)"
""",
    "a tunnel of IPv6 alone needs no IPv4 address": """/interface wireguard peers
add allowed-address=2001:db8:77::/48 endpoint-address=198.51.100.31 endpoint-port=51820 interface=wg1 name=far \
persistent-keepalive=15s public-key="bm90IGEgcmVhbCBrZXk6IGNlZGFyIC4uLi4uLi4uLi4="
/ipv6 address
add address=2001:db8:1::2 interface=wg1
/ipv6 route
add dst-address=2001:db8:77::/48 gateway=wg1
""",
    "whether a gateway in a network that DHCP gives answers isn't known": f"""{PROVIDER}/routing table
add fib name=line
/ip route
add check-gateway=ping dst-address=0.0.0.0/0 gateway=192.0.2.1 routing-table=line
/ip firewall mangle
add action=mark-routing chain=output dst-address=198.51.100.31 new-routing-mark=line
add action=mark-routing chain=prerouting dst-address-type=!local new-routing-mark=vpn src-address=192.168.88.9
""",
    "what a peer allows that was blacked out isn't known": f"""{PROVIDER}/interface wireguard peers
set [find name=far] allowed-address="0.0.0.0/0,1(Redacted)/16"
/routing rule
add action=lookup dst-address=192.168.88.0/24 table=main
add action=lookup src-address=192.168.88.0/24 table=vpn
""",
    "nobody is behind a bridge without a port": f"""{ADDRESS}/interface bridge
add name=lo1
/interface bridge port
set [find bridge=bridge] disabled=no
/interface wireguard peers
add allowed-address=10.9.0.2/32,10.7.0.1/32,10.7.1.0/24 endpoint-address=198.51.100.31 endpoint-port=51820 \
interface=wg1 name=far persistent-keepalive=25s public-key="bm90IGEgcmVhbCBrZXk6IGNlZGFyIC4uLi4uLi4uLi4="
/ip address
set [find interface=bridge] interface=lo1
/ip route
add dst-address=10.7.0.1/32 gateway=wg1
add dst-address=10.7.1.0/24 gateway=wg1
""",
    "a phone has the tunnel's own MTU": f"""{ADDRESS}/interface wireguard peers
add allowed-address=10.9.0.2/32 interface=wg1 name=phone public-key="bm90IGEgcmVhbCBrZXk6IGNlZGFyIC4uLi4uLi4uLi4="
/ip route
add dst-address=10.9.0.2/32 gateway=wg1
""",
}


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_found_that_the_rows_do_not_prove(tmp_path, name):
    assert [(one.kind, one.fact) for one in found_in(tmp_path, SOUND[name])] == []


def test_what_leaves_out_the_default_route_goes_on_with_the_next_rule_also_where_only_that_table_counts(tmp_path):
    rules = """/routing rule
add action=lookup-only-in-table min-prefix=0 table=main
add action=lookup-only-in-table src-address=192.168.88.0/24 table=vpn
"""
    fasttrack = """/ip firewall filter
add action=fasttrack-connection chain=forward connection-state=established,related
"""

    assert found_in(tmp_path, PROVIDER + rules, "ether1=203.0.113.2/24") == []
    (found,) = found_in(tmp_path, PROVIDER + rules + fasttrack, "ether1=203.0.113.2/24")
    assert found.kind == "not-by-fasttrack"


TWO_LINES = """/interface list member
add interface=ether2 list=WAN
/ip address
add address=203.0.113.2/24 interface=ether1 network=203.0.113.0
add address=198.51.100.2/24 interface=ether2 network=198.51.100.0
/ip dhcp-client
set 0 disabled=yes
/interface wireguard peers
add allowed-address=10.9.0.2/32 interface=wg1 name=phone public-key="bm90IGEgcmVhbCBrZXk6IGNlZGFyIC4uLi4uLi4uLi4="
/routing table
add fib name=one
add fib name=two
/ip route
add dst-address=0.0.0.0/0 gateway=203.0.113.1 routing-table=one
add dst-address=0.0.0.0/0 gateway=198.51.100.1 routing-table=two
/ip firewall mangle
add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=ether1 new-connection-mark=one
add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=ether2 new-connection-mark=two
add action=mark-routing chain=output connection-mark=one new-routing-mark=one
add action=mark-routing chain=output connection-mark=two new-routing-mark=two
"""


def test_calls_that_get_in_and_that_main_has_no_route_to_answer_are_told(tmp_path):
    (found,) = found_in(tmp_path, ADDRESS + TWO_LINES)

    assert found.kind == "answers-astray"
    assert "main must have a route" in found.cure
    main = "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
    assert found_in(tmp_path, ADDRESS + TWO_LINES + main) == []


def test_a_gateway_that_was_blacked_out_may_be_reached(tmp_path):
    lines = PROVIDER.replace("gateway=wg1 routing", "gateway=10.x.x.x routing") + (
        "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address-type=!local new-routing-mark=vpn\n"
    )

    assert found_in(tmp_path, lines, "ether1=203.0.113.2/24") == []


def test_a_profile_that_names_a_router_which_answers_no_questions_is_told(tmp_path):
    lines = f"""{ADDRESS}/interface wireguard peers
add allowed-address=10.9.0.2/32 client-address=10.9.0.2/32 client-dns=10.9.0.1 interface=wg1 name=phone \
public-key="bm90IGEgcmVhbCBrZXk6IGNlZGFyIC4uLi4uLi4uLi4="
/interface list member
add interface=wg1 list=LAN
"""
    (found,) = found_in(tmp_path, lines, "ether1=203.0.113.2/24", notes=True)

    assert (found.kind, found.value) == ("names-refused", "10.9.0.1")
    answers = "/ip dns\nset allow-remote-requests=yes\n"
    assert found_in(tmp_path, lines + answers, "ether1=203.0.113.2/24", notes=True) == []
