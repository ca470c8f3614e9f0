"""Which components a router's rows are, tried on its twin."""

import re

import pytest

import wiretik as wt
from at_length import LONG
from wiretik.cli.adopting.reading import of_export
from wiretik.cli.planning.suggesting import Suggestion, suggestions, told
from wiretik.testing import deployed
from wiretik_provider.adopt.likenesses import likenesses

KEYS = [f"{letter * 42}{end}=" for letter, end in (("A", "A"), ("B", "E"), ("C", "I"))]
TUNNEL = f"""# 2026-01-01 00:00:00 by RouterOS 7.23.2
/interface list add name=WAN
/interface list member add list=WAN interface=ether1
/interface wireguard add name=wg1 listen-port=13231 comment="to the office"
/interface wireguard peers add interface=wg1 name=office public-key="{KEYS[0]}" \\
    allowed-address=10.20.0.0/24,172.16.5.0/24 endpoint-address=server.example.com endpoint-port=51820 \\
    persistent-keepalive=25s preshared-key="{KEYS[2]}"
/ip address add address=10.20.0.2/24 interface=wg1
/ip route add dst-address=172.16.5.0/24 gateway=wg1
/ip firewall filter add chain=forward action=accept in-interface=wg1 comment=in
/ip firewall filter add chain=forward action=accept out-interface=wg1 in-interface-list=!WAN \\
    comment="out [wt:0632a05d79b0]"
/ip firewall filter add chain=forward action=drop comment="all else"
"""
MESH = f"""# 2026-01-01 00:00:00 by RouterOS 7.23.2
/interface wireguard add name=wg-mesh listen-port=51820
/interface wireguard peers add interface=wg-mesh name=laptop public-key="{KEYS[0]}" \\
    allowed-address=10.99.0.2/32 responder=yes
/interface wireguard peers add interface=wg-mesh name=phone public-key="{KEYS[1]}" \\
    allowed-address=10.99.0.3/32 responder=yes
/ip address add address=10.99.0.1/24 interface=wg-mesh
"""
OSPF_AREA = """/routing ospf instance add name=own router-id=10.0.0.1
/routing ospf area add name=backbone instance=own
"""


def _found(tmp_path, text):
    file = tmp_path / "router.rsc"
    file.write_text(text)
    return list(suggestions(of_export(file)))


def test_a_tunnel_made_by_hand_is_told_with_the_call_that_takes_it_over_and_no_key_in_it(tmp_path):
    [tunnel] = _found(tmp_path, TUNNEL)
    assert (tunnel.likeness.kind, tunnel.there, tunnel.more) == ("Tunnel", 6, ())
    text = "\n".join(told(tunnel))
    assert text.startswith("wg1 is a Tunnel: 6 of its rows are there, nothing is lacking")
    assert "masquerade=False" in text
    assert "forward=False" not in text
    assert "adopt=True" in text
    assert KEYS[2] not in text
    assert 'require_secret("wg1-psk-0")' in text


def test_a_row_that_no_condition_finds_alone_is_told_by_its_key_and_never_by_one_that_finds_all(tmp_path):
    text = """# 2026-01-01 00:00:00 by RouterOS 7.23.2
/interface bridge add name=bridge
/interface vlan add name=vlan10 interface=bridge vlan-id=10
/ip address add address=10.0.10.1/24 interface=vlan10
/interface bridge port add bridge=bridge interface=ether2 pvid=10
"""
    [vlan] = _found(tmp_path, text)
    [line] = [line for line in vlan.more if "/bridge/port" in line]
    assert line.startswith('/interface/bridge/port set [find … interface="ether2"] ')


@pytest.mark.skipif(not LONG, reason="at length: one more component")
def test_a_vpn_with_a_backup_is_one_component(tmp_path):
    def program():
        first = {"address": "10.8.0.2/32", "gateway": "10.8.1.1", "public_key": KEYS[0]}
        second = {"address": "10.9.0.2/24", "check_gateway": "10.64.0.1", "public_key": KEYS[1]}
        backup = wt.Backup("wg1", endpoint="198.51.100.2:51820", **second)
        lan = wt.Lan("bridge", "192.168.88.0/24")
        vpn = {"dns": "9.9.9.9", "backup": backup, "endpoint": "198.51.100.1:51820"}
        wt.AlwaysOnVpn("vpn", wt.AlwaysOnVpnArgs("wg0", lan=lan, **vpn, **first))

    with deployed(program) as site:
        assert site.up().errors == ()
        text = re.sub(r" ?\[wt:[0-9a-f]+\]", "", site.router.router.export(form="terse"))  # of one line each

    found = {one.likeness.interface: one for one in _found(tmp_path, text) if one.likeness.kind == "AlwaysOnVpn"}

    assert found.keys() == {"wg0"}
    # Rules that are to stand first are alike but for their order among themselves.
    assert [line for line in found["wg0"].more if " move " not in line] == []
    assert 'backup=wt.Backup("wg1"' in "\n".join(told(found["wg0"]))


@pytest.mark.skipif(not LONG, reason="at length: one more component")
def test_a_mesh_that_lacks_rules_is_nearly_one_and_what_it_would_write_is_told(tmp_path):
    found = {one.likeness.kind: one for one in _found(tmp_path, MESH)}
    assert found["Tunnel"].more == ()
    mesh = found["RelayMesh"]
    assert mesh.there == 4
    assert mesh.more
    assert all(line.startswith("/") for line in mesh.more)
    assert "wg-mesh is nearly a RelayMesh" in "\n".join(told(mesh))


def made_by(program):
    """The export of a router with a program on it, with tags taken off."""
    with deployed(program) as site:
        assert site.up().errors == ()
        return re.sub(r" ?\[wt:[0-9a-f]+\]", "", site.router.router.export(form="terse"))


@pytest.mark.skipif(not LONG, reason="at length: two more components")
def test_vlans_are_told_with_the_calls_that_take_them_over(tmp_path):
    def program():
        wt.Vlan("staff", wt.VlanArgs(10, "192.168.10.1/24", access=["ether3"], trunks=["ether2"], dns=["9.9.9.9"]))
        guests = {"guest": True, "interface": "vlan20", "pool": "192.168.20.50-192.168.20.99"}
        wt.Vlan("guests", wt.VlanArgs(20, "192.168.20.1/24", access=["ether5"], trunks=["ether2"], **guests))

    found = {one.likeness.interface: one for one in _found(tmp_path, made_by(program))}

    assert {name: one.likeness.kind for name, one in found.items()} == {"staff": "Vlan", "guests": "Vlan"}
    for one in found.values():
        assert [line for line in one.more if " move " not in line] == []
    assert 'dns=["9.9.9.9"]' in found["staff"].likeness.text()
    assert "guest=True" in found["guests"].likeness.text()


@pytest.mark.skipif(not LONG, reason="at length: one more component")
@pytest.mark.parametrize("balance", [False, True])
def test_lines_to_the_internet_are_told_with_the_call_that_takes_them_over(tmp_path, balance):
    first = wt.Wan("ether1", dhcp=True, gateway="203.0.113.1", check=["1.0.0.1", "8.8.4.4"])
    second = wt.Wan("ether2", bridge="bridge", address="203.0.112.2/24", gateway="203.0.112.1", check="9.9.9.10")
    lan = wt.Lan("bridge", "192.168.88.0/24")

    def program():
        wt.Uplinks("ours", wt.UplinksArgs(wans=[first, second], lan=lan, balance=balance, tell=":log info moved"))

    [found] = _found(tmp_path, made_by(program))

    assert (found.likeness.kind, found.likeness.interface) == ("Uplinks", "ours")
    assert [line for line in found.more if " move " not in line] == []
    assert ("balance=True" in found.likeness.text()) is balance


SPEAKING = {
    "ospf": "/routing ospf interface-template add area=backbone interfaces=wg1 type=ptp comment=link",
    "bgp": "/routing bgp connection add name=link instance=own local.role=ebgp remote.address=10.20.0.1",
}


@pytest.mark.parametrize("kind", SPEAKING)
def test_rows_that_exchange_routes_by_a_tunnel_are_named_with_the_component_that_makes_them(tmp_path, kind):
    instance = "/routing bgp instance add name=own as=64512\n" if kind == "bgp" else OSPF_AREA

    def said(more):
        file = tmp_path / "router.rsc"
        file.write_text(f"{TUNNEL}{instance}{SPEAKING[kind]}{more}\n")
        [tunnel] = likenesses(of_export(file).inventory.tables)
        return "\n".join(told(Suggestion(tunnel, frozenset())))

    assert f"it exchanges routes, for which a Tunnel makes no rows: /routing/{kind}/" in said("")
    assert f'"link"; wt.SiteMesh with routing="{kind}" makes such links' in said("")
    assert "exchanges routes" not in said(" disabled=yes")
