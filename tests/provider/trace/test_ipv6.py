"""IPv6 on a router as it will be, and what a question about it means."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.rows import ownership
from wiretik_provider.trace import Disposition, Snapshot, packet, trace
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.plan import after
from wiretik_provider.trace.questions.question import Question, ask
from wiretik_provider.trace.router.derive import derived

TAG = ownership.make("site", "lab", "", "lan6")
POOLED = read(
    {
        "menu": "/ipv6/address",
        "name": "lan6",
        "tag": TAG,
        "props": {"address": "::1/64", "from_pool": "isp", "interface": "bridge"},
    }
)
ROWS = {
    "/interface": [{".id": "*1", "name": "bridge", "type": "bridge"}, {".id": "*2", "name": "ether1", "type": "ether"}],
    "/ipv6/address": [
        {
            ".id": "*1",
            "address": "2001:db8:88::1/64",
            "interface": "bridge",
            "from-pool": "isp",
            "comment": f"[wt:{TAG}]",
        }
    ],
    "/ipv6/route": [{".id": "*1", "dst-address": "::/0", "gateway": "fe80::1%ether1"}],
}
PING = packet("2001:db8:88::10", "2001:db8:88::1", enters="bridge")


def router(rows):
    return Snapshot(derived(rows))


def test_the_address_that_a_pool_gave_stays_the_routers():
    then = after(router(ROWS), [POOLED])

    assert trace(then, PING).disposition is Disposition.DELIVERED


def test_before_a_pool_has_given_an_address_nothing_is_said_of_ipv6_and_all_of_ipv4():
    rows = {
        **ROWS,
        "/ipv6/address": [],
        "/ip/address": [{".id": "*9", "address": "192.168.88.1/24", "interface": "bridge"}],
    }
    then = after(router(rows), [POOLED])

    assert trace(then, PING).disposition is Disposition.UNKNOWN
    assert "the address of lan6 is made by the router and isn't there yet" in trace(then, PING).because
    assert trace(then, packet("192.168.88.10", "192.168.88.1", enters="bridge")).disposition is Disposition.DELIVERED


def test_one_router_is_seen_by_both_families_and_each_view_is_made_once():
    made = router(ROWS)

    assert made.family is FOUR
    assert made.of(SIX) is made.of(SIX)
    assert made.of(SIX).of(FOUR) is made
    assert made.of(FOUR) is made


@pytest.mark.parametrize(("source", "to"), [("192.168.88.10", "2001:db8::1"), ("fd88::10", "0.0.0.0/0")])
def test_a_question_of_both_families_has_no_answer(source, to):
    answer = ask(router(ROWS), Question(kind="leaves_by", source=source, to=("router", to), by="ether1"))

    assert answer.holds is None
    assert "one of IPv4 and one of IPv6 are no packet's" in answer.text


def test_all_that_comes_from_a_lan_is_asked_by_addresses_that_hosts_may_have_and_shown_by_a_known_one():
    answer = ask(router(ROWS), Question(kind="never_leaves_by", source="::/0", enters="bridge", by="ether1"))

    assert answer.holds is False
    assert answer.shown is not None
    assert answer.shown.packet.dst == SIX.number("2606:4700:4700::1111")
    assert "to 2606:4700:4700::1111" in answer.text


def test_link_local_hosts_are_asked_about_where_a_question_is_of_them_alone():
    rows = {**ROWS, "/ipv6/address": [{".id": "*1", "address": "fe80::88/64", "interface": "bridge"}]}
    local = Question(kind="reaches", source="fe80::/64", to=("router",), enters="bridge", port=53, protocol="udp")

    assert ask(router(rows), local).holds
    assert ask(router(rows), Question(kind="is_dropped", source="fe80::/64", to=("2606::/16",), enters="bridge")).holds
