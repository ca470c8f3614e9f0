"""Commands that go on: listen, follow, monitors, and how they are cancelled."""

import pytest

from rawclient import RawClient
from wiretik_provider.simulator import serve


@pytest.fixture
def lab():
    with serve(tls=False) as running:
        yield running


@pytest.fixture
def client(lab):
    with RawClient(lab.host, lab.api_port) as connected:
        connected.login()
        yield connected


def words(sentence):
    return dict(word.lstrip("=").partition("=")[::2] for word in sentence[1:])


def test_listen_tells_changes_and_deaths_until_it_is_cancelled(lab, client):
    lab.run("/routing/rule/add", comment="before")
    client.send("/routing/rule/listen", ".tag=L")
    client.talk("/system/identity/print", ".tag=sync")
    lab.run("/routing/rule/add", comment="new")
    assert words(client.sentence()) == {
        ".tag": "L",
        ".id": "*2",
        "action": "lookup",
        "chain": "user",
        "comment": "new",
        "disabled": "false",
        "inactive": "false",
    }
    lab.run("/routing/rule/set", numbers="*1", comment="changed")
    assert words(client.sentence())["comment"] == "changed"
    lab.run("/routing/rule/remove", numbers="*1")
    assert words(client.sentence()) == {".tag": "L", ".id": "*1", ".dead": "yes"}
    client.send("/cancel", "=tag=L", ".tag=C")
    assert client.sentence() == ("!trap", ".tag=L", "=category=2", "=message=interrupted")
    assert client.sentence() == ("!done", ".tag=C")
    assert client.sentence() == ("!done", ".tag=L")
    lab.run("/routing/rule/remove", numbers="*2")
    assert client.talk("/system/identity/print")[0] == ("!re", "=name=MikroTik")


def test_follow_begins_with_what_is_there_and_obeys_queries(lab, client):
    lab.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1")
    client.send("/ip/firewall/address-list/print", "=follow=", "?list=a", "=.proplist=address", ".tag=F")
    assert client.sentence() == ("!re", ".tag=F", "=address=10.0.0.1")
    lab.run("/ip/firewall/address-list/add", list="b", address="10.0.0.2")
    lab.run("/ip/firewall/address-list/add", list="a", address="10.0.0.3")
    assert client.sentence() == ("!re", ".tag=F", "=address=10.0.0.3")


def test_a_connected_route_is_told_when_it_comes(lab, client):
    client.send("/ip/route/listen", ".tag=R")
    client.talk("/system/identity/print", ".tag=sync")
    lab.run("/ip/address/add", address="10.7.0.1/24", interface="ether1")
    assert words(client.sentence())["dst-address"] == "10.7.0.0/24"


def test_a_singleton_cannot_be_followed(client):
    assert client.talk("/ip/dns/listen")[0] == ("!trap", "=message=unknown parameter follow-only")


def test_a_monitor_samples_once_or_until_it_is_cancelled(client):
    assert len(client.talk("/interface/ethernet/monitor", "=numbers=ether1,ether2", "=once=")) == 3
    client.send("/interface/monitor-traffic", "=interface=ether1", "=interval=100ms", ".tag=M")
    for _ in range(3):
        assert words(client.sentence())["name"] == "ether1"
    client.send("/cancel")
    replies = client.answer()
    while ".tag=M" in replies[-1]:
        replies = client.answer()
    assert replies[-1] == ("!done",)


def test_a_listener_that_hangs_up_is_forgotten(lab, client):
    with RawClient(lab.host, lab.api_port) as other:
        other.login()
        other.send("/routing/rule/listen", ".tag=1")
        other.talk("/system/identity/print", ".tag=2")
        assert len(lab.router.table("/routing/rule").watchers) == 1
    client.talk("/system/identity/print")
    for _ in range(100):
        if not lab.router.table("/routing/rule").watchers:
            break
        client.talk("/system/identity/print")
    assert lab.router.table("/routing/rule").watchers == []
