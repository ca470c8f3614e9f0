"""Drawing by rich: a `Text` is made of text from outside and is one line; a `Console` takes no markup for its own.

The one place that makes consoles, and of which `Text` is taken; see `output`.
"""

import sys
from collections.abc import Iterator
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.style import Style
from rich.text import Text as RichText

from wiretik.cli.output import coloured
from wiretik_provider.printable import printable

__all__ = ["Text", "confirmed", "console", "flowed", "lines", "pasted", "show"]


class Text(RichText):
    """A line of text as it can be shown."""

    def __init__(
        self,
        text: str = "",
        style: str | Style = "",
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        no_wrap: bool | None = None,
        end: str = "\n",
        tab_size: int | None = None,
    ) -> None:
        super().__init__(
            printable(text), style, justify=justify, overflow=overflow, no_wrap=no_wrap, end=end, tab_size=tab_size
        )

    def append(self, text: RichText | str, style: str | Style | None = None) -> "Text":
        """Adds text as it can be shown."""
        super().append(printable(text) if isinstance(text, str) else text, style)
        return self


def lines(text: str, style: str = "") -> RichText:
    """A text whose lines are its own, as of a cell of a table."""
    return RichText("\n", style).join(Text(line, style) for line in text.split("\n"))


def confirmed(question: str) -> bool:
    """Asks on the terminal."""
    from rich.prompt import Prompt  # noqa: PLC0415, few commands ask

    return Prompt.ask(Text(question), choices=["yes", "no"], default="no") == "yes"


def console(*, width: int | None = None, errors: bool = False) -> Console:
    """A console on standard output; where that is no terminal, nothing is drawn twice, and it is as wide as is said.

    Args:
        width: of what other programs read.
        errors: on standard error instead.
    """
    stream = sys.stderr if errors else sys.stdout
    if stream.isatty():
        return Console(stderr=errors, markup=False, highlight=False, emoji=False)
    # rich takes FORCE_COLOR for a terminal, whose lines it would draw again; https://force-color.org means colours.
    colours: Literal["standard"] | None = "standard" if coloured(stream) else None
    return Console(
        stderr=errors, markup=False, highlight=False, emoji=False, width=width, force_terminal=False,
        color_system=colours,
    )  # fmt: skip


def show(screen: Console, line: RichText, *, hang: int = 2) -> None:
    """Prints one line; where a terminal is too narrow for it, between words, what follows further in.

    Args:
        screen: where to.
        line: a sentence, or a name with a value.
        hang: how much further.
    """
    for part in flowed(line, screen.width, hang) if screen.is_terminal else [line]:
        screen.print(part, soft_wrap=True, highlight=False)


def flowed(line: RichText, width: int, hang: int = 2) -> list[RichText]:
    """A line as the lines of so many cells that it takes; a word that is longer than one is broken."""
    if line.cell_len <= width:
        return [line]
    indent = len(line.plain) - len(line.plain.lstrip(" "))
    room = max(width - indent - hang, 20)
    parts = line[indent:].wrap(Console(width=room), room)
    for part in parts:
        part.rstrip()
    return [RichText(" " * (indent + (hang if at else 0))) + part for at, part in enumerate(parts)]


def pasted(text: str, width: int) -> Iterator[str]:
    """A command as lines of so many cells, where its words allow it: shells and RouterOS join lines after a backslash.

    Source: MikroTik's manual, Scripting, "Line joining"; exports are written so.
    """
    indent = " " * (len(text) - len(text.lstrip(" ")))
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else f"{indent}{word}"
        if line and cell_len(longer) > width - 2:
            yield f"{line} \\"
            longer = f"{indent}    {word}"
        line = longer
    yield line
