"""Rules for firewalls that somebody else owns: each is taken by the firewall that it is for."""

import shutil
import subprocess

import pytest

from wiretik.components.shared.openings import Opening, as_output
from wiretik_provider.simulator import serve

OPENINGS = [
    Opening(at="berlin", incoming=True, host="203.0.113.2", port=51820),
    Opening(at="berlin", incoming=True, host="berlin.example.com", port=443, forwarded=51820),
    Opening(
        at="a site with a name that is far longer than any comment would have to be", incoming=True, host="x", port=1
    ),
    Opening(at="lisbon", incoming=False, host="2001:db8::1", port=51820),
]


def test_what_is_told_twice_is_told_once_and_says_all():
    one, other = as_output(*OPENINGS[:2], OPENINGS[0])

    assert one.keys() == other.keys() == {"at", "direction", "protocol", "host", "port", "what", *OPENINGS[0].rules()}
    assert one["what"] == "in front of berlin: let UDP to 203.0.113.2 port 51820 in"
    assert "dst-address=203.0.113.2" in one["routeros"]
    assert "dst-address" not in other["routeros"]
    assert "dst-port=51820" in other["routeros"]


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_router_takes_the_rule_as_it_is_typed(opening):
    path, *words = opening.rules()["routeros"].partition(" comment=")[0].split()
    given = dict(word.split("=") for word in words)
    with serve(profile="defconf") as lab:
        lab.run(path, **given)

        added = lab.run(path.removesuffix("/add") + "/print")[-1]
    assert {name: str(added.get(name, text)).removesuffix("/128") for name, text in given.items()} == given


@pytest.mark.parametrize("opening", OPENINGS)
def test_nft_and_the_shell_take_the_rule_as_it_is_typed(opening):
    if shutil.which("nft") is None or shutil.which("unshare") is None:
        pytest.skip("nft or unshare is not on PATH")
    table = "nft add table inet filter; nft 'add chain inet filter forward { type filter hook forward priority 0 ; }'"
    script = f"set -e; {table}; {opening.rules()['nftables']}; nft list ruleset"
    done = subprocess.run(["unshare", "--net", "sh", "-c", script], capture_output=True, text=True, check=False)
    if "Operation not permitted" in done.stderr:
        pytest.skip("only root may try out firewall rules")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"udp dport {opening.forwarded or opening.port} accept" in done.stdout
