"""The seed's troubleshooting as broken programs: each is refused in the preview, before a write, naming its cause."""

import re

import pytest

from deploying import HOME, LAN, PASSWORD, Site, reach, writes
from wiretik_provider.simulator import serve

PROGRAM = (HOME / "__main__.py").read_text()


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


def preview(lab, directory, *changes):
    """The home site with parts of its program replaced."""
    text = PROGRAM
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text, flags=re.DOTALL | re.MULTILINE)
        assert count, f"nothing of the program is like {pattern}"
    site = Site(directory, HOME, {**LAN, **{f"wiretik:{key}": value for key, value in reach(lab).items()}})
    (site.directory / "__main__.py").write_text(text)
    lab.reset_stats()
    run = site.preview()
    assert writes(lab) == 0
    return run


NO_LAN = (r"^ *wt\.Entry\(lan, [^\n]*\n", "")
NO_LOCAL = (r'^ *dst_address_type="!local",[^\n]*\n', "")


def test_the_example_as_it_is_holds_every_expectation(lab, tmp_path):
    run = preview(lab, tmp_path)

    assert run.ok, run.errors
    assert "warning" not in run.text


BROKEN = {
    "the LAN is not in noVPN and the mark rule takes local addresses": (
        [NO_LAN, NO_LOCAL],
        ["192.168.88.2 to the router's port ", "LAN to the VPN", "put 192.168.88.0/24 into the address list noVPN"],
    ),
    "the mesh is not in noVPN": (
        [(r"^ *wt\.Entry\(mesh, [^\n]*\n", "")],
        ["10.20.0.", "marked vpn", "should leave by wg1", "put 10.20.0.0/24 into the address list noVPN"],
    ),
    "the table has no fib": (
        [(r'wt\.RoutingTable\("vpn", fib=True\)', 'wt.RoutingTable("vpn")')],
        ["without a route", "cure: wt.RoutingTable('vpn', fib=True)"],
    ),
    "no peer has the remote LAN": (
        [(r"allowed_address=\[mesh, remote_lan\]", "allowed_address=[mesh]")],
        ["172.16.50.", "no peer of wg1 has 172.16.50.", "allowed_address"],
    ),
    "nothing masquerades into the tunnels": (
        [(r'^    rules\.append\(\n        wt\.NatRule\(\n            f"masquerade-.*?^    \)\n', "    pass\n")],
        ["its own source, which no NAT rule translates", 'action="masquerade"'],
    ),
    "FastTrack takes what is marked": (
        [(r'^    rules\.append\(\n        wt\.FilterRule\(\n            f"no-fasttrack-.*?^    \)\n', "    pass\n")],
        ["from its connection's second packet on", "position=wt.BEFORE_FASTTRACK"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_program_is_refused_with_its_cause(name, lab, tmp_path):
    changes, told = BROKEN[name]
    run = preview(lab, tmp_path, *changes)
    text = "\n".join(run.errors)

    assert not run.ok
    for part in told:
        assert part in text, text


def test_an_accept_behind_a_drop_is_named_with_its_place(lab, tmp_path):
    dropped = lab.run("/ip/firewall/filter/add", chain="forward", action="drop", comment="drop all")
    try:
        run = preview(lab, tmp_path, (r"position=wt\.After\(vpn_in\)", "position=wt.LAST"))
    finally:
        lab.run("/ip/firewall/filter/remove", id=dropped[0]["ret"])
    text = "\n".join(run.errors)

    assert not run.ok
    assert "dropped by filter rule" in text
    assert "'drop all'" in text
    assert "stands behind that: give it position=wt.BEFORE_DROP" in text


def test_an_accept_that_left_the_program_does_not_count_though_it_is_still_on_the_router(tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        lab.run("/ip/firewall/filter/add", chain="forward", action="drop", comment="drop all")
        site = Site(tmp_path, HOME, {**LAN, **{f"wiretik:{key}": value for key, value in reach(lab).items()}})
        assert site.up().ok
        without = re.sub(
            r'^    rules\.append\(\n        wt\.FilterRule\(\n            f"accept-\{name\}-out",.*?^    \)\n',
            "    pass\n",
            PROGRAM,
            flags=re.DOTALL | re.MULTILINE,
        )
        assert without != PROGRAM
        (site.directory / "__main__.py").write_text(without)
        before = lab.router.snapshot()
        run = site.up()

        assert not run.ok
        assert "'drop all'" in "\n".join(run.errors)
        assert lab.router.snapshot() == before
