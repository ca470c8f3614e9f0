"""The REST service, spoken to by the standard library's HTTP client: what facts F and traps 1 to 11 say of it."""

import base64
import http.client
import json
import ssl

import pytest

from wiretik_provider.simulator import Options, serve


class Rest:
    def __init__(self, lab, user="admin", password=""):
        self.connection = http.client.HTTPConnection(lab.host, lab.rest_port, timeout=10)
        self.token = base64.b64encode(f"{user}:{password}".encode()).decode()

    def __call__(self, method, path, body=None):
        text = None if body is None else json.dumps(body)
        self.connection.request(method, f"/rest{path}", text, {"Authorization": f"Basic {self.token}"})
        answer = self.connection.getresponse()
        data = answer.read()
        return answer.status, json.loads(data) if data else None


@pytest.fixture
def lab():
    with serve(tls=False, rest=True) as running:
        yield running


@pytest.fixture
def rest(lab):
    client = Rest(lab)
    yield client
    client.connection.close()


def test_a_row_is_made_read_changed_and_removed(rest):
    status, row = rest("PUT", "/ip/address", {"address": "10.0.0.1/24", "interface": "ether1"})
    assert status == 201
    assert row["network"] == "10.0.0.0"
    path = f"/ip/address/{row['.id']}"
    assert rest("GET", path) == (200, row)
    assert rest("PATCH", path, {"comment": "mine", "disabled": True})[1]["disabled"] == "true"
    assert rest("GET", "/ip/address")[1][0]["comment"] == "mine"
    assert rest("DELETE", path) == (204, None)
    assert rest("DELETE", path)[0] == 404


def test_names_stand_for_ids(rest):
    rest("PUT", "/interface/wireguard", {"name": "wg0"})
    assert rest("GET", "/interface/wireguard/wg0")[1]["name"] == "wg0"
    assert rest("PATCH", "/interface/wireguard/wg0", {"mtu": 1380})[1]["mtu"] == "1380"


def test_a_refusal_is_the_routers_own_words(rest):
    assert rest("PUT", "/ip/address", {"address": "10.0.0.1/24", "interface": "nowhere"}) == (
        400,
        {"error": 400, "message": "Bad Request", "detail": "input does not match any value of interface"},
    )


def test_a_singleton_is_an_object_and_written_by_a_command(rest):
    assert rest("GET", "/system/identity") == (200, {"name": "MikroTik"})
    status, error = rest("PATCH", "/system/identity", {"name": "x"})
    assert (status, error["detail"]) == (400, "missing or invalid resource identifier")
    assert rest("POST", "/system/identity/set", {"name": "x"}) == (200, [])
    assert rest("GET", "/system/identity")[1] == {"name": "x"}


def test_a_post_to_a_menu_creates_nothing_and_says_success(rest):
    assert rest("POST", "/routing/rule", {"comment": "lost"})[0] == 200
    assert rest("GET", "/routing/rule") == (200, [])


def test_commands_answer_with_ret_and_prints_without_ids(rest):
    assert rest("POST", "/routing/rule/add", {"comment": "a"}) == (200, {"ret": "*1"})
    assert rest("POST", "/routing/rule/print", {"count-only": ""}) == (200, {"ret": "1"})
    assert rest("POST", "/routing/rule/print", {})[1][0][".id"] == "*1"
    assert rest("POST", "/routing/rule/print", {".proplist": "comment"}) == (200, [{"comment": "a"}])
    assert rest("POST", "/routing/rule/print", {".proplist": [".id", "comment"], ".query": ["comment=a"]}) == (
        200,
        [{".id": "*1", "comment": "a"}],
    )


def test_null_takes_a_property_away(rest):
    rest("PUT", "/ip/firewall/filter", {"chain": "input", "protocol": "tcp"})
    assert "protocol" not in rest("PATCH", "/ip/firewall/filter/*1", {"protocol": None})[1]


def test_filters_take_a_plus_as_it_is(rest):
    for comment in ("a+b", "a b"):
        rest("PUT", "/routing/rule", {"comment": comment})
    assert [row["comment"] for row in rest("GET", "/routing/rule?comment=a+b")[1]] == ["a+b"]
    assert rest("GET", "/routing/rule?comment=a%20b&.proplist=comment") == (200, [{".id": "*2", "comment": "a b"}])


def test_unknown_menus_rows_and_commands_differ(rest):
    for method, path in (("GET", "/ip/nonsense"), ("PUT", "/ip/nonsense"), ("POST", "/ip/nonsense/print")):
        status, error = rest(method, path, {} if method != "GET" else None)
        assert (status, error["detail"]) == (400, "no such command or directory (nonsense)")
    assert rest("GET", "/routing/rule/*9")[0] == 404


def test_who_may_not_is_turned_away(lab):
    lab.router.add_user("few", "x", ["read", "rest-api"])
    lab.router.add_user("reader", "x", ["read", "rest-api", "api"])
    refused = Rest(lab, "admin", "wrong")
    assert refused("GET", "/system/identity")[0] == 401
    few = Rest(lab, "few", "x")
    assert few("GET", "/system/identity")[1]["detail"] == "std failure: not allowed (9)"
    reader = Rest(lab, "reader", "x")
    assert reader("POST", "/system/identity/set", {"name": "x"})[1]["detail"] == "not enough permissions (9)"
    for client in (refused, few, reader):
        client.connection.close()


def test_safe_mode_ends_with_its_request():
    with serve(tls=False, rest=True, options=Options(rollback_seconds=0)) as lab:
        rest = Rest(lab)
        assert rest("POST", "/safe-mode/take")[0] == 200
        assert rest("GET", "/safe-mode") == (200, {"enabled": "false"})
        rest.connection.close()


def test_a_disabled_service_closes_without_a_word(lab):
    lab.run("/ip/service/disable", numbers="www")
    client = Rest(lab)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        client("GET", "/system/identity")
    client.connection.close()


def test_it_is_served_over_tls_too():
    with serve(rest=True, password="x") as lab:
        context = ssl.create_default_context(cafile=lab.ca_file)
        connection = http.client.HTTPSConnection(lab.host, lab.rests_port, context=context, timeout=10)
        token = base64.b64encode(b"admin:x").decode()
        connection.request("GET", "/rest/system/identity", headers={"Authorization": f"Basic {token}"})
        assert json.loads(connection.getresponse().read()) == {"name": "MikroTik"}
        connection.close()
