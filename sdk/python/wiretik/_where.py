"""Where Wiretik runs; elsewhere it is one line that says so, before anything fails with a traceback.

What else says it (pyproject.toml, README.md, CONTRIBUTING.md, the Makefile) a test holds against this. Rule: older
Pythons read this module, too, so it has nothing that only newer ones know.
"""

from __future__ import annotations

import sys

__all__ = ["NEWEST", "OLDEST", "OLDEST_SDK", "SYSTEMS", "refusal", "refusal_of_sdk"]

OLDEST, NEWEST = (3, 11), (3, 13)
"""The Pythons that it is run with."""
OLDEST_SDK = (3, 256)
"""The oldest SDK of Pulumi that it is run with."""
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


def refusal_of_sdk(version: str) -> str:
    """Why it can't run with this SDK of Pulumi; empty where it can.

    Args:
        version: the SDK's, such as `3.272.0`.
    """
    parts = version.split(".")
    known = tuple(int(part) for part in parts[:2] if part.isdigit())
    if len(known) < len(OLDEST_SDK) or known >= OLDEST_SDK:
        return ""
    oldest = ".".join(map(str, OLDEST_SDK))
    return (
        f"Wiretik needs Pulumi's SDK {oldest} or newer, and this virtualenv has {version}: pip install --upgrade pulumi"
    )


_WHY = refusal(sys.platform, sys.version_info[:2])
if _WHY:
    sys.exit("error: " + _WHY)
