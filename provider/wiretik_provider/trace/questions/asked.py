"""A question to a router, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from wiretik_provider.trace.family import Family, family_of
from wiretik_provider.trace.result import Trace

__all__ = ["KINDS", "Answer", "Question"]

KINDS: Final = ("reaches", "leaves_by", "never_leaves_by", "is_dropped", "keeps_off")


def _names(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@attrs.frozen(kw_only=True)
class Question:
    """What must hold.

    Attributes:
        kind: one of `KINDS`.
        source: an address or a prefix.
        to: addresses, prefixes and `ROUTER`; none means everywhere.
        enters: the interface that packets come in by; empty follows from the source.
        by: the interface or the interface list in question.
        protocol: by name or number; empty for all, or tcp where there is a port.
        port: where packets go to.
        translated: the source must have been translated when it leaves.
        down: interfaces that are taken to be down.
        up: interfaces by which every gateway that a route checks is taken to answer.
    """

    kind: str
    source: str
    to: tuple[str, ...] = ()
    enters: str = ""
    by: str = ""
    protocol: str = ""
    port: int | None = None
    translated: bool = False
    down: tuple[str, ...] = attrs.field(default=(), converter=_names)
    up: tuple[str, ...] = attrs.field(default=(), converter=_names)

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Question:
        """From the shape in which the SDK tells it."""
        given = {name: entry[name] for name in attrs.fields_dict(cls) if entry.get(name) not in (None, "", [])}
        if "port" in given:
            given["port"] = int(given["port"])
        return cls(**{**given, "to": tuple(given.get("to", ()))})

    @property
    def family(self) -> Family:
        """IPv4 or IPv6, as its source is."""
        return family_of(self.source)


@attrs.frozen
class Answer:
    """An answer.

    Attributes:
        holds: None where it isn't known.
        text: what is the case, in one line; empty where it holds.
        cure: what would help; empty where nothing is known that would.
        shown: the packet that shows it.
    """

    holds: bool | None
    text: str = ""
    cure: str = ""
    shown: Trace | None = None
