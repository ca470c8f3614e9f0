"""Which sites are done when, how many may go wrong, and when nothing new begins. Pure.

Rule: the limit counts over the whole run and is a share of all sites that were chosen, not of a wave: three bad sites
of the first ten are three of two hundred. Destroy goes the other way round, so that what others lean on goes last.
"""

import contextlib
import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import attrs

from wiretik.engine.errors import ProjectError
from wiretik.fleet.values import Operation, Outcome

__all__ = ["Ending", "Limits", "Window", "counted", "ordered", "share", "waves", "why_halted"]

Ending: TypeAlias = Literal["done", "failed", "halted", "paused", "closed", "interrupted"]
"""How a run ended: `failed` are some sites within the limit, `closed` says that the window closed."""
_USUAL: Final = "1,5%,25%,100%"


@attrs.frozen
class Window:
    """The hours in which sites may begin; over midnight where the end is before the start."""

    start: dt.time
    end: dt.time

    @classmethod
    def parse(cls, text: str) -> "Window":
        """`22:00-05:00`.

        Raises:
            ProjectError: it is none.
        """
        found = re.fullmatch(r"(\d\d?):(\d\d)\s*-\s*(\d\d?):(\d\d)", text.strip())
        with contextlib.suppress(ValueError):
            if found is not None:
                hour, minute, to_hour, to_minute = (int(each) for each in found.groups())
                return cls(dt.time(hour, minute), dt.time(to_hour, to_minute))
        raise ProjectError(f"--window {text!r}: it is two times of day, such as 22:00-05:00")

    def is_open(self, now: dt.time) -> bool:
        """Whether a site may begin."""
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@attrs.frozen(kw_only=True)
class Limits:
    """What ends a run before all its sites are done.

    Attributes:
        hubs: Sites that take others away when they go wrong: one of them is enough.
    """

    failed: int
    unreachable: int | None = None
    pause_after: int = 0
    window: Window | None = None
    hubs: frozenset[str] = frozenset()


def share(text: str, whole: int, option: str) -> int:
    """A share of all sites, or a number of them; a share of a few sites may be none.

    Raises:
        ProjectError: it is neither.
    """
    found = re.fullmatch(r"(\d+)(\.\d+)?(%?)", text.strip())
    if found is None or (found[2] and not found[3]) or (found[3] and float(text.strip()[:-1]) > 100):
        raise ProjectError(f"{option} {text!r}: it is a number of sites, or a share of all of them such as 2%")
    return math.floor(whole * float(text.strip()[:-1]) / 100) if found[3] else int(found[1])


def waves(text: str, sites: Sequence[str], hubs: Sequence[str] = ()) -> tuple[tuple[str, ...], ...]:
    """The sites by waves: each entry says how many are done when its wave is; the last wave has the rest.

    A hub is a wave of its own, so that nobody begins before it is proved.

    Raises:
        ProjectError: the shares don't grow.
    """
    found, done = [], 0
    for entry in [each for each in (text or _USUAL).split(",") if each.strip()]:
        upto = share(entry, len(sites), "--waves")
        if entry.strip().endswith("%"):
            upto = max(upto, min(1, len(sites)))  # a share of a small fleet is one site at least
        upto = min(upto, len(sites))
        if upto > done:
            found.append(tuple(sites[done:upto]))
            done = upto
    if done < len(sites):
        found.append(tuple(sites[done:]))
    return tuple(part for wave in found for part in _parted(wave, hubs))


def _parted(wave: Sequence[str], hubs: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A wave, parted at each hub."""
    for is_hub, names in itertools.groupby(wave, lambda name: name in hubs):
        if is_hub:
            yield from ((name,) for name in names)
        else:
            yield tuple(names)


def ordered(sites: Iterable[str], hubs: Sequence[str], operation: Operation) -> tuple[str, ...]:
    """A canary that isn't a hub, then hubs, then all others: a hub that goes wrong takes its spokes away."""
    names = list(sites)
    centre = [name for name in names if name in hubs]
    rest = [name for name in names if name not in hubs]
    line = (*rest[:1], *centre, *rest[1:])
    return line[::-1] if operation == "destroy" else line


def counted(outcomes: Iterable[Outcome]) -> Mapping[str, int]:
    """How many sites came out how."""
    found = {"ok": 0, "failed": 0, "unreachable": 0}
    for one in outcomes:
        found[one.verdict] += 1
    return found


def why_halted(outcomes: Iterable[Outcome], limits: Limits) -> str:
    """Why nothing new may begin, empty if it may."""
    outcomes = list(outcomes)
    count = counted(outcomes)
    if bad_hubs := [one.site for one in outcomes if one.verdict != "ok" and one.site in limits.hubs]:
        return f"hub {bad_hubs[0]} went wrong, on which others lean"
    if limits.unreachable is not None and count["unreachable"] > limits.unreachable:
        return f"{count['unreachable']} sites can't be reached, and {limits.unreachable} may"
    bad = count["failed"] + (count["unreachable"] if limits.unreachable is None else 0)
    if bad > limits.failed:
        return f"{count['failed']} sites failed and {count['unreachable']} can't be reached; {limits.failed} may"
    return ""
