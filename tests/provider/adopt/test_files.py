"""The files of an adopted program are as a linter and a formatter want them, also without what is said beside them."""

import subprocess
import sys
from pathlib import Path

import pytest

from wiretik_provider.adopt.choosing import Inventory, Options, choose
from wiretik_provider.adopt.files import texts
from wiretik_provider.adopt.program import program

LISTS = [
    {".id": f"*{n}", "name": f"a-rather-long-name-of-list-{n}", "comment": ""}
    for n in ("10", "100", "9", "1", "02", "010", "2c")
]
RULES = [
    {
        ".id": f"*{n}",
        "chain": "forward",
        "action": "accept",
        "in-interface-list": LISTS[n % len(LISTS)]["name"],
        "comment": "x" * 99 + ('\'""', "''\"", "'\"")[n % 3],
    }
    for n in range(200)
]


def _files(tables: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return texts(program(choose(Inventory("7.23.2", "", tables), Options())), "The router that was adopted.")


def _checked(folder: Path, files: dict[str, str]) -> str:
    for name, text in files.items():
        (folder / name).write_text(text)
    ruff = Path(sys.executable).with_name("ruff")
    words = (["check", "--isolated"], ["format", "--isolated", "--check", "--line-length=120"])
    done = [subprocess.run([ruff, *each], cwd=folder, capture_output=True, text=True, check=False) for each in words]
    return "".join(one.stdout for one in done if one.returncode)


def test_modules_that_import_many_names_of_each_other_pass_the_linter_without_a_configuration(tmp_path):
    files = _files({"/interface/list": LISTS, "/ip/firewall/filter": RULES})
    assert len(files) > 2
    assert _checked(tmp_path, files) == ""


def test_the_program_of_an_empty_router_imports_nothing(tmp_path):
    files = _files({})
    assert files == {"__main__.py": '"""The router that was adopted."""\n'}
    assert _checked(tmp_path, files) == ""


ON = {"chain": "input", "action": "accept", "in-interface": "ether1"}
SCRIPT = {".id": "*1", "name": "knock", "source": "/ip firewall filter\nadd chain=input action=drop"}


@pytest.mark.parametrize(
    ("more", "whole"),
    [
        ({}, True),
        ({"/ip/firewall/filter": {"chain": "input", "action": "drop", "in-interface": "*17"}}, False),
        ({"/ip/firewall/filter": {"chain": "forward", "action": "drop", "in-interface": "*17"}}, True),
        ({"/ip/firewall/filter": {"chain": "input", "action": "drop", "comment": "x [wt:3f9a2c71e0b4]"}}, True),
        ({"/system/script": SCRIPT}, False),
        ({"/system/script": {**SCRIPT, "source": "/ip firewall filter print"}}, True),
        ({"/system/script": {**SCRIPT, "source": "/ip firewall\nfilter add chain=input action=drop"}}, False),
        ({"/system/scheduler": {**SCRIPT, "source": "", "on-event": "/import file-name=rules.rsc"}}, False),
        ({"/system/scheduler": {**SCRIPT, "source": "", "on-event": ":delay 1; import rules.rsc"}}, False),
        ({"/system/script": {**SCRIPT, "source": "/certificate/import file-name=ca.pem"}}, True),
        ({"/system/script": {**SCRIPT, "source": ':log info "no import of rules"'}}, True),
    ],
)
def test_a_block_says_that_it_is_all_of_its_chain_where_nothing_of_nobodys_stays_there(more, whole):
    tables = {"/ip/firewall/filter": [{".id": "*A", **ON}]}
    for path, row in more.items():
        tables.setdefault(path, []).append({".id": "*B", **row})
    assert ('chain="input", foreign="tagged"' in _files(tables)["__main__.py"]) == whole


def test_rules_that_need_more_than_a_line_are_calls_and_short_ones_are_dictionaries(tmp_path):
    long = {**ON, "src-address": "192.168.100.0/24", "comment": "x" * 20}
    files = _files({"/ip/firewall/filter": [{".id": "*A", **ON}, {".id": "*B", **long, "chain": "output"}]})
    assert '"accept-ether1": {"action": "accept", "in_interface": "ether1"}' in files["__main__.py"]
    assert f'"{"x" * 20}": wt.FilterChainRule(\n            action="accept", in_interface=' in files["__main__.py"]
    assert _checked(tmp_path, files) == ""
