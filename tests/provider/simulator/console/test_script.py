"""Scripts decide, look things up and give up where they should; what isn't understood is refused, not passed over."""

import pytest

from wiretik_provider.simulator import Refused, Router

LIST = "/ip/firewall/address-list"


@pytest.fixture
def router():
    return Router()


def ran(router, source):
    """The router's name after a script that may set it."""
    router.run("/system/script/add", name="x", source=source)
    router.run("/system/script/run", numbers="x")
    return router.rows("/system/identity")[0]["name"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("[/system/resource/get uptime] < 90s", True),
        ("[/system/resource get uptime] > 1d2h", False),
        ("1h30m = 90m", True),
        ("1 + 2 = 3 && 4 > 3", True),
        ("1 > 2 or (2 >= 2 and !(1 = 1))", False),
        ('"abc" ~ "^a.c$"', True),
        ('[:len [/ip/firewall/address-list/find list="none"]] = 0', True),
        ('[/system/identity/get name] = "MikroTik"', True),
        ('("a" . "b") = "ab"', True),
        ('[/interface get [find name=ether1] type] != "ether"', False),
        ("true and not false", True),
        ('"a \\" ] b" = "a \\" ] b"', True),
    ],
)
def test_a_condition_holds_or_not(router, condition, holds):
    name = ran(
        router, f":if ({condition}) do={{ /system/identity/set name=yes }} else={{/system/identity/set name=no}}"
    )
    assert name == ("yes" if holds else "no")


def test_a_condition_may_stand_without_parentheses(router):
    assert ran(router, ":local b true; :if $b do={ /system identity set name=on }") == "on"


def test_variables_hold_what_is_found_and_end_with_their_block(router):
    for address in ("10.0.0.1", "10.0.0.2"):
        router.run(f"{LIST}/add", list="a", address=address)
    source = (
        ":local n 0\n:foreach i in=[/ip/firewall/address-list/find list=a] do={\n"
        " :local it [/ip/firewall/address-list get $i address]\n :set n ($n + 1)\n"
        ' /ip/firewall/address-list/set $i comment=$it\n}\n:if ($n = 2) do={/system identity set name="two"}'
    )
    assert ran(router, source) == "two"
    assert [row["comment"] for row in router.rows(LIST)] == ["10.0.0.1", "10.0.0.2"]
    router.run("/system/script/add", name="y", source=":if (true) do={ :local it 1 }\n:if ($it = 1) do={}")
    with pytest.raises(Refused, match=r"no variable \$it is declared"):
        router.run("/system/script/run", numbers="y")


def test_rows_move_only_where_both_ends_are_one_row(router):
    for comment in ("a", "b", "c"):
        router.run("/ip/firewall/filter/add", chain="forward", comment=comment)
    source = (
        ":local a [/ip/firewall/filter/find comment=c]; :local b [/ip/firewall/filter/find comment={}]\n"
        ":if ([:len $a] = 1 && [:len $b] = 1) do={{ /ip/firewall/filter/move $a $b }}"
    )
    ran(router, source.format("x"))
    assert [row["comment"] for row in router.rows("/ip/firewall/filter")] == ["a", "b", "c"]
    router.run("/system/script/set", numbers="x", source=source.format("a"))
    router.run("/system/script/run", numbers="x")
    assert [row["comment"] for row in router.rows("/ip/firewall/filter")] == ["c", "a", "b"]


def test_an_array_is_gone_through(router):
    source = (
        ':foreach a in={"10.0.0.1";"10.0.0.2"} do={ /ip firewall address-list add list=x address=$a }\n'
        ":foreach a in=[/ip/firewall/address-list/find list=none] do={ :error never }"
    )
    ran(router, source)
    assert [row["address"] for row in router.rows(LIST)] == ["10.0.0.1", "10.0.0.2"]


def test_an_error_is_caught_or_ends_the_script(router):
    assert ran(router, ':do { :error "no" } on-error={ /system/identity/set name=caught }') == "caught"
    router.run("/system/script/add", name="y", source=':error "no more"\n/system/identity/set name=never')
    with pytest.raises(Refused, match="line 1: no more"):
        router.run("/system/script/run", numbers="y")
    assert router.rows("/system/identity") == [{"name": "caught"}]


@pytest.mark.parametrize(
    "source",
    [
        ":while (true) do={}",
        ":for i from=1 to=2 do={}",
        ":global x 1",
        ":do {} while=(true)",
        ":if (1) do={}",
        ":if ($a = 1) do={}",
        ":if (1 < ) do={}",
        ':if ("a" < "b") do={}',
        ":if (true) then={}",
        ":foreach x do={}",
        ":set a 1",
        ":local a [:pick abc 0]",
        "/system/identity/set name=[/system/identity/print]",
        ":local a [/interface/get [find name=none] name]",
        ":if (true] do={}",
    ],
)
def test_the_rest_of_the_language_is_refused(router, source):
    with pytest.raises(Refused, match="line 1"):
        ran(router, source)
    assert router.rows("/system/identity") == [{"name": "MikroTik"}]


def test_a_name_is_looked_up_and_one_that_is_not_there_is_an_error():
    router = Router(resolves={"a.example.org": ["198.51.100.1", "198.51.100.2"]})

    assert ran(router, '/system/identity/set name=[:tostr [:resolve "a.example.org"]]') == "198.51.100.1"
    router.run("/system/script/remove", numbers="x")
    caught = ':do {:local a [:resolve "b.example.org"]} on-error={/system/identity/set name=lost}'
    assert ran(router, caught) == "lost"


@pytest.mark.parametrize(
    ("value", "kind"),
    [("3m1s", "time"), ("198.51.100.1", "ip"), ("abc", "str"), ("(1 + 1)", "num"), ("(1 = 1)", "bool"), ('""', "nil")],
)
def test_a_value_has_a_type(router, value, kind):
    assert ran(router, f":local a {value}; /system/identity/set name=[:typeof $a]") == kind
