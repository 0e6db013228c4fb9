"""Command line: argument parsing and exit codes, no logic.

Exit status: 0 if every document was analysed, 1 if any failed, 2 for misuse.
"""

from __future__ import annotations

import contextlib
import json
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from gouji import __version__
from gouji.batch import FORMATS, DocumentFailure, Record, process, tokens_of
from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import evaluate_files, pairs
from gouji.evaluate.listing import as_dict, lines, names_of_split
from gouji.export.tokens import FORMS, token_lines
from gouji.report.summary import summary
from gouji.settings import Settings

DEFAULT_OUT = Path("gouji-out")

app = typer.Typer(
    name="gouji",
    help="勾稽：读部门决算报告，标出数字、指标与原因，与表格对应，并核对是否相符。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouji {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """Take the options that belong to no command."""


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        raise typer.BadParameter(f"未知的输出格式 {'、'.join(unknown) or '（空）'}，可用：{', '.join(FORMATS)}。")
    return chosen


@app.command(help="分析报告：每份写出 NAME.analysis.json、NAME.facts.csv、NAME.causes.csv 和 NAME.html，并显示摘要。")
def analyze(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="要分析的报告，可以有多份。")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="结果写入的文件夹。")] = DEFAULT_OUT,
    formats: Annotated[
        str, typer.Option("--format", "-f", metavar="json,csv,html", help="输出格式，逗号分隔。")
    ] = ",".join(FORMATS),
    with_text: Annotated[bool, typer.Option("--with-text", help="JSON 中附上全文。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Analyse reports, write their results, show a summary of each."""
    chosen = _formats(formats)
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} 已存在而且不是文件夹。", param_hint="--out")
    screen, errors = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)
    done = failed = 0
    try:
        for record in process(files, out, chosen, Settings(with_text=with_text)):
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


@app.command(help="切分词语：先取出数字（一个数字一个词），再切其余文字；各词连起来就是原文。")
def tokenize(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要切分的报告。")],
    form: Annotated[
        str,
        typer.Option("--format", "-f", metavar="text|jsonl|words", help="每行一个词及其位置，或 JSON，或按原文分行。"),
    ] = "text",
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Cut a report into tokens."""
    if form not in FORMS:
        raise typer.BadParameter(f"未知的输出格式 {form}，可用：{', '.join(FORMS)}。", param_hint="--format")
    try:
        tokens = tokens_of(file)
    except DocumentFailure as err:
        _fail(str(err), debug)
    with contextlib.suppress(BrokenPipeError):
        for line in token_lines(tokens, form):
            typer.echo(line)


@app.command(help="用标注评价分析结果：各层的准确率、召回率、F1，以及找到的不符之处和误报。")
def evaluate(
    predicted: Annotated[Path, typer.Argument(metavar="PRED", help="分析结果：一个 .analysis.json，或其文件夹。")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="标注：一个 .gold.json，或其文件夹。")],
    split: Annotated[str | None, typer.Option("--split", help="只比较 splits.tsv 中的这一部分。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Compare analyses with their gold."""
    if split is not None and not gold.is_dir():
        raise typer.BadParameter("只有 GOLD 为文件夹时才能按划分选取。", param_hint="--split")
    try:
        names = names_of_split(gold, split) if split is not None else None
        results = [evaluate_files(*pair) for pair in pairs(predicted, gold, names)]
    except AnnotationError as err:
        _fail(str(err), debug)
    if as_json:
        typer.echo(json.dumps(as_dict(results), ensure_ascii=False, indent=1))
        return
    for line in lines(results):
        typer.echo(line)


def _fail(message: str, debug: bool) -> NoReturn:
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    errors.print(Text(f"gouji: {message}", style="red"))
    if debug:
        errors.print(Text(traceback.format_exc(), style="dim"))
    raise typer.Exit(1)


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
