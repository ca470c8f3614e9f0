"""`pulumi-resource-wiretik` with components: what the start script of `wiretik plugin install` runs."""

from __future__ import annotations

import sys

from wiretik.packaged.serving import WhenAsked
from wiretik_provider.plugin.__main__ import main

if __name__ == "__main__":
    main(sys.argv[1:], WhenAsked())
