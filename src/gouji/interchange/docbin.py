"""spaCy's ``DocBin``: ``corpus.spacy`` with a span group ``gouji``; tokens are cut so that every span is whole.

What a span is besides its label stands in ``doc.user_data["gouji"]``, so that a document comes back as it was, layers
and all. Other programs' files are read by their span groups, or by their entities where there are none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.errors import AnnotationError
from gouji.interchange.annotated import Annotated, Loss, of_contract, of_text
from gouji.interchange.extras import needed
from gouji.interchange.marks import Mark, annotated_of
from gouji.model.spans import Span
from gouji.text.tokenise import tokenise

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME = "docbin"
FILE = "corpus.spacy"
GROUP = "gouji"


def write(documents: Sequence[Annotated], out: Path) -> list[Loss]:
    """Write ``corpus.spacy``.

    Raises
    ------
    AnnotationError
        If spaCy is not installed.
    """
    spacy = needed("spacy", "spacy")
    tokens = needed("spacy.tokens", "spacy")
    vocab = spacy.blank("zh").vocab
    docs = tokens.DocBin(store_user_data=True)
    for document in documents:
        docs.add(_doc(document, vocab, tokens))
    docs.to_disk(out / FILE)
    return []


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read a ``DocBin``.

    Raises
    ------
    AnnotationError
        If spaCy is not installed, or the file is no ``DocBin``.
    """
    spacy = needed("spacy", "spacy")
    tokens = needed("spacy.tokens", "spacy")
    file = path / FILE if path.is_dir() else path
    try:
        docs = list(tokens.DocBin().from_disk(file).get_docs(spacy.blank("zh").vocab))
    except (OSError, ValueError, KeyError, TypeError, zlib.error) as err:
        raise AnnotationError(f"{file}: 不是 spaCy 的 DocBin 文件（{type(err).__name__}）。") from err
    return [_annotated(doc, f"{file.stem}-{i}") for i, doc in enumerate(docs, start=1)], []


def _doc(document: Annotated, vocab: Any, tokens: Any) -> Doc:
    figures = {(m["start"], m["end"]) for m in document.mentions if "value" in m}
    edges = sorted({0, len(document.text), *(m[k] for m in document.mentions for k in ("start", "end"))})
    words = [
        piece.text
        for a, b in zip(edges, edges[1:], strict=False)
        for piece in tokenise(document.text[a:b], [Span(0, b - a)] if (a, b) in figures else [])
    ]
    doc: Doc = tokens.Doc(vocab, words=words, spaces=[False] * len(words))
    spans = [doc.char_span(m["start"], m["end"], label=m["label"], span_id=m["id"]) for m in document.mentions]
    doc.spans[GROUP] = [span for span in spans if span is not None]
    doc.user_data["gouji"] = json.dumps(document.as_contract(), ensure_ascii=False)
    return doc


def _annotated(doc: Doc, name: str) -> Annotated:
    known = doc.user_data.get("gouji")
    if isinstance(known, str):
        return of_contract(json.loads(known), doc.text)
    spans = [span for group in doc.spans.values() for span in group] or list(doc.ents)
    marks = [Mark(str(i), s.label_, s.start_char, s.end_char) for i, s in enumerate(spans)]
    return annotated_of(of_text(name, doc.text), marks, [])
