"""The command as a whole: its list of commands, its version, and how a host is written."""

import subprocess
import sys
from importlib import metadata

import pytest
import typer

from wiretik import cli
from wiretik.cli.reach import endpoint


def wiretik(*words):
    return subprocess.run([sys.executable, "-m", "wiretik", *words], capture_output=True, text=True, check=False)


def test_the_list_says_of_each_command_what_its_own_help_says_first():
    own = typer.main.get_command(cli.app).commands
    told = typer.main.get_command(cli._overview()).commands
    assert list(own) == list(told)
    for name, command in own.items():
        assert " ".join(command.help.split("\n\n")[0].split()) == told[name].help, name


def test_the_list_of_commands_imports_none_of_them():
    code = "import sys; from wiretik.cli import _overview; import typer; typer.main.get_command(_overview())\n"
    code += (
        "print([name for name in sys.modules if name.startswith(('wiretik.cli.commands', 'wiretik_provider.trace'))])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_version_is_the_packages():
    done = wiretik("--version")
    assert (done.returncode, done.stdout) == (0, f"wiretik {metadata.version('wiretik')}\n")


def test_an_unknown_command_is_told_with_the_nearest_one():
    done = wiretik("shwo")
    assert done.returncode == 2
    assert "show" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("192.0.2.1", ("192.0.2.1", 0)),
        ("192.0.2.1:8729", ("192.0.2.1", 8729)),
        ("router.example.com:1", ("router.example.com", 1)),
        ("2001:db8::1", ("2001:db8::1", 0)),
        ("[2001:db8::1]", ("2001:db8::1", 0)),
        ("[2001:db8::1]:8729", ("2001:db8::1", 8729)),
    ],
)
def test_a_host_may_have_its_port_behind_it(text, found):
    assert endpoint(text) == found


@pytest.mark.parametrize("text", ["h:0", "h:65536", "[::1]:99999"])
def test_a_port_that_cannot_be_is_refused(text):
    with pytest.raises(typer.BadParameter, match="1 to 65535"):
        endpoint(text)
