"""The gate of each router: one `Preflight` resource that every row of the router depends on.

It learns of every row that the program declares, wherever it stands, because its input is collected by a coroutine that
runs when the program's body has ended. It never waits for an output of a row that it gates: what isn't known after a
few turns of the event loop counts as unknown. A program that itself waits for such an output (`pulumi.run` with an
asynchronous main) gets the gate with the rows that it declared until then; rows that are made inside `apply`, or later,
depend on the gate too, but it hasn't seen them.
"""

from __future__ import annotations

import asyncio
import json
import weakref
from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env, is_config_secret
from pulumi.runtime.settings import get_root_resource

from wiretik import _pulumi_compat
from wiretik.resources.base import guard
from wiretik.resources.base.ancestry import chains
from wiretik.resources.base.front import PART, Fronted, Part, former_front, is_plugin
from wiretik.resources.base.misuse import Misuse
from wiretik.resources.base.position import Position
from wiretik_provider.api.access import misnamed

__all__ = ["Gate", "Place", "Preflight", "gate_of"]

_TURNS: Final = 50
"""Turns of the event loop in which outputs of config and plain values settle; nothing that needs a router does."""

_PATIENCE: Final = 1.0
"""Seconds without a new row after which an asynchronous program that is still waiting is taken to wait for one."""


_Told = pulumi.Output[list[dict[str, Any]]]


class Preflight(Fronted, module="wiretik", name="Preflight"):
    """What must hold before a router is written to; registered by itself, once for each router of a stack.

    Its check connects, also in a preview: login, version, policies, the router's identity, names that nobody has, rows
    of others in the way. If it fails, no row of that router is written.
    """

    identity: pulumi.Output[str]
    """The router's serial number or software id."""
    version: pulumi.Output[str]
    """RouterOS's version, such as `7.23.2 (stable)`."""

    def __init__(
        self,
        name: str,
        router: str,
        rows: _Told,
        expectations: _Told,
        part: Part | None = None,
    ) -> None:
        props: dict[str, Any] = {"rows": rows, "expectations": expectations, "identity": None, "version": None}
        props["preview"] = pulumi.runtime.is_dry_run()  # a look, like the rows: the gate keeps neither
        if router:
            props["router"] = router
        if is_plugin():
            props["front"] = "plugin"  # a note for the day on which it isn't any more
        opts = former_front("Preflight")
        if part is not None:
            props["part"] = f"{part.type}::{part.name}"
            # Without its type, as gates of components were called before: what it noted stays its own.
            former = pulumi.Alias(name=f"{part.name}{name.removeprefix(part.gate)}")
            opts = pulumi.ResourceOptions(provider=part.provider, aliases=[former])
        super().__init__("gate", name, props, opts)


class Place(NamedTuple):
    """Where a rule or a block of rules asks to stand."""

    menu: str
    chain: object
    """A name, or an output of one."""
    name: str
    """The resource's logical name."""
    position: Position | None
    block: bool
    prunes: bool


class Gate:
    """One router's gate, and what the program has declared behind it so far."""

    def __init__(self, router: str) -> None:
        self.declared: list[dict[str, Any]] = []
        self.expected: list[dict[str, Any]] = []
        self._closed = False
        self._places: list[Place] = []
        self._resources: list[pulumi.Resource | None] = []
        self._probes: list[dict[str, Any]] = []
        self._last: dict[str, tuple[Callable[[Sequence[pulumi.Resource]], object], list[pulumi.Resource]]] = {}
        self._very_last: set[str] = set()
        self._router = router
        self._part = PART.get()
        self._guarded = guard.asked() and self._part is None  # a change is kept by its program, which is another's
        told = asyncio.ensure_future(self._collect())
        rows = _output(_part(told, 0), secret=True)
        expectations = _output(_part(told, 1))
        name = "-".join(filter(None, (self._part.gate if self._part else "", "preflight", router)))
        preflight = Preflight(name, router, rows, expectations, self._part)
        self.resources: list[pulumi.Resource] = [preflight]
        """What every row depends on."""
        if self._guarded:
            probes = _output(_part(told, 2))
            self.resources.append(guard.Guard(f"guard-{router}" if router else "guard", router, probes, preflight))

    def declare(
        self,
        menu: str,
        name: str,
        tag: str,
        props: Mapping[str, Any],
        *,
        adopt: bool = False,
        part: bool = False,
        itself: pulumi.Resource | None = None,
        **where: object,
    ) -> None:
        """Tells the gate of a row, or with `part` of one row of a block; values may be outputs.

        `itself` is the resource; `where` is the position and, of a block, what it does with rows of others.
        """
        if not self._closed:
            row = {"menu": menu, "name": name, "tag": tag, "adopt": adopt, "part": part, "props": dict(props)}
            self.declared.append({**row, **where})
            self._resources.append(itself)

    def expect(self, name: str, props: Mapping[str, Any], *, promise: bool = False) -> None:
        """Tells the gate of an expectation, or of a component's promise; values may be outputs."""
        if not self._closed:
            self.expected.append({"name": name, "promise": promise, "props": dict(props)})

    def probe(self, asked: dict[str, Any]) -> None:
        """Notes what must be as well after the change as before it."""
        if not self._closed:
            self._probes.append(asked)

    def at_end(
        self,
        name: str,
        make: Callable[[Sequence[pulumi.Resource]], object],
        after: Sequence[pulumi.Resource] = (),
        *,
        late: bool = False,
    ) -> None:
        """Has something done once when the program's body has ended, such as a row that comes after those of several.

        Args:
            name: what it is; who says so first says how.
            make: gets all that any of them says is there before it.
            after: what is there before it.
            late: whether it leans on what others do then.
        """
        self._last.setdefault(name, (make, []))[1].extend(after)
        self._very_last |= {name} if late else set()

    def place(self, new: Place) -> None:
        """Notes where a rule or a block asks to stand.

        Raises:
            Misuse: a pruning block isn't alone in its chain, or two blocks want one place without a mutual order.
        """
        for other in self._places:
            if (other.menu, other.chain) != (new.menu, new.chain) or isinstance(new.chain, pulumi.Output):
                continue
            if new.prunes or other.prunes:
                pruning, victim = (new, other) if new.prunes else (other, new)
                raise Misuse(
                    f"{pruning.name!r} prunes chain {new.chain!r} of {new.menu}, where {victim.name!r} stands too: "
                    "make it one block, or foreign='keep'"
                )
            if new.block and other.block and new.position is not None and new.position == other.position:
                raise Misuse(
                    f"blocks {other.name!r} and {new.name!r} ask for one place in chain {new.chain!r} of {new.menu}: "
                    "say which comes first, with Before(...) or After(...), or make them one block"
                )
        self._places.append(new)

    async def _collect(self) -> tuple[list[dict[str, Any]], ...]:
        root = self._part or get_root_resource()
        waited, seen = 0.0, -1
        while not _pulumi_compat.body_ended(root) and waited < _PATIENCE:
            await asyncio.sleep(0.01 if seen >= 0 else 0)  # at first it may be about to end
            waited, seen = (waited + 0.01, seen) if len(self.declared) == seen else (0.0, len(self.declared))
        for name in sorted(self._last, key=self._very_last.__contains__):
            make, after = self._last[name]
            make(after)
        self._closed = True
        if self._guarded:
            rows = [resource for resource in self._resources if resource is not None]
            behind = [*self.resources, *{id(row): row for row in rows}.values()]
            guard.Seal(f"seal-{self._router}" if self._router else "seal", self._router, behind)
        told = [*self.declared, *self.expected]
        looks = {
            (at, name): asyncio.ensure_future(_look(value))
            for at, row in enumerate(told)
            for name, value in row["props"].items()
            if isinstance(value, pulumi.Output)
        }
        for _ in range(_TURNS):
            if all(look.done() for look in looks.values()):
                break
            await asyncio.sleep(0)
        # Those that aren't done are left to end by themselves: cancelling one would cancel the output it waits for.
        found = {at: look.result() for at, look in looks.items() if look.done()}
        known = [_known(at, row, found) for at, row in enumerate(told)]
        above = chains() if any("parent" in row for row in self.declared) else {}
        for row, resource in zip(known, self._resources, strict=False):  # expectations come behind
            if resource is not None:
                token = resource.pulumi_resource_type.rpartition(":")[2]
                name = f"{token}::{resource.pulumi_resource_name}"
                row |= {"resource": above.get(id(resource), "") + name, "aliased": _pulumi_compat.aliased(resource)}
        return known[: len(self.declared)], known[len(self.declared) :], self._probes


async def _part(told: asyncio.Future[tuple[list[dict[str, Any]], ...]], part: int) -> list[dict[str, Any]]:
    return (await told)[part]


def _output(told: Awaitable[list[dict[str, Any]]], *, secret: bool = False) -> _Told:
    """An output of what the gate is told.

    Pulumi's own way makes an output of each value in it, to find those that are outputs themselves, for a third of a
    program's time; few values are.
    """

    async def settled() -> tuple[set[pulumi.Resource], list[dict[str, Any]], bool, bool]:
        plain = await told
        if _is_plain(plain):
            return set(), plain, True, secret
        deep = pulumi.Output.from_input(plain)
        value: Any = await deep.future(with_unknowns=True)
        return await deep.resources(), value, await deep.is_known(), secret or await deep.is_secret()

    found = asyncio.ensure_future(settled())
    return pulumi.Output(_Of(found, 0), _Of(found, 1), _Of(found, 2), _Of(found, 3))


class _Of:
    """A part of what is awaited; one that nobody awaits, since another one failed, is no coroutine left behind."""

    def __init__(self, whole: Awaitable[Any], part: int) -> None:
        self._whole, self._part = whole, part

    def __await__(self) -> Generator[Any, Any, Any]:
        return (yield from self._whole.__await__())[self._part]


def _is_plain(value: object) -> bool:
    """Whether a value is made of nothing but text, numbers, lists and mappings."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


async def _look(value: pulumi.Output[Any]) -> tuple[bool, Any]:
    """Whether an output is known, and what it is."""
    try:
        return await value.is_known(), await value.future()
    except Exception:  # noqa: BLE001  (whatever a program's apply raised is reported where the row is registered)
        return False, None


def _known(at: int, row: dict[str, Any], found: Mapping[tuple[int, str], tuple[bool, Any]]) -> dict[str, Any]:
    """A declared row with the values that are there, and the names of those that aren't yet."""
    props: dict[str, Any] = {}
    unknown: list[str] = []
    for name, value in row["props"].items():
        known, plain = found.get((at, name), (False, None)) if isinstance(value, pulumi.Output) else (True, value)
        if not known:
            unknown.append(name)
        elif plain is not None:
            props[name] = plain
    return {**row, "props": props, "unknown": unknown}


_GATES: weakref.WeakKeyDictionary[Any, dict[str, Gate]] = weakref.WeakKeyDictionary()


def gate_of(router: str) -> Gate:
    """The gate of a router in the running program; made at its first row.

    Two programs in one process (inline Automation API) have different stack resources, so they don't meet.

    Raises:
        pulumi.RunError: a second router, and no `wiretik:routers` that tells them apart; or config that nothing reads.
    """
    root = PART.get() or get_root_resource()
    gates = _GATES.setdefault(root, {}) if root is not None else {}
    if router not in gates:
        # The provider is told only of keys that it asks for, so a misspelt one is found here.
        if (
            not gates
            and pulumi.get_project() != "wiretik"
            and (wrong := misnamed({**get_config_env(), **CONFIG.get()}))
        ):
            raise pulumi.RunError("\n".join(wrong))
        is_plugin()  # refuses what is neither front, before anything is registered
        part = PART.get()
        own = part is not None and part.provider is not None  # whose properties say how to reach them
        if gates and not own and pulumi.Config("wiretik").get("routers") is None:
            names = " and ".join(repr(name) if name else "the router without a name" for name in [*gates, router])
            raise pulumi.RunError(
                f"{names} in one stack: wiretik:routers must say how to reach each of them, "
                "`pulumi config set --path wiretik:routers.NAME.host ADDRESS`"
            )
        if not gates:
            for key in _plain_passwords():
                pulumi.log.warn(
                    f"{key} stands in the stack's config in plain text, where whoever reads the file reads it: "
                    f"`pulumi config set --secret {key}` encrypts it"
                )
        gates[router] = Gate(router)
    return gates[router]


def _plain_passwords() -> Iterator[str]:
    """The config keys of passwords that aren't secrets, as `pulumi config set` takes them."""
    config = CONFIG.get()
    if config.get("wiretik:password") and not is_config_secret("wiretik:password"):
        yield "wiretik:password"
    try:
        routers = json.loads(config.get("wiretik:routers") or "{}")
    except ValueError:
        return  # the provider says so
    if isinstance(routers, dict) and not is_config_secret("wiretik:routers"):
        with_password = (name for name, entry in routers.items() if isinstance(entry, dict) and entry.get("password"))
        yield from (f"--path wiretik:routers.{name}.password" for name in with_password)
