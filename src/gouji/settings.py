"""Options, in one frozen object. No other module reads files or the environment for options."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of an analysis.

    Parameters
    ----------
    with_text : bool
        Put the canonical text into the JSON of the analysis.
    max_bytes : int
        A file larger than this is refused by the readers.
    """

    with_text: bool = False
    max_bytes: int = 512 * 1024 * 1024


DEFAULT = Settings()
