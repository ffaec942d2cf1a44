"""The words of the command line."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from desktop import __version__
from desktop.cli.answers import USAGE

if TYPE_CHECKING:
    _Verbs: TypeAlias = argparse._SubParsersAction["Parser"]  # noqa: SLF001 - its only name

ROSTERS = ("members", "organisations", "branches")


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are short and whose exit code is 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words of the command, and leave with exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"命令写得不对：{message}\n用 doudi --help 查看写法。\n")


def build() -> Parser:
    """Build the parser of `doudi`."""
    parser = Parser(prog="doudi", description="兜底通：不带动词时打开窗口。", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"doudi {__version__}")
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


def _house(verbs: "_Verbs", shared: Parser) -> None:
    verb = verbs.add_parser("init", parents=[shared], help="新建工作区")
    verb.add_argument("dir", type=Path, metavar="DIR")
    verb.add_argument("--kind", choices=("township", "county", "branch"), required=True)
    verb.add_argument("--org-code", required=True, metavar="CODE")
    verb.add_argument("--org-name", required=True, metavar="NAME")
    verb.add_argument("--plain", action="store_true", help="数据文件不加密")
    verb.add_argument("--recovery-out", type=Path, metavar="FILE", help="把恢复单写成 PDF")
    verb = verbs.add_parser("demo", parents=[shared], help="新建示例工作区")
    verb.add_argument("dir", type=Path, metavar="DIR")
    verb.add_argument("--profile", choices=("small", "township", "roster"), default="small")
    verb.add_argument("--seed", type=int, default=1)
    verb.add_argument("--plain", action="store_true", help="数据文件不加密")
    verb = verbs.add_parser("undo", parents=[shared], help="撤销一项操作")
    verb.add_argument("unit", type=int, metavar="UNIT")
    verb = verbs.add_parser("backup", parents=[shared], help="备份")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb = verbs.add_parser("restore", parents=[shared], help="把备份恢复到空文件夹")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--into", type=Path, required=True, metavar="DIR")
    verbs.add_parser("verify", parents=[shared], help="核对数据是否完好")
    verbs.add_parser("self-test", parents=[shared], help="程序自检")


def _records(verbs: "_Verbs", shared: Parser) -> None:
    verb = verbs.add_parser("import", parents=[shared], help="导入名册")
    verb.add_argument("kind", choices=ROSTERS, metavar="KIND")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--sheet", metavar="NAME")
    verb.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    verb = verbs.add_parser("list", parents=[shared], help="列出记录")
    verb.add_argument("kind", nargs="?", metavar="KIND")
    verb.add_argument("--branch", metavar="CODE")
    verb = verbs.add_parser("minutes", parents=[shared], help="打印会议记录为 PDF")
    which = verb.add_mutually_exclusive_group(required=True)
    which.add_argument("--meeting", metavar="ID")
    which.add_argument("--branch", metavar="CODE")
    which.add_argument("--all", action="store_true")
    verb.add_argument("--year", type=int, metavar="Y")
    verb.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    verb.add_argument("--combined", action="store_true", help="合成一个文件，--out 给文件名")
    verb.add_argument("--drafts", action="store_true", help="连同草稿，页上印“草稿”")
    verb = verbs.add_parser("check", parents=[shared], help="按规则检查")
    verb.add_argument("--branch", metavar="CODE")


def _exchange(verbs: "_Verbs", shared: Parser) -> None:
    enrol = verbs.add_parser("enrol", help="登记密钥").add_subparsers(dest="step", required=True, parser_class=Parser)
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
    keys = verbs.add_parser("keys", help="密钥").add_subparsers(dest="step", required=True, parser_class=Parser)
    keys.add_parser("list", parents=[shared], help="列出已知站点")
    verb = keys.add_parser("export", parents=[shared], help="导出本机私钥")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE")
    verb.add_argument("--reason", required=True, metavar="TEXT")
    package = verbs.add_parser("package", help="数据包").add_subparsers(dest="step", required=True, parser_class=Parser)
    verb = package.add_parser("export", parents=[shared], help="导出数据包")
    verb.add_argument("--to", required=True, metavar="PATH")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR")
    verb = package.add_parser("inspect", parents=[shared], help="查看数据包")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb = package.add_parser("apply", parents=[shared], help="合并数据包")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
