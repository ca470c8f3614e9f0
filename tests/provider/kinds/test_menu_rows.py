"""Rows of menus that are known from data alone: what isn't declared stays as it was, and nobody's spelling is drift."""

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.errors import RowError
from wiretik_provider.registry import kind_named
from wiretik_provider.rows import baseline

VLAN = "/interface/vlan"


@pytest.fixture
def vlan(bench):
    made = bench.resource(kind_named(VLAN))
    made.up(name="vlan10", vlan_id=10, interface="bridge")
    return made


def _row(bench, path=VLAN):
    (row,) = bench.lab.router.rows(path)
    return row


def test_a_row_is_made_and_a_second_up_writes_nothing(bench, vlan):
    row = _row(bench)
    assert (row["vlan-id"], row["interface"], row["disabled"]) == ("10", "bridge", "false")

    bench.written.clear()
    vlan.refresh()
    vlan.up(name="vlan10", vlan_id=10, interface="bridge")

    assert bench.written == []


def test_what_is_declared_and_changed_by_hand_is_mended(bench, vlan):
    bench.lab.run(f"{VLAN}/set", numbers="vlan10", vlan_id="11")
    vlan.refresh()
    vlan.up(name="vlan10", vlan_id=10, interface="bridge")

    assert _row(bench)["vlan-id"] == "10"


@pytest.mark.parametrize(("name", "value"), [("disabled", "yes"), ("mtu", "1400"), ("comment", "a hand's")])
def test_what_is_not_declared_and_changed_by_hand_is_mended(bench, vlan, name, value):
    before = _row(bench)
    bench.lab.run(f"{VLAN}/set", numbers="vlan10", **{name: value})

    vlan.refresh()
    vlan.up(name="vlan10", vlan_id=10, interface="bridge")

    assert _row(bench) == before


def test_what_is_no_longer_declared_is_what_it_was_before(bench, vlan):
    before = _row(bench)
    vlan.up(name="vlan10", vlan_id=10, interface="bridge", mtu=1400)
    assert _row(bench)["mtu"] == "1400"

    bench.written.clear()
    vlan.up(name="vlan10", vlan_id=10, interface="bridge")

    assert _row(bench) == before
    assert len(bench.written) == 1


def test_a_change_writes_no_other_property(bench, vlan):
    bench.written.clear()
    vlan.up(name="vlan10", vlan_id=12, interface="bridge")

    ((_, *words),) = bench.written
    assert [word for word in words if not word.startswith("=.id")] == ["=vlan-id=12"]


def test_a_version_that_prints_more_is_no_drift_and_hands_are_seen_from_then_on(bench, vlan):
    vlan.state[baseline.BASE] = {**vlan.state[baseline.BASE], baseline.VERSION: "7.22.3"}
    bench.lab.run(f"{VLAN}/set", numbers="vlan10", mtu="1400")

    vlan.refresh()
    assert "mtu" not in vlan.inputs
    bench.lab.run(f"{VLAN}/set", numbers="vlan10", mtu="1300")
    vlan.refresh()

    assert vlan.inputs["mtu"] == "1300"


def test_destroy_takes_the_row_away(bench, vlan):
    vlan.destroy()

    assert bench.lab.router.rows(VLAN) == []


def test_a_secret_is_written_and_never_kept_in_clear_by_what_is_hidden(bench):
    secret = bench.resource(kind_named("/ppp/secret"))
    secret.up(name="anna", password="a word that nobody knows", profile="default")
    assert _row(bench, "/ppp/secret")["password"] == "a word that nobody knows"

    hidden = {name: value for name, value in secret.state.items() if name.startswith("__")}
    assert "nobody knows" not in str(hidden)
    secret.refresh()
    bench.written.clear()
    secret.up(name="anna", password="a word that nobody knows", profile="default")
    assert bench.written == []
    secret.up(name="anna", password="another word", profile="default")
    assert _row(bench, "/ppp/secret")["password"] == "another word"


def test_other_spellings_of_a_value_are_no_drift(bench):
    queue = bench.resource(kind_named("/queue/simple"))
    queue.up(name="q", target="10.0.0.0/24", max_limit="10M/10M")
    (row,) = bench.lab.router.rows("/queue/simple")
    bench.lab.run("/queue/simple/set", numbers=row[".id"], max_limit="10000000/10000000")

    queue.refresh()

    assert queue.inputs["max_limit"] == "10M/10M"


@pytest.mark.parametrize(
    ("path", "key", "name", "values"),
    [
        ("/container/envs", {"list": "web", "key": "TZ"}, "value", ("UTC", "Europe/Riga")),  # a tag in its comment
        ("/ip/ipsec/mode-config", {"name": "road"}, "static_dns", ("10.0.0.1", "10.0.0.2")),  # none
    ],
)
def test_a_row_that_is_there_and_is_nobodys_is_refused_or_taken_over(bench, path, key, name, values):
    there, wanted = values
    bench.lab.run(f"{path}/add", **key, **{name: there})
    before = bench.lab.router.rows(path)
    made = bench.resource(kind_named(path))

    with pytest.raises(RowError, match="adopt=True takes it over"):
        made.up(**key, **{name: wanted})
    made.up(**key, **{name: wanted}, adopt=True)
    made.refresh()
    bench.written.clear()
    made.up(**key, **{name: wanted}, adopt=True)
    assert bench.written == []
    assert wanted in [row.get(name.replace("_", "-")) for row in bench.lab.router.rows(path)]
    made.destroy()

    assert bench.lab.router.rows(path) == before


MODE = "/ip/ipsec/mode-config"
"""Its rows have no comment, so they carry no tag."""


@pytest.fixture
def mode(bench):
    made = bench.resource(kind_named(MODE))
    made.up(name="road", static_dns="10.0.0.1")
    return made


def _modes(bench):
    return {row["name"]: row.get("static-dns") for row in bench.lab.router.rows(MODE) if row.get("default") != "true"}


def test_a_row_without_a_tag_that_a_hand_renamed_is_the_same_and_gets_its_name_back(bench, mode):
    bench.lab.run(f"{MODE}/set", numbers="road", name="street")

    mode.refresh()
    assert mode.inputs["name"] == "street"
    mode.up(name="road", static_dns="10.0.0.1")
    assert _modes(bench) == {"road": "10.0.0.1"}

    bench.lab.run(f"{MODE}/set", numbers="road", name="street")
    mode.destroy()
    assert _modes(bench) == {}


def test_a_row_that_has_only_the_id_of_one_without_a_tag_is_another(bench, mode):
    bench.lab.run(f"{MODE}/set", numbers="road", name="street", **{"static-dns": "10.0.0.2"})

    assert mode.refresh() is None


def test_of_a_row_that_has_nothing_but_a_name_the_id_alone_says_nothing(bench):
    mode = bench.resource(kind_named(MODE))
    mode.up(name="road")
    bench.lab.run(f"{MODE}/set", numbers="road", name="somebodys")

    assert mode.refresh() is None
    mode.destroy()
    assert _modes(bench) == {"somebodys": None}


def test_a_row_without_a_tag_is_not_taken_from_who_has_it(bench, mode):
    bench.lab.run(f"{MODE}/set", numbers="road", name="street")
    close_all()
    other = bench.resource(kind_named(MODE))
    other.up(name="street", static_dns="10.0.0.1", adopt=True)

    assert mode.kind.read(mode.links, mode.id, mode.state) is None


def test_settings_are_given_back_by_unset_where_nothing_was_printed(bench):
    path = "/tool/e-mail"
    before = bench.lab.run(f"{path}/print")
    made = bench.resource(kind_named(path))
    made.up(server="10.0.0.9", from_="router@example.com", password="hush, not to be seen")
    assert "hush" not in str(made.state["__former"])

    made.refresh()
    bench.written.clear()
    made.up(server="10.0.0.9", from_="router@example.com", password="hush, not to be seen")
    assert bench.written == []
    made.destroy()

    assert bench.lab.run(f"{path}/print") == before


def test_a_row_that_only_the_router_makes_is_found_and_given_back(bench):
    path = "/interface/ethernet"
    before = bench.lab.router.rows(path)
    made = bench.resource(kind_named(path))
    made.up(find="ether2", mtu=1400)
    assert [row["name"] for row in bench.lab.router.rows(path) if row["mtu"] == "1400"] == ["ether2"]

    made.refresh()
    made.destroy()

    assert bench.lab.router.rows(path) == before


def test_which_row_is_meant_must_be_said_and_be_there(bench):
    made = bench.resource(kind_named("/interface/ethernet"))

    assert made.problems(mtu=1400)["find"].startswith("missing: /interface/ethernet has rows that the router makes")
    with pytest.raises(RowError, match="no row is so; /interface/ethernet has ether1, ether2"):
        made.up(find="ether77", mtu=1400)
    close_all()


def test_a_version_without_the_menu_refuses_it_by_name(bench):
    made = bench.resource(kind_named("/tool/netinstall/settings"))

    with pytest.raises(RowError, match=r"RouterOS 7\.23\.2 doesn't have this menu \(since 7\.24\)"):
        made.up(**{made.kind.menu.writable[0].attribute: "x"})


def test_a_right_that_is_taken_out_of_a_group_is_gone_on_the_router(bench):
    path = "/user/group"
    made = bench.resource(kind_named(path))
    made.up(name="readers", policy=["read", "api", "ssh"])

    made.up(name="readers", policy=["read", "api"])

    row = next(row for row in bench.lab.router.rows(path) if row["name"] == "readers")
    given = {word for word in row["policy"].split(",") if not word.startswith("!")}
    assert given == {"read", "api"}
    bench.written.clear()
    made.refresh()
    made.up(name="readers", policy=["read", "api"])
    assert bench.written == []
