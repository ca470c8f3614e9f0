"""Asks whether all is well: by the router, by this machine, by functions of the program.

Rule: only a look; what an answer means is decided by `guard.probes`.
"""

from __future__ import annotations

import base64
import secrets
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from wiretik_provider.api.link import Link
from wiretik_provider.calls import Command
from wiretik_provider.errors import RouterError
from wiretik_provider.guard import dns, probes
from wiretik_provider.guard.probes import Baseline, Outcome, Probe

__all__ = ["baseline", "outcomes", "peers"]

_COUNT: Final = 3
"""So many packets a ping sends: one lost packet is nothing."""
_PATIENCE: Final = 5.0
"""Seconds for a TCP connection to be answered."""
_DNS: Final = 53
_ASKED: Final = 2
_PACKET: Final = 4096
_INTERFACES: Final = "/interface/wireguard"
_PEERS: Final = "/interface/wireguard/peers"


def baseline(link: Link, asked: Sequence[Probe]) -> Baseline:
    """What is so now."""
    return Baseline(outcomes(link, asked), peers(link))


def peers(link: Link) -> Mapping[str, probes.Peer]:
    """The peers of tunnels as they are now."""
    interfaces, rows = link.past_the_guard([Command(_INTERFACES, "print", ()), Command(_PEERS, "print", ())])
    return probes.peers(interfaces.rows, rows.rows)


def outcomes(link: Link, asked: Sequence[Probe]) -> dict[str, Outcome]:
    """What comes of each probe but those for handshakes, which `peers` answers."""
    return dict(_outcomes(link, asked))


def _outcomes(link: Link, asked: Sequence[Probe]) -> Iterator[tuple[str, Outcome]]:
    for probe in asked:
        if probe.kind == "ping":
            yield probe.name, _ping(link, probe.given)
        elif probe.kind == "tcp":
            yield probe.name, _connect(probe.given["host"], int(probe.given["port"]))
        elif probe.kind == "dns":
            yield probe.name, _resolve(probe.given["name"], probe.given.get("server") or link.access.host)
        elif probe.kind == "call":
            yield probe.name, _call(probe.given["function"])


def _ping(link: Link, given: Mapping[str, str]) -> Outcome:
    words = [f"={name}={value}" for name, value in given.items()]
    (answer,) = link.past_the_guard([Command("", "ping", (*words, f"=count={_COUNT}"))])
    if answer.trap:
        return Outcome(False, f"the router doesn't ping {given['address']}: {answer.trap.message}")
    return probes.pinged(answer.rows, given["address"])


def _connect(host: str, port: int) -> Outcome:
    try:
        with socket.create_connection((host, port), timeout=_PATIENCE):
            return Outcome(True)
    except OSError as error:
        return Outcome(False, f"no connection from here to {host} port {port}: {error.strerror or error}")


def _resolve(name: str, server: str) -> Outcome:
    """Asks a name server from this machine: once more where a packet was lost."""
    wrong = "no answer"
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(server, _DNS, type=socket.SOCK_DGRAM)[0]
        for _ in range(_ASKED):
            number = secrets.randbelow(1 << 16)
            with socket.socket(family, kind, protocol) as asked:
                asked.settimeout(_PATIENCE / _ASKED)
                asked.connect(place)
                asked.send(dns.question(number, name))
                with suppress(TimeoutError):
                    if (said := dns.answered(number, asked.recv(_PACKET))) is not None:
                        return Outcome(not said, f"{server} doesn't resolve {name}: {said}" * bool(said))
    except OSError as error:
        wrong = error.strerror or str(error)
    return Outcome(False, f"{server} doesn't resolve {name}: {wrong}")


def _call(packed: str) -> Outcome:
    """Runs a function of the program's, which came by the program's own input, as the provider itself did."""
    import dill  # noqa: PLC0415, of hundreds of programs one has such a probe

    function = dill.loads(base64.b64decode(packed))  # noqa: S301
    try:
        said = function()
    except RouterError as error:
        return Outcome(False, str(error))
    except Exception as error:  # noqa: BLE001  (it is the program's own, and its failing is the answer)
        return Outcome(False, f"it raises {type(error).__name__}: {error}")
    return Outcome(True) if said else Outcome(False, f"it gives {said!r}")
