"""A bridge that begins to filter VLANs: whose ports switch in hardware until then is told."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.bridged import on_ports, switched_until_now

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
