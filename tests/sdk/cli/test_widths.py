"""What every command shows on a terminal of 80 columns, and at length of 120: no line is wider, so no row is wrapped.

Names are whole. Files and JSON, which other programs read, stay as they are, however long their lines. A command that
isn't named here is called without a word, so that none is forgotten.
"""

import json
import re
from collections.abc import Sequence

import pytest
import typer

from at_length import rounds
from deploying import PASSWORD
from terminal import shown, wrapped
from wiretik.cli import app
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider
from wiretik_provider.api.link import close_all
from wiretik_provider.simulator import serve

PASSPHRASE = "testing"
SALT = "v1:N6XSzwkLgR8=:v1:zJOGqt8CtqiVp3Ym:CEX0XC74dnGu4yx/3MTl0m+dM/w+CQ=="
PROGRAM = """
import pulumi
import wiretik as wt
home = wt.Site("headquarters", wt.SiteArgs(
    lan=wt.Lan("bridge", "192.168.88.0/24"),
    tunnels=[wt.TunnelArgs("wg1", address="10.20.0.2/24", listen_port=13232, peers=[
        wt.TunnelPeer("the-office-in-the-city", endpoint="a-long-name.of-a-server.example.com:51820",
                      public_key="YQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                      allowed_address=["10.20.0.0/24", "172.16.50.0/24", "172.16.60.0/24"])])],
    relay=wt.RelayMeshArgs("wg-mesh", endpoint="router.example.com:51820", address="10.99.0.1/24", clients=[
        wt.MeshClient("phone", "10.99.0.3", private_key="YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=")])))
wt.FilterRule("never", chain="forward", action="accept", src_address="203.0.113.7", dst_address="192.168.88.0/24",
              comment="a rule that can never match where it will stand, which the preview warns of in a long sentence")
pulumi.export("phone", home.profiles["phone"])
pulumi.export("a-list-of-what-others-must-do", home.others_must)
"""
BEFORE = {"preview": ["preview"], "config": ["config"]}
AFTER = {
    "connect": ["connect", "127.0.0.1", "--port", "{tls}"],
    "connect in plain": ["connect", "127.0.0.1", "--port", "{plain}", "--timeout", "0.3"],
    "doctor": ["doctor"],
    "graph": ["graph"],
    "profile as a picture": ["profile", "phone", "--qr"],
    "show": ["show"],
    "trace": ["trace", "--src", "192.168.88.10", "--dst", "172.16.50.9"],
    "unmanaged": ["unmanaged"],
    "unmanaged, all": ["unmanaged", "--all"],
    "preview of drift": ["preview", "--refresh"],
    "preview, whole": ["preview", "--refresh", "--diff"],
    "refresh": ["refresh", "--yes"],
    "up again": ["up", "--yes"],
    "import": ["import", "--file", "import.json", "--yes"],
    "cancel": ["cancel"],
    "config": ["config"],
    "config set": ["config", "set", "an-odd-key", "x"],
    "a stack that isn't there": ["show", "-s", "a-stack-that-isnt-there"],
    "a router that isn't there": ["connect", "127.0.0.1", "--port", "1"],
    "an export that isn't there": ["trace", "--export", "no.rsc", "--src", "192.168.88.10", "--dst", "172.16.50.9"],
    "a word too much": ["lab", "a-word-too-much"],
}
FILES = {"compare": ["compare"], "export": ["export"], "profile": ["profile", "phone"]}
"""Whose lines are those of a file."""


pytestmark = pytest.mark.xdist_group("widths")  # one worker walks the commands for all of them


@pytest.fixture(scope="module", params=[80, 120][: rounds(1, 100)])
def terminal(request, tmp_path_factory):
    """A site in its folder, and what its commands show from the first preview to destroy."""
    folder = tmp_path_factory.mktemp("widths")
    (folder / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    (folder / "__main__.py").write_text(PROGRAM)
    (folder / "import.json").write_text('{"resources": [{"type": "wiretik:Route", "name": "far", "id": "*1"}]}')
    with serve(profile="defconf", password=PASSWORD) as lab, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
        patch.delenv("PULUMI_BACKEND_URL", raising=False)
        patch.setenv("WIRETIK_PASSWORD", PASSWORD)
        config = {"host": lab.host, "port": str(lab.api_port), "tls": "false", "username": "admin"}
        settings = {"encryptionsalt": SALT, "config": {f"wiretik:{key}": value for key, value in config.items()}}
        (folder / "Pulumi.lab.yaml").write_text(json.dumps(settings))
        ports: dict[str, str] = {"{tls}": str(lab.apis_port), "{plain}": str(lab.api_port)}

        def run(words: Sequence[str]) -> str:
            return shown([ports.get(word, word) for word in words], request.param, directory=folder)

        found = {f"before: {name}": run(words) for name, words in BEFORE.items()}
        found["up"] = run(["up", "--yes"])
        found["show, as it was made"] = run(["show"])
        [rule] = [row for row in lab.run("/ip/firewall/filter/print") if "never match" in row.get("comment", "")]
        lab.run("/ip/firewall/filter/set", numbers=rule[".id"], comment="changed by hand " * 12, disabled="yes")
        found |= {name: run(words) for name, words in AFTER.items()}
        found |= {name: run(name.split()) for name in sorted(commands() - walked())}
        found["destroy"] = run(["destroy", "--yes"])
        yield request.param, found


def commands():
    """Every command that there is, as its words."""

    def below(group, words):
        for name, one in group.commands.items():
            yield " ".join((*words, name))
            if hasattr(one, "commands"):
                yield from below(one, (*words, name))

    return set(below(typer.main.get_command(app), ()))


def walked():
    """Those that are called with words of their own; whatever else there is, is called without any."""
    named = {"up", "destroy", *(" ".join(words[:2]) for words in (*AFTER.values(), *FILES.values()))}
    return named | {words.split(" ")[0] for words in named}


def test_what_is_walked_is_there():
    assert {words[0] for words in (*AFTER.values(), *FILES.values())} <= commands()


def test_no_line_is_wider_than_the_terminal_and_none_is_a_traceback(terminal):
    columns, found = terminal
    wide = {name: lines for name, text in found.items() if (lines := wrapped(text, columns))}
    assert wide == {}
    assert [name for name, text in found.items() if "Traceback" in text or not text.strip()] == ["config set"]


def test_no_help_is_wider_than_the_terminal_and_none_is_squeezed(tmp_path):
    for words in ("", *sorted(commands())):
        text = shown([*words.split(), "--help"], 80, directory=tmp_path)
        assert "Usage:" in text
        assert wrapped(text, 80) == []
        options = re.split(r"^│ {1,4}(?:\* +)?(?=--)", text, flags=re.MULTILINE)[1:]
        lines = [re.split(r"^╰", option, flags=re.MULTILINE)[0].count("\n") for option in options]
        assert [option for option, count in zip(options, lines, strict=True) if count > 4] == [], "its column is narrow"


def test_names_are_whole_in_every_table_and_tree(terminal):
    _, found = terminal
    names = ("headquarters-wg1-interface", "headquarters-wg1-the-office-in-the-city", "headquarters-wg-mesh-phone")
    for command in ("before: preview", "up", "destroy"):
        assert [name for name in names if name not in found[command]] == [], command
    for command in ("show, as it was made", "show"):
        assert names[0] in found[command]
        assert "the-office-in-the-city" in found[command]
    assert "the-office-in-the-city" in found["graph"]


def test_a_row_is_one_line(terminal):
    columns, found = terminal
    tree = found["before: preview"]
    rows = [line for line in tree.splitlines() if re.match(r" \+  ?[├└│ ]*", line) and line.endswith("create")]
    counted = re.search(r"\+ (\d+) to create", tree)
    assert counted
    assert len(rows) == int(counted[1])
    assert ("wiretik:index:Tunnel" in tree) is (columns == 120)
    assert ("not at 80 columns" in found["show"]) is (columns == 80)


def test_a_sentence_goes_on_further_in_and_loses_no_word(terminal):
    _, found = terminal
    told = " ".join(found["a router that isn't there"].split())
    assert "127.0.0.1" in told
    assert "the connection was refused: the service api-ssl is off" in told
    assert "changed by hand" in found["preview of drift"]


def test_a_command_to_paste_is_continued_as_shells_and_routers_read_it(terminal):
    columns, found = terminal
    told = found["connect"]
    fingerprint = re.search(r"SHA-256 +([0-9a-f]{64})", told)
    assert fingerprint
    joined = re.sub(r" \\\n +", " ", told)
    assert f"pulumi config set wiretik:fingerprint {fingerprint[1]}\n" in joined
    assert (" \\\n" in told) is (columns == 80)


def test_files_keep_their_lines(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    line = "[Interface]\nPostUp = " + "a command " * 30 + "\n"
    (tmp_path / "__main__.py").write_text(f"import pulumi\npulumi.export('phone', {line!r})\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
        patch.delenv("PULUMI_BACKEND_URL", raising=False)
        (tmp_path / "Pulumi.lab.yaml").write_text(json.dumps({"encryptionsalt": SALT}))
        stack = Stack(tmp_path, "lab", host=provider.in_process, runner=program.inline())
        stack.up().check()
        close_all()
        assert ("a command " * 30).strip() in shown(FILES["profile"], 80, directory=tmp_path)
        assert json.loads(shown(FILES["export"], 80, directory=tmp_path))
