"""The `wiretik` command: one module per command, each registered here with one line."""

from __future__ import annotations

import typer

from wiretik.cli.lab import lab

__all__ = ["app", "main"]

app = typer.Typer(
    name="wiretik",
    help="WireGuard networks on MikroTik routers as ordinary Pulumi programs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.callback()(lambda: None)  # keeps `wiretik lab` a subcommand while it is the only one
app.command()(lab)


def main() -> None:
    """The console's entry point."""
    app()
