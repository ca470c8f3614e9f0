"""The passphrase cipher of Pulumi's state and stack config.

PBKDF2-SHA256 with 1,000,000 rounds over an 8-byte salt makes the key, AES-256-GCM does the rest
(docs/facts/pulumi.md#the-state). The derivation costs a noticeable part of a second, so it goes on in a thread beside
everything else and happens once per process.
"""

import base64
import binascii
import functools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from wiretik.engine.errors import PassphraseError

_ROUNDS: Final = 1_000_000
_LENGTH: Final = 32
_PROOF: Final = "pulumi"
"""What a salt's text encrypts, so that a wrong passphrase is noticed at once."""


@functools.lru_cache(maxsize=64)
def _derived(passphrase: str, salt: bytes) -> Callable[[], bytes]:
    """Begin to derive a key; the answer gives it as soon as it is there."""

    # Not hashlib's: with the OpenSSL that most Pythons are linked to that takes twice as long.
    def derive() -> bytes:
        return PBKDF2HMAC(SHA256(), _LENGTH, salt, _ROUNDS).derive(passphrase.encode())

    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(derive).result
    finally:
        pool.shutdown(wait=False)


def _seal(key: bytes, plaintext: str) -> str:
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, plaintext.encode(), None)
    return f"v1:{base64.b64encode(nonce).decode()}:{base64.b64encode(sealed).decode()}"


def _open(key: bytes, ciphertext: str) -> str:
    try:
        version, nonce, sealed = ciphertext.split(":")
        if version != "v1":
            raise PassphraseError(f"a secret is encrypted in a way that is not known here: {version}")
        return AESGCM(key).decrypt(base64.b64decode(nonce), base64.b64decode(sealed), None).decode()
    except (InvalidTag, ValueError, binascii.Error) as err:
        raise PassphraseError("a secret cannot be decrypted: incorrect passphrase, or it was damaged") from err


@attrs.frozen
class Shared:
    """A key that was derived elsewhere, and the head of the salt that it belongs to."""

    head: str
    key: str = attrs.field(repr=False)


class Crypter:
    """Encrypts and decrypts the secrets of one stack; the key is waited for at its first use.

    Args:
        passphrase: The stack's passphrase.
        salt: The text that state and stack config share (`encryptionsalt`); it holds a proof of the passphrase.
        shared: A key that may be this salt's.
    """

    def __init__(self, passphrase: str, salt: str, shared: Shared | None = None) -> None:
        self._head, self._proof, raw = _parse(salt)
        key = base64.b64decode(shared.key) if shared is not None and shared.head == self._head else None
        self._derived = _derived(passphrase, raw) if key is None else lambda: key
        self._sealed: dict[tuple[str, str], str] = {}

    @classmethod
    def new(cls, passphrase: str) -> "Crypter":
        """Make a fresh salt for a stack that has none."""
        return cls(passphrase, f"v1:{base64.b64encode(os.urandom(8)).decode()}:")

    @property
    def shared(self) -> "Shared":
        """The key and its salt, for a process of ours; it is as secret as all they hide."""
        return Shared(self._head, base64.b64encode(self._key).decode())

    @functools.cached_property
    def _key(self) -> bytes:
        key = self._derived()
        try:
            proven = not self._proof or _open(key, self._proof) == _PROOF
        except PassphraseError:
            proven = False
        if not proven:
            raise PassphraseError("incorrect passphrase: it is not the one that this stack was encrypted with")
        return key

    @functools.cached_property
    def salt(self) -> str:
        """The salt's text."""
        return f"{self._head}:{self._proof or _seal(self._key, _PROOF)}"

    def verify(self) -> None:
        """Wait for the key and hold the passphrase against the salt's proof; a fresh salt has none.

        Raises:
            PassphraseError: The passphrase is another one than the stack's.
        """
        if self._proof:
            _ = self._key

    def encrypt(self, plaintext: str, place: str = "") -> str:
        """Encrypt; an unchanged text at the same `place` keeps its ciphertext, so that states can be compared."""
        known = self._sealed.get((place, plaintext))
        if known is None:
            known = self._sealed[place, plaintext] = _seal(self._key, plaintext)
        return known

    def decrypt(self, ciphertext: str, place: str = "") -> str:
        """Decrypt, and remember the ciphertext for this place."""
        plaintext = _open(self._key, ciphertext)
        if place:
            self._sealed[place, plaintext] = ciphertext
        return plaintext


def _parse(salt: str) -> tuple[str, str, bytes]:
    """A salt's text: what stands before the proof, the proof, and the salt itself."""
    try:
        version, text, proof = salt.split(":", 2)
        raw = base64.b64decode(text)
    except (ValueError, binascii.Error) as err:
        raise PassphraseError("the stack's encryptionsalt is malformed") from err
    if version != "v1":
        raise PassphraseError(f"the stack's encryptionsalt is of a version that is not known here: {version}")
    return f"{version}:{text}", proof, raw
