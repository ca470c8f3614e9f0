"""fleet.yaml: what inherits from what, and what is refused by name."""

import pytest

from wiretik.engine.errors import ProjectError
from wiretik.fleet.sites.inventory import chosen, load

PROGRAM = 'import pulumi\nconfig = pulumi.Config()\nconfig.require("lan")\nconfig.get_int("mtu")\n'


def written(place, text, program=PROGRAM, declared=""):
    (place / "Pulumi.yaml").write_text(f"name: net\nruntime: python\n{declared}")
    (place / "__main__.py").write_text(program)
    (place / "fleet.yaml").write_text(text)
    return place / "fleet.yaml"


SOUND = """
defaults: {username: wiretik, tls: false, vars: {mtu: 1420}, labels: {region: eu}}
groups:
  hold: {}
  big: {vars: {mtu: 1400}, groups: [hold]}
sites:
  berlin: {host: 10.0.0.1, port: 8729, vars: {lan: 192.168.1.0/24}}
  paris: {host: 10.0.0.2, groups: [big], vars: {lan: 192.168.2.0/24}, labels: {region: fr}}
  rome: {host: 10.0.0.3, groups: hold, vars: {lan: 192.168.3.0/24, mtu: 1300}}
"""


def test_a_site_has_its_own_first_then_its_groups_then_the_defaults(tmp_path):
    berlin, paris, rome = load(written(tmp_path, SOUND)).sites

    assert berlin.router == {"host": "10.0.0.1", "port": 8729, "username": "wiretik", "tls": False}
    assert [site.vars["mtu"] for site in (berlin, paris, rome)] == [1420, 1400, 1300]
    assert paris.groups == ("big", "hold")
    assert berlin.addresses == (("10.0.0.1", 8729),)
    assert paris.addresses == (("10.0.0.2", 8728),)


def test_each_of_several_routers_has_its_own_word_on_tls_and_else_that_of_all(tmp_path):
    routers = "{office: {host: 10.0.0.1}, shed: {host: 10.0.0.2, tls: false}, gate: {host: 10.0.0.3, tls: true}}"
    text = f"program: prog\nsites:\n  oslo: {{routers: {routers}}}\n  rome: {{tls: false, routers: {routers}}}\n"
    oslo, rome = load(written(tmp_path, text)).sites

    assert oslo.addresses == (("10.0.0.1", 8729), ("10.0.0.2", 8728), ("10.0.0.3", 8729))
    assert rome.addresses == (("10.0.0.1", 8728), ("10.0.0.2", 8728), ("10.0.0.3", 8729))


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        ([], "berlin paris rome"),
        (["region=eu"], "berlin rome"),
        (["region=eu,!hold"], "berlin"),
        (["!region=eu"], "paris"),
        (["mtu=1400", "berlin"], "berlin paris"),
        (["*e*,hold"], "rome"),
        (["host=10.0.0.3"], "rome"),
    ],
)
def test_sites_are_chosen_by_labels_vars_groups_and_names(tmp_path, terms, names):
    assert [site.name for site in chosen(load(written(tmp_path, SOUND)), terms)] == names.split()


def test_a_choice_of_nothing_is_refused(tmp_path):
    with pytest.raises(ProjectError, match="no site is -l region=asia"):
        chosen(load(written(tmp_path, SOUND)), ["region=asia"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sites: {a: {host: h, hots: x}}", "site a: 'hots', which nothing reads: did you mean host?"),
        ("sites: {a: {host: h, vars: {lna: x}}}", "site a: the program reads no 'lna': did you mean lan?"),
        ("sites: {a: {host: h, vars: {mtu: large}}}", "site a: mtu is 'large': the program reads a whole number"),
        ("sites: {a: {host: h, password: hunter2}}", "site a: its password is in plain text: `wiretik fleet encrypt`"),
        ("sites: {a: {host: h, groups: [eu]}}", "site a: no group 'eu' among groups"),
        ("sites: {a: {vars: {lan: x}}}", "site a: no host, in it, its groups or the defaults"),
        ("groups: {x: {groups: [y]}, y: {groups: [x]}}\nsites: {a: {host: h}}", "group x: it is in itself"),
        ("site: {}", "key 'site', which nothing reads: did you mean sites?"),
        ("sites: {a: {host: h}}\ninventory: other", "inventory: it is FILE.csv, or netbox:"),
        ("sites: [a]", "sites is no mapping of names"),
        ("- a", "not a mapping with `sites:`"),
        ("sites: {a: {host: h, port: big}}", "site a: port is a number"),
    ],
)
def test_a_mistake_is_one_line_that_names_site_and_key(tmp_path, text, says):
    with pytest.raises(ProjectError) as told:
        load(written(tmp_path, text))
    assert says in str(told.value)
    assert "hunter2" not in str(told.value)
    assert len(told.value.lines) <= 2


def test_a_program_that_computes_a_keys_name_may_be_given_any(tmp_path):
    load(written(tmp_path, "sites: {a: {host: h, vars: {x: 1}}}", PROGRAM + "config.get(str(1))\n"))


def test_what_pulumi_yaml_declares_is_asked_for_too(tmp_path):
    file = written(tmp_path, "sites: {a: {host: h, vars: {n: x}}}", declared="config: {n: {type: integer}}\n")
    with pytest.raises(ProjectError, match="n is 'x': the program reads a whole number"):
        load(file)


def test_all_mistakes_are_told_at_once_and_not_a_hundred(tmp_path):
    sites = "".join(f"  s{n}: {{host: h, hots: x}}\n" for n in range(50))
    with pytest.raises(ProjectError) as told:
        load(written(tmp_path, f"sites:\n{sites}"))
    assert len(told.value.lines) == 21
    assert told.value.lines[-1] == "and 30 more"


def test_a_table_gives_sites_and_the_file_stands_above_it(tmp_path):
    (tmp_path / "sites.csv").write_text(
        "name,host,groups,vars.lan,labels.region,password\n"
        "a,10.0.0.1,eu big,192.168.1.0/24,north,env:A_PASSWORD\n"
        "b,10.0.0.2,,192.168.2.0/24,,\n"
    )
    text = "inventory: sites.csv\ngroups: {eu: {}, big: {}}\nsites: {b: {port: 9}}"
    a, b = load(written(tmp_path, text)).sites

    assert (a.router, a.groups, a.labels) == (
        {"host": "10.0.0.1", "password": {"env": "A_PASSWORD"}},
        ("eu", "big"),
        {"region": "north"},
    )
    assert (b.router, b.vars) == ({"host": "10.0.0.2", "port": 9}, {"lan": "192.168.2.0/24"})
