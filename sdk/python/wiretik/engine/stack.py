"""A stack: the engine's face. `Stack(directory, "dev").up()` is a whole deployment with a result to look at.

What an operation needs is imported by the operation: grpc and pulumi take longer than all else, and a command that only
looks at config or state needs neither.
"""

import contextlib
import copy
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, Unpack

import attrs

from wiretik.engine import urn as urns
from wiretik.engine.crypto import Crypter, Shared
from wiretik.engine.errors import BackendError, NoStack, ProjectError, StateError, UnsupportedError
from wiretik.engine.events import Listener, Operation
from wiretik.engine.options import Chosen, Options
from wiretik.engine.project import ConfigValue, Project, StackSettings, load_project, passphrase
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.result import Result
from wiretik.engine.state import checkpoint, workspace
from wiretik.engine.state.backend import Backend, dumps, history_record
from wiretik.engine.state.backend import checkpoint as file_of
from wiretik.engine.state.checkpoint import Json
from wiretik.engine.state.files import write
from wiretik.engine.state.journal import Journal
from wiretik.engine.values import Secret, Values

if TYPE_CHECKING:
    from wiretik.engine.deployment.importing import Entry
    from wiretik.engine.processes import program, provider

_DEFAULT_DIRECTORY: Final = ".wiretik"
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*", re.ASCII)
_LONGEST: Final = 100
"""The CLI takes no longer name (pulumi/pulumi, sdk/go/common/tokens/stacks.go)."""


class Stack:
    """One stack of one project.

    Args:
        directory: The project's directory, or one below it.
        name: The stack; by default `PULUMI_STACK`, what `pulumi stack select` chose, the only one that there is, or
            `dev`.
        backend: A `file://` URL or a directory; by default `PULUMI_BACKEND_URL`, the project's `backend.url`, the one
            that `pulumi login` chose, or the directory `.wiretik` beside Pulumi.yaml; see `place_of`.
        passphrase: The passphrase, or what gives it; by default the environment, then the terminal.
        config: Config values that go before those of the stack's file; a key without a namespace is the project's,
            `Secret(text)` a secret.
        content: What the stack's file is taken to say, instead of what stands in it.
        shared: A key that was derived already: of a fleet whose stacks have one salt.
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
        content: Mapping[str, Any] | None = None,
        shared: Shared | None = None,
        host: "provider.Host | None" = None,
        runner: "program.Runner | None" = None,
    ) -> None:
        self.project = load_project(Path(directory))
        place = place_of(self.project, os.environ)
        url = str(backend) if backend is not None else "" if place.noted and not place.here else place.url
        self.backend = _backend(self.project, url)
        self.name = stack_name(name or _chosen(self.project, url), self.project.name) or self._only_stack()
        self._given_passphrase = passphrase
        self._extra = dict(config or {})
        self._content, self._shared = content, shared
        self._host, self._runner = host, runner
        self._crypter: Crypter | None = None

    def within(self, host: "provider.Host") -> Self:
        """The same stack, with a provider that runs elsewhere."""
        other = copy.copy(self)
        other._host = host
        return other

    @property
    def exists(self) -> bool:
        """Whether there is a state of it, or a file with its config."""
        there = self.backend.stacks(self.project.name)
        return self.name in there or self.project.stack_file(self.name).is_file()

    @property
    def others(self) -> str:
        """Which other stacks of the project there are, as the end of a sentence."""
        names = sorted({*self.backend.stacks(self.project.name), *self.project.stacks()} - {self.name})
        return f"; there is {', '.join(names)}" if names else ""

    def _only_stack(self) -> str:
        names = self.backend.stacks(self.project.name) or self.project.stacks()
        if len(names) > 1 and "dev" not in names:
            raise ProjectError(f"which stack? There are {', '.join(names)}: choose one with -s STACK")
        return names[0] if len(names) == 1 else "dev"

    # --- operations --------------------------------------------------------------------------------------------------

    def preview(self, *listeners: Listener, **options: Unpack[Chosen]) -> Result:
        """Say what `up` would do; nothing is changed, and the state isn't locked.

        Args:
            listeners: Each gets every event.
            options: The fields of `Options`.
        """
        return self._run("preview", listeners, Options(**options), preview=True)

    def up(self, *listeners: Listener, **options: Unpack[Chosen]) -> Result:
        """Bring everything to what the program wants; the arguments are those of `preview`."""
        return self._run("up", listeners, Options(**options))

    def rehearse(self, *listeners: Listener, **options: Unpack[Chosen]) -> Result:
        """Take all steps of `up` while the state stays as it is, where the provider leads them elsewhere.

        As after a preview, nothing is kept, and the state isn't locked.
        """
        return self._run("up", listeners, Options(**options), kept=False)

    def refresh(self, *listeners: Listener, preview: bool = False, **options: Unpack[Chosen]) -> Result:
        """Bring the state to the routers' present rows; the program isn't run."""
        return self._run("refresh", listeners, Options(**options), preview=preview)

    def destroy(self, *listeners: Listener, preview: bool = False, **options: Unpack[Chosen]) -> Result:
        """Delete everything; the program isn't run."""
        return self._run("destroy", listeners, Options(**options), preview=preview)

    def import_(
        self,
        document: Mapping[str, Any],
        *listeners: Listener,
        preview: bool = False,
        **options: Unpack[Chosen],
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
            NoStack: The stack doesn't exist.
        """
        stored = self._stored()
        if show_secrets and stored:
            loaded = self._loaded(stored)
            shown = checkpoint.dump_deployment(loaded, None, "")
            stored = {**stored, **{key: shown[key] for key in ("resources", "pending_operations") if key in shown}}
        return {"version": 3, "deployment": stored}

    def rewrite(self, change: Callable[[Json], Json]) -> None:
        """Put another deployment in the place of the stored one, whose secrets stay as they are.

        Raises:
            NoStack: The stack doesn't exist.
            LockedError: Somebody else works on it.
        """
        names = (self.project.name, self.name)
        with self.backend.locked(*names):
            changed = change(self._stored())
            self.backend.keep_old(*names)
            write(self.backend.file(*names), file_of(*names, [dumps(changed)]))

    def outputs(self) -> Values:
        """The stack's outputs as the state has them.

        Raises:
            NoStack: The stack doesn't exist.
        """
        return checkpoint.outputs_of(self._loaded(self._stored()).resources)

    def resources(self) -> list[Json]:
        """The state's resources; secrets stay as they are in it.

        Raises:
            NoStack: The stack doesn't exist.
        """
        return self._stored().get("resources") or []

    def texts(self) -> dict[str, str]:
        """The config of the stack's file by full keys, as the provider gets it, secrets in clear.

        The program's own required keys may be missing: nobody needs them for a look. The passphrase is asked for only
        where there is a secret.

        Raises:
            EngineError: The file is malformed, or the passphrase is missing or another stack's.
        """
        return {key: value.text for key, value in self._values().items()}

    def secrets(self) -> list[str]:
        """The secret ones of these texts.

        Raises:
            EngineError: The file is malformed, or the passphrase is missing or another stack's.
        """
        return [value.text for value in self._values().values() if value.secret]

    def _values(self) -> Mapping[str, ConfigValue]:
        settings = self._settings()
        own = {settings.key(name) for name in self.project.config if not settings.key(name).startswith("wiretik:")}
        crypter = self.crypter() if settings.has_secrets() else None
        return settings.values(crypter, given=frozenset(own))

    def _loaded(self, stored: Json) -> checkpoint.Deployment:
        """Read a deployment."""
        try:
            return checkpoint.load_deployment(stored, self._opener(stored))
        except StateError as err:
            names = (self.project.name, self.name)
            raise StateError(f"{self.backend.file(*names)}: {err}; {self.backend.cure(*names)}") from err

    def _opener(self, stored: Json) -> Crypter:
        """What opens a deployment's secrets: its salt may be another than that of the stack's file, which counts."""
        crypter, salt = self.crypter(stored), checkpoint.salt_of(stored)
        return crypter if not salt or salt == crypter.salt else Crypter(self._passphrase(), salt, self._shared)

    def unlock(self) -> None:
        """Hold the passphrase against the stack's file and its state, before anything in them is used.

        Raises:
            NoStack: The stack doesn't exist.
            PassphraseError: There is none, or it is another stack's.
        """
        stored = self._stored()
        self.crypter(stored).verify()
        self._opener(stored).verify()

    def _stored(self) -> Json:
        stored = self.backend.read(self.project.name, self.name)
        if stored is None:
            where = f"of project {self.project.name!r} in {self.backend.root}"
            raise NoStack(f"no stack {self.name!r} {where}{self.others}")
        return stored

    def _settings(self) -> StackSettings:
        return StackSettings(self.project, self.name, self._content)

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
            salt = self._settings().salt or checkpoint.salt_of(stored)
            secret = self._passphrase()
            self._crypter = Crypter(secret, salt, self._shared) if salt else Crypter.new(secret)
        return self._crypter

    def _config(self, operation: Operation, crypter: Crypter, base: checkpoint.Deployment) -> Mapping[str, ConfigValue]:
        """The present config; where a stack's file is gone, what the last `up` stored must do.

        The CLI takes the stored one for refresh and destroy in any case (docs/facts/pulumi.md#what-the-real-cli-does):
        after a rotation that is
        an old password.
        """
        settings = self._settings()
        extra = {settings.key(name): _config_value(value) for name, value in self._extra.items()}
        if operation in ("refresh", "destroy") and not settings.exists:
            return {**{key: _config_value(value) for key, value in _last_config(base.resources)}, **extra}
        return {**settings.values(crypter, given=frozenset(extra)), **extra}

    # --- the run -----------------------------------------------------------------------------------------------------

    def _run(
        self,
        operation: Operation,
        listeners: Sequence[Listener],
        options: Options,
        *,
        preview: bool = False,
        kept: bool = True,
        entries: "list[Entry] | None" = None,
    ) -> Result:
        began = time.time()
        names = (self.project.name, self.name)
        with contextlib.ExitStack() as closing:
            if operation in ("refresh", "destroy"):
                self._stored()
            kept = kept and not preview
            if kept:
                self.backend.prepare(*names)
                closing.enter_context(self.backend.locked(*names))
            stored = self.backend.read(*names) or {}
            crypter = self.crypter(stored)  # its key is derived beside the imports
            from wiretik.engine.operation import Setting, carry_out  # noqa: PLC0415

            # What a state holds is executed, and the passphrase is all that ties it to its owner.
            crypter.verify()
            self._opener(stored).verify()
            base = self._loaded(stored)
            setting = Setting(
                project=self.project,
                stack=self.name,
                config=self._config(operation, crypter, base),
                stored=self._stored_outputs,
                host=self._host,
                runner=self._runner,
            )
            if not kept:
                return carry_out(setting, operation, options, Journal(base, None, None), listeners, preview, entries)
            settings = self._settings()
            settings.keep_salt(crypter.salt)
            self.backend.keep_old(*names)
            file = self.backend.file(*names)
            base = attrs.evolve(base, salt=crypter.salt)
            journal = Journal(base, crypter, lambda pieces: write(file, file_of(*names, pieces)))
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
        cipher = Crypter(self._passphrase(), salt, self._shared) if salt else None
        return checkpoint.outputs_of(checkpoint.load_deployment(found, cipher).resources)


def stack_name(text: str, project: str) -> str:
    """A stack's name as it was written, perhaps with the project's; as the CLI takes them.

    Raises:
        ProjectError: it can be none.
    """
    *above, name = text.split("/")
    if above not in ([], ["organization"], ["organization", project]):
        raise ProjectError(f"stack {text!r}: it is NAME, or organization/{project}/NAME")
    if text and (len(name) > _LONGEST or not _NAME.fullmatch(name)):
        raise ProjectError(f"stack {text!r}: a name has at most {_LONGEST} letters, digits, `-`, `_` and `.`")
    return name


def _last_config(resources: Sequence[checkpoint.Resource]) -> Iterator[tuple[str, Any]]:
    """The config that the last `up` told its providers: the dynamic one all of it, a package's without its name."""
    for one in resources:
        if not urns.is_provider(one.type) or one.delete or not urns.name_of(one.urn).startswith("default"):
            continue
        package = urns.package_of(one.type)
        for key, value in one.inputs.items():
            if package == urns.DYNAMIC_PACKAGE:
                yield key, value
            elif key != "version":  # the package's own
                yield f"{package}:{key}", value


def _config_value(value: str | Secret) -> ConfigValue:
    return ConfigValue(value.value, secret=True) if isinstance(value, Secret) else ConfigValue(value)


@attrs.frozen
class Place:
    """Where a project's stacks are.

    Attributes:
        url: the backend; empty for the directory beside Pulumi.yaml.
        noted: it is what `pulumi login` chose: nobody has named it for this project.
    """

    url: str = ""
    noted: bool = False

    @property
    def here(self) -> bool:
        """Whether the embedded engine keeps state there itself."""
        return not self.url or self.url.startswith("file://")


def place_of(project: Project, environ: Mapping[str, str]) -> Place:
    """The backend of a project's stacks.

    `PULUMI_BACKEND_URL` and the project's `backend.url` go before all, as with the CLI. Then follows what `pulumi
    login` chose, unless only the directory beside Pulumi.yaml has stacks of this project.
    """
    if url := environ.get("PULUMI_BACKEND_URL") or project.backend:
        if "://" not in url:
            raise UnsupportedError(f"backend {url!r} is no URL: file://DIRECTORY, or one that `pulumi login` takes")
        return Place(url)
    login = Place(workspace.logged_in(environ), noted=True)
    beside = Backend(project.root / _DEFAULT_DIRECTORY).stacks(project.name)
    if beside and not (login.url and login.here and Backend.at(login.url, project.root).stacks(project.name)):
        return Place()
    return login


def opened(directory: Path | str, name: str | None) -> "Stack | CliStack":
    """A stack to look at; one that only the Pulumi CLI can read is read through it.

    Args:
        directory: the project's directory, or one below it.
        name: the stack; by default as with `Stack`.

    Raises:
        EngineError: there is no such project or stack.
    """
    project = load_project(Path(directory))
    place = place_of(project, os.environ)
    if place.here:
        stack = Stack(directory, name)
        if name and not stack.exists:
            raise NoStack(f"no stack {stack.name!r} of project {project.name!r}{stack.others}")
        return stack
    chosen = name or _chosen(project, place.url)
    if not chosen:
        raise ProjectError(f"which stack? None is selected in {place.url}: `pulumi stack select`, or -s STACK")
    return CliStack(project, chosen, place.url)


def _chosen(project: Project, place: str) -> str:
    """The stack that environment or CLI has chosen; empty where neither has."""
    if name := os.environ.get("PULUMI_STACK"):
        return name
    return workspace.selected(project.root, project.name, place, os.environ) if place else ""


def _backend(project: Project, place: str) -> Backend:
    if place and "://" not in place:
        return Backend(Path(place).resolve())
    return Backend.at(place, project.root / _DEFAULT_DIRECTORY)
