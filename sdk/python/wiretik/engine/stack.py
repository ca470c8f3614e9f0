"""A stack: the engine's face. `Stack(directory, "dev").up()` is a whole deployment with a result to look at."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
from pulumi.runtime.proto import resource_pb2

from wiretik.engine import monitor, program, provider, state
from wiretik.engine.backend import Backend, checkpoint, history_record, write
from wiretik.engine.crypto import Crypter
from wiretik.engine.deployment import Deployment
from wiretik.engine.errors import BackendError, EngineError, ProjectError
from wiretik.engine.events import (
    Diagnostic,
    Event,
    Finished,
    Listener,
    Operation,
    Printed,
    Started,
    Step,
    StepDone,
    StepFailed,
)
from wiretik.engine.journal import Journal
from wiretik.engine.options import Options
from wiretik.engine.project import ConfigValue, StackSettings, load_project, passphrase
from wiretik.engine.state import Json, Resource
from wiretik.engine.values import Secret, Value, Values

_DEFAULT_DIRECTORY: Final = ".wiretik"
_FILE_PROGRAM: Final = ".py"


@attrs.frozen(kw_only=True)
class Result:
    """What a deployment did.

    Attributes:
        ok: Whether it ended well.
        steps: Every step that ended, in order; providers' own steps are left out.
        failed: The steps that failed.
        changes: How often each operation happened, as in the CLI's summary: `{"create": 2, "same": 1}`.
        diagnostics: The messages of program, provider and engine.
        outputs: The stack's outputs; secrets are wrapped in `Secret`.
        resources: The state afterwards (of a preview: as it would be).
    """

    ok: bool
    steps: tuple[Step, ...]
    failed: tuple[Step, ...]
    changes: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    outputs: Values = attrs.field(repr=False)
    resources: tuple[Resource, ...] = attrs.field(repr=False)

    @property
    def errors(self) -> tuple[str, ...]:
        """The texts of all errors."""
        return tuple(d.message for d in self.diagnostics if d.severity == "error")

    @property
    def changed(self) -> bool:
        """Whether anything was, or would be, done."""
        return any(op not in ("same", "read", "refresh") for op in self.changes)


@attrs.define
class _Recorder:
    """Collects the events of a run for its result, and passes them on."""

    listeners: Sequence[Listener]
    steps: list[Step] = attrs.field(factory=list)
    failed: list[Step] = attrs.field(factory=list)
    diagnostics: list[Diagnostic] = attrs.field(factory=list)

    def __call__(self, event: Event) -> None:
        match event:
            case StepDone(step) if not step.is_provider:
                self.steps.append(step)
            case StepFailed(step):
                self.failed.append(step)
            case Diagnostic(severity=severity, ephemeral=False) if severity != "debug":
                self.diagnostics.append(event)
        for listener in self.listeners:
            listener(event)


class Stack:
    """One stack of one project.

    Args:
        directory: The project's directory, or one below it.
        name: The stack; by default the only one that there is, `PULUMI_STACK`, or `dev`.
        backend: A `file://` URL or a directory; by default `PULUMI_BACKEND_URL`, the project's `backend.url`, or the
            directory `.wiretik` beside Pulumi.yaml.
        passphrase: Gives the passphrase; by default the environment, then the terminal.
        config: Config values that go before those of the stack's file; a key without namespace is the project's.
        host: How the provider runs: `provider.process`, or `provider.in_process` for tests.
        runner: How the program runs: `program.process`, or `program.inline()` for tests.
    """

    def __init__(
        self,
        directory: Path | str = ".",
        name: str | None = None,
        *,
        backend: str | Path | None = None,
        passphrase: Callable[[], str] | str | None = None,
        config: Mapping[str, str] | None = None,
        host: provider.Host = provider.process,
        runner: program.Runner = program.process,
    ) -> None:
        self.project = load_project(Path(directory))
        url = str(backend) if backend is not None else os.environ.get("PULUMI_BACKEND_URL") or self.project.backend
        if url and "://" not in url:
            self.backend = Backend(Path(url).resolve())
        else:
            self.backend = Backend.at(url, self.project.root / _DEFAULT_DIRECTORY)
        self.name = name or os.environ.get("PULUMI_STACK") or self._only_stack()
        self._ask = passphrase
        self._extra = dict(config or {})
        self._host, self._runner = host, runner
        self._crypter: Crypter | None = None

    def _only_stack(self) -> str:
        names = self.backend.stacks(self.project.name) or self.project.stacks()
        if len(names) > 1 and "dev" not in names:
            raise ProjectError(f"which stack? There are {', '.join(names)}: choose one with -s STACK")
        return names[0] if len(names) == 1 else "dev"

    # --- operations --------------------------------------------------------------------------------------------------

    def preview(self, *listeners: Listener, **options: Any) -> Result:  # noqa: ANN401
        """Say what `up` would do; nothing is changed, and the state isn't locked."""
        return self._run("preview", listeners, Options(**options), preview=True)

    def up(self, *listeners: Listener, **options: Any) -> Result:  # noqa: ANN401
        """Bring everything to what the program wants."""
        return self._run("up", listeners, Options(**options))

    def refresh(self, *listeners: Listener, preview: bool = False, **options: Any) -> Result:  # noqa: ANN401
        """Bring the state to what there really is."""
        return self._run("refresh", listeners, Options(**options), preview=preview)

    def destroy(self, *listeners: Listener, preview: bool = False, **options: Any) -> Result:  # noqa: ANN401
        """Delete everything, without running the program."""
        return self._run("destroy", listeners, Options(**options), preview=preview)

    def export(self, *, show_secrets: bool = False) -> Json:
        """The deployment as `pulumi stack export` prints it.

        Raises:
            BackendError: The stack doesn't exist.
        """
        stored = self.backend.read(self.project.name, self.name)
        if stored is None:
            raise BackendError(f"no stack {self.name!r} of project {self.project.name!r} in {self.backend.root}")
        if show_secrets and stored:
            loaded = state.load_deployment(stored, self.crypter(stored))
            stored = {**stored, **_without_manifest(state.dump_deployment(loaded, None, ""))}
        return {"version": 3, "deployment": stored}

    def outputs(self) -> Values:
        """The stack's outputs as the state has them."""
        stored = self.backend.read(self.project.name, self.name) or {}
        return _outputs(state.load_deployment(stored, self.crypter(stored)).resources)

    # --- secrets and config ------------------------------------------------------------------------------------------

    def crypter(self, stored: Json | None = None) -> Crypter:
        """The stack's cipher; a fresh stack gets a salt.

        Raises:
            PassphraseError: There is no passphrase, or it is another stack's.
        """
        if self._crypter is None:
            if stored is None:
                stored = self.backend.read(self.project.name, self.name) or {}
            salt = StackSettings(self.project, self.name).salt or state.salt_of(stored)
            given = self._ask() if callable(self._ask) else self._ask
            secret = passphrase() if given is None else given
            self._crypter = Crypter(secret, salt) if salt else Crypter.new(secret)
        return self._crypter

    def config(self, crypter: Crypter) -> dict[str, ConfigValue]:
        """The stack's config as programs see it."""
        settings = StackSettings(self.project, self.name)
        extra = {settings.key(name): ConfigValue(text) for name, text in self._extra.items()}
        return {**settings.values(crypter, given=frozenset(extra)), **extra}

    # --- the run -----------------------------------------------------------------------------------------------------

    def _run(
        self, operation: Operation, listeners: Sequence[Listener], options: Options, *, preview: bool = False
    ) -> Result:
        began = time.time()
        names = (self.project.name, self.name)
        with contextlib.ExitStack() as closing:
            if not preview:
                self.backend.prepare(*names)
                closing.enter_context(self.backend.locked(*names))
            stored = self.backend.read(*names)
            if stored is None and operation in ("refresh", "destroy"):
                raise BackendError(f"no stack {self.name!r} of project {self.project.name!r} in {self.backend.root}")
            crypter = self.crypter(stored or {})
            base = attrs.evolve(state.load_deployment(stored or {}, crypter), salt=crypter.salt)
            config = self._config_for(operation, crypter, base)
            if not preview:
                StackSettings(self.project, self.name).keep_salt(crypter.salt)
                self.backend.keep_old(*names)
            recorder = _Recorder(listeners)
            journal = self._journal(base, crypter, preview=preview)
            result = self._deploy(operation, recorder, journal, config, options, preview)
            if not preview:
                record = history_record(
                    operation,
                    started=began,
                    config=StackSettings(self.project, self.name).raw,
                    result="succeeded" if result.ok else "failed",
                    changes=dict(result.changes),
                )
                self.backend.finish(*names, record)
            return result

    def _journal(self, base: state.Deployment, crypter: Crypter, *, preview: bool) -> Journal:
        if preview:
            return Journal(base, None, None)
        file = self.backend.file(self.project.name, self.name)

        def sink(pieces: list[bytes]) -> None:
            write(file, checkpoint(self.project.name, self.name, pieces))

        return Journal(base, crypter, sink)

    def _config_for(self, operation: Operation, crypter: Crypter, base: state.Deployment) -> dict[str, ConfigValue]:
        """The present config; where a stack's file is gone, what the last `up` stored must do."""
        settings = StackSettings(self.project, self.name)
        if operation in ("refresh", "destroy") and not settings.exists:
            stored = next((r for r in base.resources if r.type == "pulumi:providers:pulumi-python"), None)
            inputs: Values = stored.inputs if stored else {}
            return {
                key: ConfigValue(value.value, secret=True) if isinstance(value, Secret) else ConfigValue(value)
                for key, value in inputs.items()
            }
        return self.config(crypter)

    def _deploy(
        self,
        operation: Operation,
        recorder: _Recorder,
        journal: Journal,
        config: dict[str, ConfigValue],
        options: Options,
        preview: bool,
    ) -> Result:
        began = time.monotonic()
        inputs: dict[str, Value] = {k: Secret(v.text) if v.secret else v.text for k, v in config.items()}
        with contextlib.ExitStack() as closing:
            host = _Lazy(self._host, self.project.program, self._environment(), closing)
            deployment = Deployment(
                project=self.project.name,
                stack=self.name,
                journal=journal,
                provider=lambda: host.get(inputs, deployment),
                config=inputs,
                options=options,
                preview=preview,
                listen=recorder,
            )
            shown = {key: "[secret]" if value.secret else value.text for key, value in config.items()}
            deployment.emit(
                Started(operation=operation, project=self.project.name, stack=self.name, preview=preview, config=shown)
            )
            self._warn_of_pending(deployment, journal)
            try:
                self._carry_out(operation, deployment, config, options, host, inputs)
            except KeyboardInterrupt:
                deployment.fail("interrupted: what was under way has ended, nothing else was begun")
            finally:
                deployment.stop()
                deployment.drain()
        journal.close()
        if options.expect_no_changes and any(op not in ("same", "read", "refresh") for op in deployment.changes):
            deployment.say("error", "no changes were expected, but there are some")
        outputs = deployment.outputs if deployment.root else deployment.old_outputs
        deployment.emit(
            Finished(
                operation=operation,
                preview=preview,
                ok=not deployment.failed,
                changes=dict(deployment.changes),
                outputs={} if operation == "destroy" else outputs,
                old_outputs=deployment.old_outputs,
                seconds=time.monotonic() - began,
            )
        )
        return Result(
            ok=not deployment.failed,
            steps=tuple(recorder.steps),
            failed=tuple(recorder.failed),
            changes=dict(deployment.changes),
            diagnostics=tuple(recorder.diagnostics),
            outputs={} if operation == "destroy" else outputs,
            resources=journal.deployment.resources,
        )

    def _carry_out(
        self,
        operation: Operation,
        deployment: Deployment,
        config: Mapping[str, ConfigValue],
        options: Options,
        host: "_Lazy",
        inputs: Values,
    ) -> None:
        if operation == "refresh":
            deployment.refresh_all()
        elif operation == "destroy":
            deployment.delete_rest()
        else:
            host.start_early(inputs, deployment)
            code = self._run_program(deployment, config, options)
            if code == 0 and not deployment.stopped and not (deployment.failed and not deployment.preview):
                deployment.delete_rest()
            elif code and not deployment.failed:
                deployment.say("error", f"the program exited with code {code}", deployment.root)

    def _run_program(self, deployment: Deployment, config: Mapping[str, ConfigValue], options: Options) -> int:
        texts = {key: value.text for key, value in config.items()}
        secret_keys = [key for key, value in config.items() if value.secret]
        info = resource_pb2.DeploymentInfo(
            project=self.project.name,
            stack=self.name,
            organization="organization",
            config=texts,
            configSecretKeys=secret_keys,
            dryRun=deployment.preview,
            parallel=options.parallel,
        )

        def stored(project: str, stack: str) -> Values:
            # Another stack's secrets have another salt; the passphrase is taken to be the same.
            other = Stack.__new__(Stack)
            other.project = attrs.evolve(self.project, name=project)
            other.backend, other.name, other._ask, other._extra = self.backend, stack, self._ask, {}  # noqa: SLF001
            other._crypter = self._crypter if (project, stack) == (self.project.name, self.name) else None  # noqa: SLF001
            found = self.backend.read(project, stack)
            if found is None:
                raise BackendError(f"stack 'organization/{project}/{stack}' does not exist in {self.backend.root}")
            salt = state.salt_of(found)
            cipher = other._reading(salt) if salt else None  # noqa: SLF001
            return _outputs(state.load_deployment(found, cipher).resources)

        services = monitor.Monitor(deployment, info, stored), monitor.EngineService(deployment)
        with monitor.serve(*services) as address:
            settings = {
                "project": self.project.name,
                "stack": self.name,
                "organization": "organization",
                "monitor": address,
                "engine": address,
                "parallel": options.parallel,
                "dry_run": deployment.preview,
                "root_directory": str(self.project.root),
            }

            def printed(line: str) -> None:
                deployment.emit(Printed(line=line))

            job = {
                "program": str(self.project.program),
                "settings": settings,
                "config": texts,
                "secret_keys": secret_keys,
            }
            with self._runner(job, printed) as wait:
                return wait(lambda: deployment.stopped)

    def _reading(self, salt: str) -> Crypter:
        given = self._ask() if callable(self._ask) else self._ask
        return Crypter(passphrase() if given is None else given, salt)

    def _environment(self) -> dict[str, str]:
        return {"PULUMI_PROJECT": self.project.name, "PULUMI_CONFIG": "", "PULUMI_RUNTIME_TOOLCHAIN": "pip"}

    def _warn_of_pending(self, deployment: Deployment, journal: Journal) -> None:
        pending = journal.deployment.pending
        for operation in pending:
            deployment.say(
                "warning",
                f"an earlier run was interrupted while {operation.type} this resource; it is looked at again now",
                operation.resource.urn,
            )
        if pending:
            journal.clear_pending()


class _Lazy:
    """The provider, started at its first use or, to save time, while the program starts."""

    def __init__(
        self, host: provider.Host, directory: Path, environment: Mapping[str, str], closing: contextlib.ExitStack
    ) -> None:
        self._host, self._environment, self._closing = host, environment, closing
        self._directory = directory if directory.is_dir() else directory.parent
        self._lock = threading.Lock()
        self._running: provider.Provider | None = None
        self._failure: EngineError | None = None
        self._early: threading.Thread | None = None

    def start_early(self, config: Values, deployment: Deployment) -> None:
        """Start it in the background."""

        def start() -> None:
            with contextlib.suppress(EngineError):
                self.get(config, deployment)

        self._early = threading.Thread(target=start, daemon=True)
        self._early.start()
        self._closing.callback(self._early.join)

    def get(self, config: Values, deployment: Deployment) -> provider.Provider:
        """The running provider."""
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._running is None:

                def say(severity: str, line: str) -> None:
                    deployment.say(severity, line)  # type: ignore[arg-type]

                try:
                    address = self._closing.enter_context(self._host(self._directory, self._environment, say))
                    self._running = provider.Provider(address, config)
                except EngineError as err:
                    self._failure = err
                    raise
                self._closing.callback(self._running.close)
            return self._running


def _outputs(resources: Sequence[Resource]) -> Values:
    return next((r.outputs for r in resources if r.type == "pulumi:pulumi:Stack"), {})


def _without_manifest(deployment: Json) -> Json:
    return {key: value for key, value in deployment.items() if key not in ("manifest", "secrets_providers")}
