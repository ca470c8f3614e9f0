"""Every menu that can be configured, from one data file (`every.txt`), made when it is asked for.

The rule: nothing is read before somebody asks for a menu that isn't described by hand, and then one menu is made, not
all; its arguments are parsed when somebody looks at them. Of these menus forms and versions are known and hardly a
default, so what a program doesn't declare is held to what the router printed after the last write (`rows.baseline`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Final, NamedTuple, overload

import attrs

from wiretik_provider.codecs.base import Bool, Codec, Name, Text, Value
from wiretik_provider.codecs.loose import Loose, Rights, Words, same
from wiretik_provider.masks import is_secret
from wiretik_provider.menus._fields import COMMENT
from wiretik_provider.menus.descriptor import FOUND, ROW, Field, Menu

__all__ = ["described", "further", "heads", "names", "unlisted"]

_FORMS: Final = {"n": "number", "t": "time", "l": "list", "a": "address", "m": "mac", "r": "name"}
_WORD: Final = re.compile(
    r"(?P<name>[^:!?+*@<>=~]+)(?::(?P<form>[a-z]))?(?P<signs>[!?+*]*)(?:>=(?P<since>[\d.]+))?(?:<(?P<until>[\d.]+))?"
    r"(?:@(?P<refers>[/a-z0-9-]+))?(?:~(?P<was>[^=]+))?(?:=(?P<words>.+))?"
)
_NAME: Final = re.compile(r"(?<!\S)[^\s:!?+*<>@=~]+")
_NAMES: Final = re.compile(r"bridge|interface|interfaces|slaves|[a-z-]+-interface")
"""Arguments that take interfaces' names alone; others that name interfaces take addresses and more."""
_ADDED_TO: Final = frozenset({("/user/group", "policy")})
"""Arguments of which a `set` changes only what it names (docs/facts/permissions.md)."""
_PATH: Final = re.compile(r"(/[a-z0-9][a-z0-9-]*)+")
_PLAIN: Final = {
    "comment": COMMENT,
    "disabled": Field(name="disabled", codec=Bool(), computed=True),
    "name": Field(name="name", codec=Name(matched=False), computed=True),
}
"""Arguments that mean the same in every menu."""
_TABLES: Final = ("/interface/list", "/interface/ethernet/switch")
"""Branches of `/interface` whose rows aren't interfaces."""


class Head(NamedTuple):
    """What the file says of one menu, but for its arguments."""

    path: str
    shape: str
    """L a list, O an ordered one, R rows that only the router makes, S one row."""
    marks: Mapping[str, str]
    words: str
    """Its arguments as they stand there."""


@cache
def heads() -> Mapping[str, Head]:
    """The menus of the file, by path."""
    text = resources.files("wiretik_provider.menus").joinpath("every.txt").read_text("utf-8")
    blocks = text[text.index("\n/") :].replace("\n ", " ").strip().split("\n")
    return {head.path: head for head in map(_head, blocks)}


def _head(line: str) -> Head:
    path, shape, *rest = line.split(" ", 2)
    words = rest[0] if rest else ""
    marks: dict[str, str] = {}
    while found := _MARK.match(words):
        marks[found[1]] = found[2]
        words = words[found.end() :]
    return Head(path, shape, marks, words)


_MARK: Final = re.compile(r"(key=|>=|<|one(?= |$)|hardware(?= |$))(\S*) ?")


@cache
def described(path: str) -> Menu | None:
    """The menu at a path; None where the file has none."""
    head = heads().get(path) if path.startswith("/") else None
    if head is None:
        return None
    key = _key(head)
    interface = head.shape == "L" and key == ("name",) and path.count("/") == 2 and path.startswith("/interface/")
    own = "/interface" if interface and path not in _TABLES else ""
    return Menu(
        path=path,
        noun=_noun(path, head.shape),
        fields=Fields(path, head.words, known="name" in key, names=own),
        key=key,
        named="name" if key == ("name",) and head.shape != "R" else "",  # what is found isn't called anew
        names=own,
        ordered=head.shape == "O",
        singleton=head.shape in "RS",
        fixed=head.shape == "R",
        loose=True,
        since=head.marks.get(">=", ""),
        until=head.marks.get("<", ""),
        alone=not head.marks.keys().isdisjoint({"one", "hardware"}),
    )


@cache
def further(path: str, more: tuple[str, ...]) -> Menu | None:
    """A menu with arguments that the file lacks, such as a newer RouterOS's: of their values nothing is known."""
    menu = described(path)
    unknown = [name for name in more if menu and name not in menu.by_name]
    if menu is None or not unknown:
        return menu
    return attrs.evolve(menu, fields=(*menu.listed, *map(_unlisted, unknown)))


@cache
def unlisted(path: str, shape: str, more: tuple[str, ...]) -> Menu | None:
    """A menu that the file lacks, such as a newer RouterOS's; None where that can't be a menu's path.

    Whose its rows are is known by the tag in their comment where the program gives one, else by their name or their id.

    Args:
        path: the menu's.
        shape: what the program takes it for.
        more: its arguments, as far as the program names them.
    """
    if not _PATH.fullmatch(path):
        return None
    named = shape == ROW and "name" in more
    return Menu(
        path=path,
        noun=_noun(path, "L" if shape == ROW else "S"),
        fields=tuple(map(_unlisted, more)),
        key=("name",) if named else (),
        named="name" if named else "",
        singleton=shape != ROW,
        fixed=shape == FOUND,
        loose=True,
        alone=True,
        shape=shape,
    )


def _unlisted(name: str) -> Field:
    if name in _PLAIN:
        return attrs.evolve(_PLAIN[name], unlisted=True)
    secret = is_secret(name)
    codec = Text() if secret else Loose("")
    return Field(name=name, codec=codec, computed=True, alike=_alike, secret=secret, unlisted=True)


def names(path: str) -> Sequence[str]:
    """The names of a menu's arguments, which aren't parsed for it."""
    return _NAME.findall(heads()[path].words)


def _key(head: Head) -> tuple[str, ...]:
    """The arguments by which its rows are known, where there are such and they have them all."""
    if head.shape == "S":
        return ()
    key = tuple(filter(None, head.marks.get("key=", "").split(","))) or (("name",) if head.shape in "LR" else ())
    return key if key and set(key).issubset(_NAME.findall(head.words)) else ()


@attrs.frozen
class Fields(Sequence[Field]):
    """The arguments of a menu, which are parsed when somebody looks at one of them.

    Attributes:
        path: the menu's.
        words: as they stand in the file.
        known: whether its rows are known by their names.
        names: the menu whose rows share their names with this one's; empty for its own.
    """

    path: str
    words: str
    known: bool
    names: str

    @cached_property
    def parsed(self) -> tuple[Field, ...]:
        """All of them."""
        return tuple(map(self._made, self.words.split()))

    def _made(self, word: str) -> Field:
        field = _field(word)
        if (self.path, field.name) in _ADDED_TO:
            return attrs.evolve(field, codec=Rights("list"))
        return _named(field, self.names) if self.known and field.name == "name" else field

    def __len__(self) -> int:
        return len(self.parsed)

    @overload
    def __getitem__(self, at: int) -> Field: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Field]: ...
    def __getitem__(self, at: int | slice) -> Field | Sequence[Field]:
        return self.parsed[at]


def _noun(path: str, shape: str) -> str:
    """A row in words: `/interface/vlan` has interface vlan rows."""
    words = path.strip("/").replace("/", " ")
    return words if shape == "S" and words.endswith("settings") else words + (" settings" if shape == "S" else " row")


@cache
def _field(word: str) -> Field:
    found = _WORD.fullmatch(word)
    if found is None:
        raise ValueError(f"every.txt: {word!r} is no argument")
    name, signs = found["name"], found["signs"]
    if word == "comment":
        return COMMENT  # where a version hasn't got it, it can't carry tags
    refers = found["refers"] or ""
    return Field(
        name=name,
        codec=_codec(found),
        computed=True,
        alike=_alike,
        asked="!" in signs,
        secret="?" in signs,
        add_only="+" in signs,
        references="/interface" if refers == "/interface" and _NAMES.fullmatch(name) else "",
        may_name=refers,
        was=found["was"] or "",
        since=found["since"] or "",
        until=found["until"] or "",
    )


def _alike(there: Value, wished: Value, wanted: Mapping[str, Value]) -> bool:
    """Whether two spellings are one value, whichever the router prints."""
    del wanted
    return isinstance(there, str) and isinstance(wished, str) and same(there, wished)


def _codec(found: re.Match[str]) -> Codec:
    if found["words"]:
        return Words(words=tuple(found["words"].split("|")))
    form = found["form"] or ""
    if form == "b" or found["name"] == "disabled":
        return Bool()
    if "?" in found["signs"] or found["name"] == "comment":
        return Text()
    return Loose(_FORMS.get(form, ""), refers=found["refers"] == "/interface")


def _named(field: Field, interfaces: str) -> Field:
    """The name by which rows are known."""
    return Field(name="name", codec=Name(matched=bool(interfaces)), computed=True, since=field.since, until=field.until)
