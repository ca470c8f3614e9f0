"""All that the commands say goes through one escape."""

import ast
import io
import json
import pathlib

import pytest

import wiretik.cli
from hostile import BYTES, ESCAPES, NAMES, no_control_characters
from wiretik.cli import output
from wiretik.cli.screen import Text, console, lines
from wiretik.drawing.paint import escape
from wiretik_provider.printable import printable, restored, stored

CLI = pathlib.Path(wiretik.cli.__file__).parent
CALLS, METHODS = {"print", "Console", "RichText", "rich_print"}, {"echo", "secho", "from_markup", "from_ansi"}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("name", NAMES)
def test_each_line_stays_one_line_of_visible_characters(capsys, name):
    output.say(name)
    output.complain(name)
    told = capsys.readouterr()
    for text in told:
        no_control_characters(text)
        assert text == f"{printable(name)}\n"


@pytest.mark.parametrize("name", NAMES)
def test_json_says_the_very_text_in_visible_characters(capsys, name):
    output.say_json({"name": name, name: 1})
    told = capsys.readouterr().out
    no_control_characters(told)
    assert restored(json.loads(told)) == {"name": name, name: 1}


@pytest.mark.parametrize("name", NAMES)
def test_what_rich_draws_is_as_it_can_be_shown(capsys, name):
    for text in (Text(name), Text.assemble(name, (name, "red")), Text("a").append(name, "bold"), lines(name)):
        console(width=4000).print(text)
    told = capsys.readouterr().out
    no_control_characters(told)
    assert told.startswith(f"{printable(name)}\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_others_print_loses_its_control_characters(name):
    piped, terminal = io.StringIO(), Terminal()
    output._Guard(piped).write(f"{name} \x1b[1mbold\x1b[0m\n")
    output._Guard(terminal).write(f"\x1b[1mbold\x1b[0m {name}\n")
    no_control_characters(piped.getvalue())
    no_control_characters(terminal.getvalue(), terminal=True)
    assert terminal.getvalue().startswith("\x1b[1mbold\x1b[0m ")


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, "bold\n"),
        ({"FORCE_COLOR": ""}, "bold\n"),
        ({"FORCE_COLOR": "1"}, "\x1b[1mbold\x1b[0m\n"),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "bold\n"),
    ],
)
def test_colours_are_forced_into_a_pipe_and_nothing_else_is(monkeypatch, variables, told):
    """https://force-color.org: a file has colours then, and no line that is drawn twice."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    piped = io.StringIO()
    monkeypatch.setattr("sys.stdout", output._Guard(piped))
    screen = console()
    assert not screen.is_terminal
    screen.print(Text("bold", "bold"))
    assert piped.getvalue() == told
    output._Guard(piped).write("\x1b[2K")
    assert piped.getvalue() == f"{told}\\x1b[2K"


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_takes_any_text(name):
    import xml.etree.ElementTree as ET

    found = ET.fromstring(f'<text name="{escape(name)}">{escape(name)}</text>')
    assert found.text == found.get("name") == printable(name)


def test_a_byte_of_a_code_page_is_shown_by_its_number():
    assert Text(BYTES).plain == r"B\xfcro caf\xe9 \x9b"
    assert "\x1b" not in Text(ESCAPES).plain


def test_no_other_module_of_the_command_line_writes():
    """A new command that prints by itself would be outside of the escape."""
    found = []
    for path in CLI.rglob("*.py"):
        if path.name in ("output.py", "screen.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                    found.append(f"{path.name}:{node.lineno} {name}")
                case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
                    found.append(f"{path.name}:{node.lineno} {name}")
                case ast.Attribute(
                    value=ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr"), attr="write"
                ):
                    found.append(f"{path.name}:{node.lineno} write")
    assert not found


def test_a_value_of_the_state_is_shown_with_the_bytes_that_it_keeps():
    from wiretik.cli.display import words

    assert words.value(stored(BYTES)) == r'"B\xfcro caf\xe9 \x9b"'
    assert words.value(r"B\u0000fcro") == r'"B\\u0000fcro"'
    assert words.value([ESCAPES[:2]]) == r'["\u001b]"]'
