"""The `wiretik` command: one module per command, each registered here with one line and imported when it is called."""

import atexit
import contextlib
import importlib
import importlib.metadata
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NoReturn

from wiretik._process import importing
from wiretik.cli.output import complain, guard, say
from wiretik.cli.refusals import DEPLOYS

if TYPE_CHECKING:
    import typer

__all__ = ["app", "main"]

_COMMANDS: Final = {
    "adopt": (
        "adopt:adopt",
        "Make the router that is there a program whose first preview is clean; nothing but tags is written to it.",
    ),
    "compare": (
        "compare:compare",
        "Compare a router with the embedded one of its version that has the same rows, and report anonymously.",
    ),
    "connect": (
        "connect:connect",
        "Show a router's certificate and the lines to configure, or the commands that the router still needs.",
    ),
    "doctor": (
        "doctor:doctor",
        "Find the causes why tunnels don't work, the likeliest first, each with its cure.",
    ),
    "confirm": ("guard:confirm", "Keep the change that waits on the router, from a new connection to it."),
    "guard": ("guard:guard", "Show whether a change waits on the router to be confirmed, whose it is and how long."),
    "rollback": ("guard:rollback", "Take the change back that waits on the router to be confirmed."),
    "graph": (
        "graph:graph",
        "Show the network of a stack: sites, tunnels, exits and clients, as a tree or as a picture.",
    ),
    "lab": ("lab:lab", "Serve an embedded RouterOS until it is told to stop (Ctrl-C)."),
    "own": (
        "adopt:own",
        "End the trial of adopted rows: what they were before is forgotten, and a destroy removes them.",
    ),
    "profile": ("profile:profile", "Print or write a client's profile, as wg-quick and the WireGuard apps read it."),
    "show": ("show:show", "Show the router's rows as they are now, and whose each is."),
    "trace": (
        "trace:trace",
        "Show where a packet goes, step by step, and the rule that decides: on the router, its export, or a plan.",
    ),
    "unmanaged": (
        "unmanaged:unmanaged",
        "Count and list the rows on the router that this stack doesn't own; other stacks' are counted apart.",
    ),
    "plan": (
        "plan:plan_lines",
        "Write what `up` would write as lines that the router's /import takes; nothing is written to the router.",
    ),
    "preview": ("deploy:preview", "Show the steps of an update, without taking them."),
    "up": ("deploy:up", "Make everything as the program declares it."),
    "refresh": ("deploy:refresh", "Bring the state to the routers' present rows; the program isn't run."),
    "destroy": ("deploy:destroy", "Delete everything that the stack has; the program isn't run."),
    "export": (
        "deploy:export",
        "Print the stack's deployment, as `pulumi stack export` does; `pulumi stack import` reads it.",
    ),
    "import": (
        "deploy:import_",
        "Take resources that exist into the state, from a file as `pulumi import --file` reads it.",
    ),
    "cancel": ("deploy:cancel", "Remove the lock that an interrupted run has left."),
    "fleet": (
        "fleet:fleet",
        "One program at many sites, a stack for each: in waves, with a budget, and to be resumed.",
    ),
    "plugin": (
        "plugin:plugin",
        "Wiretik as a Pulumi package for every language: `pulumi import`, YAML, TypeScript, Go.",
    ),
    "config": ("deploy:config", "Show or change a stack's config."),
}
"""Where each command is, a module of `commands` and in it a function or an app of several commands; and what `--help`
says of it, which is the first sentence of its own help: so a list of all imports none."""

_WANTED: Final = (
    "pulumi.dynamic",
    "grpc.experimental",
    "grpc._channel",
    "wiretik_provider.dynamic",
    "wiretik_provider.menus",
)
"""What both of them import."""

app: "typer.Typer"


def __getattr__(name: str) -> "typer.Typer":
    """Give `app`, which has all commands, to those who ask for it: it takes a while."""
    if name == "app":
        return _app(_COMMANDS)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _app(names: Iterable[str]) -> "typer.Typer":
    """The app with these commands."""
    import typer  # noqa: PLC0415, it takes a while

    from wiretik.cli.grammar import Command  # noqa: PLC0415

    made = _bare()
    for name in names:
        module, _, what = _COMMANDS[name][0].partition(":")
        found = getattr(importlib.import_module(f"{__name__}.commands.{module}"), what)
        if isinstance(found, typer.Typer):
            made.add_typer(found, name=name)
        else:
            made.command(name, cls=Command)(found)
    return made


def _overview() -> "typer.Typer":
    """The app that only tells which commands there are."""
    made = _bare()
    for name, (_, told) in _COMMANDS.items():
        made.command(name, help=told)(lambda: None)
    return made


def _bare() -> "typer.Typer":
    import typer  # noqa: PLC0415, it takes a while

    from wiretik.cli.grammar import HELP, Commands  # noqa: PLC0415

    def tell(asked: bool) -> None:
        if asked:
            say(f"wiretik {importlib.metadata.version('wiretik')}")
            raise typer.Exit

    made = typer.Typer(
        name="wiretik",
        cls=Commands,
        context_settings=HELP,
        help="WireGuard networks on MikroTik routers as ordinary Pulumi programs.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @made.callback()  # without one a single command would be no subcommand
    def _every(
        *,
        version: bool = typer.Option(False, "--version", is_eager=True, callback=tell, help="Show the version."),
    ) -> None:
        pass

    return made


def main() -> None:
    """The console's entry point."""
    guard()
    called = next((name for name in sys.argv[1:2] if name in _COMMANDS), None)
    if called in DEPLOYS:
        _deploy(called)
    with importing():
        made = _app([called]) if called else _overview()
    made()


def _deploy(called: str) -> NoReturn:
    """Run a command that starts programs and providers: this process is its own, so they may be forks of it."""
    with importing():
        from wiretik.engine.processes import children  # noqa: PLC0415

    if not {"-h", "--help"} & {*sys.argv}:
        children.prepare(_WANTED)
    with importing():
        import typer  # noqa: PLC0415

        group = typer.main.get_command(_app([called]))
    _end_with(group)


def _end_with(command: Callable[[], object]) -> NoReturn:
    """Run a command and end as an interpreter does, but for what takes it longest: to tear down all modules."""
    code: object = None
    try:
        command()
    except SystemExit as err:
        code = err.code
    if isinstance(code, str):
        complain(code)
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError):  # a pipe that nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
