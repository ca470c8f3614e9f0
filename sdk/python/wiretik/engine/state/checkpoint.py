"""A stack's state as values: resources, pending operations, and their JSON form (checkpoint version 3).

Everything here is immutable. What this engine doesn't use of a resource's record is carried along in `rest`, so that a
state which passed through here says all that it said before.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

import attrs

from wiretik.engine.errors import NoStateError, StateError
from wiretik.engine.urn import STACK_TYPE
from wiretik.engine.values import (
    SECRET_SIG,
    SIG_KEY,
    UNKNOWN,
    ResourceRef,
    Secret,
    Unknown,
    Value,
    Values,
    reference_object,
    reference_of,
)

Json = dict[str, Any]
_VERSION: Final = 3
_TIMEOUTS: Final = ("create", "update", "delete", "read")


class Cipher(Protocol):
    """What turns secrets into text and back; `place` says where in the state the text stands."""

    def encrypt(self, plaintext: str, place: str = "") -> str:
        """Encrypt one value's JSON."""
        ...

    def decrypt(self, ciphertext: str, place: str = "") -> str:
        """Decrypt it."""
        ...


@attrs.frozen(kw_only=True, eq=False)
class Resource:
    """One resource as the state records it.

    Compared by identity: the state may hold several records of one URN, those that wait for their deletion.
    """

    urn: str
    type: str
    custom: bool
    id: str = ""
    inputs: Values = attrs.field(factory=dict, repr=False)
    outputs: Values = attrs.field(factory=dict, repr=False)
    parent: str = ""
    provider: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    delete: bool = False
    protect: bool = False
    external: bool = False
    pending_replacement: bool = False
    init_errors: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    custom_timeouts: Mapping[str, float] = attrs.field(factory=dict)
    import_id: str = ""
    retain_on_delete: bool = False
    deleted_with: str = ""
    created: str = ""
    modified: str = ""
    source_position: str = ""
    stack_trace: tuple[Json, ...] = ()
    ignore_changes: tuple[str, ...] = ()
    hide_diff: tuple[Any, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    rest: Json = attrs.field(factory=dict)

    @property
    def name(self) -> str:
        """The logical name."""
        return self.urn.split("::", 3)[3]

    def needs(self) -> tuple[str, ...]:
        """The URNs that must stand before this resource in a state."""
        provider = (self.provider.rpartition("::")[0],) if self.provider else ()
        spread = (urn for urns in self.property_dependencies.values() for urn in urns)
        named = (self.parent, *provider, self.deleted_with, *self.dependencies, *spread)
        return tuple(dict.fromkeys(urn for urn in named if urn))


@attrs.frozen(eq=False)
class Operation:
    """A step that began and whose end the state doesn't know."""

    type: str
    resource: Resource


@attrs.frozen(kw_only=True)
class Deployment:
    """The whole state of a stack."""

    resources: tuple[Resource, ...] = ()
    pending: tuple[Operation, ...] = ()
    salt: str = ""
    metadata: Json = attrs.field(factory=dict)


# --- out -------------------------------------------------------------------------------------------------------------


def now() -> str:
    """The time as the state writes it."""
    return dt.datetime.now(dt.UTC).isoformat().replace("+00:00", "Z")


def manifest(version: str) -> Json:
    """Who wrote this state and when; the magic proves that the version wasn't edited (snapshot.go)."""
    return {"time": now(), "magic": hashlib.sha256(version.encode()).hexdigest(), "version": version}


def dump_value(value: Value, cipher: Cipher | None, place: str) -> object:
    """One value for the state; without a cipher secrets stay readable, for `export --show-secrets`."""
    match value:
        case Secret(inner):
            plaintext = json.dumps(
                dump_value(inner, cipher, place), separators=(",", ":"), ensure_ascii=False, sort_keys=True
            )
            sealed = {"plaintext": plaintext} if cipher is None else {"ciphertext": cipher.encrypt(plaintext, place)}
            return {SIG_KEY: SECRET_SIG, **sealed}
        case Unknown():
            raise StateError(f"an unknown value cannot be stored: {place}")
        case ResourceRef():
            return {k: dump_value(v, cipher, f"{place}.{k}") for k, v in reference_object(value).items()}
        case list() | tuple():
            return [dump_value(item, cipher, f"{place}[{i}]") for i, item in enumerate(value)]
        case dict():
            return {key: dump_value(value[key], cipher, f"{place}.{key}") for key in sorted(value)}
        case _:
            return value


def dump_resource(resource: Resource, cipher: Cipher | None) -> Json:
    """A resource's record; empty fields are left out, as Go's `omitempty` does it."""
    r = resource

    def values(name: str, of: Values) -> Json:
        known = {key: value for key, value in of.items() if value is not UNKNOWN}
        return {key: dump_value(known[key], cipher, f"{r.urn} {name}.{key}") for key in sorted(known)}

    optional = {
        "inputs": values("inputs", r.inputs),
        "outputs": values("outputs", r.outputs),
        "parent": r.parent,
        "protect": r.protect,
        "external": r.external,
        "dependencies": list(r.dependencies),
        "initErrors": list(r.init_errors),
        "provider": r.provider,
        "propertyDependencies": {key: list(urns) for key, urns in sorted(r.property_dependencies.items())},
        "pendingReplacement": r.pending_replacement,
        "additionalSecretOutputs": list(r.additional_secret_outputs),
        "aliases": list(r.aliases),
        "customTimeouts": dict(r.custom_timeouts),
        "importID": r.import_id,
        "retainOnDelete": r.retain_on_delete,
        "deletedWith": r.deleted_with,
        "created": r.created,
        "modified": r.modified,
        "sourcePosition": r.source_position,
        "stackTrace": list(r.stack_trace),
        "ignoreChanges": list(r.ignore_changes),
        "hideDiff": list(r.hide_diff),
        "replaceOnChanges": list(r.replace_on_changes),
    }
    head: Json = {"urn": r.urn, "custom": r.custom}
    if r.delete:
        head["delete"] = True
    if r.id:
        head["id"] = r.id
    return {**head, "type": r.type, **{key: value for key, value in optional.items() if value}, **r.rest}


def dump_deployment(deployment: Deployment, cipher: Cipher | None, version: str) -> Json:
    """The deployment as `export` prints it and as the checkpoint holds it under `latest`."""
    shown: Json = {"manifest": manifest(version)}
    if deployment.salt:
        shown["secrets_providers"] = {"type": "passphrase", "state": {"salt": deployment.salt}}
    if deployment.resources:
        shown["resources"] = [dump_resource(r, cipher) for r in deployment.resources]
    if deployment.pending:
        shown["pending_operations"] = [
            {"resource": dump_resource(o.resource, cipher), "type": o.type} for o in deployment.pending
        ]
    return {**shown, "metadata": deployment.metadata}


# --- in --------------------------------------------------------------------------------------------------------------


def load_value(value: object, cipher: Cipher | None, place: str) -> Value:
    """Read one value of a state; secrets are decrypted."""
    match value:
        case dict() if value.get(SIG_KEY) == SECRET_SIG:
            if "plaintext" in value:
                plaintext = value["plaintext"]
            elif cipher is None:
                raise StateError(f"the state holds a secret but names no secrets provider: {place}")
            else:
                plaintext = cipher.decrypt(value["ciphertext"], place)
            return Secret(load_value(json.loads(plaintext), cipher, place))
        case dict():
            loaded = {key: load_value(item, cipher, f"{place}.{key}") for key, item in value.items()}
            return reference_of(loaded) or loaded
        case list():
            return [load_value(item, cipher, f"{place}[{i}]") for i, item in enumerate(value)]
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


_KNOWN: Final = frozenset(
    {
        *("urn", "custom", "delete", "id", "type", "inputs", "outputs", "parent", "protect", "external"),
        *("dependencies", "initErrors", "provider", "propertyDependencies", "pendingReplacement"),
        *("additionalSecretOutputs", "aliases", "customTimeouts", "importID", "retainOnDelete", "deletedWith"),
        *("created", "modified", "sourcePosition", "stackTrace", "ignoreChanges", "hideDiff", "replaceOnChanges"),
    }
)


def load_resource(record: Json, cipher: Cipher | None) -> Resource:
    """Read a resource's record."""
    urn = record["urn"]

    def names(key: str) -> tuple[str, ...]:
        return tuple(record.get(key) or ())

    return Resource(
        urn=urn,
        type=record["type"],
        custom=record.get("custom", False),
        id=record.get("id", ""),
        inputs=load_value(record.get("inputs") or {}, cipher, f"{urn} inputs"),
        outputs=load_value(record.get("outputs") or {}, cipher, f"{urn} outputs"),
        parent=record.get("parent", ""),
        provider=record.get("provider", ""),
        dependencies=names("dependencies"),
        property_dependencies={k: tuple(v or ()) for k, v in (record.get("propertyDependencies") or {}).items()},
        delete=record.get("delete", False),
        protect=record.get("protect", False),
        external=record.get("external", False),
        pending_replacement=record.get("pendingReplacement", False),
        init_errors=names("initErrors"),
        additional_secret_outputs=names("additionalSecretOutputs"),
        aliases=names("aliases"),
        custom_timeouts=record.get("customTimeouts") or {},
        import_id=record.get("importID", ""),
        retain_on_delete=record.get("retainOnDelete", False),
        deleted_with=record.get("deletedWith", ""),
        created=record.get("created", ""),
        modified=record.get("modified", ""),
        source_position=record.get("sourcePosition", ""),
        stack_trace=tuple(record.get("stackTrace") or ()),
        ignore_changes=names("ignoreChanges"),
        hide_diff=tuple(record.get("hideDiff") or ()),
        replace_on_changes=names("replaceOnChanges"),
        rest={key: value for key, value in record.items() if key not in _KNOWN},
    )


def salt_of(deployment: Json) -> str:
    """The salt that a deployment's secrets are encrypted with, empty if there are none.

    Raises:
        StateError: Another secrets provider than a passphrase encrypts this state.
    """
    provider = deployment.get("secrets_providers") or {}
    if provider and provider.get("type") != "passphrase":
        raise StateError(f"the state's secrets are kept by {provider.get('type')!r}; only passphrases are known here")
    salt: str = (provider.get("state") or {}).get("salt", "")
    return salt


def load_deployment(deployment: Json, cipher: Cipher | None) -> Deployment:
    """Read a deployment.

    Raises:
        StateError: It is of a shape that this engine doesn't know.
    """
    try:
        return Deployment(
            resources=tuple(load_resource(record, cipher) for record in deployment.get("resources") or ()),
            pending=tuple(
                Operation(op["type"], load_resource(op["resource"], cipher))
                for op in deployment.get("pending_operations") or ()
            ),
            salt=salt_of(deployment),
            metadata=deployment.get("metadata") or {},
        )
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as err:
        raise StateError(f"the state is malformed: {type(err).__name__}") from err


def outputs_of(resources: Iterable[Resource]) -> Values:
    """The stack's outputs among its resources."""
    return next((r.outputs for r in resources if r.type == STACK_TYPE), {})


def deployment_of(file: object) -> Json:
    """The deployment in a checkpoint file, empty before the first update, as far as its records are ones.

    Raises:
        NoStateError: It is no checkpoint.
        StateError: It is one of a version that this engine would damage.
    """
    if not isinstance(file, dict) or not isinstance(version := file.get("version"), int):
        raise NoStateError("no checkpoint")
    if version != _VERSION:
        told = file.get("features")
        features = ", ".join(map(str, told)) if isinstance(told, list) and told else "unknown"
        raise StateError(
            f"the state has version {version} (features: {features}); this engine reads and writes"
            f" version {_VERSION}: use the pulumi CLI for this stack"
        )
    checkpoint = file.get("checkpoint")
    latest = checkpoint.get("latest") or {} if isinstance(checkpoint, dict) else None
    if not isinstance(latest, dict) or not isinstance(latest.get("secrets_providers") or {}, dict):
        raise NoStateError("no deployment")
    resources, pending = (latest.get(key) or [] for key in ("resources", "pending_operations"))
    if not isinstance(resources, list) or not isinstance(pending, list):
        raise NoStateError("no list of resources")
    if not all(map(_is_record, (*resources, *(isinstance(op, dict) and op.get("resource") for op in pending)))):
        raise NoStateError("a resource that is none")
    return latest


_SHAPES: Final = {
    str: (
        "urn",
        "type",
        "id",
        "parent",
        "provider",
        "importID",
        "deletedWith",
        "created",
        "modified",
        "sourcePosition",
    ),
    bool: ("custom", "delete", "protect", "external", "pendingReplacement", "retainOnDelete"),
    dict: ("inputs", "outputs", "propertyDependencies", "customTimeouts"),
    list: (
        *("dependencies", "initErrors", "additionalSecretOutputs", "aliases", "stackTrace", "ignoreChanges"),
        *("hideDiff", "replaceOnChanges"),
    ),
}


def _is_record(record: object) -> bool:
    """Whether this is a resource's record, as far as its fields have the types that they must have."""
    return (
        isinstance(record, dict)
        and "urn" in record
        and "type" in record
        and all(isinstance(record.get(name) or kind(), kind) for kind, names in _SHAPES.items() for name in names)
    )


def integrity(resources: Iterable[Resource]) -> str | None:
    """Say what the CLI would refuse in these resources, or None (the rules of docs/facts/pulumi.md#the-state)."""
    seen: set[str] = set()
    providers: set[str] = set()
    for r in resources:
        missing = [urn for urn in r.needs() if urn not in seen]
        if missing:
            return f"{r.urn} stands before {missing[0]}, which it needs"
        if r.provider and r.provider not in providers:
            return f"{r.urn} refers to provider {r.provider}, which does not exist"
        if r.id and not r.custom:
            return f"{r.urn} is a component and has an id"
        if r.urn in seen and not r.delete and any(o.urn == r.urn and not o.delete for o in resources if o is not r):
            return f"{r.urn} stands there twice"
        seen.add(r.urn)
        if r.type.startswith("pulumi:providers:"):
            providers.add(f"{r.urn}::{r.id}")
    return None
