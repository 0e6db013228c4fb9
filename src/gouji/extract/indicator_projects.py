"""Names of projects that head what is told of them: they own the figures of the paragraph.

``湖东管网改造项目：全年预算数90万元，执行数80万元，执行率88.89%`` states the budget and the outturn of the project; no
全年预算数 is an indicator there. So it is in the form of 绩效自评综述 (财预〔2020〕10号) and in free self-evaluations.
"""

from __future__ import annotations

import re

from gouji.extract.indicator_names import Candidate
from gouji.model.spans import Span
from gouji.resources.gazetteer import gazetteer
from gouji.resources.indicator_context import indicator_context

RULE = "project"
LEAD = (
    r"(?:^|(?<=[。；;：:\n]))\s{0,4}"
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?|[①-⑳])?\s{0,4}(?:其中[，,：:]?)?"
)
QUOTED = r"[“\"「](?P<quoted>[^，,。；;：:“”\"「」\n]{2,40})[”\"」](?:[一二三四]期)?(?P<kind>项目|工程|经费|专项)?"
PLAIN = r"(?P<plain>(?:[“\"][^，,。；;：:“”\"\n]{1,12}[”\"])?[^，,。；;：:“”\"「」\n]{4,40}?)"
SUMMARY = (
    r"(?:(?:(?<=项目)支出)?(?:部门)?绩效自评(?:综述|情况|结果)?|自评(?:综述|情况|结果))?"
    r"\s*(?:[（(][^（）()\n]{1,20}[)）])?(?P<mark>[：:，,。]?)\s*"
)
# what is told first: 全年预算数为9万元 · 根据年初设定的绩效目标，项目自评得分为98分 · 自评得分98分
TOLD = (
    r"(?=(?:得分[\d.]+分[：:，,]\s*(?:全年|年初)?预算|(?:该项目|(?<=[：:，,。])项目)?"
    r"(?:(?:绩效)?自评(?:综合)?得分|根据(?:年初)?设定的绩效目标|(?:全年|年初|年度|调整后?)预算(?!单位)"
    r"|(?:批复|安排)?预算(?:数|金额|资金|安排)?[为\d]|(?:预算|项目|年度|安排|投入)资金(?:总额)?[为共\d]|总投资[为\d]|(?:全年)?执行数)))"
)
TELLING = ("得分", "绩效目标", "预算", "资金", "总投资", "执行数")
"""Words one of which each alternative of `TOLD` has: most texts have none, and the search for a head is slow."""
HEAD = re.compile(f"{LEAD}(?:{QUOTED}|{PLAIN}){SUMMARY}{TOLD}")
OVERALL = "expenditure.overall"
"""部门整体支出 is evaluated as a project is."""
LONGEST_TITLE, LONGEST_TOLD = 50, 80


def projects(text: str, performance: bool) -> list[Candidate]:
    """Find the names of projects that head a paragraph or an item of it.

    Parameters
    ----------
    text : str
    performance : bool
        Whether the section is about performance.

    Examples
    --------
    >>> [c.name for c in projects("（1）湖东管网改造项目：全年预算数90万元，执行率88%。", True)]
    ['湖东管网改造项目']
    >>> projects("公务接待费全年预算数9万元，执行率88%。", True)
    []
    """
    if not (performance or "自评" in text) or not any(word in text for word in TELLING):
        return []
    out: list[Candidate] = []
    for head in HEAD.finditer(text):
        role = "quoted" if head["quoted"] else "plain"
        name = "".join(head[role].split())
        overall = gazetteer().lookup(name)
        if overall is not None and overall.id == OVERALL:
            out.append(Candidate(Span(*head.span(role)), overall.type, overall.name, RULE, overall))
        elif _is_project(name, quoted=role == "quoted", marked=bool(head["mark"]), kind=head["kind"]):
            out.append(Candidate(Span(*head.span(role)), "project_funds", name, RULE))
    return out


def project_title(line: str, following: str) -> Candidate | None:
    """Name of the project that a line of its own names, where what follows tells of one.

    Examples
    --------
    >>> project_title("（1）湖东管网改造项目", "全年预算数90万元，执行率88%。").name
    '湖东管网改造项目'
    >>> project_title("（1）总体情况", "全年预算数90万元，执行率88%。") is None
    True
    """
    head = line.rstrip().rstrip("：:。")
    found = projects(f"{head}：{following.lstrip()[:LONGEST_TOLD]}", True) if len(head) <= LONGEST_TITLE else []
    return found[0] if found and found[0].span.end <= len(head) else None


def _is_project(name: str, *, quoted: bool, marked: bool, kind: str | None) -> bool:
    """Whether a phrase names a project: by its last word, its quotes with 项目 behind them, or the colon behind it."""
    words = indicator_context()
    if words.not_project.search(name) is not None:
        return False
    if kind or words.project_word.search(name) is not None:
        return True
    head = words.project_head.search(name) is not None or quoted
    return head and (quoted or marked) and gazetteer().canonical(name) is None
