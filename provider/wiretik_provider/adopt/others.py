"""Rows and settings of menus that nobody described by hand: which become resources, and what is declared of them.

Rule: as of all others, a declaration that is met with its row changes nothing but the tag in its comment. Nobody knows
the defaults of these menus for sure, and none is needed: what isn't declared is held to what the router prints. So what
is as on a router of the factory isn't said, nor is a reference to a row that is gone. Of rows that are there anyway,
such as settings and ethernets, only what somebody chose is said; what nobody chose makes no resource.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.base import Value, shown
from wiretik_provider.errors import InvalidValue
from wiretik_provider.menus import MENUS, at
from wiretik_provider.menus.descriptor import Field, Menu, Version
from wiretik_provider.rows import compare, fixed

__all__ = ["Factory", "Other", "Unsaid", "is_other", "is_signed", "others_of", "paths", "printed"]

Row = Mapping[str, str]

_GOING_ON: Final = frozenset(
    {
        *("/interface/bridge/host", "/interface/bridge/mdb", "/ip/hotspot/active", "/ip/pool/used"),
        *("/ip/proxy/connections", "/ip/socks/connections", "/routing/isis/lsp"),
        *("/routing/isis/neighbor", "/routing/ospf/neighbor", "/routing/route", "/system/script/environment"),
        *("/system/script/job", "/task", "/ip/hotspot/host", "/ip/dhcp-server/alert"),
    }
)
"""Menus of what goes on, which have `set` and no configuration."""
_NOT_OURS: Final = frozenset(
    {
        *("/interface", "/file", "/certificate", "/user", "/user/ssh-keys", "/partitions"),
    }
)
"""Menus that show others' rows, the machine itself, or who may log in."""
_GONE: Final = re.compile(r"!?\*[0-9A-F]{1,8}")
_NOW: Final = frozenset({("/system/clock", "date"), ("/system/clock", "time")})
"""What changes by itself."""
_OUR_WAY: Final = ("/ip/service", ("api", "api-ssl"), ("address", "disabled", "port"))
"""What stays as it is of the services by which Wiretik comes: it couldn't be rehearsed."""
_OF_MACHINE: Final = frozenset({"mac-address", "orig-mac-address", "default-name", "l2mtu"})
"""What each ethernet has of its own."""
_NAMING: Final = ("default-name", "name", "interface", "port", "number")
_CHOSEN_BY_KEY: Final = "default-name"


@attrs.frozen
class Factory:
    """What a router of the factory has, as far as that is known.

    Attributes:
        usual: by menu, what a property prints that nobody has set; what isn't there is not known.
        rows: by menu, the rows that it has by itself.
        stated: whether a row has nothing but what somebody has set, as those of an export.
        made_up: how hardware addresses begin that nobody has said.
    """

    usual: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    rows: Mapping[str, Sequence[Row]] = attrs.field(factory=dict)
    stated: bool = False
    made_up: str = ""


class Other(NamedTuple):
    """A row or settings that become a resource.

    Attributes:
        path: the menu.
        row: as it was read.
        values: by RouterOS's names, what is declared.
        find: of a row that only the router makes, its name.
        there: whether every router of the factory has the row, though others can be added beside it.
    """

    path: str
    row: Row
    values: Mapping[str, Value]
    find: str = ""
    there: bool = False


class Unsaid(NamedTuple):
    """A row that makes no resource, and why; empty where it has nothing to say."""

    path: str
    row: Row
    why: str


def is_other(path: str) -> bool:
    """Whether a menu is one of these."""
    menu = None if path in MENUS or path in _GOING_ON or path in _NOT_OURS else at(path)
    return menu is not None


def is_signed(path: str) -> bool:
    """Whether rows of a menu carry the tag of who has them."""
    menu = at(path)
    return menu is not None and menu.tagged


def paths(tables: Mapping[str, Sequence[Row]], router: Version) -> list[str]:
    """The menus among those that were read."""
    return [path for path in tables if is_other(path) and (menu := at(path)) and menu.on(router)]


def others_of(path: str, rows: Sequence[Row], factory: Factory, router: Version) -> Iterator[Other | Unsaid]:
    """What becomes of a menu's rows.

    Args:
        path: the menu.
        rows: as they were read.
        factory: what a router has by itself.
        router: its version.
    """
    menu = at(path)
    if menu is None:
        return
    keys: set[tuple[str, ...]] = set()
    own = {row.get(".id", ""): row for row in factory.rows.get(path, ())}
    for row in rows:
        if row.get("dynamic") == "true" or (".id" not in row and (menu.fixed or not menu.singleton)):
            continue  # what has no id is the one row of an older version
        built_in = "true" in (row.get("builtin"), row.get("default"))
        if built_in and not factory.stated:
            continue  # nobody knows what it was like, and a twin hasn't got it
        there_anyway = built_in or (menu.singleton and not menu.fixed) or _is_own(own, row)
        made = own.get(row.get(".id", "")) if there_anyway else None
        if made is not None and not menu.singleton and _same(made, row):
            continue
        twin = _twin(menu, row, factory.rows.get(path, ())) if menu.fixed else made
        found = _look(menu, row, made, factory, router, twin or {})
        if isinstance(found, Other) and menu.key and not menu.singleton:
            key = tuple(row.get(name, "") for name in menu.key)
            if any(key) and key in keys:
                found = Unsaid(path, row, f"{', '.join(menu.key)} {','.join(key)} stands there twice")
            elif not any(key) and _is_one_of_several(menu, rows, found.values):
                found = Unsaid(
                    path, row, f"the router doesn't print its {' and '.join(menu.key)}, and others are like it"
                )
            keys.add(key)
        if isinstance(found, Other) or found.why:
            yield found


def printed(menu: Menu, row: Row, router: Version) -> dict[str, Value]:
    """All that a row prints and that can be declared as it is, but for secrets, by Python's names.

    Args:
        menu: the descriptor.
        row: as it was read.
        router: its version.
    """
    usual = {} if menu.singleton else {"disabled": "false"}
    found: dict[str, Value] = {}
    for field, text in _chosen(menu, row, usual, router, unknown=True, told=False):
        if not field.secret:
            with suppress(InvalidValue):
                found[field.attribute] = field.codec.parse(field.codec.read(_decimal(text)))
    wrong = {problem.property for problem in compare.check(menu, found)[1]}
    found = {name: value for name, value in found.items() if name not in wrong}
    other = compare.changes(menu, row, compare.declared(menu, found), whole=False, adopted=True)
    return {name: found[name] for name in found.keys() - {change.field.attribute for change in other}}


def _decimal(text: str) -> str:
    """A number in hexadecimal as a decimal one: in YAML that nobody quotes it would be read as such anyway."""
    return str(int(text, 16)) if re.fullmatch(r"0[xX][0-9a-fA-F]{1,16}", text) else text


def _is_one_of_several(menu: Menu, rows: Sequence[Row], values: Mapping[str, Value]) -> bool:
    """Whether what is declared of a row is so with others, too."""
    plain = {name: value for name, value in values.items() if name != "comment"}
    return len(list(itertools.islice(compare.equals(menu, rows, plain), 2))) > 1


def _is_own(own: Mapping[str, Row], row: Row) -> bool:
    """Whether a row is one that the router of the factory has, though it may have been changed."""
    made = own.get(row.get(".id", ""))
    return made is not None and made.get("name") == row.get("name")


def _same(made: Row, row: Row) -> bool:
    return all(made.get(name) == text for name, text in row.items())


def _twin(menu: Menu, row: Row, there: Sequence[Row]) -> Row | None:
    """The row of a router of the factory that has the same name."""
    name = _name_of(row)
    return next((one for one in there if menu.fixed and name and _name_of(one) == name), None)


def _name_of(row: Row) -> str:
    return next((row[name] for name in _NAMING if row.get(name)), "")


def _look(  # noqa: PLR0917
    menu: Menu, row: Row, made: Row | None, factory: Factory, router: Version, twin: Row
) -> Other | Unsaid:
    """What is declared of a row; of one that is there anyway, only what somebody chose."""
    anyway = menu.singleton or made is not None
    usual: Mapping[str, str] = {**factory.usual.get(menu.path, {}), **twin}
    if not anyway:
        usual = {**usual, "disabled": "false"}  # a resource is on unless it says otherwise
    values: dict[str, Value] = {}
    told = factory.stated and not row.get("mac-address", "").startswith(factory.made_up)
    for field, text in _chosen(menu, row, usual, router, unknown=factory.stated or not anyway, told=told):
        try:
            values[field.name] = field.codec.parse(field.codec.read(text))
        except InvalidValue as error:
            return Unsaid(menu.path, row, f"{field.name}={shown(text)}: {error.problem}")
    keyless = menu.key and not menu.singleton and not any(row.get(name) for name in menu.key)
    if keyless and (anyway or menu.named or not menu.tagged or not values):  # a class says its name itself
        why = f"the router doesn't print its {' and '.join(menu.key)}, by which it would be known"
        return Unsaid(menu.path, row, why)
    find = (_name_of(row) or (row.get(".id", "") if factory.stated else "")) if menu.fixed else ""
    if made is not None and not menu.singleton:
        values |= {name: row[name] for name in menu.key if row.get(name) and name not in values}
    if anyway and set(values) <= set(() if menu.singleton else menu.key):
        return Unsaid(menu.path, row, "")
    if menu.fixed and len(fixed.found(menu, [row], {"find": find})) != 1:
        return Unsaid(menu.path, row, "nothing tells it apart from the other rows")
    return _beyond(menu, row, values, router) or Other(menu.path, row, values, find, made is not None)


def _chosen(
    menu: Menu, row: Row, usual: Mapping[str, str], router: Version, *, unknown: bool, told: bool
) -> Iterator[tuple[Field, str]]:
    """The properties that somebody has set, as they are printed.

    Args:
        menu: the descriptor.
        row: as it was read.
        usual: what such a row prints of which nobody has set anything.
        router: its version.
        unknown: whether a property counts of which nobody knows what it usually is; else it stays as it is.
        told: whether somebody has said the hardware address.
    """
    for field in menu.writable:
        text = row.get(field.name)
        if not text or not field.on(router) or _stays(menu, field, row):
            continue
        if not (told and field.name == "mac-address") and _is_usual(field, text, row, usual, menu):
            continue
        secret = field.secret and menu.singleton  # which nobody could give back
        if (unknown or field.name in usual) and not secret and not _unsayable(field, text):
            yield field, text


def _stays(menu: Menu, field: Field, row: Row) -> bool:
    """Whether a property is nobody's business."""
    path, names, properties = _OUR_WAY
    return (menu.path, field.name) in _NOW or (
        menu.path == path and row.get("name") in names and field.name in properties
    )


def _is_usual(field: Field, text: str, row: Row, usual: Mapping[str, str], menu: Menu) -> bool:
    """Whether a property is as on every such row."""
    if field.name in menu.key and not menu.fixed:
        return False
    if menu.fixed and (field.name in _OF_MACHINE or (field.name == "name" and text == row.get(_CHOSEN_BY_KEY))):
        return field.name != "mac-address" or text == row.get("orig-mac-address", text)
    return usual.get(field.name) == text


def _unsayable(field: Field, text: str) -> bool:
    """Whether a property stays as it is, undeclared: a hidden secret, a name that is gone, a code page's bytes."""
    if field.secret and text == compare.HIDDEN:
        return True
    if field.name != "comment" and any(_GONE.fullmatch(part) for part in text.split(",")):
        return True
    return any("\udc80" <= sign <= "\udcff" for sign in text)


def _beyond(menu: Menu, row: Row, values: Mapping[str, Value], router: Version) -> Unsaid | None:
    """Why a declaration wouldn't leave its row as it is."""
    checked, problems = compare.check(menu, {menu.by_name[name].attribute: value for name, value in values.items()})
    if problems:
        return Unsaid(menu.path, row, f"{problems[0].property}: {problems[0].reason}")
    if late := menu.lacking(values, router):
        return Unsaid(menu.path, row, f"this RouterOS isn't known to have {late}")
    wanted = compare.declared(menu, checked)
    found = compare.changes(menu, row, wanted, whole=False, adopted=True)
    more = [change.field.name for change in found if change.field.name != "comment"]
    return Unsaid(menu.path, row, f"{', '.join(more)} can't be declared as it is") if more else None
