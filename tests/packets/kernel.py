"""Rows of a router made into a Linux host's nftables, rules, routes and addresses.

It reads rows its own way, so that tracer and kernel can't be wrong together. Where Linux differs from RouterOS:

- Linux looks into its `local` table before all rules; here it stands behind those of the marks, where RouterOS has it
  (docs/facts/packet-path.md#which-table: `mangle, vrf-lookup, vrf-unreach, local, user, main`).
- A routing mark is a number in the low byte of Linux's mark, a packet mark one in the byte above; RouterOS has both by
  name, and each mark has its table without a rule (docs/facts/packet-path.md).
- RouterOS's output decides twice, before and behind its chains (docs/facts/packet-path.md#packet-flow). So does Linux,
if a chain of type
  `route` changed the mark: all mangle rules of output are in one.
- Linux decides after mangle's output and again after NAT's; a way that ends at the first of the two ends there. In
  RouterOS's page one adjustment stands behind both, so there the tracer answers "unknown".
- Routes of one prefix at one distance are ECMP in RouterOS and an error in Linux: the lab has none.
- RouterOS finds a gateway's interface by the connected routes of main (docs/facts/menus.md#iproute), Linux by its rules
and the
  route's own table: here each route is given the interface whose network the gateway is in. One that is in none, or
  whose interface is off, is inactive there and left out here.
- A service that is off, or on for some addresses only, refuses behind the firewall (docs/facts/api.md#the-service): a
chain apart.
- FastTrack: this kernel has no flowtable, its rule is left out, and connections pass all rules. What RouterOS does is
  from its documents only (docs/facts/packet-path.md#fasttrack), and the tracer says so.
- IPsec: there is none; a rule for it matches nothing, and one for all else everything.
- WireGuard is wireguard-go. It tells a sender whom no peer is there for nothing, where the kernel's answers with "host
  unreachable" (docs/facts/wireguard.md#many-peers); what leaves is the same. Keys are the lab's own.
- `min-prefix` is Linux's suppress_prefixlength (docs/facts/packet-path.md#which-table); of blackholes Linux suppresses
none, and what
  RouterOS does no source says, so there the tracer answers "unknown".
- What isn't tracked has no mark and no NAT that could be compared: nft's matchers of both never match, negated or not.
  What RouterOS's do no source says, so there the tracer answers "unknown".
- Linux's IPv6 chooses the source of what it masquerades among all of the router's addresses, and for what is for one of
  them takes that very one (RFC 6724 4 and 5 leave that to routers), so there the tracer tells no source.
- Nobody asks for a neighbour: wires have no ARP and no neighbour discovery, and no interface gives itself an address.
- A program that connects is routed again with the source that it got, a datagram isn't; what RouterOS's programs do no
  source says, so where it matters the tracer answers "unknown".
- nft 1.0.6 makes one comparison of two, of `!=` too, and then matches where only one of them holds; of sets it doesn't,
  so what is negated is a set, with an address or a port besides that no packet has.
"""

import ipaddress
from typing import NamedTuple

LAB = """
table {ip} lab {
set probes { type inet_proto . {ip_addr} . {ip_addr} . inet_service . inet_service; size 65535; flags dynamic; }
set pings { typeof {icmp} type . {ip} saddr . {ip} daddr . {icmp} id; size 65535; flags dynamic; }
chain services {
type filter hook input priority 200; policy accept;
@@
}
chain input {
type filter hook input priority 500; policy accept;
ct state new counter
meta l4proto { tcp, udp } th sport 20000-49999 add @probes \
{ meta l4proto . {ip} saddr . {ip} daddr . th sport . th dport }
{icmp} type echo-request add @pings { {icmp} type . {ip} saddr . {ip} daddr . {icmp} id }
}
}
"""
"""What gets to the router itself, behind all rules."""


class Family(NamedTuple):
    """IPv4 or IPv6 in the words of the router and of Linux."""

    version: int
    menu: str
    ip: str
    ip_addr: str
    nobody: str
    icmp: str
    to: str
    everywhere: str
    unreachable: str

    def words(self, text):
        """A text of nft with this family's words in it."""
        for name in ("ip_addr", "ip", "icmp"):
            text = text.replace("{" + name + "}", getattr(self, name))
        return text


FOUR = Family(4, "/ip", "ip", "ipv4_addr", "0.0.0.0", "icmp", "to-addresses", "0.0.0.0/0", "icmp type net-unreachable")
SIX = Family(6, "/ipv6", "ip6", "ipv6_addr", "::", "icmpv6", "to-address", "::/0", "icmpv6 type no-route")


def families(rows):
    """Those that a router has."""
    return (FOUR, SIX) if any(path.startswith("/ipv6/") for path in rows) else (FOUR,)


def is_six(text):
    return ":" in text


def is_address(text):
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def is_of(family, text):
    """Whether an address or a prefix is of a family."""
    return is_six(text) is (family is SIX)


BASES = {
    ("raw", "prerouting"): "type filter hook prerouting priority -300",
    ("raw", "output"): "type filter hook output priority -300",
    ("mangle", "prerouting"): "type filter hook prerouting priority -150",
    ("mangle", "input"): "type filter hook input priority -150",
    ("mangle", "forward"): "type filter hook forward priority -150",
    ("mangle", "output"): "type route hook output priority -150",
    ("mangle", "postrouting"): "type filter hook postrouting priority -150",
    ("nat", "dstnat"): "type nat hook prerouting priority -100",
    ("nat", "output"): "type nat hook output priority -100",
    ("nat", "input"): "type nat hook input priority 100",
    ("nat", "srcnat"): "type nat hook postrouting priority 100",
    ("filter", "input"): "type filter hook input priority 0",
    ("filter", "forward"): "type filter hook forward priority 0",
    ("filter", "output"): "type filter hook output priority 0",
}
TABLES = ("raw", "mangle", "nat", "filter")
SPARED = "udp sport 51820-51829 udp dport 51820-51829 accept"
"""The tunnels' own packets, where random rules must not end the tunnels."""
FIRST = 81
"""The number of the first routing table beside main."""


def on(rows, path):
    return [row for row in rows.get(path, ()) if row.get("disabled") not in ("true", "yes")]


def numbers(rows):
    """The number of each routing table beside main, which is its mark's, too."""
    tables = [row["name"] for row in rows.get("/routing/table", ()) if row["name"] != "main"]
    return {name: FIRST + at for at, name in enumerate(tables)}


class Names:
    """What stands in nft for RouterOS's names of interfaces, interface lists and marks.

    Args:
        rows: by menu.
        devices: the kernel's names of the interfaces.
        family: whose rules.
    """

    def __init__(self, rows, devices, family):
        self.family = family
        self.routing = {**numbers(rows), "no-mark": 0, "main": 0}
        self.devices = devices
        self.members = {}
        for row in on(rows, "/interface/list/member"):
            self.members.setdefault(row["list"], []).append(devices.get(row["interface"], row["interface"]))
        for row in rows.get("/interface/list", ()):
            for part in filter(None, row.get("include", "").split(",")):
                self.members.setdefault(row["name"], []).extend(self.members.get(part, ()))
        self._marks = {"no-mark": 0}

    def mark(self, name):
        """The number of a packet mark or a connection mark."""
        return self._marks.setdefault(name, len(self._marks))


def ruleset(rows, devices, *, spare=False):
    """The text for `nft -f`.

    Args:
        rows: by menu.
        devices: the kernel's names of the interfaces.
        spare: whether the tunnels' own packets pass all rules.
    """
    out = ["flush ruleset"]
    for family in families(rows):
        names = Names(rows, devices, family)
        out.append(family.words(LAB).replace("@@", "\n".join(services(rows, family))))
        for table in TABLES:
            if found := on(rows, f"{family.menu}/firewall/{table}"):
                out += [f"table {family.ip} {table} {{", *sets(found, rows, family)]
                out += [*chains(table, found, names, spare=spare), "}"]
    return "\n".join(out) + "\n"


def sets(rules, rows, family):
    """The address lists that rules ask for."""
    for name in sorted({row[name].removeprefix("!") for row in rules for name in LISTED if name in row}):
        held = [row["address"] for row in on(rows, f"{family.menu}/firewall/address-list") if row["list"] == name]
        elements = f"elements = {{ {', '.join(held)} }}\n" if held else ""
        yield f"set {name} {{\ntype {family.ip_addr}\nflags interval\nauto-merge\n{elements}}}"


def chains(table, rules, names, *, spare):
    """The chains of one table with their rules."""
    found = dict.fromkeys(row["chain"] for row in rules)
    found |= dict.fromkeys(row["jump-target"] for row in rules if row.get("action") == "jump")
    # A chain must be there before another jumps to it.
    yield from (f"chain {chain} {{\n}}" for chain in found if (table, chain) not in BASES)
    for chain in found:
        yield f"chain {chain} {{"
        if base := BASES.get((table, chain)):
            yield f"{base}; policy accept;"
            if spare:
                yield SPARED
        for row in rules:
            if row["chain"] == chain and row.get("action") not in IDLE:
                yield " ".join([*matchers(row, names), *verdict(row, names)])
        yield "}"


def services(rows, family):
    for row in rows.get("/ip/service", ()):
        if row.get("proto", "tcp") != "tcp" or row.get("dynamic") == "true":
            continue
        if row.get("disabled") == "true":
            yield f"tcp dport {row['port']} reject with tcp reset"
        elif row.get("address"):
            listed = [text for text in row["address"].split(",") if is_of(family, text)]
            others = f"{family.ip} saddr != {{ {', '.join(listed)} }} " if listed else ""
            yield f"tcp dport {row['port']} {others}reject with tcp reset"


def matchers(row, names):
    """A rule's matchers as nft's; a matcher that isn't known here is an error, never left out."""
    for name, text in row.items():
        if name not in NOT_MATCHERS:
            sign, plain = ("!= ", text[1:]) if text.startswith("!") else ("", text)
            yield MATCHERS[name](sign, plain, row, names)


def _address(field):
    def matcher(sign, text, _, names):
        family = names.family
        return f"{family.ip} {field} " + (f"!= {{ {text}, {family.nobody} }}" if sign else text)

    return matcher


def _list(field):
    return lambda sign, text, _, names: f"{names.family.ip} {field} {sign}@{text}"


def _interface(field):
    return lambda sign, text, _, names: f'{field} {sign}"{names.devices.get(text, text)}"'


def _interfaces(field):
    def matcher(sign, text, _, names):
        told = ", ".join(f'"{one}"' for one in names.members.get(text, ["-"]))
        return f"{field} {sign}{{ {told} }}"

    return matcher


def _port(field):
    return lambda sign, text, row, _: f"{row['protocol']} {field} {sign}{{ {text}{', 0' if sign else ''} }}"


def _flags(_, __, row, ___):
    flags = row["tcp-flags"].split(",")
    asked = "|".join(flag.removeprefix("!") for flag in flags)
    wanted = "|".join(flag for flag in flags if not flag.startswith("!"))
    return f"tcp flags & ({asked}) == {wanted or '0x0'}"


def _icmp(_, text, __, names):
    kind, _, code = text.partition(":")
    icmp = names.family.icmp
    return f"{icmp} type {kind}" + (f" {icmp} code {code}" if code and code != "0-255" else "")


def _nat_state(sign, text, *_):
    bits = " | ".join({"dstnat": "dnat", "srcnat": "snat"}[one.removeprefix("!")] for one in text.split(","))
    return f"ct status & ({bits}) {'==' if sign else '!='} 0"


MATCHERS = {
    "src-address": _address("saddr"),
    "dst-address": _address("daddr"),
    "src-address-list": _list("saddr"),
    "dst-address-list": _list("daddr"),
    "in-interface": _interface("iifname"),
    "out-interface": _interface("oifname"),
    "in-interface-list": _interfaces("iifname"),
    "out-interface-list": _interfaces("oifname"),
    "protocol": lambda sign, text, *_: f"meta l4proto {sign}{text.removeprefix('ipsec-')}",
    "hop-limit": lambda _, text, *__: f"ip6 hoplimit {text.removeprefix('equal:')}",
    "src-port": _port("sport"),
    "dst-port": _port("dport"),
    "src-address-type": lambda sign, text, *_: f"fib saddr type {sign}{text}",
    "dst-address-type": lambda sign, text, *_: f"fib daddr type {sign}{text}",
    "connection-state": lambda sign, text, *_: f"ct state {sign}{{ {text} }}",
    "connection-nat-state": _nat_state,
    "connection-mark": lambda sign, text, _, names: f"ct mark {sign}{names.mark(text)}",
    "routing-mark": lambda sign, text, _, names: f"meta mark & 0xff {sign or '== '}{names.routing[text]}",
    "packet-mark": lambda sign, text, _, names: f"meta mark & 0xff00 {sign or '== '}{names.mark(text) << 8:#x}",
    "tcp-flags": _flags,
    "tcp-mss": lambda sign, text, *_: f"tcp option maxseg size {sign}{text}",
    "icmp-options": _icmp,
    "ipsec-policy": lambda _, text, *__: "meta l4proto 255" if text.endswith(",ipsec") else "",
}
LISTED = ("src-address-list", "dst-address-list")
NOT_MATCHERS = {
    *("action", "chain", "passthrough", "jump-target", "to-addresses", "to-ports", "comment", ".id", "disabled"),
    *("new-routing-mark", "new-connection-mark", "new-packet-mark", "new-mss", "reject-with", "to-address"),
    *("bytes", "packets", "dynamic", "invalid", "log", "log-prefix", ".nextid"),
}
IDLE = ("fasttrack-connection", "log", "passthrough")
REJECTIONS = {
    "icmp-network-unreachable": "icmp type net-unreachable",
    "icmp-no-route": "icmpv6 type no-route",
    "icmp-admin-prohibited": "icmp type admin-prohibited",
    "tcp-reset": "tcp reset",
}


def _mss(row, _):
    return f"tcp option maxseg size set {row['new-mss'].replace('clamp-to-pmtu', 'rt mtu')}"


def _to(row, names):
    """Where NAT leads to; with a port behind it an IPv6 address stands in brackets."""
    text = row.get(names.family.to, "")
    return f"[{text.removesuffix('/128')}]" if is_six(text) else text


def _to_ports(row):
    return f":{row['to-ports']}" if "to-ports" in row else ""


VERDICTS = {
    **{plain: lambda row, _: row["action"] for plain in ("drop", "return", "notrack", "masquerade")},
    "accept": lambda *_: "accept",
    "jump": lambda row, _: f"jump {row['jump-target']}",
    "reject": lambda row, names: (
        f"reject with {REJECTIONS[row['reject-with']] if 'reject-with' in row else names.family.unreachable}"
    ),
    "mark-routing": lambda row, names: (
        f"meta mark set meta mark & 0xffffff00 | {names.routing[row['new-routing-mark']]:#x}"
    ),
    "mark-packet": lambda row, names: (
        f"meta mark set meta mark & 0xffff00ff | {names.mark(row['new-packet-mark']) << 8:#x}"
    ),
    "mark-connection": lambda row, names: f"ct mark set {names.mark(row['new-connection-mark'])}",
    "change-mss": _mss,
    "src-nat": lambda row, names: f"snat to {_to(row, names)}",
    "dst-nat": lambda row, names: f"dnat to {_to(row, names)}{_to_ports(row)}",
    "redirect": lambda row, _: f"redirect to {_to_ports(row)}" if "to-ports" in row else "redirect",
}


def verdict(row, names):
    """What a rule does, in nft's words."""
    yield VERDICTS[row.get("action", "accept")](row, names)
    if row.get("passthrough") == "false":
        yield "accept"


ENDS = ("src-address", "dst-address")


def rules(rows, devices, family):
    """The words of `ip rule add`, in order."""
    tables = numbers(rows)
    for number in tables.values():
        yield f"pref {10 + number - FIRST} fwmark {number:#x}/0xff lookup {number}"
    yield "pref 50 lookup local"
    for at, row in enumerate(on(rows, "/routing/rule")):
        if row.get("inactive") == "true" or any(not is_of(family, row[name]) for name in ENDS if name in row):
            continue
        asked = []
        if "src-address" in row:
            asked.append(f"from {row['src-address']}")
        if "dst-address" in row:
            asked.append(f"to {row['dst-address']}")
        if "interface" in row:
            asked.append(f"iif {devices[row['interface']]}")
        if "routing-mark" in row:
            asked.append(f"fwmark {tables.get(row['routing-mark'], 0):#x}/0xff")
        table = tables.get(row.get("table", "main"), "main")
        words = " ".join(asked)
        action = row.get("action", "lookup")
        if action in ("drop", "unreachable"):
            yield f"pref {100 + 2 * at} {words} type {'blackhole' if action == 'drop' else 'unreachable'}"
            continue
        least = f" suppress_prefixlength {row['min-prefix']}" if row.get("min-prefix") else ""
        yield f"pref {100 + 2 * at} {words} lookup {table}{least}"
        # What min-prefix leaves out goes on with the next rule; where a table has none at all the tracer doesn't know.
        if action == "lookup-only-in-table" and not least:
            yield f"pref {101 + 2 * at} {words} type unreachable"
    yield "pref 32766 lookup main"


def routes(rows, devices, family):
    """The words of `ip route add`; connected ones the kernel makes itself.

    Several of one distance are one of several ways, among which a hash of both addresses chooses, as by default.
    """
    tables, ways = numbers(rows), {}
    for row in on(rows, f"{family.menu}/route"):
        silent = row.get("check-gateway", "none") != "none" and row.get("inactive") == "true"
        if row.get("connect") == "true" or silent:
            continue
        way = f"table {tables.get(row.get('routing-table', 'main'), 'main')} metric {row.get('distance', '1')}"
        to = row.get("dst-address", family.everywhere)
        if "blackhole" in row:
            yield f"blackhole {to} {way}"
            continue
        plain, _, device = row["gateway"].partition("@")[0].partition("%")
        source = f" src {row['pref-src']}" if row.get("pref-src") else ""
        hops = ways.setdefault(f"{to} {way}{source}", [])
        if plain in devices:
            hops.append(f"dev {devices[plain]}")
        elif device := device or _interface_to(rows, plain, family):
            hops.append(f"via {plain} dev {devices[device]} onlink")
    for words, hops in ways.items():
        yield from (
            [f"{words} {hop}" for hop in hops] if len(hops) < 2 else [f"{words} nexthop {' nexthop '.join(hops)}"]
        )


def _interface_to(rows, gateway, family):
    """The interface whose network an address is in, or to which a route leads for it alone."""
    for row in on(rows, f"{family.menu}/route"):
        if row.get("scope") == "10" and row.get("dst-address") in (f"{gateway}/32", f"{gateway}/128"):
            by = row["gateway"]
            return _interface_to(rows, by, family) if is_address(by) else by
    for row in on(rows, f"{family.menu}/address"):
        host, _, length = row["address"].partition("/")
        network = ipaddress.ip_network(f"{row.get('network') or host}/{length}", strict=False)
        if ipaddress.ip_address(gateway) in network:
            return row["interface"]
    return ""


def addresses(rows, devices):
    """The words of `ip addr add`; of IPv6 without those that each interface gives itself."""
    for row in on(rows, "/ipv6/address"):
        if not row["address"].startswith("fe80:"):
            yield f"{row['address']} dev {devices[row['interface']]} nodad"
    for row in on(rows, "/ip/address"):
        address = row["address"]
        if address.endswith("/32") and row.get("network") not in (None, address.partition("/")[0]):
            address = f"{address.partition('/')[0]} peer {row['network']}"
        yield f"{address} dev {devices[row['interface']]}"
