"""WireGuard's keys: base64 of 32 bytes on Curve25519. Pure."""

from __future__ import annotations

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

__all__ = ["public_key"]


def public_key(private_key: str) -> str:
    """The public key of a private one, as `wg pubkey` prints it.

    Raises:
        ValueError: it is no key; the message doesn't repeat it.
    """
    try:
        raw = base64.b64decode(private_key.strip(), validate=True)
        public = X25519PrivateKey.from_private_bytes(raw).public_key()
    except (binascii.Error, ValueError):
        raise ValueError("a private key isn't one: 44 characters, as `wg genkey` prints it") from None
    return base64.b64encode(public.public_bytes_raw()).decode()
