"""What is above a program's resources, which the gate is told so that it can say which resource was which before.

The SDK tells a component's place only once that is registered, which the gate can't wait for, and a resource doesn't
know its parent, but each knows its children. So the components of the process are asked, which takes milliseconds: the
garbage collector finds whatever is of their classes by itself, in half the time of a look at each object there is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pulumi

from wiretik import _pulumi_compat

__all__ = ["chains"]

_STACK = "pulumi:pulumi:Stack"


def chains() -> dict[int, str]:
    """The types above each resource that is below a component, as a URN has them; by its `id`."""
    found: list[object] = gc.get_referrers(*_with_below(pulumi.ComponentResource))
    every = [one for one in found if isinstance(one, pulumi.ComponentResource)]
    above = {id(child): one for one in every for child in _pulumi_compat.children(one)}

    def chain(resource: int) -> str:
        parent = above.get(resource)
        if parent is None or parent.pulumi_resource_type == _STACK:
            return ""
        return f"{chain(id(parent))}{parent.pulumi_resource_type}$"

    return {resource: chain(resource) for resource in above}


def _with_below(kind: type[object]) -> Iterator[type[object]]:
    """A class and all that derive from it."""
    yield kind
    below: list[type[object]] = kind.__subclasses__()
    for one in below:
        yield from _with_below(one)
