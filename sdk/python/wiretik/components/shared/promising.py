"""Promises of packets are asked as with `Expect`, of well-known hosts where they are about the internet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pulumi

from wiretik._text import printable
from wiretik.components.shared import prefixes
from wiretik.components.shared.neighbours import neighbours
from wiretik.resources.base.router import Router
from wiretik.resources.expect import Expect
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["OUTSIDE", "nobody_left", "promised", "somebody_by_any_line", "somebody_outside"]

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


def somebody_by_any_line(name: str, router: Router | str, version: int) -> str | None:
    """A host of the internet that no line asks whether it is alive, and that is reached by whichever is taken.

    Asked when the program's body has ended, so that it is known of all lines. Where there is none that is told.

    Args:
        name: the component that promises something.
        router: which router.
        version: of IP.
    """
    found = somebody_outside(neighbours(router).asked, version)
    if found is None:
        nobody_left(name, version)
    return found


def nobody_left(name: str, version: int) -> None:
    """Says that nothing is promised of the internet, since lines ask everybody whom promises are about.

    Args:
        name: the component.
        version: of IP.
    """
    hosts = ", ".join(OUTSIDE[version])
    told = f"{name} promises nothing of IPv{version}'s internet: lines ask {hosts}, each of which is reached by its own"
    pulumi.log.warn(printable(f"{told} line alone; have one of them ask another host"))
