"""A stack as an engine keeps it, for laws about refactorings: a state, the router that it is of, and runs that may end.

`Stack.up` does what Pulumi and the embedded engine do (docs/facts/pulumi.md#the-engines-duties): the gate first, then
what is declared, each by its URN or an alias of it, and at the end the deletions of what is no longer declared. A run
can be killed at any step, before or after its state is written, and each of its halves can be a process of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from linked import plain_links
from wiretik_provider.api.link import close_all
from wiretik_provider.errors import WiretikError
from wiretik_provider.kinds import Links
from wiretik_provider.registry import kind_named
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab

PROJECT = "site"


class Killed(Exception):
    """The run ended here."""


@attrs.frozen
class Item:
    """A resource as a program declares it.

    Attributes:
        kind: as the registry names it.
        type: the class of the SDK.
        name: its logical name.
        props: what is declared of it.
        parent: the components above it.
        aliases: URNs that it had.
        forced: somebody asks that it is replaced.
    """

    kind: str
    type: str
    name: str
    props: Mapping[str, Any]
    parent: str = ""
    aliases: frozenset[str] = frozenset()
    forced: bool = False

    @property
    def urn(self) -> str:
        return f"{self.parent}${self.type}::{self.name}"


@attrs.define(eq=False)
class Kept:
    """A resource in a state."""

    item: Item
    inputs: dict[str, Any]
    id: str
    outputs: dict[str, Any]
    leaving: bool = False
    """It was replaced and is to be deleted."""


@attrs.frozen
class Run:
    """How a run goes.

    Attributes:
        killed: at which step it ends, if at any.
        written: whether that step is in the state.
        gate: whether a gate is asked; without it is as with `--target`.
        apart: the deletions are another process's, which has asked no gate.
        first: what is forced goes before it is made again.
    """

    killed: int | None = None
    written: bool = False
    gate: bool = True
    apart: bool = False
    first: bool = False


@attrs.define(eq=False)
class Stack:
    """One stack on a router."""

    lab: Lab
    name: str
    state: list[Kept] = attrs.field(factory=list)
    noted: dict[str, Any] = attrs.field(factory=dict)
    """The gate's own inputs."""
    unknown: set[str] = attrs.field(factory=set)
    """Tags that a killed run wrote and of which no state knows: only an up with such a resource finds their rows."""
    ghosts: set[str] = attrs.field(factory=set)
    """Tags with which killed runs took rows over unbeknownst to the state: a deletion without a gate leaves these."""
    lost: set[str] = attrs.field(factory=set)
    """Tags of what a killed run deleted and the state has still: a refresh finds it gone, a run takes it for there."""
    steps: list[tuple[str, str]] = attrs.field(factory=list)
    """What the last run did."""

    @property
    def links(self) -> Links:
        return plain_links(self.lab, "none", guard="false")

    @property
    def tags(self) -> set[str]:
        """Of what the state has."""
        return {str(kept.inputs["tag"]) for kept in self.state}

    def tag(self, item: Item) -> str:
        return ownership.make(PROJECT, self.name, item.type, item.name)

    def up(self, items: Sequence[Item], run: Run) -> list[str]:
        """One run; what the gate refuses, or without it a router that is asked to do what can't be."""
        self.steps = []
        close_all()
        try:
            if run.gate and items and (problems := self._gate(items)):
                return problems
            self._make(items, run)
            if run.apart:
                close_all()
            declared = {item.urn for item in items}
            for kept in [*self.state][::-1]:
                if kept.leaving or kept.item.urn not in declared:
                    self._step(run, "delete", kept, last=not items)
            if not items:  # a program without rows has no gate: it goes after all that depended on it
                kind_named("gate").delete(self.links, "", {})
                self.noted = {}
        except Killed:
            pass
        except WiretikError as error:
            if run.gate:
                raise
            return [str(error)]
        return []

    def _gate(self, items: Sequence[Item]) -> list[str]:
        news = {"rows": [entry for item in items for entry in self._entries(item)], "expectations": []}
        self.noted, problems = kind_named("gate").check(self.links, self.noted, news)
        return [str(problem) for problem in problems]

    def _entries(self, item: Item) -> Iterator[dict[str, Any]]:
        """What the SDK tells the gate of a resource."""
        adopt = bool(item.props.get("adopt"))
        entry = {"menu": item.kind, "name": item.name, "tag": self.tag(item), "adopt": adopt, "part": False}
        if item.kind.startswith("block:"):
            for name, rule in item.props["rules"].items():
                props = {**rule, "chain": item.props["chain"]}
                yield {**entry, "menu": item.kind.removeprefix("block:"), "name": name, "part": True, "props": props}
        else:
            yield {**entry, "props": {name: value for name, value in item.props.items() if name != "position"}}

    def _make(self, items: Sequence[Item], run: Run) -> None:
        for item in items:
            kind = kind_named(item.kind)
            names = {item.urn, *item.aliases}
            old = next((kept for kept in self.state if kept.item.urn in names and not kept.leaving), None)
            inputs, problems = kind.check(self.links, old.inputs if old else {}, {**item.props, "tag": self.tag(item)})
            assert problems == []
            replaced = old is not None and (item.forced or bool(kind.replaces(old.outputs, inputs)))
            if old is None:
                self._step(run, "create", Kept(item, inputs, "", {}))
            elif replaced and (run.first or kind.deleted_first):
                self._step(run, "delete", old)
                self._step(run, "create", Kept(item, inputs, "", {}))
            elif replaced:
                self._step(run, "create", Kept(item, inputs, "", {}), instead=old)
            elif inputs != old.inputs:
                self._step(run, "update", old, inputs)
            else:
                old.item = item
                continue
            if old and not old.leaving:
                old.item = item

    def _step(
        self,
        run: Run,
        verb: str,
        kept: Kept,
        inputs: dict[str, Any] | None = None,
        instead: Kept | None = None,
        *,
        last: bool = False,
    ) -> None:
        kind, number = kind_named(kept.item.kind), len(self.steps)
        self.steps.append((verb, kept.item.urn))
        made: tuple[str, dict[str, Any]] = (kept.id, {})
        if verb == "create":
            made = kind.create(self.links, kept.inputs)
        elif verb == "update":
            made = kept.id, kind.update(self.links, kept.id, kept.outputs, inputs or {})
        else:
            kind.delete(self.links, kept.id, kept.outputs)
            alone = run.apart or not run.gate or (last and run.killed is not None)
            if alone and kept.inputs["tag"] in self.ghosts:
                self.unknown.add(str(kept.inputs["tag"]))
        tag = str((inputs or kept.inputs)["tag"])
        self.lost -= set() if verb == "delete" else {tag}
        if number == run.killed and not run.written:
            self.lost |= {tag} if verb == "delete" else set()
            self.ghosts |= {tag} if verb == "create" else set()
            if verb != "delete" and tag not in self.tags:
                self.unknown.add(tag)
            raise Killed
        if verb == "create":
            kept.id, kept.outputs = made
            self.state.append(kept)
            if instead:
                instead.leaving = True
        elif verb == "update":
            kept.inputs, kept.outputs = inputs or {}, made[1]
        else:
            self.state.remove(kept)
        if number == run.killed:
            raise Killed

    def refresh(self) -> None:
        """Takes into the state what the router has."""
        close_all()
        self.lost = set()
        for kept in [*self.state]:
            seen = kind_named(kept.item.kind).read(self.links, kept.id, kept.outputs)
            if seen is None:
                self.state.remove(kept)
            else:
                kept.outputs = seen.outputs
                kept.inputs = kept.inputs if seen.inputs is None else seen.inputs

    def destroy(self) -> None:
        """Takes everything away, in a process that has asked no gate."""
        close_all()
        for kept in self.state[::-1]:
            kind_named(kept.item.kind).delete(self.links, kept.id, kept.outputs)
        kind_named("gate").delete(self.links, "", {})
        self.state = []
