"""How long laws are: short in `make test`, at length in `make test-long`, which sets `WIRETIK_LONG`.

Its value is the share of that length, 1 for all of it: CI takes a fiftieth, so that it ends in time.
"""

import os
from typing import Final

SHARE: Final = float(os.environ.get("WIRETIK_LONG") or 0)
LONG: Final = SHARE > 0


def rounds(short: int, long: int) -> int:
    """How many examples, seeds or orders a test takes; a module that asks is one that `make test-long` runs."""
    return max(short, round(long * SHARE))


def patience(long: float, short: float = 120) -> float:
    """How many seconds a test may take that has more to do at length."""
    return max(short, long * SHARE)
