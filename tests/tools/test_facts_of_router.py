"""A router's console and the file of all menus: what a release brings is told, and put into the file."""

import functools
import json

import pytest

from tools import facts
from tools.exports_by_version import asking, known_until
from tools.facts_of_router import console, differences, main, newest, published, release, written
from wiretik_provider.menus import every
from wiretik_provider.simulator import Router, serve

PATHS = ("/ip/settings", "/ip/dhcp-server", "/interface/vlan", "/app/settings")
LATER = (
    "add-dns-entries add-dns-entries-suffix address-lists dynamic-lease-identifiers support-broadband-tr101 "
    "use-reconfigure"
)
SHOWN = frozenset(
    (
        "/interface/bridge/host",
        "/ip/pool/used",
        "/ip/proxy/connections",
        "/ip/socks/connections",
        "/routing/isis/lsp",
        "/routing/isis/neighbor",
        "/routing/ospf/neighbor",
        "/routing/route",
        "/system/script/environment",
        "/system/script/job",
        "/task",
    )
)
"""Menus that the embedded router hasn't got."""


@functools.cache
def embedded(number):
    return console(asking(Router("none", number)))


@pytest.fixture
def file(monkeypatch, tmp_path):
    """A file of all menus that may be written."""
    path = tmp_path / "every.txt"
    path.write_text(facts.HERE.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(facts, "HERE", path)
    return path


def test_where_both_are_of_one_version_nothing_differs():
    found = list(differences(embedded("7.24"), (7, 24), {*every.heads()} - SHOWN))

    assert found == ["/ip/firewall/filter: only the router has hw-offload"]  # an argument that boards alone have
    assert list(differences(embedded("7.16.2"), (7, 16, 2), PATHS)) == []


def test_what_a_new_release_brings_is_told_menu_by_menu():
    with known_until((7, 18, 99)):
        found = list(differences(embedded("7.24"), (7, 24), (*PATHS, "/tool/e-mail")))

    taken = (
        "app-store-urls auto-update disk download-path lan-bridge media-path registry-mirrors router-ip show-in-webfig"
    )
    assert found == [
        f"/app/settings: the file has no such menu; it takes {taken}",
        f"/ip/dhcp-server: only the router has {LATER.replace('address-lists ', '')}",
        "/ip/settings: only the router has ipv4-fragment-time ipv4-high-fragment-thresh",
        "/tool/e-mail: only the router has certificate-verification",
    ]


def test_what_a_router_lacks_is_told_too():
    found = list(differences(embedded("7.16.2"), (7, 24), ["/ip/dhcp-server", "/app/settings"]))

    assert found == ["/app/settings: the router says nothing of it", f"/ip/dhcp-server: only the file has {LATER}"]


def test_a_file_is_written_as_it_was_read():
    text = facts.HERE.read_text("utf-8")

    assert written(every.heads(), text) == text
    assert newest(text) == (7, 24)


def core(head):
    """What a console tells of a menu: its sort, its versions, and those of its arguments."""
    spans = (every._WORD.fullmatch(word) for word in head.words.split())
    marks = {sign: text for sign, text in head.marks.items() if sign != "key="}
    return head.shape, marks, {one.group("name", "since", "until") for one in spans if one}


def test_of_the_file_before_and_a_newer_router_comes_the_file_of_today():
    with known_until((7, 23, 99)):
        made = release(embedded("7.24"), "7.24", (7, 23, 2), whole=True)
        again = release(console(asking(Router("none", "7.24"))), "7.24", (7, 23, 2), whole=True)

    assert {path: core(made[path]) for path in {*made} - SHOWN} == {
        path: core(head) for path, head in every.heads().items() if path not in SHOWN
    }
    text = facts.HERE.read_text("utf-8")
    assert written(made, text, "7.25") == written(again, text, "7.25")
    assert newest(written(made, text, "7.25")) == (7, 25)


TREE = {
    "_type": "path",
    "ip": {
        "_type": "path",
        "settings": {
            "_type": "dir",
            "print": {"_type": "cmd"},
            "set": {
                "_type": "cmd",
                "ip-forward": {"_type": "arg"},
                "new-one": {"_type": "arg"},
                "a-password": {"_type": "arg"},
            },
        },
    },
    "new": {
        "_type": "dir",
        "add": {"_type": "cmd", "copy-from": {"_type": "arg"}, "name": {"_type": "arg"}},
        "find": {"_type": "cmd"},
        "move": {"_type": "cmd"},
        "set": {"_type": "cmd", "numbers": {"_type": "arg"}, "name": {"_type": "arg"}},
    },
}


def test_a_published_console_is_as_good_as_a_router(file, capsys):
    before = every.heads()
    source = file.parent / "inspect.json"
    source.write_text(json.dumps(TREE))

    main("--write", "7.25", str(source))

    text = file.read_text("utf-8")
    assert "\n/new O >=7.25 one\n name\n" in text
    assert " new-one>=7.25" in text
    assert "/ip/settings: only the router has a-password new-one" in capsys.readouterr().out
    assert text.count("\n/") == len(before) + 1
    assert text.count("<7.25") == 0  # what it lacks may be its board's

    with pytest.raises(SystemExit, match=r"the file knows RouterOS 7\.25: nothing is written"):
        main("--write", "7.25", str(source))
    assert file.read_text("utf-8") == text


def test_what_a_whole_router_lacks_is_gone():
    made = release(console(published(TREE)), "7.25", (7, 24), whole=True)
    settings = made["/ip/settings"].words.split()

    assert {"ip-forward:b", "new-one>=7.25", "a-password?>=7.25", "accept-redirects:b<7.25"} <= {*settings}
    assert made["/interface/vlan"].marks["<"] == "7.25"
    assert "<" not in made["/interface/ethernet/switch"].marks  # only boards have it
    assert made["/interface/amt"].marks["<"] == "7.19"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("--write", "7.25"), "the router has RouterOS 7.23.2, not 7.25: nothing is written"),
        (("--write", "7.23"), "the file knows RouterOS 7.23: nothing is written"),
        ((), None),
    ],
)
def test_the_command_names_the_router_that_it_asked(monkeypatch, capsys, file, given, why):
    some, text = {path: every.heads()[path] for path in PATHS[:3]}, file.read_text("utf-8")
    monkeypatch.setattr(every, "heads", lambda: some)
    with serve(profile="none", tls=False, password="a-secret-of-this") as lab:
        monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret-of-this")
        menus = {path: menu for path, menu in lab.router.menus.items() if path in {*some, "/system/resource"}}
        monkeypatch.setattr(lab.router, "menus", menus)
        settings = (f"host={lab.host}", f"port={lab.api_port}", "tls=false", "username=admin", *given)
        if why:
            with pytest.raises(SystemExit, match=why):
                main(*settings)
        else:
            main(*settings)

    assert capsys.readouterr().out == "RouterOS 7.23.2: 3 menus, 0 differences\n"
    assert file.read_text("utf-8") == text


def test_a_published_console_needs_its_version(tmp_path):
    source = tmp_path / "inspect.json"
    source.write_text("{}")

    with pytest.raises(SystemExit, match="doesn't say its version"):
        main(str(source))
    source.write_text("[]")
    with pytest.raises(SystemExit, match="is no console"):
        main("--write", "7.25", str(source))
    with pytest.raises(SystemExit, match="No such file"):
        main("--write", "7.25", str(tmp_path / "none"))


@pytest.mark.parametrize("number", ["7.25beta2", "7.25rc1", "7.25 (stable)", "7", "v7.25"])
def test_what_the_file_cant_write_is_no_release(file, number):
    """A word with such a version couldn't be read again, and no menu would be known."""
    text, source = file.read_text("utf-8"), file.parent / "inspect.json"
    source.write_text(json.dumps(TREE))

    with pytest.raises(SystemExit, match=r"is no release, such as 7\.25"):
        main("--write", number, str(source))
    assert file.read_text("utf-8") == text
