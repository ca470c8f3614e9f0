"""The network of a stack's resources: sites, tunnels, and who is at their far ends.

A far end is told by its row alone: a peer with the key of another router of the stack is that router, one with an
endpoint is called and so a site or, where it allows everything, a provider; one without calls, so it is a client.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import attrs

from wiretik.components.shared.prefixes import prefix_or_none
from wiretik_provider.plugin.names import attribute, class_of_type

__all__ = ["CLIENT", "PROVIDER", "SITE", "Far", "Lan", "Link", "Network", "Site", "Tunnel", "network_of"]

PROVIDER: Final = "provider"
SITE: Final = "site"
CLIENT: Final = "client"

_EVERYTHING: Final = "0.0.0.0/0"
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "FilterRule": ("in_interface", "out_interface"),
    "MangleRule": ("in_interface",),
    "RoutingRule": ("interface",),
}
"""Where rules name interfaces."""
_PRIVATE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")

Props = Mapping[str, Any]
Prefix = ipaddress.IPv4Network


@attrs.frozen
class Far:
    """A far end that is no router of this stack.

    Attributes:
        name: what the program calls it.
        kind: `PROVIDER`, `SITE` or `CLIENT`.
        endpoint: where it is called; empty where it calls.
        nets: what is behind it, but for everything.
        exit: whether it lets others out into the internet.
        leaves_by: the client by which its own internet traffic leaves; empty where that isn't so.
    """

    name: str
    kind: str
    endpoint: str = ""
    nets: tuple[str, ...] = ()
    exit: bool = False
    leaves_by: str = ""


@attrs.frozen
class Tunnel:
    """A WireGuard interface.

    Attributes:
        name: of the interface.
        addresses: the router's own in it.
        port: where it is called; empty where nobody has to.
        fars: who is at its far ends.
    """

    name: str
    addresses: tuple[str, ...] = ()
    port: str = ""
    fars: tuple[Far, ...] = ()


@attrs.frozen
class Lan:
    """A network of a site.

    Attributes:
        interface: where it is.
        nets: its prefixes, where the state has them.
        leaves_by: the tunnel by which its internet traffic leaves; empty where that is the WAN.
    """

    interface: str
    nets: tuple[str, ...] = ()
    leaves_by: str = ""


@attrs.frozen
class Site:
    """A router and what is at it.

    Attributes:
        name: the router's.
        tunnels: its tunnels.
        lans: its networks.
    """

    name: str
    tunnels: tuple[Tunnel, ...] = ()
    lans: tuple[Lan, ...] = ()


@attrs.frozen
class Link:
    """A tunnel between two routers of the stack.

    Attributes:
        one: a router.
        other: the other.
        by: their interfaces.
        calls: whether `one` calls, and whether `other` does.
    """

    one: str
    other: str
    by: tuple[str, str]
    calls: tuple[bool, bool]


@attrs.frozen
class Network:
    """A stack.

    Attributes:
        name: the stack's.
        sites: its routers.
        links: between them.
    """

    name: str
    sites: tuple[Site, ...] = ()
    links: tuple[Link, ...] = ()


def network_of(name: str, resources: Iterable[Mapping[str, Any]]) -> Network:
    """What a state's resources make.

    Args:
        name: the stack's.
        resources: as a deployment has them.
    """
    state = _State(tuple(resources))
    sites = tuple(state.site(router) for router in state.routers)
    return Network(name, sites, tuple(state.links()))


@attrs.frozen(eq=False)
class _Row:
    kind: str
    name: str
    props: Props

    @property
    def router(self) -> str:
        return str(self.props.get("router") or "")

    def text(self, name: str) -> str:
        value = self.props.get(name)
        return "" if value is None or isinstance(value, Mapping | list) else str(value)

    def is_sealed(self, name: str) -> bool:
        """Whether a property is there and a secret."""
        return isinstance(self.props.get(name), Mapping)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.props.get(name)
        return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


@attrs.frozen(eq=False)
class _State:
    resources: Sequence[Mapping[str, Any]]

    @cached_property
    def rows(self) -> Sequence[_Row]:
        found = []
        for one in self.resources:
            kind = class_of_type(str(one.get("type", "")))
            if kind and not one.get("delete"):
                props = {**(one.get("inputs") or {}), **(one.get("outputs") or {})}
                named = {attribute(name): value for name, value in props.items()}
                found.append(_Row(kind, str(one["urn"]).rpartition("::")[2], named))
        return sorted(found, key=lambda row: (row.router, row.kind, row.text("name"), row.name))

    def of(self, kind: str, router: str) -> Iterator[_Row]:
        return (row for row in self.rows if row.kind == kind and row.router == router)

    @cached_property
    def routers(self) -> list[str]:
        return list(dict.fromkeys(row.router for row in self.rows if row.kind != "Preflight"))

    @cached_property
    def keys(self) -> Mapping[str, _Row]:
        """The stack's own interfaces by public key."""
        return {row.text("public_key"): row for row in self.rows if row.kind == "WireGuardInterface"}

    def site(self, router: str) -> Site:
        tunnels = tuple(self.tunnel(router, row) for row in self.of("WireGuardInterface", router))
        return Site(router or "router", tunnels, tuple(self.lans(router, tunnels)))

    # --- tunnels -----------------------------------------------------------------------------------------------------

    def tunnel(self, router: str, device: _Row) -> Tunnel:
        name = device.text("name")
        peers = [row for row in self.of("Peer", router) if row.text("interface") == name]
        mine = [row.text("address") for row in self.of("IpAddress", router) if row.text("interface") == name]
        called = any(not row.text("endpoint_address") and not row.is_sealed("endpoint_address") for row in peers)
        fars = [self.far(router, name, row) for row in peers if row.text("public_key") not in self.keys]
        return Tunnel(name, tuple(mine), device.text("listen_port") if called else "", tuple(fars))

    def far(self, router: str, device: str, peer: _Row) -> Far:
        nets = tuple(one for one in peer.texts("allowed_address") if one != _EVERYTHING)
        host, exits = peer.text("endpoint_address"), _EVERYTHING in peer.texts("allowed_address")
        host = "(secret)" if peer.is_sealed("endpoint_address") else host
        kind = CLIENT if not host else PROVIDER if exits else SITE
        port = f":{peer.text('endpoint_port')}" if peer.text("endpoint_port") else ""
        used = kind != CLIENT or any(self.sent_to(router, device))
        out = "" if exits else self.exit_of(router, device, nets)
        return Far(_called(peer), kind, f"{host}{port}" if host else "", nets, exits and used, out)

    def exit_of(self, router: str, device: str, nets: Sequence[str]) -> str:
        """The peer by which a client's internet traffic leaves."""
        for source in self.sent_to(router, device):
            if any(_within(net, source) for net in nets):
                for peer in self.of("Peer", router):
                    if peer.text("interface") == device and _EVERYTHING in peer.texts("allowed_address"):
                        return _called(peer)
        return ""

    def sent_to(self, router: str, device: str) -> Iterator[str]:
        """The sources that routing rules send to a table whose default route leads into a tunnel."""
        tables = {table for table, out in self.defaults(router).items() if out == device}
        for row in self.of("RoutingRule", router):
            if row.text("table") in tables and row.text("src_address"):
                yield row.text("src_address")

    def defaults(self, router: str) -> dict[str, str]:
        """The tunnel that each table's default route leads into."""
        found = {}
        for row in self.of("Route", router):
            if row.text("dst_address") == _EVERYTHING and not row.props.get("blackhole"):
                found[row.text("routing_table") or "main"] = self.way(router, row.text("gateway"))
        return {table: out for table, out in found.items() if out}

    def way(self, router: str, gateway: str) -> str:
        """The tunnel that a gateway is in."""
        if any(row.text("name") == gateway for row in self.of("WireGuardInterface", router)):
            return gateway
        for row in self.of("IpAddress", router):
            far = f"{row.text('network')}/32" if row.text("address").endswith("/32") else row.text("address")
            if _within(gateway, far):
                return row.text("interface")
        return ""

    # --- networks ----------------------------------------------------------------------------------------------------

    def lans(self, router: str, tunnels: Sequence[Tunnel]) -> Iterator[Lan]:
        out = self.by_tunnel(router)
        seen = dict.fromkeys(sorted(self.inside(router, frozenset(tunnel.name for tunnel in tunnels))))
        nets = tuple(dict.fromkeys(self.own_nets(router, tunnels)))
        if not seen and nets:
            seen = {"": None}
        for number, interface in enumerate(seen):
            listed = [row.text("address") for row in self.of("IpAddress", router) if row.text("interface") == interface]
            told = tuple(str(net) for text in listed if (net := _prefix(text)))
            # Where there are several, nothing in the state says which is whose.
            rest = nets if number == 0 and len(seen) == 1 else ()
            yield Lan(interface, tuple(dict.fromkeys((*told, *rest))), out.get(interface, ""))

    def inside(self, router: str, tunnels: frozenset[str]) -> Iterator[str]:
        """The interfaces whose traffic goes into tunnels, or that have a private address: not the WAN."""
        for kind, parts in _PARTS.items():
            for row in self.of(kind, router):
                names = {text for part in parts if (text := row.text(part)) and text[:1] != "!"}
                # A filter rule is about a LAN where it lets it into a tunnel, or the other way round.
                if row.text("new_routing_mark") or kind == "RoutingRule" or (kind == "FilterRule" and names & tunnels):
                    yield from names - tunnels
        for row in self.of("IpAddress", router):
            if row.text("interface") not in tunnels and any(_within(row.text("address"), net) for net in _PRIVATE):
                yield row.text("interface")

    def by_tunnel(self, router: str) -> dict[str, str]:
        """The tunnel by which each interface's internet traffic leaves."""
        tables = self.defaults(router)
        found = {}
        for row in self.of("MangleRule", router):
            if row.text("new_routing_mark") in tables and row.text("in_interface"):
                found[row.text("in_interface")] = tables[row.text("new_routing_mark")]
        for row in self.of("RoutingRule", router):
            if row.text("table") in tables and row.text("interface"):
                found[row.text("interface")] = tables[row.text("table")]
        return found

    def own_nets(self, router: str, tunnels: Sequence[Tunnel]) -> Iterator[str]:
        """The prefixes that can only be the site's own: listed beside the tunnels', or what other routers send here."""
        away = [net for tunnel in tunnels for far in tunnel.fars for net in far.nets]
        away += [text for tunnel in tunnels for text in tunnel.addresses]
        for row in self.of("AddressList", router):
            for text in row.props.get("entries") or ():
                if _prefix(text) and not any(_within(text, other) or _within(other, text) for other in away):
                    yield str(text)
        for peer in self.rows:
            device = self.keys.get(peer.text("public_key")) if peer.kind == "Peer" else None
            if device is not None and device.router == router and peer.router != router:
                yield from (net for net in peer.texts("allowed_address") if not net.endswith("/32"))

    # --- links -------------------------------------------------------------------------------------------------------

    def links(self) -> Iterator[Link]:
        peers = [row for row in self.rows if row.kind == "Peer" and row.text("public_key") in self.keys]
        seen = set()
        for peer in peers:
            far = self.keys[peer.text("public_key")]
            ends = sorted([(peer.router, peer.text("interface")), (far.router, far.text("name"))])
            if tuple(ends) in seen or peer.router == far.router:
                continue
            seen.add(tuple(ends))
            calls = tuple(
                any(
                    (row.router, row.text("interface")) == end and row.text("endpoint_address")
                    for row in peers
                    if self.keys[row.text("public_key")].router == other[0]
                )
                for end, other in (ends, ends[::-1])
            )
            (one, by), (other, back) = ends
            yield Link(one or "router", other or "router", (by, back), (calls[0], calls[1]))


def _called(peer: _Row) -> str:
    return peer.text("comment") or peer.name


def _prefix(text: object) -> Prefix | None:
    found = prefix_or_none(str(text))
    return found if isinstance(found, ipaddress.IPv4Network) else None


def _within(inner: str, outer: str) -> bool:
    one, other = _prefix(inner), _prefix(outer)
    return one is not None and other is not None and one.subnet_of(other)
