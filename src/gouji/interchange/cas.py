"""UIMA CAS as XMI for INCEpTION, through dkpro-cassis: our own span and relation layers, tokens and sentences.

Names follow INCEpTION's custom layers: ``webanno.custom.GoujiMention`` with ``label``, the closed attributes and
``note``, ``webanno.custom.GoujiLink`` with ``Governor``, ``Dependent`` and ``kind``. Offsets count code points here and
UTF-16 units in the file; cassis translates. XML knows no control characters: a text that holds one is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.interchange.annotated import Annotated, Loss, of_text
from gouji.interchange.extras import needed
from gouji.interchange.marks import EXPLAINS, NAMED, Link, Mark, annotated_of, choices_of, lost_layers, marks_of
from gouji.text.tokenise import tokenise

NAME = "xmi"
SUFFIX = ".xmi"
TYPES = "TypeSystem.xml"
MENTION, LINK = "webanno.custom.GoujiMention", "webanno.custom.GoujiLink"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
_TOKEN, _SENTENCE = f"{_DKPRO}.segmentation.type.Token", f"{_DKPRO}.segmentation.type.Sentence"
_FEATURES = {name: name for name in ("measure", "base", "direction", "category", "adequacy")} | {
    "type": "indicator_type"
}
"""Closed attribute to feature: cassis keeps ``type`` for itself."""
_WHY = "CAS 中只写文本段、属性和关系"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(documents: Sequence[Annotated], out: Path) -> list[Loss]:
    """Write ``NAME.xmi`` for each document, and the type system.

    Raises
    ------
    AnnotationError
        If dkpro-cassis is not installed, or a text holds a character that XML cannot.
    """
    cassis = needed("cassis", "uima")
    types = _type_system(cassis)
    losses = []
    for document in documents:
        found = _CONTROL.search(document.text)
        if found:
            raise AnnotationError(f"{document.name}: 第 {found.start()} 字是控制字符，XML 不能保存，不能写为 XMI。")
        _cas(document, cassis, types).to_xmi(out / f"{document.name}{SUFFIX}", pretty_print=False)
        losses += lost_layers(document, _WHY)
    types.to_xml(out / TYPES)
    return losses


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read an XMI file, or all of a folder; ``TypeSystem.xml`` lies beside.

    Raises
    ------
    AnnotationError
        If dkpro-cassis is not installed, the type system is missing or a file is no XMI.
    """
    cassis = needed("cassis", "uima")
    files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
    folder = path if path.is_dir() else path.parent
    if not (folder / TYPES).is_file():
        raise AnnotationError(f"{folder}: 没有 {TYPES}，读不了 XMI。")
    with (folder / TYPES).open("rb") as stream:
        types = cassis.load_typesystem(stream)
    documents, losses = [], []
    for file in files:
        try:
            with file.open("rb") as stream:
                cas = cassis.load_cas_from_xmi(stream, typesystem=types)
        except (OSError, ValueError, KeyError, SyntaxError) as err:
            raise AnnotationError(f"{file}: 不是 XMI 文件（{err}）。") from err
        document, lost = _annotated(cas, file.stem)
        documents.append(document)
        losses += lost
    return documents, losses


def _type_system(cassis: Any) -> Any:
    types = cassis.TypeSystem()
    annotation = "uima.tcas.Annotation"
    for name in (_TOKEN, _SENTENCE):
        types.create_type(name=name, supertypeName=annotation)
    mention = types.create_type(name=MENTION, supertypeName=annotation)
    for feature in ("label", "note", *_FEATURES.values()):
        types.create_feature(domainType=mention, name=feature, rangeType="uima.cas.String")
    link = types.create_type(name=LINK, supertypeName=annotation)
    for feature in ("Governor", "Dependent"):
        types.create_feature(domainType=link, name=feature, rangeType=mention)
    types.create_feature(domainType=link, name="kind", rangeType="uima.cas.String")
    meta = types.create_type(name="webanno.custom.GoujiDocument", supertypeName=annotation)
    types.create_feature(domainType=meta, name="json", rangeType="uima.cas.String")
    return types


def _cas(document: Annotated, cassis: Any, types: Any) -> Any:
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    meta = json.dumps({"name": document.name, **document.document}, ensure_ascii=False)
    about = types.get_type("webanno.custom.GoujiDocument")
    cas.add(about(begin=0, end=len(document.text), json=meta))
    sentence, token = types.get_type(_SENTENCE), types.get_type(_TOKEN)
    for line in re.finditer(r"[^\n]+", document.text):
        cas.add(sentence(begin=line.start(), end=line.end()))
        for word in tokenise(line[0]):
            if word.kind != "space":
                cas.add(token(begin=line.start() + word.start, end=line.start() + word.end))
    mention, link = types.get_type(MENTION), types.get_type(LINK)
    marks, links = marks_of(document)
    made = {}
    for mark in marks:
        note = json.dumps(mark.note, ensure_ascii=False, sort_keys=True)
        chosen = {_FEATURES[k]: v for k, v in mark.choices.items()}
        made[mark.id] = mention(begin=mark.start, end=mark.end, label=mark.label, note=note, **chosen)
        cas.add(made[mark.id])
    for one in links:
        source, target = made[one.source], made[one.target]
        cas.add(link(begin=target.begin, end=target.end, Governor=source, Dependent=target, kind=one.kind))
    return cas


def _annotated(cas: Any, name: str) -> tuple[Annotated, list[Loss]]:
    text = cas.sofa_string
    known = {t.name for t in cas.typesystem.get_types()}
    base = of_text(name, text)
    if "webanno.custom.GoujiDocument" in known and (found := cas.select("webanno.custom.GoujiDocument")):
        meta = json.loads(found[0].json)
        base = Annotated(meta.pop("name", name), text, meta)
    marks = []
    names: dict[int, str] = {}
    for i, one in enumerate(cas.select(MENTION) if MENTION in known else ()):
        wanted = choices_of(one.label)
        choices = {k: v for k in wanted if (v := getattr(one, _FEATURES[k], None)) in wanted[k]}
        names[one.xmiID] = str(i)
        marks.append(Mark(str(i), one.label, one.begin, one.end, choices, json.loads(one.note) if one.note else {}))
    found = cas.select(LINK) if LINK in known else ()
    links = [Link(one.kind, names[one.Governor.xmiID], names[one.Dependent.xmiID]) for one in found]
    kept = [one for one in links if one.kind in (EXPLAINS, NAMED)]
    ours = {MENTION, LINK, "webanno.custom.GoujiDocument", _TOKEN, _SENTENCE}
    others = sum(1 for one in cas.select("uima.tcas.Annotation") if one.type.name not in ours and one.end > one.begin)
    others -= sum(1 for one in cas.select("uima.tcas.Annotation") if one.type.name.endswith("DocumentAnnotation"))
    losses = [Loss(base.name, "其他层的标注", others, "标注规范中没有这一层")] if others > 0 else []
    return annotated_of(base, marks, kept), losses
