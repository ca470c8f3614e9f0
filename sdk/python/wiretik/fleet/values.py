"""What the fleet speaks of: sites, what is to be done to one, and what came of it. Immutable."""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import attrs

__all__ = [
    "CHANGING",
    "Jsonable",
    "Operation",
    "Outcome",
    "Site",
    "Verdict",
    "is_encrypted",
    "outcome_of",
    "usual_port",
]

Operation: TypeAlias = Literal["preview", "up", "drift", "destroy"]
Verdict: TypeAlias = Literal["ok", "failed", "unreachable"]
Jsonable: TypeAlias = Mapping[str, Any]

CHANGING: Final = frozenset({"up", "destroy"})
"""The operations that change a router."""

_OF_ONE: Final = frozenset({"host", "port"})
"""The keys that one of several routers shares with no other."""


def is_encrypted(entry: Mapping[str, Any]) -> bool:
    """Whether a router with these keys is reached by TLS."""
    return entry.get("tls") not in (False, "false", "no")


def usual_port(entry: Mapping[str, Any]) -> int:
    """The port of a router with these keys, where they name none."""
    return 8729 if is_encrypted(entry) else 8728


@attrs.frozen(kw_only=True)
class Site:
    """One site of the inventory, with what its groups and the defaults give it.

    Attributes:
        router: The keys of the router's config (`host`, `port` …) and those beside them (`guard`, `confirm` …).
        vars: The program's config.
        labels: What it can be selected by besides.
        groups: All groups it is in, those of its groups among them.
    """

    name: str
    router: Mapping[str, Any] = attrs.field(factory=dict, repr=False)
    vars: Mapping[str, Any] = attrs.field(factory=dict, repr=False)
    labels: Mapping[str, Any] = attrs.field(factory=dict)
    groups: tuple[str, ...] = ()

    @property
    def routers(self) -> Mapping[str, Mapping[str, Any]]:
        """The keys of each of its routers by name (`""`: the only one), as its program reads them.

        One of `routers` has an address of its own, and shares the site's other keys.
        """
        if not (several := self.router.get("routers")):
            return {"": self.router}
        shared = {key: value for key, value in self.router.items() if key not in {"routers", *_OF_ONE}}
        return {name: {**shared, **entry} for name, entry in several.items() if isinstance(entry, Mapping)}

    @property
    def addresses(self) -> tuple[tuple[str, int], ...]:
        """Where its routers are, without those that have no address here."""
        return tuple(
            sorted(
                (str(entry["host"]), int(entry.get("port") or usual_port(entry)))
                for entry in self.routers.values()
                if entry.get("host")
            )
        )


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of one site.

    Attributes:
        changes: How often each operation happened, `same` left out.
        steps: What was, or would be, done: the operation, the kind, the name and the properties that differ.
        errors: The texts of all errors, a line each.
        outputs: The stack's outputs that are no secret.
        cpu: The processor's time that its process took.
        begun: When it began, as a time of day that people read.
        observed: What was counted on its routers, where that was asked for.
    """

    site: str
    verdict: Verdict
    changes: Mapping[str, int] = attrs.field(factory=dict)
    steps: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    outputs: Mapping[str, Any] = attrs.field(factory=dict)
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    begun: str = ""
    observed: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def changed(self) -> bool:
        """Whether anything was, or would be, done."""
        return bool(self.changes)

    def as_json(self) -> dict[str, Any]:
        """The outcome as it stands in records."""
        return attrs.asdict(self)


def outcome_of(said: Jsonable) -> Outcome:
    """An outcome as a record has it; what a later version added is passed over."""
    known = {field.name for field in attrs.fields(Outcome)}
    values = {key: value for key, value in said.items() if key in known}
    steps = tuple((op, kind, name, tuple(props)) for op, kind, name, props in values.get("steps") or ())
    several = {key: tuple(values.get(key) or ()) for key in ("errors", "warnings")}
    return Outcome(**{**values, **several, "steps": steps})
