"""One definition for each: what a matcher is, how ports, addresses, prefixes, gateways and tags are read, and quoting.

Whoever reads such a text by himself, outside the modules that are there for it, is named here with file and line. The
embedded router is left out: it must not share our understanding of RouterOS.
"""

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest

from wiretik_provider.rules.model import BESIDE, DOES, TOLD

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text()
    for folder in ("provider/wiretik_provider", "sdk/python/wiretik")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "simulator" not in path.parts
}
READERS = ("provider/wiretik_provider/codecs/", "sdk/python/wiretik/components/shared/prefixes.py")
CUT = r"\.r?(partition|split)\(\"{}\""


def lines(pattern: str) -> Iterator[str]:
    """The lines with a pattern, outside the modules that read such texts."""
    for path, source in SOURCES.items():
        for number, line in enumerate(source.splitlines(), 1):
            if not path.startswith(READERS) and re.search(pattern, line):
                yield f"{path}:{number}: {line.strip()}"


def written_out(tree: ast.AST) -> Iterator[set[object]]:
    """The sets, tuples and lists of constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.Tuple | ast.List):
            yield {one.value for one in node.elts if isinstance(one, ast.Constant)}


@pytest.mark.parametrize(
    ("pattern", "of"),
    [
        (r"\bipaddress\.(ip_\w+|IPv[46]Interface)\(", "addresses and prefixes"),
        (CUT.format("%"), "gateways"),
        (CUT.format("-"), "ports and ranges"),
        (r"partition\(\" ?\[wt|\bsplit\(row[.\[]", "whose a row is (rows.ownership)"),
        (r"re\.sub\(r?'\[\"|replace\(\"\$\"", "strings of the script language"),
    ],
)
def test_such_texts_are_read_and_written_in_the_codecs_and_in_the_arguments_of_components_alone(pattern, of):
    assert list(lines(pattern)) == [], of


def test_what_is_no_matcher_is_listed_once():
    asked = {"action", "chain", "comment", "log"}
    telling = [path for path, source in SOURCES.items() if all(f'"{name}"' in source for name in asked)]
    found = [path for path in telling for some in written_out(ast.parse(SOURCES[path])) if asked <= some <= BESIDE]

    assert found == ["provider/wiretik_provider/rules/model.py"]
    assert TOLD | DOES < BESIDE
