"""Every example made of components, deployed on the factory router: its rows are data, in `tests/cases/examples`.

`WIRETIK_REWRITE_CASES=1` writes what the examples make now; the difference is then there to be reviewed.
"""

import contextlib
import json
import os
import pathlib
import shutil
import tomllib

import pytest
import yaml

from deploying import PASSWORD, cipher
from replaying import broken, read, recorded
from wiretik.engine import Stack, program, provider
from wiretik_provider.link import close_all
from wiretik_provider.simulator import serve

from .rows_as_data import as_toml, keys_of, made

ROOT = pathlib.Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "examples"
ROUTERS = {"site-to-site": ("berlin", "lisbon")}
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/Pulumi.lab.yaml"))


def _config(labs):
    reach = {
        name: {"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": PASSWORD}
        for name, lab in labs.items()
    }
    if len(reach) > 1:
        return {"wiretik:routers": json.dumps(reach)}
    return {f"wiretik:{key}": str(value).lower() if value is False else str(value) for key, value in reach[""].items()}


def _run(stack, operation):
    try:
        return getattr(stack, operation)()
    finally:
        close_all()


def _watched(stack, operation, labs):
    """A run, and what held before and after it but not after each of its writes."""
    first = {name: read(lab.router) for name, lab in labs.items()}
    with contextlib.ExitStack() as recording:
        steps = {name: recording.enter_context(recorded(lab.router)) for name, lab in labs.items()}
        done = _run(stack, operation)
    return done, [str(one) for name, found in steps.items() for one in broken(first[name], found)]


@pytest.fixture
def labs(request):
    names = ROUTERS.get(request.node.callspec.params["example"], ("",))
    served = [serve(profile="defconf", password=PASSWORD) for _ in names]
    with served[0] as first:
        if len(served) == 1:
            yield {names[0]: first}
            return
        with served[1] as second:
            yield {names[0]: first, names[1]: second}


@pytest.mark.e2e
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_makes_the_rows_of_its_case_once_and_destroy_leaves_the_router_as_it_was(example, labs, tmp_path):
    shutil.copytree(ROOT / "examples" / example, tmp_path / "program", ignore=shutil.ignore_patterns("__pycache__"))
    settings = tmp_path / "program" / "Pulumi.lab.yaml"
    settings.write_text(yaml.safe_dump({**yaml.safe_load(settings.read_text()), "encryptionsalt": cipher().salt}))
    stack = Stack(
        tmp_path / "program",
        "lab",
        backend=tmp_path / "state",
        passphrase="unused",
        config=_config(labs),
        host=provider.in_process,
        runner=program.inline(),
    )
    stack._crypter = cipher()
    before = {name: lab.router.snapshot() for name, lab in labs.items()}

    up, lost = _watched(stack, "up", labs)
    keys = keys_of({name: lab.router for name, lab in labs.items()})
    rows = {name: made(lab.router, before[name], keys) for name, lab in labs.items()}
    again = _run(stack, "up")
    destroy, lost_again = _watched(stack, "destroy", labs)

    assert (up.errors, again.errors, destroy.errors) == ((), (), ())
    assert again.changes.keys() == {"same"}
    assert [*lost, *lost_again] == []
    assert {name: lab.router.snapshot() for name, lab in labs.items()} == before
    case = CASES / f"{example}.toml"
    now = as_toml(rows)
    if os.environ.get("WIRETIK_REWRITE_CASES"):
        case.write_text(now)
    assert tomllib.loads(now) == tomllib.loads(case.read_text())
