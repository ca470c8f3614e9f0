"""The Pulumi CLI's notes of its user: the backend of `pulumi login`, the stack of `pulumi stack select`.

Both stand in `PULUMI_HOME`, by default `~/.pulumi`: `credentials.json`, and `workspaces/NAME-SHA1-workspace.json` with
the hash of Pulumi.yaml's path (pulumi/pulumi 3.260: pkg/workspace/creds.go, settings.go, workspace.go). They are read
and never written; one that can't be read says nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

__all__ = ["logged_in", "selected"]

_PROJECT_FILES: Final = ("Pulumi.yaml", "Pulumi.yml")


def logged_in(environ: Mapping[str, str]) -> str:
    """The URL of the backend that the CLI is logged in to; empty where it isn't.

    Args:
        environ: the environment, for `PULUMI_HOME`, `PULUMI_CREDENTIALS_PATH` and `HOME`.
    """
    folder = environ.get("PULUMI_CREDENTIALS_PATH")
    current = _read((Path(folder) if folder else _home(environ)) / "credentials.json").get("current")
    return current if isinstance(current, str) else ""


def selected(root: Path, project: str, url: str, environ: Mapping[str, str]) -> str:
    """The stack that `pulumi stack select` chose for a project in a backend; empty where none is.

    Args:
        root: the folder of Pulumi.yaml.
        project: its name.
        url: the backend.
        environ: the environment.
    """
    for file in (folder / name for folder in dict.fromkeys((root, root.resolve())) for name in _PROJECT_FILES):
        mark = hashlib.sha1(str(file).encode(), usedforsecurity=False).hexdigest()
        noted = _read(_home(environ) / "workspaces" / f"{project}-{mark}-workspace.json")
        stacks = noted.get("stacks")
        if isinstance(stacks, dict):
            found = next((name for there, name in stacks.items() if there.rstrip("/") == url.rstrip("/")), "")
        else:
            found = noted.get("stack", "")
        if found and isinstance(found, str):
            return found.rpartition("/")[2]
    return ""


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("PULUMI_HOME") or Path(environ.get("HOME") or Path.home()) / ".pulumi")


def _read(file: Path) -> dict[str, Any]:
    try:
        noted = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
