"""Names that somebody chose: in names.json, or in a Terraform state."""

import json

import pytest

from adopting_home import home_of
from adopting_routers import SMALL
from wiretik.cli.adopting import names, project
from wiretik.engine.errors import ProjectError
from wiretik_provider.simulator import Router

MORE = """\
/interface bridge
add name=lan
/ip pool
add name=leases ranges=192.168.88.10-192.168.88.99
/ip dns
set servers=9.9.9.9
/ip settings
set rp-filter=loose
"""


@pytest.fixture
def home(tmp_path):
    router = Router("bare")
    router.load(SMALL + MORE)
    with home_of(router, tmp_path) as home:
        yield home


def _state(*resources):
    return json.dumps({"version": 4, "terraform_version": "1.9.0", "resources": list(resources)})


def _resource(kind, name, row_id, index=None, module=None, **attributes):
    instance = {"attributes": {"id": row_id, **attributes}, **({} if index is None else {"index_key": index})}
    return {"mode": "managed", "type": kind, "name": name, "module": module, "instances": [instance]}


def test_a_terraform_state_gives_names_by_the_ids_of_its_rows(tmp_path):
    file = tmp_path / "terraform.tfstate"
    file.write_text(
        _state(
            _resource("routeros_interface_wireguard_peer", "laptop", "*1"),
            _resource("routeros_ip_firewall_filter", "rules", "*2", index="no servers", module="module.home"),
            _resource("routeros_firewall_nat", "out", "*3", index=0),
            _resource("routeros_any", "said", "*4", ___path___="/ip/address"),
            _resource("routeros_interface_bridge", "lan", "*5"),
            _resource("routeros_ip_dhcp_server_network", "leases", "*7"),
            _resource("routeros_what_nobody_has", "none", "*8"),
            {
                "mode": "data",
                "type": "routeros_ip_addresses",
                "name": "all",
                "instances": [{"attributes": {"id": "*6"}}],
            },
        )
    )
    assert names.names_of(tmp_path, file) == {
        "/interface/wireguard/peers": {"*1": "laptop"},
        "/ip/firewall/filter": {"*2": "home-rules-no servers"},
        "/ip/firewall/nat": {"*3": "out-0"},
        "/ip/address": {"*4": "said"},
        "/interface/bridge": {"*5": "lan"},
        "/ip/dhcp-server/network": {"*7": "leases"},
    }


@pytest.mark.parametrize(("text", "told"), [("x", "is no JSON"), ("[]", "has no names"), (None, "No such file")])
def test_a_file_that_has_no_names_is_told(tmp_path, text, told):
    file = tmp_path / "other.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ProjectError, match=told):
        names.names_of(tmp_path, file)


def test_names_that_somebody_changed_are_those_of_the_second_run_also_of_rows_that_are_signed(home):
    before = home.rows()
    made = home.written()
    home.sign(made)
    text = names.written(made.program.made, made.source.inventory.tables)
    file = home.folder / names.FILE
    chosen = {"anna": "annas-phone", "no-servers": "shut", "leases": "guests", "servers": "hosts", "dns": "resolver"}
    chosen |= {"ip-settings": "stack"}
    for name, other in chosen.items():
        assert f': "{name}"' in text
        text = text.replace(f': "{name}"', f': "{other}"')
    file.write_text(text)
    again = home.written(names=names.names_of(home.folder, None))
    assert 'wt.Peer(\n    "annas-phone"' in again.files["__main__.py"]
    assert '"shut": {' in again.files["__main__.py"]
    assert [name for name in chosen.values() if f'"{name}"' not in again.files["__main__.py"]] == []
    assert names.written(again.program.made, again.source.inventory.tables) == file.read_text()
    home.sign(again)
    assert not home.stack().preview(refresh=True).changed
    home.stack().destroy().check()
    assert home.rows() == before


def test_a_program_that_nobody_edited_is_written_anew_and_an_edited_one_never(tmp_path):
    project.write(tmp_path, {"__main__.py": "one\n", "lists.py": "x\n"}, "told", {"names.json": "{}"})
    assert project.standing(tmp_path, {"__main__.py": "two\n"}) == []
    project.write(tmp_path, {"__main__.py": "two\n"}, "told")
    assert not (tmp_path / "lists.py").exists()
    (tmp_path / "__main__.py").write_text("by hand\n")
    assert project.standing(tmp_path, {"__main__.py": "three\n"}) == ["__main__.py"]
