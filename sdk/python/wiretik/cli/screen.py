"""What rich draws: a `Text` is made of text from outside and is one line; a `Console` takes no markup for its own.

The one place that makes consoles, and of which `Text` is taken; see `output`.
"""

from typing import Any

from rich.console import Console
from rich.text import Text as RichText

from wiretik_provider.printable import printable

__all__ = ["Text", "console", "lines"]


class Text(RichText):
    """A line of text as it can be shown."""

    def __init__(self, text: str = "", style: Any = "", **how: Any) -> None:  # noqa: ANN401  (as rich takes them)
        super().__init__(printable(text), style, **how)

    def append(self, text: RichText | str, style: Any = None) -> "Text":  # noqa: ANN401
        """Adds text as it can be shown."""
        super().append(printable(text) if isinstance(text, str) else text, style)
        return self


def lines(text: str, style: str = "") -> RichText:
    """A text whose lines are its own, as of a cell of a table."""
    return RichText("\n", style).join(Text(line, style) for line in text.split("\n"))


def console(*, width: int | None = None, errors: bool = False) -> Console:
    """A console on standard output; where that is no terminal, without colours, and as wide as is said.

    Args:
        width: of what other programs read.
        errors: on standard error instead.
    """
    made = Console(stderr=errors, markup=False, highlight=False, emoji=False)
    if made.is_terminal or width is None:
        return made
    return Console(stderr=errors, markup=False, highlight=False, emoji=False, width=width, no_color=True)
