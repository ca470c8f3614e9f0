"""The arguments of several uplinks, and combinations that can't work, before anything is registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from wiretik.components.shared import forwards, prefixes
from wiretik.components.shared.forwards import Forward
from wiretik.components.shared.lan import Lan
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import ListRef

__all__ = ["LAST", "UplinksArgs", "Wan"]

_APART: Final = 10
"""So far are the distances of two uplinks apart: each of an uplink's hosts has one of its own."""
_LINK: Final = prefixes.prefix("fe80::/10")
LAST: Final = 200
"""The distance of what DHCP brings, behind all that is asked about."""


@attrs.frozen(kw_only=True, field_transformer=lists)
class Wan:
    """A line to the internet.

    Attributes:
        interface: its interface, `ether1`.
        gateway: the provider's router, an address. Without it the line has no other end but one, such as PPPoE's and
            LTE's, and routes lead to the interface.
        check: hosts of the internet that answer pings as long as the line is alive, one or several; it is taken for
            dead while all of them are silent. Each is reached by this line alone, by everybody. Without any it is the
            gateway, which only tells of the modem.
        gateway6: likewise of IPv6, which the line has with this or `check6`.
        check6: likewise.
        address: the router's own address on it with its mask, where this program gives it.
        dhcp: whether the router gets it by DHCP; its client is taken over or made, and the default route that it brings
            stands behind all that are asked about. Without `gateway` its routes are the line's, and the client asks the
            gateway whether it is there, whatever that is (from 7.19 on); then nobody else can be asked.
        bridge: the bridge that its port leaves, such as the factory's for all but the first port.
        table: the table of what belongs to this line, and the mark of its connections; `by-ether1` for ether1.
        masquerade: whether what leaves by it gets the router's address there.
        masquerade6: likewise of IPv6; None: unless it is the first, whose prefix the LAN has.
    """

    interface: str = attrs.field(kw_only=False)
    gateway: str | None = None
    check: str | Sequence[str] = ()
    gateway6: str | None = None
    check6: str | Sequence[str] = ()
    address: str | None = None
    dhcp: bool = False
    bridge: str | None = None
    table: str = ""
    masquerade: bool = True
    masquerade6: bool | None = None

    @property
    def mark(self) -> str:
        """The name of its table, and the mark of connections that belong to it."""
        return self.table or f"by-{self.interface}"

    @property
    def began(self) -> str:
        """The mark of connections that the router or its hosts began by it."""
        return f"{self.mark}-began"

    @property
    def by_client(self) -> bool:
        """Whether the DHCP client makes its routes of IPv4, since it alone knows the gateway."""
        return self.dhcp and self.gateway is None

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions of IP that it has."""
        return (4, 6) if self.gateway6 or self.check6 else (4,)

    def leads(self, version: int) -> str:
        """Where routes lead: the provider's router, or the interface."""
        gateway = _written(self.gateway if version == 4 else self.gateway6)
        if gateway and version == 6 and prefixes.within(prefixes.prefix(gateway), [_LINK]):
            return f"{gateway}%{self.interface}"  # each link has such addresses, so the interface belongs to it
        return gateway or self.interface

    def asked(self, version: int) -> list[str]:
        """Who is asked whether it is alive; with nobody told, the gateway."""
        told = self.check if version == 4 else self.check6
        gateway = self.gateway if version == 4 else self.gateway6
        hosts = ([told] if isinstance(told, str) else [*told]) or [gateway or ""]
        return [_written(host) for host in hosts if host]

    def near(self, host: str) -> bool:
        """Whether one who is asked is the provider's router, so that no other route leads to it."""
        return host in {_written(self.gateway), _written(self.gateway6)}

    def called(self, host: str, version: int) -> str:
        """How routes and netwatch call one who is asked; both take `fe80::1%ether1` (MT: ip routing, netwatch)."""
        return self.leads(version) if self.near(host) else host


@attrs.frozen(kw_only=True, field_transformer=lists)
class UplinksArgs:
    """The arguments of `Uplinks`.

    Attributes:
        wans: the lines, the one first that is taken as long as it is alive.
        balance: whether connections are shared among all lines that are alive, by a hash of both addresses, rather than
            the first line taken.
        lan: the router's LAN, whose traffic the promises are about.
        wan: the interface list of the lines, which they join.
        tell: commands of RouterOS for when a line falls silent or answers again, besides the entry in the log.
        forwards: ports that each line forwards to a host behind the router, answered by the line that was called.
        promises: whether its promises are checked before each change, as with `Expect`.
        router: which router.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    wans: Sequence[Wan]
    balance: bool = False
    lan: Lan | None = None
    wan: ListRef = "WAN"
    tell: str = ""
    forwards: Sequence[Forward] = ()
    promises: bool = True
    router: Router | str = ""
    adopt: bool = False

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions of IP that any of them has."""
        return (4, 6) if any(6 in one.versions for one in self.wans) else (4,)

    def having(self, version: int) -> list[Wan]:
        """Those that have a version of IP."""
        return [one for one in self.wans if version in one.versions]

    def distance(self, one: Wan, host: str = "", version: int = 4) -> int:
        """The distance of a line's route that asks a host: whoever is asked first goes before; 1 where all share."""
        if self.balance:
            return 1
        return 1 + _APART * self.wans.index(one) + (one.asked(version).index(host) if host else 0)

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        found = [f"{one.interface}: {problem}" for one in self.wans for problem in _alone(one)]
        found = found or [*_by_clients(self)]
        return found or [*_together(self.wans), *forwards.problems(self.forwards, self.versions, self.lan)]


def _alone(one: Wan) -> Iterator[str]:
    """What is wrong with one line."""
    for name, text, version in (("gateway", one.gateway, 4), ("gateway6", one.gateway6, 6)):
        if text is not None and not _is_address(text, version):
            yield f"{name}: {text!r} is no address of IPv{version}: give the provider's router"
    for version in one.versions:
        if version == 6 or not one.by_client:
            yield from _asked("check" if version == 4 else "check6", one.asked(version), version)
    if one.by_client and one.check:
        yield (
            "check: a host is reached by a route that names the gateway, which DHCP tells the router alone: give "
            "gateway=, as /ip/dhcp-client/print detail says it, or leave check= out, and the client asks the gateway"
        )
    if one.dhcp and one.address:
        yield "dhcp and address are one too many: leave out the one that the provider doesn't mean"
    if one.address is not None:
        yield from _own(one, one.address)


def _asked(name: str, hosts: Sequence[str], version: int) -> Iterator[str]:
    """What is wrong with those who are asked whether a line is alive."""
    for host in hosts:
        if not _is_address(host, version):
            yield f"{name}: {host!r} is no address of IPv{version}: give a host of the internet that answers pings"
    for host in dict.fromkeys(hosts):
        if hosts.count(host) > 1:
            yield f"{name}: {host} stands there twice: give two hosts of different owners, or one"
    if not hosts:
        yield (
            f"{name}: nobody is asked whether it is alive, and its interface runs whatever is behind: give a host of "
            "the internet that answers pings"
        )
    if len(hosts) >= _APART:
        yield f"{name}: {len(hosts)} hosts are more than {_APART - 1}: two are enough"


def _written(text: str | None) -> str:
    """An address as the router writes it, or scripts wouldn't find it by its text; whatever else it is stays."""
    return str(prefixes.address_or_none(text) or text) if text else ""


def _is_address(text: str, version: int) -> bool:
    return prefixes.address_or_none(text) is not None and prefixes.version_or_none(text) == version


def _own(one: Wan, address: str) -> Iterator[str]:
    try:
        own = prefixes.connected(address)
    except ValueError as wrong:
        yield f"address: {wrong}"
        return
    if one.gateway is None:
        yield (
            "with an address it has neighbours, so routes must name one of them: give the provider's router as gateway="
        )
    elif not prefixes.holds(own, one.gateway):
        yield f"gateway: {one.gateway} lies outside {own}, which is all that {address} reaches: correct one of them"


def _by_clients(args: UplinksArgs) -> Iterator[str]:
    """What lines whose routes are their DHCP client's can't do."""
    named = [one.interface for one in args.wans if one.by_client]
    if named and args.balance:
        yield (
            f"balance: {' and '.join(named)}: whether a route of DHCP shares with another one isn't known: give "
            "gateway=, as /ip/dhcp-client/print detail says it"
        )
    elif named and len(named) == len(args.wans):
        yield (
            f"wans: {' and '.join(named)}: netwatch drops connections at a switch while it asks somebody, and none of "
            "the lines has anybody to ask: give one of them gateway="
        )


def _together(wans: Sequence[Wan]) -> Iterator[str]:
    """What several lines must not have in common."""
    if len(wans) < 2:
        yield "wans: with one line nothing takes its place: give the other, too, or leave wans= out"
    for what, told in (
        ("interface", "a line has an interface of its own"),
        ("mark", "give one another table="),
    ):
        names = [getattr(one, what) for one in wans]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield f"two lines have the {'table' if what == 'mark' else what} {name}: {told}"
    yield from _one_gateway(wans)
    taken: dict[str, str] = {}
    for one in wans:
        for host, key in ((host, one.called(host, version)) for version in one.versions for host in one.asked(version)):
            if taken.setdefault(key, one.interface) != one.interface:
                yield (
                    f"{taken[key]} and {one.interface} both ask {host}, which is reached by one line alone: give one "
                    "of them another host"
                )


def _one_gateway(wans: Sequence[Wan]) -> Iterator[str]:
    """A gateway of two lines, by which a route leaves by either; of a link-local one the interface is told."""
    for version in (4, 6):
        gateways = [one.leads(version) for one in wans if version in one.versions]
        for gateway in dict.fromkeys(gateways):
            if gateways.count(gateway) > 1 and prefixes.address_or_none(gateway):
                yield (
                    f"two lines have the gateway {gateway}, and whatever is routed by it leaves by one of them: give "
                    "one of the providers' routers another network"
                )
