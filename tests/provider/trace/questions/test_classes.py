"""A prefix costs as many walks as there are kinds of addresses in it; tests/property holds that each kind is one."""

from wiretik_provider.codecs.spans import number4, span4
from wiretik_provider.trace import Snapshot
from wiretik_provider.trace.questions.classes import Classes
from wiretik_provider.trace.router.derive import derived

LAN = {"/ip/address": [{"address": "192.168.88.1/24", "interface": "bridge"}]}


def kinds(rules, span="198.51.0.0/16"):
    rows = {
        **LAN,
        "/ip/firewall/filter": [{".id": f"*{at:X}", "chain": "forward", **rule} for at, rule in enumerate(rules, 1)],
    }
    found, lan = span4(span), span4("192.168.88.0/24")
    assert found
    assert lan
    return Classes(Snapshot(derived(rows))).addresses(found, others=[lan])


def test_without_a_rule_a_prefix_has_one_kind_of_addresses():
    assert len(kinds([])) == 1


def test_a_rule_cuts_off_what_it_matches():
    found = kinds([{"action": "drop", "dst-address": "198.51.100.7"}])

    assert len(found) == 2
    assert number4("198.51.100.7") in found


def test_many_drops_of_one_address_each_make_one_kind():
    many = [{"action": "drop", "dst-address": f"198.51.{n >> 8}.{n & 255}"} for n in range(1000)]

    assert len(kinds(many)) == len(kinds(many[:1])) == 2


def test_rules_that_do_something_else_make_another_kind():
    some = [{"action": action, "dst-address": f"198.51.{n}.1"} for n, action in enumerate(("drop", "accept", "reject"))]

    assert len(kinds(some)) == 4
