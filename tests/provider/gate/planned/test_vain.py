"""A rule that does nothing is warned of, but for a component's where others do the same to its packets."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.planned import vain
from wiretik_provider.rows import ownership
from wiretik_provider.trace.router.snapshot import Snapshot

FILTER = "/ip/firewall/filter"
TUNNEL = "wiretik:index:Tunnel::office"
OWNER = "0d8e11111111"


def warnings(above, parent):
    props = {"chain": "forward", "action": "accept", "in_interface": "wg1", "connection_state": ["established"]}
    rule = read({"menu": FILTER, "name": "answers", "tag": OWNER, "parent": parent, "props": props})
    tag = f"[wt:{OWNER}]"
    assert ownership.split(tag)[1].owner == OWNER
    row = {".id": "*2", "chain": "forward", "action": "accept", "in-interface": "wg1", "comment": tag}
    first = {".id": "*1", "chain": "forward", "action": above}
    return [*vain.warnings(Snapshot({FILTER: [first, {**row, "connection-state": "established"}]}), [rule])]


@pytest.mark.parametrize("parent", ["", "my:index:Site::home"])
def test_a_rule_of_the_programs_own_is_warned_of(parent):
    [line] = warnings("accept", parent)

    assert line.startswith("answers: filter rule 1 ")
    assert "can never match where it will stand" in line


def test_a_components_rule_is_not_where_others_do_the_same():
    assert warnings("accept", TUNNEL) == []


def test_but_it_is_where_they_do_the_opposite():
    [line] = warnings("drop", TUNNEL)

    assert line.endswith("give it position=wt.BEFORE_DROP")
