"""Every failure of the seed's Troubleshooting, on routers that an example was deployed to: its cause is named first."""

import re
import tomllib

import pytest

from wiretik_provider.doctor import KINDS, NOTE, examine

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
UNCLAMPED = {"home-by-rows": {"mss"}}
"""The seed's own rows change no MSS, and the example that has them row by row doesn't either."""


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


def test_every_kind_of_finding_has_a_case():
    covered = {case["finds"] for case in CASES.values()}

    assert covered == set(KINDS)


def test_the_page_lists_every_kind_in_its_rank():
    page = (ROOT / "docs" / "doctor.md").read_text()

    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == list(KINDS)
