"""`wiretik adopt`: the router that is there becomes a program, and its rows are signed. `wiretik own` ends the trial.

Read, write, rehearse, ask, sign. Up to the question nothing is written to the router, and after it nothing but a tag at
the end of each row's comment. Run again after whatever interrupted it, it goes on.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Final

import attrs
import typer

from wiretik.cli.adopting import project, states
from wiretik.cli.adopting.ending import end_trials, release
from wiretik.cli.adopting.matching import matched
from wiretik.cli.adopting.names import FILE, names_of
from wiretik.cli.adopting.names import written as names_text
from wiretik.cli.adopting.reading import Source, of_export, of_router
from wiretik.cli.adopting.rehearsing import Rehearsed, Runs, Signatures, rehearse, signing
from wiretik.cli.adopting.signing import sign_rows
from wiretik.cli.commands.deploy import Directory, StackName, Yes, _confirmed, _reported
from wiretik.cli.output import complain, say
from wiretik.cli.reach import Fingerprint, Port, User, endpoint, routers_of
from wiretik.engine import Secret, Stack, opened
from wiretik.engine.errors import DeploymentFailed, ProjectError
from wiretik.engine.project import load_project
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.stack import place_of
from wiretik_provider.adopt.choosing import Chosen, Options, choose, without
from wiretik_provider.adopt.files import texts
from wiretik_provider.adopt.program import Program, program
from wiretik_provider.adopt.report import report, summary
from wiretik_provider.api.access import access
from wiretik_provider.api.unsigned import Unsigned, told, unsigned
from wiretik_provider.errors import UnknownMenu, WiretikError
from wiretik_provider.gate.device import OLDEST
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import version
from wiretik_provider.rows.ownership import stack_part

__all__ = ["ROUNDS", "adopt", "own", "take", "take_elsewhere", "written"]

ROUNDS: Final = 5
"""So often what a rehearsal refuses is left out and the rest rehearsed again."""
_TOLD: Final = 10
_CANCELLED: Final = 8


def adopt(  # noqa: PLR0917, each is an option
    host: Annotated[
        str, typer.Argument(metavar="HOST[:PORT]", help="The router's address; without it, that of the stack's config.")
    ] = "",
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="A file of /export: the program alone, nothing is signed."),
    ] = None,
    program_there: Annotated[
        bool,
        typer.Option("--program", help="Match the program that is there, edited or with components, to the router."),
    ] = False,
    suggest: Annotated[
        bool,
        typer.Option("--suggest", help="Only say which components the rows are, or nearly are; write nothing."),
    ] = False,
    directory: Directory = Path(),
    stack: StackName = None,
    port: Port = 0,
    user: User = "admin",
    fingerprint: Fingerprint = "",
    plain: Annotated[bool, typer.Option("--plain", help="The API without TLS.")] = False,
    menus: Annotated[
        str, typer.Option(metavar="MENUS", help="Only these, with commas: /ip/firewall/nat,/ip/route.")
    ] = "",
    without_factory: Annotated[
        bool, typer.Option("--without-factory", help="Leave the rows of the factory's configuration alone.")
    ] = False,
    files: Annotated[
        bool, typer.Option("--files", help="State as files for `pulumi stack import` and `pulumi import --file`.")
    ] = False,
    names: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Names of a terraform.tfstate, or of another names.json."),
    ] = None,
    no_tags: Annotated[
        bool, typer.Option("--no-tags", help="Sign only rows without a natural key, such as rules and routes.")
    ] = False,
    observe: Annotated[
        bool, typer.Option("--observe", help="Sign nothing: previews tell what differs, and every up is refused.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the program and sign nothing.")] = False,
    yes: Yes = False,
) -> None:
    """Make the router that is there a program whose first preview is clean; nothing but tags is written to it.

    The program is rehearsed on an embedded router with the same rows; then each row gets a tag behind its comment.
    A second run goes on, and takes names that were changed in names.json.
    Exit code 1: it can't be adopted. 8: declined.
    """
    with _reported():
        try:
            if program_there:
                _match(directory, stack, host, export, dry_run, yes)
                return
            if not suggest:
                project.refuse_anothers(directory)
            name = stack or _stack_of(directory)
            reach = project.Reach(*endpoint(host, port), user, plain, fingerprint) if host else None
            config = _config(directory, name, reach)
            source = of_export(export) if export else of_router(access(config, os.environ, ""))
            if suggest:
                _suggest(source)
                return
            options = Options(
                *(
                    stack_part(project.named(directory), name),
                    _chosen_menus(menus),
                    not without_factory,
                    source.refused,
                ),
                names_of(directory, names),
            )
            made = written(source, directory, name, options)
            found, signatures = tagless(made, no_tags=no_tags, observe=observe)
            _tell(made, sum(map(len, signatures.values())))
            if others := project.standing(directory, made.files):
                raise ProjectError(f"{directory / others[0]} is there with another content: -C names another folder")
            chosen = _keep(made, directory, name, reach)
            if export or dry_run:
                return
            _agree(signatures.values(), yes=yes or observe)
            project.note_tags(chosen, found)
            sign_rows(access(config, os.environ, ""), signatures, source.inventory.tables)
            if files or isinstance(chosen, CliStack):
                take_elsewhere(made, chosen, {**config, **told(found)})
            else:
                take(chosen)
        except WiretikError as error:
            complain(f"error: {error}")
            raise typer.Exit(1) from None


def own(  # noqa: PLR0917, each is an option
    urns: Annotated[
        list[str] | None,
        typer.Argument(metavar="URN", help="Only these resources: URNs, or their ends, such as FilterChain::input."),
    ] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    no_protect: Annotated[
        bool, typer.Option("--no-protect", help="Protect nothing that carries the session or the LAN.")
    ] = False,
    unprotect: Annotated[
        bool, typer.Option("--unprotect", help="Only take the protection away: a destroy removes all rows then.")
    ] = False,
    yes: Yes = False,
) -> None:
    """End the trial of adopted rows: what they were before is forgotten, and a destroy removes them.

    What carries the session, the LAN or the way out is protected: a destroy is refused then. Exit code 8: declined.
    """
    with _reported():
        try:
            chosen = opened(directory, stack)
            if unprotect:
                release(chosen)
            else:
                end_trials(chosen, urns or [], protect=not no_protect, yes=yes)
        except WiretikError as error:
            complain(f"error: {error}")
            raise typer.Exit(1) from None


@attrs.frozen
class Made:
    """A program that was rehearsed.

    Attributes:
        source: the router.
        chosen: its rows.
        program: the program.
        files: its text.
        rehearsed: what the rehearsal came to.
    """

    source: Source
    chosen: Chosen
    program: Program
    files: Mapping[str, str]
    rehearsed: Rehearsed


def written(source: Source, folder: Path, stack: str, options: Options, runs: Runs | None = None) -> Made:
    """The program of a router, rehearsed; what a rehearsal refuses of it is left out, and the rest rehearsed again.

    Raises:
        DeploymentFailed: it can't be told which row is in the way.
    """
    there = source.inventory
    if version(there.version) < OLDEST:
        raise ProjectError(
            f"RouterOS {there.version} is older than {'.'.join(map(str, OLDEST))}, the oldest that is known"
        )
    about = f"The router {there.name or 'that was adopted'}, as it was when it was adopted (RouterOS {there.version})."
    errors: tuple[str, ...] = ()
    for _ in range(ROUNDS):
        chosen = choose(there, options)
        made = program(chosen, options.names)
        files = texts(made, about.replace('"', "'"))
        with tempfile.TemporaryDirectory(prefix="wiretik-adopt-") as name:
            place = Path(name)
            project.prepare(place, folder)
            for each, text in files.items():
                (place / each).write_text(text, encoding="utf-8", errors="surrogateescape")
            twin = source.twin()
            found = rehearse(place, stack, twin, secrets=made.secrets, ids=source.ids(twin), runs=runs)
        if found.ok and not (found.unsigned(made.made)):
            return Made(source, chosen, made, files, found)
        errors, refused = found.errors, found.rows_in_the_way(made.made)
        if not refused:
            break
        options = without(options, refused)
    raise DeploymentFailed("the rehearsal failed, and nothing was written", *(f"  {each}" for each in errors))


def _config(directory: Path, stack: str, reach: project.Reach | None) -> dict[str, str]:
    """The stack's config where there is any, and how the call says that the router is reached."""
    config = dict(reach.config) if reach else {}
    if (directory / "Pulumi.yaml").is_file() and load_project(directory).stack_file(stack).is_file():
        config |= opened(directory, stack).texts()
    return config


def _chosen_menus(text: str) -> tuple[str, ...]:
    wanted = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in wanted:
        try:
            menu_at(part)
        except UnknownMenu as unknown:
            raise ProjectError(f"--menus: {unknown}") from None
    return wanted


def tagless(made: Made, *, no_tags: bool, observe: bool) -> tuple[Unsigned, Signatures]:
    """Which rows get no tag, and the comments that are signed."""
    if not (no_tags or observe):
        return Unsigned(), made.rehearsed.signatures
    read = {
        path: {row[".id"]: row for row in rows if ".id" in row} for path, rows in made.source.inventory.tables.items()
    }
    return unsigned(made.rehearsed.signatures, read, observes=observe)


def _tell(made: Made, signed: int) -> None:
    there = made.source.inventory
    say(f"{there.name or 'the router'}, RouterOS {there.version}: {summary(made.chosen)}")
    for one in made.chosen.left[:_TOLD]:
        say(f"  left out: {one.path} {one.row}: {one.why}")
    if len(made.chosen.left) > _TOLD:
        say(f"  and {len(made.chosen.left) - _TOLD} more, see ADOPTED.md")
    say(f"rehearsed on an embedded router: {signed} rows would get a tag, nothing else would change")


def _keep(made: Made, directory: Path, name: str, reach: project.Reach | None) -> Stack | CliStack:
    """Writes the project and its config; gives the stack."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    report_text = report(made.source.inventory, made.chosen, made.program.made, today)
    named = {FILE: names_text(made.program.made, made.source.inventory.tables)}
    project.write(directory, made.files, report_text, named)
    place = place_of(load_project(directory), os.environ)
    chosen = Stack(directory, name) if place.here else CliStack(load_project(directory), name, place.url)
    project.configure(chosen, reach, made.program.secrets)
    if isinstance(chosen, CliStack):
        states.keep_in_cli(chosen, made.program.secrets)
    lines = sum(text.count("\n") for name, text in made.files.items() if name.endswith(".py"))
    say(f"{directory / '__main__.py'}: {lines} lines; ADOPTED.md lists the rows that were taken and those that weren't")
    return chosen


def _agree(signatures: Collection[Mapping[str, str]], *, yes: bool) -> None:
    """Goes on only where somebody wants the rows signed."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise ProjectError("there is no terminal to ask: pass --yes to sign, or --dry-run")
    count = sum(map(len, signatures))
    if not _confirmed(f"Write a tag at the end of the comments of {count} rows?"):
        raise typer.Exit(_CANCELLED)


def _stack_of(directory: Path) -> str:
    """The stack that is meant where none is named."""
    return opened(directory, None).name if (directory / "Pulumi.yaml").is_file() else "dev"


def take_elsewhere(made: Made, chosen: Stack | CliStack, config: Mapping[str, str], runs: Runs | None = None) -> None:
    """Leaves the state of signed rows as files that the CLI takes; the stack's own file stays as it is."""
    directory = chosen.project.root
    with tempfile.TemporaryDirectory(prefix="wiretik-adopt-") as place:
        folder = Path(place)
        project.prepare(folder, directory)
        for each, text in made.files.items():
            (folder / each).write_text(text, encoding="utf-8", errors="surrogateescape")
        given = {key: Secret(text) for key, text in {**config, **made.program.secrets}.items()}
        options = {"passphrase": "for as long as it takes", **(runs or Runs()).options}
        stack = Stack(folder, chosen.name, backend=folder / ".adopting", config=given, **options)
        take(stack)
        states.write_files(stack, directory, project.settings_of(chosen).salt)
    say(f"`pulumi stack import --file {states.STATE}` takes the state; into a stack that has other resources,")
    say(f"`pulumi import --file {states.TAKEN} --generate-code=false`. Both hold keys: delete them then.")


def take(stack: Stack) -> None:
    """Takes signed rows into the state, signs those that aren't, and looks whether the first preview is clean.

    Raises:
        DeploymentFailed: not all rows were signed, or it isn't.
    """
    with signing():
        done = stack.up()
    if not done.ok:
        raise DeploymentFailed("not all rows were signed; run it again, it goes on", *(f"  {e}" for e in done.errors))
    seen = stack.preview(refresh=True)
    if not seen.ok or seen.changed:
        raise DeploymentFailed("the first preview isn't clean: `wiretik preview --refresh` shows it", *seen.errors)
    same = seen.changes.get("same", 0)
    say(f"adopted: the first preview says {same} unchanged; `wiretik destroy` would give the router back as it was")


def _match(  # noqa: PLR0917, each is what the command was told
    directory: Path, stack: str | None, host: str, export: Path | None, dry_run: bool, yes: bool
) -> None:
    """`wiretik adopt --program`: the program stays as it is, and the rows that it declares are signed."""
    if host:
        raise ProjectError("--program reaches the router by the stack's config: leave HOST out")
    if not place_of(load_project(directory), os.environ).here:
        raise ProjectError("--program takes rows into a state of the embedded engine or of a file:// backend")
    chosen = Stack(directory, stack)
    config = chosen.texts()
    names = routers_of(config, "")
    if export and len(names) > 1:
        raise ProjectError("--export is of one router, and this stack has several")
    sources = {each: of_export(export) if export else of_router(access(config, os.environ, each)) for each in names}
    found = matched(sources, directory, chosen.name)
    signatures = {(each, path): rows for each, one in found.items() for path, rows in one.signatures.items()}
    count = sum(map(len, signatures.values()))
    where = f" on {len(names)} routers" if len(names) > 1 else ""
    say(f"rehearsed on an embedded router: {count} rows would get a tag{where}, nothing else would change")
    if export or dry_run:
        return
    _agree(signatures.values(), yes=yes)
    for each, one in found.items():
        sign_rows(access(config, os.environ, each), one.signatures, sources[each].inventory.tables)
    take(Stack(directory, chosen.name))


def _suggest(source: Source) -> None:
    """`wiretik adopt --suggest`: what the rows are, in words, with the calls to paste."""
    from wiretik.cli.planning.suggesting import suggestions, told  # noqa: PLC0415, it imports all of the SDK

    found = list(suggestions(source))
    for one in found:
        say(*told(one))
    if not found:
        say("no Tunnel, RelayMesh or AlwaysOnVpn is near: rows and blocks are the way")
