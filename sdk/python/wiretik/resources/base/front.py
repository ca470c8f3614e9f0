"""Which of the two fronts registers a program's resources: the dynamic provider, or Wiretik as a Pulumi package.

`wiretik:front` says which: `dynamic`, which needs nothing installed, or `plugin` (docs/plugin.md). A program is the
same for both. A resource of the package has its type of the dynamic front as an alias, so a stack moves over by an
update of each resource, of which none writes to the router.

What carries the session or the LAN is protected where `wiretik own` has found it: by config, `wiretik:protect`, so that
nobody's program need be edited for it; `protect=` in a resource's own options wins.

Rule: names are Python's in programs and the wire's in what is sent; keys within a property are nobody's names, but for
those of a block's rules.
"""

from __future__ import annotations

import copy
import functools
import importlib.metadata
import json
from contextvars import ContextVar
from typing import Any, Final

import attrs
import pulumi
import pulumi.dynamic

from wiretik import _pulumi_compat
from wiretik.resources.base.misuse import Misuse
from wiretik_provider.dynamic import provider_for
from wiretik_provider.menus.descriptor import EXTRA, attribute
from wiretik_provider.plugin.names import PACKAGE, camel, renamed_rules, token, type_named

__all__ = ["PART", "Fronted", "Part", "former_front", "is_plugin"]

FRONTS: Final = ("dynamic", "plugin")
_OPTIONS: Final = ("additional_secret_outputs", "hide_diffs", "ignore_changes", "replace_on_changes")
"""The options of a resource that name properties."""

_pulumi_compat.remember()  # here for programs that the CLI runs; the embedded engine has done it by now
_pulumi_compat.pack_once()


@attrs.define(eq=False)
class Part:
    """A component that Pulumi constructs for a program in another language: it stands for a whole program here.

    Attributes:
        type: its type.
        name: its logical name.
        provider: of the routers, where the program makes one; None for the stack's own.
    """

    type: str
    name: str
    provider: pulumi.ProviderResource | None = None
    _outputs_registered: bool = False
    """Whether all rows are declared, in the SDK's own word for it (`_pulumi_compat.body_ended`)."""

    @property
    def gate(self) -> str:
        """What its gate's name begins with: components of several types may have one name, as Pulumi allows it."""
        return f"{self.name}-{self.type.rpartition(':')[2]}"


PART: Final[ContextVar[Part | None]] = ContextVar("wiretik component that is constructed", default=None)


def is_plugin() -> bool:
    """Whether this stack's resources are the package's, as those of a component that Pulumi constructs always are.

    Raises:
        Misuse: `wiretik:front` is neither.
    """
    if PART.get() is not None:
        return True
    front = pulumi.Config("wiretik").get("front") or "dynamic"
    if front not in FRONTS:
        raise Misuse(f"wiretik:front is {front!r}; it is dynamic or plugin")
    return front == "plugin"


def former_front(type_: str) -> pulumi.ResourceOptions | None:
    """Of a dynamic resource, that it was the package's: so it learns that the program goes back, and refuses it."""
    return None if is_plugin() else pulumi.ResourceOptions(aliases=[pulumi.Alias(type_=token(type_))])


@functools.cache
def _version() -> str:
    """Wiretik's own, which is the package's; each look reads a file."""
    return importlib.metadata.version(PACKAGE)


@functools.lru_cache(8)
def _protected(text: str) -> frozenset[str]:
    """The classes and names in `wiretik:protect`."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict | list):
        raise Misuse('wiretik:protect names resources by class and name: {"IpAddress::lan": "why"}')
    return frozenset(map(str, found))


class _Property(str):
    """A property's name, as against a key somewhere within its value: Pulumi translates both by one function."""

    __slots__ = ()


class Fronted(pulumi.dynamic.Resource):
    """A resource of whichever front the stack asks for."""

    _wiretik_outputs_when_asked = True  # see _pulumi_compat

    def __init__(self, kind: str, name: str, props: dict[str, Any], opts: pulumi.ResourceOptions | None = None) -> None:
        type_ = self._resource_type_name.rpartition(":")[2]
        if f"{type_}::{name}" in _protected(pulumi.Config("wiretik").get("protect") or ""):
            opts = copy.copy(opts) if opts else pulumi.ResourceOptions()
            opts.protect = True if opts.protect is None else opts.protect
        if not is_plugin():
            super().__init__(provider_for(kind), name, props, opts)
            return
        packaged = type_named(type_)
        rules = packaged.rules if packaged else None
        sent: dict[str, Any] = {
            _Property(key): renamed_rules(value, camel) if rules and key == "rules" else value
            for key, value in props.items()
            if key != "tag"  # the package makes it of the URN
        }
        if props.get(EXTRA):
            sent[_Property(EXTRA)] = {one: props[attribute(one)] for one in props[EXTRA]}
            sent |= dict.fromkeys(_Property(attribute(one)) for one in props[EXTRA])  # told as outputs, too
        opts = copy.copy(opts) if opts else pulumi.ResourceOptions()
        for option in _OPTIONS:
            if named := getattr(opts, option, None):
                setattr(opts, option, [camel(each) for each in named])
        opts.version = opts.version or _version()
        known = opts.aliases or []
        opts.aliases = [*known, pulumi.Alias(type_=f"pulumi-python:{self._resource_type_name}")]
        self._own_aliases = 1
        self._wire = {camel(key): key for key in props}
        if rules:
            self._wire = {**{camel(one.attribute): one.attribute for one in rules.fields}, **self._wire}
        pulumi.CustomResource.__init__(self, token(type_), name, sent, opts)

    def _refuse_unpackaged(self, name: str, *, unlisted: bool) -> None:
        """Refuses what the package hasn't got, where it is the stack's front.

        Args:
            name: the logical name.
            unlisted: whether it is a row of a menu that Wiretik doesn't know.
        """
        if is_plugin() and (unlisted or type_named(self._resource_type_name.rpartition(":")[2]) is None):
            cure = "or set wiretik:front to dynamic" if PART.get() is None else "or write the program in Python"
            raise Misuse(f"{type(self).__name__} {name!r}: the package has no such type; take it out, {cure}")

    def translate_input_property(self, prop: str) -> str:
        """A property's name on the wire; keys within values stay."""
        return camel(prop) if isinstance(prop, _Property) else prop

    def translate_output_property(self, prop: str) -> str:
        """A property's name in Python."""
        wire: dict[str, str] = self.__dict__.get("_wire", {})
        return wire.get(prop, prop)
