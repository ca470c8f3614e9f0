"""What one deployment knows of how its change is kept: what it declares, in short, and what was so before it.

The guard of a stack is replaced when the program has changed, and only then: so its old instance is deleted after all
else, which is where the change is confirmed (`kinds.guarding`). What isn't known yet is no change. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs

from wiretik_provider.guard.probes import Baseline, Probe

__all__ = ["Keeping", "Prints", "changed", "merged", "parsed", "prints", "renamed", "written"]

Prints = Mapping[str, Mapping[str, str]]
"""By resource, or rule of a block, what each of its properties is, as a few digits; `?` where that isn't known."""

_UNKNOWN: Final = "?"
_WHERE: Final = ("position", "adopt", "foreign", "block", "rule", "menu")


@attrs.define
class Keeping:
    """What is known of the deployment that is under way.

    Attributes:
        program: what it declares on the router; None where no gate was asked.
        leaves: whether rows are to be deleted after everything else.
        again: whether the router has taken an earlier change back, so that this one is made anew.
        replaced: whether an earlier guard is to be deleted after all else, which confirms.
        lacks: whether some rows aren't made.
        sealed: whether a guard was made in this deployment.
        probes: what the program wants to be asked.
        baseline: what was so before the first write; None where nobody looked.
        unmet: which of the program's expectations don't hold of the router as a new look at it finds it; gets its link.
    """

    program: Prints | None = None
    leaves: bool = False
    again: bool = False
    replaced: bool = False
    lacks: bool = False
    sealed: bool = False
    probes: tuple[Probe, ...] = ()
    baseline: Baseline | None = None
    unmet: Callable[[Any], Sequence[str]] | None = None


def prints(rows: Sequence[Mapping[str, Any]]) -> Prints:
    """What a program declares, from the gate's input.

    Args:
        rows: what the SDK tells the gate of each resource.
    """
    found: dict[str, dict[str, str]] = {}
    for at, row in enumerate(rows):
        name = f"{row['tag']}{'/' if row.get('part') else ''}{row.get('rule') or ''}"
        where = {key: row.get(key) for key in _WHERE}
        if row.get("part"):
            where["at"] = at - next(n for n, one in enumerate(rows) if one["tag"] == row["tag"])
        props = {key: _digits(key, value) for key, value in row.get("props", {}).items()}
        found[name] = {
            "": _digits(name, where),
            **props,
            **dict.fromkeys(row.get("unknown") or (), _UNKNOWN),
        }
    return found


def _digits(name: str, value: object) -> str:
    """Six digits: enough to see a change, too few to find a key by."""
    text = json.dumps([name, value], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def changed(before: Prints, now: Prints) -> bool:
    """Whether a program declares anything else than before, as far as both are known."""
    if before.keys() != now.keys():
        return True
    for name, props in now.items():
        was = before[name]
        for key in {*was, *props}:
            one, other = was.get(key, ""), props.get(key, "")
            if one != other and _UNKNOWN not in (one, other):
                return True
    return False


def merged(before: Prints, now: Prints) -> Prints:
    """What is declared now, with what was known before of what isn't known any more."""
    return {
        name: {key: before.get(name, {}).get(key, text) if text == _UNKNOWN else text for key, text in props.items()}
        for name, props in now.items()
    }


def written(found: Prints) -> str:
    """How the state has it."""
    return json.dumps(found, sort_keys=True, separators=(",", ":"))


def parsed(text: str) -> Prints:
    """What the state has."""
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def renamed(change: str, program: Prints) -> str:
    """What the next change is called, in eight digits: by what it makes of which one before."""
    return hashlib.sha256(f"{change} {written(program)}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
