"""Who comes in by an interface is judged by chains of a component's own, in front of all other rules.

Rule: only what begins goes through them, so connections that are there already stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pulumi

from wiretik.components.shared.making import FILTER, Making, suffix
from wiretik.resources.base.position import FIRST
from wiretik.resources.chains import FilterChain, Ipv6FilterChain
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["decide"]

_CHAIN: Final = {4: FilterChain, 6: Ipv6FilterChain}


def decide(
    make: Making,
    interface: InterfaceRef,
    rules: Mapping[str, Mapping[str, Mapping[str, Any]]],
    version: int,
    *,
    about: str,
    after: Sequence[pulumi.Resource] = (),
) -> list[pulumi.Resource]:
    """The chains that decide, and the rules that lead into them.

    Args:
        make: the component.
        interface: by which they come in.
        rules: by RouterOS's chain, such as `forward`, the rules that decide there, by their names.
        version: of IP.
        about: what the rules that lead there are for, in their comments.
        after: what the deciding rules lean on.
    """
    end = suffix(version)
    made: list[pulumi.Resource] = []
    for chain, those in rules.items():
        decides = _CHAIN[version](
            make.named(f"{chain}-chain{end}"),
            make.below(*after),
            router=make.router,
            chain=make.named(chain),
            rules={name: {**rule, "comment": f"{make.name}: {name}"} for name, rule in those.items()},
        )
        leads = FILTER[version](
            make.named(f"{chain}{end}"),
            make.below(decides),
            router=make.router,
            chain=chain,
            in_interface=interface,
            connection_state="new",
            action="jump",
            jump_target=make.named(chain),
            position=FIRST,
            comment=f"{make.name}: {about}",
        )
        made += [decides, leads]
    return made
