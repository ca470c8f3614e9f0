"""An operation in the test's own process: a state in memory, and a provider that writes down its calls."""

from collections.abc import Callable, Mapping
from typing import Any

from wiretik.engine import urn as urns
from wiretik.engine.deployment.run import Run
from wiretik.engine.errors import ProviderError
from wiretik.engine.events import Event
from wiretik.engine.options import Options
from wiretik.engine.processes.provider import Checked, Diffed, Made, ReadBack
from wiretik.engine.state.checkpoint import Deployment, Resource
from wiretik.engine.state.journal import Journal

TYPE = f"{urns.DYNAMIC_PACKAGE}:dynamic:T"


def urn(name: str) -> str:
    return urns.make("dev", "proj", "", TYPE, name)


def resource(name: str, *needs: str, **details: Any) -> Resource:
    more = {"id": f"id-{name}", "inputs": {"x": 1}, "outputs": {"x": 1}, **details}
    return Resource(urn=urn(name), type=TYPE, custom=True, dependencies=tuple(map(urn, needs)), **more)


class World:
    """A provider that keeps its calls; those of names in `refused` fail, and a change of one in `replaced` replaces.

    One that `previews` says in a preview what would be known.
    """

    previews = False

    def __init__(self, refused: Mapping[str, str] = {}) -> None:
        self.calls: list[tuple[str, str]] = []
        self.refused = refused
        self.replaced: set[str] = set()
        self.made: dict[str, Made] = {}
        self.found: dict[str, ReadBack] = {}

    def _called(self, verb: str, of: str) -> None:
        self.calls.append((verb, urns.name_of(of)))
        if reason := self.refused.get(urns.name_of(of)):
            raise ProviderError(reason)

    def check(self, of: str, _olds: object, news: Mapping[str, Any]) -> Checked:
        reason = self.refused.get(f"check {urns.name_of(of)}")
        return Checked(dict(news), (("x", reason),) if reason else ())

    def diff(self, of: str, _id: str, old: Mapping[str, Any], _olds: object, news: Mapping[str, Any]) -> Diffed:
        changed = dict(old) != dict(news)
        return Diffed(changed, ("x",) if changed and urns.name_of(of) in self.replaced else ())

    def create(self, of: str, inputs: dict[str, Any], *_: object, preview: bool = False) -> Made:
        self._called("foresee" if preview else "create", of)
        return self.made.get(urns.name_of(of)) or Made(f"id-{urns.name_of(of)}", dict(inputs))

    def update(self, of: str, id_: str, *rest: Any, preview: bool = False) -> Made:
        self._called("foresee" if preview else "update", of)
        return Made(id_, dict(rest[2]))

    def delete(self, of: str, *_: object) -> None:
        self._called("delete", of)

    def read(self, of: str, id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> ReadBack:
        self._called("read", of)
        return self.found.get(urns.name_of(of)) or ReadBack(id_, dict(outputs), dict(inputs))


def operation(*base: Resource, world: World, preview: bool = False, **options: Any) -> tuple[Run, list[Event]]:
    """A run over a state, and the events that it tells."""
    events: list[Event] = []
    listen: Callable[[Event], None] = events.append
    run = Run(
        project="proj",
        stack="dev",
        journal=Journal(Deployment(resources=base), None, None),
        provider=lambda _: world,  # type: ignore[arg-type,return-value]
        options=Options(**options),
        preview=preview,
        listen=listen,
    )
    run.open()
    return run, events


def left(run: Run) -> dict[str, Resource]:
    """The state as it would be written, by name; what waits to be deleted has a star."""
    return {urns.name_of(one.urn) + "*" * one.delete: one for one in run.journal.deployment.resources}
