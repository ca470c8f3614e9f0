"""The plugin's types, and a property's name on the wire: camelCase, as every Pulumi language expects it.

Rule: a type's name is the class's in Python. It is part of a row's tag, so the two fronts know each other's rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Menu

__all__ = ["PACKAGE", "TYPES", "Type", "attribute", "camel", "renamed_rules", "token", "urn"]

PACKAGE: Final = "wiretik"
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
        return MENUS.get(self.kind)

    @property
    def rules(self) -> Menu | None:
        """The menu of a block's rules."""
        what, _, path = self.kind.partition(":")
        return MENUS[path] if what == "block" else None

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
"""Every type by its name."""


def token(name: str) -> str:
    """A type's token in programs, schemas and states."""
    return f"{PACKAGE}:index:{name}"


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
    """`listen_port` as `listenPort`; names that begin with `__` stay, for they are hidden."""
    if name.startswith("__"):
        return name
    head, *rest = re.split("[_-]", name)
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


@cache
def _attributes() -> Mapping[str, str]:
    """Python's name of every property by the wire's: `eui64` is `eui_64`, which no rule would find."""
    found: dict[str, str] = {}
    for menu in MENUS.values():
        for field in menu.fields:
            if found.setdefault(camel(field.attribute), field.attribute) != field.attribute:
                raise ValueError(f"{field.attribute} and {found[camel(field.attribute)]} have one name on the wire")
    return found


def attribute(name: str) -> str:
    """A property's name in Python from the wire's; one that is Python's already stays."""
    if name.startswith("__"):
        return name
    return _attributes().get(name) or re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", name)


def renamed_rules(rules: Any, how: Callable[[str], str]) -> Any:  # noqa: ANN401  (what isn't a map is refused later)
    """A block's rules with other names of their properties, which stand below the rules' own names."""
    if not isinstance(rules, Mapping):
        return rules
    return {
        name: {how(key): value for key, value in rule.items()} if isinstance(rule, Mapping) else rule
        for name, rule in rules.items()
    }
