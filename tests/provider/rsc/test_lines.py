"""Commands as lines, and the file that has them."""

import re

import pytest

from wiretik_provider.calls import Command
from wiretik_provider.rsc.document import Check, Heading, document
from wiretik_provider.rsc.lines import Said, lines, placeholder, plain
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.machine.session import Refused

HEADING = Heading("home (MikroTik, RouterOS 7.23.2)", "site/dev", "2026-11-30", "wiretik")


def texts(command, value=lambda _, word: plain(word)):
    return [line.text for line in lines(command, lambda row_id: f'comment="{row_id}"', value)]


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (
            Command("/ip/firewall/filter", "add", ("=chain=input", "=comment=a b", "=place-before=*3")),
            '/ip/firewall/filter add chain=input comment="a b" place-before=[find comment="*3"]',
        ),
        (
            Command("/ip/firewall/filter", "move", ("=numbers=*1", "=destination=*2")),
            '/ip/firewall/filter move [find comment="*1"] destination=[find comment="*2"]',
        ),
        (Command("/ip/dns", "set", ("=servers=9.9.9.9,1.1.1.1",)), "/ip/dns set servers=9.9.9.9,1.1.1.1"),
        (
            Command("/ip/route", "set", ("=.id=*1", "=!gateway=", "=comment=")),
            '/ip/route set [find comment="*1"] !gateway comment=""',
        ),
    ],
)
def test_a_command_is_one_line_with_what_finds_its_rows(command, line):
    assert texts(command) == [line]


def test_a_command_for_several_rows_is_a_line_for_each():
    command = Command("/ip/route", "remove", ("=.id=*1,*2",))
    assert texts(command) == ['/ip/route remove [find comment="*1"]', '/ip/route remove [find comment="*2"]']


def test_a_flag_stands_bare_and_a_secret_is_an_error():
    command = Command("/routing/table", "add", ("=name=vpn", "=fib="))
    assert texts(command, lambda _, word: plain(word) if word else Said("")) == ["/routing/table add name=vpn fib"]
    [line] = lines(Command("/x", "add", ("=key=s",)), str, lambda *_: placeholder("the key of x"))
    assert line.hidden == ("the key of x",)
    assert line.text == '/x add key=[:error "the key of x is left out of this file"]'


def imported(text):
    router = Router("defconf")
    before = router.snapshot()
    router.run("/file/add", name="plan.rsc", contents=text)
    with pytest.raises(Refused) as refused:
        router.run("/import", file_name="plan.rsc")
    router.run("/file/remove", numbers="plan.rsc")
    assert router.snapshot() == before
    return re.sub(r"^/import: failure: ", "", refused.value.message)


ADDED = tuple(lines(Command("/ip/route", "add", ("=dst-address=10.9.0.0/24", "=gateway=ether1")), str))


def test_a_router_that_has_changed_or_has_the_plan_already_imports_nothing_of_it():
    gone = document(HEADING, ADDED, [Check("/ip/route", 'comment="gone"')])
    assert 'comment="gone" isn\'t there just once: make the plan again' in imported(gone)
    there = document(HEADING, ADDED, [Check("/interface/bridge", 'name="bridge"', there=False)])
    assert 'name="bridge" is there already' in imported(there)


def test_a_file_without_its_secrets_can_t_be_imported_even_if_only_its_first_line_is_removed():
    [line] = lines(
        Command("/interface/wireguard", "add", ("=name=wg0", "=private-key=s")),
        str,
        lambda name, word: placeholder("the key of wg0") if name == "private-key" else plain(word),
    )
    text = document(HEADING, [line])
    assert "a secret is left out of this file" in imported(text)
    assert "the key of wg0 is left out" in imported(re.sub(r"(?m)^:error.*\n", "", text))


def test_nothing_to_do_is_said_and_what_must_wait_is_a_comment_of_one_line():
    assert "# Nothing: the router is as the program wants it." in document(HEADING, [])
    waiting = ADDED[0]._replace(waits="the public-key of wg0\non berlin")
    assert "\n# waits for the public-key of wg0" in document(HEADING, [waiting])
    assert not any(line for line in document(HEADING, [waiting]).splitlines() if not line.startswith("#"))
