"""OSPF on the links of a mesh: each is a link of two (`type=ptp`), and in the LAN nobody is listened to.

OSPF speaks to a group, 224.0.0.5 (RFC 2328 A.1), so the links' peers allow it.
"""

from __future__ import annotations

from typing import Final

from wiretik.components.routed.speaker import Speaker
from wiretik.resources.every.menu_row import MenuRow

__all__ = ["ROUTERS", "speak"]

ROUTERS: Final = "224.0.0.5/32"
"""All routers that speak OSPF: on a link of two everything goes there (RFC 2328 8.1)."""


def speak(speaker: Speaker) -> None:
    """Makes one router's rows of OSPF."""
    make = speaker.make
    instance = MenuRow(
        "/routing/ospf/instance",
        make.named("instance"),
        make.below(*speaker.off),
        router=make.router,
        name=speaker.mesh,
        version=2,
        router_id=speaker.router_id,
        comment=make.name,
    )
    area = MenuRow(
        "/routing/ospf/area",
        make.named("area"),
        make.below(instance),
        router=make.router,
        name=speaker.mesh,
        instance=speaker.mesh,
        comment=make.name,
    )
    for one in speaker.neighbours:
        heard = speaker.hears(one, "OSPF", protocol="ospf")
        MenuRow(
            "/routing/ospf/interface-template",
            make.named(f"{one.name}-link"),
            make.below(area, heard, *one.ready),
            router=make.router,
            interfaces=one.interface.name,
            area=speaker.mesh,
            type="ptp",
            comment=f"{make.name}: {one.name}",
        )
    MenuRow(
        "/routing/ospf/interface-template",
        make.named("lan"),
        make.below(area),
        router=make.router,
        interfaces=speaker.lan.interface,
        area=speaker.mesh,
        passive="",  # a bare flag, which the router prints so (docs/facts/exports.md#forms)
        comment=f"{make.name}: the LAN",
    )
