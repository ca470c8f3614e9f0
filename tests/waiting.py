"""Waiting for an event rather than for a while: a loaded machine takes its time, and no test minds."""

import time
from collections.abc import Callable
from typing import TypeVar

A = TypeVar("A")


def until(asked: Callable[[], A | None], seconds: float = 100) -> A:
    """What is asked, as soon as it is true; a failure if it never is."""
    end = time.monotonic() + seconds
    while not (found := asked()):
        assert time.monotonic() < end, f"it isn't true after {seconds} s"
        time.sleep(0.005)
    return found
