"""Options, in one frozen object. No other module reads files or the environment for options."""

from __future__ import annotations

from dataclasses import dataclass

SYSTEMS = ("rules", "crf", "hybrid")
CLASSIFIERS = ("rules", "learned", "combined")


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
    classifier : str
        What gives causes their categories: ``rules`` (weighted words), ``learned``, or ``combined`` (the rules where a
        word settles the category, the learned classifier elsewhere).
    """

    with_text: bool = False
    max_bytes: int = 512 * 1024 * 1024
    system: str = "rules"
    classifier: str = "combined"

    def __post_init__(self) -> None:
        if self.system not in SYSTEMS:
            raise ValueError(f"system is {self.system!r}, expected one of {', '.join(SYSTEMS)}")
        if self.classifier not in CLASSIFIERS:
            raise ValueError(f"classifier is {self.classifier!r}, expected one of {', '.join(CLASSIFIERS)}")


DEFAULT = Settings()
