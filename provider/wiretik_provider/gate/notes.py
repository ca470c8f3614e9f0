"""The gate's notes: hidden inputs, in which one deployment leaves to the next whose rows it let through.

Rule: tags, names and former values, never a secret; whoever reads the router for a note reads each menu once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wiretik_provider.api.link import Gone, Link
from wiretik_provider.declared import Declared
from wiretik_provider.gate import wholes
from wiretik_provider.gate.noted import adopted, gone, moves
from wiretik_provider.gate.noted.formers import Formers, known, note, read
from wiretik_provider.gate.noted.gone import Place
from wiretik_provider.gate.several import PART
from wiretik_provider.kinds import Props
from wiretik_provider.kinds.address_list import query
from wiretik_provider.rows import ownership
from wiretik_provider.rows.exchange import Program

__all__ = [
    "ADOPTED",
    "FRONT",
    "GUARDED",
    "KEPT",
    "NAMES",
    "NOTED",
    "PARENTS",
    "before",
    "formers_now",
    "gone_now",
    "let_through",
    "notes",
    "settings_before",
    "visible",
]

_ROWS: Final = "__rows"
"""The input that notes whose rows the gate let through, as their tags without the stack's digits."""
_LEAVING: Final = "__leaving"
"""The input that notes, in the same form, whose rows were let through once and are still to be deleted."""
_RULES: Final = "__rules"
"""The input that notes which rules of blocks it let through."""
ADOPTED: Final = "__adopted"
"""The input that notes in which menus the stack adopted rows."""
_FORMERS: Final = "__before"
"""The input that notes what adopted rows and menus with one row had (`formers`)."""
PARENTS: Final = "__parents"
"""The input that notes which resources are above those of the rows (`moves`)."""
NAMES: Final = "__names"
"""The input that notes what the rows' resources are called, by their tags (`moves`)."""
FRONT: Final = "__front"
"""The input that notes that the stack's resources are the package's (`plugin`)."""
GUARDED: Final = "__guarded"
"""The input that notes that a change of this stack may wait on the router to be confirmed."""
_OWNERS: Final = (_ROWS, _LEAVING)
NOTED: Final = (_ROWS, _RULES)
_HIDDEN: Final = (FRONT, NAMES, _ROWS, _LEAVING, _RULES, ADOPTED, _FORMERS, GUARDED)
KEPT: Final = ("identity", "version", PARENTS, *_HIDDEN)


def visible(props: Props) -> dict[str, Any]:
    """The inputs without the notes; a gate of a part keeps whose rows it let through, for the day on which it goes."""
    kept = _OWNERS if PART in props else ()
    return {name: value for name, value in props.items() if name in kept or name not in {PARENTS, *_HIDDEN}}


def let_through(props: Props) -> set[str]:
    """The owners, of this stack, of the rows that a gate let through: without the stack's digits."""
    return {tag for name in _OWNERS for tag in str(props.get(name, "")).split(",") if tag}


def before(olds: Props, declared: Sequence[Declared]) -> set[str]:
    """The tags of what earlier deployments declared and may still be there."""
    stack = next((row.tag[:4] for row in declared), "")
    return {stack + tag for name in _OWNERS for tag in str(olds.get(name, "")).split(",") if stack and tag}


def notes(
    link: Link,
    declared: Sequence[Declared],
    olds: Props,
    whole: Program,
    adopting: Sequence[adopted.Place],
    *,
    formers: Formers,
) -> dict[str, str]:
    """What the gate keeps of the program for the next deployment."""
    leaving = _still_there(link, declared, whole) | (_dropped(declared, olds) - whole.wishes.keys())
    noted = {
        PARENTS: moves.parents(declared),
        NAMES: moves.names(declared),
        _ROWS: ",".join(sorted(row.tag[4:] for row in declared)),
        _RULES: ",".join(sorted(wholes.mark(row) for row in declared if row.part)),
    }
    further = {
        _FORMERS: note(formers),
        ADOPTED: adopted.note(adopting),
        _LEAVING: ",".join(sorted(tag[4:] for tag in leaving)),
    }
    return {**noted, **{name: text for name, text in further.items() if text}}


def reads_of(declared: Sequence[Declared]) -> dict[Place, tuple[str, tuple[str, ...]]]:
    """The reads of all menus and whole lists in which the program has rows that carry a tag, by menu and list."""
    menus = {(row.menu.path, ""): (row.menu.path, row.menu.query) for row in declared if row.menu and row.menu.tagged}
    lists = {(row.list_menu.path, row.list_name) for row in declared if row.list_menu and row.list_name}
    return {**menus, **{(path, name): (path, query(name)) for path, name in sorted(lists)}}


def _still_there(link: Link, declared: Sequence[Declared], whole: Program) -> set[str]:
    """Whose rows are still to be deleted, in the menus that the program has rows in."""
    menus = [words for (_, name), words in reads_of(declared).items() if not name]
    if not whole.leaving or not menus:
        return set()
    tags = (ownership.tag_of(row) for there in link.prefetch(sorted(menus)) for row in there)
    return {one.owner for tag in tags if tag for one in tag.holders} & whole.leaving


def _dropped(declared: Sequence[Declared], olds: Props) -> set[str]:
    """Whose rows this program is the first to have no longer: in menus that it has nothing else in, nobody looks."""
    stack = next((row.tag[:4] for row in declared), "")
    rows = {stack + tag for tag in str(olds.get(_ROWS, "")).split(",") if stack and tag}
    return rows - {row.tag for row in declared}


def gone_now(link: Link, declared: Sequence[Declared], olds: Props) -> Gone:
    """What the state has and the router hasn't any more, as far as its menus can be read."""
    reads = reads_of(declared)
    read = dict(zip(reads, link.prefetch(reads.values()), strict=True))
    kept = {place: rows for place, rows in read.items() if not link.refused(*reads[place])}
    before = {text for name in NOTED for text in str(olds.get(name, "")).split(",")}
    found = gone.gone(declared, kept, before)
    return Gone(frozenset(found), gone.sentence(found)) if found else Gone()


def settings_before(olds: Props) -> Formers:
    """What settings had before any resource wrote them, by their places; of adopted rows what is noted by tags, too."""
    return read(str(olds.get(_FORMERS, "")))


def formers_now(link: Link, declared: Sequence[Declared], olds: Props) -> Formers:
    """What adopted rows and menus with one row had before any resource wrote them."""
    menus = sorted({(row.menu.path, row.menu.query) for row in declared if row.menu and not row.part})
    kept = dict(zip((path for path, _ in menus), link.prefetch(menus), strict=True))
    return known(settings_before(olds), declared, kept, before(olds, declared))
