"""spaCy components that tag reports: figures, indicators, causes and facts, the same as `gouji.analyse` finds them.

Reading order: `load` (the whole pipeline), `factories` (names that spaCy knows, and what each component writes),
`reading` (what a text gives, found once for all components), `plain` (typed objects as plain data and back),
`attributes` (``span._.gouji`` and its kin), `tokenizer`, `display`. Importing this package does not import spaCy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from gouji.errors import ArtefactError

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS = ("gouji_figures", "gouji_indicators", "gouji_causes", "gouji_facts")
TOKENIZER = "gouji.Tokenizer.v1"
MAX_LENGTH = 1 << 30
"""Characters that a text may have: spaCy's own limit of a million is there for models that need memory."""


def load(system: str = "rules", components: tuple[str, ...] = COMPONENTS, **config: Any) -> Language:
    """Make a spaCy pipeline with gouji's tokenizer and components.

    Parameters
    ----------
    system : str
        What tags indicators and causes: ``rules``, ``crf`` or ``hybrid``.
    components : tuple of str
        Of `COMPONENTS`, in this order.
    **config
        More of spaCy's ``Language`` configuration, by section (``nlp``, ``training``, …).

    Returns
    -------
    spacy.language.Language
        Of language ``zh``. It can be saved with ``to_disk`` and opened with ``spacy.load``.

    Raises
    ------
    ArtefactError
        If spaCy is not installed.

    Examples
    --------
    >>> nlp = load()
    >>> doc = nlp("本年支出1,234.56万元，比上年增加9.87万元，主要原因是人员增加。")
    >>> [span.text for span in doc.spans["gouji_figures"]], [fact.measure.value for fact in doc._.gouji_facts]
    (['1,234.56万元', '9.87万元'], ['actual', 'change'])
    """
    try:
        import spacy

        importlib.import_module("gouji.components.factories")  # registers the names
    except ImportError as err:
        raise ArtefactError("没有安装 spaCy，请运行 pip install 'gouji[spacy]'。") from err
    section = {**config.pop("nlp", {}), "tokenizer": {"@tokenizers": TOKENIZER}}
    nlp = spacy.blank("zh", config={**config, "nlp": section})
    nlp.max_length = MAX_LENGTH
    for name in components:
        nlp.add_pipe(name, config={} if name == "gouji_figures" else {"system": system})
    return nlp


__all__ = ["COMPONENTS", "TOKENIZER", "load"]
