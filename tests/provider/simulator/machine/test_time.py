"""What the router does by itself, on a clock that the test turns: timeouts, schedulers, safe mode's rollback."""

import pytest

from wiretik_provider.simulator import FarEnd, Options, Refused, Router, Session
from wiretik_provider.simulator.machine.session import OWNER

NOON = 1_795_348_800.0  # 2026-11-22 12:00:00 UTC


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def router(clock):
    return Router(clock=clock)


def entries(router):
    return [row["address"] for row in router.rows("/ip/firewall/address-list")]


def test_an_entry_with_a_timeout_is_dynamic_counts_down_and_goes(router, clock):
    router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1", timeout="1h")
    (row,) = router.rows("/ip/firewall/address-list")
    assert row["dynamic"] == "true"
    assert row["timeout"] == "1h"
    clock.now += 59 * 60
    assert router.rows("/ip/firewall/address-list")[0]["timeout"] == "1m"
    clock.now += 60
    router.tick()
    assert entries(router) == []


def test_a_timeout_can_be_renewed(router, clock):
    (answer,) = router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1", timeout="1m")
    clock.now += 50
    router.run("/ip/firewall/address-list/set", id=answer["ret"], timeout="1m")
    clock.now += 50
    router.tick()
    assert entries(router) == ["10.0.0.1"]
    clock.now += 10
    router.tick()
    assert entries(router) == []


def test_an_entry_with_a_timeout_is_still_once_in_its_list_and_may_be_removed(router):
    (answer,) = router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1", timeout="1m")
    with pytest.raises(Refused, match="already have such entry"):
        router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1")
    router.run("/ip/firewall/address-list/remove", id=answer["ret"])
    assert entries(router) == []


def test_a_name_in_a_list_brings_what_it_resolves_to(clock):
    names = {"example.com": ("192.0.2.1", "192.0.2.2", "2001:db8::1"), "other.example": ("192.0.2.2",)}
    router = Router(clock=clock, resolves=names)
    (answer,) = router.run("/ip/firewall/address-list/add", list="a", address="example.com")
    assert entries(router) == ["example.com"]
    router.run("/ip/firewall/address-list/add", list="a", address="other.example")
    router.run("/system/identity/print")
    assert entries(router) == ["example.com", "192.0.2.1", "192.0.2.2", "other.example"]
    shown = router.rows("/ip/firewall/address-list")[1]
    assert (shown["dynamic"], shown["comment"]) == ("true", "example.com")
    router.run("/ip/firewall/address-list/remove", id=answer["ret"])
    assert entries(router) == ["other.example"]


def test_a_scheduler_runs_at_its_interval_and_counts(router, clock):
    event = '/ip firewall address-list add list=a address=10.0.0.1 comment="by scheduler"'
    router.run("/system/scheduler/add", name="s", interval="10m", on_event=event)
    assert router.rows("/system/scheduler")[0]["next-run"] == "2026-11-22 12:10:00"
    clock.now += 599
    router.tick()
    assert entries(router) == []
    clock.now += 1
    router.tick()
    assert entries(router) == ["10.0.0.1"]
    assert router.rows("/system/scheduler")[0]["run-count"] == "1"
    assert router.rows("/system/scheduler")[0]["next-run"] == "2026-11-22 12:20:00"


def test_a_scheduler_without_an_interval_runs_once_at_its_time(router, clock):
    router.run("/system/identity/set", name="before")
    event = "/system/identity/set name=after"
    router.run("/system/scheduler/add", name="s", start_date="2026-11-22", start_time="13:00:00", on_event=event)
    clock.now += 3600
    router.tick()
    assert router.rows("/system/identity") == [{"name": "after"}]
    assert "next-run" not in router.rows("/system/scheduler")[0]


def test_a_disarmed_scheduler_does_not_run(router, clock):
    event = "/system/identity/set name=after"
    for name in ("removed", "disabled"):
        router.run("/system/scheduler/add", name=name, interval="1m", on_event=event)
    router.run("/system/scheduler/remove", numbers="removed")
    router.run("/system/scheduler/disable", numbers="disabled")
    clock.now += 120
    router.tick()
    assert router.rows("/system/identity") == [{"name": "MikroTik"}]


def test_a_dead_mans_switch_takes_itself_away_first_and_then_undoes(router, clock):
    router.run("/ip/firewall/filter/add", chain="input", action="drop", comment="risky [wt:0123]")
    router.run("/ip/firewall/filter/add", chain="input", comment="mine")
    event = '/system/scheduler remove [find name="undo"]\n/ip firewall filter remove [find comment~"wt:0123"]'
    router.run("/system/scheduler/add", name="undo", interval="5m", on_event=event)
    clock.now += 301
    router.tick()
    assert [row["comment"] for row in router.rows("/ip/firewall/filter")] == ["mine"]
    assert router.rows("/system/scheduler") == []


def test_a_scheduler_has_only_its_own_policies(router, clock):
    event = "/system/identity/set name=after"
    router.run("/system/scheduler/add", name="s", interval="1m", on_event=event, policy="read")
    clock.now += 61
    router.tick()
    assert router.rows("/system/identity") == [{"name": "MikroTik"}]
    assert router.log == ["script error: line 1: /system/identity set: not enough permissions (9)"]


def test_a_script_is_run_by_name_and_by_a_scheduler(router, clock):
    router.run("/system/script/add", name="rename", source="/system identity set name=once")
    router.run("/system/script/run", numbers="rename")
    assert router.rows("/system/identity") == [{"name": "once"}]
    router.run("/system/identity/set", name="again")
    router.run("/system/scheduler/add", name="s", interval="1m", on_event="rename")
    clock.now += 61
    router.tick()
    assert router.rows("/system/identity") == [{"name": "once"}]


def test_a_delay_puts_off_the_rest(router, clock):
    router.run("/system/script/add", name="x", source=':log info "armed"; :delay 5m; /system/identity/set name=late')
    router.run("/system/script/run", numbers="x")
    router.tick()
    assert router.rows("/system/identity") == [{"name": "MikroTik"}]
    clock.now += 300
    router.tick()
    assert router.rows("/system/identity") == [{"name": "late"}]


def test_a_scripts_error_names_its_line_and_what_was_done_stays(router):
    source = "/system identity set name=done\n/ip address add address=nonsense interface=ether1"
    router.run("/system/script/add", name="x", source=source)
    with pytest.raises(Refused, match="line 2: /ip/address add: invalid value for argument address"):
        router.run("/system/script/run", numbers="x")
    assert router.rows("/system/identity") == [{"name": "done"}]


def test_an_error_can_be_caught(router):
    source = ":do { /ip address remove [find] ; /nonsense } on-error={ /system identity set name=caught }"
    router.run("/system/script/add", name="x", source=source)
    router.run("/system/script/run", numbers="x")
    assert router.rows("/system/identity") == [{"name": "caught"}]


HOLDER = Session("admin", OWNER.policies, 7)
OTHER = Session("admin", OWNER.policies, 8)
TAKEN = [("!done",)]


def test_safe_mode_undoes_everything_when_its_session_dies(clock):
    router = Router("defconf", clock=clock)
    before = router.snapshot()
    assert router.execute(["/safe-mode/take"], HOLDER) == TAKEN
    router.execute(["/ip/firewall/filter/add", "=chain=input", "=place-before=*3"], HOLDER)
    router.execute(["/ip/firewall/filter/remove", "=numbers=*5,*6"], OTHER)
    router.execute(["/ip/firewall/filter/move", "=numbers=*2"], HOLDER)
    router.execute(["/interface/set", "=numbers=bridge", "=name=lan"], HOLDER)
    router.execute(["/interface/wireguard/add", "=name=wg0"], HOLDER)
    assert router.snapshot() != before
    router.leave(HOLDER)
    clock.now += 1
    router.tick()
    assert router.snapshot() != before  # about two seconds pass
    clock.now += 1
    router.tick()
    assert router.snapshot() == before
    assert router.rows("/safe-mode") == [{"enabled": "false"}]


def test_a_released_safe_mode_keeps_the_changes(router, clock):
    router.execute(["/safe-mode/take"], HOLDER)
    router.execute(["/system/identity/set", "=name=kept"], HOLDER)
    router.execute(["/safe-mode/release"], HOLDER)
    router.leave(HOLDER)
    clock.now += 10
    router.tick()
    assert router.rows("/system/identity") == [{"name": "kept"}]


def test_safe_mode_is_unrolled_on_request(router):
    router.execute(["/safe-mode/take"], HOLDER)
    router.execute(["/system/identity/set", "=name=lost"], HOLDER)
    router.execute(["/safe-mode/unroll"], HOLDER)
    assert router.rows("/system/identity") == [{"name": "MikroTik"}]


def test_only_one_session_holds_safe_mode_and_another_may_release_it(router):
    router.execute(["/safe-mode/take"], HOLDER)
    assert router.execute(["/safe-mode/take"], OTHER)[0][0] == "!trap"
    assert ("!re", "=enabled=true", "=user=admin", "=current=false", "=owner=*7") in router.execute(
        ["/safe-mode/print"], OTHER
    )
    router.execute(["/safe-mode/release"], OTHER)
    assert router.execute(["/safe-mode/take"], OTHER) == TAKEN


def test_after_a_hundred_actions_there_is_no_way_back(router, clock):
    router.execute(["/safe-mode/take"], HOLDER)
    for number in range(100):
        router.execute(["/routing/rule/add", f"=comment={number}"], HOLDER)
    assert router.rows("/safe-mode")[0]["enabled"] == "true"
    router.execute(["/routing/rule/add", "=comment=one more"], HOLDER)
    assert router.rows("/safe-mode") == [{"enabled": "false"}]
    router.leave(HOLDER)
    clock.now += 10
    router.tick()
    assert len(router.rows("/routing/rule")) == 101


def test_safe_mode_is_a_menu_since_7_18():
    assert Router(version="7.18").execute(["/safe-mode/take"], HOLDER) == TAKEN
    assert "no such command prefix" in str(Router(version="7.17").execute(["/safe-mode/take"], HOLDER))


def test_the_dummy_rule_of_fasttrack_stands_on_top_and_cannot_be_changed():
    router = Router("defconf", options=Options(fasttrack_dummy=True))
    dummy = router.rows("/ip/firewall/filter")[0]
    assert dummy["comment"] == "special dummy rule to show fasttrack counters"
    assert dummy["dynamic"] == "true"
    with pytest.raises(Refused, match="cannot change builtin"):
        router.run("/ip/firewall/filter/disable", numbers=dummy[".id"])


def test_a_reboot_loses_what_is_only_in_memory_and_runs_what_is_for_startup(router, clock):
    router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.1", timeout="1d")
    router.run("/ip/firewall/address-list/add", list="a", address="10.0.0.2")
    router.run("/system/scheduler/add", name="s", start_time="startup", on_event="/system identity set name=risen")
    clock.now += 3600
    assert router.rows("/system/resource")[0]["uptime"] == "1h"
    router.reboot()
    assert entries(router) == ["10.0.0.2"]
    assert router.rows("/system/resource")[0]["uptime"] == "0s"
    clock.now += 3
    router.tick()
    assert router.rows("/system/identity") == [{"name": "risen"}]


def test_execute_runs_a_script_now_and_its_delayed_rest_later(router, clock):
    assert router.run("/execute", script=":delay 1m; /system identity set name=late") == [{"ret": "*1"}]
    assert router.rows("/system/identity") == [{"name": "MikroTik"}]
    clock.now += 60
    router.tick()
    assert router.rows("/system/identity") == [{"name": "late"}]


def test_what_is_not_known_is_an_option():
    options = Options.parse(["nextid=yes", "rollback-seconds=0.5", "dead=true"])
    assert (options.nextid, options.rollback_seconds, options.dead) == (True, 0.5, "true")
    with pytest.raises(ValueError, match="no option 'colour'"):
        Options.parse(["colour=red"])
    router = Router("defconf", options=options)
    chain = [(row[".id"], row[".nextid"]) for row in router.rows("/ip/firewall/filter")]
    assert chain[0] == ("*1", "*2")
    assert chain[-1] == ("*B", "*FFFFFFFF")
    assert ".nextid" not in router.rows("/ip/address")[0]


def test_rows_are_ordered_on_request_since_7_24():
    router = Router(version="7.24")
    for address in ("10.0.0.2", "10.0.0.1"):
        router.run("/ip/firewall/address-list/add", list="a", address=address)
    replies = router.execute(["/ip/firewall/address-list/print", "=order-by=address", "=.proplist=address"])
    assert replies[:2] == [("!re", "=address=10.0.0.1"), ("!re", "=address=10.0.0.2")]


def test_a_far_end_shakes_hands_every_two_minutes_for_as_long_as_it_can(router, clock):
    alive = True
    key = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
    router.run("/interface/wireguard/add", name="wg0")
    router.run("/interface/wireguard/peers/add", interface="wg0", public_key=key, allowed_address="10.9.0.0/24")
    router.far_ends[key] = FarEnd(lambda: alive, last=NOON)

    def age():
        return router.rows("/interface/wireguard/peers")[0]["last-handshake"]

    clock.now += 119
    assert age() == "1m59s"
    clock.now += 2
    assert age() == "1s"
    alive = False
    clock.now += 400
    assert age() == "6m41s"


def test_a_ping_answers_a_row_a_packet_with_the_sums_so_far(router):
    router.run("/ip/address/add", address="10.0.0.1/24", interface="bridge")
    router.beyond = lambda address, by: (address, by) == ("10.0.0.2", "bridge")
    own = router.run("/ping", address="10.0.0.1", count="2")
    assert [(row["sent"], row["received"], row["packet-loss"]) for row in own] == [("1", "1", "0"), ("2", "2", "0")]
    assert router.run("/ping", address="10.0.0.2", interface="bridge")[-1]["received"] == "4"
    lost = router.run("/ping", address="10.0.0.2", count="1")
    assert [(row["status"], row["received"], row["packet-loss"]) for row in lost] == [("timeout", "0", "100")]
    few = Session("few", frozenset({"api", "read", "write"}), 3)
    assert "not enough permissions" in str(router.execute(["/ping", "=address=10.0.0.1"], few))
