"""How one value is written, read and compared: the codecs; `times`, `addresses` and `matchers` have more of them.

A codec promises three things, which `tests/property` holds for every one: `parse` takes what a user may write and
gives the canonical value or raises `InvalidValue`; `parse` of a canonical value is that value; and `read(write(v))` is
`v`. Canonical is what the router prints, so that no other spelling of the same value ever makes a difference.

Numbers arrive from Pulumi as floats; a codec is the one place that turns them back. No I/O.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import math
import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Final, Protocol

import attrs

from wiretik_provider.errors import InvalidValue
from wiretik_provider.printable import printable

__all__ = [
    "Bool",
    "Codec",
    "Csv",
    "Enum",
    "Flag",
    "Int",
    "Key",
    "Name",
    "Plain",
    "Text",
    "Value",
    "is_number",
    "names_in",
    "shown",
    "text_of",
]

Value = bool | int | str | list[str]
"""A canonical value, in the shapes that Pulumi's state has as well."""


class Codec(Protocol):
    """Between a user's value, the canonical one, and the router's text."""

    @abstractmethod
    def parse(self, value: object, /) -> Value:
        """The canonical form of what a user wrote, or `InvalidValue`."""

    @abstractmethod
    def write(self, value: Value, /) -> str:
        """The word that is sent for a canonical value."""

    @abstractmethod
    def read(self, text: str, /) -> Value:
        """The canonical value of what the router printed; what it can't parse is kept as it is."""

    @abstractmethod
    def __hash__(self) -> int:
        """A codec is a value: what it has read may be kept by it."""


def shown(value: object) -> str:
    """A value in an error message: short, on one line."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = f"'{printable(value)}'" if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def text_of(value: object, wanted: str) -> str:
    """The text of a value that may come as a string or a number."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidValue(f"{shown(value)} is not {wanted}")
    return str(int(value)) if float(value).is_integer() else str(value)


class Plain:
    """Written as it is and read by parsing; what a router prints and a codec doesn't know is kept.

    So a row can always be read. The base of every codec whose canonical value is the word that the router prints.
    """

    def parse(self, value: object, /) -> Value:
        """What a codec overrides."""
        raise InvalidValue(f"{shown(value)} is not taken")

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)

    def read(self, text: str, /) -> Value:
        """By parsing, else as it is."""
        try:
            return self.parse(text)
        except InvalidValue:
            return text

    def names(self, value: Value, /) -> tuple[str, ...]:  # noqa: ARG002
        """The names of rows to which a canonical value refers; see `names_in`."""
        return ()


@attrs.frozen
class Bool:
    """`yes` or `no`; the API prints `true` or `false`, and an empty value that is present is true.

    Source: docs/facts/traps.md#values 12.
    """

    def parse(self, value: object, /) -> bool:
        """Takes a bool or one of yes, no, true, false."""
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and (known := _BOOLS.get(value.strip().lower())) is not None:
            return known
        raise InvalidValue(f"{shown(value)} is neither true nor false")

    def write(self, value: Value, /) -> str:
        """`yes` or `no`."""
        return "yes" if value else "no"

    def read(self, text: str, /) -> bool:
        """Everything but `false` and `no` is true."""
        return text not in {"false", "no"}


_BOOLS: Final = {"yes": True, "true": True, "no": False, "false": False}


@attrs.frozen
class Flag(Bool):
    """A presence flag (`fib`, `blackhole`): empty when set, absent when not; `=fib=no` doesn't clear it.

    Source: docs/facts/api.md#ten-facts. It is cleared by `=!fib=`, which `rows` does for every false flag.
    """

    def write(self, value: Value, /) -> str:
        """Always empty: the name alone sets it."""
        if not value:
            raise InvalidValue("a presence flag is cleared by unsetting it")
        return ""

    def read(self, text: str, /) -> bool:  # noqa: ARG002
        """Present is true, whatever stands in it."""
        return True


@attrs.frozen
class Int(Plain):
    """A whole number in a range, or one of some words (`auto`, `clamp-to-pmtu`).

    Canonical is a number; where words or `!` are taken as well it is text, so that a property has one type.

    Attributes:
        low: the least number.
        high: the greatest; 4294967295 where the router names none (docs/facts/arguments.md).
        words: what else is taken.
        negatable: whether `"!5"` means every number but 5.
        unit: what may stand behind the digits, such as `KiB`.
    """

    low: int = 0
    high: int = 4294967295
    words: tuple[str, ...] = ()
    negatable: bool = False
    unit: str = ""

    def parse(self, value: object, /) -> int | str:
        """Takes an int, a float without a fraction, digits, `0x…`, or a word."""
        if isinstance(value, str):
            text = value.strip()
            if text in self.words:
                return text
            if self.negatable and text.startswith("!"):
                return f"!{Int(self.low, self.high, self.words).parse(text[1:])}"
            value = text.removesuffix(self.unit)
        number = _whole(value)
        if number is None:
            raise InvalidValue(f"{shown(value)} is not {self._wanted()}")
        if not self.low <= number <= self.high:
            raise InvalidValue(f"{number} is out of range: {self._wanted()}")
        return str(number) if self.words or self.negatable else number

    def _wanted(self) -> str:
        text = f"a whole number from {self.low} to {self.high}"
        return f"{text}, or {' or '.join(self.words)}" if self.words else text


def is_number(text: str) -> bool:
    """Whether a text is a number in plain digits, of a length that Python reads.

    `str.isdigit` takes ² as well, and `int` takes ٣, 1_0, and no more than some thousands of digits.
    """
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


_MOST_DIGITS: Final = 20
"""Those of 64 bits; RouterOS's counters have no more."""


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else None
    if isinstance(value, str):
        text = value.strip()
        if re.fullmatch("0[xX][0-9a-fA-F]{1,16}", text):
            return int(text, 16)
        return int(text) if is_number(text.removeprefix("-")) else None
    return None


@attrs.frozen
class Text(Plain):
    """Free text.

    Attributes:
        longest: the most bytes, 0 for no known limit.
        pattern: what it must match, as a regular expression; empty for anything.
        wanted: that in words, for the error.
        lines: it may have several lines, whose ends the router doesn't keep as they were (docs/facts/traps.md#values
        (21)).
    """

    longest: int = 0
    pattern: str = ""
    wanted: str = "text"
    lines: bool = False

    def parse(self, value: object, /) -> str:
        """Takes text, and numbers as their digits."""
        text = value if isinstance(value, str) else text_of(value, self.wanted)
        _check_characters(text, self.longest)
        if self.lines:
            text = "\n".join(line.rstrip() for line in text.splitlines()).rstrip()
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise InvalidValue(f"{shown(text)} is not {self.wanted}")
        return text


def _check_characters(text: str, longest: int) -> None:
    """Refuses what can't be sent, and what is longer than the router takes."""
    if "\x00" in text:
        raise InvalidValue("a NUL character can't be sent to a router")
    try:
        size = len(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        raise InvalidValue(f"{shown(text)} can't be written in UTF-8") from None
    if longest and size > longest:
        raise InvalidValue(f"{shown(text)} has {size} bytes; at most {longest} are taken")


@attrs.frozen
class Name(Plain):
    """The name of a row, or of one that is referred to.

    Attributes:
        longest: the most bytes, 0 for no known limit.
        negatable: whether `!` in front means all others.
        matched: whether rules match by it, where `!` in front means all others, so that it can't begin with one.
        words: what isn't a row's name although it stands where names do, such as `all-ethernet`.
    """

    longest: int = 0
    negatable: bool = False
    matched: bool = False
    words: tuple[str, ...] = ()

    def parse(self, value: object, /) -> str:
        """Takes the name as the router shows it."""
        text = text_of(value, "a name")
        bare = text.removeprefix("!") if self.negatable else text
        if not bare:
            # docs/facts/api.md#ten-facts: an empty reference is "ambiguous" to the router, not absent.
            raise InvalidValue("empty; a name is needed")
        if bare.startswith("*"):
            raise InvalidValue(f"{shown(text)}: RouterOS takes a text that starts with '*' for an id, not a name")
        if self.matched and bare.startswith("!"):
            raise InvalidValue(f"{shown(text)} begins with '!': a rule that names it would match everything else")
        if not bare.isprintable():
            raise InvalidValue(f"{shown(text)} has a character that can't be shown, so it can't be a name")
        _check_characters(bare, self.longest)
        return text

    def names(self, value: Value, /) -> tuple[str, ...]:
        """The name without its `!`."""
        bare = str(value).removeprefix("!") if self.negatable else str(value)
        return () if bare in self.words else (bare,)


@attrs.frozen
class Enum(Plain):
    """One of some words.

    Attributes:
        words: the words.
        negatable: whether `!` in front means all others.
        several: a comma list; one `!` in front is for the whole list, as in `!established,related`.
        each: `!` stands in front of each word by itself, as in `syn,!ack`.
    """

    words: tuple[str, ...]
    negatable: bool = False
    several: bool = False
    each: bool = False

    def parse(self, value: object, /) -> str:
        """Takes the word as RouterOS writes it, or a list of words where several are taken."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = ",".join(str(part) for part in value)
        text = text_of(value, "one of " + ", ".join(self.words))
        if self.each:
            return ",".join(sorted({self._word(part.strip(), each=True) for part in text.split(",")}, key=self._place))
        negated = self.negatable and text.startswith("!")
        parts = text.split(",") if self.several else [text]
        # `!a,!b` is how some write the negated list `!a,b` (docs/facts/packet-path.md#marks).
        if negated and all(part.strip().startswith("!") for part in parts):
            parts = [part.strip()[1:] for part in parts]
        elif negated:
            parts[0] = parts[0].removeprefix("!")
        return "!" * negated + ",".join(sorted({self._word(part.strip()) for part in parts}, key=self._place))

    def _word(self, part: str, *, each: bool = False) -> str:
        word = part.removeprefix("!") if each else part
        if word not in self.words:
            raise InvalidValue(f"{shown(word)} is not one of {', '.join(self.words)}{_nearest(word, self.words)}")
        return part

    def _place(self, part: str) -> tuple[int, str]:
        return self.words.index(part.removeprefix("!")), part


def _nearest(word: str, words: Sequence[str]) -> str:
    import difflib  # noqa: PLC0415  (only where something is wrong)

    close = difflib.get_close_matches(word, words, 3)
    # Two letters that changed places are the likeliest slip.
    close.sort(key=lambda found: sorted(found) != sorted(word))
    return f"; did you mean {close[0]!r}?" if close else ""


@attrs.frozen
class Key(Plain):
    """A WireGuard key: 32 bytes in base64, 44 characters. Its errors never show the key.

    Attributes:
        private: clamps it as curve25519 does, so that a key that the router prints clamped is no difference
            (terraform-routeros issue 782).
        nothing: the word for no key, `none` where the router has one; an empty print means it too.
    """

    private: bool = False
    nothing: str = ""

    def parse(self, value: object, /) -> str:
        """Takes what `wg genkey`, `wg pubkey` or `wg genpsk` print."""
        if not isinstance(value, str):
            raise InvalidValue("not a WireGuard key: text of 44 base64 characters is needed")
        text = value.strip()
        if self.nothing and text in {"", self.nothing}:
            return self.nothing
        if text == "auto":
            raise InvalidValue("a key that the router makes up can't be declared; make it in the program")
        try:
            raw = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise InvalidValue(f"not a WireGuard key: {len(text)} characters that aren't base64 of 32 bytes") from None
        if len(raw) != 32:
            raise InvalidValue(f"not a WireGuard key: it holds {len(raw)} bytes, 32 are needed (44 base64 characters)")
        if self.private:
            raw = bytes([raw[0] & 248]) + raw[1:31] + bytes([(raw[31] & 127) | 64])
        return base64.b64encode(raw).decode()


@attrs.frozen
class Csv:
    """A list, comma-joined on the wire; `as_set` sorts it, where the order means nothing.

    Attributes:
        item: the codec of one element.
        as_set: the order and doubles mean nothing.
        least: how many it must have.
    """

    item: Codec
    as_set: bool = False
    least: int = 0

    def parse(self, value: object, /) -> list[str]:
        """Takes a list, or text with commas."""
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence):
            raise InvalidValue(f"{shown(value)} is not a list")
        items = [str(self.item.parse(part)) for part in parts if not (isinstance(part, str) and not part.strip())]
        if mixed := next((item for item in items if "," in item), ""):
            raise InvalidValue(f"{shown(mixed)} has a comma, which would split it in two")
        if len(items) < self.least:
            raise InvalidValue(f"at least {self.least} of the list is needed, {len(items)} given")
        return sorted(set(items), key=_natural) if self.as_set else items

    def write(self, value: Value, /) -> str:
        """Joined by commas without a space."""
        return ",".join(value) if isinstance(value, list) else str(value)

    def read(self, text: str, /) -> list[str]:
        """Splits at commas; an element that can't be parsed is kept."""
        items = [str(self.item.read(part)) for part in text.split(",") if part]
        return sorted(set(items), key=_natural) if self.as_set else items


def _natural(text: str) -> tuple[int, int, int, str]:
    """Sorts prefixes by family, address and length, and everything else by text after them."""
    try:
        network = ipaddress.ip_network(text)
    except ValueError:
        return (9, 0, 0, text)
    return (network.version, int(network.network_address), network.prefixlen, "")


def names_in(codec: Codec, value: Value) -> tuple[str, ...]:
    """The names of rows to which a canonical value refers, where its codec holds any.

    An address, a `!` in front, and words such as `all-ethernet` are left out: of `!ether1` it is `ether1`, of
    `10.0.0.1%ether1` too, of `10.0.0.1` nothing.
    """
    if isinstance(codec, Csv):
        items = value if isinstance(value, list) else [str(value)]
        return tuple(name for item in items for name in names_in(codec.item, item))
    return codec.names(value) if isinstance(codec, Plain) else ()
