"""The filtering of a bridge, which all its VLANs share.

The bridge resets itself when it begins to filter, and until then ports' VLANs do nothing; so it begins when all that
the program says of them is there, and ends before any of it goes (docs/facts/menus.md#bridge-vlans).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TypeVar

import pulumi

from wiretik.components.shared.making import Making
from wiretik.components.shared.neighbours import Neighbours, bridge_of, neighbours
from wiretik.components.vlans.args import VlanArgs
from wiretik.resources.at_end import at_end
from wiretik.resources.base.router import Router
from wiretik.resources.every.menu_row import MenuRow

__all__ = ["filter_at_end", "taken"]


def filter_at_end(make: Making, args: VlanArgs, come_in: Sequence[pulumi.Resource]) -> None:
    """Has the bridge filter once all VLANs of the program are there.

    Args:
        make: one of them.
        args: its arguments.
        come_in: its rows about the bridge.
    """
    router = make.router.name if isinstance(make.router, Router) else make.router
    name = "-".join(
        filter(None, ["vlan-filtering", router, bridge_of(args.bridge).replace("bridge", "", 1).strip("-")])
    )
    at_end(router, name, functools.partial(_filter, name, args), come_in)


def _filter(name: str, args: VlanArgs, vlans: Sequence[pulumi.Resource]) -> None:
    neighbours(args.router).filters[bridge_of(args.bridge)] = MenuRow(
        "/interface/bridge",
        name,
        pulumi.ResourceOptions(depends_on=list(vlans)),
        router=args.router,
        name=args.bridge,
        vlan_filtering=True,
        adopt=True,
    )


def taken(name: str, args: VlanArgs, known: Neighbours) -> Iterator[str]:
    """Ports and numbers that another VLAN of the program has, each with the cure; else they are this one's.

    Args:
        name: the VLAN.
        args: its arguments.
        known: what others have.
    """
    bridge = bridge_of(args.bridge)
    if other := _whose(known.numbers, (bridge, args.vlan_id), name):
        yield f"vlan_id={args.vlan_id} is {other}'s on {bridge}: give another, or put the ports of both into one"
    for port in args.ports:
        if other := _whose(known.access, (bridge, port), name):
            yield f"{port} is {other}'s access port, and what has no number is in one VLAN: leave it to one of them"
        if other := known.trunks.get((bridge, port), ""):
            yield f"{port} is {other}'s trunk, and an access port takes no numbers: take it out of one of them"
    for port in args.trunks:
        known.trunks.setdefault((bridge, port), name)
        if (other := known.access.get((bridge, port), "")) not in {"", name}:
            yield f"{port} is {other}'s access port, which takes no numbers: take it out of one of them"


_Key = TypeVar("_Key")


def _whose(owners: dict[_Key, str], key: _Key, name: str) -> str:
    """Who else has something; where nobody has, it is this one's from now on."""
    there = owners.setdefault(key, name)
    return there if there != name else ""
