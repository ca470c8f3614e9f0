"""Pulumi's private parts are used once for a process, however many programs it runs."""

import base64
import subprocess
import sys

import dill
import pulumi
import pulumi._types
import pytest
from pulumi.dynamic import ResourceProvider, dynamic
from pulumi.runtime import resource

import mocked
import wiretik as wt
from wiretik.engine.processes import run_program
from wiretik_provider.dynamic import provider_for


def private_parts():
    position = getattr(resource, "_get_source_position_for_frame", None)
    serialise = dynamic.serialize_provider
    return pulumi._types.resource_types, position, pulumi.runtime.rpc.transfer_properties, serialise


def test_a_process_that_runs_many_programs_remembers_once():
    run_program._compat().remember()
    once = private_parts()
    run_program._compat().remember()
    assert private_parts() == once


def test_a_provider_that_is_one_call_is_pickled_once_for_each_kind_and_another_each_time():
    run_program._compat().remember()
    text, rule = (dynamic.serialize_provider(provider_for(kind)) for kind in ("/ip/route", "/ip/firewall/filter"))
    assert dynamic.serialize_provider(provider_for("/ip/route")) is text
    assert dill.loads(base64.b64decode(text))._name == "/ip/route"
    assert text != rule
    other = ResourceProvider()
    first = dynamic.serialize_provider(other)
    other.changed = True
    assert dynamic.serialize_provider(other) != first


LIGHT = """
import sys
import wiretik._public
names = ("api.link", "api.session", "gate", "guard.journal", "kinds.row", "registry", "rules", "trace")
print(*(name for name in names if f"wiretik_provider.{name}" in sys.modules))
print("cryptography" in sys.modules)
"""


def test_a_program_imports_nothing_that_only_a_provider_needs():
    told = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "\nFalse\n"


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
