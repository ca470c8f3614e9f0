"""The configuration of a client, as wg-quick and the WireGuard apps read it. Pure: values in, text out."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

__all__ = ["Profile", "placeholder"]


@attrs.frozen(kw_only=True)
class Profile:
    """One client's side of a tunnel.

    Attributes:
        address: its own address with the mask of the whole mesh.
        private_key: its own, or a `placeholder`.
        public_key: the router's.
        preshared_key: a key that both ends share besides; empty for none.
        endpoint: the router's `HOST:PORT`.
        allowed: what it sends into the tunnel, and takes from it.
        dns: whom it asks; nobody else than before where it is empty.
        mtu: the largest packet inside; the client's choice where it is None.
        keepalive: after how many seconds an empty packet keeps a NAT open; 0 for never.
        up: commands for when the tunnel comes up, on Linux.
        down: their undoing.
    """

    address: str
    private_key: str = attrs.field(repr=False)
    public_key: str
    preshared_key: str = attrs.field(default="", repr=False)
    endpoint: str
    allowed: Sequence[str]
    dns: Sequence[str] = ()
    mtu: int | None = None
    keepalive: int = 25
    up: Sequence[str] = ()
    down: Sequence[str] = ()

    def text(self) -> str:
        """The file."""
        interface = [
            ("Address", self.address),
            ("PrivateKey", self.private_key),
            ("DNS", ", ".join(self.dns)),
            ("MTU", str(self.mtu or "")),
            *(("PostUp", command) for command in self.up),
            *(("PostDown", command) for command in self.down),
        ]
        peer = [
            ("PublicKey", self.public_key),
            ("PresharedKey", self.preshared_key),
            ("Endpoint", self.endpoint),
            ("AllowedIPs", ", ".join(self.allowed)),
            ("PersistentKeepalive", str(self.keepalive or "")),
        ]
        return "\n".join(["[Interface]", *_lines(interface), "", "[Peer]", *_lines(peer), ""])


def _lines(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{key} = {value}" for key, value in pairs if value]


def placeholder(client: str) -> str:
    """What stands for a private key that only the client knows."""
    return f"{client.upper().replace('-', '_').replace(' ', '_')}_PRIVATE_KEY"
