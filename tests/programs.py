"""Programs that several tests deploy, as text; `Site` puts the imports in front."""

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="

EVERY_MENU = f"""
wg7 = wt.WireGuardInterface("wg7", listen_port=13237, mtu=1400, comment="mesh")
wt.Peer(
    "hub",
    interface=wg7,
    public_key="{KEY}",
    endpoint_address="hub.example.com",
    endpoint_port=51820,
    allowed_address=["10.77.0.0/24", "10.78.0.0/24"],
    persistent_keepalive="25s",
    comment="hub",
)
wt.IpAddress("address", address="10.77.0.2/24", interface=wg7, comment="own address")
far = wt.RoutingTable("far", fib=True, comment="far table")
wt.Route("route", dst_address="10.78.0.0/24", gateway=wg7, routing_table=far, distance=5, comment="far route")
wt.RoutingRule("rule", action="lookup", table=far, src_address="10.79.0.0/24", position=wt.FIRST, comment="first rule")
wt.RoutingRule("rule-2", action="lookup", table=far, src_address="10.80.0.0/24", position=wt.LAST, comment="last rule")
tunnels = wt.InterfaceList("tunnels", include=["LAN"], comment="all tunnels")
wt.InterfaceListMember("member", list=tunnels, interface=wg7, comment="the mesh")
wt.AddressList("far-away", entries=[wt.Entry("10.78.0.0/24", comment="far LAN"), "10.79.0.0/24"])
accept = wt.FilterRule(
    "filter",
    chain="forward",
    in_interface=wg7,
    protocol="tcp",
    dst_port=22,
    action="accept",
    position=wt.BEFORE_DROP,
    comment="ssh from the mesh",
)
wt.FilterRule(
    "filter-2",
    chain="forward",
    in_interface=wg7,
    connection_state="new",
    src_address="10.77.0.66",
    action="drop",
    position=wt.Before(accept),
    comment="not this one",
)
wt.NatRule(
    "nat",
    chain="srcnat",
    out_interface=wg7,
    src_address="192.168.88.0/24",
    action="masquerade",
    position=wt.FIRST,
    comment="into the mesh",
)
wt.MangleRule(
    "mangle",
    chain="prerouting",
    in_interface="bridge",
    dst_address_list="far-away",
    action="mark-routing",
    new_routing_mark=far,
    passthrough=False,
    position=wt.FIRST,
    comment="far away",
)
wt.MangleRule("mangle-2", chain="prerouting", protocol="icmp", action="accept", position=wt.LAST, comment="the end")
wt.Dns("dns", servers=["9.9.9.9"], allow_remote_requests=True)
wt.Identity("identity", name="edge")
wt.Scheduler("nightly", interval="1d", start_time="03:00:00", on_event="/log/info hello", comment="every night")
wt.Script("greet", source=":log info hello", comment="says hello")
"""
"""A row of every menu, each with something to lose by hand, on the factory router."""
