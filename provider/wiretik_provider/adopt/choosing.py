"""Chooses the rows of a router that go into a program and their declared properties, and says why the others don't.

Rule: a row is taken only where its declaration, met with the row itself, changes nothing but the tag in its comment.
So nothing that we can't say is said nearly right: the row stays as it is, nobody's, and its reason is told. What has
its default isn't declared; what the router fills in by itself is declared only where somebody chose it.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.adopt import others
from wiretik_provider.adopt.others import Factory, Other
from wiretik_provider.codecs.addresses import on_interface
from wiretik_provider.codecs.base import Bool, Value, shown
from wiretik_provider.errors import InvalidValue
from wiretik_provider.lists.entries import is_canonical
from wiretik_provider.menus import MENUS
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Field, Menu, Version, version
from wiretik_provider.rows import compare, ownership

__all__ = [
    "BLOCKS",
    "LISTS",
    "Chosen",
    "Inventory",
    "LeftOut",
    "Options",
    "Stays",
    "Taken",
    "choose",
    "is_static",
    "without",
]

Row = Mapping[str, str]

LISTS: Final = ("/ip/firewall/address-list", "/ipv6/firewall/address-list")
"""The menus of which a whole list is one resource."""
BLOCKS: Final = tuple(path for path, menu in MENUS.items() if menu.ordered)
"""The menus whose rows stand in an order: they become blocks, one for each chain."""

_CHOSEN: Final = frozenset({"listen-port", "policy", "start-date", "start-time", "table"})
"""What the router would fill in, and is said all the same: it has another value the next time."""
_FACTORYS: Final = "defconf"
"""How the comments of the factory's rows begin (docs/facts/packet-path.md#the-factorys-firewall)."""
_SCRIPTS: Final = frozenset(
    {"down-script", "lease-script", "on-down", "on-event", "on-up", "script", "source", "test-script", "up-script"}
)
_PASSWORD: Final = re.compile(
    r"(?i)(?:pass(?:word|phrase)?|secret|token|psk)\w*(?:\s*=\s*|\s+(?=\"))\"?[^\s\"$\[(;]|://[^/\s:@$]+:[^/\s@$]+@"
)
"""What scripts with secrets in them have, mostly: a variable or an argument of that name, or a user in an address."""
_IMPORTS: Final = re.compile(r"(?:^|[;{\[\n])\s*import\s+\S|(?<![\w-])/import\s+\S")
"""A script's command that runs a file, which isn't `/certificate/import`."""
_SEARCHED: Final = re.compile(
    r"(?:find|where)\b[^\]\n;}]*?\bcomment\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s\]\";)]+))", re.DOTALL
)


@attrs.frozen
class Inventory:
    """A router as it was read.

    Attributes:
        version: as it prints it.
        name: its identity.
        tables: the rows of every menu that was read, in the router's order; secrets of menus that we manage among them.
        doubtful: of an export, by menu the properties of rows that it doesn't show, by the rows' ids.
        incomplete: menus of which something is missing, and why.
        factory: what such a router has by itself.
        partial: whether there may be more rows than these, as where somebody exported a section or wrote a script.
    """

    version: str
    name: str = ""
    tables: Mapping[str, Sequence[Row]] = attrs.field(factory=dict, repr=False)
    doubtful: Mapping[str, Mapping[str, Collection[str]]] = attrs.field(factory=dict)
    incomplete: Mapping[str, str] = attrs.field(factory=dict)
    factory: Factory = attrs.field(factory=Factory, repr=False)
    partial: bool = False


@attrs.frozen
class Options:
    """What the user asks for.

    Attributes:
        stack: the four digits of the stack, whose rows are its own again.
        menus: only these; all where there are none.
        factory: whether the rows of the factory's configuration are taken, too.
        refused: by menu the rows, by their ids, that a rehearsal has refused, and why.
        names: by menu and the key or id of a row, a logical name that somebody chose.
    """

    stack: str = ""
    menus: Collection[str] = ()
    factory: bool = True
    refused: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    names: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)


def without(options: Options, refused: Mapping[str, Mapping[str, str]]) -> Options:
    """The same, but for rows that a rehearsal has refused besides, by menu and `.id`, and why."""
    both = options.refused.keys() | refused.keys()
    return attrs.evolve(
        options, refused={path: {**options.refused.get(path, {}), **refused.get(path, {})} for path in sorted(both)}
    )


class Taken(NamedTuple):
    """A row that is taken."""

    row: Row
    values: Mapping[str, Value]
    """By RouterOS's names, what is declared of it; of secrets the value itself."""


class Stays(NamedTuple):
    """A row that stays as it is among those that are taken."""

    row: Row


class LeftOut(NamedTuple):
    """A row that isn't taken, and why."""

    path: str
    row: str
    why: str


@attrs.frozen
class Chosen:
    """What becomes of a router's rows.

    Attributes:
        rows: by menu, in the router's order.
        one: of menus with one row, what is declared.
        left: the rows that aren't taken.
        notes: what else is to be known.
        others: rows and settings of menus that nobody described by hand.
        shared: the menus of rules of which there may be more rows than these, such as those that a script adds.
    """

    rows: Mapping[str, Sequence[Taken | Stays]]
    one: Mapping[str, Mapping[str, Value]]
    left: Sequence[LeftOut]
    notes: Sequence[str]
    others: Sequence[Other] = ()
    shared: Collection[str] = ()

    def whole(self, path: str, chain: str) -> bool:
        """Whether a program says all rules of a chain but those of other stacks: none of nobody's stays there."""
        stay = (one.row for one in self.rows.get(path, ()) if isinstance(one, Stays))
        return path not in self.shared and not any(
            row.get("chain", "") == chain and ownership.tag_of(row) is None for row in stay
        )

    @property
    def count(self) -> int:
        """How many rows get a tag."""
        own = sum(isinstance(one, Taken) for rows in self.rows.values() for one in rows)
        return own + sum(others.is_signed(one.path) for one in self.others)


def is_static(path: str, row: Row) -> bool:
    """Whether somebody made a row: it is neither dynamic nor RouterOS's own."""
    built_in = path == "/routing/table" and row.get("name") == "main"
    return not built_in and "true" not in (row.get("dynamic"), row.get("builtin"), row.get("default"))


def choose(there: Inventory, options: Options) -> Chosen:
    """Which rows are taken."""
    searched = _searched(there.tables)
    rows: dict[str, list[Taken | Stays]] = {}
    one: dict[str, Mapping[str, Value]] = {}
    left: list[LeftOut] = []
    notes: list[str] = []
    router = version(there.version)
    for path, menu in MENUS.items():
        if options.menus and path not in options.menus:
            continue
        if menu.singleton:
            refused = options.refused.get(path, {})
            said = {} if refused else _of_one_row(menu, there.tables.get(path, ()), router)
            one[path] = {name: value for name, value in said.items() if name not in _unshown(there, path, {})}
            left += [LeftOut(path, menu.noun, why) for why in refused.values()]
            continue
        keys: dict[str, str] = {}
        rows[path] = []
        for row in (menu.read(each) for each in there.tables.get(path, ()) if is_static(path, each)):
            plain = {**row, "comment": ownership.text_of(row)}
            found = _entry(plain) if path in LISTS else None
            found = found or _look(menu, plain, router)
            why = _foreign(menu, row, options, searched) or _unknown(there, path, row) or found.why
            why = why or _again(menu, plain, keys)
            if why:
                left.append(LeftOut(path, compare.label(menu, plain), why))
            rows[path].append(Stays(row) if why else Taken({**row, "comment": plain["comment"]}, found.values))
            noted = [] if why else [*found.notes, *_passwords(found.values)]
            notes += [f"{path} {compare.label(menu, plain)}: {note}" for note in noted]
    taken: list[Other] = []
    for other in _others(there, options, searched, router):
        if isinstance(other, LeftOut):
            left.append(other)
        else:
            taken.append(other)
            named = f"{other.path} {compare.label(menu_at(other.path), other.row)}"
            notes += [f"{named}: {note}" for note in _passwords(other.values)]
    return Chosen(rows, one, left, notes, taken, _shared(there))


def _others(
    there: Inventory, options: Options, searched: Collection[str], router: Version
) -> Iterator[Other | LeftOut]:
    """What becomes of the rows of all other menus."""
    for path in others.paths(there.tables, router):
        if options.menus and path not in options.menus:
            continue
        for found in others.others_of(path, there.tables[path], there.factory, router):
            menu = menu_at(path)
            why = found.why if isinstance(found, others.Unsaid) else _foreign(menu, found.row, options, searched)
            settings = menu.singleton and not menu.fixed
            hidden = _unshown(there, path, found.row) if settings else ()
            why = why or ("" if settings else _unknown(there, path, found.row))
            if why or isinstance(found, others.Unsaid):
                yield LeftOut(path, compare.label(menu, found.row), why)
            elif hidden and not found.values.keys() - hidden:
                yield LeftOut(path, compare.label(menu, found.row), _unknown(there, path, found.row))
            else:
                comment = ownership.split(found.row.get("comment", ""))[0]
                signed = {"comment": comment} if menu.tagged and comment else {}
                values = {
                    name: value
                    for name, value in found.values.items()
                    if name not in hidden and not (menu.tagged and name == "comment")
                }
                yield found._replace(values={**values, **signed})


class _Looked(NamedTuple):
    values: Mapping[str, Value]
    why: str = ""
    notes: Sequence[str] = ()


def _entry(row: Row) -> _Looked | None:
    """What is declared of an entry of a list, of which there may be ten thousand; None where it needs a look."""
    told = {name for name, text in row.items() if text} - _OF_ENTRIES
    comment = row.get("comment", "")
    if told or not is_canonical(row.get("address", "")) or not comment.isprintable():
        return None
    off: dict[str, Value] = {"disabled": True} if row.get("disabled") == "true" else {}
    said: dict[str, Value] = {"comment": comment} if comment else {}
    return _Looked({"list": row["list"], "address": row["address"], **off, **said})


_OF_ENTRIES: Final = frozenset({".id", "address", "comment", "creation-time", "disabled", "dynamic", "list"})


def _look(menu: Menu, row: Row, router: Version) -> _Looked:
    """What is declared of a row, or why nothing can be."""
    values: dict[str, Value] = {}
    notes: list[str] = []
    for field in menu.writable:
        text = row.get(field.name)
        if text is None or field.write_only or not _is_said(menu, field, text, row):
            continue
        if field.secret:
            if text == compare.HIDDEN:
                notes.append(f"{field.name} is hidden from this user (policy sensitive), so it stays as it is")
            else:
                values[field.name] = text
            continue
        if field.name == "comment" and not _is_whole(text):
            continue  # an adopted row keeps it byte for byte
        try:
            values[field.name] = field.codec.parse(_declared(menu, field, text, row))
        except InvalidValue as error:
            return _Looked({}, f"{field.name}={shown(text)}: {error.problem}")
    return _Looked(values, _beyond(menu, row, values, router), notes)


def _beyond(menu: Menu, row: Row, values: Mapping[str, Value], router: Version) -> str:
    """Why a declaration wouldn't leave its row as it is."""
    props: dict[str, object] = {menu.by_name[name].attribute: value for name, value in values.items()}
    problems = compare.check(menu, props)[1]
    if problems:
        return f"{problems[0].property}: {problems[0].reason}"
    if late := menu.lacking(values, router):
        return f"this RouterOS isn't known to have {late}"
    found = compare.changes(menu, row, values, adopted=True)
    more = [change.field for change in found if change.field.name != "comment"]
    return f"{', '.join(field.name for field in more)} can't be declared as it is" if more else ""


def _is_said(menu: Menu, field: Field, text: str, row: Row) -> bool:
    """Whether a property is declared, since it isn't what every such row has."""
    if compare.untouched(field, text) and field.name != "advertise":  # of which nothing said is as good as on
        return field.name == "action"
    if not field.computed or field.name in _CHOSEN:
        return True
    # A tunnel's own key never leaves its router; what the router has filled in isn't said.
    return not field.secret and _is_chosen(menu, field.name, text, row)


def _is_chosen(menu: Menu, name: str, text: str, row: Row) -> bool:
    """Whether somebody chose what the router would fill in."""
    match name:
        case "address":
            return menu.path == "/ipv6/address"
        case "advertise":
            return text == "false" and not row.get("address", "").startswith("fe80")
        case "network":
            return _network(row) != text
        case "reject-with":
            return text not in _USUAL_ANSWERS
        case "name":
            return not re.fullmatch(r"peer\d+", text)
    return False


_USUAL_ANSWERS: Final = ("icmp-network-unreachable", "icmp-no-route")
"""What a rule that rejects answers unless it is told otherwise (MikroTik's manual, Firewall Filter, `reject-with`)."""


def _network(row: Row) -> str:
    try:
        return str(on_interface(row.get("address", "")).network.network_address)
    except ValueError:
        return ""


def _declared(menu: Menu, field: Field, text: str, row: Row) -> str | bool:
    """A property as a program says it."""
    if isinstance(field.codec, Bool):
        return field.codec.read(text)
    if menu.path == "/ipv6/address" and field.name == "address" and row.get("from-pool"):
        try:
            whole = on_interface(text)
        except ValueError:
            return text
        if not int(whole.ip) >> _PREFIXED:
            return text  # as it was given, with the number of its network: the pool hasn't filled in its prefix
        # Of a pool's prefix only the host's part is the owner's.
        return f"{ipaddress.IPv6Address(int(whole.ip) & int(whole.hostmask))}/{whole.network.prefixlen}"
    return text


_PREFIXED: Final = 96
"""Where in an IPv6 address a prefix that somebody was given has its first bits."""


def _is_whole(text: str) -> bool:
    """Whether a text is UTF-8 that a program can hold; a code page's bytes are surrogates here (`printable`)."""
    return not any("\udc80" <= sign <= "\udcff" for sign in text)


def _foreign(menu: Menu, row: Row, options: Options, searched: Collection[str]) -> str:
    """Whether a row is another's, or wasn't asked for."""
    text, tag = ownership.parts_of(row)
    if tag is not None and tag.stack != options.stack:
        return f"another stack manages it (tag {tag})"
    if not options.factory and text.startswith(_FACTORYS):
        return "it is the factory's (--without-factory)"
    if text and text in searched:
        return f'a script on the router searches for comment="{text}", which a tag would change'
    return options.refused.get(menu.path, {}).get(row.get(".id", ""), "")


def _unknown(there: Inventory, path: str, row: Row) -> str:
    names = sorted(_unshown(there, path, row))
    return f"the export doesn't show {', '.join(names)}" if names else ""


def _unshown(there: Inventory, path: str, row: Row) -> Collection[str]:
    """The properties of a row, or of settings, which have no id, of which an export doesn't show the values."""
    doubtful = there.doubtful.get(path, {})
    return doubtful.get(row[".id"], ()) if ".id" in row else frozenset().union(*doubtful.values())


def _passwords(values: Mapping[str, Value]) -> Iterator[str]:
    """What is to be said of scripts with passwords in them: their text is the program's, as it is."""
    for name, value in values.items():
        if name in _SCRIPTS and _PASSWORD.search(str(value)):
            yield f"{name} seems to have a password in it, which stands in the program as it stands there"


def _again(menu: Menu, row: Row, keys: dict[str, str]) -> str:
    """Whether an earlier row has the same key, so that no program can tell them apart."""
    entry = menu.path in LISTS and is_canonical(row.get("address", ""))
    mark = f"{row['list']},{row['address']}" if entry else compare.key(menu, row) if menu.key else ""
    if not mark:
        return ""
    if mark in keys:
        return f"{', '.join(menu.key)} {mark} stands there twice"
    keys[mark] = mark
    return ""


def _of_one_row(menu: Menu, rows: Sequence[Row], router: Version) -> dict[str, Value]:
    """What is declared of a menu with one row: what isn't as it was made."""
    row = menu.read(rows[0]) if rows else {}
    values: dict[str, Value] = {}
    for field in menu.writable:
        text = row.get(field.name)
        if text is None or field.secret or field.computed or not field.on(router) or compare.untouched(field, text):
            continue
        try:
            values[field.name] = field.codec.parse(_declared(menu, field, text, row))
        except InvalidValue:
            continue
    if menu.path == "/system/identity" and values.get("name") == "MikroTik":
        return {}
    return values


def _searched(tables: Mapping[str, Sequence[Row]]) -> frozenset[str]:
    """The comments that scripts on the router search for letter by letter."""
    return frozenset(_comments(text for rows in tables.values() for row in rows for text in row.values()))


def _shared(there: Inventory) -> frozenset[str]:
    """The menus of rules of which the rows that were read may not be all, today or tomorrow."""
    return frozenset(BLOCKS if there.partial else (*there.incomplete, *_filled(there.tables)))


def _filled(tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """The menus of rules that a script on the router names and may add to; a file that it imports may add to any."""
    texts = {text for rows in tables.values() for row in rows for text in row.values()}
    if any(_IMPORTS.search(text) for text in texts):
        yield from BLOCKS
        return
    scripts = [text for text in texts if re.search(r"\badd\b", text)]
    for path in BLOCKS if scripts else ():
        named = re.compile(r"[\s/]+".join(path.strip("/").split("/")) + r"\b")
        if any(named.search(text) for text in scripts):
            yield path


def _comments(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        if "comment" in text and ("find" in text or "where" in text):
            for quoted, bare in _SEARCHED.findall(text):
                yield re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
