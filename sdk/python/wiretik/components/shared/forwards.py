"""Ports that are forwarded out of a tunnel to a host behind the router, and answered by that tunnel again.

Rule: nothing is let in before its answers have their way back, and nothing of it leaves by another line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.making import FILTER, MANGLE, NAT, Making, suffix
from wiretik.resources.base.arguments import numbers
from wiretik.resources.base.position import BEFORE_DROP, FIRST
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["Forward", "let_in", "problems", "short_cuts"]

_PROTOCOLS: Final = {"tcp": ("tcp",), "udp": ("udp",), "both": ("tcp", "udp")}
_TO: Final = {4: "to_addresses", 6: "to_address"}
"""NAT's property of where to (docs/facts/menus.md#firewall-rules)."""


@attrs.frozen(kw_only=True)
class Forward:
    """A port at the far end of a tunnel that is forwarded to a host behind the router.

    The provider or the server at the far end sends what comes to that port into the tunnel; how, is theirs to say.

    Attributes:
        port: the port, or several, `"6881-6889"`.
        to: the host's address; one of IPv6 where the tunnel has that.
        to_port: the host's port where it is another one.
        protocol: `tcp`, `udp` or `both`.
        hairpin: the address by which the internet calls it, where hosts of the LAN use that, too: for them the router
            forwards the port right away.
        lan: the LAN of those hosts, with `hairpin`; where it isn't given, the component's.
    """

    port: int | str = attrs.field(kw_only=False)
    to: str = attrs.field(kw_only=False)
    to_port: int | None = None
    protocol: str = "tcp"
    hairpin: str | None = None
    lan: Lan | None = None

    @property
    def protocols(self) -> tuple[str, ...]:
        """The protocols one by one."""
        return _PROTOCOLS.get(self.protocol, ())

    @property
    def ports(self) -> list[tuple[int, int]]:
        """The ports as spans; empty where one is none."""
        found = numbers(str(self.port)) or ()
        return [*found] if all(low > 0 and high < 65536 for low, high in found) else []

    @property
    def version(self) -> int:
        """Of IP, of a host that has an address."""
        return prefixes.version_or_none(self.to) or 4

    def part(self, protocol: str) -> str:
        """What its rows are called."""
        return f"{protocol}-{self.port}".replace(",", "-") + suffix(self.version)

    def matcher(self, protocol: str) -> dict[str, Any]:
        """What it forwards."""
        return {"protocol": protocol, "dst_port": self.port}

    def turned(self) -> dict[str, Any]:
        """Where to."""
        return {_TO[self.version]: self.to, **({"to_ports": self.to_port} if self.to_port else {})}


def problems(forwards: Sequence[Forward], versions: Sequence[int], lan: Lan | None = None) -> Iterator[str]:
    """What can't be forwarded, each with its cure.

    Args:
        forwards: the ports.
        versions: of IP that the tunnel carries.
        lan: the component's, if it knows it.
    """
    taken: dict[tuple[str, int, int], Forward] = {}
    for one in forwards:
        who = f"forwards: {one.port} to {one.to}"
        if not one.ports:
            yield f"{who}: {one.port!r} is no port: write 51413, or '6881-6889' for several"
        if prefixes.address_or_none(one.to) is None:
            yield f"{who}: {one.to!r} is no address of a host, such as 192.168.88.50"
        elif one.version not in versions:
            yield f"{who}: the tunnel has no IPv{one.version}: give it an address of it, or the host's other address"
        if not one.protocols:
            yield f"{who}: protocol {one.protocol!r}: take tcp, udp or both"
        yield from _short_cut(one, who, one.lan or lan)
        for protocol in one.protocols:
            for low, high in one.ports:
                for (kind, first, last), other in taken.items():
                    if kind == f"{protocol}{one.version}" and first <= high and low <= last:
                        yield f"{who}: {protocol} {other.port} goes to {other.to} already: leave it to one of them"
                taken[f"{protocol}{one.version}", low, high] = one


def _short_cut(one: Forward, who: str, lan: Lan | None) -> Iterator[str]:
    if one.hairpin is None:
        return
    if prefixes.version_or_none(one.hairpin) != one.version or prefixes.address_or_none(one.hairpin) is None:
        yield f"{who}: hairpin: {one.hairpin!r} is no address of the host's kind, by which the internet calls it"
    if lan is None:
        yield f"{who}: hairpin is for hosts of a LAN: give lan=wt.Lan('bridge', '192.168.88.0/24')"


def let_in(
    make: Making,
    forwards: Sequence[Forward],
    interface: InterfaceRef,
    after: Sequence[pulumi.Resource],
    *,
    accept: bool,
) -> list[pulumi.Resource]:
    """The rows that forward.

    Args:
        make: the component.
        forwards: the ports.
        interface: the tunnel.
        after: what answers need to find back.
        accept: whether the forward chain must be told to let them in.
    """
    accepts = [
        FILTER[version](
            make.named(f"accept-forwarded{suffix(version)}"),
            make.below(),
            router=make.router,
            chain="forward",
            in_interface=interface,
            connection_nat_state="dstnat",
            action="accept",
            position=BEFORE_DROP,
            comment=f"{make.name}: forwarded ports",
        )
        for version in sorted({one.version for one in forwards if accept})
    ]
    turned = [
        NAT[one.version](
            make.named(f"forward-{one.part(protocol)}"),
            make.below(*after, *accepts),
            router=make.router,
            chain="dstnat",
            in_interface=interface,
            action="dst-nat",
            comment=f"{make.name}: to {one.to}",
            **one.matcher(protocol),
            **one.turned(),
        )
        for one in forwards
        for protocol in one.protocols
    ]
    return [*accepts, *turned]


def short_cuts(make: Making, forwards: Sequence[Forward], lan: Lan | None = None) -> list[pulumi.Resource]:
    """The rows by which hosts of the LAN reach a forwarded port by the address that the internet calls.

    An always-on VPN, this one or another, would mark them for a table that doesn't lead there: these stay out of its
    marks. Of a host in their own network the answers must come back to the router, so it gets its questions from there.

    Args:
        make: the component.
        forwards: the ports.
        lan: the component's.
    """
    made: list[pulumi.Resource] = []
    for one in forwards:
        behind = one.lan or lan
        for protocol in one.protocols if one.hairpin and behind else ():
            made += _by(make, one, behind, protocol) if behind else []
    return made


def _by(make: Making, one: Forward, lan: Lan, protocol: str) -> list[pulumi.Resource]:
    part, called = one.part(protocol), {"dst_address": one.hairpin, **one.matcher(protocol)}
    common: dict[str, Any] = {"router": make.router, "comment": f"{make.name}: the LAN to {one.to}"}
    before: list[pulumi.Resource] = [
        MANGLE[one.version](
            make.named(f"hairpin-stays-{part}"),
            make.below(),
            chain="prerouting",
            in_interface=lan.interface,
            action="accept",
            position=FIRST,
            **called,
            **common,
        )
    ]
    before += [
        NAT[one.version](
            make.named(f"hairpin-back-{part}"),
            make.below(),
            chain="srcnat",
            src_address=str(prefix),
            dst_address=one.to,
            out_interface=lan.interface,
            protocol=protocol,
            dst_port=one.to_port or one.port,
            action="masquerade",
            **common,
        )
        for prefix in lan.every()
        if prefixes.holds(prefix, one.to)
    ]
    turned = NAT[one.version](
        make.named(f"hairpin-{part}"),
        make.below(*before),
        chain="dstnat",
        in_interface=lan.interface,
        action="dst-nat",
        **called,
        **one.turned(),
        **common,
    )
    return [*before, turned]
