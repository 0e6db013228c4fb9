"""Mutated files of every format, each read in a process of its own: a document or a `ReaderError`, nothing else.

    python benchmarks/fuzz.py [--count 10000] [--seed 1] [--format docx] [--keep DIR] [--markdown]

The files are the shipped documents in their renderings (split ``dev``) and a workbook of the format before 2007. Each
is mutated once to three times: bytes flipped, blocks cut off, deleted, swapped, doubled, zeroed, two files spliced; in
packages also the parts themselves (their XML mutated, parts doubled, missing, exchanged), in markup the numbers of
attributes and whole elements. A child is forked for every file, with 10 seconds and 1 GB beyond what it starts with;
what it does besides is a failure: an exception of another kind, a hang, a crash, an offset that leads nowhere.
The same seed and count give the same files.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import select
import signal
import sys
import tempfile
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gouji.errors import ReaderError
from gouji.evaluate.listing import names_of_split
from gouji.model.document import Document
from gouji.readers import READERS, read

ROOT = Path(__file__).parents[1]
SECONDS = 10  # of work; a machine that does other work besides may take longer by the clock
PATIENCE = 60
BYTES = 1 << 30
FORMATS = ("txt", "html", "docx", "pdf", "xlsx", "xls")
OUTCOMES = ("document", "refused", "exception", "hang", "crash", "memory", "offsets")
Chance = random.Random
Mutation = Callable[[bytes, bytes, Chance], bytes]


def _place(data: bytes, chance: Chance, most: int = 4096) -> tuple[int, int]:
    """Choose a block of the data."""
    start = chance.randrange(max(1, len(data)))
    return start, min(len(data), start + 1 + chance.randrange(most))


def truncated(data: bytes, other: bytes, chance: Chance) -> bytes:
    return data[: chance.randrange(1, max(2, len(data)))]


def beheaded(data: bytes, other: bytes, chance: Chance) -> bytes:
    return data[:8] + data[8 + chance.randrange(max(1, len(data) // 2)) :]


def flipped(data: bytes, other: bytes, chance: Chance) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64, 512))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def overwritten(data: bytes, other: bytes, chance: Chance) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 4, 32))):
        out[chance.randrange(len(out))] = chance.choice((0, 0xFF, 0x7F, 0x80, 0x3C, 0x22, chance.randrange(256)))
    return bytes(out)


def deleted(data: bytes, other: bytes, chance: Chance) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def doubled(data: bytes, other: bytes, chance: Chance) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def swapped(data: bytes, other: bytes, chance: Chance) -> bytes:
    first, second = sorted((_place(data, chance, 1024), _place(data, chance, 1024)))
    if first[1] > second[0]:
        return data[second[0] :] + data[: second[0]]
    return (
        data[: first[0]] + data[slice(*second)] + data[first[1] : second[0]] + data[slice(*first)] + data[second[1] :]
    )


def zeroed(data: bytes, other: bytes, chance: Chance) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def spliced(data: bytes, other: bytes, chance: Chance) -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(max(1, len(other))) :]


def stuffed(data: bytes, other: bytes, chance: Chance) -> bytes:
    start, _ = _place(data, chance)
    return data[:start] + chance.randbytes(chance.choice((1, 16, 4096))) + data[start:]


BYTEWISE: tuple[Mutation, ...] = (
    truncated, beheaded, flipped, overwritten, deleted, doubled, swapped, zeroed, spliced, stuffed,
)  # fmt: skip

_ATTRIBUTE = re.compile(rb'(?<==)"?\d+"?')
_OPENING = re.compile(rb"<(\w[\w:]*)[^<>]{0,400}>")
_ODD = (b'"0"', b'"-1"', b'"1"', b'"2"', b'"999999"', b'"1048577"', b'"99999999999999999999"', b'""', b'"x"', b'"1.5"')


def numbers_changed(data: bytes, other: bytes, chance: Chance) -> bytes:
    """Numbers of attributes: spans, styles, places."""
    found = list(_ATTRIBUTE.finditer(data))
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 20)))), key=lambda m: -m.start()):
        data = data[: match.start()] + chance.choice(_ODD) + data[match.end() :]
    return data


def elements_changed(data: bytes, other: bytes, chance: Chance) -> bytes:
    """Whole elements doubled, dropped, nested in themselves or moved."""
    match = _OPENING.search(data, chance.randrange(max(1, len(data)))) or _OPENING.search(data)
    closing = b"</" + match[1] + b">" if match else b""
    end = data.find(closing, match.end()) if match else -1
    if match is None or end < 0:
        return flipped(data, other, chance)
    start, end = match.start(), end + len(closing)
    element = data[start:end]
    kind = chance.randrange(4)
    if kind == 0:
        made = element * chance.choice((2, 3, 1 + min(300, 2_000_000 // len(element))))
    elif kind == 1:
        made = b""
    elif kind == 2:
        depth = chance.choice((2, 60, 400))
        made = match[0] * depth + element + closing * depth
    else:
        to = chance.randrange(end, len(data) + 1)
        return data[:start] + data[end:to] + element + data[to:]
    return data[:start] + made + data[end:]


def characters_changed(data: bytes, other: bytes, chance: Chance) -> bytes:
    """Characters that readers have met too seldom."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 10, 100))):
        at = chance.randrange(len(text) + 1)
        odd = "\t\n\x0b\x0c\r|　\u200b\ufeff\u2028\u0301\ufffd\ue000\U0001f600０％，。（表\x00&<>"
        text = text[:at] + chance.choice(odd) * chance.choice((1, 1, 40)) + text[at:]
    return text.encode("utf-8", "surrogatepass")


MARKUP: tuple[Mutation, ...] = (numbers_changed, elements_changed, characters_changed, flipped, truncated, deleted)


def package_changed(data: bytes, other: bytes, chance: Chance) -> bytes:
    """Parts of a package: one mutated, doubled, missing, renamed, or taken from another package."""
    parts, others = _parts(data), _parts(other)
    if not parts:
        return flipped(data, other, chance)
    index = max(range(len(parts)), key=lambda i: chance.random() * len(parts[i][1]) ** 0.5)
    name, content = parts[index]
    kind = chance.randrange(10)
    if kind == 0:
        parts.append((name, content))
    elif kind == 1:
        del parts[index]
    elif kind == 2:
        parts[index] = (chance.choice((name.upper(), "../" + name, "/" + name, name + "x")), content)
    elif kind == 3 and others:
        parts[index] = (name, chance.choice(others)[1])
    else:
        parts[index] = (name, chance.choice(MARKUP)(content, content, chance) if content else b"x")
    return _packed(parts)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except Exception:  # noqa: BLE001 (a package that was mutated before may be anything)
        return []


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_PDF_NUMBER = re.compile(rb"(?<=[ /\[\n])-?\d+(?:\.\d+)?(?=[ \]\n/>])")


def objects_changed(data: bytes, other: bytes, chance: Chance) -> bytes:
    """Numbers of a PDF's objects: lengths, offsets, boxes, references."""
    found = list(_PDF_NUMBER.finditer(data))
    odd = (b"0", b"-1", b"1", b"65536", b"2147483647", b"99999999999", b"1e9", b"[]", b"<<>>", b"null")
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 4, 40)))), key=lambda m: -m.start()):
        data = data[: match.start()] + chance.choice(odd) + data[match.end() :]
    return data


MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "txt": (*BYTEWISE, characters_changed, characters_changed),
    "html": (*BYTEWISE, *MARKUP, *MARKUP),
    "docx": (*BYTEWISE, *(package_changed,) * 20),
    "xlsx": (*BYTEWISE, *(package_changed,) * 20),
    "pdf": (*BYTEWISE, *(objects_changed,) * 6),
    "xls": BYTEWISE,
}


def seeds() -> dict[str, list[bytes]]:
    """Files to begin with, by format."""
    out: dict[str, list[bytes]] = {form: [] for form in FORMATS}
    for name in names_of_split(ROOT / "annotations", "dev"):
        for form in FORMATS:
            path = ROOT / "corpora" / name / f"{name}.{form}"
            if path.is_file():
                out[form].append(path.read_bytes())
    out["xls"] = [_old_workbook(content) for content in out["xlsx"]]
    return out


def _old_workbook(content: bytes) -> bytes:
    """Write the same workbook in the format before 2007."""
    import openpyxl
    import xlwt

    book = xlwt.Workbook()
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        page = book.add_sheet(sheet.title[:31])
        covered = {cell for area in sheet.merged_cells.ranges for row in area.rows for cell in row}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and (cell.row, cell.column) not in covered:
                    page.write(cell.row - 1, cell.column - 1, cell.value)
        for area in sheet.merged_cells.ranges:
            value = sheet.cell(area.min_row, area.min_col).value
            page.write_merge(area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class Case:
    """A mutated file."""

    number: int
    form: str
    mutations: tuple[str, ...]
    content: bytes


def cases(count: int, seed: int, only: str | None) -> Iterator[Case]:
    """Mutated files, format by format in turn."""
    files = seeds()
    forms = [only] if only else [form for form in FORMATS if form in READERS]
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        form = forms[number % len(forms)]
        content, other = chance.choice(files[form]), chance.choice(files[form])
        done = []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            mutation = chance.choice(MUTATIONS[form])
            if content:
                content = mutation(content, other, chance)
                done.append(mutation.__name__)
        yield Case(number, form, tuple(done), content)


@dataclass
class Result:
    """What became of a file."""

    outcome: str
    words: str = ""


def run(case: Case, folder: Path) -> Result:
    """Read a file in a child."""
    path = folder / f"报告.{case.form}"
    path.write_bytes(case.content)
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        _child(path, outlet)
    os.close(outlet)
    ready, _, _ = select.select([inlet], [], [], PATIENCE)
    words = b""
    if ready:
        while piece := os.read(inlet, 1 << 16):
            words += piece
    else:
        os.kill(child, signal.SIGKILL)
    os.close(inlet)
    _, status = os.waitpid(child, 0)
    if not ready:
        return Result("hang")
    if os.WIFSIGNALED(status):
        return Result("hang" if os.WTERMSIG(status) == signal.SIGXCPU else "crash", f"signal {os.WTERMSIG(status)}")
    outcome, _, rest = words.decode("utf-8", "replace").partition("\n")
    return Result(outcome or "crash", rest)


def _child(path: Path, outlet: int) -> None:
    """Read, say what happened, and end without any cleaning up."""
    size = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (size + BYTES, size + BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        words = _checked(read(path))
    except ReaderError as err:
        words = "exception\nmessage of several lines" if "\n" in str(err) else f"refused\n{err}"
    except MemoryError:
        words = "memory\n" + traceback.format_exc()
    except BaseException:  # noqa: BLE001 (the point of the exercise; a panic of a library is no Exception)
        words = "exception\n" + traceback.format_exc()
    os.write(outlet, words.encode("utf-8", "replace")[:60000])
    os._exit(0)


def _checked(document: Document) -> str:
    """Whether the offsets of a document lead to what they say."""
    text = document.text
    text.encode("utf-8")
    for table in document.tables:
        for cell in table.cells:
            if cell.start is not None and cell.end is not None and text[cell.start : cell.end] != cell.text:
                return f"offsets\n{table.address(cell)}"
    at = 0
    for passage in document.passages:
        if not at <= passage.span.start <= passage.span.end <= len(text):
            return f"offsets\n{passage.id}"
        at = passage.span.start
    return "document"


@dataclass
class Tally:
    """Outcomes by format, and the failures."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[tuple[Case, Result]] = field(default_factory=list)

    def add(self, case: Case, result: Result) -> None:
        """Count a result."""
        self.counts.setdefault(case.form, Counter())[result.outcome] += 1
        if result.outcome not in ("document", "refused"):
            self.failures.append((case, result))

    def table(self) -> Iterator[str]:
        """Outcomes as Markdown."""
        yield "| format | files | " + " | ".join(OUTCOMES) + " |"
        yield "|---|---:|" + "---:|" * len(OUTCOMES)
        total: Counter[str] = Counter()
        for form, counts in self.counts.items():
            total += counts
            yield f"| {form} | {counts.total()} | " + " | ".join(str(counts[o]) for o in OUTCOMES) + " |"
        yield f"| all | {total.total()} | " + " | ".join(str(total[o]) for o in OUTCOMES) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=FORMATS)
    parser.add_argument("--keep", type=Path, help="folder for the files that failed")
    arguments = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as scratch:
        for content in seeds().values():  # every reader's libraries are loaded before the first fork
            if content:
                _warm(content[0], Path(scratch))
        for case in cases(arguments.count, arguments.seed, arguments.format):
            result = run(case, Path(scratch))
            tally.add(case, result)
            if result.outcome not in ("document", "refused"):
                last = result.words.strip().split("\n")[-1]
                print(case.number, case.form, *case.mutations, result.outcome, last, file=sys.stderr, flush=True)
                if arguments.keep:
                    arguments.keep.mkdir(parents=True, exist_ok=True)
                    (arguments.keep / f"{case.number}.{case.form}").write_bytes(case.content)
                    (arguments.keep / f"{case.number}.trace").write_text(result.words, "utf-8")
    print("\n".join(tally.table()))
    raise SystemExit(1 if tally.failures else 0)


def _warm(content: bytes, folder: Path) -> None:
    path = folder / "seed"
    path.write_bytes(content)
    try:
        read(path)
    except ReaderError:
        return


if __name__ == "__main__":
    main()
