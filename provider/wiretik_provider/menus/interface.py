"""/interface: WireGuard interfaces and peers, interface lists and members. Source: docs/facts/menus.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import Host, HostName, InterfaceAddress, Prefix
from wiretik_provider.codecs.base import Bool, Csv, Int, Key, Name, Text
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, VRF, WG_VRF, Declared, by_name, needs, told
from wiretik_provider.menus.descriptor import Field, Menu, Problem

# "18h12m15s", the most that WireGuard's sixteen bits hold.
_KEEPALIVE: Final = Duration(0, 65535)

# A name is cut by some screens and programs beyond this (docs/facts/traps.md#values 22).
_INTERFACE_NAME: Final = Name(longest=31, matched=True)

WIREGUARD: Final = Menu(
    path="/interface/wireguard",
    noun="WireGuard interface",
    key=("name",),
    # RouterOS takes a second interface on the same port, which then stays down in silence
    # (docs/facts/traps.md#wireguard 37).
    unique=(("listen-port",),),
    # All interfaces have one space of names (docs/facts/menus.md#interfacewireguard).
    names="/interface",
    fields=by_name(
        COMMENT,
        DISABLED,
        # The router picks a port where none is given; 0 would mean the same and then never be what is printed.
        Field(name="listen-port", codec=Int(1, 65535), computed=True),
        Field(name="mtu", codec=Int(0, 65535, ("auto",)), default="1420"),
        Field(name="name", codec=_INTERFACE_NAME, required=True),
        Field(name="private-key", codec=Key(private=True), computed=True, secret=True),
        Field(name="public-key", codec=Key(), read_only=True),
        told("running"),
        Field(name="vrf", codec=VRF, default="main", references="/ip/vrf", since=WG_VRF),
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
    key=("public-key",),
    # `failure: entry with this name already exists` (docs/facts/api.md#error-texts).
    distinct=(("name",),),
    holds="allowed-address",
    rules=(_peer,),
    fields=by_name(
        Field(name="allowed-address", codec=Csv(Prefix(), as_set=True, least=1), required=True, along=True),
        Field(name="client-address", codec=Csv(InterfaceAddress(0)), since="7.12.2"),
        # Routers from 7.21 on print ::/0 for peers that nobody touched; whether for all isn't known.
        Field(name="client-allowed-address", codec=Csv(Prefix(), as_set=True), computed=True, since="7.21"),
        Field(name="client-dns", codec=Csv(Host()), since="7.12.2"),
        Field(name="client-endpoint", codec=Text(), default="", clear_by_empty=True, since="7.12.2"),
        Field(name="client-keepalive", codec=_KEEPALIVE, default="0s", since="7.12.2"),
        Field(name="client-listen-port", codec=Int(0, 65535), default=0, since="7.12.2"),
        COMMENT,
        told("current-endpoint-address", Text()),
        told("current-endpoint-port", Int()),
        DISABLED,
        told("dynamic"),
        Field(name="endpoint-address", codec=HostName(), default="", clear_by_empty=True),
        Field(name="endpoint-port", codec=Int(0, 65535), default=0),
        Field(name="interface", codec=Name(), required=True, references="/interface/wireguard"),
        told("last-handshake", Text()),
        # The router counts on from peer1.
        Field(name="name", codec=Name(), computed=True, since="7.15"),
        Field(name="persistent-keepalive", codec=_KEEPALIVE, default="0s"),
        Field(name="preshared-key", codec=Key(nothing="none"), default="none", secret=True, along=True),
        Field(name="private-key", codec=Key(private=True, nothing="none"), default="none", secret=True, since="7.12"),
        Field(name="public-key", codec=Key(), required=True),
        Field(name="responder", codec=Bool(), default=False, since="7.17"),
        told("rx", COUNTER),
        told("tx", COUNTER),
    ),
)

_BUILTIN: Final = ("all", "dynamic", "none", "static")


def _list(declared: Declared) -> Iterator[Problem]:
    if declared.get("name") in _BUILTIN:
        yield Problem("name", f"{declared['name']!r} is one of RouterOS's own lists; choose another name")


LIST: Final = Menu(
    path="/interface/list",
    noun="interface list",
    key=("name",),
    rules=(_list,),
    fields=by_name(
        told("builtin"),
        COMMENT,
        told("dynamic"),
        Field(name="exclude", codec=Csv(Name(), as_set=True), references="/interface/list"),
        Field(name="include", codec=Csv(Name(), as_set=True), references="/interface/list"),
        Field(name="name", codec=Name(matched=True), required=True),
    ),
)


def _member(declared: Declared) -> Iterator[Problem]:
    if declared.get("list") in _BUILTIN:
        yield Problem("list", f"{declared['list']!r} is one of RouterOS's own lists, which take no members")


MEMBER: Final = Menu(
    path="/interface/list/member",
    noun="interface list member",
    key=("list", "interface"),
    rules=(_member,),
    fields=by_name(
        COMMENT,
        DISABLED,
        told("dynamic"),
        Field(name="interface", codec=Name(), required=True, references="/interface"),
        Field(name="list", codec=Name(), required=True, references="/interface/list"),
    ),
)
