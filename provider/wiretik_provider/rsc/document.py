"""A plan as the text of a file: what it is, what must hold before its first write, and its lines.

Rule: pure. What can't be imported says so at the top, before anything is written: a router that has changed since the
plan was made, a plan that was imported already, and secrets that were left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wiretik_provider.codecs.script import quoted
from wiretik_provider.printable import printable
from wiretik_provider.rsc.lines import Line

__all__ = ["Check", "Heading", "document"]


class Heading(NamedTuple):
    """What a plan is.

    Attributes:
        router: the router.
        stack: the stack.
        when: when it was made.
        maker: by what.
    """

    router: str
    stack: str
    when: str
    maker: str


class Check(NamedTuple):
    """What must hold of a menu before the first line."""

    path: str
    found: str
    """The condition."""
    there: bool = True
    """Whether it finds just one row, or none yet."""


def document(heading: Heading, lines: Sequence[Line], checks: Sequence[Check] = ()) -> str:
    """The file."""
    return "".join(f"{line}\n" for line in _lines(heading, lines, checks))


def _lines(heading: Heading, lines: Sequence[Line], checks: Sequence[Check]) -> Iterator[str]:
    ready, waiting = [one for one in lines if not one.waits], [one for one in lines if one.waits]
    yield f"# Router {_comment(heading.router)}; stack {_comment(heading.stack)}; {heading.when}"
    yield f"# {heading.maker}: what `up` would write, {_count(ready)}, in its order. On the router:"
    yield "#   /import file-name=THIS-FILE.rsc"
    if not lines:
        yield "# Nothing: the router is as the program wants it."
        return
    hidden = dict.fromkeys(what for one in ready for what in one.hidden)
    if hidden:
        told = f"{len(hidden)} secrets are" if len(hidden) > 1 else "a secret is"
        yield f"# {told} left out: `--show-secrets` writes them, or put them in by hand and remove the next line."
        yield f":error {quoted(f'{told} left out of this file: nothing was written')}"
    if checks:
        yield "# Nothing is written to a router that isn't as it was when this was made."
        yield from map(_check, checks)
    yield from (one.text for one in ready)
    if waiting:
        yield f"# {_count(waiting)} wait for what a router makes when it imports this; then make the plan again."
    for one in waiting:
        yield f"# waits for {_comment(one.waits)}: {_comment(one.text)}"


def _check(check: Check) -> str:
    count, why = (1, "isn't there just once") if check.there else (0, "is there already")
    told = quoted(f"{check.path}: {check.found} {why}: make the plan again")
    return f":if ([:len [{check.path}/find {check.found}]] != {count}) do={{:error {told}}}"


def _comment(words: str) -> str:
    """A text that stays in its line."""
    return printable(words)


def _count(lines: Sequence[Line]) -> str:
    return f"{len(lines)} line{'s' * (len(lines) != 1)}"
