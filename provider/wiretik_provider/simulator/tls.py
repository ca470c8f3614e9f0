"""Certificates for the embedded router's api-ssl: made on the spot, valid for loopback, never stored by default."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import ipaddress
import os
import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path

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
        """A server's TLS context that shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # OpenSSL reads keys from files only; nobody else can read this one, and it is gone at once.
        handle, name = tempfile.mkstemp(suffix=".pem")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self.certificate + self.key)
            context.load_cert_chain(name)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
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


def anonymous_context() -> ssl.SSLContext:
    """What api-ssl offers without a certificate: anonymous Diffie-Hellman alone (routeros.md A.4)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ADH:@SECLEVEL=0")
    # TLS 1.3 has no anonymous suites.
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context
