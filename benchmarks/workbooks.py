"""Ratios of reading and writing workbooks: CPU time, limits of the same run."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.parsers import expat

import xlsxwriter

from benchmarks.measuring import Line, compare
from desktop.spreadsheets.guards import check
from desktop.spreadsheets.reading import read_sheets
from desktop.spreadsheets.rosters import read_roster
from desktop.spreadsheets.writing import OutColumn, write_list

ROWS = 100_000
_TITLES = """姓名 性别 民族 出生日期 学历 学位 申请入党时间 入党时间 转正时间 党员类别 所在党支部 党小组 党内职务
工作单位 岗位 联系电话 组织关系转入时间 备注 籍贯 党龄"""
HEADINGS = _TITLES.split()


def records(rows: int) -> Iterator[list[str | int]]:
    """Make rows like those of a county's roster, from their number alone."""
    for n in range(rows):
        born = f"{1950 + n % 50}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        joined = f"{1985 + n % 35}-{n % 12 + 1:02}-01"
        name = chr(0x5F20 + n % 900) + chr(0x4E00 + n % 5000) + chr(0x660E + n % 70)
        person = (name, "男女"[n % 2], "汉族", born, "大专", "无", joined, joined, joined, "正式党员")
        place = (f"第{n % 300}党支部", f"第{n % 9}党小组", "", f"单位{n % 4000}", "职工")
        yield [*person, *place, f"1000000{n % 10_000:04}", joined, f"备注{n}", "本地", n % 50]


def bare_write(rows: int) -> bytes:
    """Write the same table with XlsxWriter's constant_memory and nothing else."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet()
    for column, title in enumerate(HEADINGS):
        sheet.write(0, column, title)
    for row, cells in enumerate(records(rows), 1):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    book.close()
    return target.getvalue()


def our_write(rows: int) -> bytes:
    """Write the same table as the program does."""
    return write_list("党员名册", [OutColumn(title) for title in HEADINGS], records(rows))


def bare_parse(path: Path) -> None:
    """Run expat without handlers over the parts that a reader must read."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                with archive.open(name) as part:
                    expat.ParserCreate().ParseFile(part)


def our_read(path: Path) -> None:
    """Read all cells as the program does, guards included."""
    check(path)
    for sheet in read_sheets(path):
        assert sheet.rows


def run(long: bool) -> list[Line]:
    """Measure with 100,000 rows when `long`, else with a fifth: the ratios hardly differ, the wait does."""
    rows = ROWS if long else ROWS // 5
    on = date(2026, 11, 23)
    size = f"{rows // 1000}k × {len(HEADINGS)}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(bare_write(rows))

        def limit() -> None:
            bare_parse(path)

        def checked() -> None:
            read_roster(path, "members", on=on)

        read = compare(f"read a workbook, {size} / expat without handlers", lambda: our_read(path), limit, 2.5)
        roster = compare(f"read and check a roster, {size} / expat without handlers", checked, limit, rounds=3)
    bare = f"write a workbook, {size} / XlsxWriter constant_memory"
    return [read, roster, compare(bare, lambda: our_write(rows), lambda: bare_write(rows), 1.0)]
