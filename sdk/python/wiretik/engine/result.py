"""The result of an operation, as callers and tests look at it."""

from collections.abc import Iterator, Mapping
from typing import Final, Self

import attrs

from wiretik.engine.errors import DeploymentFailed
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

    def check(self) -> Self:
        """This result, if the operation ended well: `home.up().check()`.

        Raises:
            DeploymentFailed: it didn't; every error is shown whole, under the resource that it is about.
        """
        if not self.ok:
            raise DeploymentFailed(*self._failure())
        return self

    def _failure(self) -> Iterator[str]:
        errors = [one for one in self.diagnostics if one.severity == "error"]
        yield "the deployment failed" + ("" if errors or self.failed else ", and nobody said why")
        about = ""
        for one in errors:
            if one.urn != about and (about := one.urn):
                yield f"  {_named(one.urn)}"
            yield from (f"    {line}" for line in one.message.splitlines())
        told = {one.urn for one in errors}
        yield from (f"  {_named(step.urn)}: its {step.op} failed" for step in self.failed if step.urn not in told)

    @property
    def changed(self) -> bool:
        """Whether anything was, or would be, done."""
        return not NO_CHANGE.issuperset(self.changes)


def _named(urn: str) -> str:
    """A resource by its type and its logical name."""
    kind, name = urn.split("::", 3)[2:]
    return f"{kind.rpartition('$')[2].removeprefix('pulumi-python:dynamic/')} {name}"
