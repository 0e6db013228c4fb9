"""Offsets: half-open spans, and maps that find the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.spans import OffsetMap, Span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_is_a_half_open_stretch(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="half-open"):
        Span(start, end)


def test_touching_spans_do_not_overlap_and_a_span_contains_itself() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 3).contains(Span(0, 3))
    assert not Span(0, 3).contains(Span(1, 4))


kept_positions = st.sets(st.integers(0, 400), max_size=60).map(sorted)


@given(kept_positions, st.data())
def test_to_source_covers_exactly_from_first_to_last_character(kept: list[int], data: st.DataObject) -> None:
    offsets = OffsetMap.of_kept(kept)
    assert offsets.length == len(kept)
    if kept:
        start = data.draw(st.integers(0, len(kept) - 1))
        end = data.draw(st.integers(start + 1, len(kept)))
        source = offsets.to_source(Span(start, end))
        assert source == Span(kept[start], kept[end - 1] + 1)
        assert offsets.to_target(source) == Span(start, end)


@given(st.text(max_size=40), st.data())
def test_maps_compose(text: str, data: st.DataObject) -> None:
    kept = sorted(data.draw(st.sets(st.integers(0, max(len(text) - 1, 0)), max_size=len(text)))) if text else []
    outer = OffsetMap.identity(len(text), at=7)
    inner = OffsetMap.of_kept(kept)
    both = inner.compose(outer)
    assert [both.source_of(i) for i in range(both.length)] == [7 + k for k in kept]


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        OffsetMap.identity(3).to_source(Span(2, 4))


def test_a_removed_stretch_maps_to_an_empty_span() -> None:
    offsets = OffsetMap.of_kept([0, 1, 5, 6])
    assert offsets.to_target(Span(2, 4)) == Span(2, 2)
