"""What each process of a fleet's site would work out anew, worked out once in the one that forks them (`fleet`).

It does so at import, since the forking process only imports: the types of all resources and of their arguments, and the
parts of gRPC that it imports at its first call. A seventh of a site's processor time went to them. Rule: nothing here
configures anything or starts a thread.
"""

import importlib
import inspect
from typing import Final

import pulumi
import pulumi._types

from wiretik import _public, _pulumi_compat
from wiretik.resources.base import misuse

__all__: list[str] = []

_LATE: Final = ("encodings.idna", "grpc._channel", "grpc._interceptor", "grpc._server", "grpc.experimental")


def _work_out() -> None:
    for name in _LATE:
        importlib.import_module(name)
    _pulumi_compat.remember()
    misuse.work_out()
    types = getattr(pulumi._types, "resource_types", None)
    for name in _public.__all__:
        if types is not None and inspect.isclass(one := getattr(_public, name)) and issubclass(one, pulumi.Resource):
            types(one)


_work_out()
