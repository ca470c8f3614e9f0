"""A mesh whose routes are exchanged by OSPF: a link for each pair, and what is there before OSPF speaks."""

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


def args(*sites, **more):
    own = sites or (
        end("berlin", endpoint="berlin.example.org:51820"),
        end("lisbon", endpoint="[2001:db8::2]:51820"),
        end("porto"),
    )
    return wt.SiteMeshArgs(sites=own, **{"routing": "ospf", "links": "10.254.0.0/24", **more})


def mesh(*sites, **more):
    return wt.SiteMesh("mesh", args(*sites, **more))


@pytest.fixture(scope="module")
def rows():
    """What a mesh of three is made of; nobody changes it."""

    def program():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        mesh()

    return mocked.rows(program)


def test_each_pair_has_a_link_with_an_address_a_port_and_one_peer_of_its_own(rows):
    there, back = rows["mesh-porto-lisbon-peer"], rows["mesh-lisbon-porto-peer"]

    assert (there["endpoint_address"], there["endpoint_port"]) == ("2001:db8::2", 51822)
    assert rows["mesh-lisbon-porto-interface"]["listen_port"] == 51822
    assert "listen_port" not in rows["mesh-porto-lisbon-interface"]
    assert "endpoint_address" not in back
    assert rows["mesh-lisbon-porto-address"]["address"] == "10.254.0.9/30"
    assert rows["mesh-porto-lisbon-address"]["address"] == "10.254.0.10/30"


def test_a_port_that_is_called_by_ipv6_is_open_to_it_whatever_the_link_carries(rows):
    # Lisbon's endpoint is of IPv6: it is called there, and so may be whoever calls it and can be called himself.
    assert {name for name in rows if name.endswith("-port6")} == {
        "mesh-berlin-lisbon-port6",
        "mesh-lisbon-berlin-port6",
        "mesh-lisbon-porto-port6",
    }
    assert rows["mesh-lisbon-porto-port6"]["dst_port"] == 51822


def test_a_peer_allows_what_any_site_may_send_and_the_group_to_which_ospf_speaks_and_nothing_else(rows):
    assert rows["mesh-berlin-porto-peer"]["allowed_address"] == [
        "10.254.0.0/24",
        "224.0.0.5/32",
        "192.168.2.0/24",
        "192.168.3.0/24",
    ]


def test_ospf_is_let_in_by_links_alone_and_nobody_is_listened_to_in_the_lan(rows):
    heard = {name: row["in_interface"] for name, row in rows.items() if row.get("protocol") == "ospf"}
    assert heard["mesh-berlin-lisbon-ospf"] == "wg-site-lisbon"
    assert len(heard) == 6
    templates = {name: row for name, row in rows.items() if row.get("area") == "mesh"}
    assert {name for name, row in templates.items() if "passive" in row} == {f"mesh-{name}-lan" for name in SITES}
    assert {row["type"] for row in templates.values() if "passive" not in row} == {"ptp"}
    assert rows["mesh-porto-instance"]["router_id"] == "10.255.0.3"


def test_no_route_but_for_when_nobody_has_told_of_one(rows):
    routes = {name: row for name, row in rows.items() if "dst_address" in row and "distance" in row}

    assert len(routes) == 9
    assert all(row["blackhole"] and row["distance"] > 110 for row in routes.values())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (args(links=""), "links: '' is no prefix for the links' own networks: give one such as"),
        (args(links="10.254.0.0/29"), "has no /30 for each of 3 links: give a wider one"),
        (args(links="192.168.0.0/16"), "links: 192.168.0.0/16 and the LAN 192.168.1.0/24 of berlin overlap"),
        (
            args(end("berlin", endpoint="a.example.org:65534"), end("lisbon"), end("porto")),
            "berlin: its links are called at the ports from its endpoint's on, one for each of 3 sites, and 65535 is",
        ),
        (args(end("berlin", endpoint="nowhere"), end("lisbon")), "'nowhere' is not an endpoint such as"),
        (args(routing="static"), "links are for routing='ospf'"),
        (args(interface="a-name-of-an-interface-that-is"), "a-name-of-an-interface-that-is-berlin is too long"),
        (
            args(
                end("berlin", endpoint="a.example.org:1", seen_as="10.128.0.0/24"),
                end("lisbon", lan=wt.Lan("bridge", ["192.168.2.0/24", "fd02::/64"])),
            ),
            "berlin: routing='ospf' tells of the LAN as it is: leave out seen_as",
        ),
        (
            args(end("berlin", endpoint="a.example.org:1"), end("lisbon", lan=wt.Lan("bridge", "fd02::/64"))),
            "lisbon: routing='ospf' is for IPv4",
        ),
        (
            args(
                end("berlin", endpoint="a.example.org:1"),
                wt.FarEnd("lisbon", public_key="k", address="10.255.0.2", lan=["192.168.2.0/24"]),
            ),
            "lisbon: routing='ospf' is for routers of one stack",
        ),
    ],
)
def test_what_cannot_work_is_refused_with_its_cure(given, says):
    assert says in "\n".join(given.problems())


@pytest.mark.skipif(not LONG, reason="a whole deployment of two routers")
def test_it_is_deployed_stays_and_leaves_the_routers_as_they_were():
    def program():
        mesh(
            end("berlin", endpoint="berlin.example.org:51820", lan=wt.Lan("bridge", "192.168.88.0/24")),
            end("lisbon", lan=wt.Lan("bridge", "192.168.2.0/24")),
        )

    with deployed(program, routers={"berlin": "defconf", "lisbon": "defconf"}) as site:
        own = next(row for row in site.rows("/ip/address", "lisbon") if row["interface"] == "bridge")
        site.routers["lisbon"].run("/ip/address/set", id=own[".id"], address="192.168.2.1/24")
        before = {name: lab.router.snapshot() for name, lab in site.routers.items()}
        assert site.up().errors == ()
        assert site.refresh().changes.keys() == {"same"}
        assert site.destroy().errors == ()
        assert {name: lab.router.snapshot() for name, lab in site.routers.items()} == before


def test_a_port_that_another_tunnel_of_the_router_has_is_refused_before_anything_is_made():
    def program():
        mesh(end("berlin", endpoint="berlin.example.org:51820"), end("lisbon"))
        wt.WireGuardInterface("office", name="wg-office", listen_port=51821, router="berlin")

    with deployed(program, routers={"berlin": "defconf", "lisbon": "defconf"}, tls=False) as site:
        told = "\n".join(site.preview().errors)
    assert "office: /interface/wireguard listen-port 51821 is also mesh-berlin-lisbon-interface's" in told
