"""Resources that move in the program, and their rows, which don't: with both engines."""

import pytest

from deploying import Site, reach
from wiretik_provider.rows import ownership

from .conftest import config_of

COMPONENT = """
class Branch(pulumi.ComponentResource):
    def __init__(self, name, parent=None):
        super().__init__("site:index:Branch", name, {}, pulumi.ResourceOptions(parent=parent))

"""
KEY = "A0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
ROWS = (
    f"""
KEY = "{KEY}"
"""
    """
wg = wt.WireGuardInterface("{n}wg", name="wg7", listen_port=13237{o})
wt.Peer("{n}peer", interface=wg, public_key=KEY, allowed_address=["10.7.0.0/24"]{o})
wt.IpAddress("{n}address", address="10.77.0.1/24", interface=wg{o})
wt.InterfaceList("{n}trusted", name="trusted"{o})
wt.AddressList("{n}friends", list="friends", entries=["1.2.3.4", wt.Entry("1.2.3.5", comment="five")]{o})
"""
)
KEYLESS = """
wt.FilterRule("{n}rule", chain="forward", action="accept", src_address="10.7.0.0/24", position=wt.BEFORE_DROP{o})
wt.FilterChain("{n}block", chain="forward", position=wt.BEFORE_DROP, rules={{
    "one": {{"action": "accept", "dst_address": "10.7.1.0/24"}},
    "two": {{"action": "accept", "dst_address": "10.7.2.0/24"}},
}}{o})
wt.Route("{n}route", dst_address="10.9.0.0/24", gateway="192.168.88.9"{o})
"""
LOOSE = (ROWS + KEYLESS).format(n="", o="")
IN_BRANCH = COMPONENT + 'b = pulumi.ResourceOptions(parent=Branch("b"))\n' + (ROWS + KEYLESS).format(n="", o=", opts=b")


def rows(lab):
    """All rows in their order, without the tags' generations and places, which may be others."""
    there = {**lab.router.snapshot(), "/interface/wireguard": lab.router.rows("/interface/wireguard")}
    return {
        path: [{**row, "comment": ownership.split(row.get("comment", ""))[0]} for row in some]
        for path, some in there.items()
    }


def test_rows_stay_whatever_component_their_resources_are_in(defconf, site, engine):
    made = site(defconf, LOOSE, engine=engine)
    before = defconf.router.snapshot()
    assert made.up().errors == ()
    there = rows(defconf)

    for program in (IN_BRANCH, LOOSE):
        made.write(program)
        up = made.up()
        assert up.errors == ()
        assert "another parent in the program, the same rows on the router" in up.text
        assert rows(defconf) == there, "with their ids, keys and order"
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()
    assert defconf.router.snapshot() == before


def test_rows_with_a_natural_key_stay_by_another_name_and_the_preview_says_so(defconf, site, engine):
    made = site(defconf, ROWS.format(n="", o=""), engine=engine)
    assert made.up().errors == ()
    there = rows(defconf)
    made.write(ROWS.format(n="new-", o=""))

    preview = made.preview()
    up = made.up()

    assert "that renamed resources take over stay: WireGuard interface wg7 (new-wg), WireGuard peer" in preview.text
    assert "2 entries of list friends (new-friends)" in preview.text
    assert up.errors == ()
    assert rows(defconf) == there
    assert made.up(refresh=True).touched == []


def test_rules_and_routes_by_another_name_are_made_anew_before_the_old_ones_go(defconf, site, engine):
    made = site(defconf, KEYLESS.format(n="", o=""), engine=engine)
    assert made.up().errors == ()

    def there():
        return sorted(
            str(sorted({**row, ".id": "", "comment": ""}.items()))
            for path in ("/ip/firewall/filter", "/ip/route")
            for row in defconf.router.rows(path)
            if "wt:" in row.get("comment", "")
        )

    before = there()
    missed = []
    execute = defconf.router.execute

    def watch(words, *rest):
        answer = execute(words, *rest)
        missed.extend(one for one in before if one not in there())
        return answer

    defconf.router.execute = watch
    made.write(KEYLESS.format(n="new-", o=""))
    up = made.up()
    del defconf.router.execute

    assert up.errors == ()
    assert missed == []
    assert there() == before
    assert made.up(refresh=True).touched == []


@pytest.mark.parametrize("first", [False, True], ids=["made first", "deleted first"])
def test_a_replacement_that_is_forced_keeps_the_row_and_the_key_that_the_router_made(defconf, site, engine, first):
    program = """
wt.WireGuardInterface("wg", name="wg7", comment="{0}",
                      opts=pulumi.ResourceOptions(replace_on_changes=["comment"]{1}))
wt.AddressList("friends", list="friends", entries=[wt.Entry("1.2.3.4", comment="{0}")],
               opts=pulumi.ResourceOptions(replace_on_changes=["entries"]{1}))
"""
    more = ", delete_before_replace=True" * first
    made = site(defconf, program.format("a", more), engine=engine)
    assert made.up().errors == ()
    there = rows(defconf)
    made.write(program.format("b", more))

    up = made.up()

    assert up.errors == ()
    assert "friends" in up.names("create-replacement", "replace")
    now = rows(defconf)
    for path in ("/interface/wireguard", "/ip/firewall/address-list"):
        assert [{**row, "comment": "b"} for row in there[path]] == now[path]
    assert made.up(refresh=True).touched == []


def test_a_move_in_two_targeted_runs_keeps_the_rows(defconf, site, engine):
    made = site(defconf, LOOSE, engine=engine)
    assert made.up().errors == ()
    there = rows(defconf)
    old = [one["urn"] for one in made.state if "wiretik:" in one["type"] and "Preflight" not in one["type"]]
    made.write(IN_BRANCH)
    branch = "site:index:Branch$pulumi-python"
    new = [urn.replace("::pulumi-python", f"::{branch}") for urn in old]
    component = f"{old[0].partition('::pulumi-python')[0]}::site:index:Branch::b"

    one = made.up(targets=(component, *new))
    assert one.errors == ()
    assert rows(defconf) == there
    other = made.up(targets=tuple(old))
    assert other.errors == ()

    assert rows(defconf) == there
    assert made.up(refresh=True).touched == []


def test_a_resource_that_goes_to_another_router_is_made_there_before_it_goes_here(tmp_path, bare, defconf, engine):
    routers = {"wiretik:routers": {"one": reach(bare), "two": reach(defconf)}}
    program = (
        'wt.AddressList("friends", list="friends", entries=["1.2.3.4"], router=wt.Router("{}"))\n'
        'wt.InterfaceList("stays", name="stays", router=wt.Router("{}"))\n'
    )
    made = Site(tmp_path, program.format("one", "one"), routers, engine=engine)
    assert made.up().errors == ()
    made.write(program.format("two", "one"))

    assert made.up().errors == ()

    assert bare.router.rows("/ip/firewall/address-list") == []
    assert [row["address"] for row in defconf.router.rows("/ip/firewall/address-list")] == ["1.2.3.4"]
    assert made.up(refresh=True).touched == []


def test_an_entry_that_goes_from_one_list_resource_to_another_is_never_missing(defconf, tmp_path, engine):
    program = 'wt.AddressList("one", list="friends", entries={})\nwt.AddressList("two", list="friends", entries={})\n'
    made = Site(tmp_path, program.format(["1.1.1.1", "1.1.1.2"], ["1.1.1.3"]), config_of(defconf), engine=engine)
    assert made.up().errors == ()
    there = rows(defconf)["/ip/firewall/address-list"]
    made.write(program.format(["1.1.1.1"], ["1.1.1.3", "1.1.1.2"]))

    assert made.up().errors == ()

    assert rows(defconf)["/ip/firewall/address-list"] == there
    assert made.up(refresh=True).touched == []


def test_a_singleton_that_moves_keeps_what_it_set(defconf, site, engine):
    program = COMPONENT + 'b = pulumi.ResourceOptions(parent=Branch("b"))\nwt.Identity("NAME", name="home"MORE)\n'
    made = site(defconf, program.replace("NAME", "name").replace("MORE", ""), engine=engine)
    assert made.up().errors == ()
    for name, more in (("name", ", opts=b"), ("other", "")):
        made.write(program.replace("NAME", name).replace("MORE", more))
        assert made.up().errors == ()
        assert defconf.router.rows("/system/identity")[0]["name"] == "home"
    assert made.up(refresh=True).touched == []
