"""Shared by all typed resources: a class and its menu are bound once, and all else follows from the descriptor.

Names are known without waiting: a reference takes the resource itself, so both the dependency and the name are there
when the program's body has ended, which is what the gate needs.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Awaitable, Mapping
from typing import Any, ClassVar, Final, Self, TypedDict, cast

import attrs
import pulumi

from wiretik.resources.base.front import PART, Fronted, is_plugin
from wiretik.resources.base.gate import Gate, Place, gate_of
from wiretik.resources.base.misuse import Misuse, kind_of, unknown, wrong_type
from wiretik.resources.base.position import Position, no_place
from wiretik.resources.base.router import Router
from wiretik.resources.base.taking_over import taking_over
from wiretik.resources.base.words import properties
from wiretik_provider.api.access import adopting
from wiretik_provider.errors import UnknownMenu
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import EXTRA, SHAPE, Menu
from wiretik_provider.plugin.names import PACKAGE, from_generated
from wiretik_provider.rows import ownership
from wiretik_provider.rows.stored import AS_FOUND

__all__ = ["Not", "Ref", "Row", "RowArgs"]


class RowArgs(TypedDict, total=False):
    """What every resource takes besides its menu's properties."""

    router: Router | str
    """Which router; may be left out where the stack has only one."""
    adopt: bool
    """Take over a row that is there already and isn't this program's; destroy gives it its former values back."""


class Row(Fronted):
    """A row of a RouterOS menu, or the settings of a menu that has one row: what all resources are."""

    # Subclasses say `menu=`, the path, and `named=`, the property that is the logical name where it isn't given; one
    # that isn't a single row says `kind=` and the properties that it `takes=` instead of the menu's fields.
    _menu: ClassVar[Menu]
    _named: ClassVar[str] = ""
    _kind: ClassVar[str] = ""
    _takes: ClassVar[tuple[str, ...]] = ()
    _gives: ClassVar[tuple[str, ...]] = ()

    row_id: pulumi.Output[str]
    """The router's `.id`, such as `*1A`: for looking at, not an identity, since it changes when a row is made anew."""

    def __init_subclass__(
        cls,
        menu: str = "",
        named: str = "",
        kind: str = "",
        takes: tuple[str, ...] = (),
        **kwargs: object,
    ) -> None:
        token = cls.__name__ if menu else cls._resource_type_name.rpartition(":")[2]
        super().__init_subclass__(module="wiretik", name=token, **kwargs)
        if menu:
            try:
                cls._menu = menu_at(menu)
            except UnknownMenu as unknown:
                raise pulumi.RunError(f"class {cls.__name__}: {unknown}") from None
            cls._named, cls._kind = named, kind or menu
            if named and named not in cls._menu.by_attribute:
                there = ", ".join(cls._menu.by_attribute)
                raise pulumi.RunError(f"class {cls.__name__}: {menu} has no property {named!r}; it has {there}")
            cls._takes = takes or tuple(field.attribute for field in cls._menu.taken)
            cls._gives = takes or (*(field.attribute for field in cls._menu.outputs), "row_id")
            if cls._takes != takes:
                cls.__doc__ = f"{inspect.cleandoc(cls.__doc__ or '')}\n\n{properties(cls._menu, named)}\n"
            # Pulumi makes ints of the floats that come back by a class's own annotations; let mixins' count too.
            mixed = [inspect.get_annotations(base) for base in cls.__mro__ if not issubclass(base, pulumi.Resource)]
            cls.__annotations__ = {name: kind for own in mixed for name, kind in own.items()} | cls.__annotations__

    def __init__(self, resource_name: str, args: Mapping[str, Any], opts: pulumi.ResourceOptions | None = None) -> None:
        if not self._kind:
            raise Misuse(f"{type(self).__name__} itself is no row: make one of a class such as wt.FilterRule")
        given = {from_generated(name): value for name, value in args.items() if value is not None}
        router = given.pop("router", "")
        self._router = router.name if isinstance(router, Router) else str(router)
        self._logical_name = resource_name
        adopt: object = given.pop("adopt", False)
        place: Position | None = given.pop("position", None)
        find = given.pop("find", None) if self._menu.fixed else None
        extra = given.pop(EXTRA, None) if self._menu.loose else None
        self._refuse_odd(resource_name, router, adopt, place)
        adopt = adopt or (AS_FOUND if taking_over() else False)
        told = {"find": find, EXTRA: extra, SHAPE: self._menu.shape or None}
        self._where: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        opts = opts or pulumi.ResourceOptions()
        self._refuse_unknown(resource_name, given)
        self._refuse_options(resource_name, opts)
        self._refuse_unpackaged(resource_name, unlisted=bool(self._menu.shape))
        if self._named and opts.id is None:
            given.setdefault(self._named, resource_name)
        self._known = {name: _plain(value) for name, value in given.items()}
        secrets = [field.attribute for field in self._menu.fields if field.secret]
        props: dict[str, Any] = dict.fromkeys(self._gives)
        for name, value in given.items():
            sent = _sent(value, resource_name, name)
            props[name] = pulumi.Output.secret(sent) if name in secrets else sent
        called = type(self).__name__ if hasattr(type(self), "_menu") else self._menu.token
        self._tag = ownership.make(pulumi.get_project(), pulumi.get_stack(), called, resource_name)
        props |= {"router": self._router or None, "adopt": adopt or None, "tag": self._tag}
        props |= self._where
        behind: list[pulumi.Resource] = []
        if place is not None:
            props["position"] = self._where["position"] = self._placed(resource_name, place)
            if isinstance(place.neighbour, Row):
                behind.append(place.neighbour)
        if opts.id is None:
            self._where["itself"] = self
            if opts.parent is not None:
                self._where["parent"] = f"{opts.parent.pulumi_resource_type}::{opts.parent.pulumi_resource_name}"
            gate = gate_of(self._router)
            behind += gate.resources
            if self._menu.ordered:
                chain = self._known.get("chain") if self._menu.chain else ""
                gate.place(Place(self._menu.path, chain, resource_name, place, *self._block()))
            # What is imported is there, and nothing is written by that; which row it is the gate looks at.
            self._where |= {"imported": opts.import_} if opts.import_ and is_plugin() else {}
            taken = bool(adopt) or "imported" in self._where or adopting(os.environ)
            self._declare(gate, self._known, adopt=taken)
        else:
            props["tag"] = None
        more = pulumi.ResourceOptions(depends_on=behind, additional_secret_outputs=secrets or None)
        super().__init__(self._kind, resource_name, props, pulumi.ResourceOptions.merge(opts, more))

    def _declare(self, gate: Gate, shown: Mapping[str, Any], *, adopt: bool) -> None:
        """Tells the gate what this resource puts on the router."""
        gate.declare(self._kind, self._logical_name, self._tag, shown, adopt=adopt, **self._where)

    def _block(self) -> tuple[bool, bool]:
        """Whether this is a whole block of rules, and whether it prunes those of others."""
        return False, False

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002  (Pulumi's own name for it)
        opts: pulumi.ResourceOptions | None = None,
        *,
        router: Router | str = "",
    ) -> Self:
        """A row that is on the router, to read: it is never changed or deleted.

        Args:
            resource_name: the logical name in this program.
            id: its natural key (a name, a public key, `ADDRESS,INTERFACE`), or RouterOS's `.id` such as `*1A`.
            opts: Pulumi's options of a resource.
            router: the router that it is on.
        """
        asked: object = id
        if not asked or not isinstance(asked, str | pulumi.Output | Awaitable):
            raise Misuse(f"{cls.__name__}.get {resource_name!r}: id takes the row's natural key; this is {kind_of(id)}")
        found = cls.__new__(cls)
        Row.__init__(
            found, resource_name, {"router": router}, pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        )
        return found

    def _refuse_unknown(self, resource_name: str, given: Mapping[str, Any]) -> None:
        there = [*self._takes, "router", "adopt", *(["position"] if self._menu.ordered else [])]
        wrong = unknown(set(given) - set(self._takes), there)
        if wrong:
            raise Misuse(f"{type(self).__name__} {resource_name!r} has no property {wrong}")

    def _refuse_options(self, resource_name: str, opts: pulumi.ResourceOptions) -> None:
        """Refuses a row of a provider that the program makes: its gate asks the router that the stack's config names.

        Who only reads a row has no gate; but dynamic resources take no provider of the package at all. That a block
        isn't imported the package would say when its turn comes, with rows before it written.
        """
        if opts.import_ and self._kind.startswith("block:"):
            raise Misuse(
                f"{type(self).__name__} {resource_name!r}: import_: a whole block isn't imported: leave it out and say "
                "adopt=True, which takes over the rules that are equal"
            )
        if PART.get() is not None or (opts.id is not None and is_plugin()):
            return
        some = opts.providers or ()
        own = [opts.provider, *(some.values() if isinstance(some, Mapping) else some)]
        own += [opts.parent.get_provider(f"{PACKAGE}:index:Row")] if opts.parent else []
        for one in own:
            if one is not None and one.package == PACKAGE:
                raise Misuse(
                    f"{type(self).__name__} {resource_name!r}: provider: {one.pulumi_resource_name!r} may be another "
                    "router than that of the stack's config, which the gate would check instead: leave the provider "
                    "out, name each router in wiretik:routers, and say which by router="
                )

    def _refuse_odd(self, resource_name: str, router: object, adopt: object, place: object) -> None:
        who = f"{type(self).__name__} {resource_name!r}"
        if not isinstance(router, Router | str):
            raise Misuse(wrong_type(who, "router", router, Router | str))
        if not isinstance(adopt, bool):
            raise Misuse(wrong_type(who, "adopt", adopt, bool))
        if place is not None and not isinstance(place, Position):
            raise Misuse(f"{who}: {no_place(place)}")

    def _reference(self, user: str, name: str) -> pulumi.Output[str]:
        """This row's name, as a property of another one."""
        if not self._named:
            raise Misuse(f"{user}: {name} takes a name; {self._menu.a_row} has none")
        found: pulumi.Output[str] = getattr(self, self._named)
        return found

    def _placed(self, resource_name: str, place: Position) -> dict[str, Any]:
        if not self._menu.ordered:
            raise Misuse(f"{type(self).__name__} {resource_name!r}: rows of {self._menu.path} have no position")
        other = place.neighbour
        if isinstance(other, Row) and (other._menu.path, other._router) != (self._menu.path, self._router):
            raise Misuse(
                f"{type(self).__name__} {resource_name!r} can't stand beside {type(other).__name__} "
                f"{other._logical_name!r}: it is in another menu or on another router"
            )
        return place._input()


Ref = pulumi.Input[str] | Row
"""A reference: a name, or the resource whose name it is."""


@attrs.frozen
class Not:
    """All but the object of a reference in a matcher: `in_interface_list=wt.Not(wan)` is `!` before the list's name."""

    of: Ref
    """A name, or the resource whose name it is."""


def _negated(name: pulumi.Input[str]) -> pulumi.Input[str]:
    return f"!{name}" if isinstance(name, str) else pulumi.Output.concat("!", name)


_STRINGIFIED: Final = "Calling __str__ on an Output[T] is not supported"
"""What Pulumi gives for the text of an output."""


_SENT: Final = (str, int, float, type(None), pulumi.Output, Awaitable, pulumi.Asset, pulumi.Archive)
"""What Pulumi can take to the provider, besides lists and mappings of these."""


def _sent(value: object, user: str, name: str) -> object:
    """A value as Pulumi takes it: resources in it, at any depth, become their names."""
    if isinstance(value, Row):
        return value._reference(user, name)
    if isinstance(value, pulumi.Resource):
        raise Misuse(f"{user}: {name} takes a value; give an output of {value.pulumi_resource_name!r}, such as its id")
    if isinstance(value, str) and _STRINGIFIED in value:
        raise Misuse(
            f"{user}: {name}: text was made of an output that isn't known yet: in place of f'…' and str() use "
            "pulumi.Output.concat(...), or apply()"
        )
    if isinstance(value, Not):
        of = value.of._reference(user, name) if isinstance(value.of, Row) else value.of
        return _negated(of)
    if isinstance(value, Mapping):
        return {key: _sent(part, user, f"{name}.{key}") for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_sent(part, user, name) for part in value]
    if not isinstance(value, _SENT):
        cure = "; str(…) makes text of it" if type(value).__module__ == "ipaddress" else ""
        raise Misuse(f"{user}: {name} takes text, a number or an output; this is {kind_of(value)}{cure}")
    return value


def _plain(value: object) -> object:
    """What the gate is told of a property: a resource's name where that is plain, else the value or output."""
    if isinstance(value, Row):
        return _plain(value._known.get(value._named))
    if isinstance(value, Not):
        return _negated(cast(pulumi.Input[str], _plain(value.of)))  # the name of a row is text, or an output of it
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        parts = [_plain(part) for part in value]
        return pulumi.Output.all(*parts) if any(isinstance(part, pulumi.Output) for part in parts) else parts
    return value
