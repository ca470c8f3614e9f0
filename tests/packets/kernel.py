"""Rows of a router made into a Linux host's nftables, rules, routes and WireGuard peers.

It reads rows its own way, so that tracer and kernel can't be wrong together. Linux's `local` rule stands behind those
of the marks, as RouterOS has it (routeros.md D.1).
"""

BASES = {
    ("filter", "input"): "type filter hook input priority 0",
    ("filter", "forward"): "type filter hook forward priority 0",
    ("mangle", "prerouting"): "type filter hook prerouting priority -150",
    ("mangle", "forward"): "type filter hook forward priority -150",
    ("nat", "dstnat"): "type nat hook prerouting priority -100",
    ("nat", "srcnat"): "type nat hook postrouting priority 100",
}
TABLES = ("vpn", "alt")
MARKS = {"no-mark": 0, "vpn": 81, "alt": 82, "seen": 7}
"""The number of each mark; a routing mark's is its table's."""


def ruleset(rows, devices, members):
    """The text for `nft -f`.

    Args:
        rows: by menu.
        devices: the kernel's names of the interfaces.
        members: interfaces by list.
    """
    out = ["flush ruleset"]
    lists = {}
    for row in rows.get("/ip/firewall/address-list", ()):
        lists.setdefault(row["list"], []).append(row["address"])
    for table in ("filter", "mangle", "nat"):
        out.append(f"table ip {table} {{")
        for name, entries in lists.items():
            out.append(
                f"set {name} {{\ntype ipv4_addr\nflags interval\nauto-merge\nelements = {{ {', '.join(entries)} }}\n}}"
            )
        found = rows.get(f"/ip/firewall/{table}", ())
        chains = dict.fromkeys(row["chain"] for row in found)
        chains |= dict.fromkeys(row["jump-target"] for row in found if row["action"] == "jump")
        # A chain must be there before another jumps to it.
        for chain in sorted(chains, key=lambda chain: (table, chain) in BASES):
            out.append(f"chain {chain} {{")
            if base := BASES.get((table, chain)):
                out.append(f"{base}; policy accept;")
            for row in found:
                if row["chain"] == chain and row["action"] != "fasttrack-connection":
                    out.append(" ".join([*matchers(row, devices, members), *verdict(row)]))  # noqa: PERF401
            out.append("}")
        out.append("}")
    return "\n".join(out) + "\n"


def matchers(row, devices, members):
    """A rule's matchers as nft's; a matcher that isn't known here is an error, never left out."""
    for name, text in row.items():
        if name not in NOT_MATCHERS:
            sign, plain = ("!= ", text[1:]) if text.startswith("!") else ("", text)
            yield MATCHERS[name](sign, plain, row, devices, members)


def _address(field):
    return lambda sign, text, *_: f"ip {field} {sign}{text}"


def _list(field):
    return lambda sign, text, *_: f"ip {field} {sign}@{text}"


def _interface(field):
    return lambda sign, text, _, devices, *__: f'{field} {sign}"{devices[text]}"'


def _interfaces(field):
    def matcher(sign, text, _, devices, members):
        return f"{field} {sign}{{ {', '.join(chr(34) + devices[one] + chr(34) for one in members[text])} }}"

    return matcher


def _port(field):
    return lambda sign, text, row, *_: f"{row['protocol']} {field} {sign}{{ {text} }}"


def _nat_state(sign, text, *_):
    return f"ct status & {'dnat' if text == 'dstnat' else 'snat'} {'==' if sign else '!='} 0"


def _policy(_, text, *__):
    # Nothing here is IPsec's: a rule for it matches nothing, one for all else everything.
    return "meta l4proto 255" if text.endswith(",ipsec") else ""


MATCHERS = {
    "src-address": _address("saddr"),
    "dst-address": _address("daddr"),
    "src-address-list": _list("saddr"),
    "dst-address-list": _list("daddr"),
    "in-interface": _interface("iifname"),
    "out-interface": _interface("oifname"),
    "in-interface-list": _interfaces("iifname"),
    "out-interface-list": _interfaces("oifname"),
    "protocol": lambda sign, text, *_: f"meta l4proto {sign}{text}",
    "src-port": _port("sport"),
    "dst-port": _port("dport"),
    "dst-address-type": lambda sign, text, *_: f"fib daddr type {sign}{text}",
    "connection-state": lambda sign, text, *_: f"ct state {sign}{{ {text} }}",
    "connection-nat-state": _nat_state,
    "connection-mark": lambda sign, text, *_: f"ct mark {sign}{MARKS[text]}",
    "ipsec-policy": _policy,
}
NOT_MATCHERS = {
    *("action", "chain", "passthrough", "jump-target", "to-addresses", "to-ports", "comment", ".id", "disabled"),
    *("new-routing-mark", "new-connection-mark", "bytes", "packets", "dynamic", "invalid", "log", "log-prefix"),
}


def verdict(row):
    ends = ["accept"] if row.get("passthrough") == "false" else []
    match row["action"]:
        case "accept" | "drop" | "return":
            return [row["action"]]
        case "jump":
            return ["jump", row["jump-target"]]
        case "mark-routing":
            return [f"meta mark set {MARKS[row['new-routing-mark']]}", *ends]
        case "mark-connection":
            return [f"ct mark set {MARKS[row['new-connection-mark']]}", *ends]
        case "masquerade":
            return ["masquerade"]
        case "dst-nat":
            port = f":{row['to-ports']}" if "to-ports" in row else ""
            return [
                f"meta l4proto udp dnat to {row['to-addresses']}{port}" if port else f"dnat to {row['to-addresses']}"
            ]
    raise ValueError(row["action"])


def rules(rows, devices):
    """The words of `ip rule add`, in order."""
    for number, (name, mark) in enumerate(MARKS.items()):
        if name in TABLES:
            yield f"pref {10 + number} fwmark {mark} lookup {mark}"
    yield "pref 20 lookup local"
    for at, row in enumerate(rows.get("/routing/rule", ())):
        asked = []
        if "src-address" in row:
            asked.append(f"from {row['src-address']}")
        if "dst-address" in row:
            asked.append(f"to {row['dst-address']}")
        if "interface" in row:
            asked.append(f"iif {devices[row['interface']]}")
        if "routing-mark" in row:
            asked.append(f"fwmark {MARKS[row['routing-mark']]}")
        table = "main" if row.get("table", "main") == "main" else MARKS[row["table"]]
        words = " ".join(asked)
        action = row.get("action", "lookup")
        if action == "drop":
            yield f"pref {100 + 2 * at} {words} type blackhole"
            continue
        least = f" suppress_prefixlength {row['min-prefix']}" if "min-prefix" in row else ""
        yield f"pref {100 + 2 * at} {words} lookup {table}{least}"
        if action == "lookup-only-in-table":
            yield f"pref {101 + 2 * at} {words} type unreachable"


def routes(rows, devices):
    """The words of `ip route add`; connected ones the kernel makes itself."""
    for row in rows.get("/ip/route", ()):
        table = row.get("routing-table", "main")
        way = f"table {'main' if table == 'main' else MARKS[table]} metric {row.get('distance', '1')}"
        if "blackhole" in row:
            yield f"blackhole {row['dst-address']} {way}"
            continue
        gateway = row["gateway"]
        to = f"dev {devices[gateway]}" if gateway in devices else f"via {gateway}"
        yield f"{row['dst-address']} {to} {way}"
