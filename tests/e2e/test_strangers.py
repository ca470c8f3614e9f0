"""What stands above the drop lets nothing in that the drop keeps out: strangers get into no tunnel and to no client."""

import pytest

from deploying import HOME, LAN, PASSWORD, Site, reach
from wiretik_provider.simulator import serve
from wiretik_provider.trace import MENUS, Snapshot, packet, trace

EXAMPLES = ["home", "home-by-rows"]
TARGETS = ["10.20.0.7", "172.16.50.10", "192.168.88.10", "10.8.1.1"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_strangers_packet_that_comes_in_by_the_wan_is_dropped_wherever_it_wants_to_go(example, tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {**LAN, **{f"wiretik:{key}": value for key, value in reach(lab).items()}}
        site = Site(tmp_path, HOME.parent / example, config)
        assert site.up().ok

        snapshot = Snapshot({path: lab.router.rows(path) for path in MENUS if path in lab.router.menus})

    for target in TARGETS:
        found = trace(snapshot, packet("198.51.100.77", target, port=443, enters="ether1"))
        assert found.by is not None
        assert (target, found.disposition.name, found.by.comment) == (
            target,
            "DROPPED",
            "defconf: drop all from WAN not DSTNATed",
        )
