"""The project that an adoption writes: its files, its config, and what may stand there already.

Rule: no file of the user's is overwritten. A program that is the one which would be written is left as it is: so an
adoption that was interrupted goes on.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import attrs
import yaml

from wiretik.engine.errors import ProjectError
from wiretik.engine.project import StackSettings, load_project
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.stack import Stack
from wiretik_provider.adopt.files import RUFF
from wiretik_provider.api.unsigned import OBSERVE, UNSIGNED, Unsigned, noted

__all__ = [
    "Reach",
    "configure",
    "named",
    "note_tags",
    "prepare",
    "refuse_anothers",
    "settings_of",
    "standing",
    "write",
]

_PROJECT: Final = "Pulumi.yaml"
_RUFF: Final = "ruff.toml"
_TOLD: Final = "ADOPTED.md"


@attrs.frozen
class Reach:
    """How the router is reached, for the config; the password isn't among it.

    Attributes:
        host: its address.
        port: 0 for the usual one.
        username: who logs in.
        plain: without TLS.
        fingerprint: of its certificate; empty where an authority vouches for it.
    """

    host: str
    port: int = 0
    username: str = "admin"
    plain: bool = False
    fingerprint: str = ""

    @property
    def config(self) -> dict[str, str]:
        """Config keys and values."""
        told = {"host": self.host, "username": self.username, "fingerprint": self.fingerprint}
        told |= {"port": str(self.port)} if self.port else {}
        told |= {"tls": "false"} if self.plain else {}
        return {f"wiretik:{key}": value for key, value in told.items() if value}


def named(folder: Path) -> str:
    """The project's name: that of the project that is there, else the folder's."""
    if (folder / _PROJECT).is_file():
        return load_project(folder).name
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-.") or "router"


def prepare(folder: Path, source: Path) -> None:
    """A place for a rehearsal: the project of the user's folder, without its state and its program."""
    for name in (_PROJECT, "Pulumi.yml"):
        if (source / name).is_file():
            shutil.copy(source / name, folder / name)
            return
    (folder / _PROJECT).write_text(_project(named(source), source), encoding="utf-8")


def _project(name: str, folder: Path) -> str:
    """A Pulumi.yaml; the environment is the project's own, or the one that runs this."""
    place = ".venv" if (folder / ".venv").is_dir() else sys.prefix if sys.prefix != sys.base_prefix else ""
    runtime: object = {"name": "python", "options": {"toolchain": "pip", "virtualenv": place}} if place else "python"
    text = {"name": name, "description": "A router as it was when it was adopted", "runtime": runtime}
    return yaml.safe_dump(text, sort_keys=False)


def standing(folder: Path, files: Mapping[str, str]) -> list[str]:
    """The files of a program that are there already, and that somebody has edited or another program has."""
    before = _as_written(folder)
    there = {name: (folder / name).read_bytes() for name in files if (folder / name).exists()}
    return sorted(
        name
        for name, content in there.items()
        if content != files[name].encode("utf-8", "surrogateescape") and _digest(content) != before.get(name)
    )


_WRITTEN: Final = "<!-- as written: "


def _as_written(folder: Path) -> dict[str, str]:
    """Of files that an adoption has written before, what they were then, as it noted in ADOPTED.md."""
    try:
        last = (folder / _TOLD).read_text("utf-8", "replace").rstrip().rpartition("\n")[2]
    except OSError:
        return {}
    words = last.removeprefix(_WRITTEN).removesuffix(" -->").split(", ") if last.startswith(_WRITTEN) else []
    parts = (word.rpartition(" ") for word in words)
    return {name: digest for name, _, digest in parts}


def _is(file: Path, digest: str) -> bool:
    return file.is_file() and _digest(file.read_bytes()) == digest


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def refuse_anothers(folder: Path) -> None:
    """Says no before anything is read where the folder has a program that no adoption wrote.

    Raises:
        ProjectError: there is one.
    """
    there = folder / "__main__.py"
    if there.exists() and not (folder / _TOLD).exists():
        raise ProjectError(f"{there} is there already: -C names another folder")


def write(folder: Path, files: Mapping[str, str], told: str, beside: Mapping[str, str] = MappingProxyType({})) -> None:
    """Writes the program and what is told of it, and what stands beside it and may be edited."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / _PROJECT).exists() and not (folder / "Pulumi.yml").exists():
            (folder / _PROJECT).write_text(_project(named(folder), folder), encoding="utf-8")
        former = [
            name for name, digest in _as_written(folder).items() if name not in files and _is(folder / name, digest)
        ]
        noted = ", ".join(f"{name} {_digest(text.encode('utf-8', 'surrogateescape'))}" for name, text in files.items())
        whole = f"{told}\n{_WRITTEN}{noted} -->\n"
        (folder / _TOLD).write_text(
            whole, encoding="utf-8", errors="backslashreplace"
        )  # first: it says whose these are
        for name in former:
            (folder / name).unlink()  # a module of a former run, which the program no longer has
        for name, text in {**files, **beside}.items():
            (folder / name).write_text(text, encoding="utf-8", errors="surrogateescape")
        if not (folder / _RUFF).exists() and not (folder / "pyproject.toml").exists():
            (folder / _RUFF).write_text(RUFF, encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{error.filename or folder}: {error.strerror}") from error


def settings_of(stack: Stack | CliStack) -> StackSettings:
    """A stack's own file; the secrets in that of one that only the CLI reaches are the CLI's business."""
    return StackSettings(stack.project, stack.name, clis=isinstance(stack, CliStack))


def configure(stack: Stack | CliStack, reach: Reach | None, secrets: Mapping[str, str]) -> None:
    """Writes config: what isn't there yet; keys are encrypted, or left to the CLI where it reaches the stack."""
    settings = settings_of(stack)
    there = settings.raw
    for key, value in (reach.config if reach else {}).items():
        if key not in there:
            settings.set(key, value, None)
    if isinstance(stack, Stack):
        for key, value in secrets.items():
            if settings.key(key) not in there:
                settings.set(key, value, stack.crypter())
    settings.save()


def note_tags(stack: Stack | CliStack, found: Unsigned) -> None:
    """Writes into the config which rows carry no tag; nothing where all do."""
    settings = settings_of(stack)
    if found.tags or found.observes or {UNSIGNED, OBSERVE} & settings.raw.keys():
        settings.set_object(UNSIGNED, noted(found))
        settings.set_object(OBSERVE, {})
        if found.observes:
            settings.set(OBSERVE, "true", None)
        settings.save()
