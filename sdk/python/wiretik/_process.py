"""Settings of the command line's own process: imports without garbage collection, forks. It imports nothing else."""

import contextlib
import gc
import sys
import threading
from collections.abc import Iterator

__all__ = ["importing", "may_fork"]


@contextlib.contextmanager
def importing() -> Iterator[None]:
    """Modules are not garbage, so none is looked for; what is there afterwards stays shared with all forks."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def may_fork() -> bool:
    """Whether a fork is safe here: on Linux, as long as there are no threads."""
    return sys.platform == "linux" and threading.active_count() == 1
