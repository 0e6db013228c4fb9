"""A spaCy tokenizer whose tokens are jieba's words, with every figure whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from gouji.components.reading import reading_of
from gouji.extract.tokens import tokenise_document


class Tokenizer:
    """Cuts figures out first (numbers of table cells too), and the rest into jieba's words.

    Parameters
    ----------
    vocab : Vocab
    engine : str
        ``jieba``, ``rjieba`` (the same words, faster), or ``auto``: rjieba where it is installed. The dictionary is
        gouji's own; jieba's process-wide one stays as it is.

    Notes
    -----
    It holds no dictionary itself, so that it can be pickled and sent to other processes.
    """

    def __init__(self, vocab: Vocab, engine: str = "auto") -> None:
        self.vocab, self.engine = vocab, engine

    def __call__(self, text: str) -> Doc:
        """Tokenise one text."""
        if not text:
            return Doc(self.vocab)
        reading = reading_of(text)
        words: list[str] = []
        spaces: list[bool] = []
        for token in tokenise_document(reading.document, reading.figures, self.engine):
            if token.text == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True  # spaCy keeps one blank with the token before it
            else:
                words.append(token.text)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str]) -> Iterable[Doc]:
        """Tokenise one text after the other."""
        return map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """All there is to save is in the configuration."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Nothing to read."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """All there is to save is in the configuration."""

    def from_disk(self, _path: str | Path, **_: Any) -> Tokenizer:
        """Nothing to read."""
        return self


def make_tokenizer(engine: str = "auto") -> Callable[[Language], Tokenizer]:
    """Make what spaCy calls with the pipeline to get its tokenizer."""

    def tokenizer(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, engine)

    return tokenizer
