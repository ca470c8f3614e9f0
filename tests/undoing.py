"""Mixed deployments under a guard, and how they end: what the laws of `property/test_undone*.py` are made of."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pytest
from hypothesis import strategies as st

from guarding import FILTER, LISTS, Site, signed
from wiretik_provider.api.session import Command
from wiretik_provider.guard import crowds
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import PowerCut

WG, PEERS, ADDRESS, ROUTE = "/interface/wireguard", "/interface/wireguard/peers", "/ip/address", "/ip/route"
IFLIST, MEMBER, RULE = "/interface/list", "/interface/list/member", "/routing/rule"
VLAN, SERVER, PROFILE = "/interface/vlan", "/ip/dhcp-server", "/ip/ipsec/profile"  # known from data alone
KEYS = ["".join((letter * 42, "A=")) for letter in "bcdefgh"]
PEER = ("interface", "name", "public-key", "allowed-address")
WITHIN = 120


@contextlib.contextmanager
def few_are_many() -> Iterator[None]:
    """More than three entries are told by one line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crowds, "MANY", 3)
        yield


def site(**options):
    """A home router with rows of this stack, of another stack and of nobody's between them."""
    found = Site(**options)
    run = found.router.run
    for number in range(5):
        comment = signed(f"rule {number}", f"r{number}") if number != 2 else "somebody's"
        run(
            f"{FILTER}/add",
            chain="forward",
            action="accept",
            protocol="tcp",
            dst_port=str(1000 + number),
            comment=comment,
        )
    run(f"{FILTER}/add", chain="forward", action="drop", comment=signed("end", 'the "last" $one, über \\ all'))
    for number in range(4):
        run(f"{LISTS}/add", list="l", address=f"10.0.0.{number + 1}", comment=signed("list l", f"a{number}"))
    run(f"{LISTS}/add", list="l", address="10.0.9.9", comment="somebody's")
    run(f"{WG}/add", name="wg9", listen_port="13999", mtu="1420", comment=signed("wg9"))
    for number in range(2):
        run(
            f"{PEERS}/add",
            interface="wg9",
            public_key=KEYS[number],
            allowed_address=f"10.8.0.{number}/32",
            name=f"p{number}",
            preshared_key=KEYS[6],
            comment=signed(f"peer {number}"),
        )
    run(f"{ADDRESS}/add", address="10.8.0.254/24", interface="wg9", comment=signed("address"))
    run(f"{ROUTE}/add", dst_address="10.77.0.0/16", gateway="wg9", comment=signed("route"))
    run(f"{IFLIST}/add", name="VPN", comment=signed("list VPN"))
    run(f"{MEMBER}/add", list="VPN", interface="wg9", comment=signed("member"))
    run(f"{RULE}/add", src_address="10.1.0.0/16", action="lookup", table="main", comment=signed("routing rule 0"))
    run(f"{RULE}/add", src_address="10.2.0.0/16", action="lookup", table="main", comment=signed("routing rule 1"))
    run(f"{VLAN}/add", name="vlan9", interface="bridge", vlan_id="9", comment=signed("vlan"))
    run(f"{SERVER}/add", name="guests", interface="vlan9", comment=signed("server"))
    run(f"{PROFILE}/add", name="office", dh_group="modp2048")
    for number in range(24):
        run(f"{LISTS}/add", list="big", address=f"10.6.{number}.1", comment=signed("list big", f"b{number % 2}"))
    found.wait(100)  # all that is on the flash
    return found


class Hand:
    """Who deploys: takes ours of what it sees, and gives commands as the kinds do."""

    def __init__(self, site, watch):
        self.site, self.watch, self.made = site, watch, 0

    def give(self, *commands):
        return self.watch.through([Command(*command) for command in commands], self.site.send)

    def ours(self, path, pick):
        rows = self.give((path, "print"))[0].rows
        mine = [row for row in rows if ownership.split(row.get("comment", ""))[1]]
        return mine[pick % len(mine)] if mine else None

    def add(self, path, name, *words):
        self.made += 1
        self.give((path, "add", (*words, f"=comment={signed(f'new {name} {self.made}', 'new')}")))

    def change(self, path, pick, *words):
        if row := self.ours(path, pick):
            self.give((path, "set", (f"=.id={row['.id']}", *words)))

    def remove(self, path, pick, again=()):
        """Removes a row, and perhaps makes another one with its name or key."""
        if row := self.ours(path, pick):
            self.give((path, "remove", (f"=.id={row['.id']}",)))
            lists = [one["name"] for one in self.give((IFLIST, "print"))[0].rows]
            if again and row.get("list", lists[0]) in lists:  # nobody declares a row of what he removes
                kept = [f"={name}={row[name]}" for name in again if name in row]
                self.give((path, "add", (*kept, f"=comment={row['comment']}")))

    def move(self, path, pick, other):
        row, target = self.ours(path, pick), self.ours(path, other)
        if row and target and row != target:
            self.give((path, "move", (f"=numbers={row['.id']}", f"=destination={target['.id']}")))


def rule_added(hand, a, b):
    before = hand.ours(FILTER, b)
    at = (f"=place-before={before['.id']}",) if before else ()
    hand.add(FILTER, "rule", "=chain=forward", "=action=accept", "=protocol=udp", f"=dst-port={2000 + a}", *at)


def mine_of(rows, name):
    """The rows that a resource has, also those that carry the run's mark."""
    tags = [(ownership.tag_of(row), row) for row in rows]
    return [row for tag, row in tags if tag and tag.owner == ownership.split(signed(name))[1].owner]


def listed(hand, a, b):
    """Adds, then changes, then takes out, several entries at once."""
    comment = signed("list l", "news")
    hand.give(*((LISTS, "add", ("=list=l", f"=address=10.5.{a % 8}.{n}", f"=comment={comment}")) for n in range(b % 4)))
    rows = mine_of(hand.give((LISTS, "print"))[0].rows, "list l")
    ids = [row[".id"] for row in rows[a % 3 :: 2]]
    if ids:
        hand.give((LISTS, "set", (f"=.id={','.join(ids)}", f"=comment={signed('list l', f'c{b}')}")))
        hand.give((LISTS, "remove", (f"=.id={','.join(ids[: 1 + b % 3])}",)))


def renamed(hand, a, b):
    """A resource is renamed: its row gets another's tag, and another text."""
    if row := hand.ours(FILTER, a):
        words = (f"=.id={row['.id']}", f"=comment={signed(f'renamed {b}', f'now {b}')}", "=log=yes")
        hand.give((FILTER, "set", words))


def big(hand, a, b):
    """Most entries of a list go at once, perhaps all; some come again, one of them disabled; some stay disabled."""
    rows = [row for row in hand.give((LISTS, "print"))[0].rows if row["list"] == "big"]
    mine = mine_of(rows, "list big")
    if going := mine[a % 4 :]:
        hand.give((LISTS, "remove", (f"=.id={','.join(row['.id'] for row in going)}",)))
        comment = f"=comment={ownership.unmarked(going[0]['comment'])}"
        for row, off in zip(going[: b % 4], ("=disabled=yes", "=disabled=no", "=disabled=yes"), strict=False):
            hand.give((LISTS, "add", ("=list=big", f"=address={row['address']}", comment, off)))
        if mine[: a % 4] and b % 2:
            hand.give((LISTS, "set", (f"=.id={mine[0]['.id']}", "=disabled=yes")))
    else:
        hand.give(
            *((LISTS, "add", ("=list=big", f"=address=10.6.{b}.{n}", f"=comment={signed('list big')}")) for n in (2, 3))
        )


def crowded(hand, a, b):
    """Many entries come into a list that stays, and many get another comment; some of them change once more, or go."""
    news = (f"=comment={signed('list l', f'n{b % 2}')}", "=disabled=yes" if b % 5 == 0 else "=disabled=no")
    hand.give(*((LISTS, "add", ("=list=l", f"=address=10.7.{a % 4}.{n}", *news)) for n in range(4 + b % 4)))
    rows = hand.give((LISTS, "print"))[0].rows
    if alike := [row[".id"] for row in rows if row.get("comment") == signed("list big", f"b{a % 2}")]:
        name, text = (("list big", f"z{b}"), (f"renamed {b}", f"z{b}"), (f"renamed {b}", f"b{a % 2}"))[b % 3]
        hand.give((LISTS, "set", (f"=.id={','.join(alike)}", f"=comment={signed(name, text)}")))
    new = [row[".id"] for row in rows if row["address"].startswith("10.7.")]
    for row_id in new[: b % 3]:
        hand.give((LISTS, "set", (f"=.id={row_id}", f"=comment={signed('list l', 'again')}")))
    for row_id, word in zip(alike, (f"=comment={signed('list big', 'again')}", "=disabled=yes")[: a % 3], strict=False):
        hand.give((LISTS, "set", (f"=.id={row_id}", word)))
    if going := new[a % 8 :] + alike[: a % 3]:
        hand.give((LISTS, "remove", (f"=.id={','.join(going)}",)))


def profile(hand, a, b):
    """A row of a menu without comments: changed, perhaps renamed, removed; another one comes."""
    there = {row["name"]: row[".id"] for row in hand.give((PROFILE, "print"))[0].rows}
    if "office" in there and a % 3 == 0:
        hand.give((PROFILE, "remove", (f"=.id={there['office']}",)))
    elif "office" in there:
        renamed = (f"=name=o{b}",) if a % 3 == 1 else ()
        hand.give((PROFILE, "set", (f"=.id={there['office']}", f"=dpd-maximum-failures={1 + b % 9}", *renamed)))
    if f"p{b}" not in there:
        hand.give((PROFILE, "add", (f"=name=p{b}", "=dh-group=modp4096")))


# A table of what may be done: by two numbers that choose rows and values.
DOINGS: list[Callable[[Hand, int, int], object]] = [
    rule_added,
    rule_added,
    listed,
    renamed,
    lambda hand, a, b: hand.change(FILTER, a, f"=dst-port={3000 + b}", "=log-prefix=x"),
    lambda hand, a, b: hand.change(FILTER, a, "=!dst-port=", "=!protocol=", f"=disabled={'yes' if b % 2 else 'no'}"),
    lambda hand, a, b: hand.move(FILTER, a, b),
    lambda hand, a, b: hand.move(FILTER, a, b),
    lambda hand, a, b: hand.move(RULE, a, b),
    lambda hand, a, b: hand.remove(FILTER, a, ("chain", "action") if b % 2 else ()),
    lambda hand, a, b: hand.change(WG, 0, f"=listen-port={14000 + a}", f"=mtu={1380 + b % 40}"),
    lambda hand, a, _: hand.change(WG, 0, f"=name=wg{a % 3}"),
    lambda hand, a, b: hand.change(PEERS, a, f"=allowed-address=10.9.{b}.0/24,10.8.{a}.0/24"),
    lambda hand, a, b: hand.change(PEERS, a, f"=public-key={KEYS[2 + b % 4]}"),
    lambda hand, a, b: hand.remove(PEERS, a, PEER if b % 3 else ()),
    lambda hand, a, b: hand.change(ADDRESS, a, f"=address=10.8.{b % 9}.1/24"),
    lambda hand, a, b: hand.remove(ADDRESS, a, ("address", "interface") if b % 2 else ()),
    lambda hand, a, _: hand.add(ROUTE, "route", f"=dst-address=10.{a}.0.0/16", "=blackhole="),
    lambda hand, a, b: hand.change(ROUTE, a, f"=distance={2 + b % 9}", "=gateway=bridge"),
    lambda hand, a, _: hand.remove(ROUTE, a),
    lambda hand, a, b: hand.remove(IFLIST, a, ("name",) if b % 2 else ()),
    lambda hand, a, b: hand.change(IFLIST, a, f"=name=L{b % 3}"),
    lambda hand, a, b: hand.remove(MEMBER, a, ("list", "interface") if b % 2 else ()),
    lambda hand, a, b: hand.give(("/ip/dns", "set", (f"=servers=9.9.9.{a},1.1.1.{b}", "=allow-remote-requests=yes"))),
    lambda hand, a, b: hand.change(VLAN, 0, f"=vlan-id={10 + a}", *([f"=name=v{b % 3}"] if b % 2 else [])),
    lambda hand, a, b: hand.remove(VLAN, a, ("name", "interface", "vlan-id") if b % 2 else ()),
    lambda hand, a, b: hand.change(SERVER, 0, f"=lease-time={1 + a}h", f"=interface={('bridge', 'wg9')[b % 2]}"),
    profile,
    big,
    crowded,
    crowded,
    lambda hand, a, _: hand.give(("/ip/settings", "set", (f"=rp-filter={('loose', 'strict')[a % 2]}",))),
    lambda hand, a, _: hand.give(("/system/identity", "set", (f"=name=site {a}",))),
]

numbers = st.integers(0, 40)
plans = st.lists(
    st.tuples(st.integers(0, len(DOINGS) - 1), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=9
)


class End(NamedTuple):
    """How a deployment ends."""

    power: str = "stays"
    """What becomes of the router then."""
    again: tuple[int, ...] = ()
    """After how many commands of the undo the power goes, each time."""


powers = st.sampled_from(["stays", "reboot", "cut"])
ends = st.lists(st.builds(End, powers, st.lists(st.integers(0, 12), max_size=3).map(tuple)), min_size=1, max_size=4)
"""How it ends where it is cut, one after the other."""
options = st.sampled_from(
    [
        {},
        {"flash_seconds": 30.0},
        {"device_mode": "home"},
        {"version": "7.24.2", "defaulted_schedulers_sleep": True},
        {"disabled_peers_spare_keys": True},
        {"scripts_need_policy": True},
        {"device_mode": "home", "netwatch_tests": False},
        {"reboot_unrolls": True},
    ]
)


NEVER = {"scripts_need_policy", "netwatch_tests"}
"""Options under which no guard is armed, so that nothing is written."""


def deploy(site, plan):
    hand = Hand(site, site.watch(WITHIN))
    for doing, a, b in plan:
        DOINGS[doing](hand, a, b)
        site.wait(2)
    return hand


def waited(site, again=()):
    """Lets the guard's time pass, with a power cut in the undo each time that is asked for."""
    for count in (*again, None):
        site.router.power_off_after = count
        try:
            site.wait(WITHIN + 30, 30)
        except PowerCut:
            site.router.reboot(power_cut=True)
    site.router.power_off_after = None


@contextlib.contextmanager
def cut_everywhere(site: Site, ends: Sequence[End], wrong: Callable[[], list[str]]) -> Iterator[Callable[[], int]]:
    """Ends a deployment before each of its commands and after the last one, and each time lets the guard's time pass.

    Args:
        site: the router.
        ends: how it ends, one after the other.
        wrong: says what isn't as it should be then.

    Yields:
        How many cuts there were so far.
    """
    cuts = 0

    def cut() -> None:
        nonlocal cuts
        end = ends[cuts % len(ends)]
        with site.rehearsal():
            if end.power != "stays":
                site.router.reboot(power_cut=end.power == "cut")
            waited(site, end.again)
            assert wrong() == [], f"cut before command {cuts}, {end}"
            waited(site)  # and nothing of it comes again
            assert wrong() == [], f"cut before command {cuts}, {end}, later"
        cuts += 1

    site.before_each = cut
    try:
        yield lambda: cuts
    finally:
        site.before_each = None
    cut()


RENAMED = {ownership.split(signed(f"renamed {number}"))[1].owner for number in range(41)}
"""Who has a row after `renamed`, which isn't undone: the state knows the resource by its new name."""


def kept(was, now):
    """Rows as they are now, but for the owner of those that a resource with a new name has."""
    former = {row.get(".id"): row["comment"] for row in was if "comment" in row}
    found = []
    for row in now:
        text, tag = ownership.split(row.get("comment", ""))
        before = former.get(row.get(".id"), "")
        same = tag and tag.owner in RENAMED and ownership.split(before)[0] == text
        found.append({**row, "comment": before} if same else row)
    return found


def changed(before, after):
    """What is different: in a few words, since a whole router is long."""
    if before == after:
        return []
    found = []
    for path in before.keys() | after.keys():
        was, now = before.get(path, []), kept(before.get(path, []), after.get(path, []))
        found += [f"- {path} {row}" for row in was if row not in now] + [
            f"+ {path} {row}" for row in now if row not in was
        ]
        if not found and was != now:
            found.append(
                f"order of {path}: {[row.get('comment') for row in was]} is {[row.get('comment') for row in now]}"
            )
    return found
