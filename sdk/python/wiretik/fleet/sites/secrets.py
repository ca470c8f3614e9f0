"""The fleet's secrets: one passphrase and one salt for all stacks, so that the key is derived once and not per site.

`{secure: …}` is encrypted under that salt, as Pulumi does it; `{env: NAME}` and `{command: …}` are asked for when they
are needed. Rule: a secret leaves this module encrypted, and the key goes to processes of ours alone, by a pipe.
"""

import functools
import os
import shlex
import subprocess
from collections.abc import Mapping
from typing import Final

import attrs

from wiretik.engine.crypto import Crypter
from wiretik.engine.errors import PassphraseError, ProjectError
from wiretik.engine.project import passphrase
from wiretik.engine.state.files import write
from wiretik.fleet.sites.inventory import Fleet

__all__ = ["Secrets", "keep_salt", "opened"]

_PATIENCE: Final = 60.0
"""How long a command may take that prints a secret, in seconds."""


@attrs.frozen
class Secrets:
    """What encrypts and decrypts for the whole fleet; it is shown by none of its parts."""

    passphrase: str = attrs.field(repr=False)
    crypter: Crypter = attrs.field(repr=False)

    @property
    def salt(self) -> str:
        """The salt of all stacks that have none of their own yet."""
        return self.crypter.salt

    def sealed(self, values: Mapping[str, object], salt: str, site: str) -> dict[str, object]:
        """Config values with their secrets encrypted under a stack's salt.

        Raises:
            ProjectError: A secret isn't where it is said to be.
        """
        return {key: self._sealed(each, salt, site) for key, each in values.items()}

    def _sealed(self, value: object, salt: str, site: str) -> object:
        if isinstance(value, list):
            return [self._sealed(each, salt, site) for each in value]
        if not isinstance(value, Mapping):
            return value
        match value:
            case {"secure": str() as text} if len(value) == 1:
                return value if salt == self.salt else {"secure": self._under(salt).encrypt(self.crypter.decrypt(text))}
            case {"env": str() as name} if len(value) == 1:
                if (found := os.environ.get(name)) is None:
                    raise ProjectError(f"site {site}: the environment has no {name}, where a secret of it is to be")
                return {"secure": self._under(salt).encrypt(found)}
            case {"command": str() as command} if len(value) == 1:
                return {"secure": self._under(salt).encrypt(_said_by(command.replace("{site}", site)))}
            case _:
                return self.sealed(value, salt, site)

    def same(self, one: Mapping[str, str], other: Mapping[str, str], salt: str) -> bool:
        """Whether two encrypted values hide the same."""
        cipher = self._under(salt)
        return cipher.decrypt(one["secure"]) == cipher.decrypt(other["secure"])

    def _under(self, salt: str) -> Crypter:
        return self.crypter if salt == self.salt else _older(self.passphrase, salt)


@functools.lru_cache(maxsize=4096)
def _older(secret: str, salt: str) -> Crypter:
    """The cipher of a stack that had a salt before it was in the fleet."""
    return Crypter(secret, salt)


@functools.lru_cache(maxsize=4096)
def _said_by(command: str) -> str:
    """What a command prints; it runs once for all that have the same."""
    try:
        said = subprocess.run(  # noqa: S603, the fleet's own file names it
            shlex.split(command), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=_PATIENCE, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        why = getattr(error, "strerror", None) or f"{type(error).__name__}"
        raise ProjectError(f"the command {shlex.split(command)[:1]} prints no secret: {why}") from None
    return said.stdout.decode(errors="replace").removesuffix("\n").removesuffix("\r")


def opened(fleet: Fleet) -> Secrets:
    """Ask for the passphrase, and hold it against the fleet's salt.

    Raises:
        PassphraseError: There is none, or it is another one.
    """
    secret = passphrase()
    crypter = Crypter(secret, fleet.salt) if fleet.salt else Crypter.new(secret)
    try:
        crypter.verify()
    except PassphraseError as error:
        raise PassphraseError(f"{fleet.file.name}: {error}") from None
    return Secrets(secret, crypter)


def keep_salt(fleet: Fleet, secrets: Secrets) -> None:
    """Write the salt into the fleet's file, as Pulumi writes a stack's into the stack's; all else stays as it is."""
    if not fleet.salt:
        text = fleet.file.read_text("utf-8")
        line = f"encryptionsalt: {secrets.salt}\n"
        mode = fleet.file.stat().st_mode & 0o7777
        write(fleet.file.resolve(), [f"{text}{'' if text.endswith(chr(10)) else chr(10)}{line}".encode()])
        fleet.file.chmod(mode)
