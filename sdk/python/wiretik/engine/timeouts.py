"""Durations as Pulumi's options write them: Go's, such as `5m` or `1h30m`."""

import re
from typing import Final

_UNITS: Final = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_PART: Final = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")


def seconds(text: str) -> float:
    """The duration in seconds; 0 for none."""
    return sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text or ""))
