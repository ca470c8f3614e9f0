"""However a guarded deployment ends that nobody confirms, the router is afterwards exactly as it was before it.

The connection is lost, our process is killed, the router reboots or loses its power, between any two commands, and once
more in the middle of the undo.
"""

import contextlib
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from at_length import rounds
from guarding import FILTER, LISTS, Site, signed
from wiretik_provider.api.session import Command
from wiretik_provider.api.watch import Watch
from wiretik_provider.errors import GuardError
from wiretik_provider.guard.closing import confirm, standing
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import PowerCut

WG, PEERS, ADDRESS, ROUTE = "/interface/wireguard", "/interface/wireguard/peers", "/ip/address", "/ip/route"
IFLIST, MEMBER, RULE = "/interface/list", "/interface/list/member", "/routing/rule"
VLAN, SERVER, PROFILE = "/interface/vlan", "/ip/dhcp-server", "/ip/ipsec/profile"  # known from data alone
KEYS = ["".join((letter * 42, "A=")) for letter in "bcdefgh"]
PEER = ("interface", "name", "public-key", "allowed-address")
WITHIN = 120


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


def listed(hand, a, b):
    """Adds, then changes, then takes out, several entries at once."""
    comment = signed("list l", "news")
    hand.give(*((LISTS, "add", ("=list=l", f"=address=10.5.{a % 8}.{n}", f"=comment={comment}")) for n in range(b % 4)))
    rows = [row for row in hand.give((LISTS, "print"))[0].rows if signed("list l")[1:] in row.get("comment", "")]
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
    mine = [row for row in rows if signed("list big")[1:] in row.get("comment", "")]
    if going := mine[a % 4 :]:
        hand.give((LISTS, "remove", (f"=.id={','.join(row['.id'] for row in going)}",)))
        comment = f"=comment={going[0]['comment']}"
        for row, off in zip(going[: b % 4], ("=disabled=yes", "=disabled=no", "=disabled=yes"), strict=False):
            hand.give((LISTS, "add", ("=list=big", f"=address={row['address']}", comment, off)))
        if mine[: a % 4] and b % 2:
            hand.give((LISTS, "set", (f"=.id={mine[0]['.id']}", "=disabled=yes")))
    else:
        hand.give(
            *((LISTS, "add", ("=list=big", f"=address=10.6.{b}.{n}", f"=comment={signed('list big')}")) for n in (2, 3))
        )


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
    lambda hand, a, _: hand.give(("/ip/settings", "set", (f"=rp-filter={('loose', 'strict')[a % 2]}",))),
    lambda hand, a, _: hand.give(("/system/identity", "set", (f"=name=site {a}",))),
]

numbers = st.integers(0, 40)
plans = st.lists(
    st.tuples(st.integers(0, len(DOINGS) - 1), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=9
)


class End(NamedTuple):
    """How a deployment ends."""

    after: int
    """After so many commands that change something, if it has as many."""
    power: str
    """What becomes of the router then."""
    again: tuple[int, ...]
    """After how many commands of the undo the power goes, each time."""


ends = st.builds(
    End,
    st.integers(0, 70),
    st.sampled_from(["stays", "reboot", "cut"]),
    st.lists(st.integers(0, 12), max_size=3).map(tuple),
)
options = st.sampled_from(
    [
        {},
        {"flash_seconds": 30.0},
        {"device_mode": "home"},
        {"defaulted_schedulers_sleep": True},
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


@example([(25, 0, 1), (26, 0, 0)], End(70, "stays", ()), {})  # a removed row had another name while one said it
@example([(3, 0, 0), (3, 1, 0)], End(10, "stays", ()), {})  # two rows with one tag
@example([(0, 0, 0)] * 5 + [(11, 0, 0), (18, 0, 0), (18, 0, 0)], End(19, "stays", (4,)), {})  # a name that others say
@example([(2, 0, 14), (2, 0, 1)], End(15, "stays", ()), {})  # an entry that the run itself added, removed, adds again
@given(plans, ends, options)
@settings(max_examples=rounds(60, 5000), deadline=None)
def test_what_nobody_confirms_is_undone_wherever_it_was_cut(plan, end, options):
    found = site(**options)
    before = found.network()
    found.router.power_off_after = end.after
    with contextlib.suppress(PowerCut, *([GuardError] if options.keys() & NEVER else [])):
        deploy(found, plan)
    found.router.power_off_after = None
    if end.power != "stays":
        found.router.reboot(power_cut=end.power == "cut")
    waited(found, end.again)
    assert changed(before, found.network()) == []
    waited(found)  # and nothing of it comes again
    assert changed(before, found.network()) == []


# --- in company ------------------------------------------------------------------------------------------------------


class Lost(Exception):
    """An answer that didn't come, with its connection."""


def foreign(rows):
    """The rows without anybody's tag, in their order."""
    return [row for row in rows if ownership.split(row.get("comment", ""))[1] is None]


def his_rule(site, a, b):
    rows = site.router.rows(FILTER)
    site.router.run(
        f"{FILTER}/add", chain="forward", action="log", comment=f"his {a}", place_before=rows[b % len(rows)][".id"]
    )


def his_entry(site, a, b):
    if not any(row["address"] == f"10.200.{a}.{b}" for row in site.router.rows(LISTS)):
        site.router.run(f"{LISTS}/add", list="l", address=f"10.200.{a}.{b}", comment="his")


def his_removal(site, a, _):
    path = (FILTER, LISTS)[a % 2]
    mine = [
        row for row in foreign(site.router.rows(path)) if row.get("dynamic") != "true" and "defconf" not in str(row)
    ]
    if mine:
        site.router.run(f"{path}/remove", id=mine[a % len(mine)][".id"])


def his_change(site, a, b):
    mine = [row for row in foreign(site.router.rows(FILTER)) if row.get("dynamic") != "true"]
    site.router.run(f"{FILTER}/set", id=mine[a % len(mine)][".id"], log_prefix=f"his{b}")


def rival(site, a, b):
    """Another stack wants to deploy at the same time."""
    words = (
        "=chain=forward",
        "=action=accept",
        f"=dst-port={4000 + a}",
        "=protocol=tcp",
        f"=comment={signed(f'r{b}')}",
    )
    before = site.network()
    with contextlib.suppress(GuardError):
        Watch("router lab", "beef", WITHIN, [].append, clock=lambda: site.now, pause=site.wait).through(
            [Command(FILTER, "add", words)], site.send
        )
        confirm("", site.send, run="beef")
        return
    assert site.network() == before


def his_move(site, a, b):
    """Among all rules: also before and behind ours."""
    mine = [row for row in foreign(site.router.rows(FILTER)) if row.get("dynamic") != "true"]
    rows = [row for row in site.router.rows(FILTER) if row.get("dynamic") != "true"]
    row, target = mine[a % len(mine)], rows[b % len(rows)]
    if row[".id"] != target[".id"]:
        site.router.run(f"{FILTER}/move", numbers=row[".id"], destination=target[".id"])


HIS = [his_rule, his_rule, his_entry, his_removal, his_change, his_move, his_move]


@given(plans, st.lists(st.tuples(st.integers(0, len(HIS) - 1), numbers, numbers), max_size=6), ends, st.data())
@settings(max_examples=rounds(15, 2000), deadline=None)
def test_whatever_another_admin_does_meanwhile_ours_is_undone_and_his_is_as_he_left_it(plan, his, end, data):
    found = site()
    before = found.network()
    left = list(his)

    def meanwhile(commands, send=found.send):
        if left and data.draw(st.booleans()):
            act, a, b = left.pop()
            HIS[act](found, a, b)
        return send(commands)

    found.send = meanwhile
    hand = Hand(found, found.watch(WITHIN))
    for doing, a, b in plan:
        DOINGS[doing](hand, a, b)
    found.send = Site.send.__get__(found)
    theirs = {path: foreign(found.router.rows(path)) for path in (FILTER, LISTS)}
    waited(found, end.again)
    after = found.network()
    for path, rows in before.items():
        ours = [row for row in rows if row not in foreign(rows)]
        now = kept(before.get(path, []), after.get(path, []))
        assert [row for row in now if row not in foreign(now)] == ours, path
    assert {path: foreign(found.router.rows(path)) for path in theirs} == theirs


@given(plans, st.integers(0, 8), numbers, numbers)
@settings(max_examples=rounds(6, 1000), deadline=None)
def test_two_stacks_at_once_never_write_under_each_others_guard(plan, at, a, b):
    found = site()
    before = found.network()
    hand = Hand(found, found.watch(WITHIN))
    for step, (doing, one, other) in enumerate(plan):
        if step == at:
            armed = hand.watch.state is not None
            rival(found, a, b)
            if not armed:  # its change is confirmed, and is what there is before ours
                before = found.network()
        DOINGS[doing](hand, one, other)
    waited(found)
    assert changed(before, found.network()) == []


@given(plans, st.lists(st.integers(0, 40), max_size=3), ends)
@settings(max_examples=rounds(8, 1500), deadline=None)
def test_what_lost_answers_leave_is_undone_as_well(plan, lost, end):
    """As where a bridge is set anew and takes our connection along: what was sent is done, and nobody knows."""
    found = site()
    before = found.network()
    count = [0]

    def unheard(commands):
        answers = Site.send(found, commands)
        count[0] += 1
        if count[0] in lost:
            raise Lost
        return answers

    found.send = unheard
    hand = Hand(found, found.watch(WITHIN))
    for doing, a, b in plan:
        with contextlib.suppress(Lost):
            DOINGS[doing](hand, a, b)
    found.send = Site.send.__get__(found)
    waited(found, end.again)
    assert changed(before, found.network()) == []


class Plain:
    """A deployment that nobody guards."""

    def through(self, commands, send):
        return send(commands)


def without_ids(network):
    return {
        path: [{name: row[name] for name in row if name != ".id"} for row in rows] for path, rows in network.items()
    }


@given(plans)
@settings(max_examples=rounds(12, 1000), deadline=None)
def test_what_is_confirmed_is_what_was_planned(plan):
    plain, guarded = site(), site()
    hand = Hand(plain, Plain())
    for doing, a, b in plan:
        DOINGS[doing](hand, a, b)
        plain.wait(2)
    deploy(guarded, plan)
    if standing("", guarded.send).state is not None:
        confirm("", guarded.send)
    wanted, found = without_ids(plain.network()), without_ids(guarded.network())
    for network in (wanted, found):
        for row in network["/interface"]:
            row.pop("private-key", None)  # each router makes its own
        for row in network[LISTS]:
            row.pop("creation-time", None)
        network[LISTS].sort(key=lambda row: (row["list"], row["address"]))  # one that comes again is where it was
    assert changed(wanted, found) == []
