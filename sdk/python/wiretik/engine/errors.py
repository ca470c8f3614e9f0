"""Errors before and around a deployment.

EngineError
├── ProjectError       Pulumi.yaml, stack config or the choice of a stack
├── PassphraseError    no passphrase, or not this stack's
├── BackendError       the state's place
│   ├── LockedError    somebody else works on this stack
│   └── NoStack        there is no such stack
├── StateError         the state cannot be read
│   └── NoStateError   what stands in a state's place is none: cut off, empty, something else
├── UnsupportedError   what only the Pulumi CLI can do, refused by name
├── ProviderError      the provider refused or failed; its one-line reason
└── DeploymentFailed   of who asks a result to `check()` itself

A failing resource is no exception but a diagnostic in the result.
"""

from wiretik_provider.printable import printable


class EngineError(Exception):
    """The root; its text is one clear message for the user, and the names in it stay within their line.

    Args:
        lines: the message; several where several things are wrong.
    """

    def __init__(self, *lines: object) -> None:
        self.lines = tuple(printable(str(line)) for line in lines)
        super().__init__("\n".join(self.lines))

    def __reduce__(self) -> tuple[type["EngineError"], tuple[str, ...]]:
        return type(self), self.lines


class ProjectError(EngineError):
    """The project's files, or the choice of the stack, are at fault."""


class PassphraseError(EngineError):
    """There is no passphrase, or it is not this stack's."""


class BackendError(EngineError):
    """The place of the state cannot be used."""


class LockedError(BackendError):
    """Another process works on this stack, or one that died has left its lock."""


class NoStack(BackendError):
    """There is no such stack."""


class StateError(EngineError):
    """A state cannot be read."""


class NoStateError(StateError):
    """What stands in a state's place is none."""


class UnsupportedError(EngineError):
    """The embedded engine does not do this; the Pulumi CLI does."""


class ProviderError(EngineError):
    """A provider's call failed."""


class DeploymentFailed(EngineError):
    """A deployment failed; the text has all its errors, whole, each under the resource that it is about."""
