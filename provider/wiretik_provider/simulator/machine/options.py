"""What the facts leave open about RouterOS, as options with documented defaults instead of assumptions in the code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

__all__ = ["Options"]

_TRUE: Final = frozenset({"yes", "true", "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the facts leave open; each default is the form that they find the more likely.

    Attributes:
        nextid: print `.nextid` in ordered menus (docs/facts/menus.md#every-menu: some captures have it).
        ports_prefix: what precedes the refusal of ports without a protocol; `failure: ` on some accounts (A.8).
        rollback_seconds: how long after its session's end safe mode rolls back; about 2 s were seen
        (docs/facts/changes.md).
        dead: how `listen` says that a row is gone; the manual has `yes`, `true` is unverified (A.5).
        no_route: what `/ip/route/check` says of an address without a route; only `ok` was ever seen.
        fasttrack_dummy: show the dynamic rule that stands for FastTrack's counters (B.7).
    """

    nextid: bool = False
    ports_prefix: str = ""
    fasttrack_dummy: bool = False
    rollback_seconds: float = 2.0
    dead: str = "yes"
    no_route: str = "unreachable"

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Options:
        """Reads `name=value` words, with `-` or `_` in the names, as `wiretik lab --option` takes them.

        Raises:
            ValueError: there is no such option, or the value isn't of its form.
        """
        forms: dict[str, type] = {each.name: type(getattr(cls(), each.name)) for each in fields(cls)}
        given: dict[str, bool | float | str] = {}
        for text in texts:
            name, _, value = text.partition("=")
            name = name.replace("-", "_")
            if name not in forms:
                raise ValueError(f"no option {name!r}; there are {', '.join(forms)}")
            given[name] = value in _TRUE if forms[name] is bool else forms[name](value)
        return cls(**given)  # type: ignore[arg-type]
