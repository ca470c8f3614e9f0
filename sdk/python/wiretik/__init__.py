"""WireGuard networks on MikroTik routers, as Pulumi programs.

What programs use stands in `_public`, which is imported with the first name that is asked for: a command line that only
begins needs none of it.
"""

import importlib
import sys
from typing import TYPE_CHECKING

from wiretik import _where  # isort: skip  (before anything that isn't everywhere)
from wiretik import _environment  # noqa: F401  (before anything imports grpc)

if TYPE_CHECKING:
    from wiretik import menus as menus
    from wiretik._public import *  # noqa: F403
else:

    def __getattr__(name: str) -> object:
        public = None
        if name == "menus":  # as programs have it that Pulumi writes
            return importlib.import_module("wiretik.menus")
        if name == "__all__" or not name.startswith("_"):
            if "wiretik._public" not in sys.modules:  # each look at the version reads and parses a file
                version = importlib.import_module(
                    "importlib.metadata"
                ).version  # late: it is slow, and plugins start often
                if why := _where.refusal_of_sdk(version("pulumi")):
                    raise importlib.import_module("pulumi").RunError(why)
                importlib.import_module("wiretik._public")
            public = sys.modules["wiretik._public"]
        if not hasattr(public, name):
            if public is None:
                raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
            raise importlib.import_module("wiretik.resources.base.missing").no_such_import(name, public.__all__)
        found = globals()[name] = getattr(public, name)
        return found
