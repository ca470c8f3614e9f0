"""WireGuard interfaces and peers, interface lists and their members."""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

from collections.abc import Sequence
from typing import Required, Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text, Texts
from wiretik.resources.base.row import Row, RowArgs
from wiretik.resources.every.resource import MenuResource

__all__ = [
    "InterfaceList",
    "InterfaceListArgs",
    "InterfaceListMember",
    "InterfaceListMemberArgs",
    "InterfaceRef",
    "ListRef",
    "Peer",
    "PeerArgs",
    "WireGuardInterface",
    "WireGuardInterfaceArgs",
]


class WireGuardInterfaceArgs(RowArgs, total=False):
    """The properties of a `WireGuardInterface`."""

    name: Text
    """Name of the interface, unique among all interfaces of the router. A new name is an update in place, and what
    refers to the interface follows. Takes a name, at most 31 bytes; the logical name unless given."""
    listen_port: Number
    """UDP port for the tunnel's own packets. Give one where the input chain must accept it. RouterOS takes the same
    port twice and leaves one interface down: Wiretik refuses it. Takes a number, 1 to 65535; the router's choice unless
    given."""
    mtu: Span
    """Largest packet inside the tunnel. Takes a number, 0 to 65535, or `auto`; default 1420."""
    private_key: Text
    """The interface's own key, as `wg genkey` prints it. A key that the router made is never read into the state. Keys
    are compared after clamping, as the router stores them. Takes a WireGuard key; the router's choice unless given;
    secret."""
    vrf: Text
    """The VRF whose routes the tunnel's own UDP packets take. Default main; RouterOS 7.21 and newer."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class WireGuardInterface(Row, menu="/interface/wireguard", named="name"):
    """A WireGuard interface: one key pair, one UDP port, any number of peers.

    The public key is computed by the router and is what the other ends need to know. An interface whose private key the
    router made is never replaced, since that would end every tunnel of it; whatever can change is changed in place.

    RouterOS adds no routes for what a peer allows: see `Route`.

    Example:
        ```python
        wg0 = wt.WireGuardInterface("wg0", listen_port=13231)
        pulumi.export("public-key", wg0.public_key)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    name: pulumi.Output[str]
    """Name of the interface."""
    listen_port: pulumi.Output[int]
    """UDP port, also where the router picked it."""
    mtu: pulumi.Output[str]
    """Largest packet inside the tunnel, as text since it may be `auto`."""
    private_key: pulumi.Output[str | None]
    """The private key where the program gave one; None where the router made it."""
    public_key: pulumi.Output[str]
    """The public key, computed by the router."""
    vrf: pulumi.Output[str]
    """The VRF whose routes the tunnel's own UDP packets take."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[WireGuardInterfaceArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class InterfaceListArgs(RowArgs, total=False):
    """The properties of an `InterfaceList`."""

    name: Text
    """Name of the list. `all`, `dynamic`, `none` and `static` are RouterOS's own. The logical name unless given."""
    include: Texts | ListRef | Sequence[ListRef]
    """Lists whose members are members of this one too. Takes a list, each a name, or the resource."""
    exclude: Texts | ListRef | Sequence[ListRef]
    """Lists whose members are left out, whatever `include` says. Takes a list, each a name, or the resource."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class InterfaceList(Row, menu="/interface/list", named="name"):
    """A list of interfaces, such as the factory configuration's `WAN` and `LAN`, for firewall rules to match.

    Members are rows of their own: `InterfaceListMember`.

    Example:
        ```python
        vpn = wt.InterfaceList("VPN")
        wt.InterfaceListMember("vpn-wg0", list=vpn, interface=wg0)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    name: pulumi.Output[str]
    """Name of the list."""
    include: pulumi.Output[Sequence[str] | None]
    """Lists whose members are members of this one too."""
    exclude: pulumi.Output[Sequence[str] | None]
    """Lists whose members are left out, whatever `include` says."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[InterfaceListArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


InterfaceRef = pulumi.Input[str] | WireGuardInterface | MenuResource
"""An interface: the resource itself, or the name of any interface of the router."""

ListRef = pulumi.Input[str] | InterfaceList
"""An interface list: the resource itself, or a name."""


class PeerArgs(RowArgs, total=False):
    """The properties of a `Peer`."""

    interface: Required[InterfaceRef]
    """The WireGuard interface that the peer belongs to. Takes a name, or the resource."""
    public_key: Required[pulumi.Input[str]]
    """The peer's public key, as `wg pubkey` prints it. RouterOS takes one key once in the whole router. A new key is an
    update in place. Takes a WireGuard key."""
    allowed_address: Required[Texts]
    """Prefixes that the peer may send from, and whose packets the interface encrypts for this peer. An address alone is
    a single host. The order means nothing. It is no route: RouterOS adds none. Takes a list, each a prefix."""
    endpoint_address: Text
    """Where the peer is; empty where the peer calls first. Takes an address or a DNS name."""
    endpoint_port: Number
    """The peer's UDP port, together with `endpoint_address`; 0 for none. Takes a number, 0 to 65535; default 0."""
    persistent_keepalive: Span
    """How often an empty packet keeps a NAT's mapping open; `0s` is off. `25s` is usual on the side behind NAT. Takes a
    time, at most 18h12m15s; default 0s."""
    preshared_key: Text
    """A key that both ends share besides, as `wg genpsk` prints it, or `none`. Takes a WireGuard key; default none;
    secret."""
    responder: Flag
    """Whether the router never calls the peer and only answers it: for a server whose clients call. Default False;
    RouterOS 7.15 and newer; `is-responder` on the router before 7.17."""
    name: Text
    """Name of the peer, unique in the router, by which the router, `wiretik doctor` and `wiretik trace` call it.
    Components give it; where a program gives none, the router chooses `peer1` and so on. The router's choice unless
    given; RouterOS 7.15 and newer."""
    private_key: Text
    """The *client's* private key, only to print the client's configuration on the router, or `none`. Takes a WireGuard
    key; default none; secret; RouterOS 7.12 and newer."""
    client_address: Texts
    """The client's own addresses, for the configuration that the router shows for it. Takes a list, each an address
    with its mask; RouterOS 7.12.2 and newer."""
    client_allowed_address: Texts
    """The destinations that the client sends into the tunnel, for that configuration. RouterOS prints `::/0` on some
    peers that nobody touched. Takes a list, each a prefix; the router's choice unless given; RouterOS 7.21 and
    newer."""
    client_dns: Texts
    """The client's DNS servers, for that configuration. Takes a list, each an address; RouterOS 7.12.2 and newer."""
    client_endpoint: Text
    """The address under which the client reaches this router, for that configuration. RouterOS 7.12.2 and newer."""
    client_keepalive: Span
    """The client's keepalive, for that configuration; `0s` is off. Takes a time, at most 18h12m15s; default 0s;
    RouterOS 7.12.2 and newer."""
    client_listen_port: Number
    """The client's own port, for that configuration; 0 for any. Takes a number, 0 to 65535; default 0; RouterOS 7.12.2
    and newer."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    held: Texts
    """Those elements of `allowed_address` that other resources hold: one that is taken out of both, together with the
    resource that holds it, stays on the router until everything that depends on that is gone. Takes a list, each a
    prefix."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class Peer(Row, menu="/interface/wireguard/peers"):
    """The other end of a WireGuard tunnel, known by its public key.

    `allowed_address` is WireGuard's own routing inside the interface: of what a route sends into the interface, each
    packet goes to the peer that allows its destination, and a packet that none allows is dropped; what comes in with a
    source that the sender isn't allowed is dropped too. Two peers of one interface may not allow the same prefix.

    Counters and handshakes change by themselves and so are no outputs; `wiretik show` prints them.

    Example:
        ```python
        wt.Peer(
            "office",
            name="office",
            interface=wg1,
            public_key="dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA=",
            endpoint_address="server2.example.com",
            endpoint_port=51820,
            allowed_address=["10.20.0.0/24", "172.16.50.0/24"],
            persistent_keepalive="25s",
        )
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    interface: pulumi.Output[str]
    """The WireGuard interface that the peer belongs to."""
    public_key: pulumi.Output[str]
    """The peer's public key."""
    allowed_address: pulumi.Output[Sequence[str]]
    """Prefixes that the peer may send from, sorted."""
    endpoint_address: pulumi.Output[str]
    """Where the peer is; empty where the peer calls first."""
    endpoint_port: pulumi.Output[int]
    """The peer's UDP port, together with `endpoint_address`; 0 for none."""
    persistent_keepalive: pulumi.Output[str]
    """How often an empty packet keeps a NAT's mapping open; `0s` is off."""
    preshared_key: pulumi.Output[str | None]
    """The shared key where the program gave one."""
    responder: pulumi.Output[bool]
    """Whether the router never calls the peer and only answers it: for a server whose clients call."""
    name: pulumi.Output[str | None]
    """Name of the peer, also where the router made it."""
    private_key: pulumi.Output[str | None]
    """The client's private key where the program gave one."""
    client_address: pulumi.Output[Sequence[str] | None]
    """The client's own addresses, for the configuration that the router shows for it."""
    client_allowed_address: pulumi.Output[Sequence[str] | None]
    """The destinations that the client sends into the tunnel, for that configuration."""
    client_dns: pulumi.Output[Sequence[str] | None]
    """The client's DNS servers, for that configuration."""
    client_endpoint: pulumi.Output[str]
    """The address under which the client reaches this router, for that configuration."""
    client_keepalive: pulumi.Output[str]
    """The client's keepalive, for that configuration; `0s` is off."""
    client_listen_port: pulumi.Output[int]
    """The client's own port, for that configuration; 0 for any."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[PeerArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class InterfaceListMemberArgs(RowArgs, total=False):
    """The properties of an `InterfaceListMember`."""

    list: Required[ListRef]
    """The list. RouterOS's own lists take no members. Takes a name, or the resource."""
    interface: Required[InterfaceRef]
    """The interface. Takes a name, or the resource."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class InterfaceListMember(Row, menu="/interface/list/member"):
    """One interface's place in an interface list.

    Putting a tunnel into the factory configuration's `LAN` opens the router itself to whoever is behind the tunnel; a
    list of one's own is the careful way.

    Example:
        ```python
        wt.InterfaceListMember("lan-wg1", list="LAN", interface=wg1)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    list: pulumi.Output[str]
    """The list."""
    interface: pulumi.Output[str]
    """The interface."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[InterfaceListMemberArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
