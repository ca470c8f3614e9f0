"""How one value is written, read and compared: the codecs.

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
from collections.abc import Sequence
from typing import Any, Final, Protocol

import attrs

from wiretik_provider.errors import InvalidValue

__all__ = [
    "AddressMatch",
    "Bool",
    "Codec",
    "Csv",
    "Duration",
    "Enum",
    "Flag",
    "Host",
    "HostName",
    "Int",
    "InterfaceAddress",
    "Key",
    "ListAddress",
    "Mac",
    "Ports",
    "Prefix",
    "Text",
    "Value",
]

Value = bool | int | str | list[str]
"""A canonical value, in the shapes that Pulumi's state has as well."""


class Codec(Protocol):
    """Between a user's value, the canonical one, and the router's text."""

    def parse(self, value: Any, /) -> Value:  # noqa: ANN401  (whatever a program passes)
        """The canonical form of what a user wrote, or `InvalidValue`."""

    def write(self, value: Value, /) -> str:
        """The word that is sent for a canonical value."""

    def read(self, text: str, /) -> Value:
        """The canonical value of what the router printed; what it can't parse is kept as it is."""


def shown(value: object) -> str:
    """A value in an error message: short, on one line."""
    text = repr(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def text_of(value: object, wanted: str) -> str:
    """The text of a value that may come as a string or a number."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidValue(f"{shown(value)} is not {wanted}")
    return str(int(value)) if float(value).is_integer() else str(value)


class _Readable:
    """Reads by parsing; what a router prints and a codec doesn't know is kept, so that a row can always be read."""

    def parse(self, value: Any, /) -> Value:  # noqa: ANN401
        raise InvalidValue(f"{shown(value)} is not taken")

    def read(self, text: str, /) -> Value:
        try:
            return self.parse(text)
        except InvalidValue:
            return text


@attrs.frozen
class Bool:
    """`yes` or `no`; the API prints `true` or `false`, and an empty value that is present is true (traps.md 12)."""

    def parse(self, value: Any, /) -> bool:  # noqa: ANN401
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

    Source: routeros.md 0.3. It is cleared by `=!fib=`, which `rows` does for every false flag.
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
class Int(_Readable):
    """A whole number in a range, or one of some words (`auto`, `clamp-to-pmtu`)."""

    low: int = 0
    high: int = 4294967295
    words: tuple[str, ...] = ()

    def parse(self, value: Any, /) -> int | str:  # noqa: ANN401
        """Takes an int, a float without a fraction, digits, `0x…`, or a word."""
        if isinstance(value, str) and value.strip() in self.words:
            return value.strip()
        number = _whole(value)
        if number is None:
            raise InvalidValue(f"{shown(value)} is not {self._wanted()}")
        if not self.low <= number <= self.high:
            raise InvalidValue(f"{number} is out of range: {self._wanted()}")
        return number

    def write(self, value: Value, /) -> str:
        """Digits, or the word."""
        return str(value)

    def _wanted(self) -> str:
        text = f"a whole number from {self.low} to {self.high}"
        return f"{text}, or {' or '.join(self.words)}" if self.words else text


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else None
    if isinstance(value, str):
        try:
            return int(value.strip(), 16 if value.strip().lower().startswith("0x") else 10)
        except ValueError:
            return None
    return None


@attrs.frozen
class Text(_Readable):
    """Free text; with `negatable`, a leading `!` is RouterOS's negation and stays in the text.

    Attributes:
        longest: the most characters, 0 for no known limit.
        pattern: what it must match, as a regular expression; empty for anything.
        wanted: that in words, for the error.
        empty: whether the empty text is a value.
    """

    longest: int = 0
    pattern: str = ""
    wanted: str = "text"
    empty: bool = True

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes text, and numbers as their digits."""
        text = value if isinstance(value, str) else text_of(value, self.wanted)
        if "\x00" in text:
            raise InvalidValue("a NUL character can't be sent to a router")
        if not text and not self.empty:
            raise InvalidValue(f"empty; {self.wanted} is needed")
        if self.longest and len(text.encode()) > self.longest:
            raise InvalidValue(f"{shown(text)} has {len(text.encode())} bytes; at most {self.longest} are taken")
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise InvalidValue(f"{shown(text)} is not {self.wanted}")
        return text

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class Enum(_Readable):
    """One of some words; with `negatable` also `!word`; `several` joins them by commas."""

    words: tuple[str, ...]
    negatable: bool = False
    several: bool = False

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes the word as RouterOS writes it."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = ",".join(str(part) for part in value)
        text = text_of(value, "one of " + ", ".join(self.words))
        parts = text.split(",") if self.several else [text]
        cleaned = [part.strip() for part in parts]
        for part in cleaned:
            word = part.removeprefix("!") if self.negatable else part
            if word not in self.words:
                raise InvalidValue(f"{shown(word)} is not one of {', '.join(self.words)}{_nearest(word, self.words)}")
        if self.several and self.negatable:
            cleaned.sort(key=lambda part: self.words.index(part.removeprefix("!")))
        return ",".join(cleaned)

    def write(self, value: Value, /) -> str:
        """The word."""
        return str(value)


def _nearest(word: str, words: Sequence[str]) -> str:
    import difflib  # noqa: PLC0415  (only where something is wrong)

    close = difflib.get_close_matches(word, words, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


_UNITS: Final = {"w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1_000, "ms": 1}
_SCALE: Final = tuple(_UNITS.values())
_SPAN: Final = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?")
_CLOCK: Final = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(\d{1,2}):(\d{2})(?::(\d{2}))?")


def milliseconds(value: object) -> int:
    """The length of a duration as RouterOS or a program writes it: `1m40s`, `00:01:40`, `100`, 100."""
    text = text_of(value, 'a duration such as "25s" or "1h30m"')
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return round(float(text) * 1000)
    if text and (span := _SPAN.fullmatch(text)):
        return sum(int(part or 0) * unit for part, unit in zip(span.groups(), _SCALE, strict=True))
    if clock := _CLOCK.fullmatch(text):
        return sum(int(part or 0) * unit for part, unit in zip(clock.groups(), _SCALE, strict=False))
    raise InvalidValue(f'{shown(value)} is not a duration such as "25s", "1h30m" or a number of seconds')


def duration(length: int) -> str:
    """Milliseconds as RouterOS prints them: `1w2d3h4m5s`, `530ms`, `0s` (routeros.md B.0)."""
    out = ""
    for unit, size in _UNITS.items():
        count, length = divmod(length, size)
        out += f"{count}{unit}" if count else ""
    return out or "0s"


@attrs.frozen
class Duration(_Readable):
    """A length of time; canonical as the router prints it (`1m40s`), limits in seconds."""

    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `"25s"`, `"1h30m"`, `"00:01:40"`, a number of seconds, or a word."""
        if isinstance(value, str) and value.strip() in self.words:
            return value.strip()
        length = milliseconds(value)
        if self.high and not self.low * 1000 <= length <= self.high * 1000:
            limits = f"{duration(self.low * 1000)} to {duration(self.high * 1000)}"
            raise InvalidValue(f"{duration(length)} is out of range: {limits}")
        return duration(length)

    def write(self, value: Value, /) -> str:
        """As it is printed."""
        return str(value)


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise InvalidValue(f"{shown(text)} is not an IP address") from None


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=True)
    except ValueError:
        pass
    try:
        masked = ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise InvalidValue(f"{shown(text)} is not an address prefix such as 192.168.88.0/24") from None
    host = text.split("/", maxsplit=1)[0]
    raise InvalidValue(f"{text} has host bits set; write {masked} for the network or {host}/{masked.max_prefixlen}")


@attrs.frozen
class Host(_Readable):
    """One IP address; `family` 4 or 6 narrows it, `empty` lets the empty text be a value."""

    family: int = 0
    empty: bool = False

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `192.168.88.1` or `2001:db8::1`."""
        text = text_of(value, "an IP address")
        if not text and self.empty:
            return ""
        address = _ip(text)
        if self.family and address.version != self.family:
            raise InvalidValue(f"{text} is not an IPv{self.family} address")
        return str(address)

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class HostName(_Readable):
    """An IP address or a DNS name; the empty text is a value."""

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `vpn.example.com` or an address."""
        text = text_of(value, "an address or a name")
        if re.fullmatch(r"[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", text):
            return str(_ip(text))
        if text and not re.fullmatch(
            r"(?=.{1,253}\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_-]+)*\.?", text
        ):
            raise InvalidValue(f"{shown(text)} is neither an IP address nor a DNS name")
        return text

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class Prefix(_Readable):
    """An address prefix; a host without a mask gets its full length, as the router prints it."""

    family: int = 0

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `10.20.0.0/24`, `10.20.0.2` (a /32), `2001:db8::/32`."""
        network = _network(text_of(value, "an address prefix"))
        if self.family and network.version != self.family:
            raise InvalidValue(f"{network} is not an IPv{self.family} prefix")
        return str(network)

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class InterfaceAddress(_Readable):
    """An interface's address with its mask; without one it is a /32 (routeros.md B.3)."""

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `10.20.0.2/24`."""
        text = text_of(value, "an address with a mask such as 10.20.0.2/24")
        try:
            address = ipaddress.IPv4Interface(text)
        except ValueError:
            raise InvalidValue(f"{shown(text)} is not an IPv4 address with a mask such as 10.20.0.2/24") from None
        return str(address)

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class ListAddress(_Readable):
    """What an address list or a matcher takes: an address, a prefix, a range; `names` adds DNS names.

    A /32 prints without its mask and a range that is a prefix prints as one (routeros.md B.8).
    """

    names: bool = False

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `192.168.88.0/24`, `10.0.0.5`, `10.0.0.1-10.0.0.9`, and `example.com` where names are taken."""
        text = text_of(value, "an address, a prefix or a range")
        first, dash, last = text.partition("-")
        if dash and _is_ip(first) and _is_ip(last):
            return _range(first, last)
        if self.names and text and not re.fullmatch(r"[0-9./]+|.*[:/].*", text):
            return str(HostName().parse(text))
        if not dash and ("/" in text or _is_ip(text)):
            return _bare(_network(text))
        raise InvalidValue(f"{shown(text)} is not an address, a prefix or a range" + (" or a name" * self.names))

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _bare(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> str:
    whole = network.version == 4 and network.prefixlen == network.max_prefixlen
    return str(network.network_address) if whole else str(network)


def _range(first: str, last: str) -> str:
    low, high = _ip(first), _ip(last)
    size = int(high) - int(low) + 1
    if low.version != high.version or size < 1:
        raise InvalidValue(f"{first}-{last} is not a range: the first address must come before the last")
    # A block of 2**n addresses that starts at a multiple of 2**n is a prefix.
    if size & (size - 1) == 0 and int(low) % size == 0:
        return _bare(ipaddress.ip_network((str(low), low.max_prefixlen - size.bit_length() + 1)))
    return f"{low}-{high}"


@attrs.frozen
class AddressMatch(_Readable):
    """A firewall matcher on addresses: `ListAddress`, with `!` in front for all others."""

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `192.168.88.0/24` or `!10.0.0.1-10.0.0.9`."""
        text = text_of(value, "an address, a prefix or a range")
        negated, rest = text.startswith("!"), text.removeprefix("!")
        return ("!" if negated else "") + ListAddress().parse(rest)

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class Ports(_Readable):
    """A port, a list or a range of them; `!` in front where `negatable`; at most `most` items (routeros.md B.7)."""

    most: int = 15
    negatable: bool = True

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes 53, `"53,853"`, `"1000-2000"`, `"!22"`."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = ",".join(text_of(part, "a port") for part in value)
        text = text_of(value, "a port")
        negated, rest = text.startswith("!"), text.removeprefix("!")
        if negated and not self.negatable:
            raise InvalidValue(f"{shown(text)}: this property can't be negated")
        parts = [part.strip() for part in rest.split(",")]
        if len(parts) > self.most:
            raise InvalidValue(f"{len(parts)} ports or ranges; RouterOS takes at most {self.most} in one rule")
        return ("!" if negated else "") + ",".join(self._part(part) for part in parts)

    def _part(self, text: str) -> str:
        low, dash, high = text.partition("-")
        numbers = [Int(0, 65535).parse(low)] + ([Int(0, 65535).parse(high)] if dash else [])
        if dash and int(numbers[0]) > int(numbers[1]):
            raise InvalidValue(f"{text} is not a range: the first port must come before the last")
        return "-".join(str(number) for number in numbers)

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class Key(_Readable):
    """A WireGuard key: 32 bytes in base64, 44 characters. Its errors never show the key.

    Attributes:
        private: clamps it as curve25519 does, so that a key that the router prints clamped is no difference
            (terraform-routeros issue 782).
        words: what stands for no key, such as `none` or `auto`.
    """

    private: bool = False
    words: tuple[str, ...] = ()

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes what `wg genkey`, `wg pubkey` or `wg genpsk` print."""
        if not isinstance(value, str):
            raise InvalidValue("not a WireGuard key: text of 44 base64 characters is needed")
        text = value.strip()
        if text in self.words:
            return text
        try:
            raw = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise InvalidValue(f"not a WireGuard key: {len(text)} characters that aren't base64 of 32 bytes") from None
        if len(raw) != 32:
            raise InvalidValue(f"not a WireGuard key: it holds {len(raw)} bytes, 32 are needed (44 base64 characters)")
        if self.private:
            raw = bytes([raw[0] & 248]) + raw[1:31] + bytes([(raw[31] & 127) | 64])
        return base64.b64encode(raw).decode()

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class Mac(_Readable):
    """A MAC address, upper case with colons, `!` in front where `negatable`."""

    negatable: bool = False

    def parse(self, value: Any, /) -> str:  # noqa: ANN401
        """Takes `AA:BB:CC:DD:EE:FF`, also with `-` or `.` between."""
        text = text_of(value, "a MAC address")
        negated = self.negatable and text.startswith("!")
        digits = re.sub(r"[:.-]", "", text.removeprefix("!") if negated else text)
        if not re.fullmatch(r"[0-9a-fA-F]{12}", digits):
            raise InvalidValue(f"{shown(text)} is not a MAC address such as AA:BB:CC:DD:EE:FF")
        return ("!" if negated else "") + ":".join(digits[i : i + 2] for i in range(0, 12, 2)).upper()

    def write(self, value: Value, /) -> str:
        """As it is."""
        return str(value)


@attrs.frozen
class Csv:
    """A list, comma-joined on the wire; `as_set` sorts it, where the order means nothing.

    Attributes:
        item: the codec of one element.
        as_set: the order and doubles mean nothing.
        empty: what the router prints for an empty list, if it prints anything.
    """

    item: Codec
    as_set: bool = False

    def parse(self, value: Any, /) -> list[str]:  # noqa: ANN401
        """Takes a list, or text with commas."""
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, Sequence):
            raise InvalidValue(f"{shown(value)} is not a list")
        items = [str(self.item.parse(part)) for part in parts if not (isinstance(part, str) and not part.strip())]
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
