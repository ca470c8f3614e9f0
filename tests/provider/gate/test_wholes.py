"""What stands in the way of a whole block, found in rows."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.wholes import removed_or_taken_over
from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Tag

FILTER = "/ip/firewall/filter"
BLOCK, ALONE = (ownership.make("home", "dev", kind, "input") for kind in ("block", "rule"))
BY_HAND = {".id": "*1", "chain": "input", "action": "accept", "protocol": "tcp", "dst-port": "22"}
SSH = {"chain": "input", "action": "accept", "protocol": "tcp", "dst_port": "22"}


def rule(name, tag=ALONE, props=SSH, **more):
    return read({"menu": FILTER, "name": name, "tag": tag, "props": props, **more})


def told(rows, *others):
    inside = {"block": "input", "rule": "drop", "part": True, "foreign": "tagged"}
    whole = rule("input.drop", BLOCK, {"chain": "input", "action": "drop"}, **inside)
    return [problem.reason for problem in removed_or_taken_over(whole, [whole, *others], rows)]


def test_a_rule_that_is_to_be_taken_over_from_a_chain_whose_block_removes_it_is_refused():
    (why,) = told([BY_HAND], rule("ssh", adopt=True))
    assert why.startswith("ssh: it takes over what input removes (")
    assert why.endswith('*1); take it over first, by an up with foreign="keep" for input')


@pytest.mark.parametrize(
    ("row", "other"),
    [
        (BY_HAND, rule("ssh")),
        ({**BY_HAND, "chain": "forward"}, rule("ssh", props={**SSH, "chain": "forward"}, adopt=True)),
        ({**BY_HAND, "comment": str(Tag(ALONE[:4], ALONE[4:]))}, rule("ssh", adopt=True)),
        (BY_HAND, rule("input.ssh", BLOCK, block="input", rule="ssh", part=True, adopt=True)),
    ],
)
def test_what_nobody_takes_over_and_other_chains_and_what_is_taken_over_are_not(row, other):
    assert not told([row], other)


def test_a_copy_of_a_rule_that_was_taken_over_is_just_removed():
    signed = {**BY_HAND, ".id": "*2", "comment": str(Tag(ALONE[:4], ALONE[4:]))}
    assert not told([BY_HAND, signed], rule("ssh", adopt=True))
