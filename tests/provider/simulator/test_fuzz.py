"""Whatever is said to the router, it answers in its own words, and no other session notices.

`make test` runs these laws briefly, `make test-long` at length.
"""

import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from at_length import rounds
from rawclient import RawClient
from wiretik_provider.simulator import Router, serve
from wiretik_provider.simulator.services.conversation import Conversation
from wiretik_provider.simulator.spec import menus_of
from wiretik_provider.wire import Decoder, encode, encode_length

pytestmark = pytest.mark.property

EXAMPLES = rounds(30, 5000)
MENUS = menus_of((7, 23))
RELAXED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
API_WORDS = {
    ".id",
    "numbers",
    "destination",
    "place-before",
    "copy-from",
    ".proplist",
    "value-name",
    "count-only",
    "once",
}

commands = st.sampled_from([f"{path}/{verb}" for path, menu in sorted(MENUS.items()) for verb in sorted(menu.verbs)])
names = st.sampled_from(sorted({name for menu in MENUS.values() for name in menu.args} | API_WORDS))
values = st.one_of(
    st.sampled_from(
        [
            *("", "*1", "*2", "*0", "*FFFFFFFF", "*", "ether1", "bridge", "main", "yes", "no", "auto", "none", "all"),
            *("10.0.0.1", "10.0.0.0/8", "10.0.0.1-10.0.0.9", "fd00::/8", "1.2.3.4%ether1@main", "0", "1", "65536"),
            *("1m", "00:00:10", "25s", "!new", "!", ",", "=", "a=b", "%", "@", "[find]", "\x00", "\udc80", "*1,*2"),
        ]
    ),
    st.text(max_size=12),
)
attributes = st.one_of(
    st.builds("={}={}".format, names, values),
    st.builds("=!{}=".format, names),
    st.builds("?{}".format, st.text(alphabet="#<>=-!&|.0123456789abc", max_size=8)),
    st.text(max_size=10),
)
sentences = st.builds(
    lambda command, words: (command, *words),
    st.one_of(commands, commands, commands, st.text(min_size=1, max_size=20)),
    st.lists(attributes, max_size=6),
)


class AnyTalk(RuleBasedStateMachine):
    """A logged-in client that says anything at all, while another one keeps asking."""

    def __init__(self):
        super().__init__()
        self.router = Router("defconf")
        self.client, self.other = Conversation(self.router, 1), Conversation(self.router, 2)
        for conversation in (self.client, self.other):
            conversation.receive(("/login", "=name=admin", "=password="))

    @rule(sentence=sentences)
    def say(self, sentence):
        replies = self.client.receive(sentence)
        assert {reply[0] for reply in replies} <= {"!re", "!done", "!trap", "!fatal", "!empty"}
        # A cancel brings the end of what it cancelled along with its own.
        ending = sentence[0] in ("/login", "/quit", "/cancel") or sentence[0].endswith("listen")
        if replies and not ending:
            assert sum(reply[0] in ("!done", "!fatal") for reply in replies) <= 1

    @invariant()
    def the_tables_hold_together(self):
        for path in filter(self.router.has_table, MENUS):
            table = self.router.table(path)
            rows = list(table)
            assert len(rows) == len(table) == len({row.id for row in rows})
            assert all(row.there for row in rows)

    @invariant()
    def another_session_is_answered(self):
        assert self.other.receive(("/ip/route/print",))[-1] == ("!done",)


TestAnyTalk = AnyTalk.TestCase
TestAnyTalk.settings = settings(max_examples=max(EXAMPLES // 3, 10), stateful_step_count=30, deadline=None)


@pytest.fixture(scope="module")
def lab():
    with serve(tls=False) as running:
        yield running


@RELAXED
@given(st.binary(max_size=300), st.booleans())
def test_arbitrary_bytes_hurt_only_their_own_connection(lab, data, logged_in):
    with RawClient(lab.host, lab.api_port) as good, RawClient(lab.host, lab.api_port) as bad:
        if logged_in:
            bad.login()
        bad.socket.sendall(data)
        good.login()
        assert good.talk("/system/identity/print")[-1] == ("!done",)


@RELAXED
@given(sentences, st.integers(min_value=0, max_value=400))
def test_a_cut_sentence_does_nothing(lab, sentence, kept):
    whole = encode(word for word in sentence if word)
    before = lab.router.snapshot()
    with RawClient(lab.host, lab.api_port) as client:
        client.login()
        client.socket.sendall(whole[: min(kept, len(whole) - 1)])
    assert lab.router.snapshot() == before


@RELAXED
@given(st.lists(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5), max_size=20), st.data())
def test_however_bytes_are_cut_the_sentences_are_the_same(words, data):
    whole = b"".join(map(encode, words))
    decoder, seen, position = Decoder(), [], 0
    while position < len(whole):
        size = data.draw(st.integers(min_value=1, max_value=len(whole)))
        seen += decoder.feed(whole[position : position + size])
        position += size
    assert seen == [tuple(sentence) for sentence in words]


@pytest.mark.parametrize("length", [1 << 27, 0xFFFF_FFFF])
def test_a_huge_length_costs_no_memory(lab, length):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with RawClient(lab.host, lab.api_port) as client:
        client.login()
        client.socket.sendall(encode_length(length) + b"x" * 1000)
        with pytest.raises((EOFError, OSError)):
            client.sentence()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_who_never_reads_costs_bounded_memory():
    with serve() as lab, RawClient(lab.host, lab.api_port) as client:
        for number in range(500):
            lab.run("/ip/firewall/address-list/add", list="big", address=f"10.0.{number >> 8}.{number & 255}")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        client.login()
        client.socket.settimeout(0.3)
        with pytest.raises(TimeoutError):
            ask_for_ever(client)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 128 * 1024


def ask_for_ever(client):
    prints = [("/ip/firewall/address-list/print",)] * 1000  # some 50 MB of answers each time
    while True:
        client.send_all(prints)
