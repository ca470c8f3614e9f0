"""A router's configuration before each `up`, as a file that its own `/import` takes, beside the stack's history.

Rule: it is only read, and that it can't be keeps no deployment from going on. Keys and passwords aren't read at all;
the file is its owner's alone, since texts of scripts stand in it as in any export. It goes where the history goes.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator

from wiretik.cli.compare.reading import Seen, look
from wiretik.cli.compare.rebuilding import lines
from wiretik.cli.reach import routers_of
from wiretik.engine import Stack
from wiretik.engine.state.files import write
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import ConfigError, WiretikError

__all__ = ["export_all", "text_of"]


def export_all(chosen: Stack) -> Iterator[str]:
    """Writes a file for each router of a stack; what couldn't be, in words."""
    config = chosen.texts()
    if config.get("wiretik:offline") == "true":
        return
    folder = chosen.backend.history(chosen.project.name, chosen.name)
    stamp = time.time_ns()
    try:
        found = [access(config, os.environ, name) for name in routers_of(config, "")]
    except ConfigError:
        return  # the deployment says so itself
    for reach in found:
        name = re.sub(r"[^\w.-]", "_", reach.name or "router")
        try:
            write(folder / f"{chosen.name}-{stamp}.{name}.rsc", [text_of(reach, _seen(reach)).encode(*_BYTES)])
        except WiretikError as error:
            yield f"no export of the router is kept: {error}"


_BYTES = ("utf-8", "surrogateescape")


def _seen(reach: Access) -> Seen:
    with contextlib.closing(Session(reach)) as session:
        return look(session)


def text_of(reach: Access, seen: Seen) -> str:
    """A router as statements of its console, each in a line of its own."""
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    unread = [f"# not read: {path}: {why}" for path, why in seen.unread.items()]
    head = (
        f"# {when} UTC, RouterOS {seen.version}, {seen.board}",
        f"# {reach.label} as it was before an up of Wiretik; without keys, passwords, users, certificates and files",
        *unread,
    )
    return "\n".join((*head, *(line for _, _, line in lines(seen)))) + "\n"
