"""The promises of components about packets, asked of the path tracer before the first write, like `Expect`.

Rule: a promise is never held against a router for what isn't known, nor told then, since nobody wrote it; and that
the router is reached is held only where it was before the change. `promises=False` leaves a component's out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pulumi

from wiretik.components.always_on_args import AlwaysOnVpnArgs, asked, listed, versions
from wiretik.components.relay_args import RelayMeshArgs
from wiretik.components.shared import prefixes
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.prefixes import Prefix
from wiretik.components.shared.promising import OUTSIDE, promised, somebody_by_any_line, somebody_outside
from wiretik.components.tunnel import TunnelArgs
from wiretik.components.warriors_args import RoadWarriorsArgs
from wiretik.resources.at_end import at_end
from wiretik.resources.base.router import Router
from wiretik.resources.expect import Expect
from wiretik.resources.interfaces import InterfaceRef, WireGuardInterface

__all__ = [
    "groups_keep_apart",
    "lan_is_there",
    "lan_reaches_router",
    "lan_reaches_tunnel",
    "mesh_leaves_by_its_exit",
    "only_by_vpn",
    "ports_are_answered",
]

_PIECES: Final = 16
"""So many parts of a LAN are asked about where devices are excepted."""


def lan_reaches_router(name: str, lan: Lan, router: Router | str) -> None:
    """The LAN still reaches the router: the first of the lock-outs."""
    for one in lan.every():
        promised(str(one), lan.interface, router).reaches("router", name=f"{name}: the LAN still reaches the router")


def lan_is_there(name: str, lan: Lan, router: Router | str) -> None:
    """The LAN is where the program says."""
    for one in lan.every():
        promised(str(one), lan.interface, router)._is_lan(name, "lan")


def lan_reaches_tunnel(name: str, lan: Lan, tunnel: TunnelArgs, others: Iterable[TunnelArgs]) -> None:
    """What is behind a tunnel goes by it, and not by the VPN or the WAN; behind several, by the nearest that is up."""
    if not (tunnel.in_main and tunnel.forward and tunnel.routes and isinstance(tunnel.interface, str)):
        return
    beside = [(other, set(other.destinations())) for other in others if other is not tunnel and other.in_main]
    ways: dict[tuple[str | WireGuardInterface, ...], list[Prefix]] = {}
    for one in tunnel.reached():
        if any(prefixes.within(inner, [one]) for _, some in beside for inner in some if inner != one):
            continue
        too = [other for other, some in beside if one in some]
        if any(_turn(other) == _turn(tunnel) for other in too):
            continue  # a hash chooses
        ways.setdefault(tuple(other.interface for other in too if _turn(other) < _turn(tunnel)), []).append(one)
    for nearer, some in ways.items():
        for one in lan.every():
            if behind := [str(other) for other in some if other.version == one.version]:
                told = f" while {' and '.join(map(str, nearer))} {'is' if len(nearer) == 1 else 'are'} down"
                promised(str(one), lan.interface, tunnel.router).leaves_by(
                    tunnel.interface,
                    to=behind,
                    down=nearer,
                    up=tunnel.interface if nearer or tunnel.check_gateway else None,
                    name=f"{name}: the LAN reaches the networks behind it{told * bool(nearer)}",
                )


def _turn(tunnel: TunnelArgs) -> int:
    """When it is taken, of several to one prefix."""
    return tunnel.distance or 1


def only_by_vpn(name: str, args: AlwaysOnVpnArgs) -> None:
    """The internet is reached by the VPN, and what belongs there never leaves by the WAN, not even while it is off.

    And the VPN takes nothing that is for another network of the router's, and all of the LAN comes in where it looks.
    """
    if args.lan:
        said = "clients" if args.clients else "lan"
        for source in args.clients or [str(one) for one in args.lan.every()]:
            there = promised(source, args.lan.interface, args.router)
            there._is_lan(name, said, also=args.interfaces, lists=args.interface_lists)
        for one in args.lan.every() if args.clients else ():
            promised(str(one), args.lan.interface, args.router)._is_lan(name, "lan", nowhere=[True])
        promised(str(args.lan.every()[0]), args.lan.interface, args.router)._keeps_the_time(name)
    if args.lan and not (args.interfaces or args.interface_lists):
        for one in args.lan.every():
            told = f"{name}: the LAN still reaches the router's other networks"
            for interface in (args.interface, *([args.backup.interface] if args.backup else [])):
                promised(str(one), args.lan.interface, args.router).keeps_off(interface, name=told)
    for version in (4, 6) if args.ipv6 or args.block_ipv6 else (4,):
        _only_by_vpn(name, args, version)


def _only_by_vpn(name: str, args: AlwaysOnVpnArgs, version: int) -> None:
    """The same of IPv4 or of IPv6, which goes nowhere where the provider doesn't have it."""
    outside = somebody_outside(args.only or listed(args, version), version)
    if args.lan is None or args.interface_lists or (args.interfaces and not args.clients):
        return
    enters: InterfaceRef = args.interfaces[0] if args.interfaces else args.lan.interface
    what = "IPv6: " * (version == 6)
    if outside and all(map(prefixes.prefix_or_none, args.only)):
        _stays_off(name, args, version, enters, outside)
    there = [str(one) for text in asked(args, version) if (one := prefixes.prefix_or_none(text))]
    if not args.only and outside:
        there = [outside]
    if not there:
        return
    sources = _sources(args, version)
    if version == 4 or args.ipv6:
        told = "what is listed" if args.only else "the internet"
        for source in sources:
            _reached(args, promised(source, enters, args.router), there, version, f"{name}: {what}{told} is reached by")
    if not (args.kill_switch or (version == 6 and not args.ipv6)):
        return
    # Prefixes that the program merely names may well be reached by the WAN.
    everywhere = not args.only and not args.keep and not any(isinstance(other, str) for other in args.others)
    to = () if everywhere else there
    # Which IPv6 prefixes the LAN has is the provider's to say, so all that comes from there counts.
    for source in ["::/0"] if version == 6 and not (args.clients or args.except_clients) else sources:
        held = promised(source, enters, args.router)
        held.never_leaves_by(args.wan, to=to, name=f"{name}: {what}nothing goes past the VPN")
        told = f"{name}: {what}nothing leaves in the clear while the VPN is off"
        held.never_leaves_by(args.wan, to=to, down=args.interface, name=told)
        if args.backup:
            both = [args.interface, args.backup.interface]
            held.never_leaves_by(args.wan, to=to, down=both, name=f"{told} and the backup is")


def _reached(args: AlwaysOnVpnArgs, asked_: Expect, there: list[str], version: int, told: str) -> None:
    """By the VPN and, where it has a backup, by that while the VPN is down; whoever is asked is taken to answer."""
    if args.backup is None:
        asked_.leaves_by(args.interface, to=there, name=f"{told} the VPN")
        return
    asked_.leaves_by(args.interface, to=there, up=args.interface, name=f"{told} the VPN")
    if version == 4 or args.backup.ipv6:
        spare = args.backup.interface
        asked_.leaves_by(spare, to=there, down=args.interface, up=spare, name=f"{told} the backup while the VPN is off")


def _stays_off(name: str, args: AlwaysOnVpnArgs, version: int, enters: InterfaceRef, outside: str) -> None:
    """Who is excepted, and what isn't listed, doesn't take the VPN."""
    for text in [text for text in args.except_clients if versions(text) == (version,)]:
        promised(text, enters, args.router).never_leaves_by(
            args.interface, to=outside, name=f"{name}: {text} stays off the VPN"
        )
    for source in _sources(args, version) if args.only else ():
        promised(source, enters, args.router).never_leaves_by(
            args.interface, to=outside, name=f"{name}: what isn't listed stays off the VPN"
        )


def _sources(args: AlwaysOnVpnArgs, version: int) -> list[str]:
    """Whose traffic takes the VPN: the clients, or the LAN without those that are excepted; some of many pieces."""
    if args.clients or args.lan is None:
        return [text for text in args.clients if version in versions(text)]
    left = [one for one in args.lan.every() if one.version == version]
    for text in args.except_clients:
        gone = prefixes.prefix_or_none(text)
        if gone is None:
            return []  # a range or a name: who is left isn't known as prefixes
        left = [piece for one in left for piece in prefixes.without(one, gone)]
    return [str(one) for one in left[:_PIECES]]


def ports_are_answered(
    name: str, args: AlwaysOnVpnArgs, own: pulumi.Input[str], own6: pulumi.Input[str] | None
) -> None:
    """Who calls a forwarded port from the far end gets through, and is answered by the VPN."""
    for one in args.forwards:
        mine = own if one.version == 4 else own6
        if mine is None:
            continue
        host = pulumi.Output.from_input(mine).apply(lambda text: text.partition("/")[0])
        for protocol in one.protocols:
            for low, _ in one.ports:
                promised(OUTSIDE[one.version][0], args.interface, args.router).reaches(
                    host, port=low, protocol=protocol, name=f"{name}: {protocol} {one.port} is forwarded and answered"
                )


def mesh_leaves_by_its_exit(name: str, args: RelayMeshArgs) -> None:
    """The internet traffic of those who use the exit goes back into the mesh, to the exit node, and nowhere else."""
    if args.users():
        at_end(args.router, f"{name}: exit's promises", lambda _: _leaves_by_exit(name, args))


def _leaves_by_exit(name: str, args: RelayMeshArgs) -> None:
    for version in args.versions:
        there = somebody_by_any_line(name, args.router, version)
        for client in args.users() if there else ():
            if address := client.address_of(version):
                asked = promised(address, args.interface, args.router)
                six = "IPv6: " * (version == 6)
                what = f"{name}: {six}{client.name}'s internet leaves by {args.exit.name if args.exit else ''}"
                if args.exit and args.exit.address_of(version):
                    asked.leaves_by(args.interface, to=there or (), name=what)
                asked.never_leaves_by(args.wan, to=there or (), name=f"{what} alone")


def groups_keep_apart(name: str, args: RoadWarriorsArgs) -> None:
    """Each group reaches what it lists, and nothing of what only others do, nor the internet where it may not."""
    for version in args.versions:
        everything = list(dict.fromkeys(one for group in args.groups for one in group.reached(version)))
        for group in args.groups:
            own, others = group.reached(version), everything
            for gone in own:
                others = [piece for one in others for piece in prefixes.without(one, gone)]
            for source in group.addresses(version)[:1]:  # a list has them all, and is looked up alike for each
                asked = promised(source, args.interface, args.router)
                if own:
                    asked.reaches(list(map(str, own)), name=f"{name}: {group.name} reaches what it lists")
                if others and not group.router:  # which may be in others' prefixes, by its own addresses
                    apart = f"{name}: {group.name} reaches nothing that only other groups list"
                    asked.is_dropped(to=list(map(str, others[:_PIECES])), name=apart)
                if not group.internet and not any(prefixes.holds(one, OUTSIDE[version][0]) for one in own):
                    inside = f"{name}: {group.name} stays inside"
                    asked.never_leaves_by(args.wan, to=OUTSIDE[version][0], name=inside)
