"""A run on a terminal: what has happened scrolls by, and below it stands what is under way."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any, Final, Self

import attrs
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from wiretik.cli.screen import Text, console
from wiretik.fleet.telling import lines

__all__ = ["Screen", "Shown"]

_MOST: Final = 12
"""So many sites that are under way have a line; a terminal has some thirty."""
_WIDEST: Final = 40
_STYLES: Final = {"ok": "green", "failed": "red", "unreachable": "yellow"}


@attrs.define
class Shown:
    """What a run's lines come to so far."""

    operation: str = ""
    sites: int = 0
    wave: str = ""
    verdicts: dict[str, str] = attrs.field(factory=dict)
    under_way: dict[str, tuple[float, str]] = attrs.field(factory=dict)

    def take(self, line: Mapping[str, Any], now: float) -> None:
        """Have a line of the record."""
        match line["event"]:
            case "began":
                self.operation, self.sites = str(line["operation"]), len(line["sites"])
            case "resumed":
                self.operation, self.sites = str(line["operation"]), int(line["left"])
            case "wave":
                self.wave = f"wave {line['number']} of {line['of']}"
            case "site-began":
                self.under_way[line["site"]] = (now, "")
            case "site-waits" | "site-again" if line["site"] in self.under_way:
                self.under_way[line["site"]] = (self.under_way[line["site"]][0], str(line["why"]))
            case "site":
                self.under_way.pop(line["site"], None)
                self.verdicts[line["site"]] = line["verdict"]

    def table(self, now: float) -> RenderableType:
        """It as it stands."""
        done = len(self.verdicts)
        head = Table.grid(padding=(0, 2, 0, 0), expand=True)
        head.add_column(no_wrap=True)
        head.add_column(ratio=1, min_width=8)
        head.add_column(no_wrap=True)
        title = Text(" ".join(filter(None, (self.operation, self.wave))), "bold")
        head.add_row(title, ProgressBar(total=max(self.sites, done, 1), completed=done), self._counts(done))
        oldest = sorted(self.under_way.items(), key=lambda each: each[1][0])
        widest = min(max((cell_len(site) for site, _ in oldest[:_MOST]), default=0), _WIDEST)
        body = [
            Text(f"  {site[:widest]:<{widest}}  {now - since:4.0f} s  ", no_wrap=True, overflow="ellipsis").append(
                Text(why, "dim")
            )
            for site, (since, why) in oldest[:_MOST]
        ]
        more = len(oldest) - _MOST
        return Group(head, *body, *([Text(f"  and {more} more", "dim")] * (more > 0)))

    def _counts(self, done: int) -> Text:
        text = Text(f"{done}/{self.sites}" if self.sites else str(done))
        count = Counter(self.verdicts.values())
        for verdict, style in _STYLES.items():
            if number := count[verdict]:
                text.append(Text(f"  {number} {verdict}", style))
        return text


class Screen:
    """Draws it."""

    def __init__(self, screen: Console | None = None) -> None:
        self._console = screen or console()
        self._shown = Shown()
        self._live = Live(
            console=self._console, get_renderable=lambda: self._shown.table(time.monotonic()), transient=True
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._live.stop()

    def __call__(self, line: Mapping[str, Any]) -> None:
        """A line of the record was written."""
        self._shown.take(line, time.monotonic())
        for text in self._news(line):
            self._console.print(Text(text), soft_wrap=False)

    @staticmethod
    def _news(line: Mapping[str, Any]) -> Iterator[str]:
        """What scrolls by; what a site waits for stands in the table."""
        if line["event"] != "site-waits":
            yield from lines.happened(line)
