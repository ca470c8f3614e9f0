"""IPv4 networks as IPv6 ones: each address stands at the end of one prefix, and everything else is the same.

What a router does with the mirrored packet must be what it does with the packet; so one generator of routers does for
both families, in laws as with real packets.
"""

import ipaddress

FRONT = 0xFD44 << 112
"""fd44::/96; its last 32 bits are the IPv4 address. All of it is unique local (RFC 4193), so none is nearer by kind."""
FRONT_LENGTH = 96
MENUS = {
    "/ip/address": "/ipv6/address",
    "/ip/firewall/address-list": "/ipv6/firewall/address-list",
    "/ip/firewall/filter": "/ipv6/firewall/filter",
    "/ip/firewall/mangle": "/ipv6/firewall/mangle",
    "/ip/firewall/nat": "/ipv6/firewall/nat",
    "/ip/firewall/raw": "/ipv6/firewall/raw",
    "/ip/route": "/ipv6/route",
    "/ip/settings": "/ipv6/settings",
}
SHARED = ("/interface/wireguard/peers", "/routing/rule")
"""Menus of both families in which addresses stand."""
PREFIXES = ("src-address", "dst-address", "address", "allowed-address")
ICMP = {"8:0": "128:0", "0:0-255": "129:0-255"}


def address(text):
    """An address, mirrored; the empty text is nobody's, and a text that is no address stays."""
    try:
        return str(ipaddress.IPv6Address(FRONT | int(ipaddress.IPv4Address(text))))
    except ValueError:
        return text


def prefix(text):
    """A prefix, mirrored; `!` in front stays."""
    sign, plain = ("!", text[1:]) if text.startswith("!") else ("", text)
    host, _, length = plain.partition("/")
    if length == "0":
        return f"{sign}::/0"
    return f"{sign}{address(host)}/{FRONT_LENGTH + int(length or 32)}"


def plain(rows):
    """Rows with what IPv6 hasn't got written otherwise: ranges, and routing rules without an address."""

    def changed(path, row):
        row = {name: "198.18.0.16/28" if "-" in text and name in PREFIXES else text for name, text in row.items()}
        if path == "/routing/rule" and not {"src-address", "dst-address"} & row.keys():
            row["dst-address"] = "0.0.0.0/0"
        return row

    return {path: [changed(path, row) for row in some] for path, some in rows.items()}


def row6(row):
    """One row, mirrored."""
    found = dict(row)
    for name in PREFIXES:
        # Allowed addresses are several, a host's own one keeps its mask.
        if name in row and "-" not in row[name]:
            found[name] = ",".join(prefix(one) for one in row[name].split(","))
    if "to-addresses" in row:
        found["to-address"] = f"{address(found.pop('to-addresses'))}/128"
    if "gateway" in row:
        found["gateway"] = address(row["gateway"])
    if row.get("protocol") == "icmp":
        found["protocol"] = "icmpv6"
    if "icmp-options" in row:
        found["icmp-options"] = ICMP[row["icmp-options"]]
    if row.get("min-prefix", "0") != "0":
        found["min-prefix"] = str(FRONT_LENGTH + int(row["min-prefix"]))
    if "ip-forward" in row:
        found["forward"] = found.pop("ip-forward")
    found.pop("network", None)
    return found


def six(rows):
    """The same router of IPv6: its own menus, and what both families share."""
    rows = plain(rows)
    found = {path: some for path, some in rows.items() if path not in (*MENUS, *SHARED)}
    found |= {there: [row6(row) for row in rows.get(path, ())] for path, there in MENUS.items()}
    found |= {path: [row6(row) for row in rows[path]] for path in SHARED if path in rows}
    # IPv6 has no address with the far end's as its network, so a route leads there.
    far = [row for row in rows.get("/ip/address", ()) if row.get("network")]
    found["/ipv6/route"] += [
        {"dst-address": prefix(f"{row['network']}/32"), "gateway": row["interface"], "scope": "10"} for row in far
    ]
    return found


def both(four, other):
    """A router with the IPv4 of one and the IPv6 of another; their interfaces are the same."""
    found = {**four, **{path: other[path] for path in MENUS.values()}}
    if "/routing/rule" in other:
        found["/routing/rule"] = [*four.get("/routing/rule", ()), *other["/routing/rule"]]
    for path in ("/routing/table",):
        if path in other:
            found[path] = other[path]
    held = {row["public-key"]: row["allowed-address"] for row in other.get("/interface/wireguard/peers", ())}
    found["/interface/wireguard/peers"] = [
        {**row, "allowed-address": f"{row['allowed-address']},{held[row['public-key']]}"}
        for row in four.get("/interface/wireguard/peers", ())
    ]
    return found


def dual(rows):
    """A host or a router with both, each the other's mirror."""
    return both(rows, six(rows))


def probe6(probe):
    """A probe, mirrored."""
    protocol = "icmpv6" if probe["protocol"] == "icmp" else probe["protocol"]
    return {**probe, "src": address(probe["src"]), "dst": address(probe["dst"]), "protocol": protocol}
