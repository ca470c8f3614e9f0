"""The grammar of the command line: what it refuses it tells in one line, as everything else here does.

Typer draws a box of five lines around a mistyped option. It also takes an option that is given twice for its last
value, and of two stacks the wrong one may be the last.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer
import typer.core

from wiretik.cli.output import complain
from wiretik.cli.refusals import DEPLOYS, refusal

__all__ = ["Command", "Commands"]

_USAGE: Final[type[Exception]] = typer.BadParameter.__mro__[1]
"""What is wrong with the words of a call; Typer names this kind nowhere."""
_REFUSED: Final[type[Exception]] = typer.BadParameter.__mro__[2]
_PLAIN: Final = {
    " is not a valid int range": " is not a whole number",
    " is not a valid float range": " is not a number",
    " (Possible options: ": " (did you mean one of these? ",
}
"""Its own words, in those of people who don't program."""
_ABOUT: Final = re.compile(r"^Invalid value for '?([^' ]+)'?(?: / '[^']+')?:")
_HELP: Final = {"help_option_names": ["-h", "--help"]}


class Command(typer.core.TyperCommand):
    """A command that takes no option twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Typer's own)
        kwargs["context_settings"] = {**(kwargs.get("context_settings") or {}), **_HELP}
        super().__init__(*args, **kwargs)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Writes the help, without the ranges of numbers: they take a third of a line, and a refusal says them."""
        from typer import rich_utils  # noqa: PLC0415, no other call draws

        rich_utils.RANGE_STRING = ""
        super().format_help(ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Reads the words of a call."""
        if self.name in DEPLOYS and (why := refusal(args, {flag for one in self.params for flag in one.opts})):
            raise _USAGE(why)
        for flag in _twice(args, self.params):
            raise typer.BadParameter("it is given twice, and takes one value", ctx=ctx, param_hint=flag)
        return super().parse_args(ctx, args)


class Commands(typer.core.TyperGroup):
    """Commands whose mistakes are one line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Typer's own)
        kwargs["context_settings"] = {**(kwargs.get("context_settings") or {}), **_HELP}
        super().__init__(*args, **kwargs)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Runs the command line, and ends the process with its exit code."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except typer.Abort:
            complain("error: nobody answered, so nothing was done")
            sys.exit(1)
        except _REFUSED as error:
            if text := _line(error):  # without words it is the help that was asked for by none
                complain(f"error: {text}")
            sys.exit(getattr(error, "exit_code", 2))
        sys.exit(code if isinstance(code, int) else 0)


def _line(error: Any) -> str:  # noqa: ANN401  (of a kind that Typer names nowhere)
    """What is wrong with a call, in one line that says where to look."""
    text = " ".join(str(error.format_message()).split()).removesuffix(".")
    for theirs, ours in _PLAIN.items():
        text = text.replace(theirs, ours)
    text = _ABOUT.sub(r"\1:", text)
    context = getattr(error, "ctx", None) if isinstance(error, _USAGE) else None
    return f"{text} (see `{context.command_path} --help`)" if text and context is not None else text


def _twice(words: Sequence[str], params: Sequence[Any]) -> Iterator[str]:
    """Options that stand twice in a call and take one value."""
    options = {flag: one for one in params for flag in (*one.opts, *one.secondary_opts) if flag.startswith("-")}
    seen: set[str] = set()
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
