"""`pulumi-resource-wiretik` with components: what the start script of `wiretik plugin install` runs."""

from __future__ import annotations

import sys

from pulumi.runtime.proto.provider_pb2 import ConstructRequest, ConstructResponse

from wiretik_provider.plugin.__main__ import main
from wiretik_provider.plugin.service import Constructs


class _WhenAsked(Constructs):
    """Components, which are imported when a program asks for the first one: most have rows alone."""

    def __init__(self) -> None:
        self._making: Constructs | None = None

    def make(self, engine: str, request: ConstructRequest) -> ConstructResponse:
        if self._making is None:
            from wiretik.packaged.constructing import Making  # noqa: PLC0415

            self._making = Making()
        return self._making.make(engine, request)

    def cancel(self) -> None:
        if self._making is not None:
            self._making.cancel()


if __name__ == "__main__":
    main(sys.argv[1:], _WhenAsked())
