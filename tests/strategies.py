"""What the laws draw from: sentences for the wire, and for each codec what a user may write and what he mustn't."""

import base64
import ipaddress
import string

import hypothesis.strategies as st

from wiretik_provider.codecs import addresses, base, matchers, times

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)

# A word may hold anything but nothing: the empty word ends a sentence.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(tuple)

IPV4 = st.ip_addresses(v=4).map(str)
IP = st.ip_addresses().map(str)

# Pieces of what routers print, put together at random: closer to the codecs' grammars than any text would be.
PARTS = (
    "0 1 5 10 255 65535 65536 . : / - , ! @ % * s m ms = wg0 tcp none auto yes 10.0.0.1 10.0.0.0/24 fe80::1 ::/0 12:30 "
    "2026-01-31 10.0.0.1-10.0.0.9 jan/31/2026 8:0 packet"
)
PIECES = st.lists(st.sampled_from([*PARTS.split(" "), " "]), max_size=6).map("".join)
ANYTHING = st.one_of(
    PIECES,
    TEXT,
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.lists(st.one_of(PIECES, st.integers()), max_size=4),
    st.dictionaries(PRINTABLE, st.integers(), max_size=2),
)


def families(family):
    """Addresses of a family, or of both."""
    return st.ip_addresses(v=family or None).map(str)


@st.composite
def prefixes(draw, family=0):
    """Prefixes without host bits, some of them as a bare address."""
    address = draw(st.ip_addresses(v=family or None))
    length = draw(st.integers(0, address.max_prefixlen))
    network = ipaddress.ip_network(f"{address}/{length}", strict=False)
    return draw(st.sampled_from([str(network), str(address)]))


@st.composite
def ranges(draw, family=0):
    """Address ranges, from low to high; those of IPv6 are prefixes, since RouterOS has no others there."""
    version = draw(st.sampled_from([family] if family else [4, 6]))
    if version == 6:
        network = ipaddress.ip_network(draw(prefixes(6)))
        return f"{network[0]}-{network[-1]}"
    ends = sorted(draw(st.lists(st.ip_addresses(v=version), min_size=2, max_size=2)))
    return f"{ends[0]}-{ends[1]}"


def spans(low, high):
    """A number or a range, as text."""
    ends = st.lists(st.integers(low, high), min_size=1, max_size=2).map(sorted)
    return ends.map(lambda pair: "-".join(str(end) for end in pair))


def negated(strategy):
    """With and without a `!` in front."""
    return st.tuples(st.sampled_from(["", "!"]), strategy).map("".join)


NAMES = st.text(string.ascii_letters + string.digits + "-_ äß", min_size=1, max_size=12).filter(
    lambda text: text.strip()
)
HOSTS = st.from_regex(r"\A[a-z][a-z0-9]{0,8}(\.[a-z]{2,6}){0,2}\Z")
KEYS = st.binary(min_size=32, max_size=32).map(lambda raw: base64.b64encode(raw).decode())
TIMES = st.one_of(
    st.integers(0, 65535),
    st.integers(0, 65535).map(float),
    st.integers(0, 65535).map(str),
    st.tuples(st.integers(0, 17), st.integers(0, 59), st.integers(0, 59)).map(
        lambda hms: "{:02}:{:02}:{:02}".format(*hms)
    ),
    st.tuples(st.integers(0, 17), st.integers(0, 59), st.integers(0, 59)).map(lambda hms: "{}h{}m{}s".format(*hms)),
    st.integers(0, 999).map(lambda count: f"{count}ms"),
)


def enum_values(codec):
    word = st.sampled_from(codec.words)
    if codec.each:
        return st.lists(negated(word), min_size=1, max_size=3).map(",".join)
    one = st.lists(word, min_size=1, max_size=3 if codec.several else 1).map(",".join)
    return negated(one) if codec.negatable else one


def int_values(codec):
    plain = st.integers(codec.low, codec.high)
    kinds = [
        plain,
        plain.map(str),
        plain.filter(lambda n: n < 2**53).map(float),
        plain.map(lambda n: f"{n}{codec.unit}"),
    ]
    kinds += [st.sampled_from(codec.words)] if codec.words else []
    kinds += [plain.map(lambda n: f"!{n}")] if codec.negatable else []
    return st.one_of(kinds)


def written(codec):  # noqa: C901, PLR0911, PLR0912
    """What a user may write for a codec."""
    match codec:
        case base.Bool():
            return st.sampled_from([True, False, "yes", "no", "true", "false", "Yes"])
        case base.Int():
            return int_values(codec)
        case times.Duration():
            return st.one_of(TIMES, *([st.sampled_from(codec.words)] if codec.words else []))
        case base.Enum():
            return enum_values(codec)
        case base.Name():
            return negated(NAMES.map(str.strip)) if codec.negatable else NAMES.map(str.strip)
        case base.Key():
            return st.one_of(KEYS, st.just(codec.nothing)) if codec.nothing else KEYS
        case times.Clock():
            return st.one_of(st.just("startup"), st.times().map(lambda time: time.strftime("%H:%M:%S")))
        case times.Date():
            return st.dates().map(str)
        case base.Csv():
            items = st.lists(written(codec.item), min_size=max(codec.least, 0), max_size=4)
            return st.one_of(items, items.map(lambda parts: ",".join(str(part) for part in parts)))
        case base.Text():
            return shaped(codec)
        case addresses.Host():
            return families(codec.family)
        case addresses.HostName():
            return st.one_of(HOSTS, IP)
        case addresses.Prefix():
            return prefixes(codec.family)
        case addresses.InterfaceAddress():
            return st.tuples(families(codec.family), st.integers(0, 32)).map(lambda pair: f"{pair[0]}/{pair[1]}")
        case addresses.RulePrefix():
            return st.tuples(prefixes(4), st.sampled_from(["", "%wg0", "@main", "%wg0@main"])).map("".join)
        case addresses.Gateway():
            hops = st.one_of(IPV4, HOSTS, IPV4.map(lambda ip: f"{ip}%wg0"), IPV4.map(lambda ip: f"{ip}@main"))
            return st.lists(hops, min_size=1, max_size=3).map(",".join)
        case addresses.ListAddress():
            return st.one_of(prefixes(codec.family), ranges(codec.family), *([HOSTS] if codec.named else []))
        case matchers.AddressMatch():
            return negated(st.one_of(prefixes(codec.family), ranges(codec.family)))
        case matchers.Ports():
            items = st.lists(spans(0, 65535), min_size=1, max_size=codec.most)
            return st.one_of(st.integers(0, 65535), items, negated(items.map(",".join)))
        case matchers.Span():
            plain = spans(codec.low, min(codec.high, 10**6))
            scaled = st.integers(1, 99).map(lambda n: f"0-{n}k") if codec.scaled else plain
            return st.one_of(plain, scaled, negated(plain) if codec.negatable else plain)
        case matchers.Limit():
            return negated(st.sampled_from(["10,5", "50/1m,5", "10/1s,5:packet", "1000/2,5:bit"]))
        case matchers.IcmpOptions():
            return st.one_of(st.integers(0, 255), negated(st.sampled_from(["8", "8:0", "3:0-255", "3:4"])))
        case matchers.Mac():
            return negated(st.binary(min_size=6, max_size=6).map(lambda raw: raw.hex("-")))
        case matchers.Protocol():
            return st.one_of(st.integers(0, 255), negated(st.sampled_from(["tcp", "UDP", "6", "gre", "99"])))
    raise AssertionError(f"no strategy for {codec}")


ASCII = st.characters(codec="ascii", exclude_characters="\x00")


def shaped(codec):
    """Text of the shape that the codec wants."""
    found = st.from_regex(codec.pattern, fullmatch=True, alphabet=ASCII) if codec.pattern else PRINTABLE
    return found.filter(lambda text: not codec.longest or len(text.encode()) <= codec.longest)
