"""Nornir's own files as an inventory; a table and NetBox have tests of theirs."""

import pytest

from wiretik.engine.errors import ProjectError
from wiretik.fleet.sites.inventory import load

FILES = {
    "hosts.yaml": """
berlin:
  hostname: 10.0.0.1
  port: 22
  groups: [eu, hold]
  data: {rack: 7, wiretik: {vars: {lan: 192.168.1.0/24}, fingerprint: "ab"}}
paris:
  hostname: ssh.example.com
  connection_options: {wiretik: {hostname: 10.0.0.2, port: 9000}}
  data: {wiretik: {vars: {lan: 192.168.2.0/24}}}
""",
    "groups.yaml": """
eu: {data: {region: eu, wiretik: {vars: {mtu: 1400}}}, groups: [all]}
hold: {}
all: {username: noc}
""",
    "defaults.yaml": """
username: wiretik
password: {env: ROUTERS}
data: {region: none, wiretik: {vars: {mtu: 1420}}}
""",
}


def written(place, text):
    (place / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (place / "__main__.py").write_text(
        'import pulumi\npulumi.Config().require("lan")\npulumi.Config().get_int("mtu")\n'
    )
    (place / "fleet.yaml").write_text(text)
    return place / "fleet.yaml"


@pytest.fixture
def files(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_nornirs_files_are_an_inventory_and_the_fleets_file_stands_above_them(files):
    file = written(files, "inventory: {nornir: {}}\nsites:\n  paris: {username: other}\n")
    berlin, paris = load(file).sites
    assert (berlin.router["host"], berlin.addresses) == ("10.0.0.1", (("10.0.0.1", 8729),)), "22 is ssh's"
    assert (paris.router["host"], paris.addresses) == ("10.0.0.2", (("10.0.0.2", 9000),))
    assert (berlin.router["username"], paris.router["username"]) == ("noc", "other")
    assert berlin.router["password"] == paris.router["password"] == {"env": "ROUTERS"}
    assert (berlin.vars["mtu"], paris.vars["mtu"]) == (1400, 1420)
    assert (berlin.labels, paris.labels) == ({"rack": 7, "region": "eu"}, {"region": "none"})
    assert set(berlin.groups) == {"eu", "hold", "all"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("defaults.yaml", "password: s3cret", "defaults: its password is in plain text"),
        ("hosts.yaml", "berlin: {hostname: x, groups: [nowhere]}", "site berlin: no group 'nowhere' among groups"),
        ("hosts.yaml", "berlin: {hostname: x, data: {wiretik: {hots: y}}}", "site berlin: 'hots', which nothing reads"),
        ("hosts.yaml", "- berlin", "no mapping, as Nornir's inventory has them"),
        ("hosts.yaml", "berlin: 10.0.0.1", "hosts.yaml: berlin is no mapping"),
    ],
)
def test_a_mistake_in_them_is_one_line(files, name, text, says):
    file = written(files, "inventory: {nornir: {hosts: hosts.yaml}}\n")
    (files / name).write_text(text)
    with pytest.raises(ProjectError) as refused:
        load(file)
    assert any(says in line for line in refused.value.lines)
    assert "s3cret" not in str(refused.value)


def test_hosts_that_arent_there_are_told(tmp_path):
    with pytest.raises(ProjectError, match=r"hosts\.yaml: No such file"):
        load(written(tmp_path, "inventory: {nornir: {}}\n"))
