"""Where Wiretik runs; elsewhere it is one line that says so, before anything fails with a traceback.

What else says it (pyproject.toml, README.md, CONTRIBUTING.md, the Makefile) a test holds against this. Rule: older
Pythons read this module, too, so it has nothing that only newer ones know.
"""

from __future__ import annotations

import sys

__all__ = ["NEWEST", "OLDEST", "SYSTEMS", "refusal"]

OLDEST, NEWEST = (3, 11), (3, 13)
"""The Pythons that it is run with."""
SYSTEMS = ("Linux", "macOS")
"""The systems that it is made for: files that only their owner may read, terminals and processes are POSIX's."""


def refusal(platform: str, version: tuple[int, int]) -> str:
    """Why it can't run here; empty where it can.

    Args:
        platform: as `sys.platform` has it.
        version: of Python, major and minor.
    """
    oldest, newest, here = (".".join(map(str, one)) for one in (OLDEST, NEWEST, version))
    if platform in ("win32", "cygwin"):
        return f"Wiretik runs on {' and '.join(SYSTEMS)}, not on Windows itself: use it in WSL (wsl --install)"
    if version < OLDEST:
        return f"Wiretik needs Python {oldest} to {newest}, and this is {here}: make the virtualenv with a newer one"
    return ""


_WHY = refusal(sys.platform, sys.version_info[:2])
if _WHY:
    sys.exit("error: " + _WHY)
