"""Two lines to the internet in a program, and what a router does when they fall silent."""

import time

import wiretik as wt
from wiretik_provider.simulator.machine.table import Row

LAN = wt.Lan("bridge", "192.168.88.0/24")
FIRST = {"interface": "ether1", "gateway": "203.0.113.1", "check": ["1.0.0.1", "8.8.4.4"], "dhcp": True}
SECOND = {"interface": "ether2", "gateway": "203.0.112.1", "check": "9.9.9.10", "address": "203.0.112.2/24"}
SIX = {"gateway6": "fe80::1", "check6": "2620:fe::10"}
OTHER6 = {"gateway6": "2001:db8:2::1", "check6": "2001:4860:4860::8844"}


def lines(first=None, second=None, **args):
    wans = [wt.Wan(**{**FIRST, **(first or {})}), wt.Wan(**{**SECOND, "bridge": "bridge", **(second or {})})]
    return wt.Uplinks("lines", wt.UplinksArgs(**{"wans": wans, "lan": LAN, **args}))


def switching(site):
    """Asks which route is taken while some are silent, and which marks netwatch then drops the connections of."""
    router = site.router.router
    begun = time.time()
    router.clock = lambda: begun  # netwatch probes when the test says so
    connections = router.table("/ip/firewall/connection")
    marks = ("by-ether1-began", "by-ether2-began", "by-ether1", "by-ether2", "")

    def switched(*silent):
        router.silence(*silent)
        for row in list(connections):
            connections.erase(row)
        for mark in marks:
            connections.insert(Row(connections.new_id(), {"connection-mark": mark}))
        later = router.clock() + 11
        router.clock = lambda: later
        router.tick()
        active = [
            row["gateway"]
            for row in router.rows("/ip/route")
            if (row["dst-address"], row["routing-table"]) == ("0.0.0.0/0", "main") and row.get("active") == "true"
        ]
        left = {row["connection-mark"] for row in router.rows("/ip/firewall/connection")}
        return active, {*marks} - left

    return switched
