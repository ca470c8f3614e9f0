"""The end of a display, when a deployment has ended: diagnostics by resource, outputs, counts. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.text import Text as RichText

from wiretik.cli.display import words
from wiretik.cli.screen import Text
from wiretik.engine.events import Diagnostic, Finished, Operation

TITLES: Final[Mapping[tuple[Operation, bool], str]] = {
    ("preview", True): "Previewing update",
    ("up", True): "Previewing update",
    ("up", False): "Updating",
    ("refresh", True): "Previewing refresh",
    ("refresh", False): "Refreshing",
    ("destroy", True): "Previewing destroy",
    ("destroy", False): "Destroying",
    ("import", True): "Previewing import",
    ("import", False): "Importing",
}
_STYLES: Final = {"error": "bold red", "warning": "yellow", "info": "", "info#err": "", "debug": "dim"}
_COUNTED: Final = (
    ("create", "to create", "created"),
    ("update", "to update", "updated"),
    ("replace", "to replace", "replaced"),
    ("delete", "to delete", "deleted"),
    ("read", "to read", "read"),
    ("discard", "to discard", "discarded"),
    ("import", "to import", "imported"),
)
_DRIFT: Final = {"update": "drifted", "delete": "gone"}


def title(operation: Operation, stack: str, *, preview: bool) -> RichText:
    """The first line."""
    return Text.assemble((f"{TITLES[operation, preview]} ", "bold"), (f"({stack})", "bold magenta"))


def diagnostics(found: Iterable[Diagnostic]) -> Iterator[RichText]:
    """All messages, grouped by the resource that they are about."""
    groups: dict[str, list[Diagnostic]] = {}
    for one in found:
        groups.setdefault(one.urn, []).append(one)
    if not groups:
        return
    yield Text("Diagnostics:", "bold")
    for urn, several in groups.items():
        if urn:
            type_, name = urn.split("::", 3)[2:]
            yield Text(f"  {words.kind(type_.rsplit('$', 1)[-1])} ({name}):")
        for one in several:
            label = f"{one.severity}: " if one.severity in ("error", "warning") else ""
            lines = one.message.expandtabs().split("\n")
            yield Text.assemble("    ", (label, _STYLES[one.severity]), lines[0])
            for line in lines[1:]:
                yield Text(f"    {line}")
    yield Text()


def outputs(event: Finished) -> Iterator[RichText]:
    """The stack's outputs, if there are any."""
    lines = list(words.output_changes(event.old_outputs, event.outputs))
    if not lines or event.operation == "refresh":
        return
    yield Text("Outputs:", "bold")
    for line in lines:
        yield Text("  ") + line
    yield Text()


def summary(event: Finished, given_back: int = 0) -> Iterator[RichText]:
    """The counts, and how long it took.

    Args:
        event: the end.
        given_back: of what is deleted, how many resources leave rows on the router that were there before.
    """
    yield Text("Resources:", "bold")
    counts = dict(event.changes)
    same = counts.pop("same", 0)
    for op, plan, done in _COUNTED:
        if counts.get(op):
            word = words.WORDS[op]
            told = plan if event.preview else done
            if event.operation == "refresh":
                told = _DRIFT.get(op, told)
            yield Text.assemble("    ", (f"{word.mark} {counts[op]} {told}", word.style))
            if op == "delete" and given_back:
                yield Text(f"      of these {given_back} leave rows on the router, given back as they were", "yellow")
    if event.failed:
        yield Text(f"    {event.failed} failed", "bold red")
    if same:
        yield Text(f"    {same} unchanged", "dim")
    if not same and not event.failed and not any(counts.values()):
        yield Text("    nothing to do" if event.preview else "    nothing was done", "dim")
    if not event.preview:
        yield Text()
        yield Text.assemble(("Duration: ", "bold"), words.seconds(event.seconds))
