"""A change as the writes that it is made of: every moment between before and after, in an order that is possible.

A program is run under mocks, so its resources, their dependencies and what the gate is told of them are known without a
deployment. `moments` brings routers from one program to the next as an engine does: what is new or different in some
order that the dependencies allow, and then what is gone, dependents first. `in_between` judges what it finds.
"""

import base64
import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pulumi
from pulumi.runtime.mocks import MockMonitor, MockResourceArgs

import mocked
from wiretik_provider.declared import read as as_declared
from wiretik_provider.menus.interface import PEERS
from wiretik_provider.rows import ownership
from wiretik_provider.simulator.router import Router
from wiretik_provider.simulator.services.faults import WRITES
from wiretik_provider.trace import MENUS, MENUS6, Snapshot
from wiretik_provider.trace.plan import after
from wiretik_provider.trace.questions.question import Question
from wiretik_provider.trace.settings import INTERFACES

# --- what a program declares -----------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Resource:
    """A row, a list or a block that a program declares.

    Attributes:
        name: its logical name.
        router: the name of its router.
        entries: what the gate is told of it.
        needs: the names of the resources that must be there first.
    """

    name: str
    router: str
    entries: Sequence[Mapping[str, Any]]
    needs: frozenset[str]


Expected = Mapping[Question, str]
"""What must hold of a router's packets, a program's own expectations and its components', with what it is called."""


@attrs.frozen(eq=False)
class Program:
    """What a program declares.

    Attributes:
        resources: by logical name.
        expected: by router.
    """

    resources: Mapping[str, Resource] = attrs.field(factory=dict)
    expected: Mapping[str, Expected] = attrs.field(factory=dict)

    @property
    def routers(self) -> list[str]:
        """The names of the routers that it is for."""
        return sorted({one.router for one in self.resources.values()})


NOTHING = Program()
"""What is declared before the first up and after a destroy."""


class _Answers(pulumi.runtime.Mocks):
    def new_resource(self, args: MockResourceArgs) -> tuple[str, dict[str, Any]]:
        key = base64.b64encode(hashlib.sha256(args.name.encode()).digest()).decode()
        own = {"private_key": key} if args.typ.endswith(":WireGuardKey") else {}
        return f"{args.name}-id", {**args.inputs, "public_key": key, **own}

    def call(self, args: Any) -> Any:
        del args
        return {}


class _Monitor(MockMonitor):
    """Notes who needs whom."""

    def __init__(self, config: Mapping[str, str]) -> None:
        super().__init__(_Answers())
        self.needs: dict[str, frozenset[str]] = {}
        self.gates: list[Mapping[str, Any]] = []
        self._config = config

    def GetDeploymentInfo(self, request: Any) -> Any:  # noqa: N802  (gRPC's name; the first that is asked)
        pulumi.runtime.set_all_config(dict(self._config))
        return super().GetDeploymentInfo(request)

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802
        answer = super().RegisterResource(request)
        self.needs[request.name] = frozenset(
            urn.rpartition("::")[2] for urn in (*request.dependencies, request.parent) if urn
        )
        if request.type.endswith(":Preflight"):
            self.gates.append(self.resources[answer.urn].state)
        return answer


def declared(body: Callable[[], object], config: Mapping[str, str] | None = None) -> Program:
    """What a program declares."""
    monitor = _Monitor(config or {})
    mocked.run(body, monitor.mocks, monitor=monitor)
    resources = {one.name: one for gate in monitor.gates for one in _resources(gate, monitor.needs)}
    return Program(resources, {gate.get("router", ""): _expected(gate) for gate in monitor.gates})


def _expected(gate: Mapping[str, Any]) -> Expected:
    found: dict[Question, str] = {}
    for entry in gate["expectations"]:
        assert not entry["unknown"], entry  # or it would be left out in silence
        if entry["props"]["kind"] in ("lan", "clock", "shares"):  # of a prefix or a router, and not of packets
            continue
        question = Question.of(entry["props"])
        found.setdefault(question, entry["name"] or question.kind)
    return found


def _resources(gate: Mapping[str, Any], needs: Mapping[str, frozenset[str]]) -> Iterator[Resource]:
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for entry in gate["rows"]["value"]:  # it is a secret
        by_name.setdefault(entry["name"].partition(".")[0] if entry["part"] else entry["name"], []).append(entry)
    for name, entries in by_name.items():
        yield Resource(name, gate.get("router", ""), entries, _reached(name, needs) - {name})


def _reached(name: str, needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """All that a resource needs, what its components need among it."""
    found: set[str] = set()
    left = [name]
    while left:
        new = needs.get(left.pop(), frozenset()) - found
        found |= new
        left += new
    return frozenset(found)


# --- every moment of a change ----------------------------------------------------------------------------------------

Routers = dict[str, Snapshot]
"""The routers of a stack by name."""


def routers(*names: str) -> Routers:
    """Factory routers, whose internet has IPv6, too: else nothing of it could leave past anything."""
    return {name: read(_factory()) for name in names}


def _factory() -> Router:
    router = Router("defconf")
    # The factory's rules drop what comes from the addresses of documents, 2001:db8::/32.
    router.run("/ipv6/address/add", address="fd88::1/64", interface="bridge")
    router.run("/ipv6/route/add", dst_address="::/0", gateway="fe80::1%ether1")
    return router


def moments(now: Routers, old: Program, new: Program, order: Sequence[str]) -> Iterator[tuple[str, Routers]]:
    """The routers after each write, with the name of what was written.

    Args:
        now: the routers with the old program on them.
        old: what was declared before.
        new: what is declared.
        order: the names of both in the order in which they are written as far as dependencies allow.
    """
    was, wanted = old.resources, new.resources
    there = dict(was)
    for name in _ordered(wanted, {name: one.needs & wanted.keys() for name, one in wanted.items()}, order):
        if name in was and was[name].entries == wanted[name].entries:
            continue  # engines don't write what is the same
        there[name] = wanted[name]
        if _matters(wanted[name]):
            now = _written(now, there, wanted[name].router)
        yield name, now
    gone = was.keys() - wanted.keys()
    users = {name: frozenset(user for user in gone if name in was[user].needs) for name in gone}
    for name in _ordered(gone, users, order):
        del there[name]
        if _matters(was[name]):
            now = _written(_given_back(now, was[name]), there, was[name].router)
        yield f"without {name}", now


def deployed(program: Program) -> Routers:
    """Factory routers with a program on them."""
    now = routers(*program.routers)
    return {router: _written(now, program.resources, router)[router] for router in now}


def _matters(one: Resource) -> bool:
    """Whether a packet's way may depend on it."""
    return any(
        entry["menu"].rpartition(":")[2] in {*MENUS, *MENUS6, "address-list"}
        and entry["props"].get("action") != "change-mss"
        for entry in one.entries
    )


def _written(now: Routers, there: Mapping[str, Resource], router: str) -> Routers:
    entries = [entry for one in there.values() if one.router == router for entry in one.entries]
    told = [*(_holding(entry, entries) for entry in entries), _NOBODY]
    return {**now, router: after(now[router], [as_declared(entry) for entry in told])}


def _given_back(now: Routers, gone: Resource) -> Routers:
    """The routers whose row a resource took over and gives back: as the factory made it."""
    rows, made = dict(now[gone.router].rows), read(_factory()).rows
    for one in map(as_declared, gone.entries):
        for path in (one.menu.path, INTERFACES) if one.menu and one.adopt else ():
            was = {row.get(".id"): row for row in made.get(path, ())}
            there = rows.get(path, ())
            rows[path] = [was.get(row.get(".id"), row) if _is_of(row, one.tag) else row for row in there]
    return {**now, gone.router: attrs.evolve(now[gone.router], rows=rows)}


def _is_of(row: Mapping[str, str], owner: str) -> bool:
    tag = ownership.tag_of(row)
    return tag is not None and tag.owner == owner


def _holding(entry: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """A peer with what is held of it: it stays until what holds it is gone."""
    if entry["menu"] != PEERS.path:
        return entry
    held = [
        other["props"]["element"]
        for other in entries
        if other["menu"] == f"held:{PEERS.path}" and other["props"]["of"] == entry["tag"]
    ]
    allowed = dict.fromkeys([*entry["props"]["allowed_address"], *held])
    return {**entry, "props": {**entry["props"], "allowed_address": list(allowed)}}


_NOBODY = {"menu": "", "name": "", "tag": ownership.make("site", "lab", "", ""), "props": {}}
"""By whose tag the stack is known when it has nothing any more."""


def _ordered(names: Collection[str], needs: Mapping[str, frozenset[str]], order: Sequence[str]) -> Iterator[str]:
    left = [name for name in order if name in names]
    done: set[str] = set()
    while left:
        name = next(name for name in left if needs[name] <= done)
        left.remove(name)
        done.add(name)
        yield name


# --- real routers ----------------------------------------------------------------------------------------------------


def read(router: Router) -> Snapshot:
    """A router as it is."""
    return Snapshot({path: router.rows(path) for path in (*MENUS, *MENUS6) if path in router.menus})


@contextlib.contextmanager
def recorded(router: Router) -> Iterator[list[tuple[str, Snapshot]]]:
    """The router after each write that reaches it meanwhile, with the command's words."""
    found: list[tuple[str, Snapshot]] = []
    execute = router.execute

    def record(words: Sequence[str], *rest: Any) -> Any:
        answer = execute(words, *rest)
        if words[0].rpartition("/")[2] in WRITES:
            found.append((" ".join(words), read(router)))
        return answer

    router.execute = record  # type: ignore[method-assign]
    try:
        yield found
    finally:
        del router.execute
