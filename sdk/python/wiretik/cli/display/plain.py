"""The display without a terminal: one line for each thing that happens, when it has happened."""

import attrs
from rich.console import Console
from rich.text import Text as RichText

from wiretik.cli.display import report, words
from wiretik.cli.screen import Text
from wiretik.engine.events import (
    Diagnostic,
    Event,
    Finished,
    Printed,
    Started,
    Step,
    StepDone,
    StepFailed,
    StepStarted,
)


@attrs.define
class Plain:
    """Writes lines to a console.

    Attributes:
        console: Where to.
        whole: Show every property, and long values uncut.
    """

    console: Console
    whole: bool = False
    _preview: bool = False
    _diagnostics: list[Diagnostic] = attrs.field(factory=list)
    _given_back: int = 0

    def __call__(self, event: Event) -> None:
        """Write what an event says."""
        match event:
            case Started(operation=operation, stack=stack, preview=preview):
                self._preview = preview
                self._write(report.title(operation, stack, preview=preview))
                self._write(Text())
            case StepDone(step, seconds):
                self._step(step, seconds)
            case StepFailed(step, seconds):
                word = words.word(step)
                self._write(_line(step, f"{word.doing} failed", seconds, "bold red"))
            case Printed():
                self._write(Text(f"     {event.line.expandtabs()}", "dim"))
            case Diagnostic(severity="debug") | Diagnostic(ephemeral=True) | StepStarted():
                pass
            case Diagnostic():
                self._diagnostics.append(event)
            case Finished():
                self._write(Text())
                ends = report.outputs(event), report.summary(event, self._given_back)
                for line in (*report.diagnostics(self._diagnostics), *ends[0], *ends[1]):
                    self._write(line)
                self._write(Text())

    def _step(self, step: Step, seconds: float) -> None:
        word = words.word(step)
        if step.is_provider or not word.plan:
            return
        if step.op in (words.HALVES if self._preview else {"replace"}):
            return  # a plan tells the whole replacement, a deed its halves
        self._given_back += words.given_back(step) is not None and step.op == "delete"
        told = word.plan if self._preview else word.done
        self._write(_line(step, told, 0.0 if self._preview else seconds, word.style))
        for change in words.changes(step, whole=self.whole):
            self._write(Text("        ") + change)

    def _write(self, line: RichText) -> None:
        if self.console.color_system is None:  # the same text, in a tenth of the time
            self.console.file.write(f"{line.plain}\n")
            self.console.file.flush()
        else:
            self.console.print(line, soft_wrap=True)


def _line(step: Step, told: str, seconds: float, style: str) -> RichText:
    took = f" ({words.seconds(seconds)})" if seconds >= 0.05 else ""
    return Text.assemble(
        (f" {words.word(step).mark:<2} ", style),
        f"{words.kind(step.type)} ",
        (step.name, "bold"),
        (f" {told}{took}", style),
    )
