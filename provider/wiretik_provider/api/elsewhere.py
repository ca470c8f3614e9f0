"""Another router than the configured one: its twin in memory, while a change is planned.

Rule: who leads a process there begins and ends without connections (`link.close_all`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from wiretik_provider.api.session import Access, Session
from wiretik_provider.masks import Known

__all__ = ["Opened", "elsewhere", "leads"]

Opened = Callable[[Access, Known], Session]
"""Opens a session to a router; given the secrets that it must not repeat to us."""

_LEADS: Final[list[Opened]] = []


@contextmanager
def elsewhere(opened: Opened) -> Iterator[None]:
    """Leads this process to other routers than those that are configured.

    Whatever is deployed meanwhile plans what a plan's lines will do, and waits for no confirm.
    """
    _LEADS.append(opened)
    try:
        yield
    finally:
        _LEADS.remove(opened)


def leads() -> Opened | None:
    """What opens sessions now, where this process is led elsewhere."""
    return _LEADS[-1] if _LEADS else None
