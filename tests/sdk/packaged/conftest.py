"""The package with components, served over gRPC to an engine of these tests, and a router."""

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2_grpc, resource_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

from constructs import Engine, started
from wiretik.packaged.constructing import Making
from wiretik_provider.api.link import close_all
from wiretik_provider.plugin.service import Service
from wiretik_provider.simulator import serve


@pytest.fixture
def lab():
    close_all()
    with serve(tls=False, password="none", profile="defconf") as served:
        yield served
    close_all()


@pytest.fixture
def engine(lab):
    engine, making = Engine(), Making()
    both = resource_pb2_grpc.add_ResourceMonitorServicer_to_server, engine_pb2_grpc.add_EngineServicer_to_server
    monitor, at = started(engine, *both)
    server, port = started(Service(making, at), provider_pb2_grpc.add_ResourceProviderServicer_to_server)
    with grpc.insecure_channel(port) as channel:
        engine.provider, engine.at = provider_pb2_grpc.ResourceProviderStub(channel), at
        args = struct_pb2.Struct()
        args.update({"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": "none"})
        engine.provider.Configure(P.ConfigureRequest(args=args))
        yield engine
    server.stop(None)
    monitor.stop(None)
