"""A site's outcome by the Pulumi CLI's events, and the CLI's own run where it is on the PATH."""

import json
import shutil

import pytest

from at_length import LONG
from fleets import fleet
from wiretik.fleet.runs.by_pulumi import outcome

ROUTE = "urn:pulumi:a::net::wiretik:index:Site$pulumi-python:dynamic/wiretik:Route::office"


def step(kind, op, urn=ROUTE, **more):
    return json.dumps({"sequence": 1, "timestamp": 2, kind: {"metadata": {"op": op, "urn": urn, **more}}})


def said(severity, message, urn=""):
    return json.dumps({"diagnosticEvent": {"severity": severity, "message": message, **({"urn": urn} if urn else {})}})


def test_what_was_done_is_counted_and_named():
    found = outcome(
        "a",
        "up",
        [
            step("resourcePreEvent", "update"),
            step("resOutputsEvent", "update", diffs=["distance", "rules[0].action"]),
            step("resOutputsEvent", "same"),
            step("resOutputsEvent", "refresh"),
            "no JSON",
            said("warning", "old\n  news\n", ROUTE),
        ],
        0,
    )
    assert (found.verdict, found.changes) == ("ok", {"update": 1})
    assert found.steps == (("update", "Route", "office", ("distance", "rules")),)
    assert found.warnings == ("office: old news",)


def test_a_preview_is_told_by_what_would_be_done():
    found = outcome("a", "preview", [step("resourcePreEvent", "create"), step("resOutputsEvent", "create")], 0)
    assert found.changes == {"create": 1}


def test_a_failure_says_why_by_its_errors_else_by_the_last_line_else_by_the_code():
    assert outcome("a", "up", [said("error", "it is taken", ROUTE)], 255, "x").errors == ("office: it is taken",)
    assert outcome("a", "up", [], 255, "no passphrase").errors == ("no passphrase",)
    assert outcome("a", "up", [], 255).errors == ("pulumi ended with code 255",)


def test_no_record_holds_a_secret_that_somebody_repeats():
    found = outcome("a", "up", [said("error", "Tr0ub4dor&3 is refused")], 1, "Tr0ub4dor&3", secrets=["Tr0ub4dor&3"])
    assert found.errors == ("[secret] is refused",)
    assert outcome("a", "up", [], 1, "no Tr0ub4dor&3", secrets=["Tr0ub4dor&3"]).errors == ("no [secret]",)


@pytest.mark.skipif(shutil.which("pulumi") is None, reason="no Pulumi CLI here")
@pytest.mark.skipif(not LONG, reason="at length: whole deployments by the CLI")
@pytest.mark.timeout(900)
def test_both_engines_work_on_one_fleet(tmp_path, monkeypatch):
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    with fleet(tmp_path, "a", "b") as two:
        words = ["--engine", "pulumi", "--workers", "1"]
        assert two.run("preview", *words, "--expect-no-changes").code == 7
        done = two.run("up", "--yes", *words)
        assert done.code == 0, done.out + done.err
        assert two.rows() == {"a": 1, "b": 1}
        assert two.run("preview", "--expect-no-changes").code == 0, "the embedded engine sees no change"
        rule = two.labs["b"].run("/ip/firewall/filter/print")[0]
        two.labs["b"].run("/ip/firewall/filter/remove", numbers=rule[".id"])
        found = two.run("drift", *words)
        assert found.code == 7
        assert "1 site: - FilterRule  (b)" in found.out
        assert two.run("up", "--yes", "--refresh", *words).code == 0
        assert two.run("destroy", "--yes", *words).code == 0
        assert two.rows() == {"a": 0, "b": 0}
