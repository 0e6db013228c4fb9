"""Speed and memory of the workbook reader beside openpyxl, interleaved in one run.

    python benchmarks/sheet_speed.py [--rounds 7]

Same work: every cell of every sheet with its shown text or value, its number format, and the merged ranges. openpyxl
gives merged ranges only in the mode that keeps cells as objects. `blocks` is our reader up to paragraphs and tables,
`document` the whole way to the document. Files: the shipped workbooks, one after another, and one with 3,000 rows of
twelve formatted columns.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]


def openpyxl_cells(data: bytes) -> int:
    """Read with openpyxl."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    count = 0
    for sheet in book:
        merged = [(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges]
        shown = [(c.value, c.number_format) for row in sheet.iter_rows() for c in row if c.value is not None]
        count += len(shown) + len(merged)
    return count


def our_blocks(data: bytes) -> int:
    """Read with our reader, to paragraphs and tables."""
    from gouji.readers.sheets import blocks
    from gouji.readers.xlsx import _Book

    book = _Book(data, Path("x.xlsx"))
    return sum(len(blocks(book.sheet(part.name, part.part)[0])) for part in book.workbook.sheets)


def our_document(data: bytes) -> int:
    """Read with our reader, to the document."""
    from gouji.readers.xlsx import read_xlsx
    from gouji.settings import DEFAULT

    return len(read_xlsx(data, Path("x.xlsx"), DEFAULT).tables)


READERS: dict[str, Callable[[bytes], int]] = {
    "openpyxl": openpyxl_cells, "blocks": our_blocks, "document": our_document,
}  # fmt: skip


def long_workbook() -> bytes:
    """Write a table of 3,000 rows."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.append(["支出决算明细表"])
    page.append(["单位：元"])
    page.append(["科目编码", "科目名称", *(f"项目{i}" for i in range(10))])
    for r in range(3000):
        page.append([f"20{r % 100:02d}{r % 10}", f"项目支出{r}", *(r * 1.25 + i for i in range(10))])
        for c in range(3, 13):
            page.cell(r + 4, c).number_format = "#,##0.00"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def peak(reader: str, path: Path) -> float:
    """Peak memory of one reading in a process of its own, in MB."""
    code = (
        "import sys, resource; sys.path[:0] = [sys.argv[1]]; import sheet_speed as s; from pathlib import Path;"
        "s.READERS[sys.argv[2]](Path(sys.argv[3]).read_bytes());"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent), reader, str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    shipped = [path.read_bytes() for path in sorted(ROOT.glob("corpora/*/*.xlsx"))]
    print("| file | reader | seconds | times as fast as openpyxl | peak MB |\n|---|---|---:|---:|---:|")
    sets = ((f"{len(shipped)} shipped workbooks", shipped), ("3,000 rows", [long_workbook()]))
    # first, because a child's peak counts what its parent held before
    peaks = {(name, reader): _peak_of(reader, max(files, key=len)) for name, files in sets for reader in READERS}
    for name, files in sets:
        times: dict[str, list[float]] = {reader: [] for reader in READERS}
        for _ in range(rounds + 1):
            for reader, read in READERS.items():
                start = time.perf_counter()
                for data in files:
                    read(data)
                times[reader].append(time.perf_counter() - start)
        for reader in READERS:
            spent = median(times[reader][1:])
            ratio = median(a / b for a, b in zip(times["openpyxl"][1:], times[reader][1:], strict=True))
            print(f"| {name} | {reader} | {spent:.3f} | {ratio:.1f} | {peaks[name, reader]:.0f} |")


def _peak_of(reader: str, data: bytes) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        path.write_bytes(data)
        return peak(reader, path)


if __name__ == "__main__":
    main()
