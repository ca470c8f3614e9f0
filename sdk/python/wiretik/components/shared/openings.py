"""What somebody else's firewall has to let through for a tunnel: ports, directions, and the rules for it. Pure.

Rule: a tunnel's own rules are resources; these are texts for whoever owns the firewall in front of one of its ends.
People paste them: a name comes in only as a comment of letters, digits and a few signs.
"""

from __future__ import annotations

import shlex
from typing import Final

import attrs

from wiretik._text import printable
from wiretik.components.shared import prefixes

__all__ = ["Opening", "as_output"]

_LONGEST: Final = 60
_SIGNS: Final = " .,:_+-/()"
"""What no shell, RouterOS or nftables takes for anything else between quotes."""


@attrs.frozen(kw_only=True)
class Opening:
    """One thing that a firewall in front of an end has to let through.

    Attributes:
        at: whose firewall: in front of which end.
        incoming: whether it comes from outside; else it is the end itself that calls.
        host: the address or name that is called.
        port: the UDP port that is called.
        forwarded: the port to which the firewall sends it, where the end listens at another one.
    """

    at: str
    incoming: bool
    host: str
    port: int
    forwarded: int | None = None

    @property
    def text(self) -> str:
        """What has to be done, for people."""
        if not self.incoming:
            return f"in front of {self.at}: let it send UDP to {self.host} port {self.port}, and let the answers in"
        to = f", and forward it to the router's port {self.forwarded}" if self.forwarded else ""
        return f"in front of {self.at}: let UDP to {self.host} port {self.port} in{to}"

    def rules(self) -> dict[str, str]:
        """The rule itself, for the firewalls that people have; a name's address is theirs to fill in."""
        host = str(prefixes.address_or_none(self.host) or "")
        port = self.forwarded or self.port
        whither = host if self.port == port else ""  # behind a port forwarding it is another address
        note = "".join(c if c.isalnum() or c in _SIGNS else "_" for c in f"WireGuard of {self.at}")[:_LONGEST]
        six = ":" in whither
        parts = {
            "routeros": [
                f"/{'ipv6' if six else 'ip'}/firewall/filter/add chain=forward action=accept protocol=udp",
                f"dst-port={port}",
                f"dst-address={whither}" if whither else "",
                f'comment="{note}"',
            ],
            "nftables": [
                "nft add rule inet filter forward",
                f"{'ip6' if six else 'ip'} daddr {whither}" if whither else "",
                f"udp dport {port} accept comment {shlex.quote(chr(34) + note + chr(34))}",
            ],
            "iptables": [
                f"{'ip6tables' if six else 'iptables'} -I FORWARD -p udp",
                f"-d {whither}" if whither else "",
                f"--dport {port} -j ACCEPT",
            ],
        }
        return {name: " ".join(part for part in words if part) for name, words in parts.items()}


def as_output(*openings: Opening) -> list[dict[str, str]]:
    """Openings as a stack's output has them, each once."""
    return [
        {
            "at": printable(one.at),
            "direction": "in" if one.incoming else "out",
            "protocol": "udp",
            "host": one.host,
            "port": str(one.port),
            "what": printable(one.text),
            **one.rules(),
        }
        for one in dict.fromkeys(openings)
    ]
