"""The default routes of a DHCP client as a program puts them into tables, before the router has done so."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.trace import Snapshot, packet, trace
from wiretik_provider.trace.plan import after
from wiretik_provider.trace.router import lines
from wiretik_provider.trace.router.derive import derived

ROWS = {
    "/interface": [{"name": name, "type": "ether", "running": "true"} for name in ("ether1", "ether2", "bridge")],
    "/ip/address": [
        {".id": "*1", "address": "203.0.113.2/24", "interface": "ether1", "dynamic": "true"},
        {".id": "*2", "address": "203.0.112.2/24", "interface": "ether2"},
        {".id": "*3", "address": "192.168.88.1/24", "interface": "bridge"},
    ],
    "/routing/table": [{"name": "by-ether1", "fib": ""}],
    "/ip/route": [
        {".id": "*4", "dst-address": "0.0.0.0/0", "gateway": "203.0.113.1", "dynamic": "true", "distance": "1"},
        {".id": "*5", "dst-address": "0.0.0.0/0", "gateway": "203.0.112.1", "distance": "5"},
    ],
}
BEFORE = Snapshot(derived(ROWS), name="rt")


def client(interface="ether1", **props):
    entry = {"menu": "/ip/dhcp-client", "name": "line", "tag": "site0001", "unknown": []}
    return read({**entry, "props": {"interface": interface, **props}})


def defaults(snapshot):
    return {
        (row.get("routing-table", "main"), row["gateway"], row["distance"])
        for row in snapshot["/ip/route"]
        if row["dst-address"] == "0.0.0.0/0"
    }


def test_a_clients_route_moves_to_the_tables_and_distances_that_it_is_told():
    then = after(BEFORE, [client(default_route_tables="main:10,by-ether1:2")])

    assert defaults(then) == {
        ("main", "203.0.113.1", "10"),
        ("by-ether1", "203.0.113.1", "2"),
        ("main", "203.0.112.1", "5"),
    }
    assert trace(then, packet("192.168.88.10", "198.51.100.1", port=443, enters="bridge")).leaves == "ether2"


@pytest.mark.parametrize("off", [{"disabled": True}, {"add_default_route": "no"}], ids=["client", "routes"])
def test_a_client_that_is_told_to_bring_none_brings_none(off):
    then = after(BEFORE, [client(default_route_tables="main:10,by-ether1:2", **off)])

    assert defaults(then) == {("main", "203.0.112.1", "5")}


def test_a_route_that_was_learned_by_the_clients_interface_isnt_the_clients():
    learned = {".id": "*6", "dst-address": "0.0.0.0/0", "gateway": "203.0.113.9", "dynamic": "true", "ospf": "true"}
    rows = {**ROWS, "/ip/route": [*ROWS["/ip/route"], {**learned, "distance": "110"}]}

    then = after(Snapshot(derived(rows), name="rt"), [client(default_route_tables="main:10")])

    assert ("main", "203.0.113.9", "110") in defaults(then)


def test_without_tables_it_stays_as_the_router_has_it():
    then = after(BEFORE, [client(default_route_distance=200)])

    assert defaults(then) == defaults(BEFORE)


def test_a_line_without_an_address_yet_may_bring_one_to_each_table():
    found = list(lines.routes_of(client("ether5", default_route_tables="main,by-ether1:3"), ROWS["/ip/address"]))

    assert [(row.get("routing-table"), row["distance"]) for row in found] == [(None, "1"), ("by-ether1", "3")]
    assert all(row["doubt"] for row in found)
    assert len({row[".id"] for row in found}) == 2
