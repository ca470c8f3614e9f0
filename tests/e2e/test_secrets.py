"""No secret is ever printed or stored in plain: not in any output, state, history, error, log or repr."""

import base64
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from deploying import PASSPHRASE, PASSWORD, STACK, Site, reach, writes
from programs import KEY
from wiretik_provider.api.link import Link
from wiretik_provider.api.session import Access
from wiretik_provider.simulator import serve


def key(number: int) -> str:
    """A private key in the form in which a router stores it."""
    raw = bytearray(bytes([number]) * 32)
    raw[0] &= 248
    raw[31] = raw[31] & 127 | 64
    return base64.b64encode(bytes(raw)).decode()


PRIVATE, SHARED, CLIENT = key(0x51), key(0x52), key(0x53)
OTHER = key(0x54)
PROGRAM = f"""
config = pulumi.Config()
wg0 = wt.WireGuardInterface("wg0", private_key=config.require_secret("key"))
wg1 = wt.WireGuardInterface("wg1")
wt.Peer(
    "peer",
    interface=wg0,
    public_key="{KEY}",
    allowed_address=["10.0.0.0/8"],
    preshared_key=config.require("shared"),
    private_key="{CLIENT}",
)
pulumi.export("public", wg0.public_key)
"""
CONFIG = {"key": {"secret": PRIVATE}, "shared": SHARED}
PLAINLY_WRITTEN = {SHARED, CLIENT}
"""What the user himself wrote in plain, into config or program; elsewhere they are secrets too."""


def readable(folder: pathlib.Path) -> dict[str, str]:
    """Every file of a state folder as text."""
    return {
        str(file.relative_to(folder)): file.read_text(errors="replace")
        for file in folder.rglob("*")
        if file.is_file() and "home/" not in str(file.relative_to(folder))
    }


def leaks(text: str, secrets: set[str]) -> set[str]:
    """The secrets that stand in a text, also in another encoding."""
    forms = {secret: {secret, json.dumps(secret).strip('"'), secret.replace("/", "\\/")} for secret in secrets}
    for secret in secrets:
        if re.fullmatch(r"[A-Za-z0-9+/]{43}=", secret):
            forms[secret].add(base64.b64decode(secret).hex())
    return {secret for secret, spelled in forms.items() if any(form in text for form in spelled)}


def test_no_secret_is_in_output_or_state(tmp_path, engine):
    with serve(profile="defconf", password=PASSWORD) as lab:
        keys = {f"wiretik:{name}": value for name, value in reach(lab).items()}
        site = Site(tmp_path, PROGRAM, {**keys, **CONFIG}, engine=engine)

        runs = [site.up()] if engine == "pulumi" else [site.preview(), site.up(), site.up(refresh=True)]
        made = next(row for row in lab.run("/interface/wireguard/print") if row["name"] == "wg1")["private-key"]
        lab.run("/interface/wireguard/peers/set", numbers="*1", preshared_key=OTHER)
        runs.append(site.refresh())
        runs.append(site.up())

        assert [run.errors for run in runs] == [()] * len(runs)
        assert lab.run("/interface/wireguard/peers/print")[0]["preshared-key"] == SHARED
        secrets = {PRIVATE, SHARED, CLIENT, OTHER, made, PASSWORD, PASSPHRASE}
        for number, run in enumerate(runs):
            # A key of config that nobody called secret is shown as config; the program's own text is not looked at.
            assert leaks(run.text, secrets - {SHARED}) == set(), number
        for name, text in readable(site.backend).items():
            allowed = {SHARED} if engine == "pulumi" or "history" in name else set()
            assert leaks(text, secrets - allowed) <= ({SHARED} if "pulumi-python" in text else set()), name
        outputs = {one["urn"].rsplit("::", 1)[1]: one.get("outputs", {}) for one in site.state}
        assert "ciphertext" in outputs["wg0"]["private_key"]
        assert "ciphertext" in outputs["peer"]["preshared_key"]
        assert "ciphertext" in outputs["peer"]["private_key"]
        assert "private_key" not in outputs["wg1"]
        runs.append(site.destroy())
        assert leaks(runs[-1].text, secrets - {SHARED}) == set()


BY_HAND = f"""
wg0 = wt.WireGuardInterface("wg0", listen_port=13231)
wt.Peer("peer", interface=wg0, public_key="{KEY}", allowed_address=["10.0.0.0/8"])
"""


def test_a_secret_that_was_set_by_hand_is_nowhere_and_the_next_up_takes_it_away(tmp_path, engine):
    with serve(password=PASSWORD) as lab:
        site = Site(tmp_path, BY_HAND, {f"wiretik:{name}": value for name, value in reach(lab).items()}, engine=engine)
        assert site.up().ok
        lab.run("/interface/wireguard/peers/set", numbers="*1", preshared_key=OTHER, private_key=CLIENT)

        runs = [site.preview(refresh=True), site.refresh(), site.preview()]

        assert runs[1].names("update") == ["peer"]
        assert runs[2].names("update") == ["peer"]
        for run in runs:
            assert leaks(run.text, {OTHER, CLIENT}) == set()
        for name, text in readable(site.backend).items():
            assert leaks(text, {OTHER, CLIENT}) == set(), name
        assert site.up().ok
        row = lab.run("/interface/wireguard/peers/print")[0]
        assert {row.get(name, "none") for name in ("preshared-key", "private-key")} <= {"none", ""}
        assert site.up(refresh=True).touched == []


def test_a_secret_that_was_set_by_hand_may_stay_where_the_program_says_so(tmp_path):
    program = BY_HAND.replace(
        '"10.0.0.0/8"])', '"10.0.0.0/8"], opts=pulumi.ResourceOptions(ignore_changes=["preshared_key"]))'
    )
    with serve(password=PASSWORD) as lab:
        site = Site(tmp_path, program, {f"wiretik:{name}": value for name, value in reach(lab).items()})
        assert site.up().ok
        lab.run("/interface/wireguard/peers/set", numbers="*1", preshared_key=OTHER)
        for _ in range(2):
            assert site.refresh().ok
            assert site.up().ok
            assert site.up(refresh=True).touched == []
            site.write(program.replace("10.0.0.0/8", "10.1.0.0/16"))
        assert lab.run("/interface/wireguard/peers/print")[0]["preshared-key"] == OTHER
        assert lab.run("/interface/wireguard/peers/print")[0]["allowed-address"] == "10.1.0.0/16"
        assert leaks("".join(readable(site.backend).values()), {OTHER}) == set()


def test_what_a_router_repeats_of_any_input_that_is_secret_is_not_shown(tmp_path):
    secret = "nobody's-business 42%"
    program = """
s = pulumi.Config().require_secret("s")
wt.Script("a", source=s)
wt.AddressList("b", entries=["10.0.0.1"])
wt.IpAddress("c", address="10.1.0.1/24", interface="ether1", comment=s.apply(lambda text: text + "+more"))
"""
    with serve(password=PASSWORD) as lab:
        keys = {f"wiretik:{name}": value for name, value in reach(lab).items()}
        site = Site(tmp_path, program, {**keys, "s": {"secret": secret}})
        for written in (secret, secret.replace(" ", "\\20"), secret[:12]):
            lab.clear_faults()
            lab.fault("refuse", verb="add", times=0, message=f"failure: {written} is odd")
            run = site.up()
            assert not run.ok
            assert run.errors
            assert leaks(run.text, {secret, written}) == set()
            assert any("failure: [secret] is odd" in error for error in run.errors), run.errors


def test_the_command_prints_no_secret(tmp_path):
    with serve(password=PASSWORD) as lab:
        keys = {f"wiretik:{name}": value for name, value in reach(lab).items()}
        site = Site(tmp_path, PROGRAM, {**keys, **CONFIG, "shared": {"secret": SHARED}})
        command = [sys.executable, "-c", "from wiretik.cli import main; main()"]
        text = ""
        for words in (["preview", "--diff"], ["up", "--yes", "--diff"], ["up", "--yes", "--json"], ["export"]):
            done = subprocess.run(
                [*command, *words, "-s", STACK],
                cwd=site.directory,
                env={**site.process_environment(), "TERM": "dumb", "COLUMNS": "400"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            text += done.stdout + done.stderr
        made = next(row for row in lab.run("/interface/wireguard/print") if row["name"] == "wg1")["private-key"]
        assert leaks(text, {PRIVATE, SHARED, CLIENT, made, PASSWORD, PASSPHRASE}) == set()
        assert "wg0" in text


def test_refusals_do_not_quote_secrets(tmp_path):
    with serve(password=PASSWORD) as lab:
        keys = {f"wiretik:{name}": value for name, value in reach(lab).items()}
        bad = "bm90IGEga2V5"
        program = PROGRAM.replace(CLIENT, bad)
        site = Site(tmp_path, program, {**keys, "key": {"secret": bad}, "shared": {"secret": SHARED}})

        run = site.preview()

        assert not run.ok
        assert leaks(run.text, {bad, SHARED, PASSWORD}) == set()
        site.write(PROGRAM)
        site.configure({**keys, **CONFIG, "shared": {"secret": SHARED}})
        for verb, message in (("add", "input does not match any value of private-key"), ("set", "failure: no")):
            lab.fault("refuse", verb=verb, times=0, message=message)
        up = site.up()
        assert not up.ok
        assert leaks(up.text, {PRIVATE, SHARED, CLIENT, PASSWORD}) == set()


def test_reprs_and_errors_hold_no_password():
    access = Access(host="192.0.2.1", username="admin", password=PASSWORD)

    assert PASSWORD not in repr(access) + repr(Link(access)) + str(vars(Link(access)))


@pytest.fixture
def watched(tmp_path):
    """A site whose user has no policy `sensitive`."""
    with serve(password=PASSWORD) as lab:
        policy = "api,read,write,policy,test"
        lab.run("/user/group/add", name="deploy", policy=policy)
        lab.run("/user/add", name="deploy", password="d3ploy", group="deploy")
        keys = {**reach(lab, password="d3ploy"), "username": "deploy"}
        site = Site(
            tmp_path,
            PROGRAM,
            {**{f"wiretik:{name}": value for name, value in keys.items()}, **CONFIG, "shared": {"secret": SHARED}},
        )
        yield lab, site


def test_stars_instead_of_secrets_are_neither_drift_nor_written_back(watched):
    lab, site = watched
    assert site.up().errors == ()
    lab.reset_stats()

    refresh, again = site.refresh(), site.up(refresh=True)

    assert (refresh.touched, again.touched) == ([], [])
    assert writes(lab) == 0
    site.write(PROGRAM.replace('WireGuardInterface("wg1"', 'WireGuardInterface("wg1", comment="changed"'))
    assert site.up().names("update") == ["wg1"]
    rows = lab.run("/interface/wireguard/print")
    assert {row["name"]: row["private-key"] for row in rows}["wg0"] == PRIVATE
    assert all("*" not in row["private-key"] for row in rows)
    (peer,) = lab.run("/interface/wireguard/peers/print")
    assert (peer["preshared-key"], peer["private-key"]) == (SHARED, CLIENT)
    assert "*****" not in site.checkpoint.read_text()


def test_a_new_secret_is_written_though_the_old_one_can_not_be_read(watched):
    lab, site = watched
    assert site.up().errors == ()
    site.configure({**site.config, "key": {"secret": OTHER}})

    up = site.up()

    assert up.names("update") == ["wg0"]
    assert {row["name"]: row["private-key"] for row in lab.run("/interface/wireguard/print")}["wg0"] == OTHER
    assert site.up(refresh=True).touched == []


def test_the_password_may_come_from_the_environment_and_wins(bare, site):
    made = site(bare, "wt.Script('s')", config={"wiretik:password": {"secret": "outdated"}})
    made.environment["WIRETIK_PASSWORD"] = PASSWORD

    up = made.up()

    assert up.errors == ()
    assert PASSWORD not in up.text + made.checkpoint.read_text()
    assert "WIRETIK_PASSWORD" not in os.environ
