"""What joins two sites, and what it refuses."""

import pulumi
import pytest

import wiretik as wt


def end(name, number, **args):
    base = {"lan": wt.Lan("bridge", f"192.168.{87 + number}.0/24"), "address": f"10.255.0.{number}/30"}
    return wt.SiteEnd(name, **{**base, **args})


def link(**args):
    base = {"a": end("berlin", 1, endpoint="berlin.example.com:51820"), "b": end("lisbon", 2)}
    return wt.SiteToSiteArgs(**{**base, **args})


def test_each_end_routes_the_others_lan_and_the_one_without_an_endpoint_calls(register):
    def program():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        wt.SiteToSite("link", link())

    rows = register(program)

    listens, calls = rows["link-berlin-lisbon"], rows["link-lisbon-berlin"]
    assert listens["allowed_address"] == ["10.255.0.2/32", "192.168.89.0/24"]
    assert calls["allowed_address"] == ["10.255.0.1/32", "192.168.88.0/24"]
    assert (listens["responder"], listens.get("endpoint_address")) == (True, None)
    assert (calls.get("responder"), calls["endpoint_address"], calls["endpoint_port"]) == (
        None,
        "berlin.example.com",
        51820,
    )
    assert (calls["persistent_keepalive"], listens.get("persistent_keepalive")) == ("25s", None)
    assert rows["link-berlin-route-192.168.89.0-24"]["router"] == "berlin"
    assert rows["link-lisbon-route-192.168.88.0-24"]["router"] == "lisbon"
    assert "link-berlin-port" in rows
    assert not [name for name in rows if "masquerade" in name or name == "link-lisbon-port"]


@pytest.mark.parametrize(
    ("args", "reason", "cure"),
    [
        (link(a=end("berlin", 1)), "each waits for the other to call", "let both meet at a RelayMesh"),
        (link(b=end("berlin", 2)), "both ends are on berlin", "name two routers"),
        (link(b=end("lisbon", 2, address="10.254.0.2/30")), "aren't two addresses of one network", "10.255.0.2/30"),
        (link(b=end("lisbon", 1)), "aren't two addresses of one network", "10.255.0.2/30"),
        (
            link(b=end("lisbon", 2, lan=wt.Lan("bridge", "192.168.88.0/23"))),
            "192.168.88.0/24 of berlin and 192.168.88.0/23 of lisbon overlap",
            "netmap",
        ),
        (link(b=end("lisbon", 2, endpoint="lisbon")), "lisbon: 'lisbon' is not an endpoint", "such as"),
    ],
)
def test_what_cannot_work_is_refused_with_reason_and_cure(args, reason, cure):
    with pytest.raises(wt.Refusal) as told:
        wt.SiteToSite("link", args)

    assert reason in str(told.value)
    assert cure in str(told.value)
