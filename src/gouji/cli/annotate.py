"""``gouji annotate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from gouji.batch import process
from gouji.cli.app import app, fail
from gouji.errors import AnnotationError
from gouji.interchange.rounds import CORRECTIONS, TOOLS, collect, prepare, suggestion_of, tally

_USAGE = (
    "为标注工具准备建议，再收回改好的标注。\n\n"
    "准备：gouji annotate 报告或文件夹… --for brat --out DIR；"
    "收回：gouji annotate DIR --collect --out GOLD（工具导出的文件不在 DIR 中时加 --edited）。"
)


@app.command(help=_USAGE)
def annotate(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE", help="报告或其文件夹；收回时为准备好的文件夹。")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写入的文件夹。")],
    tool: Annotated[str | None, typer.Option("--for", metavar="|".join(TOOLS), help="标注工具。")] = None,
    back: Annotated[bool, typer.Option("--collect", help="收回改好的标注，并报告改了什么。")] = False,
    edited: Annotated[Path | None, typer.Option("--edited", help="标注工具导出的文件或文件夹。")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Prepare suggestions for an annotation tool, or take corrected files back."""
    if back == (tool is not None):
        raise typer.BadParameter("准备时请给 --for，收回时请给 --collect，二者选一。", param_hint="--for/--collect")
    if tool is not None and tool not in TOOLS:
        raise typer.BadParameter(f"未知的工具 {tool}，可用：{'、'.join(TOOLS)}。", param_hint="--for")
    if back and len(sources) != 1:
        raise typer.BadParameter("收回时只给一个文件夹。", param_hint="FILE")
    try:
        if tool is None:
            _collect(sources[0], out, edited)
        else:
            _prepare(sources, tool, out)
    except AnnotationError as err:
        fail(str(err), debug)
    except OSError as err:
        fail(f"读写失败（{err.filename or out}：{err.strerror or err}）。", debug)


def _prepare(sources: list[Path], tool: str, out: Path) -> None:
    files = [
        file
        for source in sources
        for file in (
            sorted(p for p in source.iterdir() if p.is_file() and p.name[0] != ".") if source.is_dir() else [source]
        )
    ]
    documents, failed = [], 0
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    for record in process(files, None):
        if record.analysis is None:
            failed += 1
            errors.print(Text(f"gouji: {record.source}：{record.error}", style="red"))
        else:
            documents.append(suggestion_of(record.analysis, record.name))
    for loss in prepare(documents, tool, out) if documents else ():
        typer.echo(str(loss), err=True)
    typer.echo(f"共 {len(files)} 份：已准备 {len(documents)}，失败 {failed}。建议在 {out}。")
    raise typer.Exit(1 if failed or not documents else 0)


def _collect(folder: Path, out: Path, edited: Path | None) -> None:
    collected = collect(folder, out, edited)
    for loss in collected.losses:
        typer.echo(str(loss), err=True)
    for line in tally(collected):
        typer.echo(line)
    typer.echo(f"共收回 {len(collected.documents)} 份，标注和改动清单（{CORRECTIONS}）在 {out}。")
