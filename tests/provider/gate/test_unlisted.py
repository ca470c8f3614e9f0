"""What no list of ours has: the router says whether it has it, and then it is kept like everything else."""

import pytest

from tools.exports_by_version import known_until
from wiretik_provider.api.link import close_all
from wiretik_provider.gate.kind import GateKind
from wiretik_provider.gate.unlisted import arguments
from wiretik_provider.kinds import Links
from wiretik_provider.menus import menu
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


def links(lab):
    reach = {"host": lab.host, "port": str(lab.api_port), "tls": "false", "username": "admin", "password": PASSWORD}
    return Links({f"wiretik:{name}": value for name, value in reach.items()})


def judged(lab, capsys, extra, **props):
    """What the gate refuses of a DHCP server, and what it says beside."""
    close_all()
    row = {
        "menu": PATH,
        "name": "v",
        "tag": TAG,
        "props": {**SERVER, **props},
        "unknown": [],
        "extra": extra,
    }
    problems = GateKind().check(links(lab), {}, {"rows": [row]}).problems
    return [one.reason for one in problems], capsys.readouterr().err


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

    assert [one.partition(": ")[2] for one in problems] == [
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
