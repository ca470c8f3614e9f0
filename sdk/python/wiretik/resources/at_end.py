"""What components of one program share on one router: what they know, and what is made when its body has ended."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import pulumi

from wiretik.resources.base.gate import Gate, gate_of
from wiretik.resources.base.router import Router

__all__ = ["at_end", "shared"]

_Shared = TypeVar("_Shared")


def at_end(
    router: Router | str,
    name: str,
    make: Callable[[Sequence[pulumi.Resource]], object],
    after: Sequence[pulumi.Resource] = (),
    *,
    late: bool = False,
) -> None:
    """Has something done once when the program's body has ended, such as a row that comes after those of several.

    Args:
        router: which router.
        name: what it is; who says so first says how.
        make: gets all that any of them says is there before it.
        after: what is there before it.
        late: whether it leans on what others do then.
    """
    _gate(router).at_end(name, make, after, late=late)


_KNOWN: Final[weakref.WeakKeyDictionary[Gate, dict[type, Any]]] = weakref.WeakKeyDictionary()


def shared(router: Router | str, kind: type[_Shared]) -> _Shared:
    """The one thing of a kind that a router has in the running program; made when it is first asked for."""
    there = _KNOWN.setdefault(_gate(router), {})
    if kind not in there:
        there[kind] = kind()
    found: _Shared = there[kind]
    return found


def _gate(router: Router | str) -> Gate:
    return gate_of(router.name if isinstance(router, Router) else router)
