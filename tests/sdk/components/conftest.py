"""A program under Pulumi's mocks: what it registers, without a router."""

import pytest

from mocked import rows


@pytest.fixture
def register():
    """Runs a function as a program: `register(lambda: wt.Tunnel(…))` gives the inputs of each row by logical name."""
    return rows
