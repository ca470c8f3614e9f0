"""`python -m tools.generate`: writes the typed classes, the plugin's schema and the pages of both."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.generate import classes, every, schema
from wiretik_provider.menus import MENUS

RESOURCES: Final = Path("sdk/python/wiretik/resources")
STUB: Final = Path("sdk/python/wiretik/menus.pyi")
PAGES: Final = Path("docs/reference/every")
SCHEMA: Final = Path("provider/wiretik_provider/plugin/schema.json")


def main() -> None:
    """Writes every module, then the pages in a process of its own, which imports what was written."""
    for name, text in classes.modules(MENUS).items():
        (RESOURCES / f"{name}.py").write_text(text, encoding="utf-8")
    SCHEMA.write_text(schema.schema(), encoding="utf-8")
    STUB.write_text(every.stub(), encoding="utf-8")
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in every.pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "tools.reference"], check=True)


if __name__ == "__main__":
    main()
