"""The arguments of a LAN that several sites share, and combinations that can't work, before anything is registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from wiretik.components.bridged.underlay import Underlay, underlay
from wiretik.components.shared import prefixes
from wiretik.components.site_to_site import SiteMesh, SiteToSite
from wiretik.components.tunnel import Tunnel
from wiretik.resources.base.lists import lists
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["BridgedLanArgs"]

_NUMBERS: Final = range(1, 16_777_217)
"""What RouterOS takes as `vni` (docs/facts/menus.md#interfacevxlan)."""
_IDS: Final = range(2, 4095)
_PORTS: Final = range(1, 65_536)


@attrs.frozen(kw_only=True, field_transformer=lists)
class BridgedLanArgs:
    """The arguments of a `BridgedLan`.

    Attributes:
        over: the tunnels between the routers: of a `SiteToSite`, of a `SiteMesh` with static routes, or one `Tunnel`
            where the other ends belong to other stacks.
        bridge: the bridge that is joined; by the router's name where it isn't called the same everywhere.
        vlan_id: the VLAN of that bridge which is joined, of a bridge that filters VLANs; without it all that has no
            number.
        vni: the number of this LAN in the tunnels, the same at each end, and of no other LAN.
        remotes: the other routers' addresses in the tunnel, where `over` is a `Tunnel` whose peers don't say them.
        interface: the name of the VXLAN interface; the component's where it isn't given.
        port: the UDP port inside the tunnels, the same at each end.
        dhcp: whether hosts of one site may get their lease from another site's DHCP server. Otherwise each site's own
            server leases to its hosts alone.
        promises: whether it is checked before each change, as with `Expect`, that an end whose frames are taken here
            is still let in; not of the first deployment.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    over: Tunnel | SiteToSite | SiteMesh = attrs.field(kw_only=False)
    bridge: InterfaceRef | Mapping[str, InterfaceRef] = "bridge"
    vlan_id: int | None = None
    vni: int = 1
    remotes: Sequence[str] = ()
    interface: str | None = None
    port: int = 8472
    dhcp: bool = False
    promises: bool = True
    adopt: bool = False

    @property
    def ends(self) -> list[Underlay]:
        """The routers' ends of the tunnels."""
        over = self.over
        if isinstance(over, SiteToSite):
            return [underlay(tunnel) for tunnel in (over.a, over.b) if tunnel]
        return [underlay(tunnel) for tunnel in ([over] if isinstance(over, Tunnel) else over.tunnels.values())]

    def bridge_at(self, router: str) -> InterfaceRef:
        """The bridge of a router."""
        return self.bridge[router] if isinstance(self.bridge, Mapping) else self.bridge

    def others(self, end: Underlay) -> list[str]:
        """The other routers' addresses in the tunnel, as one of them sees them."""
        return [*self.remotes] or [*end.far.values()]

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        return [*self._numbers(), *self._link(), *self._ends()]

    def _numbers(self) -> Iterator[str]:
        for name, number, numbers in (("vni", self.vni, _NUMBERS), ("port", self.port, _PORTS)):
            if number not in numbers:
                yield f"{name}={number} is none: give one from {numbers[0]} to {numbers[-1]}"
        if self.vlan_id is not None and self.vlan_id not in _IDS:
            yield f"vlan_id={self.vlan_id} is no VLAN of a bridge: give one from 2 to 4094, or leave it out"

    def _link(self) -> Iterator[str]:
        if isinstance(self.over, SiteMesh) and self.over.links:
            yield (
                "the mesh has a tunnel for each pair (routing='ospf'), which would make loops: give a SiteMesh with "
                "routing='static', where all are joined by one"
            )
        for one in self.over.skipped if isinstance(self.over, SiteMesh) else ():
            yield f"{one['a']} and {one['b']} don't meet, so their hosts wouldn't either: {one['reason']}"
        if self.remotes and not isinstance(self.over, Tunnel):
            yield "remotes are for a Tunnel, whose peers may not say them: leave them out"

    def _ends(self) -> Iterator[str]:
        for end in self.ends:
            at = f"{end.name}: " if end.name else ""
            if isinstance(self.bridge, Mapping) and end.name not in self.bridge:
                yield f"bridge= has no {end.name!r}: name the bridge of each router, or one for all"
            if not end.local:
                yield f"{at}the tunnel's own address is an output, and frames are sent from it: give it as text"
            if not self.remotes and (end.strangers or not end.far):
                who = " and ".join(map(repr, end.strangers)) or "nobody"
                cure = "give remotes=, the far routers' addresses in the tunnel"
                yield (
                    f"{at}of {who} the program doesn't say an address in the tunnel: "
                    + (cure if isinstance(self.over, Tunnel) else f"take the Tunnel itself as over=, and {cure}")
                )
        for text in self.remotes:
            if prefixes.version_or_none(text) != 4 or prefixes.address_or_none(text) is None:
                yield f"remotes: {text!r} is no IPv4 address such as 10.255.0.2"
            elif any(end.local == text for end in self.ends):
                yield f"remotes: {text} is the router's own address: give the other end's"
