"""A client's texts: one for each mode that people name, the allowed prefixes split right, and all of it secret."""

import pulumi
import pytest

import wiretik as wt

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
PRIVATE = "MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk="


def args(**more):
    base = {"address": "10.99.0.3/24", "endpoint": "router.example.com:51820", "public_key": KEY}
    return wt.ClientProfileArgs(**{**base, "modes": {"home": wt.ProfileMode(["10.99.0.0/24"])}, **more})


def texts(register, given):
    told = {}

    def program():
        for mode, text in wt.ClientProfile("phone", given()).texts.items():
            pulumi.Output.all(pulumi.Output.unsecret(text), text.is_secret()).apply(
                lambda known, mode=mode: told.update({mode: known})
            )

    register(program)
    assert all(secret for _, secret in told.values())
    return {mode: text.splitlines() for mode, (text, _) in told.items()}


def test_each_mode_has_its_name_its_prefixes_and_its_resolvers(register):
    modes = {
        "home": wt.ProfileMode(["10.99.0.0/24", "10.99.0.7", "192.168.10.0/24", "10.99.0.0/24"]),
        "café wifi": wt.ProfileMode(["10.99.0.0/24", "0.0.0.0/0", "fd00::/64", "::/0"], ["9.9.9.9", "2620:fe::fe"]),
    }
    told = texts(register, lambda: args(modes=modes, mtu=1380, private_key=pulumi.Output.secret(PRIVATE)))

    assert "AllowedIPs = 10.99.0.0/24, 192.168.10.0/24" in told["home"]
    assert not [line for line in told["home"] if line.startswith("DNS")]
    assert {"AllowedIPs = 0.0.0.0/0, ::/0", "DNS = 9.9.9.9, 2620:fe::fe"} <= set(told["café wifi"])
    assert {"MTU = 1380", f"PrivateKey = {PRIVATE}", "PersistentKeepalive = 25"} <= set(told["home"])


def test_a_key_made_here_fills_the_profile_and_its_public_half_is_the_peers(register):
    def program():
        key = wt.WireGuardKey("phone-key", private_key=PRIVATE)
        return args(private_key=key.private_key)

    assert f"PrivateKey = {PRIVATE}" in texts(register, program)["home"]


def test_a_linux_client_lets_others_out_with_what_the_profile_says(register):
    node = wt.LinuxExitNode(sources=["10.99.0.0/24"], outgoing="eth0", firewall=wt.Firewall.NFTABLES)
    told = texts(register, lambda: args(exit_node=node, keepalive=0))["home"]

    assert [line.removeprefix("PostUp = ") for line in told if line.startswith("PostUp")] == list(node.post_up)
    assert [line.removeprefix("PostDown = ") for line in told if line.startswith("PostDown")] == list(node.post_down)
    assert not [line for line in told if "Keepalive" in line]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"modes": {}}, "it has no mode"),
        ({"modes": {"home": wt.ProfileMode([])}}, "mode 'home' sends nothing into the tunnel"),
        ({"modes": {"home": wt.ProfileMode(["x"])}}, "mode 'home': 'x' is not a prefix"),
        (
            {"modes": {"home": wt.ProfileMode(["0.0.0.0/0"], ["router"])}},
            "mode 'home': dns: 'router' is not an",
        ),
        ({"address": "10.99.0.3/24, fd00::x/64"}, "address: 'fd00::x/64' is not an address"),
        ({"endpoint": "router.example.com"}, "endpoint: 'router.example.com' is not an endpoint"),
    ],
)
def test_what_cannot_work_is_refused(register, more, reason):
    def program():
        with pytest.raises(wt.Refusal, match="ClientProfile 'phone': " + reason):
            wt.ClientProfile("phone", args(**more))

    register(program)
