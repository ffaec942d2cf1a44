"""How columns share the room of a list."""

import pytest

from desktop.ui.widgets.column_fit import Span, fit

DATE, BRANCH, TOPIC, COUNT, STATE = (
    Span(100, 100), Span(216, 200), Span(140, 132, gives_way=2), Span(92, 92, gives_way=1), Span(80, 80),
)  # fmt: skip
ROW = (DATE, BRANCH, TOPIC, COUNT, STATE)


@pytest.mark.parametrize(
    ("room", "sizes"),
    [
        (700, [100, 216, 212, 92, 80]),
        (620, [100, 211, 137, 92, 80]),
        (600, [100, 216, 204, 0, 80]),
        (515, [100, 202, 133, 0, 80]),
        (400, [100, 216, 0, 0, 84]),
        (300, [100, 200, 0, 0, 80]),
    ],
)
def test_columns_shrink_in_their_measure_and_then_go_in_their_turn(room: int, sizes: list[int]) -> None:
    assert fit(ROW, room, wide=2) == sizes


def test_a_column_without_a_turn_keeps_its_least() -> None:
    assert fit((DATE, STATE), 10, wide=0) == [100, 80]
