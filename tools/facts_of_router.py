"""What a router's console says of all menus, against the file that has them: a new release is a list of differences.

    WIRETIK_PASSWORD=… python -m tools.facts_of_router host=192.168.88.1 username=admin fingerprint=…

Each menu of `menus/every.txt` that the router's version should have is asked for by `/console/inspect`, one question
after the other, since many at once can hang a router (docs/facts/rest-and-export.md). Told are arguments that only one
of the two has, sorted, so that the same router gives the same lines. Nothing is written, there or here: what a release
brings enters the facts of which `make facts` makes the file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator

from wiretik_provider.api.link import close_all, link
from wiretik_provider.calls import Answer
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate.unlisted import arguments
from wiretik_provider.menus import every
from wiretik_provider.menus.descriptor import Version

__all__ = ["differences", "main"]


def differences(ask: Callable[..., Answer], running: Version, paths: Iterable[str]) -> Iterator[str]:
    """What the file and a router don't both have, a line for each menu and side.

    Args:
        ask: asks the router.
        running: its version.
        paths: the menus to look at.
    """
    for path in sorted(paths):
        menu = every.described(path)
        if menu is None:
            continue
        there = arguments(menu, ask)
        ours = {field.name for field in menu.writable if field.on(running)} if menu.on(running) else set()
        if there is None:
            if ours:
                yield f"{path}: the router says nothing of it"
            continue
        if more := sorted(there - ours):
            yield f"{path}: only the router has {' '.join(more)}"
        if less := sorted(ours - there):
            yield f"{path}: only the file has {' '.join(less)}"


def main(*settings: str) -> None:
    """Asks a router for all menus; its settings are those of a stack's config, each as `key=value`."""
    try:
        reach = link({f"wiretik:{key}": value for key, _, value in (one.partition("=") for one in settings)}, "")
        lines = list(differences(reach.ask, reach.version, every.heads()))
    except WiretikError as error:
        sys.exit(str(error))
    finally:
        close_all()
    for line in lines:
        print(line)
    print(f"RouterOS {reach.version_text}: {len(every.heads())} menus asked for, {len(lines)} differences")


if __name__ == "__main__":
    main(*sys.argv[1:])
