"""What stands on the router and is no resource's: counted by preview and refresh, listed by `wiretik unmanaged`."""

import json
import sys

import pytest
from typer.testing import CliRunner

from deploying import PASSPHRASE, PASSWORD, STACK, Site, reach
from wiretik.cli import app
from wiretik.engine.processes import provider
from wiretik_provider.api.link import close_all
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

FILTER, LISTS = "/ip/firewall/filter", "/ip/firewall/address-list"


@pytest.fixture
def site(tmp_path, monkeypatch):
    with serve(password=PASSWORD) as lab:
        monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
        program = 'wt.FilterRule("mine", chain="input", action="accept", comment="mine")\n'
        made = Site(tmp_path, program, {f"wiretik:{key}": value for key, value in reach(lab).items()})
        monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{made.backend}")
        theirs = ownership.signed("theirs", ownership.Tag("beef", "01234567"))
        lab.run(f"{FILTER}/add", chain="input", action="drop", comment="by hand", dst_port="23", protocol="tcp")
        lab.run(f"{FILTER}/add", chain="forward", action="drop", comment=theirs)
        for n in range(60):
            lab.run(f"{LISTS}/add", list="l", address=f"10.0.0.{n}")
        assert made.up().errors == ()
        monkeypatch.setattr(provider, "process", provider.in_process)
        yield made
        close_all()
        sys.tracebacklimit = 1000  # the provider's, in whose process this would be


def told(site, *words):
    result = CliRunner().invoke(app, [*words, "-C", str(site.directory), "-s", STACK])
    assert result.exit_code == 0, result.output
    return result


def test_rows_are_counted_by_whose_they_are_and_nobodys_are_listed(site):
    text = told(site, "unmanaged").output
    counts = next(line.split() for line in text.splitlines() if line.startswith(FILTER))
    assert counts == [FILTER, "1", "1", "1"]
    assert ";;; by hand" in text
    assert "dst-port=23" in text
    assert "theirs" not in text
    assert "and 10 more (--all)" in text
    assert "and 10 more" not in told(site, "unmanaged", "--all").output


def test_the_same_for_programs(site):
    (router,) = json.loads(told(site, "unmanaged", "--json").output)
    menu = router["menus"][FILTER]
    assert (menu["ours"], menu["others"]) == (1, 1)
    assert [row["comment"] for row in menu["unmanaged"]] == ["by hand"]
    assert len(router["menus"][LISTS]["unmanaged"]) == 60


def test_refresh_counts_them_once(site):
    lines = [line for line in told(site, "refresh", "--yes").stderr.splitlines() if line.startswith("note: ")]
    assert len(lines) == 1
    assert f"rows that no resource owns: {LISTS} 60, {FILTER} 1; rows that other stacks own: {FILTER} 1" in lines[0]


def test_preview_counts_them_once_in_the_programs_menus(site):
    text = site.preview().text
    assert text.count("rows that no resource owns") == 1
    assert f"{FILTER} 1" in text
