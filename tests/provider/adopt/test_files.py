"""The files of an adopted program are as a linter and a formatter want them, also without what is said beside them."""

import subprocess
import sys
from pathlib import Path

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
