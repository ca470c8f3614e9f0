"""Programs under the embedded engine: what reaches it of what they say."""

import json

import pulumi
import pytest

import engine_conformance as conformance
from wiretik.engine import Diagnostic, Stack
from wiretik.engine.processes import program, provider


@pytest.fixture
def stack(tmp_path):
    """Makes a stack whose program is a function."""

    def make(function):
        (tmp_path / "Pulumi.yaml").write_text(json.dumps(conformance.PROJECT))
        (tmp_path / "Pulumi.dev.yaml").write_text(json.dumps({"encryptionsalt": conformance.SALT}))
        return Stack(
            tmp_path,
            "dev",
            passphrase=conformance.PASSPHRASE,
            host=provider.in_process,
            runner=program.inline(function),
        )

    return make


def chatter():
    pulumi.log.debug("of no importance")
    pulumi.log.info("worth a line")
    pulumi.log.warn("beware")


@pytest.mark.parametrize("asked", [False, True])
def test_debug_messages_come_if_they_are_asked_for_all_others_always(asked, stack):
    heard = []

    result = stack(chatter).preview(heard.append, debug=asked)

    assert result.ok, result.errors
    told = [(one.severity, one.message) for one in heard if isinstance(one, Diagnostic)]
    assert (("debug", "of no importance") in told) is asked
    assert [one for one in told if one[0] != "debug"] == [("info", "worth a line"), ("warning", "beware")]


@pytest.mark.skipif(not hasattr(pulumi.runtime.stack.Stack, "_take_async_program"), reason="this SDK waits for none")
def test_a_program_that_is_a_coroutine_is_awaited(stack):
    async def later():
        pulumi.export("seen", 1)

    result = stack(later).preview()

    assert result.ok, result.errors
    assert result.outputs == {"seen": 1}
