"""A stack whose state only the Pulumi CLI can read, in Pulumi Cloud, s3 or elsewhere: looked at, never changed.

The CLI is asked for each thing with the command that a user would type; it finds backend, access and secrets provider
by itself.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any, Final

import attrs

from wiretik.engine.errors import BackendError
from wiretik.engine.project import Project
from wiretik.engine.state.checkpoint import Json

__all__ = ["CliStack"]

_PATIENCE: Final = 120
"""Seconds for one answer of the CLI: a backend may be far away, and a prompt that nobody sees never ends."""


@attrs.frozen
class CliStack:
    """One stack, as far as commands look at it.

    Attributes:
        project: its project.
        name: the stack.
        url: the backend, for errors.
    """

    project: Project
    name: str
    url: str

    def resources(self) -> list[Json]:
        """The state's resources; secrets stay as they are in it.

        Raises:
            BackendError: there is no CLI, or it refuses.
        """
        found: list[Json] = (self.export().get("deployment") or {}).get("resources") or []
        return found

    def export(self, *, show_secrets: bool = False) -> Json:
        """The deployment as `pulumi stack export` prints it; secrets stay as they are in it unless they are asked for.

        Raises:
            BackendError: there is no CLI, or it refuses.
        """
        return self._asked("stack", "export", *(["--show-secrets"] if show_secrets else []))

    def outputs(self) -> Mapping[str, Any]:
        """The stack's outputs, secret ones in clear.

        Raises:
            BackendError: there is no CLI, or it refuses.
        """
        return self._asked("stack", "output", "--json", "--show-secrets")

    def texts(self) -> dict[str, str]:
        """The stack's config by full keys, secrets in clear.

        Raises:
            BackendError: there is no CLI, or it refuses.
        """
        found: dict[str, str] = {}
        for key, entry in self._asked("config", "--json", "--show-secrets").items():
            value = entry.get("objectValue", entry.get("value"))
            found[key] = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
        return found

    def _asked(self, *words: str) -> dict[str, Any]:
        command = [*words, "--non-interactive", "--stack", self.name]
        typed = f"pulumi {' '.join(command)}"
        program = shutil.which("pulumi")
        if program is None:
            raise BackendError(
                f"the Pulumi CLI is logged in to {self.url}, which only it can read, and `pulumi` isn't on the PATH: "
                f"put it there; `wiretik graph --state -` and `wiretik profile - CLIENT` take the output of `{typed}` "
                "from elsewhere; PULUMI_BACKEND_URL=file://... chooses another backend"
            )
        try:
            done = subprocess.run(  # noqa: S603, the user's own CLI
                [program, *command],
                cwd=self.project.root,
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BackendError(f"`{typed}` gave no answer within {_PATIENCE} s") from None
        try:
            answer = json.loads(done.stdout) if done.returncode == 0 else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            said = next((line.strip() for line in done.stderr.splitlines() if line.strip()), "no JSON came")
            raise BackendError(f"`{typed}` in {self.project.root}: {said.removeprefix('error: ')}")
        return answer
