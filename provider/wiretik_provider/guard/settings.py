"""Whether a deployment waits to be confirmed, and how long: from the stack's config and the environment. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import Bool
from wiretik_provider.codecs.times import Duration, milliseconds
from wiretik_provider.errors import ConfigError, InvalidValue

__all__ = ["CONFIRM", "RUN", "WITHIN", "Guarding", "guarding", "new_run", "said_of", "within_of"]

CONFIRM: Final = "WIRETIK_CONFIRM"
WITHIN: Final = "WIRETIK_CONFIRM_WITHIN"
RUN: Final = "WIRETIK_RUN"
"""The variables by which `wiretik up --confirm` tells the provider, which wins over config."""

_WITHIN: Final = Duration(120, 3600)
_USUAL: Final = "5m"
_WORDS: Final = ("off", "auto", "manual")


class Guarding(NamedTuple):
    """How changes are guarded."""

    within: int
    """Seconds after the last write in which they are to be confirmed."""
    run: str
    """The deployment, in hex."""
    auto: bool = False
    """Whether the deployment confirms by itself, where all is at least as well as before."""
    secrets: bool = False
    """Whether keys that a change overwrites may stand in scripts on the router until it is confirmed."""


def said_of(config: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """The word that says whether changes are guarded, right or wrong."""
    return environment.get(CONFIRM) or config.get("wiretik:confirm") or "off"


def guarding(config: Mapping[str, str], environment: Mapping[str, str]) -> Guarding | None:
    """How this deployment is guarded; None where it isn't.

    Raises:
        ConfigError: what config says is neither.
    """
    said = said_of(config, environment)
    if said not in _WORDS:
        raise ConfigError(f"wiretik:confirm is {said!r}, it takes {', '.join(_WORDS[:-1])} or {_WORDS[-1]}")
    if said == "off":
        return None
    within = within_of(environment.get(WITHIN) or config.get("wiretik:confirm-within") or _USUAL)
    run = environment.get(RUN, "")
    named = run if re.fullmatch(r"[0-9a-f]{8}", run) else ""
    return Guarding(within, named, said == "auto", _truth(config.get("wiretik:confirm-secrets") or "false"))


def _truth(text: str) -> bool:
    try:
        return Bool().parse(text)
    except InvalidValue as wrong:
        raise ConfigError(f"wiretik:confirm-secrets: {wrong.problem}") from None


def within_of(text: str) -> int:
    """How long a change waits, in seconds.

    Raises:
        ConfigError: it is no time, or too short or too long for one.
    """
    try:
        return milliseconds(_WITHIN.parse(text)) // 1000
    except InvalidValue as wrong:
        raise ConfigError(f"the time to confirm a change in is {text!r}: {wrong.problem}") from None


def new_run() -> str:
    """A name for a deployment."""
    return secrets.token_hex(4)
