"""Displays are functions of events: what a person and what a machine gets to see, and that neither sees a secret."""

import io
import json

import attrs
import pytest
from rich.console import Console

from wiretik.cli.display.live import Tree
from wiretik.cli.display.machine import Digest, Lines
from wiretik.cli.display.plain import Plain
from wiretik.engine.diff import compare
from wiretik.engine.events import Diagnostic, Finished, Printed, Started, Step, StepDone, StepFailed, StepStarted
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import UNKNOWN, Secret

STACK = "urn:pulumi:dev::home::pulumi:pulumi:Stack::home-dev"


def thing(name, parent=STACK, **inputs):
    type_ = "pulumi-python:dynamic/wiretik:Peer"
    chain = f"wiretik:index:Site${type_}" if parent != STACK else type_
    return Resource(urn=f"urn:pulumi:dev::home::{chain}::{name}", type=type_, custom=True, inputs=inputs, parent=parent)


ROOT = Resource(urn=STACK, type="pulumi:pulumi:Stack", custom=False)
SITE = Resource(
    urn="urn:pulumi:dev::home::wiretik:index:Site::site", type="wiretik:index:Site", custom=False, parent=STACK
)
OLD = thing("office", SITE.urn, listen_port=51820, key=Secret("geheim"), peers=["a"], __provider="gASV")
NEW = attrs.evolve(
    OLD, inputs={"listen_port": 51821, "key": Secret("geheimer"), "peers": ["a", UNKNOWN], "__provider": "gASW"}
)
MADE, BROKEN = thing("phone", SITE.urn, label="phone"), thing("broken")


def step(op, new, old=None, **more):
    return Step(op=op, urn=new.urn, type=new.type, old=old, new=new, **more)


UPDATE = step("update", NEW, OLD, changes=compare(OLD.inputs, NEW.inputs))
EVENTS = [
    Started(
        operation="up", project="home", stack="dev", preview=False, config={"home:lan": "x", "home:key": "[secret]"}
    ),
    *(
        event
        for one in (step("same", ROOT, ROOT), step("same", SITE, SITE))
        for event in (StepStarted(one), StepDone(one))
    ),
    StepStarted(UPDATE),
    Printed(line="hello"),
    StepDone(UPDATE, 2.5),
    StepDone(step("create", MADE), 0.01),
    StepFailed(step("create", BROKEN), 1.0),
    Diagnostic(severity="error", message="ValueError: no", urn=BROKEN.urn),
    Diagnostic(severity="debug", message="noise"),
    Finished(
        operation="up",
        preview=False,
        ok=False,
        changes={"create": 1, "update": 1, "same": 2},
        outputs={"port": 51821, "key": Secret("geheimer")},
        old_outputs={"port": 51820, "gone": True},
        seconds=75.0,
        failed=1,
    ),
]


def shown(display_class, events=EVENTS, **console):
    out = io.StringIO()
    display = display_class(Console(file=out, width=100, **console))
    for event in events:
        display(event)
    return out.getvalue()


def test_plain_lines_tell_what_happened_and_then_the_whole():
    text = shown(Plain)

    assert text.splitlines()[:8] == [
        "Updating (dev)",
        "",
        "     hello",
        " ~  wiretik:Peer office updated (2.5s)",
        "        ~ key: [secret] => [secret]",
        "        ~ listen_port: 51820 => 51821",
        "        + peers[1]: [unknown]",
        " +  wiretik:Peer phone created",
    ]
    for part in (
        "creating failed (1.0s)",
        "  wiretik:Peer (broken):\n    error: ValueError: no",
        "  - gone: true\n  + key : [secret]\n  ~ port: 51820 => 51821",
        "    + 1 created\n    ~ 1 updated\n    1 failed\n    2 unchanged",
        "Duration: 1m15s",
    ):
        assert part in text


def test_the_tree_shows_children_below_their_parents_and_changes_below_their_resource():
    text = shown(Tree)

    tree = text[text.index("    Type") : text.index("Diagnostics")].rstrip().splitlines()
    assert [line.rstrip() for line in tree] == [
        "    Type                   Name      Status",
        "    pulumi:pulumi:Stack    home-dev",
        "    ├─ wiretik:index:Site  site",
        " ~  │  ├─ wiretik:Peer     office    updated (2.5s)",
        "    │  │       ~ key: [secret] => [secret]",
        "    │  │       ~ listen_port: 51820 => 51821",
        "    │  │       + peers[1]: [unknown]",
        " +  │  └─ wiretik:Peer     phone     created",
        " +  └─ wiretik:Peer        broken    creating failed  1 error",
    ]


def test_a_tree_on_a_real_terminal_gives_the_cursor_back():
    text = shown(Tree, force_terminal=True, height=8)

    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")


def machine(display_class):
    written = []
    display = display_class(written.append)
    for event in EVENTS:
        display(event)
    return written


def test_the_digest_is_one_document_with_the_clis_fields():
    document = json.loads("\n".join(machine(Digest)))

    assert document["config"] == {"home:lan": "x", "home:key": "[secret]"}
    assert document["changeSummary"] == {"create": 1, "update": 1, "same": 2}
    update = next(one for one in document["steps"] if one["op"] == "update")
    assert update["diffReasons"] == ["key", "listen_port", "peers"]
    assert update["detailedDiff"]["peers[1]"] == {"kind": "add", "inputDiff": True}
    assert document["diagnostics"] == [{"urn": BROKEN.urn, "message": "ValueError: no\n", "severity": "error"}]


def test_every_event_is_a_line_of_its_own_with_a_sequence_number():
    lines = [json.loads(line) for line in machine(Lines)]

    assert [line["sequence"] for line in lines] == list(range(len(lines)))
    kinds = [next(key for key in line if key.endswith("Event")) for line in lines]
    assert kinds[0] == "preludeEvent"
    assert kinds[-2:] == ["summaryEvent", "cancelEvent"]
    assert "resOpFailedEvent" in kinds
    assert "diagnosticEvent" in kinds
    assert lines[-2]["summaryEvent"]["result"] == "failed"


@pytest.mark.parametrize("display", [Plain, Tree])
def test_no_display_for_people_shows_a_secret_or_the_pickled_provider(display):
    text = shown(display)

    assert "geheim" not in text
    assert "gAS" not in text


@pytest.mark.parametrize("display", [Digest, Lines])
def test_no_display_for_machines_shows_a_secret(display):
    assert "geheim" not in "\n".join(machine(display))
