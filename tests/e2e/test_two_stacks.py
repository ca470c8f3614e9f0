"""Two stacks, each with a lock of its own, come to one router at the same time: in processes, and in threads of one."""

import subprocess
import sys

import pytest

from deploying import PASSWORD, STACK, Site, reach
from wiretik_provider.simulator import serve

WIRETIK = [sys.executable, "-c", "from wiretik.cli import main; main()", "up", "--yes", "--skip-preview", "-s", STACK]

PEACEFUL = """
wg = wt.WireGuardInterface("wg-{n}", listen_port=5182{n})
wt.IpAddress("on-it", address="10.{n}.0.1/24", interface=wg)
for peer in range(4):
    key = f"A{{peer}}VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uL{n}4="
    wt.Peer(f"peer-{{peer}}", interface=wg, public_key=key, allowed_address=[f"10.{n}.0.{{peer + 10}}/32"])
wt.FilterRule("in", chain="input", protocol="udp", dst_port=5182{n}, action="accept", position=wt.BEFORE_DROP)
rules = {{f"r{{n}}": {{"action": "accept", "in_interface": wg, "protocol": "tcp", "dst_port": n}} for n in range(1, 5)}}
wt.FilterChain("block", chain="input", rules=rules, position=wt.BEFORE_DROP)
wt.AddressList("both", entries=[f"10.{n}.1.{{host}}" for host in range(20)])
"""

SAME = """
wg = wt.WireGuardInterface("wg-{n}", listen_port=51830)
wt.FilterRule("first", chain="input", src_address="10.{n}.0.0/24", action="accept", position=wt.FIRST)
"""


def site_of(number, directory, lab, program):
    config = {f"wiretik:{name}": value for name, value in reach(lab).items()}
    made = Site(directory / str(number), program.format(n=number), config)
    (made.directory / "Pulumi.yaml").write_text(f"name: site{number}\nruntime: python\n")
    made.name = f"site{number}"
    made.configure(config)
    return made


def together(sites):
    """Both ups at once, each in processes of its own."""
    runs = []
    for site in sites:
        site.backend.mkdir(exist_ok=True)
        runs.append(
            subprocess.Popen(
                WIRETIK,
                cwd=site.directory,
                env=site.process_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    told = [run.communicate(timeout=100)[0] for run in runs]
    return [(run.returncode, text) for run, text in zip(runs, told, strict=True)]


@pytest.fixture
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        running.slow(rtt_ms=3)  # so that the two are at it at the same time
        yield running


def test_two_stacks_that_want_nothing_of_each_other_both_get_there_at_once(lab, tmp_path):
    sites = [site_of(number, tmp_path, lab, PEACEFUL) for number in (1, 2)]

    for code, text in together(sites):
        assert code == 0, text

    assert sorted(row["address"] for row in lab.router.rows("/ip/firewall/address-list")) == sorted(
        f"10.{number}.1.{host}" for number in (1, 2) for host in range(20)
    )
    assert len(lab.router.rows("/interface/wireguard/peers")) == 8
    for site in sites:
        assert site.up(refresh=True).touched == []


def test_of_two_that_want_one_thing_at_once_nobody_harms_the_other_and_who_fails_names_him(lab, tmp_path):
    sites = [site_of(number, tmp_path, lab, SAME) for number in (1, 2)]

    runs = together(sites)

    interfaces = [row for row in lab.router.rows("/interface/wireguard") if row["listen-port"] == "51830"]
    assert len(interfaces) <= 1
    assert all(row["running"] == "true" for row in interfaces)
    assert any(code for code, _ in runs)
    for code, text in runs:
        assert "Traceback" not in text
        if code:
            assert (
                "another stack" in text or "of stack" in text or "isn't this stack's" in text or "is taken by" in text
            )


def test_many_threads_exchange_what_they_have_in_a_ring(lab, tmp_path):
    """The engine's threads update all of them side by side."""
    program = """
for n in range(8):
    wt.WireGuardInterface(f"wg-{{n}}", listen_port=52000 + (n + {turn}) % 8)
"""
    site = Site(tmp_path, program.format(turn=0), {f"wiretik:{name}": value for name, value in reach(lab).items()})
    assert site.up().errors == ()
    doubled = []
    execute = lab.router.execute

    def watch(words, *rest):
        answer = execute(words, *rest)
        ports = [row["listen-port"] for row in lab.router.rows("/interface/wireguard")]
        doubled.extend(port for port in ports if ports.count(port) > 1)
        return answer

    lab.router.execute = watch
    for turn in (1, 4, 3):
        site.write(program.format(turn=turn))
        assert site.up().errors == ()
        there = {row["name"]: row["listen-port"] for row in lab.router.rows("/interface/wireguard")}
        assert there == {f"wg-{n}": str(52000 + (n + turn) % 8) for n in range(8)}
        assert all(row["running"] == "true" for row in lab.router.rows("/interface/wireguard"))
    assert doubled == []
