"""Sites that another stack has, any number of sites, sites with the same LAN, and those that can't call each other."""

import json

import pulumi
import pytest

import wiretik as wt
from deploying import PASSWORD, reach
from wiretik_provider.simulator import serve

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="


def end(name, number, **args):
    base = {"lan": wt.Lan("bridge", f"192.168.{80 + number}.0/24"), "address": f"10.255.0.{number}/24"}
    return wt.SiteEnd(name, **{**base, **args})


def far(**args):
    base = {"public_key": KEY, "address": "10.255.0.2", "lan": ["192.168.82.0/24"], "endpoint": "b.example.com:51820"}
    return wt.FarEnd("lisbon", **{**base, **args})


def several(program):
    def run():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        program()

    return run


BERLIN = end("berlin", 1, endpoint="berlin.example.com:51820")
LISBON, PORTO = end("lisbon", 2), end("porto", 3)


def test_each_site_meets_those_that_it_can_call_or_that_can_call_it_and_the_rest_is_told(register):
    made = []
    rows = register(several(lambda: made.append(wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=[BERLIN, LISBON, PORTO])))))

    peers = {name for name, row in rows.items() if "allowed_address" in row}
    assert peers == {"mesh-berlin-lisbon", "mesh-berlin-porto", "mesh-lisbon-berlin", "mesh-porto-berlin"}
    (skipped,) = made[0].skipped
    assert (skipped["a"], skipped["b"]) == ("lisbon", "porto")
    assert "neither lisbon nor porto has an endpoint" in skipped["reason"]
    assert "RelayMesh" in skipped["reason"]
    assert {(one["at"], one["direction"]) for one in made[0].others_must} == {
        ("berlin", "in"),
        ("lisbon", "out"),
        ("porto", "out"),
    }


def test_sites_with_the_same_lan_are_offered_prefixes_that_nobody_uses():
    same = wt.Lan("bridge", "192.168.88.0/24")
    args = wt.SiteMeshArgs(
        sites=[
            end("berlin", 1, endpoint="b.example.com:51820", lan=same),
            end("lisbon", 2, lan=same),
            end("porto", 3, lan=wt.Lan("bridge", "10.128.0.0/24")),
        ]
    )

    (told,) = args.problems()

    assert "the LANs 192.168.88.0/24 of berlin and 192.168.88.0/24 of lisbon overlap" in told
    assert told.endswith('by netmap, berlin seen_as="10.128.1.0/24" and lisbon seen_as="10.128.2.0/24"')


def test_the_cure_that_is_offered_works(register):
    same = wt.Lan("bridge", "192.168.88.0/24")
    a = end("berlin", 1, endpoint="b.example.com:51820", lan=same, seen_as="10.128.0.0/24")
    b = end("lisbon", 2, lan=same, seen_as="10.128.1.0/24")
    rows = register(several(lambda: wt.SiteToSite("link", wt.SiteToSiteArgs(a=a, b=b))))

    assert rows["link-berlin-lisbon"]["allowed_address"] == ["10.255.0.2/32", "10.128.1.0/24"]
    assert rows["link-lisbon-berlin"]["allowed_address"] == ["10.255.0.1/32", "10.128.0.0/24"]
    assert {"link-berlin-route-10.128.1.0-24", "link-lisbon-route-10.128.0.0-24"} <= rows.keys()
    coming, going = rows["link-berlin-seen-as-in"], rows["link-berlin-seen-as-out"]
    assert (coming["chain"], coming["dst_address"], coming["to_addresses"]) == (
        "dstnat",
        "10.128.0.0/24",
        "192.168.88.0/24",
    )
    assert (going["chain"], going["src_address"], going["to_addresses"]) == (
        "srcnat",
        "192.168.88.0/24",
        "10.128.0.0/24",
    )
    assert coming["in_interface"] == going["out_interface"] == "wg-site"


def test_mapping_one_of_two_equal_lans_is_not_enough():
    same = wt.Lan("bridge", "192.168.88.0/24")
    a, b = end("berlin", 1, endpoint="b.example.com:51820", lan=same), end("lisbon", 2, lan=same, seen_as="10.9.0.0/24")

    (told,) = wt.SiteToSiteArgs(a=a, b=b).problems()

    assert 'berlin seen_as="10.128.0.0/24"' in told


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (
            {"a": end("berlin", 1, endpoint="100.64.3.4:51820"), "b": LISBON},
            "100.64.3.4:51820 is an address of a carrier's",
        ),
        ({"a": LISBON, "b": PORTO}, "neither lisbon nor porto has an endpoint"),
        ({"a": PORTO, "b": far(endpoint=None)}, "neither porto nor lisbon has an endpoint"),
        ({"a": end("berlin", 1, seen_as="10.9.0.0/25"), "b": far()}, "maps one prefix to one of its length"),
        ({"a": end("berlin", 1, lan=wt.Lan("bridge", "192.168.82.0/23")), "b": far()}, "overlap"),
        ({"a": end("lisbon", 1), "b": far()}, "both ends are on lisbon"),
        ({"a": end("berlin", 2), "b": far()}, "aren't two addresses of one network"),
        ({"a": BERLIN, "b": far(lan=["x"])}, "lisbon: 'x' is not a prefix"),
        ({"a": BERLIN, "b": far(endpoint="b")}, "lisbon: 'b' is not an endpoint"),
    ],
)
def test_what_cannot_work_is_refused_with_its_reason(args, reason):
    with pytest.raises(wt.Refusal, match=reason):
        wt.SiteToSite("link", wt.SiteToSiteArgs(**args))


def test_one_site_is_no_mesh():
    with pytest.raises(wt.Refusal, match="one site is no mesh"):
        wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=[BERLIN]))


def test_which_rows_there_are_does_not_depend_on_what_the_far_end_is(register):
    def with_outputs(known):
        def program():
            value = pulumi.Output.from_input(known)
            facts = {"public_key": value, "address": "10.255.0.2", "lan": ["192.168.82.0/24"], "endpoint": "b.x:51820"}
            wt.SiteToSite("link", wt.SiteToSiteArgs(a=BERLIN, b=wt.FarEnd.of("lisbon", facts)))

        return register(several(program))

    rows = with_outputs(KEY)
    assert rows["link-berlin-lisbon"]["allowed_address"] == ["10.255.0.2/32", "192.168.82.0/24"]
    assert {"link-berlin-route-lisbon-1", "link-berlin-route-lisbon-2"} <= rows.keys()


WHOLE = {"public_key": KEY, "address": "10.255.0.2", "lan": ["192.168.82.0/24"], "endpoint": "b.x:1"}


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"public_key": KEY, "address": "10.255.0.2", "lan": ["192.168.82.0/24"]}, "have no endpoint: say calls=True"),
        ({"public_key": KEY, "address": "10.255.0.2", "endpoint": "b.x:1"}, "have 0 LAN prefixes.*lans=1"),
        (
            {"public_key": KEY, "address": "10.255.0.2", "lan": ["0.0.0.0/0"], "endpoint": "b.x:1"},
            "an output must not be 0.0.0.0/0",
        ),
        ({**WHOLE, "lan6": ["::/0"]}, "allowed_address6: an output must not be ::/0"),
        ({**WHOLE, "lan6": ["192.168.83.0/24"]}, "is IPv4, and lan6 has prefixes of IPv6"),
        ({**WHOLE, "lan6": []}, "have 0 IPv6 LAN prefixes.*lans6=1"),
        (WHOLE | {"lan6": ["fd01::/64"]}, "have no address6: say tunnel6=False"),
    ],
)
def test_facts_that_lack_something_are_refused_when_they_are_read(register, facts, reason):
    def program():
        six = {"lans6": int("lan6" in facts), "tunnel6": facts.get("lan6") == ["fd01::/64"]}
        far_end = wt.FarEnd.of("lisbon", pulumi.Output.from_input(facts), **six)
        wt.SiteToSite("link", wt.SiteToSiteArgs(a=BERLIN, b=far_end))

    with pytest.raises(Exception, match=reason):
        register(several(program))


NEAR = """
lan = wt.Lan("bridge", ["192.168.{number}.0/24", "fd0{number}::/64"])
near = wt.SiteEnd("{name}", lan=lan, address="10.255.0.{number}/24", address6="fd00:255::{number}/64",
                  endpoint="{name}.example.com:51820")
far = pulumi.Config().get("far")
facts = pulumi.StackReference(f"organization/site/{{far}}").require_output("facts") if far else None
far_end = facts and wt.FarEnd.of("far", facts, lans6=1, tunnel6=True)
link = wt.SiteToSite("link", wt.SiteToSiteArgs(a=near, b=far_end))
pulumi.export("facts", link.facts)
"""


@pytest.mark.e2e
def test_two_stacks_meet_by_what_each_exports(tmp_path):
    from wiretik.engine import Stack
    from wiretik.engine.processes import program, provider
    from wiretik_provider.api.link import close_all

    def run(name, number, lab, **config):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
        text = "import pulumi\nimport wiretik as wt\n" + NEAR.format(name=name, number=number)
        (folder / "__main__.py").write_text(text)
        routers = json.dumps({name: reach(lab) | {"password": PASSWORD}})
        stack = Stack(
            folder,
            name,
            backend=tmp_path / "state",
            passphrase="p",
            config={"wiretik:routers": routers, **config},
            host=provider.in_process,
            runner=program.inline(),
        )
        try:
            return stack.up()
        finally:
            close_all()

    with serve(profile="defconf", password=PASSWORD) as berlin, serve(profile="defconf", password=PASSWORD) as lisbon:
        for number, lab in enumerate((berlin, lisbon), 1):
            (row,) = [one for one in lab.run("/ip/address/print") if one["interface"] == "bridge"]
            lab.run("/ip/address/set", numbers=row[".id"], address=f"192.168.{number}.1/24")
        assert run("berlin", 1, berlin).errors == ()
        assert run("lisbon", 2, lisbon, far="berlin").errors == ()
        second = run("berlin", 1, berlin, far="lisbon")
        assert second.errors == ()
        assert run("berlin", 1, berlin, far="lisbon").changes.keys() == {"same", "read"}  # the other stack is read
        keys = {lab: lab.run("/interface/wireguard/print")[0]["public-key"] for lab in (berlin, lisbon)}
        for lab, other, host in ((berlin, lisbon, "lisbon"), (lisbon, berlin, "berlin")):
            (peer,) = lab.run("/interface/wireguard/peers/print")
            assert (peer["public-key"], peer["endpoint-address"]) == (keys[other], f"{host}.example.com")
            network = {"lisbon": "192.168.2.0/24", "berlin": "192.168.1.0/24"}[host]
            assert network in [row["dst-address"] for row in lab.run("/ip/route/print")]
            assert network in peer["allowed-address"]
            six = {"lisbon": "fd02::/64", "berlin": "fd01::/64"}[host]
            assert six in peer["allowed-address"]
            assert six in [row["dst-address"] for row in lab.run("/ipv6/route/print")]
