"""Components for a service, which are imported when a program asks for the first one: most have rows alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.runtime.proto.provider_pb2 import ConstructRequest, ConstructResponse

    from wiretik_provider.plugin.service import Constructs

__all__ = ["WhenAsked"]


class WhenAsked:
    """Makes components."""

    def __init__(self) -> None:
        self._making: Constructs | None = None

    def make(self, engine: str, request: ConstructRequest) -> ConstructResponse:
        """One component."""
        if self._making is None:
            from wiretik.packaged.constructing import Making  # noqa: PLC0415

            self._making = Making()
        return self._making.make(engine, request)

    def cancel(self) -> None:
        """Ends those that are being made."""
        if self._making is not None:
            self._making.cancel()
