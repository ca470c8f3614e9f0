"""Promises of packets are asked as with `Expect`, of well-known hosts where they are about the internet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wiretik.components.shared import prefixes
from wiretik.resources.base.router import Router
from wiretik.resources.expect import Expect
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["OUTSIDE", "promised", "somebody_outside"]

OUTSIDE: Final = {
    4: ("1.1.1.1", "9.9.9.9", "8.8.8.8", "198.41.0.4"),
    6: ("2606:4700:4700::1111", "2620:fe::9", "2001:4860:4860::8888", "2001:503:ba3e::2:30"),
}
"""Well-known hosts of the internet; one of them stands for all of it where parts of it are excepted."""


def promised(source: str, enters: InterfaceRef, router: Router | str) -> Expect:
    """What a component promises of connections that begin somewhere, to be said as with `Expect`.

    Args:
        source: addresses, as `Expect` takes them.
        enters: where they come in.
        router: which router.
    """
    return Expect(source, in_interface=enters, router=router, _promise=True)


def somebody_outside(excepted: Iterable[str], version: int) -> str | None:
    """A host of the internet that isn't excepted, as far as exceptions are prefixes."""
    known = [one for text in excepted if (one := prefixes.prefix_or_none(text))]
    return next((host for host in OUTSIDE[version] if not any(prefixes.holds(one, host) for one in known)), None)
