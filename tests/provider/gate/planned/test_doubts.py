"""What a preview warns of the program's own rows, as the doctor sees them where they will stand."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.planned import doubts
from wiretik_provider.simulator import Router
from wiretik_provider.trace import Snapshot

from ...doctor.grounds import GROUNDS  # noqa: TID252  (the doctor's common grounds, which stand there)

GROUND = ("factory", "provider", "translated", "second", "firewall")
TAG = "3f9a2c01beef"


def told(path, lines, *, mine=True):
    """What is told of a router on which the program's rows are those with a comment."""
    router = Router("none", leases={})
    router.load("\n".join((*(GROUNDS[one] for one in GROUND), lines)))
    rows = {menu: router.rows(menu) for menu in router.menus if router.rows(menu)}
    signed = [{**row, "comment": f"{row['comment']} [wt:{TAG}]"} if row.get("comment") else row for row in rows[path]]
    declared = [read({"menu": path, "tag": TAG, "name": "game", "props": {}})] if mine else []
    return list(doubts.warnings(Snapshot({**rows, path: signed}), declared))


FORWARD = """
/ip firewall nat
add action=dst-nat chain=dstnat dst-port=25565 in-interface=wg1 protocol=tcp to-addresses=192.168.88.50 comment=game
"""
ALIKE = """
/ip route
add dst-address=10.120.0.0/16 gateway=wg1 comment=one
add dst-address=10.120.0.0/16 gateway=wg2
"""


@pytest.mark.parametrize(
    ("path", "lines", "says"),
    [
        ("/ip/firewall/nat", FORWARD, "tcp port 25565, which NAT rule 3 'game' forwards to 192.168.88.50"),
        ("/ip/route", ALIKE, "the routes to 10.120.0.0/16 by wg1 and by wg2 in table main have the same distance 1"),
    ],
)
def test_what_a_row_of_the_program_would_do_is_told_with_its_name(path, lines, says):
    [found] = told(path, lines)

    assert found.startswith(f"game: after this change {says}")


@pytest.mark.parametrize(("path", "lines"), [("/ip/firewall/nat", FORWARD), ("/ip/route", ALIKE)])
def test_of_rows_that_the_program_does_not_declare_nothing_is_told(path, lines):
    assert told(path, lines, mine=False) == []
