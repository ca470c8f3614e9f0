"""What is above a program's resources, which the gate is told so that it can say which resource was which before.

The SDK tells a component's place only once that is registered, which the gate can't wait for, and a resource doesn't
know its parent, but each knows its children. So the components of the process are asked.
"""

from __future__ import annotations

from wiretik import _pulumi_compat

__all__ = ["chains"]

_STACK = "pulumi:pulumi:Stack"


def chains() -> dict[int, str]:
    """The types above each resource that is below a component, as a URN has them; by its `id`."""
    above = {id(child): one for one in _pulumi_compat.components() for child in _pulumi_compat.children(one)}

    def chain(resource: int) -> str:
        parent = above.get(resource)
        if parent is None or parent.pulumi_resource_type == _STACK:
            return ""
        return f"{chain(id(parent))}{parent.pulumi_resource_type}$"

    return {resource: chain(resource) for resource in above}
