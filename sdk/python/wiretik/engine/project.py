"""A project and its stacks' settings: Pulumi.yaml and Pulumi.<stack>.yaml, read and written."""

import getpass
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import yaml

from wiretik.engine.crypto import Crypter
from wiretik.engine.errors import PassphraseError, ProjectError, UnsupportedError
from wiretik.engine.state.files import aside_of

_TYPES: Final = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
_UNSET: Final = object()


@attrs.frozen
class ConfigValue:
    """One entry of a stack's config: its text as programs see it, and whether it is a secret."""

    text: str = attrs.field(repr=False)
    secret: bool = False
    object: bool = False


@attrs.frozen(kw_only=True)
class Project:
    """Pulumi.yaml, as far as it matters to a deployment."""

    root: Path
    name: str
    main: str = ""
    config: Mapping[str, Any] = attrs.field(factory=dict)
    stack_config_dir: str = ""
    backend: str = ""
    runtime_options: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def program(self) -> Path:
        """The directory in which the program runs, or the file that it is."""
        return (self.root / self.main).resolve() if self.main else self.root

    @property
    def python(self) -> Path | None:
        """The Python of the project's virtualenv, where there is one and it isn't the one that runs this."""
        place = self.root / str(self.runtime_options.get("virtualenv") or "")
        found = place / "bin" / "python"
        if place == self.root or not found.exists() or place.resolve() == Path(sys.prefix).resolve():
            return None
        return found

    def stack_file(self, stack: str) -> Path:
        """Where a stack's config is."""
        return self.root / self.stack_config_dir / f"Pulumi.{stack}.yaml"

    def stacks(self) -> list[str]:
        """The stacks that have a config file."""
        files = (self.root / self.stack_config_dir).glob("Pulumi.*.yaml")
        return sorted(file.name.removeprefix("Pulumi.").removesuffix(".yaml") for file in files)


def load_project(directory: Path) -> Project:
    """Read the Pulumi.yaml in a directory or in the nearest one above it.

    Raises:
        ProjectError: There is none, or it is no project of a Python program.
    """
    start = directory.resolve()
    if start.exists() and not start.is_dir():
        raise ProjectError(f"{start} is a file: name the project's directory")
    for folder in (start, *start.parents):
        for name in ("Pulumi.yaml", "Pulumi.yml"):
            if (folder / name).is_file():
                return _project(folder, _read_yaml(folder / name))
    raise ProjectError(f"no Pulumi.yaml in {start} or above: is this the project's directory? (-C DIR names another)")


def _project(root: Path, data: dict[str, Any]) -> Project:
    name = data.get("name")
    if not isinstance(name, str) or not name:
        raise ProjectError(f"{root / 'Pulumi.yaml'}: the project has no name")
    runtime = data.get("runtime")
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language != "python":
        raise UnsupportedError(
            f"{root / 'Pulumi.yaml'}: runtime {language!r}: the embedded engine runs Python programs"
        )
    declared = data.get("config") or {}  # in old projects it is the directory of the stacks' files
    return Project(
        root=root,
        name=name,
        main=data.get("main") or "",
        config=declared if isinstance(declared, dict) else {},
        stack_config_dir=data.get("stackConfigDir") or (declared if isinstance(declared, str) else ""),
        backend=(data.get("backend") or {}).get("url") or "",
        runtime_options=(runtime.get("options") or {}) if isinstance(runtime, dict) else {},
    )


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as err:
        raise ProjectError(f"{file}: {' '.join(str(err).split())}") from err
    except UnicodeDecodeError as err:
        raise ProjectError(f"{file}: byte {err.start} isn't UTF-8: save the file as UTF-8") from err
    if not isinstance(data, dict):
        raise ProjectError(f"{file}: not a mapping")
    return data


class StackSettings:
    """Pulumi.<stack>.yaml: the config of one stack, and the salt of its secrets.

    A file that isn't there is an empty one. Nothing is written before `save`, which keeps what it doesn't know.
    Whoever knows what the file is to say gives it as `content`, and the file isn't read. Of a stack that only the
    Pulumi CLI reaches the file is one of any secrets provider: plain values are read and written, no secrets.
    """

    def __init__(
        self, project: Project, stack: str, content: Mapping[str, Any] | None = None, *, clis: bool = False
    ) -> None:
        self.project = project
        self.file = project.stack_file(stack)
        self.exists = content is not None or self.file.is_file()
        self._data = dict(content) if content is not None else _read_yaml(self.file) if self.exists else {}
        if clis:
            return
        provider = self._data.get("secretsprovider", "passphrase")
        if provider not in ("passphrase", "default", ""):
            raise UnsupportedError(f"{self.file.name}: secretsprovider {provider!r}: only passphrases are known here")
        if self._data.get("environment"):
            raise UnsupportedError(f"{self.file.name}: `environment:` (Pulumi ESC) needs the pulumi CLI")

    @property
    def salt(self) -> str:
        """The text that both state and config share, empty in a fresh stack."""
        return str(self._data.get("encryptionsalt") or "")

    @property
    def raw(self) -> dict[str, Any]:
        """The config as it stands in the file, with full keys."""
        return {self.key(name): value for name, value in (self._data.get("config") or {}).items()}

    def has_secrets(self) -> bool:
        """Whether a value in the file is encrypted."""
        return any(_holds_secure(value) for value in self.raw.values())

    def key(self, name: str) -> str:
        """A config key with its namespace; the project's is the default."""
        namespace, _, rest = name.partition(":config:") if ":config:" in name else name.partition(":")
        return f"{namespace}:{rest}" if rest else f"{self.project.name}:{name}"

    def misnamed(self, name: str) -> list[str]:
        """What is wrong with a key that somebody wants to set, a line each."""
        space, _, rest = self.key(name).partition(":")
        if not (space and rest) or ":" in rest or not name.strip():
            return [f"config key {name!r}: it is NAME, of the project's own, or NAMESPACE:NAME"]
        return []

    def values(self, crypter: Crypter | None, given: frozenset[str] = frozenset()) -> dict[str, ConfigValue]:
        """The stack's config, decrypted, with the project's defaults below it.

        Raises:
            ProjectError: A value that the project requires is missing, or is of another type than declared.
        """
        found = {name: _config_value(value, crypter) for name, value in self.raw.items()}
        problems = []
        for name, declared in self.project.config.items():
            key = self.key(name)
            spec = declared if isinstance(declared, dict) else {"value": declared}
            if key in given:
                continue
            if key not in found:
                default = spec.get("value", spec.get("default", _UNSET))
                if default is not _UNSET:
                    found[key] = attrs.evolve(_config_value(default, crypter), secret=bool(spec.get("secret")))
                elif "type" in spec:
                    problems.append(
                        f"missing required configuration variable '{key}': set it with"
                        f" `wiretik config set {name}{' --secret' if spec.get('secret') else ''} VALUE`"
                    )
                continue
            if spec.get("secret"):
                found[key] = attrs.evolve(found[key], secret=True)
            problems += _mistyped(key, found[key], spec)
        if problems:
            raise ProjectError(*problems)
        return dict(sorted(found.items()))

    def set(self, name: str, text: str, crypter: Crypter | None) -> None:
        """Set a value; with a crypter it becomes a secret."""
        config = self._data.setdefault("config", {})
        key = self.key(name)
        for same in [other for other in config if self.key(other) == key]:
            del config[same]
        config[key] = {"secure": crypter.encrypt(text)} if crypter else text
        if crypter:
            self._data["encryptionsalt"] = crypter.salt

    def set_object(self, name: str, value: Mapping[str, Any]) -> None:
        """Set a value that has parts, such as `wiretik:routers`; an empty one is taken out."""
        config = self._data.setdefault("config", {})
        for same in [other for other in config if self.key(other) == self.key(name)]:
            del config[same]
        if value:
            config[self.key(name)] = dict(value)

    def keep_salt(self, salt: str) -> None:
        """Record the stack's salt, as `pulumi stack init` does, so that CLI and engine go on with one passphrase."""
        if self.salt != salt:
            self._data = {"encryptionsalt": salt, **self._data}
            self.save()

    def save(self) -> None:
        """Write the file."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        aside = aside_of(self.file)
        aside.write_text(yaml.safe_dump(self._data, sort_keys=False, allow_unicode=True), encoding="utf-8")
        if self.file.exists():
            aside.chmod(self.file.stat().st_mode & 0o7777)
        aside.replace(self.file)


def _holds_secure(value: object) -> bool:
    match value:
        case dict() if value.keys() == {"secure"}:
            return True
        case dict():
            return any(map(_holds_secure, value.values()))
        case list():
            return any(map(_holds_secure, value))
        case _:
            return False


def _config_value(value: object, crypter: Crypter | None) -> ConfigValue:
    opened = _opened(value, crypter)
    if isinstance(opened, (dict, list)):
        text = json.dumps(opened, separators=(",", ":"), ensure_ascii=False)
        return ConfigValue(text, secret=_holds_secure(value), object=True)
    return ConfigValue(_text(opened), secret=_holds_secure(value))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _opened(value: object, crypter: Crypter | None) -> object:
    match value:
        case dict() if value.keys() == {"secure"}:
            if crypter is None:
                raise PassphraseError("the stack's config holds secrets but no encryptionsalt")
            return crypter.decrypt(str(value["secure"]))
        case dict():
            return {str(key): _opened(item, crypter) for key, item in value.items()}
        case list():
            return [_opened(item, crypter) for item in value]
        case _:
            return value


def _mistyped(key: str, value: ConfigValue, spec: Mapping[str, Any]) -> list[str]:
    wanted = _TYPES.get(spec.get("type", "string"))
    if wanted is None:
        return [f"configuration variable '{key}': unknown type {spec.get('type')!r} in Pulumi.yaml"]
    if wanted is str:
        return []
    try:
        fits = isinstance(json.loads(value.text), wanted)
    except ValueError:
        fits = False
    return [] if fits else [f"configuration variable '{key}' must be of type '{spec['type']}'"]


def passphrase() -> str:
    """The passphrase that the environment, a file or the user at the terminal gives; an empty one counts if it is set.

    Raises:
        PassphraseError: There is none.
    """
    if (given := os.environ.get("PULUMI_CONFIG_PASSPHRASE")) is not None:
        return given
    if file := os.environ.get("PULUMI_CONFIG_PASSPHRASE_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as err:
            raise PassphraseError(f"PULUMI_CONFIG_PASSPHRASE_FILE: {getattr(err, 'strerror', 'not UTF-8')}") from err
    if sys.stdin.isatty():
        return getpass.getpass("Enter your passphrase to unlock config/secrets: ")
    raise PassphraseError(
        "no passphrase for the stack's secrets: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE"
        " (an empty PULUMI_CONFIG_PASSPHRASE is a passphrase too)"
    )
