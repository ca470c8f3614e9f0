"""A WireGuard provider's .conf file, as wg-quick reads it. Pure: text in, values out.

Rule: a complaint names the line and the key, never a value: the file holds private keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from wiretik.components.shared.prefixes import DEFAULT, Prefix, address, endpoint, interface, prefix, whole_number

__all__ = ["Conf", "parse"]

_LISTS: Final = frozenset({"address", "allowedips", "dns"})
"""What may stand several times, or several in a line."""

_NO_FILE: Final = "it is no wg-quick file, which has [Interface] and [Peer]: give its text, not its name"
_EVERYTHING6: Final = prefix("::/0")
_HALVES: Final = {prefix("0.0.0.0/1"), prefix("128.0.0.0/1")}
_HALVES6: Final = {prefix("::/1"), prefix("8000::/1")}
"""Two halves together are a default route that is more specific than the real one."""


@attrs.frozen(kw_only=True)
class Conf:
    """What a file says, as far as a router needs it.

    Attributes:
        private_key: secret.
        address: the IPv4 address with its mask.
        address6: the IPv6 address with its mask; empty where there is none.
        dns: IPv4 resolvers, in order.
        dns6: IPv6 resolvers, in order.
        mtu: as the file says, or None.
        public_key: the provider's.
        preshared_key: secret; empty where there is none.
        endpoint: the provider's `HOST:PORT`.
        ipv6: whether the provider takes everything of IPv6, too.
    """

    private_key: str = attrs.field(repr=False)
    address: str
    address6: str
    dns: tuple[str, ...]
    dns6: tuple[str, ...]
    mtu: int | None
    public_key: str
    preshared_key: str = attrs.field(repr=False)
    endpoint: str
    ipv6: bool


def parse(text: str) -> Conf:
    """Reads a file with one interface and one peer that takes everything.

    Raises:
        ValueError: it isn't that; every problem a line, without a value of the file.
    """
    found, problems = _read(text)
    if problems and not found:
        raise ValueError(_NO_FILE)
    four, six = _addresses(found, problems)
    problems += [
        f"[{section}] has no {key}"
        for section, key in (("Interface", "PrivateKey"), ("Peer", "PublicKey"), ("Peer", "Endpoint"))
        if not found.get((section.lower(), key.lower()))
    ]
    allowed, where = _one(found, "peer", "allowedips")
    if not problems and not _everything(allowed):
        problems.append(f"line {where}: AllowedIPs isn't 0.0.0.0/0: such a peer belongs in a Tunnel")
    host, where = _one(found, "peer", "endpoint")
    if host and not _holds(endpoint, host[0]):
        problems.append(f"line {where}: Endpoint isn't HOST:PORT")
    mtu, where = _one(found, "interface", "mtu")
    if mtu and whole_number(mtu[0]) is None:
        problems.append(f"line {where}: MTU isn't a whole number such as 1420")
    if problems:
        raise ValueError("\n".join(problems))
    return Conf(
        private_key=_one(found, "interface", "privatekey")[0][0],
        address=four[0],
        address6=next(iter(six), ""),
        dns=_resolvers(found, 4),
        dns6=_resolvers(found, 6),
        mtu=whole_number(mtu[0]) if mtu else None,
        public_key=_one(found, "peer", "publickey")[0][0],
        preshared_key=next(iter(_one(found, "peer", "presharedkey")[0]), ""),
        endpoint=host[0],
        ipv6=bool(six) and _everything6(allowed),
    )


_Found = dict[tuple[str, str], list[tuple[str, int]]]


def _read(text: str) -> tuple[_Found, list[str]]:
    """The values by section and key, in lower case, with their lines."""
    found: _Found = {}
    problems: list[str] = []
    section = ""
    sections: list[str] = []
    # Windows' editors write a mark in front.
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        bare = line.partition("#")[0].strip()
        key, sign, value = (part.strip() for part in bare.partition("="))
        if bare.startswith("["):
            section = bare.strip("[]").strip().lower()
            sections.append(section)
        elif bare and (not sign or not section):
            problems.append(f"line {number} is neither a section nor KEY = VALUE")
        elif bare:
            parts = value.split(",") if key.lower() in _LISTS else [value]
            found.setdefault((section, key.lower()), []).extend((part.strip(), number) for part in parts)
    problems += [
        f"it has {sections.count(name)} sections [{name.capitalize()}], and one is needed"
        for name in ("interface", "peer")
        if sections.count(name) != 1
    ]
    return found, problems


def _one(found: _Found, section: str, key: str) -> tuple[list[str], int]:
    """The values of a key that aren't empty, and the line of the first."""
    values = [(value, line) for value, line in found.get((section, key), []) if value]
    return [value for value, _ in values], values[0][1] if values else 0


def _resolvers(found: _Found, version: int) -> tuple[str, ...]:
    """The resolvers of one kind; a search domain may stand among them."""
    told = _one(found, "interface", "dns")[0]
    return tuple(one for one in told if _holds(address, one) and address(one).version == version)


def _addresses(found: _Found, problems: list[str]) -> tuple[list[str], list[str]]:
    """The interface's IPv4 and IPv6 addresses."""
    four: list[str] = []
    six: list[str] = []
    for text, line in found.get(("interface", "address"), []):
        try:
            own = interface(text)
        except ValueError:
            problems.append(f"line {line}: Address isn't one")
        else:
            (four if own.version == 4 else six).append(str(own))
    if not four and not any("Address" in one for one in problems):
        problems.append("[Interface] has no IPv4 Address")
    return four, six


def _everything(allowed: list[str]) -> bool:
    """Whether what is allowed is everything, also in two halves."""
    found = set(_networks(allowed))
    return DEFAULT in found or found >= _HALVES


def _everything6(allowed: list[str]) -> bool:
    return _EVERYTHING6 in set(_networks(allowed)) or set(_networks(allowed)) >= _HALVES6


def _networks(texts: list[str]) -> Iterator[Prefix]:
    for text in texts:
        if _holds(prefix, text):
            yield prefix(text)


def _holds(reader: object, text: str) -> bool:
    try:
        reader(text)  # type: ignore[operator]
    except ValueError:
        return False
    return True
