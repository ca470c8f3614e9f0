"""An engine for components that are constructed: it takes what one registers, and asks for one."""

import threading
from concurrent import futures

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, resource_pb2, resource_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

FEATURES = {"secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith"}


class Engine(resource_pb2_grpc.ResourceMonitorServicer, engine_pb2_grpc.EngineServicer):
    """The engine's side: it takes what a component registers, and has the package make what is a row."""

    def __init__(self):
        self.registered, self.logged = {}, []
        self.provider = None
        self.preview = False
        self.lock = threading.Lock()

    def Log(self, request, context):  # noqa: N802, ARG002
        if request.severity != engine_pb2.DEBUG:
            self.logged.append(request.message)
        return empty_pb2.Empty()

    def SupportsFeature(self, request, context):  # noqa: N802, ARG002
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in FEATURES)

    def RegisterResourceOutputs(self, request, context):  # noqa: N802, ARG002
        return empty_pb2.Empty()

    def RegisterResource(self, request, context):  # noqa: N802
        above = f"{request.parent.split('::')[2]}$" if request.parent else ""
        urn = f"urn:pulumi:lab::site::{above}{request.type}::{request.name}"
        with self.lock:
            assert urn not in self.registered, f"duplicate {urn}"
            self.registered[urn] = request
        if not request.custom:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        checked = self.provider.Check(P.CheckRequest(urn=urn, news=request.object))
        if checked.failures:
            context.abort(grpc.StatusCode.UNKNOWN, "; ".join(one.reason for one in checked.failures))
        made = self.provider.Create(P.CreateRequest(urn=urn, properties=checked.inputs, preview=self.preview))
        return resource_pb2.RegisterResourceResponse(urn=urn, id=made.id, object=made.properties)


def started(servicer, *adds):
    server = grpc.server(futures.ThreadPoolExecutor(32))
    for add in adds:
        add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, f"127.0.0.1:{port}"


def made(engine, type_, name, **given):
    inputs = struct_pb2.Struct()
    inputs.update(given)
    return engine.provider.Construct(
        P.ConstructRequest(
            project="site",
            stack="lab",
            type=f"wiretik:index:{type_}",
            name=name,
            inputs=inputs,
            monitorEndpoint=engine.at,
            dryRun=engine.preview,
            parallel=8,
        )
    )
