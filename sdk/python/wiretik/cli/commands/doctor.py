"""`wiretik doctor`: faults of the tunnels of a stack's routers, or of exports, the likeliest cause first.

It reads, and writes nothing; secrets are never read from a router and never printed. Exit codes: 0 healthy, 1 something
is wrong, 2 it couldn't look.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
import typer
from rich.console import Group
from rich.panel import Panel
from rich.table import Table

from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.exports import Learned, Leases, Resolved, Supplied, exported, supplied_by
from wiretik.cli.exports.gaps import HEADING
from wiretik.cli.output import complain, say_json
from wiretik.cli.reach import routers_of
from wiretik.cli.screen import Text, console
from wiretik.cli.snapshots import read
from wiretik.engine import opened
from wiretik_provider.api.access import access
from wiretik_provider.doctor import KINDS, NOTE, SEVERITIES, Finding, Patient, examine
from wiretik_provider.doctor.patient import BESIDES, DEVICES, PEERS
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.trace import Snapshot

__all__ = ["Looked", "doctor", "look_at", "tell"]

_ILL: Final = 1
_BLIND: Final = 2
_STYLES: Final[dict[str, str]] = dict(zip(SEVERITIES, ("red", "yellow", "blue"), strict=True))


@attrs.frozen
class Looked:
    """A router that was looked at, or why it couldn't be.

    Attributes:
        name: as the config or the file has it.
        patient: None where nobody could look.
        notes: what wasn't looked at.
        problem: why nobody could look.
    """

    name: str
    patient: Patient | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""


def doctor(
    name: Annotated[str | None, typer.Argument(metavar="[STACK]", help="The stack, as with --stack.")] = None,
    *,
    export: Annotated[
        list[Path] | None,
        typer.Option(
            "--export",
            metavar="FILE.rsc",
            help="Look at a file of /export, without a router; both ends of a link are two files.",
        ),
    ] = None,
    lease: Leases = None,
    resolve: Resolved = None,
    learned: Learned = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="KIND", help="Leave findings of a kind out; may be repeated."),
    ] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    router: Annotated[str, typer.Option(metavar="NAME", help="Only this router of several.")] = "",
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON.")] = False,
) -> None:
    """Find the causes why tunnels don't work, the likeliest first, each with its cure.

    Exit code 0: healthy, or nothing but notes. 1: errors or warnings. 2: a router couldn't be looked at.
    """
    if unknown := sorted(set(ignore or ()) - KINDS.keys()):
        raise typer.BadParameter(f"no kind {', '.join(unknown)}; docs/doctor.md has them", param_hint="--ignore")
    try:
        supplied = supplied_by(lease, resolve, learned, on_export=bool(export))
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from None
    looked = [_exported(path, supplied) for path in export] if export else _reached(directory, stack or name, router)
    tell(looked, ignore or (), as_json=as_json)


def tell(looked: Sequence[Looked], ignore: Sequence[str] = (), *, as_json: bool = False) -> None:
    """Examine all that was looked at together, say what is wrong, and leave with the exit code.

    Args:
        looked: the routers.
        ignore: kinds of findings that are left out.
        as_json: write JSON.

    Raises:
        Exit: it isn't well.
    """
    patients = [one.patient for one in looked if one.patient]
    found = [one for one in examine(patients) if one.kind not in ignore]
    for one in looked:
        if one.problem:
            complain(f"error: {one.problem}")
    if as_json:
        say_json(_json(looked, found))
    elif patients:
        _draw(looked, found)
    if any(one.severity != NOTE for one in found):
        raise typer.Exit(_ILL)
    if any(one.problem for one in looked):
        raise typer.Exit(_BLIND)


# --- looking ---------------------------------------------------------------------------------------------------------


def _reached(directory: Path, stack: str | None, wanted: str) -> list[Looked]:
    """The routers of a stack, as they are now."""
    with _reported():
        config = opened(directory, stack).texts()
    try:
        names = routers_of(config, wanted)
    except WiretikError as error:
        return [Looked(wanted, problem=str(error))]
    return [look_at(config, one) for one in names]


def look_at(
    config: Mapping[str, str], name: str, environment: Mapping[str, str] = os.environ, called: str = ""
) -> Looked:
    """One router as it is now.

    Args:
        config: its stack's.
        name: as the program has it.
        environment: where credentials may be.
        called: as findings have it, where not as the program does.
    """
    try:
        reach = access(config, environment, name)
        snapshot = read(reach, BESIDES)
    except WiretikError as error:
        return Looked(called or name, problem=str(error))
    if unread := [path for path in (DEVICES, PEERS) if path in snapshot.unread]:
        return Looked(
            called or name, problem=f"{reach.label}: {unread[0]} couldn't be read: {snapshot.unread[unread[0]]}"
        )
    snapshot = attrs.evolve(snapshot, name=called or name or snapshot.name)
    notes = [f"{path} couldn't be read: {why}" for path, why in sorted(snapshot.unread.items())]
    return Looked(snapshot.name, Patient(snapshot, now=dt.datetime.now(dt.UTC)), _not_followed(snapshot, notes))


def _not_followed(snapshot: Snapshot, notes: Sequence[str]) -> tuple[str, ...]:
    beyond = [f"packets aren't followed: {snapshot.beyond}"] if snapshot.beyond else []
    return (*notes, *beyond)


def _exported(path: Path, supplied: Supplied) -> Looked:
    """A router from its export: no handshakes, no counters."""
    try:
        found = exported(path, BESIDES, supplied)
    except WiretikError as error:
        return Looked(path.stem, problem=str(error))
    snapshot, left_out = found.snapshot, found.left_out
    notes = [f"{_count(len(left_out), 'line')} left out, the first: {left_out[0]}"] if left_out else []
    notes += found.notes
    if not snapshot[DEVICES]:
        notes.append(f"no WireGuard interface in {path.name}")
    return Looked(snapshot.name, Patient(snapshot, live=False), _not_followed(snapshot, notes))


# --- how it is written -----------------------------------------------------------------------------------------------


def _json(looked: Sequence[Looked], found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "healthy": not any(one.severity != NOTE for one in found) and not any(one.problem for one in looked),
        "routers": [
            {
                "name": one.name,
                "live": bool(one.patient and one.patient.live),
                "tunnels": sorted(one.patient.devices) if one.patient else [],
                "notes": list(one.notes),
                "problem": one.problem or None,
            }
            for one in looked
        ],
        "findings": [_json_finding(one) for one in found],
    }


def _json_finding(one: Finding) -> dict[str, Any]:
    where = {key: text or None for key, text in attrs.asdict(one.where).items()}
    return {
        "kind": one.kind,
        "severity": one.severity,
        **{key: where[key] for key in ("router", "tunnel", "menu")},
        "id": where["row"],
        "value": one.value or None,
        "fact": one.fact,
        "why": one.why,
        "cure": one.cure,
        "symptoms": list(one.symptoms),
    }


def _draw(looked: Sequence[Looked], found: Sequence[Finding]) -> None:
    screen = console(width=4000)
    several = len(looked) > 1
    # What isn't known first: who reads the findings knows then what they can't be about.
    for router in looked:
        for note in dict.fromkeys(router.notes):
            # What is indented belongs to the line above it.
            told = note if note.startswith(" ") else f"note: {f'{router.name}: ' if several else ''}{note}"
            screen.print(Text(told, style="dim"))
    for number, one in enumerate(found):
        if screen.is_terminal:
            screen.print(_panel(one, several=several, first=number == 0 and len(found) > 1))
            continue
        for line in _lines(one, several=several):
            screen.print(Text(line))
    screen.print(_summary(looked, found))


def _about(one: Finding, *, several: bool) -> str:
    parts = [one.where.router if several else "", one.where.tunnel]
    return " ".join(part for part in parts if part)


def _panel(one: Finding, *, several: bool, first: bool) -> Panel:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for symptom in one.symptoms:
        grid.add_row("so", Text(symptom))
    grid.add_row("why", Text(one.why))
    grid.add_row("cure", Text(one.cure, style="green"))
    style = _STYLES[one.severity]
    title = Text(one.severity, style=f"bold {style}").append(f"  {one.kind}", style="dim")
    if about := _about(one, several=several):
        title.append(f"  {about}", style="default")
    if first:
        title.append("  the likeliest cause", style="italic")
    return Panel(Group(Text(one.fact, style="bold"), grid), title=title, title_align="left", border_style=style)


def _lines(one: Finding, *, several: bool) -> list[str]:
    about = _about(one, several=several)
    return [
        f"{one.severity}: {about + ': ' if about else ''}{one.fact} [{one.kind}]",
        *(f"  so: {symptom}" for symptom in one.symptoms),
        f"  why: {one.why}",
        f"  cure: {one.cure}",
    ]


def _summary(looked: Sequence[Looked], found: Sequence[Finding]) -> Text:
    patients = [one.patient for one in looked if one.patient]
    tunnels = sum(len(one.devices) for one in patients)
    peers = sum(len(one.peers(device)) for one in patients for device in one.devices)
    routers = (
        _count(len(patients), "router") if len(patients) == len(looked) else f"{len(patients)} of {len(looked)} routers"
    )
    seen = f"{routers}, {_count(tunnels, 'tunnel')}, {_count(peers, 'peer')} looked at"
    counts = [_count(sum(one.severity == kind for one in found), kind) for kind in SEVERITIES]
    told = ", ".join(text for text in counts if not text.startswith("0 "))
    if not told and len(patients) < len(looked):
        return Text("no finding: ", style="bold").append(seen, style="default")
    if not told and any(HEADING in one.notes for one in looked):
        return Text("nothing wrong in what is known: ", style="bold green").append(seen, style="default")
    if not told:
        return Text("healthy: ", style="bold green").append(seen, style="default")
    return Text(f"{told}: ", style="bold").append(seen, style="default")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
