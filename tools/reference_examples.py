"""An example for each public name whose own docstring has none: arguments, references, places, small values.

Rule: each of these runs as it stands, with the names of `BEFORE`; a test runs them, and pyright reads them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BEFORE", "EXAMPLES"]

_KEY: Final = '"dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="'

BEFORE: Final = {
    **dict.fromkeys(("ANNA", "BERT", "HUB", "LAPTOP", "OFFICE", "OFFICE_KEY", "PHONE"), _KEY),
    "bogons": '"bogons"',
    "config": "pulumi.Config()",
    "lan": 'wt.Lan("bridge", "192.168.88.0/24")',
    "wg0": 'wt.WireGuardInterface("wg0")',
    "wg1": 'wt.WireGuardInterface("wg1", listen_port=13232)',
    "vpn": 'wt.RoutingTable("vpn")',
    "office": f'wt.TunnelPeer("office", {_KEY}, ["10.20.0.0/24"], endpoint="a.example.com:51820")',
    "phone": f'wt.MeshClient("phone", "10.99.0.3", {_KEY})',
    "tunnel": 'wt.Tunnel("tunnel", wt.TunnelArgs("wg1", address="10.99.0.1/24"))',
    "mesh": """wt.RelayMesh("mesh", wt.RelayMeshArgs(
    endpoint="router.example.com:51820", address="10.99.0.1/24",
    clients=[wt.MeshClient("phone", "10.99.0.3", private_key=wt.WireGuardKey("phone-key").private_key),
             wt.MeshClient("laptop", "10.99.0.2", private_key=wt.WireGuardKey("key").private_key, exit_node=True)]))""",
    **{
        name: f"""wt.SiteEnd("{name}", lan=wt.Lan("bridge", "192.168.{number}.0/24"), address="10.255.0.{number}/24",
    endpoint="{name}.example.com:51820")"""
        for number, name in enumerate(("berlin", "lisbon", "porto"), 1)
    },
}
"""What an example may lean on, by its name. Whoever runs one defines what it uses and doesn't define itself."""

_INTERFACES: Final = {
    "InterfaceRef": """\
wt.IpAddress("wg1-address", address="10.20.0.2/24", interface=wg1)
wt.IpAddress("lan-address", address="192.168.88.1/24", interface="bridge")""",
    "ListRef": """\
inside = wt.InterfaceList("inside")
wt.FilterRule("dns", chain="input", in_interface_list=inside, protocol="udp", dst_port=53, action="accept")
wt.FilterRule("no-dns", chain="input", in_interface_list="WAN", protocol="udp", dst_port=53, action="drop")""",
    "WireGuardInterfaceArgs": """\
office: wt.WireGuardInterfaceArgs = {"listen_port": 13233, "mtu": 1380, "comment": "office"}
wt.WireGuardInterface("wg2", **office)""",
    "InterfaceListArgs": """\
inside: wt.InterfaceListArgs = {"include": ["LAN"], "comment": "who may ask the router"}
wt.InterfaceList("inside", **inside)""",
    "PeerArgs": """\
office: wt.PeerArgs = {"interface": wg1, "public_key": OFFICE, "allowed_address": ["10.20.0.0/24"]}
office["persistent_keepalive"] = "25s"
wt.Peer("office", **office)""",
    "InterfaceListMemberArgs": """\
member: wt.InterfaceListMemberArgs = {"list": "LAN", "interface": wg1}
wt.InterfaceListMember("lan-wg1", **member)""",
    "IpAddressArgs": """\
address: wt.IpAddressArgs = {"address": "10.20.0.2/24", "interface": wg1}
wt.IpAddress("wg1-address", **address)""",
    "RouteArgs": """\
office: wt.RouteArgs = {"dst_address": "172.16.50.0/24", "gateway": wg1, "comment": "office"}
wt.Route("office", **office)""",
    "DnsArgs": """\
dns: wt.DnsArgs = {"servers": ["10.8.1.1"], "allow_remote_requests": True}
wt.Dns("dns", **dns)""",
    "TableRef": """\
table = wt.RoutingTable("provider")
wt.Route("provider", dst_address="0.0.0.0/0", gateway=wg0, routing_table=table)
wt.Route("office", dst_address="172.16.50.0/24", gateway=wg1, routing_table="main")""",
    "RoutingTableArgs": """\
table: wt.RoutingTableArgs = {"fib": True, "comment": "by the provider"}
wt.RoutingTable("provider", **table)""",
    "RoutingChainRule": """\
guests: wt.RoutingChainRule = {"src_address": "192.168.20.0/24", "action": "lookup", "table": vpn}
wt.RoutingRuleChain("rules", rules={"guests": guests})""",
    "RoutingRuleArgs": """\
guests: wt.RoutingRuleArgs = {"src_address": "192.168.20.0/24", "action": "lookup", "table": vpn}
wt.RoutingRule("guests", **guests)""",
    "Ipv6AddressArgs": """\
address: wt.Ipv6AddressArgs = {"address": "fd00:20::2/64", "interface": wg1, "advertise": False}
wt.Ipv6Address("wg1-address", **address)""",
    "Ipv6RouteArgs": """\
office: wt.Ipv6RouteArgs = {"dst_address": "fd00:50::/64", "gateway": wg1}
wt.Ipv6Route("office", **office)""",
}

_RULES: Final = {
    "FirewallRuleArgs": """\
place: wt.FirewallRuleArgs = {"chain": "forward", "position": wt.BEFORE_DROP}
office: wt.FilterRuleArgs = {"in_interface": wg1, "action": "accept", **place}
wt.FilterRule("office", **office)""",
    "PacketMatchers": """\
smtp: wt.PacketMatchers = {"protocol": "tcp", "dst_port": 25, "out_interface_list": "WAN"}
wt.FilterRule("no-smtp", chain="forward", action="drop", **smtp)""",
    "Matchers": """\
much: wt.Matchers = {"protocol": "tcp", "connection_bytes": "100000000-0"}
wt.MangleRule("much", chain="forward", action="mark-packet", new_packet_mark="much", **much)""",
    "StatefulMatchers": """\
known: wt.StatefulMatchers = {"connection_state": ["established", "related"]}
wt.FilterRule("known", chain="forward", action="accept", position=wt.FIRST, **known)""",
    "Ipv6PacketMatchers": """\
far: wt.Ipv6PacketMatchers = {"protocol": "icmpv6", "hop_limit": "less-than:255"}
wt.Ipv6FilterRule("far", chain="input", action="drop", **far)""",
    "Ipv6Matchers": """\
much: wt.Ipv6Matchers = {"protocol": "tcp", "connection_bytes": "100000000-0"}
wt.Ipv6MangleRule("much", chain="forward", action="mark-packet", new_packet_mark="much", **much)""",
    "Ipv6StatefulMatchers": """\
known: wt.Ipv6StatefulMatchers = {"connection_state": ["established", "related"]}
wt.Ipv6FilterRule("known", chain="forward", action="accept", position=wt.FIRST, **known)""",
    "FilterChainRule": """\
dns: wt.FilterChainRule = {"protocol": "udp", "dst_port": 53, "action": "accept"}
wt.FilterChain("guests", chain="guests", rules={"dns": dns, "rest": {"action": "drop"}})""",
    "FilterRuleArgs": """\
office: wt.FilterRuleArgs = {"chain": "forward", "in_interface": wg1, "action": "accept"}
office["log_prefix"] = "office"
wt.FilterRule("office", **office)""",
    "NatChainRule": """\
shop: wt.NatChainRule = {"protocol": "tcp", "dst_port": 443, "action": "dst-nat"}
shop["to_addresses"] = "192.168.88.10"
wt.NatChain("published", chain="dstnat", rules={"shop": shop})""",
    "NatRuleArgs": """\
out: wt.NatRuleArgs = {"chain": "srcnat", "action": "masquerade", "out_interface": wg0}
wt.NatRule("out", **out)""",
    "MangleChainRule": """\
mark: wt.MangleChainRule = {"action": "mark-routing", "new_routing_mark": vpn, "passthrough": False}
wt.MangleChain("marks", chain="prerouting", rules={"guests": {"src_address": "192.168.20.0/24", **mark}})""",
    "MangleRuleArgs": """\
mark: wt.MangleRuleArgs = {"chain": "prerouting", "action": "mark-routing", "new_routing_mark": vpn}
mark["src_address"] = "192.168.20.0/24"
wt.MangleRule("guests", **mark)""",
    "RawChainRule": """\
drop: wt.RawChainRule = {"in_interface_list": "WAN", "action": "drop"}
wt.RawChain("early", chain="prerouting", rules={"bogons": {"src_address_list": bogons, **drop}})""",
    "RawRuleArgs": """\
drop: wt.RawRuleArgs = {"chain": "prerouting", "in_interface_list": "WAN", "action": "drop"}
drop["src_address_list"] = bogons
wt.RawRule("bogons", **drop)""",
    "Ipv6FilterChainRule": """\
ping: wt.Ipv6FilterChainRule = {"protocol": "icmpv6", "action": "accept"}
wt.Ipv6FilterChain("guests", chain="guests", rules={"ping": ping, "rest": {"action": "drop"}})""",
    "Ipv6FilterRuleArgs": """\
office: wt.Ipv6FilterRuleArgs = {"chain": "forward", "in_interface": wg1, "action": "accept"}
office["log_prefix"] = "office"
wt.Ipv6FilterRule("office", **office)""",
    "Ipv6NatChainRule": """\
out: wt.Ipv6NatChainRule = {"action": "masquerade", "out_interface": wg0}
wt.Ipv6NatChain("out", chain="srcnat", rules={"provider": out})""",
    "Ipv6NatRuleArgs": """\
out: wt.Ipv6NatRuleArgs = {"chain": "srcnat", "action": "masquerade", "out_interface": wg0}
wt.Ipv6NatRule("out", **out)""",
    "Ipv6MangleChainRule": """\
mark: wt.Ipv6MangleChainRule = {"action": "mark-routing", "new_routing_mark": vpn}
wt.Ipv6MangleChain("marks", chain="prerouting", rules={"guests": {"src_address": "fd00:20::/64", **mark}})""",
    "Ipv6MangleRuleArgs": """\
mark: wt.Ipv6MangleRuleArgs = {"chain": "prerouting", "action": "mark-routing", "new_routing_mark": vpn}
mark["src_address"] = "fd00:20::/64"
wt.Ipv6MangleRule("guests", **mark)""",
    "Ipv6RawChainRule": """\
drop: wt.Ipv6RawChainRule = {"in_interface_list": "WAN", "action": "drop"}
wt.Ipv6RawChain("early", chain="prerouting", rules={"ours": {"src_address": "fd00::/8", **drop}})""",
    "Ipv6RawRuleArgs": """\
drop: wt.Ipv6RawRuleArgs = {"chain": "prerouting", "in_interface_list": "WAN", "action": "drop"}
drop["src_address"] = "fd00::/8"
wt.Ipv6RawRule("ours", **drop)""",
}

_BLOCKS: Final = {
    "NatChain": """\
wt.NatChain(
    "published",
    chain="dstnat",
    rules={
        "shop": {"in_interface_list": "WAN", "protocol": "tcp", "dst_port": 443,
                 "action": "dst-nat", "to_addresses": "192.168.88.10"},
        "mail": {"in_interface_list": "WAN", "protocol": "tcp", "dst_port": "25,587",
                 "action": "dst-nat", "to_addresses": "192.168.88.11"},
    },
)""",
    "MangleChain": """\
wt.MangleChain(
    "marks",
    chain="prerouting",
    rules={
        "ours": {"dst_address_list": "noVPN", "action": "accept"},
        "lan": {"in_interface": "bridge", "action": "mark-routing", "new_routing_mark": vpn, "passthrough": False},
    },
)""",
    "RawChain": """\
wt.RawChain(
    "early",
    chain="prerouting",
    rules={
        "monitor": {"src_address": "198.51.100.20", "action": "accept"},
        "bogons": {"in_interface_list": "WAN", "src_address_list": bogons, "action": "drop"},
    },
)""",
    "Ipv6FilterChain": """\
wt.Ipv6FilterChain(
    "guests",
    chain="forward",
    rules={
        "dns": {"in_interface": "guests", "protocol": "udp", "dst_port": 53, "action": "accept"},
        "lan": {"in_interface": "guests", "out_interface_list": "LAN", "action": "drop"},
    },
    position=wt.BEFORE_DROP,
)""",
    "Ipv6NatChain": """\
wt.Ipv6NatChain("out", chain="srcnat", rules={"out": {"out_interface": wg0, "action": "masquerade"}})""",
    "Ipv6MangleChain": """\
wt.Ipv6MangleChain(
    "marks",
    chain="prerouting",
    rules={
        "ours": {"dst_address": "fd00::/8", "action": "accept"},
        "lan": {"in_interface": "bridge", "action": "mark-routing", "new_routing_mark": vpn, "passthrough": False},
    },
)""",
    "Ipv6RawChain": """\
wt.Ipv6RawChain("early", chain="prerouting", rules={
    "ours": {"in_interface_list": "WAN", "src_address": "fd00::/8", "action": "drop"},
})""",
    "RoutingRuleChain": """\
wt.RoutingRuleChain(
    "rules",
    rules={
        "local": {"action": "lookup", "table": "main", "min_prefix": 0},
        "guests": {"src_address": "192.168.20.0/24", "action": "lookup-only-in-table", "table": vpn},
    },
)""",
}

_LISTS_AND_PLACES: Final = {
    "AddressListRef": """\
partners = wt.AddressList("partners", entries=["198.51.100.0/24"])
wt.FilterRule("partners", chain="input", src_address_list=partners, action="accept", position=wt.BEFORE_DROP)
wt.FilterRule("blocked", chain="input", src_address_list="blocked", action="drop", position=wt.FIRST)""",
    "Ipv6AddressListRef": """\
partners = wt.Ipv6AddressList("partners", entries=["2001:db8:7::/48"])
wt.Ipv6FilterRule("partners", chain="input", src_address_list=partners, action="accept", position=wt.BEFORE_DROP)""",
    "Entry": """\
wt.AddressList("blocked", entries=[
    wt.Entry("198.51.100.7", comment="guesses passwords", timeout="1d"),
    wt.Entry("example.net", disabled=True),
])""",
    "entries_from_file": """\
wt.AddressList("blocked", entries=wt.entries_from_file("blocked.txt"))""",
    "AddressList": """\
local = [wt.Entry("192.168.88.0/24", comment="LAN"), "10.20.0.0/24", "intranet.example.com"]
wt.AddressList("no-vpn", list="noVPN", entries=local)""",
    "Ipv6AddressList": """\
wt.Ipv6AddressList("no-vpn", list="noVPN", entries=["fd00:88::/64", "2001:db8:7::/48"])""",
    "FIRST": """\
wt.FilterRule("blocked", chain="input", src_address_list="blocked", action="drop", position=wt.FIRST)""",
    "LAST": """\
wt.FilterRule("rest", chain="forward", action="drop", log=True, position=wt.LAST)""",
    "BEFORE_DROP": """\
wt.FilterRule("office", chain="forward", in_interface=wg1, action="accept", position=wt.BEFORE_DROP)""",
    "BEFORE_FASTTRACK": """\
wt.FilterRule(
    "answers", chain="forward", in_interface=wg0, connection_state=["established", "related"], action="accept",
    position=wt.BEFORE_FASTTRACK,
)""",
    "Match": """\
drop = wt.Match(comment="defconf: drop all not coming from LAN")
wt.FilterRule("monitor", chain="input", src_address="198.51.100.20", action="accept", position=wt.Before(drop))""",
    "Position": """\
place: wt.Position = wt.BEFORE_DROP
wt.FilterRule("in", chain="forward", in_interface=wg1, action="accept", position=place)
wt.FilterRule("out", chain="forward", out_interface=wg1, action="accept", position=place)""",
    "Before": """\
drop = wt.FilterRule("rest", chain="forward", in_interface=wg1, action="drop", position=wt.BEFORE_DROP)
wt.FilterRule("backup", chain="forward", in_interface=wg1, dst_address="192.168.88.10", action="accept",
              position=wt.Before(drop))""",
    "After": """\
first = wt.FilterRule("log", chain="input", in_interface_list="WAN", action="log", position=wt.FIRST)
wt.FilterRule("drop", chain="input", in_interface_list="WAN", action="drop", position=wt.After(first))""",
}

_ROUTERS: Final = {
    "IdentityArgs": """\
named: wt.IdentityArgs = {"name": "home"}
wt.Identity("identity", **named)""",
    "SchedulerArgs": """\
nightly: wt.SchedulerArgs = {"interval": "1d", "start_time": "03:00:00", "policy": ["read", "write"]}
nightly["on_event"] = "backup"
wt.Scheduler("backup", **nightly)""",
    "ScriptArgs": """\
hello: wt.ScriptArgs = {"source": ':log info "hello"', "policy": ["read"]}
wt.Script("hello", **hello)""",
    "Router": """\
berlin, lisbon = wt.Router("berlin"), wt.Router("lisbon")  # wiretik:routers says where they are
wt.Identity("berlin", name="berlin", router=berlin)
wt.Identity("lisbon", name="lisbon", router=lisbon)""",
    "Row": """\
theirs = wt.WireGuardInterface.get("theirs", "wg9")
pulumi.export("their-key", theirs.public_key)""",
    "Not": """\
inside = wt.InterfaceList("inside")
wt.FilterRule("outside", chain="input", in_interface_list=wt.Not(inside), action="drop")""",
    "RowArgs": """\
berlin: wt.RowArgs = {"router": "berlin", "adopt": True}
wt.IpAddress("lan-address", address="192.168.88.1/24", interface="bridge", **berlin)""",
}

_COMPONENTS: Final = {
    "AlwaysOnVpnArgs": """\
by_file = wt.AlwaysOnVpnArgs("wg2", lan=lan, conf=config.require_secret("vpn-conf"), ipv6=True)
by_values = wt.AlwaysOnVpnArgs(
    "wg2", lan=lan, address="10.8.0.2/32", gateway="10.8.1.1", public_key=HUB, endpoint="198.51.100.9:51820",
    except_clients=["192.168.88.50"], keep=["203.0.113.0/24"])
wt.AlwaysOnVpn("vpn", by_values)""",
    "ProfileMode": """\
office = wt.ProfileMode(["10.20.0.0/24", "172.16.50.0/24"])
everything = wt.ProfileMode(["0.0.0.0/0", "::/0"], dns=["9.9.9.9"])""",
    "ClientProfileArgs": """\
phone = wt.ClientProfileArgs(
    address="10.99.0.3/24", endpoint="router.example.com:51820", public_key=wg1.public_key,
    modes={"all": wt.ProfileMode(["0.0.0.0/0", "::/0"], ["9.9.9.9"])})
wt.ClientProfile("phone", phone)""",
    "SiteEnd": """\
berlin = wt.SiteEnd("berlin", lan=wt.Lan("bridge", "192.168.88.0/24"), address="10.255.0.1/30",
                    endpoint="berlin.example.com:51820")
# behind CGNAT: it calls
cabin = wt.SiteEnd("cabin", lan=wt.Lan("bridge", "192.168.89.0/24"), address="10.255.0.2/30")
wt.SiteToSite("link", wt.SiteToSiteArgs(a=berlin, b=cabin))""",
    "Firewall": """\
wt.MeshClient("laptop", "10.99.0.2", LAPTOP, exit_node=True, outgoing="eth0", firewall=wt.Firewall.NFTABLES)""",
    "Forward": """\
torrent = wt.Forward(51413, "192.168.88.50", protocol="both")
shop = wt.Forward("8443", "192.168.88.10", to_port=443, hairpin="203.0.113.2", lan=lan)
wt.Tunnel("server", wt.TunnelArgs("wg2", address="10.20.0.2/24", forwards=[torrent, shop], peers=[
    wt.TunnelPeer("server", HUB, ["10.20.0.0/24"], endpoint="server.example.com:51820")]))""",
    "User": """\
anna = wt.User("anna", "10.9.0.2", ANNA)
bert = wt.User("bert", "10.9.0.3", private_key=wt.WireGuardKey("bert-key").private_key)""",
    "Group": """\
sales = wt.Group("sales", [wt.User("bert", "10.9.0.3", BERT)], reaches=["192.168.88.20"], internet=True)""",
    "RoadWarriorsArgs": """\
staff = wt.RoadWarriorsArgs(
    endpoint="vpn.example.com:13231", address="10.9.0.1/24", dns=["10.9.0.1"],
    groups=[wt.Group("admins", [wt.User("anna", "10.9.0.2", ANNA)], reaches=["192.168.88.0/24"], router=True)])
wt.RoadWarriors("staff", staff)""",
    "Lan": """\
home = wt.Lan("bridge", "192.168.88.0/24")
both = wt.Lan("bridge", ["192.168.88.0/24", "fd00:88::/64"])""",
    "MeshClient": """\
laptop = wt.MeshClient("laptop", "10.99.0.2", LAPTOP, exit_node=True, lan=["192.168.10.0/24"])
phone = wt.MeshClient("phone", "10.99.0.3", private_key=wt.WireGuardKey("phone-key").private_key)""",
    "RelayMeshArgs": """\
mesh = wt.RelayMeshArgs(
    "wg-mesh", endpoint="router.example.com:51820", address="10.99.0.1/24", lan=lan, full_tunnel=True,
    dns=["10.99.0.1"], clients=[wt.MeshClient("phone", "10.99.0.3", PHONE)])
wt.RelayMesh("mesh", mesh)""",
    "QrFormat": """\
mesh = wt.RelayMesh("mesh", wt.RelayMeshArgs(
    endpoint="router.example.com:51820", address="10.99.0.1/24", clients=[
        wt.MeshClient("phone", "10.99.0.3", private_key=wt.WireGuardKey("phone-key").private_key)]))
pulumi.export("qr", wt.qr_code(mesh.profiles["phone"]["normal"], wt.QrFormat.PNG))""",
    "Refusal": """\
try:
    wt.Tunnel("office", wt.TunnelArgs("wg2", address="10.20.0.2"))
except wt.Refusal as refusal:
    pulumi.log.warn(f"no office: {refusal}")""",
    "SiteArgs": """\
home = wt.SiteArgs(
    lan=wt.Lan("bridge", "192.168.88.0/24"),
    tunnels=[wt.TunnelArgs("wg2", address="10.20.0.2/24", peers=[
        wt.TunnelPeer("office", OFFICE, ["10.20.0.0/24"], endpoint="office.example.com:51820")])],
    vlans={"guests": wt.VlanArgs(20, "192.168.20.1/24", access=["ether5"], guest=True)},
)
wt.Site("home", home)""",
    "SiteToSiteArgs": """\
link = wt.SiteToSiteArgs(
    a=wt.SiteEnd("berlin", lan=wt.Lan("bridge", "192.168.88.0/24"), address="10.255.0.1/30",
                 endpoint="berlin.example.com:51820"),
    b=wt.FarEnd("lisbon", public_key=HUB, address="10.255.0.2/30", lan=["192.168.89.0/24"]),  # another stack's
)
wt.SiteToSite("link", link)""",
    "SiteMeshArgs": """\
sites = [
    wt.SiteEnd(name, lan=wt.Lan("bridge", f"192.168.{number}.0/24"), address=f"10.255.0.{number}/24",
               endpoint=f"{name}.example.com:51820")
    for number, name in enumerate(["berlin", "lisbon", "porto"], 1)
]
wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=sites))""",
    "TunnelPeer": """\
office = wt.TunnelPeer("office", OFFICE, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="a.example.com:51820")
anna = wt.TunnelPeer("anna", ANNA, ["10.20.0.9/32"])  # without an endpoint: she calls us""",
    "TunnelArgs": """\
office = wt.TunnelArgs("wg2", address="10.20.0.2/24", inbound=False, peers=[
    wt.TunnelPeer("office", OFFICE, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="office.example.com:51820")])
wt.Tunnel("office", office)""",
    "BridgedLanArgs": """\
link = wt.SiteToSite("link", wt.SiteToSiteArgs(
    a=wt.SiteEnd("berlin", address="10.255.0.1/30", endpoint="berlin.example.com:51820"),
    b=wt.SiteEnd("lisbon", address="10.255.0.2/30")))
printers = wt.BridgedLanArgs(link, bridge={"berlin": "printers", "lisbon": "bridge2"}, vni=7, dhcp=True)
wt.BridgedLan("printers", printers)""",
    "UplinksArgs": """\
lines = wt.UplinksArgs(lan=wt.Lan("bridge", "192.168.88.0/24"), wans=[
    wt.Wan("ether1", gateway="203.0.113.1", check=["1.0.0.1", "8.8.4.4"]),
    wt.Wan("pppoe-out1", check=["9.9.9.10", "208.67.222.222"])])
wt.Uplinks("lines", lines)""",
    "Wan": """\
fibre = wt.Wan("ether1", gateway="203.0.113.1", check=["1.0.0.1", "8.8.4.4"], dhcp=True)
spare = wt.Wan("pppoe-out1", check=["9.9.9.10", "208.67.222.222"])""",
    "Ssid": """\
known = wt.Ssid("Cafe", "wifi1", passphrase=pulumi.Config().require_secret("wifi"))
old = wt.Ssid("Cafe", "wlan1", passphrase=pulumi.Config().require_secret("wifi"), driver="wireless")
wt.Vlan("guests", wt.VlanArgs(20, "192.168.20.1/24", ssids=[known, old], guest=True))""",
    "VlanArgs": """\
staff = wt.VlanArgs(10, "192.168.10.1/24", access=["ether3"], trunks=["ether2"])
cameras = wt.VlanArgs(30, "192.168.30.1/24", access=["ether4"], dhcp=False, lists=[])
wt.Vlan("staff", staff)
wt.Vlan("cameras", cameras)""",
}

EXAMPLES: Final = {**_INTERFACES, **_RULES, **_BLOCKS, **_LISTS_AND_PLACES, **_ROUTERS, **_COMPONENTS}
"""By the public name."""
