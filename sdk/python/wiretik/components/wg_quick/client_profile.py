"""A client's own side of a tunnel to a router, as a wg-quick file for each way in which it is used."""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs
import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.refusal import Refusal
from wiretik.components.wg_quick.exit_node import LinuxExitNode
from wiretik.components.wg_quick.profile import Profile, placeholder
from wiretik.resources.base.lists import lists
from wiretik.resources.base.missing import Named

__all__ = ["ClientProfile", "ClientProfileArgs", "ProfileMode"]


@attrs.frozen(field_transformer=lists)
class ProfileMode:
    """One way to use a tunnel, such as `normal` or `exit`; people have a profile for each and switch between them.

    Attributes:
        allowed: the prefixes that are sent into the tunnel, and taken from it. Those that lie in others are left out.
        dns: the resolvers of the client while the mode is on; nobody else than before where it is empty.
    """

    allowed: Sequence[str]
    dns: Sequence[str] = ()

    def split(self) -> list[str]:
        """The prefixes without those that others of them hold, in order."""
        found = list(dict.fromkeys(map(_network, self.allowed)))
        return [str(one) for one in found if not any(one != other and _within(one, other) for other in found)]


_Prefix = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(text: str) -> _Prefix:
    return prefixes.prefix(text)


def _within(one: _Prefix, other: _Prefix) -> bool:
    if isinstance(one, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and one.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and one.subnet_of(other)


@attrs.frozen(kw_only=True)
class ClientProfileArgs:
    """The arguments of a `ClientProfile`.

    Attributes:
        address: the client's addresses in the tunnel, with their masks, comma between them.
        endpoint: where it calls the router, `HOST:PORT`.
        public_key: the router's public key.
        modes: by the name that people choose, the prefixes that each mode sends into the tunnel.
        private_key: the client's, of a `WireGuardKey` or from config. None: it was made on the client, and the text has
            a placeholder for it.
        preshared_key: a key that both ends share besides.
        mtu: the largest packet inside; the client's choice where it isn't given.
        keepalive: after how many seconds an empty packet is sent, which keeps a NAT open; 0 for never.
        exit_node: the commands of a Linux client by which others leave through it.
    """

    address: str
    endpoint: pulumi.Input[str]
    public_key: pulumi.Input[str]
    modes: Mapping[str, ProfileMode]
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mtu: int | None = None
    keepalive: int = 25
    exit_node: LinuxExitNode | None = None

    def problems(self) -> Iterator[str]:
        """All that can't work, each with its cure."""
        if not self.modes:
            yield "it has no mode: name the prefixes that go into the tunnel, modes={'normal': wt.ProfileMode([…])}"
        tries: list[tuple[str, Callable[[str], object], str]] = [
            ("address", prefixes.interface, text) for text in self.address.split(",")
        ]
        for name, mode in self.modes.items():
            tries += [(f"mode {name!r}", _network, one) for one in mode.allowed]
            tries += [(f"mode {name!r}: dns", prefixes.address, one) for one in mode.dns]
            if not mode.allowed:
                yield f"mode {name!r} sends nothing into the tunnel: give prefixes, or 0.0.0.0/0 for everything"
        if isinstance(self.endpoint, str):
            tries.append(("endpoint", prefixes.endpoint, self.endpoint))
        for what, read, text in tries:
            try:
                read(text.strip())
            except ValueError as wrong:
                yield f"{what}: {wrong}"


class ClientProfile(pulumi.ComponentResource):
    """The texts that a client imports, one for each mode, all secret; `qr_code` makes pictures of them.

    It has no row on any router: the client's peer there is a `TunnelPeer` or a `Peer`. A `RelayMesh` makes a profile of
    each client by itself.

    Example:
        ```python
        phone = wt.ClientProfile("phone", wt.ClientProfileArgs(
            address="10.99.0.3/24",
            endpoint="router.example.com:51820",
            public_key=tunnel.public_key,
            private_key=wt.WireGuardKey("phone-key").private_key,
            modes={"home": wt.ProfileMode(["10.99.0.0/24"]), "all": wt.ProfileMode(["0.0.0.0/0", "::/0"], ["9.9.9.9"])},
        ))
        pulumi.export("phone", phone.texts)
        ```

    Args:
        name: the logical name; the placeholder of a private key that only the client knows is made of `client`, or it.
        args: its arguments.
        opts: Pulumi's options of a resource.
        client: the name that people see, where that isn't `name`.

    Attributes:
        texts: the wg-quick files by mode, secret.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    texts: dict[str, pulumi.Output[str]]

    def __init__(
        self, name: str, args: ClientProfileArgs, opts: pulumi.ResourceOptions | None = None, *, client: str = ""
    ) -> None:
        Refusal.of(f"ClientProfile {name!r}", args.problems())
        super().__init__("wiretik:index:ClientProfile", name, None, opts)
        known = pulumi.Output.all(args.public_key, args.endpoint, args.private_key, args.preshared_key)
        texts: dict[str, pulumi.Output[str]] = {}
        for mode in args.modes:
            text: pulumi.Output[str] = known.apply(functools.partial(_text, args, mode, client or name))
            texts[mode] = pulumi.Output.secret(text)
        self.texts = Named(texts, f"profile of {client or name!r}")
        self.register_outputs({"texts": self.texts})


def _text(args: ClientProfileArgs, mode: str, client: str, known: Sequence[str | None]) -> str:
    public, endpoint, private, preshared = known
    node = args.exit_node
    made = Profile(
        address=args.address,
        private_key=private or placeholder(client),
        public_key=public or "",
        preshared_key=preshared or "",
        endpoint=endpoint or "",
        allowed=args.modes[mode].split(),
        dns=args.modes[mode].dns,
        mtu=args.mtu,
        keepalive=args.keepalive,
        up=node.post_up if node else (),
        down=node.post_down if node else (),
    )
    try:
        return made.text()
    except ValueError as wrong:
        # Not a `Refusal`, which is a ValueError: the SDK would make a traceback of it here.
        raise pulumi.RunError(
            "\n".join(f"the profile of {client!r}: {line}" for line in str(wrong).split("\n"))
        ) from None
