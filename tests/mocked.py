"""A program under Pulumi's mocks: what it registers, without a router and without an engine.

Pulumi's own runner leaves event loops open and goes by the thread's; here each program has loops of its own, closed
behind it, so that no test minds which one ran before.
"""

import asyncio
import concurrent.futures
import contextvars

import pulumi
from pulumi.runtime import settings

from wiretik import _pulumi_compat

_pulumi_compat.remember()  # as in every program that the engine runs


class Registered(pulumi.runtime.Mocks):
    """Takes every resource as it comes and answers with its inputs."""

    def __init__(self):
        self.resources = []

    def new_resource(self, args):
        self.resources.append(args)
        return f"{args.name}-id", dict(args.inputs)

    def call(self, _):
        return {}


class _AtOnce(concurrent.futures.ThreadPoolExecutor):
    """What is asked of the monitor is answered at once: to hand it to a thread and back takes longer than the answer.

    An answer that serialises something has a loop of its own for it, as it would have in a thread.
    """

    def __init__(self, loop):
        super().__init__(1)
        self._loop = loop

    def submit(self, fn, /, *args, **kwargs):
        done = concurrent.futures.Future()
        running = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        asyncio.set_event_loop(self._loop)
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  (it is raised again where it was asked for)
            done.set_exception(error)
        finally:
            asyncio.set_event_loop(running)
            asyncio._set_running_loop(running)
        return done


def _run(program, mocks, **more):
    pulumi.runtime.set_mocks(mocks, project="site", stack="lab", **more)
    settings.SETTINGS.outputs.clear()  # of a program that failed elsewhere, whose loop has ended
    settings.SETTINGS.rpc_manager.clear()
    loops = [asyncio.get_event_loop()]  # set_mocks makes one where there is none, and so do its threads

    def own_loop():
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    async def begin():
        program()

    own_loop()
    asyncio.set_event_loop(loops[0])
    pool = _AtOnce(loops[1])
    loops[0].set_default_executor(pool)
    try:
        loops[0].run_until_complete(pulumi.runtime.stack.run_pulumi_func(begin))
    finally:
        settings.SETTINGS.outputs.clear()  # a program that failed leaves some behind, of a loop that ends here
        settings.SETTINGS.rpc_manager.clear()
        pool.shutdown()
        asyncio.set_event_loop(None)
        for loop in loops:
            loop.close()


def run(program, mocks, **more):
    """Runs a program in a context and a thread of its own; whatever it raises comes out.

    Pulumi looks at the whole stack for each resource, and below a test there are sixty calls of pytest's.
    """

    def work():
        asyncio.set_event_loop(asyncio.new_event_loop())
        contextvars.Context().run(_run, program, mocks, **more)

    with concurrent.futures.ThreadPoolExecutor(1) as apart:
        apart.submit(work).result()


def resources(program):
    """What a program registered, in order: Pulumi's `MockResourceArgs`; whatever it raises comes out."""
    mocks = Registered()
    run(program, mocks)
    return mocks.resources


def inputs(program):
    """The inputs of what a program registered, by logical name."""
    return {one.name: dict(one.inputs) for one in resources(program)}


def rows(program):
    """The inputs of each row that a program declares, by logical name, without what only the provider reads of them."""
    return {
        one.name: {key: value for key, value in one.inputs.items() if not key.startswith("__")}
        for one in resources(program)
        if one.typ.startswith("pulumi-python")
    }
