"""What a text gives, found once and shared by the components that ask for it."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache

from gouji.extract import extract
from gouji.extract.figures import tag_figures
from gouji.facts import assemble
from gouji.model.document import Document
from gouji.model.facts import Cause, Fact, Label, Mention
from gouji.readers.txt import document_of
from gouji.settings import DEFAULT


class Reading:
    """One text, read as far as somebody asks.

    Parameters
    ----------
    text : str
        Read as the content of a text file: its lines become sections, passages and tables.
    system : str
        ``rules``, ``crf`` or ``hybrid``.
    """

    def __init__(self, text: str, system: str) -> None:
        self.text, self.system = text, system

    @cached_property
    def document(self) -> Document:
        """The text as a document."""
        return document_of(self.text, "doc", hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest())

    @cached_property
    def figures(self) -> tuple[Mention, ...]:
        """Figures without ids: all that a pipeline for figures alone needs."""
        return tuple(tag_figures(self.document))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, numbered."""
        return extract(self.document, self.system)

    def labelled(self, label: Label) -> tuple[Mention, ...]:
        """Mentions of one label, numbered."""
        return tuple(m for m in self.mentions if m.label is label)

    @cached_property
    def facts(self) -> tuple[tuple[Fact, ...], tuple[Cause, ...]]:
        """Facts and causes."""
        return assemble(self.document, self.mentions, DEFAULT.classifier)


@lru_cache(maxsize=2)
def reading_of(text: str, system: str = "rules") -> Reading:
    """Read a text; the components of one pipeline, called one after the other with one document, share the result.

    Examples
    --------
    >>> reading_of("支出3万元。") is reading_of("支出3万元。")
    True
    """
    return Reading(text, system)
