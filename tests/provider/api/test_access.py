"""Where address and credentials come from: the rules of precedence, one line each."""

import pytest

from wiretik_provider.api.access import access, expected_identity, misnamed, variable
from wiretik_provider.errors import ConfigError

PIN = "ab" * 32
OTHER = "cd" * 32
BASE = {"wiretik:host": "192.168.88.1", "wiretik:username": "wiretik", "wiretik:password": "from-config"}
TWO = {
    "wiretik:routers": '{"home": {"host": "192.168.88.1", "password": "home-config"}, "office": {"host": "10.0.0.1"}}',
    "wiretik:username": "shared",
    "wiretik:password": "shared-config",
}

# what the program calls the router, config besides BASE, environment, what comes out
ONE_ROUTER = {
    "config alone": ("", {}, {}, {"password": "from-config", "port": 8729, "tls": True}),
    "a name changes nothing without wiretik:routers": ("home", {}, {}, {"host": "192.168.88.1", "name": "home"}),
    "the environment's password wins": ("", {}, {"WIRETIK_PASSWORD": "fresh"}, {"password": "fresh"}),
    "the router's own variable wins over the general one": (
        "home",
        {},
        {"WIRETIK_PASSWORD": "general", "WIRETIK_HOME_PASSWORD": "own"},
        {"password": "own"},
    ),
    "another router's variable is nothing to it": (
        "home",
        {},
        {"WIRETIK_OFFICE_PASSWORD": "office"},
        {"password": "from-config"},
    ),
    "an empty variable is none": ("", {}, {"WIRETIK_PASSWORD": ""}, {"password": "from-config"}),
    "the environment's user wins": ("", {}, {"WIRETIK_USERNAME": "me"}, {"username": "me"}),
    "the environment's pin wins": (
        "",
        {"wiretik:fingerprint": PIN},
        {"WIRETIK_FINGERPRINT": OTHER},
        {"fingerprint": OTHER},
    ),
    "the environment's authority wins": (
        "",
        {"wiretik:ca-file": "old.pem"},
        {"WIRETIK_CA_FILE": "new.pem"},
        {"ca_file": "new.pem"},
    ),
    "the same address twice is no contradiction": ("", {}, {"WIRETIK_HOST": "192.168.88.1"}, {"host": "192.168.88.1"}),
    "the environment stands in for a port": ("", {}, {"WIRETIK_PORT": "18729"}, {"port": 18729}),
    "tls isn't a matter of the environment": ("", {}, {"WIRETIK_TLS": "false"}, {"tls": True}),
    "without TLS the port is the plain API's": ("", {"wiretik:tls": "false"}, {}, {"tls": False, "port": 8728}),
    "a pin may have colons and capitals": (
        "",
        {"wiretik:fingerprint": ":".join(["AB"] * 32)},
        {},
        {"fingerprint": PIN},
    ),
    "a timeout is a duration": ("", {"wiretik:timeout": "5s"}, {}, {"timeout": 5.0}),
    "a window is a number": ("", {"wiretik:window": "8"}, {}, {"window": 8}),
}

SEVERAL = {
    "its own entry wins over what all have in common": ("home", {}, {}, {"password": "home-config"}),
    "what all have in common fills gaps": ("office", {}, {}, {"username": "shared", "password": "shared-config"}),
    "its own variable wins over its entry": (
        "home",
        {},
        {"WIRETIK_HOME_PASSWORD": "own"},
        {"password": "own"},
    ),
    "a general variable doesn't override an entry": (
        "home",
        {},
        {"WIRETIK_PASSWORD": "general"},
        {"password": "home-config"},
    ),
    "a general variable overrides what all have in common": (
        "office",
        {},
        {"WIRETIK_PASSWORD": "general"},
        {"password": "general"},
    ),
    "numbers and truths of JSON are taken as such": (
        "home",
        {"wiretik:routers": '{"home": {"host": "h", "tls": false, "port": 18728, "window": 4}}'},
        {},
        {"tls": False, "port": 18728, "window": 4},
    ),
    "a general address is no router's": ("office", {}, {"WIRETIK_HOST": "10.9.9.9"}, {"host": "10.0.0.1"}),
}

# what the program calls the router, the whole config, environment, what the error says
REFUSALS = {
    "no address": ("", {"wiretik:username": "u"}, {}, "no address: `pulumi config set wiretik:host ADDRESS`"),
    "no user": ("", {"wiretik:host": "h"}, {}, "no user: `pulumi config set wiretik:username USER`"),
    "two addresses": (
        "",
        BASE,
        {"WIRETIK_HOST": "10.0.0.1"},
        "wiretik:host '192.168.88.1', the environment's WIRETIK_HOST",
    ),
    "two addresses of a named router": (
        "home",
        TWO,
        {"WIRETIK_HOME_HOST": "10.0.0.9"},
        "wiretik:routers.home.host '192.168.88.1', the environment's WIRETIK_HOME_HOST says '10.0.0.9'",
    ),
    "two ports": (
        "",
        {**BASE, "wiretik:port": "8729"},
        {"WIRETIK_PORT": "1234"},
        "wiretik:port '8729', the environment's WIRETIK_PORT says '1234'",
    ),
    "a port out of range": ("", {**BASE, "wiretik:port": "70000"}, {}, "wiretik:port: "),
    "a pin that is no SHA-256": ("", {**BASE, "wiretik:fingerprint": "abc"}, {}, "fingerprint: not a SHA-256 in hex"),
    "a pin without TLS": (
        "",
        {**BASE, "wiretik:tls": "false", "wiretik:fingerprint": PIN},
        {},
        "wiretik:fingerprint and ca-file would check nothing",
    ),
    "an authority and a pin without TLS": (
        "",
        {**BASE, "wiretik:tls": "no", "wiretik:ca-file": "ca.pem"},
        {},
        "would check nothing",
    ),
    "a router that config doesn't know": ("attic", TWO, {}, "has no router 'attic'; it has home, office"),
    "an unknown key in an entry": (
        "home",
        {"wiretik:routers": '{"home": {"host": "h", "pasword": "x"}}'},
        {},
        "wiretik:routers.home: unknown pasword; did you mean password?",
    ),
    "no name where there are several": ("", TWO, {}, "wiretik:routers has home, office; say which with router="),
    "routers that are a list": ("home", {"wiretik:routers": "[1]"}, {}, "not an object of routers by name"),
    "routers that are no JSON": ("home", {"wiretik:routers": "{"}, {}, "not an object of routers by name"),
}


@pytest.mark.parametrize(("name", "config", "environment", "expected"), ONE_ROUTER.values(), ids=ONE_ROUTER)
def test_the_only_router_is_reached(name, config, environment, expected):
    found = access(BASE | config, environment, name)
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(("name", "config", "environment", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_one_of_several_routers_is_reached(name, config, environment, expected):
    found = access(TWO | config, environment, name)
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(("name", "config", "environment", "text"), REFUSALS.values(), ids=REFUSALS)
def test_a_contradiction_is_refused_in_one_line(name, config, environment, text):
    with pytest.raises(ConfigError) as refused:
        access(config, environment, name)
    assert text in str(refused.value)
    assert "\n" not in str(refused.value)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(ConfigError) as refused:
        access({"wiretik:port": "x", "wiretik:window": "0", "wiretik:fingerprint": "abc"}, {}, "")
    for part in ("no address", "no user", "wiretik:port", "wiretik:window", "wiretik:fingerprint"):
        assert part in str(refused.value)


def test_a_password_is_in_no_repr_and_no_error():
    assert "from-config" not in repr(access(BASE, {}, ""))
    with pytest.raises(ConfigError) as refused:
        access(BASE | {"wiretik:port": "no"}, {"WIRETIK_PASSWORD": "fresh-secret"}, "")
    assert "from-config" not in str(refused.value)
    assert "fresh-secret" not in str(refused.value)


def test_an_environment_alone_is_enough():
    environment = {"WIRETIK_HOST": "10.0.0.1", "WIRETIK_USERNAME": "me", "WIRETIK_PASSWORD": "p"}
    assert access({}, environment, "").host == "10.0.0.1"


@pytest.mark.parametrize(
    ("key", "name", "expected"),
    [
        ("password", "", "WIRETIK_PASSWORD"),
        ("ca-file", "", "WIRETIK_CA_FILE"),
        ("password", "home", "WIRETIK_HOME_PASSWORD"),
        ("ca-file", "branch-2.north", "WIRETIK_BRANCH_2_NORTH_CA_FILE"),
    ],
)
def test_variables_are_named_after_key_and_router(key, name, expected):
    assert variable(key, name) == expected


@pytest.mark.parametrize(
    ("config", "name", "expected"),
    [
        ({}, "", ""),
        ({"wiretik:identity": "HF9"}, "", "HF9"),
        ({"wiretik:identity": "HF9"}, "home", "HF9"),
        ({"wiretik:routers": '{"home": {"identity": "AB1"}}', "wiretik:identity": "HF9"}, "home", "AB1"),
    ],
)
def test_the_expected_device_is_said_by_config(config, name, expected):
    assert expected_identity(config, name) == expected


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("wiretik:usrname", "did you mean wiretik:username?"),
        ("wiretik:ca_file", "did you mean wiretik:ca-file?"),
        ("wiretik:finger-print", "did you mean wiretik:fingerprint?"),
        ("wiretik:zzz", "known are host, port"),
    ],
)
def test_a_key_that_nothing_reads_is_told_with_the_nearest_one(name, hint):
    [told] = misnamed([name, "wiretik:host", "wiretik:routers", "other:hots", "home:office-key"])
    assert told.startswith(f"config has {name}, which nothing reads")
    assert hint in told
    assert "\n" not in told
