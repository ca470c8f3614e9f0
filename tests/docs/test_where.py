"""Where Wiretik runs: what is built, what is written and what refuses say the same."""

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pulumi
import pytest

import wiretik
from wiretik import _where
from wiretik._process import may_fork
from wiretik.engine.processes import children, nursery

ROOT: Final = Path(__file__).parents[2]
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PYTHONS: Final = [f"3.{minor}" for minor in range(_where.OLDEST[1], _where.NEWEST[1] + 1)]
SAID: Final = f"Python {PYTHONS[0]} to {PYTHONS[-1]}"


def classified(head: str) -> list[str]:
    return [one.removeprefix(head) for one in PROJECT["classifiers"] if one.startswith(head)]


def test_the_wheel_asks_for_the_pythons_that_it_is_classified_for() -> None:
    assert PROJECT["requires-python"] == f">={PYTHONS[0]},<3.{_where.NEWEST[1] + 1}"
    assert classified("Programming Language :: Python :: ") == PYTHONS
    assert classified("Operating System :: ") == ["MacOS", "POSIX :: Linux"]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "Makefile"])
def test_a_page_that_speaks_of_pythons_says_them_all(page: str) -> None:
    text = (ROOT / page).read_text()
    told = re.findall(r"Python (?:>= ?)?3\.\d+.{0,8}", text)
    assert told
    assert [one for one in told if not one.startswith(SAID)] == []


def test_readme_says_on_which_systems() -> None:
    assert f"{SAID} on {' and '.join(_where.SYSTEMS)}, and in WSL" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize(
    ("platform", "version", "told"),
    [
        ("win32", (3, 12), "runs on Linux and macOS, not on Windows itself: use it in WSL"),
        ("cygwin", (3, 12), "not on Windows itself"),
        ("linux", (3, 10), f"needs {SAID}, and this is 3.10"),
        ("darwin", (2, 7), f"needs {SAID}, and this is 2.7"),
        ("linux", (3, 11), ""),
        ("darwin", (3, 13), ""),
    ],
)
def test_elsewhere_it_is_one_line(platform: str, version: tuple[int, int], told: str) -> None:
    why = _where.refusal(platform, version)
    assert told in why
    assert bool(why) is bool(told)
    assert "\n" not in why


def test_the_oldest_sdk_is_the_one_that_the_wheel_asks_for() -> None:
    (asked,) = [one for one in PROJECT["dependencies"] if one.startswith("pulumi")]
    assert asked == f"pulumi>={'.'.join(map(str, _where.OLDEST_SDK))},<4"


@pytest.mark.parametrize(("version", "fits"), [("3.255.9", False), ("2.25.0", False), ("3.256.0", True), ("4", True)])
def test_an_sdk_that_is_too_old_is_refused_with_the_cure(version: str, fits: bool) -> None:
    why = _where.refusal_of_sdk(version)
    assert why == "" if fits else f"3.256 or newer, and this virtualenv has {version}: pip install" in why


def test_a_program_with_an_old_sdk_ends_with_that_and_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "3.100.0")
    monkeypatch.delitem(vars(wiretik), "Lan", raising=False)
    monkeypatch.delitem(sys.modules, "wiretik._public", raising=False)
    with pytest.raises(pulumi.RunError, match="needs Pulumi's SDK"):
        _ = wiretik.Lan


@pytest.mark.parametrize(
    "words", [["-m", "wiretik", "show"], ["-c", "import wiretik as wt"]], ids=["command", "program"]
)
def test_on_windows_a_command_and_a_program_end_with_it_and_without_a_traceback(
    words: list[str], tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.platform = 'win32'\n")
    path = ":".join([str(tmp_path), str(ROOT / "sdk" / "python"), str(ROOT / "provider")])
    done = subprocess.run(
        [sys.executable, *words], env={"PYTHONPATH": path}, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"error: Wiretik runs on Linux and macOS, not on Windows itself: .*\n", done.stderr)


LINUX_ALONE: Final = (
    *(f"os.{name}" for name in ("sched_", "pidfd_open", "memfd_create", "eventfd", "getrandom", "copy_file_range")),
    *(f"os.{name}" for name in ("splice", "posix_fadvise", "posix_fallocate", "pipe2", "unshare", "setns", "getxattr")),
    *(f"os.{name}" for name in ("setxattr", "listxattr", "setresuid", "getresuid", "fdatasync", "O_TMPFILE", "O_PATH")),
    *(f"socket.{name}" for name in ("AF_PACKET", "AF_NETLINK", "SO_BINDTODEVICE", "SO_PEERCRED", "TCP_USER_TIMEOUT")),
    *(f"socket.{name}" for name in ("TCP_KEEPIDLE", "SOCK_CLOEXEC", "SOCK_NONBLOCK", "MSG_CMSG_CLOEXEC")),
    *(f"signal.{name}" for name in ("sigtimedwait", "sigwaitinfo", "SIGRT", "SIGPWR", "SIGSTKFLT", "pidfd")),
    *("select.epoll", "resource.prlimit", "prctl", "PR_SET_"),
    *('"/proc', '"/sys/', '"/dev/shm', '"/etc/'),
)
"""What Python's documentation says only Linux has, or not macOS, and paths that only Linux has."""
ASKED_FIRST = {("_debugging.py", '"/proc')}
"""What goes on without it: where no process tells its command line, all debug messages are sent."""


def test_nothing_that_only_linux_has_is_called_by_its_name() -> None:
    code = [*(ROOT / "sdk" / "python").rglob("*.py"), *(ROOT / "provider").rglob("*.py")]
    found = {(file.name, word) for file in code if (text := file.read_text()) for word in LINUX_ALONE if word in text}
    assert found == ASKED_FIRST


def test_elsewhere_than_on_linux_no_process_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """CPython's own subprocess starts processes without `fork` on macOS, where libraries have threads of their own."""
    monkeypatch.setattr(children, "_ours", None)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(nursery, "forked", lambda: pytest.fail("a fork"))
    monkeypatch.setattr(nursery, "fresh", lambda _: pytest.fail("a process that forks"))
    assert not may_fork()
    children.prepare(("json",))
    children.prepare_apart(("json",))
    assert children._ours is None


def test_without_forks_a_child_is_a_fresh_interpreter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(children, "_ours", None)
    script = tmp_path / "script.py"
    script.write_text("import os, sys; print(os.getcwd() == sys.argv[1], os.environ['ASKED'])", encoding="utf-8")
    child = children.start(script, str(tmp_path), cwd=tmp_path, environment={"ASKED": "yes"})
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stderr is not None
    with child.stdin, child.stdout, child.stderr:
        assert child.stdout.read() == b"True yes\n"
    assert child.wait(10) == 0


def test_where_there_is_no_fdatasync_files_are_synced_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fdatasync", raising=False)
    again = importlib.util.find_spec("wiretik.engine.state.files")
    assert again is not None
    assert again.loader is not None
    module = importlib.util.module_from_spec(again)
    again.loader.exec_module(module)
    assert module.sync is os.fsync
