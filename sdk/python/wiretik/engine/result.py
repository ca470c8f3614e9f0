"""What an operation did, as callers and tests look at it."""

from collections.abc import Mapping
from typing import Final

import attrs

from wiretik.engine.events import Diagnostic, Step
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import Values

NO_CHANGE: Final = frozenset({"same", "read", "refresh"})
"""Operations that change nothing."""


@attrs.frozen(kw_only=True)
class Result:
    """What an operation did.

    Attributes:
        ok: Whether it ended well.
        steps: Every step that ended, in order; providers' own steps are left out.
        failed: The steps that failed.
        changes: How often each operation happened, as in the CLI's summary: `{"create": 2, "same": 1}`.
        diagnostics: The messages of program, provider and engine.
        outputs: The stack's outputs; secrets are wrapped in `Secret`.
        resources: The state afterwards (of a preview: as it would be).
    """

    ok: bool
    steps: tuple[Step, ...]
    failed: tuple[Step, ...]
    changes: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    outputs: Values = attrs.field(repr=False)
    resources: tuple[Resource, ...] = attrs.field(repr=False)

    @property
    def errors(self) -> tuple[str, ...]:
        """The texts of all errors."""
        return tuple(d.message for d in self.diagnostics if d.severity == "error")

    @property
    def changed(self) -> bool:
        """Whether anything was, or would be, done."""
        return not NO_CHANGE.issuperset(self.changes)
