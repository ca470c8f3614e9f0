"""What components take and give, in the words of a package's schema, from the annotations of their Python classes.

A resource in an argument is its name in other languages, and an argument that takes resources alone isn't there. The
settings of a component within another are called so, since `TunnelArgs` is what languages call a resource's own.

What arguments mean is said in their Python classes' docstrings and told in the same words, with names as they are spelt
in other languages.

Rule: pure. Both the schema and the reading of a program's values go by the same annotations.
"""

from __future__ import annotations

import collections.abc
import difflib
import enum
import functools
import inspect
import re
import sys
import types
import typing
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeGuard, TypeVar, Union, get_args, get_origin

import attrs
import pulumi

from wiretik._public import (
    AlwaysOnVpn,
    AlwaysOnVpnArgs,
    ClientProfile,
    ClientProfileArgs,
    RelayMesh,
    RelayMeshArgs,
    RoadWarriors,
    RoadWarriorsArgs,
    Router,
    Site,
    SiteArgs,
    SiteMesh,
    SiteMeshArgs,
    SiteToSite,
    SiteToSiteArgs,
    Tunnel,
    TunnelArgs,
)
from wiretik_provider.plugin.names import PACKAGE, camel

__all__ = ["COMPONENTS", "Component", "Unfit", "described", "either", "fields", "is_plain", "read"]

_UNIONS: Final = (Union, types.UnionType)
_TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_TEXTS: Final[Mapping[str, Any]] = {"type": "object", "additionalProperties": _TEXT}
_ANY: Final[Mapping[str, Any]] = {"$ref": "pulumi.json#/Any"}
_PLAIN: Final[Mapping[type, str]] = {str: "string", bool: "boolean", int: "integer", float: "number"}


_METHODS: Final = frozenset({"waits"})
"""Arguments that leave something to a method of the component, which other languages can't call."""


class Unfit(ValueError):
    """A value that doesn't fit an argument; its text names the argument and the cure."""


class Output(NamedTuple):
    """What a component gives."""

    about: str
    shape: Mapping[str, Any]
    of: Callable[[Any], Any]
    secret: bool = False


class Component(NamedTuple):
    """A component of the package."""

    made: Callable[..., pulumi.ComponentResource]
    args: type
    outputs: Mapping[str, Output]


def _profiles(made: RelayMesh | RoadWarriors | Site) -> dict[str, dict[str, Any]]:
    return {client: dict(modes) for client, modes in made.profiles.items()}


_PUBLIC: Final = Output("What the other end needs to know.", _TEXT, lambda made: made.public_key)
_PORT: Final = Output("Where it is called.", {"type": "integer"}, lambda made: made.listen_port)
_INTERFACE: Final = Output("The name of its WireGuard interface.", _TEXT, lambda made: made.interface.name)
_MUST: Final = Output(
    "The traffic that firewalls of others have to let through, with the rules for it.",
    {"type": "array", "items": _TEXTS},
    lambda made: made.others_must,
)
_PROFILES: Final = Output(
    "For each client its wg-quick texts by mode.", {"type": "object", "additionalProperties": _TEXTS}, _profiles, True
)
COMPONENTS: Final[Mapping[str, Component]] = {
    "AlwaysOnVpn": Component(AlwaysOnVpn, AlwaysOnVpnArgs, {"public_key": _PUBLIC}),
    "ClientProfile": Component(
        ClientProfile,
        ClientProfileArgs,
        {"texts": Output("Its wg-quick texts by mode.", _TEXTS, lambda made: dict(made.texts), True)},
    ),
    "RelayMesh": Component(
        RelayMesh,
        RelayMeshArgs,
        {"public_key": _PUBLIC, "listen_port": _PORT, "profiles": _PROFILES, "others_must": _MUST},
    ),
    "RoadWarriors": Component(
        RoadWarriors,
        RoadWarriorsArgs,
        {"public_key": _PUBLIC, "listen_port": _PORT, "profiles": _PROFILES, "others_must": _MUST},
    ),
    "Site": Component(
        Site,
        SiteArgs,
        {
            "public_keys": Output(
                "What the other ends need to know, by interface.", _TEXTS, lambda made: made.public_keys
            ),
            "profiles": _PROFILES,
            "others_must": _MUST,
        },
    ),
    "SiteMesh": Component(SiteMesh, SiteMeshArgs, {"others_must": _MUST}),
    "SiteToSite": Component(
        SiteToSite,
        SiteToSiteArgs,
        {
            "facts": Output(
                "What another stack must know of end `a`.",
                {"type": "object", "additionalProperties": _ANY},
                lambda made: made.facts,
            ),
            "others_must": _MUST,
        },
    ),
    "Tunnel": Component(
        Tunnel,
        TunnelArgs,
        {"public_key": _PUBLIC, "listen_port": _PORT, "interface": _INTERFACE, "others_must": _MUST},
    ),
}
"""By the name of their class.

`Vlan` and `Uplinks` aren't among them: the VLANs of a bridge, and tunnels beside several lines, must know each other,
and a component that is constructed knows itself alone. A `Site` has both.
"""


def described() -> tuple[dict[str, Any], dict[str, Any]]:
    """The components and the types of their arguments, by tokens, as a schema has them."""
    known: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for name, one in COMPONENTS.items():
        outputs = {
            camel(key): {**out.shape, "description": out.about, **({"secret": True} if out.secret else {})}
            for key, out in one.outputs.items()
        }
        members, required = _members(one.args, known)
        found[_token(name)] = {
            "isComponent": True,
            "description": f"The component `{name}`: docs/components.md says what its arguments mean.",
            "inputProperties": members,
            "requiredInputs": required,
            "properties": outputs,
            "required": sorted(outputs),
        }
    return found, known


@functools.cache
def fields(args: type) -> Mapping[str, tuple[attrs.Attribute[Any], object]]:
    """By the wire's names, the arguments that other languages have, each with its annotation."""
    hints = _hints(args)
    return {
        camel(field.name): (field, hints[field.name])
        for field in attrs.fields(args)
        if field.init and not field.name.startswith("_") and field.name not in _METHODS and _kept(hints[field.name])
    }


def is_plain(hint: object) -> bool:
    """Whether a value must be known before the deployment, since which rows there are depends on it."""
    return not any(part is pulumi.Output or get_origin(part) in (pulumi.Output, Awaitable) for part in either(hint))


def read(hint: object, value: object, where: str) -> object:
    """A value of a program as a class of arguments takes it; outputs at places that take them stay.

    Args:
        hint: the annotation.
        value: with the wire's names.
        where: what a complaint calls it.

    Raises:
        Unfit: it doesn't fit.
    """
    if value is None or isinstance(value, pulumi.Output):
        return value
    parts = either(hint)
    if isinstance(value, Mapping):
        return _of_map(parts, value, where)
    if isinstance(value, list | tuple):
        inner = next((one for one in parts if get_origin(one) in (collections.abc.Sequence, list, tuple)), None)
        if inner is None:
            raise Unfit(f"{where} takes one value; this is a list")
        return [read(get_args(inner)[0], part, f"{where}[{at}]") for at, part in enumerate(value)]
    for one in parts:
        if isinstance(one, type) and issubclass(one, enum.Enum):
            return _one_of(one, value, where)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _one_of(kind: type[enum.Enum], value: object, where: str) -> enum.Enum:
    try:
        return kind(value)
    except ValueError:
        raise Unfit(f"{where} takes one of {', '.join(str(one.value) for one in kind)}") from None


def _of_map(parts: Sequence[object], value: Mapping[str, object], where: str) -> object:
    inner = next((one for one in parts if get_origin(one) in (collections.abc.Mapping, dict)), None)
    if inner is not None:
        kind = get_args(inner)[1]
        return {name: read(kind, part, f"{where}.{name}") for name, part in value.items()}
    kinds = [one for one in parts if _is_args(one)]
    if not kinds:
        raise Unfit(f"{where} takes one value; this is an object")
    # Where there are several, the one whose names they are.
    kind = max(kinds, key=lambda one: (value.keys() <= fields(one).keys(), len(value.keys() & fields(one).keys())))
    return _made(kind, value, where)


def _made(kind: type, value: Mapping[str, object], where: str) -> object:
    there = fields(kind)
    for name in sorted(value.keys() - there.keys()):
        near = difflib.get_close_matches(name, there, 1)
        raise Unfit(f"{where}.{name}: " + (f"did you mean {near[0]}?" if near else f"it has {', '.join(there)}"))
    given = {name: part for name, part in value.items() if part is not None}
    for name, (field, _) in there.items():
        if field.default is attrs.NOTHING and name not in given:
            raise Unfit(f"{where}.{name} is missing")
    told = {there[name][0].name: read(there[name][1], part, f"{where}.{name}") for name, part in given.items()}
    try:
        return kind(**told)
    except (pulumi.RunError, ValueError, TypeError) as wrong:
        raise Unfit(f"{where}: {wrong}") from None


def _hints(kind: type) -> dict[str, object]:
    space = vars(sys.modules[kind.__module__])
    return typing.get_type_hints(kind, {**space}, {"Output": pulumi.Output, "T": TypeVar("T")})


def either(hint: object) -> tuple[object, ...]:
    """The members of a union, or an annotation itself."""
    return tuple(get_args(hint)) if get_origin(hint) in _UNIONS else (hint,)


def _is_args(hint: object) -> TypeGuard[type]:
    return isinstance(hint, type) and attrs.has(hint) and hint is not Router


def _is_resource(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, pulumi.Resource)


def _told(hint: object) -> list[object]:
    """The members of an annotation that other languages can say; a resource is said by its name."""
    found = []
    for one in either(hint):
        what = get_origin(one)
        if one is type(None) or one is pulumi.Output or what in (pulumi.Output, Awaitable) or _is_resource(one):
            continue
        found.append(one)
    return found


def _kept(hint: object) -> bool:
    """Whether anything of it can be said in other languages: resources alone can't."""
    return any(_kept(get_args(one)[0]) if get_origin(one) is collections.abc.Sequence else True for one in _told(hint))


def _shape(hint: object, known: dict[str, Any]) -> dict[str, Any]:
    shapes: list[dict[str, Any]] = []
    for one in _told(hint):
        shape = _shape_of(one, known)
        if shape not in shapes:
            shapes.append(shape)
    return shapes[0] if len(shapes) == 1 else {"oneOf": shapes}


def _shape_of(one: object, known: dict[str, Any]) -> dict[str, Any]:
    what, parts = get_origin(one), get_args(one)
    if what in (collections.abc.Sequence, list, tuple):
        return {"type": "array", "items": _shape(parts[0], known)}
    if what in (collections.abc.Mapping, dict):
        return {"type": "object", "additionalProperties": _shape(parts[1], known)}
    if what is Literal:
        return {"type": _PLAIN[type(parts[0])]}
    if one is Router or (isinstance(one, type) and issubclass(one, enum.Enum)):
        return dict(_TEXT)
    if _is_args(one):
        token = _token(one.__name__.replace("Args", "Settings"))
        if token not in known:
            known[token] = {}  # for one that has itself in it
            members, required = _members(one, known)
            known[token] = {
                "type": "object",
                "description": inspect.cleandoc(one.__doc__ or "").partition("\n\n")[0].replace("\n", " "),
                "properties": members,
                "required": required,
            }
        return {"$ref": f"#/types/{token}"}
    if isinstance(one, type) and one in _PLAIN:
        return {"type": _PLAIN[one]}
    raise ValueError(f"no schema has a word for {one!r}")


def _members(args: type, known: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    found: dict[str, Any] = {}
    texts = _texts(args)
    for name, (field, hint) in fields(args).items():
        marks: dict[str, Any] = {"plain": True} if is_plain(hint) and not _has_outputs(hint, ()) else {}
        if not field.repr:
            marks["secret"] = True
        if field.name in texts:
            marks["description"] = _spelt(texts[field.name], args)
        found[name] = {**_shape(hint, known), **marks}
    needed = [name for name, (field, _) in fields(args).items() if field.default is attrs.NOTHING]
    return found, sorted(needed)


def _texts(args: type) -> dict[str, str]:
    """What a class's docstring says of its arguments."""
    _, *sections = re.split(r"^(?:Attributes|Args):\n", inspect.cleandoc(args.__doc__ or ""), flags=re.MULTILINE)
    whole = "".join(section.partition("\n\n")[0] for section in sections)
    entries = re.split(r"^ {4}(?=\w+: )", whole, flags=re.MULTILINE)
    told = (entry.partition(": ") for entry in entries if entry)
    return {name: " ".join(text.split()) for name, _, text in told}


def _spelt(text: str, args: type) -> str:
    """A sentence with names of arguments as other languages spell them, and as a sentence begins."""
    names = {field.name for field in attrs.fields(args)}
    text = re.sub(r"`(\w+)`", lambda one: f"`{camel(one[1])}`" if one[1] in names else one[0], text)
    return f"{text[:1].upper()}{text[1:]}"


def _has_outputs(hint: object, met: tuple[object, ...]) -> bool:
    """Whether an output may stand somewhere within."""
    for one in either(hint):
        if get_origin(one) in (collections.abc.Sequence, collections.abc.Mapping) and (
            not is_plain(get_args(one)[-1]) or _has_outputs(get_args(one)[-1], met)
        ):
            return True
        if _is_args(one) and one not in met:
            inside = (part for _, part in fields(one).values())
            if any(not is_plain(part) or _has_outputs(part, (*met, one)) for part in inside):
                return True
    return False


def _token(name: str) -> str:
    return f"{PACKAGE}:index:{name}"
