"""Colours of pictures, on light and on dark ground, and the one way in which text comes into them.

Rule: every viewer shows the light ones. CSS variables would say each colour once, but viewers such as librsvg
don't know them and paint all black; so the rules are written out, and again for readers who want it dark.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from wiretik_provider.printable import printable

__all__ = ["escape", "sheet"]

_COLOUR = re.compile(r"\$([a-z]+\d*)\b")


def escape(text: str) -> str:
    """Any text as XML takes it: markup as characters, and what XML doesn't take at all as its code."""
    return html.escape(printable(text))


def sheet(shapes: str, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """A `<style>` element.

    Args:
        shapes: CSS rules, with `$name` for a colour.
        light: colours by name.
        dark: the same for readers who want it dark.
    """

    def painted(colours: Mapping[str, str]) -> str:
        return _COLOUR.sub(lambda found: colours[found[1]], shapes.strip())

    return f"<style>\n{painted(light)}\n@media (prefers-color-scheme: dark) {{\n{painted(dark)}\n}}\n</style>"
