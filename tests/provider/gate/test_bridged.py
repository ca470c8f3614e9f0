"""A bridge that begins to filter VLANs, ports of bridges, and a second way to another router: what is told of them."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.bridged import on_ports, second_ways, switched_until_now, whole_bridges

PORTS = [
    {"bridge": "bridge", "interface": "ether2", "hw-offload": "true"},
    {"bridge": "bridge", "interface": "ether3", "hw-offload": "false"},
    {"bridge": "other", "interface": "ether4", "hw-offload": "true"},
]


def told(*, filtering="false", **props):
    entry = {"menu": "/interface/bridge", "name": "vlan-filtering", "tag": "0123456789ab", "part": False, "unknown": []}
    bridge = read({**entry, "props": {"name": "bridge", **props}})
    return list(switched_until_now([bridge], [{"name": "bridge", "vlan-filtering": filtering}], PORTS))


def test_ports_that_switch_in_hardware_are_named_when_their_bridge_begins_to_filter():
    (line,) = told(vlan_filtering=True)

    assert line.startswith("vlan-filtering: ether2 of bridge switch in hardware now")


@pytest.mark.parametrize("given", [{}, {"vlan_filtering": False}, {"vlan_filtering": True, "filtering": "true"}])
def test_nothing_is_told_of_one_that_does_already_or_that_does_not(given):
    assert told(**given) == []


@pytest.mark.parametrize(("disabled", "lines"), [(True, 0), (False, 1)])
def test_a_port_that_the_program_takes_out_of_its_bridge_is_none_any_more(disabled, lines):
    entry = {"tag": "0123456789ab", "part": False, "unknown": []}
    on = {"interface": "ether2"}
    port = {**on, "bridge": "bridge", "disabled": disabled}
    rows = [
        read(
            {
                **entry,
                "menu": "/ip/address",
                "name": "line",
                "props": {"address": "192.0.2.2/24", "interface": "ether2"},
            }
        ),
        read({**entry, "menu": "/interface/bridge/port", "name": "port", "props": port}),
    ]

    assert len(list(on_ports(rows, PORTS))) == lines


@pytest.mark.parametrize(
    ("there", "lines"),
    [
        ({"bridge": "bridge", "interface": "eoip1"}, 1),
        ({"bridge": "other", "interface": "eoip1"}, 0),
        ({"bridge": "bridge", "interface": "eoip1", "disabled": "true"}, 0),
        ({"bridge": "bridge", "interface": "ether2"}, 0),
        ({"bridge": "bridge", "interface": "lan"}, 0),  # the program's own
    ],
)
def test_another_interface_of_the_bridge_that_carries_frames_to_a_router_is_told(there, lines):
    entry = {"tag": "0123456789ab", "part": False, "unknown": []}
    rows = [
        read({**entry, "menu": "/interface/vxlan", "name": "lan-interface", "props": {"name": "lan", "vni": 1}}),
        read(
            {
                **entry,
                "menu": "/interface/bridge/port",
                "name": "lan-port",
                "props": {"interface": "lan", "bridge": "bridge"},
            }
        ),
    ]

    found = list(second_ways(rows, [{"name": "eoip1"}, {"name": "lan"}], [there]))

    assert len(found) == lines
    assert all("lan-port: eoip1 is a port of bridge as well" in line for line in found)


FILTERS = {"menu": "/interface/bridge", "name": "filters", "props": {"name": "bridge", "vlan_filtering": True}}
SWITCHES = {"menu": "/interface/bridge", "name": "filters", "props": {"name": "bridge", "vlan_filtering": False}}


@pytest.mark.parametrize(
    ("pvid", "there", "more", "lines"),
    [
        (30, "false", [], 1),
        (30, "true", [], 0),
        (30, "false", [FILTERS], 0),
        (30, "true", [SWITCHES], 1),
        (1, "false", [], 0),
    ],
)
def test_one_vlan_of_a_bridge_that_filters_none_is_told_since_all_of_it_would_be_joined(pvid, there, more, lines):
    port = {"interface": "lan", "bridge": "bridge", "pvid": pvid}
    entries = [
        {"menu": "/interface/vxlan", "name": "lan-interface", "props": {"name": "lan", "vni": 1}},
        {"menu": "/interface/bridge/port", "name": "lan-port", "props": port},
        *more,
    ]
    rows = [read({"tag": "0123456789ab", "part": False, "unknown": [], **entry}) for entry in entries]

    found = list(whole_bridges(rows, [{"name": "bridge", "vlan-filtering": there}]))

    assert len(found) == lines
    assert all("lan-port: bridge doesn't filter VLANs, so pvid=30 says nothing" in line for line in found)
