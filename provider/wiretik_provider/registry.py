"""Every kind by the name that stands in states: a menu's path for its rows, `block:` or `address-list:` and a path, ...

Rule: a name, once given, stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final

import attrs

from wiretik_provider.gate.kind import GateKind
from wiretik_provider.kinds import Checked, Created, Kind, Links, Props, Seen
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.guarding import GuardKind, SealKind
from wiretik_provider.kinds.held import HeldKind
from wiretik_provider.kinds.key import KeyKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.kinds.singleton import SingletonKind
from wiretik_provider.kinds.untagged import UntaggedKind
from wiretik_provider.menus import at, every, menu, unlisted, with_more
from wiretik_provider.menus.descriptor import EXTRA, ROW, SHAPE, Menu

__all__ = ["kind_named"]

_SINGLE: Final[dict[str, Callable[[], Kind]]] = {
    "gate": GateKind,
    "guard": GuardKind,
    "key": KeyKind,
    "seal": SealKind,
}
"""Kinds that have no menu."""
_WHOLE: Final[dict[str, Callable[[Menu], Kind]]] = {
    "address-list": AddressListKind,
    "block": BlockKind,
    "held": HeldKind,
}
"""Kinds that are more or less than a row of a menu."""
_Plain = RowKind | SingletonKind | UntaggedKind


def kind_named(name: str) -> Kind:
    """The kind of a name; `address-list` alone is IPv4's."""
    if name in _SINGLE:
        return _SINGLE[name]()
    if name == "address-list":
        name = "address-list:/ip/firewall/address-list"
    what, _, path = name.rpartition(":")
    if not what and at(path) is None and every.unlisted(path, ROW, ()):
        return _Unlisted(path)
    described = menu(path)
    if what in _WHOLE:
        return _WHOLE[what](described)
    made = _of(described)
    if not described.loose:
        return made
    return _FurtherFirst(made) if made.deleted_first else _Further(made)


def _of(described: Menu) -> _Plain:
    kind = SingletonKind if described.singleton else RowKind if described.tagged else UntaggedKind
    return kind(described)


def _more(props: Iterable[Props]) -> set[str]:
    return {name for one in props for name in one.get(EXTRA) or () if isinstance(name, str)}


class _ByProps:
    """A kind whose menu has what the single resource says, besides what the file knows of it."""

    def _of(self, *props: Props) -> Kind:
        raise NotImplementedError

    def check(self, links: Links, olds: Props, news: Props) -> Checked:
        return self._of(olds, news).check(links, olds, news)

    def replaces(self, olds: Props, news: Props) -> list[str]:
        return self._of(olds, news).replaces(olds, news)

    def create(self, links: Links, props: Props) -> Created:
        return self._of(props).create(links, props)

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:
        return self._of(props).read(links, resource_id, props)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, Any]:
        return self._of(olds, news).update(links, resource_id, olds, news)

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        self._of(props).delete(links, resource_id, props)


@attrs.frozen
class _Further(_ByProps):
    """A kind of a menu that is known from data, with what each resource declares beside that."""

    plain: _Plain

    deleted_first: ClassVar[bool] = False

    @property
    def menu(self) -> Menu:
        """As the file has it."""
        return self.plain.menu

    def _of(self, *props: Props) -> Kind:
        more = _more(props)
        return attrs.evolve(self.plain, menu=with_more(self.plain.menu, more)) if more else self.plain


@attrs.frozen
class _FurtherFirst(_Further):
    """One of which what is replaced goes first."""

    deleted_first: ClassVar[bool] = True


@attrs.frozen
class _Unlisted(_ByProps):
    """A kind of a menu that the file lacks: what it is and takes stands in each resource, as its program says it."""

    path: str

    deleted_first: ClassVar[bool] = True

    def _of(self, *props: Props) -> Kind:
        shape = next((str(one[SHAPE]) for one in reversed(props) if one.get(SHAPE)), "")
        return _of(unlisted(self.path, shape, _more(props)) if shape else menu(self.path))

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """A program that takes the menu for something else means another thing there."""
        return [*super().replaces(olds, news), *([SHAPE] if olds.get(SHAPE) != news.get(SHAPE) else [])]
