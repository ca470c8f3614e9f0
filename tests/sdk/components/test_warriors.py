"""Road warriors in groups: what each group reaches, what a user's line brings and takes along, what is refused."""

import pulumi
import pytest

import wiretik as wt
from replaying import declared
from updates import CONFIG
from wiretik.engine.values import unwrap
from wiretik.testing import site

__all__ = ["site"]

KEY = "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="
OTHER = "YWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWI="
ANNA = wt.User("anna", "10.9.0.2", KEY)
BERT = wt.User("bert", "10.9.0.3", private_key=OTHER)
ADMINS = wt.Group("admins", [ANNA], reaches=["192.168.88.0/24"], router=True)
SALES = wt.Group("sales", [BERT], reaches=["192.168.88.20"], internet=True)


def args(*groups, **more):
    given = {"endpoint": "vpn.example.com:13231", "address": "10.9.0.1/24", "dns": ["10.9.0.1"], **more}
    return wt.RoadWarriorsArgs(groups=groups or (ADMINS, SALES), **given)


@pytest.mark.e2e
def test_each_group_reaches_what_it_lists_and_nothing_else_and_a_line_less_is_a_user_less(site):
    users = [BERT]

    def program():
        staff = wt.RoadWarriors(
            "staff", args(ADMINS, wt.Group("sales", users, reaches=["192.168.88.20"], internet=True))
        )
        pulumi.export("bert", staff.profiles["bert"] if users else None)

    one = site(program)
    one.up().check()
    profiles = one.outputs()["bert"]

    def ends(src, dst, port=443, protocol="tcp"):
        return one.trace(src, dst, port=port, protocol=protocol, enters="wg-in").ends

    assert ends("10.9.0.2", "192.168.88.10") == ends("10.9.0.3", "192.168.88.20") == "forwarded out of bridge"
    assert ends("10.9.0.2", "10.9.0.1", 22) == "delivered to the router"
    assert ends("10.9.0.3", "10.9.0.1", 53, "udp") == "delivered to the router"
    assert ends("10.9.0.3", "1.1.1.1") == "forwarded out of ether1"
    for src, dst, port in (
        ("10.9.0.3", "192.168.88.10", 443),
        ("10.9.0.3", "10.9.0.1", 22),
        ("10.9.0.3", "192.168.88.1", 53),
        ("10.9.0.2", "1.1.1.1", 443),
        ("10.9.0.2", "10.9.0.3", 443),
    ):
        assert ends(src, dst, port) == "dropped", (src, dst, port)
    assert {"AllowedIPs = 192.168.88.20/32, 10.9.0.1/32"} <= set(unwrap(profiles["normal"]).splitlines())
    assert {"AllowedIPs = 0.0.0.0/0, ::/0", "DNS = 10.9.0.1"} <= set(unwrap(profiles["full"]).splitlines())

    users.clear()
    one.up().check()
    assert [row["name"] for row in one.router.run("/interface/wireguard/peers/print")] == ["staff-anna"]
    lists = one.router.run("/ip/firewall/address-list/print")
    assert "10.9.0.3" not in {row["address"] for row in lists}


def test_nobody_comes_in_before_it_is_said_what_his_group_may(register):
    order = list(register(lambda: wt.RoadWarriors("staff", args())))

    needs = ["forward", "forward-chain", "input", "input-chain", "admins", "admins-reaches", "sales", "address"]
    assert min(order.index(f"staff-{user}") for user in ("anna", "bert")) > max(
        order.index(f"staff-{part}") for part in needs
    )


def test_ipv6_has_the_same_rights(register):
    anna = wt.User("anna", "10.9.0.2", KEY, address6="fd09::2")
    group = wt.Group("admins", [anna], reaches=["192.168.88.0/24", "fd88::/64"], internet=True)
    rows = register(lambda: wt.RoadWarriors("staff", args(group, address6="fd09::1/64")))

    assert rows["staff-anna"]["allowed_address"] == ["10.9.0.2/32", "fd09::2/128"]
    assert rows["staff-admins6"]["entries"].keys() == {"fd09::2/128"}
    assert rows["staff-admins-reaches6"]["entries"].keys() == {"fd88::/64"}
    assert rows["staff-admins-reaches"]["entries"].keys() == {"192.168.88.0/24"}
    for end in ("", "6"):
        assert rows[f"staff-forward{end}"]["jump_target"] == rows[f"staff-forward-chain{end}"]["chain"]
        assert rows[f"staff-masquerade{end}"]["out_interface_list"] == "WAN"


def test_who_may_manage_the_router_may_do_so_by_its_address_in_a_lan_of_others():
    groups = [group(), group(user("dora", "10.9.0.5"), name="ops", reaches=[], router=True)]
    program = declared(lambda: wt.RoadWarriors("staff", args(*groups)), CONFIG)

    promised = set(program.expected[""].values())
    assert "staff: staff reaches what it lists" in promised
    assert "staff: ops reaches nothing that only other groups list" not in promised


def test_five_hundred_users_in_two_groups_are_fine():
    every = [wt.User(f"u{at}", f"10.9.{at // 250 + 1}.{at % 250 + 1}", KEY[:-4] + f"{at:03}=") for at in range(500)]
    groups = [wt.Group("one", every[:400], reaches=["192.168.88.0/24"]), wt.Group("two", every[400:], router=True)]
    found = args(*groups, address="10.9.0.1/16").problems()

    assert found == []


def user(name="carl", address="10.9.0.4", key=KEY, **more):
    return wt.User(name, address, key, **more)


def group(*users, name="staff", **more):
    return wt.Group(name, users or [user()], **{"reaches": ["192.168.88.0/24"], **more})


@pytest.mark.parametrize(
    ("groups", "more", "told"),
    [
        ([group(), group(user("dora", "10.9.0.5"))], {}, "two groups are called 'staff': rename one"),
        ([group(reaches=[])], {}, "may reach nothing: give reaches=, router=True or internet=True"),
        ([group(reaches=["nas"])], {}, "'nas' is not a prefix such as"),
        ([group(reaches=["fd88::/64"])], {}, "fd88::/64 is IPv6, and the tunnel has none: give address6"),
        ([group(internet=True)], {"dns": []}, r"give dns=, such as dns=\['10.9.0.1'\]"),
        ([group(user(), user("dora"))], {}, "'dora': 10.9.0.4 is carl's address: give another"),
        ([group(user(), user(address="10.9.0.5"))], {}, "'carl' is there twice"),
        ([group(user(address="10.8.0.4"))], {}, "10.8.0.4 isn't an address of 10.9.0.0/24"),
        ([group(user(address="10.9.0.1"))], {}, "10.9.0.1 is the router's own address"),
        ([group(user(address6="fd09::2"))], {}, "has an IPv6 address, and the tunnel has none"),
        ([group(user(key=None))], {}, "'carl' has no key: make one there"),
        ([group(user(private_key=OTHER))], {}, "leave out public_key"),
        ([group()], {"full_mode": "normal"}, "modes need names of their own"),
    ],
)
def test_what_cannot_work_is_refused_with_its_cure(register, groups, more, told):
    with pytest.raises(wt.Refusal, match=told):
        register(lambda: wt.RoadWarriors("staff", args(*groups, **more)))
