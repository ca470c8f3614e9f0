"""People who call the router from anywhere, in groups that reach what their group may, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pulumi

from wiretik.components import promises
from wiretik.components.callers import tunnel_of
from wiretik.components.shared.deciding import decide
from wiretik.components.shared.making import EVERYBODY, NAT, Making, public_of, suffix
from wiretik.components.shared.openings import as_output
from wiretik.components.shared.refusal import Refusal
from wiretik.components.tunnel import KEEPALIVE, Tunnel, TunnelPeer
from wiretik.components.warriors_args import Group, RoadWarriorsArgs, User
from wiretik.components.wg_quick.client_profile import ClientProfile, ClientProfileArgs, ProfileMode
from wiretik.resources.address_list import AddressList, Ipv6AddressList
from wiretik.resources.base.missing import Named
from wiretik.resources.base.taking_over import takes_over

__all__ = ["Group", "RoadWarriors", "RoadWarriorsArgs", "User"]

_LIST: Final = {4: AddressList, 6: Ipv6AddressList}


class RoadWarriors(pulumi.ComponentResource):
    """Users with phones and laptops, who call the router from anywhere, in groups.

    What comes in by their interface goes through a chain of its own: each group reaches what it lists, and all else is
    dropped, whatever the router's firewall says besides. Nobody is let in before that chain is there. A user's line
    taken out of the program takes the peer and every right along. `docs/components.md` lists every row.

    Example:
        ```python
        staff = wt.RoadWarriors("staff", wt.RoadWarriorsArgs(
            endpoint="vpn.example.com:13231", address="10.9.0.1/24", dns=["10.9.0.1"],
            groups=[
                wt.Group("admins", [wt.User("anna", "10.9.0.2", ANNA)], reaches=["192.168.88.0/24"], router=True),
                wt.Group("sales", [wt.User("bert", "10.9.0.3", BERT)], reaches=["192.168.88.20"], internet=True),
            ],
        ))
        pulumi.export("bert", staff.profiles["bert"])
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        tunnel: the router's side; an always-on VPN must leave it alone, `others=[staff.tunnel]`.
        profiles: for each user the wg-quick texts, secret: `normal` for what the group reaches, and `full` for
            everything.
        others_must: the traffic that firewalls of others have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_key: pulumi.Output[str]
    """The router's public key."""
    listen_port: pulumi.Output[int]
    """Where users call."""

    @takes_over
    def __init__(self, name: str, args: RoadWarriorsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"RoadWarriors {name!r}", args.problems())
        super().__init__("wiretik:index:RoadWarriors", name, None, opts)
        make = Making(self, name, args.router)
        self.tunnel = self._tunnel(make, args)
        self.public_key, self.listen_port = self.tunnel.public_key, self.tunnel.listen_port
        ready = [row for version in args.versions for row in self._rights(make, args, version)]
        # Without its address the router would send by the WAN what one user sends another.
        self.tunnel.admit([*self.tunnel.addresses, *ready])
        profiles = {
            user.name: self._profile(make, args, group, user).texts for group in args.groups for user in group.users
        }
        self.profiles = Named(profiles, f"RoadWarriors {name!r}: profiles")
        self.others_must = as_output(*args.openings())
        if args.promises:
            promises.groups_keep_apart(name, args)
        self.register_outputs(
            {
                "interface": args.interface,
                "public_key": self.public_key,
                "listen_port": self.listen_port,
                "profiles": self.profiles,
                "others_must": self.others_must,
            }
        )

    def _tunnel(self, make: Making, args: RoadWarriorsArgs) -> Tunnel:
        peers = [
            TunnelPeer(
                user.name,
                public_of(user.public_key, user.private_key),
                [user.address, *([user.address6] if user.address6 else [])],
                preshared_key=user.preshared_key,
                keepalive=KEEPALIVE,
                waits=True,
            )
            for user in args.users
        ]
        return tunnel_of(make, args, peers, args.address6)

    def _rights(self, make: Making, args: RoadWarriorsArgs, version: int) -> list[pulumi.Resource]:
        """The lists, the chains that decide, and the rules that lead into them, in front of all others."""
        lists = [row for group in args.groups for row in _lists(make, group, version)]
        rules = {"forward": _forward(make, args, version), "input": _input(make, args, version)}
        mesh, about = self.tunnel.interface, "what its groups may"
        made: list[pulumi.Resource] = [*lists, *decide(make, mesh, rules, version, about=about, after=lists)]
        if any(group.internet for group in args.groups):
            made.append(
                NAT[version](
                    make.named("masquerade" + suffix(version)),
                    make.below(),
                    router=args.router,
                    chain="srcnat",
                    src_address=str(args.network_of(version)),
                    out_interface_list=args.wan,
                    action="masquerade",
                    comment=f"{make.name}: to the internet",
                )
            )
        return made

    def _profile(self, make: Making, args: RoadWarriorsArgs, group: Group, user: User) -> ClientProfile:
        named = [text for text in args.dns if text in (args.host(4), args.host(6))]
        own = [args.host(version) for version in args.versions if group.router or args.host(version) in named]
        modes: dict[str, ProfileMode] = {}
        if group.reaches or group.router:
            modes[args.normal_mode] = ProfileMode([*group.reaches, *own], named)
        if group.internet:
            modes[args.full_mode] = ProfileMode(list(EVERYBODY.values()), args.dns)
        address = f"{user.address}/{args.network.prefixlen}"
        if user.address6:
            address += f", {user.address6}/{args.network_of(6).prefixlen}"
        profile = ClientProfileArgs(
            address=address,
            endpoint=args.endpoint,
            public_key=self.public_key,
            modes=modes,
            private_key=user.private_key,
            preshared_key=user.preshared_key,
            mtu=args.mtu,
        )
        return ClientProfile(make.named(f"{user.name}-profile"), profile, make.below(), client=user.name)


def _lists(make: Making, group: Group, version: int) -> list[pulumi.Resource]:
    """Who is in a group, and what it reaches."""
    found: dict[str, Sequence[str]] = {
        group.name: group.addresses(version),
        f"{group.name}-reaches": [str(one) for one in group.reached(version)],
    }
    return [
        _LIST[version](
            make.named(name + suffix(version)), make.below(), router=make.router, list=make.named(name), entries=entries
        )
        for name, entries in found.items()
        if entries
    ]


def _forward(make: Making, args: RoadWarriorsArgs, version: int) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    for group in args.groups:
        theirs = {"action": "accept", "src_address_list": make.named(group.name)}
        if group.reached(version):
            rules[group.name] = {**theirs, "dst_address_list": make.named(f"{group.name}-reaches")}
        if group.internet:
            rules[f"{group.name}-internet"] = {**theirs, "out_interface_list": args.wan}
    return {**rules, "rest": {"action": "drop"}}


def _input(make: Making, args: RoadWarriorsArgs, version: int) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if args.host(version) in args.dns:
        asked = {"action": "accept", "dst_address": args.host(version), "dst_port": 53}
        rules = {f"dns-{protocol}": {**asked, "protocol": protocol} for protocol in ("udp", "tcp")}
    for group in args.groups:
        if group.router:
            rules[group.name] = {"action": "accept", "src_address_list": make.named(group.name)}
    return {**rules, "rest": {"action": "drop"}}
