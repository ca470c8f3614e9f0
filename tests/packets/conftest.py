"""One lab for all tests with packets."""

import os

import pytest

from packets import judging
from packets import lab as packet_lab

COUNT = int(os.environ.get("WIRETIK_PACKETS") or 0)
"""How many random routers; without it no packet is sent."""


def pytest_collection_modifyitems(items):
    reason = "make test-packets sends packets" if not COUNT else packet_lab.lacking()
    for item in items:
        if item.path.parent.name == "packets":
            item.add_marker(pytest.mark.timeout(600))
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def lab():
    with packet_lab.Lab() as made:
        yield made


def pytest_terminal_summary(terminalreporter):
    for line in judging.TOLD:
        terminalreporter.write_line(line)
