"""WireGuard key pairs that are made here: for clients whose profiles the program writes."""

from __future__ import annotations

import pulumi

from wiretik.resources.base.front import Fronted
from wiretik_provider.keys import checked, public_key

__all__ = ["WireGuardKey", "checked", "public_key"]


class WireGuardKey(Fronted, module="wiretik", name="WireGuardKey"):
    """A key pair, made once and kept in the stack's state, where the private half is a secret.

    A key comes from one of three places. The router makes its interface's own, which is never read. A client makes its
    own, and the program knows the public half alone: safest, since nobody else ever has the private one. Or it is made
    here, so that the client's profile is complete: whoever may decrypt the state may then be that client.

    Example:
        ```python
        key = wt.WireGuardKey("phone-key")
        phone = wt.MeshClient("phone", "10.99.0.3", private_key=key.private_key)
        ```

    Args:
        resource_name: the logical name.
        opts: Pulumi's options of a resource.
        private_key: a key that there is already, as `wg genkey` prints it, to take over. It may be left out again
            afterwards: the state has it then. Another one makes another pair.
        rotation: any text or number; another one makes another pair.
    """

    private_key: pulumi.Output[str]
    """The private half; secret."""
    public_key: pulumi.Output[str]
    """What the other end needs to know."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        private_key: pulumi.Input[str] | None = None,
        rotation: pulumi.Input[str | int] | None = None,
    ) -> None:
        given = None if private_key is None else pulumi.Output.secret(private_key)
        props = {"private_key": given, "public_key": None, "rotation": rotation}
        secret = pulumi.ResourceOptions(additional_secret_outputs=["private_key"])
        super().__init__("key", resource_name, props, pulumi.ResourceOptions.merge(opts, secret))
