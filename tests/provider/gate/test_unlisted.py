"""What no list of ours has: the router says whether it has it, and then it is kept like everything else."""

import pytest

from linked import plain_links
from tools.exports_by_version import known_until
from tools.facts_of_router import published
from wiretik_provider.api.link import close_all
from wiretik_provider.errors import UnknownMenu
from wiretik_provider.gate.kind import GateKind
from wiretik_provider.gate.unlisted import arguments
from wiretik_provider.menus import every, menu
from wiretik_provider.registry import kind_named
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.router import Refused

PASSWORD = "a password of these tests"
TAG = ownership.make("site", "lab", "IpDhcpServer", "v")
MAIL = "/tool/e-mail"
PATH = "/ip/dhcp-server"
SERVER = {"name": "v", "interface": "bridge", "use_reconfigure": True}


@pytest.fixture(scope="module")
def lab():
    with serve(tls=False, password=PASSWORD, version="7.24") as running:
        yield running
    close_all()


@pytest.fixture(autouse=True)
def older_file():
    """The file as it would be if 7.15 were the newest RouterOS: the embedded router has more than it."""
    with known_until((7, 15, 99)):
        assert "use-reconfigure" not in menu(PATH).by_name
        yield
    close_all()


def links(lab, **more):
    return plain_links(lab, PASSWORD, **more)


def judged(lab, capsys, extra, **props):
    """What the gate refuses of a DHCP server, and what it says beside."""
    close_all()
    return told(lab, capsys, {"menu": PATH, "props": {**SERVER, **props}, "extra": extra})


def told(lab, capsys, row):
    problems = GateKind().check(links(lab), {}, {"rows": [{"name": "v", "tag": TAG, "unknown": [], **row}]}).problems
    return [one.reason.partition(": ")[2] for one in problems], capsys.readouterr().err


def test_the_router_is_asked_once_for_what_the_file_lacks_and_it_is_told(lab, capsys):
    lab.reset_stats()

    problems, said = judged(lab, capsys, ["use-reconfigure"])

    assert problems == []
    assert (
        "v: /ip/dhcp-server use-reconfigure is in no list of Wiretik's; it is taken as text, as the router has it"
        in said
    )
    assert lab.stats().commands["/console"] == {"inspect": 2}  # what add takes, and what set takes


def test_what_the_router_hasnt_got_either_is_refused_with_what_was_meant(lab, capsys):
    problems, _ = judged(lab, capsys, ["use-reconfigure", "use-reconfiguer"], use_reconfiguer=True)

    assert problems == [
        "v: RouterOS 7.24 (stable) has no use-reconfiguer in /ip/dhcp-server; did you mean use-reconfigure?"
    ]


def test_a_router_that_doesnt_say_refuses_nothing(lab, capsys, monkeypatch):
    asked = lab.router.execute

    def silent(words, *session):
        if words[0] == "/console/inspect":
            return [("!trap", "=message=no such command"), ("!done",)]
        return asked(words, *session)

    monkeypatch.setattr(lab.router, "execute", silent)
    problems, said = judged(lab, capsys, ["use-reconfigure"])

    assert problems == []
    assert "whether the router has it isn't known" in said


def test_a_program_that_names_nothing_beside_the_file_asks_nothing(lab):
    lab.reset_stats()
    close_all()
    props = {"name": "v", "interface": "bridge"}
    row = {"menu": PATH, "name": "v", "tag": TAG, "props": props, "unknown": []}

    assert GateKind().check(links(lab), {}, {"rows": [row]}).problems == []
    assert "/console" not in lab.stats().commands


def test_it_is_written_seen_when_a_hand_changes_it_and_given_back(lab):
    kind, reach = kind_named(PATH), links(lab)
    inputs, problems = kind.check(
        reach, {}, {**SERVER, "use_reconfigure": "yes", "tag": TAG, "extra": ["use-reconfigure"]}
    )
    assert problems == []
    made = kind.create(reach, inputs)
    (row,) = lab.router.rows(PATH)
    assert (row["use-reconfigure"], made.outputs["extra"]) == ("true", ["use-reconfigure"])
    close_all()
    assert kind.read(reach, made.id, made.outputs).inputs == inputs

    lab.run(f"{PATH}/set", numbers="v", use_reconfigure="no")
    close_all()
    seen = kind.read(reach, made.id, made.outputs)
    assert seen.inputs["use_reconfigure"] == "no"
    outs = kind.update(reach, made.id, seen.outputs, inputs)
    assert lab.router.rows(PATH)[0]["use-reconfigure"] == "true"

    without = {name: value for name, value in inputs.items() if name not in {"use_reconfigure", "extra"}}
    outs = kind.update(reach, made.id, outs, without)
    assert lab.router.rows(PATH)[0].get("use-reconfigure") != "true"
    kind.delete(reach, made.id, outs)
    assert lab.router.rows(PATH) == []


def test_settings_have_such_arguments_too(lab):
    before = lab.router.rows(MAIL)
    reach, kind = links(lab), kind_named(MAIL)
    inputs, _ = kind.check(
        reach, {}, {"certificate_verification": "no", "tag": TAG, "extra": ["certificate-verification"]}
    )

    made = kind.create(reach, inputs)

    assert lab.router.rows(MAIL)[0]["certificate-verification"] == "no"
    kind.delete(reach, made.id, made.outputs)
    assert lab.router.rows(MAIL) == before


def test_what_a_file_knows_since_is_a_property_like_others(lab):
    """A newer Wiretik has the argument in its file, and the state goes on."""
    reach, kind = links(lab), kind_named(PATH)
    inputs, _ = kind.check(reach, {}, {**SERVER, "name": "w", "tag": TAG, "extra": ["lease-time"], "lease_time": "1h"})

    made = kind.create(reach, inputs)

    assert made.outputs["lease_time"] == "1h"
    kind.delete(reach, made.id, made.outputs)


def test_the_embedded_routers_console_names_what_its_commands_take(lab):
    def ask(path, verb, *words):
        rows = lab.router.run(f"{path}/{verb}", **dict(word[1:].split("=", 1) for word in words))
        return type("Answer", (), {"rows": rows})

    assert {"lease-time", "use-reconfigure", "name"} <= arguments(menu(PATH), ask)
    with pytest.raises(Refused, match="input does not match any value of request"):
        lab.router.run("/console/inspect", request="dance", path="ip,dhcp-server")


def test_what_says_which_row_is_meant_or_where_one_goes_is_no_property():
    taken = {name: {"_type": "arg"} for name in ("name", "copy-from", "numbers", "place-before")}
    there = {"new": {"_type": "dir", "add": {"_type": "cmd", **taken}, "set": {"_type": "cmd", **taken}}}

    assert arguments(every.unlisted("/new", "row", ()), published(there)) == {"name"}


def test_a_question_is_no_change_that_has_to_be_confirmed(lab):
    reach = links(lab, confirm="manual")
    row = {"menu": PATH, "name": "v", "tag": TAG, "props": SERVER, "unknown": [], "extra": ["use-reconfigure"]}
    before = len(lab.router.rows("/system/script"))

    assert GateKind().check(reach, {}, {"rows": [row]}).problems == []
    assert reach("").watch is not None
    assert len(lab.router.rows("/system/script")) == before


# -- menus that the file lacks ----------------------------------------------------------------------------------------

NEWER = "/ip/dns/forwarders"
"""Since 7.17, so not in the file as these tests have it."""
FORWARDER = {"name": "one", "dns_servers": "10.0.0.1"}


def new_menu(path, shape="row", find=None, **props):
    """A resource of a menu that the file lacks, as the SDK tells the gate of it."""
    names = sorted(name.replace("_", "-") for name in props)
    return {"menu": path, "shape": shape, "find": find, "props": props, "extra": names}


def test_a_menu_that_the_router_alone_has_is_told(lab, capsys):
    problems, said = told(lab, capsys, new_menu(NEWER, **FORWARDER))

    assert problems == []
    assert f"v: {NEWER} is in no list of Wiretik's; it is taken as the router has it, its properties as text; " in said
    assert said.count("is in no list") == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (new_menu("/ip/dns/forwardrs", a=1), "has no menu /ip/dns/forwardrs; did you mean /ip/dns/forwarders or"),
        (new_menu("/inteface/vlan", name="x"), "has no menu /inteface/vlan; did you mean /interface/vlan"),
        (new_menu("/qqqqq", name="x"), "has no menu /qqqqq"),
        (new_menu(NEWER, nam="x"), "has no nam in /ip/dns/forwarders; did you mean name?"),
        (new_menu(NEWER, "settings", name="x"), "has many rows in /ip/dns/forwarders: use MenuRow"),
        (new_menu(NEWER, "found", "one", name="x"), "has many rows in /ip/dns/forwarders: use MenuRow"),
        (new_menu("/app/settings", disk="x"), "has one row in /app/settings: use MenuSettings"),
        (
            new_menu("/app/settings", "found", "x", disk="x"),
            "has one row in /app/settings: use MenuSettings without find",
        ),
        (new_menu("/disk/btrfs/filesystem", label="x"), "that only the router makes: use MenuSettings and say which"),
        (new_menu("/disk/btrfs", label="x"), "has nothing in /disk/btrfs that can be configured"),
    ],
)
def test_a_menu_that_isnt_there_or_is_another_sort_is_refused(lab, capsys, row, why):
    (problem,), _ = told(lab, capsys, row)

    assert problem.startswith("v: RouterOS 7.24 (stable) has ")
    assert why in problem


def test_a_router_that_doesnt_say_which_menus_it_has_refuses_none(lab, capsys, monkeypatch):
    asked = lab.router.execute
    monkeypatch.setattr(
        lab.router,
        "execute",
        lambda words, *more: [("!done",)] if words[0] == "/console/inspect" else asked(words, *more),
    )

    problems, said = told(lab, capsys, new_menu(NEWER, **FORWARDER))

    assert problems == []
    assert "whether the router has it isn't known" in said


def life(lab, path, declared, changed, **told):
    """What a resource of such a menu has on the router: made, after a hand's change, mended, gone."""
    kind, reach = kind_named(path), links(lab)
    names = sorted(name.replace("_", "-") for name in declared)
    inputs, problems = kind.check(reach, {}, {**declared, "tag": TAG, "extra": names, **told})
    assert problems == []
    made = kind.create(reach, inputs)
    close_all()
    assert kind.read(reach, made.id, made.outputs).inputs == inputs
    yield lab.router.rows(path)

    row = lab.router.rows(path)[0]
    lab.run(f"{path}/set", **({"numbers": row[".id"]} if ".id" in row else {}), **changed)
    close_all()
    seen = kind.read(reach, made.id, made.outputs)
    assert {name: seen.inputs[name] for name in changed} == changed
    outs = kind.update(reach, made.id, seen.outputs, inputs)
    yield lab.router.rows(path)

    kind.delete(reach, made.id, outs)
    yield lab.router.rows(path)


def test_a_row_with_a_comment_carries_its_tag(lab):
    kept = life(lab, NEWER, {**FORWARDER, "comment": "ours"}, {"dns_servers": "10.0.0.9"}, shape="row")
    tags = [ownership.split(next(kept)[0]["comment"])[1].owner for _ in range(2)]

    assert tags == [TAG, TAG]
    assert next(kept) == []


def test_a_row_without_one_is_known_by_its_name(lab):
    made, mended, gone = life(lab, NEWER, FORWARDER, {"dns_servers": "10.0.0.9"}, shape="row")

    assert [(one["name"], one["dns-servers"], one.get("comment")) for (one,) in (made, mended)] == [
        ("one", "10.0.0.1", None)
    ] * 2
    assert gone == []


def test_a_row_without_a_name_is_known_by_its_id(lab):
    made, mended, gone = life(
        lab,
        "/ipv6/nd/proxy",
        {"address": "2001:db8::1", "interface": "ether1"},
        {"address": "2001:db8::9"},
        shape="row",
    )

    assert made == mended
    assert gone == []


def test_settings_are_given_back(lab):
    before = lab.router.rows("/app/settings")
    made, mended, back = life(lab, "/app/settings", {"auto_update": "yes"}, {"auto_update": "no"}, shape="settings")

    assert made == mended
    assert back == before


def test_a_program_that_takes_a_menu_for_another_sort_means_another_thing():
    kind = kind_named(NEWER)
    olds = {"shape": "row", "extra": ["name"], "name": "x"}

    assert kind.replaces(olds, {**olds, "shape": "settings"}) == ["shape"]
    assert kind.replaces(olds, olds) == []


def test_a_menu_that_no_resource_says_anything_of_isnt_there(lab):
    with pytest.raises(UnknownMenu, match="no menu /ip/dns/forwarders that can be configured"):
        kind_named(NEWER).read(links(lab), "x", {})
    with pytest.raises(UnknownMenu, match="no menu nonsense"):
        kind_named("nonsense")


def test_a_newer_file_takes_over_what_was_made_without_it(lab):
    """The tag comes with the next change or refresh; nothing is made anew."""
    kind, reach = kind_named(NEWER), links(lab)
    inputs, _ = kind.check(reach, {}, {**FORWARDER, "tag": TAG, "extra": ["dns-servers", "name"], "shape": "row"})
    made = kind.create(reach, inputs)
    (there,) = lab.router.rows(NEWER)

    with known_until((7, 24, 99)):
        close_all()
        newer = kind_named(NEWER)
        seen = newer.read(reach, made.id, made.outputs)
        now, problems = newer.check(reach, seen.inputs, {**FORWARDER, "tag": TAG})
        assert problems == []
        outs = newer.update(reach, made.id, seen.outputs, now)
        (after,) = lab.router.rows(NEWER)
        assert after[".id"] == there[".id"]
        assert ownership.split(after["comment"])[1].owner == TAG
        newer.delete(reach, made.id, outs)
    assert lab.router.rows(NEWER) == []


@pytest.mark.parametrize("path", ["ip/x", "/", "/ip//x", "/IP/x", "/ip/x ", "/ip/x/", ""])
def test_what_isnt_written_as_a_menu_is_none(path):
    assert every.unlisted(path, "row", ()) is None
