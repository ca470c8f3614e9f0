"""No row is lost, whatever becomes of the program that declares it.

Two stacks on one router, in which the same names stand, are refactored at random: resources get other names, go into
components and out of them, are replaced, with aliases and without; runs are killed between any two steps, split over
processes, or have no gate. What is declared before and after is there at every moment and is the same row.
"""

from collections.abc import Mapping

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from at_length import rounds
from refactoring import PROJECT, Item, Run, Stack
from wiretik_provider.api.link import close_all
from wiretik_provider.gate import conflicts, expectations, remarks
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

pytestmark = pytest.mark.property

FILTER, LISTS, PEERS = "/ip/firewall/filter", "/ip/firewall/address-list", "/interface/wireguard/peers"
WIREGUARD = "/interface/wireguard"
PLAIN = ("/ip/address", "/interface/list", "/ip/route")
NETWORK = {"a": "10.1", "b": "10.2"}
"""What the rows of each stack are of; the names of lists and interfaces that aren't theirs are the same."""
KEY = {"a": "A0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "b": "B0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="}


def things(stack):
    """What a stack may declare, by a name of this test: the kind, the SDK's class, and the properties."""
    net, key, other = NETWORK[stack], KEY[stack], KEY[stack].replace("0VS", "1VS", 1)
    rule = {"action": "accept", "chain": "forward"}
    return {
        "address": ("/ip/address", "IpAddress", {"address": f"{net}.0.1/24", "interface": "ether2"}),
        "address 2": ("/ip/address", "IpAddress", {"address": f"{net}.70.1/24", "interface": "ether2"}),
        "interface": (WIREGUARD, "WireGuardInterface", {"name": f"wg-{stack}"}),
        "peer": (PEERS, "Peer", {"interface": "wg1", "public_key": key, "allowed_address": [f"{net}.9.0/24"]}),
        "peer 2": (PEERS, "Peer", {"interface": "wg1", "public_key": other, "allowed_address": [f"{net}.8.0/24"]}),
        "list": ("address-list", "AddressList", {"list": "l", "entries": {f"{net}.1.{n}": "" for n in range(3)}}),
        "members": ("/interface/list", "InterfaceList", {"name": f"list-{stack}"}),
        "rule": (FILTER, "FilterRule", {**rule, "src_address": f"{net}.2.0/24", "position": {"at": "before-drop"}}),
        "block": (
            f"block:{FILTER}",
            "FilterChain",
            {
                "chain": "forward",
                "order": ["one", "two"],
                "rules": {
                    name: {"action": "accept", "src_address": f"{net}.{n}.0/24"}
                    for n, name in enumerate(("one", "two"), 3)
                },
            },
        ),
        "prefix": (f"held:{PEERS}", "AllowedAddress", {"element": f"{net}.7.0/24"}),
        "route": ("/ip/route", "Route", {"dst_address": f"{net}.50.0/24", "gateway": "192.168.88.9"}),
    }


PAIRS = {one: other for pair in (("address", "address 2"), ("peer", "peer 2")) for one, other in (pair, pair[::-1])}
"""Things that may exchange what they are, each the other's row's key."""
KEYED = {"address", "interface", "peer", "list", "members", "prefix", *PAIRS}
"""What has a natural key, and so stays the same row by another name, too."""
FIRST = {"address 2": "second", "peer 2": "second"}
"""Of which name two are of one type."""
NAMES, PARENTS = ("one", "two", "three"), ("", "site:Branch", "site:Branch$site:Leaf")


@attrs.frozen
class Place:
    """How a program has a thing."""

    name: str
    parent: str = ""
    comment: str = ""
    exchanged: bool = False
    aliases: frozenset[str] = frozenset()
    forced: bool = False


Program = Mapping[str, Place]

moves = st.one_of(
    st.builds(lambda name, alias: ("rename", name, alias), st.sampled_from(NAMES), st.booleans()),
    st.builds(lambda parent, alias: ("move", parent, alias), st.sampled_from(PARENTS), st.booleans()),
    st.builds(lambda text: ("edit", text, False), st.sampled_from(("", "x", "y"))),
    st.just(("replace", "", False)),
    st.just(("drop", "", False)),
    st.just(("exchange", "", False)),
)
runs = st.builds(
    Run,
    killed=st.none() | st.integers(0, 9),
    written=st.booleans(),
    gate=st.sampled_from((True, True, True, False)),
    apart=st.booleans(),
)


def made_of(parts):
    """A prefix that is held is of a peer, which exchanges its key with none."""
    return ["peer", *(one for one in parts if one not in ("peer", "peer 2"))] if "prefix" in parts else parts


parts = st.lists(st.sampled_from(sorted(things("a"))), min_size=1, max_size=4, unique=True).map(made_of)
"""What the programs of an example are made of."""


def deployments(parts):
    change = st.dictionaries(st.sampled_from(parts), moves, min_size=1, max_size=3)
    many = st.lists(st.tuples(st.sampled_from("ab"), change, runs), min_size=1, max_size=4)
    return st.tuples(st.just(parts), many, st.booleans())


def items(stack, program):
    found = {}
    held = things(stack)["prefix"][2]["element"]
    for what, place in sorted(program.items(), key=lambda one: one[0] == "prefix"):
        kind, type_, props = things(stack)[PAIRS[what] if place.exchanged else what]
        if what == "prefix":
            if "peer" in program:
                of = ownership.make(PROJECT, stack, "Peer", program["peer"].name)
                found[what] = Item(
                    kind, type_, place.name, {**props, "of": of}, place.parent, place.aliases, place.forced
                )
            continue
        if what == "peer" and "prefix" in program:
            props = {**props, "allowed_address": [*props["allowed_address"], held], "held": [held]}
        told = {} if kind.startswith(("block:", "address-list")) else {"comment": place.comment}
        found[what] = Item(kind, type_, place.name, {**props, **told}, place.parent, place.aliases, place.forced)
    return found


def free(programs, what, name):
    """A name that the other thing of the same type neither has nor had: it would be that one, changed."""
    taken = {program[PAIRS[what]].name for program in programs if PAIRS.get(what) in program}
    return next(one for one in (name, *NAMES, "four", "five") if one not in taken)


def refactored(stack, program, change, earlier=()):
    """The program after some moves; `earlier` are programs of which the state may still have something."""
    new = {what: attrs.evolve(place, forced=False) for what, place in program.items()}
    before = items(stack, program)
    for what, (verb, value, alias) in change.items():
        if verb == "drop":
            new.pop(what, None)
            continue
        place = new.setdefault(what, Place(free((*earlier, program, new), what, FIRST.get(what, "one"))))
        if verb == "edit":
            new[what] = attrs.evolve(place, comment=value)
        elif verb == "exchange":
            for one in (what, PAIRS.get(what)) if what in PAIRS and PAIRS[what] in new else ():
                new[one] = attrs.evolve(new[one], exchanged=not new[one].exchanged)
        elif verb == "replace":
            new[what] = attrs.evolve(place, forced=True)
        else:
            known = {before[what].urn} if alias and what in before else set()
            name = {"rename": "name", "move": "parent"}[verb]
            now = free((*earlier, program, new), what, value) if verb == "rename" else value
            new[what] = attrs.evolve(place, **{name: now}, aliases=(place.aliases if alias else frozenset()) | known)
    return new


class World:
    """A router, and the rows on it."""

    def __init__(self, lab):
        self.lab = lab
        self.stacks = {name: Stack(lab, name) for name in "ab"}
        self.exchanging = {name: set() for name in "ab"}
        """Things that exchange their values, until a run has ended well."""
        self.others_now = {name: set() for name in "ab"}
        """Those whose resource has another name without an alias, and so is another one with another value."""
        lab.run(f"{WIREGUARD}/add", name="wg1")
        lab.run(f"{FILTER}/add", chain="forward", action="drop", comment="somebody's drop")

    def rows(self, stack, what):
        """The rows of a thing, by what makes each of them that row."""
        kind, _, props = things(stack)[what]
        if what == "prefix":
            peers = self.lab.router.rows(PEERS)
            return [[row for row in peers if props["element"] in row.get("allowed-address", "").split(",")]]
        wanted = [props]
        path = LISTS if kind == "address-list" else kind.removeprefix("block:")
        if what == "list":
            wanted = [{"list": "l", "address": one} for one in props["entries"]]
        elif what == "block":
            wanted = [{"chain": "forward", **rule} for rule in props["rules"].values()]
        telling = ("address", "name", "public-key", "src-address", "dst-address")
        found = []
        for one in wanted:
            marks = {name.replace("_", "-"): text for name, text in one.items()}
            marks = {name: text for name, text in marks.items() if name in telling}
            found.append([row for row in self.lab.router.rows(path) if marks.items() <= row.items()])
        return found

    def there(self, stack, what):
        """Whether all of a thing is on the router."""
        return all(self.rows(stack, what))

    def ids(self, stack, what):
        """Which rows they are, with the key that the router made of an interface."""
        return [[(row[".id"], row.get("private-key")) for row in some] for some in self.rows(stack, what)]

    def owned(self, stack, what):
        """The ids of a stack's rows in a thing's menu."""
        part = ownership.stack_part("site", stack)
        kept = self.lab.router.rows(things(stack)[what][0].removeprefix("held:"))
        return {row[".id"] for row in kept if f":{part}" in row.get("comment", "")}

    def others(self, stack):
        """All rows but a stack's own."""
        part = ownership.stack_part("site", stack)
        return {
            path: [row for row in rows if f":{part}" not in row.get("comment", "")]
            for path, rows in {**self.lab.router.snapshot(), WIREGUARD: self.lab.router.rows(WIREGUARD)}.items()
            if path not in ("/interface", "/system/resource", "/log")
        }

    def tagged(self, stack):
        """A stack's rows, but for those that its state can't know of."""
        part, menus = ownership.stack_part("site", stack), (FILTER, LISTS, PEERS, WIREGUARD, *PLAIN)
        tags = [
            tag
            for path in menus
            for row in self.lab.router.rows(path)
            if (tag := ownership.split(row.get("comment", ""))[1]) and tag.stack == part
        ]
        return [tag for tag in tags if tag.owner not in self.stacks[stack].unknown - self.stacks[stack].tags]

    def renamed(self, name, program):
        """What the state has by another name, of which the program doesn't say so."""
        kept = self.stacks[name].state
        known, tags = {one.item.urn for one in kept}, self.stacks[name].tags
        return {
            what
            for what, item in items(name, program).items()
            if known.isdisjoint({item.urn, *item.aliases}) and self.stacks[name].tag(item) not in tags
        }

    def lost(self, name, program):
        """What a killed run deleted, the state has still, and the program declares again: the next run makes none."""
        return {
            what for what, item in items(name, program).items() if self.stacks[name].tag(item) in self.stacks[name].lost
        }

    def deploy(self, name, program, run, anew):
        """One run, in which nothing that stays declared is missing for a moment, and nothing of others' is touched."""
        stack, others = self.stacks[name], self.others(name)
        looks = {what: PAIRS[what] if place.exchanged else what for what, place in program.items()}
        loose = self.exchanging[name] | self.lost(name, program)
        staying = [what for what in items(name, program) if self.there(name, looks[what]) and what not in loose]
        same = [what for what in program if what not in self.others_now[name]]
        pairs = [(what, self.owned(name, what)) for what in same if PAIRS.get(what) in same]
        ids = {what: self.ids(name, looks[what]) for what in staying if what not in anew}
        before = self.lab.router.snapshot()
        written, missed = [], []
        execute = self.lab.router.execute

        def watch(words, *rest):
            answer = execute(words, *rest)
            if words[0].rpartition("/")[2] in ("add", "set", "remove", "move"):
                written.append(words)
                missed.extend(f"{what} is gone after {words}" for what in staying if not self.there(name, looks[what]))
            return answer

        self.lab.router.execute = watch
        try:
            refused = stack.up(list(items(name, program).values()), run)
        finally:
            del self.lab.router.execute
        assert missed == []
        if refused and run.gate:
            assert written == []
            assert self.lab.router.snapshot() == before
        assert self.others(name) == others
        for what, was in ids.items():
            assert self.ids(name, looks[what]) == was, what
        for what, was in pairs:
            assert len(was) < 2 or self.owned(name, what) == was, "what is exchanged are values, not rows"
        if run.gate and run.killed is None and not refused:
            self.exchanging[name], self.others_now[name] = set(), set()
        return refused


@pytest.fixture(autouse=True)
def rows_alone(monkeypatch):
    """What becomes of packets is looked at in other tests, and takes half of a gate's time; and nobody reads notes."""
    monkeypatch.setattr(expectations, "problems", lambda *_, **__: [])
    for room in (conflicts, remarks):
        monkeypatch.setattr(room, "say", lambda _: None)


@settings(
    max_examples=rounds(30, 5000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(parts.flatmap(deployments))
def test_what_is_declared_before_and_after_is_the_same_row_whatever_becomes_of_the_program(case):
    parts, deployments, destroyed = case
    with serve(tls=False, password="none") as lab:
        world = World(lab)
        programs = {name: {what: Place(FIRST.get(what, "one")) for what in parts} for name in "ab"}
        anew = {name: set() for name in "ab"}
        earlier = {name: [] for name in "ab"}
        for name, program in programs.items():
            assert world.deploy(name, program, Run(), set()) == []
        for name, change, run in deployments:
            new = refactored(name, programs[name], change, earlier[name])
            renamed = world.renamed(name, new)
            anew[name] |= renamed - KEYED
            world.exchanging[name] |= {
                what for what in new if new[what].exchanged != programs[name].get(what, Place("")).exchanged
            }
            world.others_now[name] |= renamed & world.exchanging[name]
            refused = world.deploy(name, new, run, anew[name])
            if not (refused and run.gate):
                well = run.gate and run.killed is None
                earlier[name] = [] if well else [*earlier[name], programs[name]]
                programs[name] = new

        for name, program in () if destroyed else programs.items():
            calm = {what: attrs.evolve(place, forced=False) for what, place in program.items()}
            assert world.deploy(name, calm, Run(), anew[name]) == []
            stack, lost = world.stacks[name], world.lost(name, calm)
            made_anew = {items(name, calm)[what].urn for what in lost}
            stack.refresh()  # a run that was killed, and not carried on, is drift
            assert world.deploy(name, calm, Run(), set()) == []
            assert all(verb == "update" or (verb == "create" and urn in made_anew) for verb, urn in stack.steps)
            stack.refresh()
            assert world.deploy(name, calm, Run(), set()) == []
            assert stack.steps == []
            assert len(world.tagged(name)) == sum(len(world.rows(name, what)) for what in calm if what != "prefix")
        for name, stack in world.stacks.items():
            stack.destroy()
            assert world.tagged(name) == []
    close_all()
