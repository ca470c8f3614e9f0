"""What a deployment begins before its command line is read."""

from pathlib import Path

import pytest

from wiretik.cli.early import glimpse


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
