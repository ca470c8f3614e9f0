"""The ends of tunnels between sites, and contradictions between two of them. Pure but for the outputs that they carry.

Rule: whether two ends can meet, and which rows that takes, follows from what the program writes, never from an output.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.openings import Opening
from wiretik.components.shared.prefixes import Network, Prefix
from wiretik.components.shared.refusal import later
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import ListRef

__all__ = ["End", "FarEnd", "SiteEnd", "Skipped", "between", "conflicts", "openings_of"]

_CARRIER: Final = prefixes.network("100.64.0.0/10")
"""What carriers' NAT gives out (RFC 6598): an address there can't be called from outside.

Source: docs/facts/traps.md#wireguard 4.50.
"""

_FREE: Final = prefixes.network("10.0.0.0/8")
"""Where a prefix is looked for that a LAN may be mapped to."""


@attrs.frozen(kw_only=True)
class SiteEnd:
    """One end of a tunnel between sites, on a router of this stack.

    Attributes:
        router: the router, whose name the end's rows bear.
        lan: the LAN behind it, with its prefixes of IPv4 and of IPv6. None: nothing is routed, as for a `BridgedLan`
            that is the same at each end.
        address: its IPv4 address in the tunnel, with a mask that the other ends' addresses are in.
        address6: likewise of IPv6, `fd00:255::1/64`. LANs meet by IPv6 without, but this router itself has no address
            there then.
        endpoint: `HOST:PORT` where the others call it; None where it is behind NAT and only calls.
        listen_port: where it listens, if a firewall in front forwards the endpoint's port to another one.
        seen_as: the prefix as which the others see its LAN, mapped one to one by netmap: for sites that use the same
            LAN. As long as the LAN's own of IPv4, of which there must be one; of IPv6 the others see it as it is.
        wan: the interface list by which the others call.
    """

    router: Router | str = attrs.field(kw_only=False)
    lan: Lan | None = None
    address: str
    address6: str | None = None
    endpoint: str | None = None
    listen_port: int | None = None
    seen_as: str | None = None
    wan: ListRef = "WAN"

    @property
    def name(self) -> str:
        """The router's name."""
        return self.router.name if isinstance(self.router, Router) else self.router

    @property
    def host(self) -> str:
        """Its address without the mask."""
        return self.address.partition("/")[0]

    @property
    def hosts(self) -> tuple[str, ...]:
        """Its addresses of both kinds without their masks."""
        return (self.host, *([self.address6.partition("/")[0]] if self.address6 else []))

    @property
    def port(self) -> int | None:
        """Where it listens, if it does."""
        return self.listen_port or (prefixes.endpoint(self.endpoint)[1] if self.endpoint else None)

    @property
    def outward(self) -> tuple[str, ...]:
        """Its LAN as the others see it."""
        if not self.seen_as:
            return self.lan.prefixes if self.lan else ()
        return (self.seen_as, *(str(one) for one in self.behind if one.version == 6))

    @property
    def behind(self) -> list[Prefix]:
        """Its LAN's own prefixes of both kinds."""
        return self.lan.every() if self.lan else []

    @property
    def told(self) -> dict[int, list[str]]:
        """The same by the version of IP, for another stack."""
        found: dict[int, list[str]] = {4: [], 6: []}
        for text in self.outward:
            found[prefixes.prefix(text).version].append(text)
        return found

    def problems(self) -> Iterator[str]:
        """What is wrong with it alone."""
        try:
            _ = self.port, prefixes.connected(self.address), [prefixes.prefix(text) for text in self.outward]
            _ = prefixes.connected6(self.address6) if self.address6 is not None else None
            seen = [prefixes.network(self.seen_as)] if self.seen_as else []
            own = self.lan.networks() if self.seen_as and self.lan else []
        except ValueError as wrong:
            yield f"{self.name}: {wrong}"
            return
        if self.endpoint and prefixes.holds(_CARRIER, prefixes.endpoint(self.endpoint)[0]):
            yield (
                f"{self.name}: its endpoint {self.endpoint} is an address of a carrier's NAT ({_CARRIER}), which nobody"
                " outside can call: leave out endpoint, and it calls the others"
            )
        if [one.prefixlen for one in own] != [one.prefixlen for one in seen]:
            behind = " and ".join(map(str, own)) or "none"
            yield f"{self.name}: seen_as={self.seen_as!r} maps one prefix to one of its length; its LAN is {behind}"


@attrs.frozen(kw_only=True, field_transformer=lists)
class FarEnd:
    """One end of a tunnel between sites that another stack has, as far as this stack must know it.

    All but its name may be outputs, of a `pulumi.StackReference` for instance. How many prefixes its LAN has, and
    whether it can be called, the program says: which rows there are doesn't depend on outputs.

    Attributes:
        name: its name in the program; the logical names of its rows end with it.
        public_key: its public key.
        address: its IPv4 address in the tunnel.
        lan: the prefixes behind it, as this side sees them; outputs are of IPv4.
        address6: its IPv6 address in the tunnel.
        lan6: prefixes of IPv6 behind it that are outputs.
        endpoint: `HOST:PORT` where it is called; None where it only calls.
    """

    name: str = attrs.field(kw_only=False)
    public_key: pulumi.Input[str]
    address: pulumi.Input[str]
    lan: Sequence[pulumi.Input[str]]
    address6: pulumi.Input[str] | None = None
    lan6: Sequence[pulumi.Input[str]] = ()
    endpoint: pulumi.Input[str] | None = None

    @classmethod
    def of(
        cls,
        name: str,
        facts: pulumi.Input[Mapping[str, Any]],
        *,
        lans: int = 1,
        lans6: int = 0,
        tunnel6: bool = False,
        calls: bool = False,
    ) -> FarEnd:
        """The far end that another stack exported as `SiteToSite.facts`.

        Example:
            ```python
            lisbon = pulumi.StackReference("organization/link/lisbon")
            wt.FarEnd.of("lisbon", lisbon.require_output("facts"))
            ```

        Args:
            name: what the program calls it.
            facts: the output `facts` of the stack that has it.
            lans: how many prefixes of IPv4 its LAN has.
            lans6: how many IPv6 prefixes it has.
            tunnel6: whether it has an IPv6 address in the tunnel.
            calls: whether it only calls, since it has no endpoint.
        """
        known: pulumi.Output[Mapping[str, Any]] = pulumi.Output.all(facts).apply(lambda all_: all_[0])

        def read(function: Callable[..., str], *args: object) -> pulumi.Output[str]:
            return known.apply(later(f"the facts of {name}", functools.partial(function, *args)))

        return cls(
            name,
            public_key=read(_fact, "public_key"),
            address=read(_fact, "address"),
            lan=[read(_prefix, lans, number) for number in range(lans)],
            address6=read(_fact, "address6") if tunnel6 else None,
            lan6=[read(_prefix6, lans6, number) for number in range(lans6)],
            endpoint=None if calls else read(_fact, "endpoint"),
        )

    @property
    def host(self) -> pulumi.Input[str]:
        """Its address without a mask."""
        return _bare(self.address)

    @property
    def hosts(self) -> tuple[pulumi.Input[str], ...]:
        """Its addresses without their masks, but for one of IPv6 that is an output."""
        return (self.host, *([_bare(self.address6)] if isinstance(self.address6, str) else []))

    @property
    def outputs6(self) -> tuple[pulumi.Input[str], ...]:
        """What of IPv6 is an output: its address, and the prefixes behind it."""
        own = self.address6 is not None and not isinstance(self.address6, str)
        return (*([_bare(self.address6 or "")] if own else []), *self.lan6)

    @property
    def outward(self) -> tuple[pulumi.Input[str], ...]:
        """Its LAN, but for outputs of IPv6."""
        return tuple(self.lan)

    def problems(self) -> Iterator[str]:
        """What is wrong with it alone, as far as it is plain."""
        tries: list[tuple[Callable[[str], object], str]] = [
            (prefixes.prefix, text) for text in (*self.lan, *self.lan6) if isinstance(text, str)
        ]
        tries += [(prefixes.connected, self.address)] if isinstance(self.address, str) else []
        tries += [(prefixes.connected6, self.address6)] if isinstance(self.address6, str) else []
        tries += [(prefixes.endpoint, self.endpoint)] if isinstance(self.endpoint, str) else []
        for read, text in tries:
            try:
                read(text)
            except ValueError as wrong:
                yield f"{self.name}: {wrong}"


def _bare(address: pulumi.Input[str]) -> pulumi.Input[str]:
    """An address without its mask."""
    if isinstance(address, str):
        return address.partition("/")[0]
    bare: pulumi.Output[str] = pulumi.Output.all(address).apply(lambda all_: all_[0].partition("/")[0])
    return bare


End = SiteEnd | FarEnd


def _fact(name: str, facts: object) -> str:
    found = _mapping(facts).get(name)
    if not found:
        cure = {"endpoint": ": say calls=True", "address6": ": say tunnel6=False"}.get(name, "")
        raise ValueError(f"they have no {name}{cure}")
    return str(found)


def _prefix(said: int, number: int, facts: object) -> str:
    return str(prefixes.network(_lan("lan", "lans", said, facts)[number]))


def _prefix6(said: int, number: int, facts: object) -> str:
    found = prefixes.prefix(_lan("lan6", "lans6", said, facts)[number])
    if found.version == 4:
        raise ValueError(f"{found} is IPv4, and lan6 has prefixes of IPv6")
    return str(found)


def _lan(fact: str, argument: str, said: int, facts: object) -> Sequence[str]:
    there: Sequence[str] = _mapping(facts).get(fact) or []
    if len(there) != said:
        six = "IPv6 " * (fact == "lan6")
        raise ValueError(f"they have {len(there)} {six}LAN prefixes, and the program says {argument}={said}")
    return there


def _mapping(facts: object) -> Mapping[str, Any]:
    if not isinstance(facts, Mapping):
        raise ValueError("this value isn't SiteToSite.facts of the other stack")  # noqa: TRY004
    return facts


@attrs.frozen
class Skipped:
    """Two ends that can't meet.

    Attributes:
        a: one.
        b: the other.
        reason: why, and the cure.
    """

    a: str
    b: str
    reason: str


def between(a: End, b: End) -> Skipped | None:
    """Why two ends can't call each other, or None."""
    if a.endpoint is not None or b.endpoint is not None:
        return None
    reason = (
        f"neither {a.name} nor {b.name} has an endpoint, so each waits for the other to call: give one, have a port "
        "forwarded to it, or let both meet at a RelayMesh"
    )
    return Skipped(a.name, b.name, reason)


def conflicts(a: End, b: End, taken: Iterable[Network]) -> Iterator[str]:
    """Contradictions between two ends that meet.

    Args:
        a: one.
        b: the other.
        taken: prefixes that a cure must not offer.
    """
    theirs = [prefixes.prefix(text) for text in b.outward if isinstance(text, str)]
    mine = [prefixes.prefix(text) for text in a.outward if isinstance(text, str)]
    behind_a = a.behind if isinstance(a, SiteEnd) else mine
    behind_b = b.behind if isinstance(b, SiteEnd) else theirs
    for one, other in dict.fromkeys([*_pairs(behind_a, theirs), *_pairs(mine, behind_b), *_pairs(mine, theirs)]):
        mapped = f", or have each seen as another by netmap{_offers(a, b, taken)}" if one.version == 4 else ""
        yield (
            f"the LANs {one} of {a.name} and {other} of {b.name} overlap, so nobody could tell them apart: renumber one"
            f" of them{mapped}"
        )
        return


def _pairs(ones: Iterable[Prefix], others: Sequence[Prefix]) -> Iterator[tuple[Prefix, Prefix]]:
    return (
        (one, other)
        for one in ones
        for other in others
        if prefixes.within(one, [other]) or prefixes.within(other, [one])
    )


def _offers(a: End, b: End, taken: Iterable[Network]) -> str:
    """Free prefixes for the LANs of two ends, ready to be pasted."""
    used, offers = list(taken), []
    for end in (a, b):
        own = [one for one in end.behind if isinstance(one, Network)] if isinstance(end, SiteEnd) else []
        if isinstance(end, SiteEnd) and not end.seen_as and len(own) == 1 and own[0].prefixlen > _FREE.prefixlen:
            free = _free(own[0].prefixlen, used)
            if free:
                used.append(free)
                offers.append(f'{end.name} seen_as="{free}"')
    return f", {' and '.join(offers)}" if offers else " (seen_as= where that end is made)"


def _free(length: int, used: Sequence[Network]) -> Network | None:
    """The first prefix of a length from the upper half of 10.0.0.0/8 that nobody uses."""
    upper = list(_FREE.subnets())[1]
    candidates = upper.subnets(new_prefix=max(length, upper.prefixlen))
    return next((one for one in candidates if not any(one.overlaps(other) for other in used)), None)


def openings_of(near: End, far: End) -> Iterator[Opening]:
    """The traffic that firewalls in front of either of two ends must let through, as far as it is plain."""
    for called, caller in ((near, far), (far, near)):
        if isinstance(called.endpoint, str):
            host, port = prefixes.endpoint(called.endpoint)
            own = called.port if isinstance(called, SiteEnd) else port
            other = own if own != port else None
            yield Opening(at=called.name, incoming=True, host=host, port=port, forwarded=other)
            yield Opening(at=caller.name, incoming=False, host=host, port=port)
