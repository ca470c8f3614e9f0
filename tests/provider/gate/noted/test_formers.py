"""What was there before comes back, also where its resource moved without an alias or a run was killed on the way."""

import attrs
import pytest

from refactoring import Item, Run, Stack
from wiretik_provider.api.link import close_all
from wiretik_provider.gate import expectations
from wiretik_provider.simulator import serve

WIREGUARD = "/interface/wireguard"
ADDRESS = {"address": "10.77.0.1/24", "interface": "ether2"}
THINGS = {
    "address": Item("/ip/address", "IpAddress", "one", {**ADDRESS, "comment": "ours", "adopt": True}),
    "interface": Item(WIREGUARD, "WireGuardInterface", "one", {"name": "wg0", "listen_port": 13300, "adopt": True}),
    "dns": Item("/ip/dns", "Dns", "one", {"servers": ["9.9.9.9"], "cache_size": 4096}),
    "identity": Item("/system/identity", "Identity", "one", {"name": "ours"}),
}


@pytest.fixture
def stack(monkeypatch):
    monkeypatch.setattr(expectations, "problems", lambda *_, **__: [])
    with serve(tls=False, password="none") as lab:
        lab.run("/ip/address/add", **ADDRESS, comment="theirs", disabled="yes")
        lab.run(f"{WIREGUARD}/add", name="wg0", listen_port="13231", mtu="1380")
        lab.run("/ip/dns/set", servers="192.0.2.1", cache_size="3000")
        lab.run("/system/identity/set", name="theirs")
        yield Stack(lab, "a")
    close_all()


def there(stack):
    return {path: rows for path, rows in stack.lab.router.snapshot().items() if path != "/log"} | {
        WIREGUARD: stack.lab.router.rows(WIREGUARD)
    }


MOVES = {
    "another parent": {"parent": "site:Branch"},
    "another name": {"name": "two"},
    "both": {"parent": "site:Branch", "name": "two"},
}


@pytest.mark.parametrize("what", THINGS)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("killed", [None, 0], ids=["", "killed"])
def test_it_comes_back_after_its_resource_moved_without_an_alias(stack, what, move, killed):
    item, before = THINGS[what], there(stack)
    moved = attrs.evolve(item, **MOVES[move])
    assert stack.up([item], Run()) == []
    assert stack.up([moved], Run(killed=killed)) == []
    assert stack.up([moved], Run()) == []
    stack.refresh()
    assert stack.up([moved], Run()) == []
    assert stack.steps == []

    stack.destroy()
    assert there(stack) == before


@pytest.mark.parametrize("what", THINGS)
def test_it_comes_back_after_the_run_that_took_it_over_was_killed(stack, what):
    other = Item("/interface/list", "InterfaceList", "other", {"name": "other"})
    assert stack.up([other], Run()) == []
    before = there(stack)
    assert stack.up([THINGS[what], other], Run(killed=0)) == []
    assert there(stack) != before
    assert stack.up([THINGS[what], other], Run()) == []

    assert stack.up([other], Run()) == []
    assert there(stack) == before


def test_what_is_declared_later_or_no_more_comes_back_as_it_was_then(stack):
    one = {"servers": ["9.9.9.9"]}
    dns = attrs.evolve(THINGS["dns"], props=one)
    before = there(stack)
    assert stack.up([dns], Run()) == []
    stack.lab.run("/ip/dns/set", cache_size="2500")
    assert stack.up([attrs.evolve(dns, props={**one, "cache_size": 4096})], Run()) == []
    assert stack.up([attrs.evolve(dns, name="two", props={**one, "cache_size": 4096})], Run()) == []
    assert stack.up([attrs.evolve(dns, name="two", props={"cache_size": 4096})], Run()) == []

    stack.destroy()
    (row,) = stack.lab.router.rows("/ip/dns")
    assert (row["servers"], row["cache-size"]) == ("192.0.2.1", "2500")
    stack.lab.run("/ip/dns/set", cache_size="3000")
    assert there(stack) == before


def test_no_secret_is_noted(stack):
    stack.up(list(THINGS.values()), Run())

    (key,) = {row["private-key"] for row in stack.lab.router.rows(WIREGUARD)}
    assert "theirs" in str(stack.noted)
    assert key not in str(stack.noted)
