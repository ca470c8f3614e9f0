"""A row in every menu of an embedded router, to look at: as little as it takes, and how `pulumi import` calls it."""

from wiretik_provider.codecs.base import Bool
from wiretik_provider.codecs.loose import Words
from wiretik_provider.menus import MENUS, at, every
from wiretik_provider.simulator.router import Refused

KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="
VALUES = {"number": "5", "time": "10s", "address": "10.9.8.7", "mac": "02:00:00:00:00:01", "name": "some"}
OURS = {
    "/interface/wireguard": {"name": "wg7", "listen-port": "13307"},
    "/interface/wireguard/peers": {"interface": "wg7", "public-key": KEY, "allowed-address": "10.7.0.0/24"},
    "/ip/route": {"dst-address": "10.9.0.0/24", "gateway": "wg7"},
    "/ipv6/route": {"dst-address": "2001:db8::/64", "gateway": "wg7"},
    "/ipv6/address": {"address": "2001:db8::1/64", "interface": "wg7"},
    "/routing/table": {"name": "vpn", "fib": ""},
    "/routing/rule": {"src-address": "10.9.0.0/24", "action": "lookup", "table": "main"},
    "/system/script": {"name": "s", "source": ":log info hello"},
    "/system/scheduler": {"name": "s", "interval": "1h", "on-event": "s"},
    "/ip/firewall/mangle": {"chain": "prerouting", "action": "accept"},
    "/ip/firewall/raw": {"chain": "prerouting", "action": "accept"},
    "/ipv6/firewall/nat": {"chain": "srcnat", "action": "masquerade"},
    "/ipv6/firewall/mangle": {"chain": "prerouting", "action": "accept"},
    "/ipv6/firewall/raw": {"chain": "prerouting", "action": "accept"},
    "/ip/firewall/address-list": {"list": "direct", "address": "10.0.0.0/8"},
    "/ipv6/firewall/address-list": {"list": "direct", "address": "2001:db8::/32"},
}
"""Of the menus that are described by hand, those that the factory leaves empty."""
PATHS = [path for path in every.heads() if at(path).loose]
"""The menus that nobody described by hand."""


def ours(lab):
    """Adds a row to each menu that is described by hand and has none."""
    for path, words in OURS.items():
        lab.run(f"{path}/add", **words)


def added(lab, path):
    """Adds a row with a value for each of a menu's first properties; whether the router took it."""
    menu, there = at(path), lab.router.menus.get(path)
    if menu.singleton or there is None:
        return False
    needed = [menu.by_name[name] for name in (*menu.key, *there.required) if name in menu.by_name]
    plain = [field for field in menu.writable if not (field.secret or field.may_name or field in needed)]
    words = {field.name: VALUES.get(getattr(field.codec, "form", ""), "word") for field in (*needed, *plain[:4])}
    words |= {field.name: "yes" for field in (*needed, *plain[:4]) if isinstance(field.codec, Bool)}
    words |= {one.name: one.codec.words[0] for one in (*needed, *plain[:4]) if isinstance(one.codec, Words)}
    words |= {one.name: "ether2" for one in needed if one.may_name == "/interface"}
    try:
        lab.run(f"{path}/add", **{**words, **({"name": path.replace("/", "-")} if "name" in menu.by_name else {})})
    except Refused:
        return False
    return True


def id_of(lab, path):
    """How `pulumi import` calls a row of a menu: none where there is none that could be imported."""
    menu = at(path)
    rows = [row for row in lab.router.rows(path) if row.get("dynamic") != "true"] if path in lab.router.menus else []
    if not rows:
        return ""
    if menu.fixed:
        return next((rows[0][name] for name in ("default-name", "name", "interface") if rows[0].get(name)), "")
    return path if menu.singleton else rows[-1 if path in MENUS else 0][".id"]
