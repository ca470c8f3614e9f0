"""The end of a trial: rows become the stack's own, what carries the LAN is protected, and it can be cut anywhere."""

import pytest

from adopting_home import home_of
from adopting_routers import SMALL
from wiretik.cli.adopting.ending import end_trials, release
from wiretik.cli.adopting.owning import routers
from wiretik.cli.commands.deploy import _warned
from wiretik.engine.errors import ProjectError
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Router

RULES = '/ip firewall filter\nadd action=accept chain=input comment="the way in" dst-port=8728 protocol=tcp\n'


@pytest.fixture
def home(tmp_path):
    router = Router("bare")
    router.load(SMALL + RULES)
    with home_of(router, tmp_path) as home:
        yield home


def _tags(home):
    tags = (ownership.tag_of(row) for rows in home.rows().values() for row in rows)
    return [tag.adopted for tag in tags if tag]


def _ended(home, **more):
    end_trials(home.stack(), more.pop("wanted", []), **{"protect": True, "yes": True, **more})


def test_what_several_gates_of_a_router_noted_adds_up():
    """As those of components in other languages, each beside its own."""
    gates = [{"type": "wiretik:index:Preflight", "urn": f"u::{menu}", "inputs": {"__adopted": menu}} for menu in "ab"]
    row = {"type": "wiretik:index:InterfaceList", "urn": "u::list", "inputs": {"__tag": "12345678"}}
    (router,) = routers([*gates, row, {**gates[0], "inputs": {}}], ())
    assert router.noted.splitlines() == ["a", "b"]


def test_rows_become_the_stacks_own_and_a_destroy_is_refused_before_it_removes_them(home, capsys):
    home.sign(home.written())
    _ended(home)
    assert set(_tags(home)) == {False}
    told = "".join(capsys.readouterr())
    assert "9 rows are on trial" in told
    assert "protected: FilterChain::input: rules of input go that decide who reaches the router" in told
    home.stack().up().check()  # the program's own protection is that of the config
    with pytest.raises(ProjectError, match=r"nothing was deleted\n(.*\n)?  FilterChain::input: rules of input go"):
        _warned(home.stack(), (), yes=True)
    refused = home.stack().destroy()
    assert not refused.ok
    assert "input" in [row["chain"] for row in home.router.rows("/ip/firewall/filter")]
    release(home.stack())
    home.stack().destroy().check()
    menus = ("/ip/firewall/filter", "/interface/wireguard", "/ip/firewall/address-list")
    assert not any(home.router.rows(path) for path in menus)


def test_only_what_was_asked_for_is_owned_and_what_nobody_declares_stays_on_trial(home):
    home.router.run("/ip/address/set", numbers="*1", comment="a name")
    home.sign(home.written())
    main = home.folder / "__main__.py"
    main.write_text(main.read_text().replace(', comment="a name"', ""))
    home.stack().up().check()
    with pytest.raises(ProjectError, match="no resource nobody"):
        _ended(home, wanted=["nobody"])
    _ended(home, wanted=["FilterChain::forward"], protect=False)
    assert _tags(home).count(False) == 2
    _ended(home, protect=False)
    assert _tags(home).count(True) == 1
    home.stack().destroy().check()
    assert [row["comment"] for row in home.router.rows("/ip/address") if "comment" in row] == ["a name"]


def test_a_run_that_was_killed_behind_the_signatures_is_run_again(home, monkeypatch):
    before = home.rows()
    home.sign(home.written())
    with monkeypatch.context() as patch:
        patch.setattr("wiretik.engine.Stack.rewrite", _killed)
        with pytest.raises(KeyboardInterrupt):
            _ended(home)
    assert set(_tags(home)) == {False}
    assert home.stack().preview(refresh=True).changed is False
    _ended(home, protect=False)
    home.stack().destroy().check()
    assert home.rows() != before


def _killed(*_):
    raise KeyboardInterrupt
