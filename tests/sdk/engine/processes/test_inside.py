"""A channel to a servicer of the same process, held against gRPC's own to the same servicer."""

import contextlib
import threading
from concurrent import futures

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from wiretik.engine.processes.inside import Inside


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    def Create(self, request, context):  # noqa: N802, as gRPC calls it
        match request.urn:
            case "made":
                return pb.CreateResponse(id="1")
            case "aborted":
                context.abort(grpc.StatusCode.UNKNOWN, "Traceback:\nValueError: it is taken\nby another\n")
            case "partly":
                context.set_trailing_metadata((("grpc-status-details-bin", b"\x00made"),))
                context.abort(grpc.StatusCode.UNKNOWN, "half of it")
            case "unknown":
                context.set_code(grpc.StatusCode.UNIMPLEMENTED)
                context.set_details("no such kind")
                raise NotImplementedError
        raise ValueError("it slipped")

    def Cancel(self, request, context):  # noqa: N802, ARG002
        return empty_pb2.Empty()


@pytest.fixture(scope="module")
def channels():
    server = grpc.server(futures.ThreadPoolExecutor(2))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as there:
        yield there, Inside(Servicer(), 2)
    server.stop(0).wait()


def answer(channel, urn):
    try:
        return provider_pb2_grpc.ResourceProviderStub(channel).Create(pb.CreateRequest(urn=urn)).id
    except grpc.RpcError as error:
        told = {key: value for key, value in error.trailing_metadata() or () if key.startswith("grpc-status")}
        return error.code(), error.details(), told


@pytest.mark.parametrize("urn", ["made", "aborted", "partly", "slipped"])
def test_answers_and_errors_are_those_of_a_call_by_grpc(channels, urn):
    there, here = channels
    assert answer(here, urn) == answer(there, urn)


def test_a_method_that_isnt_there_says_so(channels):
    assert answer(channels[1], "unknown")[:2] == (grpc.StatusCode.UNIMPLEMENTED, "no such kind")
    assert provider_pb2_grpc.ResourceProviderStub(channels[1]).Cancel.future(empty_pb2.Empty()) == empty_pb2.Empty()


def test_no_more_calls_go_on_at_once_than_a_provider_has_threads():
    here, most, gate = set(), [], threading.Barrier(2)

    class Slow(Servicer):
        def Create(self, request, context):  # noqa: N802, ARG002
            here.add(threading.get_ident())
            most.append(len(here))
            with contextlib.suppress(threading.BrokenBarrierError):
                gate.wait(5)
            here.discard(threading.get_ident())
            return pb.CreateResponse()

    stub = provider_pb2_grpc.ResourceProviderStub(Inside(Slow(), 2))
    with futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: stub.Create(pb.CreateRequest()), range(6)))
    assert max(most) == 2
