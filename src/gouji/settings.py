"""Options, in one frozen object. No other module reads files or the environment for options."""

from __future__ import annotations

from dataclasses import dataclass

SYSTEMS = ("rules", "crf", "hybrid")


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of an analysis.

    Parameters
    ----------
    with_text : bool
        Put the canonical text into the JSON of the analysis.
    max_bytes : int
        A file larger than this is refused by the readers.
    system : str
        What tags indicators and causes: ``rules``, ``crf`` or ``hybrid``.
    """

    with_text: bool = False
    max_bytes: int = 512 * 1024 * 1024
    system: str = "rules"

    def __post_init__(self) -> None:
        if self.system not in SYSTEMS:
            raise ValueError(f"system is {self.system!r}, expected one of {', '.join(SYSTEMS)}")


DEFAULT = Settings()
