"""Whatever order the router executes commands in that are in flight at once, the result is right.

Blocks and single rules are written from several threads, as Pulumi's plugin does.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import menu
from wiretik_provider.simulator import serve

from .conftest import PASSWORD, Bench

FILTER, LISTS = "/ip/firewall/filter", "/ip/firewall/address-list"
SEEDS = range(3)


@pytest.fixture(params=SEEDS)
def shuffled(request):
    with serve(tls=False, password=PASSWORD, shuffle=request.param) as lab:
        yield Bench(lab)
        close_all()


def accept(port):
    return {"action": "accept", "protocol": "tcp", "dst_port": port}


def shown(bench, chain):
    rows = bench.lab.router.rows(FILTER)
    return [row.get("dst-port") or row["action"] for row in rows if row["chain"] == chain]


def test_the_edits_of_a_list_never_miss_an_entry_that_is_still_wanted(shuffled):
    thing = shuffled.resource(AddressListKind(menu("/ip/firewall/address-list")))
    old, new = (
        {f"10.0.{n}.0/24": f"{comment}{n}" for n in range(start, start + 80)}
        for start, comment in ((0, "a"), (40, "b"))
    )
    thing.up(list="l", entries=old)
    shuffled.watch(LISTS)
    thing.up(list="l", entries=new)

    assert {row["address"] for row in shuffled.lab.router.rows(LISTS)} == set(new)
    assert thing.refresh().inputs == thing.inputs
    kept = set(old) & set(new)
    for moment in shuffled.moments:
        there = {row["address"] for row in moment}
        assert kept <= there
        assert set(old) <= there or set(new) <= there
    assert len(shuffled.moments) > 80


def test_blocks_and_single_rules_that_are_made_at_once_stand_right(shuffled):
    block, row = BlockKind(menu(FILTER)), RowKind(menu(FILTER))
    shuffled.lab.run(f"{FILTER}/add", chain="input", action="drop")
    first, last, inner = (shuffled.resource(kind) for kind in (row, row, block))
    others = [shuffled.resource(block) for _ in range(3)]

    def rules(*numbers):
        names = [f"p{number}" for number in numbers]
        return {"rules": dict(zip(names, map(accept, numbers), strict=True)), "order": names}

    def deploy(turn):
        with ThreadPoolExecutor(4) as pool:
            done = [
                pool.submit(first.up, chain="input", **accept(1 + turn), position={"at": "first"}),
                pool.submit(last.up, chain="input", **accept(9000), position={"at": "last"}),
                pool.submit(inner.up, chain="input", **rules(21, 30 + turn, 23), position={"at": "before-drop"}),
                *(
                    pool.submit(other.up, chain=f"c{n}", **rules(*(range(1, 6) if turn else range(5, 0, -1))))
                    for n, other in enumerate(others)
                ),
            ]
            for one in done:
                one.result()

    for turn in (0, 1):
        deploy(turn)
        assert shown(shuffled, "input") == [str(1 + turn), "21", str(30 + turn), "23", "drop", "9000"]
        for n in range(3):
            assert shown(shuffled, f"c{n}") == [str(p) for p in (range(1, 6) if turn else range(5, 0, -1))]
        for thing in (first, last, inner, *others):
            assert thing.refresh().inputs == thing.inputs
