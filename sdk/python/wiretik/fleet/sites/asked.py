"""What a program asks of its config, read from its text: so that a mistyped name of the inventory is told at once.

Rule: a program that computes a key's name may ask for anything, and then nothing is concluded from what isn't asked.
"""

import ast
import difflib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

__all__ = ["Asked", "asked", "wrong"]

_FORMS: Final = ("get", "get_secret", "require", "require_secret")
_TYPES: Final = {"": None, "_bool": bool, "_int": int, "_float": float, "_object": object}
_GETTERS: Final = {f"{form}{kind}": wanted for form in _FORMS for kind, wanted in _TYPES.items()}
_WORDS: Final = {bool: "true or false", int: "a whole number", float: "a number"}
_DECLARED: Final = {"integer": int, "boolean": bool, "array": object, "object": object}


@attrs.frozen
class Asked:
    """The keys of its own that a program asks for, each with its type or None for text.

    Attributes:
        whole: Whether these are all.
    """

    keys: Mapping[str, type | None]
    whole: bool


def asked(program: Path, declared: Mapping[str, Any]) -> Asked:
    """What the files beside a program ask for, and what its Pulumi.yaml declares.

    Args:
        program: the program's directory, or its file.
        declared: `config:` of Pulumi.yaml.
    """
    keys: dict[str, type | None] = {}
    whole = True
    files = sorted(program.glob("*.py")) if program.is_dir() else [program]
    for file in files:
        try:
            tree = ast.parse(file.read_bytes())
        except (SyntaxError, ValueError, OSError):
            return Asked({}, whole=False)  # the program's own run says what is wrong
        for name, wanted in _calls(tree):
            if name is None:
                whole = False
            else:
                keys[name] = keys.get(name) or wanted
    # A package below may ask as well; its files aren't read.
    whole = whole and not (program.is_dir() and any(program.glob("*/__init__.py")))
    for name, spec in declared.items():
        if ":" not in name:
            kind = spec.get("type") if isinstance(spec, Mapping) else None
            keys[name] = _DECLARED.get(str(kind)) or keys.get(name)
    return Asked(keys, whole)


def _calls(tree: ast.AST) -> Iterator[tuple[str | None, type | None]]:
    """Calls that look like a config's getter, by the key's text, None where it is computed."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _GETTERS):
            continue
        words = [*node.args[:1], *(each.value for each in node.keywords if each.arg == "key")]
        match words:
            case [ast.Constant(value=str() as text)]:
                yield text, _GETTERS[node.func.attr]
            case [_]:
                yield None, None


def wrong(site: str, given: Mapping[str, Any], program: Asked) -> Iterator[str]:
    """What is wrong with a site's vars, a line each."""
    for name, value in given.items():
        if ":" in name:
            continue  # another namespace's, such as a second package's
        if name not in program.keys:
            if program.whole:
                near = difflib.get_close_matches(name, program.keys, 1)
                hint = (
                    f"did you mean {near[0]}?" if near else f"it asks for {', '.join(sorted(program.keys)) or 'none'}"
                )
                yield f"site {site}: the program reads no {name!r}: {hint}"
        elif (kind := program.keys[name]) in _WORDS and not _fits(value, kind):
            yield f"site {site}: {name} is {_short(value)}: the program reads {_WORDS[kind]}"


def _fits(value: object, kind: type | None) -> bool:
    if isinstance(value, Mapping):
        return True  # a secret, which is looked at when it is there
    try:
        said = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return False
    if kind is bool:
        return isinstance(said, bool)
    return not isinstance(said, bool) and isinstance(said, (int,) if kind is int else (int, float))


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"
