"""/routing: tables, and the rules that choose between them. Source: docs/facts/menus.md, docs/facts/packet-path.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import RulePrefix
from wiretik_provider.codecs.base import Enum, Flag, Int, Name
from wiretik_provider.menus._fields import COMMENT, DISABLED, VRF, Declared, by_name, told
from wiretik_provider.menus.descriptor import Field, Menu, Problem


def _table(declared: Declared) -> Iterator[Problem]:
    if declared.get("name") == "main":
        yield Problem("name", "'main' is RouterOS's own table; choose another name")


TABLE: Final = Menu(
    path="/routing/table",
    noun="routing table",
    key=("name",),
    rules=(_table,),
    fields=by_name(
        COMMENT,
        DISABLED,
        told("dynamic"),
        Field(name="fib", codec=Flag()),
        told("invalid"),
        Field(name="name", codec=Name(matched=True), required=True),
        told("used"),
    ),
)

_WITHOUT_TABLE: Final = ("drop", "unreachable")


def _rule(declared: Declared) -> Iterator[Problem]:
    action = declared.get("action", "lookup")
    if "table" in declared and action in _WITHOUT_TABLE:
        yield Problem("table", f"action {action} looks nothing up; leave table away or choose lookup")


RULE: Final = Menu(
    path="/routing/rule",
    noun="routing rule",
    ordered=True,
    kin=("action", "table"),
    rules=(_rule,),
    fields=by_name(
        # mangle is the newest of them (7.22).
        Field(
            name="action",
            codec=Enum(("drop", "lookup", "lookup-only-in-table", "mangle", "unreachable")),
            default="lookup",
        ),
        Field(name="chain", codec=Name(), default="user", since="7.22"),
        COMMENT,
        told("default"),
        DISABLED,
        Field(name="dst-address", codec=RulePrefix()),
        told("inactive"),
        Field(name="interface", codec=Name(), references="/interface"),
        # The longest prefix has 128 bits; a limit of the router's own isn't known.
        Field(name="min-prefix", codec=Int(0, 128)),
        Field(name="realm", codec=Int(), computed=True, since="7.22"),
        Field(name="routing-mark", codec=Name(), references="/routing/table"),
        Field(name="src-address", codec=RulePrefix()),
        Field(name="table", codec=Name(words=("local",)), computed=True, references="/routing/table"),
        Field(name="vrf", codec=VRF, computed=True, references="/ip/vrf", since="7.22"),
    ),
)
