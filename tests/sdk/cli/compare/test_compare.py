"""`wiretik compare` against routers that print as the embedded one does, and one that lies in twenty ways."""

import pathlib

import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik.cli.commands.compare import _of_export
from wiretik.cli.compare.differences import in_exports
from wiretik.cli.compare.shapes import masked, shape, shaped
from wiretik_provider.simulator import serve

PLANTED = {
    "identity": "Villa-Kunterbunt",
    "ssid": "PrettyFlyForAWifi",
    "comment": "ask Pippi Langstrumpf 0171-5550199",
    "pppoe user": "pippi77@dsl.example",
    "ppp secret": "tommy-annika",
    "ddns": "hf90000wtik.sn.mynetname.net",
    "endpoint": "kunterbunt.dyndns.example",
    "list": "PippisGuests",
    "network": "192.168.177.",
    "key": "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo",
    "serial": "HF90000WTIK",
    "contact": "pippi@kunterbunt.example",
    "script": "say-herr-nilsson",
    "phone": "5550199",
}
HOME = f"""/interface bridge
add name=bridge
/interface wireguard
add comment="{PLANTED["comment"]}" listen-port=13231 mtu=1420 name=PippisTunnel
/interface list
add name={PLANTED["list"]}
/interface list member
add interface=bridge list={PLANTED["list"]}
/interface pppoe-client
add disabled=no interface=ether1 name=dsl-pippi user={PLANTED["pppoe user"]}
/interface wireless security-profiles
add name=herr-nilsson
/interface wireguard peers
add allowed-address=10.77.0.0/24 comment="{PLANTED["comment"]}" endpoint-address={PLANTED["endpoint"]} \\
    endpoint-port=51820 interface=PippisTunnel public-key="{PLANTED["key"]}="
/ip address
add address=192.168.177.1/24 interface=bridge network=192.168.177.0
add address=203.0.113.2/24 interface=ether1 network=203.0.113.0
add address=10.77.0.2/24 interface=PippisTunnel network=10.77.0.0
/ip dhcp-server network
add address=192.168.177.0/24 domain=kunterbunt.example gateway=192.168.177.1
/ip dns
set servers=192.168.177.9
/ip firewall address-list
add address={PLANTED["ddns"]} list={PLANTED["list"]}
/ip firewall filter
add action=accept chain=input protocol=tcp comment="{PLANTED["comment"]}" dst-port=8729
add action=drop chain=input in-interface=ether1 limit=10,5:packet
/ip route
add distance=2 gateway=203.0.113.1
/system identity
set name={PLANTED["identity"]}
/system scheduler
add interval=1d name={PLANTED["script"]} on-event="/log info {PLANTED["script"]}" policy=read
/snmp
set contact={PLANTED["contact"]}
"""


@pytest.fixture
def lab():
    with serve(tls=False, profile="none", version="7.20.8", serial=PLANTED["serial"]) as running:
        running.router.load("# 2026-03-01 10:00:00 by RouterOS 7.20.8\n" + HOME, skip_unknown=True)
        yield running


def compare(lab, *words):
    return CliRunner().invoke(app, ["compare", lab.host, "--port", str(lab.api_port), "--no-tls", *words])


def lie(lab, path, changed):
    """Lets the router answer one menu's print otherwise: `changed` gets the answer's sentences."""
    honest = lab.router.execute

    def execute(words, *session):
        answers = honest(words, *session)
        return changed(answers) if words[0] == f"{path}/print" else answers

    lab.router.execute = execute


def word(name, become, only=None):
    """A lie about one property: another value, or none."""

    def changed(answers):
        found = []
        for sentence in answers:
            prefix = f"={name}="
            if not any(part.startswith(prefix) for part in sentence) or (only and only not in sentence):
                found.append(sentence)
                continue
            kept = [part for part in sentence if not part.startswith(prefix)]
            values = [part[len(prefix) :] for part in sentence if part.startswith(prefix)]
            found.append((*kept, *(() if become is None else [prefix + become(value) for value in values])))
        return found

    return changed


def added(name, value):
    return lambda answers: [(*one, f"={name}={value}") if one[0] == "!re" else one for one in answers]


LIES = {
    "truth in another word": (
        "/ip/firewall/filter",
        word("disabled", lambda _: "no"),
        "disabled: there `no`, here `false`",
    ),
    "a span in seconds": (
        "/system/scheduler",
        word("interval", lambda _: "86400"),
        "interval: there `86400`, here `1d`",
    ),
    "an address without its mask": (
        "/ip/address",
        word("address", lambda text: text.partition("/")[0]),
        "/ip/address address",
    ),
    "another network": (
        "/ip/address",
        word("network", lambda _: "192.168.0.0"),
        "connected route 999.999.9.9/99 by aaaaaa",
    ),
    "no actual interface": (
        "/ip/address",
        word("actual-interface", None),
        "/ip/address actual-interface: there `nothing`",
    ),
    "no distance": ("/ip/route", word("distance", None, "=static=true"), "/ip/route distance"),
    "another scope": ("/ip/route", word("scope", lambda _: "255", "=connect=true"), "/ip/route scope"),
    "a route that sleeps": ("/ip/route", word("active", None, "=static=true"), "/ip/route active: there `nothing`"),
    "another way": ("/ip/route", word("immediate-gw", lambda text: text + "!"), "/ip/route immediate-gw"),
    "a property more": ("/ip/route", added("weight", "1"), "/ip/route weight: there `prints it`"),
    "another sign between": (
        "/interface/wireguard/peers",
        word("allowed-address", lambda text: f"{text};"),
        "/interface/wireguard/peers",
    ),
    "a protocol in capitals": ("/ip/firewall/filter", word("protocol", str.upper), "/ip/firewall/filter"),
    "no default": ("/interface/wireguard", word("mtu", None), "/interface/wireguard mtu"),
    "a unit": ("/ip/dns", word("cache-size", lambda text: f"{text}KiB"), "/ip/dns"),
    "invalid": ("/ip/firewall/filter", added("invalid", "true"), "/ip/firewall/filter invalid"),
    "no connected routes": (
        "/ip/route",
        lambda answers: [one for one in answers if "=connect=true" not in one],
        "by aaaaaaaaaaaa: there `hasn't`, here `has it`",
    ),
    "a connected route more": (
        "/ip/route",
        lambda answers: [
            ("!re", "=.id=*9", "=dst-address=9.9.9.0/24", "=gateway=x", "=connect=true", "=dynamic=true"),
            *answers,
        ],
        "connected route 9.9.9.9/99",
    ),
    "a menu that isn't there": (
        "/ip/service",
        lambda _: [("!trap", "=message=no such command prefix"), ("!done",)],
        "/ip/service: there `hasn't got it`",
    ),
    "a menu that can't be read": (
        "/ip/service",
        lambda _: [("!trap", "=message=std failure: not allowed (9)"), ("!done",)],
        "/ip/service couldn't be read: aaa failure: not aaaaaaa",
    ),
    "a value that we refuse": (
        "/ip/firewall/filter",
        word("action", lambda _: "Pippi"),
        "/ip/firewall/filter: there `has such a row`, here",
    ),
    "a default that is longer": (
        "/ip/dns",
        word("max-udp-packet-size", None),
        "/ip/dns max-udp-packet-size: there `nothing`",
    ),
}


def test_a_router_that_prints_as_the_embedded_one_has_no_difference(lab):
    done = compare(lab)

    assert done.exit_code == 0, done.output
    assert "No difference." in done.output
    assert "RouterOS 7.20.8" in done.output
    assert "- /ip/address: disabled address interface network actual-interface" in done.output
    assert not [planted for planted in PLANTED.values() if planted.lower() in done.output.lower()]


# Those that don't speak of the same thing are told in one round.
APART = (
    ("a menu that can't be read", "a connected route more", "an address without its mask"),
    ("no connected routes", "another network", "a value that we refuse"),
)
ROUNDS = [[name for name in LIES if name not in {*APART[0], *APART[1]}], *APART]


@pytest.mark.parametrize("names", ROUNDS, ids=["most", "others", "more"])
def test_each_of_twenty_lies_is_found_and_nothing_of_the_owner_is_told_or_changed(lab, names, tmp_path):
    for name in names:
        lie(lab, *LIES[name][:2])
    before = lab.router.export(show_sensitive=True)

    done = compare(lab, "--out", str(tmp_path / "report.md"))
    report = (tmp_path / "report.md").read_text()

    assert done.exit_code == 1
    assert [name for name in names if LIES[name][2] not in report] == [], report
    assert not [planted for planted in PLANTED.values() if planted.lower() in report.lower()]
    assert lab.router.export(show_sensitive=True).splitlines()[1:] == before.splitlines()[1:]


@pytest.mark.parametrize(
    ("answer", "there"),
    [(["=status=ok", "=interface=bridge"], "by bridge 1"), (["=status=unreachable"], "`unreachable`|`aaaaaaaaaaa`")],
)
def test_the_routers_own_check_of_ways_is_held_against_the_tracer(lab, answer, there):
    honest = lab.router.execute
    lab.router.execute = lambda words, *session: (
        [("!re", *answer), ("!done",)] if words[0] == "/ip/route/check" else honest(words, *session)
    )

    done = compare(lab)

    assert "Ways that differ" in done.output
    assert any(text in done.output for text in there.split("|")), done.output


def test_the_export_tells_forms_and_orders_that_no_print_has(lab, tmp_path):
    text = lab.router.export()
    (tmp_path / "same.rsc").write_text(text)
    turned = text.replace("add distance=2 gateway=203.0.113.1", "add gateway=203.0.113.1 distance=2")

    (tmp_path / "turned.rsc").write_text(turned)
    same, other = _of_export(tmp_path / "same.rsc"), _of_export(tmp_path / "turned.rsc")

    assert same == []
    assert [one.there or one.here for one in other] == [
        "add distance=2 gateway=999.9.999.9",
        "add gateway=999.9.999.9 distance=2",
    ]
    swapped = in_exports("/ip dns\nset a=1\n/ip address\nadd b=2\n", "/ip address\nadd b=2\n/ip dns\nset a=1\n")
    assert [one.kind for one in swapped] == ["order of menus"]


def test_a_router_that_cannot_be_reached_is_one_line(lab):
    done = CliRunner().invoke(app, ["compare", lab.host, "--port", "1", "--no-tls"])

    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1


def test_a_router_of_another_version_is_met_by_one_of_that_version():
    for version in ("7.4", "7.24"):
        with serve(tls=False, profile="defconf", version=version) as running:
            done = compare(running)
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("disabled", "true", "true"),
        ("lease-time", "1d", "1d"),
        ("distance", "110", "110"),
        ("action", "accept", "accept"),
        ("user", "4711", "9999"),
        ("comment", "accept", "aaaaaa"),
        ("address", "192.168.1.1/24", "999.999.9.9/99"),
        ("password", "x", "(secret)"),
        ("protocol", "!tcp", "!tcp"),
        ("new-thing", "Pippi", "aaaaa"),
        ("ssid", "Größe", "aaaaa"),
        ("number", "123456", "999999"),
    ],
)
def test_only_routeros_own_words_numbers_and_spans_are_told(name, text, shown):
    assert masked(name, text) == shown


def test_a_sentence_of_a_router_is_told_by_its_known_words():
    assert shaped("input does not match any value of Pippi", {"of"}) == "input does not match any value of aaaaa"
    assert shape("a1-Ü") == "a9-a"


# --- on a router that may be lost ------------------------------------------------------------------------------------

FACTS = pathlib.Path(__file__).parents[3] / "cases" / "facts"


def test_recorded_facts_hold_on_the_embedded_router_and_open_questions_get_an_answer(tmp_path):
    with serve(tls=False) as running:
        done = compare(running, "--probe", str(FACTS), "--yes", "--out", str(tmp_path / "report.md"))
    report = (tmp_path / "report.md").read_text()

    assert "doesn't hold" not in report, report
    assert int(report.partition(" hold; ")[0].rpartition("\n")[2]) > 60
    assert "is mark-routing refused in the chain forward? !" in report
    assert done.exit_code == 0, report[-2000:]


def test_a_fact_that_does_not_hold_is_told_with_what_came_back():
    with serve(tls=False) as running:
        lie(running, "/interface/wireguard", word("mtu", lambda _: "1500"))
        done = compare(running, "--probe", str(FACTS), "--yes")

    assert "doesn't hold: a wireguard interface has its defaults, a key pair and a port: mtu is 1500" in done.output
    assert done.exit_code == 1


def test_nothing_is_probed_unless_its_owner_says_so(tmp_path):
    with serve(tls=False) as running:
        before = running.router.snapshot()
        words = ["compare", running.host, "--port", str(running.api_port), "--no-tls", "--probe", str(FACTS)]
        done = CliRunner().invoke(app, words, input="n\n")
        nothing = CliRunner().invoke(app, [*words[:-1], str(tmp_path), "--yes"])
        after = running.router.snapshot()

    assert done.exit_code == nothing.exit_code == 2
    assert before == after
