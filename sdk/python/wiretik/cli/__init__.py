"""The `wiretik` command: one module per command, each registered here with one line and imported when it is called."""

import atexit
import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NoReturn

from wiretik._process import importing
from wiretik.cli.output import complain, guard

if TYPE_CHECKING:
    import typer

__all__ = ["app", "main"]

_COMMANDS: Final = {
    "connect": "connect:connect",
    "doctor": "doctor:doctor",
    "graph": "graph:graph",
    "lab": "lab:lab",
    "profile": "profile:profile",
    "show": "show:show",
    "trace": "trace:trace",
    "unmanaged": "unmanaged:unmanaged",
    "preview": "deploy:preview",
    "up": "deploy:up",
    "refresh": "deploy:refresh",
    "destroy": "deploy:destroy",
    "export": "deploy:export",
    "import": "deploy:import_",
    "cancel": "deploy:cancel",
    "config": "deploy:config",
}
"""Where each command is: a module of `commands`, and in it a function, or an app of several commands."""

_PROVIDER: Final = {"run_provider.py": ("wiretik_provider.registry",)}
_BOTH: Final = {"run_program.py": ("wiretik._public",), **_PROVIDER}
_DEPLOYS: Final = {"preview": _BOTH, "up": _BOTH, "refresh": _PROVIDER, "destroy": _PROVIDER, "import": _PROVIDER}
"""The commands that start programs and providers, and what each of these alone imports."""
_WANTED: Final = ("pulumi.dynamic", "wiretik_provider.dynamic", "wiretik_provider.menus")
"""What both of them import."""

app: "typer.Typer"


def __getattr__(name: str) -> "typer.Typer":
    """Give `app`, which has all commands, to those who ask for it: it takes a while."""
    if name == "app":
        return _app(_COMMANDS)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _app(names: Iterable[str]) -> "typer.Typer":
    import typer  # noqa: PLC0415, it takes a while

    made = typer.Typer(
        name="wiretik",
        help="WireGuard networks on MikroTik routers as ordinary Pulumi programs.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    made.callback()(lambda: None)  # without one a single command would be no subcommand
    for name in names:
        module, _, what = _COMMANDS[name].partition(":")
        found = getattr(importlib.import_module(f"{__name__}.commands.{module}"), what)
        if isinstance(found, typer.Typer):
            made.add_typer(found, name=name)
        else:
            made.command(name)(found)
    return made


def main() -> None:
    """The console's entry point."""
    guard()
    called = next((name for name in sys.argv[1:2] if name in _COMMANDS), None)
    if called in _DEPLOYS:
        _deploy(called)
    with importing():
        made = _app([called] if called else _COMMANDS)
    made()


def _deploy(called: str) -> NoReturn:
    """Run a command that starts programs and providers: this process is its own, so they may be forks of it."""
    from wiretik.cli import early  # noqa: PLC0415

    begun = early.begin(sys.argv[2:])
    with importing():
        from wiretik.engine import crypto  # noqa: PLC0415
        from wiretik.engine.processes import children  # noqa: PLC0415

    if "--help" not in sys.argv:
        children.prepare(_WANTED, _DEPLOYS[called])
    if begun is not None:
        crypto.expect(begun)
    with importing():
        import typer  # noqa: PLC0415

        from wiretik.cli.refusals import refusal  # noqa: PLC0415

        group: Any = typer.main.get_command(_app([called]))
    own = {flag for option in group.commands[called].params for flag in option.opts}
    if why := refusal(sys.argv[2:], own):
        complain(f"error: {why}")
        sys.exit(2)
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
