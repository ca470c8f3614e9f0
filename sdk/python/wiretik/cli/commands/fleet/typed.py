"""`wiretik fleet preview | up | join | drift | doctor | destroy | status | report | export | render | encrypt`.

Exit codes are those of the commands for one stack: 0 well, 1 some sites failed, 2 a mistake in the fleet's file or the
call, 6 no such run, 7 changes where none were expected or drift, 8 interrupted or declined; 9 says that the run ended
before all its sites were done, by its budget or its window, and can be resumed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from wiretik.cli.commands.fleet.at import ENDINGS, UNEXPECTED, Limits, leave, opened
from wiretik.cli.grammar import Command, Commands
from wiretik.cli.output import say

__all__ = ["fleet"]

File = Annotated[Path, typer.Option("-f", "--file", metavar="FILE", help="The fleet's file.")]
Select = Annotated[
    list[str] | None,
    typer.Option("-l", "--limit", metavar="TERMS", help="Only these sites: region=eu,!hold; may be repeated."),
]
Workers = Annotated[int, typer.Option(min=1, max=64, metavar="N", help="How many sites are worked on at once.")]
AsJson = Annotated[bool, typer.Option("--json", "-j", help="Write each event as a line of JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
Waves = Annotated[str, typer.Option(metavar="LIST", help="How many sites are done when each wave is.")]
MaxFailed = Annotated[
    str, typer.Option(metavar="N|SHARE", help="So many sites may fail or be out of reach before nothing new begins.")
]
MaxUnreachable = Annotated[
    str | None, typer.Option(metavar="N|SHARE", help="Count sites that are out of reach apart, up to so many.")
]
Window = Annotated[
    str | None, typer.Option(metavar="FROM-TO", help="Sites begin at these hours only, such as 22:00-05:00.")
]
Resume = Annotated[str | None, typer.Option(metavar="RUN|last", help="Go on with a run: what isn't done is done.")]
PauseAfter = Annotated[int, typer.Option(min=0, metavar="N", help="End after so many waves; --resume goes on.")]
Refresh = Annotated[bool, typer.Option("--refresh", "-r", help="Read the routers first.")]
JUnit = Annotated[Path | None, typer.Option(metavar="FILE", help="Write the outcome as JUnit's XML as well.")]
Confirm = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Routers take their changes back after this time unless they are reached anew."),
]
Engine = Annotated[str, typer.Option(metavar="embedded|pulumi", help="What deploys each site.")]

fleet = typer.Typer(name="fleet", cls=Commands, no_args_is_help=True, add_completion=False)


@fleet.callback()
def _every() -> None:
    """One program at many sites, a stack for each: in waves, with a budget, and to be resumed."""


@fleet.command(cls=Command)
def preview(
    *,
    file: File = Path("fleet.yaml"),
    select: Select = None,
    workers: Workers = 4,
    engine: Engine = "embedded",
    refresh: Refresh = False,
    expect_no_changes: Annotated[bool, typer.Option("--expect-no-changes", help="A change is exit code 7.")] = False,
    as_json: AsJson = False,
    junit: JUnit = None,
) -> None:
    """Show what an update would do at each site, equal plans together."""
    with opened(file, as_json=as_json, engine=engine) as at:
        outcomes, ending = at.look("preview", at.chosen(select), workers, {"refresh": refresh}, junit)
        changed = any(one.changed for one in outcomes.values())
        leave(ENDINGS[ending] or (UNEXPECTED if expect_no_changes and changed else 0))


@fleet.command(cls=Command)
def drift(
    *,
    file: File = Path("fleet.yaml"),
    select: Select = None,
    workers: Workers = 4,
    engine: Engine = "embedded",
    as_json: AsJson = False,
    junit: JUnit = None,
    look: Annotated[
        bool, typer.Option("--look", help="Count rows that nobody owns and the doctor's findings as well.")
    ] = False,
    textfile: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write metrics for Prometheus' textfile collector.")
    ] = None,
) -> None:
    """Compare the routers' present rows with the states; nothing is written anywhere. Drift is exit code 7."""
    with opened(file, as_json=as_json, engine=engine) as at:
        outcomes, ending = at.look("drift", at.chosen(select), workers, {"look": look or textfile is not None}, junit)
        if textfile is not None:
            at.metrics(textfile)
        leave(ENDINGS[ending] or (UNEXPECTED if any(one.changed for one in outcomes.values()) else 0))


@fleet.command(cls=Command)
def up(
    *,
    file: File = Path("fleet.yaml"),
    select: Select = None,
    workers: Workers = 4,
    engine: Engine = "embedded",
    waves: Waves = "1,5%,25%,100%",
    max_failed: MaxFailed = "0",
    max_unreachable: MaxUnreachable = None,
    window: Window = None,
    resume: Resume = None,
    pause_after: PauseAfter = 0,
    confirm: Confirm = None,
    refresh: Refresh = False,
    yes: Yes = False,
    as_json: AsJson = False,
    junit: JUnit = None,
) -> None:
    """Make every site as the program declares it, in waves; at the limit of failures nothing new begins."""
    limits = Limits(waves, max_failed, max_unreachable, window, pause_after)
    with opened(file, as_json=as_json, engine=engine) as at:
        options = {"refresh": refresh, "confirm": at.within(confirm)}
        leave(at.change("up", select, limits, workers, options, resume=resume, yes=yes, junit=junit))


@fleet.command(cls=Command)
def join(
    run: Annotated[str, typer.Argument(metavar="RUN")],
    *,
    file: File = Path("fleet.yaml"),
    engine: Engine = "embedded",
    as_json: AsJson = False,
) -> None:
    """Help with a run that another machine leads, by the Postgres that the fleet's file names, until it has ended."""
    with opened(file, as_json=as_json, engine=engine) as at:
        at.join(run)


@fleet.command(cls=Command)
def destroy(
    *,
    file: File = Path("fleet.yaml"),
    select: Select = None,
    workers: Workers = 4,
    engine: Engine = "embedded",
    waves: Waves = "100%",
    max_failed: MaxFailed = "0",
    max_unreachable: MaxUnreachable = None,
    window: Window = None,
    resume: Resume = None,
    pause_after: PauseAfter = 0,
    yes: Yes = False,
    as_json: AsJson = False,
    junit: JUnit = None,
) -> None:
    """Delete everything that the chosen sites' stacks have, spokes before hubs."""
    limits = Limits(waves, max_failed, max_unreachable, window, pause_after)
    with opened(file, as_json=as_json, engine=engine) as at:
        leave(at.change("destroy", select, limits, workers, {}, resume=resume, yes=yes, junit=junit))


@fleet.command(cls=Command)
def doctor(
    *,
    file: File = Path("fleet.yaml"),
    select: Select = None,
    workers: Workers = 4,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="KIND", help="Leave findings of a kind out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON.")] = False,
) -> None:
    """Look at all routers together, both ends of each tunnel: what is wrong, the likeliest cause first."""
    with opened(file) as at:
        looked = at.looked(at.chosen(select), workers)
    from wiretik.cli.commands.doctor import tell  # noqa: PLC0415, it knows routers

    tell(looked, ignore or (), as_json=as_json)


@fleet.command(cls=Command)
def status(*, file: File = Path("fleet.yaml"), select: Select = None, as_json: AsJson = False) -> None:
    """Show for each site what was last done to it, what came of it, and its drift when it was last looked for."""
    with opened(file, as_json=as_json) as at:
        from wiretik.fleet.telling import lines  # noqa: PLC0415

        names = [site.name for site in at.chosen(select)]
        rows = list(lines.table(names, at.runs()))
        if as_json:
            for row in rows:
                say(json.dumps(dict(zip(("site", "last", "verdict", "drift"), row, strict=True))))
            return
        widths = [max(len(row[column]) for row in [("SITE", "LAST", "", ""), *rows]) for column in range(4)]
        for row in (("SITE", "LAST", "VERDICT", "DRIFT"), *rows):
            say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


@fleet.command(cls=Command)
def report(
    run: Annotated[str, typer.Argument(metavar="RUN|last")] = "last",
    *,
    file: File = Path("fleet.yaml"),
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The page; by default beside the record.")] = None,
    junit: JUnit = None,
) -> None:
    """Write a run as one HTML page that stands alone: failures first, equal plans together."""
    with opened(file) as at:
        at.report(at.find(run), out, junit)


@fleet.command(cls=Command)
def export(
    what: Annotated[str, typer.Argument(metavar="mktxp", help="For whom.")],
    *,
    file: File = Path("fleet.yaml"),
    select: Select = None,
    credentials: Annotated[str, typer.Option(metavar="FILE", help="Where mktxp finds user and password.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there.")] = None,
) -> None:
    """Write the fleet as mktxp's configuration, which exports routers' own metrics; it holds no password."""
    if what != "mktxp":
        raise typer.BadParameter(f"{what!r}: it is mktxp", param_hint="WHAT")
    with opened(file) as at:
        at.mktxp(at.chosen(select), credentials, out)


@fleet.command(cls=Command)
def render(*, file: File = Path("fleet.yaml"), select: Select = None) -> None:
    """Write Pulumi.SITE.yaml for each site, which `pulumi` reads as well; secrets are encrypted in it."""
    with opened(file) as at:
        from wiretik.fleet.sites import rendering  # noqa: PLC0415

        secrets = at.secrets(keep=True)
        written = [
            site.name
            for site in at.chosen(select)
            if rendering.write_content(at.fleet, site, rendering.content(at.fleet, site, secrets))
        ]
        say(f"{len(written)} files written" + (f": {', '.join(written[:10])}" if written else ""))


@fleet.command(cls=Command)
def encrypt(*, file: File = Path("fleet.yaml")) -> None:
    """Read a secret and print what stands for it in the fleet's file."""
    with opened(file) as at:
        secrets = at.secrets(keep=True)
        if sys.stdin.isatty():
            text = typer.prompt("secret", hide_input=True, err=True)
        else:
            text = sys.stdin.read().rstrip("\r\n")
        say(f"{{secure: {secrets.crypter.encrypt(str(text))}}}")
