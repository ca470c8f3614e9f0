"""Each tunnel by itself: does its interface run, has it an address, do keys, endpoints and handshakes make sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from wiretik_provider.codecs.base import is_number
from wiretik_provider.doctor.finding import ERROR, NOTE, WARNING, Finding, Where
from wiretik_provider.doctor.patient import (
    DEVICES,
    FRESH,
    PEERS,
    Net,
    Patient,
    allowed,
    is_host,
    is_public,
    named,
    net_of,
)
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.connection import trace
from wiretik_provider.trace.family import Family, family_of
from wiretik_provider.trace.packet import Packet, Span, dotted
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.snapshot import UNKNOWN, is_true, only_answers
from wiretik_provider.trace.steps.path import peer_name

__all__ = ["calls", "tunnels"]

_NEVER: Final = ("", "0s", "0")


def tunnels(patient: Patient) -> Iterator[Finding]:
    """What is wrong with each tunnel up to its handshakes."""
    for device, row in patient.devices.items():
        if is_true(row, "dynamic"):
            continue  # RouterOS's own, such as back-to-home
        yield from _interface(patient, device, row)
        if patient.snapshot.runs(device):
            yield from _keys(patient, device, row)
            for peer in patient.peers(device):
                yield from _endpoint(patient, device, peer)
                yield from _keepalive(patient, device, peer)
                yield from _handshake(patient, device, peer)
            yield from _allowed(patient, device)


def calls(peer: Row) -> bool:
    """Whether this end calls the peer."""
    return bool(peer.get("endpoint-address")) and not only_answers(peer)


def _needed(peer: Row) -> bool:
    """Whether a peer should be there all the time: we call it, or whole networks are behind it."""
    return calls(peer) or any(net.length < 32 for net in allowed(peer))


# --- the interface ---------------------------------------------------------------------------------------------------


def _interface(patient: Patient, device: str, row: Row) -> Iterator[Finding]:
    about = Where(router=patient.name, tunnel=device, menu=DEVICES, row=row.get(".id", ""))
    port = row.get("listen-port", "")
    other = next(
        (
            name
            for name, one in patient.devices.items()
            if name != device and port and one.get("listen-port") == port and not is_true(one, "disabled")
        ),
        "",
    )
    if is_true(row, "disabled"):
        if patient.peers(device):
            yield Finding(
                kind="interface-off",
                where=about,
                fact=f"{device} is disabled, and has peers",
                cure=f'wt.WireGuardInterface("{device}", disabled=False), or leave the tunnel out of the program',
                value="disabled",
            )
    elif not patient.snapshot.runs(device):
        clash = f"{device} and {other} both listen at port {port}, and {device} doesn't run"
        yield Finding(
            kind="port-clash" if other else "interface-down",
            where=about,
            fact=clash if other else f"{device} doesn't run",
            cure=f'wt.WireGuardInterface("{device}", listen_port=...) with a port of its own'
            if other
            else f"look at /interface/print detail where name={device}",
            value=port,
        )
    else:
        yield from _peers(patient, device, about)


def _peers(patient: Patient, device: str, about: Where) -> Iterator[Finding]:
    if not patient.peers(device):
        off = sum(row.get("interface") == device for row in patient.snapshot[PEERS])
        yield Finding(
            kind="no-peers",
            where=about,
            fact=f"{device} has no peer{' that is on' if off else ''}",
            cure=f'wt.Peer(..., interface="{device}")',
            severity=ERROR if off or any(patient.routes(device)) else NOTE,
        )


# --- keys ------------------------------------------------------------------------------------------------------------


def _keys(patient: Patient, device: str, row: Row) -> Iterator[Finding]:
    own = {one["public-key"]: name for name, one in patient.devices.items() if one.get("public-key")}
    mine = row.get("public-key", "")
    if mine and own[mine] != device:
        yield Finding(
            kind="key-copied",
            where=Where(router=patient.name, tunnel=device, menu=DEVICES, row=row.get(".id", "")),
            fact=f"{device} and {own[mine]} have the same key {mine}",
            cure=f'wt.WireGuardInterface("{device}") without private_key: the router makes one',
            value=mine,
        )
    seen: dict[str, Row] = {}
    for peer in patient.peers(device):
        key = peer.get("public-key", "")
        about = Where(router=patient.name, tunnel=device, menu=PEERS, row=peer.get(".id", ""))
        if key in own:
            yield Finding(
                kind="key-own",
                where=attrs.evolve(about, peer=peer.get(".id", "")),
                fact=f"{named(PEERS, peer)} of {device} has this router's own public key, that of {own[key]}",
                cure="wt.Peer(..., public_key=...) with the public-key that the other end prints for its interface",
                value=key,
            )
        if key and key in seen and key is not UNKNOWN:
            yield Finding(
                kind="key-twice",
                where=about,
                fact=f"{named(PEERS, peer)} and {named(PEERS, seen[key])} of {device} have the same key {key}",
                cure="one wt.Peer for each key, with all its prefixes in allowed_address",
                value=key,
            )
        seen[key] = peer


# --- endpoints and what carries the tunnel ---------------------------------------------------------------------------


def _endpoint(patient: Patient, device: str, peer: Row) -> Iterator[Finding]:
    host = peer.get("current-endpoint-address") or peer.get("endpoint-address", "")
    if not host:
        return
    about = Where.of_peer(patient.name, device, peer)
    name = named(PEERS, peer)
    if peer.get("endpoint-address") and peer.get("endpoint-port", "0") == "0":
        yield Finding(
            kind="endpoint-port",
            where=about,
            fact=f"{name} of {device} has the endpoint {peer['endpoint-address']} without a port",
            cure="wt.Peer(..., endpoint_port=51820), the far end's listen port",
            value=host,
        )
        return
    family = family_of(host)
    span = family.span(host) if is_host(host) else None
    if span is None:
        return
    if span[0] in patient.snapshot.of(family).local:
        yield Finding(
            kind="endpoint-own",
            where=about,
            fact=f"the endpoint {host} of {name} is this router's own address",
            cure="wt.Peer(..., endpoint_address=...) with the far end's address",
            value=host,
        )
        return
    found = _carrier(patient, device, peer, span[0], family)
    if found.disposition is Disposition.UNKNOWN:
        return
    if found.leaves == device:
        yield Finding(
            kind="endpoint-in-tunnel",
            where=about,
            fact=f"packets to the endpoint {host} of {name} go into {device} itself",
            cure=f"routes into {device} in a table of their own (wt.AlwaysOnVpn does so), or less in them than {host}",
            value=host,
        )
    elif found.mark and (near := _on_wire(patient, span[0], family)) and found.leaves != near:
        yield Finding(
            kind="endpoint-astray",
            where=about,
            fact=f"the endpoint {host} of {name} is in the network of {near}, and the router's packets to it are "
            f"marked {found.mark} and {found.verdict}",
            cure=f'dst_address="!{host}" or a dst_address_list without it, in the rule that marks it in chain output',
            value=host,
        )
    elif not found.disposition.arrives:
        yield Finding(
            kind="endpoint-unreachable",
            where=about,
            fact=f"the router's packet to the endpoint {host} of {name} is {found.verdict}",
            cure=cure(patient.snapshot, found, kind="reaches") or f"a wt.Route to {host} past {device}",
            value=host,
        )


def _on_wire(patient: Patient, host: int, family: Family) -> str:
    """The interface that has the network of an address; empty where none has."""
    away = patient.snapshot.tunnels
    own = (one for one in patient.snapshot.of(family).own if one.known and one.length < family.bits)
    near = (one for one in own if one.network == host & family.mask(one.length) and one.interface not in away)
    return next((one.interface for one in near), "")


def _carrier(patient: Patient, device: str, peer: Row, host: int, family: Family) -> Trace:
    """The walk of the tunnel's own packet, straight to the endpoint."""
    port = peer.get("current-endpoint-port", "0")
    port = peer.get("endpoint-port", "0") if port == "0" else port
    listens = patient.devices[device].get("listen-port", "0")
    ends = [Span(int(text), int(text)) if is_number(text) else Span(0, 65535) for text in (listens, port)]
    called = Packet(src=0, dst=host, protocol="udp", src_port=ends[0], dst_port=ends[1], family=family)
    return trace(patient.snapshot, called)


# --- sessions --------------------------------------------------------------------------------------------------------


def _behind_nat(patient: Patient) -> str:
    """The router's address towards the internet where a NAT must be in front of it."""
    found = [own.address for own in patient.snapshot.own if own.interface in patient.exits]
    return dotted(found[0]) if found and not any(map(is_public, found)) else ""


def _keepalive(patient: Patient, device: str, peer: Row) -> Iterator[Finding]:
    if peer.get("persistent-keepalive", "") not in _NEVER:
        return
    nat = _behind_nat(patient)
    age = patient.age(peer) if patient.live else 0
    if calls(peer) and (nat or age is None):
        told = f"its own address is {nat}, so a NAT is in front of it" if nat else "nothing has made it call yet"
    elif not calls(peer) and _needed(peer) and age is not None and age > FRESH:
        # A peer that never called isn't found by any keepalive of ours.
        told = "it calls from behind a NAT, and nothing keeps the way to it open"
    else:
        return
    yield Finding(
        kind="keepalive-missing",
        where=Where.of_peer(patient.name, device, peer),
        fact=f"{named(PEERS, peer)} of {device} has no persistent-keepalive; {told}",
        cure='wt.Peer(..., persistent_keepalive="25s"), at the end that is behind the NAT',
        value=peer.get("persistent-keepalive", ""),
    )


def _handshake(patient: Patient, device: str, peer: Row) -> Iterator[Finding]:
    if not patient.live or patient.is_fresh(peer):
        return
    age = patient.age(peer)
    name = named(PEERS, peer)
    keeps = peer.get("persistent-keepalive", "") not in _NEVER
    if age is not None and not keeps:
        return  # a tunnel at rest may be silent
    if _needed(peer):
        severity = ERROR
    elif age is None:
        severity = NOTE  # a client that is away
    else:
        return
    where = f"{peer['endpoint-address']}:{peer.get('endpoint-port', '')}" if calls(peer) else "the far end"
    yield Finding(
        kind="no-handshake" if age is None else "handshake-old",
        where=Where.of_peer(patient.name, device, peer),
        fact=f"{name} of {device} has never shaken hands"
        if age is None
        else f"the last handshake with {name} of {device} was {peer.get('last-handshake')} ago",
        cure=f"nothing here explains it: does {where} get the UDP packets, has it this router's public key "
        f"{patient.devices[device].get('public-key', '')}, and both the same preshared key?",
        value=peer.get("last-handshake", "") or "never",
        severity=severity,
    )


# --- what peers allow ------------------------------------------------------------------------------------------------


def _allowed(patient: Patient, device: str) -> Iterator[Finding]:
    seen: dict[Net, Row] = {}
    local = {net for _, net in patient.lans}
    for peer in patient.peers(device):
        about = Where(router=patient.name, tunnel=device, menu=PEERS, row=peer.get(".id", ""))
        for net in allowed(peer):
            if net in seen:
                yield Finding(
                    kind="allowed-twice",
                    where=about,
                    fact=f"peers {peer_name(seen[net])!r} and {peer_name(peer)!r} of {device} both allow {net}",
                    cure="allowed_address of one of them without it; two exits need two interfaces",
                    value=str(net),
                )
            seen[net] = peer
            near = next((name for name, own in patient.lans if own == net and net.length), "")
            if near:
                led = any(net.overlaps(there) for row in patient.routes(device) if (there := _destination(row)))
                yield Finding(
                    kind="overlap",
                    where=about,
                    fact=f"{named(PEERS, peer)} of {device} allows {net}, which is the network of {near}",
                    cure="renumber one of the two, or map the far one to a free prefix there with netmap",
                    value=str(net),
                    # As long as no route leads there nothing is lost; but who allows nothing else gets nothing.
                    severity=ERROR if led else WARNING if all(map(local.__contains__, allowed(peer))) else NOTE,
                )


def _destination(route: Row) -> Net | None:
    """What a static route that works leads to, if it isn't everything."""
    if is_true(route, "dynamic") or not is_true(route, "active"):
        return None
    net = net_of(route.get("dst-address", "0.0.0.0/0"))
    return net if net and net.length else None
