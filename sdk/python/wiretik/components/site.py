"""The WireGuard life of one router: its tunnels, its VPN and its mesh, which know of each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import attrs
import pulumi

from wiretik.components import promises
from wiretik.components.always_on import AlwaysOnVpn, AlwaysOnVpnArgs
from wiretik.components.relay import RelayMesh, RelayMeshArgs
from wiretik.components.shared.forwards import Forward
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.neighbours import neighbours
from wiretik.components.shared.prefixes import Prefix, connected, connected6, prefix, within
from wiretik.components.shared.refusal import Refusal
from wiretik.components.tunnel import Tunnel, TunnelArgs
from wiretik.components.uplinks.uplinks import Uplinks, UplinksArgs, Wan
from wiretik.components.vlans.vlan import Vlan, VlanArgs
from wiretik.resources.base.lists import lists
from wiretik.resources.base.missing import Named, by_name
from wiretik.resources.base.router import Router
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.interfaces import ListRef

__all__ = ["Site", "SiteArgs"]

Part = TypeVar("Part", TunnelArgs, AlwaysOnVpnArgs, RelayMeshArgs, VlanArgs)


@attrs.frozen(kw_only=True, field_transformer=lists)
class SiteArgs:
    """The arguments of a `Site`. Each part gets the facts that it needs of the others and of the site.

    Attributes:
        lan: the router's LAN.
        router: the router that it is on; may be left out where the stack has only one.
        wan: the interface list by which others call.
        tunnels: tunnels, in any number.
        always_on: the VPN by which all else leaves.
        relay: the mesh of clients that call.
        vlans: VLANs of the router's bridge by their interfaces' names.
        wans: its lines to the internet where it has several, the one first that is taken as long as it is alive.
        balance: whether connections are shared among all of `wans` that are alive, rather than the first taken.
        forwards: ports that each of `wans` forwards to a host behind the router, answered by the line that was called.
        tell: commands of RouterOS for when one of `wans` falls silent or answers again.
        promises: whether its promises and those of its parts are checked before each change, as with `Expect`.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    lan: Lan
    router: Router | str = ""
    wan: ListRef = "WAN"
    tunnels: Sequence[TunnelArgs] = ()
    always_on: AlwaysOnVpnArgs | None = None
    relay: RelayMeshArgs | None = None
    vlans: Mapping[str, VlanArgs] = attrs.field(factory=dict)
    wans: Sequence[Wan] = ()
    balance: bool = False
    forwards: Sequence[Forward] = ()
    tell: str = ""
    promises: bool = True
    adopt: bool = False

    def completed(self) -> SiteArgs:
        """The same, each part with what the site knows."""
        always_on, relay = self.always_on, self.relay
        if always_on:
            always_on = _on(
                attrs.evolve(
                    always_on,
                    lan=always_on.lan or self.lan,
                    wan=self.wan,
                    promises=always_on.promises and self.promises,
                ),
                self.router,
            )
        if relay:
            relay = _on(
                attrs.evolve(relay, lan=relay.lan or self.lan, wan=self.wan, promises=relay.promises and self.promises),
                self.router,
            )
        tunnels = [
            _on(attrs.evolve(tunnel, wan=self.wan, promises=tunnel.promises and self.promises), self.router)
            for tunnel in self.tunnels
        ]
        vlans = {
            name: _on(
                attrs.evolve(
                    vlan,
                    interface=vlan.interface or name,
                    wan=self.wan,
                    promises=vlan.promises and self.promises,
                ),
                self.router,
            )
            for name, vlan in self.vlans.items()
        }
        return attrs.evolve(self, tunnels=tunnels, always_on=always_on, relay=relay, vlans=vlans)

    @property
    def uplinks(self) -> UplinksArgs | None:
        """The arguments of its lines, where it has several."""
        if not self.wans:
            return None
        return UplinksArgs(
            wans=self.wans,
            balance=self.balance,
            lan=self.lan,
            wan=self.wan,
            tell=self.tell,
            forwards=self.forwards,
            # What a VPN takes doesn't leave by them.
            promises=self.promises and not self.always_on and not any(one.default_for for one in self.tunnels),
            router=self.router,
        )

    def problems(self) -> list[str]:
        """All that can't work, each with its cure; of `completed` arguments."""
        parts: list[tuple[object, TunnelArgs | AlwaysOnVpnArgs | RelayMeshArgs | VlanArgs]] = [*self.vlans.items()]
        parts += [(part.interface, part) for part in (*self.tunnels, self.always_on, self.relay) if part]
        found = [f"{name}: {problem}" for name, part in parts for problem in part.problems()]
        found += self.uplinks.problems() if self.uplinks else []
        lines = [one.interface for one in self.wans]
        found += [
            f"{tunnel.interface}: uplink: {tunnel.uplink} is none of wans=: {', '.join(lines) or 'there are none'}"
            for tunnel in self.tunnels
            if isinstance(tunnel.uplink, str) and tunnel.uplink not in lines
        ]
        if self.balance and not self.wans:
            found.append("balance shares connections among the lines of wans=: give those, or leave it out")
        if self.forwards and not self.wans:
            found.append("forwards are the lines' of wans=: give those, or the forwards of a tunnel to the tunnel")
        found += [
            f"a site makes its interfaces itself: give {tunnel.interface!r} by name"
            for tunnel in self.tunnels
            if not isinstance(tunnel.interface, str)
        ]
        found += [
            f"{name} is on another router than its site: leave out its router, or make it beside the site"
            for name, part in parts
            if part.router != self.router
        ]
        return found or [*_names(self), *_ports(self), *_places(self)]


def _on(part: Part, router: Router | str) -> Part:
    """A part on the site's router, unless it names one."""
    return part if part.router else attrs.evolve(part, router=router)


def _names(args: SiteArgs) -> Iterator[str]:
    names = [str(tunnel.interface) for tunnel in args.tunnels]
    names += [part.interface for part in (args.always_on, args.relay) if part]
    names += [args.always_on.backup.interface] if args.always_on and args.always_on.backup else []
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"two parts are called {name}: an interface has one name, rename one"


def _ports(args: SiteArgs) -> Iterator[str]:
    ports = [(str(tunnel.interface), tunnel.listen_port) for tunnel in args.tunnels if tunnel.listen_port]
    ports += [(args.relay.interface, args.relay.port)] if args.relay else []
    for (one, port), (other, taken) in itertools.combinations(ports, 2):
        if port == taken:
            yield f"{one} and {other} both listen at {port}, and one would stay down in silence: give one another port"


def _places(args: SiteArgs) -> Iterator[str]:
    """What lies where something else is already."""
    lan = [prefix(text) for text in args.lan.prefixes]
    own = [*_own(args), *(("the LAN", one) for one in lan)]
    for (name, one), (other, two) in itertools.combinations(own, 2):
        if name != other and (within(one, [two]) or within(two, [one])):
            yield f"{name} ({one}) and {other} ({two}) overlap, so nobody could tell them apart: renumber one of them"
    behind = [(name, one) for name, some in _behind(args) for one in some]
    for name, one in behind:
        if within(one, lan):
            yield (
                f"{one} behind {name} lies in the LAN itself: renumber one of them, or map it to a free prefix with "
                "netmap at the far end and give that"
            )
    turns = {str(tunnel.interface): (tunnel.distance or 1, tunnel.share) for tunnel in args.tunnels}
    for (name, one), (other, two) in itertools.combinations(behind, 2):
        (distance, shares), (later, share) = turns.get(name, (1, False)), turns.get(other, (1, False))
        if one == two and name != other and distance == later and not (shares and share):
            yield (
                f"{one} is behind {name} and behind {other}: leave it to one of them, divide it, give the one that "
                f"waits distance={distance + 1} and the other check_gateway=, or say share=True of both"
            )
    if args.always_on:
        for tunnel in args.tunnels:
            if args.lan.interface in tunnel.default_for:
                yield (
                    f"{tunnel.interface} and {args.always_on.interface} both want all of the LAN's traffic: leave out "
                    "default_for, or give the VPN interfaces= or clients= of its own"
                )


def _own(args: SiteArgs) -> Iterator[tuple[str, Prefix]]:
    """Each part's own network."""
    for name, vlan in args.vlans.items():
        yield from ((name, one) for one in vlan.networks)
    for tunnel in args.tunnels:
        for one in tunnel.own:
            yield str(tunnel.interface), one
    for vpn in (args.always_on, args.always_on.spare if args.always_on else None):
        if vpn and vpn.address:
            yield vpn.interface, connected(vpn.address, vpn.gateway)
        if vpn and vpn.address6:
            yield vpn.interface, connected6(vpn.address6)
    if args.relay:
        for version in args.relay.versions:
            yield args.relay.interface, args.relay.mesh_of(version)


def _behind(args: SiteArgs) -> Iterator[tuple[str, list[Prefix]]]:
    """What is behind each part that has routes in main."""
    for tunnel in args.tunnels:
        if tunnel.in_main:
            yield str(tunnel.interface), tunnel.destinations()
    if args.relay:
        yield (
            args.relay.interface,
            [prefix(text) for client in args.relay.clients for text in client.lan],
        )


class Site(pulumi.ComponentResource):
    """All of a router's tunnels, which know of each other: whoever adds one need not think of the others.

    The VPN leaves alone the LAN, the networks behind every tunnel and the mesh, the mesh and the LAN reach each other,
    and overlapping prefixes are refused before anything is made. The parts are `Tunnel`, `AlwaysOnVpn` and `RelayMesh`,
    called by the site's name and their interface's.

    Example:
        ```python
        home = wt.Site("home", wt.SiteArgs(
            lan=wt.Lan("bridge", "192.168.88.0/24"),
            tunnels=[wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[office])],
            always_on=wt.AlwaysOnVpnArgs("wg0", conf=pulumi.Config().require_secret("vpn-conf")),
            relay=wt.RelayMeshArgs(endpoint="router.example.com:51820", address="10.99.0.1/24", clients=[phone]),
        ))
        pulumi.export("phone", home.profiles["phone"])
        ```

    Args:
        name: the logical name, with which those of all its parts begin.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        tunnels: its tunnels by their interface's name.
        vlans: its VLANs by their names.
        always_on: its VPN.
        relay: its mesh.
        uplinks: its lines to the internet, where it has several.
        profiles: of the mesh's clients, as `RelayMesh` has them.
        others_must: the traffic that firewalls of others have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_keys: pulumi.Output[dict[str, str]]
    """What the other ends need to know, by interface."""

    @takes_over
    def __init__(self, name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = args.completed()
        Refusal.of(f"Site {name!r}", args.problems())
        super().__init__("wiretik:index:Site", name, None, opts)
        below = pulumi.ResourceOptions(parent=self)
        if args.vlans:
            neighbours(args.router).join(name, args.lan)
        vlans = {part: Vlan(f"{name}-{part}", vlan, below) for part, vlan in args.vlans.items()}
        self.vlans = Named(vlans, f"Site {name!r}: vlans")
        self.uplinks = Uplinks(f"{name}-wans", args.uplinks, below) if args.uplinks else None
        tunnels = {
            str(tunnel.interface): Tunnel(f"{name}-{tunnel.interface}", self._bound(tunnel), below)
            for tunnel in args.tunnels
        }
        self.tunnels = Named(tunnels, f"Site {name!r}: tunnels")
        self.relay = RelayMesh(f"{name}-{args.relay.interface}", args.relay, below) if args.relay else None
        self.always_on: AlwaysOnVpn | None = None
        if args.always_on:
            mesh = [self.relay.tunnel] if self.relay else []
            others = [*self.tunnels.values(), *mesh, *args.always_on.others]
            vpn = attrs.evolve(args.always_on, others=others)
            self.always_on = AlwaysOnVpn(f"{name}-{vpn.interface}", vpn, below)
        if args.promises:
            if not (args.always_on and args.always_on.promises):  # which asks for more
                promises.lan_is_there(name, args.lan, args.router)
            promises.lan_reaches_router(name, args.lan, args.router)
            for tunnel in args.tunnels:
                promises.lan_reaches_tunnel(f"{name}-{tunnel.interface}", args.lan, tunnel, args.tunnels)
        none = "a relay's clients have profiles, and it has no relay"
        self.profiles = Named(self.relay.profiles if self.relay else {}, f"Site {name!r}: profiles", none)
        every = [*self.tunnels.values(), *(self.always_on.to_providers if self.always_on else ())]
        self.others_must = [one for tunnel in every for one in tunnel.others_must]
        self.others_must += self.relay.others_must if self.relay else []
        keys = {interface: tunnel.public_key for interface, tunnel in self.tunnels.items()}
        keys |= {args.relay.interface: self.relay.public_key} if args.relay and self.relay else {}
        if self.always_on and args.always_on:
            names = (one.interface for one in (args.always_on, args.always_on.spare) if one)
            keys |= {name: one.public_key for name, one in zip(names, self.always_on.to_providers, strict=True)}
        known = pulumi.Output.all(**keys) if keys else pulumi.Output.from_input({})  # `all` of nothing is a list
        self.public_keys = by_name(known, keys, f"Site {name!r}: public_keys")
        self.register_outputs(
            {
                "public_keys": self.public_keys,
                "profiles": self.profiles,
                "others_must": self.others_must,
            }
        )

    def _bound(self, tunnel: TunnelArgs) -> TunnelArgs:
        """A tunnel whose line is one of the site's."""
        if self.uplinks is None or not isinstance(tunnel.uplink, str):
            return tunnel
        return attrs.evolve(tunnel, uplink=self.uplinks.tables[tunnel.uplink])
