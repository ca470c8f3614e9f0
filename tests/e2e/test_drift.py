"""What somebody does by hand to a row of the program: refresh tells it by property, and the next up mends just that.

Each round does one kind of thing to a row of every menu that can have it done, so that a round is one refresh and one
up for all of them.
"""

from collections.abc import Iterator

import pytest

from deploying import HOME, LAN, PASSWORD, Site, reach, writes
from programs import EVERY_MENU
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab, serve

from .conftest import needs_pulumi

PATHS = {
    "wg7": "/interface/wireguard",
    "hub": "/interface/wireguard/peers",
    "address": "/ip/address",
    "far": "/routing/table",
    "route": "/ip/route",
    "rule": "/routing/rule",
    "rule-2": "/routing/rule",
    "tunnels": "/interface/list",
    "member": "/interface/list/member",
    "far-away": "/ip/firewall/address-list",
    "filter": "/ip/firewall/filter",
    "filter-2": "/ip/firewall/filter",
    "nat": "/ip/firewall/nat",
    "mangle": "/ip/firewall/mangle",
    "mangle-2": "/ip/firewall/mangle",
    "dns": "/ip/dns",
    "identity": "/system/identity",
    "nightly": "/system/scheduler",
    "greet": "/system/script",
}
COMMENTS = {
    "wg7": "mesh",
    "hub": "hub",
    "address": "own address",
    "far": "far table",
    "route": "far route",
    "rule": "first rule",
    "rule-2": "last rule",
    "tunnels": "all tunnels",
    "member": "the mesh",
    "far-away": "far LAN",
    "filter": "ssh from the mesh",
    "filter-2": "not this one",
    "nat": "into the mesh",
    "mangle": "far away",
    "mangle-2": "the end",
    "nightly": "every night",
    "greet": "says hello",
}
LISTS = "/ip/firewall/address-list"
SAID = {("check-gateway", "none")}
"""What a router prints only once it was said, and means what it meant before."""

# By resource: what is typed into the router's console, and the properties that refresh must name.
CHANGED = {
    "wg7": ({"listen-port": "13999"}, {"listen_port"}),
    "hub": ({"allowed-address": "10.77.0.0/24"}, {"allowed_address"}),
    "address": ({"address": "10.77.0.3/24"}, {"address"}),
    "route": ({"distance": "9"}, {"distance"}),
    "rule": ({"src-address": "10.99.0.0/24"}, {"src_address"}),
    "tunnels": ({"include": "LAN,WAN"}, {"include"}),
    "member": ({"interface": "ether5"}, {"interface"}),
    "far-away": ({"address": "10.99.0.0/24"}, {"entries"}),
    "filter": ({"dst-port": "23"}, {"dst_port"}),
    "nat": ({"src-address": "192.168.0.0/16"}, {"src_address"}),
    "mangle": ({"dst-address-list": "other"}, {"dst_address_list"}),
    "dns": ({"servers": "8.8.8.8"}, {"servers"}),
    "identity": ({"name": "someone"}, {"name"}),
    "nightly": ({"interval": "2d"}, {"interval"}),
    "greet": ({"source": ":beep"}, {"source"}),
}
DISABLED = {
    name: ({"disabled": "yes"}, {"entries" if name == "far-away" else "disabled"})
    for name, path in PATHS.items()
    if "disabled" in MENUS[path].by_name and name not in ("rule-2", "filter-2", "mangle-2")
}
UNSET = {
    "hub": ({"endpoint-address": "", "persistent-keepalive": "0"}, {"endpoint_address", "persistent_keepalive"}),
    "far": ({"!fib": ""}, {"fib"}),
    "rule": ({"!src-address": ""}, {"src_address"}),
    "tunnels": ({"include": ""}, {"include"}),
    "filter": ({"!dst-port": "", "!protocol": "", "!in-interface": ""}, {"dst_port", "protocol", "in_interface"}),
    "nat": ({"!src-address": ""}, {"src_address"}),
    "mangle": ({"!dst-address-list": ""}, {"dst_address_list"}),
    "dns": ({"servers": "", "allow-remote-requests": "no"}, {"servers", "allow_remote_requests"}),
    "nightly": ({"on-event": ""}, {"on_event"}),
    "greet": ({"source": ""}, {"source"}),
}
ADDED = {
    "wg7": ({"mtu": "1300"}, {"mtu"}),
    "hub": ({"responder": "yes"}, {"responder"}),
    "route": ({"check-gateway": "ping", "pref-src": "10.77.0.2"}, {"check_gateway", "pref_src"}),
    "rule": ({"dst-address": "10.0.0.0/8"}, {"dst_address"}),
    "tunnels": ({"exclude": "WAN"}, {"exclude"}),
    "filter": ({"src-address": "10.0.0.1", "log": "yes"}, {"src_address", "log"}),
    "nat": ({"dst-address": "!10.0.0.1", "log-prefix": "x"}, {"dst_address", "log_prefix"}),
    "mangle": ({"connection-state": "new"}, {"connection_state"}),
    "greet": ({"dont-require-permissions": "yes"}, {"dont_require_permissions"}),
}
COMMENTED = {name: ({"comment": "{mine} and more {tag}"}, {"comment"}) for name in COMMENTS if name != "far-away"} | {
    "far-away": ({"comment": "{mine} and more {tag}"}, {"entries"})
}
UNTAGGED = {name: ({"comment": "{mine}"}, {"tag"}) for name in COMMENTS if name != "far-away"}
ROUNDS = {
    "changed": CHANGED,
    "disabled": DISABLED,
    "unset": UNSET,
    "added": ADDED,
    "comment edited": COMMENTED,
    "tag removed": UNTAGGED,
}


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with serve(profile="defconf", password=PASSWORD) as served:
        yield served


@pytest.fixture(scope="module")
def deployed(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Site:
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    site = Site(tmp_path_factory.mktemp("drift"), EVERY_MENU, config)
    assert site.up().errors == ()
    return site


def row_of(lab: Lab, name: str) -> dict[str, str]:
    """The row of a resource, found as a person would find it."""
    rows = lab.run(f"{PATHS[name]}/print")
    if name not in COMMENTS:
        return rows[0]
    return next(row for row in rows if ownership.split(row.get("comment", ""))[0] == COMMENTS[name])


def type_in(lab: Lab, name: str, words: dict[str, str]) -> None:
    row = row_of(lab, name)
    text, tag = ownership.split(row.get("comment", ""))
    told = {key: value.format(mine=text, tag=tag) for key, value in words.items()}
    target = {"id": row[".id"]} if ".id" in row else {}
    lab.run(f"{PATHS[name]}/set", **target, **told)


def as_configured(snapshot: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """With every id, but for entries of address lists: another address is another entry, also for the router."""
    found = {**snapshot, LISTS: by_content(snapshot)[LISTS]}
    return {path: [_plain(row) for row in sorted(rows, key=_mark) if row] for path, rows in found.items()}


def _plain(row: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if name != "creation-time" and (name, text) not in SAID}


def _mark(row: dict[str, str]) -> str:
    return row["address"] if row.get("list") == "far-away" else ""


def by_content(snapshot: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    return {path: [{k: v for k, v in row.items() if k != ".id"} for row in rows] for path, rows in snapshot.items()}


def owned_whole(snapshot: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """Rows that were made anew stand at the end of menus without an order, with an id, a key and a generation."""
    chosen = ("private-key", "public-key", "creation-time", "start-date")
    found = {}
    for path, rows in by_content(snapshot).items():
        plain = [{k: v for k, v in _plain(row).items() if not (path == "/interface" and k in chosen)} for row in rows]
        for row in plain:
            if tag := ownership.split(row.get("comment", ""))[1]:
                row["comment"] = row["comment"].replace(str(tag), str(tag._replace(generation="")))
        ordered = path in MENUS and MENUS[path].ordered
        found[path] = plain if ordered else sorted(plain, key=lambda row: sorted(row.items()))
    return found


pytestmark = pytest.mark.xdist_group("drift")


@pytest.mark.parametrize("kind", ROUNDS)
def test_a_row_that_somebody_touched_is_told_by_property_and_mended(lab, deployed, kind):
    drifts = ROUNDS[kind]
    before = lab.router.snapshot()
    for name, (words, _) in drifts.items():
        type_in(lab, name, words)

    seen = deployed.refresh()

    assert seen.errors == ()
    told = {name: set(keys) for name, keys in seen.changed.items()}
    wanted = {name: keys for name, (_, keys) in drifts.items()}
    assert {name: keys - told.get(name, set()) for name, keys in wanted.items()} == {name: set() for name in wanted}
    assert told.keys() == wanted.keys()

    lab.reset_stats()
    mended = deployed.up()

    assert mended.errors == ()
    assert mended.names("update") == sorted(drifts)
    assert mended.names("create", "delete", "replace") == []
    assert as_configured(lab.router.snapshot()) == as_configured(before)
    assert writes(lab) <= 2 * len(drifts)


def test_a_rule_that_was_moved_is_told_and_moved_back(lab, deployed):
    before = lab.router.snapshot()
    # Not `filter`: defconf's drop is for WAN, where its interface isn't, so below that it stands as well.
    for name in ("rule", "filter-2", "nat", "mangle"):
        lab.run(f"{PATHS[name]}/move", numbers=row_of(lab, name)[".id"])
    for path, name in (("/routing/rule", "rule-2"), ("/ip/firewall/mangle", "mangle-2")):
        first = lab.run(f"{path}/print")[0][".id"]
        lab.run(f"{path}/move", numbers=row_of(lab, name)[".id"], destination=first)

    seen = deployed.refresh()

    # NAT has one rule in its chain beside defconf's; a rule whose neighbour moved stands wrong as well.
    assert {name for name, keys in seen.changed.items() if "position" in keys} >= {
        *("rule", "filter-2", "nat", "mangle", "rule-2", "mangle-2")
    }
    lab.reset_stats()
    assert deployed.up().errors == ()
    assert by_content(lab.router.snapshot()) == by_content(before)
    assert set().union(*lab.stats().commands.values()) & {"add", "set", "remove"} == set()
    assert deployed.up(refresh=True).touched == []


def test_rows_that_somebody_removed_are_made_again(lab, deployed):
    before = lab.router.snapshot()
    # What others refer to can't go alone, and wg7 would take its key with it.
    removed = [name for name in COMMENTS if name not in ("wg7", "far", "tunnels", "far-away")]
    for name in removed:
        lab.run(f"{PATHS[name]}/remove", id=row_of(lab, name)[".id"])

    seen = deployed.refresh()

    assert seen.names("delete") == sorted(removed)
    up = deployed.up()
    assert up.errors == ()
    assert up.names("create") == sorted(removed)
    assert owned_whole(lab.router.snapshot()) == owned_whole(before)
    assert deployed.up(refresh=True).touched == []


def test_without_a_refresh_an_up_adds_nothing_twice(lab, deployed):
    before = lab.router.snapshot()
    type_in(lab, "filter", {"dst-port": "23"})

    assert deployed.up().touched == []  # as with Pulumi everywhere: up compares with the state
    assert deployed.up(refresh=True).names("update") == ["filter"]
    assert lab.router.snapshot() == before


def test_a_change_of_the_program_mends_what_it_meets_by_hand(lab, deployed):
    type_in(lab, "filter", {"dst-port": "23", "src-address": "10.9.9.9"})
    lab.run("/system/script/remove", id=row_of(lab, "greet")[".id"])
    deployed.write(EVERY_MENU.replace("dst_port=22", "dst_port=2222").replace("says hello", "hello"))

    up = deployed.up()

    assert up.errors == ()
    assert up.names("update") == ["filter", "greet"]
    rule = row_of(lab, "filter")
    assert rule["dst-port"] == "2222"
    assert "src-address" not in rule
    assert [row["comment"].partition(" [")[0] for row in lab.run("/system/script/print")] == ["hello"]
    deployed.write(EVERY_MENU)
    assert deployed.up().errors == ()


@needs_pulumi
@pytest.mark.xdist_group("home-pulumi")
def test_the_cli_tells_drift_by_property_too(tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {**LAN, **{f"wiretik:{key}": value for key, value in reach(lab).items()}}
        site = Site(tmp_path, HOME, config, engine="pulumi")
        assert site.up().errors == ()
        before = lab.router.snapshot()
        rule = next(row for row in lab.run("/ip/firewall/filter/print") if row["comment"].startswith("allow wg1 in"))
        lab.run("/ip/firewall/filter/set", id=rule[".id"], disabled="yes", **{"!in-interface": ""})
        lab.run("/ip/firewall/filter/move", numbers=rule[".id"])

        up = site.up(refresh=True)

        assert up.errors == ()
        assert up.touched == [("update", "accept-wg1-in")]
        assert {"disabled", "in_interface", "position"} <= up.changed["accept-wg1-in"]
        # Among rules that ask for one place any order is right, so the rule may stand below its equals now.
        path = "/ip/firewall/filter"
        assert sorted(map(_items, lab.router.snapshot()[path])) == sorted(map(_items, before[path]))


def _items(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())
