"""WireGuard's keys: base64 of 32 bytes on Curve25519. A complaint never repeats a key."""

from __future__ import annotations

import base64
import binascii

__all__ = ["checked", "generate", "public_key"]


def generate() -> str:
    """A new private key, clamped as `wg genkey` and RouterOS do."""
    # Here and below, since it takes as long as a fifth of Pulumi's SDK, and most programs make no key.
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415

    raw = X25519PrivateKey.generate().private_bytes_raw()
    return base64.b64encode(bytes([raw[0] & 248]) + raw[1:31] + bytes([(raw[31] & 127) | 64])).decode()


def checked(text: str) -> str:
    """A key of either half, or a preshared one, as `wg` prints it.

    Raises:
        ValueError: it is no key; it isn't repeated, since it may be secret.
    """
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("it isn't a WireGuard key: 44 characters of base64, as `wg genkey` prints it") from None
    if len(raw) != 32:
        raise ValueError(f"it isn't a WireGuard key: it holds {len(raw)} bytes, and 32 are needed")
    return base64.b64encode(raw).decode()


def public_key(private_key: str) -> str:
    """The public key of a private one, as `wg pubkey` prints it.

    Raises:
        ValueError: it is no key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415

    try:
        raw = base64.b64decode(private_key.strip(), validate=True)
        public = X25519PrivateKey.from_private_bytes(raw).public_key()
    except (binascii.Error, ValueError):
        raise ValueError("a private key isn't one: 44 characters, as `wg genkey` prints it") from None
    return base64.b64encode(public.public_bytes_raw()).decode()
