"""Imports structlog without Rich, which it loads at once wherever that is installed, Pygments with it.

That is for drawing tracebacks on a terminal. Ours are texts (`exception_redaction`): each process would pay
a twentieth of its start, and 5 MB, for nothing. Whoever draws something imports Rich, as ever.
https://github.com/hynek/structlog/blob/main/src/structlog/dev.py
"""

from __future__ import annotations

import importlib
import sys


def import_structlog() -> None:
    """Import structlog as it is where Rich is not installed. Harmless where either is imported already."""
    if "rich" in sys.modules or "structlog" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # to the import system: there is none
    try:
        importlib.import_module("structlog")
    finally:
        del sys.modules["rich"]
