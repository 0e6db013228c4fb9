"""Analysis -> findings: every figure or wording that does not hold, once for each root, as people are told of it.

Reading order: `model` (what a finding is), `build` (conflicts and outcomes put together), `operands` (how a figure is
quoted), `roots` (what follows from what), `remedies` (what would make it right).
"""

from gouji.findings.build import findings
from gouji.findings.model import Finding, Operand

__all__ = ["Finding", "Operand", "findings"]
