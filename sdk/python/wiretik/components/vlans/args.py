"""The arguments of a VLAN, and combinations that can't work, before anything is registered."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from wiretik.components.shared import prefixes
from wiretik.components.shared.prefixes import Network, Prefix
from wiretik.components.vlans.ssids import Ssid
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import InterfaceRef, ListRef

__all__ = ["VlanArgs"]

_IDS: Final = range(2, 4095)
"""802.1Q has 1 to 4094; 1 is what a bridge takes for its own untagged network (docs/facts/menus.md#bridge-vlans)."""
_LEASED: Final = 10
"""Addresses at the beginning of a network that its pool leaves to whoever has a fixed one."""


@attrs.frozen(kw_only=True, field_transformer=lists)
class VlanArgs:
    """The arguments of a `Vlan`.

    Attributes:
        vlan_id: its number, 2 to 4094.
        address: the router's IPv4 address in it, with its mask.
        address6: the router's IPv6 address in it, with its mask; hosts make themselves addresses of that network.
        access: ports of the bridge whose hosts are in this VLAN and know nothing of it. They leave the network that
            they were in.
        trunks: ports of the bridge with another switch or access point behind, to which the VLAN's packets go with
            their number. What has no number there stays where it was.
        ssids: Wi-Fi networks whose hosts are in this VLAN, each on a radio of the router.
        guest: whether who is in it may go to the internet and nowhere else; of the router they reach DHCP, DNS and
            ping.
        dhcp: whether the router leases addresses.
        pool: the range that it leases, `FIRST-LAST`; without it, all of the network but its first ten.
        dns: the resolvers that it tells; the router itself where it is empty.
        domain: the domain that the DHCP server tells hosts.
        interface: the name of the VLAN's interface; the component's where it isn't given.
        bridge: the bridge.
        filtering: whether the bridge is made to filter VLANs, once all VLANs of the program are there. False where
            somebody else sees to that.
        lists: interface lists that it joins unless it is for guests: the factory's firewall lets `LAN` to the router.
        wan: the interface list by which guests leave.
        promises: whether its promises are checked before each change, as with `Expect`.
        router: the router that it is on; may be left out where the stack has only one.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    vlan_id: int = attrs.field(kw_only=False)
    address: str = attrs.field(kw_only=False)
    address6: str | None = None
    access: Sequence[str] = ()
    trunks: Sequence[str] = ()
    ssids: Sequence[Ssid] = ()
    guest: bool = False
    dhcp: bool = True
    pool: str | None = None
    dns: Sequence[str] = ()
    domain: str | None = None
    interface: str | None = None
    bridge: InterfaceRef = "bridge"
    filtering: bool = True
    lists: Sequence[ListRef] = ("LAN",)
    wan: ListRef = "WAN"
    promises: bool = True
    router: Router | str = ""
    adopt: bool = False

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions of IP that it carries."""
        return (4, 6) if self.address6 else (4,)

    @property
    def network(self) -> Network:
        """Its IPv4 network."""
        return prefixes.connected(self.address)

    @property
    def networks(self) -> list[Prefix]:
        """Its networks of both versions."""
        return [self.network, *([prefixes.connected6(self.address6)] if self.address6 else [])]

    def host(self, version: int = 4) -> str:
        """The router's own address in it."""
        return (self.address if version == 4 else self.address6 or "").partition("/")[0]

    def answers(self, version: int) -> bool:
        """Whether hosts are told to ask the router for names."""
        return not self.dns or self.host(version) in self.dns

    @property
    def leased_from(self) -> ipaddress.IPv4Address:
        """The first address that is leased where no pool is given."""
        return self.network[min(_LEASED, self.network.num_addresses - 2)]

    @property
    def leased(self) -> str:
        """The range that the router leases, without its own address."""
        if self.pool is not None:
            return self.pool
        begin, last = int(self.leased_from), int(self.network.broadcast_address) - 1
        own = int(ipaddress.IPv4Address(self.host()))
        parts = [(begin, last)] if not begin <= own <= last else [(begin, own - 1), (own + 1, last)]
        return ",".join(
            f"{ipaddress.IPv4Address(low)}-{ipaddress.IPv4Address(high)}" for low, high in parts if low <= high
        )

    @property
    def ports(self) -> list[str]:
        """All ports whose hosts know nothing of it."""
        return [*self.access, *(one.port(self.vlan_id) for one in self.ssids)]

    @property
    def joins(self) -> Sequence[ListRef]:
        """The interface lists that it joins."""
        return () if self.guest else self.lists

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        try:
            _ = self.networks
        except ValueError as wrong:
            return [str(wrong)]
        return [*self._port_problems(), *self._address_problems(), *self._bridge_problems()]

    def _port_problems(self) -> Iterator[str]:
        if self.vlan_id not in _IDS:
            why = "is the bridge's own untagged network" if self.vlan_id == 1 else "is no number of a VLAN"
            yield f"vlan_id={self.vlan_id} {why}: give one from 2 to 4094"
        if not (self.access or self.trunks or self.ssids):
            yield "nobody is in it: give access= or trunks=, ports of the bridge, or ssids="
        for one in self.ssids:
            yield from one.problems()
        names = [one.port(self.vlan_id) for one in self.ssids]
        for name in dict.fromkeys(names):
            if names.count(name) > 1 or name in (*self.access, *self.trunks):
                yield f"ssids: two ports are called {name}: give one of them another interface="
        for port in dict.fromkeys(self.access):
            if port in self.trunks:
                yield f"{port} is in access and in trunks: a port has this VLAN's packets with its number or without"
        for port in dict.fromkeys([*self.access, *self.trunks]):
            if port == self.bridge:
                yield f"{port} is the bridge itself, which is in every VLAN anyway: leave it out of its ports"

    def _address_problems(self) -> Iterator[str]:
        if self.network.prefixlen > 30 and self.dhcp:
            yield f"address={self.address!r} leaves nobody an address: give a mask of /30 or less, or dhcp=False"
        for own, network in zip([self.address, self.address6 or ""], self.networks, strict=False):
            host = own.partition("/")[0]
            if network.prefixlen <= 30 and str(network.network_address) == host:
                yield f"address={own!r} is the network's own: give the router one in it, {network.network_address + 1}"
        if not self.dhcp:
            if self.pool is not None:
                yield "pool is what DHCP leases, and dhcp=False leases nothing: leave out one of them"
            return
        for part in self.pool.split(",") if self.pool is not None else ():
            yield from self._range_problems(part)

    def _range_problems(self, text: str) -> Iterator[str]:
        ends, own = prefixes.range_or_none(text), ipaddress.IPv4Address(self.host())
        if ends is None:
            yield f"pool: {text!r} is no range such as {self.leased_from}-{self.network[-2]}"
        elif any(end not in self.network for end in ends):
            yield f"pool: {text} isn't in {self.network}, so who gets an address of it reaches nobody: give one there"
        elif ends[0] <= own <= ends[1]:
            yield f"pool: {text} has the router's own address {own}: leave it out"

    def _bridge_problems(self) -> Iterator[str]:
        if self.filtering and not isinstance(self.bridge, str):
            yield (
                "the bridge is a resource of the program, which says itself whether it filters: give it "
                "vlan_filtering=True, and filtering=False here; or its name as bridge="
            )
