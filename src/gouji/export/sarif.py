"""Findings -> SARIF 2.1.0, the format in which code hosts, editors and audit tools read what a checker found.

Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, sections 3.13 (log), 3.14 (run), 3.27
(result), 3.28 (location), 3.30 (region), 3.49 (rule). Regions count Unicode code points, as all offsets of the project.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from gouji import __version__
from gouji.findings import Finding, Operand
from gouji.model.document import Attachment, Document
from gouji.model.outcomes import Analysis, Severity
from gouji.resources.check_registry import load
from gouji.resources.wording import word

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {
    Severity.ERROR: "error",
    Severity.DOUBTFUL: "warning",
    Severity.ROUNDING: "note",
    Severity.FORM: "note",
}
FINGERPRINT = "goujiFinding/v1"
TEXT = "text/plain"


@dataclass(frozen=True)
class Checked:
    """A document with its findings, and the path it was given by; `failure` is set where it could not be read."""

    source: str
    analysis: Analysis | None = None
    found: Sequence[Finding] = ()
    failure: str | None = None


def sarif(documents: Sequence[Checked]) -> str:
    """Log of one run over any number of documents, as JSON text with a result a line.

    Parameters
    ----------
    documents : sequence of Checked
        Paths are written as they were given, without a leading slash: an artifact's place is relative to where the
        program was run.

    Notes
    -----
    In a text file regions are character offsets and lines with columns. Other formats have no characters to count:
    their locations carry the page, the table cell and the offsets in the canonical text as properties.
    """
    rules = sorted({(one.check, one.title) for document in documents for one in document.found})
    index = {check: i for i, check in enumerate(dict(rules))}
    first = list(accumulate((1 + len(_attachments(document)) for document in documents), initial=0))
    results = [
        _result(_Artifact(first[i], document), finding, index)
        for i, document in enumerate(documents)
        for finding in document.found
    ]
    run = {
        "tool": {"driver": _driver(dict(rules))},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(documents, first)],
        "artifacts": [row for document in documents for row in _artifacts(document)],
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _driver(rules: dict[str, str]) -> dict[str, Any]:
    sources = {check.id: check.source for check in load().checks}
    return {
        "name": "gouji",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": [_rule(check, title, sources.get(check)) for check, title in rules.items()],
    }


def _rule(check: str, title: str, source: str | None) -> dict[str, Any]:
    """Name a rule; a declared check also says where it is taken from."""
    row: dict[str, Any] = {"id": check, "shortDescription": {"text": title or check}}
    return row | {"help": {"text": f"依据：{source}"}} if source else row


def _invocation(documents: Sequence[Checked], first: Sequence[int]) -> dict[str, Any]:
    failed = [
        {
            "level": "error",
            "message": {"text": document.failure},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(document.source), "index": i}}}],
        }
        for i, document in zip(first, documents, strict=False)
        if document.failure is not None
    ]
    return {"executionSuccessful": not failed, "toolExecutionNotifications": failed}


def _artifacts(document: Checked) -> list[dict[str, Any]]:
    """Rows of a report and of the files of tables that were read with it."""
    row: dict[str, Any] = {"location": {"uri": _uri(document.source)}}
    if document.analysis is not None:
        read = document.analysis.document
        row |= {"mimeType": read.media, "hashes": {"sha-256": read.sha256}}
    beside = [
        {"location": {"uri": _beside(document, one.name)}, "mimeType": one.media, "hashes": {"sha-256": one.sha256}}
        for one in _attachments(document)
    ]
    return [row, *beside]


def _attachments(document: Checked) -> tuple[Attachment, ...]:
    return document.analysis.document.attachments if document.analysis is not None else ()


def _beside(document: Checked, name: str) -> str:
    """Place of a file of tables: where the report is."""
    folder, slash, _ = document.source.replace("\\", "/").rpartition("/")
    return _uri(f"{folder}{slash}{name}")


def _uri(source: str) -> str:
    return quote(source.replace("\\", "/").lstrip("/"), safe="/~")


@dataclass(frozen=True)
class _Artifact:
    """A document as the place of results."""

    index: int
    checked: Checked

    @property
    def document(self) -> Document:
        assert self.checked.analysis is not None
        return self.checked.analysis.document

    @cached_property
    def _lines(self) -> list[int]:
        text, starts, at = self.document.text, [0], -1
        while (at := text.find("\n", at + 1)) >= 0:
            starts.append(at + 1)
        return starts

    def location(self, one: Operand, words: str = "", number: int | None = None) -> dict[str, Any]:
        """Where an operand stands: region or page, and the table cell as a logical location."""
        own, artifact = self._file(one)
        physical: dict[str, Any] = {"artifactLocation": artifact}
        known = one.start is not None and one.end is not None and one.end > one.start
        in_text = own and self.document.media == TEXT
        if known and in_text:
            physical["region"] = self._region(one)
        properties: dict[str, Any] = {}
        if one.place is not None and one.place.page is not None:
            properties["page"] = one.place.page
        if known and not in_text:
            properties |= {"start": one.start, "end": one.end}
        if properties:
            physical["properties"] = properties
        out: dict[str, Any] = {"physicalLocation": physical}
        if number is not None:
            out["id"] = number
        if one.place is not None:
            name = one.place.address or (one.place.section[-1] if one.place.section else "")
            if name:
                out["logicalLocations"] = [{"name": name, "fullyQualifiedName": str(one.place), "kind": _kind(one)}]
        if words:
            out["message"] = {"text": words}
        return out

    def _file(self, one: Operand) -> tuple[bool, dict[str, Any]]:
        """Whether an operand stands in the report's own file, and the file it stands in."""
        address = one.place.address if one.place is not None else None
        table = self.document.table_of.get(address.split(".")[0]) if address else None
        name = table.attributes.get("attachment") if table is not None else None
        for i, other in enumerate(_attachments(self.checked), start=self.index + 1):
            if other.name == name:
                return False, {"uri": _beside(self.checked, other.name), "index": i}
        return True, {"uri": _uri(self.checked.source), "index": self.index}

    def _region(self, one: Operand) -> dict[str, Any]:
        assert one.start is not None
        assert one.end is not None
        first, last = (bisect_right(self._lines, offset) for offset in (one.start, one.end))
        return {
            "startLine": first,
            "startColumn": one.start - self._lines[first - 1] + 1,
            "endLine": last,
            "endColumn": one.end - self._lines[last - 1] + 1,
            "charOffset": one.start,
            "charLength": one.end - one.start,
            "snippet": {"text": self.document.text[one.start : one.end]},
        }


def _kind(one: Operand) -> str:
    return "element" if one.place is not None and one.place.address else "section"


def _result(artifact: _Artifact, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    related = [
        artifact.location(one, f"依据：{one.name}{one.written}（{one.place or one.reference}）", number)
        for number, one in enumerate(finding.operands, start=1)
    ]
    related += [
        artifact.location(one.subject, f"佐证：{told(one)}", number)
        for number, one in enumerate(finding.related, start=len(related) + 1)
    ]
    out: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": LEVELS[finding.severity],
        "message": {"text": told(finding)},
        "locations": [artifact.location(finding.subject)],
        "partialFingerprints": {FINGERPRINT: fingerprint(finding)},
        "properties": {
            "severity": str(finding.severity),
            "stated": finding.stated,
            "computed": finding.computed,
            "remedy": finding.remedy,
        },
    }
    if related:
        out["relatedLocations"] = related
    return out


def told(finding: Finding) -> str:
    """Tell a finding in one sentence: what, where, stated, computed, what would make it right."""
    subject = finding.subject
    place = f"{subject.place}：" if subject.place else ""
    name = subject.name or ""
    stated = f"原文 {finding.stated}" if finding.stated else ""
    computed = f"计算得 {finding.computed}" if finding.computed else ""
    parts = [part for part in (stated, computed, finding.remedy) if part]
    what = f"{place}{name}{'：' if name else ''}{'，'.join(parts)}（{finding.title}）"
    return f"[{word('severity', finding.severity)}] {what}"


def fingerprint(finding: Finding) -> str:
    """Mark by which a finding is known again in a later version of the document: what, of what, in which table.

    Offsets and row numbers do not take part, so text put in before it leaves it as it is; figures do, so that a finding
    mended wrongly is a new one.
    """
    place = finding.subject.place
    where = (place.table, place.row, place.column, *place.section) if place else ()
    parts = (finding.check, finding.subject.name, finding.stated, finding.computed, *where)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
