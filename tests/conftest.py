"""What is run at length, and what each law's share of the time is.

`make test-long` runs what is at length: Hypothesis's laws, and every test of a module that takes `rounds` or `LONG`
from `at_length`. A law that doesn't say how many examples it takes gets twenty, and two thousand at length.
"""

import functools
import gc
import os
import sys
import tempfile
from collections import defaultdict

import pytest
from hypothesis import is_hypothesis_test, settings
from hypothesis.internal.conjecture import providers

import at_length

# What the Pulumi CLI has noted on this machine, its login and its stacks, is nothing to the tests, and nor is a backend
# or a passphrase of whoever runs them.
for _name in ("PULUMI_BACKEND_URL", "PULUMI_STACK", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"):
    os.environ.pop(_name, None)
os.environ["PULUMI_HOME"] = tempfile.mkdtemp(prefix="wiretik-pulumi-home-")

# Where Python is told to keep no bytecode, as in many containers, each process that a test starts would compile all of
# its modules, for twice the processor's time or more.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No test outlives a power cut. What waits for the disk counts its waits by itself.
os.fsync = os.fdatasync = lambda _: None

# A law has no deadline: how long an example takes is a matter of what else the machine does.
settings.register_profile("short", settings(), max_examples=20, deadline=None)
settings.load_profile("short")

# Hypothesis draws a part of its values from the constants of all local modules that are loaded at the moment, so the
# examples of a law would hang on the tests that ran before it, on each line of the code, and on seconds of reading.
if {"_get_local_constants", "_local_constants"} <= vars(providers).keys():  # inner names, which a release may take away
    providers._get_local_constants = lambda: providers._local_constants
settings.register_profile("long", max_examples=max(100, round(2000 * at_length.SHARE)), deadline=None)
if at_length.LONG:
    settings.load_profile("long")


if "PYTEST_XDIST_WORKER" in os.environ:  # the controller collects nothing, so nothing would switch it on again there
    gc.disable()  # what is made until the tests are collected stays: to look for what doesn't is a tenth of that time


def pytest_collection_finish():
    """What collecting made stays until the end; a look at all of it in each collection is a sixth of a test's time."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 10, 10)


def pytest_collection_modifyitems(config, items):
    if not at_length.LONG:
        _share_out(config.rootpath, items)
        return
    long, rest = [], []
    for item in items:
        asks = not {"rounds", "LONG"}.isdisjoint(vars(item.module))
        (long if asks or is_hypothesis_test(item.obj) else rest).append(item)
    items[:] = long
    config.hook.pytest_deselected(items=rest)


LONGEST = """
    e2e/test_every_command sdk/cli/test_widths provider/doctor/test_broken_examples e2e/test_home sdk/test_wheel
    sdk/components/test_examples property/test_refactorings provider/trace/test_order_in_time e2e/test_in_between
    e2e/test_exchanges e2e/test_kill sdk/components/test_removal sdk/components/test_always_on sdk/engine/test_crash
    sdk/engine/test_conformance sdk/test_testing property/test_trace_many_rules provider/simulator/services/test_lab
    e2e/test_bad_input e2e/test_secrets e2e/test_two_stacks sdk/cli/commands/test_deploy sdk/components/test_packets
    e2e/test_drift
""".split()  # noqa: SIM905  (a list of thirty strings reads worse)
"""Modules that take seconds, which begin first and are shared out test by test or by groups of their own."""
WHOLE = """
    sdk/cli/adopting/test_adopt sdk/cli/commands/test_fleet provider/kinds/test_taken_back e2e/test_adopted_rows
    e2e/test_misuses sdk/components/uplinks/test_uplinks sdk/components/test_tunnel sdk/cli/commands/test_connect
    sdk/components/test_site_mesh sdk/cli/commands/test_trace sdk/components/test_silent_leaks
    sdk/cli/adopting/test_tagless sdk/cli/adopting/test_matching sdk/packaged/test_constructing
    sdk/components/failover/test_backup sdk/cli/adopting/test_owning sdk/components/test_relay
    sdk/packaged/test_components sdk/cli/planning/test_plans e2e/test_rows_to_site sdk/components/test_promises
""".split()  # noqa: SIM905  (likewise)
"""Those that begin next, each with one worker: whoever began one of them last would work on it alone in the end."""


def _share_out(root, items):
    """What is long comes first, and each other module is a group: thousands of groups are the controller's work."""
    places = {f"tests/{name}.py": at for at, name in enumerate((*LONGEST, *WHOLE))}

    @functools.cache
    def file(path):
        return path.relative_to(root).as_posix()

    def place(item):
        return places.get(file(item.path), len(places))

    for item in items:
        if place(item) >= len(LONGEST) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(file(item.path)))
    items.sort(key=place)


def pytest_terminal_summary(terminalreporter):
    spent: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                spent[report.nodeid.partition("[")[0]] += report.duration
    if not at_length.LONG or not (whole := sum(spent.values())):
        return
    terminalreporter.section(f"each law's share of {whole:.0f} s")
    for law, seconds in sorted(spent.items(), key=lambda each: -each[1]):
        terminalreporter.write_line(f"{seconds / whole:6.1%} {seconds:7.1f} s  {law}")
