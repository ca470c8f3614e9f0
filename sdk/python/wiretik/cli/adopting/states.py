"""The state of an adoption for backends that only the Pulumi CLI reaches: two files, of which one is taken.

`adopted-state.json` is the whole deployment, for `pulumi stack import` into an empty stack; `adopted.json` has the
resources alone, for `pulumi import --file` into a stack that has others. Both hold keys in plain text, so that any
secrets provider takes them: their owner alone may read them, and they are to be deleted once they were taken.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from wiretik.cli.output import as_json
from wiretik.engine import Stack
from wiretik.engine.errors import BackendError
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.state.files import write

__all__ = ["FILES", "STATE", "TAKEN", "import_file", "keep_in_cli", "write_files"]

STATE: Final = "adopted-state.json"
TAKEN: Final = "adopted.json"
FILES: Final = (STATE, TAKEN)
_OWN: Final = ("pulumi:pulumi:Stack", "pulumi:providers:")


def write_files(stack: Stack, folder: Path, salt: str) -> None:
    """Writes both files.

    Args:
        stack: the stack that was adopted, in a place of its own.
        folder: where they go.
        salt: that of the stack's own passphrase; empty where another provider keeps its secrets.
    """
    whole = stack.export(show_secrets=True)
    provider = {"secrets_providers": {"type": "passphrase", "state": {"salt": salt}}} if salt else {}
    deployment = {**whole["deployment"], **provider}
    for name, content in ((STATE, {**whole, "deployment": deployment}), (TAKEN, import_file(deployment))):
        write((folder / name).resolve(), [f"{as_json(content, indent=2)}\n".encode()])


def import_file(deployment: Mapping[str, Any]) -> dict[str, Any]:
    """A deployment's resources in the form of the CLI's bulk import file."""
    return {"resources": list(_entries(deployment.get("resources") or []))}


def _entries(resources: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for one in resources:
        if not str(one["type"]).startswith(_OWN):
            logical = str(one["urn"]).rpartition("::")[2]
            name = logical if logical not in seen else f"{logical} {one['type'].rpartition(':')[2]}"
            seen |= {logical, name}
            yield {
                "type": one["type"],
                "name": name,
                **({"logicalName": logical} if name != logical else {}),
                "id": one["id"],
                "inputs": one.get("inputs") or {},
                "outputs": one.get("outputs") or {},
            }


def keep_in_cli(stack: CliStack, secrets: Mapping[str, str]) -> None:
    """Lets the CLI encrypt config, where the stack's keys are its business.

    Raises:
        BackendError: there is no CLI, or it refuses.
    """
    for key, value in secrets.items():
        _keep(stack, key, value)


def _keep(stack: CliStack, key: str, value: str) -> None:
    """A value goes by standard input, so that no list of processes shows it."""
    program = shutil.which("pulumi")
    if program is None:
        raise BackendError("the stack's config is the Pulumi CLI's business, and `pulumi` isn't on the PATH")
    done = subprocess.run(  # noqa: S603, the user's own CLI
        [program, "config", "set", "--secret", key, "--stack", stack.name, "--non-interactive"],
        cwd=stack.project.root,
        input=value,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = next((line.strip() for line in done.stderr.splitlines() if line.strip()), "it says nothing")
        cure = f": `pulumi stack init {stack.name}` makes it, then run this again" if "no stack named" in said else ""
        raise BackendError(f"`pulumi config set --secret {key}`: {said.removeprefix('error: ')}{cure}")
