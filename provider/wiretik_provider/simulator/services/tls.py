"""Certificates for the embedded router's api-ssl: made on the spot, valid for loopback, never stored by default."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import functools
import ipaddress
import os
import ssl
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

__all__ = ["Identity", "anonymous_context", "identity"]


@dataclass(frozen=True, slots=True)
class Identity:
    """A self-signed certificate and its key.

    Attributes:
        certificate: PEM.
        key: PEM.
        fingerprint: SHA-256 of the certificate, in lower-case hex.
    """

    certificate: bytes
    key: bytes
    fingerprint: str

    def context(self) -> ssl.SSLContext:
        """A server's TLS context that shows this certificate; all routers with it share one."""
        return _context(self)


@functools.lru_cache
def _context(shown: Identity) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with _file(shown.certificate + shown.key) as name:
        context.load_cert_chain(name)
    return context


@functools.lru_cache
def identity(host: str = "127.0.0.1", *, number: int = 0) -> Identity:
    """A new certificate for an address or name; one per process for each host and number, because making it takes time.

    Args:
        host: what clients will connect to.
        number: another number gives another certificate.
    """
    del number
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wiretik lab")])
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    try:
        if host != "127.0.0.1":
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
    except ValueError:
        names.append(x509.DNSName(host))
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Identity(
        certificate.public_bytes(Encoding.PEM),
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate.fingerprint(hashes.SHA256()).hex(),
    )


# The 2048-bit group of RFC 3526, section 3.
_PRIME: Final = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)


@functools.lru_cache
def anonymous_context() -> ssl.SSLContext:
    """What api-ssl offers without a certificate: anonymous Diffie-Hellman alone (docs/facts/api.md#the-service)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ADH:@SECLEVEL=0")
    # TLS 1.3 has no anonymous suites.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    # PKCS #3: a sequence of the prime and the generator 2. `cryptography` gives this form up.
    numbers = b"\x02\x82\x01\x01\x00" + _PRIME.to_bytes(256, "big") + b"\x02\x01\x02"
    text = base64.encodebytes(b"\x30\x82" + len(numbers).to_bytes(2, "big") + numbers)
    with _file(b"-----BEGIN DH PARAMETERS-----\n" + text + b"-----END DH PARAMETERS-----\n") as name:
        context.load_dh_params(name)
    return context


@contextlib.contextmanager
def _file(data: bytes) -> Iterator[str]:
    """A file that nobody else can read and that is gone at once: OpenSSL reads keys from files only."""
    handle, name = tempfile.mkstemp(suffix=".pem")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        yield name
    finally:
        Path(name).unlink(missing_ok=True)
