"""The program that is there, matched to the router, with components among it."""

import json

import pytest

from adopting_home import home_of
from wiretik.cli.adopting.matching import matched
from wiretik.cli.adopting.reading import of_router
from wiretik.cli.adopting.rehearsing import Runs
from wiretik.cli.adopting.signing import sign_rows
from wiretik.cli.commands.adopt import take
from wiretik.engine import DeploymentFailed, Stack
from wiretik.engine.processes import program
from wiretik.testing import _SALT, _host
from wiretik_provider.api.session import Access
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Router, serve

KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="
BY_HAND = f"""
/interface list add name=WAN
/interface list member add list=WAN interface=ether1
/interface wireguard add name=wg1 listen-port=13231 comment="to the office"
/interface wireguard peers add interface=wg1 name=office public-key="{KEY}" allowed-address=10.20.0.0/24 \\
    endpoint-address=server.example.com endpoint-port=51820 persistent-keepalive=25s
/ip address add address=10.20.0.2/24 interface=wg1
/ip firewall filter add chain=forward action=accept in-interface=wg1 comment=in
/ip firewall filter add chain=forward action=accept out-interface=wg1 in-interface-list=!WAN
/ip firewall filter add chain=forward action=drop comment="all else"
/ip firewall nat add chain=srcnat action=masquerade out-interface=wg1
"""
PROGRAM = f"""
import pulumi
import wiretik as wt

wt.Tunnel("mesh", wt.TunnelArgs(
    "wg1", address="10.20.0.2/24", listen_port=13231, open_port=False, mss_clamp=False, adopt=True,
    peers=[wt.TunnelPeer("office", "{KEY}", ["10.20.0.0/24"], endpoint="server.example.com:51820")]))
wt.FilterRule("rest", chain="forward", action="drop", comment="all else")
"""


@pytest.fixture
def home(tmp_path):
    router = Router("bare", serial="HF90000HOME")
    router.load(BY_HAND)
    with home_of(router, tmp_path) as home:
        (home.folder / "Pulumi.yaml").write_text("name: home\nruntime: python\n")
        reach = "".join(f"  {key}: '{text}'\n" for key, text in home.reach.config.items())
        (home.folder / "Pulumi.dev.yaml").write_text(f"encryptionsalt: {_SALT}\nconfig:\n{reach}")
        (home.folder / "__main__.py").write_text(PROGRAM)
        yield home


def _matched(home):
    options = {**home.runs.options, "backend": home.folder / "state"}
    return matched({"": of_router(home.access)}, home.folder, "dev", type(home.runs)(options))[""]


def test_a_program_with_a_component_is_matched_signed_and_given_back(home):
    before = home.rows()
    found = _matched(home)
    assert home.rows() == before
    assert not (home.folder / "state").exists()
    assert sum(map(len, found.signatures.values())) == 7
    sign_rows(home.access, found.signatures, of_router(home.access).inventory.tables)
    take(home.stack())
    signed = {ownership.split(text)[0] for text in home.comments() if ownership.split(text)[1]}
    assert signed == {"", "all else", "in", "to the office"}
    home.stack().destroy().check()
    assert home.rows() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("listen_port=13231", "listen_port=13232"), "this would set listen-port"),
        (("mss_clamp=False, ", ""), "this would add a row"),
        (('["10.20.0.0/24"]', '["10.21.0.0/24"]'), "this would add a row"),
    ],
)
def test_what_a_program_would_do_besides_is_told_and_nothing_is_signed(home, change, told):
    before = home.rows()
    (home.folder / "__main__.py").write_text(PROGRAM.replace(*change))
    with pytest.raises(DeploymentFailed, match=f"nothing was signed(?s:.)*{told}"):
        _matched(home)
    assert home.rows() == before


def test_an_edited_program_is_matched_again_from_the_state_that_is_there(home):
    found = _matched(home)
    sign_rows(home.access, found.signatures, of_router(home.access).inventory.tables)
    take(home.stack())
    main = home.folder / "__main__.py"
    main.write_text(PROGRAM + 'wt.InterfaceList("WAN", name="WAN")\n')
    again = _matched(home)
    assert sum(map(len, again.signatures.values())) == 1


def test_a_program_of_two_routers_signs_the_rows_of_both(tmp_path):
    with serve(Router("bare", serial="ONE"), tls=False) as one, serve(Router("bare", serial="TWO"), tls=False) as two:
        labs = {"berlin": one, "lisbon": two}
        reach = {}
        for at, (name, lab) in enumerate(labs.items()):
            lab.router.load(f"/interface list add name={name}\n/ip route add dst-address=10.{at}.0.0/16 blackhole\n")
            reach[name] = {"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": ""}
        folder = tmp_path / "both"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text("name: both\nruntime: python\n")
        (folder / "__main__.py").write_text(BOTH)
        options = {"host": _host, "runner": program.inline(), "passphrase": "testing", "backend": tmp_path / "state"}
        config = {"wiretik:routers": json.dumps(reach)}
        before = [lab.router.snapshot() for lab in labs.values()]
        access = {
            name: Access(host=lab.host, port=lab.api_port, tls=False, username="admin", password="")
            for name, lab in labs.items()
        }
        sources = {name: of_router(access[name]) for name in labs}
        found = matched(sources, folder, "dev", Runs({**options, "config": config}))
        assert [sum(map(len, each.signatures.values())) for each in found.values()] == [2, 1]
        assert [lab.router.snapshot() for lab in labs.values()] == before
        for name, each in found.items():
            sign_rows(access[name], each.signatures, sources[name].inventory.tables)
        stack = Stack(folder, "dev", **options, config=config)
        take(stack)
        stack.destroy().check()
        assert [lab.router.snapshot() for lab in labs.values()] == before


BOTH = """
import wiretik as wt

wt.InterfaceList("berlin", router="berlin", adopt=True)
wt.Route("far", dst_address="10.0.0.0/16", blackhole=True, router="berlin")
wt.InterfaceList("lisbon", router="lisbon")
"""
