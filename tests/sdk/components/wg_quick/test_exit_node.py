"""What a Linux exit node runs: both of the seed's variants in both firewalls, checked by shells and by nft itself."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

import wiretik as wt

MESH = ["10.99.0.0/24"]
VARIANTS = {
    "all that leaves by the line": {"outgoing": "eth0"},
    "the WireGuard subnet only": {"sources": MESH},
    "that subnet by that line": {"sources": MESH, "outgoing": "eth0"},
    "IPv6 too": {"sources": [*MESH, "fd00:99::/64"]},
}
EVERY = pytest.mark.parametrize("node", [
    pytest.param(wt.LinuxExitNode(firewall=firewall, **choice), id=f"{name}, {firewall}")
    for firewall in wt.Firewall
    for name, choice in VARIANTS.items()
])  # fmt: skip


def texts(node):
    """All that a shell is given: the scripts, and the commands of wg-quick, which runs them with bash."""
    lines = [command.replace("%i", "wg-mesh") for command in (*node.post_up, *node.post_down)]
    return {"sh": [node.script, node.undo], "bash": lines}


@EVERY
def test_every_command_is_good_shell(node):
    for shell, parts in texts(node).items():
        if shutil.which(shell) is None:
            pytest.skip(f"{shell} is not on PATH")
        for text in parts:
            done = subprocess.run([shell, "-n"], input=text, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, ""), text
            assert "#" not in text.partition("\nset -eu\n")[2]  # wg-quick takes the rest of a line for a comment


def test_the_seeds_two_variants_are_what_it_says():
    by_line = wt.LinuxExitNode(outgoing="eth0").post_up
    by_subnet = wt.LinuxExitNode(sources=MESH, outgoing="eth0").post_up

    assert "sysctl -w net.ipv4.ip_forward=1" in by_line
    assert by_line[2].endswith("|| iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE")
    assert by_subnet[2].endswith("|| iptables -t nat -A POSTROUTING -s 10.99.0.0/24 -o eth0 -j MASQUERADE")


@pytest.mark.parametrize("choice", VARIANTS.values(), ids=VARIANTS)
def test_what_is_added_is_taken_away_rule_by_rule(choice):
    node = wt.LinuxExitNode(**choice)
    added = {command.partition("|| ")[2].replace(" -A ", " ").replace(" -I ", " ") for command in node.post_up}
    gone = {command.partition(" 2>")[0].replace(" -D ", " ") for command in node.post_down if "tables" in command}

    assert {command for command in added if "tables" in command} == gone


def unmet():
    """Why nothing can be tried out here, or nothing."""
    lacking = [tool for tool in ("nft", "unshare", "sysctl") if shutil.which(tool) is None]
    if os.name != "posix" or os.getuid() != 0:
        return "only root may try out firewall rules"
    if lacking:
        return f"{' and '.join(lacking)} is not on PATH"
    alone = subprocess.run(["unshare", "--net", "nft", "list", "ruleset"], capture_output=True, check=False)
    return "no network namespaces or no nftables here" if alone.returncode else ""


@pytest.mark.parametrize("choice", VARIANTS.values(), ids=VARIANTS)
def test_in_a_network_of_its_own_it_works_twice_and_the_undoing_leaves_nothing(choice, tmp_path):
    if reason := unmet():
        pytest.skip(reason)
    node = wt.LinuxExitNode(interface="wgx", firewall=wt.Firewall.NFTABLES, **choice)
    kept = re.compile(r"/run/")  # outside a test that is a place which a reboot forgets
    up, down = (kept.sub(f"{tmp_path}/", text) for text in (node.script, node.undo))
    say = "echo ===; cat /proc/sys/net/ipv4/ip_forward; nft list ruleset;"
    parts = [f"({text}) >/dev/null\n{say}" for text in (up, up, down, down)]

    done = subprocess.run(
        ["unshare", "--net", "sh", "-eu"], input=say + "\n".join(parts), capture_output=True, text=True, check=False
    )
    before, once, twice, gone, gone_again = done.stdout.split("===\n")[1:]

    assert (done.returncode, done.stderr) == (0, "")
    assert once.startswith("1\n")
    assert once.count("masquerade") == (2 if "fd00" in str(choice) else 1)
    assert once == twice
    assert before == gone == gone_again
    assert list(pathlib.Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        ({}, "needs sources=, outgoing= or both"),
        ({"sources": ["10.99.0.0/33"]}, "is not a prefix"),
        ({"outgoing": "eth0; reboot"}, "outgoing: 'eth0; reboot' is not a Linux interface's name"),
        ({"outgoing": "eth0", "interface": "$(id)"}, "interface: '$(id)' is not a Linux interface's name"),
        ({"outgoing": "eth0", "firewall": "ufw"}, "Firewall is one of nftables, iptables; not 'ufw'"),
    ],
)
def test_what_would_not_work_or_be_more_than_a_name_is_refused(choice, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        wt.LinuxExitNode(**choice)
