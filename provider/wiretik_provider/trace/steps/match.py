"""Does this rule match: yes, no, or unknown with the reason.

Each matcher is one entry of a table. A matcher that isn't in it, one that looks at what a packet's sender decides
(content, size, marks of quality) and one that counts or throws dice are unknown; a rule is a "no" as soon as one of its
matchers is, whatever the others are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import numbers
from wiretik_provider.rules.model import protocol_name, split
from wiretik_provider.trace.family import SIX, Interval
from wiretik_provider.trace.packet import WITH_PORTS, Span
from wiretik_provider.trace.result import Doubt
from wiretik_provider.trace.router.doubts import about_choice
from wiretik_provider.trace.router.index import merged
from wiretik_provider.trace.router.snapshot import NAMES, UNKNOWN, Snapshot

__all__ = ["MATCHERS", "Answer", "Subject", "Unknown", "address_type", "matches"]


class Unknown(NamedTuple):
    """Neither yes nor no.

    Attributes:
        reason: why.
        doubt: where the answer is the same for all that are alike in something, what it hangs on.
        blank: whether a value isn't known, so that the answer is the same for all packets with the same addresses.
    """

    reason: str
    doubt: Doubt | None = None
    blank: bool = False


Answer = bool | Unknown


@attrs.define
class Subject:
    """A packet on its way, as the rules see it; a walk changes it.

    Attributes:
        src: its source now.
        dst: its destination now.
        protocol: by RouterOS's name.
        src_port: the ports that it may come from.
        dst_port: the ports that it may go to.
        enters: the interface that it came in by; empty for one that the router made.
        leaves: the interface that it goes out by; None where that isn't decided yet or never will be.
        port: the bridge port that it came in by, where that is known.
        vrf: of one that came in by a VRF's interface, or that a program of the VRF made, the VRF.
        chain: the menu and the chain that it is in.
        link: of one that the router made the link that link-local addresses of it are on; empty where that isn't known.
        state: of its connection.
        flags: the TCP flags that it has; None where they aren't known.
        icmp: ICMP type and code; None where they aren't known.
        connection_mark: empty for none.
        packet_mark: empty for none.
        routing_mark: empty for none.
        dstnat: whether its connection's destination is translated.
        srcnat: whether its connection's source is translated.
        added: entries of address lists that rules have made because of it, or of those before it.
        perhaps: entries of which that isn't known.
    """

    src: int
    dst: int
    protocol: str
    src_port: Span | None
    dst_port: Span | None
    enters: str = ""
    leaves: str | None = None
    port: str = ""
    state: str = "new"
    flags: frozenset[str] | None = None
    icmp: tuple[int, int] | None = None
    connection_mark: str = ""
    packet_mark: str = ""
    routing_mark: str = ""
    dstnat: bool = False
    srcnat: bool = False
    added: frozenset[tuple[str, int]] = frozenset()
    perhaps: frozenset[tuple[str, int]] = frozenset()
    link: str = ""
    vrf: str = ""
    chain: tuple[str, str] = ("", "")


Matcher = Callable[[str, Subject, Snapshot], Answer]

_UNTRACKED: Final = frozenset({"untracked", "invalid"})
_OF_NONE: Final = "the packet isn't tracked, and no source says how matchers of connections answer then"
"""Linux's own two firewalls differ: iptables compares NAT with none, and never a mark; nft compares neither."""


def matches(asks: Sequence[tuple[str, str]], subject: Subject, snapshot: Snapshot) -> Answer:
    """Whether a firewall rule with these matchers matches a packet."""
    unknown: Unknown | None = None
    for name, text in asks:
        matcher = MATCHERS.get(name)
        if text is UNKNOWN:
            answer: Answer = Unknown(f"its {name} isn't known yet", blank=True)
        elif matcher is None:
            answer = Unknown(f"{name}={text} can't be judged")
        else:
            answer = matcher(text, subject, snapshot)
        if answer is False:
            return False
        if answer is not True and (unknown is None or answer.doubt):
            unknown = answer
        elif answer is not True and unknown and unknown.blank and not answer.blank:
            unknown = answer  # that alone may tell one packet from another one
    return unknown or True


def _turned(negated: bool, answer: Answer) -> Answer:
    return answer if isinstance(answer, Unknown) else answer != negated


def _one(read: Callable[[Subject], str]) -> Matcher:
    """A matcher of one name, `!` in front for all others."""

    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
        negated, name = split(text)
        return (read(subject) == name) != negated

    return match


def _mark(kind: str, read: Callable[[Subject], str]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
        negated, name = split(text)
        if kind == "routing-mark" and name == "main":
            return Unknown("whether routing-mark=main means no mark, no source says")
        if kind == "connection-mark" and subject.state in _UNTRACKED:
            return Unknown(_OF_NONE) if negated or name == "no-mark" else False
        if read(subject) is UNKNOWN:
            return Unknown("which mark its connection has isn't known")
        return (read(subject) == ("" if name == "no-mark" else name)) != negated

    return match


def _address(read: Callable[[Subject], int]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
        negated, plain = split(text)
        span = snapshot.family.known_span(plain)
        if span is None:
            return Unknown(f"{plain} isn't an {snapshot.family.name} address, prefix or range")
        return (span[0] <= read(subject) <= span[1]) != negated

    return match


def _address_list(read: Callable[[Subject], int]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
        negated, name = split(text)
        if snapshot.unread and snapshot.family.lists in snapshot.unread:
            return Unknown(f"{snapshot.family.lists} couldn't be read")
        kept = snapshot.lists.get(name)
        if (name, read(subject)) in subject.added or (kept is not None and read(subject) in kept):
            return not negated
        if (name, read(subject)) in subject.perhaps:
            return Unknown(f"whether a rule has put {snapshot.family.text(read(subject))} on list {name} isn't known")
        if entry := (kept.open if kept is not None else "") or snapshot.answered.get(name, ""):
            return _named(entry, name, negated, read(subject), snapshot)
        return Unknown(f"{NAMES} couldn't be read") if NAMES in snapshot.unread else negated

    return match


def _named(entry: str, name: str, negated: bool, address: int, snapshot: Snapshot) -> Answer:
    """Whether an address is the one that an entry of a list stands for, which isn't known."""
    blank, text = entry is UNKNOWN, snapshot.family.text(address)
    what = "an entry that isn't known yet" if blank else f"the name {entry}"
    short = f"list {name}'s unknown entry" if blank else entry
    options = [("no", f"if {short} isn't {text}"), ("yes", f"if {short} is {text}")]
    doubt = about_choice(f"{short} is {text}", options, comes=False)
    if (found := snapshot.world.get(doubt.key)) is not None:
        return (found == "yes") != negated
    return Unknown(f"list {name} has {what}", doubt)


def _inside(asked: Iterable[Interval], ports: Span) -> Answer:
    """Whether ports, of which the packet has one, are among those that are asked for."""
    hits = sum(max(0, min(ports.high, high) - max(ports.low, low) + 1) for low, high in merged(asked))
    if hits in (0, ports.high - ports.low + 1):
        return hits > 0
    return Unknown(f"the packet's port is one of {ports}")


def _ports(*read: Callable[[Subject], Span | None]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
        negated, plain = split(text)
        asked = numbers(plain)
        if asked is None:
            return Unknown(f"{plain} isn't a list of ports")
        if subject.protocol not in WITH_PORTS:
            return False
        answers = [_inside(asked, ports) for one in read if (ports := one(subject)) is not None]
        if True in answers:
            return not negated
        return next((one for one in answers if isinstance(one, Unknown)), negated)

    return match


# Which kinds of interface each group has, as far as sources name them; of other kinds it isn't known.
_GROUPS: Final = {"all-ethernet": "ether", "all-vlan": "vlan", "all-ppp": "", "all-wireless": ""}
_PLAIN_KINDS: Final = frozenset({"bridge", "ether", "loopback", "vlan", "wg"})


def _interface(read: Callable[[Subject], str | None]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
        negated, name = split(text)
        interface = read(subject)
        if not interface:
            return Unknown("the packet has no such interface here") if negated else False
        if name in _GROUPS:
            kind = snapshot.interfaces.get(interface, {}).get("type", "")
            if kind not in _PLAIN_KINDS:
                return Unknown(f"whether {interface} is in {name} isn't known")
            return (kind == _GROUPS[name]) != negated
        return _turned(negated, _called(interface, subject, snapshot, lambda one: one == name))

    return match


def _interface_list(read: Callable[[Subject], str | None]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
        negated, name = split(text)
        interface = read(subject)
        if not interface:
            return Unknown("the packet has no such interface here") if negated else False

        def inside(one: str) -> Answer:
            found = snapshot.in_list(one, name)
            return Unknown(f"whether {one} is in list {name} isn't known") if found is None else found

        return _turned(negated, _called(interface, subject, snapshot, inside))

    return match


def _called(interface: str, subject: Subject, snapshot: Snapshot, ask: Callable[[str], Answer]) -> Answer:
    """What a rule asks of an interface; of one in a VRF the filter sees the VRF's interface, and prerouting its own.

    Source: docs/facts/packet-path.md#vrf. What the other chains see no source says.
    """
    vrf = snapshot.vrfs.get(interface)
    if not vrf:
        return ask(interface)
    menu, chain = subject.chain
    if menu == snapshot.family.filter and vrf in snapshot.interfaces:
        return ask(vrf)
    own, whole = ask(interface), ask(vrf)
    early = chain == "prerouting" and menu in (snapshot.family.mangle, snapshot.family.raw)
    if own == whole or (early and own is True):
        return own
    return Unknown(f"whether it sees {interface} or its VRF {vrf}, no source says")


def _bridge_port(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
    negated, name = split(text)
    if subject.port:
        return (subject.port == name) != negated
    if subject.enters not in snapshot.bridges.values():
        return negated
    return Unknown(f"by which port it came into {subject.enters} isn't known")


def _never(why: str, *names: str) -> dict[str, Matcher]:
    """Matchers that can't be judged."""

    def matcher(name: str) -> Matcher:
        return lambda text, subject, snapshot: Unknown(f"{name}={text}: {why}")  # noqa: ARG005

    return {name: matcher(name) for name in names}


def _state(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    items = text.split(",")
    plain = [item.removeprefix("!") for item in items]
    if not text.startswith("!"):
        if any(item.startswith("!") for item in items):
            return Unknown(f"no source says how connection-state={text} is read")
        return subject.state in plain
    # Whether one `!` in front is for the whole list no source says; where both readings agree it doesn't matter.
    whole = subject.state not in plain
    each = any((subject.state == item.removeprefix("!")) != item.startswith("!") for item in items)
    return whole if whole == each or len(items) == 1 else Unknown(f"no source says how connection-state={text} is read")


def _nat_state(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    items = [item.removeprefix("!") for item in text.split(",")]
    if set(items) - {"dstnat", "srcnat"}:
        return Unknown(f"connection-nat-state={text} can't be judged")
    if subject.state in _UNTRACKED:
        return Unknown(_OF_NONE) if text.startswith("!") else False
    # `!srcnat,!dstnat` is how the negated list is written, too (docs/facts/packet-path.md#marks).
    return (("dstnat" in items and subject.dstnat) or ("srcnat" in items and subject.srcnat)) != text.startswith("!")


def _protocol(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    negated, name = split(text)
    return (protocol_name(name) == subject.protocol) != negated


def _flags(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    """Every plain flag must be set, every negated one must not."""
    if subject.protocol != "tcp":
        return False
    if subject.flags is None:
        return Unknown("which TCP flags it has isn't known")
    return all((flag.removeprefix("!") in subject.flags) != flag.startswith("!") for flag in text.split(","))


def _icmp(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
    negated, plain = split(text)
    if subject.protocol != snapshot.family.ping:
        return False
    kind, _, codes = plain.partition(":")
    spans = numbers(codes or "0-255")
    if subject.icmp is None or not is_number(kind) or spans is None:
        return Unknown("its ICMP type isn't known")
    return (subject.icmp[0] == int(kind) and any(low <= subject.icmp[1] <= high for low, high in spans)) != negated


def address_type(address: int, kind: str, snapshot: Snapshot) -> Answer:
    """Whether an address is of a kind: `local` is the router's own."""
    family = snapshot.family
    own = snapshot.local.get(address)
    if own is not None and not own.known:
        return Unknown("whether the router has that address isn't known")
    if family is SIX and own is None and address in snapshot.network_addresses:
        return Unknown("whether the router takes its networks' anycast addresses (RFC 4291 2.6.1), no source says")
    local = own is not None or family.loopback[0] <= address <= family.loopback[1]
    multicast = family.is_multicast(address)
    broadcast = address in snapshot.broadcasts
    if kind in ("local", "multicast", "broadcast"):
        return {"local": local, "multicast": multicast, "broadcast": broadcast}[kind]
    holes = any("blackhole" in row for row in snapshot.enabled(family.routes))
    if local or multicast or broadcast:
        return False
    if kind not in ("blackhole", "unicast") or holes:
        return Unknown(f"whether the address is of type {kind} isn't known")
    return kind == "unicast"


def _type(read: Callable[[Subject], int]) -> Matcher:
    def match(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
        negated, kinds = split(text)
        answers = [address_type(read(subject), kind, snapshot) for kind in kinds.split(",")]
        if True in answers:
            return not negated
        return next((_turned(negated, one) for one in answers if isinstance(one, Unknown)), negated)

    return match


def _ipsec(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    wanted = text.partition(",")[2]
    if snapshot.ipsec is False and wanted in ("none", "ipsec"):
        return wanted == "none"
    return Unknown(
        "the router has IPsec policies" if snapshot.ipsec else "whether there are IPsec policies isn't known"
    )


def _fragment(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    return text in ("false", "no")  # the first packet of a connection is asked about, whole


def _hops(text: str, subject: Subject, snapshot: Snapshot) -> Answer:  # noqa: ARG001
    """Of packets with a single hop left nobody asks: the next router ends them whatever the rules say."""
    kind, _, told = text.partition(":")
    if is_number(told) and int(told) <= {"equal": 1, "less-than": 2}.get(kind, -1):
        return False
    return Unknown(f"hop-limit={text}: {_SENDERS}")


_MOST_REMAINDERS: Final = 8


def _classifier(text: str, subject: Subject, snapshot: Snapshot) -> Answer:
    """Which remainder the hash of some of a packet's fields has; it is the same for all packets that are alike in them.

    Source: docs/facts/packet-path.md#pcc. The hash itself isn't documented.
    """
    negated, plain = split(text)
    kind, _, told = plain.partition(":")
    count, _, remainder = told.partition("/")
    if not (is_number(count) and is_number(remainder) and 0 < int(count) <= _MOST_REMAINDERS):
        return Unknown(f"per-connection-classifier={text}: the router's hash isn't documented")
    fields = [getattr(subject, name) for name in _HASHED.get(kind, _ALL_HASHED)]
    options = [(str(one), f"where {kind}:{count} gives {one}") for one in range(int(count))]
    doubt = about_choice(f"{kind}:{count} of {','.join(map(str, fields))}", options, comes=True)
    if (found := snapshot.world.get(doubt.key)) is not None:
        return (found == str(int(remainder))) != negated
    return Unknown(f"per-connection-classifier={text}: the router's hash isn't documented", doubt)


_ALL_HASHED: Final = ("src", "dst", "src_port", "dst_port")
_HASHED: Final = {
    "both-addresses": ("src", "dst"),
    "both-ports": ("src_port", "dst_port"),
    "dst-address": ("dst",),
    "dst-address-and-port": ("dst", "dst_port"),
    "dst-port": ("dst_port",),
    "src-address": ("src",),
    "src-address-and-port": ("src", "src_port"),
    "src-port": ("src_port",),
}

_SENDERS: Final = "the packet's sender decides that"
_COUNTS: Final = "that depends on earlier packets"

MATCHERS: Final[Mapping[str, Matcher]] = {
    "connection-mark": _mark("connection-mark", lambda subject: subject.connection_mark),
    "connection-nat-state": _nat_state,
    "connection-state": _state,
    "dst-address": _address(lambda subject: subject.dst),
    "dst-address-list": _address_list(lambda subject: subject.dst),
    "dst-address-type": _type(lambda subject: subject.dst),
    "dst-port": _ports(lambda subject: subject.dst_port),
    "fragment": _fragment,
    "hop-limit": _hops,
    "icmp-options": _icmp,
    "in-bridge-port": _bridge_port,
    "in-interface": _interface(lambda subject: subject.enters),
    "in-interface-list": _interface_list(lambda subject: subject.enters),
    "ipsec-policy": _ipsec,
    "out-interface": _interface(lambda subject: subject.leaves),
    "out-interface-list": _interface_list(lambda subject: subject.leaves),
    "packet-mark": _mark("packet-mark", lambda subject: subject.packet_mark),
    "port": _ports(lambda subject: subject.src_port, lambda subject: subject.dst_port),
    "protocol": _protocol,
    "routing-mark": _mark("routing-mark", lambda subject: subject.routing_mark),
    "src-address": _address(lambda subject: subject.src),
    "src-address-list": _address_list(lambda subject: subject.src),
    "src-address-type": _type(lambda subject: subject.src),
    "src-port": _ports(lambda subject: subject.src_port),
    "tcp-flags": _flags,
    "invalid": lambda text, subject, snapshot: Unknown("it is marked invalid"),  # noqa: ARG005
    **_never(_SENDERS, "connection-type", "content", "dscp", "headers", "ingress-priority", "ipv4-options"),
    **_never(_SENDERS, "layer7-protocol"),
    **_never(_SENDERS, "p2p", "packet-size", "priority", "src-mac-address", "tcp-mss", "tls-host", "tos", "ttl"),
    **_never(_COUNTS, "connection-bytes", "connection-limit", "connection-rate", "dst-limit", "limit", "nth", "psd"),
    **_never("its ports aren't known", "in-bridge-port-list", "out-bridge-port", "out-bridge-port-list"),
    **_never("who is logged in isn't known", "hotspot"),
    "per-connection-classifier": _classifier,
    **_never("chance decides", "random"),
    **_never("realms aren't followed", "realm"),
    **_never("the router's clock decides", "time"),
}
"""By the matcher's name: how it is judged."""
