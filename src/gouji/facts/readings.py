"""What one figure says, as `gouji.facts.reading` reads it and what follows settles it."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.model.facts import Base, Direction, Measure, Mention


@dataclass(slots=True)
class Reading:
    """What one figure says, before names and directions are settled."""

    figure: Mention
    indicator: Mention | None
    measure: Measure
    period: str | None
    base: Base = Base.NONE
    direction: Direction = Direction.NONE
    of: str | None = None
    base_period: str | None = None
    flags: list[str] = field(default_factory=list)
    rule: str = ""
    name: str | None = None
    parent: Mention | None = None
    assumed: bool = False  # base is carried or taken for granted

    def flag(self, *flags: str) -> None:
        """Add doubts, each once."""
        for flag in flags:
            if flag not in self.flags:
                self.flags.append(flag)
