"""The state while it changes, and its way to the disk.

Two promises. A step that may touch the world begins only after its pending operation is on disk, over a power cut too
(`files`). What is on disk is a valid state at any moment. Everything between is allowed to wait: one thread writes,
always the newest state and all of it, as the CLI does, so that many steps share one write, and a resource is serialised
once for each of its versions, not once for each write. What a step changes is written when it has ended, in one write.
A large state takes long to write: then the next write waits for more steps to share it, for as long as some are under
way that may still come, but no longer than the last write took.

The order of resources is the CLI's: first what this run has finished, in the order of finishing, then what is left of
the old state.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import attrs

from wiretik.engine.errors import BackendError
from wiretik.engine.state import checkpoint
from wiretik.engine.state.backend import dumps
from wiretik.engine.state.checkpoint import Cipher, Deployment, Operation, Resource

VERSION: Final = "v3.216.0"
"""The oldest SDK version that this engine is written for; a state names the version of who wrote it."""
_COMMA: Final = b","
_LONG: Final = 0.01
"""Seconds: a write that takes no longer costs less than the steps that wait for it."""


class Journal:
    """Keeps the state of one deployment, and writes it whenever it must be on disk.

    `sink` takes the pieces of a serialised deployment; without one nothing is written, as in a preview.
    """

    def __init__(self, base: Deployment, cipher: Cipher | None, sink: Callable[[list[bytes]], None] | None) -> None:
        self._base = {id(r): r for r in base.resources}
        self._keep = list(base.resources)  # so that no identity is used twice
        self._new: dict[str, Resource] = {}
        self._renames: dict[str, str] = {}
        self._pending: dict[int, Operation] = {id(op): op for op in base.pending}
        self._salt, self._metadata = base.salt, base.metadata
        self._cipher, self._sink = cipher, sink
        self._fragments: dict[Resource, bytes] = {}
        self._head = [b'{"manifest":', dumps(checkpoint.manifest(VERSION))]
        if base.salt:
            provider = {"type": "passphrase", "state": {"salt": base.salt}}
            self._head += [b',"secrets_providers":', dumps(provider)]
        self._lock = threading.Condition()
        self._wanted = self._written = self._waiting = 0
        self._stale = self._closed = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._write_on, name="journal", daemon=True) if sink else None
        if self._thread:
            self._thread.start()

    # --- what steps say ----------------------------------------------------------------------------------------------

    def begin(self, type_: str, resource: Resource) -> Operation:
        """Record that a step begins, and return once this is on disk."""
        operation = Operation(type_, resource)
        with self._lock:
            if self._closed:
                raise BackendError("the state was closed")
            self._pending[id(operation)] = operation
            self._wanted += 1
            mine = self._wanted
            self._waiting += 1
            self._lock.notify_all()
            while self._thread and self._written < mine and self._failure is None:
                self._lock.wait()
            self._waiting -= 1
            if self._failure is not None:
                raise self._failure
        return operation

    def end(self, operation: Operation | None = None) -> None:
        """Record that a step ended, however it did, and have written what it changed; most steps have an operation."""
        with self._lock:
            if operation is not None:
                del self._pending[id(operation)]
                self._stale = True
            if self._stale:
                self._wanted += 1
                self._lock.notify_all()

    def put(self, new: Resource, old: Resource | None = None) -> None:
        """Record a resource as finished in this run, in place of `old`."""
        with self._lock:
            self._new.pop(new.urn, None)
            self._new[new.urn] = new
            if old is not None:
                self._base.pop(id(old), None)
                if old.urn != new.urn:
                    self._rename(old.urn, new.urn)
            self._stale = True

    def amend(self, new: Resource) -> None:
        """Replace the record of a resource that this run has finished."""
        with self._lock:
            if new.urn in self._new:
                self._new[new.urn] = new
                self._stale = True

    def swap(self, old: Resource, new: Resource | None) -> None:
        """Replace or drop a record of the old state, in its place."""
        with self._lock:
            if new is None:
                self._base.pop(id(old), None)
                self._prune()
            else:
                self._keep.append(new)
                stored = new
                for alias in self._renames.keys() & set(new.needs()):
                    stored = _renamed(stored, alias, self._renames[alias])
                self._base = {
                    (id(new) if key == id(old) else key): (stored if key == id(old) else r)
                    for key, r in self._base.items()
                }
            self._stale = True

    def forget(self, resource: Resource) -> None:
        """Drop a record that was deleted, whether it is an old one or this run's."""
        with self._lock:
            if self._new.get(resource.urn) is resource:
                del self._new[resource.urn]
            # The key is the record that steps know; after a rename the value is a copy of it.
            self._base = {key: r for key, r in self._base.items() if r is not resource and key != id(resource)}
            self._stale = True

    def clear_pending(self, left: Iterable[Operation]) -> None:
        """Forget the operations that an interrupted run left."""
        with self._lock:
            for operation in left:
                self._pending.pop(id(operation), None)
            self._stale = True

    # --- what others ask ---------------------------------------------------------------------------------------------

    @property
    def deployment(self) -> Deployment:
        """The state as it is now."""
        with self._lock:
            return Deployment(
                resources=self._resources(),
                pending=tuple(self._pending.values()),
                salt=self._salt,
                metadata=self._metadata,
            )

    def close(self) -> None:
        """Write what is unwritten and end."""
        with self._lock:
            if self._stale:
                self._wanted += 1
            self._closed = True
            self._lock.notify_all()
        if self._thread:
            self._thread.join()
        if self._failure is not None:
            raise self._failure

    # --- inside ------------------------------------------------------------------------------------------------------

    def _resources(self) -> tuple[Resource, ...]:
        return (*self._new.values(), *self._base.values())

    def _rename(self, alias: str, urn: str) -> None:
        """Follow an alias in the old records that still name it (the CLI's normalisation of a snapshot)."""
        self._renames[alias] = urn
        # The key is the identity of the record that steps know, so a renamed copy keeps it.
        self._base = {key: _renamed(r, alias, urn) if alias in r.needs() else r for key, r in self._base.items()}

    def _prune(self) -> None:
        """Drop references to what a refresh found gone, so that the state stays whole."""
        there = {r.urn for r in self._resources()}
        self._base = {key: _pruned(r, there) for key, r in self._base.items()}

    def _wait_for_more(self, until: float) -> None:
        """Let steps that are under way come to this write as well."""
        while self._waiting < len(self._pending) and not self._closed and (left := until - time.monotonic()) > 0:
            self._lock.wait(left)

    def _write_on(self) -> None:
        took = 0.0
        while True:
            with self._lock:
                while self._wanted == self._written and not self._closed:
                    self._lock.wait()
                if self._wanted == self._written:
                    return
                if took > _LONG:
                    self._wait_for_more(time.monotonic() + took)
                began = time.monotonic()
                mine, resources, pending = self._wanted, self._resources(), tuple(self._pending.values())
                self._stale = False
            try:
                if self._sink is not None:
                    self._sink(self._pieces(resources, pending))
            except OSError as err:
                self._failure = BackendError(f"the state cannot be written: {err}")
            except BaseException as err:  # noqa: BLE001, it is raised again in the thread that waits
                self._failure = err
            took = time.monotonic() - began
            with self._lock:
                self._written = mine
                self._lock.notify_all()
                if self._failure is not None:
                    return

    def _pieces(self, resources: Sequence[Resource], pending: Iterable[Operation]) -> list[bytes]:
        known, body = self._fragments, []
        for r in resources:
            fragment = known.get(r)
            if fragment is None:
                fragment = known[r] = dumps(checkpoint.dump_resource(r, self._cipher))
            body += [_COMMA, fragment]
        if len(known) > 2 * len(resources) + 64:
            self._fragments = {r: known[r] for r in resources}
        if body:
            body[0] = b',"resources":['
            body.append(b"]")
        operations = [
            b'{"resource":'
            + (known.get(op.resource) or dumps(checkpoint.dump_resource(op.resource, self._cipher)))
            + b',"type":'
            + json.dumps(op.type).encode()
            + b"}"
            for op in pending
        ]
        tail = [b',"pending_operations":[', b",".join(operations), b"]"] if operations else []
        return [*self._head, *body, *tail, b',"metadata":', dumps(self._metadata), b"}"]


def _renamed(r: Resource, alias: str, urn: str) -> Resource:
    def follow(name: str) -> str:
        return urn if name == alias else name

    provider, _, id_ = r.provider.rpartition("::")
    return attrs.evolve(
        r,
        parent=follow(r.parent),
        provider=f"{follow(provider)}::{id_}" if r.provider else "",
        deleted_with=follow(r.deleted_with),
        dependencies=tuple(map(follow, r.dependencies)),
        property_dependencies={k: tuple(map(follow, urns)) for k, urns in r.property_dependencies.items()},
    )


def _pruned(r: Resource, there: set[str]) -> Resource:
    if all(urn in there for urn in r.needs()):
        return r
    return attrs.evolve(
        r,
        parent=r.parent if r.parent in there else "",
        deleted_with=r.deleted_with if r.deleted_with in there else "",
        dependencies=tuple(urn for urn in r.dependencies if urn in there),
        property_dependencies={
            k: tuple(urn for urn in urns if urn in there) for k, urns in r.property_dependencies.items()
        },
    )
