"""Extension attributes: the typed objects of a `Doc` and of its spans.

``span._.gouji`` is the `Mention` of a span, ``span._.gouji_text`` its exact text (a span of tokens is wider where the
mention begins or ends inside a token), ``span._.gouji_facts`` the facts that a figure states. ``doc._.gouji_mentions``,
``doc._.gouji_facts`` and ``doc._.gouji_causes`` are all of a document. Everything is kept as plain data in
``doc.user_data``, and made into objects when it is asked for.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc, Span

from gouji.components.plain import cause_of, fact_of, mention_of
from gouji.model.facts import Cause, Fact, Mention

KEY = "gouji_components"


def store(doc: Doc) -> dict[str, Any]:
    """Plain data of a document."""
    data: dict[str, Any] = doc.user_data.setdefault(KEY, {"mentions": {}, "facts": [], "causes": []})
    return data


def _stored(doc: Doc) -> dict[str, Any]:
    return doc.user_data.get(KEY) or {"mentions": {}, "facts": [], "causes": []}


def mentions(doc: Doc) -> tuple[Mention, ...]:
    """Mentions of a document, sorted by (start, end, label)."""
    found = map(mention_of, _stored(doc)["mentions"].values())
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end, m.label)))


def facts(doc: Doc) -> tuple[Fact, ...]:
    """Facts of a document."""
    return tuple(map(fact_of, _stored(doc)["facts"]))


def causes(doc: Doc) -> tuple[Cause, ...]:
    """Causes of a document."""
    return tuple(map(cause_of, _stored(doc)["causes"]))


def mention(span: Span) -> Mention | None:
    """Mention that a span of gouji's span groups stands for; None for any other span."""
    data = _stored(span.doc)["mentions"].get(span.id_)
    return None if data is None else mention_of(data)


def exact_text(span: Span) -> str | None:
    """Text of the mention, without what its first and last token have besides."""
    data = _stored(span.doc)["mentions"].get(span.id_)
    return None if data is None else span.doc.text[data["span"][0] : data["span"][1]]


def facts_of(span: Span) -> tuple[Fact, ...]:
    """Facts that the figure of a span states."""
    stored = _stored(span.doc)
    data = stored["mentions"].get(span.id_)
    return tuple(fact_of(f) for f in stored["facts"] if data is not None and f["figure"] == data["id"])


def register() -> None:
    """Make the attributes known to spaCy; done once for a process."""
    attributes: tuple[tuple[Any, str, Any], ...] = (
        (Doc, "gouji_mentions", mentions),
        (Doc, "gouji_facts", facts),
        (Doc, "gouji_causes", causes),
        (Span, "gouji", mention),
        (Span, "gouji_text", exact_text),
        (Span, "gouji_facts", facts_of),
    )
    for owner, name, getter in attributes:
        owner.set_extension(name, getter=getter, force=True)
