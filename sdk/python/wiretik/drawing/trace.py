"""A trace as a picture: the steps of the way there at the left, the answer's way back at the right.

Hand-written SVG without scripts or fonts of its own; it follows the reader's light or dark setting.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final, NamedTuple

from wiretik.drawing.paint import escape, sheet
from wiretik_provider.printable import printable
from wiretik_provider.trace import Disposition, Hop, Step, Trace

__all__ = ["drawn"]

_WIDTH: Final = 560
_GAP: Final = 36
_LINE: Final = 18
_PAD: Final = 14
_CHARS: Final = 74
"""Characters of a line, at the narrowest a reader's font may make them."""

_LIGHT: Final = {
    "back": "#ffffff",
    "card": "#f6f8fa",
    "edge": "#d0d7de",
    "text": "#1f2328",
    "dim": "#59636e",
    "good": "#1a7f37",
    "bad": "#cf222e",
    "open": "#9a6700",
}
_DARK: Final = {
    "back": "#0d1117",
    "card": "#161b22",
    "edge": "#3d444d",
    "text": "#f0f6fc",
    "dim": "#9198a1",
    "good": "#3fb950",
    "bad": "#f85149",
    "open": "#d29922",
}
_SHAPES: Final = """
.back { fill: $back; }
.card { fill: $card; stroke: $edge; }
.tunnel { stroke-dasharray: 5 4; }
text { font: 13px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: $text; }
.name { font-weight: 600; }
.rule { fill: $dim; }
.good { fill: $good; font-weight: 600; }
.bad { fill: $bad; font-weight: 600; }
.open { fill: $open; font-weight: 600; }
.way { stroke: $dim; stroke-width: 1.5; fill: none; marker-end: url(#tip); }
.tip { fill: $dim; }
"""


class _Line(NamedTuple):
    text: str
    kind: str = ""


class _Card(NamedTuple):
    """A box of lines."""

    lines: list[_Line]
    kind: str = "card"

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * len(self.lines) - 4


def drawn(found: Trace) -> str:
    """A trace as an SVG document."""
    columns = [list(_cards(found, str(found.packet)))]
    if found.reply is not None:
        lost = "the answer is lost" if found.answered is False else ""
        columns.append(list(_cards(found.reply, f"answer: {found.reply.packet}", lost)))
    body, height = [], 0
    for at, column in enumerate(columns):
        left, top = _GAP + at * (_WIDTH + _GAP), _GAP
        for number, card in enumerate(column):
            if number:
                body.append(f'<path class="way" d="M {left + _WIDTH // 2} {top - _GAP + 2} v {_GAP - 9}"/>')
            body += _box(card, left, top)
            top += card.height + _GAP
        height = max(height, top)
    width = _GAP + len(columns) * (_WIDTH + _GAP)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    told = escape(f"{found.packet}: {found.verdict}")
    tip = '<marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    return "\n".join(
        [
            f'{head} role="img" aria-label="{told}">',
            f"<title>{told}</title>",
            sheet(_SHAPES, _LIGHT, _DARK),
            f'<defs>{tip}<path class="tip" d="M 0 0 L 8 4 L 0 8 z"/></marker></defs>',
            f'<rect class="back" width="{width}" height="{height}"/>',
            *body,
            "</svg>",
            "",
        ]
    )


def _cards(found: Trace, title: str, lost: str = "") -> Iterator[_Card]:
    yield _Card(list(_wrapped(title, "name")))
    for hop in found.hops:
        yield _Card(list(_hop(hop, found)))
    if found.outer is not None:
        lines = [line for hop in found.outer.hops for line in _hop(hop, found.outer)]
        title = f"the tunnel's own packet: {found.outer.packet}"
        yield _Card([*_wrapped(title, "name"), *lines, *_verdict(found.outer)], "card tunnel")
    notes = [line for note in found.notes for line in _wrapped(f"note: {note}", "rule")]
    for way in (*found.later, *(found.reply.later if found.reply else ())):
        notes += _wrapped(f"{way.about}: {way.verdict}", "open")
    if lost or (found.reply is not None and found.answered is False):
        notes += _wrapped(lost or "the answer is lost", "bad")
    yield _Card([*_verdict(found), *notes])


def _hop(hop: Hop, found: Trace) -> Iterator[_Line]:
    yield _Line(hop.router, "name")
    yield from _wrapped(hop.about, "rule")
    for step in hop.steps:
        yield from _step(step, decides=step == found.by and not found.disposition.arrives, kind=_kind(found))


def _step(step: Step, *, decides: bool, kind: str) -> Iterator[_Line]:
    told = f"{step.rule}: {step.text}" if step.menu else step.text
    yield from _wrapped(told, kind if decides else "")


def _verdict(found: Trace) -> Iterator[_Line]:
    return _wrapped(found.verdict, _kind(found))


def _kind(found: Trace) -> str:
    if found.disposition is Disposition.UNKNOWN:
        return "open"
    return "good" if found.disposition.arrives else "bad"


def _wrapped(text: str, kind: str) -> Iterator[_Line]:
    for at, part in enumerate(textwrap.wrap(printable(text), _CHARS)):
        yield _Line(part if not at else f"   {part}", kind)


def _box(card: _Card, left: int, top: int) -> Iterator[str]:
    yield f'<rect class="{card.kind}" x="{left}" y="{top}" width="{_WIDTH}" height="{card.height}" rx="8"/>'
    for at, line in enumerate(card.lines):
        kind = f' class="{line.kind}"' if line.kind else ""
        spaced = ' xml:space="preserve"' if line.text.startswith(" ") else ""
        where = f'x="{left + _PAD}" y="{top + _PAD + 10 + at * _LINE}"'
        yield f"<text{kind}{spaced} {where}>{escape(line.text)}</text>"
