"""What runs by itself does so at its time, with its own rights, and what a reboot or a power cut leaves of it."""

import pytest

from wiretik_provider.simulator import Options, PowerCut, Refused, Router, Session
from wiretik_provider.simulator.machine.table import Row

NOON = 1_795_348_800.0  # 2026-11-22 12:00:00 UTC
COUNTED = "/system/script"


class Clock:
    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def made(clock, version="7.23.2", **options):
    router = Router(version=version, clock=clock, options=Options(**options))
    router.run("/system/script/add", name="tick", policy="read,write", source=":log info tick")
    return router


def wait(router, clock, seconds):
    for _ in range(seconds):
        clock.now += 1
        router.tick()


def runs(router):
    return int(router.rows(COUNTED)[0]["run-count"])


@pytest.mark.parametrize(("interval", "at", "later"), [("0s", 1, 0), ("10s", 0, 10)])
def test_an_interval_keeps_startup_from_running_at_boot(clock, interval, at, later):
    router = made(clock)
    router.run("/system/scheduler/add", name="s", start_time="startup", interval=interval, on_event="tick")
    router.reboot()
    wait(router, clock, 2)
    assert runs(router) == 0
    wait(router, clock, 3)
    assert runs(router) == at
    wait(router, clock, 96)
    assert runs(router) == at + later


def test_a_startup_entry_with_an_interval_counts_from_boot_whenever_it_was_added(clock):
    router = made(clock)
    wait(router, clock, 9)
    router.run("/system/scheduler/add", name="s", start_time="startup", interval="10s", on_event="tick")
    wait(router, clock, 1)
    assert runs(router) == 1


def test_a_scheduler_may_not_run_a_script_that_may_more(clock):
    router = made(clock)
    router.run("/system/scheduler/add", name="s", interval="10s", on_event="tick", policy="read")
    wait(router, clock, 11)
    assert runs(router) == 0
    assert router.log == ["script error: tick: not enough permissions (9)"]


def test_nobody_makes_what_may_more_than_he_may(clock):
    router = made(clock)
    router.add_user("few", "", ["api", "read", "write"])
    few = Session("few", frozenset({"api", "read", "write"}))
    assert router.execute(["/system/script/add", "=name=a", "=policy=read,write"], few)[0][0] == "!done"
    refused = ("!trap", "=message=not enough permissions (9)")
    assert router.execute(["/system/script/add", "=name=b", "=policy=read,policy"], few)[0] == refused
    assert router.execute(["/system/scheduler/add", "=name=b", "=policy=reboot"], few)[0] == refused
    router = made(clock, scripts_need_policy=True)
    assert router.execute(["/system/script/add", "=name=a", "=policy=read,write"], few)[0] == refused


def test_netwatch_runs_its_test_script_at_every_probe(clock):
    router = made(clock)
    router.run("/tool/netwatch/add", host="127.0.0.1", interval="5s", test_script="tick", startup_delay="0s")
    wait(router, clock, 14)
    assert runs(router) == 3  # after 3, 8 and 13 seconds
    router.reboot()
    wait(router, clock, 11)
    assert runs(router) == 3  # at once, after 5 and 10


def test_after_a_boot_netwatch_waits_five_minutes_unless_told(clock):
    router = made(clock)
    router.run("/tool/netwatch/add", host="127.0.0.1", test_script="tick")
    router.reboot()
    wait(router, clock, 299)
    assert runs(router) == 0
    wait(router, clock, 1)
    assert runs(router) == 1


def test_netwatch_runs_no_script_that_may_more_than_it(clock):
    router = made(clock)
    router.run("/system/script/set", numbers="tick", policy="read,write,policy")
    router.run("/tool/netwatch/add", host="127.0.0.1", test_script="tick")
    wait(router, clock, 5)
    assert runs(router) == 0
    silent = made(clock, netwatch_tests=False)
    silent.run("/tool/netwatch/add", host="127.0.0.1", test_script="tick")
    wait(silent, clock, 60)
    assert runs(silent) == 0


def test_netwatch_tells_of_each_change_once_and_shows_how_it_is(clock):
    router = made(clock)
    scripts = {f"{name}_script": f"/system/identity/set name={name}" for name in ("up", "down")}
    router.run("/tool/netwatch/add", host="10.8.1.1", interval="5s", start_delay="0s", **scripts)

    def stand():
        (row,) = router.rows("/tool/netwatch")
        return row["status"], router.rows("/system/identity")[0]["name"]

    for silent, now in (((), "up"), (("10.8.1.1",), "down"), ((), "up")):
        router.silence(*silent)
        wait(router, clock, 5)
        assert stand() == (now, now)
        router.run("/system/identity/set", name="quiet")
        wait(router, clock, 5)
        assert stand() == (now, "quiet")


def test_netwatch_may_be_told_not_to_tell_how_it_begins(clock):
    router = made(clock)
    quiet = {"ignore_initial_up": "yes", "up_script": "tick"}
    router.run("/tool/netwatch/add", host="10.8.1.1", interval="5s", **quiet)
    wait(router, clock, 9)
    assert runs(router) == 0


def test_a_script_drops_connections_by_where_their_answers_go(clock):
    router = made(clock)
    connections = router.table("/ip/firewall/connection")
    for address in ("10.8.0.2:40000", "10.8.0.2", "10.8.0.20:40000", "203.0.113.2:40000"):
        connections.insert(Row(connections.new_id(), {"reply-dst-address": address}))
    drop = '/ip/firewall/connection/remove [find reply-dst-address~"^10\\\\.8\\\\.0\\\\.2(:|\\$)"]'
    router.run("/system/script/add", name="drop", source=drop)
    router.run("/system/script/run", number="drop")

    assert [row["reply-dst-address"] for row in router.rows("/ip/firewall/connection")] == [
        "10.8.0.20:40000", "203.0.113.2:40000"
    ]  # fmt: skip


def test_home_mode_has_no_scheduler(clock):
    router = made(clock, device_mode="home")
    with pytest.raises(Refused, match="not allowed by device-mode"):
        router.run("/system/scheduler/add", name="s", interval="10s", on_event="tick")
    assert router.rows("/system/device-mode")[0] | {"scheduler": "false"} == router.rows("/system/device-mode")[0]
    older = made(clock, "7.16.2", device_mode="home")
    older.run("/system/scheduler/add", name="s", interval="10s", on_event="tick")


def test_some_versions_forget_schedulers_without_a_start_of_their_own(clock):
    router = made(clock, "7.24.2", defaulted_schedulers_sleep=True)
    router.run("/system/scheduler/add", name="s", interval="10s", on_event="tick")
    wait(router, clock, 30)
    assert runs(router) == 0
    router.run(
        "/system/scheduler/add",
        name="t",
        interval="10s",
        on_event="tick",
        start_date="1970-01-01",
        start_time="00:00:00",
    )
    wait(router, clock, 30)
    assert runs(router) == 3
    later = made(clock, "7.24.5", defaulted_schedulers_sleep=True)
    later.run("/system/scheduler/add", name="s", interval="10s", on_event="tick")
    wait(later, clock, 30)
    assert runs(later) == 3


def test_a_scheduler_that_undo_brings_back_runs_again(clock):
    router = made(clock)
    router.run("/system/scheduler/add", name="s", interval="10s", on_event="tick")
    router.run("/system/scheduler/remove", numbers="s")
    wait(router, clock, 20)
    assert runs(router) == 0
    router.run("/undo")
    wait(router, clock, 10)
    assert runs(router) == 1


def test_safe_mode_is_free_after_a_reboot_and_its_changes_stay_or_go(clock):
    for unrolls in (False, True):
        router = made(clock, reboot_unrolls=unrolls)
        held = Session("admin", frozenset({"read", "write"}), 7)
        router.execute(["/safe-mode/take"], held)
        router.execute(["/system/identity/set", "=name=held"], held)
        router.reboot()
        assert router.rows("/safe-mode") == [{"enabled": "false"}]
        assert router.rows("/system/identity")[0]["name"] == ("MikroTik" if unrolls else "held")
        router.leave(held)
        wait(router, clock, 3)
        assert router.rows("/system/identity")[0]["name"] == ("MikroTik" if unrolls else "held")


@pytest.mark.parametrize(("way", "name"), [("abort", "one"), ("release", "one"), ("unroll", "MikroTik")])
def test_who_takes_safe_mode_from_another_says_what_becomes_of_it(clock, way, name):
    router = made(clock)
    one, two = (Session("admin", frozenset({"read", "write"}), number) for number in (1, 2))
    router.execute(["/safe-mode/take"], one)
    router.execute(["/system/identity/set", "=name=one"], one)
    reply = router.execute(["/safe-mode/take", f"=on-error={way}"], two)
    assert (reply[0][0] == "!trap") is (way == "abort")
    assert router.rows("/system/identity") == [{"name": name}]


def test_power_may_go_between_any_two_commands_and_take_the_last_seconds_along(clock):
    router = made(clock, flash_seconds=5)
    router.run("/system/identity/set", name="long ago")
    clock.now += 10
    router.power_off_after = 2
    router.run("/system/identity/set", name="just now")
    router.rows("/system/identity")
    router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1")
    with pytest.raises(PowerCut):
        router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.2")
    router.reboot(power_cut=True)
    assert router.rows("/system/identity") == [{"name": "long ago"}]
    assert router.rows("/ip/firewall/address-list") == []


def test_the_power_goes_in_the_middle_of_a_script_and_nothing_catches_it(clock):
    router = made(clock)
    source = ":do { /system/identity/set name=a; /system/identity/set name=b } on-error={ /system/identity/set name=c }"
    router.run("/system/script/set", numbers="tick", source=source)
    router.power_off_after = 2
    with pytest.raises(PowerCut):
        router.run("/system/script/run", numbers="tick")
    router.reboot(power_cut=True)
    assert router.rows("/system/identity") == [{"name": "a"}]
