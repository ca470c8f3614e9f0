"""/routing: tables, and the rules that choose between them. Source: docs/facts/menus.md, docs/facts/packet-path.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.addresses import RulePrefix
from wiretik_provider.codecs.base import Enum, Flag, Int, Name
from wiretik_provider.menus._fields import COMMENT, DISABLED, VRF, Declared, reported
from wiretik_provider.menus.descriptor import Field, Menu, Problem


def _table(declared: Declared) -> Iterator[Problem]:
    if declared.get("name") == "main":
        yield Problem("name", "'main' is RouterOS's own table; choose another name")


TABLE: Final = Menu(
    path="/routing/table",
    noun="routing table",
    resource="RoutingTable",
    named="name",
    about="""A routing table beside `main`, for routes that only some traffic takes.

What uses it: a mangle rule that marks packets with the table's name, which needs no rule, or a `RoutingRule`. A
table has no connected routes: traffic that is sent there finds only the routes that are in it, and what finds none
goes on to the rules and to `main`.""",
    key=("name",),
    rules=(_table,),
    fields=(
        Field(
            name="name",
            codec=Name(matched=True),
            required=True,
            meaning="Name of the table. `main` is RouterOS's own.",
        ),
        Field(
            name="fib",
            codec=Flag(),
            meaning="Whether routes of the table are used for packets at all. Without it, traffic that is marked for "
            "the table falls through to `main`: a table for policy routing always needs `fib=True`.",
        ),
        DISABLED,
        COMMENT,
        reported("dynamic"),
        reported("invalid"),
        reported("used"),
    ),
)

_PREFIX: Final = "Matches packets {} this prefix. An address alone is a single host."
_WITHOUT_TABLE: Final = ("drop", "unreachable")


def _rule(declared: Declared) -> Iterator[Problem]:
    action = declared.get("action", "lookup")
    if "table" in declared and action in _WITHOUT_TABLE:
        yield Problem("table", f"action {action} looks nothing up; leave table away or choose lookup")


RULE: Final = Menu(
    path="/routing/rule",
    noun="routing rule",
    ordered=True,
    resource="RoutingRule",
    about="""Chooses the routing table for packets by source, destination, incoming interface or mark.

Rules are tried in order, after marks and after the router's own addresses and before `main`. A rule without a
matcher matches every packet.""",
    kin=("action", "table"),
    rules=(_rule,),
    fields=(
        # mangle is the newest of them (7.22).
        Field(
            name="action",
            codec=Enum(("drop", "lookup", "lookup-only-in-table", "mangle", "unreachable")),
            default="lookup",
            meaning="What happens to a packet that the rule matches. With `lookup` the next rule is tried where the "
            "table has no route, with `lookup-only-in-table` the packet is unreachable then. `unreachable` is answered "
            "by ICMP, `drop` is silent. `mangle` is there from RouterOS 7.22 on.",
        ),
        Field(
            name="table",
            codec=Name(words=("local",)),
            computed=True,
            references="/routing/table",
            meaning="The table in which a lookup is made.",
        ),
        Field(name="src-address", codec=RulePrefix(), meaning=_PREFIX.format("from")),
        Field(name="dst-address", codec=RulePrefix(), meaning=_PREFIX.format("to")),
        Field(
            name="interface",
            codec=Name(),
            references="/interface",
            meaning="Matches packets that came in by this interface.",
        ),
        Field(
            name="routing-mark",
            codec=Name(),
            references="/routing/table",
            meaning="Matches packets with this mark, which is the name of a table.",
        ),
        # The longest prefix has 128 bits; a limit of the router's own isn't known.
        Field(
            name="min-prefix",
            codec=Int(0, 128),
            meaning="Rejects a route found whose prefix isn't longer than this. 0 hides only the default route, so "
            "that a first rule `lookup` in `main` with `min_prefix=0` keeps local traffic local.",
        ),
        Field(name="chain", codec=Name(), default="user", since="7.22", meaning="The chain of the rule."),
        Field(name="realm", codec=Int(), computed=True, since="7.22", meaning="Matches a route's realm."),
        Field(
            name="vrf",
            codec=VRF,
            computed=True,
            references="/ip/vrf",
            since="7.22",
            meaning="Matches packets of this VRF.",
        ),
        DISABLED,
        COMMENT,
        reported("default"),
        reported("inactive"),
    ),
)
