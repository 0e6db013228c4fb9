"""Read the examples of other programs' test suites: right, refused and wrong, with a 95 % interval.

    python benchmarks/figure_suites.py FOLDER [--list]

FOLDER holds unpacked source packages; a suite that is not there is left out. Get them from the registries:

    pip download --no-binary :all: --no-deps cn2an cn2int wetextprocessing    # and unpack the archives
    npm pack chinese-numbers-converter

Numbers: the example's text has the example's value. Pairs of WeTextProcessing (spoken form => written form): both sides
have the same figures (files ``fraction``, ``measure``, ``money``, ``normalizer``; a pair in which neither side has one
is left out); its ``number`` file is read as numbers. With ``icu_rbnf`` installed (``pip install icu-rbnf``) numbers
spelled by ICU are read back, with ``cn2an`` amounts written by it in capitals. ``--list`` shows every example that is
not read as its suite has it.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import math
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from gouji.text.figures import find_figures
from gouji.text.numerals import parse_number
from gouji.text.parsing import parse_figure

Example = tuple[str, Decimal | None]
Reading = tuple[tuple[str, str, str | None], ...]
JS_ROW = re.compile(r"^ *\{ before: '(.*?)', after: ([\d.]+) \}", re.MULTILINE)
PAIRED = ("fraction", "measure", "money", "normalizer")
SPELLED_LOCALES = ("zh", "zh_Hant", "yue", "yue_Hans", "zh_Hant_HK")


def number_of(text: str) -> Decimal | None:
    """Read a number, or else a figure with its unit."""
    number = parse_number(text)
    if number is not None:
        return number[0]
    value = parse_figure(text)
    return None if value is None else value.canonical


def literals(path: Path) -> Iterator[tuple[str, ast.expr, str]]:
    """Yield the name, the expression and the source of every assignment of a Python file."""
    source = path.read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            yield str(getattr(target, "attr", getattr(target, "id", ""))), node.value, source


def mapping(node: ast.expr, source: str) -> Iterator[tuple[str, ast.expr, str | None]]:
    """Yield keys and values of a dict, those of the dicts inside it too; a number as it is written."""
    for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
        if isinstance(value, ast.Dict):
            yield from mapping(value, source)
        else:
            yield str(ast.literal_eval(key) if key else ""), value, ast.get_source_segment(source, value)


def cn2an(folder: Path) -> Iterator[tuple[str, list[Example]]]:
    for path in folder.rglob("cn2an_test.py"):
        for name, node, source in literals(path):
            if name in ("strict_data_dict", "normal_data_dict", "smart_data_dict"):
                yield f"cn2an {name}", [(k, Decimal(str(v))) for k, _, v in mapping(node, source)]
            if name in ("error_smart_datas", "error_normal_datas") and isinstance(node, ast.List):
                yield f"cn2an {name}", [(text, None) for text in ast.literal_eval(node)]
    for path in folder.rglob("an2cn_test.py"):
        for name, node, source in literals(path):
            if name != "input_data" or not isinstance(node, ast.Dict):
                continue
            rows = []
            for key, value in zip(node.keys, node.values, strict=True):
                number = Decimal(str(ast.get_source_segment(source, key))) if key else Decimal(0)
                plain, capital, money, *_ = ast.literal_eval(value)
                cut = number.quantize(Decimal("0.01"), rounding="ROUND_DOWN")
                rows += [(plain, number), (capital, number), (money, cut)]
            yield "cn2an an2cn, read back", rows


def cn2int(folder: Path) -> Iterator[tuple[str, list[Example]]]:
    for path in folder.rglob("cn2int*/test.py"):
        for name, node, source in literals(path):
            rows = [(k, None if v == "None" else Decimal(str(v))) for k, _, v in mapping(node, source) if k[0] > "z"]
            if name == "dataset" and rows and isinstance(node, ast.Dict) and len(node.keys) > 5:
                yield "cn2int", rows


def converter(folder: Path) -> Iterator[tuple[str, list[Example]]]:
    for path in folder.rglob("package/test.js"):
        rows = JS_ROW.findall(path.read_text("utf-8"))
        if rows:
            yield "chinese-numbers-converter", [(text, Decimal(value)) for text, value in rows]


def wetext_pairs(folder: Path, side: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the pairs of spoken and written form of each file."""
    for path in sorted(folder.rglob(f"{side}/chinese/test/data/*.txt")):
        lines = path.read_text("utf-8").splitlines()
        rows = [(a, b) for a, _, b in (line.partition(" => ") for line in lines) if b]
        yield path.stem, rows if side == "itn" else [(b, a) for a, b in rows]


def wetext_numbers(folder: Path) -> Iterator[tuple[str, list[Example]]]:
    for stem, rows in wetext_pairs(folder, "itn"):
        if stem == "number":
            whole = [(a, Decimal(b)) for a, b in rows if re.fullmatch(r"-?[0-9.]+", b)]
            yield "WeTextProcessing, numbers", whole


def spelled_by_icu(_: Path) -> Iterator[tuple[str, list[Example]]]:
    if importlib.util.find_spec("icu_rbnf") is None:
        return
    import icu_rbnf

    draw = random.Random(1)
    numbers = [*range(2000), *(draw.randrange(10**power) for power in range(4, 16) for _ in range(300))]
    for locale in SPELLED_LOCALES:
        yield f"ICU, {locale}", [(icu_rbnf.spellout(n, locale), Decimal(n)) for n in numbers]


def written_by_cn2an(_: Path) -> Iterator[tuple[str, list[Example]]]:
    if importlib.util.find_spec("cn2an") is None:
        return
    from cn2an import an2cn

    draw = random.Random(2)
    cents = [draw.randrange(10 ** draw.randrange(3, 15)) for _ in range(2000)]
    yield "cn2an, amounts in capitals", [(an2cn(f"{c / 100:.2f}", "rmb"), Decimal(c).scaleb(-2)) for c in cents]


def reading(text: str) -> Reading:
    """Give the figures of a text: label, value or fraction, upper end."""
    return tuple(
        (
            str(f.label),
            "/".join(map(str, f.fraction)) if f.fraction else str(f.value and f.value.canonical),
            f.upper and str(f.upper.canonical),
        )
        for f in find_figures(text)
    )


def interval(right: int, of: int) -> str:
    """Wilson's 95 % interval of a share."""
    if not of:
        return ""
    z, share = 1.96, right / of
    middle, width = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    low, high = (middle - width) / (1 + z * z / of), (middle + width) / (1 + z * z / of)
    return f"[{max(0.0, low):.3f}, {min(1.0, high):.3f}]"


def report(name: str, right: int, refused: int, wrong: int) -> None:
    of = right + refused + wrong
    share = f"{right / of:.3f} {interval(right, of)}" if of else "-"
    sys.stdout.write(f"{name:42} {of:6} right {right:6} refused {refused:4} wrong {wrong:4}  {share}\n")


def score_numbers(name: str, rows: Iterable[Example], show: bool) -> None:
    right = refused = wrong = 0
    for text, value in rows:
        found = number_of(text)
        good = found is None if value is None else found is not None and found == value
        right, refused, wrong = (
            right + good,
            refused + (not good and found is None),
            wrong + (not good and found is not None),
        )
        if show and not good:
            sys.stdout.write(f"    {text!r}: {value} in the suite, {found} here\n")
    report(name, right, refused, wrong)


def score_pairs(name: str, rows: Iterable[tuple[str, str]], show: bool) -> None:
    right = refused = wrong = 0
    for spoken, written in rows:
        said, wrote = reading(spoken), reading(written)
        if not said and not wrote:
            continue
        lacking = not set(said) - set(wrote) or not set(wrote) - set(said)
        right, refused, wrong = right + (said == wrote), refused + (said != wrote and lacking), wrong + (not lacking)
        if show and said != wrote:
            sys.stdout.write(
                f"    {spoken[:60]} => {written[:60]}\n        {str(said)[:200]}\n        {str(wrote)[:200]}\n"
            )
    report(name, right, refused, wrong)


NUMBERS: tuple[Callable[[Path], Iterator[tuple[str, list[Example]]]], ...] = (
    cn2an,
    cn2int,
    converter,
    wetext_numbers,
    spelled_by_icu,
    written_by_cn2an,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="show what is not read as the suite has it")
    options = parser.parse_args()
    for suite in NUMBERS:
        for name, rows in suite(options.folder):
            score_numbers(name, rows, options.list)
    for side in ("itn", "tn"):
        for stem, rows in wetext_pairs(options.folder, side):
            if stem in PAIRED:
                score_pairs(f"WeTextProcessing {side}, {stem}", rows, options.list)


if __name__ == "__main__":
    main()
