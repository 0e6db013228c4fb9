"""Chinese words for the closed vocabularies of the contract (``wording.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from gouji.errors import ResourceError
from gouji.resources.alignment import align_terms
from gouji.resources.check_registry import load as load_checks
from gouji.resources.loading import read_yaml
from gouji.resources.proofreading import load_proofreading

FILE = "wording.yaml"


@cache
def vocabularies() -> Mapping[str, Mapping[str, str]]:
    """All vocabularies: code to word, by vocabulary.

    Raises
    ------
    ResourceError
        If an entry is no mapping of texts to texts.
    """
    content = read_yaml(FILE, "gouji-wording/1")
    out: dict[str, Mapping[str, str]] = {}
    for name, words in content.items():
        if name in ("schema", "version"):
            continue
        if not isinstance(words, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in words.items()):
            raise ResourceError(f"{FILE}: {name!r}: expected codes with one word each")
        out[name] = MappingProxyType(words)
    return MappingProxyType(out)


def word(vocabulary: str, code: str | None) -> str:
    """Chinese word of a code; the code itself where the vocabulary does not list it, empty for None.

    Examples
    --------
    >>> word("measure", "actual"), word("category", "thrift"), word("measure", None)
    ('决算数', '厉行节约', '')
    """
    if code is None:
        return ""
    return vocabularies()[vocabulary].get(str(code), str(code))


def reason_words(code: str | None) -> str:
    """Words of why a figure has no counterpart, or of what differs; a reason that is no code is its own words.

    Examples
    --------
    >>> reason_words("direction"), reason_words("share"), reason_words("总分行为空白"), reason_words(None)
    ('增减方向与计算结果相反', '占比', '总分行为空白', '')
    """
    if code is None:
        return ""
    known = vocabularies()
    return align_terms().reasons.get(code) or known["difference"].get(code) or known["relation"].get(code, code)


def check_title(check: str) -> str:
    """Title of a declared check; its id where none is declared under it.

    Examples
    --------
    >>> check_title("F-execution-rate")
    '执行率＝全年执行数÷全年预算数'
    """
    return _titles().get(check, check)


@cache
def _titles() -> Mapping[str, str]:
    titles = {check.id: check.title for check in load_checks().checks}
    return MappingProxyType(titles | {check.id: check.title for check in load_proofreading()})
