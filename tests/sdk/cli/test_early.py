"""What a deployment begins before its command line is read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wiretik.cli.early import glimpse
from wiretik.engine.crypto import Crypter


@pytest.mark.parametrize(
    ("words", "directory", "stack"),
    [
        ("--preview-only", "", None),
        ("--yes --skip-preview", "", None),
        ("--yes -s lab -C site", "site", "lab"),
        ("--stack=lab --cwd=site --yes", "site", "lab"),
        ("--stack lab --cwd site", "site", "lab"),
        ("-s", "", ""),  # a mistake, which the command tells
    ],
)
def test_a_glimpse_of_the_words_tells_directory_and_stack(words, directory, stack):
    assert glimpse(words.split()) == (Path(directory), stack)


PROJECT = "name: site\nruntime: python\n"
BEGUN = """
import sys
from wiretik.cli import early
begun = early.begin(sys.argv[1:])
told = begun() if begun else None
from wiretik.engine import crypto
from wiretik.engine.stack import Stack
derived = []
crypto.children.beside = lambda work: derived.append("anew") or work
crypto.PBKDF2HMAC = lambda *given: derived.append("anew") or made(*given)
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC as made
if begun:
    crypto.expect(lambda: told)
Stack(early.glimpse(sys.argv[1:])[0], "lab").crypter().verify()
print("a key" if told else "nothing", *derived)
"""


def begun(directory, words, **environment):
    """What becomes of a key that is begun with these words, where the stack is `lab`."""
    (directory / "Pulumi.yaml").write_text(PROJECT)
    for stack, passphrase in {"lab": "one", "other": "another"}.items():
        cipher = Crypter.new(passphrase)
        (directory / f"Pulumi.{stack}.yaml").write_text(f"encryptionsalt: {cipher.salt}\n")
    told = {key: text for key, text in os.environ.items() if not key.startswith("PULUMI_CONFIG_PASSPHRASE")}
    done = subprocess.run(
        [sys.executable, "-c", BEGUN, "-C", str(directory), *words],
        env={**told, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_key_of_the_stack_that_was_meant_is_derived_once(tmp_path):
    assert begun(tmp_path, ["-s", "lab"], PULUMI_CONFIG_PASSPHRASE="one") == "a key"


@pytest.mark.parametrize("words", [["-s", "other"], ["-s", "nowhere"]])
def test_another_stacks_key_is_never_taken(tmp_path, words):
    assert begun(tmp_path, words, PULUMI_CONFIG_PASSPHRASE="one").endswith("anew")


def test_nothing_is_begun_where_somebody_has_to_be_asked(tmp_path):
    file = tmp_path / "passphrase"
    file.write_text("one\n")

    assert begun(tmp_path, ["--help"], PULUMI_CONFIG_PASSPHRASE="one").startswith("nothing")
    assert begun(tmp_path, ["-s", "lab"], PULUMI_CONFIG_PASSPHRASE_FILE=str(file)) == "a key"
