"""`wiretik profile`: what is secret in a stack gets out as text, picture or a file that only its owner may read."""

import io
import json
import os
import re
import stat

import pytest
import segno
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik.cli.commands.profile import profiles_in
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider

NORMAL = "[Interface]\nAddress = 10.99.0.3/24\nPrivateKey = a-key-of-mine\n"
AWAY = NORMAL + "DNS = 9.9.9.9\n"
UNKNOWN = NORMAL.replace("a-key-of-mine", "LAPTOP_PRIVATE_KEY")
PROGRAM = f"""
import pulumi
secret = pulumi.Output.secret
pulumi.export("phone", {{"normal": secret({NORMAL!r}), "exit": secret({AWAY!r})}})
pulumi.export("clients", {{"laptop": {{"home": secret({UNKNOWN!r})}}, "tablet": {{"home": secret({NORMAL!r})}}}})
pulumi.export("port", 51820)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    (folder / "__main__.py").write_text(PROGRAM)
    stack = Stack(folder, "home", passphrase="p", host=provider.in_process, runner=program.inline())
    assert stack.up().ok
    state = stack.backend.file("site", "home").read_text()
    assert "a-key-of-mine" not in state
    return folder


def run(site, *words, typed=None):
    environment = {"PULUMI_CONFIG_PASSPHRASE": "p", "PULUMI_BACKEND_URL": ""}
    return CliRunner().invoke(app, ["profile", *words, "-C", str(site)], env=environment, input=typed)


def test_a_mode_of_a_client_is_printed_as_it_is(site):
    assert run(site, "home", "phone", "--mode", "exit").stdout == AWAY
    assert run(site, "home", "phone").stdout == NORMAL
    assert run(site, "home", "tablet").stdout == NORMAL


@pytest.mark.parametrize("there", [False, True], ids=["new", "readable by all before"])
def test_a_file_is_its_owners_alone(site, tmp_path, there):
    file = tmp_path / "phone.conf"
    if there:
        file.write_text("longer than what comes" * 100)
        file.chmod(0o644)
    umask = os.umask(0)
    try:
        done = run(site, "home", "phone", "-m", "exit", "-o", str(file))
    finally:
        os.umask(umask)

    assert (done.exit_code, done.stdout) == (0, "")
    assert file.read_text() == AWAY
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_pictures_hold_the_cells_of_the_text(site, tmp_path):
    cells = segno.make(NORMAL, error="l", micro=False, boost_error=False)
    pixels, shown = io.BytesIO(), io.StringIO()
    cells.save(pixels, kind="png", scale=6, border=4)
    cells.terminal(shown, border=4, compact=True)

    for name in ("phone.svg", "phone.PNG"):
        assert run(site, "home", "phone", "-o", str(tmp_path / name)).exit_code == 0
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600

    assert (tmp_path / "phone.PNG").read_bytes() == pixels.getvalue()
    drawn = (tmp_path / "phone.svg").read_text()
    dark = sum(cell for row in cells.matrix for cell in row)
    assert sum(int(length) for length in re.findall(r"h(\d+)", drawn.partition('class="qrline"')[2])) == dark
    assert run(site, "home", "phone", "--qr").stdout == shown.getvalue()


def test_a_key_that_only_the_client_knows_is_said_to_be_missing_beside_the_text(site):
    done = run(site, "home", "laptop")

    assert done.stdout == UNKNOWN
    assert "its private key is made on laptop" in done.stderr


@pytest.mark.parametrize("words", [("--qr",), ("-o", "laptop.svg")])
def test_a_picture_without_its_key_is_refused_with_the_cure_and_makes_no_file(site, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)

    done = run(site, "home", "laptop", *words)

    assert (done.exit_code, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert done.stderr.startswith("error: laptop: no QR code: this profile has a placeholder")
    assert "wt.WireGuardKey" in done.stderr


def test_outputs_of_a_stack_elsewhere_come_by_standard_input(site):
    outputs = json.dumps({"phone": {"normal": NORMAL}})

    assert run(site, "-", "phone", typed=outputs).stdout == NORMAL
    assert "no JSON" in run(site, "-", "phone", typed="x").stderr
    assert "isn't the output of `pulumi stack output" in run(site, "-", "phone", typed="[]").stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("home", "watch"), 2, "no output is a profile of 'watch'; there are: laptop, phone, tablet"),
        (("home", "phone", "-m", "work"), 2, "phone has no mode 'work'; there are: exit, normal"),
        (("away", "phone"), 6, "no stack 'away'"),
        (("home", "phone", "-o", "/nowhere/at/all"), 2, "/nowhere/at/all: No such file or directory"),
    ],
)
def test_what_is_not_there_is_one_line_that_says_what_is(site, words, code, told):
    done = run(site, *words)

    assert done.exit_code == code
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_outputs_that_only_look_like_profiles_are_none():
    assert profiles_in({"a": {"b": "text"}, "c": {}, "d": "[Interface]\nx", "e": 1}) == {
        "d": {"normal": "[Interface]\nx"}
    }
