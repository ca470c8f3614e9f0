"""The Python SDK's components in Wiretik's Pulumi package, for YAML, TypeScript and Go.

`shapes` says what a component takes and gives, in the words of a schema; `constructing` makes one where Pulumi asks for
it. Rule: nothing is written down twice: what a component takes is what its Python class takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

__all__ = ["servicer"]


def servicer() -> ResourceProviderServicer:
    """What answers Pulumi's calls, for an engine in this process."""
    from wiretik.packaged.serving import WhenAsked  # noqa: PLC0415
    from wiretik_provider.plugin.service import Service  # noqa: PLC0415

    return Service(WhenAsked())
