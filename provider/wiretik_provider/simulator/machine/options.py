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
        device_mode: the mode of 7.17 and later; `home` allows no scheduler (docs/facts/undo.md#device-mode).
        scripts_need_policy: refuse scripts of users without policy `policy`; not known
            (docs/facts/undo.md#permissions).
        netwatch_tests: run netwatch's test scripts at every probe, as the manual has it.
        defaulted_schedulers_sleep: 7.24 to 7.24.4 don't run schedulers without a start of their own, of which one is
            taken that begins in the second in which it is added; when they do so isn't known.
        flash_seconds: a power cut loses the changes of so many seconds before it.
        reboot_unrolls: a reboot undoes what safe mode holds; not known, the default is that it stays.
        disabled_peers_spare_keys: a peer may have the key of one that is disabled; not known, the default is that it
            may not, as with one that isn't.
        filters_services: refuse new connections to the router's services that a rule of `input` drops by protocol and
            port alone; a rule with other conditions isn't asked, since the lab's clients come from loopback.
        defaults: any text: menus without semantics of their own print defaults of some arguments besides, chosen by it,
            as a router does; which ones isn't known of most (docs/menus.md).
        fasttrack_dummy: show the dynamic rule that stands for FastTrack's counters (B.7).
    """

    nextid: bool = False
    ports_prefix: str = ""
    fasttrack_dummy: bool = False
    defaults: str = ""
    rollback_seconds: float = 2.0
    dead: str = "yes"
    no_route: str = "unreachable"
    device_mode: str = "advanced"
    scripts_need_policy: bool = False
    netwatch_tests: bool = True
    defaulted_schedulers_sleep: bool = False
    flash_seconds: float = 0.0
    reboot_unrolls: bool = False
    disabled_peers_spare_keys: bool = False
    filters_services: bool = False

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
