"""Road warriors: everything by the router, with names, and no mode for whom the exit node serves."""

import pulumi
import pytest

import wiretik as wt
from wiretik.engine.values import unwrap
from wiretik.testing import site

__all__ = ["site"]

KEY = "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="
OTHER = "YWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWI="


def args(**more):
    phone = wt.MeshClient("phone", "10.99.0.3", private_key=KEY)
    given = {"endpoint": "router.example.com:51820", "address": "10.99.0.1/24", "clients": [phone], **more}
    return wt.RelayMeshArgs("wg-mesh", **given)


@pytest.mark.e2e
@pytest.mark.parametrize("strict", [False, True], ids=["factory", "everything else is dropped"])
def test_a_traveller_gets_out_by_the_wan_and_asks_the_router(site, strict):
    def program():
        mesh = wt.RelayMesh("mesh", args(full_tunnel=True, dns=["10.99.0.1"]))
        pulumi.export("phone", mesh.profiles["phone"])

    one = site(program)
    if strict:
        one.router.run("/ip/firewall/filter/add", chain="forward", action="drop")
    one.up().check()
    profiles = one.outputs()["phone"]
    assert sorted(profiles) == ["full", "normal"]
    assert {"AllowedIPs = 0.0.0.0/0, ::/0", "DNS = 10.99.0.1"} <= set(unwrap(profiles["full"]).splitlines())

    out = one.trace("10.99.0.3", "1.1.1.1", port=443, enters="wg-mesh")
    asked = one.trace("10.99.0.3", "10.99.0.1", port=53, protocol="udp", enters="wg-mesh")

    assert (out.ends, out.source, out.answered) == ("forwarded out of ether1", "203.0.113.2", True)
    assert asked.ends == "delivered to the router"
    assert one.trace("10.99.0.3", "10.99.0.1", port=22, enters="wg-mesh").ends == "dropped"


def test_without_it_nothing_is_opened(register):
    rows = register(lambda: wt.RelayMesh("mesh", args()))

    assert not {"mesh-to-wan", "mesh-masquerade", "mesh-dns-udp"} & rows.keys()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"full_tunnel": True}, "give dns=, such as dns=\\['10.99.0.1'\\]"),
        (
            {
                "full_tunnel": True,
                "dns": ["9.9.9.9"],
                "clients": [
                    wt.MeshClient("laptop", "10.99.0.2", OTHER, exit_node=True),
                    wt.MeshClient("phone", "10.99.0.3", private_key=KEY),
                ],
            },
            "every client uses the exit node already",
        ),
        ({"full_mode": "normal"}, "modes need names of their own"),
    ],
)
def test_what_cant_work_is_refused_with_the_cure(register, more, told):
    with pytest.raises(ValueError, match=told):
        register(lambda: wt.RelayMesh("mesh", args(**more)))
