"""Endpoints of peers: host and port, and names that are looked up again while nobody answers.

RouterOS keeps a name as it was said, and no source says whether it asks for its address again
(docs/facts/wireguard.md#endpoints-and-keepalive). Rule: nothing here writes what a program declares. The script leaves
a peer as it found it, so that whatever a name resolves to is no drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import pulumi

from wiretik._text import quoted
from wiretik.components.shared import prefixes
from wiretik.components.shared.making import Making
from wiretik.components.shared.refusal import later
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.interfaces import Peer, WireGuardInterface

__all__ = ["Called", "followed", "halves", "may_be_name", "nobody_moves", "version_of"]

_PEERS: Final = "/interface/wireguard/peers"
_EVERY: Final = "2m"
_AFTER_BOOT: Final = "1m"
"""Netwatch would wait five minutes otherwise (docs/facts/undo.md#netwatch)."""
_SILENT: Final = "3m"
"""A session's keys are given up by then, and those of one that is alive are a minute younger.

Source: docs/facts/undo.md#asking-whether-all-is-well.
"""


class Called(NamedTuple):
    """A peer that is called."""

    name: str
    public_key: pulumi.Input[str]
    endpoint: pulumi.Input[str] | None
    row: Peer


def halves(endpoint: pulumi.Input[str]) -> tuple[pulumi.Input[str], pulumi.Input[int]]:
    """Host and port, also of an endpoint that isn't known yet."""
    if isinstance(endpoint, str):
        return prefixes.endpoint(endpoint)

    def read(known: Sequence[str | None]) -> tuple[str, int]:
        return prefixes.endpoint(known[0] or "")

    told: pulumi.Output[tuple[str, int]] = pulumi.Output.all(endpoint).apply(later("endpoint", read))
    return told.apply(lambda both: both[0]), told.apply(lambda both: both[1])


def may_be_name(endpoint: pulumi.Input[str] | None) -> bool:
    """Whether an endpoint is called by a name, or may turn out to be."""
    if not isinstance(endpoint, str):
        return endpoint is not None
    try:
        return prefixes.address_or_none(prefixes.endpoint(endpoint)[0]) is None
    except ValueError:  # which is told by itself
        return True


def version_of(endpoint: pulumi.Input[str] | None) -> int | None:
    """The version of IP of an endpoint; None of a name and of what isn't known yet, which may be of either."""
    return prefixes.version_or_none(prefixes.endpoint(endpoint)[0]) if isinstance(endpoint, str) else None


def nobody_moves(follow_names: bool, endpoints: Iterable[pulumi.Input[str] | None]) -> Iterator[str]:
    """What is wrong with `follow_names` where no endpoint is a name."""
    if follow_names and not any(map(may_be_name, endpoints)):
        yield "follow_names: no endpoint is a name, so none gets another address: leave it out"


def followed(
    make: Making, interface: WireGuardInterface, own: pulumi.Input[str], peers: Iterable[Called]
) -> list[pulumi.Resource]:
    """Netwatch looks names up again whose peers are silent, and has RouterOS begin anew with those that have moved.

    A scheduler would do, but the device mode of home routers has none (docs/facts/undo.md#device-mode). Whom netwatch
    asks doesn't matter, since its script runs at each probe: it is the router's own address.

    Args:
        make: the tunnel.
        interface: its interface.
        own: the router's address in it.
        peers: its peers.
    """
    host = pulumi.Output.from_input(own).apply(lambda text: text.partition("/")[0])
    return [
        MenuRow(
            "/tool/netwatch",
            make.named(f"follow-{peer.name}"),
            make.below(peer.row),
            router=make.router,
            name=make.named(f"follow-{peer.name}"),
            host=host,
            type="simple",
            interval=_EVERY,
            startup_delay=_AFTER_BOOT,
            test_script=_script(interface.name, peer.public_key, halves(peer.endpoint)[0]),
            comment=f"{make.name}: where {peer.name} is",
        )
        for peer in peers
        if peer.endpoint is not None and may_be_name(peer.endpoint)
    ]


def _script(interface: pulumi.Input[str], public_key: pulumi.Input[str], host: pulumi.Input[str]) -> pulumi.Output[str]:
    """The script: a peer that is silent, and whose name has another address than it calls, is switched off and on.

    It is found by its key, since one that was taken over keeps its own name.
    """
    return pulumi.Output.all(interface, public_key, host).apply(lambda known: _text(*map(str, known)))


def _text(interface: str, key: str, host: str) -> str:
    return (
        f":foreach peer in=[{_PEERS}/find interface={quoted(interface)} public-key={quoted(key)} disabled=no] do={{"
        f':local known ""; :do {{:set known [:tostr [:resolve {quoted(host)}]]}} on-error={{}}; '
        f":local called [:tostr [{_PEERS}/get $peer current-endpoint-address]]; "
        f":local age [{_PEERS}/get $peer last-handshake]; "
        f':local silent true; :if ([:typeof $age] = "time") do={{:set silent ($age > {_SILENT})}}; '
        ':if ($silent && $known != "" && $known != $called) do={'
        f"{_PEERS}/disable $peer; {_PEERS}/enable $peer; "
        f':log info ({quoted(f"{host} is ")} . $known . " now")}}}}'
    )
