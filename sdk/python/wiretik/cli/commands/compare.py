"""`wiretik compare`: where a real router prints otherwise than the embedded one, as one file to attach to an issue.

It reads and writes nothing but that file. The project has no router; those who have one can tell it so what is wrong.
"""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.compare.differences import Difference, between, in_exports, of_ways, packets
from wiretik.cli.compare.probe import Probed, cases_of
from wiretik.cli.compare.probe import probe as run_probe
from wiretik.cli.compare.reading import Seen, checked, look
from wiretik.cli.compare.rebuilding import rebuilt
from wiretik.cli.compare.report import of_probe, report
from wiretik.cli.exports import is_export
from wiretik.cli.output import complain, say_file
from wiretik.cli.reach import Fingerprint, Port, User, endpoint
from wiretik.cli.snapshots import Unreadable
from wiretik.engine import opened
from wiretik_provider.api.access import access, variable
from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import LoadError, version_of
from wiretik_provider.trace import MENUS, Snapshot

__all__ = ["compare"]

_DIFFERENT: Final = 1
_BLIND: Final = 2
_LOST: Final = "--probe adds, changes and removes rows on the router and doesn't put all of it back. Can you lose it?"


def compare(  # noqa: PLR0917, each is an option
    host: Annotated[
        str, typer.Argument(metavar="HOST[:PORT]", help="The router's address; without it, the stack's router.")
    ] = "",
    port: Port = 0,
    user: User = "admin",
    fingerprint: Fingerprint = "",
    tls: Annotated[bool, typer.Option("--tls/--no-tls", help="Whether to encrypt.")] = True,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="A file of its /export: forms and order of exports, too."),
    ] = None,
    probe: Annotated[
        Path | None,
        typer.Option("--probe", metavar="FOLDER", help="On a router that you can LOSE: hold the talks of these facts."),
    ] = None,
    sure: Annotated[bool, typer.Option("--yes", help="With --probe: don't ask.")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the report into this file.")] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    router: Annotated[str, typer.Option(metavar="NAME", help="Which router of several.")] = "",
) -> None:
    """Compare a router with the embedded one of its version that has the same rows, and report anonymously.

    Nothing is written to the router unless --probe asks for it; policies api and read are enough. Exit code 0: no
    difference. 1: some. 2: the router couldn't be read.
    """
    try:
        if host:
            password = os.environ.get(variable("password"), "")
            host, port = endpoint(host, port)
            reach = Access(
                host=host,
                port=port or (8729 if tls else 8728),
                tls=tls,
                username=user,
                password=password,
                fingerprint=fingerprint,
            )
        else:
            with _reported():
                reach = access(opened(directory, stack).texts(), os.environ, router)
        cases = cases_of(probe) if probe is not None else []
        if cases and not sure and not typer.confirm(_LOST, err=True):
            raise typer.Exit(_BLIND)
        exported = [] if export is None else _of_export(export)
        seen, found, asked = _compared(reach)
        found += exported
        text = report(seen, found, f"Wiretik {importlib.metadata.version('wiretik')}", asked)
        probed = _probed(reach, cases) if cases else None
        if probed is not None:
            text += of_probe(probed)
        if out is None:
            say_file(text)
        else:
            out.write_text(text, encoding="utf-8")
            complain(f"{out}: {len(found)} differences")
    except (WiretikError, OSError) as error:
        said = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else error
        complain(f"error: {said}")
        raise typer.Exit(_BLIND) from None
    if found or (probed is not None and probed.broken):
        raise typer.Exit(_DIFFERENT)


def _compared(reach: Access) -> tuple[Seen, list[Difference], int | None]:
    """The router as it is, the differences, and how many packets it was asked about."""
    session = Session(reach)
    try:
        seen = look(session)
        rows = {path: seen.rows[path] for path in MENUS if path in seen.rows}
        snapshot = Snapshot(rows, dict.fromkeys(seen.unread, "it couldn't be read"))
        asked = packets(snapshot)
        answers = checked(session, asked) if asked else []
    finally:
        session.close()
    if not seen.version:
        raise ConfigError(f"{reach.label}: it doesn't tell its version")
    found = between(seen, rebuilt(seen))
    return seen, [*found, *(of_ways(snapshot, answers) if answers else ())], None if answers is None else len(answers)


def _probed(reach: Access, cases: Sequence[Mapping[str, Any]]) -> Probed:
    """What the router says to recorded facts and open questions; it writes."""
    session = Session(reach)
    try:
        return run_probe(session, cases)
    finally:
        session.close()


def _of_export(file: Path) -> list[Difference]:
    """Where the embedded router writes an export otherwise that it has loaded."""
    text = file.read_text("utf-8-sig", "surrogateescape")
    router = Router("none", version_of(text) or "7.23.2")
    try:
        router.load(text, skip_unknown=True)
    except LoadError as error:
        raise Unreadable(f"{file}: {error.errors[0]}") from None
    if not is_export(text, router):
        raise Unreadable(f"{file}: no line begins with a menu of RouterOS: is it what `/export` wrote?")
    return in_exports(text, router.export())
