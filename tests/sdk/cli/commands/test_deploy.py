"""The commands on a command line: what they print, ask and return; nobody's secret is in it."""

import contextlib
import importlib.metadata
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
import typer
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from typer.main import get_command
from typer.testing import CliRunner

import engine_conformance as conformance
from waiting import until
from wiretik.cli import app as whole_app
from wiretik.cli.commands import deploy
from wiretik.cli.refusals import refusal
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider

PROGRAM = """
import pulumi
from thing import Thing

a = Thing("a", size=pulumi.Config().get_int("size") or 1, token=pulumi.Config().get_secret("token"))
b = Thing("b", data=a.serial)
pulumi.log.warn("mind the gap", b)
pulumi.export("serial", b.serial)
pulumi.export("token", pulumi.Config().get_secret("token"))
"""

SALT = "v1:SFyPvzqfvo4=:v1:xN73EIm+3xPD1xFq:RE+1K2ceOB0y+or6/jQdOTLfTPu9sQ=="
"""Of the empty passphrase: a key takes half a second to derive."""


SDK = tuple(map(int, importlib.metadata.version("pulumi").split(".")[:2]))


@pytest.fixture
def app():
    commands = typer.Typer()
    for command in (deploy.preview, deploy.up, deploy.refresh, deploy.destroy, deploy.export, deploy.cancel):
        commands.command()(command)
    commands.add_typer(deploy.config, name="config")
    return commands


@pytest.fixture
def project(tmp_path, monkeypatch):
    directory = tmp_path / "project"
    conformance.prepare(directory)
    (directory / "__main__.py").write_text(PROGRAM)
    (directory / "Pulumi.dev.yaml").write_text(f"encryptionsalt: {SALT}\n")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "")
    monkeypatch.delenv("PULUMI_BACKEND_URL", raising=False)
    monkeypatch.delenv("PULUMI_STACK", raising=False)
    return directory


@pytest.fixture
def wiretik(app, project):
    def run(command, *words, code=0):
        done = CliRunner().invoke(app, [command, *words, "-C", str(project)])
        assert done.exit_code == code, done.output + repr(done.exception)
        return done

    return run


@pytest.fixture
def quick(project, monkeypatch):
    """Program and provider in this process, where it isn't processes that a test is about."""
    monkeypatch.setattr(program, "process", program.inline())
    monkeypatch.setattr(provider, "process", provider.in_process)
    monkeypatch.chdir(project)
    monkeypatch.syspath_prepend(project)
    monkeypatch.delitem(sys.modules, "thing", raising=False)
    yield
    sys.modules.pop("thing", None)


def config(app, project, *words):
    done = CliRunner().invoke(app, ["config", *words, "-C", str(project)])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.e2e
@pytest.mark.usefixtures("quick")
def test_a_life_on_the_command_line(app, project, wiretik):
    config(app, project, "set", "token", "geheim", "--secret")
    config(app, project, "set", "size", "3")
    shown = config(app, project)
    assert "[secret]" in shown
    assert "geheim" not in shown

    planned = wiretik("preview").stdout
    assert "+  test:Thing a create" in planned
    assert "warning: mind the gap" in planned
    assert "+ 3 to create" in planned
    refused = wiretik("up", code=2)
    assert "pass --yes" in refused.stderr
    done = wiretik("up", "--yes").stdout
    assert "+ 3 created" in done
    assert '+ serial: "serial of b"' in done
    assert "+ token : [secret]" in done

    config(app, project, "set", "size", "4")
    assert "~ size: 3 => 4" in wiretik("preview").stdout
    wiretik("preview", "--expect-no-changes", code=7)
    lines = [json.loads(line) for line in wiretik("up", "--yes", "--json").stdout.splitlines()]
    assert [line["sequence"] for line in lines] == list(range(len(lines)))
    assert lines[-2]["summaryEvent"]["resourceChanges"] == {"same": 2, "update": 1}

    file = project / "world" / "a.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "size": 9}))
    drift = wiretik("refresh", "--preview-only").stdout
    assert "~ size: 4 => 9" in drift
    assert "~ 1 drifted" in drift

    exported = wiretik("export").stdout
    assert json.loads(exported)["deployment"]["resources"]
    printed = [planned, done, drift, exported, wiretik("preview", "--diff", "--json").stdout]
    assert not any("geheim" in text for text in printed)
    assert "geheim" in wiretik("export", "--show-secrets").stdout
    assert "- 3 deleted" in wiretik("destroy", "--yes").stdout
    stored = [file.read_text() for file in (project / ".wiretik").rglob("*.json")]
    assert not any("geheim" in text for text in stored)


def test_without_a_passphrase_nothing_begins(project, wiretik, monkeypatch):
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")

    assert "PULUMI_CONFIG_PASSPHRASE" in wiretik("up", "--yes", code=2).stderr
    assert not list((project / ".wiretik").rglob("dev.json"))


def test_a_directory_without_a_project_is_named(app, tmp_path):
    done = CliRunner().invoke(app, ["preview", "-C", str(tmp_path)])

    assert done.exit_code == 2
    assert "no Pulumi.yaml" in done.stderr


def test_only_file_backends_are_taken_others_refused_by_name(wiretik, monkeypatch):
    monkeypatch.setenv("PULUMI_BACKEND_URL", "s3://bucket")

    assert "s3://bucket" in wiretik("preview", code=2).stderr


def test_a_stack_that_does_not_exist_is_said_so(wiretik):
    assert "no stack 'nowhere'" in wiretik("destroy", "--yes", "-s", "nowhere", code=6).stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["up", "-c", "size=3"], "-c is not an option here: `wiretik config set KEY VALUE` sets config"),
        (["preview", "--replace=urn"], "--replace is not an option here: only the pulumi CLI does that"),
        (["destroy", "--exclude", "urn"], "--target names the resources to touch instead"),
        (["up", "--preview-only"], "without --skip-preview a preview comes first"),
    ],
)
def test_an_option_that_only_the_cli_has_is_refused_with_what_does_instead(words, told):
    ended = CliRunner().invoke(whole_app, words)

    assert ended.exit_code == 2
    assert told in ended.stderr


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")
@pytest.mark.parametrize("command", ["preview", "up", "refresh", "destroy", "import"])
def test_every_option_of_the_clis_is_ours_or_refused_by_name(command):
    shown = subprocess.check_output(["pulumi", command, "--help"], text=True)
    theirs = set(re.findall(r"^ +(?:-., )?(--[a-z-]+)", shown, re.MULTILINE)) - {"--help"}
    ours = {flag for option in dict(vars(get_command(whole_app))["commands"])[command].params for flag in option.opts}

    assert [flag for flag in sorted(theirs) if flag not in ours and not refusal([flag], ours)] == []


def held_by(project, pid):
    lock = project / ".wiretik" / ".pulumi" / "locks" / "organization" / "proj" / "dev" / "x.json"
    lock.parent.mkdir(parents=True, exist_ok=True)
    host = os.uname().nodename
    lock.write_text(json.dumps({"pid": pid, "username": "me", "hostname": host, "timestamp": "now"}))
    return lock


@pytest.mark.e2e
@pytest.mark.usefixtures("quick")
def test_a_lock_holds_while_its_process_lives_and_is_taken_over_when_it_is_dead(project, wiretik):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as holder:
        lock = held_by(project, holder.pid)

        refused = wiretik("up", "--yes", "--skip-preview", code=1).stderr

        assert f"me@{os.uname().nodename} (pid {holder.pid})" in refused
        assert "wiretik cancel" in refused
        assert "pass --yes" in wiretik("cancel", code=1).stderr
        assert lock.exists()
        holder.communicate(b"\n")

    wiretik("up", "--yes", "--skip-preview")

    assert not lock.exists()


def test_cancel_removes_a_lock_when_told_so(project, wiretik):
    lock = held_by(project, os.getpid())

    assert f"pid {os.getpid()}" in wiretik("cancel", "--yes").stdout
    assert not lock.exists()
    assert "is not locked" in wiretik("cancel").stdout


@pytest.mark.e2e
def test_an_error_of_the_provider_is_one_line_one_of_the_program_its_own_traceback(project, wiretik):
    (project / "__main__.py").write_text('from thing import Thing\nThing("a", fails=True)\n')
    failed = wiretik("up", "--yes", "--skip-preview", code=1).stdout
    told = "ValueError: cannot make a" if SDK >= (3, 260) else "cannot make a"  # older ones leave the class out
    assert f"    error: {told}\n" in failed
    assert "Traceback" not in failed

    (project / "__main__.py").write_text("def broken():\n    return 1 / 0\n\n\nbroken()\n")
    failed = wiretik("preview", code=1).stdout
    assert f'File "{project}/__main__.py", line 5, in <module>' in failed
    assert "runpy" not in failed
    assert "ZeroDivisionError: division by zero" in failed


FORKING = "from wiretik.engine.processes import children; children.prepare(()); "


@contextlib.contextmanager
def up_in_the_middle(project, start=""):
    """A process that deploys `a`, which lasts until the project has a file `go`, and would deploy `b` after it."""
    (project / "__main__.py").write_text(
        'from thing import Thing\na = Thing("a", data="slow")\nThing("b", data=a.serial)\n'
    )
    thing = project / "thing.py"
    slow = (
        "        import time\n\n        (WORLD.parent / 'begun').touch()\n"
        "        while not (WORLD.parent / 'go').exists():\n            time.sleep(0.01)\n"
    )
    head = "    def create(self, props: dict[str, Any]) -> CreateResult:\n"
    assert head in thing.read_text()
    thing.write_text(thing.read_text().replace(head, head + slow))
    code = f"{start}import typer; from wiretik.cli.commands.deploy import up; a = typer.Typer(); a.command()(up); a()"
    command = [sys.executable, "-u", "-c", code, "--yes", "--skip-preview"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as child:
        try:
            until(lambda: (project / "begun").exists() or child.poll() is not None)
            yield child
        finally:
            child.kill()


def state_file(project):
    return project / ".wiretik" / ".pulumi" / "stacks" / "proj" / "dev.json"


def locks(project):
    return list((project / ".wiretik" / ".pulumi" / "locks").rglob("*.json"))


@pytest.mark.e2e
def test_ctrl_c_lets_the_running_step_end_and_begins_no_other(project):
    with up_in_the_middle(project) as child:
        child.send_signal(signal.SIGINT)
        assert any("interrupted:" in line for line in child.stdout or ())
        (project / "go").touch()
        child.communicate()

        assert child.returncode == 1
    assert conformance.world(project) == ["a"]
    kept = [r["urn"].rsplit("::", 1)[1] for r in conformance.normal(state_file(project))]
    assert "a" in kept
    assert "b" not in kept
    assert not locks(project)


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")
def test_a_second_ctrl_c_ends_it_at_once_and_what_was_under_way_is_pending(project):
    with up_in_the_middle(project, FORKING) as child:
        child.send_signal(signal.SIGINT)
        assert any("interrupted:" in line for line in child.stdout or ())
        child.send_signal(signal.SIGINT)
        printed, _ = child.communicate(timeout=100)

        assert child.returncode == 8
    assert "interrupted again" in printed
    assert not locks(project)
    left = json.loads(state_file(project).read_text())["checkpoint"]["latest"]["pending_operations"]
    assert [(one["type"], one["resource"]["urn"].rsplit("::", 1)[1]) for one in left] == [("creating", "a")]


def test_ctrl_c_is_told_to_the_provider_while_its_step_goes_on(project):
    told = threading.Event()

    class Servicer(provider_pb2_grpc.ResourceProviderServicer):
        def Configure(self, request, context):  # noqa: ARG002, N802, gRPC's names
            return provider_pb2.ConfigureResponse()

        def Check(self, request, context):  # noqa: ARG002, N802
            return provider_pb2.CheckResponse(inputs=request.news)

        def Create(self, request, context):  # noqa: ARG002, N802
            os.kill(os.getpid(), signal.SIGINT)
            return provider_pb2.CreateResponse(id="a" if told.wait(100) else "")

        def Cancel(self, request, context):  # noqa: ARG002, N802
            told.set()
            return empty_pb2.Empty()

    @contextlib.contextmanager
    def host(directory, environment, say, package=""):  # noqa: ARG001, the protocol's names
        server = grpc.server(ThreadPoolExecutor(2))
        provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        yield f"127.0.0.1:{port}"
        server.stop(0).wait()

    def one():
        import pulumi

        class One(pulumi.dynamic.Resource, module="test", name="One"):
            pass

        One(pulumi.dynamic.ResourceProvider(), "a", {})

    stack = Stack(project, host=host, runner=program.inline(one))

    result = stack.up()

    assert not result.ok
    assert "interrupted" in result.errors[0]
    assert [step.name for step in result.steps if step.op == "create"] == ["proj-dev", "a"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")
def test_our_json_has_the_fields_of_the_clis(project, wiretik, tmp_path):
    (project / "Pulumi.dev.yaml").unlink()  # the CLI makes its own
    cli = conformance.Cli(project, tmp_path / "state")
    theirs = json.loads(cli.pulumi("preview", "--json").stdout)

    ours = json.loads(wiretik("preview", "--json", "-s", "dev2").stdout)

    assert set(theirs) <= {*ours, "config"}
    for their, our in zip(theirs["steps"], ours["steps"], strict=True):
        assert set(their) <= set(our)
        assert set(their["newState"]) - {"sourcePosition", "stackTrace"} <= set(our["newState"])


@pytest.mark.e2e
@pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")
def test_the_command_itself_forks_its_children_and_leaves_none_behind(project):
    (project / "helper.py").write_text("NAME = 'a'\n")
    (project / "__main__.py").write_text(
        "import os, sys\nfrom thing import Thing\nfrom helper import NAME\n"
        "print('argv', sys.argv, 'cwd', os.getcwd(), 'main', __name__)\nThing(NAME)\n"
    )

    def wiretik(*words):
        # Forked children have their parent's command line, so it names the project.
        code = f"import sys; from wiretik.cli import main; sys.argv[0] = 'wiretik'; main()  # {project}"
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stderr == ""
        return done.stdout

    printed = wiretik("up", "--yes")

    assert "+ 2 created" in printed
    assert f"argv ['{project}'] cwd {project} main __main__" in printed
    assert conformance.world(project) == ["a"]
    assert "- 2 deleted" in wiretik("destroy", "--yes", "--skip-preview")
    # The nursery ends when it finds nobody at the other end.
    until(lambda: str(project) not in subprocess.check_output(["ps", "-eo", "args"], text=True))
