"""Classification codes as tables print them: in one cell, or a level a cell under the headings 类、款、项."""

from __future__ import annotations

from collections.abc import Sequence

LENGTHS = (3, 5, 7)
"""Digits of a 类, a 款, a 项."""
LEVEL = 2
"""Digits that each further level adds."""


def spelled_code(texts: Sequence[str]) -> tuple[str, int]:
    """Read the code that the first cells of a row spell, and how many of the cells it takes; blanks among them count.

    Parameters
    ----------
    texts : sequence of str
        Texts of cells from the first that may be a code.

    Returns
    -------
    tuple of str and int
        Empty and 0 if the first cell is no code.

    Examples
    --------
    >>> spelled_code(["201", "06", "01", "行政运行"]), spelled_code(["2010601", "行政运行"])
    (('2010601', 3), ('2010601', 1))
    >>> spelled_code(["201", "", "", "一般公共服务支出"]), spelled_code(["合计", "12"])
    (('201', 3), ('', 0))
    """
    code = "".join(texts[0].split()) if texts else ""
    if len(code) not in LENGTHS or not (code.isascii() and code.isdigit()):
        return "", 0
    used = 1
    for text in texts[1:]:
        part = "".join(text.split())
        if part and not (len(part) == LEVEL and part.isascii() and part.isdigit() and len(code) < LENGTHS[-1]):
            break
        code += part
        used += 1
    return code, used
