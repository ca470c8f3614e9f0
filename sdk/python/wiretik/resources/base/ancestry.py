"""What is above a program's resources, which the gate is told so that it can say which resource was which before.

The SDK tells a component's place only once that is registered, which the gate can't wait for, and tells a resource's
parent nobody but the parent. So each resource's is noted when it is made (`_pulumi_compat.remember`). Of resources that
a program makes before it imports Wiretik nobody has noted any: then the components of the process are asked for their
children, which takes milliseconds, as the garbage collector has to find them.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping

import pulumi

from wiretik import _pulumi_compat

__all__ = ["chains"]

_STACK = "pulumi:pulumi:Stack"
_Above = Callable[[pulumi.Resource], pulumi.Resource | None]


def chains(resources: Iterable[pulumi.Resource]) -> dict[int, str]:
    """The types above each of some resources, as a URN has them, each with its `$`; by its `id`."""
    asked = list(resources)
    try:
        return {id(one): _chain(one, _pulumi_compat.parent) for one in asked}
    except LookupError:
        above = _by_children()
        return {id(one): _chain(one, lambda resource: above.get(id(resource))) for one in asked}


def _chain(resource: pulumi.Resource, above: _Above) -> str:
    parent = above(resource)
    if not isinstance(parent, pulumi.ComponentResource) or parent.pulumi_resource_type == _STACK:
        return ""
    return f"{_chain(parent, above)}{parent.pulumi_resource_type}$"


def _by_children() -> Mapping[int, pulumi.Resource]:
    """The component above each resource that is below one, by the resource's `id`: each component knows its children.

    The garbage collector finds whatever is of components' classes in half the time of a look at each object there is.
    """
    found: list[object] = gc.get_referrers(*_with_below(pulumi.ComponentResource))
    every = [one for one in found if isinstance(one, pulumi.ComponentResource)]
    return {id(child): one for one in every for child in _pulumi_compat.children(one)}


def _with_below(kind: type[object]) -> Iterator[type[object]]:
    """A class and all that derive from it."""
    yield kind
    below: list[type[object]] = kind.__subclasses__()
    for one in below:
        yield from _with_below(one)
