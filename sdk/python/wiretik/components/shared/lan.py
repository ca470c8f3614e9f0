"""The network that a router serves."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

import attrs

from wiretik.components.shared import prefixes
from wiretik.components.shared.prefixes import Network, Prefix
from wiretik.resources.base.misuse import Misuse
from wiretik.resources.interfaces import InterfaceRef, ListRef

__all__ = ["Lan"]


@attrs.frozen
class Lan:
    """A LAN: where it comes in, and its addresses.

    Attributes:
        interface: the router's interface towards it, `bridge` on a factory router.
        prefix: its IPv4 prefix, or several, IPv6 ones among them.
        leaves: of guests, the list of interfaces by which they may leave; a VPN for them joins it.
    """

    interface: InterfaceRef
    prefix: str | Sequence[str]
    leaves: ListRef | None = None

    def __attrs_post_init__(self) -> None:
        """Refuses what isn't a prefix.

        Raises:
            Misuse: with the first one, and the order of the two where they may have changed places.
        """
        if isinstance(self.prefix, list | tuple) and not self.prefix:
            raise Misuse("Lan: prefix: the list is empty: give the LAN's prefix, such as 192.168.88.0/24")
        for text in self.prefixes if isinstance(self.prefix, str | list | tuple) else ():
            try:
                prefixes.prefix(text)
            except ValueError as wrong:
                swapped = isinstance(self.interface, str) and "/" in self.interface
                raise Misuse(f"Lan: prefix: {wrong}" + "; the interface comes first" * swapped) from None
            except TypeError:
                return  # told by its type

    @property
    def prefixes(self) -> tuple[str, ...]:
        """All its prefixes as text."""
        return (self.prefix,) if isinstance(self.prefix, str) else tuple(self.prefix)

    def every(self) -> list[Prefix]:
        """Its prefixes of IPv4 and of IPv6."""
        return [prefixes.prefix(text) for text in self.prefixes]

    def networks(self) -> list[Network]:
        """Its IPv4 prefixes.

        Raises:
            ValueError: one of its prefixes isn't one, or none is of IPv4.
        """
        found = [one for one in self.every() if isinstance(one, ipaddress.IPv4Network)]
        if not found:
            raise ValueError(f"{' '.join(self.prefixes) or 'nothing'} has no IPv4 prefix such as 192.168.88.0/24")
        return found
