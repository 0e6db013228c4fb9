"""``gouji check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from gouji.batch import Record, output_names, process, reports_of
from gouji.cli.app import Tables, app, beside
from gouji.export.csv import ENCODING
from gouji.export.findings import failure_json, findings_csv, findings_json
from gouji.export.sarif import Checked, sarif
from gouji.findings import Finding, findings
from gouji.findings.model import with_severity
from gouji.model.outcomes import Analysis, Severity
from gouji.report.html import page
from gouji.report.listing import listing, tally
from gouji.settings import Settings

FORMATS = ("text", "json", "csv", "html", "sarif")
SUFFIXES = {"text": "txt", "json": "json", "csv": "csv", "html": "html", "sarif": "sarif"}
FAILED, FOUND = 1, 3
EPILOG = (
    "退出状态：0 没有发现错误；1 有文件未能核对（即使其他文件发现了错误，因为结果不全）；2 用法不对；3 发现错误。"
    "存疑、舍入差异和格式问题不改变退出状态；--severity 只决定列出什么，不改变退出状态。"
)


def _chosen(text: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    parts = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [part for part in parts if part not in known]
    if unknown or not parts:
        raise typer.BadParameter(f"未知的{what} {'、'.join(unknown) or '（空）'}，可用：{', '.join(known)}。")
    return parts


@app.command(help="核对报告：列出不符之处，每处写明位置、原文、计算值和应为何值。", epilog=EPILOG)
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="要核对的报告，可以有多份；文件夹表示其中的各份报告及其附表。")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="结果写入的文件夹；不给则写到标准输出。")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", "-f", metavar=",".join(FORMATS), help="输出格式，逗号分隔；标准输出只能有一种。")
    ] = "text",
    severity: Annotated[
        str, typer.Option("--severity", "-s", metavar="error,doubtful,rounding,form", help="只列出这些级别。")
    ] = ",".join(Severity),
    tables: Tables = None,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Check reports and tell what does not hold."""
    chosen = _chosen(formats, FORMATS, "输出格式")
    wanted = [Severity(code) for code in _chosen(severity, list(Severity), "级别")]
    if out is None and len(chosen) > 1:
        raise typer.BadParameter("写到标准输出时只能有一种格式，多种格式请加 --out DIR。", param_hint="--format")
    reports = [each.path for each in reports_of(files)]
    if out is None and chosen == ("html",) and len(reports) > 1:
        raise typer.BadParameter("多份报告的网页请加 --out DIR。", param_hint="--format")
    if out is not None and out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} 已存在而且不是文件夹。", param_hint="--out")
    work = process(files, out, chosen, Settings(), _rendering(reports, wanted), beside(files, tables))
    try:
        errors, failed = _run(work, out, chosen, wanted, debug)
    except OSError as err:
        Console(stderr=True, soft_wrap=True).print(Text(f"gouji: 无法写入（{err.strerror or err}）。", style="red"))
        raise typer.Exit(FAILED) from err
    raise typer.Exit(FAILED if failed else FOUND if errors else 0)


def _run(
    work: Iterator[Record], out: Path | None, chosen: Sequence[str], wanted: Sequence[Severity], debug: bool
) -> tuple[int, int]:
    """Check every file; give the number of errors found and of files that failed."""
    screen, trouble = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)
    errors = failed = done = 0
    written = _Stream(chosen[0]) if out is None else None
    for record in work:
        if record.analysis is None:
            failed += 1
            trouble.print(Text(f"gouji: {record.source}：{record.error}", style="red"))
            if debug and record.trace:
                trouble.print(Text(record.trace, style="dim"))
            if written is not None:
                written.failure(record)
            continue
        done += 1
        found = findings(record.analysis)
        errors += sum(finding.severity is Severity.ERROR for finding in found)
        if written is not None:
            written.document(record, record.analysis, with_severity(found, wanted))
        else:
            screen.print(Text(f"{record.name}　{tally(found)}"))
    if written is not None:
        written.close()
    if out is not None:
        screen.print(Text(f"共 {done + failed} 份：完成 {done}，失败 {failed}。结果在 {out}。"))
    return errors, failed


def _rendering(reports: Sequence[Path], wanted: Sequence[Severity]) -> Callable[..., list[tuple[str, str, str]]]:
    """Make what writes the findings of one document into the folder of results."""
    sources = {name: _shown(path) for path, name in output_names(reports)}

    def rendered(analysis: Analysis, name: str, chosen: Sequence[str], _: Settings) -> list[tuple[str, str, str]]:
        found = with_severity(findings(analysis), wanted)
        return [
            (
                f"{name}.findings.{SUFFIXES[form]}",
                _content(form, analysis, found, sources[name]),
                ENCODING if form == "csv" else "utf-8",
            )
            for form in chosen
        ]

    return rendered


def _content(form: str, analysis: Analysis, found: Sequence[Finding], source: str) -> str:
    if form == "json":
        return findings_json(analysis, found, source) + "\n"
    if form == "csv":
        return findings_csv([(analysis, found, source)])
    if form == "html":
        return page(analysis, found)
    if form == "sarif":
        return sarif([Checked(source, analysis, found)])
    return "".join(f"{line}\n" for line in listing(analysis, found))


def _shown(path: Path) -> str:
    """Path as an output may name it: relative to where the program runs, never absolute."""
    if not path.is_absolute():
        return path.as_posix()
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name


class _Stream:
    """Findings on the standard output: each document as soon as it is done, except in a format that is one whole."""

    def __init__(self, form: str) -> None:
        self.form = form
        self.kept: list[Checked] = []

    def document(self, record: Record, analysis: Analysis, found: Sequence[Finding]) -> None:
        if self.form in ("sarif", "csv"):
            self.kept.append(Checked(_shown(Path(record.source)), analysis, found))
        else:
            source = _shown(Path(record.source))
            typer.echo(_content(self.form, analysis, found, source), nl=self.form == "text")

    def failure(self, record: Record) -> None:
        source = _shown(Path(record.source))
        if self.form == "json":
            typer.echo(failure_json(source, record.error or ""))
        self.kept.append(Checked(source, failure=record.error))

    def close(self) -> None:
        if self.form == "sarif":
            typer.echo(sarif(self.kept), nl=False)
        elif self.form == "csv":
            rows = [(one.analysis, one.found, one.source) for one in self.kept if one.analysis is not None]
            typer.echo(findings_csv(rows), nl=False)
