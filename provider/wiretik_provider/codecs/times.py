"""How a length of time, a time of day and a date are written and read.

Rule: canonical is what the router prints, whichever of the spellings that it takes was given; see `values`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import attrs

from wiretik_provider.codecs.base import Plain, shown, text_of
from wiretik_provider.errors import InvalidValue

__all__ = ["Clock", "Date", "Duration", "duration", "milliseconds"]

_UNITS: Final = {"w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_SCALE: Final = tuple(_UNITS.values())
_PARTS: Final = ("w", "d", "h", "m(?!s)", "s", "ms")
_SPAN: Final = re.compile("".join(rf"(?:(\d{{1,12}}){part})?" for part in _PARTS), re.ASCII)
_CLOCK: Final = re.compile(r"(?:(\d{1,12})w)?(?:(\d{1,12})d)?(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


def milliseconds(value: object) -> int:
    """The length of a duration as RouterOS or a program writes it: `1m40s`, `00:01:40`, `100`, 100."""
    text = text_of(value, 'a duration such as "25s" or "1h30m"')
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", text):
        return round(float(text) * 1000)
    if text and (span := _SPAN.fullmatch(text)):
        return sum(int(part or 0) * unit for part, unit in zip(span.groups(), _SCALE, strict=True))
    if clock := _CLOCK.fullmatch(text):
        return sum(int(part or 0) * unit for part, unit in zip(clock.groups(), _SCALE, strict=False))
    raise InvalidValue(f'{shown(value)} is not a duration such as "25s", "1h30m" or a number of seconds')


def duration(length: int) -> str:
    """Milliseconds as RouterOS prints them: `1w2d3h4m5s`, `530ms`, `0s` (docs/facts/menus.md#every-menu)."""
    out = ""
    for unit, size in _UNITS.items():
        count, length = divmod(length, size)
        out += f"{count}{unit}" if count else ""
    return out or "0s"


@attrs.frozen
class Duration(Plain):
    """A length of time; canonical as the router prints it (`1m40s`), limits in seconds.

    Attributes:
        low: the shortest, beside none at all.
        high: the longest, 0 for no known limit.
        words: what else is taken.
        zero: what no time at all is printed as.
    """

    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()
    zero: str = "0s"

    def parse(self, value: object, /) -> str:
        """Takes `"25s"`, `"1h30m"`, `"00:01:40"`, a number of seconds, or a word."""
        if isinstance(value, str) and value.strip() in self.words:
            return value.strip()
        length = milliseconds(value)
        if not length:
            return self.zero
        if self.high and not self.low * 1000 <= length <= self.high * 1000:
            limits = f"{duration(self.low * 1000)} to {duration(self.high * 1000)}"
            raise InvalidValue(f"{duration(length)} is out of range: {limits}")
        return duration(length)


@attrs.frozen
class Clock(Plain):
    """A time of day, `08:30:00`, or `startup`."""

    def parse(self, value: object, /) -> str:
        """Takes `8:30`, `08:30:00` or `startup`."""
        text = text_of(value, "a time of day")
        parts = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", text)
        if parts is None:
            if text == "startup":
                return text
            raise InvalidValue(f'{shown(text)} is neither a time of day such as "08:30:00" nor "startup"')
        hour, minute, second = (int(part or 0) for part in parts.groups())
        if hour > 23 or minute > 59 or second > 59:
            raise InvalidValue(f"{text} is not a time of day")
        return f"{hour:02}:{minute:02}:{second:02}"


_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@attrs.frozen
class Date(Plain):
    """A day, `2026-01-31`; older versions print `jan/31/2026` (docs/facts/menus.md#every-menu)."""

    def parse(self, value: object, /) -> str:
        """Takes both spellings."""
        text = text_of(value, "a date")
        old = re.fullmatch(r"([a-z]{3})/([0-9]{2})/([0-9]{4})", text.lower())
        if old and old[1] in _MONTHS:
            text = f"{old[3]}-{_MONTHS.index(old[1]) + 1:02}-{old[2]}"
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise InvalidValue(f'{shown(text)} is not a date such as "2026-01-31"') from None
        return day.isoformat()
