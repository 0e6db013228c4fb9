"""From PDF user space to the page as a reader sees it: points from the top left corner, turned upright."""

from __future__ import annotations

from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Matrix that applies `first`, then `then`, as PDF multiplies them."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


@dataclass(frozen=True, slots=True)
class Frame:
    """The upright page: its size, and the matrix from user space (y upwards) to it (y downwards)."""

    width: float
    height: float
    matrix: Matrix

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of user space stands on the page."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f

    def turned(self, quarters: int) -> Frame:
        """Turn the page clockwise by quarter turns."""
        frame = self
        for _ in range(quarters % 4):
            turn: Matrix = (0.0, 1.0, -1.0, 0.0, frame.height, 0.0)
            frame = Frame(frame.height, frame.width, times(frame.matrix, turn))
        return frame


def frame_of(left: float, bottom: float, right: float, top: float, rotation: int) -> Frame:
    """Frame of a page from its visible box and its rotation in degrees, clockwise.

    Examples
    --------
    >>> frame_of(0, 0, 595, 842, 90).point(0, 0)
    (0.0, 0.0)
    """
    upright = Frame(right - left, top - bottom, (1.0, 0.0, 0.0, -1.0, -left, top))
    return upright.turned(rotation // 90)
