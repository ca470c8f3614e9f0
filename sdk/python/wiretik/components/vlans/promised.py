"""The promises of VLANs about packets, asked of the path tracer before the first write, like `Expect`."""

from __future__ import annotations

from collections.abc import Mapping

from wiretik.components.shared.lan import Lan
from wiretik.components.shared.prefixes import Prefix
from wiretik.components.shared.promising import promised
from wiretik.components.vlans.args import VlanArgs

__all__ = ["guests_stay_out", "vlan_is_reached"]


def vlan_is_reached(name: str, args: VlanArgs, lan: Lan) -> None:
    """A VLAN's hosts reach the router, as far as they may: guests its resolver."""
    for one, version in zip(args.networks, args.versions, strict=True):
        asked = promised(str(one), lan.interface, args.router)
        if not args.guest:
            asked.reaches("router", name=f"{name}: the VLAN reaches the router")
        elif args.answers(version) and version == 4:  # a VPN without IPv6 has them ask by IPv4
            asked.reaches("router", port=53, protocol="udp", name=f"{name}: guests may ask the router for names")


def guests_stay_out(name: str, args: VlanArgs, lan: Lan, others: Mapping[Prefix, Lan]) -> None:
    """Guests reach nothing of the router's other networks, and of the router nothing that manages it."""
    if not args.guest:
        return
    for one, version in zip(args.networks, args.versions, strict=True):
        asked = promised(str(one), lan.interface, args.router)
        asked.never_leaves_by(args.bridge, name=f"{name}: guests reach nothing in the bridge's own network")
        asked.is_dropped(to=args.host(version), port=22, name=f"{name}: guests don't manage the router")
        for prefix, other in others.items():
            if prefix.version == version:
                told = f"{name}: guests reach nothing in {prefix}"
                asked.never_leaves_by(other.interface, to=str(prefix), name=told)
