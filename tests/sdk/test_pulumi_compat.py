"""Pulumi's private parts are used once for a process, however many programs it runs."""

import pulumi
import pulumi._types
import pytest
from pulumi.runtime import resource

import mocked
import wiretik as wt
from wiretik.engine.processes import run_program


def private_parts():
    position = getattr(resource, "_get_source_position_for_frame", None)
    return pulumi._types.resource_types, position, pulumi.runtime.rpc.transfer_properties


def test_a_process_that_runs_many_programs_remembers_once():
    run_program._compat().remember()
    once = private_parts()
    run_program._compat().remember()
    assert private_parts() == once


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
