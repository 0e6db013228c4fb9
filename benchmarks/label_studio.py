"""Run Label Studio's own converter over our export and read back what it writes (``pip install label-studio-sdk``).

    python benchmarks/label_studio.py

Prints for each of its formats how many of our spans it carries, and whether our reader gives the same spans back.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from gouji.interchange import label_studio
from gouji.interchange.annotated import Annotated
from gouji.interchange.registry import load

ROOT = Path(__file__).resolve().parents[1]


def spans(documents: list[Annotated]) -> list[list[tuple[str, int, int]]]:
    """Spans of every document."""
    return [sorted((m["label"], m["start"], m["end"]) for m in d.mentions) for d in documents]


def main() -> int:
    """Convert the whole shipped gold and compare."""
    from label_studio_sdk.converter import Converter

    golds = sorted(p for p in (ROOT / "annotations").glob("*.gold.json") if (ROOT / "corpora" / p.name[:-10]).is_dir())
    documents = [load(gold, texts=[ROOT / "corpora"])[0][0] for gold in golds]
    same = True
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        label_studio.write(documents, out)
        converter = Converter(str(out / label_studio.INTERFACE), str(out))
        source = str(out / label_studio.FILE)
        converter.convert_to_json(source, str(out / "json"), is_dir=False)
        back, _ = load(out / "json" / "result.json")
        same &= spans(back) == spans(documents)
        print(f"JSON: {sum(map(len, spans(back)))} of {sum(map(len, spans(documents)))} spans, {len(back)} documents")
        converter.convert_to_json_min(source, str(out / "min"), is_dir=False)
        back, _ = load(out / "min" / "result.json")
        same &= spans(back) == spans(documents)
        print(f"JSON_MIN: {sum(map(len, spans(back)))} spans, {len(back)} documents")
        converter.convert_to_conll2003(source, str(out / "conll"), is_dir=False)
        tags = [
            line.split()[-1] for line in (out / "conll/result.conll").read_text("utf-8").splitlines() if line.strip()
        ]
        print(f"CONLL2003: {sum(tag.startswith('B-') for tag in tags)} words begin a span (it cuts at blanks)")
    print("same spans back" if same else "SPANS DIFFER")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
