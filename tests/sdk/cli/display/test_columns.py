"""A table fits its terminal: no row takes a second line, names stay whole, and what went is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wiretik.cli.display.columns import GAP, cut, fit, fit_tree
from wiretik.cli.screen import Text, flowed, pasted

HEADINGS = ("", "interface", "peer", "endpoint", "allowed-address", "handshake", "rx", "tx", "managed by")
PEERS = [
    (
        "",
        "wg1",
        "hub",
        "server2.example.com:51820",
        "10.20.0.0/24\n172.16.50.0/24",
        "never",
        "0B",
        "0B",
        "home-wg1-hub",
    ),
    ("X", "wg0", "provider", "192.0.2.1:51820", "0.0.0.0/0\n::/0", "1m12s", "1.2M", "10K", "home-wg0-provider"),
]
TEXT = st.text(st.sampled_from("abc-./0123 \n日"), max_size=40)


def width_of(headings, fitted):
    table = [[headings[at] for at in fitted.kept], *fitted.rows]
    return sum(max(cell_len(cell) for cell in column) for column in zip(*table, strict=True)) + fitted.gap * (
        len(fitted.kept) - 1
    )


def test_where_there_is_room_nothing_changes_but_that_a_row_is_one_line():
    fitted = fit(HEADINGS, PEERS, 400)
    assert fitted.kept == tuple(range(len(HEADINGS)))
    assert fitted.rows[0] == tuple(cell.replace("\n", " ") for cell in PEERS[0])


@pytest.mark.parametrize("width", [70, 80, 90, 100, 120])
def test_names_stay_whole_and_what_went_is_told(width):
    fitted = fit(HEADINGS, PEERS, width)
    assert width_of(HEADINGS, fitted) <= width
    shown = [{HEADINGS[at]: cell for at, cell in zip(fitted.kept, row, strict=True)} for row in fitted.rows]
    for row, whole in zip(shown, PEERS, strict=True):
        for name in ("interface", "peer", "handshake", "managed by"):
            assert row[name] == whole[HEADINGS.index(name)]
    assert set(fitted.gone) == set(HEADINGS) - {HEADINGS[at] for at in fitted.kept}


def test_of_several_addresses_the_first_stays_and_how_many_more_there_are():
    fitted = fit(HEADINGS, PEERS, 80)
    assert fitted.rows[0][fitted.kept.index(4)] == "10.20.0.0/24 +1"


@given(st.lists(st.tuples(*[TEXT] * len(HEADINGS)), min_size=1, max_size=5), st.integers(110, 300))
def test_a_table_is_never_wider_than_its_terminal(rows, width):
    # Seven names and figures of 40 cells can't be shorter, so those are short here.
    rows = [tuple(cell[:8] if at in {0, 1, 2, 5} else cell for at, cell in enumerate(row)) for row in rows]
    fitted = fit(HEADINGS, rows, width)
    assert width_of(HEADINGS, fitted) <= width
    assert not any("\n" in cell for row in fitted.rows for cell in row)


@given(TEXT, st.integers(1, 50))
def test_a_cut_text_fits_and_says_that_it_was_cut(text, width):
    text = text.replace("\n", " ")
    shown = cut(text, width)
    assert cell_len(shown) <= max(width, 1)
    assert shown == text or shown.endswith("…")


KINDS = [Text("wiretik:index:Site"), Text("├─ wiretik:WireGuardInterface"), Text("└─ pulumi:pulumi:Stack")]


def tree(width, *names):
    kinds, fitted, gap = fit_tree(KINDS, [Text(name) for name in names], 10, width)
    assert max(map(cell_len, map(str, kinds))) + max(map(cell_len, map(str, fitted))) + 10 + 3 * gap <= width
    return [str(kind) for kind in kinds], [str(name) for name in fitted], gap


def test_a_tree_that_fits_stays_as_it_is():
    assert tree(120, "home", "home-wg1", "x") == ([str(kind) for kind in KINDS], ["home", "home-wg1", "x"], GAP)


def test_types_lose_their_module_then_the_columns_come_closer_then_types_lose_their_ends():
    short = ["Site", "├─ WireGuardInterface", "└─ Stack"]

    assert tree(60, "home", "a-name-of-fourteen", "x") == (short, ["home", "a-name-of-fourteen", "x"], GAP)
    assert tree(54, "home", "a-name-of-fourteen+", "x") == (short, ["home", "a-name-of-fourteen+", "x"], 1)
    long = "a-name-that-is-whole-at-eighty-columns-as-well"
    kinds, names, gap = tree(80, "home", long, "x")
    assert (names[1], gap, kinds[1]) == (long, 1, "├─ WireGuardInterface")


def test_a_name_loses_its_middle_when_nothing_else_is_left():
    _, [name, *_], _ = tree(60, "home-wg-mesh-a-client-with-a-very-long-name-192.168.10.0-24", "x", "y")

    assert name.startswith("home-wg-mesh")
    assert name.endswith("168.10.0-24")
    assert "…" in name


@given(TEXT, st.integers(30, 80), st.integers(0, 8))
def test_a_sentence_that_flows_has_all_its_words_and_no_line_too_wide(text, width, indent):
    line = Text(" " * indent + text.strip())

    parts = flowed(line, width)

    assert all(part.cell_len <= max(width, 20 + indent + 2) for part in parts)
    assert "".join("".join(map(str, parts)).split()) == "".join(str(line).split())


def test_what_is_pasted_is_continued_after_a_backslash_and_a_word_is_never_broken():
    told = "  pulumi config set wiretik:fingerprint " + "ab" * 32

    assert list(pasted(told, 80)) == ["  pulumi config set wiretik:fingerprint \\", "      " + "ab" * 32]
    assert list(pasted("  /a b", 80)) == ["  /a b"]
    assert list(pasted("x" * 100, 80)) == ["x" * 100]
