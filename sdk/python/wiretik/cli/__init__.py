"""The `wiretik` command: each subcommand lives in a module of its own and is registered here with one line."""

import typer

from wiretik.cli import deploy

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(deploy.preview)
app.command()(deploy.up)
app.command()(deploy.refresh)
app.command()(deploy.destroy)
app.command()(deploy.export)
app.command()(deploy.cancel)
app.add_typer(deploy.config, name="config")


def main() -> None:
    """Run the command line."""
    app()
