"""Both ends of a link, where both can be looked at: keys, ports, who calls, and the prefixes that each allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import attrs

from wiretik_provider.doctor.finding import ERROR, WARNING, Finding, Links, Where
from wiretik_provider.doctor.patient import DEVICES, PEERS, Patient, allowed, is_host, named
from wiretik_provider.doctor.tunnels import calls
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.result import Disposition
from wiretik_provider.trace.router.snapshot import span_of

__all__ = ["ends", "linked"]


_LINK: Final = 30
"""The widest prefix that can mean one end: a network of two hosts."""


class End(NamedTuple):
    """One end of a link."""

    patient: Patient
    device: str

    @property
    def row(self) -> Row:
        """Its interface."""
        return self.patient.devices[self.device]

    @property
    def key(self) -> str:
        """Its public key; empty where it isn't known."""
        return self.row.get("public-key", "")

    @property
    def addresses(self) -> set[int]:
        """Its own addresses in the tunnel."""
        return {own.address for own in self.patient.snapshot.own if own.interface == self.device}

    def peer(self, other: End) -> Row | None:
        """Its row for the other end, by the other's key."""
        return next(
            (row for row in self.patient.peers(self.device) if other.key and row.get("public-key") == other.key), None
        )

    def meant(self, other: End) -> Row | None:
        """The row that must be for the other end: it allows just that one's address, or calls there."""
        far = {own.address for own in other.patient.snapshot.own}
        for row in self.patient.peers(self.device):
            nets = [net for net in allowed(row) if net.length >= _LINK]
            called = span_of(row.get("endpoint-address", "")) if is_host(row.get("endpoint-address", "")) else None
            here = called is not None and called[0] in far and row.get("endpoint-port") == other.row.get("listen-port")
            if here or any(net.first <= address <= net.last for net in nets for address in other.addresses):
                return row
        return None

    def about(self, row: Row | None = None) -> Where:
        """What every finding about it says."""
        return Where.of_peer(self.patient.name, self.device, row)


def linked(patients: Sequence[Patient]) -> Links:
    """The tunnels of different routers that are ends of one link, whether they run or not."""
    pairs = (
        (End(one, device), End(other, far))
        for one, other in combinations(patients, 2)
        for device in one.devices
        for far in other.devices
    )
    return frozenset(
        frozenset({(one.patient.name, one.device), (other.patient.name, other.device)})
        for one, other in pairs
        if _is_link(one, other)
    )


def _is_link(one: End, other: End) -> bool:
    """Whether one has the other's key, or means it; two branches of a third router have neither."""
    return any(end.peer(far) is not None or end.meant(far) is not None for end, far in ((one, other), (other, one)))


def ends(patients: Sequence[Patient]) -> Iterator[Finding]:
    """What is wrong between routers."""
    for one, other in combinations(patients, 2):
        for device in one.running:
            for far in other.running:
                yield from _link(End(one, device), End(other, far))


def _link(one: End, other: End) -> Iterator[Finding]:
    if one.key and one.key == other.key:
        yield Finding(
            kind="key-copied",
            where=attrs.evolve(other.about(), menu=DEVICES, row=other.row.get(".id", "")),
            fact=f"{one.device} of {one.patient.name} and {other.device} of {other.patient.name} have the same key "
            f"{one.key}",
            cure=f'wt.WireGuardInterface("{other.device}") without private_key: each router makes its own',
            value=one.key,
        )
        return
    if not _is_link(one, other):
        return
    here, there = one.peer(other), other.peer(one)
    for end, far, row in ((one, other, here), (other, one, there)):
        if row is None and far.key:
            yield _mismatch(end, far)
    if here is not None and there is not None:
        yield from _who_calls(one, other, here, there)
        yield from _lets_in(one, other, here, there)
        yield from _lets_in(other, one, there, here)


def _mismatch(end: End, far: End) -> Finding:
    peers = end.patient.peers(end.device)
    row = end.meant(far) or (peers[0] if len(peers) == 1 else None)
    where = f"{far.device} of {far.patient.name} has {far.key}"
    has = f"{named(PEERS, row)} of {end.device} has the public key {row.get('public-key')}" if row else ""
    return Finding(
        kind="key-mismatch",
        where=end.about(row),
        fact=f"{has}, but {where}" if row else f"{end.device} has no peer with the key of {far.patient.name}: {where}",
        cure="wt.Peer(..., public_key=...) with the other interface's public_key output; wt.SiteToSite does so",
        value=row.get("public-key", "") if row else "",
    )


def _who_calls(one: End, other: End, here: Row, there: Row) -> Iterator[Finding]:
    if not calls(here) and not calls(there):
        yield Finding(
            kind="nobody-calls",
            where=one.about(here),
            fact=f"{named(PEERS, here)} on {one.patient.name} and {named(PEERS, there)} on {other.patient.name} both "
            "wait to be called",
            cure="endpoint_address and endpoint_port of one of the two, without responder",
        )
    for end, far, row in ((one, other, here), (other, one, there)):
        host, port = row.get("endpoint-address", ""), row.get("endpoint-port", "")
        listens = far.row.get("listen-port", "")
        if not calls(row) or not port or port == listens or end.patient.is_fresh(row):
            continue
        family = family_of(host)
        span = family.span(host) if is_host(host) else None
        if span is None or span[0] in far.patient.snapshot.of(family).local:
            yield Finding(
                kind="endpoint-port",
                where=end.about(row),
                fact=f"{named(PEERS, row)} calls {host} at port {port}, and {far.device} of {far.patient.name} listens "
                f"at {listens}",
                cure=f"wt.Peer(..., endpoint_port={listens})",
                value=port,
                severity=WARNING if span is None else ERROR,  # behind a name there may be one that forwards
            )


def _lets_in(one: End, other: End, here: Row, there: Row) -> Iterator[Finding]:
    """Whether what one end's LANs send, the other end's peer may send."""
    patient = one.patient
    for lan, net in patient.lans:
        for _, far in other.patient.lans:
            source, target = patient.hosts(net)[:1], other.patient.hosts(far)[:1]
            if not source or not target or not any(own.holds(far) for own in allowed(here)):
                continue
            found = patient.first(source[0], target[0], lan, "tcp", 443)
            if found.disposition is not Disposition.INTO_TUNNEL or found.leaves != one.device:
                continue
            if any(own.first <= found.source <= own.last for own in allowed(there)):
                continue
            yield Finding(
                kind="far-end-refuses",
                where=other.about(there),
                fact=f"{named(PEERS, there)} of {other.device} doesn't allow {dotted(found.source)}, with which "
                f"{patient.name}'s {net} comes in",
                cure=f'wt.Peer(..., allowed_address=[..., "{net}"])',
                value=there.get("allowed-address", ""),
            )
            return
