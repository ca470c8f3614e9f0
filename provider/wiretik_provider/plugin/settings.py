"""The provider's own configuration: the keys of a stack's `wiretik:…`, in a program's spelling or in config's.

Rule: pure. An explicit provider and a stack's config say the same things by the same names, so a router is reached by
one piece of code (`api.access`).
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from wiretik_provider.api.access import KEYS, SETTINGS
from wiretik_provider.plugin.names import camel
from wiretik_provider.rows.compare import UNKNOWN

__all__ = ["config", "misnamed"]

_OWN: Final = ("version", "pluginDownloadURL")
"""What Pulumi's SDKs say of every provider."""


def misnamed(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that nothing reads, each with what is wrong with it."""
    known = {camel(key): key for key in (*KEYS, *SETTINGS)}
    for name in sorted(names):
        if name.startswith("__") or name in _OWN or _key(name) in known.values():
            continue
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known)}"
        yield name, f"wiretik has no such setting; {hint}"


def config(given: Mapping[str, Any]) -> dict[str, str]:
    """The settings as a stack's config has them; what a preview doesn't know yet is left out."""
    return {f"wiretik:{_key(name)}": _text(value) for name, value in given.items() if _is_said(name, value)}


def _is_said(name: str, value: object) -> bool:
    return value is not UNKNOWN and not name.startswith("__") and name not in _OWN and name != "plugin_download_url"


def _key(name: str) -> str:
    """`caFile` and `ca_file` as `ca-file`."""
    return "".join(f"-{one.lower()}" if one.isupper() else one for one in name).replace("_", "-")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
