"""A stack: the engine's face. `Stack(directory, "dev").up()` is a whole deployment with a result to look at.

What an operation needs is imported by the operation: grpc and pulumi take longer than all else, and a command that only
looks at config or state needs neither.
"""

import contextlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from wiretik.engine.crypto import Crypter
from wiretik.engine.errors import BackendError, ProjectError
from wiretik.engine.events import Listener, Operation
from wiretik.engine.options import Options
from wiretik.engine.project import ConfigValue, Project, StackSettings, load_project, passphrase
from wiretik.engine.result import Result
from wiretik.engine.state import checkpoint
from wiretik.engine.state.backend import Backend, history_record
from wiretik.engine.state.backend import checkpoint as file_of
from wiretik.engine.state.checkpoint import Json
from wiretik.engine.state.journal import Journal
from wiretik.engine.state.rewriter import Rewriter
from wiretik.engine.values import Secret, Values

if TYPE_CHECKING:
    from wiretik.engine.deployment.importing import Entry
    from wiretik.engine.processes import program, provider

_DEFAULT_DIRECTORY: Final = ".wiretik"


class Stack:
    """One stack of one project.

    Args:
        directory: The project's directory, or one below it.
        name: The stack; by default `PULUMI_STACK`, the only one that there is, or `dev`.
        backend: A `file://` URL or a directory; by default `PULUMI_BACKEND_URL`, the project's `backend.url`, or the
            directory `.wiretik` beside Pulumi.yaml.
        passphrase: The passphrase, or what gives it; by default the environment, then the terminal.
        config: Config values that go before those of the stack's file; a key without a namespace is the project's,
            `Secret(text)` a secret.
        host: How the provider runs: in a process of its own, or by `provider.in_process` for tests.
        runner: How the program runs: in a process of its own, or by `program.inline()` for tests.
    """

    def __init__(
        self,
        directory: Path | str = ".",
        name: str | None = None,
        *,
        backend: str | Path | None = None,
        passphrase: Callable[[], str] | str | None = None,
        config: Mapping[str, str | Secret] | None = None,
        host: "provider.Host | None" = None,
        runner: "program.Runner | None" = None,
    ) -> None:
        self.project = load_project(Path(directory))
        self.backend = _backend(self.project, backend)
        self.name = name or os.environ.get("PULUMI_STACK") or self._only_stack()
        self._given_passphrase = passphrase
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
        """Say what `up` would do; nothing is changed, and the state isn't locked.

        Args:
            listeners: Each gets every event.
            options: The fields of `Options`.
        """
        return self._run("preview", listeners, Options(**options), preview=True)

    def up(self, *listeners: Listener, **options: Any) -> Result:  # noqa: ANN401
        """Bring everything to what the program wants; the arguments are those of `preview`."""
        return self._run("up", listeners, Options(**options))

    def refresh(self, *listeners: Listener, preview: bool = False, **options: Any) -> Result:  # noqa: ANN401
        """Bring the state to what there really is; the program isn't run."""
        return self._run("refresh", listeners, Options(**options), preview=preview)

    def destroy(self, *listeners: Listener, preview: bool = False, **options: Any) -> Result:  # noqa: ANN401
        """Delete everything; the program isn't run."""
        return self._run("destroy", listeners, Options(**options), preview=preview)

    def import_(
        self,
        document: Mapping[str, Any],
        *listeners: Listener,
        preview: bool = False,
        **options: Any,  # noqa: ANN401
    ) -> Result:
        """Take resources that exist into the state: the CLI's bulk import file.

        Raises:
            EngineError: The document is malformed.
        """
        from wiretik.engine.deployment.importing import read_entries  # noqa: PLC0415

        return self._run("import", listeners, Options(**options), preview=preview, entries=read_entries(document))

    def export(self, *, show_secrets: bool = False) -> Json:
        """The deployment as `pulumi stack export` prints it.

        Raises:
            BackendError: The stack doesn't exist.
        """
        stored = self._stored()
        if show_secrets and stored:
            loaded = self._loaded(stored)
            shown = checkpoint.dump_deployment(loaded, None, "")
            stored = {**stored, **{key: shown[key] for key in ("resources", "pending_operations") if key in shown}}
        return {"version": 3, "deployment": stored}

    def outputs(self) -> Values:
        """The stack's outputs as the state has them.

        Raises:
            BackendError: The stack doesn't exist.
        """
        return checkpoint.outputs_of(self._loaded(self._stored()).resources)

    def _loaded(self, stored: Json) -> checkpoint.Deployment:
        """Read a deployment; its salt may be another than that of the stack's file, which counts from now on."""
        crypter, salt = self.crypter(stored), checkpoint.salt_of(stored)
        return checkpoint.load_deployment(
            stored, crypter if salt in ("", crypter.salt) else Crypter(self._passphrase(), salt)
        )

    def _stored(self) -> Json:
        stored = self.backend.read(self.project.name, self.name)
        if stored is None:
            raise BackendError(f"no stack {self.name!r} of project {self.project.name!r} in {self.backend.root}")
        return stored

    # --- secrets and config ------------------------------------------------------------------------------------------

    def _passphrase(self) -> str:
        given = self._given_passphrase
        if given is None:
            return passphrase()
        return given() if callable(given) else given

    def crypter(self, stored: Json | None = None) -> Crypter:
        """The stack's cipher; a fresh stack gets a salt.

        Raises:
            PassphraseError: There is no passphrase, or it is another stack's.
        """
        if self._crypter is None:
            if stored is None:
                stored = self.backend.read(self.project.name, self.name) or {}
            salt = StackSettings(self.project, self.name).salt or checkpoint.salt_of(stored)
            secret = self._passphrase()
            self._crypter = Crypter(secret, salt) if salt else Crypter.new(secret)
        return self._crypter

    def _config(self, operation: Operation, crypter: Crypter, base: checkpoint.Deployment) -> Mapping[str, ConfigValue]:
        """The present config; where a stack's file is gone, what the last `up` stored must do.

        The CLI takes the stored one for refresh and destroy in any case (pulumi.md, above 0): after a rotation that is
        an old password.
        """
        settings = StackSettings(self.project, self.name)
        extra = {settings.key(name): _config_value(value) for name, value in self._extra.items()}
        if operation in ("refresh", "destroy") and not settings.exists:
            stored = next((r for r in base.resources if r.type == "pulumi:providers:pulumi-python"), None)
            inputs: Values = stored.inputs if stored else {}
            return {
                **{key: _config_value(value) for key, value in inputs.items()},
                **extra,
            }
        return {**settings.values(crypter, given=frozenset(extra)), **extra}

    # --- the run -----------------------------------------------------------------------------------------------------

    def _run(
        self,
        operation: Operation,
        listeners: Sequence[Listener],
        options: Options,
        *,
        preview: bool = False,
        entries: "list[Entry] | None" = None,
    ) -> Result:
        began = time.time()
        names = (self.project.name, self.name)
        with contextlib.ExitStack() as closing:
            if operation in ("refresh", "destroy"):
                self._stored()
            if not preview:
                self.backend.prepare(*names)
                closing.enter_context(self.backend.locked(*names))
            stored = self.backend.read(*names) or {}
            crypter = self.crypter(stored)  # its key is derived beside the imports
            from wiretik.engine.operation import Setting, carry_out  # noqa: PLC0415

            base = self._loaded(stored)
            setting = Setting(
                project=self.project,
                stack=self.name,
                config=self._config(operation, crypter, base),
                stored=self._stored_outputs,
                host=self._host,
                runner=self._runner,
            )
            if preview:
                return carry_out(setting, operation, options, Journal(base, None, None), listeners, True, entries)
            crypter.verify()
            settings = StackSettings(self.project, self.name)
            settings.keep_salt(crypter.salt)
            self.backend.keep_old(*names)
            file = closing.enter_context(Rewriter(self.backend.file(*names)))
            base = attrs.evolve(base, salt=crypter.salt)
            journal = Journal(base, crypter, lambda pieces: file.write(file_of(*names, pieces)))
            result = carry_out(setting, operation, options, journal, listeners, False, entries)
            record = history_record(
                operation,
                started=began,
                config=settings.raw,
                result="succeeded" if result.ok else "failed",
                changes=dict(result.changes),
            )
            self.backend.finish(*names, record)
            return result

    def _stored_outputs(self, project: str, stack: str) -> Values:
        """The outputs of another stack of this backend; the passphrase is taken to be the same."""
        found = self.backend.read(project, stack)
        if found is None:
            raise BackendError(f"stack 'organization/{project}/{stack}' does not exist in {self.backend.root}")
        salt = checkpoint.salt_of(found)
        cipher = Crypter(self._passphrase(), salt) if salt else None
        return checkpoint.outputs_of(checkpoint.load_deployment(found, cipher).resources)


def _config_value(value: str | Secret) -> ConfigValue:
    return ConfigValue(value.value, secret=True) if isinstance(value, Secret) else ConfigValue(value)


def _backend(project: Project, given: str | Path | None) -> Backend:
    url = str(given) if given is not None else os.environ.get("PULUMI_BACKEND_URL") or project.backend
    if given is not None and "://" not in url:
        return Backend(Path(url).resolve())
    return Backend.at(url, project.root / _DEFAULT_DIRECTORY)
