"""What a gate says of an earlier change that waits to be confirmed, or that the router has taken back. Pure."""

from __future__ import annotations

from wiretik_provider.guard import scripts
from wiretik_provider.guard.closing import Standing

__all__ = ["is_open", "refused", "taken_back", "warning"]


def refused(there: Standing, stack: str, *, refreshed: bool) -> str:
    """Why nothing may be deployed: the state knows of a change that the router has no more; empty where it may."""
    if refreshed or not _ours(there, stack) or there.state is None or there.state.kind != scripts.ROLLED_BACK:
        return ""
    return (
        "the router has taken the last change back, since nobody confirmed it in time, and the state doesn't know: "
        "`up --refresh` reads the router first, and then deploys"
    )


def warning(there: Standing, stack: str) -> str:
    """What is said of a change that still waits; empty where none does."""
    if not _ours(there, stack) or there.state is None or there.state.kind != scripts.ARMED:
        return ""
    return (
        f"the last change isn't confirmed: the router takes it back in {there.left} s; `wiretik confirm` keeps it, "
        "`wiretik rollback` takes it back now"
    )


def taken_back(there: Standing, stack: str) -> bool:
    """Whether the router has taken this stack's last change back."""
    kinds = (scripts.ROLLED_BACK, scripts.SEEN)
    return _ours(there, stack) and there.state is not None and there.state.kind in kinds


def is_open(there: Standing, stack: str) -> bool:
    """Whether the next deployment has to look again, guarded or not."""
    kinds = (scripts.ARMED, scripts.ROLLED_BACK)
    return _ours(there, stack) and there.state is not None and there.state.kind in kinds


def _ours(there: Standing, stack: str) -> bool:
    return there.state is not None and there.state.stack in (stack, "-")
