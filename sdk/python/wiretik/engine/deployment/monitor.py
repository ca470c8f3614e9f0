"""The engine's two gRPC services, ResourceMonitor and Engine: requests become goals, results become answers.

No decision is made here. What the engine doesn't support is refused by name (docs/facts/pulumi.md#the-engines-duties).
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent import futures
from typing import Any, Final, NoReturn

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import (
    alias_pb2,
    callback_pb2,
    engine_pb2,
    engine_pb2_grpc,
    provider_pb2,
    resource_pb2,
    resource_pb2_grpc,
)

from wiretik.engine import urn as urns
from wiretik.engine.deployment.planner import Alias, Goal
from wiretik.engine.deployment.references import Stored, read_reference
from wiretik.engine.deployment.registrations import Deployment, Registered
from wiretik.engine.deployment.run import Stopped
from wiretik.engine.deployment.transforms import Transforms
from wiretik.engine.errors import EngineError, UnsupportedError
from wiretik.engine.events import Diagnostic
from wiretik.engine.timeouts import seconds
from wiretik.engine.values import ResourceRef, Value, from_struct, to_struct

# gRPC tells of every connection that ends while it is in use, as a program's does: no news to anybody.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")

# The numbers of `ResourceMonitorFeature` (docs/facts/pulumi.md#the-engines-duties), by the names that older SDKs ask
# for.
_FEATURES: Final = {"secrets": 0, "resourceReferences": 1, "aliasSpecs": 3, "deletedWith": 5, "transforms": 7}
_SEVERITIES: Final = {
    engine_pb2.DEBUG: "debug",
    engine_pb2.INFO: "info",
    engine_pb2.WARNING: "warning",
    engine_pb2.ERROR: "error",
}
_TELLS_UNKNOWN: Final = "unknown" in resource_pb2.RegisterResourceResponse.DESCRIPTOR.fields_by_name
"""Older SDKs take the outputs of what isn't among the targets for None."""
_REFUSED: Final = {
    "remote": "remote components",
    "replace_with": "the option `replace_with`",
    "packageRef": "parameterized packages",
}


_Context = grpc.ServicerContext
_Described = resource_pb2.RegisterResourceRequest | resource_pb2.ReadResourceRequest
_Request = (
    resource_pb2.RegisterResourceRequest
    | resource_pb2.ReadResourceRequest
    | resource_pb2.RegisterResourceOutputsRequest
    | resource_pb2.ResourceInvokeRequest
)


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Answers the program's calls about resources."""

    def __init__(self, deployment: Deployment, info: Mapping[str, Any], stored: Stored) -> None:
        self._deployment, self._info, self._stored = deployment, info, stored
        self.transforms = Transforms()

    def GetDeploymentInfo(self, request: empty_pb2.Empty, context: _Context) -> resource_pb2.DeploymentInfo:
        # Only an SDK that knows the message asks for it; older ones ask for one feature after the other.
        return resource_pb2.DeploymentInfo(**self._info, supportedFeatures=_FEATURES.values())  # type: ignore[arg-type]

    def SupportsFeature(
        self, request: resource_pb2.SupportsFeatureRequest, context: _Context
    ) -> resource_pb2.SupportsFeatureResponse:
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in _FEATURES)

    def RegisterResource(
        self, request: resource_pb2.RegisterResourceRequest, context: _Context
    ) -> resource_pb2.RegisterResourceResponse:
        with _answering(self._deployment, context, request):
            own, request = request, self.transforms.apply(request)
            for field, what in _REFUSED.items():
                if getattr(request, field, None):
                    raise UnsupportedError(f"the embedded engine does not support {what}")
            if request.HasField("replacement_trigger"):
                raise UnsupportedError("the embedded engine does not support the option `replacement_trigger`")
            done = self._deployment.register(_goal(request))
            self.transforms.know(done.urn, own)  # also without transforms: its children have those of its parents
            return resource_pb2.RegisterResourceResponse(**_answer(done))
        raise AssertionError("unreachable")

    def ReadResource(
        self, request: resource_pb2.ReadResourceRequest, context: _Context
    ) -> resource_pb2.ReadResourceResponse:
        with _answering(self._deployment, context, request):
            if request.type == urns.REFERENCE_TYPE:
                done = read_reference(self._deployment, request.name, request.id, self._stored)
            else:
                goal = Goal(
                    type=request.type,
                    name=request.name,
                    custom=True,
                    inputs=from_struct(request.properties),
                    parent=request.parent,
                    dependencies=tuple(sorted(request.dependencies)),
                    additional_secret_outputs=tuple(request.additionalSecretOutputs),
                    source_position=_position(request),
                    stack_trace=_trace(request),
                    version=request.version,
                )
                done = self._deployment.read(goal, request.id)
            return resource_pb2.ReadResourceResponse(urn=done.urn, properties=to_struct(done.outputs))
        raise AssertionError("unreachable")

    def RegisterResourceOutputs(
        self, request: resource_pb2.RegisterResourceOutputsRequest, context: _Context
    ) -> empty_pb2.Empty:
        with _answering(self._deployment, context, request):
            self._deployment.register_outputs(request.urn, from_struct(request.outputs))
        return empty_pb2.Empty()

    def Invoke(self, request: resource_pb2.ResourceInvokeRequest, context: _Context) -> provider_pb2.InvokeResponse:
        with _answering(self._deployment, context, request):
            if request.tok != "pulumi:pulumi:getResource":
                raise UnsupportedError(f"the embedded engine does not support the function {request.tok}")
            urn = from_struct(request.args)["urn"]
            found = self._deployment.resource(urn)
            if found is None:
                raise EngineError(f"unknown resource {urn}")
            answer: dict[str, Value] = {"urn": urn, "id": found.id, "state": dict(found.outputs)}
            fields: dict[str, Any] = {"return": to_struct(answer)}  # a word that Python reserves
            return provider_pb2.InvokeResponse(**fields)
        raise AssertionError("unreachable")

    def Call(self, request: resource_pb2.ResourceCallRequest, context: _Context) -> NoReturn:
        _refuse(self._deployment, context, f"the method {request.tok}")

    def RegisterPackage(self, request: resource_pb2.RegisterPackageRequest, context: _Context) -> NoReturn:
        _refuse(self._deployment, context, f"the parameterized package {request.name}")

    def RegisterStackTransform(self, request: callback_pb2.Callback, context: _Context) -> empty_pb2.Empty:
        self.transforms.add(request)
        return empty_pb2.Empty()

    def SignalAndWaitForShutdown(self, request: empty_pb2.Empty, context: _Context) -> empty_pb2.Empty:
        self.transforms.close()  # the program serves them, and is about to end
        return empty_pb2.Empty()


class EngineService(engine_pb2_grpc.EngineServicer):
    """Answers the program's calls about the deployment itself."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    def Log(self, request: engine_pb2.LogRequest, context: _Context) -> empty_pb2.Empty:
        severity = _SEVERITIES.get(request.severity, "info")
        if self._deployment.run.stopped and severity == "error":
            severity = "debug"  # the program's complaint about the stop that it is told of
        said = Diagnostic(
            severity=severity,  # type: ignore[arg-type]
            message=request.message.rstrip("\n"),
            urn=request.urn,
            ephemeral=request.ephemeral,
        )
        self._deployment.run.pass_on(said)
        return empty_pb2.Empty()

    def GetRootResource(
        self, request: engine_pb2.GetRootResourceRequest, context: _Context
    ) -> engine_pb2.GetRootResourceResponse:
        return engine_pb2.GetRootResourceResponse(urn=self._deployment.root)

    def SetRootResource(
        self, request: engine_pb2.SetRootResourceRequest, context: _Context
    ) -> engine_pb2.SetRootResourceResponse:
        return engine_pb2.SetRootResourceResponse()

    def StartDebugging(self, request: engine_pb2.StartDebuggingRequest, context: _Context) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def RequirePulumiVersion(
        self, request: engine_pb2.RequirePulumiVersionRequest, context: _Context
    ) -> engine_pb2.RequirePulumiVersionResponse:
        # The engine is not the CLI, and has no version of it to compare.
        return engine_pb2.RequirePulumiVersionResponse()


@contextlib.contextmanager
def serve(monitor: Monitor, engine: EngineService) -> Iterator[str]:
    """Serve both on a free loopback port; the context's value is the address."""
    # A registration holds its thread until its step has ended, so there are more of them than steps may run at once.
    server = grpc.server(
        futures.ThreadPoolExecutor(256, thread_name_prefix="monitor"),
        options=(("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)),
    )
    resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


@contextlib.contextmanager
def _answering(deployment: Deployment, context: _Context, request: _Request) -> Iterator[None]:
    """Turn what stops a call into an answer that ends the program quietly: the reason has been told."""
    try:
        yield
    except Stopped:
        context.abort(grpc.StatusCode.UNAVAILABLE, "the deployment has stopped")
    except EngineError as err:
        deployment.run.fail(str(err), _urn(deployment, request))
        context.abort(grpc.StatusCode.UNAVAILABLE, "the deployment has stopped")


def _refuse(deployment: Deployment, context: _Context, what: str) -> NoReturn:
    deployment.run.fail(f"the embedded engine does not support {what}")
    context.abort(grpc.StatusCode.UNAVAILABLE, "the deployment has stopped")
    raise AssertionError("unreachable")


def _urn(deployment: Deployment, request: _Request) -> str:
    if not isinstance(request, resource_pb2.RegisterResourceRequest | resource_pb2.ReadResourceRequest):
        return ""
    return urns.make(deployment.run.stack, deployment.run.project, request.parent, request.type, request.name)


def _goal(request: resource_pb2.RegisterResourceRequest) -> Goal:
    timeouts = {
        key: value
        for key in ("create", "update", "delete", "read")
        if (value := seconds(getattr(request.customTimeouts, key, "")))
    }
    return Goal(
        type=sys.intern(request.type),
        name=request.name,
        custom=request.custom,
        inputs=from_struct(request.object),
        parent=sys.intern(request.parent),
        dependencies=_urns(dict.fromkeys(request.dependencies)),
        property_dependencies={
            sys.intern(key): _urns(sorted(dep.urns)) for key, dep in sorted(request.propertyDependencies.items())
        },
        protect=request.protect,
        ignore_changes=tuple(request.ignoreChanges),
        replace_on_changes=tuple(request.replaceOnChanges),
        delete_before_replace=request.deleteBeforeReplace if request.deleteBeforeReplaceDefined else None,
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        aliases=(*(Alias(urn=urn) for urn in request.aliasURNs), *map(_alias, request.aliases)),
        retain_on_delete=request.retainOnDelete,
        deleted_with=request.deletedWith,
        custom_timeouts=timeouts,
        hide_diffs=tuple(request.hideDiffs),
        source_position=_position(request),
        stack_trace=_trace(request),
        version=request.version,
        import_id=request.importId,
    )


def _urns(named: Iterable[str]) -> tuple[str, ...]:
    """URNs, each kept once however many resources name it: a message has each of its texts anew."""
    return tuple(map(sys.intern, named))


def _alias(alias: alias_pb2.Alias) -> Alias:
    if alias.WhichOneof("alias") == "urn":
        return Alias(urn=alias.urn)
    spec = alias.spec
    return Alias(
        name=spec.name,
        type=spec.type,
        stack=spec.stack,
        project=spec.project,
        parent=spec.parentUrn,
        no_parent=spec.noParent,
    )


def _answer(done: Registered) -> dict[str, Any]:
    outputs = {key: value for key, value in done.outputs.items() if not isinstance(value, ResourceRef) or value.urn}
    told = {"urn": done.urn, "id": done.id, "object": to_struct(outputs)}
    return {**told, "unknown": True} if done.unknown and _TELLS_UNKNOWN else told


def _position(request: _Described) -> str:
    where = request.sourcePosition
    return sys.intern(f"{where.uri}#{where.line}") if where.uri else ""


def _trace(request: _Described) -> tuple[dict[str, str], ...]:
    return _frames(tuple((f.pc.uri, f.pc.line) for f in request.stackTrace.frames))


@functools.lru_cache(256)
def _frames(places: tuple[tuple[str, int], ...]) -> tuple[dict[str, str], ...]:
    """A stack's frames as the state has them; where a loop makes a thousand resources, they all have the same."""
    return tuple({"sourcePosition": f"{uri}#{line}"} if uri else {} for uri, line in places)
