"""What isn't known equals no text, stays whole, and is seen in texts that were made of it."""

import copy
import pickle

from wiretik_provider.codecs.unknown import UNKNOWN, mentions, written

SAME = UNKNOWN.encode().decode()


def test_no_text_equals_it_whatever_a_router_prints():
    assert type(SAME) is str
    assert SAME != UNKNOWN
    assert UNKNOWN not in {"gateway": SAME}.values()
    assert UNKNOWN in {"gateway": UNKNOWN}.values()
    assert {UNKNOWN: 1}.get(SAME) is None
    assert {SAME: 1}.get(UNKNOWN) is None
    assert {UNKNOWN: 1}[UNKNOWN]


def test_it_stays_what_it_is():
    made = [UNKNOWN.split(",")[0], UNKNOWN.partition("%")[0], UNKNOWN.removeprefix("!"), UNKNOWN.strip(), str(UNKNOWN)]
    made += [UNKNOWN.lower(), UNKNOWN.replace(":", "-")]
    made += [copy.deepcopy({"gateway": UNKNOWN})["gateway"], pickle.loads(pickle.dumps(UNKNOWN))]
    assert all(one is UNKNOWN for one in made)


def test_a_text_that_was_made_of_it_says_so():
    assert mentions(f"by {UNKNOWN}")
    assert mentions(UNKNOWN)
    assert not mentions(f"by {written(UNKNOWN)}, {UNKNOWN!r}")
    assert written("wan1") == "wan1"
