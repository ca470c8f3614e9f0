"""What an export doesn't tell, in words that say what to add.

Rule: listed once, each in a line with the option that tells it, ready for a shell; a heading says what follows from it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

__all__ = ["HEADING", "Gap", "lease", "lines"]

HEADING: Final = "an export doesn't say this, and what hangs on it isn't judged:"


@attrs.frozen
class Gap:
    """Something that isn't known.

    Attributes:
        what: in words, a noun.
        option: the option that tells it, as it is typed; empty where none does.
    """

    what: str
    option: str = ""


def lease(interface: str, form: str = "ADDRESS/MASK") -> str:
    """The option that tells an interface's address."""
    return f"--lease {shlex.quote(f'{interface}={form}')}"


def lines(gaps: Sequence[Gap]) -> Iterator[str]:
    """The heading, and a line for each."""
    told = list(dict.fromkeys(gaps))
    if not told:
        return
    yield HEADING
    width = max(len(one.option) for one in told)
    for one in sorted(told, key=lambda one: not one.option):
        yield f"  {one.option:{width}}  {one.what}" if one.option else f"  {one.what}: no option tells that"
