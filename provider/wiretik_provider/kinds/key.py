"""A key pair that no router has made: it lives in the state alone, where the private half is a secret.

It is made once. Later runs find it in the state, so it survives every update, also one in which the program no longer
gives the key that it once gave; only another given key, or another `rotation`, makes it another pair.
"""

from __future__ import annotations

from typing import ClassVar

import attrs

from wiretik_provider.codecs.base import Key
from wiretik_provider.errors import InvalidValue
from wiretik_provider.keys import generate, public_key
from wiretik_provider.kinds import Checked, Created, Links, Props, Seen
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.rows.compare import UNKNOWN

__all__ = ["KeyKind"]

_CODEC = Key(private=True)


@attrs.frozen
class KeyKind:
    """A WireGuard key pair."""

    deleted_first: ClassVar[bool] = False

    def check(self, links: Links, olds: Props, news: Props) -> Checked:  # noqa: ARG002
        """Clamps a given key, and refuses what is none without repeating it."""
        inputs = dict(news)
        if isinstance(news.get("rotation"), float):  # Pulumi has no other numbers
            inputs["rotation"] = f"{news['rotation']:g}"
        given = news.get("private_key", UNKNOWN)
        if given is UNKNOWN:
            return Checked(inputs, [])
        try:
            return Checked({**inputs, "private_key": _CODEC.parse(given)}, [])
        except InvalidValue as wrong:
            return Checked(inputs, [Problem("private_key", str(wrong))])

    def replaces(self, olds: Props, news: Props) -> list[str]:
        """Another given key and another rotation are another pair; no longer giving a key leaves it."""
        given = news.get("private_key", UNKNOWN)
        found = [] if given is UNKNOWN or given == olds.get("private_key") else ["private_key"]
        turn = news.get("rotation")
        return found if turn is UNKNOWN or turn == olds.get("rotation") else [*found, "rotation"]

    def create(self, links: Links, props: Props) -> Created:  # noqa: ARG002
        """Takes the given key, or makes one."""
        outputs = _pair(props, str(props.get("private_key") or generate()))
        return Created(outputs["public_key"], outputs)

    def read(self, links: Links, resource_id: str, props: Props) -> Seen | None:  # noqa: ARG002
        """The state is all there is."""
        return Seen(resource_id, dict(props), None)

    def update(self, links: Links, resource_id: str, olds: Props, news: Props) -> dict[str, str]:  # noqa: ARG002
        """Keeps the pair, unless a key is given."""
        return _pair(news, str(news.get("private_key") or olds["private_key"]))

    def delete(self, links: Links, resource_id: str, props: Props) -> None:
        """Forgetting it is all."""


def _pair(props: Props, private: str) -> dict[str, str]:
    return {**props, "private_key": private, "public_key": public_key(private)}
