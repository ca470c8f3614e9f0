"""Components that Pulumi constructs for other languages: a client asks for them, and the rows come to a router."""

import threading
from concurrent import futures

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2_grpc, resource_pb2, resource_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

from wiretik.packaged.constructing import Making
from wiretik_provider.api.link import close_all
from wiretik_provider.keys import generate, public_key
from wiretik_provider.plugin.service import Service
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="
PEER = {"name": "office", "publicKey": KEY, "allowedAddress": ["10.20.0.0/24", "172.16.50.0/24"]}
TUNNEL = {"interface": "wg1", "address": "10.20.0.2/24", "listenPort": 13255, "peers": [PEER]}
FEATURES = {"secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith"}
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


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


def refusal(engine, type_, name, **given):
    with pytest.raises(grpc.RpcError) as caught:
        made(engine, type_, name, **given)
    assert caught.value.code() == grpc.StatusCode.UNKNOWN
    assert "\n" not in caught.value.details()
    return caught.value.details()


def test_a_tunnel_has_the_rows_of_a_python_programs(engine, lab):
    answer = made(engine, "Tunnel", "mesh", **TUNNEL)

    row = next(row for row in lab.router.rows("/interface/wireguard") if row["name"] == "wg1")
    assert ownership.tag_of(row).owner == ownership.make("site", "lab", "WireGuardInterface", "mesh-interface")
    assert answer.urn == "urn:pulumi:lab::site::wiretik:index:Tunnel::mesh"
    assert answer.state["publicKey"] == row["public-key"]
    assert answer.state["listenPort"] == 13255
    assert answer.state["interface"] == "wg1"
    assert [row["public-key"] for row in lab.router.rows("/interface/wireguard/peers")] == [KEY]
    assert engine.logged == []
    assert "172.16.50.0/24" in [row["dst-address"] for row in lab.router.rows("/ip/route")]


def test_all_rows_stand_behind_a_gate_of_the_components_own(engine):
    made(engine, "Tunnel", "mesh", **TUNNEL)

    (gate,) = [urn for urn in engine.registered if ":Preflight::" in urn]
    assert gate.endswith("::mesh-preflight")
    assert engine.registered[gate].object["part"] == "wiretik:index:Tunnel::mesh"
    rows = [request for urn, request in engine.registered.items() if request.custom and urn != gate]
    assert len(rows) > 5
    assert all(gate in request.dependencies for request in rows)


def test_two_components_stand_side_by_side_on_one_router(engine, lab):
    other = {**TUNNEL, "interface": "wg2", "address": "10.30.0.2/24", "listenPort": 13256}
    other["peers"] = [{**PEER, "publicKey": public_key(generate()), "allowedAddress": ["10.30.0.0/24"]}]
    failed = []

    def make(name, given):
        try:
            made(engine, "Tunnel", name, **given)
        except grpc.RpcError as error:
            failed.append(error.details())

    both = [threading.Thread(target=make, args=one) for one in (("mesh", TUNNEL), ("spokes", other))]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert failed == []
    assert {row["name"] for row in lab.router.rows("/interface/wireguard")} == {"wg1", "wg2"}


def test_what_the_gate_refuses_leaves_the_router_as_it_was(engine, lab):
    lab.run("/interface/wireguard/add", name="wg1", **{"listen-port": "13300"})
    before = lab.router.snapshot()
    assert "the router has it already" in refusal(engine, "Tunnel", "mesh", **TUNNEL)
    assert lab.router.snapshot() == before


def test_a_preview_makes_nothing(engine, lab):
    engine.preview = True
    before = lab.router.snapshot()
    made(engine, "Tunnel", "mesh", **TUNNEL)
    assert lab.router.snapshot() == before


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"peeers": []}, "did you mean peers?"),
        ({"address": None}, "Tunnel 'mesh'.address is missing"),
        ({"peers": [{"name": "office", "publicKey": KEY}]}, "Tunnel 'mesh'.peers[0].allowedAddress is missing"),
        ({"peers": [{**PEER, "allowedAddress": []}]}, "allows nothing"),
        ({"peers": {"office": 1}}, "peers takes"),
        ({"listenPort": [1]}, "listenPort takes one value"),
        ({"listenPort": UNKNOWN}, "listenPort takes a value that is known"),
    ],
    ids=["misspelt", "missing", "missing within", "refused by the component", "no list", "no number", "not known"],
)
def test_a_mistake_is_one_line_that_names_the_argument(engine, given, why):
    assert why in refusal(engine, "Tunnel", "mesh", **{**TUNNEL, **given})
    assert engine.registered == {}


def test_a_site_has_its_parts_and_its_clients_profiles_stay_secret(engine, lab):
    phone = {"name": "phone", "address": "10.99.0.3", "publicKey": KEY}
    relay = {"endpoint": "router.example.com:51820", "address": "10.99.0.1/24", "clients": [phone]}
    answer = made(engine, "Site", "home", lan={"interface": "bridge", "prefix": "192.168.88.0/24"}, relay=relay)

    assert any(row["name"] == "wg-mesh" for row in lab.router.rows("/interface/wireguard"))
    assert set(answer.state["publicKeys"]) == {"wg-mesh"}
    profiles = answer.state["profiles"]
    assert profiles["4dabf18193072939515e22adb298388d"] == "1b47061264138c4ac30d75fd1eb44270"
    assert "[Interface]" in profiles["value"]["phone"]["normal"]


def test_an_unknown_component_is_one_line(engine):
    assert "no such component" in refusal(engine, "Castle", "home")
