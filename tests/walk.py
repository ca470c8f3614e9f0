"""What becomes of a packet in a chain: just enough of RouterOS's matching to judge the home site's firewall.

Written for tests from docs/facts/menus.md#firewall-rules, apart from the provider's own reasoning about rules, so that
the two can't be
wrong together. A matcher that it doesn't know fails the test rather than being passed over.
"""

from collections.abc import Mapping, Sequence

Row = Mapping[str, str]
Packet = Mapping[str, str]

_NO_MATCHER = frozenset({".id", "action", "chain", "comment", "disabled", "log", "log-prefix", "dynamic", "invalid"})
_COUNTERS = frozenset({"bytes", "packets", "address-list-timeout"})
_FINAL = frozenset({"accept", "drop", "fasttrack-connection"})


def verdict(rows: Sequence[Row], chain: str, packet: Packet, lists: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The action that ends a packet's way through a chain, and the rule's comment; accept where nothing does."""
    for row in rows:
        if row["chain"] == chain and row.get("disabled") != "true" and _matches(row, packet, lists):
            assert row["action"] in _FINAL, row
            return row["action"], row.get("comment", "")
    return "accept", ""


def _matches(row: Row, packet: Packet, lists: Mapping[str, Sequence[str]]) -> bool:
    return all(
        _holds(name, text, packet, lists) for name, text in row.items() if name not in _NO_MATCHER | _COUNTERS and text
    )


def _holds(name: str, text: str, packet: Packet, lists: Mapping[str, Sequence[str]]) -> bool:
    negated, wanted = text.startswith("!"), text.removeprefix("!").split(",")
    if name in ("in-interface-list", "out-interface-list"):
        found = packet[name.removesuffix("-list")] in lists[wanted[0]]
    elif name in ("connection-state", "protocol", "in-interface", "out-interface", "dst-port", "dst-address"):
        found = packet.get(name) in wanted
    elif name == "connection-nat-state":
        found = packet.get("nat", "") in wanted
    elif name == "ipsec-policy":
        found = wanted[1] == "none"  # these packets know no IPsec
    else:
        raise AssertionError(f"the walk doesn't know {name}={text}")
    return found is not negated
