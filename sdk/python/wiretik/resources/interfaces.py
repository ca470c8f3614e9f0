"""WireGuard interfaces and peers, interface lists and their members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Required, Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text, Texts
from wiretik.resources.base.row import Row, RowArgs

__all__ = [
    "AllowedAddress",
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
    """Name of the interface, at most 31 bytes and unique among all interfaces of the router; the logical name where
    it isn't given. A new name is an update in place, and what refers to the interface follows."""
    listen_port: Number
    """UDP port for the tunnel's own packets, 1 to 65535. The router picks one where none is given; give one where the
    input chain must accept it. RouterOS takes the same port twice and leaves one interface down: Wiretik refuses it."""
    mtu: Span
    """Largest packet inside the tunnel, or `"auto"`. Default 1420."""
    private_key: Text
    """The interface's own key, as `wg genkey` prints it; secret. The router makes one where none is given, which is
    then never read into the state. Compared after clamping, as the router stores it."""
    vrf: Text
    """The VRF whose routes the tunnel's own UDP packets take. Default `main`. RouterOS 7.21 and newer."""
    disabled: Flag
    """Whether the interface is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router. Wiretik's tag stands behind it, and isn't part of this property."""


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
    """The private key where the program gave one; secret. None where the router made it."""
    public_key: pulumi.Output[str]
    """The public key, computed by the router."""
    vrf: pulumi.Output[str]
    """The VRF of the tunnel's own packets."""
    disabled: pulumi.Output[bool]
    """Whether the interface is off."""
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
    """Name of the list; the logical name where it isn't given. `all`, `dynamic`, `none` and `static` are RouterOS's."""
    include: Texts
    """Lists whose members are members of this one too."""
    exclude: Texts
    """Lists whose members are left out, whatever `include` says."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """Lists whose members are members too."""
    exclude: pulumi.Output[Sequence[str] | None]
    """Lists whose members are left out."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[InterfaceListArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


InterfaceRef = pulumi.Input[str] | WireGuardInterface
"""An interface: the resource itself, or the name of any interface of the router."""

ListRef = pulumi.Input[str] | InterfaceList
"""An interface list: the resource itself, or a name."""


_HELD: Final = ("element", "of")


class PeerArgs(RowArgs, total=False):
    """The properties of a `Peer`."""

    interface: Required[InterfaceRef]
    """The WireGuard interface that the peer belongs to: the resource or its name."""
    public_key: Required[pulumi.Input[str]]
    """The peer's public key, 44 characters, as `wg pubkey` prints it. RouterOS takes one key once in the whole router.
    A new key is an update in place."""
    allowed_address: Required[Texts]
    """Prefixes that the peer may send from, and whose packets the interface encrypts for this peer; a list, or text
    with commas; an address alone is a single host. Order means nothing. It is no route: RouterOS adds none."""
    endpoint_address: Text
    """Where the peer is: an IP address or a DNS name. Default empty: the peer calls first."""
    endpoint_port: Number
    """The peer's UDP port, together with `endpoint_address`. Default 0: none."""
    persistent_keepalive: Span
    """How often an empty packet keeps a NAT's mapping open, as `"25s"` or seconds, at most 18h12m15s. Default 0, off.
    25s is usual on the side behind NAT."""
    preshared_key: Text
    """A key that both ends share besides, as `wg genpsk` prints it, or `"none"`; secret. Default none."""
    responder: Flag
    """Never call the peer, only answer: for a server whose clients call. Default False. RouterOS 7.17 and newer."""
    name: Text
    """Name of the peer, unique in the router; `peer1` and so on where it isn't given. RouterOS 7.15 and newer."""
    private_key: Text
    """The *client's* private key, only to print its configuration on the router, or `"none"`; secret. Default none."""
    client_address: Texts
    """The client's own addresses, for the configuration that the router shows for it."""
    client_allowed_address: Texts
    """What the client sends into the tunnel, for that configuration. RouterOS 7.21 and newer, which print `::/0` on
    some peers that nobody touched: it is compared only where it is declared."""
    client_dns: Texts
    """The client's DNS servers, for that configuration."""
    client_endpoint: Text
    """The address under which the client reaches this router, for that configuration. Default empty."""
    client_keepalive: Span
    """The client's keepalive, for that configuration. Default 0, off."""
    client_listen_port: Number
    """The client's own port, for that configuration. Default 0, any."""
    disabled: Flag
    """Whether the peer is off. Default False: one that somebody disabled by hand is drift."""
    held: Texts
    """Those prefixes of `allowed_address` that an `AllowedAddress` holds: one that is taken out of both, together with
    its `AllowedAddress`, stays on the router until everything that depends on that is gone."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """Name of the WireGuard interface."""
    public_key: pulumi.Output[str]
    """The peer's public key."""
    allowed_address: pulumi.Output[Sequence[str]]
    """Prefixes that the peer may send from, sorted."""
    endpoint_address: pulumi.Output[str]
    """Where the peer is; empty where it calls first."""
    endpoint_port: pulumi.Output[int]
    """The peer's UDP port; 0 where it calls first."""
    persistent_keepalive: pulumi.Output[str]
    """The keepalive, `0s` where it is off."""
    preshared_key: pulumi.Output[str | None]
    """The shared key where the program gave one; secret."""
    responder: pulumi.Output[bool]
    """Whether it only answers."""
    name: pulumi.Output[str | None]
    """Name of the peer, also where the router made it."""
    private_key: pulumi.Output[str | None]
    """The client's key where the program gave one; secret."""
    client_address: pulumi.Output[Sequence[str] | None]
    """The client's addresses, for its configuration."""
    client_allowed_address: pulumi.Output[Sequence[str] | None]
    """What the client sends into the tunnel."""
    client_dns: pulumi.Output[Sequence[str] | None]
    """The client's DNS servers."""
    client_endpoint: pulumi.Output[str]
    """The address under which the client reaches the router."""
    client_keepalive: pulumi.Output[str]
    """The client's keepalive."""
    client_listen_port: pulumi.Output[int]
    """The client's own port."""
    disabled: pulumi.Output[bool]
    """Whether the peer is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **args: Unpack[PeerArgs]
    ) -> None:
        super().__init__(resource_name, args, opts)


class AllowedAddress(Row, menu="/interface/wireguard/peers", kind="held:/interface/wireguard/peers", takes=_HELD):
    """Holds a prefix of a peer's `allowed_address` until what leans on it is gone.

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
        peer: whose it is.
        address: the prefix, one of the peer's `allowed_address` and `held`; the gate refuses one of these alone.
        opts: as everywhere.
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


class InterfaceListMemberArgs(RowArgs, total=False):
    """The properties of an `InterfaceListMember`."""

    list: Required[ListRef]
    """The list: the resource or its name. RouterOS's own lists take no members."""
    interface: Required[InterfaceRef]
    """The interface: the resource or its name."""
    disabled: Flag
    """Whether the membership is off. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """Name of the list."""
    interface: pulumi.Output[str]
    """Name of the interface."""
    disabled: pulumi.Output[bool]
    """Whether the membership is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[InterfaceListMemberArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
