"""Pulumi's private parts are used once for a process, however many programs it runs."""

import pulumi._types
from pulumi.runtime import resource

from wiretik.engine.processes import run_program


def private_parts():
    return pulumi._types.resource_types, getattr(resource, "_get_source_position_for_frame", None)


def test_a_process_that_runs_many_programs_remembers_once():
    run_program._compat().remember()
    once = private_parts()
    run_program._compat().remember()
    assert private_parts() == once
