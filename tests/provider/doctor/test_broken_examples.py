"""Every failure of the seed's Troubleshooting, on routers that an example was deployed to: its cause is named first."""

import re
import tomllib

import pytest

from at_length import LONG
from wiretik_provider.doctor import KINDS, NOTE, examine

from .grounds import exported_kinds
from .hospital import ROOT, copies, hurt, patients, swap_keys

EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/Pulumi.lab.yaml"))
CASES = {
    f"{path.stem}: {case['name']}": case
    for path in sorted((ROOT / "tests" / "cases" / "doctor").glob("*.toml"))
    for case in tomllib.loads(path.read_text())["case"]
}
QUIET = {
    case["name"]: case
    for path in sorted((ROOT / "tests" / "cases" / "doctor" / "quiet").glob("*.toml"))
    for case in tomllib.loads(path.read_text())["case"]
}
UNCLAMPED = {"home-by-rows": {"mss"}, "shared-tunnels": {"ways-alike"}}
"""The seed's own rows change no MSS, and the example that has them row by row doesn't either. That two tunnels share is
a note, since a router's rows don't say that it is meant."""


def grouped(value, example):
    """All that is about one example in one process, which deploys it once."""
    return pytest.param(value, marks=pytest.mark.xdist_group(f"doctor-{example}"))


@pytest.mark.e2e
@pytest.mark.parametrize("example", [grouped(one, one) for one in EXAMPLES])
def test_a_healthy_example_gives_no_finding(example):
    found = examine(patients(copies(example)))

    assert [one for one in found if one.kind not in UNCLAMPED.get(example, ())] == []


@pytest.mark.e2e
@pytest.mark.parametrize("example", [grouped(one, one) for one in EXAMPLES])
def test_neither_does_its_export_in_which_nobody_has_shaken_hands(example):
    routers = copies(example)
    for router in routers.values():
        for row in router.table("/interface/wireguard/peers"):
            row.facts.clear()

    found = examine(patients(routers, live=False))

    assert [one for one in found if one.kind not in UNCLAMPED.get(example, ())] == []


@pytest.mark.e2e
@pytest.mark.parametrize("name", [grouped(name, case["example"]) for name, case in CASES.items()])
def test_a_broken_example_names_its_cause_first(name):
    case = CASES[name]
    routers = copies(case["example"])
    hurt(routers, case["steps"])
    swap_keys(routers, case)
    found = examine(patients(routers, **case.get("told", {})))

    assert found, "nothing was found"
    first = next((one for one in found if one.kind not in UNCLAMPED.get(case["example"], ())), found[0])
    assert first.kind == case["finds"], [(one.severity, one.kind, one.fact) for one in found]
    text = f"{first.fact}; {first.cure}"
    for part in case["says"]:
        assert part in text, text
    assert any(case.get("symptom", "") in one for one in first.symptoms) or "symptom" not in case, first.symptoms


@pytest.mark.e2e
@pytest.mark.parametrize("name", [grouped(name, case["example"]) for name, case in QUIET.items()])
def test_what_looks_odd_and_is_meant_so_is_neither_error_nor_warning(name):
    case = QUIET[name]
    routers = copies(case["example"])
    hurt(routers, case["steps"])

    found = examine(patients(routers))

    assert [one for one in found if one.severity != NOTE and one.kind not in UNCLAMPED.get(case["example"], ())] == []


HARMLESS = {
    "always-on": {
        # The factory's firewall drops only what comes from the WAN, so these accept what passes anyhow.
        "filter: mesh: inbound",
        "filter: mesh: outbound",
        "filter: vpn: outbound",
        # What they keep out comes from outside, and nobody here can tell that it isn't wanted.
        "filter: vpn: nothing unsolicited",
        "filter: vpn: nothing unsolicited to the router",
        # The far end may know this LAN.
        "nat: mesh",
        # Names are asked past the VPN; that they shouldn't be, only the program says.
        "nat: vpn: DNS by the VPN",
        "mangle: vpn: DNS by the VPN",
        # As long as nobody forwards a port, nobody out there begins a connection.
        "mangle: vpn: what comes in by the VPN",
        "mangle: vpn: answers to what came in by the VPN",
        # The other direction's rule is still there.
        "mangle: mesh: segments that fit",
        "mangle: vpn: segments that fit",
        # Each of the two holds what the other would.
        "route: vpn: kill switch",
        "rule: vpn",
    },
    "relay-exit-node": {
        "filter: mesh: relay",
        "filter: mesh: to LAN",
        "filter: mesh: from LAN",
        "mangle: mesh: segments that fit",
        "peers: phone",  # a client that isn't there any more is no fault
        "rule: mesh: what main knows",
        # This router's line has no IPv6, so none of it goes elsewhere.
        "rule: mesh: what main knows, of IPv6",
        "rule: mesh: the rest, of IPv6",
    },
}
"""Rows of which one may be gone without a finding, and why."""
MENUS = (
    *("/interface/wireguard/peers", "/ip/address", "/ip/route", "/routing/table", "/routing/rule"),
    *(f"/ip/firewall/{name}" for name in ("address-list", "filter", "mangle", "nat")),
)


@pytest.mark.e2e
@pytest.mark.parametrize("example", [grouped(one, one) for one in HARMLESS])
def test_of_an_examples_rows_none_may_be_gone_unnoticed_but_those_that_break_nothing(example):
    [router] = copies(example).values()
    rows = [(path, row) for path in MENUS for row in router.rows(path) if "[wt:" in row.get("comment", "")]
    silent = set()
    for path, row in rows if LONG else rows[::3]:
        broken = copies(example)
        hurt(broken, [{"menu": path, "do": "remove", "row": {".id": row[".id"]}}])
        if not examine(patients(broken)):
            six = ", of IPv6" * (path == "/routing/rule" and ":" in row.get("src-address", ""))
            silent.add(f"{path.rpartition('/')[2]}: {row['comment'].partition(' [wt:')[0]}{six}")

    assert len(rows) >= 15
    assert silent <= HARMLESS[example]


def test_every_kind_of_finding_has_a_case():
    covered = {case["finds"] for case in CASES.values()} | set(exported_kinds())

    assert covered == set(KINDS)


def test_the_page_lists_every_kind_in_its_rank():
    page = (ROOT / "docs" / "doctor.md").read_text()

    assert re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE) == list(KINDS)
