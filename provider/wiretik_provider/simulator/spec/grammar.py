"""How RouterOS reads one value and how it prints it again.

A `Kind` turns the text of an argument into the text that `print` shows, or refuses it in RouterOS's words. Kinds are
data of the menu tables in `spec/`; nothing here knows a menu, and nothing is shared with the provider's codecs, so
the two can't be wrong together. Sources: docs/facts/api.md, docs/facts/menus.md, docs/facts/arguments.md.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Protocol

from wiretik_provider.simulator import refusal

__all__ = ["Kind", "World", "duration", "ipv4", "milliseconds"]


class World(Protocol):
    """What a value may have to know of the router: the names that exist."""

    def names(self, of: str) -> Collection[str]:
        """The names that references of this kind may give, such as all interfaces."""
        ...


Parse = Callable[[str, str, World], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """The form of a value.

    Attributes:
        parse: from the argument's name, its text and the router to the text that is stored and printed.
        refers: the kind of name that it holds, which follows a rename.
    """

    parse: Parse
    refers: str = ""


# -- words ------------------------------------------------------------------------------------------------------------


def choose(name: str, text: str, choices: Collection[str]) -> str:
    """A console enum: exact, or the only choice that begins so (docs/facts/api.md#ten-facts)."""
    if text in choices:
        return text
    found = [choice for choice in choices if choice.startswith(text)]
    if not text or len(found) > 1:
        raise refusal.ambiguous(name)
    if not found:
        raise refusal.mismatch(name)
    return found[0]


def enum(*choices: str) -> Kind:
    """One of some words."""
    known = dict.fromkeys(choices)
    return Kind(lambda name, text, _: choose(name, text, known))


def enum_or(kind: Kind, *words: str) -> Kind:
    """One of some words, else another kind."""
    known = frozenset(words)
    return Kind(lambda name, text, world: text if text in known else kind.parse(name, text, world), kind.refers)


def several(*choices: str) -> Kind:
    """A comma list of some words, each perhaps negated."""
    known = dict.fromkeys(choices)

    def parse(name: str, text: str, _: World) -> str:
        words = []
        for word in text.split(","):
            bare = word.removeprefix("!")
            words.append(word[: len(word) - len(bare)] + choose(name, bare, known))
        return ",".join(words)

    return Kind(parse)


_TRUTH: Final = {"yes": "true", "true": "true", "no": "false", "false": "false"}


def _boolean(name: str, text: str, _: World) -> str:
    return _TRUTH.get(text) or _TRUTH[choose(name, text, _TRUTH)]


BOOL: Final = Kind(_boolean)
"""`yes`, `no`, `true` or `false`; prints `true` or `false`."""


def string(longest: int = 0) -> Kind:
    """Any text; RouterOS's own limit where the facts give one."""

    def parse(name: str, text: str, _: World) -> str:
        if longest and len(text.encode("utf-8", "surrogateescape")) > longest:
            raise refusal.bad_value(name)
        return text

    return Kind(parse)


STRING: Final = string()

FLAG: Final = Kind(lambda _name, _text, _world: "")
"""A presence flag: whatever is given sets it, `!name` alone clears it (docs/facts/api.md#ten-facts)."""


def reference(of: str, *words: str, negated: bool = False) -> Kind:
    """The name of another row, like a console enum; `words` are accepted besides."""

    def parse(name: str, text: str, world: World) -> str:
        bare = text.removeprefix("!") if negated else text
        sign = text[: len(text) - len(bare)]
        names = world.names(of)
        if bare in names or bare in words:
            return sign + bare
        return sign + choose(name, bare, (*words, *names))

    return Kind(parse, of)


def references(of: str, *words: str) -> Kind:
    """A comma list of names; the empty text clears it."""
    one = reference(of, *words)
    return Kind(
        lambda name, text, world: ",".join(one.parse(name, word, world) for word in text.split(",") if word), of
    )


# -- numbers and times ------------------------------------------------------------------------------------------------

_NUMBER: Final = re.compile(r"0[xX][0-9a-fA-F]+|\d+")
_U32: Final = 0xFFFF_FFFF


def integer(low: int = 0, high: int = _U32, *, words: Collection[str] = (), form: str = "{}", unit: str = "") -> Kind:
    """A whole number within limits, perhaps with its unit, or one of some words."""
    known = tuple(words)

    def parse(name: str, text: str, _: World) -> str:
        text = text.removesuffix(unit)
        if known and text in known:
            return text
        if not _NUMBER.fullmatch(text):
            if known and text and any(word.startswith(text) for word in known):
                return choose(name, text, known)
            raise refusal.bad_value(name)
        number = int(text, 0) if text[:2].lower() == "0x" else int(text)
        if not low <= number <= high:
            raise refusal.out_of_range(name, low, high)
        return form.format(number)

    return Kind(parse)


_UNITS: Final = {"w": 604_800_000, "d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
_SPAN: Final = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?")
_CLOCK: Final = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(\d+):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,3}))?)?")
_SECONDS: Final = re.compile(r"(\d+)(?:\.(\d{1,3}))?")


def milliseconds(text: str) -> int | None:
    """A time as people give it: `1m40s`, `00:01:40`, `100`; None where it isn't one."""
    if match := _SECONDS.fullmatch(text):
        return int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))
    if text and (match := _SPAN.fullmatch(text)):
        return sum(int(part) * unit for part, unit in zip(match.groups(), _UNITS.values(), strict=True) if part)
    if match := _CLOCK.fullmatch(text):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[:5])
        whole = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
        return whole * 1000 + int((match[6] or "").ljust(3, "0"))
    return None


def duration(span: int) -> str:
    """Milliseconds as RouterOS prints a time: `1w2d3h4m5s`, `530ms`, `0s`."""
    parts = []
    for unit, size in _UNITS.items():
        count, span = divmod(span, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def time(low: str = "", high: str = "", *, words: Collection[str] = ()) -> Kind:
    """A time within limits, or one of some words."""
    known = tuple(words)
    least, most = milliseconds(low) or 0, milliseconds(high)

    def parse(name: str, text: str, _: World) -> str:
        if known and text in known:
            return text
        span = milliseconds(text)
        if span is None:
            raise refusal.bad_time(name)
        if span < least or (most is not None and span > most):
            raise refusal.out_of_range(name, low or "0s", high)
        return duration(span)

    return Kind(parse)


# -- addresses --------------------------------------------------------------------------------------------------------


def ipv4(text: str) -> int | None:
    """An IPv4 address as a number; None where the text isn't one."""
    parts = text.split(".")
    if len(parts) != 4:
        return None
    number = 0
    for part in parts:
        if not (part.isdigit() and part.isascii() and len(part) <= 3 and (octet := int(part)) <= 255):
            return None
        number = number << 8 | octet
    return number


def dotted(number: int) -> str:
    """The number as an IPv4 address."""
    return f"{number >> 24}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def prefix4(text: str) -> tuple[int, int] | None:
    """`a.b.c.d`, `a.b.c.d/n` or `a.b.c.d/mask` as address and length; None where it isn't one."""
    host, slash, mask = text.partition("/")
    address = ipv4(host)
    if address is None:
        return None
    if not slash:
        return address, 32
    if mask.isdigit() and mask.isascii() and len(mask) <= 2:
        length = int(mask)
        return (address, length) if length <= 32 else None
    bits = ipv4(mask)
    if bits is None or (inverse := bits ^ _U32) & (inverse + 1):
        return None
    return address, bits.bit_count()


def network4(address: int, length: int) -> int:
    """The address without its host bits."""
    return address & (_U32 << (32 - length)) & _U32


def _address(name: str, text: str, _: World) -> str:
    if (number := ipv4(text)) is not None:
        return dotted(number)
    if (number := ipv6(text)) is None:
        raise refusal.bad_value(name)
    return coloned(number)


ADDRESS: Final = Kind(_address)
"""One IPv4 or IPv6 address."""


def _interface_address(name: str, text: str, _: World) -> str:
    found = prefix4(text)
    if found is None:
        raise refusal.bad_value(name)
    return f"{dotted(found[0])}/{found[1]}"


INTERFACE_ADDRESS: Final = Kind(_interface_address)
"""`/ip/address`'s: keeps its host bits, and no mask means /32 (docs/facts/menus.md#ipaddress)."""


def _prefix(name: str, text: str, _: World) -> str:
    found = prefix4(text)
    if found is not None:
        return f"{dotted(network4(*found))}/{found[1]}"
    try:
        return str(ipaddress.IPv6Network(text, strict=False)) if ":" in text else _refuse(name)
    except ValueError:
        raise refusal.bad_value(name) from None


def _refuse(name: str) -> str:
    raise refusal.bad_value(name)


PREFIX: Final = Kind(_prefix)
"""A prefix of either family, always printed with its mask; host bits are cleared (unverified)."""


def _rule_address(name: str, text: str, world: World) -> str:
    host, found = (first := re.split(r"[%@]", text, maxsplit=1)[0]), prefix4(first)
    # Host bits are kept: public exports have dst-address=192.168.88.1/24 (docs/facts/exports.md#forms).
    return (f"{dotted(found[0])}/{found[1]}" if found else _prefix(name, host, world)) + text[len(host) :]


def prefix6(text: str) -> tuple[int, int] | None:
    """An IPv6 address or prefix as number and length; None where it isn't one."""
    host, slash, length = text.partition("/")
    number = ipv6(host)
    if number is None or (slash and not (length.isdigit() and length.isascii() and int(length) <= 128)):
        return None
    return number, int(length) if slash else 128


def ipv6(text: str) -> int | None:
    """An IPv6 address as a number; None where the text isn't one."""
    try:
        return int(ipaddress.IPv6Address(text)) if ":" in text and "%" not in text else None
    except ValueError:
        return None


def network6(address: int, length: int) -> int:
    """The address without its host bits."""
    return address >> (128 - length) << (128 - length)


def coloned(number: int) -> str:
    """The number as an IPv6 address; an IPv4 address in one is written dotted (docs/facts/exports.md#forms)."""
    if number >> 32 == 0xFFFF:
        return f"::ffff:{dotted(number & _U32)}"
    return str(ipaddress.IPv6Address(number))


def _prefix_six(name: str, text: str, _: World) -> str:
    found = prefix6(text)
    if found is None:
        raise refusal.bad_value(name)
    return f"{coloned(network6(*found))}/{found[1]}"


PREFIX6: Final = Kind(_prefix_six)
"""An IPv6 prefix, always printed with its mask."""


def _interface_address_six(name: str, text: str, _: World) -> str:
    found = prefix6(text)
    if found is None:
        raise refusal.bad_value(name)
    return f"{coloned(found[0])}/{found[1] if '/' in text else 64}"


INTERFACE_ADDRESS6: Final = Kind(_interface_address_six)
"""`/ipv6/address`'s: keeps its host bits."""


def _list_address_six(name: str, text: str, world: World) -> str:
    if prefix6(text) is not None:
        return _prefix_six(name, text, world)
    if not _DNS_NAME.fullmatch(text):
        raise refusal.failure(f"{text} is not a valid dns name")
    return text


LIST_ADDRESS6: Final = Kind(_list_address_six)
RULE_ADDRESS: Final = Kind(_rule_address)
"""`/routing/rule`'s: prints with its mask (TF's sample, docs/facts/menus.md#routingrule)."""


def list_of(kind: Kind, longest: int = 0) -> Kind:
    """A comma list; the empty text is the empty list."""

    def parse(name: str, text: str, world: World) -> str:
        items = [kind.parse(name, item, world) for item in text.split(",")] if text else []
        if longest and len(items) > longest:
            raise refusal.bad_value(name)
        return ",".join(items)

    return Kind(parse, kind.refers)


def _blocks(first: int, last: int) -> str:
    """A range as RouterOS prints it: as a prefix where it is one, without the mask where it is one address."""
    size = last - first + 1
    if size & (size - 1) == 0 and first % size == 0:
        length = 33 - size.bit_length()
        return dotted(first) if length == 32 else f"{dotted(first)}/{length}"
    return f"{dotted(first)}-{dotted(last)}"


def address_range(text: str) -> str | None:
    """An IPv4 address, prefix or range as printed; None where it isn't one."""
    first, dash, last = text.partition("-")
    if dash:
        low, high = ipv4(first), ipv4(last)
        return None if low is None or high is None or low > high else _blocks(low, high)
    found = prefix4(text)
    if found is None:
        return None
    low = network4(*found)
    return dotted(low) if found[1] == 32 else f"{dotted(low)}/{found[1]}"


def _range(_: str, text: str, __: World) -> str:
    bare = text.removeprefix("!")
    found = address_range(bare)
    if found is None:
        raise refusal.bad_range()
    return text[: len(text) - len(bare)] + found


RANGE: Final = Kind(_range)
"""A firewall matcher's address, prefix or range, perhaps negated."""

_DNS_NAME: Final = re.compile(
    r"(?=.{1,253}$)(?:[A-Za-z0-9_*](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(?:\.[A-Za-z0-9_-]{1,63})*\.?"
)


def _list_address(_: str, text: str, __: World) -> str:
    if (found := address_range(text)) is not None:
        return found
    if not _DNS_NAME.fullmatch(text):
        raise refusal.failure(f"{text} is not a valid dns name")
    return text


LIST_ADDRESS: Final = Kind(_list_address)
"""An address list's: what `RANGE` takes, or a DNS name."""

_PORT: Final = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_TOP_PORT: Final = 65535


def ports(longest: int = 15) -> Kind:
    """Ports and ranges of ports, perhaps negated."""

    def parse(name: str, text: str, _: World) -> str:
        items = text.removeprefix("!").split(",")
        if len(items) > longest:
            raise refusal.bad_value(name)
        for item in items:
            match = _PORT.fullmatch(item)
            if not match:
                raise refusal.bad_value(name)
            if any(int(port) > _TOP_PORT for port in match.groups() if port):
                raise refusal.out_of_range(name, 0, _TOP_PORT)
        return text

    return Kind(parse)


_MAC: Final = re.compile(r"([0-9A-Fa-f]{2})[:.-]?" * 5 + r"([0-9A-Fa-f]{2})")


def _mac(_: str, text: str, __: World) -> str:
    bare = text.removeprefix("!")
    match = _MAC.fullmatch(bare)
    if not match:
        raise refusal.bad_mac()
    return text[: len(text) - len(bare)] + ":".join(match.groups()).upper()


MAC: Final = Kind(_mac)


def _key(name: str, text: str, _: World) -> str:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        # The router's own text for a bad key isn't known (docs/facts/api.md#unrecorded-texts); this is the usual form.
        raise refusal.bad_value(name)
    return base64.b64encode(raw).decode()


KEY: Final = Kind(_key)
"""A WireGuard key: 32 bytes in base64."""


def _gateway(name: str, text: str, world: World) -> str:
    return ",".join(_hop(name, hop, world) for hop in text.split(","))


def _hop(name: str, text: str, world: World) -> str:
    head, at, table = text.partition("@")
    host, percent, interface = head.partition("%")
    if at:
        table = choose(name, table, world.names("table"))
    interfaces = world.names("interface")
    if ipv4(host) is not None or ":" in host:
        host = _address(name, host, world)
        if percent:
            interface = choose(name, interface, interfaces)
    elif percent:
        raise refusal.bad_value(name)
    else:
        host = choose(name, host, interfaces)
    return host + percent + interface + at + table


GATEWAY: Final = Kind(_gateway, "gateway")
"""`IP[%interface][@table]` or an interface; several make ECMP (docs/facts/menus.md#iproute)."""
