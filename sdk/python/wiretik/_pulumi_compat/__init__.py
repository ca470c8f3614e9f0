"""Private parts of Pulumi's SDK that Wiretik uses: each with its reason, and its fallback where a version lacks it.

Rule: it imports nothing else of Wiretik, since a program's process loads it by its path, and nothing of Pulumi before
it is asked to, since that takes long. Tested with the oldest and the newest SDK that pyproject.toml allows.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
import importlib.util
import os
import sys
import traceback
import types
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from . import requests

if TYPE_CHECKING:
    from pulumi import Inputs, Resource
    from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer
    from pulumi.runtime.proto.source_pb2 import SourcePosition, StackTrace
    from pulumi.runtime.stack import Stack

__all__ = [
    "aliased",
    "at_the_end",
    "body_ended",
    "children",
    "components",
    "end_body",
    "may_wait",
    "pack_once",
    "remember",
    "servicer",
    "work_out",
]

OUTPUTS_WHEN_ASKED: Final = "_wiretik_outputs_when_asked"
"""Marks a class whose outputs are made when they are asked for."""
PACKED_BY: Final = "_wiretik_packed_by"
"""Names a provider's kind: all providers of one are packed alike."""
_NOTED: Final = "_wiretik_components"
"""Where the components that there are are noted."""
_STACKS: Final = "traceback"
"""Where the SDK has what looks at the stack: the library's own module."""
_RUNS: Final = ("pulumi", "wiretik", "wiretik_provider", "grpc")
"""Packages whose frames say nothing of a program."""
_PACKAGES: Final = ("site-packages", "dist-packages")
"""Where, among Python's own library, there is what isn't its own."""
_HOST: Final = "pulumi-language-python-exec"
"""What of Pulumi runs a program."""
_REMEMBERS: Final = "_wiretik_remembers"
_LOOKS: Final = "_wiretik_looks"
_NAMED: Final = "_wiretik_named"
"""Marks a resource that another one depends on."""


def body_ended(stack: object) -> bool:
    """Whether the program's body has ended: then the gate knows of all rows.

    `_outputs_registered` is the SDK's mark for it. A version without the mark, before 3.272, has no bodies that wait:
    there whoever asks runs after the body.
    """
    return bool(getattr(stack, "_outputs_registered", True))


def aliased(resource: object) -> bool:
    """Whether a program gives a resource aliases, or its parent's make some; a version that keeps none has none."""
    return len(getattr(resource, "_aliases", ())) > getattr(resource, "_own_aliases", 0)


def children(resource: object) -> tuple[Resource, ...]:
    """The resources that name this one as their parent; a version that doesn't keep them has none."""
    return tuple(getattr(resource, "_childResources", ()))


def end_body(stack: Stack) -> None:
    """Take the SDK's own next step once the body has ended: it sets the mark that gates wait for.

    The SDK takes it later by itself, and a version without `_async_program` has no such step.
    """
    if getattr(stack, "_async_program", stack) is None:
        stack._finish()


def at_the_end(look: Callable[[Mapping[str, Any]], str]) -> None:
    """Has a look before the program that is running registers its stack's outputs: whatever it says ends the program.

    The SDK registers them in a `finally`, so that an error which ends the program is at hand there (`sys.exc_info`). A
    stack of tests, which mock the SDK, may have none.

    Args:
        look: is given the outputs; says what is wrong, or nothing.
    """
    import pulumi  # noqa: PLC0415

    stack: Any = pulumi.runtime.get_root_resource()
    if stack is None or _LOOKS in vars(stack):
        return
    setattr(stack, _LOOKS, True)
    register = stack.register_outputs

    def then(outputs: Mapping[str, object]) -> None:
        wrong = look(getattr(stack, "outputs", {}))
        if not wrong:
            register(outputs)
            return
        register({})
        raise pulumi.RunError(wrong) from None

    stack.register_outputs = then


def may_wait() -> bool:
    """Whether a program's body may be a coroutine; before 3.27x it can't, and is called as it is."""
    from pulumi.runtime.stack import Stack  # noqa: PLC0415

    return hasattr(Stack, "_take_async_program")


def remember() -> None:
    """Keep what the SDK works out anew for every resource, for a third of its time, although it is always the same.

    Where a version has none of the kind, it takes its time. The mark is kept at the SDK: a process that runs many
    programs has this module as often, and each would wrap the one before.
    """
    import pulumi._types  # noqa: PLC0415
    from pulumi.runtime import resource  # noqa: PLC0415

    if getattr(resource, _REMEMBERS, False):
        return
    setattr(resource, _REMEMBERS, True)
    if kinds := getattr(pulumi._types, "resource_types", None):
        pulumi._types.resource_types = functools.cache(kinds)
    if position := getattr(resource, "_get_source_position_for_frame", None):

        @functools.cache
        def at(file: str, line: int) -> SourcePosition | None:
            found: SourcePosition | None = position(traceback.FrameSummary(file, line, "", lookup_line=False))
            return found

        resource._get_source_position_for_frame = lambda frame: at(frame.filename, frame.lineno or 0)
    if hasattr(resource, _STACKS):
        lean = types.ModuleType(traceback.__name__)
        vars(lean).update(vars(traceback), extract_stack=_stack_without_lines)
        setattr(resource, _STACKS, lean)
    if trace := getattr(resource, "_get_stack_trace", None):
        resource._get_stack_trace = _once_for_a_place(trace)
    components()
    _make_outputs_when_asked()
    requests.prepare_a_few_at_a_time(OUTPUTS_WHEN_ASKED)
    requests.let_go_of_what_is_done()
    _look_for_circles_where_there_may_be_some()


def _once_for_a_place(trace: Callable[[], StackTrace]) -> Callable[[], StackTrace]:
    """The message with the caller's stack, made once for all resources that one line of the program makes."""
    made: dict[tuple[tuple[str, int], ...], StackTrace] = {}

    def once() -> StackTrace:
        place = tuple((one.f_code.co_filename, line) for one, line in traceback.walk_stack(sys._getframe(1)))
        if place not in made:
            made[place] = trace()
        return made[place]

    return once


def work_out(resources: Iterable[type]) -> None:
    """Work the types of resources' outputs out, which `remember` keeps; a version that has none needs no time for it.

    Args:
        resources: classes.
    """
    import pulumi._types  # noqa: PLC0415

    if kinds := getattr(pulumi._types, "resource_types", None):
        for one in resources:
            kinds(one)


def components() -> tuple[Resource, ...]:
    """The components that there are, noted as they begin; from then on that this was called first.

    Those that began before are looked for among all objects, where any can have: a class that isn't the SDK's own.
    """
    import pulumi  # noqa: PLC0415

    noted: weakref.WeakValueDictionary[int, Resource] | None = vars(pulumi.Resource).get(_NOTED)
    if noted is not None:
        return tuple(noted.values())
    noted = weakref.WeakValueDictionary()  # by id: two of a program's own may be equal
    kinds = list(_with_below(pulumi.ComponentResource))
    if not all(kind.__module__.startswith("pulumi.") for kind in kinds):
        found: list[object] = gc.get_referrers(*kinds)
        noted.update((id(one), one) for one in found if isinstance(one, pulumi.ComponentResource))
    begin = pulumi.Resource.__init__

    @functools.wraps(begin)
    def begun(self: Resource, *args: Any, **more: Any) -> None:  # noqa: ANN401  (whatever the SDK's own takes)
        if isinstance(self, pulumi.ComponentResource):
            noted[id(self)] = self
        begin(self, *args, **more)

    setattr(pulumi.Resource, _NOTED, noted)
    pulumi.Resource.__init__ = begun  # type: ignore[method-assign]
    return tuple(noted.values())


def _with_below(kind: type[object]) -> Iterator[type[object]]:
    """A class and all that derive from it."""
    yield kind
    below: list[type[object]] = kind.__subclasses__()
    for one in below:
        yield from _with_below(one)


def _stack_without_lines(*asked: Any, **more: Any) -> traceback.StackSummary:  # noqa: ANN401  (whatever the library's takes)
    """The caller's stack, outermost frame first: the SDK asks for files and numbers of lines, and for nothing in them.

    With the lines, each file on the stack is looked for on the disk, for each resource. Below what makes a resource are
    the program's frames alone: with Wiretik's, the SDK's and Python's own, which tell nobody anything, stacks were half
    of a site's state, and the CLI writes all of it at each step. A version that asks for another stack, or a part of
    it, gets the library's.
    """
    if asked or more:
        return traceback.extract_stack(*asked, **more)
    frames = list(traceback.walk_stack(sys._getframe(1)))
    begun = [at for at, (one, _) in enumerate(frames) if one.f_code.co_name == "__init__"]
    # The SDK takes what is below the third of them for the program's: Resource, CustomResource, the resource's class.
    inner = begun[2] + 1 if len(begun) > 2 else len(frames)
    found = [
        traceback.FrameSummary(one.f_code.co_filename, line, one.f_code.co_name, lookup_line=False)
        for at, (one, line) in enumerate(frames)
        if at < inner or _is_of_the_program(one.f_code.co_filename, str(one.f_globals.get("__name__", "")))
    ]
    return traceback.StackSummary(reversed(found))


@functools.cache
def _is_of_the_program(file: str, module: str) -> bool:
    """Whether code is the program's, or of what it imports: neither Wiretik's nor of what runs a program."""
    if module.partition(".")[0] in _RUNS or file.startswith(("<", f"{Path(__file__).parent}{os.sep}")):
        return False
    library = Path(os.__file__).parent
    within = Path(file).relative_to(library).parts if Path(file).is_relative_to(library) else _PACKAGES
    return within[0] in _PACKAGES and Path(file).name != _HOST


def pack_once() -> None:
    """Pack a provider of ours once, and not for each of its resources; a version that packs elsewhere does it again.

    What is packed is a reference to a function and a kind's name, so it is the same text each time.
    """
    dynamic: Any = importlib.import_module("pulumi.dynamic.dynamic")
    pack = getattr(dynamic, "serialize_provider", None)
    if pack is None or hasattr(pack, PACKED_BY):
        return
    packed: dict[str, str] = {}

    def once(provider: object) -> str:
        kind = getattr(provider, PACKED_BY, None)
        if kind is None:
            return str(pack(provider))
        if kind not in packed:
            packed[kind] = pack(provider)
        return packed[kind]

    setattr(once, PACKED_BY, None)
    dynamic.serialize_provider = once


def _look_for_circles_where_there_may_be_some() -> None:
    """Whom nobody depends on yet is in no circle: without this each dependency walks over all that stands behind it.

    That grows with the square of a tunnel's peers. What stood there before this was called has no mark of ours; so it
    holds for our own classes, which nobody can use before.
    """
    rpc: Any = importlib.import_module("pulumi.runtime.rpc")
    declare = getattr(rpc, "declare_dependency", None)
    breaker = importlib.util.find_spec("pulumi.runtime.resource_cycle_breaker")
    add = breaker and getattr(importlib.import_module(breaker.name), "_add_dep", None)
    if not declare or not add:
        return

    def declared(from_resource: object, to_resource: object) -> bool:
        ours = type(from_resource).__module__.startswith("wiretik.")
        if ours and from_resource is not to_resource and not vars(from_resource).get(_NAMED):
            add(from_resource, to_resource)
        elif not declare(from_resource, to_resource):
            return False
        vars(to_resource)[_NAMED] = True
        return True

    rpc.declare_dependency = declared


def _make_outputs_when_asked() -> None:
    """Have a property's output cost something only if somebody asks for it: of a rule's seventy hardly anybody does.

    The SDK gives each property four futures and a task when the resource is registered. Here the output keeps what the
    registration says of it until it is asked. Resources of others are left alone, and so is a version that makes its
    outputs in another way.
    """
    from pulumi import output  # noqa: PLC0415
    from pulumi.runtime import rpc  # noqa: PLC0415

    transfer: Any = getattr(rpc, "transfer_properties", None)
    if transfer is None or not hasattr(output, "_OutputData") or not hasattr(output.Output, "_track"):
        return
    later = _later()

    class Resolvers(dict[str, Any]):
        """By name, the outputs; what settles one is made when the SDK takes it, since most wait for long."""

        resource: Resource

        def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  (as a dictionary's)
            return functools.partial(self[name]._settle, self.resource) if name in self else default

        def items(self) -> Any:  # noqa: ANN401  (as a dictionary's)
            return ((name, self.get(name)) for name in self)

    def lazily(res: Resource, props: Inputs, custom: bool) -> dict[str, Callable[..., None]]:
        if not getattr(res, OUTPUTS_WHEN_ASKED, False):
            theirs: dict[str, Callable[..., None]] = transfer(res, props, custom)
            return theirs
        loop = asyncio.get_event_loop()
        made = Resolvers((name, later(loop)) for name in props if name != "urn" and not (name == "id" and custom))
        made.resource = res
        vars(res).update(made)
        return made

    rpc.transfer_properties = lazily


def _later() -> Any:  # noqa: ANN401  (a class of this function's own)
    """The class of outputs whose future is made when somebody asks for it."""
    from pulumi import output  # noqa: PLC0415

    data: Any = output._OutputData

    class Later(output.Output[Any]):
        _future_of_data: Any
        _said: Any

        def __init__(self, loop: asyncio.AbstractEventLoop) -> None:  # as attributes, whose names all share
            self._loop = loop
            self._future_of_data = None
            self._said = None

        @property
        def _data(self) -> asyncio.Future[object]:  # type: ignore[override]
            if self._future_of_data is None:
                self._future_of_data = self._loop.create_future()
                self._track()
                if self._said is not None:
                    self._settle(*self._said)
            made: asyncio.Future[object] = self._future_of_data
            return made

        def _untrack(self) -> None:
            if self._data is not None:  # made now, since it takes the lock that the SDK holds while it forgets one
                super()._untrack()

        def _settle(self, res: Resource, *said: Any) -> None:  # noqa: ANN401  (value, known, secret, deps, failed)
            value, known, secret, deps, failed = said
            future = self._future_of_data
            if future is None:
                self._said = res, *said
            elif failed is not None:
                future.set_exception(failed)
            else:
                resources = {*(deps or ()), res}
                future.set_result(data(resources=resources, value=value, is_known=known, is_secret=secret))

    return Later


def servicer() -> ResourceProviderServicer:
    """The SDK's own dynamic provider, with caches of its own, as a fresh process would have them: for tests alone.

    There is no other way to it than the module that also serves. Without it tests start the process, as users do.
    """
    module: dict[str, Any] = {"__name__": "wiretik_dynamic_provider", "__package__": "pulumi.dynamic"}
    exec(_dynamic_provider(), module)  # noqa: S102, the SDK's own module
    made: ResourceProviderServicer = module["DynamicResourceProviderServicer"]()
    return made


@functools.cache
def _dynamic_provider() -> types.CodeType:
    """The module `pulumi.dynamic.__main__` without its last line, which serves until a signal comes."""
    spec = importlib.util.find_spec("pulumi.dynamic.__main__")
    if spec is None or spec.origin is None:
        raise ImportError("this version of pulumi has no pulumi.dynamic.__main__")
    source = Path(spec.origin).read_text(encoding="utf-8")
    return compile(source.rstrip().removesuffix("\nmain()"), spec.origin, "exec")
