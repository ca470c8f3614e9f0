"""Rows that carry no tag on the router, though the program sees one there, are undone by their ids."""

import pytest

from guarding import LISTS, Site, signed
from wiretik_provider.api.link import Link
from wiretik_provider.api.session import Access, Answer, Command
from wiretik_provider.api.unsigned import Lens, Unsigned
from wiretik_provider.guard.closing import confirm, roll_back
from wiretik_provider.guard.settings import Guarding
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

VLAN = "/interface/vlan"


def tag(name):
    return str(ownership.split(signed(name))[1])


@pytest.fixture
def site():
    """A router with rows that have no tags, which it is seen to have through the stack's config."""
    found = Site()
    run = found.router.run
    run(f"{VLAN}/add", name="guests", interface="bridge", vlan_id="10", comment="his")
    run(f"{VLAN}/add", name="cameras", interface="bridge", vlan_id="11")
    for number in range(30):
        run(f"{LISTS}/add", list="l", address=f"10.0.0.{number}", comment="old")
    ids = {row["address"]: row[".id"] for row in found.router.rows(LISTS)}
    found.lens = Lens(
        Unsigned(
            {VLAN: {"guests": tag("guests"), "cameras": tag("cameras")}, LISTS: dict.fromkeys(ids.values(), tag("l"))}
        ),
        "router lab",
    )
    return found


def through_the_lens(site):
    def send(commands):
        asked = [site.lens.sent(command) for command in commands]
        answers = [one if isinstance(one, Answer) else site.send([one])[0] for one in asked]
        return [site.lens.shown(command, answer) for command, answer in zip(commands, answers, strict=True)]

    return send


def given(site, watch, *commands):
    return watch.through([Command(*command) for command in commands], through_the_lens(site))


@pytest.fixture
def watch(site):
    found = site.watch()
    found.bare = site.lens.ids
    return found


def test_what_nobody_confirms_is_undone(site, watch):
    before = site.network()
    (rows,) = given(site, watch, (VLAN, "print"))
    ids = {row["name"]: row[".id"] for row in rows.rows}
    assert all("wt:" in row["comment"] for row in rows.rows)
    said = f"=comment=theirs {tag('guests')}"
    given(site, watch, (VLAN, "set", (f"=.id={ids['guests']}", "=vlan-id=20", said)))
    given(site, watch, (VLAN, "set", (f"=.id={ids['guests']}", "=name=visitors")))
    given(site, watch, (VLAN, "remove", (f"=.id={ids['cameras']}",)))
    (entries,) = given(site, watch, (LISTS, "print"))
    some = ",".join(row[".id"] for row in entries.rows)
    given(site, watch, (LISTS, "set", (f"=.id={some}", f"=comment=new {tag('l')}")))
    assert {row["comment"] for row in site.router.rows(LISTS)} == {"new"}
    given(site, watch, (LISTS, "remove", (f"=.id={some}",)))
    assert site.network() != before
    roll_back("", site.send, site.wait)
    assert site.network() == before


def test_what_is_confirmed_is_gone(site, watch):
    (rows,) = given(site, watch, (VLAN, "print"))
    given(site, watch, (VLAN, "remove", (f"=.id={rows.rows[0]['.id']}",)))
    confirm("", site.send)
    assert [row["name"] for row in site.router.rows(VLAN)] == ["cameras"]


def test_the_guard_of_a_link_knows_which_rows_carry_none():
    with serve(tls=False) as lab:
        lab.router.run(f"{VLAN}/add", name="guests", interface="ether2", vlan_id="10")
        access = Access(host=lab.host, port=lab.api_port, tls=False, username="admin", password="")
        link = Link(access, Guarding(120, ""), unsigned=Unsigned({VLAN: {"guests": tag("guests")}}))
        (row,) = link.ask(VLAN, "print").rows
        assert (row["comment"], set(link.watch.bare(VLAN))) == (tag("guests"), {row[".id"]})
        link.close()
