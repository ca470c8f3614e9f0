"""The program of a router: its resources by section, with references in place of names, as text in files.

Rule: pure, and the same rows make the same text. Nothing secret stands in it: keys become config. Whoever wants to
change a name changes it here and in the state, or says `aliases=`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.adopt import layout, tables
from wiretik_provider.adopt.choosing import BLOCKS, LISTS, Chosen, Taken
from wiretik_provider.adopt.layout import Call, Dictionary, Expression, Listed, Plain
from wiretik_provider.adopt.names import SETTINGS, Names, chosen_of, slug, wish
from wiretik_provider.adopt.ordering import first_and_rest, space
from wiretik_provider.adopt.others import Other
from wiretik_provider.codecs.base import Csv, Value
from wiretik_provider.menus import MENUS
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.printable import stored
from wiretik_provider.rules.block import TAGGED

__all__ = ["Made", "Program", "Section", "Statement", "program"]

_SECTIONS: Final = {
    "interfaces": (
        "Interfaces, lists and tunnels",
        ("/interface/list", "/interface/wireguard", "/interface/list/member", "/interface/wireguard/peers"),
    ),
    "addresses": (
        "Addresses and routes",
        ("/routing/table", "/ip/address", "/ipv6/address", "/ip/route", "/ipv6/route", "/routing/rule"),
    ),
    "lists": ("Address lists", LISTS),
    "firewall": (
        "Firewall",
        ("/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/mangle", "/ip/firewall/raw"),
    ),
    "firewall6": (
        "IPv6 firewall",
        ("/ipv6/firewall/filter", "/ipv6/firewall/nat", "/ipv6/firewall/mangle", "/ipv6/firewall/raw"),
    ),
    "system": ("The router itself", ("/system/identity", "/ip/dns", "/system/script", "/system/scheduler")),
}
_OF_LISTS: Final[Mapping[str, str]] = dict(zip(LISTS, ("AddressList", "Ipv6AddressList"), strict=True))
_REFERRED: Final = ("/interface/list", "/interface/wireguard", "/routing/table")
"""The menus whose resources others name."""
_OTHER_SPACES: Final = {"/interface": "/interface/wireguard"}
"""Whose names stand among others'."""
_FIRST: Final = ("name", "chain", "action", "interface", "list", "public-key", "dst-address", "address")
_TELLING: Final = ("interface", "bridge", "host", "address", "mac-address", "service", "topics", "action")
"""What tells rows of other menus apart, where they have no key."""
_LONG_LIST: Final = 50
"""An address list of more entries is a file."""
_LONG_SCRIPT: Final = 6
"""A script of more lines is a file."""
_MARKS: Final = "#;\n\r"
"""What no comment in a file of addresses can hold."""


class Made(NamedTuple):
    """A row of the router, and the resource that has it from now on."""

    path: str
    id: str
    kind: str
    name: str
    rule: str = ""
    signed: bool = True


@attrs.frozen
class Statement:
    """One resource in the program.

    Attributes:
        path: its menu.
        call: what makes it.
        variable: by which others refer to it; empty where none does.
        uses: the variables that it refers to.
        config: whether it takes a value from config.
        files: whether it reads a file.
        rows: of a table, its calls; `call` is the first of them.
    """

    path: str
    call: Call
    variable: str = ""
    uses: frozenset[str] = frozenset()
    config: bool = False
    files: frozenset[str] = frozenset()
    rows: tuple[Call, ...] = ()

    @property
    def lines(self) -> list[str]:
        """As it stands in the program."""
        if self.rows:
            return tables.lines_of(self.rows)
        return layout.laid_out(f"{self.variable} = " if self.variable else "", self.call)


@attrs.frozen
class Section:
    """Statements that belong together.

    Attributes:
        name: of its module, where it has one of its own.
        title: for people.
        statements: in an order in which each finds what it refers to.
    """

    name: str
    title: str
    statements: Sequence[Statement]


@attrs.frozen
class Program:
    """A whole program.

    Attributes:
        sections: its resources.
        files: what stands beside it, by name: long lists and scripts.
        secrets: the config that it takes, by key.
        made: which resource has which row.
    """

    sections: Sequence[Section]
    files: Mapping[str, str]
    secrets: Mapping[str, str] = attrs.field(repr=False)
    made: Sequence[Made]


def program(chosen: Chosen, names: Mapping[str, Mapping[str, str]] | None = None) -> Program:
    """The program of what was chosen.

    Args:
        chosen: its rows.
        names: by menu and the key or id of a row, a logical name that somebody chose.
    """
    writer = _Writer(chosen, names or {})
    first, rest = first_and_rest(chosen.others)
    sections = [
        Section("ports", "Ports, bridges and VLANs", tuple(writer.other(one) for one in first)),
        *(
            Section(name, title, tuple(statement for path in paths for statement in writer.statements(path)))
            for name, (title, paths) in _SECTIONS.items()
        ),
        Section("others", "Everything else", tuple(writer.other(one) for one in rest)),
    ]
    used = {name for section in sections for statement in section.statements for name in statement.uses}
    return Program(
        [
            attrs.evolve(
                section,
                statements=_in_tables(
                    [
                        statement if statement.variable in used else attrs.evolve(statement, variable="")
                        for statement in section.statements
                    ],
                    used,
                ),
            )
            for section in sections
            if section.statements
        ],
        writer.files,
        writer.secrets,
        writer.made,
    )


def _in_tables(statements: Sequence[Statement], taken: Collection[str]) -> tuple[Statement, ...]:
    """Statements, of which rows that differ in a few values are one."""
    alone = [None if one.variable or one.config or one.files else one.call for one in statements]
    found: list[Statement] = []
    last = 0
    for start, end in tables.spans(alone, taken):
        some = statements[start:end]
        uses = frozenset(name for one in some for name in one.uses)
        found += statements[last:start]
        found.append(attrs.evolve(some[0], uses=uses, rows=tuple(one.call for one in some)))
        last = end
    return (*found, *statements[last:])


@attrs.define
class _Use:
    """What the values of one statement take."""

    variables: set[str] = attrs.field(factory=set)
    config: bool = False
    files: set[str] = attrs.field(factory=set)


class _Writer:
    """Writes statement by statement, and remembers names."""

    def __init__(self, chosen: Chosen, named: Mapping[str, Mapping[str, str]]) -> None:
        self._chosen, self._named = chosen, named
        self._names = Names()
        self.files: dict[str, str] = {}
        self.secrets: dict[str, str] = {}
        self.made: list[Made] = []
        self._variables: dict[tuple[str, str], str] = {}
        self._defined: set[str] = set()
        for path in _REFERRED:
            for taken in self._taken(path):
                prefix = "table_" if path == "/routing/table" else "list_" if path == "/interface/list" else ""
                self._variables[path, taken.row["name"]] = self._names.variable(prefix + taken.row["name"])
        for other in chosen.others:
            menu = menu_at(other.path)
            if menu.named == "name" and (own := other.row.get("name")):
                key = (_OTHER_SPACES.get(space(menu), menu.path), own)
                self._variables.setdefault(key, self._names.variable(own))
        for path in LISTS:
            for name in dict.fromkeys(taken.row["list"] for taken in self._taken(path)):
                self._variables[path, name] = self._names.variable(f"{name}_v6" if path == LISTS[1] else name)

    def _taken(self, path: str) -> list[Taken]:
        return [one for one in self._chosen.rows.get(path, ()) if isinstance(one, Taken)]

    def statements(self, path: str) -> Iterator[Statement]:
        """The resources of a menu."""
        if path in self._chosen.one:
            yield from self._of_one_row(MENUS[path])
        elif path in LISTS:
            yield from self._lists(path)
        elif path in BLOCKS:
            yield from self._blocks(MENUS[path])
        else:
            for taken in self._in_turn(path):
                yield self._row(MENUS[path], taken)

    def _in_turn(self, path: str) -> list[Taken]:
        """The rows of a menu, those of which others of it are made first."""
        rows = self._taken(path)
        own = [field.name for field in MENUS[path].writable if field.references == path]
        if not own:
            return rows
        by_name = {taken.row["name"]: taken for taken in rows}
        found: dict[str, Taken] = {}

        def put(name: str, above: tuple[str, ...]) -> None:
            if name in found or name in above or name not in by_name:
                return
            for value in (by_name[name].values.get(each) for each in own):
                for other in value if isinstance(value, list) else [str(value or "")]:
                    put(other, (*above, name))
            found[name] = by_name[name]

        for name in by_name:
            put(name, ())
        return list(found.values())

    def _row(self, menu: Menu, taken: Taken) -> Statement:
        kind, values, use = menu.resource, dict(taken.values), _Use()
        name = self._names.logical(kind, wish(menu, taken.row, self._named.get(menu.path, {})))
        self.made.append(Made(menu.path, taken.row.get(".id", ""), kind, name))
        if menu.named and values.get(menu.named) == name:
            del values[menu.named]
        arguments = [("", Plain(layout.text(name))), *self._arguments(menu, values, name, use)]
        variable = self._variables.get((menu.path, taken.row.get("name", "")), "")
        self._defined.add(variable)
        return self._statement(menu.path, Call(f"wt.{kind}", arguments), use, variable)

    def other(self, other: Other) -> Statement:
        """A row or settings of a menu that nobody described by hand."""
        menu, use = menu_at(other.path), _Use()
        kind, values = menu.token, dict(other.values)
        own = other.row.get("name", "") if menu.named else ""
        chosen = chosen_of(menu, other.row, self._named.get(menu.path, {}))
        name = self._names.logical(kind, chosen or own or other.find or _called(menu, other))
        self.made.append(Made(menu.path, other.row.get(".id", ""), kind, name, signed=menu.tagged))
        if menu.named and values.get(menu.named) == name:
            del values[menu.named]
        arguments: list[tuple[str, Expression]] = [("", Plain(layout.text(name)))]
        arguments += [("find", Plain(layout.text(other.find)))] if other.find else []
        arguments += self._arguments(menu, values, name, use)
        variable = self._variables.get((_OTHER_SPACES.get(space(menu), menu.path), own), "") if own else ""
        self._defined.add(variable)
        return self._statement(menu.path, Call(f"menus.{kind}", arguments), use, variable)

    def _of_one_row(self, menu: Menu) -> Iterator[Statement]:
        values, use = self._chosen.one[menu.path], _Use()
        if values:
            name = self._named.get(menu.path, {}).get(SETTINGS) or menu.resource.lower()
            self.made.append(Made(menu.path, "", menu.resource, name, signed=False))
            arguments = [("", Plain(layout.text(name))), *self._arguments(menu, values, name, use)]
            yield self._statement(menu.path, Call(f"wt.{menu.resource}", arguments), use)

    def _blocks(self, menu: Menu) -> Iterator[Statement]:
        """One block for each run of rules of a chain between which no other one stays."""
        kind = menu.resource.replace("Rule", "Chain") if menu.chain else f"{menu.resource}Chain"
        runs: dict[str, list[list[Taken]]] = defaultdict(lambda: [[]])
        for one in self._chosen.rows.get(menu.path, ()):
            chain = one.row.get(menu.chain, "") if menu.chain else ""
            if isinstance(one, Taken):
                runs[chain][-1].append(one)
            else:
                runs[chain].append([])
        for chain, parts in runs.items():
            there = [run for run in parts if run]
            whole = len(there) == 1 and self._chosen.whole(menu.path, chain)
            for run in there:
                yield self._block(menu, kind, chain, run, whole=whole)

    def _block(self, menu: Menu, kind: str, chain: str, run: Sequence[Taken], *, whole: bool) -> Statement:
        name = self._names.logical(kind, slug(chain) if chain else "rules")
        names, use = Names(), _Use()
        rules: list[tuple[str, Sequence[tuple[str, Expression]]]] = []
        for taken in run:
            rule = names.logical("", wish(menu, taken.row, self._named.get(menu.path, {})))
            values = {key: value for key, value in taken.values.items() if key != menu.chain}
            rules.append((rule, self._arguments(menu, values, f"{name}-{rule}", use)))
            self.made.append(Made(menu.path, taken.row.get(".id", ""), kind, name, rule))
        arguments: list[tuple[str, Expression]] = [("", Plain(layout.text(name)))]
        arguments += [("chain", Plain(layout.text(chain)))] if chain else []
        arguments += [("foreign", Plain(layout.text(TAGGED)))] if whole else []
        return self._statement(menu.path, Call(f"wt.{kind}", [*arguments, ("rules", _rules(kind, rules))]), use)

    def _lists(self, path: str) -> Iterator[Statement]:
        by_list: dict[str, list[Taken]] = defaultdict(list)
        for taken in self._taken(path):
            by_list[taken.row["list"]].append(taken)
        for listed, entries in by_list.items():
            kind, use = _OF_LISTS[path], _Use()
            name = self._names.logical(kind, self._named.get(path, {}).get(listed) or listed)
            self.made += [Made(path, taken.row.get(".id", ""), kind, name) for taken in entries]
            arguments: list[tuple[str, Expression]] = [("", Plain(layout.text(name)))]
            arguments += [("list", Plain(layout.text(listed)))] if name != listed else []
            arguments.append(("entries", self._entries(path, name, entries, use)))
            variable = self._variables[path, listed]
            self._defined.add(variable)
            yield self._statement(path, Call(f"wt.{kind}", arguments), use, variable)

    def _entries(self, path: str, name: str, entries: Sequence[Taken], use: _Use) -> Expression:
        fits = [len(entries) > _LONG_LIST and _fits_in_a_file(taken) for taken in entries]
        if not any(fits):
            return Listed([_entry(taken) for taken in entries])
        filed = [taken for taken, fit in zip(entries, fits, strict=True) if fit]
        file = self._file(f"{slug(name) or 'list'}{'-v6' if path == LISTS[1] else ''}", "txt", _lines(filed))
        use.files.add(file)
        family: list[tuple[str, Expression]] = [("family", Plain("6"))] if path == LISTS[1] else []
        read = Call("wt.entries_from_file", [("", Plain(f"HERE / {layout.text(file)}")), *family])
        rest = [_entry(taken) for taken, fit in zip(entries, fits, strict=True) if not fit]
        return Listed([Plain(f"*{layout.laid_out('', read)[0]}"), *rest]) if rest else read

    def _file(self, stem: str, ending: str, content: str) -> str:
        name = f"{self._names.logical(f'file.{ending}', stem)}.{ending}"
        self.files[name] = content
        return name

    def _arguments(
        self, menu: Menu, values: Mapping[str, Value], where: str, use: _Use
    ) -> list[tuple[str, Expression]]:
        def place(name: str) -> tuple[int, str]:
            return (_FIRST.index(name) if name in _FIRST else len(_FIRST) + (name == "comment"), name)

        return [
            (menu.by_name[name].attribute, self._value(menu, menu.by_name[name], values[name], where, use))
            for name in sorted(values, key=place)
        ]

    def _value(self, menu: Menu, field: Field, value: Value, where: str, use: _Use) -> Expression:
        if field.secret:
            key = self._names.logical("config", slug(f"{where}-{field.name}", 80))
            self.secrets[key], use.config = str(value), True
            return Plain(f"config.require_secret({layout.text(key)})")
        if field.name == "source" and menu.path == "/system/script" and str(value).count("\n") >= _LONG_SCRIPT:
            file = self._file(slug(where) or "script", "rsc", f"{value}\n")
            use.files.add(file)
            return Plain(f'(HERE / {layout.text(file)}).read_text("utf-8")')
        if isinstance(value, list):
            parts = [self._reference(field, part, use) or Plain(layout.text(_sent(part))) for part in value]
            return parts[0] if len(parts) == 1 and isinstance(field.codec, Csv) else Listed(parts)
        if isinstance(value, str):
            if menu.loose and field.may_name and "," in value:
                words = [
                    self._reference(field, word, use) or Plain(layout.text(_sent(word))) for word in value.split(",")
                ]
                if any(word.code[:1] not in "\"'" for word in words if isinstance(word, Plain)):
                    return Listed(words)
            return self._reference(field, value, use) or Plain(layout.text(_sent(value)))
        return Plain(repr(value))

    def _reference(self, field: Field, value: str, use: _Use) -> Expression | None:
        """The resource of that name, where there is one and it stands above."""
        named = field.references or field.may_name
        path = _OTHER_SPACES.get(named, named)
        bare = value.removeprefix("!")
        variable = self._variables.get((path, bare), "")
        if not variable or variable not in self._defined:
            return None
        use.variables.add(variable)
        return Plain(f"wt.Not({variable})" if value != bare else variable)

    @staticmethod
    def _statement(path: str, call: Call, use: _Use, variable: str = "") -> Statement:
        return Statement(path, call, variable, frozenset(use.variables), use.config, frozenset(use.files))


def _rules(kind: str, rules: Sequence[tuple[str, Sequence[tuple[str, Expression]]]]) -> Dictionary:
    """A block's rules: dictionaries where each fits on a line, else calls, which the formatter sets on fewer lines."""
    plain = Dictionary([(name, Dictionary(each)) for name, each in rules])
    if all(len(layout.laid_out(f"{layout.text(name)}: ", each, 8, ",")) == 1 for name, each in plain.items):
        return plain
    call = f"wt.{kind.replace('RuleChain', 'Chain')}Rule"
    return Dictionary([(name, Call(call, each)) for name, each in rules])


def _called(menu: Menu, other: Other) -> str:
    """What a row without a name is called."""
    if menu.singleton:
        return slug(menu.path)
    by = menu.key or tuple(name for name in _TELLING if name in other.values)
    return (
        slug(str(other.values.get("comment", "")))
        or slug("-".join(str(other.values[name]) for name in by[:3] if name in other.values))
        or slug(menu.path)
    )


def _sent(value: str) -> str:
    """A text as a program holds it."""
    return str(stored(value))


def _fits_in_a_file(taken: Taken) -> bool:
    comment = str(taken.values.get("comment", ""))
    return not taken.values.get("disabled") and comment == comment.strip() and not any(c in _MARKS for c in comment)


def _lines(entries: Sequence[Taken]) -> str:
    return "".join(
        f"{taken.values['address']}{f'  # {comment}' if (comment := taken.values.get('comment')) else ''}\n"
        for taken in entries
    )


def _entry(taken: Taken) -> Expression:
    address = Plain(layout.text(str(taken.values["address"])))
    more: list[tuple[str, Expression]] = []
    if comment := taken.values.get("comment"):
        more.append(("comment", Plain(layout.text(str(comment)))))
    if taken.values.get("disabled"):
        more.append(("disabled", Plain("True")))
    return Call("wt.Entry", [("", address), *more]) if more else address
