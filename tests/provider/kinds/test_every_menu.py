"""Every menu that can be configured goes through the life of a resource: made, left alone, mended, changed, given back.

All of them live on one router side by side, phase by phase. `make test` takes some at one version, `make test-long` all
at ten; the embedded router prints defaults that nobody knows of, other ones with each seed.
"""

from __future__ import annotations

import random
from typing import Any

import attrs
import pytest

from at_length import LONG, rounds
from wiretik_provider.api.link import close_all
from wiretik_provider.codecs.base import Bool
from wiretik_provider.codecs.loose import Loose, Rights, Words
from wiretik_provider.errors import WiretikError
from wiretik_provider.menus import MENUS, every
from wiretik_provider.menus.descriptor import Field, Menu, version
from wiretik_provider.registry import kind_named
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.machine.options import Options
from wiretik_provider.simulator.router import Refused

from .conftest import PASSWORD, Bench, Resource

VERSIONS = ("7.15.3", "7.16.2", "7.17.1", "7.18.2", "7.19.6", "7.20.8", "7.21.5", "7.22.3", "7.23.2", "7.24")

OTHERWISE = {
    "/file": "its size follows from its contents",
    "/interface": "its rows are other menus', whose defaults it doesn't know",
    "/interface/bridge": "its address follows from admin-mac",
}
"""Menus in which the embedded router does more than a table, with what it does."""
_SAMPLE = 25
"""In `make test` every so manieth menu."""


def _value(field: Field, number: int) -> Any:
    """A value that the embedded router takes, another one for each number."""
    match field.codec:
        case Bool():
            return number % 2 == 1
        case Rights():
            return ("read", "write", "api")[number % 3]
        case Words(words=words):
            return words[number % len(words)]
        case Loose(form=form):
            if field.may_name == "/interface":
                return f"ether{2 + number % 2}"
            forms = {"number": 5 + number, "time": f"{10 + number}s", "address": f"10.9.8.{7 + number}"}
            return forms.get(form, f"02:00:00:00:00:0{number}" if form == "mac" else f"word{number}")
    return f"text{number}"


@attrs.define
class Life:
    """One menu's resource, and what is declared of it."""

    menu: Menu
    resource: Resource
    declared: dict[str, Any]
    spare: Field | None
    """A property that isn't declared."""
    changing: Field
    """A property that is."""
    find: dict[str, Any]
    after: dict[str, str] = attrs.field(factory=dict)

    def up(self, **other: Any) -> None:
        self.resource.up(**{**self.declared, **self.find, **other})


def _begun(bench: Bench, path: str, running: tuple[int, ...]) -> Life | str:
    """A resource for a menu, or why there is none."""
    menu, there = every.described(path), bench.lab.router.menus.get(path)
    assert menu is not None
    if there is None:
        return "the embedded router hasn't got it"
    rows = bench.lab.router.rows(path)
    if menu.fixed and not rows:
        return "the router makes no row of it"
    usable = [
        field
        for field in menu.writable
        if field.on(running)
        and not (field.secret or field.add_only)
        and field.name not in {"comment", "disabled", *menu.key}
    ]
    plain = [field for field in usable if field.may_name in {"", "/interface"}] or usable
    if not plain:
        return "it has no property but its key"
    chosen = plain[:2]
    needed = [menu.by_name[name] for name in (*menu.key, *there.required) if name in menu.by_name]
    needed += [field for field in menu.writable if field.add_only and field.on(running)]
    declared = {field.attribute: _value(field, 1) for field in (*chosen, *(needed if not menu.singleton else ()))}
    if "name" in menu.key and not menu.singleton:
        declared["name"] = path.strip("/").replace("/", "-")  # interfaces share one space of names
    spare = next((field for field in plain if field.attribute not in declared), None)
    find: dict[str, Any] = {}
    if menu.fixed:
        find = {
            "find": next(rows[0][name] for name in ("name", "interface", "default-name", ".id") if rows[0].get(name))
        }
    return Life(menu, bench.resource(kind_named(path), path), declared, spare, chosen[0], find)


def _live(number: str, paths: list[str], seed: str) -> dict[str, str]:
    """Runs all phases; the menus whose values the router refused, or that there is nothing of, with the reason."""
    left: dict[str, str] = {}
    with serve(tls=False, password=PASSWORD, version=number, options=Options(defaults=seed)) as lab:
        bench = Bench(lab)
        empty = lab.router.snapshot()
        lives: list[Life] = []
        for path in paths:
            life = _begun(bench, path, version(number))
            if isinstance(life, str):
                left[path] = life
                continue
            before = lab.router.rows(path)
            try:
                life.up()
            except WiretikError as refused:
                left[path] = f"refused: {refused}"
                assert lab.router.rows(path) == before, path
                continue
            lives.append(life)
        for life in lives:
            life.after = _mine(bench, life)
        wrong: dict[str, str] = {}
        for phase in (_nothing, _by_hand, _spare_by_hand, _changed, _no_longer):
            close_all()
            for life in lives:
                try:
                    phase(bench, life)
                except (AssertionError, WiretikError) as error:
                    wrong.setdefault(life.menu.path, f"{phase.__name__}: {error}")
        close_all()
        for life in reversed(lives):
            life.resource.destroy()
        there = lab.router.snapshot()
        wrong |= {
            path: f"left behind: {there.get(path)}" for path in {*there, *empty} if there.get(path) != empty.get(path)
        }
        wrong = {path: told for path, told in wrong.items() if path not in OTHERWISE}
        assert wrong == {}
        close_all()
    return left


def _look(life: Life) -> None:
    seen = life.resource.kind.read(life.resource.links, life.resource.id, life.resource.state)
    assert seen is not None, life.menu.path
    life.resource.state = seen.outputs
    life.resource.inputs = life.resource.inputs if seen.inputs is None else seen.inputs


def _nothing(bench: Bench, life: Life) -> None:
    """A second run changes nothing, and a look finds nothing."""
    bench.written.clear()
    before = dict(life.resource.inputs)
    _look(life)
    assert life.resource.inputs == before
    life.up()
    assert bench.written == []


def _edit(bench: Bench, life: Life, field: Field) -> bool:
    """A hand's edit; whether the router takes it and it is one."""
    words = {field.name.replace("-", "_"): bench_word(_value(field, 2))}
    row = _mine(bench, life)
    if not life.menu.singleton or life.menu.fixed:
        words["numbers"] = row[".id"]
    try:
        bench.lab.run(f"{life.menu.path}/set", **words)
    except Refused:  # the router refuses the edit: nothing is to be mended
        return False
    return _mine(bench, life) != life.after


def bench_word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _mine(bench: Bench, life: Life) -> dict[str, str]:
    """The row as it is, but for what the router tells of itself, such as how often a netwatch has looked."""
    rows = bench.lab.router.rows(life.menu.path)
    wanted = life.resource.state.get("row_id")
    if life.menu.fixed:
        row = next(row for row in rows if life.find["find"] in row.values())
    else:
        row = next((row for row in rows if row.get(".id") == wanted), rows[0])
    return {name: text for name, text in row.items() if name == ".id" or name in life.menu.by_name}


def _by_hand(bench: Bench, life: Life) -> None:
    """A declared property that a hand changed is mended."""
    if not _edit(bench, life, life.changing):
        return
    before = dict(life.resource.inputs)
    _look(life)
    assert life.resource.inputs != before
    life.up()
    assert _mine(bench, life) == life.after


def _spare_by_hand(bench: Bench, life: Life) -> None:
    """So is one that isn't declared, of a row; of settings it is nobody's."""
    if life.spare is None or life.menu.singleton or not _edit(bench, life, life.spare):
        return
    _look(life)
    assert life.spare.attribute in life.resource.inputs
    life.up()
    assert _mine(bench, life) == life.after


def _changed(bench: Bench, life: Life) -> None:
    """A change writes the property that changed and nothing else."""
    bench.written.clear()
    life.up(**{life.changing.attribute: _value(life.changing, 2)})
    words = {word for command in bench.written for word in command[1:] if not word.startswith(("=.id=", "?"))}
    assert len(words) == 1, bench.written
    life.up()
    assert _mine(bench, life) == life.after


def _no_longer(bench: Bench, life: Life) -> None:
    """What is no longer declared is what nobody has set, and nothing else changes."""
    given = {name: value for name, value in life.declared.items() if name != life.changing.attribute}
    if not given or life.changing.name in life.menu.key:
        return
    life.resource.up(**given, **life.find)
    row = {name: text for name, text in _mine(bench, life).items() if name != life.changing.name}
    assert row == {name: text for name, text in life.after.items() if name != life.changing.name}
    life.up()
    assert _mine(bench, life) == life.after


def _paths(number: str) -> list[str]:
    found = (path for path in every.heads() if path not in MENUS and every.described(path).on(version(number)))  # type: ignore[union-attr]
    return sorted(found)


@pytest.mark.timeout(1200)  # at length some 340 menus
@pytest.mark.parametrize(
    ("number", "seed"), [("7.23.2", ""), ("7.24", "some"), *(((one, "some") for one in VERSIONS[:-1]) if LONG else ())]
)
def test_every_menu_is_made_left_alone_mended_changed_and_given_back(number, seed):
    paths, whole = _paths(number), rounds(0, 1)
    if not whole:
        paths = paths[len(seed) :: _SAMPLE]

    left = _live(number, paths, seed and f"{seed} {random.randrange(1000) if whole else 7}")

    print(number, repr(seed), len(paths) - len(left), "menus passed;", left)
    if whole:
        assert len(paths) - len(left) >= 340 - 10 * (10 - VERSIONS.index(number))
