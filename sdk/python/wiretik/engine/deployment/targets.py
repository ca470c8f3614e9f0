"""Which resources a run may touch: `--target` URNs, with their dependents where asked for."""

import re
from collections.abc import Sequence

from wiretik.engine import urn as urns
from wiretik.engine.options import Options
from wiretik.engine.state.checkpoint import Resource


class Targets:
    """The choice of one run; without targets everything is chosen."""

    def __init__(self, options: Options, base: Sequence[Resource]) -> None:
        self._texts = tuple(options.targets)
        self._patterns = [_pattern(text) for text in self._texts]
        self._seen = {r.urn for r in base}
        self._dependents = options.target_dependents
        self._reached = {r.urn for r in base if self._named(r.urn)}
        if self._dependents:
            for r in base:
                if self._reached.intersection(r.needs()):
                    self._reached.add(r.urn)

    def unmatched(self) -> list[str]:
        """The targets that nothing is, neither in the state nor in the program."""
        return [
            text
            for text, pattern in zip(self._texts, self._patterns, strict=True)
            if not any(pattern.fullmatch(urn) for urn in self._seen)
        ]

    def _named(self, urn: str) -> bool:
        return any(pattern.fullmatch(urn) for pattern in self._patterns)

    def has(self, urn: str, resource: Resource) -> bool:
        """Whether a resource may be touched; the stack and providers always may."""
        self._seen.add(urn)
        if not self._patterns or urns.type_of(urn) == urns.STACK_TYPE or urns.is_provider(resource.type):
            return True
        if urn in self._reached or self._named(urn):
            self._reached.add(urn)
            return True
        if self._dependents and self._reached.intersection(resource.needs()):
            self._reached.add(urn)
            return True
        return False

    def may_delete(self, resource: Resource) -> bool:
        """Whether a resource may be deleted; the stack and providers only where there are no targets."""
        return not self._patterns or resource.urn in self._reached or self._named(resource.urn)


def _pattern(text: str) -> re.Pattern[str]:
    """A URN in which `**` stands for anything and `*` for anything but the marks between parts."""
    parts = re.split(r"(\*\*|\*)", text)
    return re.compile("".join({"**": ".*", "*": "[^:$]*"}.get(part, re.escape(part)) for part in parts))
