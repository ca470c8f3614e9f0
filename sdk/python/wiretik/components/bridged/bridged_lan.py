"""A LAN that several sites share: their bridges, joined by VXLAN inside the WireGuard tunnels between the routers."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
import pulumi

from wiretik.components.bridged.args import BridgedLanArgs
from wiretik.components.bridged.underlay import Underlay
from wiretik.components.shared.making import Making
from wiretik.components.shared.neighbours import UNTAGGED, Bridge, bridge_of, neighbours
from wiretik.components.shared.promising import promised
from wiretik.components.shared.refusal import Refusal
from wiretik.resources.at_end import at_end
from wiretik.resources.base.missing import Named
from wiretik.resources.base.position import BEFORE_DROP, FIRST, After, Before
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.firewall import FilterRule
from wiretik.resources.interfaces import InterfaceRef
from wiretik.resources.matchers import Not

__all__ = ["BridgedLan", "BridgedLanArgs"]

_DHCP: Final[Mapping[str, tuple[str, str]]] = {
    "asks": ("forward", "out_interface"),
    "router-asks": ("output", "out_interface"),
    "asked": ("forward", "in_interface"),
    "router-asked": ("input", "in_interface"),
}
"""By the part of a logical name the bridge's chain, and the side, of DHCP requests that must not cross."""


class BridgedLan(pulumi.ComponentResource):
    """One LAN at several sites: hosts see each other as if they were at one switch.

    The routers' bridges are joined by VXLAN, inside the WireGuard tunnels that are there; only the routers of these
    tunnels may send frames, and none leaves in the clear. `docs/components.md` lists every row, and says when a routed
    `SiteToSite` is the better choice.

    Example:
        ```python
        link = wt.SiteToSite("link", wt.SiteToSiteArgs(
            a=wt.SiteEnd("berlin", address="10.255.0.1/30", endpoint="berlin.example.com:51820"),
            b=wt.SiteEnd("lisbon", address="10.255.0.2/30"),
        ))
        wt.BridgedLan("lan", wt.BridgedLanArgs(link))
        ```

    Args:
        name: the logical name, with which those of all its rows begin; the router's follows.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        interfaces: the VXLAN interfaces, by their router's name.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    @takes_over
    def __init__(self, name: str, args: BridgedLanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        who = f"BridgedLan {name!r}"
        Refusal.of(who, args.problems())
        Refusal.of(who, _taken(name, args))
        super().__init__("wiretik:index:BridgedLan", name, None, opts)
        made = {end.name: _End(self, name, args, end).make() for end in args.ends}
        self.interfaces = Named(made, f"{who}: interfaces")
        self.register_outputs({"interfaces": {router: one.name for router, one in made.items()}})


def _taken(name: str, args: BridgedLanArgs) -> Iterator[str]:
    """What makes a loop, and a number that another LAN has; else they are this one's."""
    joins: list[Bridge] = [(end.name, _lan(args, end)) for end in args.ends]
    known = [neighbours(end.router) for end in args.ends]
    for own, beside in zip(joins, known, strict=True):
        if (other := beside.vnis.setdefault(args.vni, name)) != name:
            yield f"vni={args.vni} is {other}'s on {own[0] or 'the router'}: give another, the same at each end"
    groups = [beside.joined.get(own[1], frozenset({own})) for own, beside in zip(joins, known, strict=True)]
    seen: set[Bridge] = set()
    for own, group in zip(joins, groups, strict=True):
        if seen & group:
            yield (
                f"{own[1]} of {own[0]} is one LAN with the others already, by another BridgedLan, and two ways make a "
                "loop in which frames go round: leave one of them out"
            )
            return
        seen |= group
    for router, bridge in seen:
        neighbours(router).joined[bridge] = frozenset(seen)


def _lan(args: BridgedLanArgs, end: Underlay) -> str:
    """What of a router is joined: a bridge, or one of its VLANs."""
    called = bridge_of(args.bridge_at(end.name))
    return called if args.vlan_id is None else f"VLAN {args.vlan_id} of {called}"


@attrs.frozen
class _End:
    """One router's part.

    Attributes:
        component: the parent of all.
        whole: the component's logical name.
        args: its arguments.
        end: the tunnel.
    """

    component: pulumi.ComponentResource
    whole: str
    args: BridgedLanArgs
    end: Underlay

    @property
    def _making(self) -> Making:
        return Making(self.component, "-".join(filter(None, (self.whole, self.end.name))), self.end.router)

    @property
    def _bridge(self) -> InterfaceRef:
        return self.args.bridge_at(self.end.name)

    def make(self) -> MenuRow:
        """The interface, and all that must be there before the bridge has it as a port."""
        make, args, end = self._making, self.args, self.end
        kept = [*self._only_inside(make), *self._only_from_there(make)]
        link = MenuRow(
            "/interface/vxlan",
            make.named("interface"),
            make.below(*end.ready, *kept),
            router=end.router,
            name=args.interface or self.whole,
            vni=args.vni,
            port=args.port,
            local_address=end.local,
            dont_fragment="disabled",  # a host's full packet doesn't fit a tunnel: docs/facts/menus.md#interfacevxlan
            comment=make.name,
        )
        before = [*kept, *self._told(make, link), *([] if args.dhcp else self._own_leases(make, link))]
        if args.vlan_id is None:
            self._join(make, link, before, [])
        else:
            at_end(end.router, f"{make.name}: port", functools.partial(self._join, make, link, before), late=True)
        if args.promises:
            for one in args.others(end):
                promised(one, end.interface, end.router).reaches(
                    "router", port=args.port, protocol="udp", name=f"{self.whole}: {one} may send its frames here"
                )
        return link

    def _only_inside(self, make: Making) -> list[pulumi.Resource]:
        """No frame leaves by another interface than the tunnel, whatever becomes of that."""
        return [
            FilterRule(
                make.named(f"inside-{at}"),
                make.below(),
                router=self.end.router,
                chain="output",
                out_interface=Not(self.end.interface),
                dst_address=one,
                protocol="udp",
                dst_port=self.args.port,
                action="drop",
                position=FIRST,
                comment=f"{make.name}: frames stay in the tunnel",
            )
            for at, one in enumerate(self.args.others(self.end), 1)
        ]

    def _only_from_there(self, make: Making) -> list[pulumi.Resource]:
        """Frames come from the other routers alone: who is told of as a VTEP isn't asked by RouterOS.

        One rule of a port drops the rest, behind all that take some: it doesn't see whose LAN a frame is of.
        """
        known = neighbours(self.end.router).frames
        first, rest = known.get(self.args.port, (None, None))
        common: dict[str, Any] = {"router": self.end.router, "chain": "input", "protocol": "udp"}
        common["dst_port"] = self.args.port
        accepted = [
            FilterRule(
                make.named(f"from-{at}"),
                make.below(),
                in_interface=self.end.interface,
                src_address=one,
                action="accept",
                position=Before(first) if first else BEFORE_DROP,
                comment=f"{make.name}: frames of {one}",
                **common,
            )
            for at, one in enumerate(self.args.others(self.end), 1)
        ]
        if rest is None:
            rest = FilterRule(
                make.named("from-others"),
                make.below(*accepted),
                action="drop",
                position=After(accepted[-1]),
                comment=f"{make.name}: nobody else's frames",
                **common,
            )
            known[self.args.port] = accepted[0], rest
        return [*accepted, rest]

    def _told(self, make: Making, link: MenuRow) -> list[pulumi.Resource]:
        """To whom frames are sent."""
        return [
            MenuRow(
                "/interface/vxlan/vteps",
                make.named(f"to-{at}"),
                make.below(),
                router=self.end.router,
                interface=link,
                remote_ip=one,
            )
            for at, one in enumerate(self.args.others(self.end), 1)
        ]

    def _own_leases(self, make: Making, link: MenuRow) -> list[pulumi.Resource]:
        """No request for a lease crosses, in either direction."""
        return [
            MenuRow(
                "/interface/bridge/filter",
                make.named(f"dhcp-{part}"),
                make.below(),
                router=self.end.router,
                chain=chain,
                mac_protocol="ip",
                ip_protocol="udp",
                dst_port=67,
                action="drop",
                comment=f"{make.name}: leases are the site's own",
                **{side: link},
            )
            for part, (chain, side) in _DHCP.items()
        ]

    def _join(
        self, make: Making, link: MenuRow, before: Sequence[pulumi.Resource], _: Sequence[pulumi.Resource]
    ) -> None:
        """The bridge has it as a port, last; of one VLAN while the bridge filters, or all of it would be joined."""
        vlan: dict[str, Any] = {}
        if self.args.vlan_id is not None:
            vlan = {"pvid": self.args.vlan_id, "frame_types": UNTAGGED}
            before = [*before, *neighbours(self.end.router).filtering(self._bridge)]
        MenuRow(
            "/interface/bridge/port",
            make.named("port"),
            make.below(*before),
            router=self.end.router,
            interface=link,
            bridge=self._bridge,
            comment=make.name,
            **vlan,
        )
