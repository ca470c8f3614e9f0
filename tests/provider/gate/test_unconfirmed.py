"""Whose a row is that a rollback brought back: by its tag, or where it has none by its key."""

from types import SimpleNamespace

import pytest

from guarding import signed
from wiretik_provider.declared import read
from wiretik_provider.gate.unconfirmed import _declares
from wiretik_provider.rows import ownership

FILTER, PROFILE, TARGET = "/ip/firewall/filter", "/ip/ipsec/profile", "/ip/traffic-flow/target"
TAG = ownership.make("home", "dev", "row", "x")


def declared(path, **given):
    return read({"menu": path, "name": "x", "tag": TAG, **given})


@pytest.mark.parametrize(
    ("row", "program", "has"),
    [
        ((FILTER, {"comment": signed("x")}), [], False),
        ((FILTER, {"comment": signed("x")}), [declared(FILTER)], True),
        ((PROFILE, {"name": "office"}), [], False),
        ((PROFILE, {"name": "office"}), [declared(PROFILE, props={"name": "office"})], True),
        ((PROFILE, {"name": "office"}), [declared(PROFILE, props={"name": "home"})], False),
        ((PROFILE, {"name": "office"}), [declared(PROFILE, unknown=["name"])], True),  # perhaps this one
        ((PROFILE, {"name": "office"}), [declared(FILTER)], False),
        ((TARGET, {"dst-address": "10.0.0.1"}), [declared(TARGET, props={"dst_address": "10.0.0.2"})], True),  # no key
    ],
)
def test_a_row_that_came_back_is_nobodys_where_no_resource_can_be_meant(row, program, has):
    link = SimpleNamespace(declares=lambda owner: owner in {one.tag for one in program})
    assert _declares(link, program, *row) is has
