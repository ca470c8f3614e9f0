"""The `wiretik` command: one module per command, each registered here with one line and imported when it is called."""

import importlib
import sys
from collections.abc import Iterable
from typing import Any, Final

import typer

from wiretik.cli.refusals import refusal
from wiretik.engine import children

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
"""Where each command is: a module of this package, and in it a function, or an app of several commands."""

_DEPLOYS: Final = frozenset({"preview", "up", "refresh", "destroy", "import"})
_WANTED: Final = ("pulumi.dynamic", "wiretik._public", "wiretik_provider.dynamic")
"""What programs and providers import."""

app: typer.Typer


def __getattr__(name: str) -> typer.Typer:
    """Give `app`, which has all commands, to those who ask for it: it takes a while."""
    if name == "app":
        return _app(_COMMANDS)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _app(names: Iterable[str]) -> typer.Typer:
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
        found = getattr(importlib.import_module(f"{__name__}.{module}"), what)
        if isinstance(found, typer.Typer):
            made.add_typer(found, name=name)
        else:
            made.command(name)(found)
    return made


def main() -> None:
    """The console's entry point."""
    called = [name for name in sys.argv[1:2] if name in _COMMANDS]
    made = _app(called or _COMMANDS)
    if _DEPLOYS.intersection(called):
        children.allow_forks(_WANTED)
        group: Any = typer.main.get_command(made)
        own = {flag for option in group.commands[called[0]].params for flag in option.opts}
        if why := refusal(sys.argv[2:], own):
            print(f"error: {why}", file=sys.stderr)
            sys.exit(2)
    made()
