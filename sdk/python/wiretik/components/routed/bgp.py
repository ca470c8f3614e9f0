"""BGP on the links of a mesh: each site is an autonomous system of its own.

In one system a router doesn't tell a neighbour what it has heard from another one, so nobody would learn of the way
round a dead link; between systems it does, and the path that each route carries keeps it from going in circles
(docs/facts/wireguard.md#routing-protocols).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from wiretik.components.routed.speaker import Speaker
from wiretik.resources.address_list import AddressList
from wiretik.resources.every.menu_row import MenuRow

__all__ = ["problems", "speak"]

_PRIVATE: Final = (range(64512, 65535), range(4200000000, 4294967295))
"""Numbers that anybody may use for himself (RFC 6996)."""
_PORT: Final = 179
_HOLD: Final = "30s"
"""A silent neighbour is given up after that; RouterOS asks three times as often (docs/facts/wireguard.md)."""


def problems(names: Sequence[str], first_as: int, before_7_20: Collection[str]) -> Iterator[str]:
    """What can't work of sites that speak BGP, each with its cure.

    Args:
        names: what they are called.
        first_as: the number of the first one's system.
        before_7_20: those with an older RouterOS.
    """
    last = first_as + len(names) - 1
    if not any(first_as in numbers and last in numbers for numbers in _PRIVATE):
        yield (
            f"first_as={first_as}: the sites' systems are {first_as} to {last}, and private are 64512 to 65534 and "
            "4200000000 to 4294967294: give one such as 64512"
        )
    for name in before_7_20:
        if name not in names:
            yield f"before_7_20: {name!r} is no site: it is one of {', '.join(names)}"


def speak(speaker: Speaker, first_as: int, *, old: bool) -> None:
    """Makes one router's rows of BGP.

    Args:
        speaker: the router.
        first_as: the number of the first site's system.
        old: whether its RouterOS is older than 7.20, where a connection has what an instance has since.
    """
    make = speaker.make
    number = first_as + speaker.place
    told = AddressList(
        make.named("told"),
        make.below(),
        router=make.router,
        list=f"{speaker.mesh}-told",
        entries=dict.fromkeys(speaker.told(), f"{make.name}: BGP tells of it"),
    )
    own: dict[str, Any] = {"as_": number, "router_id": speaker.router_id}
    before = [told, *speaker.off]
    if not old:
        instance = MenuRow(
            "/routing/bgp/instance",
            make.named("instance"),
            make.below(*speaker.off),
            router=make.router,
            name=speaker.mesh,
            comment=make.name,
            **own,
        )
        own = {"instance": speaker.mesh}
        before.append(instance)
    for one in speaker.neighbours:
        heard = speaker.hears(one, "BGP", src_address=one.address, protocol="tcp", dst_port=_PORT)
        MenuRow(
            "/routing/bgp/connection",
            make.named(f"{one.name}-link"),
            make.below(*before, heard, *one.ready),
            router=make.router,
            name=f"{speaker.mesh}-{one.name}",
            local_role="ebgp",
            remote_address=one.address,
            remote_as=first_as + one.place,
            hold_time=_HOLD,
            output_network=f"{speaker.mesh}-told",
            comment=f"{make.name}: {one.name}",
            **own,
        )
