"""The types in which a property may be written; None is as if the property weren't given."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from wiretik_provider.codecs.spans import numbers

__all__ = ["Flag", "Number", "Ports", "Span", "Text", "Texts", "numbers"]

Flag = pulumi.Input[bool] | None
"""True or False."""

Number = pulumi.Input[int] | None
"""A whole number."""

Span = pulumi.Input[int] | pulumi.Input[str] | None
"""A number, or text: a word, a range, a duration such as `"25s"`; a number alone is in seconds where time is meant."""

Text = pulumi.Input[str] | None
"""Text."""

Texts = pulumi.Input[str] | pulumi.Input[Sequence[str]] | Sequence[pulumi.Input[str]] | None
"""A list, or text with commas."""

Ports = pulumi.Input[int] | pulumi.Input[str] | pulumi.Input[Sequence[int | str]] | None
"""A port, a list of ports, or text such as `"53,853"` and `"1000-2000"`."""
