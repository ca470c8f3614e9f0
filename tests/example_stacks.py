"""The examples as stacks of the embedded engine in a test's own process, on labs that play their routers."""

import contextlib
import json
import pathlib
import shutil
from collections.abc import Iterator, Mapping

import yaml

from deploying import PASSWORD, STACK, cipher, reach
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider
from wiretik_provider.simulator import Lab, serve

EXAMPLES = pathlib.Path(__file__).parents[1] / "examples"
ROUTERS = {
    **dict.fromkeys(("bridged-lan", "site-to-site"), ("berlin", "lisbon")),
    "routed-mesh": ("berlin", "lisbon", "porto"),
}
"""The routers of the examples that have more than one."""


@contextlib.contextmanager
def routers(example: str) -> Iterator[dict[str, Lab]]:
    """An example's routers by their names: all are factory routers, and each other site has a LAN of its own."""
    with contextlib.ExitStack() as serving:
        labs = {
            name: serving.enter_context(serve(profile="defconf", tls=False, password=PASSWORD))
            for name in ROUTERS.get(example, ("",))
        }
        for at, lab in enumerate([*labs.values()][1:], 89):
            lan = next(row[".id"] for row in lab.router.rows("/ip/address") if row["interface"] == "bridge")
            lab.router.run("/ip/address/set", id=lan, address=f"192.168.{at}.1/24")
        yield labs


def config(labs: Mapping[str, Lab]) -> dict[str, str]:
    """A stack's config with these routers, by their names; one without a name stands by itself."""
    every = {name: {**reach(lab), "password": PASSWORD} for name, lab in labs.items()}
    if len(every) > 1:
        return {"wiretik:routers": json.dumps(every)}
    (only,) = every.values()
    return {f"wiretik:{key}": str(value).lower() if value is False else str(value) for key, value in only.items()}


def stack(example: str, directory: pathlib.Path, labs: Mapping[str, Lab]) -> Stack:
    """A copy of an example as a stack that has its state beside it."""
    shutil.copytree(EXAMPLES / example, directory / "program", ignore=shutil.ignore_patterns("__pycache__"))
    settings = directory / "program" / f"Pulumi.{STACK}.yaml"
    settings.write_text(yaml.safe_dump({**yaml.safe_load(settings.read_text()), "encryptionsalt": cipher().salt}))
    made = Stack(
        directory / "program",
        STACK,
        backend=directory / "state",
        passphrase="unused",
        config=config(labs),
        host=provider.in_process,
        runner=program.inline(),
    )
    made._crypter = cipher()
    return made
