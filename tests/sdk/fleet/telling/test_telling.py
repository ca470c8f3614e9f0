"""What is told of a run: the page, JUnit's XML, metrics and lines; whatever a router or a program said stays text."""

import configparser
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest

from wiretik.fleet.runs.records import Run
from wiretik.fleet.telling import junit, lines, metrics, mktxp, page
from wiretik.fleet.values import Outcome, Site

EVIL = "</pre><script>alert('x')</script>&\x1b[31m\x00"
ADD = ("create", "FilterRule", "in", ("action",))
EDIT = ("update", "Peer", "hub", ("endpoint_address",))


def run(*outcomes, operation="up", sites=(), ended="done", began="2026-11-30T12:00:00+00:00"):
    names = [one.site for one in outcomes]
    return Run(
        id=f"20261130-120000-{operation}",
        place=Path(),
        began={"operation": operation, "project": "net", "sites": [*names, *sites], "time": began, "who": EVIL},
        outcomes={one.site: one for one in outcomes},
        begun=dict.fromkeys(names, 1),
        ended={"ending": ended, "why": EVIL if ended == "halted" else ""},
    )


def ok(site, *steps):
    counts = {}
    for step in steps:
        counts[step[0]] = counts.get(step[0], 0) + 1
    return Outcome(site=site, verdict="ok", steps=steps, changes=counts, begun="2026-11-30T12:00:01+00:00")


MIXED = run(
    ok("a", ADD),
    ok("b", ADD),
    ok("c", EDIT),
    ok("d"),
    Outcome(site=EVIL, verdict="failed", errors=(EVIL,)),
    Outcome(site="f", verdict="unreachable", errors=("no connection",)),
    sites=["g"],
    ended="halted",
)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_the_page_stands_alone_and_what_others_said_is_text():
    parsed = Tags()
    parsed.feed(page.document(MIXED))

    assert not {tag for tag, _ in parsed.tags} & {"script", "link", "img", "iframe", "object"}
    assert not [attrs for _, attrs in parsed.tags if {"src", "href", "onclick"} & set(attrs)]
    assert "<script>alert('x')</script>" in parsed.text
    assert "url(" not in page.document(MIXED)
    assert not set(page.document(MIXED)) & {"\x1b", "\x00"}


def test_failures_come_first_and_equal_plans_are_one():
    text = page.document(MIXED)
    assert text.index("What went wrong") < text.index("What was done, equal plans together")
    assert re.findall(r"(\d sites?): (?:no change|\+ 1|~ 1)<", text) == ["2 sites", "1 site", "1 site"]
    assert "Untouched" in text


def test_plans_are_told_by_kind_and_property_not_by_name():
    assert list(lines.plans(MIXED.outcomes.values())) == [
        "2 sites: + FilterRule  (a, b)",
        "1 site: ~ Peer endpoint_address  (c)",
        "1 site: no change  (d)",
    ]
    assert lines.summary(MIXED.outcomes, len(MIXED.sites)) == (
        "4 of 7 sites ok, 3 with changes; 1 failed; 1 unreachable; 1 untouched"
    )


def test_junit_has_a_test_for_each_site():
    suite = ET.fromstring(junit.document(MIXED))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped")) == (
        "7",
        "1",
        "1",
        "1",
    )
    assert [case.get("name") for case in suite][:4] == ["a", "b", "c", "d"]
    assert "<script>" in suite[4].find("failure").text


@pytest.mark.parametrize("name", ["a", 'q"uote', "back\\slash"])
def test_metrics_say_drift_reach_and_the_last_update(name):
    drift = run(ok(name, ADD, ADD), operation="drift")
    text = metrics.document([name, "never"], [drift, run(ok(name))])
    label = name.replace("\\", "\\\\").replace('"', '\\"')
    assert f'wiretik_site_drift{{site="{label}"}} 2\n' in text
    assert f'wiretik_site_reachable{{site="{label}"}} 1\n' in text
    assert f'wiretik_site_last_up_seconds{{site="{label}"}} 1796040001\n' in text
    assert "never" not in text
    assert all(re.fullmatch(r"(# (HELP|TYPE) .+|\w+\{site=\".*\"\} [\d.e+]+)", line) for line in text.splitlines())


def test_metrics_count_rows_of_nobody_and_findings_where_drift_looked_for_them():
    looked = attrs.evolve(ok("a"), observed={"unmanaged": 12, "findings": {"error": 1, "warning": 0}})
    text = metrics.document(["a", "b"], [run(looked, ok("b"), operation="drift")])
    assert 'wiretik_site_unmanaged_rows{site="a"} 12\n' in text
    assert 'wiretik_site_findings{site="a",severity="error"} 1\n' in text
    assert 'wiretik_site_findings{site="a",severity="warning"} 0\n' in text
    assert 'unmanaged_rows{site="b"}' not in text
    told = next(lines.happened({"event": "site", **looked.as_json()}))
    assert told == "  a  no change  0.0 s  12 rows that nobody owns, 1 error"
    assert "12 rows that nobody owns, 1 error" in page.document(run(looked, operation="drift"))


def test_mktxp_gets_a_section_for_each_router_and_no_password():
    several = {"berlin": {"host": "10.0.0.2", "password": "s3cret"}, "paris": {"host": "10.0.0.3", "tls": False}}
    sites = [
        Site(name="hq", router={"host": "10.0.0.1", "password": "s3cret", "ca-file": "/etc/ca.pem", "port": 9000}),
        Site(name="two", router={"tls": True, "routers": several}),
        Site(name="behind", router={"host": ""}),
        Site(name="evil\n[default]", router={"host": "x\npassword = y"}),
    ]
    text = mktxp.document(sites, "/etc/mktxp/credentials.yml")
    assert "s3cret" not in text
    read = configparser.ConfigParser()
    read.read_string(text)
    assert read.sections()[:3] == ["hq", "two-berlin", "two-paris"]
    assert len(read.sections()) == 4
    assert dict(read["hq"]) == {
        "enabled": "True",
        "hostname": "10.0.0.1",
        "port": "9000",
        "credentials_file": '"/etc/mktxp/credentials.yml"',
        "use_ssl": "True",
        "ssl_certificate_verify": "True",
        "ssl_ca_file": '"/etc/ca.pem"',
        "wireguard_peers": "True",
    }
    assert (read["two-berlin"]["port"], read["two-berlin"]["ssl_certificate_verify"]) == ("8729", "False")
    assert (read["two-paris"]["port"], read["two-paris"]["use_ssl"]) == ("8728", "False")
