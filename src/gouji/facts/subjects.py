"""What the figures of a passage have said so far of each subject, as each is read in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gouji.facts.comparisons import VALUE_OF
from gouji.facts.readings import Reading
from gouji.model.facts import Base, Measure
from gouji.model.values import Value

_ACTUAL, _CHANGE, _COMPLETION_RATE = Measure.ACTUAL, Measure.CHANGE, Measure.COMPLETION_RATE


@dataclass(slots=True)
class Subject:
    """What has been read of one indicator: the outturn; by base its value, how far it was completed, the change."""

    actual: Value | None = None
    bases: dict[Base, Value] = field(default_factory=dict)
    completed: dict[Base, Value] = field(default_factory=dict)
    changes: dict[Base, Reading] = field(default_factory=dict)

    def note(self, reading: Reading) -> None:
        """Keep the value of a reading if others can be compared with it: not one in another currency."""
        value, measure = reading.figure.value, reading.measure
        if value is None or "foreign_unit" in reading.flags:
            return
        if measure is _ACTUAL:
            self.actual = value
        elif measure is _COMPLETION_RATE:
            self.completed[reading.base] = value
        elif measure is _CHANGE:
            self.changes[reading.base] = reading
        else:
            base = VALUE_OF.get(measure)
            if base is not None:
                self.bases[base] = value


def in_turn(readings: Sequence[Reading]) -> Iterator[tuple[Reading | None, Reading, Reading | None, Subject]]:
    """Yield every reading with those beside it and with what was said of its subject before.

    What the reading itself says is noted when the next one is asked for, so that it can be settled first.
    """
    known: dict[str, Subject] = {}
    for at, reading in enumerate(readings):
        key = reading.indicator.id if reading.indicator is not None else ""
        subject = known.get(key)
        if subject is None:
            subject = known[key] = Subject()
        before = readings[at - 1] if at else None
        yield before, reading, readings[at + 1] if at + 1 < len(readings) else None, subject
        subject.note(reading)
