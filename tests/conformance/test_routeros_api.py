"""RouterOS-api (Social WiFi), a second client written independently, goes through every menu."""

import ssl

import pytest
import routeros_api
from routeros_api.exceptions import RouterOsApiCommunicationError

from wiretik_provider.simulator import serve

from . import every_menu

pytestmark = pytest.mark.conformance


def spelled(properties):
    """As this client takes names."""
    return {name.replace("-", "_"): value for name, value in properties.items()}


MENUS = [(menu, spelled(new), spelled(then)) for menu, new, then in every_menu.MENUS]


@pytest.fixture
def lab():
    with serve(password="secret") as running:
        running.run("/interface/wireguard/add", name="wg0")
        running.run("/interface/list/add", name="L")
        yield running


@pytest.fixture
def api(lab):
    pool = routeros_api.RouterOsApiPool(
        lab.host, "admin", "secret", port=lab.api_port, plaintext_login=True, use_ssl=False
    )
    yield pool.get_api()
    pool.disconnect()


@pytest.mark.parametrize(("path", "new", "change"), MENUS, ids=[menu[0] for menu in MENUS])
def test_every_menu_takes_a_whole_round(lab, api, path, new, change):
    before = lab.router.snapshot()
    menu = api.get_resource(path)
    number = menu.add(**new).done_message["ret"]
    (row,) = menu.get(id=number)
    for name, value in new.items():
        if name not in ("password", "policy"):
            assert row[name.replace("_", "-")] == value
    menu.set(id=number, **change)
    (name, value), *_ = change.items()
    assert menu.get(id=number)[0][name.replace("_", "-")] == value
    with pytest.raises(RouterOsApiCommunicationError, match="unknown parameter colour"):
        menu.set(id=number, colour="red")
    menu.remove(id=number)
    assert menu.get(id=number) == []
    with pytest.raises(RouterOsApiCommunicationError, match="no such item"):
        menu.remove(id=number)
    assert lab.router.snapshot() == before


def test_rules_are_placed_and_moved(api):
    menu = api.get_resource("/ip/firewall/filter")
    first = menu.add(chain="forward", comment="1").done_message["ret"]
    second = menu.add(chain="forward", comment="2").done_message["ret"]
    menu.add(chain="forward", comment="0", place_before=first)
    menu.call("move", {"numbers": second, "destination": first})
    assert [row["comment"] for row in menu.get()] == ["0", "2", "1"]


def test_a_wrong_password_is_refused(lab):
    pool = routeros_api.RouterOsApiPool(lab.host, "admin", "wrong", port=lab.api_port, plaintext_login=True)
    with pytest.raises(RouterOsApiCommunicationError, match="invalid user name or password"):
        pool.get_api()
    pool.disconnect()


def test_the_old_login_works(lab):
    pool = routeros_api.RouterOsApiPool(lab.host, "admin", "secret", port=lab.api_port, plaintext_login=False)
    assert pool.get_api().get_resource("/system/identity").get() == [{"name": "MikroTik"}]
    pool.disconnect()


def test_tls_with_a_certificate(lab):
    context = ssl.create_default_context(cafile=lab.ca_file)
    pool = routeros_api.RouterOsApiPool(
        lab.host,
        "admin",
        "secret",
        port=lab.apis_port,
        plaintext_login=True,
        use_ssl=True,
        ssl_verify=True,
        ssl_verify_hostname=True,
        ssl_context=context,
    )
    assert pool.get_api().get_resource("/system/identity").get() == [{"name": "MikroTik"}]
    pool.disconnect()
