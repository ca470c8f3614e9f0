"""A program under Pulumi's mocks: what it registers, without a router."""

import pytest

from mocked import resources


@pytest.fixture
def register():
    """Runs a function as a program: `register(lambda: wt.Tunnel(…))` gives the inputs of each row by logical name."""

    def run(program):
        return {
            one.name: {key: value for key, value in one.inputs.items() if not key.startswith("__")}
            for one in resources(program)
            if one.typ.startswith("pulumi-python")
        }

    return run
