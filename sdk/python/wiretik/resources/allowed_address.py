"""A prefix that a peer goes on allowing until whatever leans on it is gone."""

from __future__ import annotations

from typing import Final

import pulumi

from wiretik.resources.base.row import Row
from wiretik.resources.interfaces import Peer

__all__ = ["AllowedAddress"]

_HELD: Final = ("element", "of")


class AllowedAddress(Row, menu="/interface/wireguard/peers", kind="held:/interface/wireguard/peers", takes=_HELD):
    """Holds a prefix of a peer's `allowed_address` until the rows that lean on it are gone.

    Pulumi updates first and deletes at the end. So a prefix that is taken out of a peer would go before the route or
    the routing rule that sends packets there is deleted, and those would be dropped meanwhile. With this between the
    two nothing is: the route depends on it, and what it holds leaves the peer after the route. Nothing of it is on the
    router, and the peer itself says, brings there and compares all that it allows.

    Components do so by themselves.

    Example:
        ```python
        allowed = ["10.20.0.0/24", "198.18.0.0/24"]
        hub = wt.Peer("hub", interface=wg1, public_key=HUB, allowed_address=allowed, held=["198.18.0.0/24"])
        lab = wt.AllowedAddress("hub-lab", peer=hub, address="198.18.0.0/24")
        wt.Route("lab", pulumi.ResourceOptions(depends_on=[lab]), dst_address="198.18.0.0/24", gateway=wg1)
        ```

    Args:
        resource_name: the logical name.
        peer: the peer that allows it.
        address: the prefix, one of the peer's `allowed_address` and `held`; the gate refuses one of these alone.
        opts: Pulumi's options of a resource.
    """

    element: pulumi.Output[str]
    """The prefix."""
    of: pulumi.Output[str]
    """The tag of the peer's row."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        peer: Peer,
        address: pulumi.Input[str],
    ) -> None:
        # Where the peer itself goes, nothing need be taken out of it; what becomes another one is there before it goes.
        more = pulumi.ResourceOptions(depends_on=[peer], deleted_with=peer, delete_before_replace=False)
        given = {"element": address, "of": peer._tag, "router": peer._router}
        super().__init__(resource_name, given, pulumi.ResourceOptions.merge(opts, more))
