"""Links: whose facts are whose config, from the states."""

import json

import pytest

from wiretik.engine.errors import ProjectError
from wiretik.engine.state.backend import Backend
from wiretik.fleet.sites.links import ends, parsed
from wiretik.fleet.values import Site

SITES = [Site(name="hq"), Site(name="a", groups=("spokes",)), Site(name="b", groups=("spokes",)), Site(name="c")]


@pytest.fixture
def states(tmp_path):
    backend = Backend(tmp_path)

    def write(site, facts):
        file = backend.file("net", site)
        file.parent.mkdir(parents=True, exist_ok=True)
        root = {"type": "pulumi:pulumi:Stack", "urn": "u", "outputs": {"facts": facts}}
        file.write_text(
            json.dumps({"version": 3, "checkpoint": {"latest": {"manifest": {"time": "x"}, "resources": [root]}}})
        )
        return backend

    return write


def test_a_hub_gets_its_spokes_facts_and_a_spoke_the_hubs(states):
    links = parsed([{"hub": "hq", "spokes": "spokes"}], SITES)
    for site in ("hq", "a"):
        backend = states(site, {"key": site})

    found = {site.name: ends(links, site.name, backend, "net") for site in SITES}

    assert found == {
        "hq": {"ends": {"a": {"key": "a"}}},  # b has no state yet
        "a": {"ends": {"hq": {"key": "hq"}}},
        "b": {"ends": {"hq": {"key": "hq"}}},
        "c": {},
    }
    states("a", {"key": "a new one"})
    assert ends(links, "hq", backend, "net") == {"ends": {"a": {"key": "a new one"}}}


def test_facts_that_are_a_secret_are_given_to_nobody(states):
    links = parsed([{"hub": "hq", "spokes": "spokes"}], SITES)
    mark = "4dabf18193072939515e22adb298388d"
    backend = states("hq", {mark: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"})
    with pytest.raises(ProjectError, match="site hq: its output 'facts' is a secret"):
        ends(links, "a", backend, "net")


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"hub": "hq"}, "link 1: it has hub and spokes"),
        ("hq", "link 1: it has hub and spokes"),
        ({"hub": "qh", "spokes": "spokes"}, "link 1: no site 'qh'"),
        ({"hub": "hq", "spokes": "none"}, "link 1: no site is none"),
        ({"hub": "hq", "spokes": "spokes", "key": "x"}, "link 1: 'key', which nothing reads"),
    ],
)
def test_a_link_that_links_nobody_is_refused(link, says):
    with pytest.raises(ProjectError) as told:
        parsed([link], SITES)
    assert says in str(told.value)
