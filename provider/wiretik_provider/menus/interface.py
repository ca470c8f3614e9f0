"""/interface: WireGuard interfaces and peers, interface lists and members. Source: docs/facts/menus.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Host, HostName, InterfaceAddress, Prefix
from wiretik_provider.codecs.base import Bool, Csv, Int, Key, Name, Text
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, VRF, WG_VRF, Declared, needs, reported
from wiretik_provider.menus.descriptor import Field, Menu, Problem

# "18h12m15s", the most that WireGuard's sixteen bits hold.
_KEEPALIVE: Final = Duration(0, 65535)

# A name is cut by some screens and programs beyond this (docs/facts/traps.md#values 22).
_INTERFACE_NAME: Final = Name(longest=31, matched=True)

WIREGUARD: Final = Menu(
    path="/interface/wireguard",
    noun="WireGuard interface",
    resource="WireGuardInterface",
    named="name",
    about="""A WireGuard interface: one key pair, one UDP port, any number of peers.

The public key is computed by the router and is what the other ends need to know. An interface whose private key the
router made is never replaced, since that would end every tunnel of it; whatever can change is changed in place.

RouterOS adds no routes for what a peer allows: see `Route`.""",
    key=("name",),
    # RouterOS takes a second interface on the same port, which then stays down in silence
    # (docs/facts/traps.md#wireguard 37).
    unique=(("listen-port",),),
    # All interfaces have one space of names (docs/facts/menus.md#interfacewireguard).
    names="/interface",
    fields=(
        Field(
            name="name",
            codec=_INTERFACE_NAME,
            required=True,
            meaning="Name of the interface, unique among all interfaces of the router. A new name is an update in "
            "place, and what refers to the interface follows.",
            tells="Name of the interface.",
        ),
        # The router picks a port where none is given; 0 would mean the same and then never be what is printed.
        Field(
            name="listen-port",
            codec=Int(1, 65535),
            computed=True,
            filled=True,
            meaning="UDP port for the tunnel's own packets. Give one where the input chain must accept it. RouterOS "
            "takes the same port twice and leaves one interface down: Wiretik refuses it.",
            tells="UDP port, also where the router picked it.",
        ),
        Field(
            name="mtu",
            codec=Int(0, 65535, ("auto",)),
            default="1420",
            meaning="Largest packet inside the tunnel.",
            tells="Largest packet inside the tunnel, as text since it may be `auto`.",
        ),
        Field(
            name="private-key",
            codec=Key(private=True),
            computed=True,
            secret=True,
            meaning="The interface's own key, as `wg genkey` prints it. A key that the router made is never read into "
            "the state. Keys are compared after clamping, as the router stores them.",
            tells="The private key where the program gave one; None where the router made it.",
        ),
        Field(
            name="public-key",
            codec=Key(),
            read_only=True,
            filled=True,
            meaning="The public key, computed by the router.",
        ),
        Field(
            name="vrf",
            codec=VRF,
            default="main",
            references="/ip/vrf",
            since=WG_VRF,
            meaning="The VRF whose routes the tunnel's own UDP packets take.",
        ),
        DISABLED,
        COMMENT,
        reported("running"),
    ),
)


def _peer(declared: Declared) -> Iterator[Problem]:
    if declared.get("endpoint_port") != 0:
        yield from needs(declared, "endpoint_port", "endpoint_address", "a port alone leads nowhere")
    if declared.get("endpoint_address") == "" and declared.get("endpoint_port"):
        yield Problem("endpoint_port", "endpoint_address is empty: a port alone leads nowhere")


PEERS: Final = Menu(
    path="/interface/wireguard/peers",
    noun="WireGuard peer",
    resource="Peer",
    about="""The other end of a WireGuard tunnel, known by its public key.

`allowed_address` is WireGuard's own routing inside the interface: of what a route sends into the interface, each
packet goes to the peer that allows its destination, and a packet that none allows is dropped; what comes in with a
source that the sender isn't allowed is dropped too. Two peers of one interface may not allow the same prefix.

Counters and handshakes change by themselves and so are no outputs; `wiretik show` prints them.""",
    key=("public-key",),
    # `failure: entry with this name already exists` (docs/facts/api.md#error-texts).
    distinct=(("name",),),
    holds="allowed-address",
    rules=(_peer,),
    fields=(
        Field(
            name="interface",
            codec=Name(),
            required=True,
            references="/interface/wireguard",
            meaning="The WireGuard interface that the peer belongs to.",
        ),
        Field(
            name="public-key",
            codec=Key(),
            required=True,
            meaning="The peer's public key, as `wg pubkey` prints it. RouterOS takes one key once in the whole router. "
            "A new key is an update in place.",
            tells="The peer's public key.",
        ),
        Field(
            name="allowed-address",
            codec=Csv(Prefix(), as_set=True, least=1),
            required=True,
            along=True,
            meaning="Prefixes that the peer may send from, and whose packets the interface encrypts for this peer. An "
            "address alone is a single host. The order means nothing. It is no route: RouterOS adds none.",
            tells="Prefixes that the peer may send from, sorted.",
        ),
        Field(
            name="endpoint-address",
            codec=HostName(),
            default="",
            clear_by_empty=True,
            meaning="Where the peer is; empty where the peer calls first.",
        ),
        Field(
            name="endpoint-port",
            codec=Int(0, 65535),
            default=0,
            meaning="The peer's UDP port, together with `endpoint_address`; 0 for none.",
        ),
        Field(
            name="persistent-keepalive",
            codec=_KEEPALIVE,
            default="0s",
            meaning="How often an empty packet keeps a NAT's mapping open; `0s` is off. `25s` is usual on the side "
            "behind NAT.",
        ),
        Field(
            name="preshared-key",
            codec=Key(nothing="none"),
            default="none",
            secret=True,
            along=True,
            meaning="A key that both ends share besides, as `wg genpsk` prints it, or `none`.",
            tells="The shared key where the program gave one.",
        ),
        Field(
            name="responder",
            codec=Bool(),
            default=False,
            since="7.15",
            formerly="is-responder",  # docs/facts/menus.md#interfacewireguardpeers
            renamed="7.17",
            meaning="Whether the router never calls the peer and only answers it: for a server whose clients call.",
        ),
        Field(
            name="name",
            codec=Name(),
            computed=True,  # the router counts on from peer1
            since="7.15",
            meaning="Name of the peer, unique in the router, by which the router, `wiretik doctor` and `wiretik trace` "
            "call it. Components give it; where a program gives none, the router chooses `peer1` and so on.",
            tells="Name of the peer, also where the router made it.",
        ),
        Field(
            name="private-key",
            codec=Key(private=True, nothing="none"),
            default="none",
            secret=True,
            since="7.12",
            meaning="The *client's* private key, only to print the client's configuration on the router, or `none`.",
            tells="The client's private key where the program gave one.",
        ),
        Field(
            name="client-address",
            codec=Csv(InterfaceAddress(0)),
            since="7.12.2",
            meaning="The client's own addresses, for the configuration that the router shows for it.",
        ),
        # Routers from 7.21 on print ::/0 for peers that nobody touched; whether for all isn't known.
        Field(
            name="client-allowed-address",
            codec=Csv(Prefix(), as_set=True),
            computed=True,
            since="7.21",
            meaning="The destinations that the client sends into the tunnel, for that configuration. RouterOS prints "
            "`::/0` on some peers that nobody touched.",
        ),
        Field(
            name="client-dns",
            codec=Csv(Host()),
            since="7.12.2",
            meaning="The client's DNS servers, for that configuration.",
        ),
        Field(
            name="client-endpoint",
            codec=Text(),
            default="",
            clear_by_empty=True,
            since="7.12.2",
            meaning="The address under which the client reaches this router, for that configuration.",
        ),
        Field(
            name="client-keepalive",
            codec=_KEEPALIVE,
            default="0s",
            since="7.12.2",
            meaning="The client's keepalive, for that configuration; `0s` is off.",
        ),
        Field(
            name="client-listen-port",
            codec=Int(0, 65535),
            default=0,
            since="7.12.2",
            meaning="The client's own port, for that configuration; 0 for any.",
        ),
        DISABLED,
        COMMENT,
        reported("current-endpoint-address", Text()),
        reported("current-endpoint-port", Int()),
        reported("dynamic"),
        reported("last-handshake", Text()),
        reported("rx", COUNTER),
        reported("tx", COUNTER),
    ),
)

_BUILTIN: Final = ("all", "dynamic", "none", "static")


def _list(declared: Declared) -> Iterator[Problem]:
    if declared.get("name") in _BUILTIN:
        yield Problem("name", f"{declared['name']!r} is one of RouterOS's own lists; choose another name")


LIST: Final = Menu(
    path="/interface/list",
    noun="interface list",
    resource="InterfaceList",
    named="name",
    about="""A list of interfaces, such as the factory configuration's `WAN` and `LAN`, for firewall rules to match.

Members are rows of their own: `InterfaceListMember`.""",
    key=("name",),
    rules=(_list,),
    fields=(
        Field(
            name="name",
            codec=Name(matched=True),
            required=True,
            meaning="Name of the list. `all`, `dynamic`, `none` and `static` are RouterOS's own.",
        ),
        Field(
            name="include",
            codec=Csv(Name(), as_set=True),
            references="/interface/list",
            meaning="Lists whose members are members of this one too.",
        ),
        Field(
            name="exclude",
            codec=Csv(Name(), as_set=True),
            references="/interface/list",
            meaning="Lists whose members are left out, whatever `include` says.",
        ),
        COMMENT,
        reported("builtin"),
        reported("dynamic"),
    ),
)


def _member(declared: Declared) -> Iterator[Problem]:
    if declared.get("list") in _BUILTIN:
        yield Problem("list", f"{declared['list']!r} is one of RouterOS's own lists, which take no members")


MEMBER: Final = Menu(
    path="/interface/list/member",
    noun="interface list member",
    resource="InterfaceListMember",
    about="""One interface's place in an interface list.

Putting a tunnel into the factory configuration's `LAN` opens the router itself to whoever is behind the tunnel; a
list of one's own is the careful way.""",
    key=("list", "interface"),
    rules=(_member,),
    fields=(
        Field(
            name="list",
            codec=Name(),
            required=True,
            references="/interface/list",
            meaning="The list. RouterOS's own lists take no members.",
        ),
        Field(name="interface", codec=Name(), required=True, references="/interface", meaning="The interface."),
        DISABLED,
        COMMENT,
        reported("dynamic"),
    ),
)
