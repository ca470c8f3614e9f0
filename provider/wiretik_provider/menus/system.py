"""/system: identity, scheduler and scripts. Source: docs/facts/menus.md#system."""

from __future__ import annotations

from typing import Final

from wiretik_provider.codecs.base import Bool, Csv, Enum, Name, Text
from wiretik_provider.codecs.times import Clock, Date, Duration
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, by_name, told
from wiretik_provider.menus.descriptor import Field, Menu

# What a script may do. The router's own choice is kept where nothing is declared: whether it is narrowed to what the
# user who adds the row may do isn't known, so it isn't a default to hold a row against.
_SCRIPT_POLICIES: Final = (
    *("ftp", "password", "policy", "read", "reboot", "romon", "sensitive", "sniff", "test", "write"),
)
_ALL_POLICIES: Final = (*_SCRIPT_POLICIES, "api", "local", "rest-api", "ssh", "telnet", "web", "winbox")

IDENTITY: Final = Menu(
    path="/system/identity",
    noun="identity",
    singleton=True,
    fields=by_name(Field(name="name", codec=Text(pattern=r"[\s\S]+", wanted="a name"), required=True)),
)

SCHEDULER: Final = Menu(
    path="/system/scheduler",
    noun="scheduler entry",
    key=("name",),
    fields=by_name(
        COMMENT,
        DISABLED,
        Field(name="interval", codec=Duration(), default="0s"),
        Field(name="name", codec=Name(), required=True),
        told("next-run", Text()),
        Field(name="on-event", codec=Text(lines=True), default="", clear_by_empty=True),
        Field(name="owner", codec=Name(), read_only=True),
        Field(name="policy", codec=Csv(Enum(_ALL_POLICIES), as_set=True), computed=True),
        told("run-count", COUNTER),
        # Day and time of the row's making, where none is given.
        Field(name="start-date", codec=Date(), computed=True),
        Field(name="start-time", codec=Clock(), computed=True),
    ),
)

SCRIPT: Final = Menu(
    path="/system/script",
    noun="script",
    key=("name",),
    fields=by_name(
        COMMENT,
        Field(name="dont-require-permissions", codec=Bool(), default=False),
        told("invalid"),
        told("last-started", Text()),
        Field(name="name", codec=Name(), required=True),
        Field(name="owner", codec=Name(), computed=True),
        Field(name="policy", codec=Csv(Enum(_SCRIPT_POLICIES), as_set=True), computed=True),
        told("run-count", COUNTER),
        Field(name="source", codec=Text(lines=True), default="", clear_by_empty=True),
    ),
)
