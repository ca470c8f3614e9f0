"""ADOPTED.md: the rows that were taken into the program, and each row and menu that wasn't, with its reason. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wiretik_provider.adopt.choosing import Chosen, Inventory, is_static
from wiretik_provider.adopt.others import is_other
from wiretik_provider.adopt.program import Made
from wiretik_provider.menus import MENUS
from wiretik_provider.printable import printable

__all__ = ["report", "summary", "unmanaged"]


def unmanaged(there: Inventory) -> dict[str, int]:
    """The menus that Wiretik doesn't manage, with the number of rows that somebody made there."""
    found = {
        path: sum(is_static(path, row) for row in rows if ".id" in row)  # what has no id is one row of settings
        for path, rows in there.tables.items()
        if path not in MENUS and path not in _MACHINES and not is_other(path)
    }
    return {path: count for path, count in sorted(found.items()) if count}


# What every router has, and what others list a second time.
_MACHINES = frozenset(
    {"/interface", "/interface/ethernet", "/ip/service", "/port", "/system/resource", "/system/routerboard"}
    | {"/system/license", "/ip/arp", "/ip/neighbor", "/user", "/user/group", "/file", "/log", "/system/history"}
)


def summary(chosen: Chosen) -> str:
    """What is taken, in a line."""
    left = len(chosen.left)
    return f"{chosen.count} rows are taken, {left or 'none'} left out"


def report(there: Inventory, chosen: Chosen, made: Sequence[Made], when: str) -> str:
    """The whole text.

    Args:
        there: the router.
        chosen: what was chosen.
        made: which resource has which row.
        when: the day.
    """
    return "\n".join(_lines(there, chosen, made, when)) + "\n"


def _lines(there: Inventory, chosen: Chosen, made: Sequence[Made], when: str) -> Iterator[str]:
    name = printable(there.name or "the router")
    yield f"# Adopted rows of {name}"
    yield ""
    yield f"By `wiretik adopt` on {when}, from RouterOS {printable(there.version)}. {summary(chosen)}."
    yield ""
    yield "## Taken"
    yield ""
    yield "| Menu | Rows | Resources |"
    yield "| --- | --- | --- |"
    for path, rows in _by_menu([each for each in made if each.path not in chosen.one]).items():
        yield f"| `{path}` | {len(rows)} | {len({(one.kind, one.name) for one in rows})} |"
    for path, values in chosen.one.items():
        if values:
            yield f"| `{path}` | {', '.join(values)} | 1 |"
    yield ""
    yield "Each of these rows carries a tag at the end of its comment; `destroy` takes the tags off again."
    if chosen.left:
        yield ""
        yield "## Left out"
        yield ""
        yield "These rows stay as they are, and the program doesn't know them."
        yield ""
        for one in chosen.left:
            yield f"- `{one.path}` {printable(one.row)}: {printable(one.why)}"
    if chosen.notes:
        yield ""
        yield "## Left as found"
        yield ""
        yield from (f"- {printable(note)}" for note in chosen.notes)
    yield from _others(there)


def _others(there: Inventory) -> Iterator[str]:
    if others := unmanaged(there):
        yield ""
        yield "## Not managed"
        yield ""
        yield "Wiretik doesn't manage these menus; their rows stay as they are."
        yield ""
        yield from (f"- `{path}`: {count}" for path, count in others.items())
    if there.incomplete:
        yield ""
        yield "## Not known"
        yield ""
        yield "These menus are incomplete: the rows below were taken, and more may be on the router."
        yield ""
        yield from (f"- `{path}`: {printable(why)}" for path, why in sorted(there.incomplete.items()))


def _by_menu(made: Sequence[Made]) -> Mapping[str, list[Made]]:
    found: dict[str, list[Made]] = {}
    for one in made:
        found.setdefault(one.path, []).append(one)
    return found
