"""The grammar of the command line: what it refuses it tells in one line, as everything else here does.

Typer draws a box of five lines around a mistyped option. It also takes an option that is given twice for its last
value, and of two stacks the wrong one may be the last.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NoReturn

import typer
import typer.core

from wiretik.cli.output import complain
from wiretik.cli.refusals import DEPLOYS, refusal

if TYPE_CHECKING:  # in older versions of Typer these are Click's
    from typer._click import Context, HelpFormatter, Parameter
    from typer._click.exceptions import ClickException, UsageError

__all__ = ["HELP", "Command", "Commands"]

HELP: Final = {"help_option_names": ["-h", "--help"]}
"""Settings of the whole command line, which all commands below take over."""
_USAGE: Final[type[UsageError]] = typer.BadParameter.__mro__[1]
"""What is wrong with the words of a call; Typer names this kind nowhere."""
_REFUSED: Final[type[ClickException]] = typer.BadParameter.__mro__[2]
_PLAIN: Final = {
    " is not a valid int range": " is not a whole number",
    " is not a valid float range": " is not a number",
    " (Possible options: ": " (did you mean one of these? ",
}
"""Its own words, in those of people who don't program."""
_ABOUT: Final = re.compile(r"^Invalid value for '?([^' ]+)'?(?: / '[^']+')?:")


class Command(typer.core.TyperCommand):
    """A command that takes no option twice."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes the help, without the ranges of numbers: they take a third of a line, and a refusal says them."""
        from typer import rich_utils  # noqa: PLC0415, no other call draws

        rich_utils.RANGE_STRING = ""
        super().format_help(ctx, formatter)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Reads the words of a call."""
        if self.name in DEPLOYS and (why := refusal(args, {flag for one in self.params for flag in one.opts})):
            raise _USAGE(why)
        for flag in _twice(args, self.params):
            raise typer.BadParameter("it is given twice, and takes one value", ctx=ctx, param_hint=flag)
        return super().parse_args(ctx, args)


class Commands(typer.core.TyperGroup):
    """Commands whose mistakes are one line."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: object,
    ) -> NoReturn:
        """Runs the command line, and ends the process with its exit code."""
        del standalone_mode  # it would draw the box
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except typer.Abort:
            complain("error: nobody answered, so nothing was done")
            sys.exit(1)
        except _REFUSED as error:
            if text := _line(error):  # without words it is the help that was asked for by none
                complain(f"error: {text}")
            sys.exit(error.exit_code)
        sys.exit(code if isinstance(code, int) else 0)


def _line(error: ClickException) -> str:
    """What is wrong with a call, in one line that says where to look."""
    text = " ".join(str(error.format_message()).split()).removesuffix(".")
    for theirs, ours in _PLAIN.items():
        text = text.replace(theirs, ours)
    text = _ABOUT.sub(r"\1:", text)
    context = error.ctx if isinstance(error, _USAGE) else None
    return f"{text} (see `{context.command_path} --help`)" if text and context is not None else text


def _twice(words: Sequence[str], params: Sequence[Parameter]) -> Iterator[str]:
    """Options that stand twice in a call and take one value."""
    there = (one for one in params if isinstance(one, typer.core.TyperOption))
    options = {flag: one for one in there for flag in (*one.opts, *one.secondary_opts)}
    seen: set[str | None] = set()
    rest = iter(words)
    for word in rest:
        if word == "--":
            return
        flag, inline, _ = word.partition("=")
        option = options.get(flag)
        if option is None or option.is_flag:
            continue
        if not inline:
            next(rest, "")
        if option.name in seen and not option.multiple:
            yield flag
        seen.add(option.name)
