"""Property values: the parts of a resource's inputs and outputs, and their form on the wire.

A value is None, a bool, a number, a string, a list, a dict with string keys, or one of the three marks below. Nothing
here knows resources or does I/O; the form of values in the state is `state`'s business.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Final, Self, TypeAlias

import attrs
from google.protobuf import struct_pb2

__all__ = [
    "OUTPUT_SIG",
    "PROVIDER_KEY",
    "SECRET_SIG",
    "SIG_KEY",
    "UNKNOWN",
    "ResourceRef",
    "Secret",
    "Unknown",
    "Value",
    "Values",
    "from_struct",
    "has_secret",
    "has_unknown",
    "mark_secrets",
    "plain",
    "same",
    "secrets_in",
    "to_struct",
    "unwrap",
]

Value: TypeAlias = Any
Values: TypeAlias = Mapping[str, Value]

# The SDK's signatures of special objects, runtime/rpc.py:62-97 (docs/facts/pulumi.md#the-engines-duties).
SIG_KEY: Final = "4dabf18193072939515e22adb298388d"
SECRET_SIG: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105, a signature that everybody knows
_RESOURCE_SIG: Final = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT_SIG: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
# One text for each kind of unknown value that the SDKs may send (bool, number, string, array, asset, archive, object).
_UNKNOWN_TEXTS: Final = frozenset(
    {
        _UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)

PROVIDER_KEY: Final = "__provider"
"""The pickled provider in every dynamic resource's inputs and outputs: never shown."""


@attrs.frozen
class Secret:
    """A value that may be stored encrypted only and is never shown."""

    value: Value = attrs.field(repr=False)


class Unknown:
    """The type of `UNKNOWN`: a value that only the deployment itself will tell."""

    _only: ClassVar[Any] = None

    def __new__(cls) -> Self:
        """Return the one instance, so that `is UNKNOWN` works."""
        cls._only = cls._only or super().__new__(cls)
        only: Self = cls._only
        return only

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@attrs.frozen
class ResourceRef:
    """A resource as a property's value; `id` is None for a component."""

    urn: str
    id: Value = None
    version: str = ""


def from_struct(struct: struct_pb2.Struct) -> dict[str, Value]:
    """Read the properties of a request or an answer; secrets and unknowns become their marks.

    A message has each of its texts anew: names, and the providers' packed references, are kept once for all resources.
    """
    fields = {sys.intern(key): _from_value(value) for key, value in sorted(struct.fields.items())}
    if isinstance(provider := fields.get(PROVIDER_KEY), str):
        fields[PROVIDER_KEY] = sys.intern(provider)
    return fields


def _from_value(value: struct_pb2.Value) -> Value:
    match value.WhichOneof("kind"):
        case "number_value":
            # The wire knows doubles only; the state shows whole numbers without a point, as Go prints them.
            number = value.number_value
            return int(number) if number.is_integer() and abs(number) < 1e21 else number
        case "string_value":
            return UNKNOWN if value.string_value in _UNKNOWN_TEXTS else value.string_value
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_from_value(item) for item in value.list_value.values]
        case "struct_value":
            return _from_object(from_struct(value.struct_value))
        case _:
            return None


def _from_object(fields: dict[str, Value]) -> Value:
    match fields.get(SIG_KEY):
        case sig if sig == SECRET_SIG:
            return Secret(unwrap(fields.get("value")))
        case sig if sig == _RESOURCE_SIG:
            return ResourceRef(fields["urn"], fields.get("id"), fields.get("packageVersion") or "")
        case sig if sig == OUTPUT_SIG:
            inner = fields.get("value", UNKNOWN)
            return Secret(unwrap(inner)) if fields.get("secret") else inner
        case _:
            return fields


def to_struct(values: Values, *, secrets: bool = True, references: bool = True) -> struct_pb2.Struct:
    """Write properties for a peer; one that takes no secrets gets them plain, without references gets ids.

    The dynamic provider takes neither (docs/facts/pulumi.md#values), the program takes both.
    """
    struct = struct_pb2.Struct()
    for key, value in values.items():
        _to_value(value, struct.fields[key], secrets, references)
    return struct


def _to_value(  # noqa: C901, PLR0912, a case for each kind of value
    value: Value, into: struct_pb2.Value, secrets: bool, references: bool
) -> None:
    match value:
        case None:
            into.null_value = struct_pb2.NULL_VALUE
        case bool():
            into.bool_value = value
        case int() | float():
            into.number_value = value
        case str():
            into.string_value = value
        case Unknown():
            into.string_value = _UNKNOWN_TEXT
        case Secret(inner):
            if secrets:
                into.struct_value.fields[SIG_KEY].string_value = SECRET_SIG
                _to_value(inner, into.struct_value.fields["value"], secrets, references)
            else:
                _to_value(inner, into, secrets, references)
        case ResourceRef():
            if references:
                _to_value(reference_object(value), into, secrets, references)
            else:
                _to_value(value.urn if value.id is None else value.id, into, secrets, references)
        case list() | tuple():
            into.list_value.SetInParent()
            for item in value:
                _to_value(item, into.list_value.values.add(), secrets, references)
        case _:
            into.struct_value.SetInParent()
            for key, item in value.items():
                _to_value(item, into.struct_value.fields[key], secrets, references)


def reference_object(ref: ResourceRef) -> dict[str, Value]:
    """The signed object that stands for a resource on the wire and in the state."""
    shown: dict[str, Value] = {SIG_KEY: _RESOURCE_SIG, "urn": ref.urn, "packageVersion": ref.version}
    return shown if ref.id is None else {**shown, "id": ref.id}


def reference_of(fields: Mapping[str, Value]) -> ResourceRef | None:
    """The resource that a signed object stands for, or None if it isn't one."""
    if fields.get(SIG_KEY) != _RESOURCE_SIG:
        return None
    return ResourceRef(fields["urn"], fields.get("id"), fields.get("packageVersion") or "")


def unwrap(value: Value) -> Value:
    """The value without any secret mark, at any depth."""
    return _rebuild(value, lambda leaf: unwrap(leaf.value) if isinstance(leaf, Secret) else leaf)


def plain(value: Value, *, secret: str = "[secret]", unknown: str = "[unknown]") -> Value:  # noqa: S107
    """The value as it may be shown: secrets and unknowns are replaced by a word."""

    def show(leaf: Value) -> Value:
        match leaf:
            case Secret():
                return secret
            case Unknown():
                return unknown
            case ResourceRef():
                return leaf.urn if leaf.id is None else plain(leaf.id, secret=secret, unknown=unknown)
            case _:
                return leaf

    return _rebuild(value, show)


def has_unknown(value: Value) -> bool:
    """Whether a part of the value is unknown."""
    return _any(value, Unknown)


def has_secret(value: Value) -> bool:
    """Whether a part of the value is a secret."""
    return _any(value, Secret)


def secrets_in(value: Value, *, inside: bool = False) -> Iterator[str]:
    """The texts in a value that are secret."""
    match value:
        case str() if inside:
            yield value
        case Secret(inner):
            yield from secrets_in(inner, inside=True)
        case list() | tuple():
            for item in value:
                yield from secrets_in(item, inside=inside)
        case Mapping():
            for item in value.values():
                yield from secrets_in(item, inside=inside)
        case _:
            pass


def _any(value: Value, mark: type) -> bool:
    if isinstance(value, mark):
        return True
    match value:
        case Secret(inner):
            return _any(inner, mark)
        case ResourceRef():
            return isinstance(value.id, mark)
        case list() | tuple():
            return any(_any(item, mark) for item in value)
        case Mapping():
            return any(_any(item, mark) for item in value.values())
        case _:
            return False


def _rebuild(value: Value, leaf: Callable[[Value], Value]) -> Value:
    match value:
        case list() | tuple():
            return [_rebuild(item, leaf) for item in value]
        case dict():
            return {key: _rebuild(item, leaf) for key, item in value.items()}
        case _:
            return leaf(value)


def same(old: Value, new: Value) -> bool:
    """Whether two values are equal; True isn't 1 here, a null in an object is an absent key."""
    if isinstance(old, bool) != isinstance(new, bool):
        return False
    match old, new:
        case Secret(a), Secret(b):
            return same(a, b)
        case list() | tuple(), list() | tuple():
            return len(old) == len(new) and all(map(same, old, new))
        case dict(), dict():
            keys = old.keys() | new.keys()
            return all(same(old.get(key), new.get(key)) for key in keys)
        case Unknown(), Unknown():
            # Two unknowns may turn out different, so they count as a change: as in the CLI.
            return False
        case _:
            return type(old) is type(new) and bool(old == new) if not _numbers(old, new) else bool(old == new)


def _numbers(old: Value, new: Value) -> bool:
    return isinstance(old, (int, float)) and isinstance(new, (int, float))


def mark_secrets(values: dict[str, Value], like: Values) -> dict[str, Value]:
    """Mark in an answer what was secret in the question, by equal names.

    The dynamic provider takes no secrets, so its answers come back plain; the engine marks same-named keys again, goes
    down into objects, but not into lists: a list that held a secret is secret as a whole (docs/facts/pulumi.md#values).
    """
    return {key: _mark(value, like[key]) if key in like else value for key, value in values.items()}


def _mark(value: Value, like: Value) -> Value:
    match value, like:
        case Secret(), _:
            return value
        case _, Secret():
            return Secret(value)
        case str(), str() if value == like:
            return like  # the same text once
        case dict(), dict():
            return mark_secrets(value, like)
        case (list(), list()) if has_secret(like):
            return Secret(value)
        case _:
            return value
