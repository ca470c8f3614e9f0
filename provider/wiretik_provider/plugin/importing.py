"""What is on a router and in no state yet, for `pulumi import`: its outputs, and what a program would say of it.

Rule: nothing is written, and a program that says what is said here has nothing to do. Of a menu that nobody described
by hand nobody knows the defaults, so all that is printed is said, but for secrets and what changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wiretik_provider.adopt import others
from wiretik_provider.errors import RowError
from wiretik_provider.kinds import Kind, Links
from wiretik_provider.menus.descriptor import Menu, version
from wiretik_provider.plugin import state
from wiretik_provider.plugin.names import Type
from wiretik_provider.rows import fixed, ownership

__all__ = ["read"]

_MET: Final = {"adopt": True}
"""What is said of a row that is there without a tag: the gate of a Python program sees no state."""


def read(
    of: Kind, links: Links, kind: Type, id_: str, given: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """The outputs and inputs of something that is on the router and in no state yet; None where it isn't there.

    Args:
        of: what reads it.
        links: to the routers.
        kind: what it is.
        id_: as the user says it.
        given: what is said of it besides, such as its router.

    Raises:
        RowError: it is another deployment's, or can't be imported.
    """
    what = kind.kind.partition(":")[0]
    if what in {"block", "held"}:
        cure = "declare it with its rules and adopt: true, which takes over equal rows"
        raise RowError("wiretik", kind.kind, id_, f"a whole block isn't imported: {cure}")
    name = str(given.get("router", ""))
    asked = {**({"router": name} if name else {}), **({"find": id_} if kind.menu and kind.menu.fixed else {})}
    there = of.read(links, id_, asked)
    if there is None:
        return None
    row, met = None, _MET if kind.signed and not (kind.menu and (kind.menu.singleton or kind.menu.fixed)) else {}
    if kind.menu:
        link = links(name)
        row = _row(kind.menu, link.rows(kind.menu.path, kind.menu.query), there.outputs)
        if row and not kind.menu.singleton and (tag := ownership.tag_of(row)):
            raise RowError(
                link.label,
                kind.menu.path,
                id_,
                f"it carries the tag {tag}, so another resource has it: take it out of that stack first "
                "(pulumi state delete) and the tag out of its comment",
            )
        if kind.loose and row:
            also = {key: there.outputs[key] for key in ("find", "router") if there.outputs.get(key)}
            said = {**others.printed(kind.menu, row, version(link.version_text)), **also, **met}
            return state.as_imported({**there.outputs, **said}, said), said
    said = {**state.imported(kind, there.outputs, row), **met}
    return state.as_imported(there.outputs, said), said


def _row(menu: Menu, rows: Sequence[Mapping[str, str]], outputs: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The row that was read, as the router printed it."""
    if menu.fixed:
        return next(iter(fixed.found(menu, rows, outputs)), None)
    if menu.singleton:
        return next(iter(rows), None)
    return next((one for one in rows if one[".id"] == outputs.get("row_id")), None)
