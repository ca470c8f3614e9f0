"""Which rows are taken into a program, and why others aren't."""

import pytest

from wiretik_provider.adopt.choosing import Inventory, Options, Taken, choose
from wiretik_provider.rows import ownership


def _choose(path, *rows, **options):
    there = [{".id": f"*{n}", **row} for n, row in enumerate(rows, 1)]
    return choose(Inventory("7.20", tables={path: there}), Options(**options))


def _values(chosen, path):
    return [dict(one.values) for one in chosen.rows[path] if isinstance(one, Taken)]


def test_defaults_are_left_out_and_the_action_is_said():
    chosen = _choose("/ip/firewall/filter", {"chain": "input", "action": "accept", "log": "false", "disabled": "false"})
    assert _values(chosen, "/ip/firewall/filter") == [{"chain": "input", "action": "accept"}]


def test_that_a_prefix_is_not_advertised_is_said():
    rows = [{"address": "fd00::1/64", "interface": "wg0", "advertise": text} for text in ("false", "true")]
    found = _values(_choose("/ipv6/address", *rows[:1]), "/ipv6/address")
    found += _values(_choose("/ipv6/address", *rows[1:]), "/ipv6/address")
    assert [one.get("advertise") for one in found] == [False, None]


def test_a_tunnels_own_key_is_never_declared_and_a_hidden_one_is_left_as_it_is():
    path = "/interface/wireguard"
    assert "private-key" not in _values(_choose(path, {"name": "wg0", "listen-port": "1", "private-key": "k"}), path)[0]
    peer = {"interface": "wg0", "public-key": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=", "allowed-address": "::/0"}
    chosen = _choose("/interface/wireguard/peers", {**peer, "preshared-key": "*****"})
    assert "preshared-key" not in _values(chosen, "/interface/wireguard/peers")[0]
    assert "hidden" in chosen.notes[0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"chain": "input", "action": "drop", "in-interface": "*17"}, "'*' for an id"),
        ({"chain": "input", "action": "drop", "comment": "x [wt:3f9a2c71e0b4]"}, "another stack manages it"),
        ({"chain": "input", "action": "drop", "comment": "toggled"}, "a script on the router searches"),
    ],
)
def test_a_row_that_can_not_be_taken_stays_and_its_reason_is_told(row, why):
    script = {".id": "*9", "name": "s", "source": '/ip firewall filter disable [find where comment="toggled"]'}
    rows = {"/ip/firewall/filter": [{".id": "*1", **row}], "/system/script": [script]}
    chosen = choose(Inventory("7.20", tables=rows), Options())
    assert chosen.count == 1  # the script
    assert [one.path for one in chosen.left] == ["/ip/firewall/filter"]
    assert why in chosen.left[0].why


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (':local password "s3cret"', True),
        ("/tool fetch user=me password=s3cret url=x", True),
        ("/tool fetch url=ftp://me:s3cret@host/", True),
        (':local apiToken "abc"', True),
        ("/tool fetch password=$pw url=https://host/", False),
        (':local password ""; # the password policy', False),
        ("/ip dns cache flush", False),
    ],
)
def test_a_script_with_a_password_in_it_is_told_since_its_text_stands_in_the_program(source, told):
    row = {"name": "s", "owner": "admin", "policy": "read", "source": source}
    notes = _choose("/system/script", row).notes
    assert [note for note in notes if "seems to have a password" in note] == (notes if told else [])
    assert bool(notes) == told
    assert "s3cret" not in "".join(notes)


def test_a_row_that_this_stack_has_signed_is_taken_again_by_its_own_comment():
    tag = ownership.Tag("3f9a", "2c71e0b4", adopted=True)
    row = {"dst-address": "10.0.0.0/8", "gateway": "wg0"}
    chosen = _choose(
        "/ip/route", {"dst-address": "10.0.0.0/8", "gateway": "wg0", "comment": f"office {tag}"}, stack="3f9a"
    )
    assert _values(chosen, "/ip/route") == [{**row, "comment": "office"}]


def test_the_factorys_rows_may_be_left_alone_and_dynamic_ones_are_nobodys():
    rows = ({"dst-address": "10.0.0.0/8", "comment": "defconf: x"}, {"dst-address": "10.0.0.0/9", "dynamic": "true"})
    chosen = _choose("/ip/route", *rows, factory=False)
    assert (chosen.count, len(chosen.left)) == (0, 1)
