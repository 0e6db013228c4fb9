"""``gouji diff``."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import AnnotationError


@app.command(help="比较两次运行或两份标注：差别在哪里；给出标注时，说明哪些变对了，哪些变错了。")
def diff(
    first: Annotated[Path, typer.Argument(metavar="A", help="分析结果或标注：一个文件，或其文件夹。")],
    second: Annotated[Path, typer.Argument(metavar="B", help="另一次的结果。")],
    gold: Annotated[Path | None, typer.Option("--gold", help="标注：一个 .gold.json，或其文件夹。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Tell two runs apart."""
    from gouji.evaluate.differences import differences
    from gouji.evaluate.gains import gains
    from gouji.evaluate.listing import difference_lines
    from gouji.evaluate.pairing import twins
    from gouji.evaluate.sides import read_json

    rows: list[dict[str, object]] = []
    texts: dict[str, str] = {}
    try:
        for name, before, after in twins(first, second):
            texts[name] = str(after.get("text") or before.get("text") or "")
            if gold is None:
                found = [asdict(d) for d in differences(before, after)]
            else:
                wanted = read_json(gold / f"{name}.gold.json" if gold.is_dir() else gold, "gouji-gold/1")
                found = [asdict(c) for c in gains(before, after, wanted)]
            rows += [{"document": name, **row} for row in found]
    except AnnotationError as err:
        fail(str(err), debug)
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for line in difference_lines(rows, texts):
        typer.echo(line)
    counts = Counter(str(row["kind"]) for row in rows)
    typer.echo("，".join(f"{kind} {count}" for kind, count in sorted(counts.items())) or "没有差别。")
