"""A router with a public address where clients meet that nobody can call, and one of them as the others' exit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi

from wiretik.components import promises
from wiretik.components.callers import tunnel_of
from wiretik.components.relay_args import MeshClient, RelayMeshArgs
from wiretik.components.shared.making import (
    EVERYBODY,
    FILTER,
    HOST,
    NAT,
    ROUTE,
    Making,
    main_first,
    public_of,
    suffix,
    then_table,
)
from wiretik.components.shared.openings import as_output
from wiretik.components.shared.refusal import Refusal
from wiretik.components.tunnel import KEEPALIVE, Tunnel, TunnelPeer
from wiretik.components.wg_quick.client_profile import ClientProfile, ClientProfileArgs, ProfileMode
from wiretik.resources.base.missing import Named
from wiretik.resources.base.position import BEFORE_DROP, BEFORE_FASTTRACK
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.routing import RoutingTable

__all__ = ["MeshClient", "RelayMesh", "RelayMeshArgs"]


class RelayMesh(pulumi.ComponentResource):
    """Clients behind CGNAT that reach each other, each other's LANs and the router's by way of the router.

    With an exit node the internet traffic of those who use it goes to that client and leaves there: the router holds
    its 0.0.0.0/0, and has a routing table and rules for the users' sources. Destinations that `main` knows, such as
    the router's LAN and the mesh, stay reachable, and the exit node's own default route is left alone.
    `docs/components.md` lists every row and how to do without.

    Example:
        ```python
        mesh = wt.RelayMesh("mesh", wt.RelayMeshArgs(
            endpoint="router.example.com:51820",
            address="10.99.0.1/24",
            clients=[
                wt.MeshClient("laptop", "10.99.0.2", LAPTOP, exit_node=True),
                wt.MeshClient("phone", "10.99.0.3", PHONE),
            ],
        ))
        pulumi.export("phone", mesh.profiles["phone"])
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        tunnel: the router's side.
        destinations: the prefixes of the mesh, which an always-on VPN must leave alone.
        profiles: for each client its wg-quick texts, secret: `normal`, for users of the exit node `exit`, and with
            `full_tunnel` for all others `full`.
        exit_nodes: the commands that the exit node, and clients with a LAN, must run on Linux; their profiles have it.
        others_must: the traffic that firewalls of others have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_key: pulumi.Output[str]
    """The router's public key."""
    listen_port: pulumi.Output[int]
    """Where clients call."""

    @takes_over
    def __init__(self, name: str, args: RelayMeshArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"RelayMesh {name!r}", args.problems())
        super().__init__("wiretik:index:RelayMesh", name, None, opts)
        make = Making(self, name, args.router)
        self.tunnel = self._tunnel(make, args)
        self.destinations = self.tunnel.destinations
        self.public_key, self.listen_port = self.tunnel.public_key, self.tunnel.listen_port
        accepts = [rule for version in args.versions for rule in self._accepts(make, args, version)]
        for version in args.versions if args.travellers() else ():
            self._travellers(make, args, version)
        if args.exit:
            self.tunnel.admit(self._exit(make, args, args.exit, accepts))
        who = f"RelayMesh {name!r}"
        self.exit_nodes = Named(args.exit_nodes(), f"{who}: exit_nodes")
        profiles = {client.name: self._profile(make, args, client).texts for client in args.clients}
        self.profiles = Named(profiles, f"{who}: profiles")
        self.others_must = as_output(*args.openings())
        if args.promises:
            promises.mesh_leaves_by_its_exit(name, args)
        self.register_outputs(
            {
                "interface": args.interface,
                "public_key": self.public_key,
                "listen_port": self.listen_port,
                "profiles": self.profiles,
                "others_must": self.others_must,
            }
        )

    def _tunnel(self, make: Making, args: RelayMeshArgs) -> Tunnel:
        peers = [
            TunnelPeer(
                client.name,
                public_of(client.public_key, client.private_key),
                [*client.addresses, *client.lan, *(args.everything_of(client) if client.exit_node else [])],
                preshared_key=client.preshared_key,
                keepalive=KEEPALIVE,
                responder=client.responder,
                waits=client in args.users(),  # or what it sends to the internet would leave by the WAN until then
            )
            for client in args.clients
        ]
        return tunnel_of(make, args, peers, args.address6)

    def _accepts(self, make: Making, args: RelayMeshArgs, version: int) -> list[pulumi.Resource]:
        """From client to client, and between the mesh and the router's LAN."""
        mesh = self.tunnel.interface
        ways: dict[str, tuple[Any, Any]] = {"relay": (mesh, mesh)}
        if args.lan:
            ways |= {"to-lan": (mesh, args.lan.interface), "from-lan": (args.lan.interface, mesh)}
        return [
            FILTER[version](
                make.named(part + suffix(version)),
                make.below(),
                router=args.router,
                chain="forward",
                in_interface=incoming,
                out_interface=outgoing,
                action="accept",
                position=BEFORE_DROP,
                comment=f"{make.name}: {part.replace('-', ' ').replace('lan', 'LAN')}",
            )
            for part, (incoming, outgoing) in ways.items()
        ]

    def _travellers(self, make: Making, args: RelayMeshArgs, version: int) -> None:
        """Out by the WAN with the router's address, and questions to its resolver where clients are told to ask it."""
        mesh, end = self.tunnel.interface, suffix(version)
        out = FILTER[version](
            make.named(f"to-wan{end}"),
            make.below(),
            router=args.router,
            chain="forward",
            in_interface=mesh,
            out_interface_list=args.wan,
            action="accept",
            position=BEFORE_DROP,
            comment=f"{make.name}: travellers to the internet",
        )
        NAT[version](
            make.named(f"masquerade{end}"),
            make.below(out),
            router=args.router,
            chain="srcnat",
            src_address=str(args.mesh_of(version)),
            out_interface_list=args.wan,
            action="masquerade",
            comment=f"{make.name}: travellers to the internet",
        )
        for protocol in ("udp", "tcp") if args.host_of(version) in args.dns else ():
            FILTER[version](
                make.named(f"dns{end}-{protocol}"),
                make.below(),
                router=args.router,
                chain="input",
                in_interface=mesh,
                protocol=protocol,
                dst_port=53,
                action="accept",
                position=BEFORE_DROP,
                comment=f"{make.name}: travellers ask the router",
            )

    def _exit(
        self, make: Making, args: RelayMeshArgs, exit_node: MeshClient, accepts: Sequence[pulumi.Resource]
    ) -> list[pulumi.Resource]:
        """The table that leads to the exit node, and who takes it."""
        table = RoutingTable(
            make.named("exit-table"),
            make.below(),
            router=args.router,
            name=args.table or f"{args.interface}-exit",
            fib=True,
            comment=make.name,
        )
        led = [self._led(make, args, (exit_node, version), table, accepts) for version in args.versions]
        return [rule for rules in led for rule in rules]

    def _led(
        self,
        make: Making,
        args: RelayMeshArgs,
        exit_node: tuple[MeshClient, int],
        table: RoutingTable,
        accepts: Sequence[pulumi.Resource],
    ) -> list[pulumi.Resource]:
        """The same of one version; IPv6 goes nowhere where the exit node has none."""
        node, version = exit_node
        end, ready = suffix(version), list[pulumi.Resource]()
        if node.address_of(version):
            ready.append(
                ROUTE[version](
                    make.named(f"exit-route{end}"),
                    make.below(*accepts, *self.tunnel.ready),
                    router=args.router,
                    dst_address=EVERYBODY[version],
                    gateway=self.tunnel.interface,
                    routing_table=table,
                    comment=f"{make.name}: by {node.name}",
                )
            )
        ready.append(
            FILTER[version](
                make.named(f"no-fasttrack{end}"),  # it comes in and leaves by the mesh, so one rule is both directions
                make.below(),
                router=args.router,
                chain="forward",
                in_interface=self.tunnel.interface,
                out_interface=self.tunnel.interface,
                connection_state="established,related",
                action="accept",
                position=BEFORE_FASTTRACK,
                comment=f"{make.name}: not by FastTrack",
            )
        )
        known = main_first(make, f"exit-main{end}", ready, src_address=str(args.mesh_of(version)))
        return [
            then_table(
                make,
                f"exit-{client.name}{end}",
                known,
                table,
                ready,
                only=True,
                src_address=f"{address}/{HOST[version]}",
            )
            for client in args.users()
            if (address := client.address_of(version))
        ]

    def _profile(self, make: Making, args: RelayMeshArgs, client: MeshClient) -> ClientProfile:
        modes = {args.normal_mode: ProfileMode(args.reach_of(client))}
        six = args.block_ipv6 or client.address6 is not None
        everything = ProfileMode([EVERYBODY[4], *([EVERYBODY[6]] if six else [])], args.dns)
        if client in args.users():
            modes[args.exit_mode] = everything
        if client in args.travellers():
            modes[args.full_mode] = everything
        profile = ClientProfileArgs(
            address=", ".join(
                f"{one}/{args.mesh_of(version).prefixlen}"
                for version in args.versions
                if (one := client.address_of(version))
            ),
            endpoint=args.endpoint,
            public_key=self.public_key,
            modes=modes,
            private_key=client.private_key,
            preshared_key=client.preshared_key,
            mtu=args.mtu,
            exit_node=self.exit_nodes.get(client.name),
        )
        return ClientProfile(make.named(f"{client.name}-profile"), profile, make.below(), client=client.name)
