"""What the process of a fleet's site runs: the deployment (`fleet.runs.child`), and what its routers are asked.

That part knows routers and has much to import, so it is imported where a site wants it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from wiretik.fleet.runs import child
from wiretik_provider.guard.settings import said_of

__all__ = ["Site"]


class Site:
    """What a site's process asks of its routers."""

    def watched(
        self, job: child.Job, config: Mapping[str, str], say: Callable[[str], None]
    ) -> contextlib.AbstractContextManager[child.Watched | None]:
        """Look at them before a deployment: where a guard is or was on, or others lean on the site."""
        asked = job["options"].get("confirm") and job["operation"] == "up"
        if not (asked or said_of(config, os.environ) != "off" or job["spokes"] or job["again"]):
            return contextlib.nullcontext()
        from wiretik.cli.commands.fleet import watching  # noqa: PLC0415

        return watching.watched(job, config, say)

    def observed(self, job: child.Job, config: Mapping[str, str]) -> Mapping[str, Any]:
        """What is counted on them when drift is looked for."""
        from wiretik.cli.commands.fleet import watching  # noqa: PLC0415

        return watching.observed(job, config)


if __name__ == "__main__":
    sys.exit(child.main(Site()))
