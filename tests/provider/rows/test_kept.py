"""A menu's kept rows: what an index finds is what going through the rows finds, whatever came, went and changed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import rounds
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import claims, compare, exchange, ownership
from wiretik_provider.rows.kept import Kept
from wiretik_provider.rows.ownership import Holder, Tag

PEERS = MENUS["/interface/wireguard/peers"]
FILTER = MENUS["/ip/firewall/filter"]
ADDRESSES = MENUS["/ip/address"]
OWNERS = ["aaaa00000001", "aaaa00000002", "bbbb00000001"]

tags = st.builds(
    lambda owner, generation, older: Tag(owner[:4], owner[4:], generation=generation, older=tuple(older)),
    st.sampled_from(OWNERS),
    st.sampled_from(["", "1234"]),
    st.lists(st.builds(Holder, st.sampled_from(OWNERS[:2]), st.sampled_from(["", "77aa"])), max_size=1),
)
comments = st.one_of(st.just(""), st.just("by hand"), tags.map(lambda tag: ownership.signed("text", tag)))
values = st.fixed_dictionaries(
    {"comment": comments},
    optional={
        "public-key": st.sampled_from(["a" * 43 + "=", "b" * 43 + "="]),
        "interface": st.sampled_from(["wg0", "wg1"]),
        "address": st.sampled_from(["10.0.0.1/24", "10.0.0.1/32", "10.0.0.2", "fd00::1/64", "pool"]),
        "chain": st.sampled_from(["input", "forward"]),
        "action": st.sampled_from(["accept", "drop"]),
        "protocol": st.sampled_from(["tcp", "6", "udp"]),
        "dst-port": st.sampled_from(["80", "80,443", "0-65535"]),
        "disabled": st.sampled_from(["true", "false"]),
        "dynamic": st.sampled_from(["true", "false"]),
    },
)
steps = st.lists(
    st.tuples(st.sampled_from(["grow", "swap", "between", "without"]), st.integers(0, 7), values), max_size=12
)


def stepped(kept, step, row_id):
    """The rows after a step, by `Kept` and by hand."""
    verb, at, row = step
    row = ownership.Tagged({".id": row_id, **row})
    if verb == "grow" or not kept:
        kept.grow(row)
        return kept
    at %= len(kept)
    if verb == "swap":
        kept.swap(at, row)
        return kept
    return kept.between(at, row) if verb == "between" else kept.without(at)


def same(menu, kept, wanted):
    """Each question is answered alike with indexes and without."""
    plain = list(kept)
    for owner in OWNERS:
        assert compare.owned_by(kept, owner) == compare.owned_by(plain, owner)
        for generation in ("", "77aa", ownership.ANY):
            holders = {Holder(owner, generation)}
            assert claims.had_by(kept, holders) == claims.had_by(plain, holders)
    assert compare.twin(menu, kept, wanted, "aaaa") == compare.twin(menu, plain, wanted, "aaaa")
    assert list(compare.equals(menu, kept, wanted)) == list(compare.equals(menu, plain, wanted))
    assert exchange.in_the_way(menu, kept, wanted, "*1") == exchange.in_the_way(menu, plain, wanted, "*1")
    for number in range(14):
        found = [at for at, row in enumerate(plain) if row[".id"] == f"*{number}"]
        assert kept.place(f"*{number}") == (found[0] if found else None)


@settings(max_examples=rounds(40, 2000))
@given(st.sampled_from([PEERS, FILTER, ADDRESSES]), st.lists(values, max_size=5), steps, values)
def test_an_index_finds_what_going_through_the_rows_finds(menu, begins, changes, asked):
    wanted = {
        name: menu.by_name[name].codec.read(text)
        for name, text in asked.items()
        if name in menu.by_name and not menu.by_name[name].read_only
    }
    kept = Kept(ownership.Tagged({".id": f"*{number}", **row}) for number, row in enumerate(begins))
    same(menu, kept, wanted)
    for number, change in enumerate(changes, len(begins)):
        kept = stepped(kept, change, f"*{number}")
        same(menu, kept, wanted)


def test_who_reads_an_older_list_misses_nothing_and_finds_what_is_there_now():
    rows = [ownership.Tagged({".id": f"*{n}", "comment": f"[wt:aaaa0000000{n}]"}) for n in range(3)]
    older = Kept(rows)
    newer = older.without(1)
    assert list(older) == rows
    assert list(newer) == [rows[0], rows[2]]
    assert compare.owned_by(older, "aaaa00000001") == []
    newest = newer.between(0, rows[1])
    assert compare.owned_by(older, "aaaa00000001") == compare.owned_by(newest, "aaaa00000001") == [rows[1]]
    assert [newest.place(f"*{n}") for n in range(4)] == [1, 0, 2, None]
