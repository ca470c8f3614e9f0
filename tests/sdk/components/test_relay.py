"""What a relay mesh is made of, with and without an exit node, what its clients are told, and what it refuses."""

import pulumi
import pytest

import wiretik as wt
from wiretik.resources.keys import public_key

LAPTOP_KEY = "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4="
PHONE_KEY = "UEhPTkVfUFVCTElDX0tFWS4uLi4uLi4uLi4uLi4uLi4="
NOTHING = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
OF_NOTHING = "L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q="
PHONE = wt.MeshClient("phone", "10.99.0.3", PHONE_KEY)
LAN = wt.Lan("bridge", "192.168.88.0/24")


def laptop(**args):
    return wt.MeshClient("laptop", "10.99.0.2", LAPTOP_KEY, **{"lan": ["192.168.10.0/24"], **args})


def mesh(*clients, **args):
    base = {"endpoint": "router.example.com:51820", "address": "10.99.0.1/24"}
    return wt.RelayMeshArgs("wg-mesh", clients=clients or [laptop(), PHONE], **{**base, **args})


def profiles(register, make_args):
    """What each client is told, all of it secret."""
    told = {}

    def program():
        made = wt.RelayMesh("mesh", make_args() if callable(make_args) else make_args)
        for client, modes in made.profiles.items():
            for mode, text in modes.items():
                both = pulumi.Output.all(pulumi.Output.unsecret(text), pulumi.Output.from_input(text).is_secret())
                both.apply(lambda known, client=client, mode=mode: told.update({(client, mode): tuple(known)}))

    register(program)
    assert all(secret for _, secret in told.values())
    return {key: text for key, (text, _) in told.items()}


def test_a_relay_lets_clients_reach_each_other_and_each_others_lans(register):
    rows = register(lambda: wt.RelayMesh("mesh", mesh()))

    assert rows["mesh-laptop"]["allowed_address"] == ["10.99.0.2/32", "192.168.10.0/24"]
    assert rows["mesh-phone"]["allowed_address"] == ["10.99.0.3/32"]
    assert {rows[f"mesh-{name}"]["persistent_keepalive"] for name in ("laptop", "phone")} == {"25s"}
    assert rows["mesh-relay"]["in_interface"] == rows["mesh-relay"]["out_interface"] == "wg-mesh"
    assert rows["mesh-relay"]["position"] == {"at": "before-drop"}
    assert rows["mesh-route-192.168.10.0-24"]["gateway"] == "wg-mesh"
    assert rows["mesh-interface"]["listen_port"] == rows["mesh-port"]["dst_port"] == 51820
    assert not [name for name in rows if "exit" in name or "masquerade" in name]


def test_clients_that_call_by_ipv6_are_let_in_where_the_mesh_has_none(register):
    rows = register(lambda: wt.RelayMesh("mesh", mesh(PHONE, endpoint="[2001:db8::1]:51820")))

    assert rows["mesh-port6"]["dst_port"] == 51820
    assert not [name for name in register(lambda: wt.RelayMesh("mesh", mesh(PHONE))) if name.endswith("port6")]


def test_the_exit_node_holds_everything_and_its_users_take_a_table_that_leads_to_it(register):
    rows = register(lambda: wt.RelayMesh("mesh", mesh(laptop(exit_node=True), PHONE)))

    assert "0.0.0.0/0" in rows["mesh-laptop"]["allowed_address"]
    route = rows["mesh-exit-route"]
    assert (route["dst_address"], route["gateway"], route["routing_table"]) == ("0.0.0.0/0", "wg-mesh", "wg-mesh-exit")
    assert not [row for row in rows.values() if row.get("dst_address") == "0.0.0.0/0" and row is not route]
    known, rest = rows["mesh-exit-main"], rows["mesh-exit-phone"]
    assert (known["action"], known["table"], known["min_prefix"]) == ("lookup", "main", 0)
    assert (rest["action"], rest["table"]) == ("lookup-only-in-table", "wg-mesh-exit")
    assert rest["src_address"] == "10.99.0.3/32"
    assert rest["position"] == {"at": "after", "tag": known["tag"]}
    assert rows["mesh-no-fasttrack"]["position"] == {"at": "before-fasttrack"}


def test_whoever_does_not_use_the_exit_has_no_rule_and_no_profile_for_it(register):
    tablet = wt.MeshClient("tablet", "10.99.0.4", OF_NOTHING, uses_exit=False)
    args = mesh(laptop(exit_node=True), PHONE, tablet)

    rows = register(lambda: wt.RelayMesh("mesh", args))

    assert {name for name in rows if name.startswith("mesh-exit-")} == {
        "mesh-exit-main",
        "mesh-exit-phone",
        "mesh-exit-route",
        "mesh-exit-table",
    }
    assert profiles(register, args).keys() == {
        ("laptop", "normal"),
        ("phone", "normal"),
        ("phone", "exit"),
        ("tablet", "normal"),
    }


def test_profiles_are_wg_quick_texts_for_each_mode(register):
    told = profiles(register, mesh(laptop(exit_node=True), PHONE, lan=LAN, dns=["9.9.9.9"], private_key=NOTHING))

    lines = told["phone", "normal"].splitlines()
    assert lines[:4] == ["[Interface]", "Address = 10.99.0.3/24", "PrivateKey = PHONE_PRIVATE_KEY", ""]
    assert lines[4] == "[Peer]"
    assert "Endpoint = router.example.com:51820" in lines
    assert "AllowedIPs = 10.99.0.0/24, 192.168.10.0/24, 192.168.88.0/24" in lines
    assert "PersistentKeepalive = 25" in lines
    away = told["phone", "exit"].splitlines()
    assert "AllowedIPs = 0.0.0.0/0, ::/0" in away  # or IPv6 would leave past the exit node
    assert "DNS = 9.9.9.9" in away


def test_the_exit_node_takes_everybodys_source_keeps_its_own_default_route_and_lets_them_out(register):
    told = profiles(register, mesh(laptop(exit_node=True), PHONE, lan=LAN))["laptop", "normal"].splitlines()

    assert "AllowedIPs = 10.99.0.0/24, 192.168.88.0/24" in told
    node = wt.LinuxExitNode(sources=["10.99.0.0/24", "192.168.88.0/24"])
    assert [line for line in told if line.startswith("PostUp")] == [f"PostUp = {line}" for line in node.post_up]
    assert [line for line in told if line.startswith("PostDown")] == [f"PostDown = {line}" for line in node.post_down]


def test_modes_are_called_what_people_call_them_and_an_exit_without_ipv6_is_a_choice(register):
    args = mesh(laptop(exit_node=True), PHONE, normal_mode="daheim", exit_mode="unterwegs", block_ipv6=False)
    told = profiles(register, args)

    assert told.keys() == {("laptop", "daheim"), ("phone", "daheim"), ("phone", "unterwegs")}
    assert "AllowedIPs = 0.0.0.0/0" in told["phone", "unterwegs"].splitlines()


def test_a_linux_exit_node_says_by_which_interface_and_firewall_it_lets_others_out(register):
    made = []
    client = laptop(exit_node=True, outgoing="eth0", firewall=wt.Firewall.NFTABLES)
    register(lambda: made.append(wt.RelayMesh("mesh", mesh(client, PHONE))))

    (node,) = made[0].exit_nodes.values()
    assert 'ip saddr { 10.99.0.0/24 } oifname "eth0" masquerade' in node.script
    assert "delete table ip wiretik-wg-mesh" in node.undo


def test_the_router_only_answers_its_clients_unless_it_is_too_old_for_that(register):
    old = wt.MeshClient("phone", "10.99.0.3", PHONE_KEY, responder=False)
    rows = register(lambda: wt.RelayMesh("mesh", mesh(laptop(), old)))

    assert rows["mesh-laptop"]["responder"] is True
    assert rows["mesh-phone"].get("responder") is None


def test_who_owns_a_firewall_in_front_is_told_what_it_must_let_through(register):
    made = []
    register(lambda: made.append(wt.RelayMesh("mesh", mesh(PHONE, endpoint="203.0.113.2:443", listen_port=51820))))

    coming, going = made[0].others_must
    assert coming["what"] == (
        "in front of the router: let UDP to 203.0.113.2 port 443 in, and forward it to the router's port 51820"
    )
    assert coming["nftables"] == (
        "nft add rule inet filter forward udp dport 51820 accept comment '\"WireGuard of the router\"'"
    )
    assert (going["at"], going["direction"], going["host"], going["port"]) == ("phone", "out", "203.0.113.2", "443")


@pytest.mark.parametrize("wrap", [str, pulumi.Output.secret], ids=["text", "secret"])
def test_a_key_that_the_program_has_is_in_the_profile_and_its_public_key_on_the_router(register, wrap):
    def args():
        return mesh(wt.MeshClient("phone", "10.99.0.3", private_key=wrap(NOTHING), preshared_key=wrap(NOTHING)))

    rows = register(lambda: wt.RelayMesh("mesh", args()))
    told = profiles(register, args)["phone", "normal"].splitlines()

    assert rows["mesh-phone"]["public_key"] == OF_NOTHING
    assert {f"PrivateKey = {NOTHING}", f"PresharedKey = {NOTHING}"} <= set(told)


def test_with_a_lan_the_mesh_reaches_it_and_it_reaches_the_mesh(register):
    rows = register(lambda: wt.RelayMesh("mesh", mesh(lan=LAN)))

    assert (rows["mesh-to-lan"]["in_interface"], rows["mesh-to-lan"]["out_interface"]) == ("wg-mesh", "bridge")
    assert (rows["mesh-from-lan"]["in_interface"], rows["mesh-from-lan"]["out_interface"]) == ("bridge", "wg-mesh")


@pytest.mark.parametrize(
    ("args", "reason", "cure"),
    [
        (
            mesh(laptop(exit_node=True), wt.MeshClient("phone", "10.99.0.3", PHONE_KEY, exit_node=True)),
            "laptop and phone are both exit nodes, and of one interface only one can hold 0.0.0.0/0",
            "a RelayMesh with an interface of its own",
        ),
        (mesh(wt.MeshClient("phone", "10.98.0.3", PHONE_KEY)), "10.98.0.3 isn't an address of 10.99.0.0/24", "give it"),
        (mesh(wt.MeshClient("phone", "10.99.0.1", PHONE_KEY)), "10.99.0.1 is the router's own address", "another"),
        (mesh(wt.MeshClient("phone", "10.99.0.3")), "client 'phone' has no key", "wg genkey"),
        (mesh(laptop(private_key=NOTHING)), "its public key comes of its private_key", "leave out public_key"),
        (mesh(laptop(lan=["192.168.88.0/25"]), lan=LAN), "192.168.88.0/25 overlaps the router's LAN", "netmap"),
        (mesh(PHONE, wt.MeshClient("b", "10.99.0.3", LAPTOP_KEY)), "'phone' and 'b' both allow 10.99.0.3/32", "one"),
        (mesh(endpoint="router.example.com"), "'router.example.com' is not an endpoint", "such as"),
        (mesh(laptop(lan=["x"])), "'x' is not a prefix", "such as"),
    ],
)
def test_what_cannot_work_is_refused_with_reason_and_cure(register, args, reason, cure):
    def program():
        with pytest.raises(wt.Refusal) as told:
            wt.RelayMesh("mesh", args)
        assert reason in str(told.value)
        assert cure in str(told.value)

    register(program)


def test_a_bad_private_key_is_refused_without_repeating_it():
    with pytest.raises(ValueError, match="44 characters") as told:
        public_key("secret-but-wrong")

    assert "secret-but-wrong" not in str(told.value)


# --- IPv6 ------------------------------------------------------------------------------------------------------------


def six(**args):
    """A mesh with IPv6, whose laptop has a LAN of both kinds and is the exit node; the tablet has no IPv6."""
    node = laptop(address6="fd00:99::2", lan=["192.168.10.0/24", "fd10::/64"], exit_node=True)
    phone = wt.MeshClient("phone", "10.99.0.3", PHONE_KEY, address6="fd00:99::3")
    tablet = wt.MeshClient("tablet", "10.99.0.4", OF_NOTHING)
    return mesh(
        node, phone, tablet, address6="fd00:99::1/64", lan=wt.Lan("bridge", ["192.168.88.0/24", "fd88::/64"]), **args
    )


def test_what_a_mesh_has_for_ipv4_it_has_for_ipv6(register):
    rows = register(lambda: wt.RelayMesh("mesh", six()))

    assert rows["mesh-laptop"]["allowed_address"] == [
        *("10.99.0.2/32", "fd00:99::2/128", "192.168.10.0/24", "fd10::/64", "0.0.0.0/0", "::/0"),
    ]
    assert rows["mesh-route-fd10---64"]["gateway"] == "wg-mesh"
    route, known, rest = rows["mesh-exit-route6"], rows["mesh-exit-main6"], rows["mesh-exit-phone6"]
    assert (route["dst_address"], route["routing_table"]) == ("::/0", "wg-mesh-exit")
    assert (known["src_address"], known["min_prefix"], known["table"]) == ("fd00:99::/64", 0, "main")
    assert (rest["src_address"], rest["action"]) == ("fd00:99::3/128", "lookup-only-in-table")
    assert rest["position"] == {"at": "after", "tag": known["tag"]}
    assert {"mesh-relay6", "mesh-to-lan6", "mesh-from-lan6", "mesh-no-fasttrack6", "mesh-address6"} <= rows.keys()
    assert "mesh-exit-tablet6" not in rows


def test_profiles_have_ipv6_for_clients_that_have_an_address_of_it(register):
    told = {key: text.splitlines() for key, text in profiles(register, six).items()}

    assert "Address = 10.99.0.3/24, fd00:99::3/64" in told["phone", "normal"]
    reached = "AllowedIPs = 10.99.0.0/24, fd00:99::/64, 192.168.10.0/24, fd10::/64, 192.168.88.0/24, fd88::/64"
    assert reached in told["phone", "normal"]
    assert "AllowedIPs = 10.99.0.0/24, 192.168.10.0/24, 192.168.88.0/24" in told["tablet", "normal"]
    assert "AllowedIPs = 0.0.0.0/0, ::/0" in told["phone", "exit"]
    assert any("ip6tables" in line and "fd00:99::/64" in line for line in told["laptop", "normal"])


def test_ipv6_of_the_exits_users_goes_nowhere_where_the_exit_node_has_none(register):
    phone = wt.MeshClient("phone", "10.99.0.3", PHONE_KEY, address6="fd00:99::3")
    rows = register(lambda: wt.RelayMesh("mesh", mesh(laptop(exit_node=True), phone, address6="fd00:99::1/64")))

    assert "::/0" not in rows["mesh-laptop"]["allowed_address"]
    assert "mesh-exit-route6" not in rows
    assert rows["mesh-exit-phone6"]["action"] == "lookup-only-in-table"


def test_travellers_leave_by_ipv6_too(register):
    phone = wt.MeshClient("phone", "10.99.0.3", PHONE_KEY, address6="fd00:99::3")
    args = mesh(phone, address6="fd00:99::1/64", full_tunnel=True, dns=["10.99.0.1", "fd00:99::1"])
    rows = register(lambda: wt.RelayMesh("mesh", args))

    assert rows["mesh-masquerade6"]["src_address"] == "fd00:99::/64"
    assert {"mesh-to-wan6", "mesh-dns-udp", "mesh-dns6-udp", "mesh-dns6-tcp"} <= rows.keys()


@pytest.mark.parametrize(
    ("args", "reason", "cure"),
    [
        (
            mesh(wt.MeshClient("p", "10.99.0.3", PHONE_KEY, address6="fd00:99::3")),
            "has an IPv6 address, and the mesh has none",
            "give address6",
        ),
        (mesh(laptop(lan=["fd10::/64"])), "fd10::/64 is IPv6, and the mesh has none", "give address6"),
        (
            mesh(laptop(lan=["fd10::/64"]), address6="fd00:99::1/64"),
            "fd10::/64 is IPv6, and it has no address of that in the mesh",
            "give it address6, too",
        ),
        (
            mesh(wt.MeshClient("p", "10.99.0.3", PHONE_KEY, address6="fd98::3"), address6="fd00:99::1/64"),
            "fd98::3 isn't an address of fd00:99::/64",
            "without a mask",
        ),
        (
            mesh(wt.MeshClient("p", "10.99.0.3", PHONE_KEY, address6="fd00:99::1"), address6="fd00:99::1/64"),
            "fd00:99::1 is the router's own address",
            "give it another",
        ),
        (
            mesh(laptop(lan=["fd00:99:0:0:8000::/65"]), address6="fd00:99::1/64"),
            "its LAN fd00:99:0:0:8000::/65 overlaps",
            "renumber",
        ),
        (mesh(PHONE, address6="10.9.0.1/24"), "'10.9.0.1/24' is not an IPv6 address", "such as"),
    ],
)
def test_what_cannot_work_of_ipv6_is_refused_with_reason_and_cure(args, reason, cure):
    with pytest.raises(wt.Refusal) as told:
        wt.RelayMesh("mesh", args)

    assert reason in str(told.value)
    assert cure in str(told.value)
