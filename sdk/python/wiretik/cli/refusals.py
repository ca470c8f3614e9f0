"""Flags of `pulumi preview | up | refresh | destroy | import` that these commands don't have, and their substitutes."""

from collections.abc import Container, Mapping, Sequence
from typing import Final

__all__ = ["DEPLOYS", "refusal"]

DEPLOYS: Final = frozenset({"adopt", "own", "preview", "up", "refresh", "destroy", "import"})
"""The commands that start programs and providers."""

_CLI: Final = "only the pulumi CLI does that, and carries on with the same state"
_SHOWN: Final = "--diff shows every property, --json everything"
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "`wiretik config set KEY VALUE` sets config": ("config", "config-path"),
    "the config is Pulumi.<stack>.yaml's": ("config-file", "show-config", "skip-config-validation", "override-env"),
    "--target names the resources to touch instead": ("exclude", "exclude-dependents", "exclude-protected"),
    "take `protect` from the resource's options and deploy that first": ("ignore-protect",),
    "without a terminal nothing is asked": ("non-interactive",),
    "refresh and destroy use the present config without running the program": ("run-program",),
    "secrets are shown by `wiretik export --show-secrets`": ("show-secrets",),
    "the passphrase encrypts secrets, see PULUMI_CONFIG_PASSPHRASE": ("secrets-provider",),
    "the environment variable NO_COLOR takes the colours away": ("color",),
    "delete the stack's file under .pulumi/stacks when it is empty": ("remove",),
    "an interrupted create is looked at by the next up": (
        *("clear-pending-creates", "import-pending-creates", "skip-pending-creates"),
    ),
    "an import file is needed, see --file": (
        *("from", "generate-code", "generate-resources", "out", "parent", "properties", "provider"),
    ),
    "without --skip-preview a preview comes first; without --yes it stays one": ("preview-only",),
    "there are no links to print": ("suppress-permalink",),
    "no plugins are installed": ("skip-plugin-pre-install",),
    _SHOWN: (
        *("show-full-output", "show-reads", "show-replacement-steps", "show-sames", "urns"),
        *("fully-qualify-stack-names", "emoji", "suppress-outputs", "suppress-progress"),
    ),
    _CLI: (
        *("continue-on-error", "replace", "target-replace", "save-plan", "plan", "strict", "import-file", "message"),
        *("policy-pack", "policy-pack-config", "show-policy-remediations", "neo", "disable-integrity-checking"),
        *("attach-debugger", "debug", "logflow", "logtostderr", "memprofilerate", "otel-traces", "profiling"),
        *("tracing", "verbose"),
    ),
}
_INSTEAD: Final = {f"--{flag}": words for words, flags in _WORDS.items() for flag in flags}
_SHORT: Final = {"-c": "--config", "-x": "--exclude", "-m": "--message", "-d": "--debug", "-v": "--verbose"}


def refusal(words: Sequence[str], own: Container[str]) -> str | None:
    """Say why a command line can't be, if a flag of the CLI stands in it that this command lacks.

    Args:
        words: The command line behind the command.
        own: The flags that the command has.
    """
    for word in words:
        if word == "--":
            break
        flag = word.partition("=")[0]
        instead = _INSTEAD.get(_SHORT.get(flag, flag))
        if instead is not None and flag not in own:
            return f"{flag} is not an option here: {instead}"
    return None
