"""A whole life on a router that environment variables name, else on an embedded one of an older version.

`WIRETIK_ROUTER` (address), `WIRETIK_ROUTER_PORT`, `WIRETIK_ROUTER_USER`, `WIRETIK_ROUTER_PASSWORD`, and with TLS
`WIRETIK_ROUTER_FINGERPRINT`. Everything that is made is taken away again, but take a router that you can lose.
"""

import os

import pytest

from deploying import PASSWORD, Site, reach
from programs import KEY
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.simulator import serve

PROGRAM = f"""
wg = wt.WireGuardInterface("wt-named", listen_port=51999, comment="named")
wt.Peer("far", interface=wg, public_key="{KEY}", allowed_address=["10.254.77.0/24"], comment="far")
wt.IpAddress("address", address="10.254.77.1/24", interface=wg)
table = wt.RoutingTable("wt-named-table", fib=True)
wt.Route("route", dst_address="10.254.78.0/24", gateway=wg, routing_table=table, distance=7)
wt.RoutingRule("rule", action="lookup", table=table, src_address="10.254.79.0/24")
wt.AddressList("wt-named-list", entries=["10.254.80.0/24", "10.254.81.7"])
wt.MangleRule("mark", chain="prerouting", src_address="10.254.80.0/24", action="mark-routing",
              new_routing_mark=table, passthrough=False)
wt.FilterRule("accept", chain="forward", in_interface=wg, action="accept", position=wt.BEFORE_DROP)
wt.NatRule("masquerade", chain="srcnat", out_interface=wg, action="masquerade")
"""
MENUS = (
    "/interface/wireguard",
    "/interface/wireguard/peers",
    "/ip/address",
    "/ip/firewall/address-list",
    "/ip/firewall/filter",
    "/ip/firewall/mangle",
    "/ip/firewall/nat",
    "/ip/route",
    "/routing/rule",
    "/routing/table",
)
NAMED = os.environ.get("WIRETIK_ROUTER", "")


@pytest.fixture
def router():
    """How the router is reached: as config, and as a session."""
    if NAMED:
        given = {key: os.environ.get(f"WIRETIK_ROUTER_{key.upper()}", "") for key in ("port", "user", "fingerprint")}
        password = os.environ.get("WIRETIK_ROUTER_PASSWORD", "")
        tls, user = bool(given["fingerprint"]), given["user"] or "admin"
        port = int(given["port"] or (8729 if tls else 8728))
        config = {"host": NAMED, "port": port, "username": user, "password": {"secret": password}, "tls": tls}
        config |= {"fingerprint": given["fingerprint"]} if tls else {}
        access = Access(
            host=NAMED, port=port, tls=tls, username=user, password=password, fingerprint=given["fingerprint"]
        )
        yield config, access
        return
    with serve(tls=False, profile="defconf", version="7.16", password=PASSWORD) as lab:
        access = Access(host=lab.host, port=lab.api_port, tls=False, username="admin", password=PASSWORD)
        yield reach(lab), access


def rows(access):
    """What a person sees of the menus; counters and what the router makes by itself are left out."""
    session = Session(access)
    try:
        answers = session.batch([Command(path, "print") for path in MENUS])
    finally:
        session.close()
    restless = {"bytes", "packets", "running", "private-key"}
    return {
        path: [{name: text for name, text in row.items() if name not in restless} for row in answer.rows]
        for path, answer in zip(MENUS, answers, strict=True)
    }


@pytest.mark.e2e
def test_a_program_lives_and_leaves_a_named_router_as_it_was(tmp_path, router):
    config, access = router
    before = rows(access)
    site = Site(tmp_path, PROGRAM, {f"wiretik:{key}": value for key, value in config.items()})

    looked = site.preview() if NAMED else None
    made, again = site.up(), site.up()
    there = rows(access)
    drift = site.refresh() if NAMED else None
    gone = site.destroy()

    assert looked is None or looked.ok, looked
    assert made.ok, made.text
    assert again.touched == [], again.text
    assert drift is None or drift.touched == [], drift
    assert len(there["/ip/firewall/address-list"]) == len(before["/ip/firewall/address-list"]) + 2
    assert gone.ok, gone.text
    assert rows(access) == before
