"""What a guard is on the router: scripts, and a scheduler or a netwatch that runs the first of them every few seconds.

    wiretik-guard      the tick: runs the undo once the uptime is past the deadline, or has begun anew
    wiretik-early-N    the journal of new rows, names and tags, the newest highest; runs first
    wiretik-undo-N     the journal of all else; each line undoes one write
    wiretik-order-N    what puts moved rows back; runs last
    wiretik-gone-N     the journal of removals: enables again what was disabled, and says what the confirm removes

There is one guard on a router at a time, since the router refuses a second script of one name. Its comment is its
state. Pure: texts in, texts out. Time is uptime, never the clock (docs/facts/undo.md#schedulers).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from wiretik_provider.codecs.script import quoted
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.guard.text import attempt

__all__ = [
    "ARMED",
    "CONFIRMED",
    "GUARD",
    "ROLLED_BACK",
    "SEEN",
    "SIZE",
    "Parts",
    "State",
    "at_once",
    "chunks",
    "name_of",
    "ours",
    "seconds",
    "state_of",
    "tick",
]

GUARD: Final = "wiretik-guard"
SIZE: Final = 6000
"""Bytes in one script: 8 KiB are safe by others' use (docs/facts/undo.md#the-script-language)."""

ARMED: Final = "armed"
ROLLED_BACK: Final = "rolled back"
SEEN: Final = "rolled back and looked at"
CONFIRMED: Final = "confirmed"

_OURS: Final = re.compile(r"wiretik-(?:guard|(?:early|undo|gone|order)-\d+)")
_COMMENT: Final = re.compile(r"(armed|rolled back|rolled back and looked at|confirmed) ([0-9a-f]{4}|-) ([0-9a-f]+)")
_HEAD: Final = re.compile(r":local armed (\S+); :local till (\S+)\n")


class State(NamedTuple):
    """What a guard on the router says of itself."""

    kind: str
    """ARMED, ROLLED_BACK, SEEN once a refresh has looked at what came of that, or CONFIRMED."""
    stack: str
    """The four digits of the stack, `-` where the first write didn't tell."""
    run: str
    """The deployment that armed it."""
    armed: int = 0
    """The uptime at which it was armed, in seconds."""
    till: int = 0
    """The uptime until which it waits."""

    @property
    def comment(self) -> str:
        """How the router has it."""
        return f"{self.kind} {self.stack} {self.run}"


class Parts(NamedTuple):
    """How many parts a journal has, of each kind."""

    early: int = 0
    undo: int = 0
    gone: int = 0
    order: int = 0

    def names(self) -> list[str]:
        """The scripts, in the order in which they run."""
        newest = [(kind, number) for kind in ("early", "undo", "gone") for number in range(getattr(self, kind), 0, -1)]
        return [name_of(kind, number) for kind, number in [*newest, *(("order", n + 1) for n in range(self.order))]]


def name_of(kind: str, number: int | str) -> str:
    """The name of a part of the journal: of `early`, `undo`, `gone` or `order`."""
    return f"wiretik-{kind}-{number}"


def ours(name: str) -> bool:
    """Whether a script is part of a guard."""
    return _OURS.fullmatch(name) is not None


def seconds(text: str) -> int:
    """An uptime as the router prints it."""
    return milliseconds(text) // 1000


def state_of(script: Mapping[str, str]) -> State | None:
    """What the guard's script says; None where it isn't one of ours."""
    found = _COMMENT.fullmatch(script.get("comment", ""))
    if found is None:
        return None
    head = _HEAD.match(script.get("source", ""))
    times = (seconds(head[1]), seconds(head[2])) if head else (0, 0)
    return State(found[1], found[2], found[3], *times)


def tick(state: State, parts: Parts) -> str:
    """The guard's script.

    Args:
        state: armed by whom, when, and until when.
        parts: the journal that it runs.
    """
    runs = "".join(f" {attempt(f'/system/script/run {name}')}\n" for name in parts.names())
    back = state._replace(kind=ROLLED_BACK).comment
    return (
        f":local armed {state.armed}s; :local till {state.till}s\n"
        ":local up [/system/resource/get uptime]\n"
        f':if ([/system/script/get {GUARD} comment] ~ "^{ARMED}" && ($up < $armed || $up > $till)) do={{\n'
        f"{runs}"
        f" /system/script/set {GUARD} comment={quoted(back)}\n"
        f" {attempt(f'/system/scheduler/disable [find name={GUARD}]')}\n"
        f" {attempt(f'/tool/netwatch/disable [find comment={GUARD}]')}\n"
        "}\n"
    )


def at_once(source: str) -> str:
    """The guard's script, told that its time is over."""
    return _HEAD.sub(lambda found: f":local armed {found[1]}; :local till 0s\n", source)


def chunks(lines: Iterable[str]) -> list[list[str]]:
    """Lines in parts that fit a script each, in their order."""
    found: list[list[str]] = []
    size = SIZE
    for line in lines:
        if size + len(line) + 1 > SIZE:
            found.append([])
            size = 0
        found[-1].append(line)
        size += len(line) + 1
    return found
