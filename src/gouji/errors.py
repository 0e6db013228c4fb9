"""Everything that gouji raises on purpose.

::

    GoujiError
    ├── ReaderError      (ValueError)   a document that cannot be read
    ├── ResourceError    (ValueError)   a resource file of the package that is not well formed
    ├── AnnotationError  (ValueError)   a gold file that does not fit its document or its schema
    └── ArtefactError    (ValueError)   a trained model whose papers do not fit it

A discrepancy inside a report is never an exception: it is a `CheckOutcome`.
"""

from __future__ import annotations

from pathlib import Path


class GoujiError(Exception):
    """Base of all errors that gouji raises on purpose; its text is one clear sentence."""


class ReaderError(GoujiError, ValueError):
    """A document that cannot be read.

    Parameters
    ----------
    path : str or Path
        The file.
    message : str
        What was seen and what would do, without the path.
    page : int, optional
        Page the trouble was met on, 1-based.
    """

    def __init__(self, path: str | Path, message: str, page: int | None = None) -> None:
        self.path, self.page = str(path), page
        where = f"{path}, page {page}" if page else f"{path}"
        super().__init__(f"{where}: {message}")


class ResourceError(GoujiError, ValueError):
    """A resource file of the package that is not well formed; names the file and the entry."""


class AnnotationError(GoujiError, ValueError):
    """A gold file that does not fit its document or its schema; names the file and the item."""


class ArtefactError(GoujiError, ValueError):
    """A trained model whose papers do not fit it."""
