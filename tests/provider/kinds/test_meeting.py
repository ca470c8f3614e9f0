"""Somebody else is at the router: between every look and write a person or another stack changes what was looked at.

What he does is given to the router just before our write is done, so no run depends on who is faster.
"""

import pytest

from wiretik_provider import errors
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import menu
from wiretik_provider.rows import ownership
from wiretik_provider.rows.exchange import Program, Wish

ADDRESSES, FILTER, WIREGUARD, LISTS = (
    "/ip/address",
    "/ip/firewall/filter",
    "/interface/wireguard",
    "/ip/firewall/address-list",
)
THEIRS = f"[wt:{ownership.make('other', 'lab', 'Thing', 'theirs')}]"
THEIRS_FIRST = THEIRS.replace("]", f"{ownership.FIRST}]")


@pytest.fixture
def before_write(bench):
    """Does something on the router just before the next writes of a menu, each time or the first few times."""

    def arrange(path, act, verb="", times=1):
        left = [times]
        execute = bench.lab.router.execute

        def meddle(words, *rest):
            at, _, said = words[0].rpartition("/")
            if rest and at == path and said in ({verb} if verb else {"add", "set", "move", "remove"}) and left[0]:
                left[0] -= 1
                act()
            return execute(words, *rest)

        bench.lab.router.execute = meddle

    return arrange


def comments(bench, path=FILTER, chain="input"):
    return [
        ownership.split(r.get("comment", ""))[0] for r in bench.lab.router.rows(path) if r.get("chain", chain) == chain
    ]


def test_a_row_that_somebody_removes_before_it_is_set_is_added_again_and_told(bench, before_write, capsys):
    address = bench.resource(RowKind(menu(ADDRESSES)))
    address.up(address="10.1.0.1/24", interface="ether2")
    (row,) = bench.lab.router.rows(ADDRESSES)
    before_write(ADDRESSES, lambda: bench.lab.run(f"{ADDRESSES}/remove", numbers=row[".id"]), "set")

    address.up(address="10.1.0.2/24", interface="ether2")

    assert [row["address"] for row in bench.lab.router.rows(ADDRESSES)] == ["10.1.0.2/24"]
    assert "no such item; looked at again, and it is done" in capsys.readouterr().err
    address.refresh()
    assert address.inputs == address.check(address="10.1.0.2/24", interface="ether2")


def test_a_row_that_somebody_removes_before_it_is_deleted_is_gone(bench, before_write):
    address = bench.resource(RowKind(menu(ADDRESSES)))
    address.up(address="10.1.0.1/24", interface="ether2")
    (row,) = bench.lab.router.rows(ADDRESSES)
    before_write(ADDRESSES, lambda: bench.lab.run(f"{ADDRESSES}/remove", numbers=row[".id"]), "remove")

    address.destroy()

    assert bench.lab.router.rows(ADDRESSES) == []


@pytest.mark.parametrize(("comment", "whose"), [(THEIRS, "another stack manages it"), ("by hand", "adopt=True")])
def test_the_same_key_added_at_the_same_moment_is_named_with_its_owner(bench, before_write, comment, whose):
    address = bench.resource(RowKind(menu(ADDRESSES)))
    row = {"address": "10.1.0.1/24", "interface": "ether2"}
    before_write(ADDRESSES, lambda: bench.lab.run(f"{ADDRESSES}/add", comment=comment, **row))

    with pytest.raises(errors.RowError, match=f"10.1.0.1/24.*has it already.*{whose}"):
        address.up(**row)
    assert len(bench.lab.router.rows(ADDRESSES)) == 1


@pytest.mark.parametrize("changed", [False, True], ids=["a-new-interface", "an-interface-that-is-there"])
def test_a_port_that_another_stack_takes_at_the_same_moment_is_given_up(bench, before_write, changed):
    """RouterOS would take both and leave one of them dead."""
    ours = bench.resource(RowKind(menu(WIREGUARD)))
    if changed:
        ours.up(name="ours", listen_port=51000)
    before_write(
        WIREGUARD, lambda: bench.lab.run(f"{WIREGUARD}/add", name="theirs", listen_port="51820", comment=THEIRS)
    )

    with pytest.raises(
        errors.RowError, match=r"listen-port=51820 is taken by WireGuard interface theirs.*another stack"
    ):
        ours.up(name="ours", listen_port=51820)

    there = {row["name"]: (row["listen-port"], row["running"]) for row in bench.lab.router.rows(WIREGUARD)}
    assert there == {"theirs": ("51820", "true"), **({"ours": ("51000", "true")} if changed else {})}


def test_where_both_give_way_to_each_other_the_next_look_gets_it(bench, before_write):
    ours = bench.resource(RowKind(menu(WIREGUARD)))

    def theirs():
        added = bench.lab.run(f"{WIREGUARD}/add", name="theirs", listen_port="51820", comment=THEIRS)
        before_write(WIREGUARD, lambda: bench.lab.run(f"{WIREGUARD}/remove", numbers=added[0]["ret"]), "remove")

    before_write(WIREGUARD, theirs, "add")
    ours.up(name="ours", listen_port=51820)

    assert [(row["name"], row["running"]) for row in bench.lab.router.rows(WIREGUARD)] == [("ours", "true")]


def test_an_interface_that_doesnt_run_after_an_exchange_is_switched_off_and_on_and_then_told(bench, capsys):
    x, y = (bench.resource(RowKind(menu(WIREGUARD)), name) for name in "xy")
    x.up(name="x", listen_port=51821)
    y.up(name="y", listen_port=51822)
    dead = next(row for row in bench.lab.router.table("/interface") if row.values["name"] == "y")
    dead.facts["link"] = "down"
    bench.lab.router.network.changed()
    ports = {x.tag: ("x", 51822), y.tag: ("y", 51821)}
    wishes = {tag: Wish(WIREGUARD, {"name": n, "listen-port": p}, frozenset()) for tag, (n, p) in ports.items()}
    x.links("").program = Program(wishes)
    bench.watch(WIREGUARD)

    x.up(name="x", listen_port=51822)

    switched = [word for words in bench.written for word in words if word.startswith("=disabled=")]
    assert switched == ["=disabled=yes", "=disabled=no"]
    assert "interface y doesn't run since its listen-port was exchanged" in capsys.readouterr().err


RULE = {"chain": "input", "action": "accept", "comment": "ours"}


@pytest.mark.parametrize("place", ["first", "before-drop"])
def test_a_rule_that_somebody_puts_in_its_way_doesnt_keep_it_from_its_place(bench, before_write, place):
    bench.lab.run(f"{FILTER}/add", chain="input", action="drop", comment="drop")
    rule = bench.resource(RowKind(menu(FILTER)))
    above = bench.lab.router.rows(FILTER)[0][".id"]
    act = {"chain": "input", "action": "drop", "comment": "by hand", "place-before": above}
    before_write(FILTER, lambda: bench.lab.run(f"{FILTER}/add", **act))

    rule.up(**RULE, position={"at": place})

    assert comments(bench) == ["ours", "by hand", "drop"]


def test_a_rule_whose_neighbour_is_removed_at_the_same_moment_finds_its_place(bench, before_write):
    bench.lab.run(f"{FILTER}/add", chain="input", action="drop", comment="one")
    bench.lab.run(f"{FILTER}/add", chain="input", action="drop", comment="two")
    rule = bench.resource(RowKind(menu(FILTER)))
    one = bench.lab.router.rows(FILTER)[0][".id"]
    before_write(FILTER, lambda: bench.lab.run(f"{FILTER}/remove", numbers=one))

    rule.up(**RULE, position={"at": "before-drop"})

    assert comments(bench) == ["ours", "two"]


@pytest.mark.parametrize("kind", [RowKind, BlockKind])
def test_two_stacks_that_want_to_be_first_dont_fight_one_says_so(bench, before_write, kind):
    bench.lab.run(f"{FILTER}/add", chain="input", action="drop", comment="drop")
    thing = bench.resource(kind(menu(FILTER)))
    above = bench.lab.router.rows(FILTER)[0][".id"]
    theirs = {"chain": "input", "action": "accept", "comment": THEIRS_FIRST, "place-before": above}
    before_write(FILTER, lambda: bench.lab.run(f"{FILTER}/add", **theirs))
    rule = {**RULE, "position": {"at": "first"}}
    if kind is BlockKind:
        rule = {"chain": "input", "position": {"at": "first"}, "order": ["a"], "rules": {"a": {"action": "accept"}}}
    bench.watch(FILTER)

    with pytest.raises(errors.RowError, match=r"(?s)first.*of stack .*asks for the same place") as told:
        thing.up(**rule)
    assert len(bench.written) <= 4
    # What was added for nothing is removed again, or known to the state.
    assert comments(bench) == ["", "drop"] or isinstance(told.value, errors.PartlyDone)


def block(*names, **more):
    rules = {name: {"action": "accept", "protocol": "tcp", "dst_port": int(name), "comment": name} for name in names}
    return {"chain": "input", "order": list(names), "rules": rules, **more}


@pytest.mark.parametrize("verb", ["add", "move", "remove"])
def test_a_rule_that_comes_into_a_block_while_it_is_edited_is_found_and_the_block_closes_again(
    bench, before_write, verb
):
    ours = bench.resource(BlockKind(menu(FILTER)))
    ours.up(**block("1", "2", "3", position={"at": "first"}))
    between = bench.lab.router.rows(FILTER)[1][".id"]
    hand = {"chain": "input", "action": "drop", "protocol": "udp", "comment": "by hand", "place-before": between}
    before_write(FILTER, lambda: bench.lab.run(f"{FILTER}/add", **hand), verb)

    ours.up(**block(*{"add": "1234", "move": "213", "remove": "12"}[verb], position={"at": "first"}))

    wanted = [*{"add": "1234", "move": "213", "remove": "12"}[verb], "by hand"]
    assert comments(bench) == wanted
    ours.refresh()
    assert "position" not in ours.inputs or ours.inputs["position"] == {"at": "first"}


@pytest.mark.parametrize("verb", ["set", "move", "remove"])
def test_a_rule_of_a_block_that_somebody_removes_while_it_is_edited_is_made_again(bench, before_write, verb):
    ours = bench.resource(BlockKind(menu(FILTER)))
    ours.up(**block("1", "2", "3"))
    ids = [row[".id"] for row in bench.lab.router.rows(FILTER)]
    victim = {"set": ids[1], "move": ids[1], "remove": ids[2]}[verb]
    before_write(FILTER, lambda: bench.lab.run(f"{FILTER}/remove", numbers=victim), verb)
    wished = {"set": block("1", "2", "3"), "move": block("2", "1", "3"), "remove": block("1", "2")}[verb]
    if verb == "set":
        wished["rules"]["2"]["log"] = True

    ours.up(**wished)

    assert comments(bench) == wished["order"]


def test_somebody_who_comes_each_time_is_named_and_nobody_fights_for_ever(bench, before_write):
    ours = bench.resource(BlockKind(menu(FILTER)))
    ours.up(**block("1", "2"))

    def meddle():
        first = bench.lab.router.rows(FILTER)[0][".id"]
        bench.lab.run(f"{FILTER}/add", **{"chain": "input", "action": "drop", "comment": THEIRS, "place-before": first})

    before_write(FILTER, meddle, times=100)
    bench.watch(FILTER)

    with pytest.raises(errors.RowError, match=r"somebody else changed the chain at the same moment.*of stack"):
        ours.up(**block("1", "2", "3", position={"at": "first"}))
    assert len(bench.written) < 20


@pytest.mark.parametrize("kind", ["chain", "list"])
def test_two_stacks_that_prune_one_place_name_each_other(bench, before_write, kind):
    if kind == "chain":
        thing, path = bench.resource(BlockKind(menu(FILTER))), FILTER
        act = {"chain": "input", "action": "drop", "comment": THEIRS}
        wished = block("1", "2", foreign="prune")
    else:
        thing, path = bench.resource(AddressListKind(menu(LISTS))), LISTS
        act = {"list": "l", "address": "10.0.0.9", "comment": THEIRS}
        wished = {"list": "l", "entries": {"10.0.0.1": "", "10.0.0.2": ""}, "foreign": "prune"}
    before_write(path, lambda: bench.lab.run(f"{path}/add", **act))

    with pytest.raises(errors.RowError, match="another"):
        thing.up(**wished)
    assert any(row.get("comment") == THEIRS for row in bench.lab.router.rows(path)), "theirs stays"


@pytest.mark.parametrize("foreign", ["keep", "prune"])
def test_an_entry_that_somebody_adds_or_removes_at_the_same_moment_is_met(bench, before_write, foreign):
    entries = bench.resource(AddressListKind(menu(LISTS)))
    entries.up(list="l", entries={"10.0.0.1": "", "10.0.0.2": ""}, foreign=foreign)
    before_write(LISTS, lambda: bench.lab.run(f"{LISTS}/add", list="l", address="10.0.0.3"), "add")
    before_write(
        LISTS, lambda: bench.lab.run(f"{LISTS}/remove", numbers=bench.lab.router.rows(LISTS)[0][".id"]), "remove"
    )

    entries.up(list="l", entries={"10.0.0.2": "", "10.0.0.3": "", "10.0.0.4": ""}, foreign=foreign)

    assert sorted(row["address"] for row in bench.lab.router.rows(LISTS)) == ["10.0.0.2", "10.0.0.3", "10.0.0.4"]
