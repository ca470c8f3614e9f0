"""A client's configuration as a picture that the WireGuard apps read with a camera."""

from __future__ import annotations

import base64
import enum
import io
from typing import Final

import pulumi

from wiretik.components.wg_quick.profile import lacks_key

__all__ = ["NO_PICTURE", "QrFormat", "draw", "qr_code"]

NO_PICTURE: Final = (
    "no QR code: this profile has a placeholder where the private key belongs, and no app takes such a picture; let "
    'the program make the key, private_key=wt.WireGuardKey("phone-key").private_key, or put the client\'s into the text'
)
"""What is said instead of a picture that no app could use."""

_BORDER = 4
"""Empty cells around the code, as the standard wants it."""


class QrFormat(enum.StrEnum):
    """The use of a picture."""

    SVG = "svg"
    """A file of text that scales."""
    PNG = "png"
    """A file of pixels; as an output it is base64, since outputs are text."""
    TERMINAL = "terminal"
    """Text that a terminal shows."""


def qr_code(text: pulumi.Input[str], kind: QrFormat | str = QrFormat.SVG) -> pulumi.Output[str]:
    """A QR code of a profile, secret like the profile.

    Example:
        ```python
        pulumi.export("phone-qr", wt.qr_code(mesh.profiles["phone"]["exit"]))
        ```
        Then `pulumi stack output --show-secrets phone-qr > phone.svg`.

    Args:
        text: a profile of a `RelayMesh`, or any other text.
        kind: `"svg"`, `"terminal"`, or `"png"`, which is base64.

    Raises:
        ValueError: there is no such kind.
        RunError: the text has characters that can't be shown, or a placeholder for the private key.
    """
    chosen = QrFormat(kind)

    def drawn(known: list[str]) -> str:
        picture = draw(known[0], chosen)
        return base64.b64encode(picture).decode() if chosen is QrFormat.PNG else picture.decode()

    picture: pulumi.Output[str] = pulumi.Output.all(text).apply(drawn)
    return pulumi.Output.secret(picture)


def draw(text: str, kind: QrFormat) -> bytes:
    """The picture itself, as a file has it."""
    import segno  # noqa: PLC0415, few programs draw

    if not all(line.isprintable() for line in text.split("\n")):
        raise pulumi.RunError("a QR code is made of lines that can be shown, and this text has control characters")
    if lacks_key(text):
        raise pulumi.RunError(NO_PICTURE)
    code = segno.make(text, error="l", micro=False, boost_error=False)
    if kind is QrFormat.SVG:
        return code.svg_inline(scale=4, border=_BORDER, light="white").encode()
    if kind is QrFormat.PNG:
        pixels = io.BytesIO()
        code.save(pixels, kind="png", scale=6, border=_BORDER)
        return pixels.getvalue()
    shown = io.StringIO()
    code.terminal(shown, border=_BORDER, compact=True)
    return shown.getvalue().encode()
