"""In which order rows are signed, and what stops it."""

import pytest

from wiretik_provider.adopt.signatures import changed, disturbed, plan

ROW = {".id": "*1", "comment": "a"}


def test_what_carries_a_session_is_signed_last_and_one_row_at_a_time():
    paths = ("/interface/wireguard", "/ip/route", "/interface/wireguard/peers", "/ip/firewall/filter")
    rows = {path: [{".id": "*1"}, {".id": "*2"}] for path in paths}
    found = plan({path: {"*1": "[x]", "*2": "[x]"} for path in paths}, rows, rows)
    assert [(one.path, one.ids) for one in found.at_once] == [("/ip/firewall/filter", ("*1", "*2"))]
    assert [one.path for one in found.one_by_one] == [paths[1], paths[1], paths[2], paths[2], paths[0], paths[0]]


@pytest.mark.parametrize(
    ("now", "left", "met"), [("a", 1, 0), ("a [x]", 0, 0), ("changed by hand", 0, 1), (None, 0, 1)]
)
def test_what_is_signed_stays_and_what_somebody_changed_meanwhile_stops_it(now, left, met):
    there = [{**ROW, "comment": now}] if now is not None else []
    found = plan({"/ip/firewall/nat": {"*1": "a [x]"}}, {"/ip/firewall/nat": [ROW]}, {"/ip/firewall/nat": there})
    assert (len(found.at_once), len(found.met)) == (left, met)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ({"last-handshake": "12s", "rx": "10"}, {"last-handshake": "13s", "rx": "11"}, ""),
        ({"last-handshake": "12s"}, {}, "its last handshake is gone"),
        ({"rx": "10"}, {"rx": "3"}, "rx begins anew"),
        ({"last-handshake": "1m50s"}, {"last-handshake": "2s"}, ""),  # a new one
    ],
)
def test_a_session_that_was_lost_is_told(before, after, why):
    peer = {".id": "*1", "name": "anna"}
    assert disturbed([{**peer, **before}], [{**peer, **after}]) == (f"peer anna: {why}" if why else "")


def test_a_row_that_stopped_running_is_told():
    assert changed({"running": "true"}, {"running": "true", "comment": "x"}) == ""
    assert changed({"running": "true"}, {"running": "false"}) == "running was true, is false"
