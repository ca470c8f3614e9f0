"""The fleet as mktxp's configuration, an exporter of routers' own metrics, WireGuard's peers among them. Pure.

The keys are those of akpw/mktxp, `mktxp/cli/config/config.py`. Rule: no secret stands in it: mktxp reads user and
password from its `credentials_file`. It knows no fingerprints, so a certificate is verified where the fleet names a CA.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wiretik.fleet.values import Site, is_encrypted, usual_port
from wiretik_provider.printable import printable

__all__ = ["document"]


def document(sites: Sequence[Site], credentials: str = "") -> str:
    """The whole file.

    Args:
        sites: those to be watched.
        credentials: where mktxp finds user and password, a YAML file of its own.
    """
    lines = []
    for site in sites:
        for name, entry in site.routers.items():
            if not entry.get("host"):
                continue
            title = f"{site.name}-{name}" if name else site.name
            keys = [f"    {key} = {value}" for key, value in _keys(entry, credentials)]
            lines += [*map(printable, (f"[{title}]", *keys)), ""]  # a line stays one
    return "\n".join(lines)


def _keys(entry: Mapping[str, Any], credentials: str) -> Iterator[tuple[str, Any]]:
    tls = is_encrypted(entry)
    authority = entry.get("ca-file")
    yield "enabled", True
    yield "hostname", entry["host"]
    yield "port", entry.get("port") or usual_port(entry)
    if credentials:
        yield "credentials_file", f'"{credentials}"'
    yield "use_ssl", tls
    if tls:
        yield "ssl_certificate_verify", bool(authority)
    if tls and authority:
        yield "ssl_ca_file", f'"{authority}"'
    yield "wireguard_peers", True
