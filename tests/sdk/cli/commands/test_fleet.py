"""`wiretik fleet`: whole fleets of a few sites, on routers in memory."""

import base64
import contextlib
import json
import re
import sqlite3
import sys
from pathlib import Path

import pytest

from fleets import LINKED, NOBODY, PASSWORD, PROGRAM, fleet

SITES = ("a", "b", "c", "d")


@pytest.fixture
def three(tmp_path):
    with fleet(tmp_path, *SITES[:3]) as found:
        yield found


@pytest.fixture
def four(tmp_path):
    with fleet(tmp_path, *SITES) as found:
        yield found


@pytest.fixture
def two(tmp_path):
    with fleet(tmp_path, "a", "b") as found:
        yield found


def test_a_fleet_goes_up_in_waves_and_a_second_time_nothing_changes(three):
    done = three.run("up", "--yes", "--waves", "1,67%")
    assert (done.code, done.err) == (0, "")
    assert re.findall(r"wave (\d) of 3: (\d) site", done.out) == [("1", "1"), ("2", "1"), ("3", "1")]
    assert "3 of 3 sites ok, 3 with changes" in done.out
    assert three.rows() == dict.fromkeys(SITES[:3], 1)

    again = three.run("preview", "--expect-no-changes")
    assert again.code == 0, again.out
    assert "3 sites: no change  (" in again.out


def test_a_run_halts_at_its_limit_and_is_resumed_when_the_sites_are_there(four):
    four.write(a=NOBODY, b=NOBODY)
    halted = four.run("up", "--yes", "--waves", "75%", "--max-failed", "1", "--workers", "3")
    assert halted.code == 9, halted.out
    assert "halted: 0 sites failed and 2 can't be reached; 1 may" in halted.out
    assert "1 of 4 sites ok, 1 with changes; 2 unreachable; 1 untouched" in halted.out
    assert four.rows() == {"a": 0, "b": 0, "c": 1, "d": 0}

    four.write()
    done = four.run("up", "--yes", "--resume", "last", "--json")
    assert done.code == 0, done.err
    begun = sorted(str(event["site"]) for event in done.events if event["event"] == "site-began")
    assert begun == ["a", "b", "d"], "what was done isn't done again"
    assert four.rows() == dict.fromkeys(SITES, 1)


SECRET = "s3cret-of-the-program"
NOISY = f"""{PROGRAM}
print({SECRET!r})
pulumi.export("hidden", pulumi.Output.secret({SECRET!r}))
"""


def test_drift_names_the_sites_and_no_record_holds_a_secret(two, tmp_path):
    two.write(program=NOISY)
    assert two.run("up", "--yes").code == 0
    rule = two.labs["b"].run("/ip/firewall/filter/print")[0]
    two.labs["b"].run("/ip/firewall/filter/remove", numbers=rule[".id"])

    found = two.run("drift", "--textfile", str(tmp_path / "wiretik.prom"))

    assert found.code == 7
    assert "1 site: - FilterRule  (b)" in found.out
    assert "1 site: no change  (a)" in found.out
    samples = (tmp_path / "wiretik.prom").read_text()
    assert 'wiretik_site_drift{site="a"} 0\nwiretik_site_drift{site="b"} 1\n' in samples
    assert 'wiretik_site_last_up_ok{site="b"} 1\n' in samples
    assert two.run("status").out.splitlines()[2].split()[-2:] == ["-", "1"]
    assert two.run("report").code == 0
    assert_no_secret(two)


def assert_no_secret(found):
    needles = [form for text in (PASSWORD, SECRET) for form in (text.encode(), base64.b64encode(text.encode()))]
    assert {file.suffix for file in found.records} >= {".jsonl", ".sqlite", ".html"}
    for file in [*found.records, *found.place.glob("*.yaml")]:
        content = file.read_bytes()
        if file.suffix == ".sqlite":
            assert file.stat().st_mode & 0o077 == 0
            with contextlib.closing(sqlite3.connect(file)) as database:
                content = "\n".join(database.iterdump()).encode()
            assert b'"verdict":"ok"' in content, "outcomes are legible there, so a search means something"
        assert not [each for each in needles if each in content], file


def peers(found, name):
    rows = found.labs[name].run("/interface/wireguard/peers/print")
    return {row["name"]: row["public-key"] for row in rows}


def test_hub_and_spokes_know_each_others_keys_after_one_command(three):
    three.write(program=LINKED, more="links:\n  - {hub: b, spokes: '!b'}\n")
    done = three.run("up", "--yes", "--waves", "1,2,100%", "--json")
    assert done.code == 0, done.out
    begun = [event["site"] for event in done.events if event["event"] == "site-began"]
    assert (begun[:3], sorted(begun[3:])) == (["a", "b", "c"], ["a", "b"])
    keys = {name: lab.run("/interface/wireguard/print")[0]["public-key"] for name, lab in three.labs.items()}
    assert peers(three, "b") == {name: keys[name] for name in "ac"}
    assert [peers(three, name) for name in "ac"] == [{"b": keys["b"]}] * 2
    assert three.run("render").out == "0 files written\n", "all were given the last facts"
    told = json.loads(three.run("doctor", "--json").out)
    assert [router["name"] for router in told["routers"]] == ["a", "b", "c"]
    assert not [one for one in told["findings"] if "key" in one["kind"]]
    row = three.labs["c"].run("/interface/wireguard/peers/print")[0]
    three.labs["c"].run("/interface/wireguard/peers/set", numbers=row[".id"], **{"public-key": keys["a"]})
    told = json.loads(three.run("doctor", "--json").out)
    assert [one for one in told["findings"] if one["router"] == "c" and "key" in one["kind"]]


def test_render_writes_what_pulumi_reads_and_destroy_takes_all_away(two):
    assert "2 files written" in two.run("render").out
    assert two.run("render").out == "0 files written\n"
    text = (two.place / "Pulumi.a.yaml").read_text()
    assert "encryptionsalt: v1:" in text
    assert "wiretik:password:\n    secure: v1:" in text
    assert two.run("up", "--yes", "-l", "a").code == 0
    assert two.rows() == {"a": 1, "b": 0}
    assert two.run("destroy", "--yes").code == 0, "b was never there"
    assert two.rows() == {"a": 0, "b": 0}


def test_one_sites_password_is_not_another_ones(two, monkeypatch):
    two.labs["b"].router.run("/user/set", numbers="admin", password="another one")
    monkeypatch.setenv("OF_B", "another one")
    monkeypatch.setenv("WIRETIK_PASSWORD", "a variable that is left over")
    file = two.place / "fleet.yaml"
    file.write_text(file.read_text().replace("  b: {", "  b: {password: {env: OF_B}, "))

    assert two.run("preview").code == 0


def test_two_deployments_of_one_router_come_one_after_the_other(two):
    two.write(b=two.labs["a"].api_port)
    done = two.run("up", "--yes", "--waves", "100%", "--json")

    ends = [event for event in done.events if event["event"] == "site"]
    assert len(ends) == 2
    assert any("is taken" in str(each["errors"]) or each["verdict"] == "ok" for each in ends)


def test_what_isnt_installed_is_one_line(two, monkeypatch):
    for name in ("nornir", "nornir.core.inventory"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "wiretik.fleet.sites.inventory", raising=False)
    monkeypatch.delattr("wiretik.fleet.sites.inventory", raising=False)
    done = two.run("status")
    assert done.code == 2
    assert "pip install 'wiretik[fleet]'" in done.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["up", "--yes", "--window", "always"], "it is two times of day"),
        (["up", "--yes", "--max-failed", "few"], "it is a number of sites, or a share"),
        (["up"], "there is no terminal to ask: pass --yes"),
        (["up", "--yes", "--resume", "20200101-000000-up"], "no run '20200101-000000-up'"),
        (["preview", "-l", "nowhere"], "no site is -l nowhere"),
        (["preview", "--engine", "terraform"], "it is embedded"),
        (["report", "nothing"], "no run 'nothing'"),
    ],
)
def test_a_mistake_in_the_call_is_one_line(two, words, says):
    done = two.run(*words)
    assert done.code in (2, 6)
    assert says in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_encrypt_prints_what_the_fleets_file_takes(two):
    done = two.run("encrypt")
    assert done.out.startswith("{secure: v1:")
    assert Path(two.place / "fleet.yaml").read_text().count("encryptionsalt") == 1
