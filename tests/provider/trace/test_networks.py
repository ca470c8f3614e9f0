"""Networks as files: a router's rows and hosts, a packet from one of them, and what it passes on its way and back."""

import pathlib
import shlex
import tomllib

import pytest

from wiretik_provider.trace import Disposition, Snapshot, packet
from wiretik_provider.trace.networks.network import network, trace_through
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.questions.across import ask_through
from wiretik_provider.trace.questions.question import Question
from wiretik_provider.trace.router.derive import derived
from wiretik_provider.trace.router.hosts import host

CASES = pathlib.Path(__file__).parents[2] / "cases" / "trace" / "networks"


def snapshot(described):
    return Snapshot(
        derived(
            {
                path: [
                    {".id": f"*{at:X}", **dict(word.partition("=")[::2] for word in shlex.split(line))}
                    for at, line in enumerate(lines.strip().splitlines(), 1)
                ]
                for path, lines in described.items()
            }
        )
    )


def merged(*several):
    """Later ones over earlier ones, menu by menu and property by property."""
    found = {}
    for one in several:
        for name, value in one.items():
            found[name] = {**found.get(name, {}), **value} if isinstance(value, dict) else value
    return found


def load():
    for file in sorted(CASES.glob("*.toml")):
        data = tomllib.loads(file.read_text())
        made = {}
        for case in data["case"]:
            base = made[case["like"]] if "like" in case else {key: data.get(key, {}) for key in KINDS}
            changed = {key: merged(base[key], case.get(key, {})) for key in KINDS}
            asked = {**base.get("asked", {}), **{key: case[key] for key in ASKED if key in case}}
            made[case["name"]] = {**changed, "asked": asked}
            yield pytest.param({**changed, "asked": asked}, case, id=f"{file.stem}: {case['name']}")


KINDS = ("router", "routers", "hosts")
ASKED = ("from", "to", "src", "enters")


@pytest.mark.parametrize(("described", "case"), list(load()))
def test_a_packet_passes_the_nodes_that_its_source_says(described, case):
    asked = described["asked"]
    own = described["hosts"].get(asked["from"], {}).get("address", "").partition("/")[0]

    made = packet(asked.get("src", own), asked["to"], port=80, enters=asked.get("enters", ""))
    found = trace_through(joined(described), asked["from"], made)
    told = str(found)

    assert case["source"]
    assert found.disposition is Disposition[case["ends"]], told
    assert [hop.router for hop in found.hops] == case["passes"], told
    if "leaves" in case:
        assert found.leaves == case["leaves"], told
    if "seen" in case:
        assert dotted(found.source) == case["seen"], told
    if "answered" in case:
        assert found.answered == (None if case["answered"] == "unknown" else case["answered"]), told
    if "back" in case:
        assert [hop.router for hop in found.reply.hops] == case["back"], told
    if "says" in case:
        assert case["says"] in told


# --- questions -------------------------------------------------------------------------------------------------------


def case(name):
    return next(parameters.values[0] for parameters in load() if parameters.id == name)


def joined(described):
    nodes = {"router": snapshot(described["router"])}
    nodes |= {name: snapshot(rows) for name, rows in described["routers"].items()}
    nodes |= {name: host(**{"uplink": "192.0.2.2/24", **args}) for name, args in described["hosts"].items()}
    return network(nodes)


def asked_of(made, kind, to, **more):
    return ask_through(made, "b", Question(kind=kind, source="10.99.0.3", to=(to,), **more))


def test_endpoints_are_called_by_name_where_their_addresses_are_known():
    described = case("relay: a firewall that doesn't let the clients call keeps the tunnel down")
    described["hosts"]["b"] |= {"allowed": ["10.99.0.0/24"], "endpoint": "r.example.com:51820"}
    nodes = joined(described).nodes

    known = ask_through(network(nodes, names={"r.example.com": "203.0.113.2"}), "b", Question(**REACHES))
    unknown = ask_through(network(nodes), "b", Question(**REACHES))

    assert "b's call to router, port 51820, is dropped by filter rule 0 'drop all'" in known.text
    assert "b's call" not in unknown.text


REACHES = {"kind": "reaches", "source": "10.99.0.3", "to": ("10.99.0.2",)}


def test_the_internet_of_one_client_leaves_by_the_other_and_never_by_the_router():
    made = joined(case("relay: c5: with both it leaves by a"))

    assert asked_of(made, "leaves_by", "198.18.0.0/15", by="a eth0").holds
    assert asked_of(made, "never_leaves_by", "198.18.0.0/15", by="router").holds
    assert asked_of(made, "reaches", "10.99.0.2", port=22).holds


def test_as_the_blog_has_it_the_question_names_the_packet_that_leaves_by_the_router():
    made = joined(case("relay: c2: as the blog has it b leaves by the router"))

    answer = asked_of(made, "leaves_by", "198.18.0.0/15", by="a")

    assert answer.holds is False
    assert "198.18.0.0 (tcp port 0) is forwarded out of ether1 with source 203.0.113.2 at router" in answer.text


def test_what_an_exit_node_keeps_out_is_found_inside_of_a_prefix():
    described = case("relay: c5: with both it leaves by a")
    described["hosts"]["a"] |= {"allowed": ["10.99.0.1/32"]}

    answer = asked_of(joined(described), "is_dropped", "198.18.0.0/15")

    assert answer.holds
    assert asked_of(joined(described), "leaves_by", "198.18.0.0/15", by="a").holds is False
    assert asked_of(joined(described), "leaves_by", "198.18.0.0/15", by="nobody").holds is None
