"""A router's console and the file of all menus are compared: what a release brings is told, and nothing else."""

import pytest

from tools.exports_by_version import asking, known_until
from tools.facts_of_router import differences, main
from wiretik_provider.menus import every
from wiretik_provider.simulator import Router, serve

PATHS = ("/ip/settings", "/ip/dhcp-server", "/interface/vlan", "/app/settings")


LATER = "address-lists dynamic-lease-identifiers support-broadband-tr101 use-reconfigure"


@pytest.mark.parametrize("number", ["7.16.2", "7.23.2"])
def test_where_both_are_of_one_version_nothing_differs(number):
    running = tuple(map(int, number.split(".")))

    assert list(differences(asking(Router("none", number)), running, PATHS)) == []


def test_what_a_new_release_brings_is_told_menu_by_menu():
    with known_until((7, 18, 99)):
        found = list(differences(asking(Router("none", "7.21.5")), (7, 21, 5), (*PATHS, "/tool/e-mail")))

    assert found == [
        "/ip/dhcp-server: only the router has dynamic-lease-identifiers support-broadband-tr101 use-reconfigure",
        "/tool/e-mail: only the router has certificate-verification",
    ]


def test_what_a_router_lacks_is_told_too():
    found = list(differences(asking(Router("none", "7.16.2")), (7, 21, 5), ["/ip/dhcp-server", "/app/settings"]))

    assert found == [
        "/app/settings: the router says nothing of it",
        f"/ip/dhcp-server: only the file has {LATER}",
    ]


def test_the_command_names_the_router_that_it_asked(monkeypatch, capsys):
    some = {path: every.heads()[path] for path in PATHS[:3]}
    monkeypatch.setattr(every, "heads", lambda: some)
    with serve(profile="none", tls=False, password="a-secret-of-this") as lab:
        monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret-of-this")
        main(f"host={lab.host}", f"port={lab.api_port}", "tls=false", "username=admin")

    assert capsys.readouterr().out == "RouterOS 7.23.2: 3 menus asked for, 0 differences\n"
