"""What the rows of particular menus mean: automatic names, keys, computed properties.

One function per menu and moment, found by the menu's path: `PREPARE` completes or refuses the values of a row before
they are stored, `PLACED` follows once they are, `SHOW` adds what `print` computes. The router walks the tables;
nothing here sends or stores.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterator
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.machine import computed, timers
from wiretik_provider.simulator.machine.computed import free, truth
from wiretik_provider.simulator.machine.machine import Machine
from wiretik_provider.simulator.machine.network import mac
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec import ipv6
from wiretik_provider.simulator.spec.firewall import RULES
from wiretik_provider.simulator.spec.grammar import dotted, duration, milliseconds, network4, prefix4
from wiretik_provider.simulator.spec.interfaces import BUILTIN_LISTS
from wiretik_provider.simulator.spec.system import policies

__all__ = ["PLACED", "PREPARE", "REMOVED", "SHOW", "forget", "partition", "public_key"]

Values = dict[str, str]
Prepare = Callable[[Machine, Session, Values, Row | None], None]
Placed = Callable[[Machine, Row], None]
Show = Callable[[Machine, Row, Values], None]

LISTS: Final = ("/ip/firewall/address-list", "/ipv6/firewall/address-list")

_DEFAULT_PORT: Final = 13231
_PORTED: Final = frozenset({"tcp", "udp", "udp-lite", "dccp", "sctp", "6", "17", "33", "132", "136"})
_PORT_MATCHERS: Final = ("port", "src-port", "dst-port")


def private_key() -> str:
    """A new private key, clamped as `wg genkey` clamps it."""
    raw = bytearray(secrets.token_bytes(32))
    raw[0] &= 248
    raw[31] = raw[31] & 127 | 64
    return base64.b64encode(bytes(raw)).decode()


def public_key(private: str) -> str:
    """The public key that belongs to a private one."""
    key = X25519PrivateKey.from_private_bytes(base64.b64decode(private)).public_key()
    return base64.b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


# -- interfaces -------------------------------------------------------------------------------------------------------


def _prepare_wireguard(router: Machine, _: Session, values: Values, __: Row | None) -> None:
    if not values.get("name"):
        values["name"] = free("wireguard", router, "/interface")
    if not values.get("private-key"):
        values["private-key"] = private_key()
    if "listen-port" not in values:
        values["listen-port"] = str(router.choose_port())


def _show_wireguard(router: Machine, row: Row, out: Values) -> None:
    private = row.values["private-key"]
    if row.facts.get("private-key") != private:
        row.facts["private-key"], row.facts["public-key"] = private, public_key(private)
    out["public-key"] = row.facts["public-key"]
    out["running"] = truth(router.running(row))


def _prepare_bridge(router: Machine, _: Session, values: Values, __: Row | None) -> None:
    if not values.get("name"):
        values["name"] = free("bridge", router, "/interface")


def _show_bridge(router: Machine, row: Row, out: Values) -> None:
    out["actual-mtu"] = "1500" if out["mtu"] == "auto" else out["mtu"]
    out["l2mtu"] = "1514"
    out["mac-address"] = mac(row)
    out["running"] = truth(router.running(row))
    if out.get("vlan-filtering") == "true":
        for name, value in _FILTERING.items():
            out.setdefault(name, value)


# What only takes effect with vlan-filtering is printed with it (docs/facts/menus.md#interfacebridge gives the
# defaults).
_FILTERING: Final = {"pvid": "1", "ether-type": "0x8100", "frame-types": "admit-all", "ingress-filtering": "true"}


def _show_ethernet(router: Machine, row: Row, out: Values) -> None:
    out.setdefault("mac-address", mac(row))
    out.setdefault("orig-mac-address", mac(row))
    out["default-name"] = row.facts["default-name"]
    out["running"] = truth(router.running(row))
    out["slave"] = truth(router.slave(row))


def _show_interface(router: Machine, row: Row, out: Values) -> None:
    kind = row.facts["type"]
    out["type"] = kind
    if "mtu" not in row.values:
        out["mtu"] = {"wg": "1420", "bridge": "auto"}.get(kind, "1500")
    out["actual-mtu"] = out["mtu"] if out["mtu"] != "auto" else "1420" if kind == "wg" else "1500"
    if kind != "wg":
        out["mac-address"] = "00:00:00:00:00:00" if kind == "loopback" else mac(row)
    if "default-name" in row.facts:
        out["default-name"] = row.facts["default-name"]
    out["running"] = truth(router.running(row))
    if router.slave(row):
        out["slave"] = "true"
    for counter in ("rx-byte", "tx-byte", "rx-packet", "tx-packet"):
        out[counter] = row.facts.get(counter, "0")
    out["link-downs"] = row.facts.get("link-downs", "0")


def _prepare_peer(router: Machine, _: Session, values: Values, row: Row | None) -> None:
    if router.version >= (7, 15) and not values.get("name"):
        # One counter for all interfaces (docs/facts/menus.md#interfacewireguardpeers).
        values["name"] = free("peer", router, "/interface/wireguard/peers")
    for name in ("private-key", "preshared-key"):
        if values.get(name) == "auto":
            values[name] = private_key()
        elif values.get(name) == "none":
            del values[name]
    private = values.get("private-key")
    if private and (row is None or row.values.get("private-key") != private) and not values.get("public-key"):
        values["public-key"] = public_key(private)


def _show_peer(router: Machine, row: Row, out: Values) -> None:
    facts = row.facts
    far = router.far_ends.get(row.values.get("public-key", ""))
    if far is not None and row.values.get("disabled") != "true":
        facts["last-handshake"] = duration(far.age(router.clock()) * 1000)
    out["current-endpoint-address"] = facts.get("current-endpoint-address", "")
    out["current-endpoint-port"] = facts.get("current-endpoint-port", "0")
    out["rx"], out["tx"] = facts.get("rx", "0"), facts.get("tx", "0")
    if "last-handshake" in facts:
        out["last-handshake"] = facts["last-handshake"]
    out["dynamic"] = truth(row.dynamic)


def _placed_peer(router: Machine, row: Row) -> None:
    """An endpoint by name is looked up when its peer is made, changed or switched on, and then no more.

    Whether RouterOS does it again by itself is unknown (docs/facts/wireguard.md#endpoints-and-keepalive).
    """
    if row.values.get("disabled") != "true":
        for address in router.resolves.get(row.values.get("endpoint-address", ""), ()):
            row.facts["current-endpoint-address"] = address
            row.facts["current-endpoint-port"] = row.values.get("endpoint-port", "0")
            return


def _prepare_member(_: Machine, __: Session, values: Values, ___: Row | None) -> None:
    if values.get("list") in BUILTIN_LISTS:
        raise refusal.failure("cannot add to builtin list")


def _show_list(_: Machine, row: Row, out: Values) -> None:
    out["builtin"] = truth(row.facts.get("builtin") == "true")
    out["dynamic"] = truth(row.dynamic and "builtin" not in row.facts)


def _show_dynamic(_: Machine, row: Row, out: Values) -> None:
    out["dynamic"] = truth(row.dynamic)


def _show_port(router: Machine, row: Row, out: Values) -> None:
    out["dynamic"] = truth(row.dynamic)
    member = router.table("/interface").names.get(out["interface"])
    out["inactive"] = truth(member is None or out["disabled"] == "true" or not router.running(member))


# -- /ip and /routing -------------------------------------------------------------------------------------------------


def _prepare_address(_: Machine, __: Session, values: Values, row: Row | None) -> None:
    mask = values.pop("netmask", None)
    values.pop("broadcast", None)
    if mask is not None and (found := prefix4(f"{values['address'].partition('/')[0]}/{mask}")):
        values["address"] = f"{dotted(found[0])}/{found[1]}"
    if "address" not in values:
        return  # a file that was loaded doesn't show it
    own = _network(values["address"])
    # A network that was the old address's own follows the new address; one that was given stays.
    if "network" not in values or (
        row is not None
        and values["network"] == row.values.get("network") == _network(row.values.get("address", ""))
        and values["address"] != row.values.get("address")
    ):
        values["network"] = own


def _network(address: str) -> str:
    found = prefix4(address)
    return dotted(network4(*found)) if found else ""


def _show_address(router: Machine, row: Row, out: Values) -> None:
    interface = out["interface"]
    out["actual-interface"] = interface
    out["invalid"] = truth(interface.startswith("*"))
    out["dynamic"] = truth(row.dynamic)
    if router.version >= (7, 21):
        out["slave"] = truth(router.is_slave(interface))


def _prepare_route(_: Machine, session: Session, values: Values, __: Row | None) -> None:
    # A router wrote `gateway=""` of a route that is no blackhole (7.23.3; docs/facts/exports.md#forms).
    if not session.written and "gateway" not in values and "blackhole" not in values:
        raise refusal.missing(("gateway",))


def _show_route(router: Machine, row: Row, out: Values) -> None:
    out.update(router.network.state(row))


def _show_address6(router: Machine, row: Row, out: Values) -> None:
    _show_address(router, row, out)
    local = out.get("address", "").startswith("fe80:")
    out["link-local"], out["global"] = truth(local), truth(not local)


def _show_route6(router: Machine, row: Row, out: Values) -> None:
    out.update(router.network6.state(row))


def _show_table(_: Machine, row: Row, out: Values) -> None:
    out["dynamic"] = truth(row.dynamic)
    out["invalid"] = "false"


def _show_rule(_: Machine, row: Row, out: Values) -> None:
    lost = any(out.get(name, "").startswith("*") for name in ("table", "routing-mark", "interface"))
    out["inactive"] = truth(lost)
    if row.dynamic:
        out["dynamic"] = "true"


def _show_dns(router: Machine, _: Row, out: Values) -> None:
    servers = [lease.dns for lease in router.bound_leases()]
    out["dynamic-servers"] = ",".join(dict.fromkeys(server for server in servers if server))
    out["cache-used"] = "21"


def _show_dhcp(router: Machine, row: Row, out: Values) -> None:
    lease = router.lease(row)
    out["dynamic"], out["invalid"] = "false", truth(out["interface"].startswith("*"))
    out["status"] = "bound" if lease else "stopped" if out["disabled"] == "true" else "searching..."
    if lease:
        out |= {
            "address": lease.address,
            "gateway": lease.gateway,
            "dhcp-server": lease.gateway,
            "primary-dns": lease.dns,
            "expires-after": "9m30s",
        }


def _show_service(_: Machine, row: Row, out: Values) -> None:
    out["dynamic"], out["invalid"] = "false", "false"
    out["name"], out["proto"] = row.values["name"], "tcp"


# -- firewall ---------------------------------------------------------------------------------------------------------


def _prepare_rule(router: Machine, _: Session, values: Values, __: Row | None) -> None:
    ported = values.get("protocol", "") in _PORTED
    if not ported and any(values.get(matcher) for matcher in _PORT_MATCHERS):
        raise refusal.Refusal(
            router.options.ports_prefix + "ports can be specified if proto is tcp,udp,udp-lite,dccp,sctp"
        )


def _show_firewall(_: Machine, row: Row, out: Values) -> None:
    out["bytes"], out["packets"] = row.facts.get("bytes", "0"), row.facts.get("packets", "0")
    out["dynamic"] = truth(row.dynamic)
    out["invalid"] = truth(any(out.get(name, "").lstrip("!").startswith("*") for name in _RULE_NAMES))


_RULE_NAMES: Final = (
    "in-interface",
    "out-interface",
    "in-interface-list",
    "out-interface-list",
    "in-bridge-port",
    "out-bridge-port",
    "new-routing-mark",
    "routing-mark",
)


def _prepare_entry(router: Machine, _: Session, values: Values, row: Row | None) -> None:
    if row is None:
        values.setdefault("creation-time", router.now_text())


def _placed_entry(router: Machine, row: Row) -> None:
    _place_entry(router, row, "/ip/firewall/address-list")


def _placed_entry6(router: Machine, row: Row) -> None:
    _place_entry(router, row, "/ipv6/firewall/address-list")


def _place_entry(router: Machine, row: Row, path: str) -> None:
    """An entry with a time goes by itself and isn't configuration (docs/facts/menus.md#ipfirewalladdress-list)."""
    given = row.values.pop("timeout", None)
    if given is not None:
        row.dynamic = True
        row.expires = router.clock() + (milliseconds(given) or 0) / 1000
        router.agenda.at(row.expires, lambda: _expire(router, row, path))
    elif row.values.get("dynamic") == "true":
        row.dynamic = True
    if not router.resolves:
        return
    _forget_resolved(router, row)
    if row.values.get("address", "") in router.resolves:
        router.agenda.at(router.clock(), lambda: _resolve(router, row, path))


def _resolve(router: Machine, row: Row, path: str) -> None:
    """A name's addresses stand in its list besides it, as dynamic entries.

    Source: docs/facts/menus.md#ipfirewalladdress-list.
    """
    if not row.there or row.values.get("disabled") == "true":
        return
    table = router.table(path)
    for address in router.resolves[row.values["address"]]:
        values = {"list": row.values["list"], "address": address, "comment": row.values["address"]}
        if (":" in address) == path.startswith("/ipv6") and table.rival(values) is None:
            values["creation-time"] = router.now_text()
            resolved = Row(table.new_id(), values, dynamic=True)
            resolved.facts["resolved-of"] = row.ref
            table.insert(resolved)


def _forget_resolved(router: Machine, row: Row) -> None:
    if row.values.get("address", "")[:1].isalpha() and router.resolves:
        for path in LISTS:
            for other in [other for other in router.table(path) if other.facts.get("resolved-of") == row.ref]:
                router.table(path).erase(other)


def forget(router: Machine) -> None:
    """Drops the entries of address lists that are only in memory (docs/facts/menus.md#ipfirewalladdress-list)."""
    for path in LISTS:
        table = router.table(path)
        for row in tuple(table):
            if row.dynamic:
                table.erase(row)


def _expire(router: Machine, row: Row, path: str) -> None:
    if row.there and row.expires is not None and row.expires <= router.clock():
        router.table(path).erase(row)


def _show_entry(router: Machine, row: Row, out: Values) -> None:
    out["dynamic"] = truth(row.dynamic)
    if row.expires is not None:
        out["timeout"] = duration(max(0, round(row.expires - router.clock())) * 1000)


# -- system and users -------------------------------------------------------------------------------------------------


def _prepare_group(router: Machine, _: Session, values: Values, row: Row | None) -> None:
    # Additive: only what is named changes; stored and printed as the whole partition (docs/facts/permissions.md).
    granted = set(_granted(row.values["policy"])) if row is not None else set()
    for word in values.get("policy", "").split(","):
        if word.startswith("!"):
            granted.discard(word[1:])
        elif word:
            granted.add(word)
    values["policy"] = partition(granted, router.version)


def partition(granted: set[str], version: tuple[int, ...]) -> str:
    """A group's policies as printed: the granted ones, then the others with `!`."""
    every = policies(version)
    return ",".join([name for name in every if name in granted] + ["!" + n for n in every if n not in granted])


def _granted(policy: str) -> Iterator[str]:
    return (word for word in policy.split(",") if word and not word.startswith("!"))


PREPARE: Final[dict[str, Prepare]] = {
    **computed.PREPARE,
    **timers.PREPARE,
    "/interface/wireguard": _prepare_wireguard,
    "/interface/wireguard/peers": _prepare_peer,
    "/interface/bridge": _prepare_bridge,
    "/interface/list/member": _prepare_member,
    "/ip/address": _prepare_address,
    "/ip/route": _prepare_route,
    "/ip/firewall/address-list": _prepare_entry,
    "/user/group": _prepare_group,
    "/ipv6/route": _prepare_route,
    "/ipv6/firewall/address-list": _prepare_entry,
    **dict.fromkeys((*RULES, *ipv6.RULES), _prepare_rule),
}

REMOVED: Final[dict[str, Placed]] = dict.fromkeys(LISTS, _forget_resolved)

PLACED: Final[dict[str, Placed]] = {
    **timers.PLACED,
    "/interface/wireguard/peers": _placed_peer,
    "/ip/firewall/address-list": _placed_entry,
    "/ipv6/firewall/address-list": _placed_entry6,
}

SHOW: Final[dict[str, Show]] = {
    **computed.SHOW,
    **timers.SHOW,
    "/interface": _show_interface,
    "/interface/wireguard": _show_wireguard,
    "/interface/wireguard/peers": _show_peer,
    "/interface/ethernet": _show_ethernet,
    "/interface/bridge": _show_bridge,
    "/interface/bridge/port": _show_port,
    "/interface/list": _show_list,
    "/interface/list/member": _show_dynamic,
    "/ip/address": _show_address,
    "/ip/route": _show_route,
    "/ip/dns": _show_dns,
    "/ip/dhcp-client": _show_dhcp,
    "/ip/service": _show_service,
    "/ip/firewall/address-list": _show_entry,
    "/routing/table": _show_table,
    "/routing/rule": _show_rule,
    "/ipv6/address": _show_address6,
    "/ipv6/route": _show_route6,
    "/ipv6/firewall/address-list": _show_entry,
    **dict.fromkeys((*RULES, *ipv6.RULES), _show_firewall),
}
