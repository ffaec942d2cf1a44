"""The page of official documents in numbers (GB/T 9704-2012, domain.md §5): 22 lines of 28 characters that fill 版心.

All lengths are points; y grows upwards, as in PDF. A cell is the place of one full-width character, a half is the
place of one digit or Latin letter.
"""

MM = 72 / 25.4

PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, 37 * MM  # 订口 and 天头
WIDTH, HEIGHT = 156 * MM, 225 * MM  # 版心
COLUMNS, LINES = 28, 22
HALVES = 2 * COLUMNS
CELL = WIDTH / COLUMNS  # 15.79
PITCH = HEIGHT / LINES  # 28.99

ER_HAO, SAN_HAO, SI_HAO = 22.0, 16.0, 14.0
TITLE_PITCH = 34.0
TITLE_COLUMNS = int(WIDTH // ER_HAO)  # 20
PAGE_NUMBER_DROP = 7 * MM  # from the lower edge of 版心 to the dash

BODY_TOP = PAGE_HEIGHT - TOP
BODY_BOTTOM = BODY_TOP - HEIGHT
RIGHT = LEFT + WIDTH

_DESCENT = 0.12  # the ideographic em box reaches this far below the baseline


def middle(row: float) -> float:
    """Give the middle of a row of the grid; row 0 is the first."""
    return BODY_TOP - (row + 0.5) * PITCH


def baseline(centre: float, size: float) -> float:
    """Give the baseline that puts an em box of `size` points in the middle of `centre`."""
    return centre - size / 2 + _DESCENT * size
