"""The router's name, its scheduler and its scripts."""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

from collections.abc import Sequence
from typing import Required, Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Span, Text, Texts
from wiretik.resources.base.row import Row, RowArgs

__all__ = ["Identity", "IdentityArgs", "Scheduler", "SchedulerArgs", "Script", "ScriptArgs"]


class IdentityArgs(RowArgs, total=False):
    """The properties of `Identity`."""

    name: Required[pulumi.Input[str]]
    """The router's name, as prompts, neighbours and logs show it. The factory's is MikroTik."""


class Identity(Row, menu="/system/identity"):
    """The router's own name. Destroy gives it the name back that it had.

    Example:
        ```python
        wt.Identity("identity", name="home")
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    name: pulumi.Output[str]
    """The router's name, as prompts, neighbours and logs show it."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[IdentityArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class SchedulerArgs(RowArgs, total=False):
    """The properties of a `Scheduler`."""

    name: Text
    """Name of the entry, unique. The logical name unless given."""
    on_event: Text
    """What runs: the name of a script, or commands. Blanks at the ends of lines aren't compared."""
    interval: Span
    """How often the entry runs, such as `5m`; 0 is once, at the start time. Takes a time; default 0s."""
    start_time: Text
    """When the entry first runs: a time of day such as `03:00:00`, or at every boot. The router takes the time at which
    the entry is made. Takes a time of day, or startup; the router's choice unless given."""
    start_date: Text
    """The day of the first run, `2026-01-31`. The router takes the day on which the entry is made. Takes a date; the
    router's choice unless given."""
    policy: Texts
    """What the entry may do. Takes a list, each one of `ftp` `password` `policy` `read` `reboot` `romon` `sensitive`
    `sniff` `test` `write` `api` `local` `rest-api` `ssh` `telnet` `web` `winbox`; the router's choice unless given."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class Scheduler(Row, menu="/system/scheduler", named="name"):
    """Runs commands at a time, again and again, or at every boot.

    It runs with its own `policy`, in the name of the user who added it.

    Example:
        ```python
        wt.Scheduler("refresh-endpoint", interval="5m", on_event="refresh-endpoint", policy=["read", "write", "test"])
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    name: pulumi.Output[str]
    """Name of the entry, unique."""
    on_event: pulumi.Output[str]
    """What runs: the name of a script, or commands."""
    interval: pulumi.Output[str]
    """How often the entry runs, such as `5m`; 0 is once, at the start time."""
    start_time: pulumi.Output[str | None]
    """When the entry first runs."""
    start_date: pulumi.Output[str | None]
    """The day of the first run."""
    policy: pulumi.Output[Sequence[str] | None]
    """What the entry may do."""
    owner: pulumi.Output[str | None]
    """The user who added the entry."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[SchedulerArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class ScriptArgs(RowArgs, total=False):
    """The properties of a `Script`."""

    name: Text
    """Name of the script, unique. The logical name unless given."""
    source: Text
    """The commands. Blanks at the ends of lines and the kind of line ends aren't compared: routers don't keep them."""
    policy: Texts
    """What the script may do. Takes a list, each one of `ftp` `password` `policy` `read` `reboot` `romon` `sensitive`
    `sniff` `test` `write`; the router's choice unless given."""
    dont_require_permissions: Flag
    """Whether somebody with fewer rights than the script has may run it. Default False."""
    owner: Text
    """The user in whose name the script runs. The router takes the user who adds it. The router's choice unless
    given."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class Script(Row, menu="/system/script", named="name"):
    """A script on the router, for a `Scheduler` or another script to run by name.

    Example:
        ```python
        wt.Script("hello", source=':log info "hello"', policy=["read"])
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    name: pulumi.Output[str]
    """Name of the script, unique."""
    source: pulumi.Output[str]
    """The commands."""
    policy: pulumi.Output[Sequence[str] | None]
    """What the script may do."""
    dont_require_permissions: pulumi.Output[bool]
    """Whether somebody with fewer rights than the script has may run it."""
    owner: pulumi.Output[str | None]
    """The user in whose name the script runs."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[ScriptArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
