"""``gouji analyze``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from gouji.batch import FORMATS, Record, process
from gouji.cli.app import Tables, app, beside
from gouji.report.summary import summary
from gouji.settings import CLASSIFIERS, SYSTEMS, Settings

DEFAULT_OUT = Path("gouji-out")


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        raise typer.BadParameter(f"未知的输出格式 {'、'.join(unknown) or '（空）'}，可用：{', '.join(FORMATS)}。")
    return chosen


def _one_of(text: str, known: tuple[str, ...], option: str) -> str:
    if text not in known:
        raise typer.BadParameter(f"未知的方法 {text}，可用：{', '.join(known)}。", param_hint=option)
    return text


@app.command(help="分析报告：每份写出 NAME.analysis.json、NAME.facts.csv、NAME.causes.csv 和 NAME.html，并显示摘要。")
def analyze(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="要分析的报告，可以有多份；文件夹表示其中的各份报告及其附表。"),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="结果写入的文件夹。")] = DEFAULT_OUT,
    formats: Annotated[
        str, typer.Option("--format", "-f", metavar="json,csv,html", help="输出格式，逗号分隔。")
    ] = ",".join(FORMATS),
    tables: Tables = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="JSON 中附上全文。")] = False,
    system: Annotated[
        str,
        typer.Option("--system", metavar="|".join(SYSTEMS), help="指标与原因的标注方法：规则、字符 CRF，或二者结合。"),
    ] = Settings().system,
    classifier: Annotated[
        str,
        typer.Option(
            "--classifier", metavar="|".join(CLASSIFIERS), help="原因类别的判断方法：规则、学习，或二者结合。"
        ),
    ] = Settings().classifier,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Analyse reports, write their results, show a summary of each."""
    chosen = _formats(formats)
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} 已存在而且不是文件夹。", param_hint="--out")
    settings = Settings(
        with_text=with_text,
        system=_one_of(system, SYSTEMS, "--system"),
        classifier=_one_of(classifier, CLASSIFIERS, "--classifier"),
    )
    annexes = beside(files, tables)
    screen, errors = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)
    done = failed = 0
    try:
        for record in process(files, out, chosen, settings, tables=annexes):
            if record.failed:
                failed += 1
                _show_failure(errors, record, debug)
            else:
                done += 1
                _show(screen, record)
    except OSError as err:
        errors.print(Text(f"gouji: 无法写入 {out}（{err.strerror or err}）。", style="red"))
        raise typer.Exit(1) from err
    screen.print(Text(f"共 {done + failed} 份：完成 {done}，失败 {failed}。结果在 {out}。"))
    raise typer.Exit(1 if failed else 0)


def _show(screen: Console, record: Record) -> None:
    if record.analysis is None:
        return
    if Path(record.source).stem != record.name:
        screen.print(Text(f"{record.source} 与另一份文件同名，结果写为 {record.name}.*", style="yellow"))
    for number, line in enumerate(summary(record.analysis)):
        screen.print(Text(line, style="bold" if number == 0 else ""))


def _show_failure(errors: Console, record: Record, debug: bool) -> None:
    errors.print(Text(f"gouji: {record.source}：{record.error}", style="red"))
    if debug and record.trace:
        errors.print(Text(record.trace, style="dim"))
