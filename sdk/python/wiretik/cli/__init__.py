"""The `wiretik` command: one module per command, each registered here with one line."""

import sys

import typer

from wiretik.cli import deploy
from wiretik.cli.connect import connect
from wiretik.cli.doctor import doctor
from wiretik.cli.lab import lab
from wiretik.cli.profile import profile
from wiretik.cli.show import show
from wiretik.cli.trace import trace
from wiretik.cli.unmanaged import unmanaged
from wiretik.engine import children

__all__ = ["app", "main"]

_DEPLOYS = frozenset({"preview", "up", "refresh", "destroy", "import"})

app = typer.Typer(
    name="wiretik",
    help="WireGuard networks on MikroTik routers as ordinary Pulumi programs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(connect)
app.command()(doctor)
app.command()(lab)
app.command()(profile)
app.command()(show)
app.command()(trace)
app.command()(unmanaged)
app.command()(deploy.preview)
app.command()(deploy.up)
app.command()(deploy.refresh)
app.command()(deploy.destroy)
app.command()(deploy.export)
app.command("import")(deploy.import_)
app.command()(deploy.cancel)
app.add_typer(deploy.config, name="config")


def main() -> None:
    """The console's entry point."""
    if len(sys.argv) > 1 and sys.argv[1] in _DEPLOYS:
        children.prepare()
    app()
