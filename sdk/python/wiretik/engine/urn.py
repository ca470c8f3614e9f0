"""URNs: the name of a resource within a stack, and the only identity that the engine knows."""

import sys
from typing import Final

STACK_TYPE: Final = "pulumi:pulumi:Stack"
REFERENCE_TYPE: Final = "pulumi:pulumi:StackReference"
PROVIDER_PREFIX: Final = "pulumi:providers:"
DYNAMIC_PACKAGE: Final = "pulumi-python"
_MARK: Final = "::"


def make(stack: str, project: str, parent: str, type_: str, name: str) -> str:
    """The URN of a resource: its type is qualified by those of its parents, but for the stack itself."""
    above = qualified_type(parent) if parent else ""
    chain = f"{above}${type_}" if above and above != STACK_TYPE else type_
    return sys.intern(f"urn:pulumi:{stack}::{project}::{chain}::{name}")  # others name it as often as they depend on it


def qualified_type(urn: str) -> str:
    """The chain of types, outermost first, joined by `$`."""
    return urn.split(_MARK, 3)[2]


def type_of(urn: str) -> str:
    """The resource's own type token."""
    return qualified_type(urn).rsplit("$", 1)[-1]


def name_of(urn: str) -> str:
    """The resource's logical name, which may itself hold `::`."""
    return urn.split(_MARK, 3)[3]


def rooted(urn: str, stack: str, project: str) -> str:
    """The same URN in another stack or project; both are kept where they are empty."""
    head, old_project, rest = urn.split(_MARK, 2)
    old_stack = head.removeprefix("urn:pulumi:")
    return f"urn:pulumi:{stack or old_stack}::{project or old_project}::{rest}"


def package_of(type_: str) -> str:
    """The package that a type token belongs to; for a provider's type, the package that it provides."""
    if type_.startswith(PROVIDER_PREFIX):
        return type_.removeprefix(PROVIDER_PREFIX)
    return type_.split(":", 1)[0]


def is_provider(type_: str) -> bool:
    """Whether resources of this type are providers."""
    return type_.startswith(PROVIDER_PREFIX)


def reference(urn: str, id_: str) -> str:
    """How a resource refers to its provider."""
    return f"{urn}::{id_}"


def of_reference(ref: str) -> tuple[str, str]:
    """The provider's URN and id of such a reference."""
    urn, _, id_ = ref.rpartition(_MARK)
    return urn, id_
