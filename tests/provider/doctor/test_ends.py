"""Two routers: what makes them ends of one link, and what doesn't."""

from wiretik_provider.doctor import examine
from wiretik_provider.simulator import Router

from .hospital import patients

HUB = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="


def end(name, address, key, allowed, **more):
    """A router with one tunnel that is alive as far as it knows."""
    router = Router("defconf", serial=name)
    router.run("/interface/wireguard/add", name="wg", listen_port="51820")
    router.run("/ip/address/add", address=address, interface="wg")
    router.run("/ip/firewall/filter/remove", id="*5")  # what would shut the port
    given = {"public_key": key, "allowed_address": allowed, "persistent_keepalive": "25s"}
    router.run("/interface/wireguard/peers/add", interface="wg", **given, **more)
    [peer] = router.table("/interface/wireguard/peers")
    peer.facts |= {"last-handshake": "5s", "current-endpoint-address": "198.51.100.1"}
    return router


def key_of(router):
    return router.rows("/interface/wireguard")[0]["public-key"]


def test_two_branches_of_a_third_router_are_no_link():
    hub = {"endpoint_address": "hub.example.com", "endpoint_port": "51820"}
    branches = {
        name: end(name, f"10.255.0.{number}/24", HUB, "10.255.0.0/24", **hub)
        for number, name in enumerate(("lisbon", "porto"), 2)
    }

    assert examine(patients(branches)) == []


def test_an_end_that_calls_the_others_address_with_another_key_is_a_link():
    called = end("berlin", "10.9.0.1/24", HUB, "10.9.0.0/24")
    caller = end("lisbon", "10.9.0.2/24", HUB, "10.9.0.0/24", endpoint_address="203.0.113.2", endpoint_port="51820")
    # Both labs have one WAN address, so the caller gets another.
    caller.run("/ip/dhcp-client/remove", numbers="*1")
    caller.run("/ip/address/add", address="198.18.0.2/24", interface="ether1")
    caller.run("/ip/route/add", gateway="198.18.0.1", dst_address="0.0.0.0/0")

    first, *_ = examine(patients({"berlin": called, "lisbon": caller}))

    assert first.kind == "key-mismatch"
    assert f"but wg of {'lisbon' if first.where.router == 'berlin' else 'berlin'} has " in first.fact


def test_two_ends_that_have_each_others_keys_are_well():
    one = end("berlin", "10.9.0.1/30", HUB, "10.9.0.2/32")
    other = end(
        "lisbon", "10.9.0.2/30", key_of(one), "10.9.0.1/32", endpoint_address="a.example.com", endpoint_port="51820"
    )
    [peer] = one.rows("/interface/wireguard/peers")
    one.run("/interface/wireguard/peers/set", id=peer[".id"], public_key=key_of(other))

    assert examine(patients({"berlin": one, "lisbon": other})) == []


def test_no_handshake_at_one_end_follows_from_what_is_wrong_at_the_other():
    one = end("berlin", "10.9.0.1/30", HUB, "10.9.0.2/32")
    other = end(
        "lisbon", "10.9.0.2/30", key_of(one), "10.9.0.1/32", endpoint_address="a.example.com", endpoint_port="51820"
    )
    [peer] = one.rows("/interface/wireguard/peers")
    one.run("/interface/wireguard/peers/set", id=peer[".id"], public_key=key_of(other))
    one.run("/interface/wireguard/disable", numbers="wg")
    [calling] = other.table("/interface/wireguard/peers")
    calling.facts["last-handshake"] = "20m"

    [finding] = examine(patients({"berlin": one, "lisbon": other}))

    assert (finding.kind, finding.where.router) == ("interface-off", "berlin")
    assert finding.symptoms == ("the last handshake with peer 'peer1' of wg was 20m ago",)
