"""A router that is upgraded under a deployed stack: no false drift, no lost row; what a version renamed is told."""

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.errors import RowError
from wiretik_provider.kinds import Links
from wiretik_provider.registry import kind_named
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.machine.options import Options

from .conftest import PASSWORD, Bench

VERSIONS = ("7.16.2", "7.19.6", "7.23.2", "7.24")
DECLARED = {
    "/interface/vlan": {"name": "vlan10", "vlan_id": 10, "interface": "bridge"},
    "/ip/pool": {"name": "guests", "ranges": "192.168.10.10-192.168.10.99"},
    "/ip/dhcp-server/network": {"address": "192.168.10.0/24", "gateway": "192.168.10.1"},
    "/ip/dns/static": {"name": "nas.lan", "address": "192.168.10.5"},
    "/user/group": {"name": "readers", "policy": ["read", "api", "ssh"]},
    "/queue/simple": {"name": "q", "target": "192.168.10.0/24", "max_limit": "10M/10M"},
    "/routing/bgp/template": {"name": "t", "as_": 65530},
    "/ip/settings": {"rp_filter": "loose"},
    "/tool/e-mail": {"server": "10.0.0.9", "password": "not to be seen"},
    "/interface/list": {"name": "guests"},
    "/interface/wireguard": {"name": "wg0", "listen_port": 13231},
}


def test_a_stack_goes_on_as_the_router_is_upgraded():
    export, made = "", {}
    for number in VERSIONS:
        with serve(tls=False, password=PASSWORD, version=number, options=Options(defaults=f"of {number}")) as lab:
            if export:
                lab.router.load(export, skip_unknown=True)  # the bridge is there already
            bench = Bench(lab)
            for path, props in DECLARED.items():
                if not export:
                    made[path] = bench.resource(kind_named(path), path)
                    made[path].up(**props)
                    continue
                one = made[path]
                one.links = Links(bench.resource(one.kind, path).links.config)
                before, rows = dict(one.inputs), lab.router.rows(path)
                seen = one.refresh()
                assert seen is not None, (number, path)
                assert one.inputs == before, (number, path)
                bench.written.clear()
                one.up(**props)
                assert (bench.written, lab.router.rows(path)) == ([], rows), (number, path)
            if number == VERSIONS[-1]:
                _hands_are_seen_and_rights_go(bench, made)
            close_all()
            export = lab.router.export(show_sensitive=True)
    assert made


def _hands_are_seen_and_rights_go(bench, made):
    bench.lab.run("/ip/pool/set", numbers="guests", ranges="192.168.10.10-192.168.10.20")
    made["/ip/pool"].refresh()
    made["/ip/pool"].up(**DECLARED["/ip/pool"])
    (pool,) = bench.lab.router.rows("/ip/pool")
    assert pool["ranges"] == DECLARED["/ip/pool"]["ranges"]
    made["/user/group"].up(name="readers", policy=["read", "api"])
    group = next(row for row in bench.lab.router.rows("/user/group") if row["name"] == "readers")
    assert "!ssh" in group["policy"].split(",")
    for path in reversed(DECLARED):
        made[path].destroy()
    assert bench.lab.router.rows("/interface/vlan") == []


@pytest.mark.parametrize(
    ("number", "props", "told"),
    [
        ("7.23.2", {"input_accept_unknown": "yes"}, r"until 7\.19; input_filter_unknown seems to be its name since"),
        ("7.16.2", {"input_filter_unknown": "yes"}, r"since 7\.19; input_accept_unknown seems to be it before"),
    ],
)
def test_a_property_that_a_version_renamed_is_told_by_its_other_name(number, props, told):
    with serve(tls=False, password=PASSWORD, version=number) as lab:
        template = Bench(lab).resource(kind_named("/routing/bgp/template"))
        with pytest.raises(RowError, match=told):
            template.up(name="t", **props)
        close_all()
