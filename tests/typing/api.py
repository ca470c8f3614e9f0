# pyright: strict, reportUnnecessaryTypeIgnoreComment=error
"""What users may write, and what a type checker must refuse: mypy and pyright read this file, nobody runs it.

A line with `type: ignore` must be an error; where it isn't, the checkers complain of the comment.
"""

from __future__ import annotations

from typing import assert_type

import pulumi

import wiretik as wt

config = pulumi.Config()
PUBLIC_KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="


def rows() -> None:
    """One of each, in the spellings that users come with."""
    wg0 = wt.WireGuardInterface("wg0")
    wg1 = wt.WireGuardInterface(
        "wg1",
        pulumi.ResourceOptions(protect=True),
        listen_port=13232,
        mtu="auto",
        private_key=config.get_secret("key"),
        comment=config.get("comment"),
        router="home",
        adopt=True,
    )
    assert_type(wg1.listen_port, pulumi.Output[int])
    assert_type(wg1.public_key, pulumi.Output[str])
    assert_type(wg1.name, pulumi.Output[str])
    listed = wt.InterfaceList("VPN")
    wt.InterfaceList("inside", include=[listed, "LAN"], exclude=listed)
    wt.Peer(
        "office",
        interface=wg1,
        public_key=wg0.public_key,
        allowed_address=["10.20.0.0/24", wg1.name.apply(str)],
        endpoint_address="server2.example.com",
        endpoint_port=51820,
        persistent_keepalive=25,
    )
    wt.Peer("text", interface="wg1", public_key=PUBLIC_KEY, allowed_address="10.0.0.0/8,10.1.0.0/16")
    wt.IpAddress("address", address="10.20.0.2/24", interface=wg1)
    vpn = wt.RoutingTable("vpn", fib=True)
    wt.Route("default", dst_address="0.0.0.0/0", gateway=wg0, routing_table=vpn)
    wt.Route("named", dst_address="10.0.0.0/8", gateway="10.0.0.1%ether1", distance=config.get_int("distance"))
    wt.Route("drop", dst_address="0.0.0.0/0", blackhole=True, routing_table="vpn")
    wt.RoutingRule("only", action="lookup-only-in-table", table=vpn, routing_mark=vpn, position=wt.FIRST)
    wt.InterfaceListMember("member", list=wt.InterfaceList("VPN", include=["LAN"]), interface=wg0)
    wt.Dns("dns", servers=["1.1.1.1"], cache_max_ttl="1d", allow_remote_requests=True)
    wt.Scheduler("job", interval="5m", on_event="job", policy=["read"])
    wt.Script("job", source=':log info "x"')
    wt.Identity("identity", name="home", router=wt.Router("home"))


def rules(wg0: wt.WireGuardInterface, vpn: wt.RoutingTable) -> None:
    """Rules, with their places."""
    allow = wt.FilterRule(
        "allow",
        chain="input",
        protocol="udp",
        dst_port=wg0.listen_port,
        in_interface_list="WAN",
        position=wt.BEFORE_DROP,
    )
    assert_type(allow.dst_port, pulumi.Output[str | None])
    assert_type(allow.disabled, pulumi.Output[bool])
    assert_type(allow.random, pulumi.Output[int | None])
    wt.FilterRule("states", chain="forward", connection_state=["new"], in_interface=wg0, position=wt.Before(allow))
    wt.FilterRule("after", chain="forward", dst_port=[53, 853], protocol=17, position=wt.After(wt.Match(comment="x")))
    wt.NatRule("out", chain="srcnat", action="masquerade", out_interface=wg0)
    wt.MangleRule(
        "mark",
        chain="prerouting",
        dst_address_list="!noVPN",
        src_address_list=wt.AddressList("lan", entries=["192.168.88.0/24"]),
        dst_address_type="!local",
        action="mark-routing",
        new_routing_mark=vpn,
        passthrough=False,
    )
    wt.MangleRule("mss", chain="forward", action="change-mss", new_mss="clamp-to-pmtu", protocol="tcp", tcp_flags="syn")


def ipv6(wg0: wt.WireGuardInterface, vpn: wt.RoutingTable) -> None:
    """The same for IPv6."""
    wt.Ipv6Address("own", address="fd00::2/64", interface=wg0, advertise=False)
    wt.Ipv6Address("pool", from_pool="isp", interface="bridge", eui_64=True)
    route = wt.Ipv6Route("default", dst_address="::/0", gateway=wg0, routing_table=vpn)
    assert_type(route.distance, pulumi.Output[int])
    lan = wt.Ipv6AddressList("lan", entries=["fd00:88::/64"])
    allow = wt.Ipv6FilterRule("allow", chain="input", protocol="icmpv6", src_address_list=lan, hop_limit="equal:255")
    wt.Ipv6NatRule("out", chain="srcnat", action="masquerade", out_interface=wg0, connection_state="new")
    wt.Ipv6MangleRule("mark", chain="prerouting", action="mark-routing", new_routing_mark=vpn, new_dscp=5)
    wt.Ipv6RawRule("raw", chain="prerouting", action="notrack", headers=["frag", "hop"])
    wt.Ipv6FilterChain("block", chain="forward", rules={"x": {"hop_limit": "less-than:5"}}, position=wt.Before(allow))
    wt.RoutingRuleChain("adopted", rules={"x": {"table": "vpn"}}, adopt=True)


def arguments_of_ones_own() -> None:
    """The properties as a value, for programs that put them together."""
    shared: wt.FilterRuleArgs = {"chain": "forward", "action": "accept"}
    shared["comment"] = "VPN"
    wt.FilterRule("shared", **shared)


def refused(vpn: wt.RoutingTable, rule: wt.FilterRule) -> None:
    """Each of these is a mistake that must not wait for a preview."""
    wt.WireGuardInterface("wg0", listenport=13232)  # type: ignore[call-arg]
    wt.WireGuardInterface("wg0", listen_port="many")  # type: ignore[arg-type]
    wt.WireGuardInterface("wg0", public_key=PUBLIC_KEY)  # type: ignore[call-arg]
    wt.WireGuardInterface("wg0", position=wt.FIRST)  # type: ignore[call-arg]
    wt.Peer("p", interface="wg0", public_key=PUBLIC_KEY)  # type: ignore[call-arg]
    wt.Peer("p", interface=vpn, public_key=PUBLIC_KEY, allowed_address=[])  # type: ignore[arg-type]
    wt.Peer("p", interface="wg0", public_key=None, allowed_address=[])  # type: ignore[arg-type]
    wt.Route("r", gateway="wg0")  # type: ignore[call-arg]
    wt.Route("r", dst_address="0.0.0.0/0", gateway=rule)  # type: ignore[arg-type]
    wt.Route("r", dst_address="0.0.0.0/0", blackhole="yes")  # type: ignore[arg-type]
    wt.FilterRule("f", action="drop")  # type: ignore[call-arg]
    wt.FilterRule("f", chain="input", position="first")  # type: ignore[arg-type]
    wt.FilterRule("f", chain="input", new_mss=1380)  # type: ignore[call-arg]
    wt.NatRule("n", chain="srcnat", connection_state="new")  # type: ignore[call-arg]
    wt.RoutingRule("r", table=rule)  # type: ignore[arg-type]
    wt.Identity("i")  # type: ignore[call-arg]
    wt.Dns("d", comment="none there")  # type: ignore[call-arg]
    wt.Ipv6FilterRule("f", chain="input", ttl="equal:1")  # type: ignore[call-arg]
    wt.FilterRule("f", chain="input", src_address_list=wt.Ipv6AddressList("l", entries=[]))  # type: ignore[arg-type]
    _ = rule.counters  # type: ignore[attr-defined]
