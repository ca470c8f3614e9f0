"""The display on a terminal: a tree of resources that grows while things happen, and stays when they have ended.

While it runs only as many rows are drawn as the window has; those at work stay in sight. At the end the whole tree is
printed once, without what is unchanged.
"""

import threading
import time
from collections.abc import Iterator
from typing import Final

import attrs
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text as RichText

from wiretik.cli.display import report, words
from wiretik.cli.display.columns import GAP, fit_tree
from wiretik.cli.screen import Text, show
from wiretik.engine.events import (
    Diagnostic,
    Event,
    Finished,
    Operation,
    Printed,
    Started,
    Step,
    StepDone,
    StepFailed,
    StepStarted,
)

_ROWS_AROUND: Final = 8
"""Lines of the window that the tree leaves to title, footer and prompt."""


@attrs.define
class _Row:
    step: Step
    began: float
    seconds: float = 0.0
    state: str = "running"
    replaced: bool = False


@attrs.define
class Tree:
    """Draws the tree on a console's terminal.

    Attributes:
        console: The terminal.
        whole: Show every property, and long values uncut.
    """

    console: Console
    whole: bool = False
    _rows: dict[str, _Row] = attrs.field(factory=dict)
    _diagnostics: list[Diagnostic] = attrs.field(factory=list)
    _operation: Operation = "preview"
    _preview: bool = False
    _stack: str = ""
    _began: float = 0.0
    _spoke: bool = False
    _live: Live | None = None
    _lock: threading.Lock = attrs.field(factory=threading.Lock)

    def __call__(self, event: Event) -> None:
        """Take in what an event says."""
        match event:
            case Started(operation=operation, stack=stack, preview=preview):
                self._operation, self._stack, self._preview = operation, stack, preview
                self._began = time.monotonic()
                self._rows.clear()
                self._spoke = False
                self._diagnostics.clear()
                self.console.print(report.title(operation, stack, preview=preview))
                self.console.print()
                self._live = Live(
                    get_renderable=self._draw, console=self.console, refresh_per_second=10, transient=True
                )
                self._live.start()
            case StepStarted(step):
                self._take(step, "running", 0.0)
            case StepDone(step, seconds):
                self._take(step, "done", seconds)
            case StepFailed(step, seconds):
                self._take(step, "failed", seconds)
            case Printed():
                show(self.console, Text(f"     {event.line.expandtabs()}", "dim"))
                self._spoke = True
            case Diagnostic(severity="debug"):
                pass
            case Diagnostic():
                if not event.ephemeral:
                    self._diagnostics.append(event)
            case Finished():
                self._close(event)

    def _take(self, step: Step, state: str, seconds: float) -> None:
        if step.is_provider:
            return
        with self._lock:
            row = self._rows.get(step.urn)
            if row is None:
                row = self._rows[step.urn] = _Row(step, time.monotonic())
            row.replaced = row.replaced or step.op in words.HALVES
            # A resource that is replaced goes through several steps: the tree tells the replacement, with its changes.
            shown = row.step
            if not (state != "failed" and shown.op == "replace" and step.op in words.HALVES):
                row.step = step
            row.state = state
            row.seconds += seconds

    def close(self) -> None:
        """Give the terminal back, however the deployment ended."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _close(self, event: Finished) -> None:
        self.close()
        if self._spoke:
            self.console.print()  # what the program printed stands apart
        shown = list(self._shown(only_changes=True))
        if shown:
            for line in self._lines(shown, final=True):
                show(self.console, line)
            self.console.print()
        back = sum(row.step.op == "delete" and words.given_back(row.step) is not None for row in self._rows.values())
        ends = report.outputs(event), report.summary(event, back)
        for line in (*report.diagnostics(self._diagnostics), *ends[0], *ends[1]):
            show(self.console, line)
        self.console.print()

    # --- drawing -----------------------------------------------------------------------------------------------------

    def _draw(self) -> RenderableType:
        with self._lock:
            rows = list(self._shown(only_changes=False))
            room = max(3, self.console.height - _ROWS_AROUND)
            if len(rows) > room:
                # What is at work stays in sight; of the rest the newest.
                busy = [pair for pair in rows if self._rows[pair[0]].state == "running"]
                rest = [pair for pair in rows if self._rows[pair[0]].state != "running"]
                kept = {urn for urn, _ in [*busy[-room:], *rest[-max(0, room - len(busy)) :]]}
                rows = [pair for pair in rows if pair[0] in kept][:room]
            counts: dict[str, int] = {}
            for row in self._rows.values():
                counts[row.state] = counts.get(row.state, 0) + 1
            lines = list(self._lines(rows, final=False))
        told = f"{counts.get('done', 0)} done"
        if counts.get("running"):
            told += f", {counts['running']} at work"
        if counts.get("failed"):
            told += f", {counts['failed']} failed"
        footer = Text(f" {told}  {words.seconds(time.monotonic() - self._began)}", "dim")
        for line in lines:
            line.truncate(self.console.width, overflow="ellipsis")
        return Group(*lines, Text(), _beside(Spinner("dots", style="cyan"), footer))

    def _shown(self, *, only_changes: bool) -> Iterator[tuple[str, str]]:
        """The rows in the order of the tree, each with the lines that join it to its parent."""
        children: dict[str, list[str]] = {}
        for urn, row in self._rows.items():
            parent = row.step.parent
            children.setdefault(parent if parent in self._rows else "", []).append(urn)
        keep = {urn for urn, row in self._rows.items() if self._is_news(row)} if only_changes else set(self._rows)
        for urn in tuple(keep):
            above = self._rows[urn].step.parent
            while above in self._rows and above not in keep:
                keep.add(above)
                above = self._rows[above].step.parent
        yield from _walk(children, keep, "", "")

    def _is_news(self, row: _Row) -> bool:
        about = any(d.urn == row.step.urn and d.severity in ("error", "warning") for d in self._diagnostics)
        return about or row.state == "failed" or bool(words.word(row.step).plan)

    def _lines(self, rows: list[tuple[str, str]], *, final: bool) -> Iterator[RichText]:
        """The tree in columns; at the end with the differences of each resource below it."""
        cells = [self._cells(urn, joint) for urn, joint in rows]
        infos = [self._info(self._rows[urn]) for urn, _ in rows]
        head = (Text(), Text("Type", "dim"), Text("Name", "dim"), Text("Plan" if self._preview else "Status", "dim"))
        widths = [max(cell.cell_len for cell in column) for column in zip(head, *cells, strict=True)]
        others = widths[0] + widths[3] + max((info.cell_len + GAP * bool(info) for info in infos), default=0)
        kinds, names, gap = fit_tree([row[1] for row in cells], [row[2] for row in cells], others, self.console.width)
        cells = [(row[0], kind, name, row[3]) for row, kind, name in zip(cells, kinds, names, strict=True)]
        widths = [max(cell.cell_len for cell in column) for column in zip(head, *cells, strict=True)]
        yield _columns(head, widths, gap)
        for (urn, joint), row, info in zip(rows, cells, infos, strict=True):
            yield _columns((*row, info), [*widths, 0], gap)
            if final:
                below = joint.replace("├─ ", "│  ").replace("└─ ", "   ")
                for change in words.changes(self._rows[urn].step, whole=self.whole):
                    line = Text.assemble(" " * (widths[0] + 2), (below, "dim"), "     ") + change
                    if not self.whole:
                        line.truncate(self.console.width, overflow="ellipsis")
                    yield line

    def _cells(self, urn: str, joint: str) -> tuple[RichText, ...]:
        row = self._rows[urn]
        word = words.word(row.step)
        return (
            Text(f" {word.mark}", word.style),
            Text.assemble((joint, "dim"), words.kind(row.step.type)),
            Text(row.step.name, "bold" if word.plan else ""),
            self._status(row),
        )

    def _status(self, row: _Row) -> Text:
        word = words.word(row.step)
        if row.state == "failed":
            return Text(f"{word.doing} failed", "bold red")
        if self._preview:
            return Text(word.plan, word.style)
        if row.state == "running":
            passed = time.monotonic() - row.began
            return Text(f"{word.doing}{f' ({words.seconds(passed)})' if passed >= 1 else ''}", word.style)
        took = f" ({words.seconds(row.seconds)})" if row.seconds >= 0.05 else ""
        return Text(f"{word.done}{took}" if word.done else "", word.style)

    def _info(self, row: _Row) -> Text:
        counts = {
            severity: sum(1 for d in self._diagnostics if d.urn == row.step.urn and d.severity == severity)
            for severity in ("error", "warning")
        }
        told = [f"{n} {severity}{'s' if n > 1 else ''}" for severity, n in counts.items() if n]
        return Text(", ".join(told), "red" if counts["error"] else "yellow")


def _walk(children: dict[str, list[str]], keep: set[str], parent: str, lead: str) -> Iterator[tuple[str, str]]:
    """The tree below a parent; `lead` is what stands in front of its children's joints."""
    here = [urn for urn in children.get(parent, ()) if urn in keep]
    for i, urn in enumerate(here):
        last = i == len(here) - 1
        if parent == "":
            yield urn, ""
            yield from _walk(children, keep, urn, "")
        else:
            yield urn, f"{lead}{'└─ ' if last else '├─ '}"
            yield from _walk(children, keep, urn, f"{lead}{'   ' if last else '│  '}")


def _columns(cells: tuple[RichText, ...], widths: list[int], gap: int) -> RichText:
    line = Text()
    for cell, width in zip(cells, widths, strict=True):
        line.append_text(cell).append(" " * (width - cell.cell_len + gap))
    line.rstrip()
    return line


def _beside(left: RenderableType, right: RenderableType) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(left, right)
    return grid
