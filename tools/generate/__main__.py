"""`python -m tools.generate`: writes the typed classes, then the reference pages that follow from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.generate import classes
from wiretik_provider.menus import MENUS

RESOURCES: Final = Path("sdk/python/wiretik/resources")


def main() -> None:
    """Writes every module, then the pages in a process of its own, which imports what was written."""
    for name, text in classes.modules(MENUS).items():
        (RESOURCES / f"{name}.py").write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "tools.reference"], check=True)


if __name__ == "__main__":
    main()
