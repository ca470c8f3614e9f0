"""The events of a deployment: an immutable tagged union, the one source of every display and every test.

An event holds no plain secret: old and new values keep their marks, and whoever shows them goes through `values.plain`.
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import attrs

from wiretik.engine.diff import Change
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import Values

Operation: TypeAlias = Literal["preview", "up", "refresh", "destroy", "import"]
Op: TypeAlias = Literal[
    "same",
    "create",
    "update",
    "delete",
    "replace",
    "create-replacement",
    "delete-replaced",
    "read",
    "read-replacement",
    "discard",
    "discard-replaced",
    "remove-pending-replace",
    "refresh",
    "import",
]
Severity: TypeAlias = Literal["debug", "info", "info#err", "warning", "error"]


@attrs.frozen(kw_only=True)
class Step:
    """One thing that is done to one resource.

    Attributes:
        op: What is done; a refresh that ended says what it found (`same`, `update`, `delete`) in `found`.
        old: The resource before, None if there was none.
        new: The resource after, None if there will be none.
        changes: The input properties that differ; of a refresh, also those outputs that drifted.
        replaces: The properties that force a replacement.
        found: What a refresh found.
    """

    op: Op
    urn: str
    type: str
    old: Resource | None = None
    new: Resource | None = None
    changes: tuple[Change, ...] = ()
    replaces: tuple[str, ...] = ()
    found: Op | None = None

    @property
    def name(self) -> str:
        """The logical name."""
        return self.urn.split("::", 3)[3]

    @property
    def parent(self) -> str:
        """The parent's URN, empty for the stack."""
        resource = self.new or self.old
        return resource.parent if resource else ""

    @property
    def is_provider(self) -> bool:
        """Whether the resource is a provider, which displays leave out."""
        return self.type.startswith("pulumi:providers:")


@attrs.frozen(kw_only=True)
class Started:
    """The deployment begins."""

    operation: Operation
    project: str
    stack: str
    preview: bool
    config: Mapping[str, str] = attrs.field(factory=dict)


@attrs.frozen
class StepStarted:
    """A step begins; in a preview it begins and ends at once."""

    step: Step


@attrs.frozen
class StepDone:
    """A step ended well."""

    step: Step
    seconds: float = 0.0


@attrs.frozen
class StepFailed:
    """A step ended badly; the reason is a diagnostic of its own."""

    step: Step
    seconds: float = 0.0


@attrs.frozen(kw_only=True)
class Diagnostic:
    """A message for the user, of the program, a provider or the engine; `urn` may be empty."""

    severity: Severity
    message: str
    urn: str = ""
    ephemeral: bool = False


@attrs.frozen(kw_only=True)
class Printed:
    """A line that the program printed, or of the engine's own that can't wait until the end."""

    line: str


@attrs.frozen(kw_only=True)
class Finished:
    """The deployment ended."""

    operation: Operation
    preview: bool
    ok: bool
    changes: Mapping[str, int]
    outputs: Values = attrs.field(repr=False)
    old_outputs: Values = attrs.field(repr=False)
    seconds: float
    failed: int = 0


Event: TypeAlias = Started | StepStarted | StepDone | StepFailed | Diagnostic | Printed | Finished
Listener: TypeAlias = Callable[[Event], None]
