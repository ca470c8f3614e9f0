"""Pulumi's private parts are used once for a process, however many programs it runs."""

import asyncio
import base64
import pathlib
import subprocess
import sys

import dill
import pulumi
import pulumi._types
import pytest
from pulumi.dynamic import dynamic
from pulumi.runtime import mocks, resource, rpc

import mocked
import wiretik as wt
from wiretik.engine.processes import run_program
from wiretik_provider.dynamic import provider_for


def private_parts():
    position = getattr(resource, "_get_source_position_for_frame", None)
    stack, pack = resource.traceback.extract_stack, dynamic.serialize_provider
    return pulumi._types.resource_types, position, pulumi.runtime.rpc.transfer_properties, stack, pack


def test_a_process_that_runs_many_programs_remembers_once():
    run_program._compat().remember()
    run_program._compat().pack_once()
    once = private_parts()
    run_program._compat().remember()
    run_program._compat().pack_once()
    assert private_parts() == once


def test_a_provider_is_packed_once_for_all_of_its_kind_and_a_strangers_each_time():
    class Strange(dynamic.ResourceProvider):
        pass

    run_program._compat().pack_once()
    once = dynamic.serialize_provider

    assert once(provider_for("/ip/route")) is once(provider_for("/ip/route"))
    assert once(provider_for("/ip/route")) != once(provider_for("/ip/address"))
    assert once(Strange()) is not once(Strange())
    again = dill.loads(base64.b64decode(once(provider_for("/ip/route"))))
    assert again.__reduce__() == (provider_for, ("/ip/route",))


def test_a_resource_stands_where_the_program_makes_it(monkeypatch):
    seen = []
    register = mocks.MockMonitor.RegisterResource

    def look(self, request):
        seen.append(request)
        return register(self, request)

    monkeypatch.setattr(mocks.MockMonitor, "RegisterResource", look)

    mocked.resources(lambda: wt.FilterRule("ssh", chain="input", action="accept"))

    place = f"{pathlib.Path(__file__).as_uri()}:{sys._getframe().f_lineno - 2}"
    [rule] = [one for one in seen if one.name == "ssh"]
    assert f"{rule.sourcePosition.uri}:{rule.sourcePosition.line}" == place
    assert place in [f"{one.pc.uri}:{one.pc.line}" for one in rule.stackTrace.frames]


def test_of_a_stack_the_state_has_the_lines_of_the_program_alone(monkeypatch):
    seen = []
    register = mocks.MockMonitor.RegisterResource

    def look(self, request):
        seen.append(request)
        return register(self, request)

    monkeypatch.setattr(mocks.MockMonitor, "RegisterResource", look)

    class Branch(pulumi.ComponentResource):
        def __init__(self):
            super().__init__("own:index:Branch", "one")
            end = wt.TunnelPeer("hub", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", ["10.20.0.0/24"])
            wt.Tunnel(
                "t",
                wt.TunnelArgs("wg1", address="10.20.0.2/24", listen_port=1, peers=[end]),
                pulumi.ResourceOptions(parent=self),
            )

    mocked.resources(Branch)

    here = pathlib.Path(__file__)
    made = [one for one in seen if one.type.startswith("pulumi-python:") and one.name != "preflight"]
    assert len(made) > 5
    assert {one.sourcePosition.uri for one in made} == {here.as_uri()}
    files = {frame.pc.uri for one in made for frame in one.stackTrace.frames}
    others = tuple(pathlib.Path(module.__file__).parent.as_uri() + "/" for module in (pulumi, wt, asyncio))
    assert [file for file in files if file.startswith(others)] == []


def test_a_version_that_asks_for_a_part_of_a_stack_gets_it():
    run_program._compat().remember()
    here = sys._getframe()
    (frame,) = resource.traceback.extract_stack(here, limit=1)
    assert (frame.name, frame.line) == (
        here.f_code.co_name,
        "(frame,) = resource.traceback.extract_stack(here, limit=1)",
    )
    assert resource.traceback.extract_stack()[-1].name == here.f_code.co_name


LIGHT = """
import atexit, gc, sys
import wiretik._public
names = ("api.link", "api.session", "gate", "guard.journal", "kinds.row", "registry", "rules", "trace")
print(*(name for name in names if f"wiretik_provider.{name}" in sys.modules))
print("cryptography" in sys.modules, gc.get_threshold()[0])
atexit._run_exitfuncs()
print(gc.get_freeze_count() > 0)
"""


def test_a_program_that_pulumi_runs_imports_nothing_that_only_a_provider_needs_and_ends_without_a_search_for_garbage():
    words = [sys.executable, "-c", LIGHT, "pulumi-language-python-exec"]
    told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "\nFalse 20000\nTrue\n"


def made(output):
    """Whether somebody has asked an output for its value, as far as this version of Pulumi lets it wait for that."""
    return vars(output).get("_future_of_data", output) is not None


def test_outputs_that_nobody_asks_for_are_not_made_and_those_that_are_asked_for_have_their_value():
    found, rules = {}, []

    def keep(name):
        return lambda value: found.update({name: value})

    def program():
        rule = wt.FilterRule("ssh", chain="input", action="accept", dst_port=22)
        rule.dst_port.apply(keep("before it is registered"))
        rule.id.apply(lambda _: rule.action.apply(keep("after it is registered")))
        pulumi.Output.all(rule.chain, rule.comment).apply(keep("several"))
        wt.FilterRule("web", chain=rule.chain, action=rule.action, dst_port=443)
        rules.append(rule)

    sent = mocked.inputs(program)

    assert found == {"before it is registered": 22, "after it is registered": "accept", "several": ["input", None]}
    assert (sent["web"]["chain"], sent["web"]["action"]) == ("input", "accept")
    assert [name for name in ("log_prefix", "protocol", "src_address") if made(getattr(rules[0], name))] == []
    assert isinstance(rules[0].log_prefix, pulumi.Output)


def test_what_a_resource_that_failed_is_asked_for_fails_as_well():
    class Refusing(mocked.Registered):
        def new_resource(self, args):
            if args.name == "ssh":
                raise ValueError("not today")
            return super().new_resource(args)

    reached = []

    def program():
        rule = wt.FilterRule("ssh", chain="input", action="accept")
        rule.action.apply(reached.append)

    with pytest.raises(ValueError, match="not today"):
        mocked.run(program, Refusing())
    assert reached == []


def slots():
    return rpc.serialize_properties.__globals__["_Slots"]


def test_more_resources_than_are_prepared_at_once_are_registered_although_some_wait_for_one_that_comes_behind_them(
    monkeypatch,
):
    run_program._compat().remember()
    monkeypatch.setattr(slots(), "AT_ONCE", 3)
    monkeypatch.setattr(slots(), "PATIENCE", 0.02)

    def program():
        told = asyncio.get_event_loop().create_future()
        hidden = {"action": "accept", "comment": pulumi.Output.from_input(told)}
        for number in range(5):
            wt.FilterChain(f"chain{number}", chain=f"c{number}", rules={"one": hidden})
        for number in range(20):
            last = wt.FilterRule(f"rule{number}", chain="input", action="accept", dst_port=number + 1)
        last.id.apply(lambda _: told.set_result("behind"))

    sent = mocked.inputs(program)

    assert {f"rule{number}" for number in range(20)} < sent.keys()
    assert [sent[f"chain{number}"]["rules"]["one"]["comment"] for number in range(5)] == ["behind"] * 5


def test_no_more_requests_are_prepared_than_may_be(monkeypatch):
    run_program._compat().remember()
    monkeypatch.setattr(slots(), "AT_ONCE", 3)
    at_once, most = set(), []
    take = slots().take

    async def taking(self):
        await take(self)
        at_once.add(task := asyncio.current_task())
        task.add_done_callback(at_once.discard)
        most.append(len(at_once))

    monkeypatch.setattr(slots(), "take", taking)

    def program():
        for number in range(20):
            wt.FilterRule(f"rule{number}", chain="input", action="accept", dst_port=number + 1)

    mocked.resources(program)

    assert len(most) > 20  # the gate as well
    assert max(most) <= 4  # one may have been let in before the callback of the one that ended


def test_registrations_that_have_ended_well_are_let_go_before_the_program_ends():
    run_program._compat().remember()
    kept = []

    def look(_):
        kept.extend(task for task in pulumi.runtime.settings._get_rpc_manager().rpcs if task.done())

    def program():
        rules = [wt.FilterRule(f"rule{n}", chain="input", action="accept", dst_port=n + 1) for n in range(40)]
        pulumi.Output.all(*(rule.id for rule in rules)).apply(look)

    mocked.resources(program)

    assert len(kept) < 10


def test_a_line_that_makes_many_resources_has_one_message_with_its_callers():
    run_program._compat().remember()

    def trace():
        return resource._get_stack_trace()

    first, second = (trace() for _ in range(2))
    assert first is second
    assert trace() is not first


def test_what_the_sdk_has_seen_to_be_under_way_is_there_when_it_takes_it():
    run_program._compat().remember()

    async def ended():
        running = type(pulumi.runtime.settings._get_rpc_manager().rpcs)()
        for _ in range(3):
            running.append(asyncio.ensure_future(asyncio.sleep(0)))
        await asyncio.sleep(0.01)
        assert len(running) == 1
        return await running.pop()

    assert asyncio.run(ended()) is None
