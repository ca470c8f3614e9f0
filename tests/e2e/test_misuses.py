"""What people get wrong is one line each, without a traceback and a write, with either engine; the list is data.

`tests/cases/misuses` has it: programs, config, commands. With the embedded engine all run in this process.
"""

import contextlib
import io
import linecache
import os
import tomllib
from pathlib import Path

import pulumi
import pytest

import wiretik as wt
from deploying import PASSPHRASE, PASSWORD, Site, reach, writes
from terminal import called
from wiretik._slips import watch_program
from wiretik.engine.processes import program, provider
from wiretik.testing import deployed
from wiretik_provider.simulator import serve

from .conftest import needs_pulumi

CASES = Path(__file__).parents[1] / "cases" / "misuses"
THE_CLIS = "error: an unhandled error occurred: program exited with non-zero exit code: 1"
"""What the CLI says besides of every program that ends with an error, whose own line stands before."""
PROGRAM = 'wt.InterfaceList("inside", router=wt.Router("home"))\n'


def misuses(file):
    return [
        pytest.param(one, id=one["what"]) for one in tomllib.loads((CASES / file).read_text(encoding="utf-8"))["misuse"]
    ]


PROGRAMS, CONFIG, COMMANDS = misuses("programs.toml"), misuses("config.toml"), misuses("commands.toml")
FILES = tomllib.loads((CASES / "commands.toml").read_text(encoding="utf-8"))["files"]


def told(misuse, errors):
    """Judges what a run said."""
    for error in errors:
        assert "Traceback" not in error
        assert "{<nil>}" not in error
        assert "\n" not in error or misuse.get("several"), error
    (error,) = errors
    for part in misuse["says"]:
        assert part in error


def filled(config, lab):
    return {key: value.replace("{apis}", str(lab.apis_port)) for key, value in config.items()}


def refused(misuse, program):
    config = misuse.get("config", {})
    with deployed(program, **misuse.get("lab", {})) as site, contextlib.redirect_stderr(io.StringIO()):
        site.stack._extra.update(filled(config, site.router))
        result = site.preview()
        assert writes(site.router) == 0
    told(misuse, result.errors)


@pytest.mark.parametrize("misuse", PROGRAMS)
def test_a_mistake_in_a_program_is_one_line(misuse, monkeypatch):
    names, text = {"wt": wt, "pulumi": pulumi}, misuse["program"]
    monkeypatch.setitem(
        linecache.cache, "__main__.py", (len(text), None, text.splitlines(keepends=True), "__main__.py")
    )

    def program():
        watch_program()  # as the first import of a program's process does
        exec(compile(text, "__main__.py", "exec"), names)

    refused(misuse, program)


@pytest.mark.parametrize("misuse", CONFIG)
def test_a_mistake_about_the_way_to_the_router_is_one_line(misuse):
    refused(misuse, lambda: wt.InterfaceList("inside", router=wt.Router("home")))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose stack `lab` is a factory router, in this process; with the files beside it."""
    here = tmp_path_factory.mktemp("commands")
    with serve(profile="defconf", password=PASSWORD) as lab, pytest.MonkeyPatch.context() as patch:
        site = Site(here, PROGRAM, {f"wiretik:{key}": value for key, value in reach(lab).items()})
        for name, text in FILES.items():
            file = site.directory / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        patch.setattr(provider, "process", provider.in_process)
        patch.setattr(program, "process", lambda job, say, **_: program.inline()(job, say))
        for name in [one for one in os.environ if one.startswith(("WIRETIK_", "PULUMI_"))]:
            patch.delenv(name)
        patch.setenv("PULUMI_HOME", str(here / "home"))
        patch.setenv("PATH", str(here))
        patch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
        patch.chdir(site.directory)
        with (here / "up").open("w") as printed:
            assert called(["up", "--yes", "--skip-preview"], printed.fileno()) == 0
        yield site.directory


@pytest.mark.parametrize("misuse", COMMANDS)
def test_a_mistake_on_the_command_line_is_one_line_and_a_code(misuse, project, monkeypatch, tmp_path):
    monkeypatch.chdir(project)
    given = {"PULUMI_CONFIG_PASSPHRASE": PASSPHRASE, **misuse.get("environment", {})}
    for name, value in given.items():
        monkeypatch.setenv(name, value.replace("{here}", str(project)))
    if "PULUMI_CONFIG_PASSPHRASE_FILE" in given:
        monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")

    with (tmp_path / "printed").open("w+b") as printed:
        code = called(misuse["call"], printed.fileno())
        printed.seek(0)
        text = printed.read().decode()

    assert "Traceback" not in text
    (line,) = [one.strip() for one in text.splitlines() if one.strip().startswith("error: ")]
    for part in misuse["says"]:
        assert part in line
    assert code == misuse["code"]
    if line == text.splitlines()[0]:
        assert text.count("\n") == 1, text


@pytest.fixture(scope="module")
def by_the_cli(tmp_path_factory):
    """A lab and a stack of the CLI for all: a preview leaves nothing behind, and a new stack takes as long as one."""
    with serve(profile="defconf", password=PASSWORD) as lab:
        yield lab, Site(tmp_path_factory.mktemp("cli"), PROGRAM, {}, engine="pulumi")


@needs_pulumi
@pytest.mark.xdist_group("misuses by the CLI")
@pytest.mark.parametrize("misuse", [*PROGRAMS, *CONFIG])
def test_pulumi_says_the_same(misuse, by_the_cli):
    usual, site = by_the_cli
    another = serve(profile="defconf", password=PASSWORD, **misuse["lab"]) if "lab" in misuse else None
    with another or contextlib.nullcontext(usual) as lab:
        lab.reset_stats()
        config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        site.configure(config | filled(misuse.get("config", {}), lab))
        site.write(misuse.get("program", PROGRAM))

        run = site.preview()

        assert not run.ok
        assert writes(lab) == 0
    own = [error for error in run.errors if not error.startswith(THE_CLIS)]
    told(misuse, own)
    assert "{<nil>}" not in run.text
