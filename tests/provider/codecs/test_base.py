"""What each codec makes of a value: canonical is what the router prints, and a refusal says what would be right."""

import pytest

from wiretik_provider.codecs.addresses import Gateway, Host, HostName, InterfaceAddress, ListAddress, Prefix, RulePrefix
from wiretik_provider.codecs.base import Bool, Csv, Enum, Flag, Int, Key, Name, Text, is_number, names_in
from wiretik_provider.codecs.matchers import AddressMatch, IcmpOptions, Limit, Mac, Ports, Protocol, Span
from wiretik_provider.codecs.times import Clock, Date, Duration
from wiretik_provider.errors import InvalidValue

STATES = Enum(("established", "invalid", "new", "related"), negatable=True, several=True)
FLAGS = Enum(("ack", "syn"), several=True, each=True)
PUBLIC = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="


@pytest.mark.parametrize(
    ("codec", "written", "canonical"),
    [
        (Bool(), "yes", True),
        (Bool(), "False", False),
        (Int(1, 65535), 13232.0, 13232),
        (Int(1, 65535), " 13232 ", 13232),
        (Int(), "0x10", 16),
        (Int(64, unit="KiB"), "2048KiB", 2048),
        (Int(0, 65535, ("auto",)), "auto", "auto"),
        (Int(0, 65535, ("auto",)), 1420.0, "1420"),
        (Int(0, 63, negatable=True), "!5", "!5"),
        (Duration(), 25, "25s"),
        (Duration(), 25.0, "25s"),
        (Duration(), 0.53, "530ms"),
        (Duration(), "100", "1m40s"),
        (Duration(), "00:01:40", "1m40s"),
        (Duration(), "1d02:03:04", "1d2h3m4s"),
        (Duration(), "60m", "1h"),
        (Duration(), "65535", "18h12m15s"),
        (Duration(), 0, "0s"),
        (Duration(words=("none-static",), zero="none-dynamic"), "0s", "none-dynamic"),
        (Host(), "2001:DB8:0::1", "2001:db8::1"),
        (HostName(), "vpn.example.com", "vpn.example.com"),
        (HostName(), "", ""),
        (Prefix(), "10.20.0.2", "10.20.0.2/32"),
        (Prefix(), "2001:db8::1", "2001:db8::1/128"),
        (Prefix(), "10.0.0.0/255.255.255.0", "10.0.0.0/24"),
        (InterfaceAddress(), "10.20.0.2/24", "10.20.0.2/24"),
        (InterfaceAddress(), "10.7.1.2", "10.7.1.2/32"),
        (ListAddress(), "10.0.0.5/32", "10.0.0.5"),
        (ListAddress(), "192.168.0.0-192.168.1.255", "192.168.0.0/23"),
        (ListAddress(), "10.0.0.1-10.0.0.1", "10.0.0.1"),
        (ListAddress(), "10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9"),
        (ListAddress(named=True), "example.com", "example.com"),
        (AddressMatch(4), "!192.168.88.0/24", "!192.168.88.0/24"),
        (RulePrefix(), "1.1.1.1", "1.1.1.1/32"),
        (RulePrefix(), "10.0.0.0/8%ether1@main", "10.0.0.0/8%ether1@main"),
        (Gateway(), "wg0", "wg0"),
        (Gateway(), "10.0.0.1%ether1, 10.0.0.2", "10.0.0.1%ether1,10.0.0.2"),
        (Gateway(), ["10.0.0.1", "wg0"], "10.0.0.1,wg0"),
        (Gateway(), "172.16.2.1@main", "172.16.2.1@main"),
        (Ports(), 53.0, "53"),
        (Ports(), [53, "853"], "53,853"),
        (Ports(), "!22, 80-90", "!22,80-90"),
        (Span(scaled=True), "0-100k", "0-100000"),
        (Span(endless=True), "1000000-0", "1000000-0"),
        (Limit(), "10,5", "10,5:packet"),
        (Limit(), "10/1s,5:packet", "10,5:packet"),
        (Limit(), "50/60s,5:bit", "50/1m,5:bit"),
        (IcmpOptions(), 8, "8:0-255"),
        (IcmpOptions(), "!3:4", "!3:4"),
        (Mac(), "aa-bb-cc-dd-ee-ff", "AA:BB:CC:DD:EE:FF"),
        (Protocol(), 17.0, "udp"),
        (Protocol(), "!TCP", "!tcp"),
        (Protocol(), 255, "255"),
        (STATES, ["related", "established"], "established,related"),
        (STATES, "!related,new", "!new,related"),
        (STATES, "!related,!new", "!new,related"),
        (FLAGS, "syn,!ack", "!ack,syn"),
        (Csv(Prefix(), as_set=True), "10.20.0.0/24,9.0.0.0/8", ["9.0.0.0/8", "10.20.0.0/24"]),
        (Csv(Prefix(), as_set=True), ["::/0", "0.0.0.0/0", "0.0.0.0/0"], ["0.0.0.0/0", "::/0"]),
        (Csv(Host()), "9.9.9.9, 1.1.1.1", ["9.9.9.9", "1.1.1.1"]),
        (Key(), f" {PUBLIC}\n", PUBLIC),
        (Key(nothing="none"), "", "none"),
        (Clock(), "8:30", "08:30:00"),
        (Clock(), "startup", "startup"),
        (Date(), "jan/31/2026", "2026-01-31"),
        (Text(lines=True), ":log info 1  \r\n:log info 2\n", ":log info 1\n:log info 2"),
        (Name(), "LAN 1", "LAN 1"),
    ],
)
def test_every_spelling_of_a_value_becomes_the_one_that_the_router_prints(codec, written, canonical):
    assert codec.parse(written) == canonical
    assert type(codec.parse(written)) is type(canonical)


@pytest.mark.parametrize(
    ("codec", "written", "told"),
    [
        (Bool(), "maybe", "neither true nor false"),
        (Bool(), 1, "neither true nor false"),
        (Int(1, 65535), 65536, "65536 is out of range: a whole number from 1 to 65535"),
        (Int(1, 65535), 1.5, "1.5 is not a whole number"),
        (Int(1, 65535), True, "True is not a whole number"),
        (Int(0, 65535, ("auto",)), "big", "or auto"),
        (Duration(0, 65535), "19h", "19h is out of range: 0s to 18h12m15s"),
        (Duration(), "-5", "not a duration"),
        (Duration(), "soon", 'such as "25s"'),
        (Host(4), "::1", "not an IPv4 address"),
        (HostName(), "1.2.3", "not an IP address"),
        (HostName(), "-x-.com", "neither an IP address nor a DNS name"),
        (Prefix(), "10.20.0.2/24", "host bits set; write 10.20.0.0/24 for the network or 10.20.0.2/32"),
        (Prefix(), "10.20.0.0/33", "not an address prefix such as"),
        (InterfaceAddress(), "fe80::1/64", "not an IPv4 address"),
        (ListAddress(), "10.0.0.9-10.0.0.1", "the first address must come before the last"),
        (ListAddress(family=4), "2001:db8::/32", "is not IPv4"),
        (ListAddress(), "example.com", "not an address, a prefix or a range"),
        (Gateway(), "10.0.0.0/24", "is a prefix; a gateway is one address, or an interface"),
        (Gateway(), "10.0.0.1,", "a name is needed"),
        (Ports(), ",".join(str(port) for port in range(16)), "at most 15"),
        (Ports(), "90-80", "the first number must come before the last"),
        (Ports(), "70000", "out of range"),
        (Span(negatable=False), "!5", "can't be negated"),
        (Limit(), "ten", 'such as "10,5"'),
        (Limit(), "10/10ms,5", "the time must be 1s or more"),
        (Mac(), "aa:bb", "such as AA:BB:CC:DD:EE:FF"),
        (Protocol(), "tpc", "did you mean 'tcp'?"),
        (STATES, "estabilshed", "did you mean 'established'?"),
        (STATES, "new,!related", "not one of"),
        (Csv(Prefix(), least=1), [], "at least 1 of the list is needed, 0 given"),
        (Csv(Prefix()), ["10.0.0.0/8", "10.0.0.1/8"], "host bits"),
        (Key(), "c2hvcnQ=", "it holds 5 bytes, 32 are needed"),
        (Key(), "SERVER1_PUBLIC_KEY", "18 characters that aren't base64"),
        (Key(nothing="none"), "auto", "make it in the program"),
        (Clock(), "25:00", "not a time of day"),
        (Date(), "2026-02-30", "not a date"),
        (Name(longest=31), "wg-" + "x" * 29, "has 32 bytes; at most 31"),
        (Name(), "", "a name is needed"),
        (Name(), "*1A", "for an id, not a name"),
        (Name(), "a\nb", "can't be shown"),
        (Text(), "a\x00b", "NUL"),
        (Text(31), "x" * 32, "at most 31"),
    ],
)
def test_a_refusal_says_what_is_wrong_or_what_would_be_right(codec, written, told):
    with pytest.raises(InvalidValue) as error:
        codec.parse(written)
    assert told in error.value.problem
    assert "\n" not in error.value.problem


def test_a_private_key_is_compared_as_the_router_clamps_it():
    ones = "/" * 42 + "8="
    clamped = Key(private=True).parse(ones)
    assert clamped != ones
    assert Key(private=True).read(ones) == clamped
    assert Key().parse(ones) == ones


@pytest.mark.parametrize(("text", "value"), [("true", True), ("", True), ("false", False), ("no", False)])
def test_a_boolean_that_is_printed_without_a_value_is_true(text, value):
    assert Bool().read(text) is value


def test_a_presence_flag_is_sent_without_a_value_and_never_as_no():
    assert Flag().write(Flag().parse("yes")) == ""
    with pytest.raises(InvalidValue):
        Flag().write(False)


def test_what_a_codec_does_not_know_is_read_as_it_stands():
    assert Int().read("unlimited") == "unlimited"
    assert Key().read("*****") == "*****"
    assert Csv(Prefix()).read("10.0.0.0/8,strange") == ["10.0.0.0/8", "strange"]


@pytest.mark.parametrize(
    ("codec", "value", "names"),
    [
        (Name(), "wg0", ("wg0",)),
        (Name(negatable=True), "!wg0", ("wg0",)),
        (Name(negatable=True, words=("all-ppp",)), "!all-ppp", ()),
        (Gateway(), "10.0.0.1", ()),
        (Gateway(), "10.0.0.1%ether1,wg0,fe80::1", ("ether1", "wg0")),
        (Gateway(), "wg0@vpn", ("wg0",)),
        (Csv(Name()), ["LAN", "WAN"], ("LAN", "WAN")),
        (Csv(Prefix()), ["10.0.0.0/8"], ()),
        (Bool(), True, ()),
    ],
)
def test_the_names_that_a_value_holds_are_told_without_its_addresses_and_signs(codec, value, names):
    assert names_in(codec, value) == names


@pytest.mark.parametrize("odd", ["²", "①", "٣", "1_0", "+5", "", " ", "1 2", "0x", pytest.param("9" * 5000, id="long")])
def test_a_number_is_plain_digits_whoever_wrote_it(odd):
    assert not is_number(odd)
    with pytest.raises(InvalidValue, match="is not a whole number"):
        Int(0, 10**30).parse(odd or "-")
    assert Int().read(odd) == odd
    assert Duration().read(f"{odd}x") == f"{odd}x"


def test_a_name_that_rules_match_by_does_not_begin_with_their_not():
    with pytest.raises(InvalidValue, match="'!x' begins with '!': a rule that names it would match everything else"):
        Name(matched=True).parse("!x")
    assert Name(matched=True).parse("a!x") == "a!x"
    assert Name(negatable=True).parse("!x") == "!x"


@pytest.mark.parametrize("zone", ["a\nb", "a\x1b[2J", "\u202ea"])
def test_the_zone_of_an_address_is_a_name(zone):
    for codec, text in (
        (Host(), f"fe80::1%{zone}"),
        (Prefix(), f"fe80::%{zone}/64"),
        (InterfaceAddress(6), f"fe80::1%{zone}/64"),
        (ListAddress(named=True), f"fe80::1%{zone}"),
        (Gateway(), f"fe80::1%{zone}"),
    ):
        with pytest.raises(InvalidValue):
            codec.parse(text)
    assert Gateway().parse("fe80::1%ether1") == "fe80::1%ether1"
