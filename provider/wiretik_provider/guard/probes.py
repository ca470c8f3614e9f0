"""What is asked before a change and after it, and whether anything is worse then. Pure.

Rule: what failed before the change keeps nothing from being confirmed; what went well must go well. Of a tunnel only a
handshake counts that is newer than the last write: a dead one looks alive for three minutes
(docs/facts/undo.md#asking-whether-all-is-well).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import attrs

from wiretik_provider.calls import Row
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.rows import ownership

__all__ = ["Baseline", "Outcome", "Peer", "Probe", "awaited", "peers", "pinged", "read", "worse"]

FRESH: Final = 180
"""So many seconds after a handshake a tunnel's keys live."""


class Probe(NamedTuple):
    """What a program wants to be asked."""

    name: str
    kind: str
    """`ping`, `dns`, `handshake`, `tcp` or `call`."""
    given: Mapping[str, str]


class Outcome(NamedTuple):
    """What came of asking."""

    well: bool
    text: str = ""
    """What is wrong, where something is."""


class Peer(NamedTuple):
    """A peer of a tunnel that is switched on."""

    label: str
    tag: str
    """The twelve digits of its owner; empty where it is nobody's of ours."""
    names: frozenset[str]
    """By what a program may call it: its name, its public key."""
    age: int | None
    """So many seconds ago was its last handshake; None where there was none."""
    sent: int
    """Bytes that the router has sent to it."""
    keepalive: bool


@attrs.frozen
class Baseline:
    """What was so before the first write.

    Attributes:
        outcomes: by a probe's name, what came of it.
        peers: the peers of tunnels, by id.
    """

    outcomes: Mapping[str, Outcome] = attrs.field(factory=dict)
    peers: Mapping[str, Peer] = attrs.field(factory=dict)

    @property
    def awaits(self) -> bool:
        """Whether a handshake may have to be waited for."""
        return any(_alive(peer) for peer in self.peers.values())


def read(told: Sequence[Mapping[str, Any]]) -> tuple[Probe, ...]:
    """The probes that a program declares, from the guard's input."""
    return tuple(
        Probe(str(one["name"]), str(one["kind"]), {str(key): str(value) for key, value in one["given"].items()})
        for one in told
    )


def pinged(rows: Sequence[Row], to: str) -> Outcome:
    """What came of a ping by the router: the last row has the sums."""
    received = rows[-1].get("received", "0") if rows else "0"
    return Outcome(True) if received not in ("", "0") else Outcome(False, f"{to} doesn't answer the router's ping")


def peers(interfaces: Sequence[Row], rows: Sequence[Row]) -> dict[str, Peer]:
    """The peers that are switched on, by id."""
    up = {row.get("name") for row in interfaces if row.get("disabled") != "true"}
    return {
        row[".id"]: _peer(row)
        for row in rows
        if row.get("disabled") != "true" and row.get("interface") in up and ".id" in row
    }


def _peer(row: Row) -> Peer:
    shown = row.get("last-handshake", "")
    age = milliseconds(shown) // 1000 if shown and shown != "never" else None
    names = frozenset(filter(None, (row.get("name"), row.get("public-key"))))
    kept = row.get("persistent-keepalive", "") not in ("", "0s", "0")
    sent = row.get("tx", "")
    label = f"{row.get('interface', '')} to {row.get('name') or row.get('public-key', '')[:8]}"
    return Peer(label, ownership.owner_of(row), names, age, int(sent) if sent.isdecimal() else 0, kept)


def _alive(peer: Peer) -> bool:
    return peer.age is not None and peer.age < FRESH


def awaited(probes: Sequence[Probe], before: Baseline, now: Mapping[str, Peer], since: float) -> Iterator[str]:
    """Tunnels that were alive and have shown no sign of life since the last write, in words.

    Asked are those that have to say something by themselves, by a keepalive or because the router sends to them, and
    those that a probe names. Who was removed or switched off by the change isn't missed.

    Args:
        probes: the program's.
        before: what was so before the first write.
        now: the peers as they are.
        since: so many seconds ago the last write was.
    """
    named = {probe.given["peer"] for probe in probes if probe.kind == "handshake"}
    for row_id, was in before.peers.items():
        if not _alive(was) or (peer := now.get(row_id)) is None:
            continue
        speaks = peer.keepalive or peer.sent > was.sent or {peer.tag, *peer.names} & named
        # The router shows whole seconds, so it may be up to one older than it says.
        if speaks and (peer.age is None or peer.age + 1 > since):
            yield f"tunnel {peer.label}: no handshake since the change"


def worse(before: Baseline, now: Mapping[str, Outcome]) -> Iterator[str]:
    """What went well before and doesn't any more, in words."""
    for name, outcome in now.items():
        was = before.outcomes.get(name)
        if not outcome.well and (was is None or was.well):
            yield f"{name}: {outcome.text}"
