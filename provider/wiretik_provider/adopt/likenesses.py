"""Which components the rows of a router may be: what each would be called with, as text of a program.

Rule: pure, and no secret stands in the text: keys that peers share are config. Whether the rows really are it, and what
would be missing, only a rehearsal says.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider.adopt import networks
from wiretik_provider.codecs.addresses import on_interface
from wiretik_provider.codecs.spans import gateways

__all__ = ["Likeness", "likenesses"]

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

_OSPF: Final = "/routing/ospf/interface-template"
_BGP: Final = "/routing/bgp/connection"
_EVERYTHING: Final = "0.0.0.0/0"
_HOST: Final = 32


@attrs.frozen
class Likeness:
    """A component that some rows may be.

    Attributes:
        kind: its class.
        interface: its logical name, which is its interface's where it has one.
        args: the text of its arguments, but for its options.
        options: what it does by default and can be told not to do.
        secrets: config that the text asks for, by key.
        speaks: protocols that exchange routes on its interface, each with its row, which the class doesn't make.
    """

    kind: str
    interface: str
    args: tuple[str, ...]
    options: tuple[str, ...] = ()
    secrets: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    speaks: tuple[tuple[str, str], ...] = ()

    def text(self, off: frozenset[str] = frozenset()) -> str:
        """The call, with some of its options turned off."""
        words = [*self.args, *(f"{name}=False" for name in self.options if name in off), "adopt=True"]
        inside = "".join(f"    {word},\n" for word in words)
        return f"wt.{self.kind}({_said(self.interface)}, wt.{self.kind}Args(\n{inside}))\n"


def likenesses(tables: Tables) -> Iterator[Likeness]:
    """The components that a router's interfaces may be, those that say most first."""
    for interface in tables.get("/interface/wireguard", ()):
        name = interface.get("name", "")
        addresses, peers = _addresses(tables, name), _peers(tables, name)
        if not addresses or not peers:
            continue
        secrets = _shared(name, peers)
        yield from _always_on(tables, name, addresses[0], peers, secrets)
        yield from _relay(interface, name, addresses[0], peers, secrets)
        yield _tunnel(tables, interface, name, addresses[0], peers, secrets)
    for name, args in networks.vlans(tables):
        yield Likeness("Vlan", name, args, ("filtering", "promises"))
    for name, args in networks.uplinks(tables):
        yield Likeness("Uplinks", name, args, ("promises",))


def _said(value: str | list[str]) -> str:
    """A text, or several, as Python has them; JSON's escapes are Python's."""
    return json.dumps(value)


def _is_of(row: Row, name: str) -> bool:
    return row.get("interface") == name and row.get("dynamic") != "true" and row.get("disabled") != "true"


def _addresses(tables: Tables, name: str) -> list[Row]:
    return [row for row in tables.get("/ip/address", ()) if _is_of(row, name)]


def _peers(tables: Tables, name: str) -> list[Row]:
    return [row for row in tables.get("/interface/wireguard/peers", ()) if _is_of(row, name)]


def _key(row: Row) -> bool:
    return row.get("preshared-key", "") not in {"", "*****"}


def _config_key(name: str, at: int) -> str:
    """The config that has the key of an interface's peer, which stands in no text."""
    return f"{name}-psk-{at}"


def _preshared(name: str, at: int) -> str:
    return f"preshared_key=pulumi.Config().require_secret({_said(_config_key(name, at))})"


def _prefixes(row: Row) -> list[str]:
    return [part for part in row.get("allowed-address", "").split(",") if part]


def _tunnel(  # noqa: PLR0917, each is what a tunnel is made of
    tables: Tables, interface: Row, name: str, address: Row, peers: Sequence[Row], secrets: Mapping[str, str]
) -> Likeness:
    six = next((row["address"] for row in tables.get("/ipv6/address", ()) if _is_of(row, name)), "")
    words = [_said(name), f"address={_said(address['address'])}", *_far(address)]
    words += [f"address6={_said(six)}"] if six else []
    words += [f"listen_port={interface['listen-port']}"] if interface.get("listen-port") else []
    words += [f"mtu={interface['mtu']}"] if interface.get("mtu", "1420") != "1420" else []
    inner = ", ".join(_peer(name, at, row) for at, row in enumerate(peers))
    return Likeness(
        "Tunnel",
        name,
        (*words, f"peers=[{inner}]"),
        ("routes", "forward", "masquerade", "open_port", "mss_clamp"),
        secrets,
        _speaks(tables, name, address),
    )


def _speaks(tables: Tables, name: str, address: Row) -> tuple[tuple[str, str], ...]:
    """The rows by which a tunnel's ends tell each other of routes."""
    network = on_interface(address["address"]).network
    ospf = [row for row in _on(tables, _OSPF) if name in row.get("interfaces", "").split(",")]
    bgp = [row for row in _on(tables, _BGP) if _is_in(row.get("remote.address", ""), network)]
    return (
        *(("ospf", f"{_OSPF} {_said(_called(row))}") for row in ospf),
        *(("bgp", f"{_BGP} {_said(_called(row))}") for row in bgp),
    )


def _on(tables: Tables, path: str) -> Iterator[Row]:
    return (row for row in tables.get(path, ()) if row.get("disabled") not in {"true", "yes"})


def _called(row: Row) -> str:
    return row.get("name") or row.get("comment") or row.get("interfaces", "")


def _is_in(text: str, network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    try:
        return on_interface(text).ip in network
    except ValueError:
        return False


def _far(address: Row) -> list[str]:
    """The far end's address, which a /32 has beside its own."""
    alone = address["address"].endswith("/32") and address.get("network", "") not in {"", address["address"][:-3]}
    return [f"network={_said(address['network'])}"] if alone else []


def _peer(name: str, at: int, row: Row) -> str:
    words = [_said(row.get("name") or f"peer{at + 1}"), _said(row.get("public-key", "")), _said(_prefixes(row))]
    if row.get("endpoint-address"):
        words.append(f"endpoint={_said(_endpoint(row))}")
    if _key(row):
        words.append(_preshared(name, at))
    words.append(
        f"keepalive={_said(row['persistent-keepalive'])}" if row.get("persistent-keepalive") else "keepalive=0"
    )
    words += [f"responder={row['responder'] == 'true'}"] if "responder" in row else []
    return f"wt.TunnelPeer({', '.join(words)})"


def _endpoint(row: Row) -> str:
    host = row["endpoint-address"]
    return f"{f'[{host}]' if ':' in host else host}:{row.get('endpoint-port', '0')}"


def _relay(
    interface: Row, name: str, address: Row, peers: Sequence[Row], secrets: Mapping[str, str]
) -> Iterator[Likeness]:
    """A mesh: each peer has an address of its own in the interface's network, and calls."""
    mesh = on_interface(address["address"]).network
    clients = []
    for at, row in enumerate(peers):
        own = next((one for one in _prefixes(row) if _lies_in(one, mesh)), "")
        if not own or row.get("endpoint-address"):
            return
        rest = [one for one in _prefixes(row) if one not in {own, _EVERYTHING}]
        words = [
            _said(row.get("name") or f"client{at + 1}"),
            _said(own.partition("/")[0]),
            _said(row.get("public-key", "")),
        ]
        words += [f"lan={_said(rest)}"] if rest else []
        words += ["exit_node=True"] if _EVERYTHING in _prefixes(row) else []
        if _key(row):
            words.append(_preshared(name, at))
        clients.append(f"wt.MeshClient({', '.join(words)})")
    if len(clients) > 1 and interface.get("listen-port"):
        words = [_said(name), f"endpoint={_said('router.example.com:' + interface['listen-port'])}"]
        words += [f"address={_said(address['address'])}", f"clients=[{', '.join(clients)}]"]
        yield Likeness("RelayMesh", name, tuple(words), ("open_port", "mss_clamp", "promises"), secrets)


def _lies_in(text: str, network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
    try:
        one = on_interface(text).network
    except ValueError:
        return False
    return one.version == network.version and one.prefixlen == _HOST and one.network_address in network


def _always_on(
    tables: Tables, name: str, address: Row, peers: Sequence[Row], secrets: Mapping[str, str]
) -> Iterator[Likeness]:
    """A provider: one peer that gets everything, and a table that leads there."""
    lan = networks.lan_of(tables)
    if len(peers) != 1 or _EVERYTHING not in _prefixes(peers[0]) or not lan or not peers[0].get("endpoint-address"):
        return
    far = address.get("network", "")
    ways = {name, far}
    routes = (
        row for row in tables.get("/ip/route", ()) if any(hop.head in ways for hop in gateways(row.get("gateway", "")))
    )
    table = next((row["routing-table"] for row in routes if row.get("routing-table", "main") != "main"), "")
    if not table:
        return
    words = [
        _said(name),
        f"lan={lan}",
        f"address={_said(address['address'])}",
    ]
    words += [f"gateway={_said(far)}"] if _far(address) else []
    options: tuple[str, ...] = ("dns", "kill_switch", "block_ipv6", "mss_clamp", "promises")
    asked = _asked(tables, table)
    if len(asked) > 1:
        if asked[0][0] != name or (backup := _backup(tables, *asked[1])) is None:
            return
        words += [f"check_gateway={_said(asked[0][1])}"] if asked[0][1] != far else []
        words += [_resolver(tables, table), backup]
        secrets = {**secrets, **_shared(asked[1][0], _peers(tables, asked[1][0]))}
        options = options[1:]
    words += [
        f"endpoint={_said(_endpoint(peers[0]))}",
        f"public_key={_said(peers[0].get('public-key', ''))}",
        f"table={_said(table)}",
    ]
    words += [_preshared(name, 0)] if _key(peers[0]) else []
    yield Likeness("AlwaysOnVpn", name, tuple(words), options, secrets)


def _asked(tables: Tables, table: str) -> list[tuple[str, str]]:
    """By which tunnels a table leads everywhere, the nearest first, and whom their routes ask."""
    found = []
    for row in tables.get("/ip/route", ()):
        there = row.get("routing-table") == table and row.get("dst-address", _EVERYTHING) == _EVERYTHING
        host = row.get("gateway", "")
        if not there or row.get("check-gateway") != "ping" or row.get("disabled") == "true":
            continue
        by = [one.get("interface", "") for one in tables.get("/ip/address", ()) if one.get("network") == host]
        by += [one["gateway"] for one in tables.get("/ip/route", ()) if one.get("dst-address") == f"{host}/{_HOST}"]
        found += [(int(row.get("distance", "1")), by[0], host)] if by else []
    return [(interface, host) for _, interface, host in sorted(found)]


def _backup(tables: Tables, name: str, host: str) -> str | None:
    """The call of a VPN that waits for another one to fall silent."""
    addresses, peers = _addresses(tables, name), _peers(tables, name)
    if not addresses or len(peers) != 1 or not peers[0].get("endpoint-address"):
        return None
    address = addresses[0]
    words = [_said(name), f"address={_said(address['address'])}"]
    words += [f"gateway={_said(address['network'])}"] if _far(address) else []
    words += [f"check_gateway={_said(host)}"] if host != address.get("network") or not _far(address) else []
    words += [f"endpoint={_said(_endpoint(peers[0]))}", f"public_key={_said(peers[0].get('public-key', ''))}"]
    words += [_preshared(name, 0)] if _key(peers[0]) else []
    return f"backup=wt.Backup({', '.join(words)})"


def _shared(name: str, peers: Sequence[Row]) -> dict[str, str]:
    """The keys that an interface's peers share, by the config that has them."""
    return {_config_key(name, at): row["preshared-key"] for at, row in enumerate(peers) if _key(row)}


def _resolver(tables: Tables, table: str) -> str:
    """Where clients' questions to the router go, by a table's mark."""
    nat = (row for row in tables.get("/ip/firewall/nat", ()) if row.get("routing-mark") == table)
    found = next((row["to-addresses"] for row in nat if row.get("dst-port") == "53" and "to-addresses" in row), "")
    return f"dns={_said(found)}" if found else "dns=False"
