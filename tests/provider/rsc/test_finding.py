"""What finds one row and no other."""

from wiretik_provider.rsc.finding import Rows

FILTER = "/ip/firewall/filter"


def rules(*rows):
    return Rows(FILTER, [{".id": f"*{number}", **row} for number, row in enumerate(rows, 1)])


def test_a_row_is_found_by_its_name_or_its_comment():
    interfaces = Rows("/interface/wireguard", [{".id": "*1", "name": "wg0", "comment": "a"}])
    assert interfaces.condition("*1") == 'name="wg0"'
    assert rules({"chain": "input", "comment": 'say "hi" $x'}).condition("*1") == 'comment="say \\"hi\\" \\$x"'


def test_where_two_have_one_comment_the_chain_tells_them_apart_and_then_the_fewest_properties():
    rows = rules(
        {"chain": "input", "action": "accept", "comment": "defconf"},
        {"chain": "forward", "action": "accept", "comment": "defconf"},
        {"chain": "forward", "action": "drop", "protocol": "tcp"},
        {"chain": "forward", "action": "drop", "protocol": "udp"},
    )
    assert rows.condition("*1") == 'comment="defconf" chain="input"'
    assert rows.condition("*3") == 'protocol="tcp"'


def test_numbers_truths_lists_and_secrets_never_stand_in_a_condition():
    rows = rules(
        {"chain": "input", "connection-state": "established,related", "log": "true", "bytes": "1"},
        {"chain": "input", "connection-state": "invalid,new", "log": "false", "bytes": "2"},
    )
    assert rows.condition("*1") == ""
    peers = Rows(
        "/interface/wireguard/peers",
        [
            {".id": "*1", "interface": "wg0", "preshared-key": "x", "allowed-address": "10.0.0.0/24,10.1.0.0/24"},
            {".id": "*2", "interface": "wg0", "preshared-key": "y", "allowed-address": "10.2.0.0/24,10.3.0.0/24"},
        ],
    )
    assert peers.condition("*1") == ""


def test_it_follows_rows_that_come_change_and_go():
    rows = rules({"chain": "input", "comment": "a"})
    assert rows.lacking({"chain": "input", "comment": "b"}) == 'comment="b"'
    rows.put({".id": "*2", "chain": "forward", "comment": "a"})
    assert rows.condition("*1") == 'comment="a" chain="input"'
    rows.put({".id": "*2", "chain": "forward", "comment": "b"})
    assert rows.condition("*1") == 'comment="a"'
    rows.put({".id": "*3", "chain": "input", "comment": "a"})
    rows.drop("*3")
    assert rows.condition("*1") == 'comment="a"'
    assert rows.get("*3") == {}


def test_the_entries_of_a_list_are_found_by_list_and_address():
    entries = Rows(
        "/ip/firewall/address-list",
        [
            {".id": "*1", "list": "a", "address": "10.0.0.1", "comment": "x"},
            {".id": "*2", "list": "a", "address": "10.0.0.2", "comment": "x"},
        ],
    )
    assert entries.condition("*2") == 'list="a" address="10.0.0.2"'
