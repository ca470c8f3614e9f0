"""Who vouches for the certificate that a first look found: config, an authority, or the person.

Rule: `wiretik connect --user` sends no password before one of them does. A pin in config or environment is the last
word: nobody is asked then, and another certificate is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from wiretik.cli.first_contact import Certificate, Target
from wiretik.engine import EngineError
from wiretik.engine.project import StackSettings
from wiretik.engine.stack import Stack
from wiretik_provider.api.access import variable

__all__ = ["Vouched", "configured", "objection", "pin_of"]


@attrs.frozen(kw_only=True)
class Vouched:
    """What is configured of a router's certificate; all of it may be missing."""

    fingerprints: tuple[str, ...] = ()
    ca_file: str = ""


def pin_of(text: str) -> str:
    """A fingerprint in the one way to write it."""
    return text.replace(":", "").strip().lower()


def configured(target: Target, directory: Path = Path()) -> Vouched:
    """What the environment and the project here, if there is one, say of the router at this address."""
    names = {target.router, ""}
    said = (entry for entry in _entries(target, directory) if _same(entry, target))
    entries: list[Mapping[str, Any]] = [*map(_environment, sorted(names)), *said]
    pins = dict.fromkeys(pin_of(str(entry["fingerprint"])) for entry in entries if entry.get("fingerprint"))
    authorities = [str(entry["ca-file"]) for entry in entries if entry.get("ca-file")]
    return Vouched(fingerprints=tuple(pins), ca_file=next(iter(authorities), ""))


def objection(target: Target, seen: Certificate, vouched: Vouched, given: str) -> str:
    """Why this certificate gets no password, whatever the person says; empty where nothing speaks against it.

    Args:
        target: the router.
        seen: its certificate.
        vouched: what is configured of it.
        given: the fingerprint that the person named.
    """
    where = f"{target.host}:{target.port}"
    if given and pin_of(given) != seen.fingerprint:
        return (
            f"{where} shows the fingerprint {seen.fingerprint}, --fingerprint names {pin_of(given)}: nothing was sent"
        )
    if vouched.fingerprints and seen.fingerprint not in vouched.fingerprints:
        return (
            f"{where} shows the fingerprint {seen.fingerprint}, wiretik:fingerprint pins {vouched.fingerprints[0]}: "
            "nothing was sent. If the router really has a new certificate, change wiretik:fingerprint first"
        )
    return ""


def _environment(name: str) -> dict[str, str]:
    return {key: os.environ.get(variable(key, name), "") for key in ("fingerprint", "ca-file")}


def _same(entry: Mapping[str, Any], target: Target) -> bool:
    """Whether an entry of config is about this address; one without an address is about any."""
    port = entry.get("port")
    return entry.get("host") in (None, "", target.host) and (port in (None, "") or str(port) == str(target.port))


def _entries(target: Target, directory: Path) -> Iterator[Mapping[str, Any]]:
    """The routers of the project's stack, as far as they stand there unencrypted."""
    try:
        chosen = Stack(directory)
        config = StackSettings(chosen.project, chosen.name).raw
    except (EngineError, OSError, ValueError):
        return
    flat = {key.removeprefix("wiretik:"): value for key, value in config.items() if key.startswith("wiretik:")}
    common = {key: flat[key] for key in ("fingerprint", "ca-file") if isinstance(flat.get(key), str)}
    routers = flat.get("routers")
    if isinstance(routers, Mapping):
        for name, entry in routers.items():
            if isinstance(entry, Mapping) and (not target.router or name == target.router):
                yield {**common, **{key: value for key, value in entry.items() if not isinstance(value, Mapping)}}
    else:
        yield {key: value for key, value in flat.items() if not isinstance(value, Mapping)}
