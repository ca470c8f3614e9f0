"""An embedded router with the rows that another one printed."""

import pytest

from wiretik.cli.compare.reading import Seen
from wiretik.cli.compare.rebuilding import lines, rebuilt
from wiretik_provider.simulator import Router

UNREAD = {"/user", "/user/group"}
ODD = 'a "b" \\ $c [find] {d}; # ?\te\r\nf=g \udcff ä'
EXPORT = """/interface bridge
add name="one; two" vlan-filtering=yes
/interface list
add name=WAN
/interface wireguard
add listen-port=13231 name=wg0
/ip address
add address=10.9.0.1/24 interface=wg0
/ip firewall filter
add action=drop chain=input in-interface-list=!WAN
/routing table
add fib name=vpn
/interface ethernet
set [ find default-name=ether1 ] name=uplink
/ip service
set telnet disabled=yes
/system identity
set name=core
"""


@pytest.fixture
def seen():
    router = Router("none", "7.23.2", leases={})
    router.load(EXPORT)
    router.run("/ip/firewall/filter/add", chain="forward", action="accept", comment=ODD)
    return Seen("7.23.2", rows={path: router.rows(path) for path in router.menus if path not in UNREAD})


def test_rows_come_as_they_were_printed_whatever_signs_are_in_them(seen):
    router, refused = rebuilt(seen)
    assert not refused
    for path in ("/interface/bridge", "/ip/firewall/filter", "/routing/table", "/interface/ethernet", "/ip/service"):
        assert router.rows(path) == seen.rows[path], path
    assert router.rows("/ip/firewall/filter")[-1]["comment"] == ODD


def test_the_same_rows_as_a_text_make_the_same_router(seen):
    text = "".join(f"{line}\n" for _, _, line in lines(seen))
    read = Router("none", "7.23.2", leases={})
    read.load(text)
    assert read.snapshot() == rebuilt(seen).router.snapshot()


def test_a_row_that_is_refused_is_told_by_its_place_and_the_rest_is_there(seen):
    rules = [{**seen.rows["/ip/firewall/filter"][0], "protocol": "nonsense"}, *seen.rows["/ip/firewall/filter"]]
    router, refused = rebuilt(Seen("7.23.2", rows={**seen.rows, "/ip/firewall/filter": rules}))
    assert list(refused) == ["/ip/firewall/filter"]
    ((place, why),) = refused["/ip/firewall/filter"].items()
    assert place == 0
    assert "protocol" in why
    assert len(router.rows("/ip/firewall/filter")) == 2
