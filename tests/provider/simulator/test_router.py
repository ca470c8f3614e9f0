"""What the embedded router's own services do with a new connection."""

import pytest

from wiretik_provider.simulator import Options, Refused, Router

FILTER = "/ip/firewall/filter"


@pytest.mark.parametrize(
    ("rules", "closed"),
    [
        ([], False),
        ([{"action": "drop", "protocol": "tcp", "dst_port": "8728-8729"}], True),
        ([{"action": "drop", "protocol": "tcp", "dst_port": "22,8728"}], True),
        ([{"action": "drop"}], True),
        ([{"action": "drop", "protocol": "udp"}], False),
        ([{"action": "drop", "protocol": "tcp", "dst_port": "22"}], False),
        ([{"action": "drop", "disabled": "yes"}], False),
        ([{"action": "accept", "protocol": "tcp", "dst_port": "8728"}, {"action": "drop"}], False),
        # The lab's clients come from loopback, so what else a rule asks isn't judged.
        ([{"action": "drop", "in_interface": "ether1"}], False),
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_rules_of_protocol_and_port_close_the_labs_services_where_that_is_asked_for(rules, closed, asked):
    router = Router(options=Options(filters_services=asked))
    for rule in rules:
        router.run(f"{FILTER}/add", chain="input", **rule)
    assert router.admits("api", 1) is not (closed and asked)


@pytest.mark.parametrize("spared", [True, False])
def test_whether_a_disabled_peer_blocks_its_key_is_an_option(spared):
    router = Router(options=Options(disabled_peers_spare_keys=spared))
    key = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
    router.run("/interface/wireguard/add", name="wg0")
    given = {"interface": "wg0", "public_key": key, "allowed_address": "10.0.0.0/24"}
    (first,) = router.run("/interface/wireguard/peers/add", **given, disabled="yes")
    if not spared:
        with pytest.raises(Refused, match="entry already exists"):
            router.run("/interface/wireguard/peers/add", **given)
        return
    router.run("/interface/wireguard/peers/add", **given)
    with pytest.raises(Refused, match="entry already exists"):
        router.run("/interface/wireguard/peers/enable", id=first["ret"])
