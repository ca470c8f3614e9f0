"""`wiretik profile`: a client's wg-quick file or QR code, from a stack's secret outputs.

Files get mode 0600 before anything is in them. Nothing is connected and nothing is deployed.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.output import complain, say_file
from wiretik.components.wg_quick.profile import lacks_key
from wiretik.components.wg_quick.qr import NO_PICTURE, QrFormat, draw
from wiretik.engine import opened
from wiretik.engine.values import unwrap

__all__ = ["profile", "profiles_in"]

_MISUSED: Final = 2
_OWNER_ONLY: Final = stat.S_IRUSR | stat.S_IWUSR
_PICTURES: Final = {".svg": QrFormat.SVG, ".png": QrFormat.PNG}


def profile(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="[STACK] CLIENT",
            help="Whose profile, and before it the stack, as with --stack, or - for outputs as JSON on standard input.",
        ),
    ],
    *,
    stack: StackName = None,
    mode: Annotated[
        str, typer.Option("--mode", "-m", metavar="NAME", help="Which mode; by default `normal`, else the first.")
    ] = "",
    qr: Annotated[bool, typer.Option("--qr", help="Show a QR code, for the camera of a phone.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write a file: .svg and .png are QR codes.")
    ] = None,
    directory: Directory = Path(),
) -> None:
    """Print or write a client's profile, as wg-quick and the WireGuard apps read it.

    The stack exports it: pulumi.export("phone", mesh.profiles["phone"]). Of a stack that isn't in a file:// backend:
    pulumi stack output --json --show-secrets | wiretik profile - phone
    """
    if len(names) > 2 or (len(names) == 2 and stack):
        raise typer.BadParameter(f"a stack and a client, or a client and --stack: {' '.join(names)} is more")
    *before, client = names
    if before == ["-"]:
        outputs = _read()
    else:
        with _reported():
            chosen = opened(directory, before[0] if before else stack)
            outputs = {name: unwrap(value) for name, value in chosen.outputs().items()}
    text = _chosen(profiles_in(outputs), client, mode)
    picture = _PICTURES.get(out.suffix.lower()) if out else QrFormat.TERMINAL if qr else None
    if lacks_key(text):
        if picture:
            raise _misused(f"{client}: {NO_PICTURE}")
        complain(f"its private key is made on {client}: put it where the text has a placeholder")
    if not all(line.isprintable() for line in text.split("\n")):
        raise _misused(f"the profile of {client} has control characters, which no profile has: `up` makes it anew")
    content = draw(text, picture) if picture else text.encode()
    if out is None:
        say_file(content.decode())
        return
    try:
        _write(out, content)
    except OSError as error:
        raise _misused(f"{out}: {error.strerror}") from None


def profiles_in(outputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The clients among a stack's outputs: by name, and each one's texts by mode."""
    found: dict[str, dict[str, str]] = {}
    for name, value in outputs.items():
        if texts := _texts(value):
            found[name] = texts
        elif isinstance(value, Mapping):
            found |= {client: texts for client, inner in value.items() if (texts := _texts(inner))}
    return found


def _texts(value: object) -> dict[str, str]:
    """A client's texts by mode, if that is what it is."""
    if isinstance(value, str) and value.startswith("[Interface]"):
        return {"normal": value}
    if not isinstance(value, Mapping) or not value:
        return {}
    fits = all(isinstance(text, str) and text.startswith("[Interface]") for text in value.values())
    return dict(value) if fits else {}


def _chosen(found: Mapping[str, Mapping[str, str]], client: str, mode: str) -> str:
    if client not in found:
        there = ", ".join(sorted(found)) or 'none; pulumi.export("phone", mesh.profiles["phone"]) makes one'
        raise _misused(f"no output is a profile of {client!r}; there are: {there}")
    modes = found[client]
    chosen = mode or ("normal" if "normal" in modes else next(iter(modes)))
    if chosen not in modes:
        raise _misused(f"{client} has no mode {chosen!r}; there are: {', '.join(modes)}")
    return modes[chosen]


def _read() -> dict[str, Any]:
    try:
        outputs = json.loads(sys.stdin.read().removeprefix("\ufeff"))
    except ValueError as wrong:
        raise _misused(f"standard input is no JSON: {wrong}") from None
    if not isinstance(outputs, dict):
        raise _misused("standard input isn't the output of `pulumi stack output --json --show-secrets`")
    return outputs


def _write(file: Path, content: bytes) -> None:
    """A file that only its owner may read, from the first byte on, also where it was there already."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT, _OWNER_ONLY)
    with os.fdopen(opened, "wb") as writer:
        os.fchmod(opened, _OWNER_ONLY)
        writer.truncate(0)
        writer.write(content)


def _misused(text: str) -> typer.Exit:
    complain(f"error: {text}")
    return typer.Exit(_MISUSED)
