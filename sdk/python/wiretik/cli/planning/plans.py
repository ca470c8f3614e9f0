"""The plan of a stack: its `up` runs on the twins of its routers, and what it writes there becomes lines.

There is no second planner: program, gate and provider are those of the real `up`, and so is the order in time.

Rule: no router is written to. Nothing that isn't Wiretik's is made by a plan. Key pairs that the program has made for
itself (`WireGuardKey`) are made at once and kept in the state, so that the later `up` has those of the lines.
"""

from __future__ import annotations

import contextlib
import io
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from wiretik.cli.planning.recording import Record, Written, on_twins
from wiretik.cli.planning.twins import Twin
from wiretik.engine import Result, Stack
from wiretik.engine.errors import DeploymentFailed, ProjectError
from wiretik.engine.processes import provider
from wiretik.engine.result import NO_CHANGE
from wiretik.engine.values import secrets_in
from wiretik_provider.api.session import Access
from wiretik_provider.codecs.base import Flag
from wiretik_provider.codecs.script import quoted
from wiretik_provider.errors import GateError
from wiretik_provider.masks import Known, is_secret
from wiretik_provider.menus import at
from wiretik_provider.plugin.names import class_of_type
from wiretik_provider.rows.ownership import split
from wiretik_provider.rsc.document import Check
from wiretik_provider.rsc.lines import Line, Said, lines, placeholder, plain
from wiretik_provider.wire import attribute

__all__ = ["Plan", "plan"]

_KEY: Final = "WireGuardKey"
_GATES: Final = ("Preflight", "Guard", "Seal")
"""Whose inputs are secret as a whole, whatever is in them."""
_WIREGUARD: Final = "/interface/wireguard"


class Plan(NamedTuple):
    """What is to be written to one router.

    Attributes:
        twin: as it will be.
        lines: the lines.
        checks: what must hold before the first of them.
    """

    twin: Twin
    lines: Sequence[Line]
    checks: Sequence[Check]


def plan(
    stack: Stack, twins: Mapping[str, Twin], *, refresh: bool = False, show_secrets: bool = False, keeps: bool = True
) -> dict[str, Plan]:
    """What an `up` would write, by router.

    Args:
        stack: the stack.
        twins: its routers, by their names in the program; the only one by an empty name.
        refresh: whether the routers are read first, as with `up --refresh`.
        show_secrets: whether secrets stand in the lines.
        keeps: whether the state keeps key pairs that the program makes for itself.

    Raises:
        EngineError: the `up` would fail, or the program makes what isn't Wiretik's.
    """
    records = {name: Record(twin) for name, twin in twins.items()}
    stack = stack.within(provider.in_process)  # a provider elsewhere would reach the routers

    def record_of(access: Access) -> Record:
        record = records.get(access.name) or (records.get("") if len(records) == 1 else None)
        if record is None:
            raise GateError(access.label, "it isn't among the routers that the plan is for")
        return record

    with on_twins(record_of):
        with contextlib.redirect_stderr(io.StringIO()):  # what is said of the program is said again below
            first = _done(stack.preview(refresh=refresh))
        if foreign := [one for one in first.steps if one.op not in NO_CHANGE and not _is_ours(one.type)]:
            raise ProjectError(
                f"{foreign[0].name} isn't Wiretik's ({foreign[0].type}), and a plan would really {foreign[0].op} it: "
                "`up` it alone first, with --target"
            )
        if keys := tuple(
            one.urn for one in first.steps if one.op == "create" and class_of_type(one.type) == "WireGuardKey"
        ):
            if not keeps:
                name = keys[0].rpartition("::")[2]
                raise ProjectError(
                    f"the program makes key pairs ({name}), and a plan can't keep them in a state that only the Pulumi "
                    "CLI reaches: `pulumi up --target` makes them first"
                )
            _done(stack.up(targets=keys))
        done = _done(stack.rehearse(refresh=refresh))
    secrets = Known(_secrets(done))
    return {
        name: Plan(record.twin, tuple(_lines(name, records, secrets, shown=show_secrets)), tuple(_checks(record)))
        for name, record in records.items()
    }


def _done(result: Result) -> Result:
    if not result.ok:
        raise DeploymentFailed("the plan can't be made", *(f"  {each}" for each in result.errors))
    return result


def _is_ours(kind: str) -> bool:
    """Whether a resource is Wiretik's, or no custom one at all."""
    return not kind.startswith("pulumi-python:dynamic") or bool(class_of_type(kind))


def _secrets(done: Result) -> Iterator[str]:
    """The secrets that a program has, in config and in resources."""
    for one in done.resources:
        if class_of_type(one.type) not in _GATES:
            yield from secrets_in(one.inputs)
            yield from secrets_in(one.outputs)


def _lines(name: str, records: Mapping[str, Record], secrets: Known, *, shown: bool) -> Iterator[Line]:
    record = records[name]
    waiting: set[tuple[str, str]] = set()
    for one in record.written:
        path = one.command.path

        def value(prop: str, word: str, one: Written = one) -> Said:
            if made := _made(name, records, prop, word):
                return made
            if not word and _is_flag(one.command.path, prop):
                return Said("")
            if not word or shown or not _is_secret(one.command.path, prop, word, secrets):
                return plain(word)
            return placeholder(f"{prop} of {_label(one)}")

        late = next((f"the line of {_label(one)}" for row_id in one.found if (path, row_id) in waiting), "")
        for line in lines(one.command, partial(_condition, record, one), value):
            waits = line.waits or late
            if waits and one.ret:
                waiting.add((path, one.ret))
            yield line._replace(waits=waits)


def _condition(record: Record, one: Written, row_id: str) -> str:
    """What finds a row when its line runs."""
    if found := one.found[row_id]:
        return found
    path = one.command.path
    row = record.first[path].get(row_id)
    if row and record.twin.alike:
        return f".id={row_id}"
    told = " ".join(f"{prop}={text}" for prop, text in row.items() if prop in {"chain", "action", "list", "address"})
    raise DeploymentFailed(
        f"{path}: nothing tells the row {told or row_id} apart from another one: give one of them a comment, or make "
        "the plan on the router itself"
    )


def _checks(record: Record) -> Iterator[Check]:
    """That the rows of which lines speak are there, and those that they make aren't."""
    added = {(one.command.path, one.ret) for one in record.written if one.ret}
    news = ((one.command.path, dict(map(attribute, one.command.words))) for one in record.written if one.ret)
    for path, given in itertools.islice(news, 1):
        if found := record.first[path].lacking(given):
            yield Check(path, found, there=False)
    known: set[tuple[str, str]] = set()
    for one in record.written:
        path = one.command.path
        for row_id in one.found:
            if (path, row_id) in known | added:
                continue
            known.add((path, row_id))
            found = record.first[path].condition(row_id) or (f".id={row_id}" if record.twin.alike else "")
            if found:
                yield Check(path, found)


def _made(name: str, records: Mapping[str, Record], prop: str, word: str) -> Said | None:
    """A value that a router makes when it imports the plan: asked there, or waited for where it is another's."""
    for router, record in records.items():
        for made, what in ((record.keys, "public-key"), (record.ports, "listen-port")):
            parts = word.split(",") if what == "listen-port" and prop.endswith("port") else [word]
            there = next((made[part] for part in parts if part in made), "")
            if there and router == name and parts == [word]:
                return Said(f"[{_WIREGUARD}/get [find name={quoted(there)}] {what}]")
            if there:
                return Said(plain(word).text, waits=f"the {what} of {there}{f' on {router}' * bool(router)}")
    return None


def _is_secret(path: str, prop: str, word: str, secrets: Known) -> bool:
    menu = at(path)
    field = menu.by_name.get(prop) if menu else None
    if (field is not None and field.secret) or is_secret(prop):
        return True
    return not path.endswith("/address-list") and secrets.masked(word) != word


def _is_flag(path: str, prop: str) -> bool:
    """Whether a property is there or isn't, and has no value."""
    menu = at(path)
    return menu is not None and prop in menu.by_name and isinstance(menu.by_name[prop].codec, Flag)


def _label(one: Written) -> str:
    """A row in words."""
    given = dict(map(attribute, one.command.words))
    name = given.get("name") or split(given.get("comment", ""))[0] or next(iter(one.found.values()), "")
    return f"{one.command.path} {name}".rstrip()
