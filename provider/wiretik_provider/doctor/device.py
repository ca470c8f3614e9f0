"""The router itself: its clock, its DNS, and settings that stop what the rules allow."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from wiretik_provider.doctor.clock import CURE, time_inside
from wiretik_provider.doctor.finding import ERROR, WARNING, Finding, Where
from wiretik_provider.doctor.patient import Patient, is_host, named
from wiretik_provider.rows import ownership
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.connection import trace
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import Packet, Span
from wiretik_provider.trace.result import Disposition
from wiretik_provider.trace.router.snapshot import is_true

__all__ = ["device"]

_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_OFF: Final = dt.timedelta(days=1)
"""A router prints its local time, so less than a day may be the time zone."""


def device(patient: Patient) -> Iterator[Finding]:
    """What is wrong with the router whatever its tunnels are."""
    yield from _clock(patient)
    yield from _time(patient)
    yield from _settings(patient)
    yield from _names(patient)
    yield from _invalid(patient)


def _clock(patient: Patient) -> Iterator[Finding]:
    """`/system/clock` begins in January 1970 where nothing sets it (MikroTik's manual, Clock)."""
    row = next(iter(patient.snapshot["/system/clock"]), None)
    told = _date(row.get("date", "")) if row else None
    if row is None or told is None or patient.now is None or abs(patient.now.date() - told) <= _OFF:
        return
    servers = next(iter(patient.snapshot["/system/ntp/client"]), {})
    asked = "" if is_true(servers, "enabled") else ", and its NTP client is off"
    yield Finding(
        kind="clock-wrong",
        where=Where(router=patient.name, menu="/system/clock"),
        fact=f"the router's clock says {row.get('date')} {row.get('time', '')}".rstrip() + asked,
        cure="set its clock once and let it ask a time server: /system/ntp/client/set enabled=yes servers=pool.ntp.org",
        value=row.get("date", ""),
    )


def _time(patient: Patient) -> Iterator[Finding]:
    found = time_inside(patient.snapshot)
    if found is None:
        return
    yield Finding(
        kind="clock-in-tunnel",
        where=Where(router=patient.name, menu="/system/ntp/client"),
        fact=found.text,
        cure=CURE.format(found.tunnel),
        value=found.server,
    )


def _date(text: str) -> dt.date | None:
    """`2026-07-01`, or `jul/01/2026` as older versions print it (docs/facts/menus.md#every-menu)."""
    try:
        if found := re.fullmatch(r"([a-z]{3})/(\d\d)/(\d{4})", text.lower()):
            return dt.date(int(found[3]), _MONTHS[found[1]], int(found[2]))
        return dt.date.fromisoformat(text)
    except (ValueError, KeyError):
        return None


def _settings(patient: Patient) -> Iterator[Finding]:
    snapshot = patient.snapshot
    if not patient.devices:
        return
    forwards = snapshot.setting("/ip/settings", "ip-forward", "true")
    if forwards not in ("true", "yes"):
        yield Finding(
            kind="forwarding-off",
            where=Where(router=patient.name, menu="/ip/settings"),
            fact=f"/ip/settings ip-forward is {forwards}",
            cure="/ip/settings/set ip-forward=yes",
            value=forwards,
        )
    kind = snapshot.setting("/ip/settings", "rp-filter", "no")
    marks = [row for row in snapshot.enabled("/ip/firewall/mangle") if row.get("action") == "mark-routing"]
    if kind == "strict" and (marks or snapshot.rules):
        yield Finding(
            kind="reverse-path",
            where=Where(router=patient.name, menu="/ip/settings"),
            fact="/ip/settings rp-filter is strict, and traffic is routed by marks or rules",
            cure="/ip/settings/set rp-filter=loose",
            value=kind,
        )


def _names(patient: Patient) -> Iterator[Finding]:
    """Endpoints that are names and have no address yet."""
    for device in patient.running if patient.live else ():
        for peer in patient.peers(device):
            host = peer.get("endpoint-address", "")
            if host and not is_host(host) and not peer.get("current-endpoint-address") and not patient.is_fresh(peer):
                yield _unresolved(patient, device, peer, host)


def _unresolved(patient: Patient, device: str, peer: Row, host: str) -> Finding:
    kind, fact, cure = _unnamed(patient, device, host) or (
        "endpoint-unresolved",
        f"the endpoint {host} has no address: its name isn't resolved",
        f"does the name exist? /ip/dns/cache shows the answers; else wt.Peer(..., endpoint_address=...) for {device}",
    )
    return Finding(kind=kind, where=Where.of_peer(patient.name, device, peer), fact=fact, cure=cure, value=host)


def _unnamed(patient: Patient, device: str, host: str) -> tuple[str, str, str] | None:
    """Why the router can't ask for a name; None where it can, or that isn't known."""
    dns = next(iter(patient.snapshot["/ip/dns"]), {})
    listed = ",".join(dns[name] for name in ("servers", "dynamic-servers") if dns.get(name))
    if "/ip/dns" in patient.snapshot.unread or dns.get("use-doh-server"):
        return None
    named_so = f"the endpoint {host} is a name, and the router"
    if not listed:
        return "no-dns", f"{named_so} has no DNS server", 'wt.Dns("dns", servers=["9.9.9.9"])'
    lost = _lost(patient, device, listed.split(","))
    if lost is None:
        return None
    cure = f"a DNS server that is reached past {device}, or a wt.Route to {listed} that doesn't lead into it"
    return lost[0], f"{named_so}'s question to {listed} is {lost[1]}", cure


def _lost(patient: Patient, device: str, servers: list[str]) -> tuple[str, str] | None:
    """How the router's own questions to every DNS server get lost; None where one may get an answer."""
    told: tuple[str, str] | None = None
    for text in servers:
        family = family_of(text)
        span = family.span(text)
        if span is None:
            return None
        asked = Packet(src=0, dst=span[0], protocol="udp", dst_port=Span(53, 53), family=family)
        found = trace(patient.snapshot, asked)
        if found.disposition is Disposition.UNKNOWN:
            return None
        inside = found.leaves == device or (found.disposition is Disposition.LOOP)
        if found.disposition.arrives and not inside:
            return None
        told = told or ("dns-in-tunnel" if inside else "dns-unreachable", found.verdict)
    return told


_NAMES: Final = ("in-interface", "out-interface", "in-interface-list", "out-interface-list", "new-routing-mark")
_FIREWALL: Final = tuple(f"/ip/firewall/{name}" for name in ("filter", "mangle", "nat", "raw"))


def _invalid(patient: Patient) -> Iterator[Finding]:
    """Rules that name what is gone, which RouterOS prints as an id, or a port of a bridge."""
    snapshot = patient.snapshot
    for path in _FIREWALL:
        for at, row in enumerate(snapshot[path]):
            if is_true(row, "disabled") or is_true(row, "dynamic"):
                continue
            gone = [name for name in _NAMES if row.get(name, "").removeprefix("!").startswith("*")]
            ports = [name for name in _NAMES[:2] if row.get(name) in snapshot.bridges]
            if not gone and not ports and not is_true(row, "invalid"):
                continue
            name = (gone or ports or [""])[0]
            told = f"{name}={row.get(name)}" if name else "something that is gone"
            port = f", a port of the bridge {snapshot.bridges[row[name]]}" if ports and not gone else ""
            ours = ownership.tag_of(row) is not None
            yield Finding(
                kind="rule-invalid",
                where=Where(router=patient.name, menu=path, row=row.get(".id", "")),
                fact=f"{named(path, row, at)} has {told}{port}",
                cure=f"{name.replace('-', '_')}={snapshot.bridges[row[name]]!r}" if port else "name one that is there",
                value=row.get(name, ""),
                severity=ERROR if ours or row.get("action") == "mark-routing" else WARNING,
            )
