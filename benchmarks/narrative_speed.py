"""Characters a second of the narrative way, beside JioNLP's extractor of money and jieba alone on the same text.

    python benchmarks/narrative_speed.py [FILE ...] [--runs 7] [--growth] [--line 10]

The narrative way is: text to document, figures, indicators, causes, facts, links; rules alone, one process. Runs of the
programs are interleaved; the figure that travels is the median of the ratios of neighbouring runs. Without files: the
shipped documents of the split ``dev``, once as they are (tables and all) and once their running text alone. JioNLP is
measured where it is installed.

``--growth`` reads texts and twice as long ones, and shows the ratio of the seconds: 2 is linear. ``--line`` reads one
line of so many megabytes.
"""

from __future__ import annotations

import argparse
import csv
import gc
import logging
import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gouji.extract import extract
from gouji.facts import assemble
from gouji.model.document import PassageKind
from gouji.readers import read
from gouji.readers.txt import document_of
from gouji.text.figures import scan
from gouji.text.tokenise import cutter

ROOT = Path(__file__).parents[1]
CLAUSES = (
    "本年支出{0},234.56万元，比上年增加{1}.87万元，增长{2}.81%，主要原因是人员增加。",
    "公务用车购置及运行维护费{1}.20万元，完成年初预算的9{2}.3%，决算数小于预算数的主要原因是厉行节约。",
    "其中：办公费{2}.5万元、印刷费{1}.3万元，因业务量增加较上年增加{0}.6万元。",
)
Program = Callable[[str], object]


@dataclass(frozen=True)
class Measured:
    """Median characters a second of a program, and how many times those of the first program."""

    name: str
    speed: float
    ratio: float


def narrative(text: str) -> object:
    """Read a text the whole narrative way."""
    document = document_of(text, "text", "")
    return assemble(document, extract(document))


def programs() -> dict[str, Program]:
    """Programs to measure, the one to compare with first."""
    out: dict[str, Program] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import jieba
            import jionlp

            jieba.setLogLevel(logging.WARNING)
            out["JioNLP extract_money"] = jionlp.ner.extract_money
        except ImportError:
            print("JioNLP is not installed: pip install jionlp")
    cut = cutter((), "jieba")
    out["jieba, words alone"] = lambda text: list(cut(text))
    out["gouji, figures alone"] = scan
    out["gouji, text to facts and causes"] = narrative
    return out


def measure(texts: list[str], runs: int) -> list[Measured]:
    """Run all programs on all texts, one after the other, so many times."""
    length = sum(map(len, texts))
    known = programs()
    for program in known.values():
        program(texts[0])
    seconds: dict[str, list[float]] = {name: [] for name in known}
    for _ in range(runs):
        for name, program in known.items():
            seconds[name].append(_seconds(program, texts))
    first = next(iter(seconds.values()))
    return [
        Measured(
            name,
            length / statistics.median(taken),
            statistics.median(base / own for base, own in zip(first, taken, strict=True)),
        )
        for name, taken in seconds.items()
    ]


def _seconds(program: Program, texts: list[str]) -> float:
    gc.collect()
    begin = time.process_time()
    for text in texts:
        program(text)
    return time.process_time() - begin


def running_text(path: Path) -> str:
    """Give the running text of a document, a paragraph a line."""
    kinds = (PassageKind.PARAGRAPH, PassageKind.HEADING)
    return "\n".join(p.text for p in read(path).passages if p.kind in kinds)


def default_files() -> list[Path]:
    """Give the shipped documents of the split ``dev``."""
    with (ROOT / "annotations" / "splits.tsv").open(encoding="utf-8", newline="") as stream:
        names = [row["doc_id"] for row in csv.DictReader(stream, delimiter="\t") if row["split"] == "dev"]
    paths = [ROOT / "corpora" / name / f"{name}.txt" for name in names]
    return [path for path in paths if path.is_file()]


def long_text(characters: int, end: str = "") -> str:
    """Invented narrative of so many characters, sentence after sentence, `end` behind each."""
    sentences = [CLAUSES[i % 3].format(i % 9 + 1, i % 89 + 10, i % 7 + 1) + end for i in range(999)]
    whole = "".join(sentences)
    return (whole * (characters // len(whole) + 1))[:characters]


def growing() -> dict[str, Callable[[int], str]]:
    """Texts by their size: what a slow step would be slow at."""
    return {
        "10,000 cues in one line": lambda n: "支出增加3万元，主要原因是人员增加。" * (n * 10),
        "10,000 cues without a stop": lambda n: "主要原因是" * (n * 10),
        "one explanation of many reasons": lambda n: (
            "支出增加3万元，主要原因是" + "人员增加、工资提高，油价上涨，设备老化，" * (n * 3)
        ),
        "10,000 cues, a paragraph each": lambda n: "支出增加3万元，主要原因是人员增加。\n" * (n * 10),
        "20,000 figures in a list": lambda n: "支出" + "1.5万元、" * (n * 20) + "2万元。",
        "one sentence without a stop": lambda n: "项目支出3万元，" * (n * 10),
        "20,000 open brackets": lambda n: "（支出" * (n * 20),
        "200,000 digits": lambda n: "1" * (n * 200),
        "40,000 numerals": lambda n: "一百二十万" * (n * 8),
        "200,000 digits in groups": lambda n: "123," * (n * 50),
        "40,000 mixed numerals": lambda n: "3万2千" * (n * 10),
        "20,000 chained ranges": lambda n: "5-8至" * (n * 20),
        "stretched words": lambda n: "支 出 比 上 年 增 加 3 万 元 ， " * (n * 5),
        "lost characters": lambda n: "支?出1,2?4万元，" * (n * 10),
        "readings of characters": lambda n: "經(jīng)費(fèi)" * (n * 10),
        "paragraphs": lambda n: long_text(n * 300, "\n"),
    }


def growth(rows: list[tuple[str, float, float]]) -> str:
    """Growth as a Markdown table."""
    lines = ["| text | seconds | twice the text | ratio |", "|---|---:|---:|---:|"]
    return "\n".join(lines + [f"| {name} | {one:.2f} | {two:.2f} | {two / one:.2f} |" for name, one, two in rows])


def measure_growth(size: int = 1000) -> list[tuple[str, float, float]]:
    """Seconds for each growing text and for one twice as long."""
    narrative(long_text(1000))
    return [
        (name, _seconds(narrative, [make(size)]), _seconds(narrative, [make(2 * size)]))
        for name, make in growing().items()
    ]


def table(rows: list[Measured]) -> str:
    """Measurements as a Markdown table."""
    lines = ["| program | characters a second | times the first |", "|---|---:|---:|"]
    return "\n".join(lines + [f"| {m.name} | {m.speed:,.0f} | {m.ratio:.2f} |" for m in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--line", type=float, default=0)
    arguments = parser.parse_args()
    if arguments.growth:
        print(growth(measure_growth()))
    elif arguments.line:
        size = int(arguments.line * 1e6)
        text = long_text(size).encode("utf-8")[:size].decode("utf-8", "ignore")
        seconds = _seconds(narrative, [text])
        speed = f"{seconds:.1f} s, {len(text) / seconds:,.0f} a second"
        print(f"one line of {size / 1e6:.0f} MB, {len(text):,} characters: {speed}")
    else:
        files = arguments.files or default_files()
        whole, running = [read(path).text for path in files], [running_text(path) for path in files]
        for name, texts in (("whole documents", whole), ("running text alone", running)):
            size = sum(map(len, texts))
            print(f"\n{name}: {len(texts)} texts, {size:,} characters, median of {arguments.runs} runs\n")
            print(table(measure(texts, arguments.runs)))


if __name__ == "__main__":
    main()
