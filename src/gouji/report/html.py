"""Analysis -> one self-contained HTML page: nothing is loaded from elsewhere, everything is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from gouji.findings import Finding
from gouji.model.outcomes import Analysis
from gouji.report.narrative import clean
from gouji.report.summary import figures
from gouji.report.view import View
from gouji.resources.wording import check_title, reason_words, word


def page(analysis: Analysis, found: Sequence[Finding] | None = None) -> str:
    """HTML page of an analysis; `found` are the findings to list, all of them by default.

    Summary, findings with the stated and the computed figure and their place, the text with figures, indicators
    and causes marked, tables of facts, causes, checks and of what became of each figure.
    """
    view = View(analysis, found)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(view=view, document=analysis.document, analysis=analysis, figures=figures(analysis))
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gouji.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.globals |= {"word": word, "reason_words": reason_words, "check_title": check_title}
    return environment
