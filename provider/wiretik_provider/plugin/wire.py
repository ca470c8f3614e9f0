"""Between Pulumi's protocol and plain values by Python's names.

A secret is noted by the property that it stands in, and an unknown anywhere in a property makes all of it unknown:
so kinds never meet Pulumi's wrappers. A null is a property that isn't there.

Rule: what goes out is as it came in, but for names (`names`), bytes that aren't UTF-8 (`printable.stored`) and `extra`,
which is a map on the wire, and for the kinds the names in it and a property for each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from google.protobuf import struct_pb2

from wiretik_provider.masks import is_secret
from wiretik_provider.menus import descriptor
from wiretik_provider.menus.descriptor import EXTRA
from wiretik_provider.plugin.names import Type, attribute, camel, renamed_rules
from wiretik_provider.printable import restored, stored
from wiretik_provider.rows.compare import UNKNOWN

__all__ = ["Given", "decode", "encode", "outputs_at_leaves"]

_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key by which a map says that it stands for something else, and below what it stands for
(https://github.com/pulumi/pulumi/blob/master/sdk/python/lib/pulumi/runtime/rpc.py)."""
_SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105
_OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
_UNKNOWN: Final = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
"""How a preview writes a bool, a number, a text, a list, an asset, an archive or a map that it doesn't know yet
(https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go)."""
_SAY_UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_HIDDEN: Final = ("__provider",)
"""What the dynamic front keeps in a state and nobody else needs."""


class Given(NamedTuple):
    """Properties as they came."""

    values: dict[str, Any]
    """By Python's names; `UNKNOWN` where any part of one isn't known."""
    secret: frozenset[str]
    """Which of them have a secret in them."""
    raw: dict[str, Any]
    """The same, but unknowns at their own places."""


class _Reader:
    """One property; it notes what it meets on the way."""

    def __init__(self) -> None:
        self.secret = self.unknown = False

    def read(self, value: struct_pb2.Value) -> object:
        found: object = None
        match value.WhichOneof("kind"):
            case "struct_value":
                found = self._map(value.struct_value.fields)
            case "list_value":
                found = [self.read(part) for part in value.list_value.values]
            case "string_value":
                text = value.string_value
                found = self._unknown() if text in _UNKNOWN else restored(text)
            case "number_value":
                number = value.number_value
                found = int(number) if number.is_integer() else number
            case "bool_value":
                found = value.bool_value
        return found

    def _map(self, fields: Mapping[str, struct_pb2.Value]) -> object:
        match fields[_SIGNATURE].string_value if _SIGNATURE in fields else "":
            case signature if signature == _SECRET:
                self.secret = True
                return self.read(fields["value"]) if "value" in fields else None
            case signature if signature == _OUTPUT:
                self.secret |= "secret" in fields and fields["secret"].bool_value
                return self.read(fields["value"]) if "value" in fields else self._unknown()
            case signature if signature == _RESOURCE:
                return fields["id"].string_value if "id" in fields else fields["urn"].string_value
            case _:
                told = {restored(name): self.read(part) for name, part in fields.items()}
                return {name: part for name, part in told.items() if part is not None}

    def _unknown(self) -> object:
        self.unknown = True
        return UNKNOWN


def decode(struct: struct_pb2.Struct, kind: Type) -> Given:
    """A resource's properties, or a state's, by Python's names."""
    values: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    secret: set[str] = set()
    for said, part in struct.fields.items():
        name = attribute(said)
        if name == EXTRA and kind.loose and (more := _entries(part)) is not None:
            values |= {**more.values, EXTRA: sorted(more.raw)}
            raw[EXTRA] = more.raw
            secret |= more.secret
            continue
        reader = _Reader()
        value = reader.read(part)
        if value is None or said in _HIDDEN:
            continue
        raw[name] = renamed_rules(value, attribute) if _has_rules(kind, name) else value
        values[name] = UNKNOWN if reader.unknown else raw[name]
        if reader.secret:
            secret.add(name)
    return Given(values, frozenset(secret), raw)


def encode(
    props: Mapping[str, Any], kind: Type, secret: Collection[str] = (), *, outputs: bool = False
) -> struct_pb2.Struct:
    """Properties by Python's names as the protocol has them.

    Args:
        props: with `UNKNOWN` where something isn't known.
        kind: whose they are.
        secret: those that are secret, as far as they are there.
        outputs: whether they are a resource's outputs; those have what `extra` says by its own name, too.
    """
    fields = {}
    if kind.loose and isinstance(props.get(EXTRA), list | tuple):
        named = {one: descriptor.attribute(one) for one in props[EXTRA]}
        hidden = {attr for one, attr in named.items() if attr in secret or is_secret(one)}
        more = {one: props[attr] for one, attr in named.items() if attr in props}
        props = {name: value for name, value in props.items() if outputs or name not in named.values()} | {EXTRA: more}
        secret = {*secret, *hidden, *([EXTRA] if hidden else [])}
    for name, value in props.items():
        made = _value(renamed_rules(value, camel) if _has_rules(kind, name) else value)
        if name in secret:
            marked = {_SIGNATURE: struct_pb2.Value(string_value=_SECRET), "value": made}
            made = struct_pb2.Value(struct_value=struct_pb2.Struct(fields=marked))
        fields[camel(name)] = made
    return struct_pb2.Struct(fields=fields)


def outputs_at_leaves(struct: struct_pb2.Struct) -> struct_pb2.Struct:
    """The same properties, where each part of a secret or an output is an output by itself.

    Pulumi's SDK takes a secret that isn't known for one without a value, and makes a secret of all that one stands in
    (https://github.com/pulumi/pulumi/blob/master/sdk/python/lib/pulumi/runtime/rpc.py, `deserialize_property`); a YAML
    program says a whole object as one output, as soon as any part of it is one.
    """
    return struct_pb2.Struct(fields={name: _at_leaves(value, _Marks()) for name, value in struct.fields.items()})


class _Marks(NamedTuple):
    """What an output says of itself, besides its value."""

    secret: bool = False
    dependencies: tuple[str, ...] = ()

    def of(self, fields: Mapping[str, struct_pb2.Value]) -> _Marks:
        """These, and those of an output within."""
        more = fields["dependencies"].list_value.values if "dependencies" in fields else ()
        secret = "secret" in fields and fields["secret"].bool_value
        return _Marks(self.secret or secret, (*self.dependencies, *(one.string_value for one in more)))

    def output(self, **value: struct_pb2.Value) -> struct_pb2.Value:
        """An output with these; one without a value isn't known."""
        urns = [struct_pb2.Value(string_value=one) for one in self.dependencies]
        fields = {
            _SIGNATURE: struct_pb2.Value(string_value=_OUTPUT),
            "secret": struct_pb2.Value(bool_value=self.secret),
            "dependencies": struct_pb2.Value(list_value=struct_pb2.ListValue(values=urns)),
            **value,
        }
        return struct_pb2.Value(struct_value=struct_pb2.Struct(fields=fields))


def _at_leaves(value: struct_pb2.Value, marks: _Marks) -> struct_pb2.Value:
    fields = value.struct_value.fields
    signature = fields[_SIGNATURE].string_value if _SIGNATURE in fields else ""
    if signature in {_SECRET, _OUTPUT}:
        within = marks._replace(secret=True) if signature == _SECRET else marks.of(fields)
        return _at_leaves(fields["value"], within) if "value" in fields else within.output()
    if value.HasField("list_value"):
        parts = [_at_leaves(part, marks) for part in value.list_value.values]
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=parts))
    if value.HasField("struct_value") and not signature:
        inside = {name: _at_leaves(part, marks) for name, part in fields.items()}
        return struct_pb2.Value(struct_value=struct_pb2.Struct(fields=inside))
    if signature or marks == _Marks():
        return value
    return marks.output() if value.string_value in _UNKNOWN else marks.output(value=value)


def _entries(part: struct_pb2.Value) -> Given | None:
    """What `extra` has: the values by Python's names, as they are by RouterOS's; None where it is no map.

    Where any of it is a secret, all of it is one on the wire.
    """
    fields, secret = part.struct_value.fields, False
    while _SIGNATURE in fields:
        whole = fields["value"] if "value" in fields else struct_pb2.Value()
        secret |= fields[_SIGNATURE].string_value == _SECRET or ("secret" in fields and fields["secret"].bool_value)
        part, fields = whole, whole.struct_value.fields
    if not part.HasField("struct_value"):
        return None
    values: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    hidden = {EXTRA} if secret else set()
    for one, value in fields.items():
        reader = _Reader()
        if (read := reader.read(value)) is not None:
            name = descriptor.attribute(one)
            raw[one], values[name] = read, UNKNOWN if reader.unknown else read
            hidden |= {EXTRA, name} if secret or reader.secret else set()
    return Given(values, frozenset(hidden), raw)


def _has_rules(kind: Type, name: str) -> bool:
    return name == "rules" and kind.rules is not None


def _value(value: object) -> struct_pb2.Value:
    made: dict[str, Any]
    if value is UNKNOWN:
        made = {"string_value": _SAY_UNKNOWN}
    elif value is None:
        made = {"null_value": struct_pb2.NULL_VALUE}
    elif isinstance(value, bool):
        made = {"bool_value": value}
    elif isinstance(value, int | float):
        made = {"number_value": value}
    elif isinstance(value, str):
        made = {"string_value": stored(value)}
    elif isinstance(value, Mapping):
        parts = {stored(str(name)): _value(part) for name, part in value.items()}
        made = {"struct_value": struct_pb2.Struct(fields=parts)}
    elif isinstance(value, Iterable):
        made = {"list_value": struct_pb2.ListValue(values=[_value(part) for part in value])}
    else:
        raise TypeError(f"the protocol has no {type(value).__name__}")
    return struct_pb2.Value(**made)
