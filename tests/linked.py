"""Kinds as a test calls them: their way to an embedded router, without TLS and without a process between."""

from wiretik_provider.kinds import Links
from wiretik_provider.simulator import Lab

__all__ = ["plain_links"]


def plain_links(lab: Lab, password: str, **more: str) -> Links:
    """Links to a lab, by a stack's config; `more` are further keys of it."""
    reach = {"host": lab.host, "port": str(lab.api_port), "tls": "false", "username": "admin", "password": password}
    return Links({f"wiretik:{name}": text for name, text in {**reach, **more}.items()})
