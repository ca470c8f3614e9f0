"""Rows that differ in a few values become a table where that is much shorter, in their order and with nothing lost."""

import ast

import pytest

from wiretik_provider.adopt.choosing import Inventory, Options, choose
from wiretik_provider.adopt.files import texts
from wiretik_provider.adopt.layout import Call, Listed, Plain, laid_out
from wiretik_provider.adopt.program import program
from wiretik_provider.adopt.tables import lines_of, spans

LONG = "a comment that makes a call of seven lines of it"


def call(name, /, **arguments):
    return Call(
        "menus.IpDhcpServerLease", [("", Plain(repr(name))), *((k, Plain(repr(v))) for k, v in arguments.items())]
    )


def lease(n, **more):
    given = {"address": f"10.0.0.{n}", "mac_address": f"02:00:00:00:00:{n:02X}", "server": "lan", "comment": LONG}
    return call(f"lease-{n}", **{**given, **more})


LEASES = [lease(n) for n in range(10, 18)]


def told(lines):
    """The calls that lines of a program make, by name."""
    made = {}
    menus = type("Menus", (), {"IpDhcpServerLease": staticmethod(lambda name, **said: made.update({name: said}))})
    exec("\n".join(lines), {"menus": menus})
    return {name: {key: value for key, value in said.items() if value is not None} for name, said in made.items()}


def test_rows_of_one_menu_are_a_table_and_what_all_of_them_have_stands_in_the_call():
    assert list(spans(LEASES, ())) == [(0, 8)]
    lines = lines_of(LEASES)
    assert lines[0] == "for name, address, mac_address in ["
    assert lines[1] == "    ('lease-10', '10.0.0.10', '02:00:00:00:00:0A'),"
    assert lines[9] == "]:"
    assert len(lines) < len([line for one in LEASES for line in laid_out("", one)]) / 2


@pytest.mark.parametrize(
    "rows",
    [
        LEASES,
        [*LEASES, lease(20, block_access=True), lease(21, server="guests")],
        [*LEASES, lease(20, comment="x" * 99), *(lease(n) for n in range(30, 40))],
        [*LEASES, call("odd"), None, *(lease(n) for n in range(30, 40))],
    ],
)
def test_a_table_makes_the_rows_that_the_calls_would_make_in_their_order(rows):
    found = list(spans(rows, ()))
    assert found
    for start, end in found:
        calls = rows[start:end]
        lines = lines_of(calls)
        assert list(told(lines).items()) == list(told([line for one in calls for line in laid_out("", one)]).items())
        assert all(len(line) <= 120 for line in lines)
        ast.parse("\n".join(lines))


@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        (LEASES[:4], ()),
        (LEASES, {"address"}),
        ([call(f"p{n}", name=f"pool{n}", ranges="10.0.0.0/24") for n in range(9)], ()),  # a line each as they are
        (
            [Call(one.function, [*one.arguments, ("routes", Listed([Plain(str(n))]))]) for n, one in enumerate(LEASES)],
            (),
        ),
    ],
)
def test_few_rows_short_ones_lists_and_names_that_the_program_has_make_no_table(rows, taken):
    assert not list(spans(rows, taken))


def test_a_program_has_its_leases_as_a_table_and_each_of_them_is_a_resource():
    leases = [
        {
            ".id": f"*{n}",
            "address": f"10.0.0.{n}",
            "mac-address": f"02:00:00:00:00:{n:02X}",
            "server": "lan",
            "comment": LONG,
        }
        for n in range(10, 18)
    ]
    made = program(choose(Inventory("7.23.2", "", {"/ip/dhcp-server/lease": leases}), Options()))
    text = texts(made, "A router.")["__main__.py"]
    assert "for name, address, mac_address in [\n" in text
    assert [one.id for one in made.made] == [row[".id"] for row in leases]
    assert all(f'"{one.name}"' in text for one in made.made)
