"""The entries of an address list as values: how people write them, and their oddities.

Rule: pure, and linear but for one sort. Entries are a map by address as the router prints it, so that other spellings
of an address make no difference and one entry more is one line of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.addresses import ListAddress
from wiretik_provider.codecs.base import Bool
from wiretik_provider.codecs.spans import addresses, number4, span4
from wiretik_provider.codecs.times import Duration
from wiretik_provider.errors import InvalidValue

__all__ = ["BadEntries", "Entry", "Finding", "Read", "entries", "is_canonical", "parse_file", "read", "report"]


@attrs.frozen
class Entry:
    """What a program says of one address.

    Attributes:
        comment: the user's text, without a tag.
        timeout: as the router prints it (`1d`); empty for an entry that stays.
        disabled: whether it is switched off.
    """

    comment: str = ""
    timeout: str = ""
    disabled: bool = False


class BadEntries(InvalidValue):
    """Entries that can't be taken.

    Attributes:
        problems: one sentence for each, with its line or its spelling; the text shows the first twenty.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        more = f"; and {len(problems) - 20} more" if len(problems) > 20 else ""
        super().__init__("; ".join(problems[:20]) + more)
        self.problems = tuple(problems)


class Read(NamedTuple):
    """What was read."""

    entries: dict[str, Entry]
    doubles: tuple[str, ...]
    """One sentence for each address that was written more than once."""


_TIMEOUT: Final = Duration(0, 21_474_836)  # 35w3d13h13m56s (docs/facts/menus.md#ipfirewalladdress-list)


def entries(value: object, family: int = 0) -> Read:
    """Entries as a program may write them.

    Args:
        value: a list of addresses and of mappings with `address`, or a mapping by address; beside the address an
            entry may have `comment`, `timeout` and `disabled`.
        family: 4 or 6 refuses addresses of the other.

    Raises:
        BadEntries: with every problem of every entry.
    """
    if isinstance(value, Mapping):
        written = [(str(address), address, rest) for address, rest in value.items()]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        written = [
            (f"entry {number}", item.get("address"), {name: part for name, part in item.items() if name != "address"})
            if isinstance(item, Mapping)
            else (f"entry {number}", item, None)
            for number, item in enumerate(value, 1)
        ]
    else:
        raise BadEntries([f"{value!r} is not a list of addresses"])
    return _read(written, family)


def read(value: object, family: int) -> Read:
    """Entries of one family as a program writes them or the state keeps them: there an entry may be just its comment.

    Raises:
        BadEntries: with every problem of every entry.
    """
    if isinstance(value, Mapping):
        value = {address: {"comment": rest} if isinstance(rest, str) else rest for address, rest in value.items()}
    return entries(value, family)


def parse_file(text: str, family: int = 0) -> Read:
    """Entries of a text with one address, prefix, range or name a line; what follows `#` or `;` is its comment.

    Raises:
        BadEntries: with the number of every line that can't be taken.
    """
    return _read(_lines(text), family)


def _lines(text: str) -> Iterator[tuple[str, object, object]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        address, mark, comment = _comment(line)
        if address:
            yield f"line {number}", address, {"comment": comment} if mark and comment else None


def _comment(line: str) -> tuple[str, str, str]:
    # A name can't hold either mark, so the first one of either begins the comment.
    cut = min((at for at in (line.find("#"), line.find(";")) if at >= 0), default=len(line))
    return line[:cut].strip(), line[cut : cut + 1], line[cut + 1 :].strip()


def _read(written: Iterable[tuple[str, object, object]], family: int) -> Read:
    parse = _reader(family)
    found: dict[str, Entry] = {}
    where: dict[str, str] = {}
    problems: list[str] = []
    doubles: list[str] = []
    for place, spelled, rest in written:
        try:
            address = parse(spelled)
            entry = _entry(rest)
        except InvalidValue as wrong:
            problems.append(f"{place}: {wrong.problem}")
            continue
        before = found.get(address)
        if before is None:
            found[address], where[address] = entry, place
        elif (before.timeout, before.disabled) == (entry.timeout, entry.disabled):
            doubles.append(f"{place}: {address} is already {where[address]}")
            found[address] = before if before.comment else entry
        else:
            problems.append(f"{place}: {address} is already {where[address]}, with another timeout or state")
    if problems:
        raise BadEntries(problems)
    return Read(found, tuple(doubles))


_PLAIN: Final = Entry()


def _entry(rest: object) -> Entry:
    if not rest:
        return _PLAIN
    if not isinstance(rest, Mapping):
        raise InvalidValue(f"{rest!r} is not a set of comment, timeout and disabled")
    if unknown := [str(name) for name in rest if name not in {"comment", "timeout", "disabled"}]:
        raise InvalidValue(f"{', '.join(unknown)} is not known; an entry has address, comment, timeout, disabled")
    comment, timeout = rest.get("comment"), rest.get("timeout")
    if not isinstance(comment, str | None):
        raise InvalidValue(f"comment={comment!r} is not text")
    length = str(_TIMEOUT.parse(timeout)) if timeout not in {None, ""} else ""
    disabled = Bool().parse(rest["disabled"]) if rest.get("disabled") is not None else False
    return Entry(comment or "", "" if length == "0s" else length, disabled)


# Nearly all entries of a large list are hosts and prefixes of IPv4; the codec takes fourteen microseconds for each.
_V4: Final = re.compile(
    r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\."
    r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:/(3[01]|[12]\d|\d))?",
    re.ASCII,
)


def is_canonical(text: str) -> bool:
    """Whether a text is a host or prefix of IPv4 as the router spells it; False isn't a no."""
    if _V4.fullmatch(text) is None:
        return False
    host, slash, _ = text.partition("/")
    span = span4(text) if slash else None
    return not slash or (span is not None and span[0] == number4(host))


def _reader(family: int) -> Callable[[object], str]:
    codec = ListAddress(named=True, family=family)

    def read(value: object) -> str:
        if family != 6 and isinstance(value, str) and is_canonical(value):
            return value
        return codec.parse(value)

    return read


class Finding(NamedTuple):
    """Two entries of which one does at least a part of the other's work."""

    address: str
    other: str
    within: bool
    """All of `address` lies in `other`; else they only overlap."""

    def __str__(self) -> str:
        return f"{self.address} {'lies within' if self.within else 'overlaps'} {self.other}"


def report(found: Mapping[str, Entry]) -> list[Finding]:
    """Every entry that overlaps an earlier one, once; disabled entries and names overlap nothing."""
    spans = sorted(
        (span[0], -span[1], address)
        for address, entry in found.items()
        if not entry.disabled and (span := addresses(address))
    )
    out: list[Finding] = []
    # The entries that reach to where the sweep is; what has ended below a longer one is found ended later.
    reach: list[tuple[int, str]] = []
    for low, minus, address in spans:
        high = -minus
        while reach and reach[-1][0] < low:
            reach.pop()
        if reach:
            out.append(Finding(address, reach[-1][1], high <= reach[-1][0]))
        reach.append((high, address))
    return out
