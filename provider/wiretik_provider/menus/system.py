"""/system: identity, scheduler and scripts. Source: docs/facts/menus.md#system."""

from __future__ import annotations

from typing import Final

from wiretik_provider.codecs.base import Bool, Csv, Enum, Name, Text
from wiretik_provider.codecs.times import Clock, Date, Duration
from wiretik_provider.menus._fields import COMMENT, COUNTER, DISABLED, reported
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
    resource="Identity",
    about="The router's own name. Destroy gives it the name back that it had.",
    fields=(
        Field(
            name="name",
            codec=Text(pattern=r"[\s\S]+", wanted="a name"),
            required=True,
            meaning="The router's name, as prompts, neighbours and logs show it. The factory's is MikroTik.",
        ),
    ),
)

_POLICY: Final = "What the {} may do."

SCHEDULER: Final = Menu(
    path="/system/scheduler",
    noun="scheduler entry",
    resource="Scheduler",
    named="name",
    about="""Runs commands at a time, again and again, or at every boot.

It runs with its own `policy`, in the name of the user who added it.""",
    key=("name",),
    fields=(
        Field(name="name", codec=Name(), required=True, meaning="Name of the entry, unique."),
        Field(
            name="on-event",
            codec=Text(lines=True),
            default="",
            clear_by_empty=True,
            meaning="What runs: the name of a script, or commands. Blanks at the ends of lines aren't compared.",
        ),
        Field(
            name="interval",
            codec=Duration(),
            default="0s",
            meaning="How often the entry runs, such as `5m`; 0 is once, at the start time.",
        ),
        # Day and time of the row's making, where none is given.
        Field(
            name="start-time",
            codec=Clock(),
            computed=True,
            meaning="When the entry first runs: a time of day such as `03:00:00`, or at every boot. The router takes "
            "the time at which the entry is made.",
            tells="When the entry first runs.",
        ),
        Field(
            name="start-date",
            codec=Date(),
            computed=True,
            meaning="The day of the first run, `2026-01-31`. The router takes the day on which the entry is made.",
            tells="The day of the first run.",
        ),
        Field(
            name="policy",
            codec=Csv(Enum(_ALL_POLICIES), as_set=True),
            computed=True,
            meaning=_POLICY.format("entry"),
        ),
        Field(name="owner", codec=Name(), read_only=True, meaning="The user who added the entry."),
        DISABLED,
        COMMENT,
        reported("next-run", Text()),
        reported("run-count", COUNTER),
    ),
)

SCRIPT: Final = Menu(
    path="/system/script",
    noun="script",
    resource="Script",
    named="name",
    about="A script on the router, for a `Scheduler` or another script to run by name.",
    key=("name",),
    fields=(
        Field(name="name", codec=Name(), required=True, meaning="Name of the script, unique."),
        Field(
            name="source",
            codec=Text(lines=True),
            default="",
            clear_by_empty=True,
            meaning="The commands. Blanks at the ends of lines and the kind of line ends aren't compared: routers "
            "don't keep them.",
        ),
        Field(
            name="policy",
            codec=Csv(Enum(_SCRIPT_POLICIES), as_set=True),
            computed=True,
            meaning=_POLICY.format("script"),
        ),
        Field(
            name="dont-require-permissions",
            codec=Bool(),
            default=False,
            meaning="Whether somebody with fewer rights than the script has may run it.",
        ),
        Field(
            name="owner",
            codec=Name(),
            computed=True,
            meaning="The user in whose name the script runs. The router takes the user who adds it.",
        ),
        COMMENT,
        reported("invalid"),
        reported("last-started", Text()),
        reported("run-count", COUNTER),
    ),
)
