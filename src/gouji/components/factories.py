"""The names that spaCy knows: four components and a tokenizer. The only place that registers with spaCy.

Each component writes one span group and, in plain form, the objects behind it. What one finds does not depend on which
others are in the pipeline: all read the same `Reading` of the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry

from gouji.components.attributes import register, store
from gouji.components.plain import plain
from gouji.components.reading import reading_of
from gouji.components.tokenizer import make_tokenizer
from gouji.model.facts import FIGURES, Label, Mention

register()
registry.tokenizers("gouji.Tokenizer.v1", func=make_tokenizer)


def identify(mention: Mention) -> str:
    """Id of a mention's span in a `Doc`; the same whichever components ran.

    Examples
    --------
    >>> from gouji.model.spans import Span
    >>> identify(Mention("m7", Label.AMOUNT, Span(4, 9), "p1", Span(4, 9)))
    'AMOUNT:4-9'
    """
    return f"{mention.label.value}:{mention.span.start}-{mention.span.end}"


def write_spans(doc: Doc, key: str, mentions: Iterable[Mention]) -> None:
    """Put mentions into a span group, and their plain form beside it.

    A mention that begins or ends inside a token gives a span that is wider, to the token's end.
    """
    data = store(doc)["mentions"]
    spans = []
    for mention in mentions:
        data[identify(mention)] = plain(mention)
        spans.append(_span(doc, mention, mention.label.value))
    doc.spans[key] = [span for span in spans if span is not None]


def _span(doc: Doc, mention: Mention, label: str) -> Span | None:
    start, end = mention.span.start, mention.span.end
    return doc.char_span(start, end, label=label, alignment_mode="expand", span_id=identify(mention))


class FigureTagger:
    """Tags amounts, rates and counts; labels ``AMOUNT``, ``RATE``, ``QUANTITY``."""

    def __init__(self, name: str, spans_key: str) -> None:
        self.name, self.spans_key = name, spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document."""
        write_spans(doc, self.spans_key, reading_of(doc.text).figures)
        return doc


class NameTagger:
    """Tags the mentions of one label: ``INDICATOR`` or ``CAUSE``."""

    def __init__(self, name: str, spans_key: str, system: str, label: Label) -> None:
        self.name, self.spans_key, self.system, self.label = name, spans_key, system, label

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document."""
        write_spans(doc, self.spans_key, reading_of(doc.text, self.system).labelled(self.label))
        return doc


class FactReader:
    """Reads facts and causes; its span group has a span for each fact, the figure's, labelled by the measure."""

    def __init__(self, name: str, spans_key: str, system: str) -> None:
        self.name, self.spans_key, self.system = name, spans_key, system

    def __call__(self, doc: Doc) -> Doc:
        """Read the facts of one document."""
        reading = reading_of(doc.text, self.system)
        facts, causes = reading.facts
        data = store(doc)
        data["mentions"] = {identify(m): plain(m) for m in reading.mentions}
        data["facts"] = [plain(fact) for fact in facts]
        data["causes"] = [plain(cause) for cause in causes]
        figures = {m.id: m for m in reading.mentions if m.label in FIGURES}
        spans = (_span(doc, figures[fact.figure], fact.measure.value) for fact in facts)
        doc.spans[self.spans_key] = [span for span in spans if span is not None]
        return doc


@Language.factory("gouji_figures", default_config={"spans_key": "gouji_figures"}, assigns=["doc.spans"])
def make_figures(nlp: Language, name: str, spans_key: str) -> FigureTagger:
    """Make the component for figures."""
    return FigureTagger(name, spans_key)


@Language.factory(
    "gouji_indicators", default_config={"spans_key": "gouji_indicators", "system": "rules"}, assigns=["doc.spans"]
)
def make_indicators(nlp: Language, name: str, spans_key: str, system: str) -> NameTagger:
    """Make the component for the names that figures belong to."""
    return NameTagger(name, spans_key, system, Label.INDICATOR)


@Language.factory(
    "gouji_causes", default_config={"spans_key": "gouji_causes", "system": "rules"}, assigns=["doc.spans"]
)
def make_causes(nlp: Language, name: str, spans_key: str, system: str) -> NameTagger:
    """Make the component for explanations."""
    return NameTagger(name, spans_key, system, Label.CAUSE)


@Language.factory("gouji_facts", default_config={"spans_key": "gouji_facts", "system": "rules"}, assigns=["doc.spans"])
def make_facts(nlp: Language, name: str, spans_key: str, system: str) -> FactReader:
    """Make the component for facts and the causes that explain them."""
    return FactReader(name, spans_key, system)
