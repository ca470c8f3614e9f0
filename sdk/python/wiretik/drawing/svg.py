"""The picture as SVG, written by hand: one file without scripts or fonts, readable on light and on dark ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik.drawing.layout import Box, Edge, Picture, lay_out
from wiretik.drawing.network import Network
from wiretik.drawing.paint import escape, sheet

__all__ = ["svg"]

_TUNNELS: Final = ("#8250df", "#1a7f37", "#0969da", "#bc4c00", "#bf3989", "#4d7c0f")
_AT_NIGHT: Final = ("#bc8cff", "#56d364", "#58a6ff", "#f0883e", "#f778ba", "#a3e635")
_LIGHT: Final = {
    "ground": "#ffffff",
    "paper": "#ffffff",
    "ink": "#1f2328",
    "dim": "#59636e",
    "sky": "#eef5fc",
    **{f"t{number}": colour for number, colour in enumerate(_TUNNELS)},
}
_DARK: Final = {
    "ground": "#0d1117",
    "paper": "#161b22",
    "ink": "#e6edf3",
    "dim": "#8b949e",
    "sky": "#11202f",
    **{f"t{number}": colour for number, colour in enumerate(_AT_NIGHT)},
}
_TITLE: Final = 22
_LINE: Final = 18


def svg(network: Network) -> str:
    """A stack's picture.

    Args:
        network: the stack.
    """
    picture = lay_out(network)
    parts = [*_head(network, picture), *_ground(picture), *_routers(picture)]
    parts += [*map(_edge, picture.edges), *_bodies(picture), "</svg>", ""]
    return "\n".join(parts)


def _head(network: Network, picture: Picture) -> Iterator[str]:
    size = f'viewBox="0 0 {picture.width:.0f} {picture.height:.0f}"'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} width="{picture.width:.0f}" height="{picture.height:.0f}" '
        'font-family="ui-sans-serif, system-ui, Helvetica, Arial, sans-serif" font-size="13" role="img" '
        'aria-labelledby="title">'
    )
    yield f'<title id="title">{escape(network.name)}: routers, tunnels and exits</title>'
    yield sheet(_SHAPES, _LIGHT, _DARK)
    yield f'<rect class="ground" width="{picture.width:.0f}" height="{picture.height:.0f}"/>'


_SHAPES: Final = "\n".join(
    [
        ".ground { fill: $ground } .internet { fill: $sky }",
        ".box { fill: $paper; stroke: $dim; stroke-width: 1.3 }",
        ".router { stroke: $ink; stroke-width: 1.8 }",
        ".provider { stroke-dasharray: none; stroke-width: 2 } .client { stroke-dasharray: 5 3 }",
        "text { fill: $ink; text-anchor: middle } .name { font-weight: 600 } .router-name { font-size: 15px }",
        ".mono { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px } .dim { fill: $dim }",
        ".line { fill: none; stroke: $dim; stroke-width: 1.8 } .tunnel, .link { stroke-width: 2.4 }",
        ".exit { stroke-dasharray: 3 4; stroke-width: 2 } .pill { fill: $ground; stroke: $dim }",
        ".arrow { fill: $dim } .small { font-size: 11px }",
        *(
            f".c{n} {{ stroke: $t{n} }} .f{n} {{ fill: $t{n} }} text.k{n} {{ fill: $t{n} }}"
            for n in range(len(_TUNNELS))
        ),
    ]
)


def _colour(prefix: str, number: int) -> str:
    return f" {prefix}{number % len(_TUNNELS)}" if number >= 0 else ""


# --- boxes -----------------------------------------------------------------------------------------------------------


def _routers(picture: Picture) -> Iterator[str]:
    """The routers, behind the lines that lead to what is in them."""
    for box in picture.boxes:
        if box.kind == "router":
            yield f'<rect class="box router" {_place(box)} rx="14"/>'


def _bodies(picture: Picture) -> Iterator[str]:
    for box in picture.boxes:
        if box.kind == "router":
            place = f'x="{box.middle:.1f}" y="{_title(picture, box):.1f}"'
            yield f'<text class="name router-name" {place}>{escape(box.lines[0])}</text>'
        elif box.kind != "internet":
            yield from _body(box)


def _title(picture: Picture, router: Box) -> float:
    """Where a router's name stands: in the gap between the chips of its upper edge and the others."""
    inside = [box for box in picture.boxes if box.kind == "chip" and router.x <= box.x <= router.x + router.width]
    above = [box.bottom for box in inside if box.y < router.y + 20]
    return max([router.y + 4, *above]) + 28


def _ground(picture: Picture) -> Iterator[str]:
    box = picture.boxes[0]
    yield f'<rect class="internet" {_place(box)} rx="26"/>'
    yield f'<text class="name dim" x="{box.middle:.0f}" y="{box.y + 26:.0f}">{escape(box.lines[0])}</text>'


def _place(box: Box) -> str:
    return f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'


_ROUND: Final = {"provider": 22, "client": 14, "chip": 8, "lan": 6, "site": 6}


def _body(box: Box) -> Iterator[str]:
    stroke = _colour("c", box.colour)
    yield f'<rect class="box {box.kind}{stroke}" {_place(box)} rx="{_ROUND[box.kind]}"/>'
    for number, line in enumerate(box.lines):
        style = f"name{_colour('k', box.colour)}" if number == 0 else _style_of(line)
        y = box.y + _TITLE + number * _LINE
        yield f'<text class="{style}" x="{box.middle:.1f}" y="{y:.1f}">{escape(line)}</text>'


def _style_of(line: str) -> str:
    return "small dim" if line.startswith(("internet by", "exit to")) else "mono"


# --- lines -----------------------------------------------------------------------------------------------------------


def _edge(edge: Edge) -> str:
    (x, y), (to_x, to_y) = edge.start, edge.end
    drop = 34 if edge.kind == "exit" else 0
    if edge.kind == "link":
        path = f"M{x:.1f} {y:.1f} C{x + 50:.1f} {y:.1f} {to_x - 50:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
        ways = ((x, y, "left"), (to_x, to_y, "right"))
    elif drop:
        low = max(y, to_y) + drop
        path = f"M{x:.1f} {y:.1f} C{x:.1f} {low:.1f} {to_x:.1f} {low:.1f} {to_x:.1f} {to_y:.1f}"
        ways = ((x, y, "up"), (to_x, to_y, "up"))
    else:
        half = (y + to_y) / 2
        path = f"M{x:.1f} {y:.1f} C{x:.1f} {half:.1f} {to_x:.1f} {half:.1f} {to_x:.1f} {to_y:.1f}"
        ways = ((x, y, "down" if y > to_y else "up"), (to_x, to_y, "up" if y > to_y else "down"))
    found = [f'<path class="line {edge.kind}{_colour("c", edge.colour)}" d="{path}"/>']
    fill = _colour("f", edge.colour)
    found += [_arrow(*way, fill) for way, there in zip(ways, edge.arrows, strict=True) if there]
    if edge.pill:
        found.append(_pill(edge.pill, *_on(edge)))
    return "\n".join(found)


def _on(edge: Edge) -> tuple[float, float]:
    """Where the pill of an upright line is: on the curve, at the height that it should have."""
    (x, y), (to_x, to_y) = edge.start, edge.end
    wanted = edge.pill_at or (y + to_y) / 2
    low, high = 0.0, 1.0
    for _ in range(20):
        t = (low + high) / 2
        here = _bezier(y, (y + to_y) / 2, (y + to_y) / 2, to_y, t)
        low, high = (t, high) if (here < wanted) == (y < to_y) else (low, t)
    return _bezier(x, x, to_x, to_x, low), wanted


def _bezier(a: float, b: float, c: float, d: float, t: float) -> float:
    back = 1 - t
    return a * back**3 + 3 * b * back**2 * t + 3 * c * back * t**2 + d * t**3


def _arrow(x: float, y: float, way: str, fill: str) -> str:
    """A tip that touches what the line leads to."""
    shapes = {
        "up": ((-5, 10), (5, 10)),
        "down": ((-5, -10), (5, -10)),
        "left": ((10, -5), (10, 5)),
        "right": ((-10, -5), (-10, 5)),
    }
    corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in ((0, 0), *shapes[way]))
    return f'<polygon class="arrow{fill}" points="{corners}"/>'


def _pill(text: str, x: float, y: float) -> str:
    width = len(text) * 7 + 14
    return (
        f'<rect class="pill" x="{x - width / 2:.1f}" y="{y - 10:.1f}" width="{width}" height="20" rx="10"/>'
        f'<text class="small dim" x="{x:.1f}" y="{y + 4:.1f}">{escape(text)}</text>'
    )
