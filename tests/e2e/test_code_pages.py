"""Comments and names that WinBox wrote in a code page: bytes that aren't UTF-8 stay what they are, through every state.

And texts of people that look like the form in which such bytes are kept stay what they wrote.
"""

import json

import pytest

from deploying import content
from hostile import BYTES, no_control_characters
from wiretik_provider.printable import stored

COMMENT, NAME = BYTES, b"B\xfcro".decode("utf-8", "surrogateescape")
ADOPTED = """
wt.FilterRule("rule", chain="forward", action="accept", src_address="10.9.9.9", adopt=True)
wt.Route("far", dst_address="10.55.0.0/16", gateway="ether2", adopt=True)
wt.AddressList("list", list="l", entries=["1.2.3.4"], adopt=True)
wt.WireGuardInterface("wg", name="wgx", adopt=True)
wt.FilterChain("block", chain="mine", rules={"first": {"action": "accept", "protocol": "tcp"}}, adopt=True)
wt.Identity("name", name="new")
wt.Dns("dns", servers=["9.9.9.9"])
"""


@pytest.fixture
def written(bare):
    """A router on which WinBox left its letters wherever a comment or a name may be."""
    bare.run("/ip/firewall/filter/add", chain="forward", action="accept", src_address="10.9.9.9", comment=COMMENT)
    bare.run("/ip/firewall/filter/add", chain="mine", action="accept", protocol="tcp", comment=COMMENT)
    bare.run("/ip/route/add", dst_address="10.55.0.0/16", gateway="ether2", comment=COMMENT)
    bare.run("/ip/firewall/address-list/add", list="l", address="1.2.3.4", comment=COMMENT)
    bare.run("/interface/wireguard/add", name="wgx", comment=COMMENT)
    bare.run("/interface/list/add", name=NAME, comment=COMMENT)
    bare.run("/system/identity/set", name=NAME)
    return bare


def comments(lab, *menus):
    return [row.get("comment", "") for menu in menus for row in lab.router.rows(menu) if row.get("dynamic") != "true"]


def test_rows_are_adopted_with_the_comments_that_they_have_and_given_back_byte_for_byte(written, site, engine):
    before = content(written)
    made = site(written, ADOPTED, engine=engine)
    assert made.preview().errors == ()

    up = made.up()

    assert up.errors == ()
    no_control_characters(up.text.replace("\t", " "))
    kept = comments(written, "/ip/firewall/filter", "/ip/route", "/ip/firewall/address-list", "/interface/wireguard")
    assert [comment.rpartition(" [wta:")[0] for comment in kept] == [COMMENT] * 5
    assert made.kept("rule")["outputs"]["comment"] == stored(COMMENT)
    assert json.loads(made.checkpoint.read_bytes().decode())
    assert made.up(refresh=True).touched == []
    assert made.refresh().touched == []
    assert made.destroy().errors == ()
    assert content(written) == before


def test_a_drift_to_such_bytes_is_seen_told_and_mended(bare, site, engine):
    program = """
wt.FilterRule("rule", chain="forward", action="accept", comment="ours")
wt.WireGuardInterface("wg", name="wg0", comment="ours")
"""
    made = site(bare, program, engine=engine)
    assert made.up().errors == ()
    (rule,), (tunnel,) = bare.run("/ip/firewall/filter/print"), bare.run("/interface/wireguard/print")
    bare.run("/ip/firewall/filter/set", numbers=rule[".id"], comment=rule["comment"].replace("ours", COMMENT))
    bare.run("/interface/wireguard/set", numbers=tunnel[".id"], name=NAME)

    refresh = made.refresh()

    assert (refresh.errors, sorted(refresh.names("update"))) == ((), ["rule", "wg"])
    assert made.refresh().errors == ()
    assert sorted(made.up().names("update")) == ["rule", "wg"]
    assert comments(bare, "/ip/firewall/filter")[0].startswith("ours [wt:")
    assert [row["name"] for row in bare.run("/interface/wireguard/print")] == ["wg0"]
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()


LOOKALIKES = (
    r"B\xfcro",
    r"B\u00fcro",
    r"\udcfc",
    "B\ufffdro",
    "\uef80\uf780",
    "%fc",
    "=?B?xfc?=",
    "\u00fc",
    "00fc",
    "\\0fc",
)


def test_a_persons_own_text_that_looks_like_it_stays_what_he_wrote(bare, site, engine):
    rules = [f"wt.FilterRule('r{at}', chain='c{at}', comment={text!r})" for at, text in enumerate(LOOKALIKES)]
    rules += [f"pulumi.export('text', {LOOKALIKES[0]!r})"]
    made = site(bare, "\n".join(rules), engine=engine)

    assert made.up().errors == ()

    there = [comment.rpartition(" [wt:")[0] for comment in comments(bare, "/ip/firewall/filter")]
    assert sorted(there) == sorted(LOOKALIKES)
    assert [made.kept(f"r{at}")["inputs"]["comment"] for at in range(len(LOOKALIKES))] == list(LOOKALIKES)
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()


def test_an_output_of_such_bytes_is_another_rows_comment(written, site, engine):
    program = """
tunnel = wt.WireGuardInterface("wg", name="wgx", adopt=True)
wt.FilterRule("rule", chain="input", action="log", comment=tunnel.comment)
"""
    made = site(written, program, engine=engine)
    assert made.up().errors == ()
    assert [c.rpartition(" [wt")[0] for c in comments(written, "/ip/firewall/filter")].count(COMMENT) == 1
    assert made.up(refresh=True).touched == []


def test_a_comment_that_only_the_router_keeps_is_left_with_ignore_changes(bare, site, engine):
    program = """
wt.FilterRule("rule", chain="forward", comment="ours", opts=pulumi.ResourceOptions(ignore_changes=["comment"]))
"""
    made = site(bare, program, engine=engine)
    assert made.up().errors == ()
    (rule,) = bare.run("/ip/firewall/filter/print")
    bare.run("/ip/firewall/filter/set", numbers=rule[".id"], comment=rule["comment"].replace("ours", COMMENT))

    for _ in range(2):
        assert made.refresh().errors == ()
        assert made.up().errors == ()
        assert comments(bare, "/ip/firewall/filter")[0].startswith(f"{COMMENT} [wt:")


def test_a_refusal_names_what_there_is(written, site, engine):
    made = site(written, 'wt.InterfaceListMember("m", list="nosuch", interface="ether2")\n', engine=engine)
    for run in (made.preview(), made.up()):
        [told] = [one for one in run.errors if "nosuch" in one]
        assert r"B\xfcro" in told
        assert "surrogate" not in run.text
    clash = site(
        written, 'wt.FilterRule("r", chain="forward", action="accept", src_address="10.9.9.9")\n', engine=engine
    )
    assert any(r"B\xfcro caf\xe9" in one for one in clash.up().errors)


@pytest.mark.parametrize("text", ["a\0b", "\0", "\0zz"])
def test_a_nul_is_refused_before_the_first_write(bare, site, text):
    run = site(bare, f"wt.FilterRule('r', chain='forward', comment={text!r})\n").preview()
    assert any("NUL" in one for one in run.errors)


def test_a_file_of_addresses_in_a_code_page_is_read_with_its_comments(bare, site, engine):
    made = site(bare, 'wt.AddressList("l", list="l", entries=wt.entries_from_file("list.txt"))\n', engine=engine)
    (made.directory / "list.txt").write_bytes(
        b"\xef\xbb\xbf1.2.3.4 # B\xfcro\r\n1.2.3.5 ; caf\xe9\r\n1.2.3.6 # \xc3\xbc\n"
    )
    assert made.up().errors == ()
    rows = [row["comment"].rpartition(" [wt:")[0] for row in bare.run("/ip/firewall/address-list/print")]
    assert set(rows) == {NAME, b"caf\xe9".decode("utf-8", "surrogateescape"), "ü"}
    assert made.up(refresh=True).touched == []
