"""Every kind by the name that stands in states: a menu's path for its rows, `block:` or `address-list:` and a path, ...

Rule: a name, once given, stays. A kind is imported when it is asked for: most processes need a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from wiretik_provider.menus import at, every, menu, unlisted, with_more
from wiretik_provider.menus.descriptor import EXTRA, ROW, SHAPE, Menu

if TYPE_CHECKING:
    from wiretik_provider.kinds import Checked, Created, Kind, Links, Props, Seen
    from wiretik_provider.kinds.row import RowKind
    from wiretik_provider.kinds.singleton import SingletonKind
    from wiretik_provider.kinds.untagged import UntaggedKind

    _Plain = RowKind | SingletonKind | UntaggedKind

__all__ = ["kind_named"]

_SINGLE: Final = {
    "gate": ("gate.kind", "GateKind"),
    "guard": ("kinds.guarding", "GuardKind"),
    "key": ("kinds.key", "KeyKind"),
    "seal": ("kinds.guarding", "SealKind"),
}
"""Kinds that have no menu: by name, where each is and what it is called there."""
_WHOLE: Final = {
    "address-list": ("kinds.address_list", "AddressListKind"),
    "block": ("kinds.block", "BlockKind"),
    "held": ("kinds.held", "HeldKind"),
}
"""Kinds that are more or less than a row of a menu."""


def _made(place: tuple[str, str]) -> Callable[..., Kind]:
    module, name = place
    made: Callable[..., Kind] = getattr(import_module(f"wiretik_provider.{module}"), name)
    return made


def kind_named(name: str) -> Kind:
    """The kind of a name; `address-list` alone is IPv4's."""
    if name in _SINGLE:
        return _made(_SINGLE[name])()
    if name == "address-list":
        name = "address-list:/ip/firewall/address-list"
    what, _, path = name.rpartition(":")
    if not what and at(path) is None and every.unlisted(path, ROW, ()):
        return _Unlisted(path)
    described = menu(path)
    if what in _WHOLE:
        return _made(_WHOLE[what])(described)
    made = _of(described)
    if not described.loose:
        return made
    return _FurtherFirst(made) if made.deleted_first else _Further(made)


def _of(described: Menu) -> _Plain:
    if described.singleton:
        from wiretik_provider.kinds.singleton import SingletonKind  # noqa: PLC0415, as said above

        return SingletonKind(described)
    if described.tagged:
        from wiretik_provider.kinds.row import RowKind  # noqa: PLC0415

        return RowKind(described)
    from wiretik_provider.kinds.untagged import UntaggedKind  # noqa: PLC0415

    return UntaggedKind(described)


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
