"""Optional libraries: imported where they are needed, and one sentence where they are not installed."""

from __future__ import annotations

import importlib
from typing import Any

from gouji.errors import AnnotationError


def needed(module: str, extra: str) -> Any:
    """Import a module of an optional library.

    Raises
    ------
    AnnotationError
        If it is not installed; the message says what to install.
    """
    try:
        return importlib.import_module(module)
    except ImportError as err:
        raise AnnotationError(f"这种格式需要 {module.split('.')[0]}，请先运行 pip install 'gouji[{extra}]'。") from err
