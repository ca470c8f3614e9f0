"""A guarded deployment: armed before its first write, each write written down before it, undone unless confirmed."""

import pytest

from at_length import patience, rounds
from guarding import FILTER, LISTS, Site, signed
from wiretik_provider.api.session import Command
from wiretik_provider.errors import GuardError
from wiretik_provider.guard import scripts
from wiretik_provider.guard.closing import confirm, looked_at, roll_back, standing
from wiretik_provider.simulator import Session

PEERS = "/interface/wireguard/peers"
KEY = "".join(("b" * 42, "A="))
pytestmark = pytest.mark.timeout(patience(900))


@pytest.fixture
def site():
    return Site()


def add_rule(site, watch, name="new", port="1"):
    words = ("=chain=input", "=protocol=udp", f"=dst-port={port}", f"=comment={signed(name)}")
    (answer,) = watch.through([Command(FILTER, "add", words)], site.send)
    return answer


def ports(site):
    return [row["dst-port"] for row in site.router.rows(FILTER) if "wt:" in row.get("comment", "")]


def guard_rows(site):
    return [row for path in ("/system/script", "/system/scheduler", "/tool/netwatch") for row in site.router.rows(path)]


def state(site):
    found = standing("", site.send).state
    assert found is not None
    return found


def test_reading_arms_nothing(site):
    watch = site.watch()
    watch.through([Command(FILTER, "print"), Command("/system/resource", "print")], site.send)
    assert guard_rows(site) == []
    assert [command.verb for command in site.sent] == ["print", "print"]


def test_what_nobody_confirms_goes_by_itself_and_the_guard_says_so(site):
    before = site.network()
    add_rule(site, site.watch())
    assert ports(site) == ["1"]
    site.wait(290)
    assert ports(site) == ["1"]
    site.wait(20)
    assert site.network() == before
    found = state(site)
    assert (found.kind, found.run) == (scripts.ROLLED_BACK, "c0ffee")


def test_what_is_confirmed_stays_and_nothing_of_the_guard_does(site):
    add_rule(site, site.watch())
    assert confirm("", site.send, run="c0ff") == 0
    assert guard_rows(site) == []
    site.wait(1000, 30)
    assert ports(site) == ["1"]


def test_a_row_is_only_disabled_until_the_confirm(site):
    site.router.run(f"{FILTER}/add", chain="input", action="drop", dst_port="7", protocol="tcp", comment=signed("old"))
    (row,) = [row for row in site.router.rows(FILTER) if row.get("dst-port") == "7"]
    watch = site.watch()
    watch.through([Command(FILTER, "remove", (f"=.id={row['.id']}",))], site.send)
    seen = watch.through([Command(FILTER, "print")], site.send)[0].rows
    assert row[".id"] not in [one[".id"] for one in seen]
    assert next(one for one in site.router.rows(FILTER) if one[".id"] == row[".id"])["disabled"] == "true"
    assert confirm("", site.send) == 1
    assert row[".id"] not in [one[".id"] for one in site.router.rows(FILTER)]


def test_a_row_without_disabled_stays_until_the_confirm(site):
    site.router.run("/interface/list/add", name="VPN", comment=signed("VPN"))
    (row,) = [row for row in site.router.rows("/interface/list") if row["name"] == "VPN"]
    watch = site.watch()
    watch.through([Command("/interface/list", "remove", (f"=.id={row['.id']}",))], site.send)
    assert "VPN" in [one["name"] for one in site.router.rows("/interface/list")]
    confirm("", site.send)
    assert "VPN" not in [one["name"] for one in site.router.rows("/interface/list")]


def test_a_rollback_can_be_asked_for(site):
    before = site.network()
    add_rule(site, site.watch())
    roll_back("", site.send, site.wait)
    assert site.network() == before
    with pytest.raises(GuardError, match=r"has taken the change back; `up --refresh` lets the stack see it"):
        confirm("", site.send)


@pytest.mark.parametrize(("stack", "whose"), [("", "the last change"), ("other", "a change of another stack")])
def test_a_rollback_is_not_forgotten_by_a_deployment_that_has_not_looked(site, stack, whose):
    add_rule(site, site.watch())
    roll_back("", site.send, site.wait)
    before, there = site.network(), guard_rows(site)
    comment = signed("other", stack="eeee") if stack else signed("other")
    words = ("=chain=input", "=protocol=udp", "=dst-port=2", f"=comment={comment}")
    with pytest.raises(
        GuardError, match=f"the router has taken {whose}.*back, and the state doesn't know: `up --refre"
    ):
        site.watch(run="beef").through([Command(FILTER, "add", words)], site.send)
    assert (site.network(), guard_rows(site)) == (before, there)


def test_what_a_rollback_brought_back_goes_with_the_next_confirm_of_whoever_has_looked(site):
    """Also where no gate is asked, as on a destroy with a refresh: the state says that it is gone."""
    site.router.run("/interface/list/add", name="VPN", comment=signed("VPN"))
    (row,) = [row for row in site.router.rows("/interface/list") if row["name"] == "VPN"]
    site.watch().through([Command("/interface/list", "remove", (f"=.id={row['.id']}",))], site.send)
    roll_back("", site.send, site.wait)
    add_rule(site, site.watch(run="beef", seen=True))
    assert confirm("", site.send, run="beef") == 1
    assert "VPN" not in [one["name"] for one in site.router.rows("/interface/list")]


def test_the_next_deployment_takes_what_a_rollback_left_away_once_a_refresh_has_seen_it(site):
    add_rule(site, site.watch())
    roll_back("", site.send, site.wait)
    looked_at("", site.send)
    add_rule(site, site.watch(run="beef"), "other", "2")
    confirm("", site.send, run="beef")
    assert (ports(site), guard_rows(site)) == (["2"], [])


def test_a_second_deployment_waits_its_turn(site):
    add_rule(site, site.watch())
    before = site.network()
    with pytest.raises(
        GuardError, match=r"an earlier change of this stack isn't confirmed yet: `wiretik confirm` keeps"
    ):
        add_rule(site, site.watch(run="beef"), "other", "2")
    assert site.network() == before
    confirm("", site.send)


def test_of_two_that_begin_at_the_same_moment_one_goes_on_and_the_other_leaves_its_guard_alone(site):
    first, second = site.watch(), site.watch(run="beef")

    def late(commands):
        if commands[0].verb == "add" and not guard_rows(site):
            add_rule(site, first)
        return site.send(commands)

    words = ("=chain=input", "=protocol=udp", "=dst-port=2", f"=comment={signed('other')}")
    with pytest.raises(GuardError, match="the guard's script is refused, so nothing is written"):
        second.through([Command(FILTER, "add", words)], late)
    assert ports(site) == ["1"]
    assert state(site).run == "c0ffee"
    add_rule(site, first, "more", "3")
    confirm("", site.send)
    assert (ports(site), guard_rows(site)) == (["1", "3"], [])


def test_another_stacks_change_is_not_ours_to_confirm(site):
    add_rule(site, site.watch())
    stack = state(site).stack
    with pytest.raises(GuardError, match="is another's"):
        confirm("", site.send, stack="0000")
    with pytest.raises(GuardError, match="is another's"):
        roll_back("", site.send, site.wait, stack="0000")
    confirm("", site.send, stack=stack)
    with pytest.raises(GuardError, match="nothing waits to be confirmed"):
        confirm("", site.send)


@pytest.mark.parametrize(
    ("options", "trigger"),
    [
        ({}, "/system/scheduler"),
        ({"device_mode": "home"}, "/tool/netwatch"),
        ({"defaulted_schedulers_sleep": True, "version": "7.24.2"}, "/system/scheduler"),
        ({"netwatch_tests": False}, "/system/scheduler"),
    ],
)
def test_the_guard_has_run_before_anything_is_written(options, trigger):
    site = Site(**options)
    add_rule(site, site.watch())
    first = next(at for at, command in enumerate(site.sent) if command.path == FILTER and command.verb == "add")
    seen = [command for command in site.sent[:first] if "=.proplist=run-count" in command.words]
    assert seen
    assert len(site.router.rows(trigger)) == 1
    assert int(site.router.rows("/system/script")[0]["run-count"]) > 0


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"device_mode": "home", "netwatch_tests": False}, "nothing on the router runs the guard.*device-mode"),
        ({"scripts_need_policy": True}, r"the guard's script is refused.*not enough permissions \(9\)"),
    ],
)
def test_where_nothing_runs_the_guard_nothing_is_written(options, why):
    site = Site(**options)
    before = site.network()
    with pytest.raises(GuardError, match=why):
        add_rule(site, site.watch())
    assert site.network() == before
    assert guard_rows(site) == []


def test_nothing_is_written_while_somebody_holds_safe_mode(site):
    held = Session("anna", frozenset({"read", "write"}), 77)
    site.router.execute(["/safe-mode/take"], held)
    before = site.network()
    with pytest.raises(GuardError, match="anna holds safe mode, whose loss would take the guard along"):
        add_rule(site, site.watch())
    assert (site.network(), guard_rows(site)) == (before, [])


def test_before_7_18_there_is_no_safe_mode_to_ask_for():
    site = Site(version="7.16.2")
    add_rule(site, site.watch())
    confirm("", site.send)
    assert ports(site) == ["1"]


def test_a_script_of_somebody_else_with_the_guards_name_is_left_alone(site):
    site.router.run("/system/script/add", name="wiretik-guard", source=":log info mine", comment="mine")
    with pytest.raises(GuardError, match="isn't one of ours: rename it"):
        add_rule(site, site.watch())
    assert site.router.rows("/system/script")[0]["source"] == ":log info mine"


def test_each_write_puts_the_deadline_off(site):
    watch = site.watch(within=120)
    for port in range(1, 8):
        add_rule(site, watch, f"rule {port}", str(port))
        site.wait(50)
    assert ports(site) == [str(port) for port in range(1, 8)]
    site.wait(130)
    assert ports(site) == []


def test_nothing_is_written_with_less_than_a_minute_left(site):
    watch = site.watch(within=120)
    add_rule(site, watch)
    site.wait(80)
    with pytest.raises(GuardError, match="the time to confirm is nearly over: nothing more is written"):
        add_rule(site, watch, "late", "2")
    assert ports(site) == ["1"]


def test_after_a_rollback_or_a_reboot_the_deployment_stops(site):
    watch = site.watch(within=120)
    add_rule(site, watch)
    site.wait(200)
    with pytest.raises(GuardError, match="the guard is rolled back"):
        add_rule(site, watch, "late", "2")
    assert ports(site) == []


def test_a_reboot_is_the_end_of_the_time_to_confirm(site):
    site.wait(50)
    before = site.network()
    add_rule(site, site.watch())
    site.router.reboot()
    assert standing("", site.send).left == 0
    with pytest.raises(GuardError, match="the time to confirm is over"):
        confirm("", site.send)
    site.wait(10)
    assert site.network() == before


def test_no_key_enters_a_script_and_what_is_not_undone_is_told(site):
    told = []
    site.router.run("/interface/wireguard/add", name="wg9", private_key=KEY, comment=signed("wg9"))
    secret = "".join(("c" * 42, "A="))
    site.router.run(
        f"{PEERS}/add",
        interface="wg9",
        public_key=KEY,
        preshared_key=secret,
        allowed_address="10.1.0.0/16",
        name="p",
        comment=signed("p"),
    )
    (peer,) = site.router.rows(PEERS)
    watch = site.watch(told=told)
    new = "".join(("d" * 42, "A="))
    words = (f"=.id={peer['.id']}", f"=preshared-key={new}", "=allowed-address=10.0.0.0/8")
    watch.through([Command(PEERS, "set", words)], site.send)
    assert [text.partition(": ")[2] for text in told] == ["preshared_key isn't undone: no key is written into a script"]
    shown = (*guard_rows(site), *site.router.rows("/file"), *site.router.log, site.router.export(form="verbose"))
    written = "\n".join(map(str, shown))  # scripts, files, log, comments
    assert secret not in written
    assert new not in written
    roll_back("", site.send, site.wait)
    (peer,) = site.router.rows(PEERS)
    assert (peer["allowed-address"], peer["preshared-key"]) == ("10.1.0.0/16", new)


def test_a_key_that_stays_is_nothing_that_is_not_undone(site):
    """As where a row is written whole, or takes the place of one that was to go."""
    told = []
    site.router.run("/interface/wireguard/add", name="wg9", comment=signed("wg9"))
    site.router.run(
        f"{PEERS}/add", interface="wg9", public_key=KEY, allowed_address="10.1.0.0/16", name="p", comment=signed("p")
    )
    (peer,) = site.router.rows(PEERS)
    watch = site.watch(told=told)
    words = (f"=.id={peer['.id']}", "=preshared-key=none", "=allowed-address=10.0.0.0/8")
    watch.through([Command(PEERS, "set", words)], site.send)
    assert told == []


def test_whoever_asks_for_it_has_changed_keys_undone_too(site):
    run, told = site.router.run, []
    run("/interface/wireguard/add", name="wg9", private_key=KEY, comment=signed("wg9"))
    run(
        f"{PEERS}/add",
        interface="wg9",
        public_key=KEY,
        preshared_key=KEY,
        name="p",
        allowed_address="10.1.0.0/16",
        comment=signed("p"),
    )
    before = site.network()
    watch, new = site.watch(told=told, secrets=True), "".join(("d" * 42, "A="))
    (wg9,) = (row for row in site.router.rows("/interface/wireguard") if row["name"] == "wg9")
    (peer,) = site.router.rows(PEERS)
    watch.through([Command("/interface/wireguard", "set", (f"=.id={wg9['.id']}", f"=private-key={new}"))], site.send)
    watch.through([Command(PEERS, "set", (f"=.id={peer['.id']}", f"=preshared-key={new}"))], site.send)
    assert new not in str(guard_rows(site))  # only what is overwritten
    assert site.network() != before
    roll_back("", site.send, site.wait)
    assert (site.network(), told) == (before, [])


def test_what_another_admin_does_meanwhile_stays_as_he_left_it(site):
    run = site.router.run
    ids = {}
    for name in ("a", "b", "his", "c"):
        comment = "his" if name == "his" else signed(name, name)
        (answer,) = run(f"{FILTER}/add", chain="forward", action="accept", comment=comment)
        ids[name] = answer["ret"]
    watch = site.watch()
    watch.through([Command(FILTER, "move", (f"=numbers={ids['a']}", f"=destination={ids['c']}"))], site.send)
    add_rule(site, watch)
    run(f"{FILTER}/remove", id=ids["his"])
    run(f"{FILTER}/add", chain="forward", action="drop", comment="his new one", place_before=ids["b"])
    run("/ip/firewall/address-list/add", list="his", address="10.7.7.7")
    watch.through([Command(FILTER, "set", (f"=.id={ids['b']}", "=action=drop"))], site.send)
    run(f"{FILTER}/set", id=ids["c"], log="yes")
    roll_back("", site.send, site.wait)
    last = [row for row in site.router.rows(FILTER) if row["chain"] == "forward"][-4:]
    assert [row["comment"].partition(" [")[0] for row in last] == ["his new one", "a", "b", "c"]
    assert [row["action"] for row in last] == ["drop", "accept", "accept", "accept"]
    assert last[-1]["log"] == "true"
    assert [row["address"] for row in site.router.rows(LISTS)] == ["10.7.7.7"]


def test_a_name_that_becomes_free_may_be_used_in_the_same_deployment(site):
    site.router.run("/interface/wireguard/add", name="wg9", comment=signed("old"))
    (old,) = [row for row in site.router.rows("/interface/wireguard") if row["name"] == "wg9"]
    before = site.network()
    watch = site.watch()
    watch.through([Command("/interface/wireguard", "remove", (f"=.id={old['.id']}",))], site.send)
    add = Command("/interface/wireguard", "add", ("=name=wg9", f"=comment={signed('new')}"))
    assert watch.through([add], site.send)[0].trap is None
    roll_back("", site.send, site.wait)
    assert site.network() == before


def test_a_list_of_thousands_of_entries_comes_and_goes_by_a_line_each(site):
    before = site.network()
    watch = site.watch()
    comment = f"=comment={signed('list')}"
    count = rounds(500, 10_000)
    adds = [Command(LISTS, "add", ("=list=l", f"=address=10.{n >> 8}.{n & 255}.1", comment)) for n in range(count)]
    watch.through(adds, site.send)
    assert len(site.router.rows(LISTS)) == count
    assert len(journal(site).splitlines()) == 1
    roll_back("", site.send, site.wait)
    assert site.network() == before
    site.send(adds)
    before = site.network()
    ids = [row[".id"] for row in site.router.rows(LISTS)]
    site.watch(run="beef", seen=True).through([Command(LISTS, "remove", (f"=.id={','.join(ids)}",))], site.send)
    assert len(journal(site, "gone").splitlines()) == 2
    roll_back("", site.send, site.wait)
    assert site.network() == before


def journal(site, kind="undo"):
    undo = [row for row in site.router.rows("/system/script") if row["name"].startswith(f"wiretik-{kind}")]
    assert all(len(row["source"]) <= scripts.SIZE for row in undo)
    return "\n".join(row["source"] for row in undo)


def test_a_first_write_is_armed_in_two_round_trips_and_looked_at_and_written_down_in_one_each(site):
    trips = []

    def send(commands):
        if not any("=.proplist=run-count" in command.words for command in commands):  # the wait for the tick
            trips.append([command.verb for command in commands])
        return site.send(commands)

    words = ("=chain=input", "=protocol=udp", f"=comment={signed('new')}")
    site.watch().through([Command(FILTER, "add", words)], send)
    assert trips == [["print"] * 6, ["add", "add"], ["print"], ["add", "set", "set"], ["add"]]


def test_a_guard_that_somebody_took_away_is_not_made_anew_behind_its_back(site):
    watch = site.watch()
    add_rule(site, watch)
    confirm("", site.send)
    before = site.network()
    words = (f"=.id={site.router.rows(FILTER)[0]['.id']}", "=comment=mine")
    with pytest.raises(GuardError, match="the undo can't be written down, so nothing is written"):
        watch.through([Command(FILTER, "set", words)], site.send)
    assert (site.network(), guard_rows(site)) == (before, [])


def test_a_removal_costs_one_command_more_and_its_share_of_a_look(site):
    run = site.router.run
    for number in range(5):
        run(
            f"{FILTER}/add", chain="input", action="drop", protocol="tcp", dst_port=str(number + 1), comment=signed("x")
        )
    ids = [row[".id"] for row in site.router.rows(FILTER) if "wt:" in row.get("comment", "")]
    watch = site.watch()
    add_rule(site, watch)
    for row_id in ids:
        watch.through([Command(FILTER, "print", (f"?.id={row_id}",))], site.send)  # as whoever removes looks himself
        site.sent.clear()
        watch.through([Command(FILTER, "remove", (f"=.id={row_id}",))], site.send)
        new = ["add", "set"] if row_id == ids[0] else ["set"]  # the guard is told of a new part of the journal
        assert [command.verb for command in site.sent] == [*new, "set"]
    assert confirm("", site.send) == len(ids)


def test_a_write_costs_two_commands_more(site):
    watch = site.watch()
    answer = add_rule(site, watch)
    for number in range(10):
        site.sent.clear()
        words = (f"=.id={answer.ret}", f"=dst-port={number + 10}")
        watch.through([Command(FILTER, "set", words)], site.send)
        assert len(site.sent) <= 3
