"""Table cells of PDF files beside pdfplumber's, page by page.

    python benchmarks/pdf_oracle.py [FILE ...]

Without files: the PDFs of ``corpora`` and, where it is there, of the folder of real reports beside the project. A cell
of pdfplumber (its default settings) is the same if one of ours has its four edges, give or take four points, and its
text, white space aside. Parts of a table are compared before they are joined over pages.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import pdfplumber

from gouji.model.document import Box
from gouji.readers.pdf.characters import repaired
from gouji.readers.pdf.reading import read_pages
from gouji.text.normalise import strip_blanks

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpora" / "real"
EDGE = 4.0
COLUMNS = ("cells", "same", "other text", "no such cell", "ours only")

Found = list[tuple[Box, str]]


def ours(path: Path) -> dict[int, Found]:
    """Cells by page."""
    pages, _ = read_pages(path.read_bytes(), path)
    return {p.number: [(c.box, strip_blanks(c.text)) for t in p.tables for c in t.cells] for p in pages}


def theirs(path: Path) -> dict[int, Found]:
    """Cells of pdfplumber by page."""
    out: dict[int, Found] = {}
    with pdfplumber.open(path) as document:
        for page in document.pages:
            cells: Found = []
            for table in page.find_tables():
                for row, texts in zip(table.rows, table.extract(), strict=True):
                    for box, text in zip(row.cells, texts, strict=True):
                        if box is not None:
                            cells.append((Box(*box), "".join(repaired(ord(c)) for c in strip_blanks(text or ""))))
            out[page.page_number] = cells
            page.close()
    return out


def _near(a: Box, b: Box) -> bool:
    pairs = ((a.left, b.left), (a.top, b.top), (a.right, b.right), (a.bottom, b.bottom))
    return all(abs(x - y) <= EDGE for x, y in pairs)


def compare(path: Path, differences: list[str]) -> dict[str, int]:
    """Count the cells of one file."""
    mine, oracle = ours(path), theirs(path)
    counts = dict.fromkeys(COLUMNS, 0)
    for number, cells in oracle.items():
        left = list(mine.get(number, []))
        for box, text in cells:
            mates = [i for i, (own, _) in enumerate(left) if _near(own, box)]
            counts["cells"] += 1
            if not mates:
                counts["no such cell"] += 1
                differences.append(f"{path.name} page {number} {box}: no cell for {text!r}")
                continue
            own = left.pop(mates[0])[1]
            counts["same" if own == text else "other text"] += 1
            if own != text:
                differences.append(f"{path.name} page {number} {box}: {own!r}, pdfplumber {text!r}")
        counts["ours only"] += len(left)
        differences += [f"{path.name} page {number} {box}: only ours, {text!r}" for box, text in left]
    return counts


def main() -> None:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--differences", action="store_true", help="list every cell that differs")
    arguments = parser.parse_args()
    files = arguments.files or [*sorted(ROOT.glob("corpora/*/*.pdf")), *sorted(REAL.glob("*.pdf"))]
    differences: list[str] = []
    rows = [(path.stem, compare(path, differences)) for path in files]
    rows.append(("all", {column: sum(counts[column] for _, counts in rows) for column in COLUMNS}))
    print("| document | " + " | ".join(COLUMNS) + " |\n|---|" + "---:|" * len(COLUMNS))
    for name, counts in rows:
        print(f"| {name} | " + " | ".join(str(counts[column]) for column in COLUMNS) + " |")
    if arguments.differences:
        print("\n".join(differences))


if __name__ == "__main__":
    main()
