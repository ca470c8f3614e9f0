"""The providers: their processes, and their calls as functions of values.

There are two, Pulumi's dynamic one and Wiretik's own package. They run as the CLI runs them: a module in a process of
its own for each operation, ended by SIGINT. A test that wants speed serves the same servicer from its own process;
everything behind the address is the same.
"""

import contextlib
import importlib
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent import futures
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, TypeVar

import attrs
import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2

from wiretik import _pulumi_compat
from wiretik.engine.errors import ProviderError
from wiretik.engine.events import Severity
from wiretik.engine.processes import children
from wiretik.engine.processes.inside import Inside
from wiretik.engine.urn import DYNAMIC_PACKAGE
from wiretik.engine.values import Values, from_struct, to_struct

_GRACE: Final = 5.0
"""How long a provider may take to end after SIGINT, as in the CLI (docs/facts/pulumi.md#processes)."""
_OPTIONS: Final = (
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    # What was made before an error comes as metadata; grpc-go takes as much by itself.
    ("grpc.max_metadata_size", 16 << 20),
    ("grpc.absolute_max_metadata_size", 16 << 20),
)
MODULES: Final = {DYNAMIC_PACKAGE: "pulumi.dynamic", "wiretik": "wiretik.packaged"}
"""The packages whose resources the engine runs, and the module that serves each."""
THREADS: Final = 4
"""As many as the SDK's own server of providers has (`pulumi.dynamic.__main__`)."""
_LAUNCHER: Final = Path(__file__).with_name("run_provider.py")

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")
Say: TypeAlias = Callable[[Severity, str], None]


@attrs.frozen
class Checked:
    """What check answered."""

    inputs: dict[str, Any] = attrs.field(repr=False)
    failures: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Diffed:
    """What diff answered; `changes` is None where the provider leaves the answer to the engine."""

    changes: bool | None
    replaces: tuple[str, ...] = ()
    delete_before_replace: bool = False
    tops: frozenset[str] | None = None
    """The properties that differ; None where the provider doesn't say."""


def own_config(package: str, config: Values) -> Values:
    """What of a stack's config a package's provider is told: the dynamic one all of it, another what bears its name."""
    if package == DYNAMIC_PACKAGE:
        return config
    return {key.removeprefix(f"{package}:"): value for key, value in config.items() if key.startswith(f"{package}:")}


@attrs.frozen
class ReadBack:
    """What read answered; an empty id says that the resource is gone, `inputs` None that none were told."""

    id: str
    outputs: dict[str, Any] = attrs.field(repr=False)
    inputs: dict[str, Any] | None = attrs.field(default=None, repr=False)


@attrs.frozen
class Made:
    """What create or update answered; with `init_errors`, its reasons, it failed after it had made this much."""

    id: str
    outputs: dict[str, Any] = attrs.field(repr=False)
    init_errors: tuple[str, ...] = ()


class Provider:
    """The calls of one running provider."""

    def __init__(self, address: str | grpc.Channel, config: Values) -> None:
        self._channel = grpc.insecure_channel(address, options=_OPTIONS) if isinstance(address, str) else address
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        told = self._call(
            self._stub.Configure,
            pb.ConfigureRequest(args=to_struct(config, secrets=False), acceptSecrets=True, acceptResources=True),
        )
        self.previews: bool = told.supportsPreview
        """Whether it says what outputs would be."""

    def close(self) -> None:
        """Hang up."""
        self._channel.close()

    def check(self, urn: str, olds: Values, news: Values) -> Checked:
        """Normalise and validate inputs."""
        answer = self._call(
            self._stub.Check, pb.CheckRequest(urn=urn, olds=_plain(olds), news=_plain(news), **_about(urn))
        )
        return Checked(from_struct(answer.inputs), tuple((f.property, f.reason) for f in answer.failures))

    def diff(self, urn: str, id_: str, old_inputs: Values, olds: Values, news: Values) -> Diffed:
        """Compare the old outputs with the new inputs."""
        answer = self._call(
            self._stub.Diff,
            pb.DiffRequest(
                urn=urn, id=id_, olds=_plain(olds), news=_plain(news), old_inputs=_plain(old_inputs), **_about(urn)
            ),
        )
        changes = {pb.DiffResponse.DIFF_NONE: False, pb.DiffResponse.DIFF_SOME: True}.get(answer.changes)
        tops = frozenset(re.split(r"[.\[]", path, maxsplit=1)[0] for path in answer.detailedDiff)
        told = tops if answer.hasDetailedDiff else None
        return Diffed(changes, tuple(answer.replaces), answer.deleteBeforeReplace, told)

    def create(self, urn: str, inputs: Values, timeout: float = 0, *, preview: bool = False) -> Made:
        """Make the resource; in a preview, say what would be known of it."""
        answer = self._make(
            self._stub.Create,
            pb.CreateRequest(urn=urn, properties=_plain(inputs), timeout=timeout, preview=preview, **_about(urn)),
        )
        return _made(answer)

    def update(  # noqa: PLR0917, all of them are parts of the request
        self,
        urn: str,
        id_: str,
        old_inputs: Values,
        olds: Values,
        news: Values,
        timeout: float = 0,
        *,
        preview: bool = False,
    ) -> Made:
        """Change the resource in place; in a preview, say what would be known of it."""
        answer = self._make(
            self._stub.Update,
            pb.UpdateRequest(
                urn=urn,
                id=id_,
                olds=_plain(olds),
                news=_plain(news),
                old_inputs=_plain(old_inputs),
                timeout=timeout,
                preview=preview,
                **_about(urn),
            ),
        )
        return _made(answer)

    def delete(self, urn: str, id_: str, inputs: Values, outputs: Values, timeout: float = 0) -> None:
        """Remove the resource."""
        self._call(
            self._stub.Delete,
            pb.DeleteRequest(
                urn=urn, id=id_, properties=_plain(outputs), old_inputs=_plain(inputs), timeout=timeout, **_about(urn)
            ),
        )

    def read(self, urn: str, id_: str, inputs: Values, outputs: Values) -> ReadBack:
        """Look at the resource."""
        answer = self._call(
            self._stub.Read,
            pb.ReadRequest(urn=urn, id=id_, properties=_plain(outputs), inputs=_plain(inputs), **_about(urn)),
        )
        told = from_struct(answer.inputs) if answer.HasField("inputs") else None
        return ReadBack(answer.id, from_struct(answer.properties), told)

    def cancel(self) -> None:
        """Tell the provider that the user wants to stop; running calls still end, and nobody waits for an answer."""
        with contextlib.suppress(ValueError):  # it has hung up already
            self._cancelled = self._stub.Cancel.future(empty_pb2.Empty())  # a call that nobody holds is given up

    def _call(self, method: Callable[[_Asked], _Answer], request: _Asked) -> _Answer:
        try:
            return method(request)
        except grpc.RpcError as err:
            raise _refused(err) from err

    def _make(self, method: Callable[[_Asked], _Answer], request: _Asked) -> _Answer | pb.ErrorResourceInitFailed:
        try:
            return method(request)
        except grpc.RpcError as err:
            if (partly := _partly(err)) is not None:
                return partly
            raise _refused(err) from err


def _refused(err: grpc.RpcError) -> ProviderError:
    return ProviderError(one_line(err.details() or str(err.code())))


def _partly(err: grpc.RpcError) -> pb.ErrorResourceInitFailed | None:
    """What a provider says that it has made although the call failed."""
    told: Any = err.trailing_metadata()
    status = status_pb2.Status.FromString(dict(told or ()).get("grpc-status-details-bin", b""))
    for detail in status.details:
        partly = pb.ErrorResourceInitFailed()
        if detail.Unpack(partly):
            return partly
    return None


def _made(answer: pb.CreateResponse | pb.UpdateResponse | pb.ErrorResourceInitFailed) -> Made:
    reasons = answer.reasons if isinstance(answer, pb.ErrorResourceInitFailed) else ()
    id_ = "" if isinstance(answer, pb.UpdateResponse) else answer.id
    return Made(id_, from_struct(answer.properties), tuple(reasons))


def _plain(values: Values) -> struct_pb2.Struct:
    return to_struct(values, secrets=False, references=False)


def _about(urn: str) -> dict[str, Any]:
    kind, name = urn.split("::", 3)[2:]
    return {"type": kind.rsplit("$", 1)[-1], "name": name}


def one_line(details: str) -> str:
    """The reason at the end of a provider's traceback."""
    text = details.removeprefix("Exception calling application: ").strip()
    lines = text.splitlines()
    if text.startswith("Traceback (most recent call last)"):
        # Frames are indented; the exception's own text begins with the last line that isn't, after a frame.
        last_frame = max((i for i, line in enumerate(lines) if re.match(r'  File "', line)), default=0)
        start = next((i for i in range(last_frame + 1, len(lines)) if not lines[i].startswith(" ")), len(lines) - 1)
        lines = lines[start:]
    return " ".join(line.strip() for line in lines if line.strip()) or "the provider failed without a reason"


class Host(Protocol):
    """Starts a provider, given the environment and the directory of the program; leaving it stops the provider."""

    def __call__(
        self, directory: Path, environment: Mapping[str, str], say: Say, package: str = DYNAMIC_PACKAGE
    ) -> contextlib.AbstractContextManager[str | grpc.Channel]:
        """Start it; the context's value is its address, or a channel to it."""
        ...


@contextlib.contextmanager
def process(
    directory: Path,
    environment: Mapping[str, str],
    say: Say,
    package: str = DYNAMIC_PACKAGE,
    python: Path | None = None,
) -> Iterator[str]:
    """Run a provider in a process of its own, perhaps of another Python.

    Raises:
        ProviderError: It didn't start.
    """
    words = MODULES[package], str(directory)
    child = children.start(_LAUNCHER, *words, cwd=directory, environment=environment, python=python)
    errors: list[str] = []
    readers = [threading.Thread(target=_forward, args=(child.stderr, "info#err", say, errors), daemon=True)]
    readers[0].start()
    try:
        assert child.stdout is not None  # noqa: S101, for the type checker
        first = child.stdout.readline().decode().strip()
        if not first.isdigit():
            child.wait()
            readers[0].join()
            which = "dynamic provider" if package == DYNAMIC_PACKAGE else f"provider {package!r}"
            raise ProviderError(f"the {which} did not start: {errors[-1] if errors else 'it said nothing'}")
        readers.append(threading.Thread(target=_forward, args=(child.stdout, "info", say, []), daemon=True))
        readers[1].start()
        yield f"127.0.0.1:{first}"
    except KeyboardInterrupt:
        child.kill()
        raise
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for reader in readers:
            reader.join()
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                stream.close()


def _forward(stream: Iterable[bytes], severity: Severity, say: Say, errors: list[str]) -> None:
    for line in stream:
        text = line.decode(errors="replace").rstrip()
        if text:
            errors[:] = [*errors[-20:], text]
            say(severity, text)


def _servicer(package: str) -> provider_pb2_grpc.ResourceProviderServicer:
    if package == DYNAMIC_PACKAGE:
        return _pulumi_compat.servicer()
    found: provider_pb2_grpc.ResourceProviderServicer = importlib.import_module(MODULES[package]).servicer()
    return found


@contextlib.contextmanager
def in_process(
    directory: Path,  # noqa: ARG001
    environment: Mapping[str, str],  # noqa: ARG001
    say: Say,  # noqa: ARG001
    package: str = DYNAMIC_PACKAGE,
) -> Iterator[str]:
    """Serve a provider from this process: for tests, where a second interpreter costs too much."""
    server = grpc.server(futures.ThreadPoolExecutor(THREADS, thread_name_prefix="provider"), options=_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(_servicer(package), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(0).wait()


@contextlib.contextmanager
def inside(
    directory: Path,  # noqa: ARG001
    environment: Mapping[str, str],  # noqa: ARG001
    say: Say,  # noqa: ARG001
    package: str = DYNAMIC_PACKAGE,
) -> Iterator[grpc.Channel]:
    """Call a provider in this process, without a server: for a process that deploys one stack of many."""
    yield Inside(_servicer(package), THREADS)
