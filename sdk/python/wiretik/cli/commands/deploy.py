"""`wiretik preview | up | refresh | destroy | export | cancel | config`: the embedded engine on the command line.

Exit codes are the CLI's: 0 well, 1 failed, 2 a mistake in project, config or call, 6 no such stack, 7 changes where
none were expected, 8 interrupted or declined.

What shows a run is imported when there is something to show: by then program and provider are starting.
"""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
import typer

from wiretik.cli.grammar import Command, Commands
from wiretik.cli.output import as_json as written
from wiretik.cli.output import complain, say, say_file
from wiretik.engine import EngineError, Result, Stack
from wiretik.engine.errors import BackendError, NoStack, PassphraseError, ProjectError, UnsupportedError
from wiretik.engine.events import Event, Listener, Operation
from wiretik.engine.options import Chosen
from wiretik.engine.project import StackSettings

_FAILED: Final = 1
_MISUSED: Final = 2
_NO_STACK: Final = 6
_UNEXPECTED: Final = 7
_CANCELLED: Final = 8

Directory = Annotated[Path, typer.Option("-C", "--cwd", metavar="DIR", help="The project's directory.")]
StackName = Annotated[
    str | None,
    typer.Option(
        "-s", "--stack", metavar="STACK", help="The stack; by default the selected or the only one, else `dev`."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", "-j", help="Write JSON as `pulumi --json` does.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")]
Whole = Annotated[bool, typer.Option("--diff", help="Show every property, and long values whole.")]
SkipPreview = Annotated[bool, typer.Option("--skip-preview", "-f", help="Go ahead without a preview.")]
Parallel = Annotated[int, typer.Option("--parallel", "-p", min=1, metavar="N", help="How many steps may run at once.")]
Refresh = Annotated[bool, typer.Option("--refresh", "-r", help="Read the routers first.")]
Target = Annotated[
    list[str] | None, typer.Option("--target", "-t", metavar="URN", help="Touch only this resource; may be repeated.")
]
Dependents = Annotated[
    bool, typer.Option("--target-dependents", help="Touch also the resources that depend on a target.")
]
NoChanges = Annotated[bool, typer.Option("--expect-no-changes", help="A change is an error (exit code 7).")]
Confirm = Annotated[
    str | None,
    typer.Option(
        "--confirm",
        metavar="TIME",
        help="Let the router take the change back after this time unless it can still be reached anew, such as 5m.",
    ),
]
PreviewOnly = Annotated[bool, typer.Option("--preview-only", help="Only show the steps.")]


def preview(
    *,
    directory: Directory = Path(),
    stack: StackName = None,
    as_json: AsJson = False,
    whole: Whole = False,
    refresh: Refresh = False,
    target: Target = None,
    target_dependents: Dependents = False,
    expect_no_changes: NoChanges = False,
    parallel: Parallel = 16,
) -> None:
    """Show the steps of an update, without taking them."""
    with _reported():
        chosen = _named(directory, stack)
        with _display(as_json=as_json, whole=whole, digest=True) as display:
            result = chosen.preview(
                display,
                refresh=refresh,
                targets=tuple(target or ()),
                target_dependents=target_dependents,
                expect_no_changes=expect_no_changes,
                parallel=parallel,
            )
        _leave(result, expected=expect_no_changes)


def up(
    *,
    directory: Directory = Path(),
    stack: StackName = None,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    as_json: AsJson = False,
    whole: Whole = False,
    refresh: Refresh = False,
    target: Target = None,
    target_dependents: Dependents = False,
    expect_no_changes: NoChanges = False,
    confirm: Confirm = None,
    parallel: Parallel = 16,
) -> None:
    """Make everything as the program declares it."""
    with _reported():
        chosen = _named(directory, stack)
        options: Chosen = {
            "refresh": refresh,
            "targets": tuple(target or ()),
            "target_dependents": target_dependents,
            "expect_no_changes": expect_no_changes,
            "parallel": parallel,
        }
        ask = _Ask(yes=yes, skip_preview=skip_preview, as_json=as_json, whole=whole)
        with _guarded(chosen, confirm, as_json=as_json) as confirmed:
            plan, act = lambda d: chosen.preview(d, **options), lambda d: chosen.up(d, **options)
            result = ask.run("up", plan, act, lambda: _kept_before(chosen))
            if not confirmed(result.ok):
                raise typer.Exit(_FAILED)
        _leave(result, expected=expect_no_changes)


def refresh(
    *,
    directory: Directory = Path(),
    stack: StackName = None,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    as_json: AsJson = False,
    whole: Whole = False,
    target: Target = None,
    target_dependents: Dependents = False,
    expect_no_changes: NoChanges = False,
    preview_only: PreviewOnly = False,
    parallel: Parallel = 16,
) -> None:
    """Bring the state to the routers' present rows; the program isn't run."""
    with _reported():
        chosen = Stack(directory, stack)
        options: dict[str, Any] = {
            "targets": tuple(target or ()),
            "target_dependents": target_dependents,
            "expect_no_changes": expect_no_changes,
            "parallel": parallel,
        }
        ask = _Ask(yes=yes, skip_preview=skip_preview, as_json=as_json, whole=whole, preview_only=preview_only)
        result = ask.run(
            "refresh", lambda d: chosen.refresh(d, preview=True, **options), lambda d: chosen.refresh(d, **options)
        )
        from wiretik.cli.left_over import left_over  # noqa: PLC0415, it knows routers, as no other command here does

        for line in left_over(chosen):
            complain(f"note: {line}")
        _leave(result, expected=expect_no_changes)


def destroy(
    *,
    directory: Directory = Path(),
    stack: StackName = None,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    as_json: AsJson = False,
    whole: Whole = False,
    refresh: Refresh = False,
    target: Target = None,
    target_dependents: Dependents = False,
    preview_only: PreviewOnly = False,
    parallel: Parallel = 16,
) -> None:
    """Delete everything that the stack has; the program isn't run.

    The provider gets the config of Pulumi.<stack>.yaml as it is now, so that a password that was changed there
    works; only where that file is gone, the config that the last `up` stored.
    """
    with _reported():
        chosen = Stack(directory, stack)
        options: dict[str, Any] = {
            "refresh": refresh,
            "targets": tuple(target or ()),
            "target_dependents": target_dependents,
            "parallel": parallel,
        }
        chosen.unlock()
        if not preview_only:
            _warned(chosen, options["targets"], yes=yes)
        ask = _Ask(yes=yes, skip_preview=skip_preview, as_json=as_json, whole=whole, preview_only=preview_only)
        result = ask.run(
            "destroy", lambda d: chosen.destroy(d, preview=True, **options), lambda d: chosen.destroy(d, **options)
        )
        _leave(result)


def export(
    directory: Directory = Path(),
    stack: StackName = None,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Write secrets in plain text.")] = False,
    file: Annotated[Path | None, typer.Option("--file", help="Write to this file.")] = None,
) -> None:
    """Print the stack's deployment, as `pulumi stack export` does; `pulumi stack import` reads it."""
    with _reported():
        text = written(Stack(directory, stack).export(show_secrets=show_secrets), indent=4)
        if file is None:
            say_file(text)
        else:
            try:
                _keep(file, f"{text}\n".encode())
            except OSError as err:
                raise ProjectError(f"{file}: {err.strerror}") from err


def import_(
    *,
    file: Annotated[Path, typer.Option("--file", help="The import file, in the CLI's format.")],
    directory: Directory = Path(),
    stack: StackName = None,
    protect: Annotated[bool, typer.Option(help="Protect imported resources, until the program says otherwise.")] = True,
    yes: Yes = False,
    skip_preview: SkipPreview = False,
    as_json: AsJson = False,
    whole: Whole = False,
    preview_only: PreviewOnly = False,
    parallel: Parallel = 16,
) -> None:
    """Take resources that exist into the state, from a file as `pulumi import --file` reads it."""
    with _reported():
        chosen = Stack(directory, stack)
        try:
            document = json.loads(file.read_text(encoding="utf-8-sig"))
        except OSError as err:
            raise ProjectError(f"{file}: {err.strerror}") from err
        except ValueError as err:
            raise ProjectError(f"{file} isn't JSON, as `pulumi import --file` reads it") from err
        options: dict[str, Any] = {"protect": protect, "parallel": parallel}
        ask = _Ask(yes=yes, skip_preview=skip_preview, as_json=as_json, whole=whole, preview_only=preview_only)
        result = ask.run(
            "import",
            lambda d: chosen.import_(document, d, preview=True, **options),
            lambda d: chosen.import_(document, d, **options),
        )
        _leave(result)


def cancel(directory: Directory = Path(), stack: StackName = None, yes: Yes = False) -> None:
    """Remove the lock that an interrupted run has left."""
    with _reported():
        chosen = Stack(directory, stack)
        locks = chosen.backend.locks(chosen.project.name, chosen.name)
        if not locks:
            say(f"stack {chosen.name!r} is not locked")
            return
        alive = [lock for lock in locks if not lock.is_dead()]
        if alive and not yes:
            if not sys.stdin.isatty():
                raise BackendError(f"still held by {'; '.join(map(str, alive))}: pass --yes to remove the lock anyway")
            if not _confirmed(f"Held by {'; '.join(map(str, alive))}. Remove it?"):
                raise typer.Exit(_CANCELLED)
        for lock in chosen.backend.cancel(chosen.project.name, chosen.name):
            say(f"removed the lock of {lock}")


config = typer.Typer(no_args_is_help=False, help="Show or change a stack's config.", cls=Commands)


@config.callback(invoke_without_command=True)
def show_config(
    context: typer.Context,
    directory: Directory = Path(),
    stack: StackName = None,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Write secrets in plain text.")] = False,
) -> None:
    """Show the stack's config."""
    if context.invoked_subcommand:
        return
    with _reported():
        chosen = Stack(directory, stack)
        settings = StackSettings(chosen.project, chosen.name)
        needed = settings.has_secrets()
        values = settings.values(chosen.crypter() if needed else None)
        width = max((len(key) for key in values), default=0)
        for key, value in values.items():
            say(f"{key:<{width}}  {'[secret]' if value.secret and not show_secrets else value.text}")


@config.command("set", cls=Command)
def set_config(
    key: Annotated[str, typer.Argument(help="The key; without a namespace it is the project's.")],
    value: Annotated[str | None, typer.Argument(help="The value; a secret may be typed unseen instead.")] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    secret: Annotated[bool, typer.Option("--secret", help="Store it encrypted.")] = False,
) -> None:
    """Set a value in Pulumi.<stack>.yaml."""
    with _reported():
        chosen = Stack(directory, stack)
        settings = StackSettings(chosen.project, chosen.name)
        if wrong := "; ".join(settings.misnamed(key)):
            raise ProjectError(wrong)
        from wiretik_provider.api.access import unread  # noqa: PLC0415, it knows routers

        if hint := unread(settings.key(key)):
            raise ProjectError(f"{key}, {hint}")
        text = _asked(hidden=secret) if value is None else value
        settings.set(key, text, chosen.crypter() if secret else None)
        settings.save()


def _asked(*, hidden: bool) -> str:
    """A value that wasn't given with the command: typed on a terminal, else all of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.read().rstrip("\n")
    typed: str = typer.prompt("value", hide_input=hidden)
    return typed


def _keep(file: Path, content: bytes) -> None:
    """Write what may hold secrets where its owner alone reads it; a device or a pipe is somebody else's business."""
    from wiretik.engine.state.files import write  # noqa: PLC0415

    if file.exists() and not file.is_file():
        file.write_bytes(content)
    else:
        write(file.resolve(), [content])


def _named(directory: Path, stack: str | None) -> Stack:
    """The stack of a deployment; a new one beside others may be a slip."""
    chosen = Stack(directory, stack)
    if stack and not chosen.exists and chosen.others:
        complain(f"note: stack {chosen.name!r} is new: it has neither config nor state{chosen.others}")
    return chosen


# --- around them -----------------------------------------------------------------------------------------------------


@attrs.frozen
class _Ask:
    """A preview, a question, then the deed."""

    yes: bool
    skip_preview: bool
    as_json: bool
    whole: bool = False
    preview_only: bool = False

    def run(
        self,
        operation: Operation,
        plan: Callable[[Listener], Result],
        act: Callable[[Listener], Result],
        before: Callable[[], None] = lambda: None,
    ) -> Result:
        """Carries it out; `before` comes just before the deed, where it does anything."""
        asked = not (self.yes or self.preview_only)
        if asked and not self.skip_preview and not sys.stdin.isatty():
            raise ProjectError("there is no terminal to ask: pass --yes to go ahead")
        if self.as_json and asked and not self.skip_preview:
            raise ProjectError("--json doesn't ask: pass --yes, or --skip-preview")
        planned: Result | None = None
        if self.preview_only or not (self.skip_preview or self.as_json):
            with _display(as_json=self.as_json, whole=self.whole, digest=True) as display:
                planned = plan(display)
            if self.preview_only or not planned.ok:
                return planned
            if asked and planned.changed and not _agreed(operation):
                raise typer.Exit(_CANCELLED)
        if planned is None or planned.changed:
            before()
        with _display(as_json=self.as_json, whole=self.whole, digest=False) as display:
            return act(display)


@contextlib.contextmanager
def _guarded(chosen: Stack, within: str | None, *, as_json: bool) -> Iterator[Callable[[bool], bool]]:
    """A deployment that the router takes back unless it can be reached anew; one that nobody asks that of is well."""
    if within is None:
        yield lambda _: True
        return
    from wiretik.cli import confirming  # noqa: PLC0415, it knows routers

    with confirming.waiting(chosen, within, as_json=as_json) as end:
        yield end


def _kept_before(chosen: Stack) -> None:
    """Keeps the routers' configuration as it is before an up, beside the history."""
    from wiretik.cli.last_resort import export_all  # noqa: PLC0415, it knows routers

    for line in export_all(chosen):
        complain(f"note: {line}")


def _warned(chosen: Stack, targets: tuple[str, ...], *, yes: bool) -> None:
    """Tells what a destroy would close, and asks; with `--yes` nobody is there to read it, so that is refused."""
    from wiretik.cli.farewell import farewell, kept_back  # noqa: PLC0415, it knows routers

    if kept := list(kept_back(chosen, targets)):
        cure = "`wiretik own --unprotect` takes the protection away, and nothing was deleted"
        raise ProjectError(f"this destroy would cut what carries you; {cure}", *(f"  {line}" for line in kept))
    if not (lost := list(farewell(chosen, targets))):
        return
    if yes:
        raise ProjectError("; ".join(lost))
    for line in lost:
        complain(f"warning: {line}")
    if not sys.stdin.isatty():
        raise ProjectError("there is no terminal to ask")
    if not _confirmed("Destroy all the same?"):
        raise typer.Exit(_CANCELLED)


def _agreed(operation: Operation) -> bool:
    question = {
        "up": "Do you want to perform this update?",
        "refresh": "Do you want to take the routers' present rows over into the state?",
        "destroy": "Do you want to delete these resources?",
        "import": "Do you want to take these resources into the state?",
    }
    return _confirmed(question[operation])


def _confirmed(question: str) -> bool:
    from wiretik.cli.screen import confirmed  # noqa: PLC0415

    return confirmed(question)


class _Display:
    """What shows a run, made with its first event: until then program and provider are started."""

    def __init__(self, make: Callable[[], Listener]) -> None:
        self._make = make
        self._made: Listener | None = None

    def __call__(self, event: Event) -> None:
        if self._made is None:
            self._made = self._make()
        self._made(event)

    def close(self) -> None:
        """Leave what a terminal shows as it is."""
        if (close := getattr(self._made, "close", None)) is not None:
            close()


def _display(*, as_json: bool, whole: bool, digest: bool) -> contextlib.closing[_Display]:
    def make() -> Listener:
        if as_json:
            from wiretik.cli.display.machine import Digest, Lines  # noqa: PLC0415

            return Digest(say_file) if digest else Lines(say)
        from wiretik.cli.screen import console  # noqa: PLC0415

        screen = console()
        if screen.is_terminal:
            from wiretik.cli.display.live import Tree  # noqa: PLC0415

            return Tree(screen, whole=whole)
        from wiretik.cli.display.plain import Plain  # noqa: PLC0415

        return Plain(screen, whole=whole)

    return contextlib.closing(_Display(make))


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    """Turn an error of the engine, or of a file, into one message and its exit code."""
    try:
        yield
    except BrokenPipeError:
        raise  # nobody reads any more, so there is nobody to tell
    except (EngineError, OSError) as failed:
        err = failed
        if isinstance(failed, OSError):
            err = BackendError(f"{failed.filename or 'a file'}: {failed.strerror or failed}")
        from wiretik.cli.screen import Text, console, show  # noqa: PLC0415

        first, *rest = str(err).split("\n")
        screen = console(errors=True)
        for line in (Text("error:", "bold red").append(f" {first}", "not bold default"), *map(Text, rest)):
            show(screen, line)
        misused = isinstance(err, (ProjectError, PassphraseError, UnsupportedError))
        missing = isinstance(err, NoStack)
        raise typer.Exit(_MISUSED if misused else _NO_STACK if missing else _FAILED) from failed
    except KeyboardInterrupt as err:
        raise typer.Exit(_CANCELLED) from err


def _leave(result: Result, *, expected: bool = False) -> None:
    if result.ok:
        return
    raise typer.Exit(_UNEXPECTED if expected and result.changed and not result.failed else _FAILED)
