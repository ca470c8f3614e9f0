"""Which packets the doctor asks about: one for each way that the configuration itself distinguishes.

Not one host to one address: the hosts of each LAN that rules tell apart, to the internet at large and to each kind of
address that some rule, list or route singles out, with the ports that marks ask for. Each is followed as a whole
connection, so that every check looks at the same ones.

Rule: bounded. There are as many packets as there are kinds, up to `_MOST` of one router; the likelier ones come first.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from wiretik_provider.codecs.spans import lowest
from wiretik_provider.doctor.patient import EVERYTHING, Patient, is_public
from wiretik_provider.rules.model import protocol_name
from wiretik_provider.trace.packet import WITH_PORTS, dotted
from wiretik_provider.trace.result import Trace

__all__ = ["Journey", "journeys"]

_MANGLE: Final = "/ip/firewall/mangle"
_MOST: Final = 400
_SOURCES: Final = 16
"""Kinds of hosts of one LAN."""
_SERVICES: Final = 5
_USUAL: Final[tuple[str, int]] = ("tcp", 443)


class Journey(NamedTuple):
    """A connection from a LAN to the internet.

    Attributes:
        lan: the interface that it comes in by.
        whole: whether it stands for the internet at large, and not for an address that something singles out.
        found: what becomes of it.
    """

    lan: str
    whole: bool
    found: Trace

    @property
    def text(self) -> str:
        """From where to where, in words."""
        asked = self.found.packet
        there = "the internet" if self.whole else dotted(asked.dst)
        at = asked.dst_port
        port = f" ({asked.protocol} port {at})" if at and (asked.protocol, at.low) != _USUAL else ""
        return f"{dotted(asked.src)} to {there}{port}"


# Each check of one router asks for them.
@lru_cache(maxsize=4)
def journeys(patient: Patient) -> tuple[Journey, ...]:
    """The connections from a router's LANs to the internet, of each kind one."""
    return tuple(islice(_journeys(patient), _MOST))


def _journeys(patient: Patient) -> Iterator[Journey]:
    services = _services(patient)
    far = [one for one in patient.kinds(EVERYTHING) if is_public(one) and one not in patient.snapshot.local]
    far = [one for one in far if patient.singled(one) != patient.singled(patient.internet[0])]
    sources = [(lan, src) for lan, net in patient.lans for src in patient.sources(net)[:_SOURCES]]
    for lan, src in sources:
        for protocol, port in services:
            yield Journey(lan, True, _followed(patient, src, patient.internet[0], lan, (protocol, port)))
    for dst in far:
        for lan, src in sources:
            yield Journey(lan, False, _followed(patient, src, dst, lan, _USUAL))


def _followed(patient: Patient, src: int, dst: int, lan: str, service: tuple[str, int]) -> Trace:
    """The whole connection where it takes a tunnel, else its first packet, since nothing else is asked of the rest."""
    found = patient.first(src, dst, lan, *service)
    return patient.walk(src, dst, lan, *service) if found.leaves in patient.devices else found


def _services(patient: Patient) -> list[tuple[str, int]]:
    """The protocols and ports that rules which mark ask for, behind the usual one."""
    found: list[tuple[str, int]] = [_USUAL]
    for row in patient.snapshot.enabled(_MANGLE):
        protocol = protocol_name(row.get("protocol", ""))
        port = lowest(row.get("dst-port", ""))
        if row.get("action", "").startswith("mark-") and protocol in WITH_PORTS and port is not None:
            found.append((protocol, port))
    return list(dict.fromkeys(found))[:_SERVICES]
