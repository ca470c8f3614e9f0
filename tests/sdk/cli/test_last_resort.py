"""What is kept of a router before an up is statements that another one takes, and has no keys."""

import pytest

from deploying import PASSWORD
from wiretik.cli import last_resort
from wiretik.cli.compare.reading import look
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Session
from wiretik_provider.simulator import Router, serve

KEY = "".join(("b" * 42, "A="))


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        run = running.router.run
        run("/interface/wireguard/add", name="wg9", private_key=KEY, comment='the "office"')
        run("/ip/firewall/filter/add", chain="input", action="drop", comment="last one, über $all")
        yield running


def reached(lab):
    said = {"host": lab.host, "port": str(lab.api_port), "username": "admin", "password": PASSWORD, "tls": "false"}
    return access({f"wiretik:{key}": value for key, value in said.items()}, {}, "")


def test_it_is_taken_by_another_router_and_has_no_key(lab):
    place = reached(lab)
    session = Session(place)
    text = last_resort.text_of(place, look(session))
    session.close()
    assert text.startswith("# 20")
    assert "router 127.0.0.1 as it was before an up of Wiretik" in text
    assert KEY not in text
    assert PASSWORD not in text
    twin = Router("none", "7.23.2", leases={})
    assert [str(error) for error in twin.load(text, skip_unknown=True)] == []
    there, here = ({path: list(map(bare, rows)) for path, rows in one.snapshot().items()} for one in (twin, lab.router))
    for path in ("/ip/firewall/filter", "/ip/address", "/interface/list/member", "/ip/dhcp-client"):
        assert there[path] == here[path], path


def bare(row):
    return {name: text for name, text in row.items() if name != ".id"}
