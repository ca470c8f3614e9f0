"""A client's configuration as a picture that the WireGuard apps read with a camera."""

from __future__ import annotations

import io
from typing import Literal

import pulumi
import segno

__all__ = ["qr_code"]

_BORDER = 4
"""Empty cells around the code, as the standard wants it."""


def qr_code(text: pulumi.Input[str], kind: Literal["svg", "terminal"] = "svg") -> pulumi.Output[str]:
    """A QR code of a profile, secret like the profile.

    Example:
        ```python
        pulumi.export("phone-qr", wt.qr_code(mesh.profiles["phone"]["exit"]))
        ```
        Then `pulumi stack output --show-secrets phone-qr > phone.svg`.

    Args:
        text: what a `RelayMesh` has in `profiles`, or any other text.
        kind: `"svg"` for a file, `"terminal"` for text that a terminal shows.
    """
    drawn: pulumi.Output[str] = pulumi.Output.all(text).apply(lambda known: _draw(known[0], kind))
    return pulumi.Output.secret(drawn)


def _draw(text: str, kind: str) -> str:
    code = segno.make(text, error="l", micro=False, boost_error=False)
    if kind == "svg":
        return code.svg_inline(scale=4, border=_BORDER, light="white")
    out = io.StringIO()
    code.terminal(out, border=_BORDER, compact=True)
    return out.getvalue()
