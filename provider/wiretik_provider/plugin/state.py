"""What a state of this front keeps of a resource, and what the kinds know of it.

The kinds take a row's tag as an input; here it is a hidden one, `__tag`, so that no generated program writes it. An
imported row has neither that nor the output `tag` until its first update signs it: it is found by its key, or where
its menu has none by its `.id`, and that it isn't signed is no change.

Rule: pure. A state of the dynamic front is read as it is (its names are Python's, `tag` is among its inputs).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wiretik_provider.codecs.base import Bool
from wiretik_provider.plugin.names import Type, attribute, renamed_rules
from wiretik_provider.rows.compare import BY_HAND, DECLARED, HIDDEN, META, UNKNOWN

__all__ = ["TAG", "foreseen", "hidden", "imported", "of_either_front", "shown", "unsigned"]

TAG: Final = "__tag"
"""The input that says whose a row is."""


def shown(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs of a state or a program, as the kinds take them."""
    return {"tag" if name == TAG else name: value for name, value in inputs.items()}


def hidden(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs as a state keeps them."""
    return {TAG if name == "tag" else name: value for name, value in inputs.items()}


def of_either_front(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """A state's inputs by Python's names and with their tag, whichever front they are of."""
    return {
        attribute(name): renamed_rules(value, attribute) if name == "rules" else value
        for name, value in shown(inputs).items()
    }


def unsigned(kind: Type, outputs: Mapping[str, Any]) -> bool:
    """Whether a row was imported and hasn't been signed since."""
    return kind.signed and "tag" not in outputs


def imported(kind: Type, outputs: Mapping[str, Any], row: Mapping[str, str] | None) -> dict[str, Any]:
    """The inputs that a program would say of what is there: what differs from its default.

    Of a secret only that somebody has set it: the next update leaves it alone, and no generated program says it.

    Args:
        kind: what is imported.
        outputs: as they were read.
        row: as the router printed it; None where it isn't a single row.
    """
    router = {"router": outputs["router"]} if outputs.get("router") else {}
    if kind.menu is None:
        return {name: outputs[name] for name in ("list", "entries") if name in outputs} | router
    found: dict[str, Any] = {}
    for field in kind.menu.writable:
        value = outputs.get(field.attribute)
        if field.secret:
            if row and row.get(field.name) and not field.computed:
                found[field.attribute] = BY_HAND
        elif field.required or not (
            value in (None, "", [], HIDDEN)
            or value == field.default
            or (isinstance(field.codec, Bool) and value is bool(field.default))
        ):
            found[field.attribute] = value
    return found | router


def foreseen(kind: Type, inputs: Mapping[str, Any], olds: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The outputs that a preview can tell: what is declared, defaults, and what the router is still to say as unknown.

    Args:
        kind: what is made or updated.
        inputs: as the kinds take them.
        olds: the outputs that there are; None where it is made.
    """
    found = {name: value for name, value in inputs.items() if not name.startswith("__")}
    before: Mapping[str, Any] = {} if olds is None else olds
    if kind.menu is None:
        told = {"gate": ("identity", "version"), "key": ("private_key", "public_key")}.get(kind.kind, ())
        return {**{name: before.get(name, UNKNOWN) for name in told}, **found}
    for field in kind.menu.outputs:
        if field.attribute in found:
            continue
        if field.default is not None:
            found[field.attribute] = field.default
        elif (field.computed or field.read_only) and not field.secret:
            found[field.attribute] = before.get(field.attribute, UNKNOWN)
    if not kind.menu.singleton:
        found["row_id"] = before.get("row_id", UNKNOWN)
    return found


def declared(inputs: Mapping[str, Any]) -> list[str]:
    """Which properties a program declares by these inputs."""
    return sorted(name for name in inputs if not name.startswith("__") and name not in META)


def as_imported(outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs of a row that was imported: it isn't signed, and its program will say these inputs."""
    met = {"adopt": inputs["adopt"]} if "adopt" in inputs else {}
    return {**{name: value for name, value in outputs.items() if name != "tag"}, **met, DECLARED: declared(inputs)}
