"""Several gates of one router: each is told of a part of the program, and they add up."""

import pytest

from linked import plain_links
from wiretik_provider.api.link import close_all
from wiretik_provider.gate.kind import GateKind
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

LIST = "/ip/firewall/address-list"
KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="


@pytest.fixture
def lab():
    close_all()
    with serve(tls=False, password="none", profile="defconf") as served:
        yield served
    close_all()


@pytest.fixture
def links(lab):
    return plain_links(lab, "none")


def tag(name):
    return ownership.make("site", "lab", "Thing", name)


def row(menu, name, /, **props):
    return {"menu": menu, "name": name, "tag": tag(name), "adopt": False, "part": False, "props": props, "unknown": []}


def told(links, part, *rows, olds=None):
    inputs, problems = GateKind().check(links, olds or {}, {"rows": list(rows), "part": part})
    return inputs, [one.reason for one in problems]


def wireguard(name, port):
    return row("/interface/wireguard", name, name=name, listen_port=port)


def peer(name, interface):
    return row("/interface/wireguard/peers", name, interface=interface, public_key=KEY, allowed_address=["10.7.0.0/24"])


def test_a_later_gate_knows_what_an_earlier_one_was_told(links):
    assert "wg8" in str(told(links, "b", peer("office", "wg8"))[1])
    assert told(links, "a", wireguard("wg8", 13308))[1] == []
    assert told(links, "b", peer("office", "wg8"))[1] == []


def test_what_two_parts_want_alone_is_refused_with_both_names(links):
    assert told(links, "a", wireguard("wg8", 13308))[1] == []
    (refused,) = told(links, "b", wireguard("wg9", 13308))[1]
    assert "wg9" in refused
    assert "wg8" in refused


def test_a_deployment_is_what_all_its_gates_were_told(links):
    first = told(links, "a", wireguard("wg8", 13308))[0]
    told(links, "b", wireguard("wg9", 13309))
    link = links("")

    assert link.declares(tag("wg8"))
    assert link.declares(tag("wg9"))
    assert not link.dropped_from_program(tag("somebody of whom no gate was told"))
    assert first["part"] == "a"

    close_all()
    told(links, "a", wireguard("wg7", 13307), olds=first)
    assert links("").dropped_from_program(tag("wg8"))
    told(links, "b", wireguard("wg8", 13308))
    assert not links("").dropped_from_program(tag("wg8"))


def test_a_program_with_one_gate_concludes_from_what_it_doesnt_declare(links):
    told(links, "", wireguard("wg8", 13308))
    assert links("").dropped_from_program(tag("wg9"))


def test_entries_of_another_part_stay_that_ones(links, lab):
    kind = AddressListKind(MENUS[LIST])
    one = {"list": "direct", "entries": {"10.1.0.0/16": ""}, "tag": tag("one")}
    other = {"list": "direct", "entries": {"10.2.0.0/16": ""}, "tag": tag("other")}
    told(links, "a", {**row("address-list", "one", list="direct", entries=one["entries"])})
    kind.create(links, kind.check(links, {}, one).inputs)
    close_all()
    told(links, "b", {**row("address-list", "other", list="direct", entries=other["entries"])})
    kind.create(links, kind.check(links, {}, other).inputs)

    owners = {one["address"]: ownership.tag_of(one).owner for one in lab.router.rows(LIST) if one["list"] == "direct"}
    assert owners == {"10.1.0.0/16": tag("one"), "10.2.0.0/16": tag("other")}


def test_a_gate_that_goes_sweeps_what_its_own_part_had_and_leaves_the_rest_to_the_others(links, lab):
    kind = RowKind(MENUS["/interface/list"])
    gates = {}
    for part, name in (("a", "one"), ("b", "other")):
        inputs, problems = told(links, part, row("/interface/list", name, name="VPN" if part == "a" else "OWN"))
        assert problems == []
        gates[part] = GateKind().create(links, inputs).outputs
    made = kind.create(links, {"name": "VPN", "tag": tag("one")})
    (there,) = [one for one in lab.router.rows("/interface/list") if one["name"] == "VPN"]
    # A run that was killed had let the other one take it over.
    both = ownership.in_front(ownership.Tag(tag("other")[:4], tag("other")[4:]), ownership.tag_of(there), ())
    comment = ownership.signed("", both)
    lab.run("/interface/list/set", **{".id": there[".id"], "comment": comment})
    close_all()

    kind.delete(links, made.id, made.outputs)
    GateKind().delete(links, "router", gates["a"])
    assert any(one["name"] == "VPN" for one in lab.router.rows("/interface/list"))
    GateKind().delete(links, "router", gates["b"])
    assert not any(one["name"] == "VPN" for one in lab.router.rows("/interface/list"))


def test_the_outputs_of_a_whole_programs_gate_have_no_notes(links):
    inputs, _ = told(links, "", wireguard("wg8", 13308))
    assert set(GateKind().create(links, inputs).outputs) == {"identity", "version"}


def test_a_gate_doesnt_tell_what_another_ones_part_adopted_for_given_back(links, lab, capfd):
    for name in ("one", "other"):
        lab.run("/interface/list/add", name=name)
    rows = {name: {**row("/interface/list", name, name=name), "adopt": True} for name in ("one", "other")}
    olds = {name: told(links, name, rows[name])[0] for name in rows}
    for name in rows:
        RowKind(MENUS["/interface/list"]).create(links, {"name": name, "tag": tag(name), "adopt": True})
    capfd.readouterr()

    close_all()
    for name in rows:
        assert told(links, name, rows[name], olds=olds[name])[1] == []
    assert "given back" not in capfd.readouterr().err

    close_all()
    assert told(links, "one", wireguard("wg8", 13308), olds=olds["one"])[1] == []
    said = capfd.readouterr().err
    assert "given back and stay on the router: " in said
    assert "one" in said.partition("stay on the router: ")[2]
    assert "other" not in said.partition("stay on the router: ")[2]
