"""A block of rules in a program, deployed: what a preview says of it, drift, kills, and Pulumi's own words."""

import shutil

import pytest

from deploying import PASSWORD, STACK, Site, writes
from wiretik_provider.simulator import serve

from .conftest import config_of

FILTER = "/ip/firewall/filter"
PULUMI = shutil.which("pulumi")


def rule(name, changed):
    port = 1000 + ord(name) + 500 * (name in changed)
    return f'    "{name}": {{"action": "accept", "protocol": "tcp", "dst_port": {port}}},\n'


def program(*names, changed=""):
    rules = "".join(rule(name, changed) for name in names)
    return f'wt.FilterChain("ours", chain="input", rules={{\n{rules}}}, position=wt.BEFORE_DROP)\n'


def shown(lab):
    ports = [int(row["dst-port"]) - 1000 for row in lab.run(f"{FILTER}/print") if "dst-port" in row]
    return "".join(chr(port if port < 500 else port - 500) for port in ports)


def test_a_block_lives_its_whole_life_and_moves_are_shown_as_moves(bare, site):
    before = bare.router.snapshot()
    bare.run(f"{FILTER}/add", chain="input", action="drop", comment="by hand")
    with_drop = bare.router.snapshot()
    ours: Site = site(bare, program(*"abcd"))
    assert ours.up().errors == ()
    assert shown(bare) == "abcd"
    assert bare.run(f"{FILTER}/print")[-1]["action"] == "drop"
    assert ours.up(refresh=True).touched == []

    ours.write(program(*"dabx", changed="b"))
    planned = ours.preview()
    told = [line.strip() for line in planned.text.splitlines()]
    assert '~ order: "d" moved before "a"' in told
    assert '- order: "c"' in told
    assert '+ order: "x" after "b"' in told
    assert any(line.startswith("~ rules.b.dst_port:") for line in told)
    assert any(line.startswith("+ rules.x") for line in told)
    assert not any(line.startswith("~ rules.a") for line in told)

    bare.reset_stats()
    assert ours.up().errors == ()
    assert shown(bare) == "dabx"
    assert writes(bare) == 4

    assert ours.destroy().errors == ()
    assert bare.router.snapshot() == with_drop != before


def test_a_block_that_somebody_moved_is_told_as_moved_and_moved_back(bare, site):
    ours = site(bare, program(*"abcd"))
    assert ours.up().errors == ()
    rows = bare.run(f"{FILTER}/print")
    bare.run(f"{FILTER}/move", numbers=rows[3][".id"], destination=rows[0][".id"])

    seen = ours.refresh()

    assert seen.changed["ours"] == {"order"}
    assert '"d" moved before "a"' in seen.text
    bare.reset_stats()
    assert ours.up().errors == ()
    assert shown(bare) == "abcd"
    assert bare.stats().commands[FILTER].get("move") == 1
    assert writes(bare) == 1


@pytest.mark.parametrize("n", [1, 3])
def test_an_up_that_ended_after_any_edit_is_finished_by_the_next(bare, site, n):
    ours = site(bare, program(*"abcd"))
    assert ours.up().errors == ()
    ours.write(program(*"dcxa"))
    bare.fault("refuse", FILTER, "write", nth=n, message="failure: interrupted")

    failed = ours.up()

    assert any(f"{n - 1} of " in error and "the next up does the rest" in error for error in failed.errors)
    bare.clear_faults()
    assert ours.up().errors == ()
    assert shown(bare) == "dcxa"
    assert ours.up(refresh=True).touched == []


def test_the_gate_counts_what_is_nobodys_once(bare, site):
    bare.run(f"{FILTER}/add", chain="input", action="drop", comment="by hand")
    ours = site(bare, program(*"ab"))
    planned = ours.preview()
    assert planned.text.count("rows that no resource owns: /ip/firewall/filter 1") == 1


@pytest.mark.skipif(PULUMI is None, reason="pulumi is not on PATH")
@pytest.mark.xdist_group("blocks-pulumi")
def test_pulumis_own_preview_says_which_rule_comes_goes_and_moves(tmp_path):
    with serve(password=PASSWORD) as lab:
        ours = Site(tmp_path, program(*"abcd"), config_of(lab), engine="pulumi")
        assert ours.up().errors == ()
        ours.write(program(*"dabx", changed="b"))
        told = ours.process("pulumi", "--non-interactive", "preview", "--diff", "--color=never", "--stack", STACK)
        text = told.stdout
        assert told.returncode == 0, told.stderr + text
        lines = [line.strip() for line in text.splitlines()]
        rules = text.partition("rules")[2]
        assert any(line.startswith("- c") for line in lines), text
        assert any(line.startswith("+ x") for line in lines), text
        assert any(line.startswith("~ b") for line in lines), text
        assert not any(line.startswith(("~ a:", "~ d:", "- a:", "- d:")) for line in rules.splitlines()), text
        assert "order" in text
        assert ours.up().errors == ()
        assert shown(lab) == "dabx"
