"""StackReference: the outputs of another stack of the same backend."""

from collections.abc import Callable

from wiretik.engine.deployment.registrations import Deployment, Registered
from wiretik.engine.errors import EngineError
from wiretik.engine.values import Values

Stored = Callable[[str, str], Values]
"""Gives the outputs of a stack of this backend, by project and name."""


def parse(name: str, project: str) -> tuple[str, str]:
    """Project and stack of a reference: `stack`, `project/stack` or `organization/project/stack`.

    Raises:
        EngineError: It names another organization; a file backend has one.
    """
    parts = name.split("/")
    if len(parts) == 3 and parts[0] != "organization":
        raise EngineError(f"stack reference {name!r}: in a file backend the organization is 'organization'")
    if len(parts) > 3 or not all(parts):
        raise EngineError(f"stack reference {name!r}: write it as organization/project/stack")
    return (parts[-2] if len(parts) > 1 else project), parts[-1]


def read_reference(deployment: Deployment, resource: str, name: str, stored: Stored) -> Registered:
    """Answer the read of a StackReference and record it."""
    project, stack = parse(name, deployment.run.project)
    return deployment.read_stack(resource, name, stored(project, stack))
