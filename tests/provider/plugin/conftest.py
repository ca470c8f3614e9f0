"""One provider of the package, served over gRPC, and a router that it is configured for."""

from concurrent import futures

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812
from pulumi.runtime.proto import provider_pb2_grpc

from fronts import Front
from wiretik_provider.api.link import close_all
from wiretik_provider.plugin.service import Service
from wiretik_provider.simulator import serve


@pytest.fixture
def lab():
    with serve(tls=False, password="none", profile="defconf") as served:
        yield served


@pytest.fixture
def stub():
    server = grpc.server(futures.ThreadPoolExecutor(4))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Service(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield provider_pb2_grpc.ResourceProviderStub(channel)
    server.stop(None)
    close_all()


@pytest.fixture
def front(lab, stub):
    given = {"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": "none"}
    args = struct_pb2.Struct()
    args.update(given)
    stub.Configure(P.ConfigureRequest(args=args))
    return Front(stub)
