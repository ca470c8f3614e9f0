"""The home site in other languages has the rows of the Python program, by the same types and names."""

import json
import pathlib
import re
import runpy

import pulumi
import yaml

import mocked
from constructs import made
from wiretik_provider.keys import generate

HOME = pathlib.Path(__file__).parents[3] / "examples" / "home"


def of_python():
    """The type and name of each resource below the site."""

    def program():
        pulumi.runtime.set_all_config({"site:lan": "192.168.88.0/24"})
        runpy.run_path(str(HOME / "__main__.py"))

    found = {(one.typ.rpartition(":")[2], one.name) for one in mocked.resources(program)}
    return {(kind, name) for kind, name in found if name.startswith("home")}


def of_yaml():
    """The properties of the site, with the config's defaults."""
    program = yaml.safe_load((HOME / "yaml" / "Pulumi.yaml").read_text())
    known = {name: one.get("default", "192.168.88.0/24") for name, one in program["config"].items()}
    known["phone-key"] = generate()
    text = json.dumps(program["resources"]["home"]["properties"])
    whole = re.sub(r'"\$\{([^}]*)\}"', lambda found: json.dumps(known[found[1]]), text)
    return json.loads(re.sub(r"\$\{([^}]*)\}", lambda found: str(known[found[1]]), whole))


def test_the_yaml_program_has_the_python_programs_resources_by_type_and_name(engine):
    engine.preview = True  # which registers the same
    made(engine, "Site", "home", **of_yaml())

    found = {tuple(urn.rpartition(":index:")[2].split("::")) for urn in engine.registered}
    assert {one for one in found if one[0] != "Preflight"} == of_python()
