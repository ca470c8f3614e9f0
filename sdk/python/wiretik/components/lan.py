"""The network that a router serves."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from wiretik.components import prefixes
from wiretik.components.prefixes import Network
from wiretik.interfaces import InterfaceRef

__all__ = ["Lan"]


@attrs.frozen
class Lan:
    """A LAN: where it comes in, and its addresses.

    Attributes:
        interface: the router's interface towards it, `bridge` on a factory router.
        prefix: its IPv4 prefix, or several.
    """

    interface: InterfaceRef
    prefix: str | Sequence[str]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """All its prefixes as text."""
        return (self.prefix,) if isinstance(self.prefix, str) else tuple(self.prefix)

    def networks(self) -> list[Network]:
        """All its prefixes.

        Raises:
            ValueError: one isn't an IPv4 prefix.
        """
        return [prefixes.network(text) for text in self.prefixes]
