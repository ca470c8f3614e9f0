"""The guard and the seal of a router: registered by themselves where `wiretik:confirm` is `auto`.

All rows of the router depend on the guard, and the seal waits for all rows that the program declares; when a deployment
confirms its change, and why there, is in `wiretik_provider.kinds.guarding`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pulumi

from wiretik.resources.base.front import Fronted

__all__ = ["Guard", "Seal", "asked"]


class Guard(Fronted, module="wiretik", name="Guard"):
    """What takes a change of a router back unless the deployment confirms it; another one for each change."""

    change: pulumi.Output[str]
    """What the last change is called."""

    def __init__(
        self, name: str, router: str, probes: pulumi.Output[list[dict[str, Any]]], preflight: pulumi.Resource
    ) -> None:
        props: dict[str, Any] = {"change": None, "__probes": probes}
        if router:
            props["router"] = router
        opts = pulumi.ResourceOptions(depends_on=[preflight], hide_diffs=["__program", "__probes"])
        super().__init__("guard", name, props, opts)


class Seal(Fronted, module="wiretik", name="Seal"):
    """What stands behind all rows of a router: where it is made, the first deployment confirms its change.

    It waits for them without depending on them: the state of what depends on a resource that isn't made, since
    `--exclude` leaves it out, is broken (Pulumi 3.260: snapshot integrity failure).
    """

    def __init__(self, name: str, router: str, behind: Sequence[pulumi.Resource]) -> None:
        made: pulumi.Output[bool] = pulumi.Output.from_input(asyncio.ensure_future(_made(behind)))
        props: dict[str, Any] = {"router": router, "__made": made} if router else {"__made": made}
        super().__init__("seal", name, props, pulumi.ResourceOptions(hide_diffs=["__made"]))


async def _made(resources: Sequence[pulumi.Resource]) -> bool:
    """Whether there are all resources now; waits until each is made, or left out."""
    for resource in resources:
        await resource.urn.future()
    there = [await one.id.is_known() for one in resources if isinstance(one, pulumi.CustomResource)]
    return pulumi.runtime.is_dry_run() or all(there)


def asked() -> bool:
    """Whether the stack's config asks for it."""
    return pulumi.Config("wiretik").get("confirm") == "auto"
