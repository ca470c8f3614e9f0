"""The router's name, its scheduler and its scripts."""

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
    """The router's name."""

    def __init__(
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **args: Unpack[IdentityArgs]
    ) -> None:
        super().__init__(resource_name, args, opts)


class SchedulerArgs(RowArgs, total=False):
    """The properties of a `Scheduler`."""

    name: Text
    """Name of the entry, unique; the logical name where it isn't given."""
    on_event: Text
    """What to run: the name of a script, or commands. Blanks at the ends of lines aren't compared. Default empty."""
    interval: Span
    """How often, such as `"5m"`; 0 is once, at the start time. Default 0s."""
    start_time: Text
    """When it first runs: a time of day such as `"03:00:00"`, or `"startup"`, at every boot. The time
    of its making where it isn't given; compared only where it is declared."""
    start_date: Text
    """The day of the first run, `"2026-01-31"`. The day of its making where it isn't given; compared only where it is
    declared."""
    policy: Texts
    """What it may do: `read`, `write`, `test`, `policy`, `ftp`, `reboot`, `password`, `sniff`, `sensitive`,
    `romon`, and what else a user may have. RouterOS chooses where it isn't given; compared only where it is
    declared."""
    disabled: Flag
    """Whether the entry is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """Name of the entry."""
    on_event: pulumi.Output[str]
    """What runs."""
    interval: pulumi.Output[str]
    """How often."""
    start_time: pulumi.Output[str | None]
    """When it first runs."""
    start_date: pulumi.Output[str | None]
    """The day of the first run."""
    policy: pulumi.Output[Sequence[str] | None]
    """What it may do."""
    owner: pulumi.Output[str | None]
    """The user who added it."""
    disabled: pulumi.Output[bool]
    """Whether the entry is off."""
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
    """Name of the script, unique; the logical name where it isn't given."""
    source: Text
    """The commands. Blanks at the ends of lines and lines' ends aren't compared: routers don't keep them. Default
    empty."""
    policy: Texts
    """What it may do: `read`, `write`, `test`, `policy`, `ftp`, `reboot`, `password`, `sniff`, `sensitive`, `romon`.
    RouterOS chooses where it isn't given; compared only where it is declared."""
    dont_require_permissions: Flag
    """Whether somebody with fewer rights than the script has may run it. Default False."""
    owner: Text
    """The user in whose name it runs; who added it where it isn't given."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """Name of the script."""
    source: pulumi.Output[str]
    """The commands."""
    policy: pulumi.Output[Sequence[str] | None]
    """What it may do."""
    dont_require_permissions: pulumi.Output[bool]
    """Whether somebody with fewer rights may run it."""
    owner: pulumi.Output[str | None]
    """The user in whose name it runs."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **args: Unpack[ScriptArgs]
    ) -> None:
        super().__init__(resource_name, args, opts)
