"""Resources that have another name or parent than they had.

An engine knows a resource by the types above it, its own type and its name. The gate notes that for each row, and
where a row's resource is another one now, it prints the call of `moved` that makes the two one.
"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi.runtime.stack import register_stack_transformation

from wiretik.resources.base.front import is_plugin
from wiretik.resources.base.misuse import Misuse
from wiretik_provider.plugin.names import DYNAMIC, class_of_type, token

__all__ = ["moved"]


def moved(names: Mapping[str, str]) -> None:
    """Says which resource was which before, so that it stays in the plan as it stays on the router.

    It stands above the resources that it names. A preview prints the whole call where resources have other names or
    parents than before; it may go once an `up` went through.

    Args:
        names: `"Class::name"` of a resource as it is now, and as it was; in front of the latter stand the types of the
            components that it was in, each with a `$`.

    Example:
        ```python
        wt.moved({
            "WireGuardInterface::home-wg1-interface": "WireGuardInterface::wg1",
            "Peer::home-wg2-cabin": "acme:net:Cabin$Peer::cabin",
        })
        ```
    """
    for name in [*names, *names.values()]:
        if "::" not in name:
            raise Misuse(f"moved: {name!r} isn't of the form 'Class::name', as a preview prints it")

    def keep(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        kind = class_of_type(args.type_)
        former = names.get(f"{kind}::{args.name}") if kind else None
        if former is None:
            return None
        above, _, own = former.rpartition("$")
        before, _, name = own.partition("::")
        head = f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{above}{'$' * bool(above)}"
        types = [*([token(before)] if is_plugin() else []), f"{DYNAMIC}{before}"]
        more = pulumi.ResourceOptions(aliases=[f"{head}{one}::{name}" for one in types])
        return pulumi.ResourceTransformationResult(args.props, pulumi.ResourceOptions.merge(args.opts, more))

    register_stack_transformation(keep)
