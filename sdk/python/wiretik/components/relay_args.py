"""The arguments of a relay mesh, and combinations that can't work, before anything is registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.making import EVERYBODY
from wiretik.components.shared.openings import Opening
from wiretik.components.shared.prefixes import Network, Prefix
from wiretik.components.wg_quick.exit_node import Firewall, LinuxExitNode
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import ListRef

__all__ = ["MeshClient", "RelayMeshArgs"]


@attrs.frozen(field_transformer=lists)
class MeshClient:
    """A member of a relay mesh, which calls the router.

    Attributes:
        name: its name in the program; its row's logical name ends with it, and its profiles are found by it.
        address: its IPv4 address in the mesh, without a mask.
        public_key: its public key. Left out where `private_key` is given.
        exit_node: whether the others' internet traffic leaves by it. It must run Linux, or something like it, and let
            the mesh out: its profile says how.
        address6: its IPv6 address in the mesh.
        lan: prefixes behind it, of IPv4 and of IPv6, which the whole mesh reaches.
        uses_exit: whether its own internet traffic, where it sends that into the mesh, leaves by the exit node. False:
            by the router.
        private_key: its private key, where the program has it; its profiles then hold it.
        preshared_key: a key that it shares with the router besides.
        responder: whether the router only answers it, never calls; None for yes.
        outgoing: of a Linux client that lets others out, the interface by which they leave; every one but the tunnel
            where it isn't given.
        firewall: of such a client, its firewall.
    """

    name: str
    address: str
    public_key: pulumi.Input[str] | None = None
    address6: str | None = attrs.field(default=None, kw_only=True)
    exit_node: bool = attrs.field(default=False, kw_only=True)
    lan: Sequence[str] = attrs.field(default=(), kw_only=True)
    uses_exit: bool = attrs.field(default=True, kw_only=True)
    private_key: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True, repr=False)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True, repr=False)
    responder: bool | None = attrs.field(default=None, kw_only=True)
    outgoing: str = attrs.field(default="", kw_only=True)
    firewall: Firewall = attrs.field(default=Firewall.IPTABLES, kw_only=True)

    def address_of(self, version: int) -> str | None:
        """Its address in the mesh."""
        return self.address if version == 4 else self.address6

    @property
    def addresses(self) -> list[str]:
        """Those that it has."""
        return [self.address, *([self.address6] if self.address6 else [])]


@attrs.frozen(kw_only=True, field_transformer=lists)
class RelayMeshArgs:
    """The arguments of a `RelayMesh`.

    Attributes:
        interface: the name of the WireGuard interface.
        endpoint: where clients call the router, `HOST:PORT`.
        address: the router's IPv4 address in the mesh, with the mask of the whole mesh.
        clients: its members.
        address6: the router's IPv6 address in the mesh, `fd00:99::1/64`. With it, all that the mesh has for IPv4 is
            there for IPv6, too, for those clients that have an `address6`.
        lan: the router's own LAN, which the mesh reaches and which reaches the mesh.
        listen_port: the router's port; that of `endpoint` where it isn't given, another where a router in front
            forwards the port.
        dns: the resolvers of clients in the modes for everything. The router's own address in the mesh is let in.
        normal_mode: the name of the mode for the mesh and the LANs.
        exit_mode: the name of the mode for everything.
        full_tunnel: whether clients that don't use the exit node may send everything by the router, as travellers do in
            a strange network: they get a mode for it, and the router lets them out by the WAN, with its own address.
        full_mode: the name of that mode.
        block_ipv6: whether the exit mode takes IPv6 into the tunnel too where the client has no IPv6 in the mesh, so
            that it ends there: else it leaves past the exit node. False for clients that have no IPv6 at all, of which
            some refuse such a profile.
        mtu: the largest packet inside; 1420 where it isn't given.
        private_key: the router's own; it makes one where it isn't given.
        table: the name of the exit's routing table; the interface's and `-exit` where it isn't given, whoever is the
            exit node.
        open_port: whether the input chain accepts UDP at the port.
        wan: the interface list by which clients come.
        mss_clamp: whether TCP segments are made to fit.
        promises: whether its promises are checked before each change, as with `Expect`.
        router: the router that it is on; may be left out where the stack has only one.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    interface: str = attrs.field(default="wg-mesh", kw_only=False)
    endpoint: str
    address: str
    clients: Sequence[MeshClient]
    address6: str | None = None
    lan: Lan | None = None
    listen_port: int | None = None
    dns: Sequence[str] = ()
    normal_mode: str = "normal"
    exit_mode: str = "exit"
    full_tunnel: bool = False
    full_mode: str = "full"
    block_ipv6: bool = True
    mtu: int | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    table: str | None = None
    open_port: bool = True
    wan: ListRef = "WAN"
    mss_clamp: bool = True
    promises: bool = True
    router: Router | str = ""
    adopt: bool = False

    @property
    def port(self) -> int:
        """Where the router listens."""
        return self.listen_port or prefixes.endpoint(self.endpoint)[1]

    @property
    def mesh(self) -> Network:
        """The mesh's own prefix."""
        return prefixes.connected(self.address)

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions of IP that it carries."""
        return (4, 6) if self.address6 else (4,)

    def mesh_of(self, version: int) -> Prefix:
        """The mesh's own prefix, of a version."""
        return self.mesh if version == 4 else prefixes.connected6(self.address6 or "")

    def everything_of(self, client: MeshClient) -> list[str]:
        """What the router sends to the exit node."""
        return [EVERYBODY[version] for version in self.versions if client.address_of(version)]

    @property
    def exit(self) -> MeshClient | None:
        """The exit node."""
        return next((client for client in self.clients if client.exit_node), None)

    def users(self) -> list[MeshClient]:
        """Whose internet traffic leaves by the exit node."""
        return [client for client in self.clients if self.exit and client.uses_exit and not client.exit_node]

    def travellers(self) -> list[MeshClient]:
        """Who may send everything by the router."""
        users = self.users()
        return [one for one in self.clients if self.full_tunnel and not one.exit_node and one not in users]

    @property
    def host(self) -> str:
        """The router's own address in the mesh."""
        return self.address.partition("/")[0]

    def host_of(self, version: int) -> str:
        """The same of a version."""
        return (self.address if version == 4 else self.address6 or "").partition("/")[0]

    def reach_of(self, client: MeshClient) -> list[str]:
        """What a client finds in the mesh: all members, the other ones' LANs, the router's."""
        versions = [version for version in self.versions if client.address_of(version)]
        others = [prefix for other in self.clients if other is not client for prefix in other.lan]
        own = [str(one) for one in self._lan] if self.lan else []
        mesh = [str(self.mesh_of(version)) for version in versions]
        found = dict.fromkeys(prefixes.prefix(text) for text in (*mesh, *others, *own))
        return [str(one) for one in found if one.version in versions]

    @property
    def _lan(self) -> list[Prefix]:
        """The router's LAN, of the versions that the mesh carries."""
        return [one for one in (self.lan.every() if self.lan else []) if one.version in self.versions]

    def exit_nodes(self) -> dict[str, LinuxExitNode]:
        """What clients must run that let others out, by their name."""
        return {
            client.name: LinuxExitNode(
                sources=self.reach_of(client),
                outgoing=client.outgoing,
                interface=self.interface,
                firewall=client.firewall,
            )
            for client in self.clients
            if client.exit_node or client.lan
        }

    def openings(self) -> Iterator[Opening]:
        """What firewalls in front of the router and of the clients must let through."""
        host, port = prefixes.endpoint(self.endpoint)
        at = (self.router.name if isinstance(self.router, Router) else self.router) or "the router"
        forwarded = self.port if self.port != port else None
        yield Opening(at=at, incoming=True, host=host, port=port, forwarded=forwarded)
        for client in self.clients:
            yield Opening(at=client.name, incoming=False, host=host, port=port)

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        try:
            _ = self.port, [self.mesh_of(version) for version in self.versions]
            _ = [prefixes.prefix(text) for client in self.clients for text in client.lan]
            own = self._lan
        except ValueError as wrong:
            return [str(wrong)]
        return [*self._client_problems(own), *self._exit_problems()]

    def _place_problems(self, client: MeshClient) -> Iterator[str]:
        who = f"client {client.name!r}"
        for version in self.versions:
            text, mesh = client.address_of(version), self.mesh_of(version)
            if text is None:
                continue
            if not prefixes.holds(mesh, text):
                yield f"{who}: {text} isn't an address of {mesh}: give it one without a mask"
            elif prefixes.address(text) == prefixes.address(self.host_of(version)):
                yield f"{who}: {text} is the router's own address: give it another"
        six = [one for one in map(prefixes.prefix, client.lan) if one.version == 6]
        if 6 in self.versions:
            for one in six if client.address6 is None else ():
                yield f"{who}: {one} is IPv6, and it has no address of that in the mesh: give it address6, too"
            return
        if client.address6:
            yield f"{who} has an IPv6 address, and the mesh has none: give address6 to the router as well"
        for one in six:
            yield f"{who}: {one} is IPv6, and the mesh has none: give address6"

    def _client_problems(self, own: Sequence[Prefix]) -> Iterator[str]:
        mesh = [self.mesh_of(version) for version in self.versions]
        for client in self.clients:
            who = f"client {client.name!r}"
            yield from self._place_problems(client)
            if client.public_key is None and client.private_key is None:
                yield f"{who} has no key: make one there (wg genkey | tee key | wg pubkey) and give its public_key"
            if client.public_key is not None and client.private_key is not None:
                yield f"{who}: its public key comes of its private_key: leave out public_key"
            for lan in map(prefixes.prefix, client.lan):
                if any(prefixes.within(lan, [mine]) or prefixes.within(mine, [lan]) for mine in (*own, *mesh)):
                    yield (
                        f"{who}: its LAN {lan} overlaps the router's LAN or the mesh, so nobody could tell them apart: "
                        "renumber one of them, or map it to a free prefix with netmap there and give that"
                    )

    def _exit_problems(self) -> Iterator[str]:
        if self.full_tunnel and not self.dns:
            yield (
                "full_tunnel: a strange network's resolver can't be reached through the tunnel: give dns=, such as "
                f"dns=[{self.host!r}] for this router's own"
            )
        if self.full_tunnel and not self.travellers():
            yield "full_tunnel: every client uses the exit node already: leave it out, or say uses_exit=False of some"
        names = [self.normal_mode, self.exit_mode, self.full_mode]
        if len(set(names)) < len(names):
            yield f"modes need names of their own, and these are {', '.join(names)}"
        exits = [client.name for client in self.clients if client.exit_node]
        if len(exits) > 1:
            yield (
                f"{' and '.join(exits)} are both exit nodes, and of one interface only one can hold 0.0.0.0/0: "
                "give the second a RelayMesh with an interface of its own"
            )
