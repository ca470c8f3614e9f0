"""How long laws are: short in `make test`, at length in `make test-long`, which sets `WIRETIK_LONG`."""

import os
from typing import Final

LONG: Final = bool(os.environ.get("WIRETIK_LONG"))


def rounds(short: int, long: int) -> int:
    """How many examples, seeds or orders a test takes; a module that asks is one that `make test-long` runs."""
    return long if LONG else short
