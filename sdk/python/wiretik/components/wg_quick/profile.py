"""The configuration of a client, as wg-quick and the WireGuard apps read it. Pure: values in, text out.

Rule: a file is made of parsed values alone. wg-quick runs `PostUp` as root on the client, and what goes in comes from
routers, other stacks and config: a key is a key, an endpoint HOST:PORT, an address an address, a command one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import attrs

from wiretik.components.shared import prefixes
from wiretik.resources.keys import checked

__all__ = ["Profile", "lacks_key", "placeholder"]


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
        """The file.

        Raises:
            ValueError: a value isn't what its place takes; every one a line, and no secret in it.
        """
        problems: list[str] = []

        def lines(*pairs: tuple[str, Callable[[str], str], Sequence[str]]) -> Iterator[str]:
            for key, read, values in pairs:
                found = []
                for value in filter(None, values):
                    try:
                        found.append(read(value))
                    except ValueError as wrong:
                        problems.append(f"{key}: {wrong}")
                if found:
                    yield f"{key} = {', '.join(found)}"

        file = [
            "[Interface]",
            *lines(
                ("Address", _address, self.address.split(",")),
                ("PrivateKey", _key_or_placeholder, [self.private_key]),
                ("DNS", _resolver, self.dns),
                ("MTU", _number, [str(self.mtu or "")]),
                *(("PostUp", _command, [command]) for command in self.up),
                *(("PostDown", _command, [command]) for command in self.down),
            ),
            "",
            "[Peer]",
            *lines(
                ("PublicKey", checked, [self.public_key]),
                ("PresharedKey", checked, [self.preshared_key]),
                ("Endpoint", _endpoint, [self.endpoint]),
                ("AllowedIPs", _prefix, self.allowed),
                ("PersistentKeepalive", _number, [str(self.keepalive or "")]),
            ),
            "",
        ]
        if problems:
            raise ValueError("\n".join(problems))
        return "\n".join(file)


_PLACEHOLDER: Final = re.compile(r"\w*_PRIVATE_KEY")


def placeholder(client: str) -> str:
    """What stands for a private key that only the client knows: one word, whatever the client is called."""
    return "".join(c if c.isalnum() else "_" for c in client.upper()) + "_PRIVATE_KEY"


def lacks_key(text: str) -> bool:
    """Whether a file has a placeholder instead of a private key."""
    keys = (line.partition("=") for line in text.splitlines())
    return any(key.strip() == "PrivateKey" and _PLACEHOLDER.fullmatch(value.strip()) for key, _, value in keys)


def _key_or_placeholder(text: str) -> str:
    return text if _PLACEHOLDER.fullmatch(text) else checked(text)


def _address(text: str) -> str:
    return str(prefixes.interface(text))


def _prefix(text: str) -> str:
    return str(prefixes.prefix(text))


def _resolver(text: str) -> str:
    return str(prefixes.address(text))


def _endpoint(text: str) -> str:
    host, port = prefixes.endpoint(text)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _number(text: str) -> str:
    found = prefixes.whole_number(text)
    if found is None or found > 65535:
        raise ValueError(f"{text!r} is not a whole number up to 65535")
    return str(found)


def _command(text: str) -> str:
    if not text.isprintable():
        raise ValueError(f"{text!r} is not one line")
    return text
