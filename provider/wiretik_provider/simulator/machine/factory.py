"""What a router has on its first day: hardware, built-in rows, and the configuration that it left the factory with.

`bare` is next to nothing, `defconf` the factory home router (docs/facts/packet-path.md#the-factorys-firewall; its IPv6
rules and lists as they stand in
public exports of such routers, docs/facts/samples.md#factory-ipv6). Both are
written as the commands that a person would give, so that no router begins in a state that it would refuse.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from wiretik_provider.simulator.machine.behaviour import partition
from wiretik_provider.simulator.machine.machine import Machine
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.machine.table import Row
from wiretik_provider.simulator.spec.grammar import duration
from wiretik_provider.simulator.spec.interfaces import BUILTIN_LISTS
from wiretik_provider.simulator.spec.system import policies

__all__ = ["PROFILES", "board", "configure", "equip", "history", "license_", "resource", "safe_mode"]

_BARE: Final = """
/interface/bridge/add name=bridge
"""

_DEFCONF: Final = """
/interface/bridge/add name=bridge comment=defconf
/interface/list/add name=WAN comment=defconf
/interface/list/add name=LAN comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether2 comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether3 comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether4 comment=defconf
/interface/bridge/port/add bridge=bridge interface=ether5 comment=defconf
/interface/list/member/add interface=bridge list=LAN comment=defconf
/interface/list/member/add interface=ether1 list=WAN comment=defconf
/ip/address/add address=192.168.88.1/24 interface=bridge comment=defconf
/ip/dhcp-client/add interface=ether1 comment=defconf
/ip/dns/set allow-remote-requests=yes
/ip/firewall/filter/add chain=input action=accept connection-state=established,related,untracked \
 comment="defconf: accept established,related,untracked"
/ip/firewall/filter/add chain=input action=drop connection-state=invalid comment="defconf: drop invalid"
/ip/firewall/filter/add chain=input action=accept protocol=icmp comment="defconf: accept ICMP"
/ip/firewall/filter/add chain=input action=accept dst-address=127.0.0.1 \
 comment="defconf: accept to local loopback (for CAPsMAN)"
/ip/firewall/filter/add chain=input action=drop in-interface-list=!LAN comment="defconf: drop all not coming from LAN"
/ip/firewall/filter/add chain=forward action=accept ipsec-policy=in,ipsec comment="defconf: accept in ipsec policy"
/ip/firewall/filter/add chain=forward action=accept ipsec-policy=out,ipsec comment="defconf: accept out ipsec policy"
/ip/firewall/filter/add chain=forward action=fasttrack-connection connection-state=established,related \
 comment="defconf: fasttrack"
/ip/firewall/filter/add chain=forward action=accept connection-state=established,related,untracked \
 comment="defconf: accept established,related, untracked"
/ip/firewall/filter/add chain=forward action=drop connection-state=invalid comment="defconf: drop invalid"
/ip/firewall/filter/add chain=forward action=drop connection-state=new connection-nat-state=!dstnat \
 in-interface-list=WAN comment="defconf: drop all from WAN not DSTNATed"
/ip/firewall/nat/add chain=srcnat action=masquerade out-interface-list=WAN ipsec-policy=out,none \
 comment="defconf: masquerade"
/ipv6/firewall/address-list/add list=bad_ipv6 address=::/128 comment="defconf: unspecified address"
/ipv6/firewall/address-list/add list=bad_ipv6 address=::1/128 comment="defconf: lo"
/ipv6/firewall/address-list/add list=bad_ipv6 address=fec0::/10 comment="defconf: site-local"
/ipv6/firewall/address-list/add list=bad_ipv6 address=::ffff:0.0.0.0/96 comment="defconf: ipv4-mapped"
/ipv6/firewall/address-list/add list=bad_ipv6 address=::/96 comment="defconf: ipv4 compat"
/ipv6/firewall/address-list/add list=bad_ipv6 address=100::/64 comment="defconf: discard only "
/ipv6/firewall/address-list/add list=bad_ipv6 address=2001:db8::/32 comment="defconf: documentation"
/ipv6/firewall/address-list/add list=bad_ipv6 address=2001:10::/28 comment="defconf: ORCHID"
/ipv6/firewall/address-list/add list=bad_ipv6 address=3ffe::/16 comment="defconf: 6bone"
/ipv6/firewall/filter/add chain=input action=accept connection-state=established,related,untracked \
 comment="defconf: accept established,related,untracked"
/ipv6/firewall/filter/add chain=input action=drop connection-state=invalid comment="defconf: drop invalid"
/ipv6/firewall/filter/add chain=input action=accept protocol=icmpv6 comment="defconf: accept ICMPv6"
/ipv6/firewall/filter/add chain=input action=accept protocol=udp dst-port=33434-33534 \
 comment="defconf: accept UDP traceroute"
/ipv6/firewall/filter/add chain=input action=accept protocol=udp dst-port=546 src-address=fe80::/10 \
 comment="defconf: accept DHCPv6-Client prefix delegation."
/ipv6/firewall/filter/add chain=input action=accept protocol=udp dst-port=500,4500 comment="defconf: accept IKE"
/ipv6/firewall/filter/add chain=input action=accept protocol=ipsec-ah comment="defconf: accept ipsec AH"
/ipv6/firewall/filter/add chain=input action=accept protocol=ipsec-esp comment="defconf: accept ipsec ESP"
/ipv6/firewall/filter/add chain=input action=accept ipsec-policy=in,ipsec \
 comment="defconf: accept all that matches ipsec policy"
/ipv6/firewall/filter/add chain=input action=drop in-interface-list=!LAN \
 comment="defconf: drop everything else not coming from LAN"
/ipv6/firewall/filter/add chain=forward action=fasttrack-connection connection-state=established,related \
 comment="defconf: fasttrack6"
/ipv6/firewall/filter/add chain=forward action=accept connection-state=established,related,untracked \
 comment="defconf: accept established,related,untracked"
/ipv6/firewall/filter/add chain=forward action=drop connection-state=invalid comment="defconf: drop invalid"
/ipv6/firewall/filter/add chain=forward action=drop src-address-list=bad_ipv6 \
 comment="defconf: drop packets with bad src ipv6"
/ipv6/firewall/filter/add chain=forward action=drop dst-address-list=bad_ipv6 \
 comment="defconf: drop packets with bad dst ipv6"
/ipv6/firewall/filter/add chain=forward action=drop protocol=icmpv6 hop-limit=equal:1 \
 comment="defconf: rfc4890 drop hop-limit=1"
/ipv6/firewall/filter/add chain=forward action=accept protocol=icmpv6 comment="defconf: accept ICMPv6"
/ipv6/firewall/filter/add chain=forward action=accept protocol=139 comment="defconf: accept HIP"
/ipv6/firewall/filter/add chain=forward action=accept protocol=udp dst-port=500,4500 comment="defconf: accept IKE"
/ipv6/firewall/filter/add chain=forward action=accept protocol=ipsec-ah comment="defconf: accept ipsec AH"
/ipv6/firewall/filter/add chain=forward action=accept protocol=ipsec-esp comment="defconf: accept ipsec ESP"
/ipv6/firewall/filter/add chain=forward action=accept ipsec-policy=in,ipsec \
 comment="defconf: accept all that matches ipsec policy"
/ipv6/firewall/filter/add chain=forward action=drop in-interface-list=!LAN \
 comment="defconf: drop everything else not coming from LAN"
"""

PROFILES: Final = {"bare": _BARE, "defconf": _DEFCONF, "none": ""}
"""The profiles by name; `none` is hardware alone, to load an export into."""

_ETHERNETS: Final = 5
_TLS: Final = {"certificate": "none", "tls-version": "any"}
_SERVICES: Final[tuple[tuple[str, int, Mapping[str, str]], ...]] = (
    ("ftp", 21, {}),
    ("ssh", 22, {}),
    ("telnet", 23, {}),
    ("www", 80, {}),
    ("www-ssl", 443, {"disabled": "true", **_TLS}),
    ("winbox", 8291, {}),
    ("api", 8728, {}),
    ("api-ssl", 8729, _TLS),
)

# Where the rule stands in mangle and raw is by hearsay (docs/facts/menus.md#firewall-rules).
_DUMMIES: Final[Mapping[str, tuple[str, ...]]] = {
    "/ip/firewall/filter": ("forward",),
    "/ip/firewall/mangle": ("prerouting", "forward", "postrouting"),
    "/ip/firewall/raw": ("prerouting",),
}


def configure(router: Machine, profile: str) -> None:
    """Gives a new router its first configuration.

    Raises:
        ValueError: there is no such profile.
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile!r}; there are {', '.join(PROFILES)}")
    for command, values in _commands(profile):
        if router.version >= _SIX_FAST_SINCE or values.get("comment") != "defconf: fasttrack6":
            router.run(command, **values)


_SIX_FAST_SINCE: Final = (7, 18)


@lru_cache
def _commands(profile: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """A profile's commands, read once for all routers."""
    lines = PROFILES[profile].replace("\\\n", "").strip().splitlines()
    split = [shlex.split(line) for line in lines]
    return tuple((command, {name: text for name, _, text in map(_parted, words)}) for command, *words in split)


def _parted(word: str) -> tuple[str, str, str]:
    return word.partition("=")


def equip(router: Machine, identity: str, user: str, password: str) -> None:
    """Gives a new router what no configuration takes away: ports, services, the first user, built-in rows."""
    for row in router.table("/system/identity"):
        row.values["name"] = identity
    main = Row(0, {"name": "main", "fib": ""})
    router.table("/routing/table").insert(main)
    main.dynamic = True
    for name in BUILTIN_LISTS:
        row = _place(router, "/interface/list", {"name": name})
        row.dynamic = True
        row.facts["builtin"] = "true"
    every = set(policies(router.version))
    lacking: Mapping[str, set[str]] = {"read": {"ftp", "write", "policy"}, "write": {"ftp", "policy"}, "full": set()}
    for name, lack in lacking.items():
        group = _place(router, "/user/group", {"name": name, "policy": partition(every - lack, router.version)})
        group.facts |= {"target": name, "first-name": name, "first-policy": group.values["policy"]}
    values = {"name": user, "password": password, "group": "full", "comment": "system default user"}
    _place(router, "/user", values)
    for name, port, more in _SERVICES:
        _place(router, "/ip/service", {"name": name, "port": str(port), **more})
    for number in range(1, _ETHERNETS + 1):
        row = Row(number, {"name": f"ether{number}"})
        row.facts |= {"type": "ether", "default-name": f"ether{number}"}
        router.table("/interface").insert(row)
    # Since 7.14, and in what every reference to an interface offers (SIN arg-types).
    loopback = _place(router, "/interface", {"name": "lo", "mtu": "65536"})
    loopback.facts["type"] = "loopback"
    if router.options.fasttrack_dummy:
        for path, chains in _DUMMIES.items():
            for chain in chains:
                comment = "special dummy rule to show fasttrack counters"
                _place(router, path, {"chain": chain, "action": "passthrough", "comment": comment}).dynamic = True


def values(path: str, row: Row) -> dict[str, str]:
    """What a row that only the router makes has on the first day."""
    if path == "/ip/service":
        known = {name: {"name": name, "port": str(port), **more} for name, port, more in _SERVICES}
        return known.get(row.values["name"], {"name": row.values["name"]})
    if "default-name" in row.facts:
        return {"name": row.facts["default-name"]}
    return {name.removeprefix("first-"): text for name, text in row.facts.items() if name.startswith("first-")}


def _place(router: Machine, path: str, values: dict[str, str]) -> Row:
    table = router.table(path)
    row = Row(table.new_id(), values)
    table.insert(row)
    return row


def resource(router: Machine, _: Session) -> Iterator[dict[str, str]]:
    """What /system/resource says; all read-only (docs/facts/menus.md#system)."""
    yield {
        "uptime": duration(int(router.clock() - router.started) * 1000),
        "version": f"{router.version_text} (stable)",
        "build-time": "2026-07-01 08:00:00",
        "factory-software": "7.15",
        "free-memory": "805306368",
        "total-memory": "1073741824",
        "cpu": "ARM64",
        "cpu-count": "4",
        "cpu-frequency": "1400",
        "cpu-load": "1",
        "free-hdd-space": "100000000",
        "total-hdd-space": "134217728",
        "write-sect-since-reboot": "100",
        "write-sect-total": "1000",
        "bad-blocks": "0",
        "architecture-name": "arm64",
        "board-name": "Wiretik Lab",
        "platform": "MikroTik",
    }


def board(router: Machine, _: Session) -> Iterator[dict[str, str]]:
    """What /system/routerboard says."""
    yield {
        "routerboard": "true",
        "model": "Wiretik-Lab",
        "serial-number": router.serial,
        "firmware-type": "lab",
        "current-firmware": router.version_text,
        "upgrade-firmware": router.version_text,
    }


def license_(router: Machine, _: Session) -> Iterator[dict[str, str]]:
    """What /system/license says: a routerboard has a software id, made from the serial number."""
    yield {"software-id": f"{router.serial[:4]:0<4}-{router.serial[-4:]:0>4}", "nlevel": "6", "features": ""}


def safe_mode(router: Machine, session: Session) -> Iterator[dict[str, str]]:
    """What /safe-mode says: the names are the router's, what they hold is the likely reading.

    Source: docs/facts/changes.md.
    """
    safe = router.history
    if safe.holder is None:
        yield {"enabled": "false"}
        return
    current = "true" if safe.holder == session.number else "false"
    yield {"enabled": "true", "user": safe.user, "current": current, "owner": f"*{safe.holder:X}"}


def history(router: Machine, _: Session) -> Iterator[dict[str, str]]:
    """What /system/history says: the last action first; the words of `action` are the router's only for rules.

    (Properties by MikroTik's manual; `redo` and `undo` hold no commands here.)
    """
    for number, (action, undone) in enumerate(router.history.actions(), 1):
        menu, verb = action.what.lstrip("/").rpartition("/")[::2]
        shown = {
            ".id": f"*{number:X}",
            "redo": "",
            "undo": "",
            "by": action.by,
            "policy": "write",
            "time": router.now_text(action.when),
        }
        shown["action"] = f"{menu.replace('/', ' ')} {_DONE.get(verb, verb)}".strip()
        shown["undoable"], shown["redoable"] = ("false", "true") if undone else ("true", "false")
        shown["floating-undo"] = "true" if action.floating else "false"
        yield shown


_DONE: Final = {"add": "added", "set": "changed", "remove": "removed", "move": "moved"}
