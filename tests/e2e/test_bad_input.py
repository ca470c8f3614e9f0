"""Bad input ends before the first write, everything at once, each diagnostic in one line that names the cure."""

import pytest

from deploying import PASSWORD, Site, reach, writes
from programs import EVERY_MENU, KEY
from wiretik_provider.simulator import serve

GOOD = 'wt.Scheduler("good", interval="1d")\n'


def refused(lab, run):
    """The errors of a run that must have failed without a write, each one line, none with a traceback."""
    assert not run.ok
    assert writes(lab) == 0
    assert run.errors
    for error in run.errors:
        assert "\n" not in error, error
        assert "Traceback" not in error
        assert "[wt:" not in error
    return " | ".join(run.errors)


@pytest.fixture
def plain(bare, site):
    """A site with one router and a program that the test gives."""

    def make(program, **details):
        return site(bare, program, **details)

    return make


BAD = {
    "key": ('wt.Peer("p", interface="wg0", public_key="abc", allowed_address=["0.0.0.0/0"])', ["public_key"]),
    "private key": ('wt.WireGuardInterface("w", private_key="nonsense")', ["private_key"]),
    "prefix": ('wt.Route("r", dst_address="10.0.0.0/33", gateway="ether1")', ["dst_address", "10.0.0.0/33"]),
    "address": ('wt.IpAddress("a", address="10.0.0.300/24", interface="ether1")', ["address", "10.0.0.300"]),
    "port": ('wt.WireGuardInterface("w", listen_port=70000)', ["listen_port", "70000"]),
    "duration": (
        f'wt.Peer("p", interface="wg0", public_key="{KEY}", allowed_address="::/0", persistent_keepalive="soon")',
        ["persistent_keepalive", "soon"],
    ),
    "name": ('wt.WireGuardInterface("w", name="a-name-that-is-longer-than-any-screen-can-show")', ["name", "31"]),
    "contradiction": (
        'wt.FilterRule("f", chain="forward", action="accept", dst_port=22)',
        ["dst_port", "protocol"],
    ),
    "action": ('wt.FilterRule("f", chain="forward", action="dorp")', ["action", "dorp", "drop"]),
    "route without a way": ('wt.Route("r", dst_address="10.0.0.0/24")', ["gateway", "blackhole"]),
    "list": ('wt.AddressList("l", entries=["10.0.0.0/24", "not an address!"])', ["not an address!"]),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_value_is_refused_by_property_before_the_first_write(plain, bare, what):
    program, wanted = BAD[what]
    site = plain(GOOD + program)

    told = refused(bare, site.up())

    for part in wanted:
        assert part in told


def test_all_problems_of_a_resource_are_told_at_once_and_nothing_is_written(bare, site, engine):
    program = (
        GOOD + 'wt.Peer("p", interface="wg0", public_key="abc", allowed_address=["10.0.0.0/99"], endpoint_port=99999,\n'
        '    persistent_keepalive="soon")\n'
    )
    made = site(bare, program, engine=engine)

    told = refused(bare, made.up())

    for name in ("public_key", "allowed_address", "endpoint_port", "persistent_keepalive"):
        assert name in told


def test_an_unknown_property_is_refused_with_a_suggestion(plain, bare):
    site = plain(GOOD + 'wt.WireGuardInterface("w", listenport=13231)')

    preview = site.preview()

    assert not preview.ok
    assert any("listenport (did you mean listen_port?)" in error for error in preview.errors)
    assert writes(bare) == 0


def test_a_wrong_password_is_one_line_that_says_where_it_comes_from(bare, site, engine):
    made = site(bare, GOOD, engine=engine, config={"wiretik:password": {"secret": "wr0ng-passw0rd"}})

    told = refused(bare, made.up())

    assert "refused" in told
    assert "WIRETIK_PASSWORD" in told
    assert "wr0ng-passw0rd" not in told


def test_an_unreachable_router_is_one_line(plain, bare):
    site = plain(GOOD, config={"wiretik:port": 1})

    told = refused(bare, site.up())

    assert "127.0.0.1:1" in told
    assert "refuses connections" in told


def test_another_certificate_than_the_pinned_one_is_refused_before_the_login(bare, site, engine):
    made = site(bare, GOOD, tls="pin", engine=engine, config={"wiretik:fingerprint": "ab" * 32})

    told = refused(bare, made.up())

    assert bare.fingerprint in told
    assert "ab" * 32 in told
    assert "wiretik connect" in told
    assert bare.stats().commands == {}


def test_a_certificate_of_nobody_known_is_refused_with_the_command_that_shows_it(plain, bare):
    site = plain(GOOD, config={"wiretik:tls": True, "wiretik:port": bare.apis_port})

    told = refused(bare, site.up())

    assert "isn't trusted" in told
    assert "`wiretik connect 127.0.0.1 " in told


def test_a_router_without_a_certificate_is_told_with_the_command_that_helps(tmp_path):
    with serve(password=PASSWORD, certificate=False) as lab:
        keys = {**reach(lab), "port": lab.apis_port, "tls": True}
        site = Site(tmp_path, GOOD, {f"wiretik:{key}": value for key, value in keys.items()})

        told = refused(lab, site.preview())

        assert "without a certificate" in told
        assert "wiretik connect" in told


def test_a_user_without_policy_write_is_told_which_policy_and_how(plain, bare):
    bare.run("/user/add", name="eve", password="look only", group="read")
    site = plain(GOOD, config={"wiretik:username": "eve", "wiretik:password": {"secret": "look only"}})
    bare.reset_stats()

    told = refused(bare, site.up())

    assert "'eve'" in told
    assert "write" in told
    assert "/user/group" in told


def test_another_router_than_the_state_knows_is_refused_unless_told(tmp_path, bare):
    site = Site(tmp_path, GOOD, {f"wiretik:{key}": value for key, value in reach(bare).items()})
    assert site.up().errors == ()
    with serve(password=PASSWORD, serial="OTHER000042") as other:
        keys = {f"wiretik:{key}": value for key, value in reach(other).items()}
        site.configure(keys)

        for run in (site.up(), site.refresh(), site.preview()):
            told = refused(other, run)
            assert "OTHER000042" in told
            assert bare.router.serial in told
            assert "wiretik:identity" in told
        site.configure({**keys, "wiretik:identity": "OTHER000042"})
        assert site.up(refresh=True).errors == ()
        assert [row["name"] for row in other.run("/system/scheduler/print")] == ["good"]


def test_a_name_that_neither_router_nor_program_has_is_told_with_those_that_exist(bare, site, engine):
    made = site(bare, GOOD + 'wt.IpAddress("a", address="10.0.0.1/24", interface="ether9")', engine=engine)

    told = refused(bare, made.up())

    assert "a: interface='ether9'" in told
    assert "ether1" in told


def test_a_name_that_the_program_makes_is_no_unknown_name(plain):
    site = plain(
        'lan = wt.InterfaceList("inside")\n'
        'wt.WireGuardInterface("wg5")\n'
        'wt.InterfaceListMember("m", list="inside", interface="wg5", opts=pulumi.ResourceOptions(depends_on=[lan]))\n'
        'wt.RoutingTable("t")\n'
        'wt.FilterRule("f", chain="forward", in_interface_list="inside", action="accept",'
        " opts=pulumi.ResourceOptions(depends_on=[lan]))\n"
    )

    assert site.preview().errors == ()


def test_a_listen_port_that_another_interface_has_is_refused_since_one_would_stay_dead(plain, bare):
    bare.run("/interface/wireguard/add", name="theirs", listen_port="13555")
    site = plain(GOOD + 'wt.WireGuardInterface("ours", listen_port=13555)')
    bare.reset_stats()

    told = refused(bare, site.up())

    assert "13555" in told
    assert "theirs" in told


def test_two_resources_of_one_name_or_port_are_refused(plain, bare):
    site = plain(
        'wt.WireGuardInterface("a", name="wg5", listen_port=13555)\n'
        'wt.WireGuardInterface("b", name="wg5", listen_port=13555)\n'
    )

    told = refused(bare, site.up())

    assert "wg5" in told


def test_what_only_the_router_can_refuse_names_the_row_what_was_asked_and_the_routers_words(plain, bare):
    site = plain('wt.Script("greet", source=":log info hello")')
    bare.fault("refuse", path="/system/script", verb="add", message="failure: no space left on device")

    up = site.up()

    (error,) = up.errors
    assert "script greet" in error
    assert "no space left on device" in error
    assert "/system/script" in error
    bare.clear_faults()
    assert site.up().errors == ()


ACCIDENTS = {
    "lost answers": {"action": "lose", "verb": "write"},
    "closed before": {"action": "drop", "verb": "write"},
    "torn": {"action": "reset", "verb": "write"},
    "reboot": {"action": "reboot", "verb": "write", "seconds": 30},
    "stalled": {"action": "stall", "nth": 60},
}


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_a_connection_that_breaks_or_stalls_half_way_is_one_line_and_the_next_up_converges(tmp_path, accident):
    with serve(profile="defconf", password=PASSWORD) as lab:
        keys = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        site = Site(tmp_path, EVERY_MENU, {**keys, "wiretik:timeout": "1s"})
        before = lab.router.snapshot()
        lab.fault(**{"nth": 7, "times": 0, **ACCIDENTS[accident]})

        up = site.up()

        # Where the router did what was asked, a second look at a new connection finds that nothing is missing.
        assert up.ok or any("router 127.0.0.1" in error for error in up.errors)
        assert accident not in ("closed before", "reboot") or not up.ok
        assert all("\n" not in error and "Traceback" not in error for error in up.errors)
        lab.clear_faults()
        if accident == "reboot":
            lab.call(lab._server._up)
        assert site.up().errors == ()
        assert site.up(refresh=True).touched == []
        assert site.destroy().errors == ()
        for path in ("/ip/dns", "/system/identity"):  # what they had may be lost with the answer
            before.pop(path)
        assert {path: rows for path, rows in lab.router.snapshot().items() if path in before} == before


def test_a_single_lost_answer_is_mended_within_the_same_up(defconf, site):
    made = site(defconf, EVERY_MENU)
    defconf.fault("lose", verb="write", nth=5)

    assert made.up().errors == ()
    assert made.up(refresh=True).touched == []


def test_a_name_that_another_kind_of_interface_has_is_refused_before_the_first_write(plain, bare):
    site = plain(GOOD + 'wt.WireGuardInterface("bridge")\n')

    told = refused(bare, site.up())

    assert "'bridge' is taken by another row of /interface" in told
