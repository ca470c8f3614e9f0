"""Troubles of exports, a few lines each on common grounds."""

import tomllib

from .hospital import ROOT

FOLDER = ROOT / "tests" / "cases" / "doctor" / "exports"
GROUNDS = tomllib.loads((FOLDER / "grounds.toml").read_text())
CASES = {
    f"{path.stem}: {case['name']}": case
    for path in sorted(FOLDER.glob("*.toml"))
    if path.stem != "grounds"
    for case in tomllib.loads(path.read_text())["case"]
}


def exported_kinds():
    """The kinds of findings that some case has."""
    return [kind for case in CASES.values() for kind in case.get("finds", ())]
