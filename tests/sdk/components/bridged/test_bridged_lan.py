"""One LAN at several sites: what is made at each end and in which order, and what is refused."""

import attrs
import pulumi
import pytest

import wiretik as wt
from in_between import change
from replaying import declared, deployed
from updates import CONFIG
from wiretik import testing
from wiretik_provider.trace import Disposition, packet, trace
from wiretik_provider.trace.router.derive import without

KEY = "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="


def end(name, number, **more):
    return wt.SiteEnd(name, **{"address": f"10.255.0.{number}/24", "endpoint": f"{name}.example.com:51820", **more})


def link(**more):
    return wt.SiteToSite("link", wt.SiteToSiteArgs(a=end("berlin", 1), b=end("lisbon", 2), **more))


def bridged(**more):
    return wt.BridgedLan("lan", wt.BridgedLanArgs(link(), **more))


def test_two_bridges_are_joined_in_the_tunnel_between_their_routers(register):
    rows = register(several(bridged))

    for name, own, other in (("berlin", 1, 2), ("lisbon", 2, 1)):
        at = f"lan-{name}-"
        made = rows[f"{at}interface"]
        assert (made["name"], made["vni"], made["local_address"]) == ("lan", 1, f"10.255.0.{own}")
        assert (made["dont_fragment"], made["port"]) == ("disabled", 8472)
        assert rows[f"{at}to-1"]["remote_ip"] == f"10.255.0.{other}"
        assert (rows[f"{at}port"]["interface"], rows[f"{at}port"]["bridge"]) == ("lan", "bridge")
        assert (rows[f"{at}inside-1"]["out_interface"], rows[f"{at}inside-1"]["action"]) == ("!wg-site", "drop")
        assert rows[f"{at}from-1"]["src_address"] == f"10.255.0.{other}"


def test_the_bridge_gets_its_port_when_all_else_is_there():
    program = declared(bridged, CONFIG).resources

    others = {name for name in program if name.startswith("lan-berlin-")} - {"lan-berlin-port"}
    assert len(others) == 9
    assert others <= program["lan-berlin-port"].needs
    assert {"link-berlin-address", "lan-berlin-inside-1", "lan-berlin-from-others"} <= program[
        "lan-berlin-interface"
    ].needs


def several(program):
    def run():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        program()

    return run


def cameras(**more):
    """One VLAN of both sites' bridges, whatever the order in which a program says so."""
    wt.BridgedLan("cameras-link", wt.BridgedLanArgs(link(), vlan_id=30, interface="cameras-link", **more))
    for name, number in (("berlin", 1), ("lisbon", 2)):
        args = wt.VlanArgs(30, f"192.168.30.{number}/24", access=["ether5"], router=name, interface="cameras")
        wt.Vlan(f"cameras-{name}", args)


def test_a_vlan_is_joined_while_the_bridge_filters_and_never_the_rest_of_the_bridge():
    program = declared(cameras, CONFIG).resources

    (entry,) = program["cameras-link-berlin-port"].entries
    assert (entry["props"]["pvid"], entry["props"]["interface"]) == (30, "cameras-link")
    assert entry["props"]["frame_types"] == "admit-only-untagged-and-priority-tagged"
    assert "vlan-filtering-berlin" in program["cameras-link-berlin-port"].needs


def test_it_comes_once_goes_without_a_trace_and_is_mended():
    with testing.deployed(cameras, routers={"berlin": "defconf", "lisbon": "defconf"}) as site:
        before = {name: lab.router.snapshot() for name, lab in site.routers.items()}
        assert site.up().errors == ()
        assert site.up().changes.keys() == {"same"}
        lab = site.routers["berlin"]
        assert [row["remote-ip"] for row in lab.router.rows("/interface/vxlan/vteps")] == ["10.255.0.2"]
        (vtep,) = lab.router.rows("/interface/vxlan/vteps")
        lab.run("/interface/vxlan/vteps/remove", id=vtep[".id"])
        assert site.refresh().errors == ()
        assert site.up().errors == ()
        assert [row["remote-ip"] for row in lab.router.rows("/interface/vxlan/vteps")] == ["10.255.0.2"]
        assert site.destroy().errors == ()
        assert {name: lab.router.snapshot() for name, lab in site.routers.items()} == before


def test_only_the_other_router_may_send_frames_and_none_leaves_in_the_clear():
    router = deployed(declared(bridged, CONFIG))["berlin"]

    def fate(source, enters):
        return trace(router, packet(source, "10.255.0.1", port=8472, protocol="udp", enters=enters)).disposition

    assert fate("10.255.0.2", "wg-site") is Disposition.DELIVERED
    assert fate("192.168.88.10", "bridge") is Disposition.DROPPED
    assert fate("198.51.100.77", "ether1") is Disposition.DROPPED
    there = packet("10.255.0.1", "10.255.0.2", port=8472, protocol="udp")
    assert trace(router, there).leaves == "wg-site"
    astray = attrs.evolve(router, rows=without(router.rows, "wg-site"))
    assert trace(astray, there).disposition is Disposition.DROPPED


@pytest.mark.parametrize("names", [("first", "second"), ("second", "first")])
def test_a_router_takes_the_frames_of_each_lan_that_it_shares(names):
    def program():
        for number, (name, other) in enumerate(zip(names, ("lisbon", "porto"), strict=True), 1):
            ends = [
                wt.SiteEnd(at, address=f"10.{number}.0.{host}/30", endpoint=f"{at}.example.com:{51820 + number}")
                for host, at in enumerate(("berlin", other), 1)
            ]
            made = wt.SiteToSite(name, wt.SiteToSiteArgs(a=ends[0], b=ends[1], interface=f"wg-{number}"))
            wt.BridgedLan(f"{name}-lan", wt.BridgedLanArgs(made, vni=number, bridge=f"bridge{number}"))

    router = deployed(declared(program, CONFIG))["berlin"]

    def fate(source, to, enters):
        return trace(router, packet(source, to, port=8472, protocol="udp", enters=enters)).disposition

    assert fate("10.1.0.2", "10.1.0.1", "wg-1") is Disposition.DELIVERED
    assert fate("10.2.0.2", "10.2.0.1", "wg-2") is Disposition.DELIVERED
    assert fate("192.168.88.10", "10.1.0.1", "bridge") is Disposition.DROPPED


def test_a_mesh_of_sites_is_one_lan_without_a_loop(register):
    sites = [end(name, number) for number, name in enumerate(("berlin", "lisbon", "porto"), 1)]

    def program():
        wt.BridgedLan("lan", wt.BridgedLanArgs(wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=sites)), dhcp=True))

    rows = register(several(program))

    assert {name: row["remote_ip"] for name, row in rows.items() if "remote_ip" in row} == {
        f"lan-{name}-to-{at}": f"10.255.0.{other}"
        for number, name in enumerate(("berlin", "lisbon", "porto"), 1)
        for at, other in enumerate(sorted({1, 2, 3} - {number}), 1)
    }
    assert not [name for name in rows if "dhcp" in name]


def test_one_end_is_told_the_address_of_another_stacks_router(register):
    peer = wt.TunnelPeer("lisbon", KEY, ["0.0.0.0/1"], endpoint="lisbon.example.com:51820")

    def program(**more):
        tunnel = wt.Tunnel("wg1", wt.TunnelArgs("wg1", address="10.255.0.1/30", peers=[peer], listen_port=51820))
        wt.BridgedLan("lan", wt.BridgedLanArgs(tunnel, **more))

    assert register(lambda: program(remotes=["10.255.0.2"]))["lan-to-1"]["remote_ip"] == "10.255.0.2"
    with pytest.raises(wt.Refusal, match="of 'lisbon' the program doesn't say an address in the tunnel: give remotes="):
        register(program)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"vni": 0}, "vni=0 is none: give one from 1 to 16777216"),
        ({"port": 70000}, "port=70000 is none"),
        ({"vlan_id": 1}, "vlan_id=1 is no VLAN of a bridge"),
        ({"remotes": ["10.255.0.9"]}, "remotes are for a Tunnel"),
        ({"bridge": {"berlin": "bridge"}}, "bridge= has no 'lisbon'"),
    ],
)
def test_what_cant_work_is_refused_with_the_cure(register, given, told):
    with pytest.raises(wt.Refusal) as refused:
        register(several(lambda: bridged(**given)))

    assert told in str(refused.value)


def test_a_second_way_between_two_bridges_is_a_loop_and_a_chain_of_sites_is_none(register):
    def pair(name, one, other, network, **more):
        ends = [
            wt.SiteEnd(at, address=f"10.{network}.0.{number}/30", endpoint=f"{at}.example.com:{51820 + network}")
            for number, at in enumerate((one, other), 1)
        ]
        made = wt.SiteToSite(name, wt.SiteToSiteArgs(a=ends[0], b=ends[1], interface=f"wg-{name}"))
        wt.BridgedLan(f"{name}-lan", wt.BridgedLanArgs(made, vni=network, **more))

    def chain():
        pair("ab", "berlin", "lisbon", 1)
        pair("bc", "lisbon", "porto", 2)

    def ring():
        chain()
        pair("ca", "porto", "berlin", 3)

    def apart():
        chain()
        pair("ca", "porto", "berlin", 3, bridge="bridge2")

    def same_number():
        pair("ab", "berlin", "lisbon", 1)
        pair("other", "berlin", "porto", 1)

    assert "ab-lan-berlin-port" in register(several(chain))
    assert "ca-lan-berlin-port" in register(several(apart))
    with pytest.raises(wt.Refusal, match="two ways make a loop in which frames go round: leave one of them out"):
        register(several(ring))
    with pytest.raises(wt.Refusal, match=r"vni=1 is ab-lan's on berlin: give another"):
        register(several(same_number))


def test_a_mesh_with_a_tunnel_for_each_pair_is_refused(register):
    sites = [
        end(name, number, lan=wt.Lan("bridge", f"192.168.8{number}.0/24"))
        for number, name in enumerate(("berlin", "lisbon", "porto"), 1)
    ]

    def program():
        args = wt.SiteMeshArgs(sites=sites, routing="ospf", links="10.254.0.0/24")
        wt.BridgedLan("lan", wt.BridgedLanArgs(wt.SiteMesh("mesh", args)))

    with pytest.raises(wt.Refusal, match="give a SiteMesh with routing='static', where all are joined by one"):
        register(several(program))


@pytest.mark.parametrize("backwards", [False, True])
def test_what_holds_before_it_comes_and_after_it_has_gone_holds_after_each_write(backwards):
    less, more = declared(link, CONFIG), declared(bridged, CONFIG)
    names = sorted(more.resources, reverse=backwards)

    lost, there = change(deployed(less), less, more, names)
    lost_on_leaving, _ = change(there, more, less, names)

    assert [str(one) for one in (*lost, *lost_on_leaving)] == []
