"""Every kind by the name that stands in states: a menu's path for its rows, `block:` or `address-list:` and a path, ...

Rule: a name, once given, stays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wiretik_provider.gate.kind import GateKind
from wiretik_provider.kinds import Kind
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.guarding import GuardKind, SealKind
from wiretik_provider.kinds.held import HeldKind
from wiretik_provider.kinds.key import KeyKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.kinds.singleton import SingletonKind
from wiretik_provider.kinds.untagged import UntaggedKind
from wiretik_provider.menus import menu

__all__ = ["kind_named"]

_SINGLE: Final[dict[str, Callable[[], Kind]]] = {
    "gate": GateKind,
    "guard": GuardKind,
    "key": KeyKind,
    "seal": SealKind,
}
"""Kinds that have no menu."""


def kind_named(name: str) -> Kind:
    """The kind of a name; `address-list` alone is IPv4's."""
    if name in _SINGLE:
        return _SINGLE[name]()
    if name == "address-list":
        name = "address-list:/ip/firewall/address-list"
    what, _, path = name.rpartition(":")
    described = menu(path)
    if what == "address-list":
        return AddressListKind(described)
    if what == "block":
        return BlockKind(described)
    if what == "held":
        return HeldKind(described)
    kind = SingletonKind if described.singleton else RowKind if described.tagged else UntaggedKind
    return kind(described)
