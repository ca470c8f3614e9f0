"""Where everything in the picture stands: the internet on top, routers in the middle, LANs and clients below.

All text stands in boxes that are made to its size, so nothing overlaps, however long a name is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from wiretik.drawing.network import CLIENT, Far, Lan, Link, Network, Site, Tunnel

__all__ = ["Box", "Edge", "Picture", "lay_out"]

_GAP: Final = 24
_MARGIN: Final = 28
_BAND: Final = 44
"""From the band's top to what stands in it."""
_RISE: Final = 84
"""Between two layers, where the lines run."""
_LINE: Final = 18
_PAD: Final = 16
_WIDE: Final = 7.4
"""A character's width at the size that is used: no text is measured, so it is an upper mean."""


@attrs.frozen
class Box:
    """Something with text in it.

    Attributes:
        kind: how it looks.
        x: its left.
        y: its top.
        width: in pixels.
        height: in pixels.
        lines: the first is its title.
        colour: the tunnel's number; -1 for none.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    colour: int = -1

    @property
    def middle(self) -> float:
        """Its middle from left to right."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@attrs.frozen
class Edge:
    """A line.

    Attributes:
        kind: `tunnel`, `plain`, `link`, or `exit`: whose traffic leaves by whom.
        start: where it begins.
        end: where it ends.
        colour: the tunnel's number; -1 for none.
        arrows: at its start and at its end: who is called.
        pill: said on it.
        pill_at: how high; in its middle where that is 0.
    """

    kind: str
    start: tuple[float, float]
    end: tuple[float, float]
    colour: int = -1
    arrows: tuple[bool, bool] = (False, False)
    pill: str = ""
    pill_at: float = 0


@attrs.frozen
class Picture:
    """Everything in its place."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


def lay_out(network: Network) -> Picture:
    """Gives everything its place."""
    colours = _colours(network)
    columns = [_Column(site, network, colours) for site in network.sites]
    high = max([0.0, *(box.height for column in columns for box in column.top)])
    band = _BAND + high + _PAD
    router_y = _MARGIN + band + _RISE
    router_high = max([0.0, *(column.router_height for column in columns)])
    bottom_y = router_y + router_high + _RISE
    boxes: list[Box] = []
    edges: list[Edge] = []
    x = float(_MARGIN)
    routers: dict[str, Box] = {}
    chips: dict[tuple[str, str], Box] = {}
    for column in columns:
        column.place(x, _MARGIN + _BAND, router_y, router_high, bottom_y)
        routers[column.site.name] = column.router
        chips |= {(column.site.name, name): chip for name, chip in column.chips.items()}
        boxes += column.boxes()
        edges += column.edges(_MARGIN + band)
        x += column.width + _between(network)
    width = max(x - _between(network) + _MARGIN, 360.0)
    edges += _links(network, chips, routers, colours)
    lowest = max([router_y + router_high, *(box.bottom for box in boxes)])
    internet = Box("internet", _MARGIN / 2, _MARGIN, width - _MARGIN, band, ("Internet",))
    return Picture(width, lowest + _MARGIN + (26 if _exits(edges) else 0), (internet, *boxes), tuple(edges))


def _exits(edges: Sequence[Edge]) -> bool:
    return any(edge.kind == "exit" for edge in edges)


def _between(network: Network) -> float:
    return 130.0 if network.links else 3.0 * _GAP


def _colours(network: Network) -> dict[tuple[str, str], int]:
    """A colour for each tunnel; both ends of a link have one."""
    found: dict[tuple[str, str], int] = {}
    for link in network.links:
        number = len(set(found.values()))
        ends = ((link.one, link.by[0]), (link.other, link.by[1]))
        number = next((found[end] for end in ends if end in found), number)
        found |= dict.fromkeys(ends, number)
    for site in network.sites:
        for tunnel in site.tunnels:
            found.setdefault((site.name, tunnel.name), len(set(found.values())))
    return found


def _box(kind: str, lines: Sequence[str], colour: int = -1, least: float = 96) -> Box:
    """A box of its text's size, not placed yet."""
    width = max([least, *(len(line) * _WIDE + 2 * _PAD for line in lines)])
    return Box(kind, 0, 0, width, _LINE * len(lines) + _PAD, tuple(lines), colour)


def _row(boxes: Sequence[Box]) -> float:
    return sum(box.width for box in boxes) + _GAP * max(0, len(boxes) - 1)


def _placed(boxes: Sequence[Box], middle: float, y: float, *, to_bottom: float = 0) -> list[Box]:
    """A row of boxes around a middle, at a common top or a common bottom."""
    x = middle - _row(boxes) / 2
    found = []
    for box in boxes:
        found.append(attrs.evolve(box, x=x, y=to_bottom - box.height if to_bottom else y))
        x += box.width + _GAP
    return found


class _Column:
    """A router with what is above and below it.

    Args:
        site: the router.
        network: all of it.
        colours: of the tunnels.
    """

    def __init__(self, site: Site, network: Network, colours: dict[tuple[str, str], int]) -> None:
        self.site = site
        linked = {by for link in network.links for end, by in _ends(link) if end == site.name}
        self.up = [tunnel for tunnel in site.tunnels if any(far.kind != CLIENT for far in tunnel.fars)]
        self.down = [one for one in site.tunnels if one not in self.up and (one.fars or one.name not in linked)]
        self.side = [one for one in site.tunnels if one not in self.up and one not in self.down]
        self.colours = {tunnel.name: colours[site.name, tunnel.name] for tunnel in site.tunnels}
        self.above = [(tunnel, far) for tunnel in self.up for far in tunnel.fars if far.kind != CLIENT]
        self.below = [(tunnel, far) for tunnel in site.tunnels for far in tunnel.fars if far.kind == CLIENT]
        self.top = [self._far(tunnel, far) for tunnel, far in self.above]
        self.lans = [self._lan(lan) for lan in site.lans]
        self.clients = [self._far(tunnel, far) for tunnel, far in self.below]
        self.chips = {tunnel.name: self._chip(tunnel) for tunnel in site.tunnels}
        rows = [[self.chips[one.name] for one in some] for some in (self.up, self.side, self.down)]
        title = len(site.name) * 9.5 + 90
        widest = max([title, *(_row(row) for row in rows)]) + 2 * _PAD
        self.router_height = 58.0 + sum(max((chip.height for chip in row), default=-10) + 10 for row in rows)
        self.router = Box("router", 0, 0, widest, self.router_height, (site.name,))
        self.width = max(widest, _row(self.top), _row([*self.lans, *self.clients]))

    def _chip(self, tunnel: Tunnel) -> Box:
        lines = [f"{tunnel.name}  :{tunnel.port}" if tunnel.port else tunnel.name, *tunnel.addresses]
        return _box("chip", lines, self.colours[tunnel.name], 84)

    def _far(self, tunnel: Tunnel, far: Far) -> Box:
        lines = [far.name, *([far.endpoint] if far.endpoint else []), *far.nets]
        if far.exit:
            lines.append("exit to the internet")
        if far.leaves_by:
            lines.append(f"internet by {far.leaves_by}")
        return _box(far.kind, lines, self.colours[tunnel.name])

    def _lan(self, lan: Lan) -> Box:
        lines = [f"LAN  {lan.interface}".rstrip(), *lan.nets]
        if lan.leaves_by:
            lines.append(f"internet by {lan.leaves_by}")
        return _box("lan", lines, self.colours.get(lan.leaves_by, -1))

    def place(self, x: float, top_y: float, router_y: float, high: float, bottom_y: float) -> None:
        """Gives all of it its place, from the left."""
        middle = x + self.width / 2
        lowest = top_y + max((box.height for box in self.top), default=0)
        self.top = _placed(self.top, middle, top_y, to_bottom=lowest)
        bottom = _placed([*self.lans, *self.clients], middle, bottom_y)
        self.lans, self.clients = bottom[: len(self.lans)], bottom[len(self.lans) :]
        self.router = attrs.evolve(self.router, x=middle - self.router.width / 2, y=router_y, height=high)
        above = max((self.chips[one.name].height + 10 for one in self.up), default=0)
        places = [(self.up, router_y + 10, 0.0), (self.side, router_y + above + 46, 0.0)]
        places.append((self.down, 0.0, router_y + high - 10))
        for tunnels, y, lower in places:
            for chip, tunnel in zip(
                _placed([self.chips[one.name] for one in tunnels], middle, y, to_bottom=lower), tunnels, strict=True
            ):
                self.chips[tunnel.name] = chip

    def boxes(self) -> list[Box]:
        """Everything of it, what lies behind first."""
        return [self.router, *self.chips.values(), *self.top, *self.lans, *self.clients]

    def edges(self, band: float) -> list[Edge]:
        """Its lines."""
        found = [
            Edge(
                "tunnel",
                (self.chips[tunnel.name].middle, self.chips[tunnel.name].y),
                (box.middle, box.bottom),
                box.colour,
                (False, True),
            )
            for (tunnel, _), box in zip(self.above, self.top, strict=True)
        ]
        for (tunnel, _), box in zip(self.below, self.clients, strict=True):
            chip = self.chips[tunnel.name]
            start = (chip.middle, chip.bottom)
            halfway = (self.router.bottom + box.y) / 2
            found.append(Edge("tunnel", start, (box.middle, box.y), box.colour, (True, False), "(CG)NAT", halfway))
        found += [
            Edge("plain", (self._port(box), self.router.bottom), (box.middle, box.y), box.colour) for box in self.lans
        ]
        # The way to the internet itself keeps to the left, where no tunnel's line is.
        left = min([self.router.x, *(box.x for box in self.top)]) + 18
        found.append(Edge("plain", (self.router.x + 20, self.router.y), (left, band), -1, (False, False), "WAN"))
        by_name = {far.name: box for (_, far), box in zip(self.below, self.clients, strict=True)}
        for (_, far), box in zip(self.below, self.clients, strict=True):
            if far.leaves_by in by_name:
                out = by_name[far.leaves_by]
                found.append(
                    Edge("exit", (box.middle, box.bottom), (out.middle, out.bottom), out.colour, (False, True))
                )
        return found

    def _port(self, lan: Box) -> float:
        """Where a LAN's line leaves the router: above it, but beside the chips at that edge."""
        first = min((self.chips[tunnel.name].x for tunnel in self.down), default=self.router.x + self.router.width)
        return max(self.router.x + 22, min(lan.middle, first - 14))


def _ends(link: Link) -> tuple[tuple[str, str], tuple[str, str]]:
    return (link.one, link.by[0]), (link.other, link.by[1])


def _links(
    network: Network,
    chips: dict[tuple[str, str], Box],
    routers: dict[str, Box],
    colours: dict[tuple[str, str], int],
) -> list[Edge]:
    """The lines between routers, from edge to edge."""
    found = []
    for link in network.links:
        (one, by), (other, back) = _ends(link)
        ends = sorted([(one, by), (other, back)], key=lambda end: routers[end[0]].x)
        start, end = chips[ends[0]], chips[ends[1]]
        calls = dict(zip((one, other), link.calls, strict=True))
        found.append(
            Edge(
                "link",
                (start.x + start.width, start.y + start.height / 2),
                (end.x, end.y + end.height / 2),
                colours[one, by],
                (calls[ends[1][0]], calls[ends[0][0]]),
            )
        )
    return found
