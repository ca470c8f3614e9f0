"""Kinds against the embedded router, without Pulumi: checked, made, read, changed and removed as a stack would."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.kinds import Kind, Links, Seen
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab, serve
from wiretik_provider.simulator.services.faults import WRITES

PASSWORD = "a password of these tests"


@attrs.define
class Resource:
    """One resource and its part of the state."""

    links: Links
    kind: Kind
    name: str
    state: dict[str, Any] = attrs.field(factory=dict)
    inputs: dict[str, Any] = attrs.field(factory=dict)
    id: str = ""

    @property
    def tag(self) -> str:
        return ownership.make("site", "lab", "Thing", self.name)

    def check(self, **news: Any) -> dict[str, Any]:
        inputs, problems = self.kind.check(self.links, self.inputs, {**news, "tag": self.tag})
        assert problems == []
        return inputs

    def problems(self, **news: Any) -> dict[str, str]:
        return {p.property: p.reason for p in self.kind.check(self.links, {}, {**news, "tag": self.tag}).problems}

    def up(self, **news: Any) -> None:
        """What the program wants, as an up: nothing is called where inputs are as they were."""
        inputs = self.check(**news)
        if not self.id:
            self.id, self.state = self.kind.create(self.links, inputs)
        elif inputs != self.inputs:
            self.state = self.kind.update(self.links, self.id, self.state, inputs)
        self.inputs = inputs

    def refresh(self) -> Seen | None:
        """What is there now, taken into the state."""
        close_all()
        seen = self.kind.read(self.links, self.id, self.state)
        if seen is None:
            self.id = ""
        else:
            self.state = seen.outputs
            self.inputs = self.inputs if seen.inputs is None else seen.inputs
        return seen

    def destroy(self) -> None:
        self.kind.delete(self.links, self.id, self.state)
        self.id = ""


class Bench:
    """A router, and resources that are made on it."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.written: list[tuple[str, ...]] = []
        self.moments: list[list[Mapping[str, str]]] = []
        self._names = itertools.count()
        self._execute = lab.router.execute
        self.watched = ""
        lab.router.execute = self._watch  # type: ignore[method-assign]

    def _watch(self, words: Any, *rest: Any) -> Any:
        answer = self._execute(words, *rest)
        path, _, verb = words[0].rpartition("/")
        if rest and verb in WRITES:
            self.written.append(tuple(word for word in words if not word.startswith(".tag=")))
            if path == self.watched:
                self.moments.append(self.lab.router.rows(path))
        return answer

    def watch(self, path: str) -> None:
        """Notes from now on what is written, and the menu's rows at every moment, this one among them."""
        self.watched = path
        self.written.clear()
        self.moments[:] = [self.lab.router.rows(path)]

    def verbs(self) -> list[str]:
        return [words[0].rpartition("/")[2] for words in self.written]

    def resource(self, kind: Kind, name: str = "", **config: str) -> Resource:
        reach = {
            "wiretik:host": self.lab.host,
            "wiretik:port": str(self.lab.api_port),
            "wiretik:tls": "false",
            "wiretik:username": "admin",
            "wiretik:password": PASSWORD,
            **{f"wiretik:{key}": value for key, value in config.items()},
        }
        return Resource(Links(reach), kind, name or f"thing{next(self._names)}")


@pytest.fixture
def bench() -> Iterator[Bench]:
    with serve(tls=False, password=PASSWORD) as lab:
        yield Bench(lab)
        close_all()
