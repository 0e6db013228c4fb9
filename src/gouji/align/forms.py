"""Self-evaluation forms (stub)."""

from __future__ import annotations

from gouji.align.figures import Figure, FigureIndex
from gouji.model.document import Document
from gouji.model.outcomes import Alignment


class Forms:
    def __init__(self, document: Document, figures: FigureIndex) -> None:
        self.figures = figures

    def same(self, figure: Figure) -> list[Alignment]:
        return []

    def of_project(self, figure: Figure) -> list[Alignment]:
        return []

    def relations(self, figure: Figure) -> list[Alignment]:
        return []
