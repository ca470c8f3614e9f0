"""Query words of `print` and `listen`: a small stack machine over one printed row (docs/facts/api.md#queries).

Pure. Values are compared in the form in which they are printed; `<` and `>` compare as numbers or times where both
sides are some, else as text (the manual doesn't say; docs/facts/api.md#queries has no rule).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wiretik_provider.simulator.spec.grammar import ipv4, milliseconds

__all__ = ["matches"]

Properties = Mapping[str, str]


def matches(words: Sequence[str], row: Properties) -> bool:
    """Whether the row passes all query words: no false may remain on the stack."""
    stack: list[bool] = []
    for word in words:
        if word.startswith("?#"):
            _operate(word[2:], stack)
        else:
            stack.append(_test(word[1:], row))
    return all(stack)


def _test(word: str, row: Properties) -> bool:
    sign, rest = word[:1], word[1:]
    if sign == "-":
        return rest not in row
    if sign in ("<", ">"):
        name, _, value = rest.partition("=")
        return name in row and _before(row[name], value, swap=sign == ">")
    name, equals, value = (rest if sign == "=" else word).partition("=")
    return name in row and (not equals or row[name] == value)


def _before(left: str, right: str, *, swap: bool) -> bool:
    if swap:
        left, right = right, left
    for measure in (ipv4, milliseconds):
        one, other = measure(left), measure(right)
        if one is not None and other is not None:
            return one < other
    return left < right


def _operate(operations: str, stack: list[bool]) -> None:
    index = ""
    for position, sign in enumerate(operations):
        if sign.isdigit() and sign.isascii():
            index += sign
            if position == len(operations) - 1:
                stack[:] = [_at(stack, int(index))]
            continue
        if index:
            stack.append(_at(stack, int(index)))
            index = ""
            if sign == ".":
                continue
        if sign == "!":
            stack.append(not _pop(stack))
        elif sign == "&":
            right, left = _pop(stack), _pop(stack)
            stack.append(left and right)
        elif sign == "|":
            right, left = _pop(stack), _pop(stack)
            stack.append(left or right)


def _pop(stack: list[bool]) -> bool:
    # The stack starts as infinitely many true values (A.6).
    return stack.pop() if stack else True


def _at(stack: list[bool], index: int) -> bool:
    # Indexes count from the top, which the manual's examples leave open ([??], docs/facts/api.md#queries).
    return stack[-1 - index] if index < len(stack) else True
