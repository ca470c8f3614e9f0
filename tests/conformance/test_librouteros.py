"""librouteros, which is written independently, drives every menu: create, read, update, move, remove, errors."""

import asyncio
import ssl

import librouteros
import pytest
from librouteros.exceptions import FatalError, TrapError
from librouteros.login import plain, token
from librouteros.query import Key

from wiretik_provider.simulator import serve

from .every_menu import MENUS

pytestmark = pytest.mark.conformance

KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="

ORDERED = ["/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/mangle", "/ip/firewall/raw"]


@pytest.fixture
def lab():
    with serve(password="secret") as running:
        running.run("/interface/wireguard/add", name="wg0")
        running.run("/interface/list/add", name="L")
        yield running


@pytest.fixture
def api(lab):
    client = librouteros.connect(lab.host, "admin", "secret", port=lab.api_port, encoding="utf-8")
    yield client
    client.close()


@pytest.mark.parametrize(("path", "new", "change"), MENUS, ids=[menu[0] for menu in MENUS])
def test_every_menu_takes_a_whole_round(lab, api, path, new, change):
    before = lab.router.snapshot()
    menu = api.path(path)
    number = menu.add(**new)
    assert number.startswith("*")
    row = next(row for row in menu if row[".id"] == number)
    for name, value in new.items():
        if name not in ("password", "policy"):
            assert str(row[name]) == value
    menu.update(**{".id": number, **change})
    (name, value), *_ = change.items()
    assert [str(row[name]) for row in menu.select(Key(name), Key(".id")) if row[".id"] == number] == [value]
    if "disabled" in row:
        tuple(menu("disable", numbers=number))
        assert next(row for row in menu if row[".id"] == number)["disabled"] is True
    with pytest.raises(TrapError, match="unknown parameter colour"):
        menu.update(**{".id": number, "colour": "red"})
    menu.remove(number)
    with pytest.raises(TrapError, match="no such item"):
        menu.remove(number)
    assert lab.router.snapshot() == before


@pytest.mark.parametrize("path", ORDERED)
def test_rules_are_placed_and_moved(api, path):
    menu = api.path(path)
    chain = "srcnat" if path.endswith("nat") else "prerouting"
    first, second = menu.add(chain=chain, comment="1"), menu.add(chain=chain, comment="2")
    menu.add(**{"chain": chain, "comment": "0", "place-before": first})
    assert [row["comment"] for row in menu] == [0, 1, 2]
    tuple(menu("move", numbers=second, destination=first))
    assert [row["comment"] for row in menu] == [0, 2, 1]


def test_singletons_are_read_and_set(api):
    tuple(api("/ip/dns/set", servers="9.9.9.9", **{"allow-remote-requests": "yes"}))
    (dns,) = api("/ip/dns/print")
    assert dns["servers"] == "9.9.9.9"
    assert dns["allow-remote-requests"] is True
    assert ".id" not in dns


def test_queries_select_rows(api):
    name = Key("name")
    found = api.path("/interface").select(name).where(name.In("ether1", "ether3"))
    assert [row["name"] for row in found] == ["ether1", "ether3"]


def test_an_empty_menu_is_no_rows(api):
    assert list(api.path("/routing/rule")) == []


def test_several_rows_go_in_one_command(api):
    menu = api.path("/ip/firewall/address-list")
    numbers = [menu.add(list="a", address=f"10.0.0.{last}") for last in range(5)]
    menu.remove(*numbers)
    assert list(menu) == []


@pytest.mark.parametrize("method", [plain, token])
def test_both_logins_work(lab, method):
    client = librouteros.connect(lab.host, "admin", "secret", port=lab.api_port, login_method=method)
    assert list(client("/system/identity/print")) == [{"name": "MikroTik"}]
    client.close()


@pytest.mark.parametrize("method", [plain, token])
def test_a_wrong_password_is_refused(lab, method):
    with pytest.raises(TrapError, match="invalid user name or password"):
        librouteros.connect(lab.host, "admin", "wrong", port=lab.api_port, login_method=method)


def test_quit_is_fatal(api):
    with pytest.raises(FatalError, match="session terminated on request"):
        tuple(api("/quit"))


def test_tls_with_a_certificate(lab):
    context = ssl.create_default_context(cafile=lab.ca_file)
    client = librouteros.connect(
        lab.host,
        "admin",
        "secret",
        port=lab.apis_port,
        ssl_wrapper=lambda raw: context.wrap_socket(raw, server_hostname=lab.host),
    )
    assert list(client("/system/identity/print")) == [{"name": "MikroTik"}]
    client.close()


def test_tls_without_a_certificate_is_anonymous():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ADH:@SECLEVEL=0")
    with serve(certificate=False) as lab:
        client = librouteros.connect(lab.host, "admin", "", port=lab.apis_port, ssl_wrapper=context.wrap_socket)
        assert list(client("/system/identity/print")) == [{"name": "MikroTik"}]
        client.close()


def test_the_asynchronous_client_is_served_too(lab):
    async def talk():
        api = await librouteros.async_connect(lab.host, "admin", "secret", port=lab.api_port)
        menu = api.path("/ip/firewall/address-list")
        number = await menu.add(list="a", address="10.0.0.1")
        rows = [row async for row in menu]
        await menu.remove(number)
        await api.close()
        return number, rows

    number, rows = asyncio.run(talk())
    assert [row[".id"] for row in rows] == [number]
