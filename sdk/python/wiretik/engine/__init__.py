"""The embedded deployment engine: runs ordinary Pulumi programs with dynamic resources, without the Pulumi CLI.

It speaks the engine's protocol with the real SDK and the real dynamic provider, and keeps the CLI's own state, so that
a stack moves from one to the other at any time. It knows nothing of RouterOS.

    Stack("examples/home", "lab").up().check()
"""

from wiretik.engine.errors import DeploymentFailed, EngineError
from wiretik.engine.events import Diagnostic, Event, Step
from wiretik.engine.options import Options
from wiretik.engine.result import Result
from wiretik.engine.stack import Stack, opened
from wiretik.engine.values import UNKNOWN, Secret

__all__ = [
    "UNKNOWN",
    "DeploymentFailed",
    "Diagnostic",
    "EngineError",
    "Event",
    "Options",
    "Result",
    "Secret",
    "Stack",
    "Step",
    "opened",
]
