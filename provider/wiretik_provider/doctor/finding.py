"""A doctor's finding: a fact, why it matters, and the cure as a change of the program.

The kinds are a table, in the order of causes: what stands higher up explains what stands below, so the first finding is
the likeliest root cause. A kind says which others it explains on the same tunnel; those are told as its symptoms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider.rules.model import Row
from wiretik_provider.trace.steps.path import PEERS

__all__ = ["ERROR", "KINDS", "NOTE", "SEVERITIES", "WARNING", "Finding", "Kind", "Links", "Where", "ordered"]

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
SEVERITIES: Final = (ERROR, WARNING, NOTE)
"""Broken now; works by luck or soon won't; worth knowing and no fault by itself."""


@attrs.frozen
class Kind:
    """One kind of finding.

    Attributes:
        why: why it matters.
        severity: of its findings, where they don't say otherwise.
        explains: the kinds that follow from it on the same tunnel.
        needs: the menus that must be known as a whole, since it follows from what isn't in them.
    """

    why: str
    severity: str = ERROR
    explains: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


_SHAKES: Final = frozenset({"no-handshake", "handshake-old"})
_WAYS: Final = frozenset({"internet-lost", "mark-not-hit"})
_ROUTES: Final = _WAYS | {"gateway-unreachable", "table-without-route", "route-missing", "exit-unused"}
_PATHS: Final = _WAYS | {"blocked", "shadowed", "no-masquerade", "list-lacks", "not-by-fasttrack", "mss"}
_ALL: Final = (
    _SHAKES
    | _ROUTES
    | _PATHS
    | {"address-missing", "no-peers", "key-mismatch", "nobody-calls", "endpoint-unresolved", "no-dns", "input-blocked"}
    | {"keepalive-missing", "far-end-refuses", "not-allowed"}
)

KINDS: Final[Mapping[str, Kind]] = {
    "clock-wrong": Kind(
        "A handshake carries the time, and the far end takes none older than the last one; certificates fail too.",
        explains=_SHAKES,
    ),
    "clock-in-tunnel": Kind(
        "Without a battery the clock begins in 1970, and until it is right the far end takes no handshake: so the "
        "tunnel by which the time is asked never comes up again after a power cut.",
        WARNING,
        needs=("/ip/route", "/routing/rule"),
    ),
    "port-clash": Kind(
        "RouterOS accepts a second WireGuard interface on one port and leaves it down without a word.", explains=_ALL
    ),
    "interface-off": Kind("Nothing passes an interface that is off, and its routes go with it.", explains=_ALL),
    "interface-down": Kind("Nothing passes an interface that isn't running.", explains=_ALL),
    "no-peers": Kind("An interface without peers has nobody to talk to.", explains=_ALL, needs=(PEERS,)),
    "address-missing": Kind(
        "Without an address the tunnel has no connected route, so no gateway in it is reachable, and masquerade has no "
        "source to give.",
        explains=_ROUTES | _PATHS,
        needs=("/ip/address",),
    ),
    "rule-invalid": Kind("A rule that names an interface or a list that is gone matches nothing."),
    "key-copied": Kind(
        "Two ends with one private key can't be told apart, and the session jumps between them.", explains=_SHAKES
    ),
    "key-own": Kind(
        "A peer has the other end's public key; with its own a router would talk to itself.", explains=_SHAKES
    ),
    "key-twice": Kind("A public key names one peer: of two that have it, one gets all packets.", explains=_SHAKES),
    "key-mismatch": Kind(
        "A handshake with a key that the other end doesn't have is dropped without an answer.", explains=_SHAKES
    ),
    "nobody-calls": Kind(
        "A session begins with a call; where neither end has the other's endpoint, or both only answer, nobody calls.",
        explains=_SHAKES | {"keepalive-missing"},
    ),
    "endpoint-port": Kind("Calls to a port where nobody listens are lost.", explains=_SHAKES),
    "endpoint-own": Kind("A router that calls itself reaches nobody.", explains=_SHAKES),
    "no-dns": Kind(
        "An endpoint that is a name must be resolved by the router itself.", explains=_SHAKES | {"endpoint-unresolved"}
    ),
    "dns-in-tunnel": Kind(
        "The tunnel needs the name's address before it is up, and the question for it goes into the tunnel.",
        explains=_SHAKES | {"endpoint-unresolved"},
    ),
    "dns-unreachable": Kind(
        "An endpoint that is a name must be resolved by the router itself.", explains=_SHAKES | {"endpoint-unresolved"}
    ),
    "endpoint-unresolved": Kind("Without an address nothing is sent to the peer.", explains=_SHAKES),
    "endpoint-in-tunnel": Kind(
        "The tunnel's own packets would go into the tunnel, round and round, and none leaves.",
        explains=_SHAKES | _WAYS,
    ),
    "endpoint-astray": Kind(
        "A mark is looked up before the router's own networks are, so the tunnel's own packets leave by another line.",
        explains=_SHAKES,
    ),
    "gateway-by-ethernet": Kind(
        "By an Ethernet port as gateway a router asks ARP for the far end itself, and only a neighbour answers that.",
        WARNING,
        explains=_SHAKES,
    ),
    "endpoint-unreachable": Kind("The tunnel's own packets don't get out.", explains=_SHAKES),
    "input-blocked": Kind(
        "Who calls this router sends UDP to its listen port; a call that the input chain drops is never answered.",
        explains=_SHAKES,
    ),
    "line-behind-nat": Kind(
        "Who calls from the internet needs an address of the internet to call: one of a provider's NAT (100.64.0.0/10) "
        "nobody can, a private one only where the router in front forwards the port.",
        WARNING,
        needs=("/ip/address", "/ip/route"),
        explains=_SHAKES,
    ),
    "keepalive-missing": Kind(
        "A NAT on the way, a CGNAT above all, forgets a silent connection within minutes; from then on the far end's "
        "packets are lost.",
        WARNING,
        explains=_SHAKES,
    ),
    "no-handshake": Kind("Without a handshake nothing passes."),
    "handshake-old": Kind("A session's keys last three minutes: with keepalive an older handshake is a dead tunnel."),
    "allowed-twice": Kind("One prefix goes to one peer of an interface; the other gets nothing."),
    "overlap": Kind("Hosts take addresses of their own network for near and never ask the router."),
    "table-missing": Kind(
        "Who is sent to a table that isn't there goes by main.",
        explains=_ROUTES | {"rule-invalid"},
        needs=("/routing/table",),
    ),
    "no-fib": Kind("Routes of a table without fib do nothing, so who is marked for it goes by main.", explains=_ROUTES),
    "gateway-unreachable": Kind(
        "A route whose gateway isn't reachable does nothing.",
        needs=("/ip/address", "/ip/route"),
        explains=_WAYS | {"table-without-route", "route-missing", "exit-unused", "list-lacks"},
    ),
    "gateway-in-two": Kind(
        "A bare address as gateway is found by the connected route, and there are two: all leaves by one of them.",
        WARNING,
    ),
    "table-without-route": Kind(
        "A mark for a table without a way out leads past the tunnel by main, or into its blackhole.",
        needs=("/ip/route",),
        explains=_WAYS | {"exit-unused", "list-lacks"},
    ),
    "table-unused": Kind(
        "Packets that no rule sends to the table go by main, past the tunnel.",
        WARNING,
        needs=("/ip/firewall/mangle", "/routing/rule"),
    ),
    "route-missing": Kind(
        "RouterOS makes no routes of allowed-address: it only says which packets may pass the tunnel.",
        explains=frozenset({"exit-unused"}),
        needs=("/ip/address", "/ip/route"),
    ),
    "not-allowed": Kind(
        "After the route the interface looks for a peer whose allowed-address holds the destination; without one the "
        "packet is refused.",
        explains=_WAYS | {"exit-unused"},
        needs=(PEERS,),
    ),
    "far-end-refuses": Kind("A packet whose source the far end's peer doesn't allow is dropped there in silence."),
    "exit-unused": Kind(
        "A peer that allows everything is an exit only for hosts that a routing rule sends to its table.",
        explains=frozenset({"table-unused"}),
    ),
    "mark-too-late": Kind("Marks are looked at when a packet is routed: in prerouting and output alone."),
    "mark-shadowed": Kind("A rule behind one that ends the chain for the same packets is never met."),
    "mark-never": Kind("Packets without the mark go by main, past the VPN."),
    "lan-locked-out": Kind(
        "A mark is looked up before the router's own addresses are, and a routing rule before main: so packets to "
        "the router go into the VPN, or its answers do."
    ),
    "own-address-marked": Kind(
        "A mark is looked up before the router's own addresses are: by this one the router can't be reached.", WARNING
    ),
    "list-lacks": Kind(
        "Packets that are marked, or sent by a routing rule, see the VPN's table alone; routes to other tunnels and "
        "networks are in main."
    ),
    "list-lacks-lan": Kind(
        "Only dst-address-type=!local keeps the router reachable; the list should hold the LAN as well.",
        WARNING,
        needs=("/ip/firewall/address-list",),
    ),
    "answers-astray": Kind(
        "Answers of a server that is reached from outside must leave by the way they were asked: by another one their "
        "source is nobody's, and they are lost.",
        explains=frozenset({"table-unused"}),
    ),
    "forwarding-off": Kind("The router forwards nothing, whatever its rules say.", explains=_PATHS),
    "reverse-path": Kind("With rp-filter=strict, answers that come back by another way than main's are dropped."),
    "shadowed": Kind("Rules are asked from top to bottom: an accept behind a drop for the same packets is never met."),
    "blocked": Kind(
        "Packets that no rule lets through a tunnel are dropped, with any routes and peers.",
        explains=frozenset({"names-refused"}),
    ),
    "not-by-fasttrack": Kind(
        "A fasttracked connection sees neither marks nor tables but main: its second packet leaves the tunnel already."
    ),
    "ipv6-past-vpn": Kind(
        "IPv6 has marks, rules and routes of its own: those of IPv4 don't send it into the VPN, and most "
        "hosts ask by IPv6 first."
    ),
    "no-masquerade": Kind("Who doesn't know the source's network can't answer."),
    "internet-lost": Kind("The tunnel doesn't carry the traffic it exists for."),
    "mss": Kind(
        "Packets are smaller in the tunnel; where ICMP is filtered small pages load and large ones hang.",
        WARNING,
        needs=("/ip/firewall/mangle",),
    ),
    "no-proxy-arp": Kind(
        "Hosts take addresses of their own network for near and ask for them by ARP, which doesn't pass the tunnel.",
        WARNING,
    ),
    "names-refused": Kind(
        "A tunnel that is up and finds no names looks broken: profiles often name the router as the DNS server.", NOTE
    ),
    "ways-alike": Kind(
        "Routes to the same of one distance are used in turn, so half of the connections are lost while one is dead.",
        NOTE,
    ),
    "failover-never": Kind(
        "A WireGuard interface runs whether anybody answers or not, so a route by it never gives way to its backup.",
        NOTE,
    ),
    "no-kill-switch": Kind(
        "A route by an interface that is off does nothing, and the next one is the line's: private traffic goes out "
        "in the clear.",
        NOTE,
    ),
    "mark-not-hit": Kind("Either nothing was sent yet, or its interface or list is the wrong one.", NOTE),
}
"""Every kind, the likelier root cause first."""

Links = frozenset[frozenset[tuple[str, str]]]
"""Pairs of tunnels that are two ends of one link, each by router and name."""

_RANK: Final = {kind: number for number, kind in enumerate(KINDS)}


@attrs.frozen
class Where:
    """What a finding is about.

    Attributes:
        router: by its name.
        tunnel: the WireGuard interface; empty where it is about the router.
        peer: the `.id` of a peer, where it is about one.
        menu: the row's menu.
        row: the row's `.id`; empty where it is about a row that isn't there.
    """

    router: str = ""
    tunnel: str = ""
    peer: str = ""
    menu: str = ""
    row: str = ""

    @classmethod
    def of_peer(cls, router: str, tunnel: str, peer: Row | None) -> Where:
        """A peer of a tunnel, or, without one, what a tunnel's peers lack."""
        number = peer.get(".id", "") if peer else ""
        return cls(router=router, tunnel=tunnel, peer=number, menu=PEERS, row=number)

    @property
    def end(self) -> tuple[str, str]:
        """Router and tunnel."""
        return self.router, self.tunnel

    def shares(self, other: Where) -> bool:
        """Whether both are about the same router, and the same tunnel and peer where they say one."""
        pairs = ((self.tunnel, other.tunnel), (self.peer, other.peer))
        return self.router == other.router and all(not one or not two or one == two for one, two in pairs)


@attrs.frozen(kw_only=True)
class Finding:
    """One finding.

    Attributes:
        kind: one of `KINDS`.
        where: what it is about.
        fact: what is the case, with the row and its value.
        cure: as a change of the program.
        value: what stands in the row.
        severity: one of `SEVERITIES`.
        symptoms: facts that follow from it.
    """

    kind: str = attrs.field(validator=attrs.validators.in_(_RANK))
    where: Where
    fact: str
    cure: str
    value: str = ""
    severity: str = attrs.field(
        default=attrs.Factory(lambda self: KINDS[self.kind].severity, takes_self=True),
        validator=attrs.validators.in_(SEVERITIES),
    )
    symptoms: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Why it matters."""
        return KINDS[self.kind].why

    def explains(self, other: Finding, links: Links = frozenset()) -> bool:
        """Whether another finding follows from this one: on the same tunnel, or no handshake at its other end."""
        if other is self or other.kind not in KINDS[self.kind].explains:
            return False
        ends = frozenset({self.where.end, other.where.end})
        return self.where.shares(other.where) or (other.kind in _SHAKES and ends in links)


def ordered(found: Iterable[Finding], links: Links = frozenset()) -> list[Finding]:
    """The findings with the likeliest root cause first; what follows from another is its symptom.

    Args:
        found: in any order.
        links: the tunnels that are two ends of one link.
    """
    by_cause = sorted(dict.fromkeys(found), key=lambda one: _RANK[one.kind])
    root: dict[Finding, Finding] = {}
    for one in by_cause:
        cause = next((other for other in by_cause if other.explains(one, links)), one)
        root[one] = root.get(cause, cause)
    roots = [
        _with_symptoms(one, [other for other in by_cause if root[other] == one and other != one])
        for one in by_cause
        if root[one] == one
    ]
    return sorted(roots, key=lambda one: (SEVERITIES.index(one.severity), _RANK[one.kind]))


def _with_symptoms(one: Finding, symptoms: Sequence[Finding]) -> Finding:
    """A cause with what follows from it; it is as bad as that."""
    worst = min((one.severity, *(other.severity for other in symptoms)), key=SEVERITIES.index)
    return attrs.evolve(one, symptoms=tuple(other.fact for other in symptoms), severity=worst)
