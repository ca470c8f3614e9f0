"""Every statement of docs/facts that can be checked on the wire, as cases in data files.

`statements.toml` lists them, each with its case. A case is a talk: `>` lines are sent, `<` lines are what must come
back. A line's words are matched by name, those that aren't mentioned may be there; `-name` says that a property is
absent, `$x` stands for what it met first, `name=…` for any value.
"""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from rawclient import RawClient
from wiretik_provider.simulator import serve

FACTS = Path(__file__).parents[2] / "cases" / "facts"
STATEMENTS = tomllib.loads((FACTS / "statements.toml").read_text())
FILES = sorted(file for file in FACTS.glob("*.toml") if file.name != "statements.toml")
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['says']}")
    for file in FILES
    for case in tomllib.loads(file.read_text())["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_the_router_does_what_the_facts_say(case):
    assert case["source"]
    options = {key: case[key] for key in ("version", "profile") if key in case}
    with serve(tls=False, **options) as lab:
        if "policies" in case:
            lab.router.add_user("someone", "secret", case["policies"].split(","))
        with RawClient(lab.host, lab.api_port) as client:
            if case.get("login", True):
                client.login("someone", "secret") if "policies" in case else client.login()
            follow(case["talk"], client)


TESTS: dict[str, str] = {}
"""The texts of the tests by their files' names, of which there may be two in different rooms."""
for file in Path(__file__).parents[2].rglob("test_*.py"):
    TESTS[file.name] = TESTS.get(file.name, "") + file.read_text()


@pytest.mark.parametrize("section", STATEMENTS)
def test_every_statement_has_a_case_or_a_test_or_a_reason(section):
    cases = {case.id for case in CASES}
    for statement, where in STATEMENTS[section].items():
        place, _, name = where.partition(": ")
        found = f"def {name}(" in TESTS.get(place, "") if place.endswith(".py") else place == "no" or where in cases
        assert found, f"{section} {statement}: {where}"


def follow(talk, client):
    known = {}
    sent = ""
    waiting = 0
    for line in filter(None, map(str.strip, talk.splitlines())):
        sign, _, rest = line.partition(" ")
        words = shlex.split(rest)
        words = [re.sub(r"\$\w+", lambda match: known.get(match[0], match[0]), word) for word in words]
        words = [word.replace("\\n", "\n") for word in words]
        if sign == ">":
            assert not waiting, f"{sent}: nothing is said of the answer"
            client.send(*words)
            sent, waiting = rest, 1
        else:
            reply = client.sentence()
            meet(words, reply, known, f"> {sent}\n< {' '.join(reply)}")
            waiting = reply[0] not in ("!done", "!fatal")


def meet(words, reply, known, seen):
    assert reply[0] == words[0], seen
    if words[0] == "!fatal":
        assert reply[1:] == tuple(words[1:]), seen
        return
    there = dict(word.lstrip("=").partition("=")[::2] for word in reply[1:])
    for word in words[1:]:
        if word.startswith("-"):
            assert word[1:] not in there, seen
            continue
        name, _, value = word.lstrip("=").partition("=")
        assert name in there, seen
        if value.startswith("$"):
            known[value] = there[name]
        elif value != "…":
            assert there[name] == value, f"{seen}\n{name} should be {value!r}"
