"""How a program's routers are reached: from the stack's config and the environment.

Pure: both come in as mappings. Credentials in the environment win over config, since `refresh` and `destroy` see the
config of the last `up` and a rotated password must not lock anybody out (docs/facts/pulumi.md#what-the-real-cli-does).
Of an address the environment only
fills a gap: where both name one and they differ, it is an error, so that no variable left over in a shell sends one
site's configuration to another site's router.

With `wiretik:routers` each named router has an entry of its own there; without it, the keys beside it are the only
router, whatever its name.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from wiretik_provider.codecs.base import Bool, Codec, Int
from wiretik_provider.codecs.times import Duration, milliseconds
from wiretik_provider.errors import ConfigError, InvalidValue

if TYPE_CHECKING:
    from wiretik_provider.api.login import Access

__all__ = [
    "ADOPTING",
    "KEYS",
    "SETTINGS",
    "access",
    "adopting",
    "expected_identity",
    "flag",
    "misnamed",
    "unread",
    "variable",
]

ADOPTING: Final = "WIRETIK_ADOPTING"
"""The variable by which `wiretik adopt` tells program and provider that rows which are there are only signed.

It is no config, since Pulumi keeps that in the state."""

KEYS: Final = (
    "host",
    "port",
    "tls",
    "username",
    "password",
    "ca-file",
    "fingerprint",
    "identity",
    "window",
    "timeout",
    "max-answer",
)
"""The keys of one router, under `wiretik:` or in its entry of `wiretik:routers`."""

SETTINGS: Final = (
    "routers",
    "offline",
    "front",
    "guard",
    "confirm",
    "confirm-within",
    "confirm-secrets",
    "protect",
    "observe",
    "unsigned",
)
"""The keys beside them, of a whole stack."""

_CREDENTIALS: Final = ("username", "password", "ca-file", "fingerprint")
_ADDRESS: Final = ("host", "port")
_CODECS: Final[Mapping[str, Codec]] = {
    "tls": Bool(),
    "port": Int(1, 65535),
    "window": Int(1, 1000),
    "timeout": Duration(1, 3600),
    "max-answer": Int(1, 65536),
}


def variable(key: str, name: str = "") -> str:
    """The environment variable of a key: `WIRETIK_PASSWORD`, or `WIRETIK_HOME_PASSWORD` for the router `home`."""
    middle = re.sub(r"[^A-Za-z0-9]", "_", name).upper() + "_" if name else ""
    return f"WIRETIK_{middle}{key.replace('-', '_').upper()}"


def adopting(environment: Mapping[str, str]) -> bool:
    """Whether this process adopts."""
    return environment.get(ADOPTING) == "1"


def access(config: Mapping[str, str], environment: Mapping[str, str], name: str) -> Access:
    """The access of the router with that name; empty for the only one.

    Args:
        config: the stack's config with its namespaces, `wiretik:host` and so on, as text.
        environment: the process's environment.
        name: as the program says it.

    Raises:
        ConfigError: with everything that is missing, twice or wrong.
    """
    entry, prefix = _entry(config, name)
    shared = {key: config.get(f"wiretik:{key}") for key in KEYS}
    named = {key: environment.get(variable(key, name)) for key in KEYS if name}
    general = {key: environment.get(variable(key)) for key in KEYS}
    found: dict[str, str] = {}
    problems: list[str] = []
    for key in KEYS:
        if key in _CREDENTIALS:
            # A variable without a router's name is the only router's; of several, what they have in common.
            common = (entry.get(key), general[key], shared[key]) if prefix else (general[key], entry.get(key))
            sources: tuple[Any, ...] = (named.get(key), *common)
        elif key in _ADDRESS:
            standing_in = named.get(key) or (None if prefix else general[key])
            if entry.get(key) and standing_in and str(entry[key]) != standing_in:
                said = variable(key, name) if named.get(key) else variable(key)
                problems.append(
                    f"config says {prefix or 'wiretik:'}{key} {str(entry[key])!r}, the environment's {said} says "
                    f"{standing_in!r}: remove one"
                )
            sources = (entry.get(key), standing_in)
        else:
            sources = (entry.get(key), shared[key])
        if chosen := next((str(source) for source in sources if source not in (None, "")), None):
            found[key] = chosen
    return _build(name, prefix or "wiretik:", found, problems)


def flag(config: Mapping[str, str], key: str, *, default: bool) -> bool:
    """A setting of a whole stack that is true or false.

    Raises:
        ConfigError: it is neither.
    """
    text = config.get(f"wiretik:{key}", "")
    try:
        return Bool().parse(text) if text else default
    except InvalidValue as error:
        raise ConfigError(f"wiretik:{key}: {error.problem}") from None


def misnamed(names: Iterable[str]) -> list[str]:
    """What is wrong with config keys in `wiretik:` that nothing reads, a line each.

    Args:
        names: all config keys of a stack, with their namespaces.
    """
    hints = {name: hint for name in sorted(names) if (hint := unread(name))}
    return [f"config has {name}, {hint} `pulumi config rm {name}` removes it" for name, hint in hints.items()]


def unread(name: str) -> str:
    """Of a config key in `wiretik:` that nothing reads, which was meant; empty for every other.

    Args:
        name: the key with its namespace.
    """
    known = (*KEYS, *SETTINGS)
    space, _, key = name.partition(":")
    if space != "wiretik" or key in known:
        return ""
    near = difflib.get_close_matches(key.replace("_", "-"), known, 1)
    return "which nothing reads: " + (f"did you mean wiretik:{near[0]}?" if near else f"known are {', '.join(known)}.")


def expected_identity(config: Mapping[str, str], name: str) -> str:
    """The serial number or software id that config says the router has; empty where it says none."""
    entry, _ = _entry(config, name)
    return str(entry.get("identity") or "")


def _entry(config: Mapping[str, str], name: str) -> tuple[Mapping[str, Any], str]:
    """The config entry of a router, and how errors call its keys."""
    flat = {key: config[f"wiretik:{key}"] for key in KEYS if f"wiretik:{key}" in config}
    text = config.get("wiretik:routers")
    if not text or (not name and "host" in flat):
        return flat, ""
    routers = _routers(text)
    there = ", ".join(sorted(routers)) or "none"
    if not name:
        raise ConfigError(f"wiretik:routers has {there}; say which with router=")
    if name not in routers:
        raise ConfigError(f"wiretik:routers has no router {name!r}; it has {there}")
    if unknown := sorted(set(routers[name]) - set(KEYS)):
        near = difflib.get_close_matches(unknown[0].replace("_", "-"), KEYS, 1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)}"
        raise ConfigError(f"wiretik:routers.{name}: unknown {', '.join(unknown)}; {hint}")
    return routers[name], f"wiretik:routers.{name}."


def _routers(text: str) -> Mapping[str, Mapping[str, Any]]:
    try:
        routers = json.loads(text)
    except ValueError:
        routers = None
    if not isinstance(routers, Mapping) or not all(isinstance(entry, Mapping) for entry in routers.values()):
        raise ConfigError("wiretik:routers is not an object of routers by name")
    return routers


def _parsed(prefix: str, found: Mapping[str, str], problems: list[str]) -> dict[str, Any]:
    """The values of keys that aren't text."""
    values: dict[str, Any] = {}
    for key, codec in _CODECS.items():
        if key in found:
            try:
                values[key.replace("-", "_")] = codec.parse(found[key])
            except InvalidValue as error:
                problems.append(f"{prefix}{key}: {error.problem}")
    return values


def _build(name: str, prefix: str, found: Mapping[str, str], problems: list[str]) -> Access:
    if "host" not in found:
        command = "pulumi config set --path" if "." in prefix else "pulumi config set"
        problems.append(f"no address: `{command} {prefix}host ADDRESS`, or {variable('host', name)}")
    elif re.fullmatch(r".*/.*|\[.*\]:\d+|[^:]+:\d+", found["host"]):
        problems.append(f"{prefix}host: {found['host']!r} is more than a name or an address; the port is {prefix}port")
    values = {"host": found.get("host", ""), **_parsed(prefix, found, problems)}
    values["timeout"] = milliseconds(values.get("timeout", "30s")) / 1000
    pin = found.get("fingerprint", "").replace(":", "").strip().lower()
    if pin and not re.fullmatch(r"[0-9a-f]{64}", pin):
        problems.append(f"{prefix}fingerprint: not a SHA-256 in hex (64 digits), as `wiretik connect` shows it")
    if values.get("tls", True):
        values.setdefault("port", 8729)
    else:
        values.setdefault("port", 8728)
        if pin or found.get("ca-file"):
            problems.append(
                f"{prefix}tls is false, so {prefix}fingerprint and ca-file would check nothing: remove them"
            )
    if "username" not in found:
        problems.append(f"no user: `pulumi config set {prefix}username USER`, or {variable('username', name)}")
    if problems:
        who = f"router {name}" if name else "the router"
        raise ConfigError(f"{who}: {'; '.join(problems)}")
    from wiretik_provider.api.login import Access  # noqa: PLC0415, of a program only keys and names are looked at

    return Access(
        name=name,
        username=found["username"],
        password=found.get("password", ""),
        ca_file=found.get("ca-file", ""),
        fingerprint=pin,
        **values,
    )
