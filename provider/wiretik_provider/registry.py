"""Every kind by the name that stands in states: a menu's path for its rows, `block:` or `address-list:` and a path, ...

Rule: a name, once given, stays.
"""

from __future__ import annotations

from wiretik_provider.gate.kind import GateKind
from wiretik_provider.kinds import Kind
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.held import HeldKind
from wiretik_provider.kinds.key import KeyKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.kinds.singleton import SingletonKind
from wiretik_provider.kinds.untagged import UntaggedKind
from wiretik_provider.menus import menu

__all__ = ["kind_named"]


def kind_named(name: str) -> Kind:
    """The kind of a name; `address-list` alone is IPv4's."""
    if name == "gate":
        return GateKind()
    if name == "key":
        return KeyKind()
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
