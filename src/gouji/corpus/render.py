"""A generated report as files: txt (what the gold's offsets count in), html, docx, each with the noise of its carrier.

Web pages get blanks in headings of tables and empty paragraphs, Word files get their text in many runs. Words and
figures are the same in all three.
"""

from __future__ import annotations

import html
import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from gouji.corpus.generate import Generated
from gouji.corpus.writer import Block

EPOCH = (1980, 1, 1, 0, 0, 0)
FORMATS = ("txt", "html", "docx")


def as_html(report: Generated) -> bytes:
    """Render a report as a web page."""
    chance = random.Random(report.name)
    out = ["<!DOCTYPE html>", '<html lang="zh"><head><meta charset="utf-8"><title></title></head><body>']
    for block in report.blocks:
        if block.kind == "table":
            out.append('<table border="1">')
            out += [f"<tr>{''.join(_cell(text, at, chance) for text in row)}</tr>" for at, row in enumerate(block.rows)]
            out.append("</table>")
            continue
        words = html.escape(_words(report, block))
        out.append(f"<h3>{words}</h3>" if block.kind == "heading" else f"<p>{words}</p>")
        if chance.random() < 0.1:
            out.append("<p>&nbsp;</p>")
    return "\n".join([*out, "</body></html>", ""]).encode()


def _cell(text: str, row: int, chance: random.Random) -> str:
    spaced = "&nbsp;".join(map(html.escape, text)) if row == 0 and len(text) == 2 and chance.random() < 0.5 else None
    return f"<td>{spaced or html.escape(text)}</td>"


def as_docx(report: Generated) -> bytes:
    """Render a report as a Word file; the same report gives the same bytes.

    Notes
    -----
    Needs python-docx (``pip install gouji[learn]``).
    """
    import docx

    chance = random.Random(report.name)
    document = docx.Document()
    for block in report.blocks:
        if block.kind == "table":
            table = document.add_table(rows=len(block.rows), cols=max(map(len, block.rows)))
            for row, texts in zip(table.rows, block.rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
            continue
        words = _words(report, block)
        paragraph = document.add_paragraph()
        while words:
            cut = chance.randrange(1, 40)
            paragraph.add_run(words[:cut])
            words = words[cut:]
    written = io.BytesIO()
    document.save(written)
    return _dateless(written.getvalue())


def _words(report: Generated, block: Block) -> str:
    return report.text[block.start : block.end].replace("\n", "")


def _dateless(content: bytes) -> bytes:
    """Pack an archive again without the time of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


RENDERERS: dict[str, Callable[[Generated], bytes]] = {
    "txt": lambda report: report.text.encode(),
    "html": as_html,
    "docx": as_docx,
}


def write(report: Generated, folder: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write a report and its gold.

    Parameters
    ----------
    report : Generated
    folder : Path
        Made if it is not there; the report gets a folder of its own in it, as in ``corpora``.
    formats : sequence of str
        Of `FORMATS`; the txt, which the gold belongs to, is always written.

    Returns
    -------
    list of Path
        The files, gold last.
    """
    place = folder / report.name
    place.mkdir(parents=True, exist_ok=True)
    out = []
    for form in dict.fromkeys(("txt", *formats)):
        path = place / f"{report.name}.{form}"
        path.write_bytes(RENDERERS[form](report))
        out.append(path)
    path = place / f"{report.name}.gold.json"
    path.write_text(json.dumps(report.gold, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return [*out, path]
