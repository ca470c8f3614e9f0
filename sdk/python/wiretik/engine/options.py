"""The user's options for one run."""

from typing import TypedDict

import attrs


@attrs.frozen(kw_only=True)
class Options:
    """The choices of one deployment.

    Attributes:
        parallel: How many steps may run at once (the CLI's default is 16).
        refresh: Read every resource before it is compared.
        targets: Only these URNs are touched; `*` stands for one part, `**` for any number.
        target_dependents: What depends on a target is touched as well.
        expect_no_changes: A change is an error.
        protect: What an import takes into the state is protected, as in the CLI.
        debug: Listeners get the program's debug messages, too, as with the CLI's `--debug`.
    """

    parallel: int = 16
    refresh: bool = False
    targets: tuple[str, ...] = ()
    target_dependents: bool = False
    expect_no_changes: bool = False
    protect: bool = True
    debug: bool = False


class Chosen(TypedDict, total=False):
    """The same by their names, as whoever starts a run gives them."""

    parallel: int
    refresh: bool
    targets: tuple[str, ...]
    target_dependents: bool
    expect_no_changes: bool
    protect: bool
    debug: bool
