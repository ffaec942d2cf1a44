"""Makes the workbooks of the tests: rosters with every trap of the domain pack §7 and §11, and hostile files.

`python tests/support/workbooks.py` writes the rosters to `tests/fixtures/workbooks/`; hostile files are made at run
time under a temporary folder. All persons are invented; identity numbers take the area codes 329901 and 329902,
which no place has.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from stdnum.cn import ric, uscc

FOLDER = Path(__file__).parents[1] / "fixtures" / "workbooks"
_STAMP = (2026, 1, 1, 0, 0, 0)


def identity(area: str, born: str, order: str) -> str:
    """Complete an identity number by its check digit."""
    body = f"{area}{born}{order}"
    return body + ric.calc_check_digit(body + "0")


def credit_code(body: str) -> str:
    """Complete a unified social credit code by its check character."""
    return body + str(uscc.calc_check_digit(body + "0"))


def _book(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    return book


def members(path: Path) -> None:
    """A roster as a township sends it: two title rows, stars and hints, 必填 row, merges, footers, notes."""
    book = _book(path)
    sheet = book.add_worksheet("党员花名册")
    other = book.add_worksheet("填表说明")
    other.write_string(0, 0, "本表由各支部填写。")
    sheet.merge_range(0, 0, 0, 13, "测试镇社会组织党员花名册")
    sheet.merge_range(1, 0, 1, 13, "填报单位：测试镇党委          填报日期：2026年11月")
    heading = (
        "序号 *姓名 性别 民族 出生年月 公民身份证号码 学历 入党时间 转正日期 "
        "是否预备 所在党支部(全称) 职务（留空默认为委员） 手机号码"
    )
    for column, title in enumerate([*heading.split(), "", "月收入(税后)", "备注"]):
        sheet.write_string(2, column, title)
    for column in (1, 2, 5):
        sheet.write_string(3, column, "必填")
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    ids = [
        identity("329901", "19850603", "001"),
        identity("329901", "19690115", "002"),
        identity("329902", "19901010", "123"),
    ]
    branch = "中共测试镇老年协会支部委员会"
    rows: list[list[object]] = [
        [
            1,
            "李　明",
            "男",
            "汉",
            "1985.6",
            " ".join((ids[0][:6], ids[0][6:])),
            "本科",
            "2005年6月1日",
            "二〇〇六年六月一日",
            "否",
            branch,
            "支部书记",
            "138 1234 5678",
            "",
            5000,
            "",
        ],
        [
            2,
            "阿依古丽•买买提",
            "女",
            "维吾尔族",
            196901,
            "'" + ids[1].lower(),
            "党校大专",
            "2019/2/3  14:30",
            "2020.02",
            "否",
            "",
            "",
            13812345679.0,
            "",
            "",
            "/",
        ],
        [
            3,
            "王𬭎",
            "男",
            "汉族",
            date(1990, 10, 1),
            ids[2],
            "研究生",
            "2026.1",
            "",
            "是",
            "测试镇书画社党支部",
            "组织委员",
            "0513-88888888",
            "",
            "",
            "预备期至明年",
        ],
        [
            4,
            "赵四",
            "男",
            "汉族",
            1985.1,
            3.20681198506031e17,
            "大专",
            38504,
            "",
            "否",
            "测试镇书画社党支部",
            "",
            "",
            "",
            "",
            "",
        ],
        [5, "", "女", "汉族", "1970年2月30日", "", "初中", "", "", "", "测试镇书画社党支部", "", "", "", "", ""],
        [
            6,
            "孙七",
            "女",
            "汉族",
            "85.6",
            "329901198506030000",
            "博后",
            "1999-13",
            "",
            "也许",
            "测试镇书画社党支部",
            "经理",
            "1381234",
            "",
            "",
            "",
        ],
    ]
    for index, row in enumerate(rows, 4):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(index, column, datetime(cell.year, cell.month, cell.day), month)  # noqa: DTZ001
            else:
                sheet.write(index, column, cell)
    sheet.merge_range(4, 10, 5, 10, branch)
    sheet.write_string(10, 0, "合　计")
    sheet.write_string(10, 1, "6人")
    sheet.write_string(11, 0, "填表人：张某        审核人：王某")
    sheet.write_string(13, 0, "注意事项")
    sheet.write_string(14, 1, "1.姓名必须与身份证一致。")
    book.close()


def organisations(path: Path) -> None:
    """A ledger with a heading over two rows, credit codes and filing numbers in one column, and codes as floats."""
    book = _book(path)
    sheet = book.add_worksheet("Sheet1")
    sheet.merge_range(0, 0, 0, 12, "社会组织台账")
    tall = {
        0: "序号",
        1: "组织名称",
        2: "类型",
        3: "登记/备案",
        4: "统一社会信用代码/备案编号",
        5: "登记(备案)时间",
        6: "所在村（社区）",
        7: "负责人",
        8: "负责人政治面貌",
    }
    for column, title in tall.items():
        sheet.merge_range(1, column, 2, column, title)
    sheet.merge_range(1, 9, 1, 11, "党员数")
    for column, title in enumerate(("正式", "预备", "其中：组织关系在本单位"), 9):
        sheet.write_string(2, column, title)
    for column, title in enumerate(("从业人员数", "兜底管理党组织", "章程载明党建", "工会/团/妇联", "状态"), 12):
        sheet.merge_range(1, column, 2, column, title)
    rows: list[list[object]] = [
        [
            1,
            "测试镇老年协会",
            "社团",
            "登记",
            credit_code("51329901MJ1234567"),
            "2018年5月",
            "东村",
            "钱一",
            "中共党员",
            3,
            1,
            2,
            "12人",
            "中共测试镇东村总支部委员会",
            "是",
            "工会、妇联",
            "活动正常",
        ],
        [
            2,
            "测试镇 书画社",
            "备案",
            "备案",
            222222.0,
            "2020.10",
            "西社区",
            "周二",
            "群众",
            0,
            0,
            0,
            5,
            "东村党总支",
            "√",
            "无",
            "僵尸",
        ],
        [
            3,
            "测试镇乒乓球协会",
            "社会团体",
            "登记",
            "51329901MJ12345670",
            "2020.10",
            "西社区",
            "吴三",
            "群众",
            "三",
            "",
            "",
            "",
            "",
            "不清楚",
            "",
            "",
        ],
        [4, "测试镇书画社", "备案", "备案", "苏备2020-3", "", "", "", "", "", "", "", "", "", "", "", ""],
    ]
    for index, row in enumerate(rows, 3):
        for column, cell in enumerate(row):
            sheet.write(index, column, cell)
    sheet.write_string(8, 1, "注：本表一式两份")
    book.close()


def branches(path: Path) -> None:
    """A table of branches: grouped columns of the secretary, document numbers beside dates, terms in one cell."""
    book = _book(path)
    sheet = book.add_worksheet("党组织")
    for column, title in enumerate(
        ("序号", "党组织全称", "类别", "组建形式", "所在单位", "批准成立时间及文号", "上级党组织")
    ):
        sheet.merge_range(0, column, 1, column, title)
    sheet.merge_range(0, 7, 0, 11, "书记")
    for column, title in enumerate(("姓名", "是否负责人", "来源", "任职时间", "电话"), 7):
        sheet.write_string(1, column, title)
    for column, title in enumerate(("副书记", "委员", "本届任期起止"), 12):
        sheet.merge_range(0, column, 1, column, title)
    rows: list[list[object]] = [
        [
            1,
            "中共测试镇老年协会支部委员会",
            "党支部",
            "单独组建",
            "测试镇老年协会",
            "2019年5月6日 测委〔2019〕3号",
            "中共测试镇委员会",
            "李明",
            "是",
            "负责人兼任",
            "2022.6",
            "13812345678",
            "",
            "王五、赵六（宣传委员）",
            "2022.6-2025.6",
        ],
        [
            2,
            "测试镇文体联合党支部",
            "联合党支部",
            "联合",
            "测试镇书画社、测试镇乒乓球协会",
            "2020-01-15",
            "中共测试镇委员会",
            "周二",
            "否",
            "内部产生",
            "2023年3月",
            "",
            "吴三",
            "",
            "2023年3月至2026年3月",
        ],
    ]
    for index, row in enumerate(rows, 2):
        for column, cell in enumerate(row):
            sheet.write(index, column, cell)
    book.close()


def members_csv(path: Path) -> None:
    """The same kind of list as WPS saves it: GB18030 text."""
    lines = [
        "党员名单,,,",
        "姓名,性别,入党日期,党支部",
        "张三,男,2001.7.1,老年协会党支部",
        "䶮四,女,198506,老年协会党支部",
    ]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))


ROSTERS: dict[str, Callable[[Path], None]] = {
    "members.xlsx": members,
    "organisations.xlsx": organisations,
    "branches.xlsx": branches,
    "members.csv": members_csv,
}


def zipped(path: Path, parts: list[tuple[str, bytes]]) -> Path:
    """Write a zip of the parts given, names as they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    return path


def simple(rows: list[list[object]], sheet: str = "Sheet1") -> bytes:
    """Write one plain sheet of strings, numbers and formulas (`=…`), and give the file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet(sheet)
    for index, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(index, column, cell)
    book.close()
    return target.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """Replace or add one part of a workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.namelist():
            if member != name:
                archive.writestr(member, source.read(member))
        archive.writestr(name, content)
    return target.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, make in ROSTERS.items():
        make(FOLDER / file_name)
