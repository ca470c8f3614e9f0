"""Menu and Field: one RouterOS menu, as data that checks itself.

Everything that differs between menus stands here; nothing else in the provider knows one menu from another. A
contradiction in a descriptor fails when it is imported, with the field's name.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.base import Codec, Csv, Flag, Value, is_number

__all__ = [
    "EXTRA",
    "FOUND",
    "ROW",
    "SETTINGS",
    "SHAPE",
    "Alike",
    "Field",
    "Menu",
    "Problem",
    "Version",
    "attribute",
    "token",
    "version",
]

EXTRA: Final = "extra"
"""The input that names, as RouterOS does, what a program declares beside that which the file of all menus has."""
SHAPE: Final = "shape"
"""The input that says what a program takes a menu for that the file lacks: `ROW`, `SETTINGS` or `FOUND`."""
ROW, SETTINGS, FOUND = "row", "settings", "found"
"""Rows that are added, settings of which there is one, one of the rows that only the router makes."""
Version = tuple[int, ...]
"""A RouterOS version as numbers that compare, such as (7, 18)."""


def version(text: str) -> Version:
    """Reads `7.23.2`, also as `/system/resource` prints it: `7.23.2 (stable)`, `7.24beta3`."""
    numbers: list[int] = []
    for part in text.split(" ", maxsplit=1)[0].split("."):
        digits = ""
        for character in part:
            if not is_number(character):
                break
            digits += character
        if is_number(digits):
            numbers.append(int(digits))
        if len(digits) != len(part):
            break
    return tuple(numbers)


def token(path: str) -> str:
    """The permanent name of a resource of a menu that hasn't got another: `InterfaceVlan` for `/interface/vlan`."""
    return "".join(word[:1].upper() + word[1:] for word in re.split("[/-]", path))


class Problem(NamedTuple):
    """One thing that is wrong with what a user declared."""

    property: str
    """In the user's spelling, such as `listen_port`."""
    reason: str
    """What is wrong, and the cure."""


_TAKEN: Final = frozenset({*keyword.kwlist, "id", "urn"})
"""What Python or Pulumi takes for something else."""


def attribute(name: str) -> str:
    """A property's name in Python from RouterOS's: `as_` for `as`, and `input_filter` for `input.filter`."""
    name = re.sub("[-./]", "_", name)
    return f"{name}_" if name in _TAKEN else f"_{name}" if name[:1].isdigit() else name


Alike = Callable[[Value, Value, Mapping[str, Value]], bool]
"""Whether a printed value is what the router makes of a declared one, given the other declared properties."""


@attrs.frozen(kw_only=True)
class Field:
    """One property of a menu.

    Attributes:
        name: RouterOS's spelling, such as `listen-port`.
        codec: how its value is written, read and compared.
        default: what a row that nobody told otherwise has; None means that such a row doesn't print the property.
        required: a row can't be added without it.
        computed: the router fills it in where it isn't given, so what isn't declared isn't compared.
        read_only: the router tells it and doesn't take it.
        volatile: it changes by itself (counters, handshakes), so it is never an output.
        secret: never in a log, an error, a repr, or plain in the state.
        write_only: it is taken but not printed, so drift can't be seen.
        references: the menu whose names it takes, such as `/interface`; empty for none.
        clear_by_empty: cleared by an empty value rather than by `=!name=`.
        since: the first version that has it, as text; empty for every one.
        until: the first version that has it no longer; empty for none.
        formerly: what it was called before `renamed`; empty where it never had another name.
        renamed: the first version that calls it as it is called here.
        alike: of a property that the router completes, whether a printed value is the declared one; None for equality.
        along: it belongs to who has the row's key, and goes along where that is exchanged (`exchange`).
        filled: though it is computed or read-only, every row has it, so that its output is never None.
        add_only: it is given when a row is added and can't be changed after.
        asked: the manual calls it mandatory, in its newest version; the router says whether it is in this one.
        may_name: the menu whose rows it may name, though the router takes other names as well; empty for none.
        was: what older versions call it, as its likeness says; empty where nothing is alike.
        unlisted: no source names it: the program does, and the router is asked whether it has it.
        meaning: what it means, for users; what else is said here (default, versions, words) isn't said again.
        tells: what it means as an output; empty where the first sentence of `meaning` says it.
    """

    name: str
    codec: Codec
    default: Value | None = None
    required: bool = False
    computed: bool = False
    read_only: bool = False
    volatile: bool = False
    secret: bool = False
    write_only: bool = False
    references: str = ""
    clear_by_empty: bool = False
    since: str = ""
    until: str = ""
    formerly: str = ""
    renamed: str = ""
    alike: Alike | None = None
    along: bool = False
    filled: bool = False
    add_only: bool = False
    asked: bool = False
    may_name: str = ""
    was: str = ""
    unlisted: bool = False
    meaning: str = ""
    tells: str = ""

    def __attrs_post_init__(self) -> None:
        for wrong, why in (
            (self.required and self.default is not None, "required and with a default"),
            (self.required and self.read_only, "required and read-only"),
            (self.required and self.computed, "required and computed"),
            (self.computed and self.default is not None, "computed and with a default"),
            (self.read_only and self.computed, "read-only and computed: read-only says it"),
            (self.volatile and not self.read_only, "volatile, but the program may set it"),
            (self.write_only and self.read_only, "neither written nor read"),
            (isinstance(self.codec, Flag) and self.default is not None, "a presence flag has no default"),
            (self.filled and not (self.computed or self.read_only), "filled in, but the program gives it"),
            (bool(self.formerly) != bool(self.renamed), "a former name, and the version that renamed it: both or none"),
            ("_" in self.name, "RouterOS writes names with '-'"),
        ):
            if wrong:
                raise ValueError(f"field {self.name}: {why}")

    @cached_property
    def attribute(self) -> str:
        """The name in Python, such as `listen_port`."""
        return attribute(self.name)

    def on(self, router: Version) -> bool:
        """Whether that version of RouterOS has the property."""
        return (not self.since or router >= version(self.since)) and (not self.until or router < version(self.until))


Rule = Callable[[Mapping[str, Value | None]], Iterator[Problem]]
"""Looks at declared values, by attribute and in canonical form, and tells contradictions between them.

A property whose value isn't known yet is there as None; a property that isn't declared is absent.
"""


@attrs.frozen(kw_only=True)
class Menu:
    """One menu of RouterOS.

    Attributes:
        path: as the API writes it, such as `/interface/wireguard`.
        noun: a row in words, such as `WireGuard interface`.
        fields: every property, in the order in which people read of them; here they are sorted by name.
        key: the fields that make a row unique to its users; empty where rows have no natural key (rules, routes).
        unique: further sets of fields that no two enabled rows may share, though the router would take them.
        distinct: sets of fields that RouterOS refuses to have twice, besides the key.
        kin: fields that a row without a tag must share with the state to be taken for the same row.
        ordered: rows have an order that matters (`place-before`, `move`).
        chain: the field that splits an ordered menu into lists of their own, such as `chain`; empty for one list.
        singleton: it has one row without an id, of which only the declared properties are owned.
        rules: contradictions between properties.
        names: the menu whose rows share one space of names with this one's, such as `/interface`; empty for its own.
        query: words that narrow a print of the whole menu to rows that can be owned.
        holds: the field, a list, of which other resources may hold elements until what leans on them is gone (`held`).
        resource: the permanent name of the resource for one of its rows, such as `WireGuardInterface`; empty for none.
        named: the field that is the logical name of such a resource where the program doesn't give it; empty for none.
        loose: it is known from data alone, so what isn't declared is held to what the router printed (`rows.baseline`).
        fixed: it has rows that only the router makes; one is found by what it prints and is like a singleton then.
        alone: only one source names it.
        shape: of a menu that no source names, what the program takes it for (`SHAPE`); empty of all others.
        since: the first version that has the menu, as text; empty for every one.
        until: the first version that has it no longer; empty for none.
        about: what such a resource is, in paragraphs, for users; the first is a sentence.
    """

    path: str
    noun: str
    listed: Sequence[Field] = attrs.field(alias="fields")
    key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    distinct: tuple[tuple[str, ...], ...] = ()
    kin: tuple[str, ...] = ()
    ordered: bool = False
    chain: str = ""
    singleton: bool = False
    rules: tuple[Rule, ...] = ()
    names: str = ""
    query: tuple[str, ...] = ()
    holds: str = ""
    resource: str = ""
    named: str = ""
    loose: bool = False
    fixed: bool = False
    alone: bool = False
    shape: str = ""
    since: str = ""
    until: str = ""
    about: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.loose:  # of those that are made from data the fields are parsed when they are asked for
            self.prove()

    def prove(self) -> None:
        """Looks for contradictions.

        Raises:
            ValueError: there is one.
        """
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)):
            raise ValueError(f"menu {self.path}: each field once")
        used = {*self.key, *self.kin, *(name for group in (*self.unique, *self.distinct) for name in group)}
        used |= {self.chain, self.holds, self.named} - {""}
        if unknown := used - set(names):
            raise ValueError(f"menu {self.path}: no field {', '.join(sorted(unknown))}")
        if self.singleton and not self.fixed and (self.key or self.ordered):
            raise ValueError(f"menu {self.path}: a singleton has neither key nor order")
        if self.chain and not self.ordered:
            raise ValueError(f"menu {self.path}: chains without an order")
        if self.holds and not isinstance(self.by_name[self.holds].codec, Csv):
            raise ValueError(f"menu {self.path}: {self.holds} is no list, so nothing of it can be held")
        if not (self.singleton or self.loose or self.tagged):
            raise ValueError(f"menu {self.path}: rows without a comment can't carry a tag")

    @property
    def a_row(self) -> str:
        """A row in words with its article, such as `an address`."""
        return f"{'an' if self.noun[0] in 'aeiouAEIOU' else 'a'} {self.noun}"

    @cached_property
    def tagged(self) -> bool:
        """Whether its rows have a comment, which carries the tag of who has them."""
        comment = None if self.singleton else self.by_name.get("comment")
        return comment is not None and not (comment.since or comment.until)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every property, sorted by name."""
        return tuple(sorted(self.listed, key=lambda field: field.name))

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Fields by RouterOS's spelling."""
        return {field.name: field for field in self.fields}

    @cached_property
    def by_attribute(self) -> Mapping[str, Field]:
        """Fields by Python's spelling."""
        return {field.attribute: field for field in self.fields}

    @cached_property
    def renamed(self) -> Mapping[str, Field]:
        """Fields by the names that older versions have for them."""
        return {field.formerly: field for field in self.fields if field.formerly}

    def read(self, row: Mapping[str, str]) -> Mapping[str, str]:
        """A row with the names that its properties have here, whatever the router's version calls them."""
        if self.renamed.keys().isdisjoint(row):
            return row
        return {self.renamed[name].name if name in self.renamed else name: text for name, text in row.items()}

    def said(self, words: tuple[str, ...], router: Callable[[], Version]) -> tuple[str, ...]:
        """The words of a command with the names that this version of RouterOS has.

        Args:
            words: as they are written for the newest one.
            router: its version, asked only where that matters.
        """
        if not self.renamed:
            return words
        return tuple(self._said(word, router) for word in words)

    def _said(self, word: str, router: Callable[[], Version]) -> str:
        sign, rest = word[:1], word[1:]
        name, equals, value = rest.removeprefix("!").partition("=")
        field = self.by_name.get(name)
        if sign not in ("=", "?") or not field or not field.formerly or router() >= version(field.renamed):
            return word
        return f"{sign}{'!' if rest.startswith('!') else ''}{field.formerly}{equals}{value}"

    @cached_property
    def writable(self) -> tuple[Field, ...]:
        """The fields that a program may declare."""
        return tuple(field for field in self.fields if not field.read_only)

    @cached_property
    def held(self) -> Field | None:
        """What a program says of the elements that are held, in the form of the list itself."""
        whole = self.by_name[self.holds] if self.holds else None
        if whole is None or not isinstance(whole.codec, Csv):
            return None
        meaning = (
            f"Those elements of `{whole.attribute}` that other resources hold: one that is taken out of both, together "
            "with the resource that holds it, stays on the router until everything that depends on that is gone."
        )
        return Field(name="held", codec=attrs.evolve(whole.codec, least=0), meaning=meaning)

    @cached_property
    def taken(self) -> tuple[Field, ...]:
        """All that a resource takes: the fields that a program may declare, and which elements are held."""
        return (*self.writable, *([self.held] if self.held else []))

    def on(self, router: Version) -> bool:
        """Whether that version of RouterOS has the menu."""
        return (not self.since or router >= version(self.since)) and (not self.until or router < version(self.until))

    def lacking(self, names: Iterable[str], router: Version) -> str:
        """Those of some properties that this version of RouterOS doesn't have, each with the versions that do."""
        late = [self.by_name[name] for name in names if not self.by_name[name].on(router)]
        return ", ".join(f"{field.attribute} ({self.versions_of(field)})" for field in late)

    def versions_of(self, field: Field) -> str:
        """The versions that have a property, in words, and what others seem to call it."""
        found = [f"since {field.since}"] if field.since else []
        found += [f"until {field.until}"] if field.until else []
        now = next((one.attribute for one in self.fields if one.was == field.name), "")
        before = self.by_name[field.was].attribute if field.was in self.by_name else ""
        alike = [f"{now} seems to be its name since"] if now else [f"{before} seems to be it before"] if before else []
        return "; ".join(filter(None, (" ".join(found), *alike)))

    @property
    def token(self) -> str:
        """The permanent name of a resource for one of its rows: `InterfaceVlan` for `/interface/vlan`."""
        return self.resource or token(self.path)

    @property
    def span(self) -> str:
        """The versions that have the menu, in words; empty where all have."""
        return f" (since {self.since})" * bool(self.since) + f" (until {self.until})" * bool(self.until)

    @cached_property
    def outputs(self) -> tuple[Field, ...]:
        """The fields that are outputs of a resource: all but those that change by themselves."""
        return tuple(field for field in self.fields if not field.volatile)
