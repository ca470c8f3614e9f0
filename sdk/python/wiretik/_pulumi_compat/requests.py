"""A program's requests to the engine: made when the engine can take them, let go when they have ended.

Rule: of ten thousand resources a few hundred have a request at a time, and none waits for ever.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import importlib
import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pulumi import Inputs


class _Slots:
    """How many registrations may be prepared at once; the others wait, which costs less than a request does.

    Rule: nobody waits for ever. A registration may wait for another one in ways that nobody sees, so where none has
    ended for a while as many again are let in.
    """

    AT_ONCE: Final = 512
    """Twice what the embedded engine answers at once, and more than the CLI brings under way by itself."""
    PATIENCE: Final = 1.0

    def __init__(self) -> None:
        self._free = self.AT_ONCE
        self._waiting: collections.deque[asyncio.Future[None]] = collections.deque()
        self._ended = 0

    async def take(self) -> None:
        """Wait for a place; it is given back when the task ends."""
        if self._free <= 0:
            loop = asyncio.get_running_loop()
            self._waiting.append(loop.create_future())
            if len(self._waiting) == 1:
                loop.call_later(self.PATIENCE, self._look, loop, self._ended)
            await self._waiting[-1]
        self._free -= 1
        if task := asyncio.current_task():
            task.add_done_callback(self._give_back)

    def _give_back(self, _: object) -> None:
        self._ended += 1
        self._free += 1
        if self._free > 0:
            self._admit(1)

    def _admit(self, number: int) -> None:
        for first in [self._waiting.popleft() for _ in range(min(number, len(self._waiting)))]:
            if not first.done():  # as one is that was cancelled: another comes a turn later
                first.set_result(None)

    def _look(self, loop: asyncio.AbstractEventLoop, ended: int) -> None:
        if self._ended == ended:
            self._admit(self.AT_ONCE)
        if self._waiting:
            loop.call_later(self.PATIENCE, self._look, loop, self._ended)


def prepare_a_few_at_a_time(mark: str) -> None:
    """Have requests made when the engine can take them: ten thousand that wait for their turn are a hundred megabytes.

    What a resource depends on has been waited for by then, and the outputs among its properties are waited for first.
    """
    import pulumi  # noqa: PLC0415

    rpc: Any = importlib.import_module("pulumi.runtime.rpc")
    resource: Any = importlib.import_module("pulumi.runtime.resource")
    serialize, urns = getattr(rpc, "serialize_properties", None), getattr(resource, "_resolve_depends_on_urns", None)
    if serialize is None or urns is None:
        return
    slots: weakref.WeakKeyDictionary[Any, _Slots] = weakref.WeakKeyDictionary()

    async def in_turn(inputs: Inputs, *more: Any, **named: Any) -> object:  # noqa: ANN401  (whatever the SDK's own takes)
        if len(more) > 1 and getattr(more[1], mark, False):
            for value in inputs.values():
                if isinstance(value, pulumi.Output):
                    with contextlib.suppress(Exception):  # it is raised again where it is serialised
                        await value.future()
            await slots.setdefault(asyncio.get_running_loop(), _Slots()).take()
        return await serialize(inputs, *more, **named)

    async def after(named: Iterable[object], *more: Any, **options: Any) -> object:  # noqa: ANN401  (as above)
        for one in named:
            urn = vars(one).get("urn") if getattr(one, mark, False) else None
            if isinstance(there := getattr(urn, "_data", None), asyncio.Future):
                with contextlib.suppress(Exception):  # as above
                    await there
        return await urns(named, *more, **options)

    rpc.serialize_properties, resource._resolve_depends_on_urns = in_turn, after


def let_go_of_what_is_done() -> None:
    """Keep no registration that has ended well: the SDK waits for each at the end, and keeps all until then."""
    manager: Any = getattr(importlib.import_module("pulumi.runtime.rpc_manager"), "RPCManager", None)
    current = getattr(importlib.import_module("pulumi.runtime.settings"), "_get_rpc_manager", None)
    if not hasattr(manager, "clear") or current is None:
        return
    clear = manager.clear

    def cleared(self: Any) -> None:  # noqa: ANN401  (its list becomes ours)
        clear(self)
        self.rpcs = _Running()

    manager.clear = cleared
    known, current().rpcs = current().rpcs, _Running()
    for task in known:
        current().rpcs.append(task)


class _Running(dict[asyncio.Future[Any], None]):
    """What is under way, as far as the SDK uses a list for it; what failed stays, since the SDK tells of it.

    One stays in any case: the SDK sees that there is one and takes it a turn of the loop later.
    """

    def append(self, task: asyncio.Future[Any]) -> None:
        self[task] = None
        task.add_done_callback(self._ended)

    def pop(self) -> asyncio.Future[Any]:  # type: ignore[override]
        return self.popitem()[0]

    def _ended(self, task: asyncio.Future[Any]) -> None:
        if len(self) > 1 and not task.cancelled() and task.exception() is None:
            super().pop(task, None)
