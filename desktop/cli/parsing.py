"""The words of the command line."""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from desktop import __version__
from desktop.cli.answers import USAGE

if TYPE_CHECKING:
    _Verbs: TypeAlias = argparse._SubParsersAction["Parser"]  # noqa: SLF001 - its only name

ROSTERS = ("members", "organisations", "branches")


# What argparse complains of in English, and how it is said here.
_COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"the following arguments are required: (.+)", "缺少 {0}"),
        (r"one of the arguments (.+) is required", "{0} 要写其中一个"),
        (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", "{0} 没有 {1} 这一项，可用：{2}"),
        (r"argument (.+?): expected one argument", "{0} 后面要写一个值"),
        (r"argument (.+?): not allowed with argument (.+)", "{0} 不能和 {1} 一起用"),
        (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不带值，多了 {1}"),
        (r"unrecognized arguments: (.+)", "多了不认识的 {0}"),
        (r"argument (.+?): (.+)", "{0}：{1}"),
    )
)


def _said(message: str) -> str:
    """Say a complaint of argparse in Chinese; one that is not known stays as it is."""
    for pattern, words in _COMPLAINTS:
        match = pattern.fullmatch(message)
        if match:
            return words.format(*match.groups()).replace(", ", "、").replace("'", "")
    return message


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: "Iterable[argparse._MutuallyExclusiveGroup]",
        prefix: str | None = None,
    ) -> None:
        """Begin the usage in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Name the sections in Chinese."""
        super().start_section({"positional arguments": "参数", "options": "选项"}.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese, whose complaints are short and whose exit code is 2."""

    def __init__(self, *, add_help: bool = True, **named: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(add_help=False, formatter_class=_Help, **named)
        if add_help:
            self.add_argument("-h", "--help", action="help", help="显示写法后退出")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of the command, and leave with exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"命令写得不对：{_said(message)}\n用 {self.prog} --help 查看写法。\n")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of a command; those that do not go together leave with exit code 2 as well."""
    parser = build()
    options = parser.parse_args(words)
    if options.verb == "minutes" and options.meeting is not None and options.year is not None:
        parser.error("argument --year: not allowed with argument --meeting")
    return options


def build() -> Parser:
    """Build the parser of `doudi`."""
    parser = Parser(prog="doudi", description="兜底通：不带动词时打开窗口。", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"doudi {__version__}", help="显示版本后退出")
    _common(parser, top=True)
    shared = Parser(add_help=False, allow_abbrev=False)
    _common(shared, top=False)
    verbs = parser.add_subparsers(dest="verb", parser_class=Parser, metavar="动词")
    _house(verbs, shared)
    _records(verbs, shared)
    _exchange(verbs, shared)
    return parser


def _common(parser: Parser, *, top: bool) -> None:
    """Add the options of every verb; below the top they have no default, so that either place may name them."""

    def default(value: object) -> object:
        return value if top else argparse.SUPPRESS

    parser.add_argument("--workspace", metavar="DIR", default=default(None), help="工作区文件夹（默认上次打开的）")
    parser.add_argument("--account", metavar="NAME", default=default("gly"), help="账号（默认 gly）")
    parser.add_argument("--password-file", metavar="FILE", default=default(None), help="第一行是密码的文件")
    parser.add_argument("--json", action="store_true", default=default(False), help="结果写成一个 JSON 对象")
    parser.add_argument("--on", type=_day, metavar="DATE", default=default(None), help="规则和默认值所见的日期")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，例如 2026-11-23") from None


def _whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是整数")
    return int(text)


def _house(verbs: "_Verbs", shared: Parser) -> None:
    verb = verbs.add_parser("init", parents=[shared], help="新建工作区")
    verb.add_argument("dir", type=Path, metavar="DIR", help="空文件夹，或还没有的文件夹")
    verb.add_argument("--kind", choices=("township", "county", "branch"), required=True, help="乡级、县级或支部")
    verb.add_argument("--org-code", required=True, metavar="CODE", help="单位代码，例如 329901001")
    verb.add_argument("--org-name", required=True, metavar="NAME", help="单位全称")
    verb.add_argument("--plain", action="store_true", help="数据文件不加密")
    verb.add_argument("--recovery-out", type=Path, metavar="FILE", help="把恢复单写成 PDF")
    verb = verbs.add_parser("demo", parents=[shared], help="新建示例工作区")
    verb.add_argument("dir", type=Path, metavar="DIR", help="空文件夹，或还没有的文件夹")
    verb.add_argument("--profile", choices=("small", "township", "roster"), default="small", help="规模（默认 small）")
    verb.add_argument("--seed", type=_whole, default=1, metavar="N", help="随机数种子（默认 1）")
    verb.add_argument("--plain", action="store_true", help="数据文件不加密")
    verb = verbs.add_parser("undo", parents=[shared], help="撤销一项操作")
    verb.add_argument("unit", type=_whole, metavar="UNIT", help="操作编号，导入和合并时给出")
    verb = verbs.add_parser("backup", parents=[shared], help="备份")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb = verbs.add_parser("restore", parents=[shared], help="把备份恢复到空文件夹")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--into", type=Path, required=True, metavar="DIR")
    verbs.add_parser("verify", parents=[shared], help="核对数据是否完好")
    verbs.add_parser("self-test", parents=[shared], help="程序自检")


def _records(verbs: "_Verbs", shared: Parser) -> None:
    verb = verbs.add_parser("import", parents=[shared], help="导入名册")
    verb.add_argument("kind", choices=ROSTERS, metavar="KIND", help="members、organisations 或 branches")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--sheet", metavar="NAME", help="工作表名（默认自动挑选）")
    verb.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    verb = verbs.add_parser("list", parents=[shared], help="列出记录")
    verb.add_argument("kind", nargs="?", metavar="KIND", help="记录类别；不写则列出各类的条数")
    verb.add_argument("--branch", metavar="CODE", help="只要这个党组织及其下级的")
    verb = verbs.add_parser("minutes", parents=[shared], help="打印会议记录为 PDF")
    which = verb.add_mutually_exclusive_group(required=True)
    which.add_argument("--meeting", metavar="ID", help="一次会议，编号见 doudi list meeting")
    which.add_argument("--branch", metavar="CODE", help="一个党组织的")
    which.add_argument("--all", action="store_true", help="全部")
    verb.add_argument("--year", type=_whole, metavar="Y", help="只要这一年的，与 --branch 或 --all 同用")
    verb.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    verb.add_argument("--combined", action="store_true", help="合成一个文件，--out 给文件名")
    verb.add_argument("--drafts", action="store_true", help="连同草稿，页上印“草稿”")
    verb = verbs.add_parser("check", parents=[shared], help="按规则检查")
    verb.add_argument("--branch", metavar="CODE", help="只要这个党组织及其下级的")


def _steps(verbs: "_Verbs", name: str, words: str) -> "_Verbs":
    return verbs.add_parser(name, help=words).add_subparsers(
        dest="step", required=True, parser_class=Parser, metavar="步骤"
    )


def _exchange(verbs: "_Verbs", shared: Parser) -> None:
    enrol = _steps(verbs, "enrol", "登记密钥")
    verb = enrol.add_parser("request", parents=[shared], help="生成登记申请")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb = enrol.add_parser("issue", parents=[shared], help="签发登记")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--as", dest="as_path", required=True, metavar="PATH")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb.add_argument("--fingerprint", required=True, metavar="DIGITS")
    verb = enrol.add_parser("accept", parents=[shared], help="接受签发")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--fingerprint", required=True, metavar="DIGITS")
    keys = _steps(verbs, "keys", "密钥")
    keys.add_parser("list", parents=[shared], help="列出已知站点")
    verb = keys.add_parser("export", parents=[shared], help="导出本机私钥")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    package = _steps(verbs, "package", "数据包")
    verb = package.add_parser("export", parents=[shared], help="导出数据包")
    verb.add_argument("--to", required=True, metavar="PATH")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb = package.add_parser("inspect", parents=[shared], help="查看数据包")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb = package.add_parser("apply", parents=[shared], help="合并数据包")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
