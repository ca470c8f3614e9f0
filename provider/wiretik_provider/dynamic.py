"""The one Pulumi provider, for every kind of resource.

What Pulumi pickles into the state is one call, `provider_for(kind)`: that function's name and place, and the names of
the kinds, are promises to every state that was ever written (`tests/state`). The object holds nothing but its kind, so
an upgrade of Wiretik is in force for refresh and delete at once.

Bytes of a router that aren't UTF-8 go in and out in the form that state and protocol take (`printable.stored`).

Facts that shape it (docs/facts/pulumi.md#values): numbers arrive as floats, None vanishes, an unknown is a fresh
`Unknown` each time, a row that is gone reads as `ReadResult(None, {})`, and the host sends an exception's whole
traceback, which is cut to its last line for errors that are ours. Where a part of a list or a block was made, the rows
that there are now go beside the error: so the state has them although the operation failed.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import gc
import inspect
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.output import Unknown
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, status_pb2

from wiretik_provider.api.access import KEYS, SETTINGS
from wiretik_provider.errors import ConfigError, PartlyDone, WiretikError
from wiretik_provider.kinds import Links
from wiretik_provider.printable import printable, restored, stored
from wiretik_provider.rows.compare import UNKNOWN

if TYPE_CHECKING:
    from wiretik_provider.kinds import Kind
    from wiretik_provider.menus.descriptor import Problem

__all__ = ["Provider", "provider_for"]

_PROVIDER_KEY = "__provider"
_UNKNOWN = 2
"""gRPC's number for the status with which the host ends every failed call."""
_MOST = 8 << 20
"""The most bytes that go beside a status: grpc-go takes 16 MiB of metadata, which are sent in base64."""
_HOSTS: Final = ("pulumi.dynamic", "pulumi-language-python-exec", "run_provider.py", "run_program.py")
"""By which Pulumi, or our engine, runs a dynamic provider and a program: each process for one operation."""
_ALLOCATIONS: Final = 20_000
"""After how many a collection is worth its time in such a process; Python's own is 700."""
_CONFIG_KEYS = tuple(f"wiretik:{key}" for key in (*KEYS, *SETTINGS))


def provider_for(kind: str) -> Provider:
    """The provider of one kind: a menu's path for its rows, `block:`, `address-list:`, `held:` and a path, `gate`, ...

    This name is in every state: it is permanent. `address-list` alone is IPv4's.
    """
    return Provider(kind)


class Provider(ResourceProvider):
    """Pulumi's view of a kind."""

    serialize_as_secret_always = False

    def __init__(self, kind: str) -> None:
        self._name = kind
        self._links = Links({})

    @functools.cached_property
    def _kind(self) -> Kind:
        # A program only names kinds: what they do, the tracer and all, is imported where they do it.
        from wiretik_provider.registry import kind_named  # noqa: PLC0415

        return kind_named(self._name)

    def __reduce__(self) -> tuple[Callable[[str], Provider], tuple[str]]:
        return provider_for, (self._name,)

    @property
    def _wiretik_packed_by(self) -> str:
        """All of one kind are packed alike (wiretik/_pulumi_compat)."""
        return self._name

    def configure(self, req: ConfigureRequest) -> None:
        """Keeps the stack's config; nothing is connected before the first look at a router."""
        values = {key: req.config.get(key) for key in _CONFIG_KEYS}
        self._links = Links({key: str(value) for key, value in values.items() if value is not None})

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Normalises the inputs and tells every problem at once."""
        given = _plain(news)
        known = {name: UNKNOWN if _has_unknown(value) else value for name, value in given.items()}
        with _one_line():
            checked, problems = self._kind.check(self._links, _plain(_olds), known)
            _notice(self._links, _plain(_olds), checked)
        inputs = {name: given[name] if value is UNKNOWN else value for name, value in checked.items()}
        return CheckResult(
            stored(inputs),
            [_failure(problem, given) for problem in problems],
        )

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Leaves the comparison of inputs to the engine, which shows it property by property.

        But for hidden inputs, whose names begin with `__`: they are notes, and a difference in them alone is none.
        What is replaced is made first: it takes over its row, so a replacement that somebody forces keeps it.
        """
        news = {name: UNKNOWN if _has_unknown(value) else value for name, value in _plain(_news).items()}
        with _one_line():
            replaces = self._kind.replaces(_plain(_olds), news)
        olds = _plain(_olds)
        shown = _shown(news)
        same = len(shown) < len(news) and all(olds.get(name) == value for name, value in shown.items())
        first = self._kind.deleted_first
        return DiffResult(changes=False if same else None, replaces=replaces, delete_before_replace=first)

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Makes it so on the router."""
        with _one_line(props), _step():
            made = self._kind.create(self._links, _plain(props))
        return CreateResult(stored(made.id), stored(made.outputs))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """What is on the router now, as outputs and as inputs, so that drift is mended by the next up."""
        with _one_line():
            seen = self._kind.read(self._links, restored(id_), _plain(props))
        if seen is None:
            return ReadResult(None, {})
        return ReadResult(stored(seen.id), stored(seen.outputs), stored(seen.inputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Makes it so on the router."""
        with _one_line(_news), _step():
            made = self._kind.update(self._links, restored(_id), _plain(_olds), _plain(_news))
        return UpdateResult(stored(made))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Takes it away, or gives back what was there before."""
        with _one_line(), _step():
            self._kind.delete(self._links, restored(_id), _plain(_props))


def _failure(problem: Problem, given: Mapping[str, Any]) -> CheckFailure:
    """A problem with a property that was given, or else one with its name in its sentence.

    The CLI shows a property's value, and of one that isn't there, or is another resource's, it says `{<nil>}`.
    """
    name, reason = printable(problem.property), printable(problem.reason)
    return CheckFailure(name, reason) if name in given or not name else CheckFailure("", f"{name}: {reason}")


def _notice(links: Links, olds: Mapping[str, Any], news: Mapping[str, Any]) -> None:
    """Tells once what a router has no more, where a resource is among it that is in the state and doesn't change.

    One that changes is made again by its update.
    """
    if (owner := olds.get("tag")) and _shown(olds) == _shown(news):
        with suppress(ConfigError):
            links(str(olds.get("router", ""))).notice(str(owner))


def _shown(props: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in props.items() if not name.startswith("__")}


def _plain(props: Mapping[str, Any]) -> dict[str, Any]:
    """The properties, with bytes that aren't UTF-8 as they are inside of Wiretik (`printable.stored`)."""
    return {name: restored(value) for name, value in props.items() if name != _PROVIDER_KEY and value is not None}


def _has_unknown(value: object) -> bool:
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Mapping):
        return any(_has_unknown(part) for part in value.values())
    return isinstance(value, list | tuple) and any(_has_unknown(part) for part in value)


class _Frames:
    """How many frames of a traceback are shown: none in a thread that ends its call with an error of ours.

    `sys.tracebacklimit` is the process's, which has four threads; `traceback` asks it for no more than this.
    """

    def __init__(self) -> None:
        self._here = threading.local()

    def show(self, *, frames: bool) -> None:
        """From now on, in this thread."""
        self._here.hidden = not frames
        sys.tracebacklimit = self  # type: ignore[assignment]  # not an int, which could be but one for all threads

    def __index__(self) -> int:
        return 0 if getattr(self._here, "hidden", False) else 1000

    def __lt__(self, other: int) -> bool:
        return self.__index__() < other

    def __ge__(self, other: int) -> bool:
        return self.__index__() >= other


_FRAMES: Final = _Frames()


@contextmanager
def _one_line(props: Mapping[str, Any] | None = None) -> Iterator[None]:
    """The dynamic host sends `traceback.format_exc()`: of our own errors only the last line of it says anything.

    With the request's properties, what was made before an error is told as well.
    """
    try:
        yield
    except WiretikError as error:
        _FRAMES.show(frames=False)
        if isinstance(error, PartlyDone) and props is not None:
            _tell_what_there_is(error, props.get(_PROVIDER_KEY))
        raise
    except Exception as error:
        _FRAMES.show(frames=True)
        error.args = tuple(printable(part) if isinstance(part, str) else part for part in error.args)
        raise


@contextmanager
def _step() -> Iterator[None]:
    """A step that fails keeps the deployment from being confirmed by itself."""
    try:
        yield
    except BaseException as error:
        from wiretik_provider.api.link import fail  # noqa: PLC0415, a program that names kinds has no connections

        fail(type(error).__name__)
        raise


def _tell_what_there_is(error: PartlyDone, provider: object) -> None:
    """Lets the engine keep what was made: an `ErrorResourceInitFailed` beside the status.

    `pulumi.dynamic` has no call for it. But the method of the host that called us holds the call's context, and what
    is in its trailing metadata goes out with the status. Where the host isn't as it is today, the state stays as it
    was, and the next up finds by their tags the rows that were made.
    """
    frame = inspect.currentframe()
    while frame and not hasattr(frame.f_locals.get("context"), "set_trailing_metadata"):
        frame = frame.f_back
    if frame is None:
        return
    outputs = {**stored(error.outputs), _PROVIDER_KEY: provider}
    properties = asyncio.run(rpc.serialize_properties(outputs, {}))
    status = status_pb2.Status(code=_UNKNOWN, message=str(error))
    status.details.add().Pack(
        provider_pb2.ErrorResourceInitFailed(id=stored(error.id), properties=properties, reasons=[str(error)])
    )
    text = status.SerializeToString()
    if len(text) <= _MOST:
        frame.f_locals["context"].set_trailing_metadata((("grpc-status-details-bin", text),))


def _hang_up() -> None:
    """Ends what connections there are."""
    if link := sys.modules.get("wiretik_provider.api.link"):
        link.close_all()


atexit.register(_hang_up)

if any(word.endswith(_HOSTS) for word in sys.orig_argv):
    gc.set_threshold(_ALLOCATIONS, 10, 10)
    # A process that ends looks through all of its objects for garbage: as long as half of Pulumi's imports.
    atexit.register(gc.freeze)
