"""One operation from its first event to its last: program, provider and monitor around a deployment."""

import contextlib
import functools
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from wiretik.engine import urn as urns
from wiretik.engine.deployment import monitor
from wiretik.engine.deployment.importing import Entry, adopt
from wiretik.engine.deployment.references import Stored
from wiretik.engine.deployment.registrations import Deployment
from wiretik.engine.deployment.run import Run, Stopped
from wiretik.engine.errors import EngineError, ProviderError
from wiretik.engine.events import (
    Diagnostic,
    Event,
    Finished,
    Listener,
    Operation,
    Printed,
    Severity,
    Started,
    Step,
    StepDone,
    StepFailed,
    StepStarted,
)
from wiretik.engine.options import Options
from wiretik.engine.processes import program, provider
from wiretik.engine.project import ConfigValue, Project
from wiretik.engine.result import NO_CHANGE, Result
from wiretik.engine.state.checkpoint import Operation as Pending
from wiretik.engine.state.checkpoint import Resource, outputs_of
from wiretik.engine.state.journal import Journal
from wiretik.engine.values import Secret, Value, Values, secrets_in, unwrap
from wiretik_provider.masks import Known


@attrs.frozen(kw_only=True)
class Setting:
    """Where an operation takes place, and how its processes run, where not as usual."""

    project: Project
    stack: str
    config: Mapping[str, ConfigValue]
    stored: Stored
    host: provider.Host | None
    runner: program.Runner | None


@attrs.define
class _Recorder:
    """Collects the events of a run for its result, and passes them on.

    What somebody else has to say of a resource may repeat a secret of the stack's config or of its inputs: the other
    side was told it, and no provider knows which of its inputs are secret.
    """

    listeners: Sequence[Listener]
    known: Known = attrs.field(factory=Known)
    under_way: dict[str, Step] = attrs.field(factory=dict)
    steps: list[Step] = attrs.field(factory=list)
    failed: list[Step] = attrs.field(factory=list)
    diagnostics: list[Diagnostic] = attrs.field(factory=list)

    def __call__(self, event: Event) -> None:
        event = self._masked(event)
        match event:
            case StepDone(step) if not step.is_provider:
                self.steps.append(step)
            case StepFailed(step):
                self.failed.append(step)
            case Diagnostic(ephemeral=False) if event.severity != "debug":
                self.diagnostics.append(event)
        for listener in self.listeners:
            listener(event)

    def _masked(self, event: Event) -> Event:
        if isinstance(event, StepStarted):
            self.under_way[event.step.urn] = event.step
        if not isinstance(event, Diagnostic):
            return event
        step = self.under_way.get(event.urn)
        for resource in (step.old, step.new) if step else ():
            for secret in secrets_in(resource.inputs if resource else {}):
                self.known.add(secret)
        return attrs.evolve(event, message=self.known.masked(event.message))


def carry_out(  # noqa: PLR0917, each is one thing that an operation needs
    setting: Setting,
    operation: Operation,
    options: Options,
    journal: Journal,
    listeners: Sequence[Listener],
    preview: bool,
    entries: list[Entry] | None = None,
) -> Result:
    """Carry out one operation and say what it did; the journal is closed afterwards.

    `entries` are what an import takes into the state.
    """
    began = time.monotonic()
    recorder = _Recorder(listeners, Known(value.text for value in setting.config.values() if value.secret))
    inputs: dict[str, Value] = {k: Secret(v.text) if v.secret else v.text for k, v in setting.config.items()}
    old_outputs = outputs_of(journal.deployment.resources)

    def say(severity: Severity, line: str) -> None:
        run.say(severity, line)

    with contextlib.ExitStack() as closing:
        host = _Providers(setting, inputs, closing, say)
        run = Run(
            project=setting.project.name,
            stack=setting.stack,
            journal=journal,
            provider=host.get,
            options=options,
            preview=preview,
            listen=recorder,
        )
        deployment = Deployment(run, inputs)
        shown = {key: "[secret]" if value.secret else value.text for key, value in setting.config.items()}
        started = Started(operation=operation, project=run.project, stack=run.stack, preview=preview, config=shown)
        with _interruptible(run, host):
            try:
                if operation in {"up", "preview"}:
                    host.start_early()
                    _follow_program(deployment, setting, started)
                    _refuse_unmatched(deployment)
                else:
                    _open(run, started, run.journal.deployment.pending)
                    _refuse_unmatched(deployment)
                if run.failed:
                    pass
                elif operation == "refresh":
                    deployment.refresh_all()
                elif operation == "destroy":
                    deployment.delete_rest()
                elif entries is not None:
                    adopt(deployment, entries, protect=options.protect)
            except Stopped:
                pass  # the reason was told
            except Exception:
                run.open()
                run.drain()
                raise
            run.open()
            run.drain()
    journal.close()
    if options.expect_no_changes and not NO_CHANGE.issuperset(run.changes):
        run.say("error", "no changes were expected, but there are some")
    outputs: Values = deployment.outputs if deployment.root and entries is None else old_outputs
    finished = Finished(
        operation=operation,
        preview=preview,
        ok=not run.failed,
        changes=dict(run.changes),
        outputs={} if operation == "destroy" else outputs,
        old_outputs=old_outputs,
        seconds=time.monotonic() - began,
        failed=len(recorder.failed),
    )
    run.emit(finished)
    return Result(
        ok=finished.ok,
        steps=tuple(recorder.steps),
        failed=tuple(recorder.failed),
        changes=finished.changes,
        diagnostics=tuple(recorder.diagnostics),
        outputs=finished.outputs,
        resources=journal.deployment.resources,
    )


@contextlib.contextmanager
def _interruptible(run: Run, host: "_Providers") -> Iterator[None]:
    """Ctrl-C, as the CLI takes it: first nothing new begins and the provider is told; a second one ends all at once.

    Raises:
        KeyboardInterrupt: The second; the state is written, and what was under way is pending in it.
    """
    alone = threading.current_thread() is threading.main_thread()
    if not alone or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def stop() -> None:
        run.emit(Printed(line="interrupted: running steps may end; another Ctrl-C ends them at once"))
        run.fail("interrupted: the running steps have ended, no others were begun")
        host.cancel()

    def first(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        threading.Thread(target=stop, daemon=True).start()  # a handler may not wait for the locks that this needs

    signal.signal(signal.SIGINT, first)
    try:
        yield
    except KeyboardInterrupt:
        run.emit(Printed(line="interrupted again: the running steps are pending, and the next run looks at them"))
        run.journal.close()  # before the provider ends: the calls that fail by that may have done their work
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _open(run: Run, started: Started, pending: Sequence[Pending]) -> None:
    """Tell what comes first; children are started before, since a display has much to import.

    `pending` are the operations that an interrupted run has left.
    """
    run.emit(started)
    for operation in pending:
        run.say(
            "warning",
            f"an earlier run was interrupted while {operation.type} this resource; it is looked at again now",
            operation.resource.urn,
        )
    if pending:
        run.journal.clear_pending(pending)
    run.open()


def _refuse_unmatched(deployment: Deployment) -> None:
    """Targets that nothing is: whoever mistypes one would be told that all is well."""
    for text in deployment.unmatched():
        deployment.run.say("error", f"target {text!r}: neither the stack nor the program has such a resource")


def _follow_program(deployment: Deployment, setting: Setting, started: Started) -> None:
    """Run the program, and delete what it no longer wants if it ended well."""
    run = deployment.run
    code = _run_program(deployment, setting, started)
    if code and not (run.failed or run.complained):
        run.say("error", f"the program exited with code {code}", deployment.root)
    run.failed = run.failed or code != 0
    if not run.stopped and not code and (run.preview or not run.failed):
        deployment.delete_rest()


def _run_program(deployment: Deployment, setting: Setting, started: Started) -> int:
    run = deployment.run
    texts = {key: value.text for key, value in setting.config.items()}
    secret_keys = [key for key, value in setting.config.items() if value.secret]
    info = {
        "project": run.project,
        "stack": run.stack,
        "organization": "organization",
        "config": texts,
        "configSecretKeys": secret_keys,
        "dryRun": run.preview,
        "parallel": run.options.parallel,
    }
    services = monitor.Monitor(deployment, info, setting.stored), monitor.EngineService(deployment)
    with monitor.serve(*services) as address:
        settings = {
            "project": run.project,
            "stack": run.stack,
            "organization": "organization",
            "monitor": address,
            "engine": address,
            "parallel": run.options.parallel,
            "dry_run": run.preview,
            "root_directory": str(setting.project.root),
        }
        job = {
            "program": str(setting.project.program),
            "settings": settings,
            "config": texts,
            "secret_keys": secret_keys,
            "debug": run.options.debug,
        }
        usual = program.process
        if setting.project.python is not None:
            usual = functools.partial(program.process, python=setting.project.python)
        runner = setting.runner or usual
        pending = run.journal.deployment.pending  # before this run has any
        with runner(job, lambda line: run.emit(Printed(line=line))) as wait:
            _open(run, started, pending)
            return wait(lambda: run.stopped)


class _Providers:
    """The providers, each started at its first use or, to save time, while the program starts."""

    def __init__(self, setting: Setting, config: Values, closing: contextlib.ExitStack, say: provider.Say) -> None:
        program_at: Path = setting.project.program
        self._directory = program_at if program_at.is_dir() else program_at.parent
        self._environment = {
            "PULUMI_PROJECT": setting.project.name,
            "PULUMI_CONFIG": "",
            **{f"PULUMI_RUNTIME_{key.upper()}": str(value) for key, value in setting.project.runtime_options.items()},
        }
        usual = provider.process
        if setting.project.python is not None:
            usual = functools.partial(provider.process, python=setting.project.python)
        self._host = setting.host or usual
        self._config, self._closing, self._say = config, closing, say
        self._lock = threading.Lock()
        self._running: dict[str, provider.Provider] = {}
        self._failure: EngineError | None = None

    def start_early(self) -> None:
        """Start the one that the program will need in the background: its own package's, where config says so."""
        packaged = (package for package in provider.MODULES if unwrap(self._config.get(f"{package}:front")) == "plugin")
        package = next(packaged, urns.DYNAMIC_PACKAGE)

        def start() -> None:
            with contextlib.suppress(EngineError):
                self._get(package)

        thread = threading.Thread(target=start, daemon=True)
        thread.start()
        self._closing.callback(thread.join)

    def cancel(self) -> None:
        """Tell those that run that the user wants to stop."""
        for running in list(self._running.values()):
            running.cancel()

    def get(self, resource: Resource) -> provider.Provider:
        """The running provider of a resource.

        Raises:
            ProviderError: It didn't start; or the resource, which the CLI made, has another, perhaps of another router.
        """
        package = urns.package_of(resource.type)
        whose = urns.name_of(urns.of_reference(resource.provider)[0]) if resource.provider else package
        if package not in provider.MODULES or not (whose == package or whose.startswith("default")):
            raise ProviderError(
                f"{resource.name} has the provider {whose!r} of the package {package!r}: the embedded engine runs"
                " dynamic resources and Wiretik's own package only, each with the provider that config tells of; use"
                " the pulumi CLI"
            )
        return self._get(package)

    def _get(self, package: str) -> provider.Provider:
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if package not in self._running:
                started = self._host(self._directory, self._environment, self._say, package)
                try:
                    address = self._closing.enter_context(started)
                    running = provider.Provider(address, provider.own_config(package, self._config))
                except EngineError as err:
                    self._failure = err
                    raise
                self._closing.callback(running.close)
                self._running[package] = running
            return self._running[package]
