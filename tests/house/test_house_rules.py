"""The rules of the house (architecture.md), each read off the sources."""

import ast
import re

import pytest

from desktop.models import migrations
from desktop.models.registry import LOCAL, PART_TABLES, RECORDS
from tests.house.sources import PROGRAM, ROOT, calls, dotted, imports, modules, name, tracked, tree

MOST_LINES = 400
MOST_FUNCTION_LINES = 60
BLANKET = {"desktop/ui/tasks.py", "desktop/ui/application.py", "desktop/worker.py"}
CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "time.time",
         "datetime.date.today", "time.localtime", "time.strftime", "QDate.currentDate",
         "QDateTime.currentDateTime"}  # fmt: skip
MESSAGE_BOXES = re.compile(r"(^|\.)QMessageBox(\.|$)|(^|\.)QErrorMessage$")
NETWORK = {"urllib.request", "http.client", "http.server", "requests", "httpx", "aiohttp", "ftplib", "smtplib",
           "PySide6.QtNetwork.QTcpSocket", "PySide6.QtNetwork.QNetworkAccessManager"}  # fmt: skip
DANGEROUS_IMPORTS = {"pickle", "shelve", "marshal", "xml.etree", "xml.etree.ElementTree", "xml.dom", "xml.sax"}
DANGEROUS_CALLS = {"eval", "exec", "os.system", "os.popen"}
PLAIN_TEXT = "desktop/ui/widgets/text.py"
REGISTRIES = re.compile(
    r"pypi\." r"org|files\.pythonhosted\." r"org|registry\.npmjs\." r"org|deb\.debian\." r"org|crates\." r"io"
)
LIBRARY = re.compile(r"/work/\." r"library|\." r"library/|\.\./" r"shared")
OPEN_MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
KEYWORDS = frozenset(
    """add all alter and as asc between by case check collate column commit constraint create cross current default
    delete desc distinct drop else end escape except exists explain fail for foreign from full glob group having if
    ignore in index inner insert instead intersect into is isnull join key left like limit match natural no not notnull
    null of offset on or order outer over partition plan pragma primary query raise range recursive references regexp
    reindex release rename replace restrict returning right rollback row rows savepoint select set table temp temporary
    then to transaction trigger union unique update using vacuum values view virtual when where window with
    without""".split()  # noqa: SIM905 - a list of a hundred strings would hide them
)
LOCAL_BY_DESIGN = {("unit", "rows"), ("conflict", "by")}  # quoted in their statements; they are of the format
FORBIDDEN_WORDS = re.compile("失败|非法|错误操作|！|!|[你您]")


def _functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (name(path), node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    python = [path for path in tracked() if path.suffix == ".py"]
    long = {name(path): count for path in python if (count := len(path.read_text("utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = {
        f"{file}:{node.name}": node.end_lineno - node.lineno + 1
        for file, node in _functions()
        if node.end_lineno is not None and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    }
    assert long == {}


def test_message_boxes_stand_only_in_messages() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in modules()
        if name(path) != "desktop/ui/messages.py"
        for line, called, _ in calls(path)
        if MESSAGE_BOXES.search(called)
    ]
    assert found == []


def test_blanket_excepts_stand_only_at_the_last_doors() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if name(path) not in BLANKET and not name(path).startswith("desktop/cli/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or dotted(node.type) == "Exception")
    ]
    assert found == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = [
        f"{name(path)}:{line} {called}"
        for path in modules()
        if name(path) != "desktop/core/clock.py"
        for line, called, _ in calls(path)
        if called in CLOCK
    ]
    assert found == []


def test_labels_and_tips_go_through_the_plain_text_helpers() -> None:
    found = [
        f"{name(path)}:{line} {called}"
        for path in modules()
        if name(path) != PLAIN_TEXT
        for line, called, call in calls(path)
        if (called.endswith("QLabel") and call.args and _may_be_user_text(call.args[0]))
        or called.endswith((".setToolTip", ".setStatusTip", ".setWhatsThis"))
    ]
    assert found == []


def _may_be_user_text(argument: ast.expr) -> bool:
    return not isinstance(argument, ast.Constant) and dotted(argument) not in {"self", "parent"}


def test_paragraphs_are_made_only_by_the_text_helper() -> None:
    found = {
        name(path)
        for path in modules()
        for _, called, _ in calls(path)
        if called == "Paragraph" or called.endswith(".Paragraph")
    }
    assert found <= {"desktop/documents/text.py"}


def test_nothing_prints_but_the_command_line() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in modules()
        if not name(path).startswith("desktop/cli/")
        for line, called, _ in calls(path)
        if called == "print"
    ]
    assert found == []


def test_every_step_of_the_schema_has_a_database_of_before() -> None:
    kept = {path.name for path in (ROOT / "tests" / "fixtures" / "databases").glob("*.db")}
    assert kept == {f"township-{step.number}.db" for step in migrations.STEPS}


def test_no_table_or_column_takes_an_sql_keyword() -> None:
    found = set()
    for model in (*RECORDS, *PART_TABLES, *LOCAL):
        table = model._meta.table_name
        names = {table, *(field.column_name for field in model._meta.sorted_fields)}
        found |= {(table, taken) for taken in names & KEYWORDS}
    assert found - LOCAL_BY_DESIGN == set()


def test_no_mark_of_unfinished_work_is_left() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in tracked()
        if path.suffix in {".py", ".toml", ".md"} and path.parts[-2] != "rules"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if OPEN_MARKS.search(line)
    ]
    assert found == []


def test_no_tracked_file_names_a_registry_or_what_lies_outside() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {hit[0]}" for pattern in (REGISTRIES, LIBRARY) for hit in pattern.finditer(text)]
    assert found == []


def test_the_program_reaches_no_network() -> None:
    found = [f"{name(path)}:{line} {what}" for path in modules() for line, what in imports(path) if what in NETWORK]
    found += [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"AF_INET", "AF_INET6", "create_connection"}
    ]
    assert found == []


def test_nothing_runs_text_as_code_or_unpacks_blindly() -> None:
    found = [
        f"{name(path)}:{line} {what}" for path in modules() for line, what in imports(path) if what in DANGEROUS_IMPORTS
    ]
    for path in modules():
        for line, called, call in calls(path):
            shell = any(word.arg == "shell" for word in call.keywords)
            if called in DANGEROUS_CALLS or called.endswith(".extractall") or shell:
                found.append(f"{name(path)}:{line} {called}")
    assert found == []


def _sentences() -> list[tuple[str, str]]:
    """Give the literal texts of every UserError, f-strings with their literal parts."""
    found = []
    for path in modules():
        for line, called, call in calls(path):
            if called.rpartition(".")[2] not in {"UserError", "WorkspaceBusyError"}:
                continue
            found += [
                (f"{name(path)}:{line}", node.value)
                for argument in call.args[:3]
                for node in ast.walk(argument)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
    return found


def test_refusals_are_said_in_the_words_of_a_clerk() -> None:
    assert [(where, text) for where, text in _sentences() if FORBIDDEN_WORDS.search(text)] == []


def test_each_refusal_has_three_sentences() -> None:
    short = []
    for path in modules():
        for line, called, call in calls(path):
            if called.rpartition(".")[2] not in {"UserError", "WorkspaceBusyError"}:
                continue
            named = {word.arg for word in call.keywords}
            starred = any(isinstance(argument, ast.Starred) for argument in call.args)
            if not starred and len(call.args) < 3 and not {"what", "why", "do"} <= named:
                short.append(f"{name(path)}:{line}")
            short += [
                f"{name(path)}:{line} {argument.value}"
                for argument in call.args[:3]
                if not starred and isinstance(argument, ast.Constant) and not str(argument.value).endswith("。")
            ]
    assert short == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_ignore_is_bare(path: object) -> None:
    text = (PROGRAM / str(path)).read_text("utf-8")
    assert re.findall(r"# type: ignore(?!\[)|# noqa(?!: [A-Z])", text) == []
