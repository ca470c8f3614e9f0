"""In which order rows of menus that nobody described by hand stand in a program: what is named stands above.

Pure. Menus are in the order in which their rows name each other, interfaces first; a circle is cut where it is met, and
what is named below is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.adopt.others import Other
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Menu

__all__ = ["first_and_rest", "parts", "space"]

_INTERFACES: Final = "/interface"


def space(menu: Menu) -> str:
    """The menu whose names its rows share."""
    return menu.names or menu.path


def parts(value: object) -> list[str]:
    """The words of a value that may be names."""
    return [word.removeprefix("!") for word in str(value).split(",") if word]


def first_and_rest(chosen: Sequence[Other]) -> tuple[list[Other], list[Other]]:
    """Interfaces and all that they name; and the rest."""
    named = {(space(menu_at(one.path)), one.row["name"]): one for one in chosen if _is_named(one)}
    ranks = {path: rank for rank, path in enumerate(_menus_in_order(chosen, named))}
    rows: dict[int, Other] = {}
    for one in sorted(chosen, key=lambda one: ranks[one.path]):
        for each in _above(one, named, ()):
            rows.setdefault(id(each), each)
    early: dict[int, Other] = {}
    for one in chosen:
        if one.path.startswith(f"{_INTERFACES}/"):
            early |= {id(each): each for each in _above(one, named, ())}
    return [one for key, one in rows.items() if key in early], [one for key, one in rows.items() if key not in early]


def _is_named(one: Other) -> bool:
    menu = menu_at(one.path)
    return menu.named == "name" and bool(one.row.get("name"))


def _named_by(one: Other, named: Mapping[tuple[str, str], Other]) -> Iterator[Other]:
    menu = menu_at(one.path)
    for name, value in one.values.items():
        field = menu.by_name[name]
        for word in parts(value) if field.may_name or field.references else ():
            if (there := named.get((field.references or field.may_name, word))) and there is not one:
                yield there


def _above(one: Other, named: Mapping[tuple[str, str], Other], over: tuple[int, ...]) -> Iterator[Other]:
    """A row, behind those that it names."""
    for other in _named_by(one, named):
        if id(other) not in over:
            yield from _above(other, named, (*over, id(one)))
    yield one


def _menus_in_order(chosen: Sequence[Other], named: Mapping[tuple[str, str], Other]) -> list[str]:
    needs: dict[str, set[str]] = {one.path: set() for one in chosen}
    for one in chosen:
        needs[one.path] |= {other.path for other in _named_by(one, named)} - {one.path}
    found: list[str] = []

    def put(path: str, over: tuple[str, ...]) -> None:
        if path in found or path in over:
            return
        for other in sorted(needs[path]):
            put(other, (*over, path))
        found.append(path)

    for path in sorted(needs, key=lambda path: (not path.startswith(_INTERFACES), path)):
        put(path, ())
    return found
