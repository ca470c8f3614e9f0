"""What each process of a fleet's site would work out anew, worked out once in the one that forks them (`fleet`).

It does so at import, since the forking process only imports: the types of all resources and of their arguments, and the
parts of gRPC that it imports at its first call. A seventh of a site's processor time went to them. Rule: nothing here
configures anything or starts a thread.
"""

import importlib
import inspect
from typing import Final

import pulumi

from wiretik import _public, _pulumi_compat
from wiretik.resources.base import misuse

__all__: list[str] = []

_LATE: Final = ("encodings.idna", "grpc._channel", "grpc._interceptor", "grpc._server", "grpc.experimental")


def _work_out() -> None:
    for name in _LATE:
        importlib.import_module(name)
    _pulumi_compat.remember()
    misuse.work_out()
    public = (getattr(_public, name) for name in _public.__all__)
    _pulumi_compat.work_out(one for one in public if inspect.isclass(one) and issubclass(one, pulumi.Resource))


_work_out()
