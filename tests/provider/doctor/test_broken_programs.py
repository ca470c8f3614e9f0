"""The seed's Troubleshooting in the program: the preview refuses what it can know, names the cause, writes nothing."""

import re
import shutil
import tomllib

import pytest

from wiretik.testing import deployed

from .hospital import ROOT, config_of

CASES = {
    case["name"]: case
    for path in sorted((ROOT / "tests" / "cases" / "doctor" / "programs").glob("*.toml"))
    for case in tomllib.loads(path.read_text())["case"]
}


@pytest.mark.e2e
@pytest.mark.parametrize("name", CASES)
def test_a_broken_program_is_refused_with_its_cause(name, tmp_path):
    case = CASES[name]
    folder = ROOT / "examples" / case["example"]
    program = tmp_path / "program"
    program.mkdir()
    shutil.copy(folder / "Pulumi.yaml", program)
    text = (folder / "__main__.py").read_text()
    for pattern, new in case["change"]:
        text, count = re.subn(pattern, lambda _, new=new: new, text, flags=re.DOTALL)
        assert count, f"nothing of the program is like {pattern}"
    (program / "__main__.py").write_text(f"{text}\n{case.get('expect', '')}\n")
    with deployed(program, config=config_of(folder), tls=False) as site:
        before = site.router.router.snapshot()
        result = site.preview()

        assert not result.ok
        assert site.router.router.snapshot() == before
    first = result.errors[0]
    for part in case["says"]:
        assert part in first, result.errors
