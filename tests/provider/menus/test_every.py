"""The data file of all menus: it is sound, equals what was described by hand, and costs nothing where it isn't used."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import facts
from wiretik_provider.errors import UnknownMenu
from wiretik_provider.menus import MENUS, every, menu
from wiretik_provider.menus.descriptor import version
from wiretik_provider.simulator.spec import menus_of

OLDEST = (7, 15)
VERSIONS = ("7.15", "7.16", "7.17", "7.18", "7.19", "7.20", "7.21", "7.22", "7.23", "7.24")


def _all():
    return [every.described(path) for path in every.heads()]


def test_every_menu_is_described_and_every_field_is_sound():
    menus = _all()

    hardware = [path for path, head in every.heads().items() if "hardware" in head.marks]
    fields = sum(len(one.fields) for one in menus)
    assert (len(menus), len(hardware), fields) == (510, 70, FIELDS)
    for one in menus:
        one.prove()
        assert len({field.attribute for field in one.fields}) == len(one.fields), one.path
    # So much rests on one source: menus that only the console names, and what only the manual has.
    assert sum(one.alone for one in menus) - len(hardware) == 9


FIELDS = 6083


def test_a_file_made_of_the_same_facts_is_the_same():
    """WIRETIK_FACTS names the folder of facts, which isn't part of the project."""
    folder = os.environ.get("WIRETIK_FACTS")
    if not folder:
        pytest.skip("WIRETIK_FACTS names no folder")
    assert facts.text(Path(folder)) == facts.HERE.read_text("utf-8")


@pytest.mark.parametrize("path", sorted(MENUS))
def test_what_was_described_by_hand_is_as_the_file_has_it(path):
    ours, theirs = MENUS[path], every.described(path)

    assert {field.name for field in ours.writable} <= theirs.by_name.keys()
    # Peers have the command `move`, and their order means nothing.
    assert (ours.singleton, ours.ordered) == (theirs.singleton, theirs.ordered and path != "/interface/wireguard/peers")
    for field in ours.writable:
        there = theirs.by_name[field.name]
        assert not field.secret or there.secret, field.name
        # The file has the newest name of what was renamed, since it is called so.
        assert field.formerly or max(version(field.since), OLDEST) >= max(version(there.since), OLDEST), field.name


LISTED = frozenset({"/interface/bridge/host", "/ip/hotspot/active", "/ip/pool/used", "/ip/proxy/connections"}) | {
    *(
        "/ip/socks/connections",
        "/routing/isis/lsp",
        "/routing/isis/neighbor",
        "/routing/ospf/neighbor",
        "/routing/route",
    ),
    *("/system/script/environment", "/system/script/job", "/task"),
}
"""Menus of what goes on, which have `set` and no configuration; the embedded router hasn't got them, or not in all."""
ELSEWHERE = frozenset({"disabled", "as-value", "hw-offload"})
"""What the embedded router takes in versions that didn't, which hurts nobody."""


@pytest.mark.parametrize("number", VERSIONS)
def test_the_embedded_router_has_the_same_names(number):
    router = menus_of(tuple(int(part) for part in number.split(".")))
    for one in (one for one in _all() if one.path not in LISTED):
        assert one.on(version(number)) == (one.path in router), one.path
        ours = {field.name for field in one.fields if field.on(version(number))}
        if one.path in router:
            there = set(router[one.path].args)
            assert ours <= there, (one.path, ours - there)
            assert there - ours <= ELSEWHERE, one.path


def test_a_misspelt_menu_is_told_with_the_one_that_was_meant():
    with pytest.raises(UnknownMenu, match="did you mean /interface/vlan"):
        menu("/interface/vlam")


def test_a_program_that_doesnt_use_it_never_reads_it():
    code = """if True:
        import sys, wiretik
        wiretik.Peer, wiretik.MenuRow
        from wiretik_provider.menus import every
        print(every.heads.cache_info().misses, "wiretik.menus" in sys.modules)
    """

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert found == "0 False\n"


def test_a_menus_arguments_are_parsed_when_they_are_asked_for_and_no_others():
    for known in (every.described, every.heads, every._field):
        known.cache_clear()
    menus = _all()
    untouched = every._field.cache_info().currsize

    names = every.described("/interface/vlan").by_name
    assert (untouched, len(names)) == (0, every._field.cache_info().currsize)
    assert len(menus) == 510


def test_all_descriptors_are_made_in_a_moment():
    def once(make):
        start = time.process_time()
        make()
        return time.process_time() - start

    def descriptors():
        for known in (every.described, every.heads, every._field):
            known.cache_clear()
        _all()

    # Where nothing else runs 11 ms, and the measure beside it 15 to 16 ms; 20 ms are the limit.
    ours = min(once(descriptors) for _ in range(5))
    measure = min(once(lambda: [re.sub("a", "b", f"{number}") for number in range(20_000)]) for _ in range(5))
    assert ours < 1.25 * measure
