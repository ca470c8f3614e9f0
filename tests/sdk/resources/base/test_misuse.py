"""Whether a value is of an annotated type."""

import itertools
import typing
from collections.abc import Mapping, Sequence

import pulumi
import pytest

from wiretik.resources.base import misuse

HINTS = (
    *(pulumi.Input[str], pulumi.Input[str | int], pulumi.Input[bool], pulumi.Output[str]),
    *(str, int, float, bool, None, str | None, int | float | None, typing.Any),
    *(typing.Literal["a", 1], Sequence[str], Mapping[str, int]),
)
VALUES = ("a", "1", 1, 1.5, True, None, [], ["a"], {"a": 1})


@pytest.mark.parametrize("numbers", [True, False])
def test_plain_values_that_are_taken_at_a_glance_are_those_that_fit(numbers):
    told = {(str(hint), repr(value)): misuse.fits(value, hint, numbers=numbers) for hint in HINTS for value in VALUES}
    looked = {
        (str(hint), repr(value)): misuse._fits(value, hint, numbers=numbers)
        for hint, value in itertools.product(HINTS, VALUES)
    }
    assert told == looked
    assert set(looked.values()) == {True, False}
