"""The words, marks and colours of operations, and how one value or one change is written. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs
from rich.text import Text as RichText

from wiretik.cli.display.order import names, shifts
from wiretik.cli.output import as_json
from wiretik.cli.screen import Text
from wiretik.engine.diff import Change, Path, compare, show_path
from wiretik.engine.events import Step
from wiretik.engine.values import PROVIDER_KEY, Value, Values, plain

_LONGEST: Final = 160
"""Longer values are cut in a diff; `--diff` shows them whole."""


FORMER: Final = "__former"
"""The output in which the provider keeps what adopted rows were (`wiretik_provider.rows.compare.FORMER`)."""

_BYTE: Final = re.compile(r"(?<!\\)\\u0000([89a-f][0-9a-f])")
"""A byte that isn't UTF-8, as the state keeps it (`printable.stored`), in JSON."""

HALVES: Final = frozenset({"create-replacement", "delete-replaced"})
"""The operations that a replacement is made of."""


@attrs.frozen
class Word:
    """How one operation is told: its mark, its colour, and its name before, during and after."""

    mark: str
    style: str
    plan: str
    doing: str
    done: str


WORDS: Final = {
    "same": Word(" ", "dim", "", "", ""),
    "create": Word("+", "green", "create", "creating", "created"),
    "update": Word("~", "yellow", "update", "updating", "updated"),
    "delete": Word("-", "red", "delete", "deleting", "deleted"),
    "replace": Word("+-", "magenta", "replace", "replacing", "replaced"),
    "create-replacement": Word("++", "green", "create replacement", "creating replacement", "created replacement"),
    "delete-replaced": Word("--", "red", "delete original", "deleting original", "deleted original"),
    "read": Word(">", "cyan", "read", "reading", "read"),
    "read-replacement": Word(">+", "cyan", "read replacement", "reading replacement", "read replacement"),
    "discard": Word("<", "red", "discard", "discarding", "discarded"),
    "discard-replaced": Word("<<", "red", "discard original", "discarding original", "discarded original"),
    "remove-pending-replace": Word("~", "dim", "forget original", "forgetting original", "forgot original"),
    "refresh": Word("~", "dim", "refresh", "refreshing", "refreshed"),
    "import": Word("=", "green", "import", "importing", "imported"),
}
_FOUND: Final = {
    "same": Word(" ", "dim", "", "", ""),
    "update": Word("~", "yellow", "drifted", "refreshing", "drifted"),
    "delete": Word("-", "red", "gone", "refreshing", "gone"),
}
_CHANGE_MARKS: Final = {"add": ("+", "green"), "delete": ("-", "red"), "update": ("~", "yellow")}


def word(step: Step) -> Word:
    """The words for a step; those of a refresh that ended tell what it found, and what isn't removed isn't deleted."""
    if step.found:
        return _FOUND[step.found]
    return given_back(step) or WORDS[step.op]


def given_back(step: Step) -> Word | None:
    """The words for a deletion that leaves rows on the router, since they were there before; None for any other."""
    former = step.old.outputs.get(FORMER) if step.old and step.op in {"delete", "delete-replaced"} else None
    if not isinstance(former, Mapping) or not former or step.old is None:
        return None
    parts = (step.old.outputs.get(name) for name in ("rules", "entries"))
    whole = next((part for part in parts if isinstance(part, Mapping)), None)
    if whole is None or not set(whole) - set(former):
        return Word(
            "-", "yellow", "give back: it stays on the router", "giving back", "given back: it stays on the router"
        )
    kind_ = "rules" if "rules" in step.old.outputs else "entries"
    stay = f"; {len(former)} of its {len(whole)} {kind_} are given back and stay on the router"
    plain = WORDS[step.op]
    return Word("-", "yellow", plain.plan + stay, plain.doing, plain.done + stay)


def kind(type_: str) -> str:
    """A type as people read it: dynamic ones without what all of them share."""
    return type_.removeprefix("pulumi-python:dynamic/").removeprefix("pulumi-python:")


def value(of: Value, *, whole: bool = False) -> str:
    """One value on one line; no secret is ever written."""
    text = as_json(plain(of, secret="\0s", unknown="\0u"))  # noqa: S106
    text = text.replace('"\\u0000s"', "[secret]").replace('"\\u0000u"', "[unknown]")
    text = _BYTE.sub(r"\\x\1", text)
    return text if whole or len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def change(of: Change, *, whole: bool = False, drift: bool = False) -> RichText:
    """One property's difference: `~ listen_port: 51820 => 51821`."""
    mark, style = _CHANGE_MARKS[of.kind]
    if of.replaces:
        mark, style = {"add": "+", "delete": "-", "update": "+-"}[of.kind], "magenta"
    line = Text(f"{mark} {show_path(of.path)}: ", style)
    if of.kind == "add":
        line.append(value(of.new, whole=whole))
    elif of.kind == "delete":
        line.append(value(of.old, whole=whole))
    else:
        line.append(value(of.old, whole=whole)).append(" => ", "dim").append(value(of.new, whole=whole))
    if of.replaces:
        line.append("  forces replacement", "dim magenta")
    if drift:
        line.stylize("italic")
    return line


def changes(step: Step, *, whole: bool = False) -> Iterator[RichText]:
    """The differences worth a line: those of updates, replacements and drift, and with `whole` of all steps."""
    wanted = {"update", "replace"} if not whole else {"update", "replace", "create", "read"}
    if (step.found or step.op) not in wanted:
        return
    if step.op == "update" and not step.changes and step.old and step.new:
        if step.old.inputs.get(PROVIDER_KEY) != step.new.inputs.get(PROVIDER_KEY):
            yield Text("~ the provider's code", "dim")
        return
    drift = step.op == "refresh"
    told: set[Path] = set()
    for one in step.changes:
        lists = _orders(step, one.path[:-1]) if isinstance(one.path[-1], int) else None
        if lists is None:
            yield change(one, whole=whole, drift=drift)
        elif one.path[:-1] not in told:
            told.add(one.path[:-1])
            yield from _shifted(one, *lists, drift=drift)


def _orders(step: Step, path: Path) -> tuple[Sequence[str], Sequence[str]] | None:
    """The two orders of a list of names that have something in common; else its elements are told one by one."""
    old, new = (_at(state.inputs, path) if state else None for state in (step.old, step.new))
    return (old, new) if names(old) and names(new) and not set(old).isdisjoint(new) else None


def _at(of: Value, path: Path) -> Value:
    for part in path:
        match of, part:
            case Mapping(), _:
                of = of.get(part)
            case list() | tuple(), int():
                of = of[part] if part < len(of) else None
            case _:
                return None
    return of


def _shifted(one: Change, old: Sequence[str], new: Sequence[str], *, drift: bool) -> Iterator[RichText]:
    """A list of names as what came, went and moved: `~ order: "c" moved after "a"`."""
    for shift in shifts(old, new):
        mark, style = _CHANGE_MARKS[shift.kind]
        if one.replaces:
            style = "magenta"
        line = Text(f"{mark} {show_path(one.path[:-1])}: ", style).append(f'"{shift.name}"')
        if shift.beside:
            line.append(" moved " if shift.kind == "update" else " ", "dim").append(shift.beside)
        if one.replaces:
            line.append("  forces replacement", "dim magenta")
        if drift:
            line.stylize("italic")
        yield line


def output_changes(old: Values, new: Values) -> Iterator[RichText]:
    """The stack's outputs, each with its mark if it changed."""
    moved = {str(c.path[0]) for c in compare(old, new)}
    width = max((len(key) for key in {*old, *new}), default=0)
    for key in sorted({*old, *new}):
        if key not in new:
            mark, style, text = "-", "red", value(old[key])
        elif key not in old:
            mark, style, text = "+", "green", value(new[key])
        elif key in moved:
            before, after = value(old[key]), value(new[key])
            mark, style, text = "~", "yellow", f"{before} => {after}" if before != after else after
        else:
            mark, style, text = " ", "", value(new[key])
        yield Text.assemble((f"{mark} {key:<{width}}", style), ": ", text)


def seconds(of: float) -> str:
    """A duration as people read it."""
    if of < 10:
        return f"{of:.1f}s"
    minutes, rest = divmod(round(of), 60)
    return f"{minutes}m{rest:02}s" if minutes else f"{rest}s"
