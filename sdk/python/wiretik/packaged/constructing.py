"""Makes a component of the Python SDK where Pulumi asks for it on behalf of a program in another language.

Each has an event loop of its own, in the thread that Pulumi's call came by, so several are made side by side. Its rows
are the package's, and it has a gate of its own (`resources.base.front.Part`): the component is all that is known there.

Rule: an error is one line; what must be known before the deployment, and isn't in a preview, is refused by its name.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import Any, Final, get_args

import grpc
import pulumi
from pulumi.output import Unknown
from pulumi.provider.provider import ConstructResult, Provider
from pulumi.provider.server import ProviderServicer
from pulumi.runtime.proto.provider_pb2 import ConstructRequest, ConstructResponse

from wiretik.packaged.shapes import COMPONENTS, Unfit, either, fields, is_plain, read
from wiretik.resources.base.front import PART, Part
from wiretik_provider.errors import WiretikError
from wiretik_provider.plugin.names import PACKAGE, camel
from wiretik_provider.plugin.wire import outputs_at_leaves

__all__ = ["Making"]

_ENDED: Final = "the deployment ended before the component was made"


class _NotMade(WiretikError):
    """A component that isn't made, with all reasons in one line."""


class Making:
    """The components that a process makes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[asyncio.Task[Any], asyncio.AbstractEventLoop] = {}

    def make(self, engine: str, request: ConstructRequest) -> ConstructResponse:
        """One component."""
        kind = request.type.rpartition(":")[2]
        who = f"{kind} {request.name!r}"
        if kind not in COMPONENTS:
            raise _NotMade(f"{who}: this version of the plugin has no such component")
        try:
            return asyncio.run(self._make(engine, request))
        except asyncio.CancelledError:
            raise _NotMade(f"{who}: {_ENDED}") from None
        except (pulumi.RunError, Unfit) as error:
            raise _NotMade("; ".join(str(error).splitlines())) from None
        except Exception as error:
            if not _of_engine(error):
                raise
            raise _NotMade(f"{who}: {_ENDED}: {error}") from None

    def cancel(self) -> None:
        """Ends those that are being made: nobody waits for them any more."""
        with self._lock:
            running = dict(self._running)
        for task, loop in running.items():
            loop.call_soon_threadsafe(task.cancel)

    async def _make(self, engine: str, request: ConstructRequest) -> ConstructResponse:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None  # noqa: S101  (asyncio.run makes one)
        with self._lock:
            self._running[task] = loop
        try:
            kind = request.type.rpartition(":")[2]
            servicer = ProviderServicer(one := _One(kind), [], engine)
            one.inputs = await _settled(servicer, kind, request)
            return await servicer._construct(request, None)
        finally:
            with self._lock:
                del self._running[task]


class _One(Provider):
    """Makes one component.

    Args:
        kind: which.

    Attributes:
        inputs: where a component, which can't wait, needs values, these have been waited for.
    """

    def __init__(self, kind: str) -> None:
        super().__init__("0.0.0")
        self._kind = kind
        self.inputs: Mapping[str, Any] = {}

    def construct(
        self, name: str, resource_type: str, inputs: Mapping[str, Any], options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        del inputs  # they were taken before this one was called, which can't wait for any
        component, who = COMPONENTS[self._kind], f"{self._kind} {name!r}"
        providers = options.providers if options else None
        own = providers.get(PACKAGE) if isinstance(providers, Mapping) else None
        part = Part(resource_type, name, own)
        token = PART.set(part)
        try:
            made = component.made(name, read(component.args, dict(self.inputs), who), options)
        finally:
            part._outputs_registered = True
            PART.reset(token)
        state = {camel(key): one.of(made) for key, one in component.outputs.items()}
        secret = {camel(key) for key, one in component.outputs.items() if one.secret}
        return ConstructResult(
            made.urn, {key: pulumi.Output.secret(value) if key in secret else value for key, value in state.items()}
        )


def _of_engine(error: BaseException) -> bool:
    """Whether the engine refused something that was registered; it has said why where that happened.

    The SDK makes a plain exception of it (`pulumi.runtime.settings.handle_grpc_error`), and below that is gRPC's. One
    that many outputs share is raised again in each, so what is below it may be itself.
    """
    below: BaseException | None = error
    met: list[BaseException] = []
    while below is not None and not isinstance(below, grpc.RpcError) and below not in met:
        met.append(below)
        below = below.__cause__ or below.__context__
    return isinstance(below, grpc.RpcError)


async def _settled(servicer: ProviderServicer, kind: str, request: ConstructRequest) -> dict[str, Any]:
    """The inputs, with a value for each output at a place that takes none."""
    given = await servicer._construct_inputs(outputs_at_leaves(request.inputs), request.inputDependencies)
    there, who = fields(COMPONENTS[kind].args), f"{kind} {request.name!r}"
    return {
        name: await _value(there[name][1] if name in there else str, value, f"{who}: {name}")
        for name, value in given.items()
        if not name.startswith("__")
    }


async def _value(hint: object, value: object, where: str) -> object:
    if isinstance(value, Unknown):
        value = pulumi.Output.from_input(value)
    if isinstance(value, pulumi.Output):
        if not is_plain(hint):
            return value
        if not await value.is_known():
            raise Unfit(
                f"{where} takes a value that is known before the deployment, since rows hang on it; keep it in the "
                "stack's config, or make it first (of an object with an unknown part a YAML program knows nothing)"
            )
        return await _value(hint, await value.future(), where)
    parts = either(hint)
    if isinstance(value, list):
        inner = next((get_args(one)[0] for one in parts if _many(one)), object)
        return [await _value(inner, part, f"{where}[{at}]") for at, part in enumerate(value)]
    if isinstance(value, Mapping):
        return {name: await _value(_inside(parts, name), part, f"{where}.{name}") for name, part in value.items()}
    return value


def _many(hint: object) -> bool:
    return str(hint).startswith("collections.abc.Sequence[")


def _inside(parts: tuple[object, ...], name: str) -> object:
    """The annotation of a property of one of these classes; of a map's value, the map's."""
    for one in parts:
        if hasattr(one, "__attrs_attrs__") and name in fields(one):
            return fields(one)[name][1]
        if str(one).startswith("collections.abc.Mapping["):
            return get_args(one)[1]
    return object
