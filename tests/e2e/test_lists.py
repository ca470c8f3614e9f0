"""A whole address list in a program: from a file, ten thousand long, and broken in the middle."""

import re

from at_length import rounds
from deploying import Site, writes

LISTS = "/ip/firewall/address-list"
FILE = """\ufeff# what people have as files
10.1.0.0/16        # office
10.2.0.0-10.2.0.99 ; guests
192.168.0.0-192.168.1.255
vpn.example.com

10.3.0.1/32
"""
PROGRAM = 'wt.AddressList("no-vpn", list="noVPN", entries=wt.entries_from_file("list.txt"))\n'


def addresses(lab):
    return {row["address"] for row in lab.run(f"{LISTS}/print", "?dynamic=false")}


def test_a_file_is_a_list_and_a_line_more_is_an_entry_more(bare, site):
    before = bare.router.snapshot()
    ours: Site = site(bare, PROGRAM)
    file = ours.directory / "list.txt"
    file.write_text(FILE, encoding="utf-8")

    assert ours.up().errors == ()

    assert addresses(bare) == {"10.1.0.0/16", "10.2.0.0-10.2.0.99", "192.168.0.0/23", "vpn.example.com", "10.3.0.1"}
    comments = {
        row["address"]: row["comment"].partition(" [")[0] for row in bare.run(f"{LISTS}/print", "?dynamic=false")
    }
    assert comments["10.1.0.0/16"] == "office"
    assert ours.up(refresh=True).touched == []

    file.write_text(FILE + "10.0.0.7\n", encoding="utf-8")
    planned = ours.preview()
    told = [line.strip() for line in planned.text.splitlines()]
    assert [line for line in told if line[1:9] == " entries"] == ['+ entries["10.0.0.7"]: ""']
    bare.reset_stats()
    assert ours.up().errors == ()
    assert writes(bare) == 1
    assert ours.destroy().errors == ()
    assert bare.router.snapshot() == before


def test_a_line_that_can_not_be_taken_is_told_by_its_number(bare, site):
    ours = site(bare, PROGRAM)
    (ours.directory / "list.txt").write_text("10.0.0.1\n10.0.0.300\nfe80::1\n")
    text = ours.preview().text
    assert "line 2: " in text
    assert "line 3: " in text


MANY = rounds(3_000, 10_000)


def many(comment):
    return (
        "import ipaddress\n"
        "base = int(ipaddress.ip_address('10.0.0.0'))\n"
        f"entries = [wt.Entry(str(ipaddress.ip_address(base + 2 * n)), comment={comment!r}) for n in range({MANY})]\n"
        'wt.AddressList("big", entries=entries)\n'
    )


def test_thousands_of_entries_are_kept_in_thrice_their_text_and_mended_after_a_break(bare, site):
    comment = "as people write them"
    ours = site(bare, many(comment))
    bare.fault("drop", LISTS, "add", nth=MANY * 7 // 10)

    assert ours.up().errors == ()

    rows = bare.router.rows(LISTS)
    assert len(rows) == len({row["address"] for row in rows}) == MANY
    text = sum(len(row["address"]) + len(comment) for row in rows)
    assert ours.checkpoint.stat().st_size <= 3 * text
    bare.reset_stats()
    assert ours.up(refresh=True).touched == []
    assert writes(bare) == 0
    assert bare.stats().commands[LISTS] == {"print": 1}


def test_an_error_in_the_middle_is_told_exactly_and_the_next_up_does_the_rest(bare, site, engine):
    program = 'wt.AddressList("some", entries=[f"10.0.0.{n}" for n in range(100)])\n'
    ours = site(bare, program, engine=engine)
    bare.fault("refuse", LISTS, "add", nth=30, times=5, message="failure: no more memory")

    failed = ours.up()

    told = " ".join(failed.errors)
    assert "95 of 100 entries done, 5 refused; the next up does the rest" in told
    assert set(re.findall(r"10\.0\.0\.\d+", told)) == {f"10.0.0.{n}" for n in range(100)} - addresses(bare)
    [kept] = [one for one in ours.state if one["type"].endswith(":AddressList")]
    assert set(kept["outputs"]["entries"]) == addresses(bare)
    assert kept["initErrors"]
    bare.clear_faults()
    bare.reset_stats()
    assert ours.up().errors == ()
    assert writes(bare) == 5
    assert len(addresses(bare)) == 100
    assert ours.up(refresh=True).touched == []
    [kept] = [one for one in ours.state if one["type"].endswith(":AddressList")]
    assert "initErrors" not in kept
