"""The expectation that nobody has to write: Wiretik doesn't lock itself out."""

import re

import pytest
from typer.testing import CliRunner

from deploying import HOME, LAN, PASSPHRASE, PASSWORD, STACK, Site, reach, writes
from wiretik.cli import app
from wiretik.cli.farewell import farewell
from wiretik.engine import Stack
from wiretik_provider.api.session import Session
from wiretik_provider.simulator import serve

ALONE = """
wt.FilterRule("close", chain="input", action="drop", position=wt.FIRST, comment="closed")
"""


@pytest.fixture
def lab(monkeypatch):
    """A router that we seem to reach from its LAN; loopback addresses are no host's on any router."""
    monkeypatch.setattr(Session, "ends", ("192.168.88.10", "192.168.88.1", 8729))
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


def site(lab, directory, program, **config):
    keys = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    return Site(directory, program, {**keys, **config})


def test_a_rule_that_would_close_our_own_way_in_is_refused_before_a_write(lab, tmp_path):
    lab.reset_stats()
    run = site(lab, tmp_path, ALONE).up()
    text = "\n".join(run.errors)

    assert not run.ok
    assert "Wiretik would lock itself out: after this change 192.168.88.10 to the router's port 8729 is" in text
    assert "dropped by filter rule 0 'closed'" in text
    assert writes(lab) == 0


def test_whoever_means_it_says_so_in_config(lab, tmp_path):
    assert site(lab, tmp_path, ALONE, **{"wiretik:guard": "false"}).preview().ok


def test_a_rule_that_leaves_our_way_open_is_no_trouble(lab, tmp_path):
    run = site(lab, tmp_path, ALONE.replace('action="drop"', 'action="drop", in_interface_list="WAN"')).up()

    assert run.ok, run.errors
    assert "lock" not in run.text


def test_what_is_not_known_is_a_note_and_no_refusal(lab, tmp_path):
    run = site(lab, tmp_path, ALONE.replace('action="drop"', 'action="drop", random=50')).preview()

    assert run.ok, run.errors
    assert "whether Wiretik still reaches it after this change isn't known" in run.text


def test_without_the_lan_in_no_vpn_the_seeds_author_is_kept_from_locking_himself_out(lab, tmp_path):
    """Even in a program that expects nothing."""
    text = (HOME / "__main__.py").read_text()
    for line in (r"^ *wt\.Entry\(lan, .*\n", r'^ *dst_address_type="!local",.*\n', r"^home\.\w+\(.*\n"):
        text, count = re.subn(line, "", text, flags=re.MULTILINE)
        assert count
    broken = site(lab, tmp_path, HOME, **LAN)
    (broken.directory / "__main__.py").write_text(text)
    run = broken.preview()

    assert not run.ok
    assert "Wiretik would lock itself out: after this change 192.168.88.10 to the router's port 8729" in run.errors[0]
    assert "put 192.168.88.0/24 into the address list noVPN" in run.errors[0]


def test_a_router_that_we_reach_by_an_address_that_is_not_its_own_is_not_judged(tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        assert site(lab, tmp_path, ALONE).preview().ok


OPEN = """
wt.FilterRule(
    "open", chain="input", in_interface="bridge", protocol="tcp", dst_port=8729, action="accept", position=wt.FIRST
)
"""


def destroy(made, monkeypatch, *words):
    monkeypatch.setenv("PULUMI_BACKEND_URL", made.backend.as_uri())
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
    return CliRunner().invoke(app, ["destroy", "-C", str(made.directory), "-s", STACK, *words])


@pytest.mark.parametrize("front", ["dynamic", "plugin"])
def test_destroy_asks_first_where_it_would_close_our_own_way_in(lab, tmp_path, monkeypatch, front):
    made = site(lab, tmp_path, OPEN, **{"wiretik:front": front})
    assert made.up().ok
    second = lab.run("/ip/firewall/filter/print")[1][".id"]
    lab.run("/ip/firewall/filter/add", chain="input", action="drop", comment="drop all", place_before=second)
    lab.reset_stats()

    done = destroy(made, monkeypatch, "--yes")

    assert done.exit_code == 2
    told = "after this change 192.168.88.10 to the router's port 8729 is dropped by filter rule 0 'drop all'"
    assert told in done.stderr
    assert "cure: accept it in chain input above that rule" in done.stderr
    assert writes(lab) == 0


def test_destroy_asks_nothing_where_our_way_stays_open(lab, tmp_path):
    made = site(lab, tmp_path, OPEN)
    assert made.up().ok

    assert list(farewell(Stack(made.directory, STACK, backend=made.backend, passphrase=PASSPHRASE), ())) == []
