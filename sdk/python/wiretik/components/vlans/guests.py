"""Who is in a VLAN for guests goes to the internet and nowhere else.

Rule: what begins there goes through chains of its own, before all other rules, where all that isn't listed is dropped,
whatever the router's firewall says besides.
"""

from __future__ import annotations

from typing import Any, Final

import attrs
import pulumi

from wiretik.components.shared.deciding import decide
from wiretik.components.shared.making import Making
from wiretik.components.vlans.args import VlanArgs
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.interfaces import InterfaceList

__all__ = ["Apart", "keep_apart"]

_PING: Final = {4: "icmp", 6: "icmpv6"}


@attrs.frozen
class Apart:
    """What keeps guests apart.

    Attributes:
        leaves: the list of interfaces by which they may leave; a VPN for them joins it.
        rows: all that must be there before they come.
    """

    leaves: InterfaceList
    rows: list[pulumi.Resource]


def keep_apart(make: Making, args: VlanArgs, interface: MenuRow) -> Apart:
    """Makes the chains, and the rules that lead into them.

    Args:
        make: the VLAN.
        args: its arguments.
        interface: its interface.
    """
    leaves = InterfaceList(
        make.named("internet"),
        make.below(),
        router=args.router,
        name=make.named("internet"),
        include=[args.wan],
        comment=f"{make.name}: by which they leave",
    )
    rows: list[pulumi.Resource] = [leaves]
    for version in args.versions:
        forward: dict[str, dict[str, Any]] = {
            "internet": {"action": "accept", "out_interface_list": leaves},
            "rest": {"action": "drop"},
        }
        rules = {"forward": forward, "input": _input(args, version)}
        rows += decide(make, interface, rules, version, about="what guests may")
    return Apart(leaves, rows)


def _input(args: VlanArgs, version: int) -> dict[str, dict[str, Any]]:
    """What they may ask the router, by its address among them and by no other; who has no address asks everybody."""
    here = {"action": "accept", "dst_address": args.host(version)}
    rules: dict[str, dict[str, Any]] = {"ping": {**here, "protocol": _PING[version]}}
    if args.dhcp and version == 4:
        rules["dhcp"] = {"action": "accept", "dst_address": "255.255.255.255", "protocol": "udp", "dst_port": 67}
        rules["dhcp-again"] = {**here, "protocol": "udp", "dst_port": 67}
    if args.answers(version):
        rules |= {f"dns-{protocol}": {**here, "protocol": protocol, "dst_port": 53} for protocol in ("udp", "tcp")}
    return {**rules, "rest": {"action": "drop"}}
