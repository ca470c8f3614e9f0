"""The plugin's types, and a property's name on the wire: camelCase, as every Pulumi language expects it.

Rule: a type's name is the class's in Python. It is part of a row's tag, so the two fronts know each other's rows.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from wiretik_provider.menus import MENUS, at, every
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.menus.descriptor import token as class_of

__all__ = [
    "DYNAMIC",
    "PACKAGE",
    "TYPES",
    "Type",
    "attribute",
    "camel",
    "class_of_type",
    "every_type",
    "from_generated",
    "renamed_rules",
    "token",
    "type_named",
    "urn",
]

PACKAGE: Final = "wiretik"
EVERY: Final = "menus"
"""The package's module of the types that nobody made by hand, as `wiretik.menus` is Python's."""
DYNAMIC: Final = f"pulumi-python:dynamic/{PACKAGE}:"
"""With what the types of the dynamic front begin."""
GATE: Final = "Preflight"

_CHAINS: Final = {"RoutingRule": "RoutingRuleChain"}
"""Of menus with an order, what a block of their rules is called where it isn't `Rule` with `Chain` in its place."""


class Type(NamedTuple):
    """A type of resources.

    Attributes:
        kind: its permanent name (`registry`).
        named: the property that is the logical name where the program doesn't give it; empty for none.
    """

    kind: str
    named: str = ""

    @property
    def menu(self) -> Menu | None:
        """The menu of a single row."""
        return at(self.kind)

    @property
    def rules(self) -> Menu | None:
        """The menu of a block's rules."""
        what, _, path = self.kind.partition(":")
        return MENUS[path] if what == "block" else None

    @property
    def loose(self) -> bool:
        """Whether its menu is known from data alone, so that a program may say more of it than we know."""
        return self.kind not in MENUS and self.menu is not None

    @property
    def signed(self) -> bool:
        """Whether a tag says whose it is."""
        return self.kind not in {"gate", "guard", "key", "seal"}

    @property
    def secrets(self) -> frozenset[str]:
        """Its properties that are always secret."""
        if self.kind == "key":
            return frozenset({"private_key"})
        return frozenset(field.attribute for field in self.menu.fields if field.secret) if self.menu else frozenset()


def _types() -> dict[str, Type]:
    found = {
        "AddressList": Type("address-list", "list"),
        "Ipv6AddressList": Type("address-list:/ipv6/firewall/address-list", "list"),
        "AllowedAddress": Type("held:/interface/wireguard/peers"),
        "WireGuardKey": Type("key"),
        "Guard": Type("guard"),
        "Seal": Type("seal"),
        GATE: Type("gate"),
    }
    for menu in MENUS.values():
        if menu.resource:
            found[menu.resource] = Type(menu.path, menu.named)
        if menu.resource and menu.ordered:
            chain = _CHAINS.get(menu.resource) or f"{menu.resource.removesuffix('Rule')}Chain"
            found[chain] = Type(f"block:{menu.path}")
    return dict(sorted(found.items()))


TYPES: Final[Mapping[str, Type]] = _types()
"""The types that somebody made by hand, by their names."""


@cache
def _loose() -> Mapping[str, str]:
    """The menus whose rows have no class that was made by hand, by the names of their types."""
    return {class_of(path): path for path in every.heads() if path not in MENUS or not MENUS[path].resource}


@cache
def type_named(name: str) -> Type | None:
    """A type by its name, which is the class's in Python; None where there is none."""
    if name in TYPES:
        return TYPES[name]
    menu = at(_loose().get(name, ""))
    return Type(menu.path, menu.named) if menu else None


def every_type() -> Iterator[tuple[str, Type]]:
    """All types with their names: those that nobody made by hand come last."""
    yield from TYPES.items()
    for name in sorted(_loose()):
        if found := type_named(name):
            yield name, found


def class_of_type(type_: str) -> str:
    """The class that a resource's type of either front names; empty where it is a component's or a stranger's."""
    package, _, name = type_.rpartition(":")
    if package == DYNAMIC.rstrip(":"):
        return name
    return name if package in {f"{PACKAGE}:index", f"{PACKAGE}:{EVERY}"} and type_named(name) else ""


def token(name: str) -> str:
    """A type's token in programs, schemas and states."""
    return f"{PACKAGE}:{EVERY if name not in TYPES and name in _loose() else 'index'}:{name}"


class Urn(NamedTuple):
    """What a URN says."""

    project: str
    stack: str
    type: str
    """The type's name."""
    name: str
    """The logical name."""


def urn(text: str) -> Urn:
    """Reads `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME`."""
    stack, project, types, name = text.removeprefix("urn:pulumi:").split("::", 3)
    return Urn(project, stack, types.rpartition("$")[2].rpartition(":")[2], name)


def camel(name: str) -> str:
    """`listen_port` as `listenPort`; names that begin with `__` stay, for they are hidden.

    A part that begins with a digit keeps its `_`, or nothing would lead back from it. A name that begins so has an `x`
    in front, since no language has such names, and `id` its `_`, since Pulumi means another thing by it.
    """
    if name.startswith("__") or name == "id_":
        return name
    if name in _BY_HAND:
        return _BY_HAND[name]
    head, *rest = re.split("[_-]", name)
    if not head and rest and rest[0][:1].isdigit():
        head, *rest = f"x{rest[0]}", *rest[1:]
    return head + "".join(f"_{part}" if part[:1].isdigit() else part[:1].upper() + part[1:] for part in rest)


_BY_HAND: Final = {"eui_64": "eui64"}
"""Names that were given before there was a rule for their like."""
_BACK: Final = {wire: name for name, wire in _BY_HAND.items()}


def attribute(name: str) -> str:
    """A property's name in Python from the wire's; one that is Python's already stays."""
    if name.startswith("__"):
        return name
    name = from_generated(re.sub(r"(?<!^)[A-Z]", lambda found: f"_{found[0].lower()}", name))
    return f"{name}_" if keyword.iskeyword(name) else name


def from_generated(name: str) -> str:
    """A property's name in Python from that in Python code of `pulumi import`, which is made of the wire's.

    Pulumi puts its `_` before capitals alone, so it can't know of one before a digit: `x802_3_sap`, `eui64`.
    """
    if name[:1] == "x" and name[1:2].isdigit():
        return f"_{name[1:]}"
    return _BACK.get(name, name)


def renamed_rules(rules: object, how: Callable[[str], str]) -> object:
    """A block's rules with other names of their properties, below the rules' own names; no map is refused later."""
    if not isinstance(rules, Mapping):
        return rules
    return {
        name: {how(key): value for key, value in rule.items()} if isinstance(rule, Mapping) else rule
        for name, rule in rules.items()
    }
