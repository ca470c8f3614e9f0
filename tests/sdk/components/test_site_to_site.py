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


def test_an_end_that_is_called_by_ipv6_opens_its_port_to_it_though_the_tunnel_carries_ipv4_alone(register):
    def program():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        wt.SiteToSite("link", link(a=end("berlin", 1, endpoint="[2001:db8::1]:51820")))

    rows = register(program)

    assert {name for name in rows if name.endswith("6")} == {"link-berlin-port6"}
    assert (rows["link-berlin-port6"]["router"], rows["link-berlin-port6"]["dst_port"]) == ("berlin", 51820)


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


def six(number, **args):
    """An end with IPv6, in its LAN and in the tunnel."""
    lan = wt.Lan("bridge", [f"192.168.{87 + number}.0/24", f"fd{87 + number}::/64"])
    return {"lan": lan, "address6": f"fd00:255::{number}/64", **args}


CALLED = {"endpoint": "berlin.example.com:51820"}


def test_lans_meet_by_ipv6_as_they_do_by_ipv4(register):
    def program():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        wt.SiteToSite("link", link(a=end("berlin", 1, **six(1), **CALLED), b=end("lisbon", 2, **six(2))))

    rows = register(program)

    assert rows["link-berlin-lisbon"]["allowed_address"] == [
        "10.255.0.2/32",
        "fd00:255::2/128",
        "192.168.89.0/24",
        "fd89::/64",
    ]
    assert rows["link-berlin-route-fd89---64"]["router"] == "berlin"
    assert rows["link-lisbon-route-fd88---64"]["router"] == "lisbon"
    assert rows["link-lisbon-address6"]["address"] == "fd00:255::2/64"
    assert {"link-berlin-accept-in6", "link-berlin-accept-out6", "link-berlin-mss-in6"} <= rows.keys()
    assert not [name for name in rows if "masquerade" in name]


def test_a_site_whose_lan_is_mapped_is_seen_by_ipv6_as_it_is(register):
    def program():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        mapped = end("lisbon", 2, **six(2, seen_as="10.128.2.0/24"))
        wt.SiteToSite("link", link(a=end("berlin", 1, **six(1), **CALLED), b=mapped))

    rows = register(program)

    assert rows["link-berlin-lisbon"]["allowed_address"][2:] == ["10.128.2.0/24", "fd89::/64"]
    assert rows["link-lisbon-seen-as-in"]["to_addresses"] == "192.168.89.0/24"


@pytest.mark.parametrize(
    ("more", "reason", "cure"),
    [
        (
            six(2, lan=wt.Lan("bridge", ["192.168.89.0/24", "fd88::/48"])),
            "fd88::/64 of berlin and fd88::/48 of lisbon overlap",
            "renumber one of them",
        ),
        (six(2, address6=None), "berlin has an IPv6 address in the tunnel and lisbon has none", "or neither"),
        (six(2, address6="fd00:255::1/64"), "aren't two addresses of one network", "fd00:255::2/64"),
        (six(2, address6="fd01:255::2/64"), "aren't two addresses of one network", "fd00:255::2/64"),
        (six(2, address6="10.0.0.1/24"), "lisbon: '10.0.0.1/24' is not an IPv6 address", "such as"),
        (six(2, address6=""), "lisbon: '' is not an IPv6 address", "such as"),
        (six(2, seen_as="fd89:1::/64"), "lisbon: 'fd89:1::/64' is IPv6", "an IPv4 prefix is needed"),
    ],
)
def test_what_cannot_work_of_ipv6_is_refused_with_reason_and_cure(more, reason, cure):
    with pytest.raises(wt.Refusal) as told:
        wt.SiteToSite("link", link(a=end("berlin", 1, **six(1), **CALLED), b=end("lisbon", 2, **more)))

    assert reason in str(told.value)
    assert cure in str(told.value)
    assert ("netmap" in str(told.value)) is False
