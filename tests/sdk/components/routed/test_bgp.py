"""A mesh whose routes are exchanged by BGP: what each router tells, whom it hears, and how it is before 7.20."""

import pulumi
import pytest

import mocked
import wiretik as wt
from at_length import LONG
from wiretik.testing import deployed

SITES = ("berlin", "lisbon", "porto")


def end(name, **more):
    number = SITES.index(name) + 1
    lan = wt.Lan("bridge", f"192.168.{number}.0/24")
    return wt.SiteEnd(name, **{"lan": lan, "address": f"10.255.0.{number}/24", **more})


def args(**more):
    sites = [end("berlin", endpoint="berlin.example.org:51820"), end("lisbon", endpoint="[2001:db8::2]:51820")]
    return wt.SiteMeshArgs(
        sites=[*sites, end("porto")], **{"routing": "bgp", "links": "10.254.0.0/24", "before_7_20": ["porto"], **more}
    )


@pytest.fixture(scope="module")
def rows():
    """What a mesh of three is made of; nobody changes it."""

    def program():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        wt.SiteMesh("mesh", args())

    return mocked.rows(program)


def test_each_site_is_a_system_of_its_own_and_speaks_to_every_other_one_by_their_link(rows):
    link = rows["mesh-lisbon-porto-link"]

    assert {name: row["as_"] for name, row in rows.items() if "as_" in row and name.endswith("-instance")} == {
        "mesh-berlin-instance": 64512,
        "mesh-lisbon-instance": 64513,
    }
    assert (link["remote_address"], link["remote_as"], link["local_role"]) == ("10.254.0.10", 64514, "ebgp")
    assert link["instance"] == "mesh"
    assert "as_" not in link


def test_before_7_20_a_connection_has_what_an_instance_has_since(rows):
    link = rows["mesh-porto-berlin-link"]

    assert (link["as_"], link["router_id"]) == (64514, "10.255.0.3")
    assert "instance" not in link
    assert "mesh-porto-instance" not in rows


def test_a_router_tells_of_its_lan_and_its_links_and_of_nothing_else_that_it_is_connected_to(rows):
    assert sorted(rows["mesh-porto-told"]["entries"]) == ["10.254.0.4/30", "10.254.0.8/30", "192.168.3.0/24"]
    assert {row["output_network"] for row in rows.values() if "local_role" in row} == {"mesh-told"}
    assert not [row for row in rows.values() if "output_redistribute" in row]


def test_bgp_is_let_in_from_the_far_end_of_a_link_alone_and_no_group_is_allowed(rows):
    heard = {name: row["in_interface"] for name, row in rows.items() if row.get("dst_port") == 179}

    assert len(heard) == 6
    assert heard["mesh-berlin-lisbon-bgp"] == "wg-site-lisbon"
    assert rows["mesh-berlin-lisbon-bgp"]["src_address"] == rows["mesh-berlin-lisbon-link"]["remote_address"]
    assert rows["mesh-berlin-porto-peer"]["allowed_address"] == ["10.254.0.0/24", "192.168.2.0/24", "192.168.3.0/24"]


def test_a_blackhole_stands_behind_what_is_learned(rows):
    off = [row for row in rows.values() if row.get("blackhole")]

    assert len(off) == 9
    assert all(row["distance"] > 20 for row in off)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (args(first_as=65533), "first_as=65533: the sites' systems are 65533 to 65535, and private are 64512 to 65534"),
        (args(first_as=3356), "give one such as 64512"),
        (args(before_7_20=["oporto"]), "before_7_20: 'oporto' is no site: it is one of berlin, lisbon, porto"),
        (args(links=""), "links: '' is no prefix for the links' own networks"),
    ],
)
def test_what_cannot_work_is_refused_with_its_cure(given, says):
    assert says in "\n".join(given.problems())


def test_numbers_of_four_bytes_are_private_as_well():
    assert args(first_as=4200000000).problems() == []


@pytest.mark.skipif(not LONG, reason="a whole deployment of three routers")
@pytest.mark.parametrize("version", ["7.15", "7.19.4", "7.20", "7.24"])
def test_it_is_deployed_stays_and_leaves_the_routers_as_they_were(version):
    old = SITES if version.startswith(("7.15", "7.19")) else ()

    def program():
        wt.SiteMesh("mesh", args(before_7_20=old))

    with deployed(program, routers=dict.fromkeys(SITES, "defconf"), version=version) as site:
        for at, lab in enumerate(site.routers.values(), 1):
            own = next(row for row in lab.run("/ip/address/print") if row["interface"] == "bridge")
            lab.run("/ip/address/set", id=own[".id"], address=f"192.168.{at}.1/24")
        before = {name: lab.router.snapshot() for name, lab in site.routers.items()}
        assert site.up().errors == ()
        assert site.refresh().changes.keys() == {"same"}
        assert site.destroy().errors == ()
        assert {name: lab.router.snapshot() for name, lab in site.routers.items()} == before
