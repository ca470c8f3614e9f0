"""What carries the session, the LAN or the way out, and which rows can become a stack's own."""

from wiretik_provider.adopt.owning import Trial, costs, end_trial
from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Tag

NAMES = ("lan", "wan", "block", "default", "far", "list", "member", "bridge", "tunnel", "peer", "servers")
OWNERS = {ownership.make("p", "dev", "X", name): name for name in NAMES}


def _row(of, **properties):
    owner = ownership.make("p", "dev", "X", of)
    tag = Tag(owner[:4], owner[4:])
    return {**{key.replace("_", "-"): text for key, text in properties.items()}, "comment": str(tag)}


TABLES = {
    "/interface/bridge": [_row("bridge", name="br0")],
    "/ip/address": [
        _row("lan", address="192.168.88.1/24", interface="br0"),
        _row("wan", address="203.0.113.2/24", interface="ether1"),
        _row("tunnel", address="10.8.0.1/24", interface="wg0"),
    ],
    "/ip/firewall/filter": [
        _row("block", chain="input", action="accept", in_interface_list="LAN", src_address_list="admins"),
        _row("servers", chain="forward", action="drop", src_address_list="servers"),
    ],
    "/ip/route": [
        _row("default", dst_address="0.0.0.0/0", gateway="203.0.113.1"),
        _row("far", dst_address="0.0.0.0/0", gateway="wg0", routing_table="vpn"),
    ],
    "/interface/list": [_row("list", name="LAN")],
    "/interface/list/member": [_row("member", list="LAN", interface="br0")],
    "/interface/wireguard": [_row("tunnel", name="wg0")],
    "/interface/wireguard/peers": [_row("peer", interface="wg0")],
}


def test_what_carries_the_lan_the_way_in_and_the_way_out_is_told_with_what_would_be_lost():
    told = costs(TABLES, ("192.168.88.7", "192.168.88.1"), OWNERS)
    assert told == {
        "lan": "address 192.168.88.1/24 of br0 goes, by which Wiretik reaches the router",
        "bridge": "bridge br0 goes, and the LAN on it",
        "block": "rules of input go that decide who reaches the router",
        "default": "the default route by 203.0.113.1 goes",
        "list": "list LAN goes, which rules of input ask",
        "member": "br0 leaves list LAN, which rules of input ask",
    }


def test_a_session_through_a_tunnel_rests_on_the_tunnel_and_its_peers():
    told = costs(TABLES, ("10.8.0.2", "10.8.0.1"), OWNERS)
    assert told["lan"] == "address 192.168.88.1/24 of br0 goes, which the LAN has"
    assert told["tunnel"] == (
        "address 10.8.0.1/24 of wg0 goes, by which Wiretik reaches the router; "
        "tunnel wg0 goes, by which Wiretik reaches the router"
    )
    assert told["peer"] == "a peer of wg0 goes, by which Wiretik reaches the router"


def test_a_peer_whose_key_only_its_former_owner_knows_stays_on_trial():
    owner = ownership.make("p", "dev", "Peer", "anna")
    tag = Tag(owner[:4], owner[4:], adopted=True)
    row = {
        ".id": "*1",
        "interface": "wg0",
        "public-key": "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=",
        "comment": str(tag),
    }
    inputs = {"tag": owner, "interface": "wg0", "public_key": row["public-key"]}
    trial = Trial("urn:pulumi:dev::p::pulumi-python:dynamic/wiretik:Peer::anna", inputs)
    path = "/interface/wireguard/peers"
    assert end_trial([trial], {path: [row]}).comments == {path: {"*1": f"[wt:{owner}]"}}
    for hidden in ("*****", "/UwcSPg38hW/D9Y3tcS1FOV0K1wuURMbS0sesJEP5ak="):
        stays = end_trial([trial], {path: [{**row, "preshared-key": hidden}]})
        assert (stays.count, "preshared-key is not declared" in stays.stay[trial.urn]) == (0, True)
    sealed = Trial(trial.urn, {**inputs, "preshared_key": {"ciphertext": "v1:abc"}})
    assert end_trial([sealed], {path: [{**row, "preshared-key": "*****"}]}).count == 1
