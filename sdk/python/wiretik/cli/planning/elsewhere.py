"""A stack that only the Pulumi CLI reaches, brought here for a plan: its state and its config, as the CLI tells them.

Rule: the state is copied into a place of its own that goes with the plan, its secrets sealed with a key that nobody
keeps; neither the CLI's state nor the stack's file is written.
"""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wiretik.engine import Secret, Stack
from wiretik.engine.crypto import Crypter
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.state.backend import checkpoint as file_of
from wiretik.engine.state.backend import dumps
from wiretik.engine.state.files import write
from wiretik.engine.values import SECRET_SIG

__all__ = ["brought"]


@contextmanager
def brought(chosen: CliStack, config: Mapping[str, str]) -> Iterator[Stack]:
    """The stack as the embedded engine sees it.

    Args:
        chosen: the stack.
        config: its config, secrets in clear.

    Raises:
        BackendError: there is no CLI, or it refuses.
    """
    given = {key: Secret(text) for key, text in config.items()}
    deployment = chosen.export(show_secrets=True).get("deployment") or {}
    passphrase = secrets.token_hex()
    crypter = Crypter.new(passphrase)
    sealed = {name: _sealed(part, crypter) for name, part in deployment.items()}
    sealed["secrets_providers"] = {"type": "passphrase", "state": {"salt": crypter.salt}}
    names = (chosen.project.name, chosen.name)
    with tempfile.TemporaryDirectory(prefix="wiretik-plan-") as place:
        stack = Stack(
            chosen.project.root, chosen.name, backend=Path(place), passphrase=passphrase, config=given, content={}
        )
        stack.backend.prepare(*names)
        write(stack.backend.file(*names), file_of(*names, [dumps(sealed)]))
        yield stack


def _sealed(value: object, crypter: Crypter) -> object:
    """A deployment whose secrets are told, with these sealed."""
    if isinstance(value, list):
        return [_sealed(one, crypter) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("plaintext"), str) and SECRET_SIG in value.values():
        rest = {name: text for name, text in value.items() if name != "plaintext"}
        return {**rest, "ciphertext": crypter.encrypt(value["plaintext"])}
    return {name: _sealed(one, crypter) for name, one in value.items()}
