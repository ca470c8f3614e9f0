"""The plugin's process: it tells its port and nothing else, and doesn't outlive the engine that it serves."""

import signal
import socket
import subprocess
import sys

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2_grpc


@pytest.fixture
def engine():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def plugin(engine):
    address = f"127.0.0.1:{engine.getsockname()[1]}"
    command = [sys.executable, "-m", "wiretik_provider.plugin", address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as started:
        yield started
        started.kill()


def served(plugin):
    return int(plugin.stdout.readline())


def test_it_serves_on_the_port_that_it_tells(plugin):
    with grpc.insecure_channel(f"127.0.0.1:{served(plugin)}") as channel:
        assert provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(empty_pb2.Empty()).version


def test_pulumi_finds_it_in_the_repository_too(engine, pytestconfig):
    """It runs `python FOLDER` where a folder has these two files (docs/plugin.md)."""
    assert "runtime: python" in (pytestconfig.rootpath / "PulumiPlugin.yaml").read_text()
    address = f"127.0.0.1:{engine.getsockname()[1]}"
    command = [sys.executable, str(pytestconfig.rootpath), address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as started:
        assert served(started) > 0
        started.send_signal(signal.SIGINT)
        assert started.wait(100) == 0


def test_it_ends_when_it_is_told_to_and_says_nothing(plugin):
    served(plugin)
    plugin.send_signal(signal.SIGINT)

    assert plugin.wait(100) == 0
    assert plugin.stdout.read() == ""


def test_it_ends_when_the_engine_is_gone(plugin, engine):
    served(plugin)
    engine.close()

    assert plugin.wait(100) == 0


def test_it_ends_when_who_started_it_is_killed(engine):
    address = f"127.0.0.1:{engine.getsockname()[1]}"
    plugin = f"[{sys.executable!r}, '-m', 'wiretik_provider.plugin', {address!r}]"
    code = f"import subprocess, time\nsubprocess.Popen({plugin})\ntime.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        port = int(parent.stdout.readline())
        parent.kill()
        assert parent.stdout.read() == ""  # the pipe ends with the last process that has it
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)
