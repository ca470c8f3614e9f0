"""Every example made of components, deployed on the factory router: its rows are data, in `tests/cases/examples`.

`WIRETIK_REWRITE_CASES=1` writes what the examples make now; the difference is then there to be reviewed.
"""

import contextlib
import os
import pathlib
import runpy
import tomllib

import pytest
import yaml

import example_stacks
from at_length import LONG, rounds
from in_between import broken, disappointed
from replaying import declared, read, recorded
from wiretik_provider.api.link import close_all

from .rows_as_data import as_toml, keys_of, made

ROOT = pathlib.Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "examples"
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/Pulumi.lab.yaml"))
WATCHED = sorted(EXAMPLES, key=lambda name: name not in ("home", "site-to-site"))[: rounds(2, len(EXAMPLES))]
"""Those that are changed by hand, and whose real writes are looked at; the others' are replayed in
tests/provider/trace/test_order_in_time.py."""

AGAIN = {*WATCHED, "backup-vpn", "road-warriors", "two-wans", "vlans"}
"""Those that are deployed a second time in `make test`, each with components of its own; at length all are."""


def _run(stack, operation):
    try:
        return getattr(stack, operation)()
    finally:
        close_all()


def _watched(stack, operation, labs, expected):
    """A run, and what held before and after it but not after each of its writes."""
    if expected is None:
        return _run(stack, operation), []
    first = {name: read(lab.router) for name, lab in labs.items()}
    with contextlib.ExitStack() as recording:
        steps = {name: recording.enter_context(recorded(lab.router)) for name, lab in labs.items()}
        done = _run(stack, operation)
    lost = [one for name, found in steps.items() for one in broken(first[name], found)]
    lost += [one for name, found in steps.items() for one in disappointed(first[name], found, expected[name])]
    return done, [str(one) for one in lost]


def _expected(example, labs):
    """What an example expects of each router, and its components promise."""
    settings = yaml.safe_load((ROOT / "examples" / example / "Pulumi.lab.yaml").read_text()).get("config", {})
    config = {f"site:{key.partition(':')[2]}": value for key, value in settings.items() if isinstance(value, str)}
    file = str(ROOT / "examples" / example / "__main__.py")
    return declared(lambda: runpy.run_path(file), {**config, **example_stacks.config(labs)}).expected


def _by_hand(lab, before):
    """What somebody does at the console in a hurry: of what is ours a rule goes off, a peer is cut, a route goes."""
    now = lab.router.snapshot()
    ours = {path: [row for row in rows if row not in before.get(path, ())] for path, rows in now.items()}
    lab.run("/ip/firewall/filter/disable", id=ours["/ip/firewall/filter"][0][".id"])
    peers = ours.get("/interface/wireguard/peers", [])[-1:]
    for peer in peers:
        lab.run("/interface/wireguard/peers/set", **{".id": peer[".id"], "allowed-address": "10.255.255.0/24"})
    routes = ours["/ip/route"][:1]
    for route in routes:
        lab.run("/ip/route/remove", id=route[".id"])
    return 1 + len(peers) + len(routes)


def _changed_by_hand_and_mended(stack, labs, before):
    touched = {name: _by_hand(lab, before[name]) for name, lab in labs.items()}
    refresh, mended = _run(stack, "refresh"), _run(stack, "up")

    assert (refresh.errors, mended.errors) == ((), ())
    drift = [step.name for step in refresh.steps if step.found in ("update", "delete")]
    assert len(drift) == sum(touched.values())
    assert sorted(step.name for step in mended.steps if step.op in ("update", "create")) == sorted(drift)


def _equal(rows, others):
    """Whether two routers have the same rows, whatever the order of equals among others' rules."""
    return {name: {path: found["rows"] for path, found in menus.items()} for name, menus in rows.items()} == {
        name: {path: found["rows"] for path, found in menus.items()} for name, menus in others.items()
    }


@pytest.fixture
def labs(request):
    with example_stacks.routers(request.node.callspec.params["example"]) as served:
        yield served


@pytest.mark.e2e
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_makes_its_cases_rows_once_mends_what_was_changed_by_hand_and_leaves_the_router_as_it_was(
    example, labs, tmp_path
):
    stack = example_stacks.stack(example, tmp_path, labs)
    before = {name: lab.router.snapshot() for name, lab in labs.items()}
    expected = _expected(example, labs) if example in WATCHED else None

    up, lost = _watched(stack, "up", labs, expected)
    keys = keys_of({name: lab.router for name, lab in labs.items()}, up.resources)
    rows = {name: made(lab.router, before[name], keys) for name, lab in labs.items()}
    again = _run(stack, "up") if LONG or example in AGAIN else None
    if example in WATCHED:
        _changed_by_hand_and_mended(stack, labs, before)
        assert _equal({name: made(lab.router, before[name], keys) for name, lab in labs.items()}, rows)
    destroy, lost_again = _watched(stack, "destroy", labs, expected)

    assert (up.errors, destroy.errors) == ((), ())
    assert again is None or (again.errors, again.changes.keys()) == ((), {"same"})
    assert [*lost, *lost_again] == []
    assert {name: lab.router.snapshot() for name, lab in labs.items()} == before
    case = CASES / f"{example}.toml"
    now = as_toml(rows)
    if os.environ.get("WIRETIK_REWRITE_CASES"):
        case.write_text(now)
    assert tomllib.loads(now) == tomllib.loads(case.read_text())
