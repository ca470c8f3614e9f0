"""The schema of the plugin's package, from the menus' descriptors: Pulumi makes every language's classes of it.

Rule: pure, and what Python's classes say of a property is said here in the same words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from tools.generate import every
from wiretik.packaged.shapes import described
from wiretik.resources.base.words import remarks, takes
from wiretik_provider.api.access import KEYS, SETTINGS
from wiretik_provider.codecs.base import Bool, Codec, Csv, Enum, Int
from wiretik_provider.codecs.loose import Loose, Rights, Words
from wiretik_provider.codecs.matchers import Ports
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.plugin.names import PACKAGE, TYPES, Type, camel, every_type, token

__all__ = ["schema"]

_TEXT: Final = {"type": "string"}
_FLAG: Final = {"type": "boolean"}
_NUMBER: Final = {"type": "integer"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_EITHER: Final = {"oneOf": [_NUMBER, _TEXT]}
_WORDS: Final = {"oneOf": [_TEXT, _TEXTS]}
_VALUE: Final = {"oneOf": [_TEXT, _NUMBER, _FLAG]}
_ANY: Final = {"$ref": "pulumi.json#/Any"}
_ROUTERS: Final = {"type": "object", "additionalProperties": _ANY}
_POSITION: Final = {"$ref": f"#/types/{token('Position')}"}
_ENTRY: Final = {"oneOf": [_TEXT, {"$ref": f"#/types/{token('Entry')}"}]}

_ROUTER: Final = {
    **_TEXT,
    "description": "Which router, by its name in `wiretik:routers`; not needed with one.",
}
_ADOPT: Final = {
    **_FLAG,
    "description": "Takes over a row that is there and isn't this program's; destroy gives back what it had.",
}
_TAG: Final = {**_TEXT, "description": "Whose it is; `position` of another rule takes it."}
_ROW_ID: Final = {**_TEXT, "description": "The router's `.id`: for looking at, not an identity."}
_PLACE: Final = {**_POSITION, "description": "Where it stands among the rules of its chain, yours and others'."}
_FIND: Final = {
    "oneOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}],
    "description": "Which of the rows that only the router makes: its name, or properties with their values.",
}
_EXTRA: Final = {
    "type": "object",
    "additionalProperties": _ANY,
    "description": "What your router has and Wiretik doesn't know, by RouterOS's names.",
}
_FOREIGN: Final = {
    **_TEXT,
    "description": "`keep` leaves what is others' alone, which is the default; `prune` removes what carries no tag.",
}
_FOREIGN_RULES: Final = {
    **_TEXT,
    "description": "`keep` leaves what is others' alone, which is the default; `tagged` removes what carries no tag, "
    "and `prune` besides refuses rules of other programs.",
}

_SETTINGS: Final[Mapping[str, tuple[Mapping[str, Any], str]]] = {
    "host": (_TEXT, "The router's address or name."),
    "port": (_NUMBER, "The API's port; 8729 with TLS and 8728 without, unless given."),
    "tls": (_FLAG, "Whether the API is spoken over TLS; it is, unless this is false."),
    "username": (_TEXT, "The user that logs in."),
    "password": (_TEXT, "Its password; the environment variable `WIRETIK_PASSWORD` wins over it."),
    "ca-file": (_TEXT, "A file with the certificates that may have signed the router's."),
    "fingerprint": (_TEXT, "The SHA-256 fingerprint of the router's certificate, in place of a CA."),
    "identity": (_TEXT, "The serial number or software id that the router must have."),
    "window": (_NUMBER, "How many commands may be on their way at once; 32 unless given."),
    "timeout": (_EITHER, "How long an answer may take: seconds, or text such as `30s`."),
    "max-answer": (_NUMBER, "How many MiB one answer may have; 192 unless given."),
    "routers": (
        {"type": "object", "additionalProperties": _ANY},
        "Settings by a router's name, where there are several.",
    ),
    "offline": (_FLAG, "Whether previews ask no router."),
    "guard": (_FLAG, "Whether expectations guard the way to the router; they do, unless this is false."),
    "front": (_TEXT, "Which front programs in Python have: `dynamic`, unless this says `plugin`."),
    "confirm": (_TEXT, "Whether a change takes itself back that nobody confirms: `off`, `manual` or `auto`."),
    "protect": (
        {"type": "object", "additionalProperties": _TEXT},
        "What `wiretik own` protects, by class and name, and what would be lost with it; programs in Python heed it.",
    ),
    "observe": (_FLAG, "Whether nothing is written, and previews only tell what differs."),
    "unsigned": (
        {"type": "object", "additionalProperties": _ANY},
        "The tags of rows that carry none on the router, as `wiretik adopt --no-tags` and `--observe` write them.",
    ),
    "confirm-secrets": (_FLAG, "Whether keys may be written into the guard's scripts, so that changed ones come back."),
    "confirm-within": (_TEXT, "How long it waits to be confirmed, such as `5m`."),
}


def schema() -> str:
    """The whole schema as it is checked in; the version is added where it is served."""
    settings = {camel(name): {**shape, "description": about} for name, (shape, about) in _SETTINGS.items()}
    for name in ("password", "routers"):
        settings[name]["secret"] = True
    if _SETTINGS.keys() != {*KEYS, *SETTINGS}:
        raise ValueError(f"settings without a sentence: {sorted({*KEYS, *SETTINGS} ^ _SETTINGS.keys())}")
    components, arguments = described()
    whole = {
        "name": PACKAGE,
        "displayName": "Wiretik",
        "description": "WireGuard networks on MikroTik routers.",
        "keywords": ["category/network", "kind/native", "mikrotik", "pulumi", "wireguard"],
        "license": "GPL-3.0-or-later",
        "publisher": "Wiretik",
        "meta": {"moduleFormat": "(.*)"},
        "config": {"variables": settings},
        "provider": {"description": "How the routers of a stack are reached.", "inputProperties": settings},
        "types": {**_types(), **arguments},
        "resources": {**{token(name): _resource(name, kind) for name, kind in every_type()}, **components},
        "language": {
            "csharp": {"respectSchemaVersion": True},
            "go": {"respectSchemaVersion": True, "generateResourceContainerTypes": False},
            "nodejs": {"packageName": "@wiretik/pulumi", "respectSchemaVersion": True},
            "python": {"packageName": "wiretik", "respectSchemaVersion": True, "pyproject": {"enabled": True}},
        },
    }
    return _text(whole) + "\n"


_DEEP: Final = 3
"""How deep the schema has a line for each part: a property is one line."""


def _text(whole: object, deep: int = 0) -> str:
    """JSON in which a property of a resource or a type is one line."""
    if not isinstance(whole, dict) or not whole or deep > _DEEP:
        return json.dumps(whole, sort_keys=True, ensure_ascii=False)
    parts = (f"{' ' * (deep + 1)}{json.dumps(name)}: {_text(part, deep + 1)}" for name, part in sorted(whole.items()))
    return "{\n" + ",\n".join(parts) + "\n" + " " * deep + "}"


def _types() -> dict[str, Any]:
    found: dict[str, Any] = {
        token("Position"): {
            "type": "object",
            "description": "A place in a chain.",
            "properties": {
                "at": {
                    **_TEXT,
                    "description": "`first`, `last`, `before-drop`, `before-fasttrack`, or `before` or `after` a rule.",
                },
                "tag": {**_TEXT, "description": "Of `before` and `after`: the `tag` of a rule of this program."},
                "match": {
                    "type": "object",
                    "additionalProperties": _TEXT,
                    "description": "Or what a rule of others has, by RouterOS's names, such as its comment.",
                },
            },
            "required": ["at"],
        },
        token("Entry"): {
            "type": "object",
            "description": "An entry of an address list.",
            "properties": {
                "comment": {**_TEXT, "description": "A note."},
                "timeout": {**_EITHER, "description": "After which it goes by itself."},
                "disabled": {**_FLAG, "description": "Whether it is off."},
            },
        },
    }
    for name, kind in TYPES.items():
        if kind.rules:
            found[token(_rule(name))] = {
                "type": "object",
                "description": f"A rule of a block in `{kind.rules.path}`.",
                "properties": {
                    camel(field.attribute): _property(field, kind.rules, taken=True)
                    for field in kind.rules.writable
                    if field.name != kind.rules.chain
                },
            }
    return found


def _rule(name: str) -> str:
    return f"{name}Rule"


def _resource(name: str, kind: Type) -> dict[str, Any]:
    made = {
        "gate": _gate,
        "guard": _guard,
        "seal": _guard,
        "key": _key,
        "held": _held,
        "address-list": _list,
    }.get(kind.kind.partition(":")[0])
    if made:
        found = made()
    elif kind.rules:
        found = _block(name, kind.rules)
    elif kind.menu and kind.loose:
        found = _loose(kind.menu)
    else:
        found = _row(kind.menu, kind.named) if kind.menu else {}
    return {**found, "aliases": [{"type": f"pulumi-python:dynamic/wiretik:{name}"}]}


def _row(menu: Menu, named: str) -> dict[str, Any]:
    inputs = {camel(field.attribute): _property(field, menu, named, taken=True) for field in menu.taken}
    outputs = {camel(field.attribute): _property(field, menu, taken=False) for field in menu.outputs}
    outputs |= {"router": _ROUTER, "tag": _TAG} | ({} if menu.singleton else {"rowId": _ROW_ID})
    if menu.ordered:
        inputs["position"] = outputs["position"] = _PLACE
    needed = [field.attribute for field in menu.writable if field.required and field.attribute != named]
    always = [field.attribute for field in menu.outputs if field.required or field.default is not None or field.filled]
    return {
        "description": menu.about or f"A {menu.noun}: `{menu.path}`.",
        "inputProperties": {**inputs, "router": _ROUTER, "adopt": _ADOPT},
        "requiredInputs": sorted(map(camel, needed)),
        "properties": outputs,
        "required": sorted({*map(camel, always), "tag", *([] if menu.singleton else ["rowId"])}),
    }


def _loose(menu: Menu) -> dict[str, Any]:
    """A menu that nobody described by hand."""
    plain = {} if menu.singleton else {"rowId": _ROW_ID}
    meta: dict[str, Any] = {"router": _ROUTER, "extra": _EXTRA}
    meta |= {"find": _FIND} if menu.fixed else {}
    meta |= {"position": _PLACE} if menu.ordered else {}
    adopt = {} if menu.singleton else {"adopt": _ADOPT}
    return {
        "description": f"{every.about(menu)}.",
        "inputProperties": {camel(one.attribute): _loosely(one, menu, taken=True) for one in menu.taken}
        | {**meta, **adopt},
        "requiredInputs": ["find"] if menu.fixed else [],
        "properties": {camel(one.attribute): _loosely(one, menu, taken=False) for one in menu.outputs}
        | {**meta, **plain, "tag": _TAG},
        "required": sorted(["tag", *plain, *(["find"] if menu.fixed else []), *filter(None, [menu.named])]),
    }


def _loosely(field: Field, menu: Menu, *, taken: bool) -> dict[str, Any]:
    about = "; ".join(filter(None, every.said(field, menu)))
    told = {"description": f"{about[0].upper()}{about[1:]}."} if taken and about else {}
    return {**_form(field.codec, taken=taken), **told, **({"secret": True} if field.secret else {})}


def _form(codec: Codec, *, taken: bool) -> Mapping[str, Any]:
    """What is known of a value; one that the router tells is text, but for truth."""
    if isinstance(codec, Bool):
        return _FLAG
    if not taken or not isinstance(codec, Loose):
        return _TEXT
    if isinstance(codec, Words | Rights) or codec.form == "list":
        return _WORDS
    if codec.form:
        return _EITHER if codec.form in {"number", "time"} else _TEXT
    return _VALUE


def _block(name: str, menu: Menu) -> dict[str, Any]:
    rules = {"type": "object", "additionalProperties": {"$ref": f"#/types/{token(_rule(name))}"}}
    shared: dict[str, Any] = {
        "foreign": _FOREIGN_RULES,
        "order": {**_TEXTS, "description": "The rules' names in their order."},
        "rules": {**rules, "description": "By stable names, each rule's properties."},
        "position": _PLACE,
    }
    if menu.chain:
        shared["chain"] = {**_TEXT, "description": "One of RouterOS's chains, or one to jump to."}
    needed = sorted({"order", "rules", *({"chain"} if menu.chain else ())})
    return {
        "description": f"A whole block of rules in order: `{menu.path}`.",
        "inputProperties": {**shared, "router": _ROUTER, "adopt": _ADOPT},
        "requiredInputs": needed,
        "properties": {**shared, "router": _ROUTER, "tag": _TAG},
        "required": sorted([*needed, "foreign", "tag"]),
    }


def _list() -> dict[str, Any]:
    shared = {
        "list": {**_TEXT, "description": "The list's name; the logical name unless given."},
        "entries": {
            "type": "object",
            "additionalProperties": _ENTRY,
            "description": "By address, prefix, range or name: the comment, or an entry.",
        },
        "foreign": _FOREIGN,
    }
    return {
        "description": "A whole address list of the firewall.",
        "inputProperties": {**shared, "router": _ROUTER, "adopt": _ADOPT},
        "requiredInputs": ["entries"],
        "properties": {**shared, "router": _ROUTER, "tag": _TAG},
        "required": ["entries", "foreign", "list", "tag"],
    }


def _held() -> dict[str, Any]:
    shared = {
        "element": {**_TEXT, "description": "The prefix."},
        "of": {**_TEXT, "description": "The `tag` of the peer that allows it."},
    }
    return {
        "description": "Holds a prefix of a peer's allowed addresses until the rows that lean on it are gone.",
        "inputProperties": {**shared, "router": _ROUTER},
        "requiredInputs": ["element", "of"],
        "properties": {**shared, "router": _ROUTER, "tag": _TAG},
        "required": ["element", "of", "tag"],
    }


def _key() -> dict[str, Any]:
    private = {**_TEXT, "secret": True, "description": "The private half, in base64."}
    rotation = {**_EITHER, "description": "Another one makes another pair."}
    return {
        "description": "A WireGuard key pair, made once and kept in the stack's state.",
        "inputProperties": {"privateKey": private, "rotation": rotation},
        "properties": {
            "privateKey": private,
            "publicKey": {**_TEXT, "description": "The public half, in base64."},
            "rotation": _TEXT,
        },
        "required": ["privateKey", "publicKey"],
    }


def _gate() -> dict[str, Any]:
    told = {"type": "array", "items": _ANY}
    router = {"router": _ROUTER}
    return {
        "description": "What must hold before a router is written to; the SDK for Python makes it by itself.",
        "inputProperties": {
            "rows": {**told, "secret": True},
            "expectations": told,
            "preview": _FLAG,
            "front": _TEXT,
            "part": _TEXT,
            **router,
        },
        "properties": {"identity": _TEXT, "version": _TEXT, "part": _TEXT, **router},
        "required": ["identity", "version"],
    }


def _guard() -> dict[str, Any]:
    shared = {"router": _ROUTER, "change": {**_TEXT, "description": "What the last change is called."}}
    return {
        "description": "Takes a change back that nobody confirms; the SDK for Python makes it by itself.",
        "inputProperties": {"router": _ROUTER},
        "properties": shared,
    }


def _property(field: Field, menu: Menu, named: str = "", *, taken: bool) -> dict[str, Any]:
    about = field.meaning
    if taken:
        about += f" Takes {'; '.join((takes(field), *remarks(field, menu, named)))}."
    elif field.tells:
        about = field.tells
    return {**_shape(field.codec, taken=taken), "description": about.strip()} | (
        {"secret": True} if field.secret else {}
    )


def _shape(codec: Codec, *, taken: bool) -> dict[str, Any]:
    match codec:
        case Bool():
            found: Mapping[str, Any] = _FLAG
        case Csv():
            found = _TEXTS
        case Int(words=(), negatable=False, unit=""):
            found = _NUMBER
        case Int() | Duration() | Ports() if taken:
            found = _EITHER
        case Enum(several=True) if taken:
            found = {"oneOf": [_TEXT, _TEXTS]}
        case _:
            found = _TEXT
    return dict(found)
